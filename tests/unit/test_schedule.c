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
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/schedule.h>

#include "plan_world.h"

static void
show_diags(const struct world *world)
{
	size_t i;

	for (i = 0; i < world->diags.n; i++)
		print_message("# %s\n",
		    diag_text(world->arena, LANG_EN, &world->diags.v[i]));
}

static void
expect_no_diags(const struct world *world)
{
	show_diags(world);
	assert_int_equal(world->diags.n, 0);
}

static void
read_plan(struct world *world, const char *path)
{
	assert_null(plan_read(
	    world->arena, world->calendars, path, &world->diags, &world->plan));
	if (world->plan == NULL) {
		show_diags(world);
		fail_msg("%s is not read", path);
	}
}

static void
expand(struct world *world, const struct acts *acts)
{
	struct acts indexed = { 0 };
	size_t i;

	if (acts != NULL)
		indexed = *acts;
	for (i = 0; i < indexed.n; i++)
		indexed.v[i].place =
		    (struct place){ .file = "acts.json", .line = (int)i + 1 };
	acts_index(world->arena, &indexed);
	world->slots.n = 0;
	assert_null(schedule_expand(world->arena, NULL, world->plan,
	    acts == NULL ? NULL : &indexed, &world->diags, &world->slots));
}

/* A plan of the department "d" that holds these series. */
static void
read_series_of(struct world *world, int year, const char *calendar,
    const char *zone, const char *series)
{
	struct arena *arena = world->arena;
	const char *path =
	    arena_printf(arena, "%s/d-%d.json", world->directory, year);
	const char *text = arena_printf(arena,
	    "{\"department\": \"d\", \"year\": %d, \"calendar\": \"%s\", "
	    "\"timezone\": \"%s\", \"series\": %s}\n",
	    year, calendar, zone, series);

	assert_null(file_replace(arena, path, text, strlen(text)));
	read_plan(world, path);
}

/* The same with ids, titles and classes filled in. */
static const char *
complete_series(struct world *world, const char *objects, const char **asked)
{
	const char *text = arena_printf(world->arena, "[%s]", objects);
	json_error_t error;
	json_t *list = json_loads(text, 0, &error), *series;
	char *dump;
	size_t i;

	if (list == NULL)
		fail_msg("%s: %s", error.text, objects);
	json_array_foreach(list, i, series)
	{
		static const char *const missing[][2] = { { "id", "x" },
			{ "title", "t" }, { "class", "public" } };
		size_t j;

		for (j = 0; j < COUNT(missing); j++)
			if (json_object_get(series, missing[j][0]) == NULL)
				json_object_set_new(series, missing[j][0],
				    json_string(missing[j][1]));
		*asked = arena_strdup(world->arena,
		    json_string_value(json_object_get(series, "id")));
	}
	dump = json_dumps(list, 0);
	text = arena_strdup(world->arena, dump);
	free(dump);
	json_decref(list);
	return text;
}

static void
read_one(struct world *world, const char *objects)
{
	const char *asked;

	read_series_of(world, 2026, "cn", "Asia/Shanghai",
	    complete_series(world, objects, &asked));
}

static const struct slot *
find_slot(const struct world *world, const char *release)
{
	size_t i;

	for (i = 0; i < world->slots.n; i++)
		if (strcmp(world->slots.v[i].release, release) == 0)
			return &world->slots.v[i];
	return NULL;
}

static const struct slot *
get_slot(const struct world *world, const char *release)
{
	const struct slot *slot = find_slot(world, release);

	if (slot == NULL)
		fail_msg("no slot %s", release);
	return slot;
}

static const char *
moment_text(struct arena *arena, const struct moment *when)
{
	char day[DAY_SIZE], last[DAY_SIZE], minute[DAY_SIZE];

	day_format(day, when->start.day);
	day_format(last, when->last);
	switch (when->precision) {
	case PRECISION_INSTANT:
		return arena_printf(arena, "%sT%s", day,
		    minute_format(minute, when->start.minute));
	case PRECISION_MONTH:
		return arena_printf(arena, "%.7s", day);
	case PRECISION_WINDOW:
		return arena_printf(arena, "%.7s..%.2s", day, last + 5);
	case PRECISION_NLT:
		return arena_printf(arena, "<%s", last);
	default:
		return arena_strdup(arena, day);
	}
}

static void
assert_when(const struct world *world, const char *release, const char *when)
{
	const struct slot *slot = get_slot(world, release);
	const char *text = moment_text(world->arena, &slot->when);

	if (strcmp(text, when) != 0)
		fail_msg("%s is %s and not %s", release, text, when);
}

static size_t
count_diags(const struct world *world, const char *id)
{
	size_t i, n = 0;

	for (i = 0; i < world->diags.n; i++)
		n += strcmp(world->diags.v[i].message.id, id) == 0;
	return n;
}

/* The table: three lines a case. */

struct table_case {
	const char *question, *facts, *answer;
	int line;
};

static void
put_answer(struct world *world, struct buf *out, const struct slot *slot,
    bool with_period)
{
	static const char *const states[] = { "", "?provisional", "?projected",
		"?unknown" };

	if (out->len > 0)
		buf_putc(out, ' ');
	if (slot == NULL) {
		buf_putc(out, '-');
		return;
	}
	if (with_period)
		buf_printf(out, "%s=", slot->period);
	buf_printf(out, "%s%s", moment_text(world->arena, &slot->when),
	    states[slot->why.state]);
}

static bool
first_of_its_id(const struct diags *diags, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (strcmp(diags->v[j].message.id, diags->v[i].message.id) == 0)
			return false;
	return true;
}

static const char *
answer_of(struct world *world, const char *asked, char *periods)
{
	struct buf out;
	const char *period;
	size_t i;

	buf_init(&out, world->arena);
	period = strtok(periods, " ");
	for (i = 0; period == NULL && i < world->slots.n; i++)
		if (strcmp(world->slots.v[i].series->id, asked) == 0)
			put_answer(world, &out, &world->slots.v[i], true);
	for (; period != NULL; period = strtok(NULL, " "))
		put_answer(world, &out,
		    find_slot(world,
			arena_printf(world->arena, "d/%s/%s", asked, period)),
		    false);
	for (i = 0; i < world->diags.n; i++)
		if (first_of_its_id(&world->diags, i))
			buf_printf(&out, "%s!%s", out.len > 0 ? " " : "",
			    world->diags.v[i].message.id);
	return out.data;
}

static bool
check_case(struct world *world, const struct table_case *c)
{
	char calendar[65], zone[65], *periods;
	const char *asked, *series, *answer;
	int year, n = 0;

	if (sscanf(c->facts, "%d %64s %64s%n", &year, calendar, zone, &n) != 3)
		fail_msg("line %d: year calendar zone [period …]", c->line + 1);
	periods = arena_strdup(world->arena, c->facts + n);
	memset(&world->diags, 0, sizeof(world->diags));
	series = complete_series(world, c->question, &asked);
	read_series_of(world, year, calendar, zone, series);
	expand(world, NULL);
	answer = answer_of(world, asked, periods);
	if (strcmp(answer, c->answer) == 0)
		return true;
	print_message("# tests/tables/schedule.txt:%d: %s\n# %s\n"
		      "# said    %s\n# instead %s\n",
	    c->line, c->question, c->facts, c->answer, answer);
	return false;
}

static void
every_case_of_the_table_is_answered(void **state)
{
	struct world *world = *state;
	struct bytes bytes;
	char *line, *next;
	struct table_case c = { 0 };
	size_t cases = 0, failed = 0;
	int number = 0, part = 0;

	assert_null(file_read(
	    world->arena, "tests/tables/schedule.txt", 1 << 20, &bytes));
	line = arena_strdup(world->arena, bytes.data);
	for (; line != NULL; line = next) {
		number++;
		if ((next = strchr(line, '\n')) != NULL)
			*next++ = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		if (part == 0) {
			c.question = line;
			c.line = number;
		} else if (part == 1) {
			c.facts = line;
		} else {
			c.answer = line;
			cases++;
			failed += !check_case(world, &c);
		}
		part = (part + 1) % 3;
	}
	print_message("# %zu cases of tests/tables/schedule.txt\n", cases);
	assert_int_equal(part, 0);
	assert_true(cases > 80);
	assert_int_equal(failed, 0);
}

/* Published schedules */

/* How the dates of a published schedule came about. */
struct tally {
	size_t dates, rules, stated;
};

static bool
is_on(const struct slot *slot, const char *day, const char *time)
{
	struct day wanted;
	int minute = NO_TIME;

	assert_true(day_parse(day, &wanted));
	if (time != NULL)
		assert_true(minute_parse(time, &minute));
	return slot->when.start.day.n == wanted.n &&
	       slot->when.start.minute == minute &&
	       slot->when.precision ==
		   (minute == NO_TIME ? PRECISION_DATE : PRECISION_INSTANT);
}

/*
 * The series of a row: its title, or the longest that the row's begins with
 * ("Consumer Price Index for September 2015").
 */
static const struct series *
series_titled(const struct plan *plan, const char *title)
{
	const struct series *best = NULL;
	size_t i, longest = 0;

	for (i = 0; i < plan->n_series; i++) {
		const struct text *text = &plan->series[i].title;
		const char *name = text->en != NULL ? text->en : text->zh;

		if (strlen(name) > longest &&
		    strncmp(title, name, strlen(name)) == 0) {
			best = &plan->series[i];
			longest = strlen(name);
		}
	}
	if (best == NULL)
		fail_msg("no series is titled %s", title);
	return best;
}

/* Every date of a row is a slot of its series, which is then taken. */
static struct tally
compare_row(const struct world *world, json_t *row, bool *taken)
{
	json_t *title = json_object_get(row, "title_en"), *date;
	const struct series *series;
	struct tally tally = { 0 };
	size_t i, j;

	if (title == NULL)
		title = json_object_get(row, "title");
	series = series_titled(world->plan, json_string_value(title));
	json_array_foreach(json_object_get(row, "dates"), i, date)
	{
		const char *day =
		    json_string_value(json_object_get(date, "date"));
		const char *time =
		    json_string_value(json_object_get(date, "time"));
		const struct slot *slot = NULL;

		for (j = 0; j < world->slots.n; j++) {
			slot = &world->slots.v[j];
			if (!taken[j] && slot->series == series &&
			    is_on(slot, day, time))
				break;
		}
		if (j == world->slots.n)
			fail_msg(
			    "%s: nothing on %s", json_string_value(title), day);
		taken[j] = true;
		tally.dates++;
		tally.rules += slot->why.source == WHY_RULE;
		tally.stated += slot->why.source == WHY_EXPLICIT;
	}
	return tally;
}

static json_t *
read_json(const char *path)
{
	json_error_t error;
	json_t *json = json_load_file(path, 0, &error);

	if (json == NULL)
		fail_msg("%s: %s", path, error.text);
	return json;
}

/* The plan has every date of the schedule, and `more` other slots. */
static struct tally
compare_schedule(
    struct world *world, const char *plan, const char *path, size_t more)
{
	json_t *json = read_json(path), *row;
	struct tally sum = { 0 };
	bool *taken;
	size_t i;

	read_plan(world, plan);
	expand(world, NULL);
	expect_no_diags(world);
	taken = arena_alloc(world->arena, world->slots.n + 1);
	json_array_foreach(json_object_get(json, "rows"), i, row)
	{
		struct tally tally = compare_row(world, row, taken);

		sum.dates += tally.dates;
		sum.rules += tally.rules;
		sum.stated += tally.stated;
	}
	json_decref(json);
	print_message("# %s: %zu dates, %zu from rules, %zu stated\n", path,
	    sum.dates, sum.rules, sum.stated);
	assert_int_equal(world->slots.n, sum.dates + more);
	return sum;
}

#define NBS_PLAN "config/demo/plans/nbs-2026.json"
#define NBS_DATES "tests/data/schedules/nbs-2026.json"

static void
nbs_2026_is_exact_and_129_dates_come_from_rules(void **state)
{
	struct tally tally =
	    compare_schedule(*state, NBS_PLAN, NBS_DATES, 10 + 34);

	assert_int_equal(tally.dates, 142);
	assert_true(tally.rules >= 129);
	assert_int_equal(tally.rules + tally.stated, 142);
}

/* Plans of other offices and years, each with what was published. */
static struct tally
compare_other(struct world *world, const char *name)
{
	return compare_schedule(world,
	    arena_printf(world->arena, "tests/data/plans/%s.json", name),
	    arena_printf(world->arena, "tests/data/schedules/%s.json", name),
	    0);
}

static void
customs_2015_2017_and_2020_are_exact_and_127_dates_come_from_rules(void **state)
{
	size_t dates = 0, rules = 0, i;
	static const char *const names[] = { "gacc-2015", "gacc-2017",
		"gacc-2020" };

	for (i = 0; i < COUNT(names); i++) {
		struct tally tally = compare_other(*state, names[i]);

		dates += tally.dates;
		rules += tally.rules;
	}
	assert_int_equal(dates, 132 + 5);
	assert_true(rules >= 127);
}

static void
bls_2023_and_2024_are_exact_and_employment_is_all_from_one_rule(void **state)
{
	static const char *const names[] = { "bls-2023", "bls-2024" };
	struct world *world = *state;
	size_t employment = 0, i, j;

	for (i = 0; i < COUNT(names); i++) {
		compare_other(world, names[i]);
		for (j = 0; j < world->slots.n; j++) {
			const struct slot *slot = &world->slots.v[j];

			employment += slot->why.source == WHY_RULE &&
				      strcmp(slot->series->id,
					  "employment-situation") == 0;
		}
	}
	assert_int_equal(employment, 24);
}

static void
hong_kong_in_four_cut_lists_is_exact(void **state)
{
	compare_other(*state, "hk-csd-2015-10-to-12");
	compare_other(*state, "hk-csd-2017-08");
	compare_other(*state, "hk-csd-2018-06-to-08");
	compare_other(*state, "hk-csd-2020-10-to-12");
}

static void
read_nbs(struct world *world)
{
	read_plan(world, NBS_PLAN);
	expand(world, NULL);
	expect_no_diags(world);
}

static void
nbs_2026_has_the_right_reference_periods(void **state)
{
	static const char *const cases[][2] = {
		{ "nbs/economy/2025-12", "2026-01-19T10:00" },
		{ "nbs/economy/2026-01..02", "2026-03-16T10:00" },
		{ "nbs/economy/2026-11", "2026-12-15T10:00" },
		{ "nbs/communique/2025", "2026-02-28T09:30" },
		{ "nbs/industry-accounts/2025-Q4", "2026-01-20T09:30" },
		{ "nbs/pmi/2026-02", "2026-03-04T09:30" },
		{ "nbs/pmi/2026-03", "2026-03-31T09:30" },
		{ "nbs/cpi/2026-01", "2026-02-11T09:30" },
		{ "nbs/ppi/2026-09", "2026-10-14T09:30" },
		{ "nbs/industrial-production/2026-01..02", "2026-03-16T10:00" },
		{ "nbs/household-income/2026-Q1", "2026-04-16T10:00" },
		{ "nbs/house-prices/2026-01", "2026-02-13T09:30" },
		{ "nbs/house-prices/2026-02", "2026-03-16T09:30" },
		{ "nbs/industrial-benefits/2026-08", "2026-09-28T09:30" },
		{ "nbs/culture-revenue/2026-Q1", "2026-04-29T09:30" },
	};
	struct world *world = *state;
	size_t i;

	read_nbs(world);
	for (i = 0; i < COUNT(cases); i++)
		assert_when(world, cases[i][0], cases[i][1]);
	assert_null(find_slot(world, "nbs/economy/2026-01"));
	assert_null(find_slot(world, "nbs/economy/2026-02"));
	assert_int_equal(world->slots.n, 142 + 10 + 34);
}

static void
nbs_2026_has_its_ten_months_and_windows_all_tentative(void **state)
{
	struct world *world = *state;
	json_t *json = read_json(NBS_DATES), *item;
	size_t i, j, n = 0;

	read_nbs(world);
	json_array_foreach(
	    json_object_get(json, "month_precision_items"), i, item)
	{
		const char *expected =
		    json_string_value(json_object_get(item, "expected"));
		const struct series *series = series_titled(world->plan,
		    json_string_value(json_object_get(item, "title")));

		for (j = 0; j < world->slots.n; j++) {
			const struct slot *slot = &world->slots.v[j];

			if (slot->series != series)
				continue;
			n++;
			assert_memory_equal(
			    moment_text(world->arena, &slot->when), expected,
			    7);
			assert_int_equal(slot->status, STATUS_TENTATIVE);
			assert_int_equal(slot->when.start.minute, NO_TIME);
		}
	}
	json_decref(json);
	assert_int_equal(n, 10);
	assert_when(world, "nbs/innovation-index/2025", "2026-09..10");
	assert_int_equal(
	    get_slot(world, "nbs/innovation-index/2025")->when.last.n,
	    day_of(2026, 10, 31).n);
}

static void
nbs_2026_has_34_ten_day_reports(void **state)
{
	struct world *world = *state;
	size_t i, n = 0;

	read_nbs(world);
	for (i = 0; i < world->slots.n; i++)
		n += strcmp(world->slots.v[i].series->id,
			 "producer-goods-prices") == 0;
	assert_int_equal(n, 34);
	assert_when(
	    world, "nbs/producer-goods-prices/2025-12-D3", "2026-01-04T09:30");
	assert_when(
	    world, "nbs/producer-goods-prices/2026-04-D3", "2026-05-07T09:30");
	assert_when(
	    world, "nbs/producer-goods-prices/2026-09-D3", "2026-10-09T09:30");
	assert_null(find_slot(world, "nbs/producer-goods-prices/2026-02-D2"));
	assert_null(find_slot(world, "nbs/producer-goods-prices/2026-10-D1"));
}

/* Why */

static void
the_why_of_a_stated_date_tells_what_the_rule_said(void **state)
{
	struct world *world = *state;
	const struct why *why;

	read_nbs(world);
	why = &get_slot(world, "nbs/pmi/2026-02")->why;
	assert_int_equal(why->source, WHY_EXPLICIT);
	assert_true(why->has_nominal);
	assert_int_equal(why->nominal.n, day_of(2026, 2, 28).n);
	assert_int_equal(why->timing->kind, TIMING_DAY);
	assert_non_null(why->occurrence);
	assert_non_null(why->occurrence->reason.en);
	assert_int_equal(why->state, DAY_PUBLISHED);
}

static void
the_why_of_a_rolled_date_has_both_days(void **state)
{
	struct world *world = *state;
	const struct why *why;

	read_nbs(world);
	why = &get_slot(world, "nbs/industrial-benefits/2026-08")->why;
	assert_int_equal(why->source, WHY_RULE);
	assert_int_equal(why->roll, ROLL_FOLLOWING_NOTICE);
	assert_int_equal(why->nominal.n, day_of(2026, 9, 27).n);
	assert_int_equal(why->rolled.n, day_of(2026, 9, 28).n);
}

static void
what_follows_a_stated_date_is_from_a_rule_and_names_its_base(void **state)
{
	struct world *world = *state;
	const struct why *why;

	read_nbs(world);
	assert_int_equal(
	    get_slot(world, "nbs/economy/2026-04")->why.source, WHY_EXPLICIT);
	why = &get_slot(world, "nbs/retail-sales/2026-04")->why;
	assert_int_equal(why->source, WHY_RULE);
	assert_string_equal(why->base, "nbs/economy/2026-04");
	assert_null(why->act);
}

static void
a_date_stated_for_what_has_no_base_has_no_nominal_day(void **state)
{
	struct world *world = *state;
	const struct why *why;

	read_nbs(world);
	why = &get_slot(world, "nbs/house-prices/2026-01")->why;
	assert_int_equal(why->source, WHY_EXPLICIT);
	assert_false(why->has_nominal);
	assert_null(why->base);
}

static void
the_start_is_the_instant_in_the_plans_zone(void **state)
{
	struct world *world = *state;
	char text[INSTANT_SIZE];

	read_nbs(world);
	assert_string_equal(
	    instant_format(text, get_slot(world, "nbs/cpi/2026-02")->start),
	    "2026-03-09T01:30:00Z");
	assert_string_equal(
	    instant_format(
		text, get_slot(world, "nbs/migrant-workers/2025")->start),
	    "2026-03-31T16:00:00Z");
}

static void
slots_are_sorted_by_release(void **state)
{
	struct world *world = *state;
	size_t i;

	read_one(world, "{\"id\": \"a\", \"frequency\": \"quarterly\", "
			"\"timing\": {\"after\": \"b\", \"days\": 1}}, "
			"{\"id\": \"a-b\", \"frequency\": \"quarterly\", "
			"\"timing\": {\"day\": 3}, \"dates\": {\"2021-Q1\": "
			"\"2026-01-01\"}},"
			"{\"id\": \"b\", \"frequency\": \"quarterly\", "
			"\"timing\": {\"day\": 3}}");
	expand(world, NULL);
	expect_no_diags(world);
	assert_int_equal(world->slots.n, 13);
	for (i = 1; i < world->slots.n; i++)
		assert_true(strcmp(world->slots.v[i - 1].release,
				world->slots.v[i].release) < 0);
}

/* Status and note */

static void
an_occurrence_has_the_last_word_on_status_and_note(void **state)
{
	struct world *world = *state;

	read_one(world,
	    "{\"id\": \"a\", \"frequency\": \"monthly\", "
	    "\"timing\": {\"day\": 9}, \"note\": \"series\", \"dates\": {"
	    "\"2026-01\": {\"status\": \"tentative\", \"note\": \"own\"}}}");
	expand(world, NULL);
	expect_no_diags(world);
	assert_int_equal(
	    get_slot(world, "d/a/2026-01")->status, STATUS_TENTATIVE);
	assert_string_equal(get_slot(world, "d/a/2026-01")->note.zh, "own");
	assert_int_equal(
	    get_slot(world, "d/a/2026-02")->status, STATUS_CONFIRMED);
	assert_string_equal(get_slot(world, "d/a/2026-02")->note.zh, "series");
	assert_int_equal(get_slot(world, "d/a/2026-01")->why.source, WHY_RULE);
}

/* Acts */

static struct acts
one_acts(struct act *v, size_t n)
{
	return (struct acts){ .v = v, .n = n, .cap = n };
}

static struct moment
on_day(int year, int month, int mday)
{
	struct day day = day_of(year, month, mday);

	return (struct moment){ PRECISION_DATE, { day, NO_TIME }, day };
}

#define TWO_SERIES                                                          \
	"{\"id\": \"a\", \"frequency\": \"monthly\", \"time\": \"09:30\", " \
	"\"timing\": {\"day\": 9}}, "                                       \
	"{\"id\": \"b\", \"frequency\": \"monthly\", \"time\": \"10:00\", " \
	"\"timing\": {\"after\": \"a\", \"workdays\": 1}}, "                \
	"{\"id\": \"c\", \"frequency\": \"monthly\", "                      \
	"\"timing\": {\"same_as\": \"a\", \"of\": \"rule\"}}"

static void
an_act_moves_a_release_and_what_follows_its_real_date(void **state)
{
	static const char *const releases[] = { "d/a/2026-02" };
	struct act move = { .kind = ACT_MOVE,
		.releases = releases,
		.n_releases = 1,
		.to = on_day(2026, 3, 12) };
	struct acts acts = one_acts(&move, 1);
	struct world *world = *state;
	const struct slot *slot;

	read_one(world, TWO_SERIES);
	expand(world, &acts);
	expect_no_diags(world);
	assert_when(world, "d/a/2026-02", "2026-03-12T09:30");
	slot = get_slot(world, "d/a/2026-02");
	assert_int_equal(slot->why.source, WHY_ACT);
	assert_ptr_equal(slot->why.act, &move);
	assert_int_equal(slot->why.nominal.n, day_of(2026, 3, 9).n);
	assert_when(world, "d/b/2026-02", "2026-03-13T10:00");
	slot = get_slot(world, "d/b/2026-02");
	assert_int_equal(slot->why.source, WHY_RULE);
	assert_ptr_equal(slot->why.act, &move);
	assert_when(world, "d/c/2026-02", "2026-03-09");
	assert_null(get_slot(world, "d/c/2026-02")->why.act);
	assert_when(world, "d/a/2026-03", "2026-04-09T09:30");
}

/* Both keys are of releases that end with February. */
static struct act
moved(const char *const *releases, int mday)
{
	static const struct text reason = { "secret reason", NULL };

	return (struct act){ .kind = ACT_MOVE,
		.releases = releases,
		.n_releases = 1,
		.reason = reason,
		.to = on_day(2026, 3, mday) };
}

static void
what_follows_a_closed_series_has_its_date_and_nothing_else(void **state)
{
	static const char *const closed[] = { "\"class\": \"secret\"",
		"\"class\": \"internal\"",
		("\"class\": \"public\", \"scheme\": "
		 "{\"publication\": \"internal\"}") };
	static const char *const releases[] = { "d/a/2026-02" };
	struct act move = moved(releases, 12);
	struct acts acts = one_acts(&move, 1);
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(closed); i++) {
		const char *follower;

		world->slots.n = 0;
		read_one(
		    world, arena_printf(world->arena,
			       "{\"id\": \"a\", \"frequency\": \"monthly\", "
			       "\"timing\": {\"day\": 9}, %s}, "
			       "{\"id\": \"b\", \"frequency\": \"monthly\", "
			       "\"timing\": {\"same_as\": \"a\"}}, "
			       "{\"id\": \"c\", \"frequency\": \"monthly\", "
			       "\"timing\": {\"same_as\": \"b\"}}",
			       closed[i]));
		expand(world, &acts);
		for (follower = "bc"; *follower != '\0'; follower++) {
			const char *key = arena_printf(
			    world->arena, "d/%c/2026-02", *follower);
			const struct slot *slot = get_slot(world, key);

			assert_when(world, key, "2026-03-12");
			assert_null(slot->why.act);
			assert_null(slot->why.move);
			if (*follower == 'b')
				assert_null(slot->why.base);
			else
				assert_string_equal(
				    slot->why.base, "d/b/2026-02");
		}
	}
}

static void
what_follows_a_cancelled_release_keeps_date_and_reason(void **state)
{
	static const char *const releases[] = { "d/a/2026-02" };
	struct act v[] = { moved(releases, 12),
		{ .kind = ACT_CANCEL, .releases = releases, .n_releases = 1 } };
	struct acts acts = one_acts(v, COUNT(v));
	struct world *world = *state;

	read_one(world, TWO_SERIES);
	expand(world, &acts);
	expect_no_diags(world);
	assert_true(get_slot(world, "d/a/2026-02")->cancelled);
	assert_when(world, "d/b/2026-02", "2026-03-13T10:00");
	assert_false(get_slot(world, "d/b/2026-02")->cancelled);
	assert_ptr_equal(get_slot(world, "d/b/2026-02")->why.act, &v[0]);
}

static void
a_draft_that_waits_for_review_is_held(void **state)
{
	struct world *world = *state;

	read_one(world, "{\"id\": \"a\", \"frequency\": \"annual\", "
			"\"timing\": {\"day\": 9}, \"review\": \"11 of 12\"}, "
			"{\"id\": \"b\", \"frequency\": \"annual\", "
			"\"timing\": {\"day\": 9}}");
	expand(world, NULL);
	assert_true(get_slot(world, "d/a/2025")->held);
	assert_false(get_slot(world, "d/b/2025")->held);
	assert_int_equal(world->diags.errors, 0);
}

static void
the_last_move_says_when_and_the_last_act_whether(void **state)
{
	static const char *const releases[] = { "e/a/2026-02", "d/a/2026-02",
		"d/a/2026-04" };
	static const char *const again[] = { "d/a/2026-04" };
	struct act v[] = {
		{ .kind = ACT_MOVE,
		    .releases = releases,
		    .n_releases = 3,
		    .to = on_day(2026, 3, 12) },
		{ .kind = ACT_MOVE,
		    .releases = releases,
		    .n_releases = 3,
		    .to = { PRECISION_INSTANT, { day_of(2026, 3, 13), 15 * 60 },
			day_of(2026, 3, 13) } },
		{ .kind = ACT_CANCEL, .releases = releases, .n_releases = 3 },
		{ .kind = ACT_REINSTATE, .releases = again, .n_releases = 1 },
		{ .kind = ACT_MOVE,
		    .releases = again,
		    .n_releases = 1,
		    .to = on_day(2026, 5, 20) },
	};
	struct acts acts = one_acts(v, COUNT(v));
	struct world *world = *state;

	read_one(world, TWO_SERIES);
	expand(world, &acts);
	expect_no_diags(world);
	assert_when(world, "d/a/2026-02", "2026-03-13T15:00");
	assert_true(get_slot(world, "d/a/2026-02")->cancelled);
	assert_ptr_equal(get_slot(world, "d/a/2026-02")->why.act, &v[2]);
	assert_when(world, "d/a/2026-04", "2026-05-20T15:00");
	assert_false(get_slot(world, "d/a/2026-04")->cancelled);
	assert_false(get_slot(world, "d/b/2026-02")->cancelled);
}

static void
a_release_moved_to_a_month_becomes_tentative(void **state)
{
	static const char *const releases[] = { "d/a/2026-02" };
	struct act move = { .kind = ACT_MOVE,
		.releases = releases,
		.n_releases = 1,
		.to = { PRECISION_MONTH, { day_of(2026, 5, 1), NO_TIME },
		    day_of(2026, 5, 31) } };
	struct acts acts = one_acts(&move, 1);
	struct world *world = *state;

	read_one(world, TWO_SERIES);
	expand(world, &acts);
	assert_when(world, "d/a/2026-02", "2026-05");
	assert_int_equal(
	    get_slot(world, "d/a/2026-02")->status, STATUS_TENTATIVE);
	/* A day after a month is no day: it wants a date or an act. */
	assert_int_equal(world->diags.n, 1);
	assert_int_equal(count_diags(world, "schedule.base_vague"), 1);
}

static void
an_act_of_its_own_saves_a_release_whose_base_has_no_day(void **state)
{
	static const char *const a[] = { "d/a/2026-02" };
	static const char *const b[] = { "d/b/2026-02" };
	struct act v[] = {
		{ .kind = ACT_MOVE,
		    .releases = a,
		    .n_releases = 1,
		    .to = { PRECISION_MONTH, { day_of(2026, 5, 1), NO_TIME },
			day_of(2026, 5, 31) } },
		{ .kind = ACT_MOVE,
		    .releases = b,
		    .n_releases = 1,
		    .to = on_day(2026, 6, 1) },
	};
	struct acts acts = one_acts(v, COUNT(v));
	struct world *world = *state;

	read_one(world, TWO_SERIES);
	expand(world, &acts);
	expect_no_diags(world);
	assert_when(world, "d/b/2026-02", "2026-06-01T10:00");
}

/* Mistakes */

static void
no_diagnostic_names_a_closed_series(void **state)
{
	struct world *world = *state;
	size_t i;

	read_one(world,
	    "{\"id\": \"canary\", \"title\": \"canary\", "
	    "\"class\": \"secret\", \"frequency\": \"monthly\", "
	    "\"timing\": {\"workday\": 17}, \"skip\": {\"2031-01\": \"-\"}}, "
	    "{\"id\": \"canary-follows\", \"class\": \"internal\", "
	    "\"frequency\": \"monthly\", "
	    "\"timing\": {\"same_as\": \"canary\"}}, "
	    "{\"id\": \"canary-empty\", \"class\": \"internal\", "
	    "\"frequency\": \"annual\", "
	    "\"timing\": {\"day\": 1, \"months\": [5]}}");
	memset(&world->diags, 0, sizeof(world->diags));
	expand(world, NULL);
	assert_true(world->diags.n >= 4);
	for (i = 0; i < world->diags.n; i++) {
		const struct diag *diag = &world->diags.v[i];

		assert_null(
		    strstr(diag_text(world->arena, LANG_ZH, diag), "canary"));
		assert_null(
		    strstr(diag_text(world->arena, LANG_EN, diag), "canary"));
		assert_string_equal(diag->department, "d");
		assert_true(diag->place.line > 0);
	}
	/* They have slots all the same: the policy keeps them out. */
	assert_non_null(find_slot(world, "d/canary/2026-02"));
}

static void
a_diagnostic_stands_where_the_rule_is(void **state)
{
	struct world *world = *state;
	const struct diag *diag;

	read_series_of(world, 2026, "cn", "Asia/Shanghai",
	    "[\n"
	    "{\"id\": \"a\", \"title\": \"t\", \"class\": \"public\",\n"
	    "\"frequency\": \"monthly\",\n"
	    "  \"timing\": {\"weekday\": \"sun\", \"nth\": 5,"
	    " \"months\": [2, 3]}}\n]");
	expand(world, NULL);
	show_diags(world);
	assert_int_equal(world->diags.n, 1);
	diag = &world->diags.v[0];
	assert_string_equal(diag->message.id, "schedule.no_weekday");
	assert_string_equal(diag->message.args[0], "2026-01");
	assert_string_equal(diag->message.args[1], "2026-02");
	assert_int_equal(diag->place.line, 4);
	assert_int_equal(diag->place.col, 13);
}

/* The reader refuses such plans, but nothing may hang on that. */
static struct series
following(struct arena *arena, const char *id, const char *base)
{
	struct timing *timing = arena_alloc(arena, sizeof(*timing));
	struct rule *rule = arena_alloc(arena, sizeof(*rule));

	*timing = (struct timing){ .kind = TIMING_AFTER_SERIES,
		.series = base,
		.pointer = "/series/0/timing" };
	*rule = (struct rule){ .lag = 1,
		.timings = timing,
		.n_timings = 1,
		.minute = NO_TIME,
		.precision = PRECISION_DATE,
		.pointer = "/series/0" };
	return (struct series){ .id = id,
		.frequency = FREQUENCY_QUARTERLY,
		.rules = rule,
		.n_rules = 1,
		.pointer = "/series/0" };
}

static void
expand_made_plan(struct world *world, struct series *series, size_t n)
{
	struct plan *plan;

	read_one(
	    world, "{\"frequency\": \"annual\", \"timing\": {\"day\": 1}}");
	plan = arena_copy(world->arena, world->plan, sizeof(*plan));
	plan->series = series;
	plan->n_series = n;
	world->plan = plan;
	expand(world, NULL);
}

static void
a_circle_ends_and_is_a_diagnostic(void **state)
{
	struct world *world = *state;
	struct series v[] = { following(world->arena, "a", "b"),
		following(world->arena, "b", "c"),
		following(world->arena, "c", "a"),
		following(world->arena, "d", "d"),
		following(world->arena, "e", "nobody") };

	expand_made_plan(world, v, COUNT(v));
	assert_int_equal(world->slots.n, 0);
	assert_int_equal(count_diags(world, "schedule.no_base"), 5 * 4);
}

static void
a_chain_as_long_as_a_plan_is_followed_to_its_end(void **state)
{
	enum { LENGTH = 30000 };
	static const int days[] = { 5 };
	struct world *world = *state;
	struct series *v = arena_alloc(world->arena, LENGTH * sizeof(*v));
	struct timing *timing;
	size_t i;

	for (i = 0; i < LENGTH; i++)
		v[i] = following(world->arena,
		    arena_printf(world->arena, "s%06zu", i),
		    arena_printf(world->arena, "s%06zu", i + 1));
	timing = arena_alloc(world->arena, sizeof(*timing));
	*timing =
	    (struct timing){ .kind = TIMING_DAY, .days = days, .n_days = 1 };
	((struct rule *)(uintptr_t)v[LENGTH - 1].rules)->timings = timing;
	expand_made_plan(world, v, LENGTH);
	expect_no_diags(world);
	assert_int_equal(world->slots.n, LENGTH * 4);
	assert_string_equal(world->slots.v[0].release, "d/s000000/2025-Q4");
	assert_int_equal(
	    world->slots.v[0].when.start.day.n, day_of(2026, 1, 5).n);
}

static void
a_release_of_two_plans_is_a_diagnostic_of_its_department(void **state)
{
	struct world *world = *state;
	struct slots all = { 0 };

	read_series_of(world, 2025, "cn", "Asia/Shanghai",
	    "[{\"id\": \"a\", \"title\": \"t\", \"class\": \"public\", "
	    "\"frequency\": \"monthly\", \"timing\": {\"day\": 9}, "
	    "\"dates\": {\"2025-12\": \"2025-12-31\"}}]");
	schedule_expand(
	    world->arena, NULL, world->plan, NULL, &world->diags, &all);
	read_series_of(world, 2026, "cn", "Asia/Shanghai",
	    "[{\"id\": \"a\", \"title\": \"t\", \"class\": \"public\", "
	    "\"frequency\": \"monthly\", \"timing\": {\"day\": 9}}]");
	schedule_expand(
	    world->arena, NULL, world->plan, NULL, &world->diags, &all);
	expect_no_diags(world);
	assert_int_equal(all.n, 25);
	slots_sort(&all);
	slots_check(world->arena, &all, &world->diags);
	assert_int_equal(world->diags.n, 1);
	assert_int_equal(count_diags(world, "schedule.twice"), 1);
	assert_string_equal(world->diags.v[0].department, "d");
	assert_null(world->diags.department);
}

static void
the_example_department_has_its_open_and_closed_series(void **state)
{
	struct world *world = *state;

	read_plan(world, "config/demo/plans/cq-demo-2026.json");
	expand(world, NULL);
	expect_no_diags(world);
	assert_when(world, "cq-demo/freight/2026-03", "2026-04-20T10:00");
	assert_when(world, "cq-demo/passengers/2026-03", "2026-04-20T10:00");
	assert_when(world, "cq-demo/yearbook/2025", "2026-05..06");
	assert_int_equal(
	    get_slot(world, "cq-demo/canary-secret-kestrel/2026-03")
		->series->secrecy,
	    SECRECY_SECRET);
	assert_int_equal(
	    get_slot(world, "cq-demo/canary-internal-plover/2026-Q1")
		->series->secrecy,
	    SECRECY_INTERNAL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_case_of_the_table_is_answered),
		TEST(nbs_2026_is_exact_and_129_dates_come_from_rules),
		TEST(
		    customs_2015_2017_and_2020_are_exact_and_127_dates_come_from_rules),
		TEST(
		    bls_2023_and_2024_are_exact_and_employment_is_all_from_one_rule),
		TEST(hong_kong_in_four_cut_lists_is_exact),
		TEST(nbs_2026_has_the_right_reference_periods),
		TEST(nbs_2026_has_its_ten_months_and_windows_all_tentative),
		TEST(nbs_2026_has_34_ten_day_reports),
		TEST(the_why_of_a_stated_date_tells_what_the_rule_said),
		TEST(the_why_of_a_rolled_date_has_both_days),
		TEST(
		    what_follows_a_stated_date_is_from_a_rule_and_names_its_base),
		TEST(a_date_stated_for_what_has_no_base_has_no_nominal_day),
		TEST(the_start_is_the_instant_in_the_plans_zone),
		TEST(slots_are_sorted_by_release),
		TEST(an_occurrence_has_the_last_word_on_status_and_note),
		TEST(an_act_moves_a_release_and_what_follows_its_real_date),
		TEST(
		    what_follows_a_closed_series_has_its_date_and_nothing_else),
		TEST(what_follows_a_cancelled_release_keeps_date_and_reason),
		TEST(a_draft_that_waits_for_review_is_held),
		TEST(the_last_move_says_when_and_the_last_act_whether),
		TEST(a_release_moved_to_a_month_becomes_tentative),
		TEST(an_act_of_its_own_saves_a_release_whose_base_has_no_day),
		TEST(no_diagnostic_names_a_closed_series),
		TEST(a_diagnostic_stands_where_the_rule_is),
		TEST(a_circle_ends_and_is_a_diagnostic),
		TEST(a_chain_as_long_as_a_plan_is_followed_to_its_end),
		TEST(a_release_of_two_plans_is_a_diagnostic_of_its_department),
		TEST(the_example_department_has_its_open_and_closed_series),
	};

	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
