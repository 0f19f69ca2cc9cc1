/*
 * What works at each portal, and what of this machine could hinder a push.
 * Everything is told as a diagnostic at the file that decides it: an error
 * must be mended before a push can do its work.
 */
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

#include <yugao/arena.h>
#include <yugao/probe.h>

#include "cli.h"

#define CONNECTIONS_IN_ALL 64
#define SKEW_MOST 60
#define DISK_LOW ((uint64_t)256 << 20)
#define DISK_OUT ((uint64_t)32 << 20)
#define PEM_MOST ((size_t)256 * 1024)
#define MEGABYTE ((uint64_t)1 << 20)

#define TELL(session, level, place, ...) \
	DIAG((session)->arena, &(session)->diags, (level), (place), __VA_ARGS__)

static struct instant
machine_clock(void)
{
	return (struct instant){ (int64_t)time(NULL) };
}

static const char *
number(const struct session *session, int64_t n)
{
	return arena_printf(session->arena, "%lld", (long long)n);
}

static void
check_secret(struct session *session, const struct secret_place *place,
    struct place where)
{
	const char *problem;
	char *data;
	size_t len;

	if (place->name == NULL)
		return;
	data = arena_alloc(session->arena, PEM_MOST);
	problem = secret_read_long(place, data, PEM_MOST, &len);
	explicit_bzero(data, PEM_MOST);
	if (problem != NULL)
		TELL(session, DIAG_ERROR, where, "cli.probe_secret",
		    place->name, arena_printf(session->arena, "@%s", problem));
}

static void
check_secrets(struct session *session, const struct portal *portal)
{
	const struct secret_place *const places[] = { &portal->auth.secret,
		&portal->tls.client_certificate, &portal->tls.client_key,
		&portal->signing[0], &portal->signing[1], &portal->url_secret,
		&portal->robot_secret };
	size_t i;

	for (i = 0; i < COUNT(places); i++)
		check_secret(session, places[i], portal->place);
}

/* What an HTTP server's answers mean for pushing to it. */
static void
tell_answer(struct session *session, const struct probe *probe)
{
	struct place place = probe->portal->place;

	TELL(session, DIAG_NOTE, place, "cli.probe_answers", probe->portal->id,
	    number(session, probe->status), number(session, probe->ms));
	if (strncmp(probe->portal->url, "https:", 6) != 0)
		TELL(session, DIAG_WARNING, place, "cli.probe_plain",
		    probe->portal->id);
	if (probe->status == 200 && !probe->etag)
		TELL(session, DIAG_NOTE, place, "cli.probe_no_etag",
		    probe->portal->id);
	else if (probe->status == 200 && !probe->strong)
		TELL(session, DIAG_NOTE, place, "cli.probe_weak_etag",
		    probe->portal->id);
	if (probe->asked_again)
		TELL(session, DIAG_NOTE, place,
		    probe->conditional ? "cli.probe_conditional"
				       : "cli.probe_unconditional",
		    probe->portal->id);
	if (probe->has_date &&
	    (probe->skew > SKEW_MOST || probe->skew < -SKEW_MOST))
		TELL(session, DIAG_WARNING, place, "cli.probe_clock",
		    probe->portal->id, number(session, probe->skew));
}

/* How long what waits takes, at the pace of the one answer that came. */
static void
tell_cost(struct session *session, const struct probe *probe)
{
	const struct portal *portal = probe->portal;
	int64_t ms = probe->ms > 0 ? probe->ms : 1;
	int64_t seconds = (int64_t)probe->waiting * ms /
			  (portal->connections > 0 ? portal->connections : 1) /
			  1000;
	int64_t paced = portal->rate > 0
			    ? (int64_t)probe->waiting * 1000 / portal->rate
			    : 0;

	if (probe->waiting == 0)
		return;
	TELL(session, DIAG_NOTE, portal->place, "cli.probe_cost", portal->id,
	    number(session, (int64_t)probe->waiting),
	    number(session, probe->waiting_bytes / 1000),
	    number(session, seconds > paced ? seconds : paced));
}

static void
tell_probe(struct session *session, const struct probe *probe)
{
	const struct portal *portal = probe->portal;

	check_secrets(session, portal);
	if (!probe->readable) {
		TELL(session, DIAG_NOTE, portal->place, "cli.probe_unreadable",
		    portal->id);
	} else if (probe->problem != NULL) {
		TELL(session, DIAG_ERROR, portal->place, "cli.probe_fails",
		    portal->id,
		    SAY(session->arena, session->report.lang, probe->problem,
			portal->url));
	} else if (portal->path != NULL) {
		TELL(session, DIAG_NOTE, portal->place, "cli.probe_directory",
		    portal->id, portal->path);
	} else {
		tell_answer(session, probe);
	}
	tell_cost(session, probe);
}

static void
check_disk(struct session *session, const char *path, struct place place)
{
	struct statvfs disk;
	uint64_t free;

	if (statvfs(path, &disk) == -1)
		return;
	free = (uint64_t)disk.f_bavail * disk.f_frsize;
	TELL(session,
	    free < DISK_OUT   ? DIAG_ERROR
	    : free < DISK_LOW ? DIAG_WARNING
			      : DIAG_NOTE,
	    place, "cli.probe_disk", path,
	    number(session, (int64_t)(free / MEGABYTE)));
}

/* The ledger holds what is not said yet. */
static void
check_rights(struct session *session, struct place place)
{
	const char *database = session_path(session, STATE_DATABASE);
	const char *state = session->office->state;
	struct stat st;

	if (stat(state, &st) == 0 && (st.st_mode & 022) != 0)
		TELL(session, DIAG_WARNING, place, "cli.probe_writable", state);
	if (stat(database, &st) == 0 && (st.st_mode & 077) != 0)
		TELL(session, DIAG_WARNING, place, "cli.probe_readable",
		    database);
}

static void
check_machine(struct session *session)
{
	const struct place place = { .file = session->office->file };

	TELL(session, DIAG_NOTE, place, "cli.probe_libraries",
	    curl_version_text(), store_library(), calendar_library());
	check_disk(session, session->office->state, place);
	check_rights(session, place);
	check_secret(session, &session->office->monitor.ping, place);
	if (session->store == NULL)
		TELL(session, DIAG_NOTE, place, "cli.probe_nothing_said");
}

static const struct error *
probe(struct session *session, struct probes *probes)
{
	static const struct ticks ticks = { ticks_ms, NULL };
	struct transport *transport = NULL;
	struct outbox_run run = { .office = session->office,
		.portal = session->options->portal };
	const struct error *error;

	error = curl_transport_open(
	    session->arena, CONNECTIONS_IN_ALL, &ticks, &transport);
	if (error != NULL)
		return error;
	run.transport = transport;
	error = outbox_probe(
	    session->arena, session->store, &run, machine_clock, probes);
	transport->type->close(transport);
	return error;
}

const struct error *
check_portals(struct session *session)
{
	struct message none = { 0 };
	struct probes probes = { 0 };
	const struct error *error;
	size_t i;

	error = session_office(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL)
		error = probe(session, &probes);
	if (error != NULL)
		return error;
	check_machine(session);
	for (i = 0; i < probes.n; i++)
		tell_probe(session, &probes.v[i]);
	report_diags(&session->report, &session->diags);
	return session->diags.errors > 0
		   ? error_new(session->arena, ERROR_FAILED, NULL, none)
		   : NULL;
}
