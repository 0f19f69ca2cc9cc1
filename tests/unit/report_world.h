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

#include <yugao/announce.h>
#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/error.h>
#include <yugao/report.h>

#include "../../src/plan/office.h"

/* What must never be seen of a closed series. */
#define CANARY_ID "kestrel"
#define CANARY_TITLE "红隼秘密产量"

struct world {
	struct arena *arena;
	struct report report;
	struct office office;
	struct department departments[2];
	struct text unit;
	struct officer leader, head;
	struct scheme scheme;
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

/* The policy as it is shipped. */
static inline void
world_policy(struct world *world)
{
	bool ok;

	assert_null(
	    parameters_read(world->arena, "config/policy/cq-2020-91.json",
		&world->diags, &world->office.policy, &ok));
	assert_true(ok);
}

/* One that answers for everything that the policy asks of a department. */
static inline struct department
world_department(struct world *world)
{
	static const char *const nobody[] = { NULL };

	world->unit = (struct text){ "统计处（示例）", "Statistics (example)" };
	world->leader.name = "分管负责人（示例）";
	world->head.name = "统计负责人（示例）";
	return (struct department){ .id = "tj",
		.name = { "市统计局", "City bureau" },
		.level = "city",
		.region = "500000",
		.units = &world->unit,
		.n_units = 1,
		.leader = &world->leader,
		.head = &world->head,
		.access = nobody,
		.contact_unit = world->unit,
		.contact_phone = "000-00000000" };
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
		.prepared_by = "编制人（示例）",
		.year = 2026,
		.zone = zone,
		.calendar = calendar,
		.series = world->series,
		.n_series = COUNT(world->series) };
	world->plan_list[0] = plan;
	world->plans = (struct plans){ world->plan_list, 1, 1 };
}

/* All that the policy asks a series to say. */
static inline struct series
world_open_series(struct world *world)
{
	static const char *const channels[] = { "网站（示例）" };
	static const struct text said = { "示例", "example" };

	world->scheme = (struct scheme){ .name = said,
		.form_no = "示例1表",
		.maker = "市统计局",
		.approval_no = "示例文号",
		.valid_from = "2025-01",
		.valid_until = "2027-12",
		.publication = "public",
		.url = "https://stats.example/schemes/",
		.sharing = { "汇总数据", "平台", "三日", "平台", "统计处" } };
	return (struct series){ .frequency = FREQUENCY_MONTHLY,
		.secrecy = SECRECY_PUBLIC,
		.definition = said,
		.scope = said,
		.method = said,
		.calculation = said,
		.sample = said,
		.channels = channels,
		.n_channels = COUNT(channels),
		.scheme = &world->scheme,
		.data_status = "final",
		.overlap = DECLARED_NO,
		.census = DECLARED_NO,
		.sampled = DECLARED_YES,
		.disclosure_control = DECLARED_YES,
		.pointer = "/series/0",
		.rules = &world->rule,
		.n_rules = 1 };
}

static inline void
world_series(struct world *world)
{
	static const struct {
		const char *id;
		struct text title;
	} rows[] = {
		{ "cpi", { "居民消费价格指数", "Consumer prices" } },
		{ "gdp", { "国内生产总值", "GDP" } },
		{ CANARY_ID, { CANARY_TITLE, "Secret " CANARY_ID } },
		{ "ppi", { "工业生产者价格指数", NULL } },
	};
	struct series *closed = &world->series[2];
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		world->series[i] = world_open_series(world);
		world->series[i].id = rows[i].id;
		world->series[i].title = rows[i].title;
	}
	closed->secrecy = SECRECY_SECRET;
	closed->withheld_ground = "XXGK-14";
	closed->withheld_review = day_of(2026, 6, 30);
	closed->has_withheld_review = true;
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
	world->departments[1] = world_department(world);
	world->office.timezone = "Asia/Shanghai";
	world->office.site = true;
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

/* A year of a series, each month's release on a working day of the next. */
static inline void
add_year(struct world *world, size_t series)
{
	static const int days[] = { 12, 12, 12, 13, 12, 12, 13, 12, 14, 12, 12,
		14 };
	int i;

	for (i = 0; i < (int)COUNT(days); i++)
		add_slot(world, series,
		    i == 0 ? "2025-12"
			   : arena_printf(world->arena, "2026-%02d", i),
		    on(2026, i + 1, days[i], 570));
}

static inline struct announce_input
world_input(const struct world *world)
{
	return (struct announce_input){ .office = &world->office,
		.plans = &world->plans,
		.slots = &world->slots,
		.acts = &world->acts,
		.view = &world->view,
		.now = world->now };
}

/* As if somebody had reviewed what this slot says, and signed it. */
static inline void
review(struct world *world, struct slot *slot)
{
	static const struct act review = { .kind = ACT_REVIEW,
		.passed = true,
		.role = "reviewer",
		.who = "审查人（示例）" };
	static const struct act sign = {
		.kind = ACT_SIGN, .role = "stat_head", .who = "签发人（示例）"
	};
	struct announce_input input = world_input(world);
	const char **releases = arena_alloc(world->arena, sizeof(*releases));
	struct digest *words = arena_alloc(world->arena, sizeof(*words));
	struct act act = review;

	*words = announce_words(world->arena, &input, slot);
	releases[0] = slot->release;
	act.releases = releases;
	act.n_releases = 1;
	act.digests = words;
	act.at.s = world->now.s - 3600;
	act.year = 2026;
	act.place.file = "acts/tj-2026.json";
	ARRAY_PUSH(world->arena, &world->acts, act);
	act = sign;
	act.releases = releases;
	act.n_releases = 1;
	act.at.s = world->now.s - 1800;
	act.year = 2026;
	act.place.file = "acts/tj-2026.json";
	ARRAY_PUSH(world->arena, &world->acts, act);
}

static inline void
review_all(struct world *world)
{
	size_t i;

	for (i = 0; i < world->slots.n; i++)
		if (office_opens(&world->office, world->slots.v[i].series))
			review(world, &world->slots.v[i]);
	acts_index(world->arena, &world->acts);
	for (i = 0; i < world->slots.n; i++)
		world->slots.v[i].life = life_of(world->arena, &world->acts,
		    world->slots.v[i].release, NULL);
}

static inline const struct entry *
add_said(struct world *world, const char *release, struct moment when)
{
	struct entry entry = { .id = (int64_t)world->view.n + 1,
		.at = world->now,
		.since = world->now,
		.first_at = world->now,
		.first_day = when.start.day,
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
