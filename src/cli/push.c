#include <time.h>

#include <yugao/arena.h>

#include "cli.h"

#define CONNECTIONS_IN_ALL 256

/* A portal that is new in the configuration gets everything. */
static const struct error *
fill(struct session *session)
{
	struct tree_files files = { 0 };
	const struct error *error;

	error = store_begin(session->store);
	if (error != NULL)
		return error;
	error = tree_manifest(session->arena, session->store, &files);
	if (error == NULL)
		error = outbox_fill(
		    session->arena, session->store, session->office, &files);
	if (error == NULL)
		return store_commit(session->store);
	store_rollback(session->store);
	return error;
}

/* Rates are kept by the machine's own time, whatever --now says. */
int64_t
ticks_ms(void *context)
{
	struct timespec time = { 0, 0 };

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Who is to know of a release that its portal has not shown knows it once. */
static const struct error *
alert(struct session *session)
{
	struct instant now = clock_now(session);
	const struct error *error;
	size_t fresh;

	error = deadlines_read(session->arena, session->store, session->office,
	    now, &session->deadlines);
	if (error != NULL)
		return error;
	session->deadlines_known = true;
	if (session->deadlines.n == 0)
		return NULL;
	error = store_begin(session->store);
	if (error == NULL)
		error = deadlines_alert(session->arena, session->store,
		    &session->deadlines, now, &fresh);
	if (error == NULL)
		error = store_commit(session->store);
	if (error != NULL)
		store_rollback(session->store);
	return error;
}

const struct error *
push_deliveries(struct session *session, struct outbox_run *run,
    struct outbox_status *status)
{
	static const struct ticks ticks = { ticks_ms, NULL };
	struct transport *transport = NULL;
	const struct error *error;

	error = fill(session);
	if (error == NULL)
		error = outbox_status(
		    session->arena, session->store, session->office, status);
	if (error == NULL && status->waiting > 0)
		error = chain_demand(session);
	if (error == NULL)
		error = curl_transport_open(
		    session->arena, CONNECTIONS_IN_ALL, &ticks, &transport);
	if (error != NULL)
		return error;
	*run = (struct outbox_run){
		.office = session->office,
		.transport = transport,
		.portal = session->options->portal,
		.tree = session_path(session, STATE_PUBLIC),
		.clock = clock_now,
		.clock_context = session,
		.stop = stop_wanted(),
		.terminal = &session->report.terminal,
		.tell = monitor_attempts(session),
		.tell_context = session,
	};
	/*
	 * From here on what is in hand is finished first; who cannot wait for
	 * it sends the signal again.
	 */
	stop_on_signals();
	session->push = run;
	error = outbox_drain(session->arena, session->store, run);
	transport->type->close(transport);
	if (error == NULL)
		error = alert(session);
	if (error == NULL)
		error = outbox_status(
		    session->arena, session->store, session->office, status);
	status->deadlines = &session->deadlines;
	return error;
}
