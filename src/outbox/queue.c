#include <string.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>

#include "drain.h"

/* The first retry's delay at most: the run that follows takes it along. */
#define EARLY 6

/*
 * A file that was not the one to send is looked at again each time, for the
 * tree may have been repaired.  Of a portal that is to be probed everything
 * is here, for if the probe succeeds the rest follows.
 */
static const char select_messages[] =
    "SELECT m.id, m.portal, m.path, m.remove, m.digest, m.size, m.attempts,"
    " r.digest, r.etag, coalesce(m.first_entry, 1)"
    " FROM message m"
    " LEFT JOIN remote r ON r.portal = m.portal AND r.path = m.path"
    " LEFT JOIN portal_state s ON s.portal = m.portal"
    " WHERE m.state IN ('queued', 'held', 'refused')"
    " AND (?2 IS NULL OR m.portal = ?2)"
    " AND (m.state <> 'refused' OR m.problem IN " OURS " OR ?2 IS NOT NULL)"
    " AND (m.next <= ?1 OR s.open_until > 0 OR ?2 IS NOT NULL)"
    " ORDER BY m.portal, m.next, m.id";

static const struct error *
make_lanes(struct drain *drain)
{
	const struct outbox_run *run = drain->run;
	const struct office *office = run->office;
	size_t i;

	drain->lanes = arena_alloc(
	    drain->arena, office->n_portals * sizeof(*drain->lanes));
	for (i = 0; i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];
		struct lane lane = { .portal = portal,
			.channel = channel_find(portal->kind) };

		if (run->portal != NULL && strcmp(run->portal, portal->id) != 0)
			continue;
		if (lane.channel == NULL)
			return ERROR_NEW(drain->arena, ERROR_INPUT, NULL,
			    "outbox.no_channel", portal->id, portal->kind);
		drain->lanes[drain->n_lanes++] = lane;
	}
	return NULL;
}

static struct lane *
find_lane(struct drain *drain, const char *portal)
{
	size_t i;

	for (i = 0; i < drain->n_lanes; i++)
		if (strcmp(drain->lanes[i].portal->id, portal) == 0)
			return &drain->lanes[i];
	return NULL;
}

static const struct error *
load_gates(struct drain *drain)
{
	const struct error *error;
	struct query *query;
	size_t i;
	bool row;

	error = query_open(drain->store,
	    "SELECT portal, failures, open_until, not_before, held, problem,"
	    " paused IS NOT NULL FROM portal_state",
	    &query);
	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row) {
		struct lane *lane = find_lane(drain, query_text(query, 0));
		const char *problem = query_text(query, 5);

		if (lane == NULL)
			continue;
		lane->gate.failures = (int)query_int(query, 1);
		lane->gate.open_until = query_int(query, 2);
		lane->gate.not_before = query_int(query, 3);
		lane->gate.held = query_int(query, 4) != 0;
		lane->on_hold = query_int(query, 6) != 0;
		if (problem != NULL && problem[0] == '@')
			lane->gate.problem =
			    arena_strdup(drain->arena, problem + 1);
	}
	query_close(query);
	for (i = 0; i < drain->n_lanes; i++)
		lane_shut(
		    &drain->lanes[i], drain->now, drain->run->portal != NULL);
	return error;
}

static bool
get_digest(struct query *query, int column, struct digest *digest)
{
	size_t len;
	const void *data = query_bytes(query, column, &len);

	if (data == NULL || len != sizeof(digest->bytes))
		return false;
	memcpy(digest->bytes, data, len);
	return true;
}

static void
add_item(struct drain *drain, struct lane *lane, struct query *query)
{
	const char *etag = query_text(query, 8);
	struct item item = { .id = query_int(query, 0),
		.path = arena_strdup(drain->arena, query_text(query, 2)),
		.remove = query_int(query, 3) != 0,
		.size = query_int(query, 5),
		.attempts = (int)query_int(query, 6),
		.first_entry = query_int(query, 9) };

	if (lane->quiet && item.first_entry > lane->urgent)
		return;
	get_digest(query, 4, &item.digest);
	item.known = get_digest(query, 7, &item.known_digest);
	if (etag != NULL)
		item.etag = arena_strdup(drain->arena, etag);
	ARRAY_PUSH(drain->arena, lane, item);
}

static const struct error *
load_items(struct drain *drain)
{
	const struct error *error;
	struct lane *lane = NULL;
	struct query *query;
	bool row;

	error = query_open(drain->store, select_messages, &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, drain->now.s + EARLY);
	if (drain->run->portal != NULL)
		query_set_text(query, 2, drain->run->portal);
	while ((error = query_next(query, &row)) == NULL && row) {
		const char *portal = query_text(query, 1);

		if (lane == NULL || strcmp(lane->portal->id, portal) != 0)
			lane = find_lane(drain, portal);
		if (lane != NULL && !lane->left)
			add_item(drain, lane, query);
	}
	query_close(query);
	return error;
}

/*
 * What is read back of a portal in a run: the main feed if it changes, else
 * the first file, else the first removal.
 */
static void
choose_check(struct lane *lane)
{
	size_t n, i;
	const char *feed = artifact_formats(&n)[0].file;

	lane->check = lane->n > 0 ? &lane->v[0] : NULL;
	for (i = 0; i < lane->n; i++) {
		const struct item *item = &lane->v[i];

		if (item->remove)
			continue;
		if (strcmp(item->path, feed) == 0) {
			lane->check = item;
			return;
		}
		if (lane->check->remove)
			lane->check = item;
	}
}

const struct error *
queue_load(struct drain *drain)
{
	const struct error *error;
	size_t i;

	drain->now = drain->run->clock(drain->run->clock_context);
	error = make_lanes(drain);
	if (error == NULL)
		error = load_gates(drain);
	for (i = 0; error == NULL && i < drain->n_lanes; i++)
		error = urgent_load(drain, &drain->lanes[i]);
	if (error == NULL)
		error = load_items(drain);
	for (i = 0; i < drain->n_lanes; i++)
		choose_check(&drain->lanes[i]);
	return error;
}
