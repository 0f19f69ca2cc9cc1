/*
 * A year of an outbox under a virtual clock: 200 portals of which each request
 * fails three times in ten, and that now and then are down for days.  Nothing
 * is sent early, twice or to nobody, and what a portal lacks is always told.
 *
 *   SIM_DAYS (20), SIM_PORTALS (200), SIM_SEED (1)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outbox_world.h"

#define PORTALS_MOST 200
#define FILES 6
#define QUEUE_MOST 1024
#define LAST_DAYS 3 /* without failures, so that all can end */

struct site {
	struct digest files[FILES];
	int64_t not_before; /* its own Retry-After */
	int64_t down_until;
	bool failed; /* in this run */
};

struct year {
	struct transport base;
	struct world *world;
	struct site sites[PORTALS_MOST];
	struct portal portals[PORTALS_MOST];
	size_t n;
	const struct request *queue[QUEUE_MOST];
	size_t n_queue;
	uint64_t random;
	bool calm; /* nothing fails any more */
	int64_t sent, failed, early, again;
};

/* splitmix64 */
static uint64_t
draw(struct year *year, uint64_t below)
{
	uint64_t z = year->random += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (z ^ (z >> 31)) % below;
}

static int64_t
setting(const char *name, int64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? atoll(text) : otherwise;
}

static struct site *
site_of(struct year *year, const struct request *request)
{
	return &year->sites[request->portal - year->portals];
}

static bool
year_send(struct transport *base, const struct request *request)
{
	struct year *year = (struct year *)base;

	if (year->n_queue == QUEUE_MOST)
		return false;
	year->sent++;
	if (site_of(year, request)->not_before > year->world->now.s)
		year->early++;
	year->queue[year->n_queue++] = request;
	return true;
}

/* Each kind of failure that is tried again by itself, or holds the portal. */
static void
misbehave(struct year *year, struct site *site, struct answer *answer)
{
	static const int statuses[] = { 0, 0, 408, 429, 500, 502, 503, 503, 504,
		401 };
	uint64_t which = draw(year, COUNT(statuses));

	year->failed++;
	site->failed = true;
	answer->status = statuses[which];
	if (answer->status == 0) {
		answer->carried = CARRIED_RETRY;
		answer->problem = "channel.timeout";
	} else if (which >= 3 && draw(year, 2) == 0) {
		answer->retry_after = 1 + (int64_t)draw(year, 86400);
		if (site->not_before < year->world->now.s + answer->retry_after)
			site->not_before =
			    year->world->now.s + answer->retry_after;
	}
}

static void
take(struct year *year, struct site *site, const struct request *request,
    struct answer *answer)
{
	int file = atoi(strrchr(request->url, '/') + 2);
	struct bytes bytes;
	struct digest digest;
	struct arena *arena = arena_new();

	no_error(file_read(arena, request->body_path, 1 << 20, &bytes));
	digest = digest_of(bytes.data, bytes.len);
	arena_free(arena);
	if (digest_compare(&digest, &site->files[file]) == 0)
		year->again++;
	site->files[file] = digest;
	answer->status = 204;
}

static const struct error *
year_wait(struct transport *base, struct arena *arena, int ms,
    struct answer *answer, void **context)
{
	struct year *year = (struct year *)base;
	const struct request *request;
	struct site *site;
	size_t at;

	(void)arena;
	(void)ms;
	*context = NULL;
	if (year->n_queue == 0)
		return NULL;
	/* Answers come in any order. */
	at = draw(year, year->n_queue);
	request = year->queue[at];
	year->queue[at] = year->queue[--year->n_queue];
	site = site_of(year, request);
	*answer = (struct answer){ .carried = CARRIED_ANSWER,
		.retry_after = -1,
		.body = "",
		.ms = 1 };
	if (!year->calm &&
	    (site->down_until > year->world->now.s || draw(year, 10) < 3))
		misbehave(year, site, answer);
	else if (strcmp(request->method, "PUT") == 0)
		take(year, site, request, answer);
	else
		answer->status = 503; /* nothing is read back here */
	*context = request->context;
	return NULL;
}

static void
make_portals(struct year *year)
{
	struct world *world = year->world;
	size_t i;

	for (i = 0; i < year->n; i++)
		year->portals[i] = (struct portal){
			.id = arena_printf(world->arena, "p%03zu", i),
			.kind = "http-put",
			.url = arena_printf(world->arena, "http://p%zu/", i),
			.connections = 2,
			.timeout = 5
		};
	world->office.portals = year->portals;
	world->office.n_portals = year->n;
}

static void
change_files(struct year *year, int64_t day)
{
	struct world *world = year->world;
	int i;

	for (i = 0; i < FILES; i++)
		if (day == 0 || draw(year, 10) == 0)
			give_file(world,
			    arena_printf(world->arena, "f%d.ics", i),
			    arena_printf(world->arena, "file %d of day %lld", i,
				(long long)day));
	fill(world);
}

/* What each portal lacks is what the outbox tells of it, no more, no less. */
static void
what_is_lacking_is_told(struct year *year)
{
	struct arena *arena = arena_new();
	struct world *world = year->world;
	struct outbox_status status;
	size_t i, j, lacking;

	no_error(outbox_status(arena, world->store, &world->office, &status));
	assert_int_equal(status.n, year->n);
	for (i = 0; i < year->n; i++) {
		lacking = 0;
		for (j = 0; j < world->files.n; j++)
			lacking += digest_compare(&world->files.v[j].digest,
				       &year->sites[i].files[j]) != 0;
		assert_int_equal(
		    status.v[i].queued + status.v[i].held + status.v[i].refused,
		    lacking);
		assert_int_equal(
		    status.v[i].accepted + lacking, world->files.n);
		assert_int_equal(status.v[i].refused, 0);
	}
	arena_free(arena);
}

static bool
next_row(struct query *query)
{
	bool row;

	no_error(query_next(query, &row));
	return row;
}

/* With nothing in the way, what is due has been tried. */
static void
what_is_due_was_tried(struct year *year)
{
	struct query *query;

	no_error(query_open(year->world->store,
	    "SELECT m.portal, min(m.next) FROM message m"
	    " LEFT JOIN portal_state s ON s.portal = m.portal"
	    " WHERE m.state = 'queued' AND m.next < ?1"
	    " AND coalesce(max(s.open_until, s.not_before), 0) <= ?1"
	    " GROUP BY m.portal",
	    &query));
	query_set_int(query, 1, year->world->now.s);
	while (next_row(query))
		/* Left after a failure in this very run, as it should be. */
		assert_true(year->sites[atoi(query_text(query, 0) + 1)].failed);
	query_close(query);
}

static void
one_run(struct year *year)
{
	struct arena *arena = arena_new();
	struct world *world = year->world;
	size_t i;

	for (i = 0; i < year->n; i++) {
		year->sites[i].failed = false;
		if (draw(year, 24 * 60) == 0)
			year->sites[i].down_until =
			    world->now.s + (int64_t)draw(year, 96) * HOUR;
	}
	no_error(outbox_drain(arena, world->store, &world->run));
	assert_int_equal(year->n_queue, 0);
	what_is_due_was_tried(year);
	arena_free(arena);
}

static void
a_year_of_failing_portals_loses_doubles_and_hurries_nothing(void **state)
{
	static const struct transport_type type = { year_send, year_wait,
		fake_close };
	struct world *world = *state;
	struct year *year = arena_alloc(world->arena, sizeof(*year));
	int64_t days = setting("SIM_DAYS", 20), day, hour;
	size_t i, j;

	*year = (struct year){ .base = { &type },
		.world = world,
		.n = (size_t)setting("SIM_PORTALS", PORTALS_MOST),
		.random = (uint64_t)setting("SIM_SEED", 1) };
	world->run.transport = &year->base;
	make_portals(year);
	no_error(store_run(world->store, "PRAGMA synchronous = OFF"));
	for (day = 0; day < days + LAST_DAYS; day++) {
		year->calm = day >= days;
		if (!year->calm)
			change_files(year, day);
		for (hour = 0; hour < 24; hour++) {
			one_run(year);
			world->now.s += HOUR;
		}
		what_is_lacking_is_told(year);
	}
	for (i = 0; i < year->n; i++)
		for (j = 0; j < world->files.n; j++)
			assert_int_equal(
			    digest_compare(&world->files.v[j].digest,
				&year->sites[i].files[j]),
			    0);
	assert_int_equal(year->early, 0);
	assert_int_equal(year->again, 0);
	assert_int_equal(
	    number(world, "SELECT count(*) FROM message"
			  " WHERE state NOT IN ('accepted', 'superseded')"),
	    0);
	print_message("# %lld days, %zu portals: %lld requests, %lld failed\n",
	    (long long)days, year->n, (long long)year->sent,
	    (long long)year->failed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_year_of_failing_portals_loses_doubles_and_hurries_nothing,
		    setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
