/*
 * Whether the portals still have what they took, and having it sent again.
 */
#include <yugao/arena.h>
#include <yugao/inspect.h>

#include "cli.h"

#define CONNECTIONS_IN_ALL 64

static const struct error *
open_store(struct session *session)
{
	const char *path;

	if (session->options->repair)
		return session_write(session);
	path = session_path(session, STATE_DATABASE);
	return store_open(session->arena, path, STORE_READ, &session->store);
}

static const struct error *
inspect(struct session *session, struct inspection *inspection)
{
	static const struct ticks ticks = { ticks_ms, NULL };
	struct transport *transport = NULL;
	struct outbox_run run = { .office = session->office,
		.portal = session->options->portal,
		.terminal = &session->report.terminal };
	const struct error *error;

	error = curl_transport_open(
	    session->arena, CONNECTIONS_IN_ALL, &ticks, &transport);
	if (error != NULL)
		return error;
	run.transport = transport;
	error =
	    outbox_inspect(session->arena, session->store, &run, inspection);
	transport->type->close(transport);
	return error;
}

static const struct error *
queue_again(
    struct session *session, const struct inspection *inspection, size_t *items)
{
	const struct error *error = store_begin(session->store);

	if (error == NULL)
		error = outbox_repair(session->store, inspection, items);
	if (error == NULL)
		error = store_commit(session->store);
	if (error != NULL)
		store_rollback(session->store);
	return error;
}

/* What is there but not ours is told, and is no defect of ours. */
static enum error_kind
outcome(const struct inspection *inspection, bool repaired,
    const struct outbox_status *outbox)
{
	enum error_kind kind = ERROR_NONE;
	size_t i;

	for (i = 0; i < inspection->portals.n; i++) {
		const size_t *n = inspection->portals.v[i].n;

		if (n[FOUND_UNREAD] > 0 ||
		    (!repaired && n[FOUND_MISSING] + n[FOUND_ALTERED] > 0))
			kind = error_worst(kind, ERROR_FAILED);
		if (n[FOUND_STALE] > 0 && !repaired)
			kind = error_worst(kind, ERROR_QUEUED);
	}
	if (repaired && outbox->waiting > 0)
		kind = error_worst(kind, ERROR_QUEUED);
	return kind;
}

const struct error *
verify_portals(struct session *session)
{
	struct inspection inspection = { 0 };
	struct outbox_status outbox = { 0 };
	struct outbox_run push = { 0 };
	struct message none = { 0 };
	const struct error *error;
	enum error_kind kind;
	size_t items = 0;

	error = session_office(session);
	if (error == NULL)
		error = open_store(session);
	if (error == NULL)
		error = inspect(session, &inspection);
	if (error == NULL && session->options->repair)
		error = queue_again(session, &inspection, &items);
	if (error == NULL && session->options->repair)
		error = push_deliveries(session, &push, &outbox);
	if (error != NULL)
		return error;
	report_inspection(&session->report, &inspection,
	    session->options->repair ? &push : NULL, items);
	kind = outcome(&inspection, session->options->repair, &outbox);
	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}
