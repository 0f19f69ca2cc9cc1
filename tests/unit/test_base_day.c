#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/day.h>
#include <yugao/digest.h>

#include "world.h"

/* day */

static void
every_day_of_ten_thousand_years_comes_in_order(void **state)
{
	int32_t n = day_of(1, 1, 1).n;
	int year, month, mday, y, m, d;
	enum weekday weekday = MONDAY;

	(void)state;
	for (year = 1; year <= 9999; year++)
		for (month = 1; month <= 12; month++)
			for (mday = 1; mday <= month_length(year, month);
			     mday++, n++) {
				struct day day = day_of(year, month, mday);

				day_parts(day, &y, &m, &d);
				if (day.n != n || y != year || m != month ||
				    d != mday || day_weekday(day) != weekday)
					fail_msg("%d-%d-%d", year, month, mday);
				weekday = (weekday + 1) % 7;
			}
}

static void
days_have_known_numbers(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1).n, 0);
	assert_int_equal(day_of(1969, 12, 31).n, -1);
	assert_int_equal(day_of(2000, 3, 1).n, 11017);
	assert_int_equal(day_of(2026, 3, 9).n, 20521);
	assert_int_equal(day_weekday(day_of(2026, 3, 9)), MONDAY);
	assert_int_equal(day_weekday(day_of(1969, 12, 28)), SUNDAY);
	assert_int_equal(day_year(day_of(2025, 12, 31)), 2025);
	assert_int_equal(month_length(1900, 2), 28);
	assert_int_equal(month_length(2000, 2), 29);
	assert_int_equal(month_length(2024, 2), 29);
}

static void
months_are_added_to_the_last_day_at_most(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{ "2026-01-31", 1, "2026-02-28" },
		{ "2024-01-31", 1, "2024-02-29" },
		{ "2026-01-31", -2, "2025-11-30" },
		{ "2026-12-15", 1, "2027-01-15" },
		{ "2026-01-15", -1, "2025-12-15" },
		{ "2026-01-15", -13, "2024-12-15" },
		{ "2024-02-29", 12, "2025-02-28" },
		{ "2026-05-31", 0, "2026-05-31" },
	};
	char out[DAY_SIZE];
	struct day day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_true(day_parse(cases[i].from, &day));
		assert_string_equal(
		    day_format(out, day_add_months(day, cases[i].n)),
		    cases[i].to);
	}
}

static void
impossible_days_are_refused(void **state)
{
	static const char *const wrong[] = { "", "2026", "2026-02-30",
		"2026-2-3", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-04-31", "2100-02-29", "0000-01-01", "2026-03-09 ",
		" 2026-03-09", "2026-03-09T00:00", "2026/03/09", "+026-03-09",
		"-026-03-09", "20260309", "12026-03-09", "2026-03-0９" };
	struct day day = { 7 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++)
		if (day_parse(wrong[i], &day))
			fail_msg("taken for a day: %s", wrong[i]);
	assert_int_equal(day.n, 7);
	assert_true(day_parse("2024-02-29", &day));
	assert_true(day_parse("9999-12-31", &day));
	assert_false(day_valid(10000, 1, 1));
	assert_false(day_valid(2026, 0, 1));
	assert_false(day_valid(2026, 13, 1));
	assert_false(day_valid(2026, 1, -1));
}

static void
impossible_clock_times_are_refused(void **state)
{
	static const char *const wrong[] = { "", "9:30", "24:00", "09:60",
		"09:3", "09:30:00", "0930", "09.30", " 09:30", "09:30 ",
		"-1:00", "09：30" };
	char out[DAY_SIZE];
	int minute = 7;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++)
		if (minute_parse(wrong[i], &minute))
			fail_msg("taken for a time: %s", wrong[i]);
	assert_int_equal(minute, 7);
	for (i = 0; i < 1440; i++) {
		assert_true(minute_parse(minute_format(out, (int)i), &minute));
		assert_int_equal(minute, i);
	}
}

static void
instants_are_read_with_their_offset(void **state)
{
	static const struct {
		const char *s, *utc;
	} cases[] = {
		{ "2025-12-26T13:58:00+08:00", "2025-12-26T05:58:00Z" },
		{ "2025-12-26T13:58+08:00", "2025-12-26T05:58:00Z" },
		{ "2025-12-26T05:58:00Z", "2025-12-26T05:58:00Z" },
		{ "2026-01-01T00:00:00+05:45", "2025-12-31T18:15:00Z" },
		{ "2025-12-31T20:00:59-05:00", "2026-01-01T01:00:59Z" },
		{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
		{ "2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00Z" },
	};
	char out[INSTANT_SIZE];
	struct instant instant;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_true(instant_parse(cases[i].s, &instant));
		assert_string_equal(instant_format(out, instant), cases[i].utc);
	}
	assert_true(instant_parse("2025-12-26T13:58:00+08:00", &instant));
	assert_int_equal(instant.s, 1766728680);
	assert_string_equal(
	    instant_format_basic(out, instant), "20251226T055800Z");
	assert_string_equal(
	    day_format_basic(out, day_of(2025, 12, 26)), "20251226");
}

static void
instants_without_an_offset_or_with_nonsense_are_refused(void **state)
{
	static const char *const wrong[] = { "", "2025-12-26",
		"2025-12-26T13:58:00", "2025-12-26T13:58", "2025-12-26T13Z",
		"2025-12-26 13:58:00Z", "2025-12-26t13:58:00Z",
		"2025-12-26T13:58:00z", "2025-12-26T13:58:60Z",
		"2025-12-26T24:00:00Z", "2025-12-26T13:58:00.5Z",
		"2025-12-26T13:58:0Z", "2025-12-26T13:58:Z",
		"2025-12-26T13:58:00+0800", "2025-12-26T13:58:00+8",
		"2025-12-26T13:58:00+24:00", "2025-12-26T13:58:00+08:60",
		"2025-12-26T13:58:00Z+", "2025-12-26T13:58:00ZZ",
		"2025-02-29T13:58:00Z", "2025-12-26T13:58:00+08:00x" };
	struct instant instant = { 7 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++)
		if (instant_parse(wrong[i], &instant))
			fail_msg("taken for an instant: %s", wrong[i]);
	assert_int_equal(instant.s, 7);
}

static void
moments_differ_in_every_part(void **state)
{
	struct moment a = { PRECISION_INSTANT, { { 5 }, 570 }, { 5 } };
	struct moment b[] = { a, a, a, a };
	size_t i;

	(void)state;
	assert_true(moment_equal(&a, &b[0]));
	b[0].precision = PRECISION_DATE;
	b[1].start.day.n = 4;
	b[2].start.minute = NO_TIME;
	b[3].last.n = 6;
	for (i = 0; i < COUNT(b); i++)
		assert_false(moment_equal(&a, &b[i]));
}

/* digest */

static void
digests_agree_with_the_standards_examples(void **state)
{
	static const char abc[] =
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	static const char empty[] =
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	char hex[DIGEST_HEX_SIZE];
	struct hasher *hasher = hasher_new();
	struct digest a = digest_of("abc", 3), b;

	(void)state;
	assert_string_equal(digest_hex(hex, &a), abc);
	b = hasher_end(hasher);
	assert_string_equal(digest_hex(hex, &b), empty);
	hasher_add(hasher, "ab", 2);
	hasher_add(hasher, "", 0);
	hasher_add(hasher, "c", 1);
	b = hasher_end(hasher);
	assert_int_equal(digest_compare(&a, &b), 0);
	b = hasher_end(hasher);
	assert_string_equal(digest_hex(hex, &b), empty);
	assert_int_equal(digest_parse(abc, &b), 0);
	assert_int_equal(digest_compare(&a, &b), 0);
	hasher_free(hasher);
	hasher_free(NULL);
}

static void
wrong_hex_is_no_digest(void **state)
{
	struct digest digest = digest_of("", 0), before = digest;
	char hex[DIGEST_HEX_SIZE + 1];
	size_t i;

	(void)state;
	digest_hex(hex, &digest);
	assert_int_equal(digest_parse("", &digest), -1);
	for (i = 0; i < 64; i++) {
		char c = hex[i];

		hex[i] = "gA /:`G\xE4"[i % 8];
		assert_int_equal(digest_parse(hex, &digest), -1);
		hex[i] = c;
	}
	memcpy(hex + 64, "0", 2);
	assert_int_equal(digest_parse(hex, &digest), -1);
	hex[63] = '\0';
	assert_int_equal(digest_parse(hex, &digest), -1);
	assert_int_equal(digest_compare(&digest, &before), 0);
}

static void
base64_agrees_with_rfc_4648(void **state)
{
	static const char *const cases[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xFB\xFF\xFE", "+//+" } };
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    base64(arena, cases[i][0], strlen(cases[i][0])),
		    cases[i][1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_day_of_ten_thousand_years_comes_in_order),
		TEST(days_have_known_numbers),
		TEST(months_are_added_to_the_last_day_at_most),
		TEST(impossible_days_are_refused),
		TEST(impossible_clock_times_are_refused),
		TEST(instants_are_read_with_their_offset),
		TEST(instants_without_an_offset_or_with_nonsense_are_refused),
		TEST(moments_differ_in_every_part),
		TEST(digests_agree_with_the_standards_examples),
		TEST(wrong_hex_is_no_digest),
		TEST(base64_agrees_with_rfc_4648),
	};

	return cmocka_run_group_tests_name(
	    "base: day and digest", tests, NULL, NULL);
}
