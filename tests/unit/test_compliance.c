/*
 * What is counted of departments: every number by itself, on a calendar and
 * clock of its own; and that the past stays as it was on record.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/compliance.h>

#include "store_world.h"

static struct instant
on(const char *text)
{
	struct instant instant;

	assert_true(instant_parse(text, &instant));
	return instant;
}

static const struct zone *
shanghai(struct fixture *f)
{
	struct zone *zone;

	no_error(zone_open(f->arena, "Asia/Shanghai", &zone));
	return zone;
}

/* "2026-03-09T09:30:00+08:00" as what was said; entered and shown at once. */
static struct telling
said(enum entry_kind kind, const char *told, const char *start)
{
	struct telling telling = { .kind = kind,
		.at = on(told),
		.notice = on(told),
		.start = on(start),
		.status = SAID_CONFIRMED,
		.reasoned = true };
	char day[DAY_SIZE];

	memcpy(day, start, 10);
	day[10] = '\0';
	assert_true(day_parse(day, &telling.when.start.day));
	telling.when.start.minute = 570;
	telling.when.last = telling.when.start.day;
	telling.when.precision = PRECISION_INSTANT;
	if (kind == ENTRY_CANCELLED)
		telling.status = SAID_CANCELLED;
	if (kind == ENTRY_POSTPONED)
		telling.status = SAID_POSTPONED;
	return telling;
}

#define T0 "2026-03-09T09:30:00+08:00"
#define EARLY_NOTICE "2025-12-26T10:00:00+08:00"
#define AFTER "2026-04-02T08:00:00+08:00"

/* One release, its tellings and when it was out, counted in Q1 of 2026. */
static struct compliance
count(struct fixture *f, const struct telling *v, size_t n, const char *out,
    const char *as_of)
{
	struct release_facts release = { .release = "tjj/cpi/2026-02",
		.department = "tjj",
		.v = arena_copy(f->arena, v, n * sizeof(*v)),
		.n = n };
	struct compliance_facts facts = {
		.as_of = on(as_of), .v = &release, .n = 1
	};

	if (out != NULL) {
		release.released = true;
		release.out = on(out);
	}
	return compliance_count(
	    f->arena, &facts, shanghai(f), (struct reporting){ 2026, 1 }, NULL)
	    .total;
}

static struct compliance
count_one(struct fixture *f, const char *out, const char *as_of)
{
	struct telling first = said(ENTRY_NEW, EARLY_NOTICE, T0);

	return count(f, &first, 1, out, as_of);
}

static void
how_it_came_out_is_told_by_the_minute(void **state)
{
	static const struct {
		const char *out;
		size_t on_time, late, missed, early;
	} rows[] = {
		{ "2026-03-09T09:29:59+08:00", 0, 0, 0, 1 },
		{ "2026-03-09T09:30:00+08:00", 1, 0, 0, 0 },
		{ "2026-03-09T09:40:00+08:00", 1, 0, 0, 0 },
		{ "2026-03-09T09:40:01+08:00", 0, 1, 0, 0 },
		{ "2026-03-10T09:30:00+08:00", 0, 1, 0, 0 },
		{ "2026-03-10T09:30:01+08:00", 0, 0, 1, 0 },
		{ NULL, 0, 0, 1, 0 },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct compliance c = count_one(*state, rows[i].out, AFTER);

		assert_int_equal(c.items, 1);
		assert_int_equal(c.judged, 1);
		assert_int_equal(c.on_time, rows[i].on_time);
		assert_int_equal(c.late, rows[i].late);
		assert_int_equal(c.missed, rows[i].missed);
		assert_int_equal(c.early, rows[i].early);
		assert_int_equal(c.unrecorded, rows[i].out == NULL);
	}
}

static void
what_has_not_come_is_not_judged(void **state)
{
	struct compliance c;

	c = count_one(*state, NULL, "2026-03-09T09:29:00+08:00");
	assert_int_equal(c.coming, 1);
	assert_int_equal(c.judged, 0);
	c = count_one(*state, NULL, "2026-03-09T20:00:00+08:00");
	assert_int_equal(c.open, 1);
	assert_int_equal(c.judged, 0);
	c = count_one(*state, NULL, "2026-03-10T09:30:01+08:00");
	assert_int_equal(c.open, 0);
	assert_int_equal(c.missed, 1);
}

static void
a_day_without_a_clock_time_lasts_until_midnight(void **state)
{
	struct telling first =
	    said(ENTRY_NEW, EARLY_NOTICE, "2026-03-09T00:00:00+08:00");
	struct compliance c;

	first.when.precision = PRECISION_DATE;
	first.when.start.minute = NO_TIME;
	c = count(*state, &first, 1, "2026-03-09T23:59:59+08:00", AFTER);
	assert_int_equal(c.on_time, 1);
	c = count(*state, &first, 1, "2026-03-10T00:00:00+08:00", AFTER);
	assert_int_equal(c.late, 1);
	c = count(*state, &first, 1, "2026-03-08T23:59:59+08:00", AFTER);
	assert_int_equal(c.early, 1);
}

static void
a_change_told_in_time_moves_what_is_valid(void **state)
{
	const struct telling v[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_MOVED_LATER, "2026-03-02T09:00:00+08:00",
		    "2026-03-11T09:30:00+08:00"),
	};
	struct compliance c =
	    count(*state, v, 2, "2026-03-11T09:31:00+08:00", AFTER);

	assert_int_equal(c.on_time, 1);
	assert_int_equal(c.changes, 1);
	assert_int_equal(c.by_kind[COUNTED_LATER], 1);
	assert_int_equal(c.notice_enough, 1);
	assert_int_equal(c.notice_days_least, 7);
}

/* rules.md 5, 17: five minutes after the old time, out two days later. */
static void
a_change_told_too_late_washes_nothing(void **state)
{
	const struct telling v[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_MOVED_LATER, "2026-03-09T09:35:00+08:00",
		    "2026-03-11T09:30:00+08:00"),
		said(ENTRY_MOVED_LATER, "2026-03-10T09:00:00+08:00",
		    "2026-03-12T09:30:00+08:00"),
	};
	struct compliance c =
	    count(*state, v, 2, "2026-03-11T09:30:00+08:00", AFTER);

	assert_int_equal(c.missed, 1);
	assert_int_equal(c.on_time, 0);
	assert_int_equal(c.notice_after, 1);
	c = count(*state, v, 3, "2026-03-12T09:30:00+08:00", AFTER);
	assert_int_equal(c.missed, 1);
	assert_int_equal(c.changes, 2);
}

static void
what_is_called_off_in_time_is_not_missed(void **state)
{
	const struct telling cancelled[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_CANCELLED, "2026-03-09T09:29:00+08:00", T0),
	};
	const struct telling late[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_CANCELLED, "2026-03-09T09:30:00+08:00", T0),
	};
	struct compliance c = count(*state, cancelled, 2, NULL, AFTER);

	assert_int_equal(c.items, 1);
	assert_int_equal(c.called_off, 1);
	assert_int_equal(c.judged, 0);
	assert_int_equal(c.by_kind[COUNTED_CANCELLED], 1);
	c = count(*state, late, 2, NULL, AFTER);
	assert_int_equal(c.called_off, 0);
	assert_int_equal(c.missed, 1);
	assert_int_equal(c.notice_after, 1);
}

static void
a_new_date_after_a_postponement_counts(void **state)
{
	const struct telling v[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_POSTPONED, "2026-03-06T10:00:00+08:00", T0),
		said(ENTRY_REINSTATED, "2026-03-13T10:00:00+08:00",
		    "2026-03-20T09:30:00+08:00"),
	};
	struct compliance c =
	    count(*state, v, 3, "2026-03-20T09:30:00+08:00", AFTER);

	assert_int_equal(c.on_time, 1);
	assert_int_equal(c.called_off, 0);
	assert_int_equal(c.by_kind[COUNTED_POSTPONED], 1);
	assert_int_equal(c.by_kind[COUNTED_REINSTATED], 1);
	c = count(*state, v, 2, NULL, AFTER);
	assert_int_equal(c.called_off, 1);
}

static void
a_day_within_the_month_that_was_said_is_no_change(void **state)
{
	struct telling v[] = {
		said(ENTRY_NEW, EARLY_NOTICE, "2026-03-01T00:00:00+08:00"),
		said(ENTRY_MOVED_LATER, "2026-03-02T10:00:00+08:00", T0),
	};
	struct compliance c;

	v[0].when.precision = PRECISION_MONTH;
	v[0].when.last = day_of(2026, 3, 31);
	c = count(*state, v, 2, T0, AFTER);
	assert_int_equal(c.changes, 0);
	assert_int_equal(c.on_time, 1);
}

static void
notice_is_counted_from_when_it_was_first_shown(void **state)
{
	static const struct {
		const char *told;
		size_t enough, few, after;
	} rows[] = {
		{ "2026-02-09T23:00:00+08:00", 1, 0, 0 }, /* 28 days */
		{ "2026-02-10T00:30:00+08:00", 0, 1, 0 }, /* 27 */
		{ "2026-03-09T09:29:59+08:00", 0, 1, 0 },
		{ "2026-03-09T09:30:00+08:00", 0, 0, 1 },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct telling first = said(ENTRY_NEW, rows[i].told, T0);
		struct compliance c = count(*state, &first, 1, T0, AFTER);

		assert_int_equal(c.first, 1);
		assert_int_equal(c.first_enough, rows[i].enough);
		assert_int_equal(c.first_short, rows[i].few);
		assert_int_equal(c.first_after, rows[i].after);
	}
}

static void
the_yearly_plan_gives_its_first_days_notice_enough(void **state)
{
	struct telling first = said(ENTRY_NEW, "2025-12-31T23:59:00+08:00",
	    "2026-01-09T09:30:00+08:00");
	struct compliance c = count(*state, &first, 1, NULL, AFTER);

	assert_int_equal(c.first_enough, 1);
	first = said(ENTRY_NEW, "2026-01-01T00:00:00+08:00",
	    "2026-01-09T09:30:00+08:00");
	c = count(*state, &first, 1, NULL, AFTER);
	assert_int_equal(c.first_short, 1);
}

static void
short_notice_and_no_reason_are_told_apart(void **state)
{
	struct telling v[] = {
		said(ENTRY_NEW, EARLY_NOTICE, T0),
		said(ENTRY_MOVED_EARLIER, "2026-03-05T09:00:00+08:00",
		    "2026-03-06T09:30:00+08:00"),
	};
	struct compliance c;

	v[1].short_notice = true;
	v[1].reasoned = false;
	c = count(*state, v, 2, NULL, AFTER);
	assert_int_equal(c.notice_short, 1);
	assert_int_equal(c.unreasoned, 1);
	assert_int_equal(c.notice_days_least, 1);
	assert_int_equal(c.by_kind[COUNTED_EARLIER], 1);
}

static void
a_copy_is_due_the_next_working_day(void **state)
{
	static const struct {
		const char *copied;
		size_t in_time, breach;
	} rows[] = {
		/* Out on a Monday: rules.md 5, 15. */
		{ "2026-03-10T17:00:00+08:00", 1, 0 },
		{ "2026-03-12T17:00:00+08:00", 0, 0 },
		{ "2026-03-20T17:00:00+08:00", 0, 1 },
		{ NULL, 0, 1 },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct telling first = said(ENTRY_NEW, EARLY_NOTICE, T0);
		struct release_facts release = { .release = "tjj/cpi/2026-02",
			.department = "tjj",
			.v = &first,
			.n = 1,
			.released = true,
			.out = on(T0) };
		struct compliance_facts facts = {
			.as_of = on(AFTER), .v = &release, .n = 1
		};
		struct compliance c;

		release.copy.copied = rows[i].copied != NULL;
		if (release.copy.copied)
			release.copy.at = on(rows[i].copied);
		c = compliance_count(f->arena, &facts, shanghai(f),
		    (struct reporting){ 2026, 1 }, NULL)
			.total;
		assert_int_equal(c.copies_due, 1);
		assert_int_equal(c.copied_in_time, rows[i].in_time);
		assert_int_equal(c.copy_breach, rows[i].breach);
	}
}

static void
what_is_outside_the_jurisdiction_is_in_no_total(void **state)
{
	struct fixture *f = *state;
	struct telling first = said(ENTRY_NEW, EARLY_NOTICE, T0);
	struct release_facts release = { .release = "nbs/cpi/2026-02",
		.department = "nbs",
		.v = &first,
		.n = 1 };
	struct standing standing = { .department = "nbs", .outside = true };
	struct compliance_facts facts = { .as_of = on(AFTER),
		.standings = { &standing, 1, 1 },
		.v = &release,
		.n = 1 };
	struct compliance_table table = compliance_count(
	    f->arena, &facts, shanghai(f), (struct reporting){ 2026, 0 }, NULL);

	assert_int_equal(table.n, 1);
	assert_int_equal(table.v[0].missed, 1);
	assert_int_equal(table.total.items, 0);
}

static void
periods_are_written_one_way(void **state)
{
	static const char *const bad[] = { "", "2026-Q0", "2026-Q5", "2026-q1",
		"2026Q1", "26", "2026-Q", "2026-Q11", "2026-03", "0000" };
	struct reporting period;
	char text[DAY_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		assert_false(reporting_parse(bad[i], &period));
	assert_true(reporting_parse("2026-Q1", &period));
	assert_string_equal(
	    reporting_format(text, reporting_before(period)), "2025-Q4");
	assert_int_equal(reporting_last(period).n, day_of(2026, 3, 31).n);
	assert_true(reporting_parse("2026", &period));
	assert_string_equal(
	    reporting_format(text, reporting_before(period)), "2025");
}

static void
record_standing(struct fixture *f, const char *at, int64_t items)
{
	const struct standing_quarter quarter = {
		.year = 2026, .quarter = 1, .items = items, .grounded = 1
	};
	static const struct standing_parameter late = {
		.key = "release.late_tolerance",
		.number = 30,
		.unit = "minute",
		.basis = "E"
	};
	static const char *const portals[] = { "a", "b" };
	static const char *const off[] = { "2026-03-10" };
	const struct standing office = { .department = "",
		.name = { "示例", NULL },
		.timezone = "Asia/Shanghai",
		.parameters = &late,
		.n_parameters = 1,
		.portals = portals,
		.n_portals = 2,
		.off = off,
		.n_off = 1 };
	const struct standing tjj = { .department = "tjj",
		.name = { "某局（示例）", NULL },
		.level = "city",
		.quarters = &quarter,
		.n_quarters = 1 };

	no_error(store_begin(f->store));
	no_error(standing_record(f->arena, f->store, &office, on(at)));
	no_error(standing_record(f->arena, f->store, &tjj, on(at)));
	no_error(store_commit(f->store));
}

static void
a_past_day_stays_as_it_was_on_record(void **state)
{
	struct fixture *f = *state;
	struct compliance_facts facts;
	struct compliance_table table;

	record_standing(f, "2026-01-05T10:00:00+08:00", 3);
	record_standing(f, "2026-02-05T10:00:00+08:00", 3);
	record_standing(f, "2026-03-05T10:00:00+08:00", 5);
	no_error(compliance_facts(
	    f->arena, f->store, on("2026-02-10T00:00:00+08:00"), &facts));
	assert_int_equal(
	    compliance_threshold(&facts, "release.late_tolerance", 10), 30);
	assert_int_equal(facts.standings.n, 1);
	assert_int_equal(facts.office.n_portals, 2);
	assert_int_equal(standing_step(&facts.office, day_of(2026, 3, 9), 1).n,
	    day_of(2026, 3, 11).n);
	table = compliance_count(
	    f->arena, &facts, shanghai(f), (struct reporting){ 2026, 1 }, NULL);
	assert_int_equal(table.total.withheld, 3);
	assert_int_equal(table.total.grounded, 1);
	no_error(compliance_facts(f->arena, f->store, on(AFTER), &facts));
	table = compliance_count(
	    f->arena, &facts, shanghai(f), (struct reporting){ 2026, 1 }, NULL);
	assert_int_equal(table.total.withheld, 5);
	no_error(compliance_facts(
	    f->arena, f->store, on("2025-01-01T00:00:00+08:00"), &facts));
	assert_null(facts.office.department);
}

static void
a_standing_is_recorded_only_when_it_changed(void **state)
{
	struct fixture *f = *state;
	struct query *query;
	bool row;

	record_standing(f, "2026-01-05T10:00:00+08:00", 3);
	record_standing(f, "2026-01-06T10:00:00+08:00", 3);
	no_error(query_open(f->store, "SELECT count(*) FROM record", &query));
	no_error(query_next(query, &row));
	assert_int_equal(query_int(query, 0), 2);
	query_close(query);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(how_it_came_out_is_told_by_the_minute),
		TEST(what_has_not_come_is_not_judged),
		TEST(a_day_without_a_clock_time_lasts_until_midnight),
		TEST(a_change_told_in_time_moves_what_is_valid),
		TEST(a_change_told_too_late_washes_nothing),
		TEST(what_is_called_off_in_time_is_not_missed),
		TEST(a_new_date_after_a_postponement_counts),
		TEST(a_day_within_the_month_that_was_said_is_no_change),
		TEST(notice_is_counted_from_when_it_was_first_shown),
		TEST(the_yearly_plan_gives_its_first_days_notice_enough),
		TEST(short_notice_and_no_reason_are_told_apart),
		TEST(a_copy_is_due_the_next_working_day),
		TEST(what_is_outside_the_jurisdiction_is_in_no_total),
		TEST(periods_are_written_one_way),
		TEST(a_past_day_stays_as_it_was_on_record),
		TEST(a_standing_is_recorded_only_when_it_changed),
	};

	return cmocka_run_group_tests_name("compliance", tests, NULL, NULL);
}
