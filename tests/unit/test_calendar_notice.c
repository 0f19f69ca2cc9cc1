#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/notice.h>

#include "world.h"

static struct notice
read_ics(struct arena *arena, const char *path)
{
	struct diags diags = { 0 };
	struct notice notice;
	struct bytes bytes;

	assert_null(file_read(arena, path, 1 << 20, &bytes));
	assert_true(notice_from_ics(arena, path, bytes, &diags, &notice));
	return notice;
}

static const char *
written(struct arena *arena, const struct notice *notice)
{
	struct buf buf;

	buf_init(&buf, arena);
	notice_write(&buf, "cn", notice);
	return buf.data;
}

static struct calendars *
folder(struct arena *arena)
{
	return calendars_open(arena, "calendars", NULL);
}

static const struct calendar *
calendar_of(struct calendars *calendars, const char *name)
{
	const struct calendar *calendar = NULL;
	struct diags diags = { 0 };

	assert_null(calendars_get(calendars, name, &diags, &calendar));
	assert_int_equal(diags.errors, 0);
	assert_non_null(calendar);
	return calendar;
}

/* A notice of one holiday, Friday to Sunday. */
static struct notice
small(struct arena *arena)
{
	struct notice notice = { .file = "small.json",
		.number = "示例〔2026〕1号",
		.title = "示例",
		.published = day_of(2026, 12, 1),
		.signed_on = DAY_ALWAYS,
		.year = 2027 };
	struct stretch stretch = { .first = day_of(2027, 1, 1),
		.last = day_of(2027, 1, 3),
		.name = { "元旦", "New Year's Day" },
		.published = DAY_ALWAYS,
		.lapsed = DAY_NEVER,
		.place = { "small.json", 3, 1, NULL } };

	ARRAY_PUSH(arena, &notice.days, stretch);
	return notice;
}

static void
add(struct arena *arena, struct notice *notice, struct day first,
    struct day last, bool work)
{
	struct stretch stretch = { .first = first,
		.last = last,
		.work = work,
		.name = { "示例", NULL },
		.published = DAY_ALWAYS,
		.lapsed = DAY_NEVER,
		.place = { "small.json", 7, 1, NULL } };

	ARRAY_PUSH(arena, &notice->days, stretch);
}

/* The ids of what is wrong, in order. */
static const char *
complaints(struct arena *arena, const struct notice *notice,
    const struct calendar *calendar)
{
	struct diags diags = { 0 };
	struct buf buf;
	size_t i;

	notice_check(arena, notice, calendar, &diags);
	buf_init(&buf, arena);
	for (i = 0; i < diags.n; i++)
		buf_printf(&buf, "%s%s%s", i > 0 ? " " : "",
		    diags.v[i].level == DIAG_ERROR ? "" : "?",
		    diags.v[i].message.id + strlen("calendar.notice_"));
	return buf.data;
}

static void
every_file_of_the_folder_is_written_as_it_was_read(void **state)
{
	int year;

	for (year = 2015; year <= 2026; year++) {
		char *path = arena_printf(*state, "calendars/cn-%d.ics", year);
		struct notice notice = read_ics(*state, path);
		struct bytes bytes;

		assert_null(file_read(*state, path, 1 << 20, &bytes));
		assert_string_equal(written(*state, &notice), bytes.data);
	}
}

static void
a_long_line_is_folded_between_characters_at_75_octets(void **state)
{
	struct notice notice = small(*state);
	const char *line;
	struct buf title;
	size_t i;

	for (i = 0; i < 40; i++) {
		buf_init(&title, *state);
		buf_printf(&title, "%.*s", (int)i,
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
		buf_puts(&title,
		    "节假日安排的通知节假日安排的通知节假日安排的通知"
		    "节假日安排的通知𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷");
		notice.title = title.data;
		for (line = written(*state, &notice); *line != '\0';) {
			size_t len = strcspn(line, "\r");

			assert_in_range(len, 1, 75);
			assert_int_equal(utf8_check(line, len), len);
			line += len + 2;
		}
	}
}

static void
text_is_escaped_and_comes_back(void **state)
{
	struct notice notice = small(*state), again;
	struct diags diags = { 0 };
	struct bytes bytes;

	notice.days.v[0].name.zh = "甲,乙;丙\\丁";
	bytes.data = written(*state, &notice);
	bytes.len = strlen(bytes.data);
	assert_non_null(strstr(bytes.data, "SUMMARY:甲\\,乙\\;丙\\\\丁\r\n"));
	assert_true(
	    notice_from_ics(*state, "again.ics", bytes, &diags, &again));
	assert_string_equal(again.days.v[0].name.zh, "甲,乙;丙\\丁");
	assert_string_equal(written(*state, &again), bytes.data);
}

static void
what_the_council_published_is_taken(void **state)
{
	const struct calendar *cn = calendar_of(folder(*state), "cn");
	int year;

	for (year = 2016; year <= 2026; year++) {
		struct notice notice = read_ics(
		    *state, arena_printf(*state, "calendars/cn-%d.ics", year));
		/* The extension of 2020 gave two days that nothing paid for. */
		const char *expected = year == 2020 ? "?balance" : "";

		assert_string_equal(complaints(*state, &notice, cn), expected);
	}
}

static void
a_notice_says_its_number_its_day_and_its_year(void **state)
{
	struct notice notice = small(*state);

	assert_string_equal(complaints(*state, &notice, NULL), "");
	notice.number = NULL;
	assert_string_equal(complaints(*state, &notice, NULL), "no_number");
	notice = small(*state);
	notice.published = DAY_ALWAYS;
	assert_string_equal(complaints(*state, &notice, NULL), "no_published");
	notice = small(*state);
	notice.year = 0;
	assert_string_equal(complaints(*state, &notice, NULL), "no_year");
	notice = small(*state);
	notice.days.n = 0;
	assert_string_equal(complaints(*state, &notice, NULL), "empty");
}

static void
days_of_another_year_are_refused(void **state)
{
	struct notice notice = small(*state);

	notice.days.v[0].first = day_of(2026, 12, 28);
	assert_string_equal(complaints(*state, &notice, NULL), "");
	notice.days.v[0].first = day_of(2026, 12, 27);
	assert_string_equal(complaints(*state, &notice, NULL), "year");
	notice = small(*state);
	notice.days.v[0].last = day_of(2028, 1, 1);
	assert_string_equal(complaints(*state, &notice, NULL), "year");
}

static void
a_make_up_day_stands_on_a_weekend_and_in_no_holiday(void **state)
{
	struct notice notice = small(*state);
	struct day friday = day_of(2027, 1, 8), saturday = day_of(2027, 1, 9);

	add(*state, &notice, saturday, saturday, true);
	assert_string_equal(complaints(*state, &notice, NULL), "");
	notice.days.v[1].first = notice.days.v[1].last = friday;
	assert_string_equal(complaints(*state, &notice, NULL), "makeup");
	notice.days.v[1].first = notice.days.v[1].last = day_of(2027, 1, 2);
	assert_string_equal(complaints(*state, &notice, NULL), "overlap");
}

static void
holidays_do_not_overlap_and_stand_in_order(void **state)
{
	struct notice notice = small(*state);

	add(*state, &notice, day_of(2027, 1, 3), day_of(2027, 1, 4), false);
	assert_string_equal(complaints(*state, &notice, NULL), "overlap");
	notice.days.v[1].first = notice.days.v[1].last = day_of(2026, 12, 31);
	assert_string_equal(complaints(*state, &notice, NULL), "?order");
}

static void
every_statutory_day_that_is_missing_is_told(void **state)
{
	const struct calendar *cn = calendar_of(folder(*state), "cn");
	struct notice notice = small(*state);
	struct diags diags = { 0 };

	notice_check(*state, &notice, cn, &diags);
	/* Four of Spring Festival, two of May, three of October, and three. */
	assert_int_equal(diags.errors, 12);
	assert_string_equal(diags.v[0].message.id, "calendar.notice_statutory");
	assert_string_equal(diags.v[0].message.args[0], "2027-02-05");
}

static void
days_off_that_nothing_pays_for_are_a_warning(void **state)
{
	const struct calendar *cn = calendar_of(folder(*state), "cn");
	struct notice notice = read_ics(*state, "calendars/cn-2026.ics");

	notice.days.v[0].last.n--; /* 3 January is a Saturday … */
	assert_string_equal(complaints(*state, &notice, cn), "");
	notice.days.v[0].last.n--; /* … and 2 January a Friday. */
	assert_string_equal(complaints(*state, &notice, cn), "?balance");
}

static void
an_amendment_ends_what_it_changes_and_dates_what_it_adds(void **state)
{
	struct notice before = small(*state), after = small(*state);

	after.days.v[0].last = day_of(2027, 1, 4);
	after.amended.number = "示例〔2027〕1号";
	after.amended.title = "示例：调整";
	after.amended.published = day_of(2027, 1, 2);
	notice_amend(*state, &before, &after);
	assert_int_equal(after.days.n, 2);
	assert_int_equal(after.days.v[0].last.n, day_of(2027, 1, 3).n);
	assert_int_equal(after.days.v[0].lapsed.n, day_of(2027, 1, 2).n);
	assert_int_equal(after.days.v[1].published.n, day_of(2027, 1, 2).n);
	assert_string_equal(after.days.v[1].number, "示例〔2027〕1号");
	assert_int_equal(after.days.v[1].lapsed.n, DAY_NEVER.n);
}

static void
the_same_amendment_again_changes_nothing(void **state)
{
	struct notice before = read_ics(*state, "calendars/cn-2020.ics");
	struct notice after = before;

	after.days.v = NULL;
	after.days.n = after.days.cap = 0;
	for (size_t i = 0; i < before.days.n; i++)
		if (before.days.v[i].lapsed.n == DAY_NEVER.n)
			ARRAY_PUSH(*state, &after.days, before.days.v[i]);
	after.amended.number = "国办发明电〔2020〕1号";
	after.amended.published = day_of(2020, 1, 27);
	notice_amend(*state, &before, &after);
	assert_string_equal(written(*state, &after), written(*state, &before));
}

static void
the_sources_of_a_year_are_those_that_were_known(void **state)
{
	const struct day before = day_of(2015, 5, 12);
	struct calendar_sources sources;

	calendar_sources(
	    *state, calendar_of(folder(*state), "cn"), 2015, &sources);
	assert_int_equal(sources.n, 2);
	assert_string_equal(sources.v[0].number, "国办发明电〔2014〕28号");
	assert_string_equal(sources.v[1].number, "国发明电〔2015〕1号");
	assert_int_equal(sources.v[1].published.n, day_of(2015, 5, 13).n);
	calendar_sources(*state,
	    calendar_of(calendars_open(*state, "calendars", &before), "cn"),
	    2015, &sources);
	assert_int_equal(sources.n, 1);
}

static void
december_rests_on_the_next_notice_too(void **state)
{
	struct calendar_sources sources;

	calendar_sources(
	    *state, calendar_of(folder(*state), "cn"), 2018, &sources);
	assert_int_equal(sources.n, 2);
	assert_string_equal(sources.v[1].number, "国办发明电〔2018〕15号");
}

static void
a_supposed_notice_takes_the_place_of_its_year(void **state)
{
	struct calendars *calendars = folder(*state);
	struct notice notice = small(*state);
	const struct calendar *cn;

	notice.year = 2026;
	notice.days.v[0].first = notice.days.v[0].last = day_of(2026, 1, 1);
	calendars_overlay(calendars, "cn", &notice);
	cn = calendar_of(calendars, "cn");
	assert_int_equal(calendar_day(cn, day_of(2026, 1, 1)).kind, DAY_OFF);
	assert_int_equal(calendar_day(cn, day_of(2026, 10, 1)).kind, DAY_WORK);
	assert_int_equal(calendar_day(cn, day_of(2025, 10, 1)).kind, DAY_OFF);
}

static void
a_supposed_notice_is_known_before_it_is_published(void **state)
{
	const struct day known_on = day_of(2026, 11, 23);
	struct calendars *calendars =
	    calendars_open(*state, "calendars", &known_on);
	struct notice notice = small(*state);
	const struct calendar *cn;

	calendars_overlay(calendars, "cn", &notice);
	cn = calendar_of(calendars, "cn");
	assert_int_equal(
	    calendar_day(cn, day_of(2027, 3, 1)).state, DAY_PUBLISHED);
	assert_int_equal(
	    calendar_day(cn, day_of(2026, 12, 31)).state, DAY_PUBLISHED);
}

static void
what_lapsed_in_a_supposed_notice_is_not_in_force(void **state)
{
	struct calendars *calendars = folder(*state);
	struct notice notice = read_ics(*state, "calendars/cn-2020.ics");

	calendars_overlay(calendars, "cn", &notice);
	assert_int_equal(
	    calendar_day(calendar_of(calendars, "cn"), day_of(2020, 2, 1)).kind,
	    DAY_OFF);
}

static void
supposed_single_days_leave_the_others(void **state)
{
	struct calendars *calendars = folder(*state);
	struct notice notice = small(*state);
	const struct calendar *cn;

	notice.year = 0;
	notice.days.v[0].first = notice.days.v[0].last = day_of(2026, 3, 4);
	calendars_overlay(calendars, "cn", &notice);
	cn = calendar_of(calendars, "cn");
	assert_int_equal(calendar_day(cn, day_of(2026, 3, 4)).kind, DAY_OFF);
	assert_int_equal(calendar_day(cn, day_of(2026, 1, 4)).kind, DAY_MAKEUP);
}

static void
closed_days_beat_a_make_up_day_in_every_calendar(void **state)
{
	struct calendars *calendars = folder(*state);
	struct text name = { "停止办公", NULL };
	const struct calendar *cn;

	calendars_close(
	    calendars, day_of(2026, 1, 4), day_of(2026, 1, 5), name);
	calendars_close(
	    calendars, day_of(2026, 1, 5), day_of(2026, 1, 6), name);
	cn = calendar_of(calendars, "cn");
	assert_int_equal(calendar_day(cn, day_of(2026, 1, 4)).kind, DAY_OFF);
	assert_int_equal(
	    calendar_step(cn, day_of(2026, 1, 3), 1).n, day_of(2026, 1, 7).n);
	assert_string_equal(
	    calendar_day(cn, day_of(2026, 1, 6)).name.zh, "停止办公");
}

static void
what_is_supposed_of_another_calendar_changes_nothing(void **state)
{
	struct calendars *calendars = folder(*state);
	struct notice notice = small(*state);

	notice.year = 2026;
	calendars_overlay(calendars, "gx", &notice);
	assert_int_equal(
	    calendar_day(calendar_of(calendars, "cn"), day_of(2026, 10, 1))
		.kind,
	    DAY_OFF);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)
	const struct CMUnitTest tests[] = {
		T(every_file_of_the_folder_is_written_as_it_was_read),
		T(a_long_line_is_folded_between_characters_at_75_octets),
		T(text_is_escaped_and_comes_back),
		T(what_the_council_published_is_taken),
		T(a_notice_says_its_number_its_day_and_its_year),
		T(days_of_another_year_are_refused),
		T(a_make_up_day_stands_on_a_weekend_and_in_no_holiday),
		T(holidays_do_not_overlap_and_stand_in_order),
		T(every_statutory_day_that_is_missing_is_told),
		T(days_off_that_nothing_pays_for_are_a_warning),
		T(an_amendment_ends_what_it_changes_and_dates_what_it_adds),
		T(the_same_amendment_again_changes_nothing),
		T(the_sources_of_a_year_are_those_that_were_known),
		T(december_rests_on_the_next_notice_too),
		T(a_supposed_notice_takes_the_place_of_its_year),
		T(a_supposed_notice_is_known_before_it_is_published),
		T(what_lapsed_in_a_supposed_notice_is_not_in_force),
		T(supposed_single_days_leave_the_others),
		T(closed_days_beat_a_make_up_day_in_every_calendar),
		T(what_is_supposed_of_another_calendar_changes_nothing),
	};

	return cmocka_run_group_tests_name("notice", tests, NULL, NULL);
}
