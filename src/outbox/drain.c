/*
 * The drain's loop.  A turn chooses what to begin, records it together with
 * what has ended, sends, and collects the answers that are there.
 */
#include "drain.h"
#include "collection.h"
#include "offer.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>
#include <yugao/file.h>

#define WAIT_MS 50

static bool
is_stopped(const struct drain *drain)
{
	return drain->run->stop != NULL && *drain->run->stop != 0;
}

static bool
is_left(const struct drain *drain)
{
	return is_stopped(drain) && *drain->run->stop == OUTBOX_LEAVE;
}

static void
choose_next(struct drain *drain, struct lane *lane, struct flight *flight)
{
	const struct item *item = &lane->v[lane->next++];
	struct arena *arena = flight->arena;

	if (arena == NULL)
		arena = arena_new();
	else
		arena_reset(arena);
	*flight = (struct flight){ .state = FLIGHT_CHOSEN,
		.arena = arena,
		.lane = lane,
		.item = item,
		.delivery = { .id = item->id,
		    .portal = lane->portal,
		    .path = item->path,
		    .remove = item->remove,
		    .digest = item->digest,
		    .size = item->size,
		    .content_type = artifact_content_type(item->path),
		    .known = item->known,
		    .known_digest = item->known_digest,
		    .etag = item->etag,
		    .read_back = item == lane->check } };
	if (lane->channel->takes == TAKES_EVENTS)
		flight->delivery.calendar =
		    collection_name(arena, drain->run->office, item->path);
	if (!item->remove && !takes_spooled(lane->channel->takes))
		flight->delivery.source =
		    file_join(arena, drain->run->tree, item->path);
	lane->flying++;
}

/* One from each lane in turn, beginning with another lane each time. */
static void
choose(struct drain *drain)
{
	size_t skipped = 0, at = drain->turn++, i;

	if (is_stopped(drain))
		return;
	for (i = 0; i < FLIGHTS && skipped < drain->n_lanes; i++) {
		struct flight *flight = &drain->flights[i];
		struct lane *lane = NULL;

		if (flight->state != FLIGHT_FREE)
			continue;
		for (skipped = 0; skipped < drain->n_lanes; skipped++) {
			lane = &drain->lanes[at++ % drain->n_lanes];
			if (lane_is_open(lane))
				break;
		}
		if (skipped < drain->n_lanes)
			choose_next(drain, lane, flight);
	}
}

static void
count_accepted(const struct flight *flight)
{
	struct lane *lane = flight->lane;

	lane->taken = true;
	if (flight->result.read_back)
		lane->read = true;
	else if (flight->delivery.read_back)
		lane->unread = true;
}

/* GOES_ON sends the next request; all else ends the flight. */
static void
advance(struct drain *drain, struct flight *flight)
{
	struct outbox_run *run = drain->run;

	if (flight->result.state == DELIVERY_GOES_ON) {
		flight->request.context = flight;
		flight->state = FLIGHT_READY;
		return;
	}
	flight->state = FLIGHT_ENDED;
	flight->ended = run->clock(run->clock_context);
	flight->lane->flying--;
	lane_judge(drain->arena, flight->lane, flight);
	if (flight->result.state == DELIVERY_ACCEPTED) {
		count_accepted(flight);
		run->accepted++;
	} else if (flight->result.state != DELIVERY_WAITS) {
		run->failed++;
	}
}

static void
abandon(struct flight *flight)
{
	flight->state = FLIGHT_ABANDONED;
	flight->lane->flying--;
}

/* Whether what is to go is there, and is what was to go. */
static const struct error *
fetch(struct drain *drain, struct flight *flight, bool *whole)
{
	struct delivery *delivery = &flight->delivery;

	*whole = true;
	if (delivery->remove)
		return NULL;
	if (flight->lane->channel->takes == TAKES_BUNDLE) {
		const struct error *error =
		    seal_read(flight->arena, drain->store, &delivery->digest,
			&delivery->signature, &delivery->signing_key);

		if (error != NULL)
			return error;
		delivery->tree = drain->run->tree;
	}
	if (takes_spooled(flight->lane->channel->takes))
		return spool_read(flight->arena, drain->store,
		    &delivery->digest, &delivery->body, whole);
	*whole = source_is_whole(
	    drain->sources, delivery->source, &delivery->digest);
	return NULL;
}

static const struct error *
begin(struct drain *drain, struct flight *flight)
{
	struct delivery *delivery = &flight->delivery;
	const struct error *error;
	bool whole;

	if (is_stopped(drain)) {
		abandon(flight);
		return NULL;
	}
	delivery->now = drain->run->clock(drain->run->clock_context);
	if ((error = fetch(drain, flight, &whole)) != NULL)
		return error;
	if (!whole)
		flight->result = (struct delivery_result){
			.state = DELIVERY_REFUSED,
			.problem = MESSAGE(flight->arena, "outbox.source"),
			.retry_after = -1,
		};
	else
		error = flight->lane->channel->step(flight->arena, delivery,
		    NULL, &flight->request, &flight->result);
	if (error == NULL)
		advance(drain, flight);
	return error;
}

static const struct error *
arrive(struct drain *drain, struct flight *flight, const struct answer *answer)
{
	const struct error *error;

	if (flight->delivery.taken == 0)
		flight->status = answer->status;
	flight->ms += answer->ms;
	if (answer->detail != NULL)
		flight->detail = arena_strdup(flight->arena, answer->detail);
	error = flight->lane->channel->step(flight->arena, &flight->delivery,
	    answer, &flight->request, &flight->result);
	if (error == NULL)
		advance(drain, flight);
	return error;
}

/*
 * Another flight's answer has asked for patience meanwhile: what was begun
 * ends as if there were no answer to go on from.
 */
static const struct error *
put_off(struct drain *drain, struct flight *flight)
{
	const struct answer answer = { .carried = CARRIED_RETRY,
		.status = flight->status,
		.problem = "channel.busy",
		.body = "",
		.retry_after = flight->lane->gate.not_before - drain->now.s };

	return arrive(drain, flight, &answer);
}

static const struct error *
send_ready(struct drain *drain, struct flight *flight)
{
	struct transport *transport = drain->run->transport;
	bool begun = flight->status != 0;
	bool early = flight->lane->gate.not_before > drain->now.s;

	/* A second request of a delivery still belongs to what is in hand. */
	if ((is_stopped(drain) || early) && !begun) {
		abandon(flight);
		return NULL;
	}
	if (early)
		return put_off(drain, flight);
	if (!transport->type->send(transport, &flight->request))
		return NULL;
	flight->state = FLIGHT_AWAY;
	if (flight->request.body_path != NULL || flight->request.body != NULL)
		flight->bytes += flight->request.body_size;
	return NULL;
}

static const struct error *
depart(struct drain *drain)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < FLIGHTS; i++)
		if (drain->flights[i].state == FLIGHT_CHOSEN)
			error = begin(drain, &drain->flights[i]);
	for (i = 0; error == NULL && i < FLIGHTS; i++)
		if (drain->flights[i].state == FLIGHT_READY)
			error = send_ready(drain, &drain->flights[i]);
	return error;
}

static bool
is_any(const struct drain *drain, enum flight_state state)
{
	size_t i;

	for (i = 0; i < FLIGHTS; i++)
		if (drain->flights[i].state == state)
			return true;
	return false;
}

/* Waits for the first answer only if there is nothing else to do. */
static const struct error *
collect(struct drain *drain)
{
	struct transport *transport = drain->run->transport;
	int ms = is_any(drain, FLIGHT_ENDED) ? 0 : WAIT_MS;
	struct arena *scratch = arena_new();
	const struct error *error = NULL;
	void *context = drain;

	while (error == NULL && context != NULL && is_any(drain, FLIGHT_AWAY)) {
		struct answer answer;

		arena_reset(scratch);
		error = transport->type->wait(
		    transport, scratch, ms, &answer, &context);
		ms = 0;
		if (error == NULL && context != NULL)
			error = arrive(drain, context, &answer);
	}
	error = error_copy(drain->arena, error);
	arena_free(scratch);
	return error;
}

static bool
is_done(const struct drain *drain)
{
	size_t i;

	for (i = 0; i < FLIGHTS; i++)
		if (drain->flights[i].state != FLIGHT_FREE)
			return false;
	for (i = 0; i < drain->n_lanes; i++)
		if (lane_is_open(&drain->lanes[i]) && !is_stopped(drain))
			return false;
	return true;
}

static void
show_progress(const struct drain *drain, const char *what)
{
	size_t i, done = drain->run->accepted + drain->run->failed, total = 0;

	for (i = 0; i < drain->n_lanes; i++)
		total += drain->lanes[i].left ? drain->lanes[i].next
					      : drain->lanes[i].n;
	if (drain->run->terminal != NULL && total > 0)
		terminal_progress(drain->run->terminal, what, done, total);
}

static const struct error *
fly(struct drain *drain)
{
	const char *what =
	    SAY(drain->arena, drain->run->office->lang, "outbox.pushing");
	const struct error *error = NULL;

	while (error == NULL && !is_done(drain)) {
		drain->now = drain->run->clock(drain->run->clock_context);
		choose(drain);
		error = record_turn(drain);
		if (is_left(drain))
			break;
		if (error == NULL)
			error = depart(drain);
		if (error == NULL)
			error = collect(drain);
		show_progress(drain, what);
	}
	if (drain->run->terminal != NULL)
		terminal_progress(drain->run->terminal, what, 1, 1);
	return error;
}

const struct error *
outbox_drain(struct arena *arena, struct store *store, struct outbox_run *run)
{
	struct drain drain = { .arena = arena, .store = store, .run = run };
	const struct error *error;
	size_t i;

	run->accepted = run->failed = 0;
	drain.sources = sources_new(arena);
	drain.flights = arena_alloc(arena, FLIGHTS * sizeof(*drain.flights));
	error = queue_load(&drain);
	if (error == NULL)
		error = fly(&drain);
	/* An error's words may stand in a flight's arena. */
	error = error_copy(arena, error);
	for (i = 0; i < FLIGHTS; i++)
		arena_free(drain.flights[i].arena);
	return error;
}
