/*
 * The records of a drain.  Results and the attempts that are about to be made
 * share one commit, which is what a turn costs.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/record.h>

#include "delay.h"
#include "drain.h"

static const char *const states[] = {
	[DELIVERY_ACCEPTED] = "accepted",
	[DELIVERY_RETRY] = "queued",
	[DELIVERY_WAITS] = "queued",
	[DELIVERY_REFUSED] = "refused",
	[DELIVERY_HELD] = "held",
};

/* As it is stored: an argument of a message that starts with '@'. */
static const char *
stored_problem(struct arena *arena, const char *id)
{
	return id == NULL ? NULL : arena_printf(arena, "@%s", id);
}

static const struct error *
run_and_close(struct query *query)
{
	const struct error *error = query_run(query);

	query_close(query);
	return error;
}

static const struct error *
add_attempt(struct drain *drain, struct flight *flight)
{
	const struct error *error;
	struct query *query;
	bool row;

	error = query_open(drain->store,
	    "INSERT INTO attempt (message, at) VALUES (?1, ?2) RETURNING id",
	    &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, flight->item->id);
	query_set_int(query, 2, drain->now.s);
	error = query_next(query, &row);
	if (error == NULL && row) {
		flight->attempt = query_int(query, 0);
		error = query_run(query);
	}
	query_close(query);
	return error;
}

static const struct error *
forget_attempt(struct drain *drain, const struct flight *flight)
{
	const struct error *error;
	struct query *query;

	error = query_open(
	    drain->store, "DELETE FROM attempt WHERE id = ?1", &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, flight->attempt);
	return run_and_close(query);
}

static const struct error *
end_attempt(struct drain *drain, const struct flight *flight)
{
	const struct error *error;
	struct query *query;

	error = query_open(drain->store,
	    "UPDATE attempt SET ms = ?2, status = ?3, bytes = ?4, problem = ?5,"
	    " detail = ?6 WHERE id = ?1",
	    &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, flight->attempt);
	query_set_int(query, 2, flight->ms);
	query_set_int(query, 3, flight->status);
	query_set_int(query, 4, flight->bytes);
	query_set_text(
	    query, 5, stored_problem(flight->arena, flight->result.problem.id));
	query_set_text(query, 6,
	    flight->result.detail != NULL ? flight->result.detail
					  : flight->detail);
	return run_and_close(query);
}

/* What became of it, for good: rows of attempts and messages may go. */
static const struct error *
remember_attempt(struct drain *drain, const struct flight *flight)
{
	const struct item *item = flight->item;
	struct record record = { .kind = RECORD_ATTEMPT,
		.at = flight->ended,
		.subject = flight->lane->portal->id };
	char hex[DIGEST_HEX_SIZE];
	struct buf buf;

	buf_init(&buf, flight->arena);
	buf_puts(&buf, "{\"digest\":");
	buf_json(&buf, item->remove ? NULL : digest_hex(hex, &item->digest));
	buf_puts(&buf, ",\"outcome\":");
	buf_json(&buf, states[flight->result.state]);
	buf_puts(&buf, ",\"path\":");
	buf_json(&buf, item->path);
	buf_puts(&buf, ",\"problem\":");
	buf_json(&buf, flight->result.problem.id);
	buf_printf(&buf, ",\"status\":%d}", flight->status);
	record.body = buf.data;
	return record_append(flight->arena, drain->store, &record);
}

/* When a message is due again: its own schedule, before the release that it
 * tells of comes too near, but never before the portal's Retry-After. */
static const struct error *
next_attempt(struct drain *drain, struct flight *flight)
{
	const struct item *item = flight->item;
	int64_t now = flight->ended.s;
	const struct error *error;

	flight->next = 0;
	if (flight->result.state == DELIVERY_WAITS)
		flight->next = now + flight->result.retry_after;
	if (flight->result.state != DELIVERY_RETRY)
		return NULL;
	flight->next = now + delay_jittered(item->id, item->attempts + 1);
	error = urgent_bound(drain, item, now, &flight->next);
	if (flight->next < now + flight->result.retry_after)
		flight->next = now + flight->result.retry_after;
	return error;
}

static const struct error *
end_message(struct drain *drain, const struct flight *flight)
{
	enum delivered state = flight->result.state;
	const struct error *error;
	struct query *query;

	error = query_open(drain->store,
	    "UPDATE message SET state = ?2, attempts = attempts + 1, next = ?3,"
	    " ended_at = ?4, problem = ?5 WHERE id = ?1",
	    &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, flight->item->id);
	query_set_text(query, 2, states[state]);
	query_set_int(query, 3, flight->next);
	if (state == DELIVERY_ACCEPTED || state == DELIVERY_REFUSED)
		query_set_int(query, 4, flight->ended.s);
	query_set_text(
	    query, 5, stored_problem(flight->arena, flight->result.problem.id));
	return run_and_close(query);
}

/* What the portal has from now on. */
static const struct error *
confirm(struct drain *drain, const struct flight *flight)
{
	const struct item *item = flight->item;
	const struct error *error;
	struct query *query;

	error = query_open(drain->store,
	    item->remove ? "DELETE FROM remote WHERE portal = ?1 AND path = ?2"
			 : "INSERT INTO remote (portal, path, digest, etag, at)"
			   " VALUES (?1, ?2, ?3, ?4, ?5)"
			   " ON CONFLICT (portal, path) DO UPDATE SET"
			   " digest = excluded.digest, etag = excluded.etag,"
			   " at = excluded.at",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, flight->lane->portal->id);
	query_set_text(query, 2, item->path);
	if (!item->remove) {
		query_set_bytes(
		    query, 3, item->digest.bytes, sizeof(item->digest.bytes));
		query_set_text(query, 4, flight->result.etag);
		query_set_int(query, 5, flight->ended.s);
	}
	return run_and_close(query);
}

static void
tell(const struct drain *drain, const struct flight *flight)
{
	const struct outbox_run *run = drain->run;
	struct attempt attempt = { .portal = flight->lane->portal->id,
		.path = flight->item->path,
		.problem = flight->result.problem.id,
		.detail = flight->detail,
		.at = flight->ended,
		.status = flight->status,
		.ms = flight->ms,
		.bytes = flight->bytes,
		.outcome = states[flight->result.state] };

	attempt.next.s = flight->next;
	if (run->tell != NULL)
		run->tell(run->tell_context, &attempt);
}

static const struct error *
record_flight(struct drain *drain, struct flight *flight)
{
	const struct error *error = NULL;

	switch (flight->state) {
	case FLIGHT_CHOSEN:
		return add_attempt(drain, flight);
	case FLIGHT_ABANDONED:
		return forget_attempt(drain, flight);
	case FLIGHT_ENDED:
		error = end_attempt(drain, flight);
		/* It only looked whether somebody has gone on. */
		if (error == NULL && flight->result.state != DELIVERY_WAITS)
			error = remember_attempt(drain, flight);
		if (error == NULL)
			error = next_attempt(drain, flight);
		if (error == NULL)
			error = end_message(drain, flight);
		if (error == NULL && flight->result.state == DELIVERY_ACCEPTED)
			error = confirm(drain, flight);
		return error;
	default:
		return NULL;
	}
}

static const struct error *
record_gate(struct drain *drain, const struct lane *lane)
{
	const struct gate *gate = &lane->gate;
	const struct error *error;
	struct query *query;

	error = query_open(drain->store,
	    "INSERT INTO portal_state"
	    " (portal, failures, open_until, not_before, held, problem)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	    " ON CONFLICT (portal) DO UPDATE SET"
	    " failures = excluded.failures, open_until = excluded.open_until,"
	    " not_before = excluded.not_before, held = excluded.held,"
	    " problem = excluded.problem",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, lane->portal->id);
	query_set_int(query, 2, gate->failures);
	query_set_int(query, 3, gate->open_until);
	query_set_int(query, 4, gate->not_before);
	query_set_int(query, 5, gate->held);
	query_set_text(query, 6, stored_problem(drain->arena, gate->problem));
	return run_and_close(query);
}

/* What waited for the portal, and not for itself, is due at once. */
static const struct error *
release(struct drain *drain, const struct lane *lane)
{
	const struct error *error;
	struct query *query;

	error = query_open(drain->store,
	    "UPDATE message SET state = 'queued', next = 0"
	    " WHERE portal = ?1 AND state IN ('queued', 'held')",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, lane->portal->id);
	return run_and_close(query);
}

/* Releases come first: a result of the same turn is newer. */
static const struct error *
record_all(struct drain *drain)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < drain->n_lanes; i++)
		if (drain->lanes[i].released)
			error = release(drain, &drain->lanes[i]);
	for (i = 0; error == NULL && i < drain->n_lanes; i++)
		if (drain->lanes[i].dirty)
			error = record_gate(drain, &drain->lanes[i]);
	for (i = 0; error == NULL && i < FLIGHTS; i++)
		error = record_flight(drain, &drain->flights[i]);
	for (i = 0; error == NULL && i < drain->n_lanes; i++)
		error = confirm_shown(drain, &drain->lanes[i]);
	return error;
}

static bool
is_to_record(const struct drain *drain)
{
	size_t i;

	for (i = 0; i < FLIGHTS; i++) {
		enum flight_state state = drain->flights[i].state;

		if (state == FLIGHT_CHOSEN || state == FLIGHT_ENDED ||
		    state == FLIGHT_ABANDONED)
			return true;
	}
	return false;
}

static void
lane_recorded(struct lane *lane)
{
	lane->dirty = lane->released = false;
	if (lane->flying == 0 && !lane_is_open(lane))
		lane->taken = false;
}

const struct error *
record_turn(struct drain *drain)
{
	const struct error *error;
	size_t i;

	if (!is_to_record(drain))
		return NULL;
	error = store_begin(drain->store);
	if (error != NULL)
		return error;
	error = record_all(drain);
	if (error == NULL)
		error = store_commit(drain->store);
	if (error != NULL) {
		store_rollback(drain->store);
		return error;
	}
	for (i = 0; i < drain->n_lanes; i++)
		lane_recorded(&drain->lanes[i]);
	for (i = 0; i < FLIGHTS; i++) {
		struct flight *flight = &drain->flights[i];

		if (flight->state == FLIGHT_ENDED)
			tell(drain, flight);
		if (flight->state == FLIGHT_ENDED ||
		    flight->state == FLIGHT_ABANDONED)
			flight->state = FLIGHT_FREE;
	}
	return NULL;
}
