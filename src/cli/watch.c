/*
 * Looking whether results are out.  It is the network's part of a run, so it
 * comes before what is announced and not within it.
 */
#include <yugao/arena.h>
#include <yugao/watching.h>

#include "cli.h"

const struct error *
session_watch(struct session *session, struct watching *watching)
{
	const struct error *error;

	*watching = (struct watching){ .office = session->office,
		.slots = &session->slots,
		.view = &session->view,
		.outcomes = &session->outcomes,
		.now = session->now };
	error = watch_due(session->arena, session->store, watching);
	if (error != NULL || watching->looked == 0)
		return error;
	/* What was seen is an input; what was read before stays as it is. */
	session->diags = session->diags_of_office;
	session->plans = (struct plans){ 0 };
	session->acts = (struct acts){ 0 };
	session->slots = (struct slots){ 0 };
	error = session_inputs(session);
	return error == NULL ? session_view(session) : error;
}

const struct error *
command_watch(struct session *session)
{
	struct watching watching;
	struct message none = { 0 };
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = session_write(session);
	if (error == NULL)
		error = session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL)
		error = session_watch(session, &watching);
	if (error != NULL)
		return error;
	report_watch(&session->report, &watching, &session->diags);
	return session->diags.errors == 0
		   ? NULL
		   : error_new(session->arena, ERROR_INPUT, NULL, none);
}
