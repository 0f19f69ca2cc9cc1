#include <string.h>

#include <yugao/arena.h>
#include <yugao/file.h>
#include <yugao/form.h>

#include "cli.h"

static struct report_world
world(const struct session *session)
{
	return (struct report_world){ .office = session->office,
		.plans = &session->plans,
		.slots = &session->slots,
		.acts = &session->acts,
		.view = &session->view,
		.store = session->store,
		.outcomes = &session->outcomes,
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
	int i;

	session->calendars = calendars_open(
	    arena, session->office->calendars, session->known_on);
	error = acts_read(
	    arena, session->office->acts, &session->diags, &session->acts);
	for (i = 0; error == NULL && i < options->n_args; i++) {
		error = file_named(arena, options->args[i]);
		if (error == NULL)
			error = plans_read_file(arena, session->calendars,
			    options->args[i], &session->diags, &session->plans);
	}
	if (error == NULL)
		plans_acts(arena, &session->plans, &session->acts);
	if (error == NULL)
		error = session_outcomes(session);
	return error != NULL
		   ? error
		   : session_expand(session, &session->plans, &session->slots);
}

static const struct error *
annotate(struct session *session)
{
	const struct options *options = session->options;
	const struct error *error;

	if (options->n_args != 1)
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.annotate_one");
	if ((error = file_is_new(session, options->annotate)) != NULL)
		return error;
	return plan_annotate(session->arena, options->args[0],
	    options->annotate, &session->diags, session->report.lang,
	    session->now);
}

/* Nobody outside can hold an unsigned log against the office. */
static void
note_unsigned(struct session *session)
{
	const struct place place = { .file = session->office->file };

	if (session->office->signing.name == NULL)
		DIAG(session->arena, &session->diags, DIAG_NOTE, place,
		    "cli.unsigned");
}

const struct error *
command_check(struct session *session)
{
	struct report_world seen;
	struct message none = { 0 };
	enum error_kind kind = ERROR_NONE;
	const struct error *error;

	if (session->options->portals)
		return check_portals(session);
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
	if (session->options->n_args == 0)
		note_unsigned(session);
	seen = world(session);
	if (session->store != NULL && session->view.last_id > 0) {
		error = chain_is_whole(session, &seen.chain_whole);
		if (error != NULL)
			return error;
		seen.chain_checked = true;
	}
	kind = report_check(&session->report, &seen) == OUTCOME_BLOCK
		   ? ERROR_BLOCKED
		   : ERROR_NONE;
	if (session->diags.errors > 0)
		kind = error_worst(kind, ERROR_INPUT);
	if (session->options->annotate != NULL &&
	    (error = annotate(session)) != NULL)
		return error;
	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}
