#include <yugao/arena.h>

#include "cli.h"

const struct error *
command_diff(struct session *session)
{
	const struct options *options = session->options;
	struct message none = { 0 };
	enum error_kind kind = ERROR_NONE;
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL && is_supposing(options))
		return suppose_diff(session);
	session->attended = true;
	if (error == NULL)
		error = session_changes(session);
	if (error == NULL && options->save != NULL)
		error = review_save(session, options->save);
	if (error != NULL)
		return error;
	report_diff(&session->report, &session->changes, &session->diags);
	if (session->diags.errors > 0)
		kind = ERROR_INPUT;
	else if (session->changes.blocked > 0)
		kind = ERROR_BLOCKED;
	else if (options->exit_code && session->changes.n > 0)
		kind = ERROR_CHANGES;
	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}
