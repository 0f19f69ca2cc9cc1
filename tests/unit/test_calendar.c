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
#include <yugao/buf.h>

#include "calendar_world.h"

static struct calendars *
calendars_known(struct fixture *fixture, const char *known_on)
{
	struct opened opened = { known_on, NULL };
	struct day day;
	size_t i;

	for (i = 0; i < fixture->opened.n; i++)
		if (strcmp(fixture->opened.v[i].known_on, known_on) == 0)
			return fixture->opened.v[i].calendars;
	if (strcmp(known_on, "now") != 0)
		assert_true(day_parse(known_on, &day));
	opened.calendars = calendars_open(fixture->arena, fixture->directory,
	    strcmp(known_on, "now") == 0 ? NULL : &day);
	ARRAY_PUSH(fixture->arena, &fixture->opened, opened);
	return opened.calendars;
}

static const struct calendar *
calendar_known(struct fixture *fixture, const char *name, const char *known_on)
{
	const struct calendar *calendar;
	struct diags diags = { 0 };

	assert_null(calendars_get(
	    calendars_known(fixture, known_on), name, &diags, &calendar));
	assert_int_equal(diags.n, 0);
	assert_non_null(calendar);
	return calendar;
}

static const struct calendar *
cn(void **state)
{
	return calendar_known(*state, "cn", "now");
}

/* Tables: three lines a case, empty ones and comments left out. */

struct table_case {
	const char *line[3];
	int number;
};

typedef const char *
answer_function(struct fixture *fixture, const struct table_case *asked);

static void
run_table(void **state, const char *path, answer_function *answer)
{
	struct fixture *fixture = *state;
	struct table_case asked = { { NULL }, 0 };
	struct bytes bytes;
	char *line, *next;
	int n = 0, number = 0, cases = 0, failed = 0;

	assert_null(file_read(fixture->arena, path, 1 << 20, &bytes));
	next = arena_strdup(fixture->arena, bytes.data);
	while ((line = next) != NULL && *line != '\0') {
		const char *got;

		number++;
		if ((next = strchr(line, '\n')) != NULL)
			*next++ = '\0';
		if (*line == '\0' || *line == '#')
			continue;
		if (n == 0)
			asked.number = number;
		asked.line[n++] = line;
		if (n < 3)
			continue;
		n = 0;
		cases++;
		got = answer(fixture, &asked);
		if (strcmp(got, asked.line[2]) == 0)
			continue;
		failed++;
		print_error("%s:%d: %s | %s: expected %s, got %s\n", path,
		    asked.number, asked.line[0], asked.line[1], asked.line[2],
		    got);
	}
	assert_int_equal(n, 0);
	assert_int_equal(failed, 0);
	assert_true(cases > 10);
}

static const char *const kinds[] = { "work", "weekend", "off", "makeup" };
static const char *const states[] = { "published", "provisional", "projected",
	"unknown" };

static struct day
day_from(const char *string)
{
	struct day day;

	assert_true(day_parse(string, &day));
	return day;
}

static const char *
day_text(struct arena *arena, struct day day)
{
	char out[DAY_SIZE];

	return arena_strdup(arena, day_format(out, day));
}

static const char *
answer_nth(struct arena *arena, const struct calendar *calendar,
    const char *month, int n)
{
	struct day day;

	if (!calendar_nth_workday(
		calendar, atoi(month), atoi(month + 5), n, &day))
		return "none";
	return day_text(arena, day);
}

static const char *
answer_workdays(struct fixture *fixture, const struct table_case *asked)
{
	char name[32], known_on[32], verb[32], a[32], b[32] = "";
	const struct calendar *calendar;
	struct arena *arena = fixture->arena;
	struct day_info info;

	assert_int_equal(
	    sscanf(asked->line[0], "%31s %31s", name, known_on), 2);
	assert_true(sscanf(asked->line[1], "%31s %31s %31s", verb, a, b) >= 2);
	calendar = calendar_known(fixture, name, arena_strdup(arena, known_on));
	if (strcmp(verb, "year") == 0)
		return arena_printf(arena, "%d",
		    calendar_workdays(calendar, day_of(atoi(a) - 1, 12, 31),
			day_of(atoi(a), 12, 31)));
	if (strcmp(verb, "nth") == 0)
		return answer_nth(arena, calendar, a, atoi(b));
	if (strcmp(verb, "step") == 0)
		return day_text(
		    arena, calendar_step(calendar, day_from(a), atoi(b)));
	if (strcmp(verb, "count") == 0)
		return arena_printf(arena, "%d",
		    calendar_workdays(calendar, day_from(a), day_from(b)));
	if (strcmp(verb, "certain") == 0)
		return states[calendar_certainty(
		    calendar, day_from(a), day_from(b))];
	assert_string_equal(verb, "day");
	info = calendar_day(calendar, day_from(a));
	return arena_printf(
	    arena, "%s %s", kinds[info.kind], states[info.state]);
}

static const char *const rolls[] = { "none", "following", "modified-following",
	"preceding", "modified-preceding", "nearest", "following-notice" };

static const char *
answer_roll(struct fixture *fixture, const struct table_case *asked)
{
	const struct calendar *calendar = calendar_known(fixture, "cn", "now");
	struct day day =
	    day_from(arena_strndup(fixture->arena, asked->line[0], 10));
	char *words = arena_strdup(fixture->arena, asked->line[1]);
	char *rest = NULL, *word;
	struct buf buf;

	buf_init(&buf, fixture->arena);
	for (word = strtok_r(words, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		enum roll roll = 0;
		char out[DAY_SIZE];

		while (strcmp(rolls[roll], word) != 0)
			assert_true((size_t)++roll < COUNT(rolls));
		buf_printf(&buf, "%s%s", buf.len > 0 ? " " : "",
		    day_format(out, calendar_roll(calendar, roll, day)));
	}
	return buf.data;
}

static const char *
answer_zone(struct fixture *fixture, const struct table_case *asked)
{
	static const char *const names[] = { "exact", "gap", "overlap" };
	struct arena *arena = fixture->arena;
	struct instant instant;
	struct local local;
	struct zone *zone;
	enum local_kind kind;
	char out[INSTANT_SIZE];

	assert_null(zone_open(arena, asked->line[0], &zone));
	local.day = day_from(arena_strndup(arena, asked->line[1], 10));
	assert_true(minute_parse(asked->line[1] + 11, &local.minute));
	instant = zone_instant(zone, local, &kind);
	return arena_printf(
	    arena, "%s %s", names[kind], instant_format(out, instant));
}

static void
working_days_are_those_of_the_table(void **state)
{
	run_table(state, "tests/tables/workdays.txt", answer_workdays);
}

static void
rolls_are_those_of_the_table(void **state)
{
	run_table(state, "tests/tables/roll.txt", answer_roll);
}

static void
instants_are_those_of_the_table(void **state)
{
	run_table(state, "tests/tables/zones.txt", answer_zone);
}

static void
a_day_off_has_its_name_and_notice(void **state)
{
	struct day_info info = calendar_day(cn(state), day_of(2026, 2, 16));

	assert_string_equal(info.name.zh, "春节");
	assert_string_equal(info.name.en, "Spring Festival");
	assert_string_equal(info.notice, "国办发明电〔2025〕7号");
	info = calendar_day(cn(state), day_of(2026, 2, 28));
	assert_string_equal(info.name.zh, "春节调休上班");
	info = calendar_day(cn(state), day_of(2026, 3, 2));
	assert_null(info.name.zh);
	assert_null(info.notice);
}

static void
an_amendment_has_its_own_notice(void **state)
{
	assert_string_equal(calendar_day(cn(state), day_of(2020, 1, 24)).notice,
	    "国办发明电〔2020〕1号");
	assert_string_equal(
	    calendar_day(
		calendar_known(*state, "cn", "2020-01-26"), day_of(2020, 1, 24))
		.notice,
	    "国办发明电〔2019〕16号");
}

static void
two_holidays_on_one_day_have_both_names(void **state)
{
	struct day_info info = calendar_day(
	    calendar_known(*state, "cn", "2019-11-20"), day_of(2020, 10, 1));

	assert_string_equal(info.name.zh, "国庆节、中秋节");
	assert_null(info.notice);
}

static void
the_range_of_what_is_known_is_told(void **state)
{
	const struct calendar *calendar = cn(state);

	assert_string_equal(calendar_name(calendar), "cn");
	assert_int_equal(calendar_first(calendar).n, day_of(2015, 1, 1).n);
	assert_int_equal(
	    calendar_last_published(calendar).n, day_of(2026, 12, 31).n);
	assert_int_equal(
	    calendar_last_projected(calendar).n, day_of(2035, 12, 31).n);
	calendar = calendar_known(*state, "cn", "2014-12-15");
	assert_true(
	    calendar_last_published(calendar).n < calendar_first(calendar).n);
	calendar = calendar_known(*state, "cn", "2000-01-01");
	assert_int_equal(calendar_certainty(
			     calendar, day_of(2015, 1, 1), day_of(2015, 1, 1)),
	    DAY_UNKNOWN);
}

/* Counting by prefix sums and search agrees with walking day by day. */
static void
steps_and_counts_agree_with_walking(void **state)
{
	const struct calendar *calendar = cn(state);
	int from, n;

	for (from = day_of(2014, 11, 1).n; from < day_of(2036, 3, 1).n;
	     from += 13) {
		struct day walk = { from };
		int count = 0;

		for (n = 1; n <= 40; n++) {
			walk.n++;
			count += calendar_is_workday(calendar, walk);
			assert_int_equal(calendar_workdays(calendar,
					     (struct day){ from }, walk),
			    count);
			if (!calendar_is_workday(calendar, walk))
				continue;
			assert_int_equal(
			    calendar_step(calendar, (struct day){ from }, count)
				.n,
			    walk.n);
			if (calendar_is_workday(calendar, (struct day){ from }))
				assert_int_equal(
				    calendar_step(calendar, walk, -count).n,
				    from);
		}
	}
}

static void
absurd_steps_end_at_the_last_day_there_is(void **state)
{
	struct day day = { INT32_MAX - 3 };

	assert_int_equal(calendar_step(cn(state), day, INT32_MAX).n, INT32_MAX);
	day.n = -day.n;
	assert_int_equal(
	    calendar_step(cn(state), day, -INT32_MAX).n, INT32_MIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_days_are_those_of_the_table),
		cmocka_unit_test(rolls_are_those_of_the_table),
		cmocka_unit_test(a_day_off_has_its_name_and_notice),
		cmocka_unit_test(an_amendment_has_its_own_notice),
		cmocka_unit_test(two_holidays_on_one_day_have_both_names),
		cmocka_unit_test(the_range_of_what_is_known_is_told),
		cmocka_unit_test(steps_and_counts_agree_with_walking),
		cmocka_unit_test(absurd_steps_end_at_the_last_day_there_is),
		cmocka_unit_test(instants_are_those_of_the_table),
	};

	return cmocka_run_group_tests(tests, fixture_make, fixture_end);
}
