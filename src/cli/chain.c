/*
 * Whether the ledger's chains are whole (I1): what was tampered with is not
 * built upon, and nothing of it is pushed.
 */
#include <yugao/arena.h>
#include <yugao/record.h>

#include "cli.h"

static const struct error *
no_line(void *context, const struct log_line *line)
{
	(void)context;
	(void)line;
	return NULL;
}

const struct error *
chain_is_whole(struct session *session, bool *whole)
{
	struct arena *scratch = arena_new();
	const char *name = session_path(session, STATE_DATABASE);
	struct diags diags = { 0 };
	const struct error *error;
	int64_t records;

	error = record_verify(scratch, session->store, name, &diags, &records);
	if (error == NULL)
		error = ledger_verify(
		    scratch, session->store, name, &diags, no_line, NULL);
	*whole = error == NULL && diags.errors == 0;
	error = error_copy(session->arena, error);
	arena_free(scratch);
	return error;
}

const struct error *
chain_demand(struct session *session)
{
	bool whole;
	const struct error *error = chain_is_whole(session, &whole);

	if (error != NULL || whole)
		return error;
	return ERROR_NEW(session->arena, ERROR_FAILED, NULL, "cli.chain_broken",
	    session_path(session, STATE_DATABASE));
}
