#include <string.h>
#include <time.h>

#include <yugao/arena.h>

#include "cli.h"

#define CONNECTIONS_IN_ALL 256

/* Somebody says that a portal has been updated with a bundle. */
static const struct error *
acknowledge(struct session *session)
{
	const struct office *office = session->office;
	const char *name = session->options->acknowledge;
	const char *id = session->options->portal;
	size_t i;

	if (name == NULL)
		return NULL;
	for (i = 0; id != NULL && i < office->n_portals; i++)
		if (strcmp(office->portals[i].id, id) == 0)
			return outbox_acknowledge(session->arena,
			    session->store, &office->portals[i], name,
			    clock_now(session));
	return ERROR_NEW(
	    session->arena, ERROR_INPUT, NULL, "cli.acknowledge_portal", name);
}

/* A portal that is new in the configuration gets everything. */
static const struct error *
fill(struct session *session)
{
	struct tree_files files = { 0 };
	const struct error *error;

	error = store_begin(session->store);
	if (error != NULL)
		return error;
	error = acknowledge(session);
	if (error == NULL)
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

static bool
is_portal(const struct session *session, const char *id)
{
	size_t i;

	for (i = 0; i < session->office->n_portals; i++)
		if (strcmp(session->office->portals[i].id, id) == 0)
			return true;
	return false;
}

/* A mistyped name must not look like one that has nothing to do. */
static const struct error *
check_name(const struct session *session, const char *name, bool releases)
{
	struct view view = { 0 };
	const struct error *error = NULL;

	if (name == NULL || is_portal(session, name))
		return NULL;
	if (releases)
		error = ledger_view(session->arena, session->store, &view);
	if (error == NULL && view_find(&view, name) == NULL)
		error = ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    releases ? "cli.no_retry" : "cli.no_hold", name);
	return error;
}

/* What the operator wants of a portal or a release, before anything goes. */
static const struct error *
control(struct session *session)
{
	const struct options *options = session->options;
	struct instant now = clock_now(session);
	struct arena *arena = session->arena;
	struct store *store = session->store;
	const struct error *error;
	size_t messages;

	if (options->hold == NULL && options->release == NULL &&
	    options->retry == NULL)
		return NULL;
	if ((error = check_name(session, options->hold, false)) != NULL ||
	    (error = check_name(session, options->release, false)) != NULL ||
	    (error = check_name(session, options->retry, true)) != NULL ||
	    (error = store_begin(store)) != NULL)
		return error;
	if (options->hold != NULL)
		error = outbox_hold(arena, store, options->hold, true, now);
	if (error == NULL && options->release != NULL)
		error = outbox_hold(arena, store, options->release, false, now);
	if (error == NULL && options->retry != NULL)
		error = outbox_retry(store, options->retry,
		    is_portal(session, options->retry), now, &messages);
	if (error == NULL)
		return store_commit(store);
	store_rollback(store);
	return error;
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
		error = control(session);
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
		.zone = session->report.zone,
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
	if (error == NULL)
		error = send_copies(session, transport, run->stop);
	transport->type->close(transport);
	if (error == NULL)
		error = alert(session);
	if (error == NULL)
		error = outbox_status(
		    session->arena, session->store, session->office, status);
	status->deadlines = &session->deadlines;
	return error;
}
