#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "calendar_world.h"

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define ON(date) "DTSTART;VALUE=DATE:" date "\r\n"

static struct calendar *
from_text(struct arena *arena, const char *text, struct diags *diags)
{
	struct bytes bytes = { text, strlen(text) };

	*diags = (struct diags){ 0 };
	return calendar_from_bytes(arena, "a.ics", bytes, NULL, diags);
}

static struct calendar *
good(void **state, const char *text)
{
	struct fixture *fixture = *state;
	struct diags diags;
	struct calendar *calendar = from_text(fixture->arena, text, &diags);

	assert_int_equal(diags.n, 0);
	assert_non_null(calendar);
	return calendar;
}

static void
an_office_may_bring_plain_days_off(void **state)
{
	const struct calendar *calendar = good(state,
	    HEAD "X-WR-TIMEZONE:Asia/Shanghai\r\n" EVENT(
		"SUMMARY;LANGUAGE=en-GB:Founding day\r\n" ON("20260302"))
		EVENT(ON("20260309") "DTEND;VALUE=DATE:20260311\r\n"
				     "SUMMARY:盘点\\, 放假\r\n")
		    EVENT(ON("20260314") "CATEGORIES:A,makeup\r\n")
			EVENT("X-YUGAO-KIND:work\r\n" ON("20260315"))
			    EVENT(ON("20260316") "DURATION:P1W\r\n") EVENT(
				ON("20260401") "STATUS:CANCELLED\r\n") TAIL);
	struct day_info info = calendar_day(calendar, day_of(2026, 3, 2));

	assert_int_equal(info.kind, DAY_OFF);
	assert_string_equal(info.name.en, "Founding day");
	assert_null(info.name.zh);
	info = calendar_day(calendar, day_of(2026, 3, 10));
	assert_string_equal(info.name.zh, "盘点, 放假");
	assert_true(calendar_is_workday(calendar, day_of(2026, 3, 11)));
	assert_true(calendar_is_workday(calendar, day_of(2026, 3, 14)));
	assert_true(calendar_is_workday(calendar, day_of(2026, 3, 15)));
	assert_int_equal(
	    calendar_day(calendar, day_of(2026, 3, 22)).kind, DAY_OFF);
	assert_true(calendar_is_workday(calendar, day_of(2026, 4, 1)));
	assert_int_equal(calendar_certainty(calendar, day_of(2026, 1, 1),
			     day_of(2026, 12, 27)),
	    DAY_PUBLISHED);
	assert_int_equal(
	    calendar_day(calendar, day_of(2027, 1, 1)).state, DAY_UNKNOWN);
}

static void
line_ends_byte_order_mark_and_odd_folds_are_forgiven(void **state)
{
	const struct calendar *calendar = good(state,
	    "\xEF\xBB\xBF"
	    "begin:vcalendar\n\n"
	    "BEGIN:VEVENT\nDTSTART;VALUE=DATE:2026\n 0302\nSUMMARY:\xE5\xBA\n"
	    "\t\x86\r\r\n \nEND:VEVENT\nEND:VCALENDAR");
	struct day_info info = calendar_day(calendar, day_of(2026, 3, 2));

	assert_int_equal(info.kind, DAY_OFF);
	assert_string_equal(info.name.zh, "庆");
}

static void
other_components_are_left_alone(void **state)
{
	const struct calendar *calendar = good(state, HEAD
	    "BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000"
	    "\r\nRRULE:FREQ=YEARLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	    "BEGIN:VEVENT\r\n" ON(
		"20260302") "BEGIN:VALARM\r\nDURATION:PT1H\r\nEND:VALARM\r\n"
			    "END:VEVENT\r\n" TAIL);

	assert_false(calendar_is_workday(calendar, day_of(2026, 3, 2)));
	assert_true(calendar_is_workday(calendar, day_of(2026, 3, 3)));
}

static void
a_line_break_in_a_name_becomes_a_space(void **state)
{
	const struct calendar *calendar =
	    good(state, HEAD EVENT(ON("20260302") "SUMMARY:a\\nb\r\n") TAIL);

	assert_string_equal(
	    calendar_day(calendar, day_of(2026, 3, 2)).name.zh, "a b");
}

/* Each is one mistake: its id and its line. */
static const struct {
	const char *id;
	int line;
	const char *text;
} mistakes[] = {
	{ "calendar.not_icalendar", 1, "" },
	{ "calendar.not_icalendar", 1, "\r\n\r\n" },
	{ "calendar.not_icalendar", 1, "{\"year\": 2026}\n" },
	{ "calendar.not_icalendar", 1, "PK\x03\x04" },
	{ "calendar.not_icalendar", 1, "BEGIN:VEVENT\r\nEND:VEVENT\r\n" },
	{ "calendar.not_icalendar", 1, "VERSION:2.0\r\n" HEAD TAIL },
	{ "calendar.not_icalendar", 1, "END:VCALENDAR\r\n" },
	{ "calendar.after_end", 4, HEAD TAIL HEAD TAIL },
	{ "calendar.after_end", 4, HEAD TAIL "VERSION:2.0\r\n" },
	{ "calendar.unfinished", 2, HEAD },
	{ "calendar.unfinished", 4, HEAD "BEGIN:VEVENT\r\n" ON("20260302") },
	{ "calendar.unbalanced", 4, HEAD "BEGIN:VEVENT\r\n" TAIL },
	{ "calendar.unbalanced", 3, HEAD "END:VEVENT\r\n" TAIL },
	{ "calendar.too_deep", 10,
	    HEAD "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
		 "BEGIN:A\nBEGIN:A\n" },
	{ "calendar.bad_line", 3, HEAD "no property\r\n" TAIL },
	{ "calendar.bad_line", 3, HEAD ":no name\r\n" TAIL },
	{ "calendar.bad_utf8", 3, HEAD "X-A:\xC0\xAF\r\n" TAIL },
	{ "calendar.control", 3, HEAD "X-A:\x01\r\n" TAIL },
	{ "calendar.control", 3, HEAD "X-A:a\rb\r\n" TAIL },
	{ "calendar.control", 3, HEAD "X-A:\xE2\x80\xAE\r\n" TAIL },
	{ "calendar.calscale", 3, HEAD "CALSCALE:CHINESE\r\n" TAIL },
	{ "calendar.bad_year", 3, HEAD "X-YUGAO-YEAR:26\r\n" TAIL },
	{ "calendar.bad_year", 3, HEAD "X-YUGAO-YEAR:1026\r\n" TAIL },
	{ "calendar.bad_year", 3, HEAD "X-YUGAO-YEAR:\r\n" TAIL },
	{ "calendar.bad_year", 3, HEAD "X-YUGAO-YEAR:2026-2027\r\n" TAIL },
	{ "calendar.bad_projects", 3,
	    HEAD "X-YUGAO-PROJECTS:2027-2026\r\n" TAIL },
	{ "calendar.bad_projects", 3,
	    HEAD "X-YUGAO-PROJECTS:2027/2028\r\n" TAIL },
	{ "calendar.unknown_property", 3, HEAD "X-YUGAO-YAER:2026\r\n" TAIL },
	{ "calendar.unknown_property", 3, HEAD "X-YUGAO-KIND:OFF\r\n" TAIL },
	{ "calendar.bad_date", 3, HEAD "X-YUGAO-PUBLISHED:2026\r\n" TAIL },
	{ "calendar.bad_date", 3, HEAD "X-YUGAO-PUBLISHED:20260230\r\n" TAIL },
	{ "calendar.no_start", 3, HEAD EVENT("SUMMARY:a\r\n") TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("20260230")) TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("20261301")) TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("00010101")) TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("22000101")) TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("tomorrow")) TAIL },
	{ "calendar.bad_date", 4, HEAD EVENT(ON("")) TAIL },
	{ "calendar.not_all_day", 4,
	    HEAD EVENT("DTSTART:20260302T093000Z\r\n") TAIL },
	{ "calendar.bad_date", 5,
	    HEAD EVENT(ON("20260302") "DTEND;VALUE=DATE:x\r\n") TAIL },
	{ "calendar.not_all_day", 5,
	    HEAD EVENT(ON("20260302") "DTEND:20260303T000000\r\n") TAIL },
	{ "calendar.bad_end", 5,
	    HEAD EVENT(ON("20260302") "DTEND;VALUE=DATE:20260302\r\n") TAIL },
	{ "calendar.bad_end", 5,
	    HEAD EVENT(ON("20260302") "DTEND;VALUE=DATE:20270304\r\n") TAIL },
	{ "calendar.bad_end", 5,
	    HEAD EVENT(ON("20260302") "DURATION:PT8H\r\n") TAIL },
	{ "calendar.bad_end", 5,
	    HEAD EVENT(ON("20260302") "DURATION:-P1D\r\n") TAIL },
	{ "calendar.bad_end", 5,
	    HEAD EVENT(ON("20260302") "DURATION:a day\r\n") TAIL },
	{ "calendar.recurs", 5,
	    HEAD EVENT(ON("20260302") "RRULE:FREQ=YEARLY\r\n") TAIL },
	{ "calendar.recurs", 5,
	    HEAD EVENT(
		ON("20260302") "rrule:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5\r\n")
		TAIL },
	{ "calendar.recurs", 5,
	    HEAD EVENT(ON("20260302") "RDATE;VALUE=DATE:20270302\r\n") TAIL },
	{ "calendar.unknown_kind", 5,
	    HEAD EVENT(ON("20260302") "X-YUGAO-KIND:HOLIDAY\r\n") TAIL },
	{ "calendar.unknown_kind", 5,
	    HEAD EVENT(ON("20260302") "X-YUGAO-KIND:\r\n") TAIL },
	{ "calendar.unknown_property", 5,
	    HEAD EVENT(ON("20260302") "X-YUGAO-LAPSES:20260101\r\n") TAIL },
	{ "calendar.bad_date", 5,
	    HEAD EVENT(ON("20260302") "X-YUGAO-LAPSED:soon\r\n") TAIL },
	{ "calendar.overlap", 7,
	    HEAD EVENT(ON("20260307") "DURATION:P2D\r\n")
		EVENT("CATEGORIES:MAKEUP\r\n" ON("20260308")) TAIL },
};

static void
each_mistake_is_told_at_its_line_and_no_calendar_is_made(void **state)
{
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < COUNT(mistakes); i++) {
		struct diags diags;

		assert_null(
		    from_text(fixture->arena, mistakes[i].text, &diags));
		if (diags.n != 1 ||
		    strcmp(diags.v[0].message.id, mistakes[i].id) != 0 ||
		    diags.v[0].place.line != mistakes[i].line)
			fail_msg("case %zu: expected %s in line %d, got %s", i,
			    mistakes[i].id, mistakes[i].line,
			    diag_text(fixture->arena, LANG_EN, &diags.v[0]));
		assert_true(message_exists(mistakes[i].id));
	}
}

static void
all_mistakes_of_a_file_are_told_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct diags diags;

	assert_null(from_text(fixture->arena,
	    HEAD "X-YUGAO-YEAR:x\r\n" EVENT("SUMMARY:a\r\n")
		EVENT(ON("20260231")) EVENT(ON("20260301") "RDATE:x\r\n") TAIL,
	    &diags));
	assert_int_equal(diags.n, 4);
}

static void
a_nul_byte_ends_nothing_unseen(void **state)
{
	static const char text[] = HEAD "X-A:\0hidden\r\n" TAIL;
	struct fixture *fixture = *state;
	struct bytes bytes = { text, sizeof(text) - 1 };
	struct diags diags = { 0 };

	assert_null(
	    calendar_from_bytes(fixture->arena, "a.ics", bytes, NULL, &diags));
	assert_string_equal(diags.v[0].message.id, "calendar.control");
}

static void
a_property_that_is_far_too_long_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct diags diags;
	struct buf buf;
	int i;

	buf_init(&buf, fixture->arena);
	buf_puts(&buf, HEAD "BEGIN:VEVENT\r\nDESCRIPTION:");
	for (i = 0; i < 5000; i++)
		buf_putc(&buf, 'a');
	buf_puts(&buf, "\r\n" ON("20260302"));
	i = (int)buf.len;
	buf_puts(&buf, "END:VEVENT\r\n" TAIL);
	good(state, buf.data);
	buf.len = (size_t)i;
	buf_puts(&buf, "SUMMARY:");
	for (i = 0; i < 5000; i++)
		buf_putc(&buf, 'a');
	buf_puts(&buf, "\r\nEND:VEVENT\r\n" TAIL);
	assert_null(from_text(fixture->arena, buf.data, &diags));
	assert_string_equal(diags.v[0].message.id, "calendar.long_line");
}

static void
a_makeup_day_on_a_weekday_is_a_warning(void **state)
{
	struct fixture *fixture = *state;
	struct diags diags;
	struct calendar *calendar = from_text(fixture->arena,
	    HEAD EVENT("X-YUGAO-KIND:WORK\r\n" ON("20260302")) TAIL, &diags);

	assert_non_null(calendar);
	assert_int_equal(diags.n, 1);
	assert_int_equal(diags.v[0].level, DIAG_WARNING);
	assert_string_equal(diags.v[0].message.id, "calendar.makeup_weekday");
	assert_int_equal(
	    calendar_day(calendar, day_of(2026, 3, 2)).kind, DAY_WORK);
}

/* Each broken feed is read or refused, and never takes the process along. */
static void
hostile_feeds_are_survived(void **state)
{
	static const char folder[] = "tests/data/broken-feeds";
	struct fixture *fixture = *state;
	struct names names;
	size_t i;

	assert_null(file_list(fixture->arena, folder, ".ics", &names));
	assert_true(names.n > 20);
	for (i = 0; i < names.n; i++) {
		struct diags diags = { 0 };
		struct calendar *calendar;
		struct bytes bytes;

		assert_null(file_read(fixture->arena,
		    file_join(fixture->arena, folder, names.v[i]), 1 << 20,
		    &bytes));
		calendar = calendar_from_bytes(
		    fixture->arena, names.v[i], bytes, NULL, &diags);
		assert_int_equal(calendar == NULL, diags.errors > 0);
	}
}

/* Families of files */

static void
put(struct fixture *fixture, const char *name, const char *text)
{
	assert_null(file_replace(fixture->arena,
	    file_join(fixture->arena, fixture->directory, name), text,
	    strlen(text)));
}

/* Reads a calendar that has a mistake; its first diagnostic. */
static struct diag
family_mistake(struct fixture *fixture, const char *name)
{
	struct diags diags = { .department = "nbs" };
	struct calendar *calendar;

	assert_null(calendar_read(
	    fixture->arena, fixture->directory, name, NULL, &diags, &calendar));
	assert_null(calendar);
	assert_true(diags.errors > 0);
	assert_string_equal(diags.department, "nbs");
	return diags.v[0];
}

static void
a_calendar_that_is_not_there_is_null(void **state)
{
	struct fixture *fixture = *state;
	struct calendars *calendars =
	    calendars_open(fixture->arena, fixture->directory, NULL);
	const struct calendar *calendar;
	struct diags diags = { 0 };

	assert_null(calendars_get(calendars, "c", &diags, &calendar));
	assert_null(calendar);
	assert_null(calendars_get(calendars, "../cn", &diags, &calendar));
	assert_null(calendar);
	assert_int_equal(diags.n, 0);
}

static void
a_missing_folder_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct calendar *calendar;
	struct diags diags = { 0 };

	assert_non_null(calendar_read(
	    fixture->arena, "/nonexistent", "cn", NULL, &diags, &calendar));
}

static void
a_mistake_in_a_file_stops_every_department_and_is_told_once(void **state)
{
	struct fixture *fixture = *state;
	const struct calendar *calendar;
	struct calendars *calendars;
	struct diags diags = { 0 };

	put(fixture, "bad-2026.ics", HEAD EVENT("SUMMARY:a\r\n") TAIL);
	assert_null(family_mistake(fixture, "bad").department);
	calendars = calendars_open(fixture->arena, fixture->directory, NULL);
	assert_null(calendars_get(calendars, "bad", &diags, &calendar));
	assert_null(calendars_get(calendars, "bad", &diags, &calendar));
	assert_null(calendar);
	assert_int_equal(diags.n, 1);
}

static void
a_file_over_one_mebibyte_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char *text = arena_alloc(fixture->arena, (1 << 20) + 2);
	struct diag diag;

	memset(text, '\n', (1 << 20) + 1);
	memcpy(text, HEAD, strlen(HEAD));
	put(fixture, "huge.ics", text);
	diag = family_mistake(fixture, "huge");
	assert_string_equal(diag.message.id, "base.too_large");
	assert_non_null(strstr(diag.place.file, "huge.ics"));
}

static void
a_base_that_is_missing_circular_or_disputed_is_told(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "lost.ics", HEAD "X-YUGAO-BASE:nowhere\r\n" TAIL);
	assert_string_equal(
	    family_mistake(fixture, "lost").message.id, "calendar.no_base");
	put(fixture, "round.ics", HEAD "X-YUGAO-BASE:round\r\n" TAIL);
	assert_string_equal(family_mistake(fixture, "round").message.id,
	    "calendar.base_circle");
	put(fixture, "two-1.ics", HEAD "X-YUGAO-BASE:cn\r\n" TAIL);
	put(fixture, "two-2.ics", HEAD "X-YUGAO-BASE:gx\r\n" TAIL);
	assert_string_equal(
	    family_mistake(fixture, "two").message.id, "calendar.base_differs");
}

static void
work_on_a_weekday_that_the_base_has_off_is_no_mistake(void **state)
{
	struct fixture *fixture = *state;
	struct calendar *calendar;
	struct diags diags = { 0 };

	put(fixture, "shift.ics",
	    HEAD "X-YUGAO-BASE:cn\r\n" EVENT(
		"X-YUGAO-KIND:WORK\r\n" ON("20261007")) TAIL);
	assert_null(calendar_read(fixture->arena, fixture->directory, "shift",
	    NULL, &diags, &calendar));
	assert_int_equal(diags.n, 0);
	assert_true(calendar_is_workday(calendar, day_of(2026, 10, 7)));
	assert_false(calendar_is_workday(calendar, day_of(2026, 10, 6)));
	assert_int_equal(
	    calendar_last_published(calendar).n, day_of(2026, 12, 31).n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_office_may_bring_plain_days_off),
		cmocka_unit_test(
		    line_ends_byte_order_mark_and_odd_folds_are_forgiven),
		cmocka_unit_test(other_components_are_left_alone),
		cmocka_unit_test(a_line_break_in_a_name_becomes_a_space),
		cmocka_unit_test(
		    each_mistake_is_told_at_its_line_and_no_calendar_is_made),
		cmocka_unit_test(all_mistakes_of_a_file_are_told_at_once),
		cmocka_unit_test(a_nul_byte_ends_nothing_unseen),
		cmocka_unit_test(a_property_that_is_far_too_long_is_refused),
		cmocka_unit_test(a_makeup_day_on_a_weekday_is_a_warning),
		cmocka_unit_test(hostile_feeds_are_survived),
		cmocka_unit_test(a_calendar_that_is_not_there_is_null),
		cmocka_unit_test(a_missing_folder_is_an_error),
		cmocka_unit_test(
		    a_mistake_in_a_file_stops_every_department_and_is_told_once),
		cmocka_unit_test(a_file_over_one_mebibyte_is_refused),
		cmocka_unit_test(
		    a_base_that_is_missing_circular_or_disputed_is_told),
		cmocka_unit_test(
		    work_on_a_weekday_that_the_base_has_off_is_no_mistake),
	};

	return cmocka_run_group_tests(tests, fixture_make, fixture_end);
}
