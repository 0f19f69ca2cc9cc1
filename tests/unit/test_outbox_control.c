/*
 * What the operator can do with what waits, quiet hours, and retries that a
 * release hurries.
 */
#include <yugao/calendar.h>
#include <yugao/record.h>

#include "outbox_world.h"

/* T0 is 13:58 in this zone. */
static void
be_quiet(struct world *world)
{
	struct zone *zone;

	no_error(zone_open(world->arena, "Asia/Shanghai", &zone));
	world->run.zone = zone;
	world->portals[0].quiet = (struct hours){ 13 * 60, 15 * 60 };
}

/* An entry, before what carries it is queued. */
static void
say(struct world *world, const char *release, int64_t start)
{
	struct query *query;

	no_error(query_open(world->store,
	    "INSERT INTO entry (id, kind, at, sequence, release, precision,"
	    " start, status, hash, said, since_entry)"
	    " SELECT coalesce(max(id), 0) + 1, 'new', 0, 0, ?1, 'instant', ?2,"
	    " 'confirmed', x'00', '{}', coalesce(max(id), 0) + 1 FROM entry",
	    &query));
	query_set_text(query, 1, release);
	query_set_int(query, 2, start);
	no_error(query_run(query));
	query_close(query);
}

static void
hold(struct world *world, bool on)
{
	no_error(store_begin(world->store));
	no_error(outbox_hold(world->arena, world->store, "a", on, world->now));
	no_error(store_commit(world->store));
}

static size_t
retry(struct world *world, const char *name, bool portal)
{
	size_t n;

	no_error(store_begin(world->store));
	no_error(outbox_retry(world->store, name, portal, world->now, &n));
	no_error(store_commit(world->store));
	return n;
}

static void
nothing_goes_to_a_portal_on_hold_until_it_ends(void **state)
{
	struct world *world = *state;

	queue_files(world, 2);
	hold(world, true);
	assert_int_equal(drain(world), 0);
	world->run.portal = "a";
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).held_by.s, T0);
	assert_int_equal(status_of(world, 0).queued, 2);
	hold(world, false);
	world->run.portal = NULL;
	assert_int_equal(drain(world), 2);
	assert_int_equal(status_of(world, 0).held_by.s, 0);
}

static void
a_hold_is_recorded_once(void **state)
{
	struct world *world = *state;

	queue_files(world, 1);
	hold(world, true);
	hold(world, true);
	assert_int_equal(
	    number(world, "SELECT count(*) FROM record WHERE kind = 'hold'"),
	    1);
	hold(world, false);
	assert_int_equal(
	    number(world, "SELECT count(*) FROM record WHERE kind = 'hold'"),
	    2);
}

static void
what_was_refused_is_tried_again_when_asked(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 404;
	queue_files(world, 2);
	assert_int_equal(drain(world), 2);
	world->fake.force[0] = 0;
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).refused, 2);
	assert_int_equal(retry(world, "b", true), 0);
	assert_int_equal(retry(world, "a", true), 2);
	assert_int_equal(drain(world), 2);
	assert_int_equal(status_of(world, 0).refused, 0);
}

static void
a_retry_of_a_release_takes_what_may_carry_it(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 1000 * HOUR);
	world->fake.force[0] = 404;
	deliver(world, "a.ics", "one");
	say(world, "nbs/ppi/2026-01", T0 + 1000 * HOUR);
	deliver(world, "b.ics", "two");
	assert_int_equal(retry(world, "nbs/none/2026-01", false), 0);
	assert_int_equal(retry(world, "nbs/cpi/2026-01", false), 1);
	assert_int_equal(retry(world, "nbs/ppi/2026-01", false), 2);
}

static void
retrying_shuts_the_breaker_but_keeps_a_retry_after(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 401;
	queue_files(world, 2);
	drain(world);
	world->fake.force[0] = 0;
	assert_int_equal(drain(world), 0);
	retry(world, "a", true);
	assert_int_equal(status_of(world, 0).open.s, 0);
	assert_true(drain(world) > 0);
	assert_int_equal(status_of(world, 0).queued, 0);
	world->fake.force[0] = 503;
	world->fake.retry_after = 600;
	deliver(world, "f9.ics", "new");
	world->fake.force[0] = 0;
	world->fake.retry_after = 0;
	retry(world, "a", true);
	assert_int_equal(drain(world), 0);
}

static void
quiet_hours_keep_what_can_wait(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 1000 * HOUR);
	be_quiet(world);
	queue_files(world, 2);
	assert_int_equal(drain(world), 0);
	world->now.s += 2 * HOUR;
	assert_int_equal(drain(world), 2);
}

static void
naming_a_portal_ends_its_quiet(void **state)
{
	struct world *world = *state;

	be_quiet(world);
	queue_files(world, 2);
	world->run.portal = "a";
	assert_int_equal(drain(world), 2);
}

static void
what_is_near_goes_in_quiet_hours_too(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 30 * HOUR);
	be_quiet(world);
	queue_files(world, 2);
	assert_int_equal(drain(world), 2);
}

static void
so_does_a_move_away_from_what_was_near(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 30 * HOUR);
	queue_files(world, 1);
	assert_int_equal(drain(world), 1);
	be_quiet(world);
	say(world, "nbs/cpi/2026-01", T0 + 900 * HOUR);
	assert_int_equal(deliver(world, "f0.ics", "moved"), 1);
}

static void
a_retry_comes_before_the_release_is_too_near(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 30 * HOUR);
	queue_files(world, 1);
	no_error(store_run(world->store, "UPDATE message SET attempts = 9"));
	world->fake.force[0] = 503;
	drain(world);
	assert_int_equal(status_of(world, 0).next.s, T0 + 6 * HOUR);
	world->now.s = T0 + 6 * HOUR;
	drain(world);
	assert_int_equal(status_of(world, 0).next.s, T0 + 28 * HOUR);
	world->now.s = T0 + 28 * HOUR;
	drain(world);
	assert_int_equal(status_of(world, 0).next.s, T0 + 30 * HOUR - 10 * 60);
}

static void
but_never_before_a_retry_after(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", T0 + 25 * HOUR);
	queue_files(world, 1);
	world->fake.force[0] = 503;
	world->fake.retry_after = 4 * HOUR;
	drain(world);
	assert_true(status_of(world, 0).next.s >= T0 + 4 * HOUR);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(nothing_goes_to_a_portal_on_hold_until_it_ends),
		IN_WORLD(a_hold_is_recorded_once),
		IN_WORLD(what_was_refused_is_tried_again_when_asked),
		IN_WORLD(a_retry_of_a_release_takes_what_may_carry_it),
		IN_WORLD(retrying_shuts_the_breaker_but_keeps_a_retry_after),
		IN_WORLD(quiet_hours_keep_what_can_wait),
		IN_WORLD(naming_a_portal_ends_its_quiet),
		IN_WORLD(what_is_near_goes_in_quiet_hours_too),
		IN_WORLD(so_does_a_move_away_from_what_was_near),
		IN_WORLD(a_retry_comes_before_the_release_is_too_near),
		IN_WORLD(but_never_before_a_retry_after),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
