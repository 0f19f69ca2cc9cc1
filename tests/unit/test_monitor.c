/*
 * What other programs are told: metrics, lines of the log, and of which
 * releases the office is alerted.
 */
#include <string.h>

#include <yugao/deadline.h>
#include <yugao/error.h>
#include <yugao/monitor.h>
#include <yugao/store.h>

#include "world.h"

#define NOW ((int64_t)1766728680)
#define HOUR 3600

struct world {
	struct arena *arena;
	const char *dir;
	struct store *store;
	struct portal portals[2];
	struct office office;
};

static int
setup(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->dir = folder_make(arena);
	no_error(store_open(arena, file_join(arena, world->dir, "yugao.db"),
	    STORE_WRITE, &world->store));
	world->portals[0] = (struct portal){ .id = "a", .required = true };
	world->portals[1] = (struct portal){ .id = "b" };
	world->office.portals = world->portals;
	world->office.n_portals = 2;
	*state = world;
	return 0;
}

static int
teardown(void **state)
{
	struct world *world = *state;

	store_close(world->store);
	return folder_end(world->arena, world->dir);
}

/* An entry with the columns that a deadline is found from. */
static void
say(struct world *world, const char *release, int64_t at, int64_t start,
    const char *status)
{
	struct query *query;

	no_error(query_open(world->store,
	    "INSERT INTO entry (id, kind, at, sequence, release, precision,"
	    " start, status, hash, said, since_entry)"
	    " SELECT coalesce(max(id), 0) + 1, 'new', ?2, 0, ?1, ?5, ?3, ?4,"
	    " x'00', '{}', coalesce(max(id), 0) + 1 FROM entry",
	    &query));
	query_set_text(query, 1, release);
	query_set_int(query, 2, at);
	query_set_int(query, 3, start);
	query_set_text(query, 4, status);
	query_set_text(
	    query, 5, strcmp(status, "postponed") == 0 ? "none" : "instant");
	no_error(query_run(query));
	query_close(query);
}

static void
shown(struct world *world, int64_t entry)
{
	struct confirmation confirmation = {
		.portal = "a", .entry = entry, .at = { NOW }, .read_back = true
	};

	no_error(store_begin(world->store));
	no_error(ledger_confirm(world->arena, world->store, &confirmation));
	no_error(store_commit(world->store));
}

static struct deadlines
near(struct world *world, int64_t now)
{
	struct deadlines deadlines;

	no_error(deadlines_read(world->arena, world->store, &world->office,
	    (struct instant){ now }, &deadlines));
	return deadlines;
}

static size_t
alert(struct world *world, int64_t now)
{
	struct deadlines deadlines = near(world, now);
	size_t fresh;

	no_error(store_begin(world->store));
	no_error(deadlines_alert(world->arena, world->store, &deadlines,
	    (struct instant){ now }, &fresh));
	no_error(store_commit(world->store));
	return fresh;
}

static void
a_release_is_told_at_both_marks_and_when_it_is_past(void **state)
{
	struct world *world = *state;
	int64_t start = NOW + 100 * HOUR;
	struct deadlines found;

	say(world, "nbs/cpi/2026-01", NOW, start, "confirmed");
	assert_int_equal(near(world, start - 25 * HOUR).n, 0);
	found = near(world, start - 24 * HOUR);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.v[0].mark, MARK_FIRST);
	assert_string_equal(found.v[0].portal, "a");
	assert_int_equal(found.v[0].due.s, start);
	assert_int_equal(near(world, start - 2 * HOUR).v[0].mark, MARK_LAST);
	assert_int_equal(near(world, start).v[0].mark, MARK_PAST);
	assert_int_equal(near(world, start + 25 * HOUR).n, 0);
}

static void
each_mark_alerts_once(void **state)
{
	struct world *world = *state;
	int64_t start = NOW + 100 * HOUR;

	say(world, "nbs/cpi/2026-01", NOW, start, "confirmed");
	assert_int_equal(alert(world, NOW), 0);
	assert_int_equal(alert(world, start - 24 * HOUR), 1);
	assert_int_equal(alert(world, start - 23 * HOUR), 0);
	assert_int_equal(alert(world, start - HOUR), 1);
	assert_int_equal(alert(world, start - HOUR + 60), 0);
	assert_int_equal(alert(world, start), 1);
	assert_int_equal(alert(world, start + 1), 0);
}

static void
what_the_portal_has_shown_alerts_nobody(void **state)
{
	struct world *world = *state;
	int64_t start = NOW + 10 * HOUR;

	say(world, "nbs/cpi/2026-01", NOW, start, "confirmed");
	say(world, "nbs/ppi/2026-01", NOW, start, "confirmed");
	assert_int_equal(near(world, NOW).n, 2);
	shown(world, 1);
	assert_int_equal(near(world, NOW).n, 1);
	assert_string_equal(near(world, NOW).v[0].release, "nbs/ppi/2026-01");
	shown(world, 2);
	assert_int_equal(near(world, NOW).n, 0);
}

static void
a_move_away_counts_by_the_time_that_the_public_knows(void **state)
{
	struct world *world = *state;
	int64_t start = NOW + 10 * HOUR;

	say(world, "nbs/cpi/2026-01", NOW - 1000 * HOUR, start, "confirmed");
	shown(world, 1);
	say(world, "nbs/cpi/2026-01", NOW, NOW + 500 * HOUR, "confirmed");
	assert_int_equal(near(world, NOW).n, 1);
	assert_int_equal(near(world, NOW).v[0].due.s, start);
	assert_int_equal(near(world, NOW + 100 * HOUR).n, 0);
	assert_int_equal(near(world, NOW + 480 * HOUR).n, 1);
}

static void
so_do_cancellations_and_postponements(void **state)
{
	struct world *world = *state;
	int64_t start = NOW + 10 * HOUR;

	say(world, "nbs/cpi/2026-01", NOW - 1000 * HOUR, start, "confirmed");
	say(world, "nbs/ppi/2026-01", NOW - 1000 * HOUR, start, "confirmed");
	shown(world, 2);
	say(world, "nbs/cpi/2026-01", NOW, start, "cancelled");
	say(world, "nbs/ppi/2026-01", NOW, 0, "postponed");
	assert_int_equal(near(world, NOW).n, 2);
}

static void
what_is_out_or_was_said_after_the_fact_does_not_count(void **state)
{
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", NOW, NOW - HOUR, "confirmed");
	say(world, "nbs/ppi/2026-01", NOW - 9 * HOUR, NOW + HOUR, "released");
	assert_int_equal(near(world, NOW).n, 0);
}

static void
only_required_portals_count_and_only_what_they_want(void **state)
{
	static const char *const ids[] = { "gacc" };
	struct world *world = *state;

	say(world, "nbs/cpi/2026-01", NOW, NOW + HOUR, "confirmed");
	world->portals[0].departments = (struct selection){ ids, 1 };
	assert_int_equal(near(world, NOW).n, 0);
	world->portals[1].required = true;
	assert_int_equal(near(world, NOW).n, 1);
	assert_string_equal(near(world, NOW).v[0].portal, "b");
}

static struct run_told
a_run(const char *command, int status)
{
	return (struct run_told){ .command = command,
		.ended = { NOW },
		.ms = 1234,
		.status = status };
}

static void
has_line(const char *text, const char *line)
{
	const char *found = strstr(text, line);

	if (found == NULL || (found != text && found[-1] != '\n') ||
	    found[strlen(line)] != '\n')
		fail_msg("no line \"%s\" in:\n%s", line, text);
}

static void
other_commands_keep_what_was_written_of_them(void **state)
{
	struct world *world = *state;
	struct run_told push = a_run("push", 0), publish = a_run("publish", 3);
	const char *text = metrics_text(world->arena, &push, NULL);

	publish.ended.s = NOW + 60;
	text = metrics_text(world->arena, &publish, text);
	has_line(text, "yugao_run_exit_status{command=\"publish\"} 3");
	has_line(text, "yugao_run_exit_status{command=\"push\"} 0");
	has_line(text,
	    "yugao_run_end_timestamp_seconds{command=\"push\"} 1766728680");
	has_line(text, "yugao_run_duration_seconds{command=\"push\"} 1.234");
	assert_string_equal(text, metrics_text(world->arena, &publish, text));
}

static void
a_failed_run_keeps_when_one_last_succeeded(void **state)
{
	static const char success[] = "yugao_run_success_timestamp_seconds"
				      "{command=\"run\"} 1766728680";
	struct world *world = *state;
	struct run_told told = a_run("run", 5);
	const char *text = metrics_text(world->arena, &told, NULL);

	has_line(text, success);
	told.ended.s = NOW + 60;
	told.status = ERROR_FAILED;
	text = metrics_text(world->arena, &told, text);
	has_line(text, success);
	has_line(text, "yugao_run_exit_status{command=\"run\"} 1");
}

static void
a_damaged_file_of_metrics_says_nothing(void **state)
{
	struct world *world = *state;
	struct run_told told = a_run("run", 0);
	const char *text = metrics_text(world->arena, &told,
	    "\nyugao_run_exit_status{command=\"push\"} 5} evil 7\n"
	    "yugao_run_exit_status{command=\"publish\"} "
	    "1111111111111111111111111111111111111111111111111\n");

	assert_null(strstr(text, "push"));
	assert_null(strstr(text, "publish"));
}

static void
a_line_quotes_what_a_stranger_wrote(void **state)
{
	struct world *world = *state;
	struct attempt attempt = { .portal = "a",
		.path = "releases.ics",
		.detail = "no \"quota\" left\x1b[2J",
		.outcome = "refused",
		.at = { NOW },
		.status = 422,
		.ms = 7,
		.bytes = 10 };

	assert_string_equal(line_of_attempt(world->arena, LOG_LOGFMT, &attempt),
	    "time=2025-12-26T05:58:00Z level=error event=attempt portal=a "
	    "path=releases.ics outcome=refused status=422 ms=7 bytes=10 "
	    "detail=\"no \\\"quota\\\" left\\\\u001b[2J\"\n");
	attempt.detail = NULL;
	attempt.outcome = "queued";
	attempt.next.s = NOW + 5;
	assert_string_equal(line_of_attempt(world->arena, LOG_JSON, &attempt),
	    "{\"time\":\"2025-12-26T05:58:00Z\",\"level\":\"warning\","
	    "\"event\":\"attempt\",\"portal\":\"a\","
	    "\"path\":\"releases.ics\",\"outcome\":\"queued\","
	    "\"status\":422,\"ms\":7,\"bytes\":10,"
	    "\"next\":\"2025-12-26T05:58:05Z\"}\n");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(a_release_is_told_at_both_marks_and_when_it_is_past),
		IN_WORLD(each_mark_alerts_once),
		IN_WORLD(what_the_portal_has_shown_alerts_nobody),
		IN_WORLD(a_move_away_counts_by_the_time_that_the_public_knows),
		IN_WORLD(so_do_cancellations_and_postponements),
		IN_WORLD(what_is_out_or_was_said_after_the_fact_does_not_count),
		IN_WORLD(only_required_portals_count_and_only_what_they_want),
		IN_WORLD(other_commands_keep_what_was_written_of_them),
		IN_WORLD(a_failed_run_keeps_when_one_last_succeeded),
		IN_WORLD(a_damaged_file_of_metrics_says_nothing),
		IN_WORLD(a_line_quotes_what_a_stranger_wrote),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
