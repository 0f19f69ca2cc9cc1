#include <yugao/arena.h>

#include "cli.h"

static const struct error *
print(void *context, const struct entry *entry)
{
	const struct session *session = context;

	report_log(&session->report, entry, 1);
	return NULL;
}

const struct error *
command_log(struct session *session)
{
	const struct options *options = session->options;
	struct instant as_of;
	const struct error *error;

	if (options->as_of != NULL && !instant_parse(options->as_of, &as_of))
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL, "cli.now",
		    options->as_of);
	error = session_office(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL && session->store != NULL)
		error = ledger_each(session->arena, session->store,
		    options->n_args == 1 ? options->args[0] : NULL,
		    options->as_of != NULL ? &as_of : NULL, print, session);
	return error;
}
