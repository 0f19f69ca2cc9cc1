/*
 * draft acts: what must be decided now, ready to be filled in.
 */
#include <yugao/arena.h>

#include "cli.h"

static const struct error *
known_department(const struct session *session)
{
	const char *id = session->options->department;

	if (id == NULL || office_department(session->office, id) != NULL)
		return NULL;
	return ERROR_NEW(
	    session->arena, ERROR_INPUT, NULL, "cli.no_department", id);
}

/* What is wrong elsewhere stops no draft, and nothing is said. */
const struct error *
draft_acts(struct session *session)
{
	struct act_drafts drafts = { 0 };
	struct announce_input input;
	struct message none = { 0 };
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = known_department(session);
	if (error == NULL)
		error = session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	if (error != NULL)
		return error;
	input = session_announce(session);
	announce_draft_acts(session->arena, &input, &session->diags,
	    session->options->department, &drafts);
	report_act_drafts(&session->report, &drafts, &session->diags);
	return session->diags.errors == 0
		   ? NULL
		   : error_new(session->arena, ERROR_INPUT, NULL, none);
}
