/*
 * Whether what is kept is still what was said: database, record, ledger, tree
 * and public log, and a checkpoint that somebody kept.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/checkpoint.h>
#include <yugao/file.h>
#include <yugao/record.h>

#include "cli.h"

#define CHECKPOINT_MOST ((size_t)64 << 10)

/* A part that cannot be read is a finding, and the others are still read. */
static void
tell(struct session *session, const struct error *error)
{
	const struct place place = { .file = session_path(
					 session, STATE_DATABASE) };

	for (; error != NULL; error = error->cause)
		diag_add(session->arena, &session->diags, DIAG_ERROR, place,
		    error->message);
}

static const struct error *
verify_ledger(struct session *session)
{
	struct arena *arena = session->arena;
	const char *name = session_path(session, STATE_DATABASE);
	const struct error *error;
	struct tree_log *log;

	error = tree_log_open(
	    arena, session->store, session->office, &session->diags, &log);
	if (error != NULL)
		return error;
	error = ledger_verify(
	    arena, session->store, name, &session->diags, tree_log_line, log);
	tree_log_close(log);
	return error;
}

static void
verify_bytes(struct session *session, const char *file,
    const struct bytes *bytes, struct checkpoint *checkpoint)
{
	const struct place place = { .file = file };

	if (!checkpoint_read(session->arena, bytes, checkpoint)) {
		DIAG(session->arena, &session->diags, DIAG_ERROR, place,
		    "cli.no_checkpoint");
		return;
	}
	tell(session, checkpoint_verify(session->arena, session->store, file,
			  checkpoint, &session->diags));
}

/* The tree's own, if there is one. */
static const struct error *
verify_published(struct session *session, struct report_verified *verified)
{
	struct checkpoint *checkpoint =
	    arena_alloc(session->arena, sizeof(*checkpoint));
	const struct error *error;
	const char *line, *key;
	struct bytes bytes;

	error = checkpoint_kept(session->arena, session->store, &line, &key);
	if (error != NULL || line == NULL)
		return error;
	bytes = (struct bytes){ line, strlen(line) };
	verify_bytes(session,
	    session_path(session, STATE_PUBLIC "/log/checkpoint.json"), &bytes,
	    checkpoint);
	verified->published = checkpoint;
	return NULL;
}

static const struct error *
verify_kept(struct session *session, struct report_verified *verified)
{
	const char *file = session->options->checkpoint;
	struct checkpoint *checkpoint =
	    arena_alloc(session->arena, sizeof(*checkpoint));
	const struct error *error;
	struct bytes bytes;

	if (file == NULL)
		return NULL;
	error = file_read(session->arena, file, CHECKPOINT_MOST, &bytes);
	if (error != NULL)
		return error;
	verify_bytes(session, file, &bytes, checkpoint);
	verified->kept = checkpoint;
	return NULL;
}

/* All in one reading transaction: nobody publishes in between. */
static const struct error *
verify_all(struct session *session, struct report_verified *verified)
{
	struct arena *arena = session->arena;
	struct store *store = session->store;
	const struct error *error = store_begin_reading(store);

	if (error != NULL)
		return error;
	error = verify_kept(session, verified);
	if (error != NULL)
		return error;
	tell(session, store_check(arena, store, &session->diags));
	tell(session, verify_ledger(session));
	tell(session,
	    record_verify(arena, store, session_path(session, STATE_DATABASE),
		&session->diags, &verified->records));
	tell(session, tree_verify(arena, store, session->office,
			  &session->diags, &verified->files));
	tell(session, verify_published(session, verified));
	tell(session, ledger_head(arena, store, -1, &verified->head));
	return NULL;
}

const struct error *
command_verify(struct session *session)
{
	struct report_verified verified = { .diags = &session->diags };
	struct message none = { 0 };
	const struct error *error;

	if (session->options->portals || session->options->repair)
		return verify_portals(session);
	error = session_office(session);
	if (error == NULL)
		error = store_open(session->arena,
		    session_path(session, STATE_DATABASE), STORE_READ,
		    &session->store);
	if (error == NULL)
		error = verify_all(session, &verified);
	if (error != NULL)
		return error;
	report_verified(&session->report, &verified);
	return session->diags.errors > 0
		   ? error_new(session->arena, ERROR_FAILED, NULL, none)
		   : NULL;
}
