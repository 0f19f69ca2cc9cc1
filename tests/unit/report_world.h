/*
 * A small world for the tests of reports: an office, one department inside
 * and one outside the policy's jurisdiction, and a plan with open and closed
 * series.  What a report prints is caught as a string.
 */
#ifndef TESTS_REPORT_WORLD_H
#define TESTS_REPORT_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/error.h>
#include <yugao/report.h>

/* What must never be seen of a closed series. */
#define CANARY_ID "kestrel"
#define CANARY_TITLE "红隼秘密产量"

struct world {
	struct arena *arena;
	struct report report;
	struct office office;
	struct department departments[2];
	struct parameter parameters[8];
	struct text sources[2];
	struct plan plan;
	struct plans plans;
	struct plan *plan_list[1];
	struct series series[4]; /* closed, cpi, gdp, ppi: sorted by id */
	struct rule rule;
	struct timing timing;
	struct slots slots;
	struct acts acts;
	struct view view;
	struct diags diags;
	struct instant now;
	char *printed;
	size_t printed_len;
};

static inline struct instant
at(const char *text)
{
	struct instant instant;

	assert_true(instant_parse(text, &instant));
	return instant;
}

static inline struct moment
on(int year, int month, int mday, int minute)
{
	struct day day = day_of(year, month, mday);

	return (struct moment){ minute == NO_TIME ? PRECISION_DATE
						  : PRECISION_INSTANT,
		{ day, minute }, day };
}

static inline struct moment
between(enum precision precision, struct day first, struct day last)
{
	return (struct moment){ precision, { first, NO_TIME }, last };
}

static inline void
world_policy(struct world *world)
{
	static const char *const public_only[] = { "public" };
	static const char *const uk[] = { "UK-3.1" };
	static const char *const notice[] = { "N91" };
	static const char *const levels[] = { "city", "county" };
	struct parameters *policy = &world->office.policy;
	const struct parameter rows[] = {
		{ .key = "annual_schedule.due",
		    .string = "12-31",
		    .unit = "MM-DD of the year before",
		    .basis = 'I' },
		{ .key = "annual_schedule.grace_until",
		    .string = "01-31",
		    .unit = "MM-DD of the year itself",
		    .basis = 'E' },
		{ .key = "confidentiality.public_classes",
		    .set = public_only,
		    .n_set = 1,
		    .unit = "set",
		    .basis = 'L' },
		{ .key = "lead.floor_lead",
		    .number = 1,
		    .unit = "working_day",
		    .basis = 'E' },
		{ .key = "lead.min_lead",
		    .number = 28,
		    .unit = "calendar_day",
		    .basis = 'I',
		    .cites = uk,
		    .n_cites = 1 },
		{ .key = "lead.prior_required",
		    .number = 1,
		    .unit = "bool",
		    .basis = 'N',
		    .cites = notice,
		    .n_cites = 1 },
		{ .key = "release.on_non_working_day",
		    .string = "warn",
		    .unit = "enum",
		    .basis = 'I' },
		{ .key = "scheme.publication_modes_allowed",
		    .set = public_only,
		    .n_set = 1,
		    .unit = "set",
		    .basis = 'N' },
	};

	memcpy(world->parameters, rows, sizeof(rows));
	world->sources[0] = (struct text){ "N91", "渝府办发〔2020〕91号" };
	world->sources[1] = (struct text){ "UK-3.1", "UK Code 3.1" };
	policy->title = (struct text){ "预告知政策", NULL };
	policy->digest = "00";
	policy->region = "500000";
	policy->levels = levels;
	policy->n_levels = 2;
	policy->v = world->parameters;
	policy->n = COUNT(world->parameters);
	policy->sources = world->sources;
	policy->n_sources = COUNT(world->sources);
}

static inline void
world_plan(struct world *world, const char *department)
{
	struct plan *plan = &world->plan;
	struct calendar *calendar;
	struct zone *zone;

	assert_null(calendar_read(
	    world->arena, "calendars", "cn", NULL, &world->diags, &calendar));
	assert_null(zone_open(world->arena, "Asia/Shanghai", &zone));
	*plan = (struct plan){ .file = "plans/tj.json",
		.department = department,
		.year = 2026,
		.zone = zone,
		.calendar = calendar,
		.series = world->series,
		.n_series = COUNT(world->series) };
	world->plan_list[0] = plan;
	world->plans = (struct plans){ world->plan_list, 1, 1 };
}

static inline void
world_series(struct world *world)
{
	const struct series rows[] = {
		{ .id = "cpi",
		    .title = { "居民消费价格指数", "Consumer prices" } },
		{ .id = "gdp", .title = { "国内生产总值", "GDP" } },
		{ .id = CANARY_ID,
		    .title = { CANARY_TITLE, "Secret " CANARY_ID } },
		{ .id = "ppi", .title = { "工业生产者价格指数", NULL } },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		world->series[i] = rows[i];
		world->series[i].frequency = FREQUENCY_MONTHLY;
		world->series[i].secrecy = SECRECY_PUBLIC;
		world->series[i].pointer = "/series/0";
		world->series[i].rules = &world->rule;
		world->series[i].n_rules = 1;
	}
	world->series[2].secrecy = SECRECY_SECRET;
	world->rule = (struct rule){ .lag = 1, .minute = 570 };
}

static inline int
world_open(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	struct arena *arena = arena_new();

	world->arena = arena;
	world->departments[0] = (struct department){ .id = "nbs",
		.name = { "国家统计局", "NBS" },
		.level = "national" };
	world->departments[1] = (struct department){ .id = "tj",
		.name = { "市统计局", "City bureau" },
		.level = "city",
		.region = "500000" };
	world->office.timezone = "Asia/Shanghai";
	world->office.departments = world->departments;
	world->office.n_departments = 2;
	world_policy(world);
	world_series(world);
	world_plan(world, "tj");
	world->now = at("2025-12-26T13:58:00+08:00");
	world->report = (struct report){ .arena = arena,
		.terminal = { .width = 80 },
		.office = &world->office };
	world->report.terminal.out =
	    open_memstream(&world->printed, &world->printed_len);
	*state = world;
	return 0;
}

static inline int
world_close(void **state)
{
	struct world *world = *state;

	fclose(world->report.terminal.out);
	free(world->printed);
	arena_free(world->arena);
	free(world);
	return 0;
}

static inline struct slot *
add_slot(
    struct world *world, size_t series, const char *period, struct moment when)
{
	struct slot slot = { .plan = &world->plan,
		.series = &world->series[series],
		.rule = &world->rule,
		.period = period,
		.when = when,
		.status = STATUS_CONFIRMED,
		.why = { .state = DAY_PUBLISHED } };

	slot.release = arena_printf(world->arena, "%s/%s/%s",
	    world->plan.department, slot.series->id, period);
	slot.start =
	    zone_instant(world->plan.zone, when.start, &slot.local_kind);
	ARRAY_PUSH(world->arena, &world->slots, slot);
	return &world->slots.v[world->slots.n - 1];
}

static inline const struct entry *
add_said(struct world *world, const char *release, struct moment when)
{
	struct entry entry = { .id = (int64_t)world->view.n + 1,
		.at = world->now,
		.since = world->now,
		.release = release,
		.when = when,
		.status = SAID_CONFIRMED };
	enum local_kind kind;

	entry.start = zone_instant(world->plan.zone, when.start, &kind);
	ARRAY_PUSH(world->arena, &world->view, entry);
	return &world->view.v[world->view.n - 1];
}

/* All that was printed so far, and forgets it. */
static inline const char *
printed(struct world *world)
{
	const char *text;

	fflush(world->report.terminal.out);
	text = arena_strndup(world->arena, world->printed, world->printed_len);
	rewind(world->report.terminal.out);
	/* Every sentence was found in the catalogue. */
	if (!world->report.json) {
		assert_null(strstr(text, "report."));
		assert_null(strstr(text, "artifact."));
		assert_null(strstr(text, "{0}"));
	}
	return text;
}

#define assert_says(text, part) assert_true(says((text), (part)))
static inline bool
says(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		return true;
	print_message("%s\nlacks: %s\n", text, part);
	return false;
}

#define assert_silent_about(text, part) assert_false(tells((text), (part)))
static inline bool
tells(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		return false;
	print_message("%s\nmust not hold: %s\n", text, part);
	return true;
}

#endif
