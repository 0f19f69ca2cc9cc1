#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/draft.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/foreign.h>
#include <yugao/schedule.h>

#include "plan_world.h"

static struct draft_request
request_for(const char *department, int year)
{
	return (struct draft_request){ .department = department,
		.year = year,
		.timezone = "Asia/Shanghai" };
}

static void
show_diags(const struct world *world)
{
	size_t i;

	for (i = 0; i < world->diags.n; i++)
		if (world->diags.v[i].level == DIAG_ERROR)
			print_message("# %s\n", diag_text(world->arena, LANG_EN,
						    &world->diags.v[i]));
}

static size_t
count_diags(const struct world *world, const char *id)
{
	size_t n = 0, i;

	for (i = 0; i < world->diags.n; i++)
		n += strcmp(world->diags.v[i].message.id, id) == 0;
	return n;
}

static void
read_past(
    struct world *world, const char *path, const struct draft_request *request)
{
	assert_null(draft_read(world->arena, world->calendars, path, request,
	    &world->diags, &world->plans));
	show_diags(world);
	assert_int_equal(world->diags.errors, 0);
}

/* Drafts, writes, reads what was written, and expands it. */
static void
make_draft(struct world *world, const struct draft_request *request)
{
	const char *path;

	assert_null(
	    draft_make(world->arena, &world->plans, request, &world->draft));
	buf_init(&world->json, world->arena);
	draft_write(&world->json, world->draft);
	path = write_file(world, "draft.json", world->json.data);
	world->diags = (struct diags){ 0 };
	world->slots = (struct slots){ 0 };
	assert_null(plan_read(
	    world->arena, world->calendars, path, &world->diags, &world->plan));
	show_diags(world);
	assert_non_null(world->plan);
	assert_null(schedule_expand(world->arena, NULL, world->plan, NULL,
	    &world->diags, &world->slots));
	show_diags(world);
	assert_int_equal(world->diags.errors, 0);
}

static void
draft_from(struct world *world, int year, const char *name)
{
	struct draft_request request = request_for(NULL, year);

	world->plans = (struct plans){ 0 };
	read_past(world,
	    arena_printf(world->arena, "tests/data/draft/%s.json", name),
	    &request);
	make_draft(world, &request);
}

static const struct draft_rule *
rule_of(const struct world *world, const char *id)
{
	size_t i;

	for (i = 0; i < world->draft->n; i++)
		if (strcmp(world->draft->v[i].series->id, id) == 0)
			return &world->draft->v[i];
	fail_msg("no series %s", id);
	return NULL;
}

static size_t
explained(const struct world *world, const char *id)
{
	return rule_of(world, id)->n_explained;
}

static bool
follows(const struct draft_rule *rule)
{
	return rule->rule.n_timings > 0 &&
	       rule->rule.timings[0].kind == TIMING_AFTER_SERIES;
}

/* Dates of the past rule that the draft's own slots give again. */
static size_t
given_again(struct world *world, const struct draft_rule *rule)
{
	struct slots past = { 0 };
	struct diags diags = { 0 };
	size_t n = 0, i, j;

	assert_null(schedule_expand(
	    world->arena, NULL, world->draft->latest, NULL, &diags, &past));
	for (i = 0; i < past.n; i++)
		for (j = 0; j < world->slots.n; j++)
			n += past.v[i].rule == rule->was &&
			     strcmp(past.v[i].release,
				 world->slots.v[j].release) == 0 &&
			     world->slots.v[j].why.source == WHY_RULE &&
			     world->slots.v[j].when.start.day.n ==
				 past.v[i].when.start.day.n;
	return n;
}

/*
 * The count is no boast: a draft for the very year that it was made from
 * gives so many of its dates again.
 */
static void
what_a_rule_explains_it_gives_again(void **state)
{
	static const char *const names[] = { "nbs-2026", "gacc-2015",
		"gacc-2017", "gacc-2020", "bls-2023", "bls-2024" };
	struct world *world = *state;
	size_t i, j;

	for (i = 0; i < COUNT(names); i++) {
		draft_from(world, atoi(strchr(names[i], '-') + 1), names[i]);
		for (j = 0; j < world->draft->n; j++) {
			const struct draft_rule *rule = &world->draft->v[j];

			if (!follows(rule) &&
			    given_again(world, rule) != rule->n_explained)
				fail_msg("%s %s: %zu, not %zu", names[i],
				    rule->series->id, given_again(world, rule),
				    rule->n_explained);
		}
	}
}

static void
nbs_2026_is_129_of_141_or_better(void **state)
{
	static const char *const recurring[] = { "economy", "industry-accounts",
		"pmi", "cpi", "ppi", "industrial-production",
		"energy-production", "fixed-asset-investment", "real-estate",
		"retail-sales", "household-income", "capacity-utilization",
		"house-prices", "industrial-benefits", "culture-revenue" };
	struct world *world = *state;
	size_t hits = 0, dates = 0, i;

	draft_from(world, 2027, "nbs-2026");
	for (i = 0; i < COUNT(recurring); i++) {
		const struct draft_rule *rule = rule_of(world, recurring[i]);

		hits += rule->n_explained;
		dates += rule->n_dates;
	}
	print_message("# NBS 2026: %zu of %zu recurring dates\n", hits, dates);
	assert_int_equal(dates, 141);
	assert_true(hits >= 129);
}

static void
gacc_is_126_of_132_or_better(void **state)
{
	static const char *const names[] = { "gacc-2015", "gacc-2017",
		"gacc-2020" };
	struct world *world = *state;
	size_t hits = 0, dates = 0, i, j;

	for (i = 0; i < COUNT(names); i++) {
		draft_from(world, 2027, names[i]);
		for (j = 0; j < world->draft->n; j++) {
			const struct draft_rule *rule = &world->draft->v[j];

			if (rule->series->frequency != FREQUENCY_MONTHLY)
				continue;
			hits += rule->n_explained;
			dates += rule->n_dates;
		}
	}
	print_message(
	    "# GACC 2015, 2017, 2020: %zu of %zu monthly dates\n", hits, dates);
	assert_int_equal(dates, 132);
	assert_true(hits >= 126);
}

static void
expect_employment_situation(const struct world *world)
{
	const struct draft_rule *rule = rule_of(world, "employment-situation");
	const struct timing *timing = rule->rule.timings;

	print_message("# BLS Employment Situation: %zu of %zu\n",
	    rule->n_explained, rule->n_dates);
	assert_int_equal(rule->n_dates, 24);
	assert_int_equal(rule->n_explained, 24);
	assert_int_equal(rule->rule.n_timings, 1);
	assert_int_equal(timing->kind, TIMING_WEEKDAY_AFTER);
	assert_int_equal(timing->weekday, FRIDAY);
	assert_int_equal(timing->n, 3);
	assert_int_equal(timing->day, 12);
}

static void
bls_employment_of_two_years_is_24_of_24(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2025);

	read_past(world, "tests/data/draft/bls-2023.json", &request);
	read_past(world, "tests/data/draft/bls-2024.json", &request);
	make_draft(world, &request);
	expect_employment_situation(world);
}

static void
a_feed_does_as_well_as_plans(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for("bls", 2025);
	const char *feed = "tests/data/feeds/bls-2023-2024.ics";

	read_past(world, feed, &request);
	assert_int_equal(world->plans.n, 2);
	make_draft(world, &request);
	expect_employment_situation(world);
	assert_string_equal(world->draft->department, "bls");
	assert_string_equal(zone_name(world->plan->zone), "US/Eastern");
	/* Nobody has said yet that it may be published. */
	assert_true(count_diags(world, "plan.class_missing") > 0);
	/* Chinese working days have no say in it. */
	assert_null(strstr(world->json.data, "workday"));
}

static void
a_spreadsheet_does_as_well_as_a_plan(void **state)
{
	static const char *const files[] = { "nbs-2026.csv", "nbs-2026.xlsx",
		"rows-2026.csv" };
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2027);
	size_t i;

	for (i = 0; i < COUNT(files); i++) {
		world->plans = (struct plans){ 0 };
		read_past(world,
		    arena_printf(
			world->arena, "tests/data/sheets/%s", files[i]),
		    &request);
		make_draft(world, &request);
		print_message("# %s: %zu of %zu\n", files[i],
		    world->draft->n_explained, world->draft->n_dates);
		assert_int_equal(world->draft->n_dates, 142);
		assert_true(world->draft->n_explained >= 129);
	}
}

/* Its slots are those of the JSON, and it waits for review as that does. */
static void
a_draft_as_a_workbook_says_the_same(void **state)
{
	static const char *const names[] = { "nbs-2027.xlsx", "draft.xlsx" };
	struct world *world = *state;
	enum lang lang;
	size_t i;

	draft_from(world, 2027, "nbs-2026");
	assert_true(world->slots.n > 100);
	for (lang = LANG_ZH; lang <= LANG_EN; lang++) {
		const char *path =
		    file_join(world->arena, world->directory, names[lang]);
		struct plans read = { 0 };
		struct slots slots = { 0 };

		assert_null(draft_save_book(world->arena, world->calendars,
		    world->draft, path, lang, (struct instant){ 1790000000 }));
		world->diags = (struct diags){ 0 };
		assert_null(plans_read_file(world->arena, world->calendars,
		    path, &world->diags, &read));
		show_diags(world);
		assert_int_equal(count_diags(world, "table.no_header_here"), 0);
		assert_int_equal(read.n, 1);
		assert_true(read.v[0]->review);
		assert_string_equal(read.v[0]->department, "nbs");
		assert_null(schedule_expand(world->arena, NULL, read.v[0], NULL,
		    &world->diags, &slots));
		assert_int_equal(slots.n, world->slots.n);
		for (i = 0; i < slots.n; i++) {
			const struct slot *slot = &world->slots.v[i];

			assert_string_equal(slots.v[i].release, slot->release);
			assert_true(
			    moment_equal(&slots.v[i].when, &slot->when));
			assert_int_equal(slots.v[i].status, slot->status);
			assert_true(slots.v[i].held);
		}
	}
}

static void
what_a_workbook_cannot_say_is_refused(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2027);
	const struct error *error;
	const char *path =
	    file_join(world->arena, world->directory, "nbs-2027.xlsx");

	read_past(world,
	    write_file(world, "nbs-2026.json",
		"{\"department\": \"nbs\", \"year\": 2026, \"series\": [{"
		"\"id\": \"a\", \"title\": \"A\", \"frequency\": "
		"\"monthly\", \"class\": \"public\", \"scheme\": {"
		"\"name\": \"S\", \"national\": true}, "
		"\"timing\": {\"day\": 9}}]}"),
	    &request);
	make_draft(world, &request);
	error = draft_save_book(world->arena, world->calendars, world->draft,
	    path, LANG_EN, (struct instant){ 1790000000 });
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
	assert_int_equal(access(path, F_OK), -1);
}

static void
the_order_of_the_files_does_not_matter(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2025);
	const char *first;

	read_past(world, "tests/data/draft/bls-2023.json", &request);
	read_past(world, "tests/data/draft/bls-2024.json", &request);
	make_draft(world, &request);
	first = world->json.data;
	world->plans = (struct plans){ 0 };
	read_past(world, "tests/data/draft/bls-2024.json", &request);
	read_past(world, "tests/data/draft/bls-2023.json", &request);
	make_draft(world, &request);
	assert_string_equal(first, world->json.data);
}

static void
a_draft_waits_for_review_of_every_series(void **state)
{
	struct world *world = *state;

	draft_from(world, 2027, "nbs-2026");
	assert_int_equal(world->plan->n_series, 27);
	assert_int_equal(count_diags(world, "plan.review"), 28);
	assert_non_null(strstr(rule_of(world, "pmi")->review.en, "11 of 12"));
	assert_non_null(
	    strstr(rule_of(world, "pmi")->review.en, "Spring Festival"));
	assert_non_null(
	    strstr(rule_of(world, "communique")->review.en, "2025"));
	assert_non_null(strstr(
	    rule_of(world, "producer-goods-prices")->review.en, "2026-10-D1"));
}

/* A rule that needs no exception in the year to come states none. */
static void
exceptions_are_told_but_not_carried_over(void **state)
{
	struct world *world = *state;

	draft_from(world, 2027, "nbs-2026");
	assert_int_equal(rule_of(world, "pmi")->n_stated, 0);
	assert_null(strstr(world->json.data, "2027-03-04"));
	assert_int_equal(explained(world, "cpi"), 7);
	assert_non_null(strstr(
	    rule_of(world, "cpi")->review.en, "2026-01 was on 2026-02-11"));
}

static void
the_words_of_the_latest_plan_are_taken_over(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2027);
	const struct series *was, *is;
	size_t i;

	read_past(world, "config/demo/plans/nbs-2026.json", &request);
	make_draft(world, &request);
	assert_int_equal(world->plan->year, 2027);
	assert_string_equal(world->plan->note.en, world->plans.v[0]->note.en);
	for (i = 0; i < world->plan->n_series; i++) {
		was = &world->plans.v[0]->series[i];
		is = &world->plan->series[i];
		assert_string_equal(was->id, is->id);
		assert_string_equal(text_in(&was->title, LANG_EN),
		    text_in(&is->title, LANG_EN));
		assert_int_equal(was->n_topics, is->n_topics);
		assert_int_equal(was->status, is->status);
		assert_int_equal(was->secrecy, is->secrecy);
		assert_string_equal(was->url, is->url);
		assert_int_equal(was->rules[0].minute, is->rules[0].minute);
	}
}

static void
everything_a_series_may_say_is_taken_over(void **state)
{
	static const char plan[] =
	    "{\"department\": \"d\", \"year\": 2025, \"series\": [{"
	    "\"id\": \"a\", \"title\": {\"zh\": \"甲\", \"en\": \"A\"},"
	    "\"frequency\": \"quarterly\", \"class\": \"internal\","
	    "\"indicators\": [{\"name\": \"乙\", \"unit\": \"%\","
	    "\"breakdowns\": [\"丙\"]}], \"definition\": \"丁\","
	    "\"scope\": \"s\", \"method\": \"m\", \"calculation\": \"c\","
	    "\"sample\": \"n\", \"source\": \"admin_record\","
	    "\"url\": \"https://x.example/\", \"channels\": [\"www\"],"
	    "\"contact\": {\"unit\": \"处\", \"phone\": \"1\"},"
	    "\"scheme\": {\"name\": \"制度\", \"form_no\": \"2\","
	    "\"valid_until\": \"2026-06\", \"publication\": \"public\"},"
	    "\"note\": \"注 \\\"1\\\"\", \"estimate\": \"1\", \"time\": "
	    "\"10:00\","
	    "\"timing\": {\"day\": 20},"
	    "\"estimates\": [{\"estimate\": \"2\", \"reference\": {\"lag\": "
	    "2}, \"timing\": {\"day\": 28}, \"time\": \"09:00\"}]}]}";
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2026);
	const struct series *series;

	read_past(world, write_file(world, "d-2025.json", plan), &request);
	make_draft(world, &request);
	series = &world->plan->series[0];
	assert_string_equal(series->indicators[0].breakdowns[0], "丙");
	assert_string_equal(series->definition.zh, "丁");
	assert_string_equal(series->sample.zh, "n");
	assert_string_equal(series->source, "admin_record");
	assert_string_equal(series->channels[0], "www");
	assert_string_equal(series->contact_phone, "1");
	assert_string_equal(series->scheme->valid_until, "2026-06");
	assert_string_equal(series->note.zh, "注 \"1\"");
	assert_int_equal(series->secrecy, SECRECY_INTERNAL);
	assert_int_equal(series->n_rules, 2);
	assert_string_equal(series->rules[0].estimate, "1");
	assert_int_equal(series->rules[1].lag, 2);
	assert_int_equal(series->rules[1].minute, 540);
	assert_int_equal(series->rules[1].timings[0].days[0], 28);
	assert_int_equal(world->slots.n, 8);
	/* Of what is not public, complaints tell nothing but the place. */
	assert_int_equal(count_diags(world, "plan.review"), 2);
	assert_int_equal(world->diags.v[1].message.n, 0);
}

static void
a_clock_time_of_its_own_is_told(void **state)
{
	static const char plan[] =
	    "{\"department\": \"d\", \"year\": 2025, \"series\": [{"
	    "\"id\": \"a\", \"title\": \"甲\", \"frequency\": \"monthly\","
	    "\"class\": \"public\", \"time\": null, \"dates\": {"
	    "\"2025-01\": \"2025-02-09T09:30\","
	    "\"2025-02\": \"2025-03-09T09:30\","
	    "\"2025-03\": \"2025-04-09T15:00\","
	    "\"2025-04\": \"2025-05-09T09:30\"}}]}";
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2026);

	read_past(world, write_file(world, "d-2025.json", plan), &request);
	make_draft(world, &request);
	assert_int_equal(world->draft->v[0].rule.minute, 570);
	assert_int_equal(world->draft->v[0].n_explained, 4);
	assert_non_null(
	    strstr(world->draft->v[0].review.en, "2025-03 was at 15:00."));
}

static void
expect_error(
    struct world *world, const struct draft_request *request, const char *id)
{
	const struct error *error =
	    draft_make(world->arena, &world->plans, request, &world->draft);

	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
	assert_string_equal(error->message.id, id);
}

static void
nothing_to_draft_from_is_an_error(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2026);

	expect_error(world, &request, "draft.no_past");
	read_past(world, "tests/data/draft/gacc-2020.json", &request);
	request.department = "nbs";
	expect_error(world, &request, "draft.no_past");
}

static void
two_departments_are_an_error_until_one_is_chosen(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2026);

	read_past(world, "tests/data/draft/gacc-2020.json", &request);
	read_past(world, "tests/data/draft/nbs-2026.json", &request);
	expect_error(world, &request, "draft.departments");
	request.department = "gacc";
	make_draft(world, &request);
	assert_int_equal(world->plan->n_series, 4);
}

static void
a_plan_with_a_mistake_is_told_at_its_place(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for(NULL, 2026);
	const char *path = write_file(world, "d-2025.json",
	    "{\"department\": \"d\", \"year\": 2025,\n \"serie\": []}");

	assert_null(draft_read(world->arena, world->calendars, path, &request,
	    &world->diags, &world->plans));
	assert_true(world->diags.errors > 0);
	assert_int_equal(world->plans.n, 0);
}

#define FEED(events)                         \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" \
	"PRODID:-//x//x//EN\r\n" events "END:VCALENDAR\r\n"
#define EVENT(uid, start, title)                                         \
	"BEGIN:VEVENT\r\nUID:" uid "\r\n"                                \
	"DTSTAMP:20250101T000000Z\r\nDTSTART" start "\r\nSUMMARY:" title \
	"\r\nEND:VEVENT\r\n"

static const struct error *
read_feed(struct world *world, const char *department, const char *text)
{
	struct draft_request request = request_for(department, 2026);

	return draft_read(world->arena, world->calendars,
	    write_file(world, "x.ics", text), &request, &world->diags,
	    &world->plans);
}

static void
expect_feed_error(struct world *world, const char *department, const char *text,
    const char *id)
{
	const struct error *error = read_feed(world, department, text);

	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
	assert_string_equal(error->message.id, id);
	assert_int_equal(world->plans.n, 0);
}

static void
a_feed_that_no_parser_should_see_is_refused(void **state)
{
	struct world *world = *state;

	expect_feed_error(world, "d", "", "artifact.feed_refused");
	expect_feed_error(world, "d", "PK\003\004", "artifact.feed_refused");
	expect_feed_error(world, "d",
	    FEED(EVENT("1", ":20250101T000000Z", "a\001b")),
	    "artifact.feed_refused");
	expect_feed_error(world, "d",
	    FEED(EVENT("1", ":20250101T000000Z", "a\xff")),
	    "artifact.feed_refused");
	expect_feed_error(world, "d",
	    FEED("BEGIN:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n"),
	    "artifact.feed_refused");
	expect_feed_error(world, "d",
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n",
	    "artifact.feed_refused");
}

static void
a_feed_without_dates_or_department_is_an_error(void **state)
{
	struct world *world = *state;

	expect_feed_error(world, "d", FEED(""), "draft.empty_feed");
	expect_feed_error(world, "d", FEED(EVENT("1", ":20250101T000000Z", "")),
	    "draft.empty_feed");
	expect_feed_error(world, NULL,
	    FEED(EVENT("1", ":20250101T000000Z", "a")), "draft.no_department");
}

static void
periods_in_titles_are_believed(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for("d", 2026);

	assert_null(read_feed(world, "d",
	    FEED(EVENT("1", ":20250315T020000Z", "CPI for January 2025") EVENT(
		"2", ":20250415T020000Z", "CPI for February 2025") EVENT("3",
		":20250515T020000Z", "CPI for March 2025") EVENT("4",
		";VALUE=DATE:20250617", "2025年1季度收支") EVENT("5",
		";VALUE=DATE:20250917", "2025年第二季度收支")
		    EVENT("6", ";VALUE=DATE:20251217", "2025年三季度收支"))));
	make_draft(world, &request);
	assert_int_equal(world->draft->n, 2);
	assert_int_equal(rule_of(world, "cpi")->rule.lag, 2);
	assert_int_equal(explained(world, "cpi"), 3);
	assert_int_equal(rule_of(world, "cpi")->rule.minute, 600);
	assert_string_equal(rule_of(world, "series")->series->title.zh, "收支");
	assert_int_equal(rule_of(world, "series")->rule.lag, 3);
	assert_int_equal(explained(world, "series"), 3);
}

static void
a_repeated_event_counts_once_and_is_told(void **state)
{
	struct world *world = *state;

	assert_null(read_feed(world, "d",
	    FEED(EVENT("1", ":20250315T020000Z", "a")
		    EVENT("2", ":20250316T020000Z\r\nRRULE:FREQ=MONTHLY", "a")
			EVENT("3", ":20250415T020000Z", "a")
			    EVENT("4", ":20250515T020000Z", "a"))));
	assert_int_equal(count_diags(world, "draft.dropped"), 1);
	assert_int_equal(count_diags(world, "draft.recurring"), 1);
}

static void
a_release_just_before_the_month_counts_with_the_next(void **state)
{
	struct world *world = *state;
	struct draft_request request = request_for("d", 2026);

	assert_null(read_feed(world, "d",
	    FEED(EVENT("1", ":20250302T020000Z", "a") EVENT("2",
		":20250402T020000Z", "a") EVENT("3", ":20250430T020000Z", "a")
		    EVENT("4", ":20250602T020000Z", "a")
			EVENT("5", ":20250702T020000Z", "a"))));
	make_draft(world, &request);
	assert_int_equal(world->draft->v[0].n_dates, 5);
	assert_int_equal(world->draft->v[0].n_explained, 4);
	assert_non_null(
	    strstr(world->draft->v[0].review.en, "2025-04 was on 2025-04-30"));
}

/* ---- the table */

#define LINE_MOST 4096

static bool
next_line(FILE *file, char line[LINE_MOST], int *number)
{
	while (fgets(line, LINE_MOST, file) != NULL) {
		++*number;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '\0' && line[0] != '#')
			return true;
	}
	return false;
}

/* The series of one year, each with what it may leave out. */
static const char *
table_plan(struct world *world, const char *series, const char *year,
    const char *calendar, const char *zone)
{
	json_error_t why;
	json_t *list, *item, *plan;
	size_t i;
	char *text;
	const char *path;

	list = json_loads(arena_printf(world->arena, "[%s]", series), 0, &why);
	if (list == NULL)
		fail_msg("%s: %s", series, why.text);
	json_array_foreach(list, i, item)
	{
		json_t *id = json_sprintf("s%d", (int)i);

		if (json_object_get(item, "id") == NULL)
			json_object_set(item, "id", id);
		json_decref(id);
		if (json_object_get(item, "frequency") == NULL)
			json_object_set_new(
			    item, "frequency", json_string("monthly"));
		json_object_set_new(item, "title", json_string("t"));
		json_object_set_new(item, "class", json_string("public"));
	}
	plan = json_pack("{s:s, s:i, s:s, s:s, s:o}", "department", "d", "year",
	    atoi(year), "calendar", calendar, "timezone", zone, "series", list);
	text = json_dumps(plan, 0);
	path = write_file(
	    world, arena_printf(world->arena, "d-%s.json", year), text);
	free(text);
	json_decref(plan);
	return path;
}

/* What is drafted of the last series, on a line. */
static const char *
table_answer(struct world *world)
{
	static const char *const keys[] = { "reference", "timing", "roll",
		"time", "dates", "skip" };
	const struct draft_rule *rule = &world->draft->v[world->draft->n - 1];
	json_t *plan = json_loads(world->json.data, 0, NULL);
	json_t *defaults = json_object_get(plan, "defaults");
	json_t *list = json_object_get(plan, "series");
	json_t *series = json_array_get(list, json_array_size(list) - 1);
	json_t *shown = json_object();
	const char *answer;
	char *text;
	size_t i;

	for (i = 0; i < COUNT(keys); i++) {
		json_t *value = json_object_get(series, keys[i]);

		if (value == NULL)
			value = json_object_get(defaults, keys[i]);
		if (value != NULL)
			json_object_set(shown, keys[i], value);
	}
	text = json_dumps(shown, JSON_COMPACT | JSON_SORT_KEYS);
	answer = arena_printf(
	    world->arena, "%zu/%zu %s", rule->n_explained, rule->n_dates, text);
	free(text);
	json_decref(shown);
	json_decref(plan);
	return answer;
}

/* "4/4 {…}", the object with its keys sorted. */
static const char *
sorted_answer(struct world *world, const char *line)
{
	const char *brace = strchr(line, '{');
	json_t *value = brace == NULL ? NULL : json_loads(brace, 0, NULL);
	const char *answer = line;
	char *text;

	if (value == NULL)
		fail_msg("no JSON in: %s", line);
	text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	answer = arena_printf(
	    world->arena, "%.*s%s", (int)(brace - line), line, text);
	free(text);
	json_decref(value);
	return answer;
}

static const char *
run_case(struct world *world, char *past, char *facts)
{
	char *words[16], *series, *save = NULL;
	size_t n = 0, i;
	struct draft_request request;

	for (words[n] = strtok_r(facts, " ", &save); words[n] != NULL;
	     words[n] = strtok_r(NULL, " ", &save))
		n++;
	assert_true(n >= 4);
	request = request_for(NULL, atoi(words[n - 1]));
	world->plans = (struct plans){ 0 };
	for (i = 0, series = past; i + 3 < n; i++) {
		char *end = strchr(series, '|');

		if (end != NULL)
			*end = '\0';
		read_past(world,
		    table_plan(
			world, series, words[i], words[n - 3], words[n - 2]),
		    &request);
		series = end == NULL ? series : end + 1;
	}
	make_draft(world, &request);
	return table_answer(world);
}

static void
the_table_of_past_dates_holds(void **state)
{
	struct world *world = *state;
	FILE *file = fopen("tests/tables/draft.txt", "r");
	char past[LINE_MOST], facts[LINE_MOST], answer[LINE_MOST];
	int number = 0, wrong = 0, cases = 0;

	assert_non_null(file);
	while (next_line(file, past, &number) &&
	       next_line(file, facts, &number) &&
	       next_line(file, answer, &number)) {
		const char *got = run_case(world, past, facts);
		const char *wanted = sorted_answer(world, answer);

		cases++;
		if (strcmp(got, wanted) == 0)
			continue;
		wrong++;
		print_message(
		    "# tests/tables/draft.txt:%d: got %s\n", number, got);
	}
	fclose(file);
	print_message("# %d cases\n", cases);
	assert_true(cases > 20);
	assert_int_equal(wrong, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, world_make, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nbs_2026_is_129_of_141_or_better),
		TEST(gacc_is_126_of_132_or_better),
		TEST(bls_employment_of_two_years_is_24_of_24),
		TEST(a_feed_does_as_well_as_plans),
		TEST(what_a_rule_explains_it_gives_again),
		TEST(a_spreadsheet_does_as_well_as_a_plan),
		TEST(a_draft_as_a_workbook_says_the_same),
		TEST(what_a_workbook_cannot_say_is_refused),
		TEST(the_order_of_the_files_does_not_matter),
		TEST(a_draft_waits_for_review_of_every_series),
		TEST(exceptions_are_told_but_not_carried_over),
		TEST(the_words_of_the_latest_plan_are_taken_over),
		TEST(everything_a_series_may_say_is_taken_over),
		TEST(a_clock_time_of_its_own_is_told),
		TEST(the_table_of_past_dates_holds),
		TEST(nothing_to_draft_from_is_an_error),
		TEST(two_departments_are_an_error_until_one_is_chosen),
		TEST(a_plan_with_a_mistake_is_told_at_its_place),
		TEST(a_feed_that_no_parser_should_see_is_refused),
		TEST(a_feed_without_dates_or_department_is_an_error),
		TEST(periods_in_titles_are_believed),
		TEST(a_repeated_event_counts_once_and_is_told),
		TEST(a_release_just_before_the_month_counts_with_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
