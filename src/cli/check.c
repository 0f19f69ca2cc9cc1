#include <string.h>

#include <yugao/arena.h>
#include <yugao/file.h>

#include "cli.h"

static struct report_world
world(const struct session *session)
{
	return (struct report_world){ .office = session->office,
		.plans = &session->plans,
		.slots = &session->slots,
		.acts = &session->acts,
		.view = &session->view,
		.diags = &session->diags,
		.now = session->now };
}

/* Only the plans named on the command line, in place of the folder's. */
static const struct error *
read_files(struct session *session)
{
	struct arena *arena = session->arena;
	const struct options *options = session->options;
	const struct error *error = NULL;
	struct plan *plan;
	int i;

	session->calendars =
	    calendars_open(arena, session->office->calendars, NULL);
	error = acts_read(
	    arena, session->office->acts, &session->diags, &session->acts);
	for (i = 0; error == NULL && i < options->n_args; i++) {
		plan = NULL;
		error = plan_read(arena, session->calendars, options->args[i],
		    &session->diags, &plan);
		if (error == NULL && plan != NULL)
			ARRAY_PUSH(arena, &session->plans, plan);
	}
	if (error == NULL)
		error = plans_check(arena, session->office, &session->plans,
		    &session->acts, &session->diags);
	for (i = 0; error == NULL && i < (int)session->plans.n; i++)
		error = schedule_expand(arena, session->plans.v[i],
		    &session->acts, &session->diags, &session->slots);
	slots_sort(&session->slots);
	slots_check(arena, &session->slots, &session->diags);
	return error;
}

const struct error *
command_check(struct session *session)
{
	struct report_world seen;
	struct message none = { 0 };
	enum error_kind kind = ERROR_NONE;
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = session->options->n_args > 0 ? read_files(session)
						     : session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	/* What the ledger misses in the plans is a mistake too. */
	if (error == NULL && session->options->n_args == 0)
		error = session_changes(session);
	if (error != NULL)
		return error;
	seen = world(session);
	kind = report_check(&session->report, &seen) == OUTCOME_BLOCK
		   ? ERROR_BLOCKED
		   : ERROR_NONE;
	if (session->diags.errors > 0)
		kind = error_worst(kind, ERROR_INPUT);
	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}
