/*
 * Delivering: turns, records, failures, holds, probes and stops.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../src/outbox/delay.h"

#include "outbox_world.h"

static void
portals_take_turns(void **state)
{
	struct world *world = *state;
	size_t i, of_last = 0;

	world->office.n_portals = 3;
	queue_files(world, 20);
	assert_int_equal(drain(world), 60);
	for (i = 0; i < 30; i++)
		of_last += strncmp(world->fake.log[i] + 4, "c/", 2) == 0;
	assert_in_range(of_last, 9, 11);
}

static struct world *watched;

static void
assert_attempt_is_on_disk(const struct request *request)
{
	struct arena *arena = arena_new();
	struct store *other;
	struct query *query;
	bool row;

	(void)request;
	no_error(store_open(arena, watched->db, STORE_READ, &other));
	no_error(query_open(other, "SELECT COUNT(*) FROM attempt", &query));
	no_error(query_next(query, &row));
	assert_true(query_int(query, 0) >= (int64_t)watched->fake.n_log);
	query_close(query);
	store_close(other);
	arena_free(arena);
}

static void
every_attempt_is_on_disk_before_it_is_sent(void **state)
{
	struct world *world = *state;

	watched = world;
	world->fake.on_send = assert_attempt_is_on_disk;
	give_file(world, "a.ics", "one");
	give_file(world, "b.ics", "two");
	assert_int_equal(deliver(world, "c.ics", "three"), 3);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"), 3);
}

static void
how_every_attempt_ended_is_in_the_record(void **state)
{
	struct world *world = *state;

	give_file(world, "a.ics", "one");
	deliver(world, "b.ics", "two");
	assert_int_equal(number(world, "SELECT COUNT(*) FROM record"
				       " WHERE kind = 'attempt'"
				       " AND subject = 'a' AND body LIKE"
				       " '%\"outcome\":\"accepted\"%'"),
	    2);
	drain(world);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM record"), 2);
}

static void
a_run_that_died_before_the_answer_is_found_to_have_delivered(void **state)
{
	struct world *world = *state;

	give_file(world, "releases.ics", "one");
	fill(world);
	world->fake.lose_answers = true;
	assert_non_null(outbox_drain(world->arena, world->store, &world->run));
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"
				       " WHERE status IS NULL"),
	    1);
	world->fake.lose_answers = false;
	world->fake.n_queue = 0;
	assert_int_equal(drain(world), 2);
	assert_string_equal(last_log(world), "GET a/releases.ics");
	assert_int_equal(world->run.accepted, 1);
	assert_int_equal(world->fake.files[0].version, 1);
	fill(world);
	assert_int_equal(drain(world), 0);
}

static void
what_somebody_altered_is_put_right_on_the_condition_of_what_was_read(
    void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	world->fake.files[0].version = 7;
	world->fake.files[0].digest = digest_of("theirs", 6);
	assert_int_equal(deliver(world, "releases.ics", "two"), 3);
	assert_string_equal(
	    last_log(world), "PUT a/releases.ics If-Match=\"v7\"");
	assert_int_equal(world->run.accepted, 1);
}

static void
what_vanished_at_the_portal_is_put_again(void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	world->fake.n_files = 0;
	assert_int_equal(deliver(world, "releases.ics", "two"), 3);
	assert_string_equal(
	    last_log(world), "PUT a/releases.ics If-None-Match=*");
	assert_int_equal(world->run.accepted, 1);
}

static void
a_refused_token_holds_the_whole_portal_and_no_other(void **state)
{
	struct world *world = *state;

	world->office.n_portals = 2;
	world->fake.force[0] = 401;
	give_file(world, "a.ics", "one");
	assert_int_equal(deliver(world, "b.ics", "two"), 3);
	assert_int_equal(status_of(world, 0).held, 1);
	assert_int_equal(status_of(world, 0).queued, 1);
	assert_string_equal(
	    status_of(world, 0).problem, "@channel.unauthorized");
	assert_int_equal(status_of(world, 0).next.s, T0 + HOUR);
	assert_int_equal(status_of(world, 1).accepted, 2);
	world->now.s = T0 + HOUR - 1;
	assert_int_equal(drain(world), 0);
	world->now.s = T0 + HOUR;
	assert_int_equal(drain(world), 1);
	world->fake.force[0] = 0;
	world->now.s = T0 + 2 * HOUR;
	assert_int_equal(drain(world), 2);
	assert_int_equal(status_of(world, 0).held, 0);
	assert_int_equal(status_of(world, 0).accepted, 2);
	assert_null(status_of(world, 0).problem);
}

static void
a_redirect_holds_the_portal(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 302;
	assert_int_equal(deliver(world, "a.ics", "one"), 1);
	assert_int_equal(status_of(world, 0).held, 1);
}

static void
naming_a_held_portal_probes_it_at_once(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 403;
	deliver(world, "a.ics", "one");
	world->fake.force[0] = 0;
	world->run.portal = "a";
	assert_int_equal(drain(world), 1);
	assert_int_equal(status_of(world, 0).accepted, 1);
}

static void
the_run_right_after_a_failed_one_delivers_everything(void **state)
{
	struct world *world = *state;

	queue_files(world, 12);
	world->fake.force[0] = -1;
	assert_int_equal(drain(world), 1);
	world->fake.force[0] = 0;
	assert_int_equal(drain(world), 12);
	assert_int_equal(status_of(world, 0).accepted, 12);
}

static void
a_portal_that_answers_badly_is_left_after_five(void **state)
{
	struct world *world = *state;

	world->portals[0].connections = 1;
	queue_files(world, 12);
	world->fake.force[0] = 503;
	assert_int_equal(drain(world), 5);
	assert_int_equal(status_of(world, 0).queued, 12);
}

static void
five_failed_runs_in_a_row_open_the_portal_to_hourly_probes(void **state)
{
	struct world *world = *state;
	size_t i;

	queue_files(world, 8);
	world->fake.force[0] = -1;
	for (i = 0; i < 5; i++) {
		assert_int_equal(drain(world), 1);
		world->now.s += 60;
	}
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).next.s, T0 + 240 + HOUR);
	world->now.s = T0 + 240 + HOUR;
	assert_int_equal(drain(world), 1);
	world->now.s += HOUR - 1;
	assert_int_equal(drain(world), 0);
	world->now.s += 1;
	world->fake.force[0] = 0;
	assert_int_equal(drain(world), 8);
	assert_int_equal(status_of(world, 0).accepted, 8);
	assert_int_equal(number(world, "SELECT failures FROM portal_state"), 0);
}

static void
a_run_that_delivers_ends_the_row_of_failed_runs(void **state)
{
	struct world *world = *state;
	int i;

	world->fake.force[0] = -1;
	give_file(world, "a.ics", "one");
	fill(world);
	for (i = 0; i < 4; i++) {
		assert_int_equal(drain(world), 1);
		world->now.s += 10 * HOUR;
	}
	world->fake.force[0] = 0;
	assert_int_equal(drain(world), 1);
	give_file(world, "a.ics", "two");
	fill(world);
	world->fake.force[0] = -1;
	drain(world);
	assert_int_equal(
	    number(world, "SELECT open_until FROM portal_state"), 0);
}

static void
retry_after_is_never_early_even_for_a_named_portal(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 429;
	world->fake.retry_after = 120;
	give_file(world, "a.ics", "one");
	assert_int_equal(deliver(world, "b.ics", "two"), 1);
	world->fake.force[0] = 0;
	world->fake.retry_after = 0;
	world->run.portal = "a";
	world->now.s = T0 + 119;
	assert_int_equal(drain(world), 0);
	world->run.portal = NULL;
	assert_int_equal(drain(world), 0);
	world->now.s = T0 + 120;
	assert_int_equal(drain(world), 2);
	assert_int_equal(status_of(world, 0).accepted, 2);
}

static void
a_refused_message_stays_until_its_portal_is_named(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 415;
	assert_int_equal(deliver(world, "a.ics", "one"), 1);
	world->fake.force[0] = 0;
	world->now.s += 100 * HOUR;
	fill(world);
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).refused, 1);
	assert_string_equal(status_of(world, 0).problem, "@channel.media_type");
	world->run.portal = "a";
	assert_int_equal(drain(world), 1);
	assert_int_equal(status_of(world, 0).accepted, 1);
}

static void
a_refused_message_gives_way_to_a_newer_version(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 400;
	deliver(world, "a.ics", "one");
	world->fake.force[0] = 0;
	assert_int_equal(deliver(world, "a.ics", "two"), 1);
	assert_int_equal(status_of(world, 0).refused, 0);
}

static void
a_file_that_was_tampered_with_is_not_sent_until_it_is_repaired(void **state)
{
	struct world *world = *state;
	bool damaged;

	give_file(world, "a.ics", "one");
	give_file(world, "b.ics", "two");
	fill(world);
	no_error(file_replace(world->arena,
	    file_join(world->arena, world->tree, "a.ics"), "evil", 4));
	no_error(file_remove_tree(
	    world->arena, file_join(world->arena, world->tree, "b.ics")));
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).refused, 2);
	assert_int_equal(status_of(world, 0).damaged, 2);
	assert_string_equal(status_of(world, 0).problem, "@outbox.source");
	no_error(outbox_has_damaged(world->store, &damaged));
	assert_true(damaged);
	give_file(world, "a.ics", "one");
	give_file(world, "b.ics", "two");
	assert_int_equal(drain(world), 2);
	assert_int_equal(status_of(world, 0).accepted, 2);
	no_error(outbox_has_damaged(world->store, &damaged));
	assert_false(damaged);
}

static void
a_stop_finishes_what_is_in_hand_and_begins_nothing(void **state)
{
	static volatile sig_atomic_t stop;
	struct world *world = *state;

	queue_files(world, 12);
	stop = 0;
	world->fake.stop = &stop;
	world->run.stop = &stop;
	assert_int_equal(drain(world), 1);
	assert_int_equal(status_of(world, 0).accepted, 1);
	assert_int_equal(status_of(world, 0).queued, 11);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"), 1);
	stop = 0;
	world->fake.stop = NULL;
	assert_int_equal(drain(world), 11);
}

static void
a_stop_before_sending_forgets_the_attempts(void **state)
{
	static volatile sig_atomic_t stop;
	struct world *world = *state;

	world->office.n_portals = 3;
	give_file(world, "a.ics", "one");
	fill(world);
	stop = 0;
	world->fake.stop = &stop;
	world->run.stop = &stop;
	assert_int_equal(drain(world), 1);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"), 1);
}

static const struct error *
no_answer(struct transport *base, struct arena *arena, int ms,
    struct answer *answer, void **context)
{
	(void)base;
	(void)arena;
	(void)ms;
	(void)answer;
	*context = NULL;
	return NULL;
}

static void
who_must_leave_waits_for_no_answer_and_the_next_run_finds_out(void **state)
{
	static const struct transport_type silent = { fake_send, no_answer,
		fake_close };
	static volatile sig_atomic_t stop;
	struct world *world = *state;
	const struct transport_type *type = world->fake.base.type;

	queue_files(world, 3);
	world->fake.base.type = &silent;
	world->fake.stop = &stop;
	world->run.stop = &stop;
	stop = OUTBOX_GO_ON;
	world->fake.leave = true;
	no_error(outbox_drain(world->arena, world->store, &world->run));
	assert_int_equal(world->fake.n_queue, 1);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"), 1);
	assert_int_equal(status_of(world, 0).queued, 3);
	world->fake.n_queue = 0;
	world->fake.base.type = type;
	world->fake.stop = NULL;
	world->run.stop = NULL;
	drain(world);
	assert_int_equal(status_of(world, 0).accepted, 3);
}

static void
a_message_follows_its_schedule_with_a_jitter_of_a_fifth(void **state)
{
	static const int64_t delays[] = { 5, 300, 1800, 7200, 18000, 36000,
		50400, 72000, 86400, 86400 };
	size_t i;
	int64_t id, different = 0;

	(void)state;
	for (i = 0; i < COUNT(delays); i++) {
		int attempts = (int)i + 1;

		assert_int_equal(outbox_delay(attempts), delays[i]);
		for (id = 1; id < 200; id++) {
			int64_t delay = delay_jittered(id, attempts);

			assert_in_range(delay, delays[i] - delays[i] / 5,
			    delays[i] + delays[i] / 5);
			assert_int_equal(delay, delay_jittered(id, attempts));
			different += delay != delays[i];
		}
	}
	assert_true(different > 1000);
}

static void
a_message_that_fails_alone_waits_alone(void **state)
{
	struct world *world = *state;
	int64_t next;

	give_file(world, "a.ics", "one");
	fill(world);
	world->fake.keep_nothing = true;
	drain(world);
	drain(world);
	next = status_of(world, 0).next.s;
	assert_in_range(next, T0 + 240, T0 + 360);
	world->now.s = next - 7;
	assert_int_equal(drain(world), 0);
	world->now.s = next;
	world->fake.keep_nothing = false;
	assert_int_equal(drain(world), 1);
	assert_int_equal(status_of(world, 0).accepted, 1);
}

/* Seconds after T0 of the nth attempt, from 0. */
static int64_t
tried_at(struct world *world, int n)
{
	static const char *const sql[] = {
		"SELECT at FROM attempt ORDER BY id LIMIT 1 OFFSET 0",
		"SELECT at FROM attempt ORDER BY id LIMIT 1 OFFSET 1",
		"SELECT at FROM attempt ORDER BY id LIMIT 1 OFFSET 2",
		"SELECT at FROM attempt ORDER BY id LIMIT 1 OFFSET 3",
	};

	return number(world, sql[n]) - T0;
}

static void
running_again_and_again_does_not_try_more_often(void **state)
{
	struct world *world = *state;
	size_t requests = 0;
	int i;

	give_file(world, "a.ics", "one");
	fill(world);
	world->fake.force[0] = 500;
	for (i = 0; i < 20; i++, world->now.s += 1)
		requests += drain(world);
	/* The first retry is taken along by the run that follows. */
	assert_int_equal(requests, 2);
	for (i = 0; i < 400; i++, world->now.s += 10)
		drain(world);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM attempt"), 4);
	assert_in_range(tried_at(world, 1), 1, 6);
	assert_in_range(
	    tried_at(world, 2) - tried_at(world, 1), 240 - 6, 360 + 10);
	assert_in_range(
	    tried_at(world, 3) - tried_at(world, 2), 1440 - 6, 2160 + 10);
	assert_in_range(
	    status_of(world, 0).next.s - T0 - tried_at(world, 3), 5760, 8640);
}

static void
a_failed_message_keeps_its_problem_though_others_are_taken(void **state)
{
	struct world *world = *state;
	const char *site = file_join(world->arena, world->dir, "www");

	world->portals[0].kind = "directory";
	world->portals[0].url = site;
	no_error(file_make_directories(world->arena, site));
	assert_int_equal(
	    symlink("/nonexistent", file_join(world->arena, site, "en")), 0);
	no_error(file_make_directories(
	    world->arena, file_join(world->arena, world->tree, "en")));
	give_file(world, "a.ics", "zero");
	give_file(world, "en/a.ics", "one");
	deliver(world, "z.ics", "two");
	assert_int_equal(status_of(world, 0).accepted, 2);
	assert_int_equal(status_of(world, 0).queued, 1);
	assert_non_null(status_of(world, 0).problem);
}

static const struct error *
count_attempt(void *context, const struct attempt *attempt)
{
	int *seen = context;

	assert_string_equal(attempt->portal, "a");
	assert_string_equal(attempt->path, "a.ics");
	assert_string_equal(attempt->problem, "@channel.server_error");
	assert_int_equal(attempt->status, 500);
	assert_int_equal(attempt->at.s, T0);
	assert_int_equal(attempt->bytes, 3);
	++*seen;
	return NULL;
}

static void
attempts_can_be_read_back(void **state)
{
	struct world *world = *state;
	int seen = 0;

	world->office.n_portals = 2;
	world->fake.force[0] = 500;
	deliver(world, "a.ics", "one");
	no_error(outbox_attempts(
	    world->arena, world->store, "a", 10, count_attempt, &seen));
	assert_int_equal(seen, 1);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(portals_take_turns),
		TEST(every_attempt_is_on_disk_before_it_is_sent),
		TEST(how_every_attempt_ended_is_in_the_record),
		TEST(
		    a_run_that_died_before_the_answer_is_found_to_have_delivered),
		TEST(
		    what_somebody_altered_is_put_right_on_the_condition_of_what_was_read),
		TEST(what_vanished_at_the_portal_is_put_again),
		TEST(a_refused_token_holds_the_whole_portal_and_no_other),
		TEST(a_redirect_holds_the_portal),
		TEST(naming_a_held_portal_probes_it_at_once),
		TEST(the_run_right_after_a_failed_one_delivers_everything),
		TEST(a_portal_that_answers_badly_is_left_after_five),
		TEST(
		    five_failed_runs_in_a_row_open_the_portal_to_hourly_probes),
		TEST(a_run_that_delivers_ends_the_row_of_failed_runs),
		TEST(retry_after_is_never_early_even_for_a_named_portal),
		TEST(a_refused_message_stays_until_its_portal_is_named),
		TEST(a_refused_message_gives_way_to_a_newer_version),
		TEST(
		    a_file_that_was_tampered_with_is_not_sent_until_it_is_repaired),
		TEST(a_stop_finishes_what_is_in_hand_and_begins_nothing),
		TEST(a_stop_before_sending_forgets_the_attempts),
		TEST(
		    who_must_leave_waits_for_no_answer_and_the_next_run_finds_out),
		TEST(a_message_follows_its_schedule_with_a_jitter_of_a_fifth),
		TEST(a_message_that_fails_alone_waits_alone),
		TEST(running_again_and_again_does_not_try_more_often),
		TEST(
		    a_failed_message_keeps_its_problem_though_others_are_taken),
		TEST(attempts_can_be_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
