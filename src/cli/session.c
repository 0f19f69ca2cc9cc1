#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/file.h>

#include "cli.h"

#define CONFIG "yugao.json"

struct instant
clock_now(void *context)
{
	const struct session *session = context;

	if (session->options->now != NULL)
		return session->now;
	return (struct instant){ (int64_t)time(NULL) };
}

const struct error *
clock_read(struct session *session)
{
	const char *now = session->options->now;

	if (now == NULL)
		session->now.s = (int64_t)time(NULL);
	else if (!instant_parse(now, &session->now))
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.now", now);
	return NULL;
}

const char *
session_path(const struct session *session, const char *name)
{
	return file_join(session->arena, session->office->state, name);
}

/* Told by the report already: only the kind matters from here. */
static const struct error *
told(struct session *session)
{
	struct message none = { 0 };

	report_diags(&session->report, &session->diags);
	return error_new(session->arena, ERROR_INPUT, NULL, none);
}

const struct error *
file_named(struct arena *arena, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode) &&
	    access(path, R_OK) == 0)
		return NULL;
	return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.no_file", path);
}

/* A mistyped --portal would look like a portal with nothing to do. */
static const struct error *
known_portal(const struct session *session)
{
	const struct office *office = session->office;
	const char *id = session->options->portal;
	struct buf ids;
	size_t i;

	if (id == NULL)
		return NULL;
	buf_init(&ids, session->arena);
	for (i = 0; i < office->n_portals; i++) {
		if (strcmp(office->portals[i].id, id) == 0)
			return NULL;
		buf_printf(
		    &ids, "%s%s", i == 0 ? "" : ", ", office->portals[i].id);
	}
	return ERROR_NEW(session->arena, ERROR_INPUT, NULL, "cli.no_portal", id,
	    ids.len > 0 ? ids.data : "-");
}

/* A portal that nothing here can reach must not wait to be found out. */
static void
check_kinds(struct session *session)
{
	size_t i;

	for (i = 0; i < session->office->n_portals; i++) {
		const struct portal *portal = &session->office->portals[i];

		if (channel_find(portal->kind) == NULL)
			DIAG(session->arena, &session->diags, DIAG_ERROR,
			    portal->place, "outbox.no_channel", portal->id,
			    portal->kind);
	}
}

const struct error *
session_office(struct session *session)
{
	const char *path = session->options->config;
	struct zone *zone = NULL;
	const struct error *error;

	error = clock_read(session);
	if (error == NULL && path == NULL && access(CONFIG, F_OK) == -1)
		error =
		    ERROR_NEW(session->arena, ERROR_INPUT, NULL, "cli.config");
	if (path == NULL)
		path = CONFIG;
	if (error == NULL)
		error = office_read(
		    session->arena, path, &session->diags, &session->office);
	if (error != NULL)
		return error;
	if (session->office != NULL && session->options->lang == NULL)
		session->report.lang = session->office->lang;
	session->report.office = session->office;
	if (session->office != NULL)
		check_kinds(session);
	if (session->office == NULL || diags_stop(&session->diags, NULL))
		return told(session);
	error = zone_open(session->arena, session->office->timezone, &zone);
	session->report.zone = zone;
	if (error == NULL && session->options->now != NULL) {
		struct local local = zone_local(zone, session->now);

		session->known_on =
		    arena_copy(session->arena, &local.day, sizeof(local.day));
	}
	return error == NULL ? known_portal(session) : error;
}

const struct error *
session_expand(
    struct session *session, const struct plans *plans, struct slots *slots)
{
	struct arena *arena = session->arena;
	const struct error *error;
	size_t i;

	error = plans_check(
	    arena, session->office, plans, &session->acts, &session->diags);
	for (i = 0; error == NULL && i < plans->n; i++)
		error = schedule_expand(arena, session->office, plans->v[i],
		    &session->acts, &session->diags, slots);
	slots_sort(slots);
	slots_check(arena, slots, &session->diags);
	return error;
}

const struct error *
session_inputs(struct session *session)
{
	struct arena *arena = session->arena;
	const struct office *office = session->office;
	const struct error *error;

	session->diags_of_office = session->diags;
	session->calendars =
	    calendars_open(arena, office->calendars, session->known_on);
	error = plans_read(arena, session->calendars, office->plans,
	    &session->diags, &session->plans);
	if (error == NULL)
		error = acts_read(
		    arena, office->acts, &session->diags, &session->acts);
	if (error == NULL)
		plans_acts(arena, &session->plans, &session->acts);
	if (error == NULL)
		error = session_outcomes(session);
	return error != NULL
		   ? error
		   : session_expand(session, &session->plans, &session->slots);
}

/*
 * With the tree still there, a ledger that is not would say everything again
 * as if it were new, with lower SEQUENCEs than readers have seen.
 */
static const struct error *
lost_ledger(const struct session *session)
{
	const char *state = session->office->state;
	const char *path = session_path(session, STATE_DATABASE);

	if (store_exists(path) ||
	    (access(session_path(session, STATE_PUBLIC), F_OK) == -1 &&
		access(session_path(session, STATE_TREES), F_OK) == -1))
		return NULL;
	return ERROR_NEW(
	    session->arena, ERROR_FAILED, NULL, "cli.lost_ledger", path, state);
}

const struct error *
session_store(struct session *session)
{
	const char *path = session_path(session, STATE_DATABASE);

	if (session->store != NULL)
		return NULL;
	if (!store_exists(path))
		return lost_ledger(session);
	return store_open(session->arena, path, STORE_READ, &session->store);
}

const struct error *
session_view(struct session *session)
{
	const struct error *error = session_store(session);

	if (error != NULL || session->store == NULL)
		return error;
	return ledger_view(session->arena, session->store, &session->view);
}

struct announce_input
session_announce(const struct session *session)
{
	return (struct announce_input){
		.office = session->office,
		.plans = &session->plans,
		.slots = &session->slots,
		.acts = &session->acts,
		.view = &session->view,
		.outcomes = &session->outcomes,
		.now = session->now,
		.attended = session->attended,
	};
}

const struct error *
session_changes(struct session *session)
{
	const struct announce_input input = session_announce(session);

	return announce_diff(
	    session->arena, &input, &session->diags, &session->changes);
}

/*
 * For a run that died between its transaction and its switch, and for files
 * whose bytes a push found damaged.  A tree that cannot be made as it was,
 * because program or configuration changed since, is staged anew by what
 * follows.
 */
static const struct error *
heal_tree(struct session *session)
{
	const struct error *broken, *error;
	bool current, damaged;

	error = outbox_has_damaged(session->store, &damaged);
	if (error != NULL)
		return error;
	broken = (damaged ? tree_mend : tree_switch)(
	    session->arena, session->store, session->office);
	if (broken == NULL)
		return NULL;
	error = tree_is_current(
	    session->arena, session->store, session->office, &current);
	return error != NULL || current ? broken : NULL;
}

const struct error *
session_write(struct session *session)
{
	const struct error *error;

	error = file_make_directories(session->arena, session->office->state);
	if (error == NULL)
		error = file_lock(session->arena,
		    session_path(session, STATE_LOCK), &session->lock);
	if (error == NULL)
		error = lost_ledger(session);
	if (error == NULL)
		error = store_open(session->arena,
		    session_path(session, STATE_DATABASE), STORE_WRITE,
		    &session->store);
	return error == NULL ? heal_tree(session) : error;
}

const struct error *
file_is_new(struct session *session, const char *path)
{
	return access(path, F_OK) == 0 ? ERROR_NEW(session->arena, ERROR_INPUT,
					     NULL, "cli.file_exists", path)
				       : NULL;
}

void
session_close(struct session *session)
{
	store_close(session->store);
	session->store = NULL;
	if (session->lock != -1)
		close(session->lock);
	session->lock = -1;
}
