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
#include <yugao/error.h>

#include "calendar_world.h"

static void
zone_names_that_are_not_in_the_database_are_refused(void **state)
{
	static const char *const names[] = { "", "/", "Beijing", "Asia",
		"asia/shanghai", "Asia/Shanghai/", "/etc/passwd",
		"../../../etc/passwd", "Asia/../Asia/Shanghai",
		"Asia//Shanghai", "./UTC", "Asia/Shang hai", "亚洲/上海" };
	struct fixture *fixture = *state;
	struct zone *zone;
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		const struct error *error =
		    zone_open(fixture->arena, names[i], &zone);

		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_INPUT);
		assert_string_equal(error->message.id, "calendar.zone_unknown");
	}
}

static void
a_missing_tz_database_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	struct zone *zone;
	const struct error *error = zone_open_in(
	    fixture->arena, "/nonexistent", "Asia/Shanghai", &zone);

	assert_int_equal(error->kind, ERROR_INPUT);
	assert_string_equal(error->message.id, "calendar.zone_database");
}

static void
a_file_that_is_no_zone_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	struct zone *zone;
	const struct error *error;

	assert_null(file_replace(fixture->arena,
	    file_join(fixture->arena, fixture->directory, "Text"), "not a zone",
	    10));
	error = zone_open_in(fixture->arena, fixture->directory, "Text", &zone);
	assert_int_equal(error->kind, ERROR_INPUT);
	assert_string_equal(error->message.id, "calendar.zone_damaged");
}

/* A zone file without transitions, as zic -b slim writes it. */
static struct bytes
slim_zone(struct arena *arena, int offset, const char *footer)
{
	static const char counts[24] = { [19] = 1, [23] = 4 };
	struct buf buf;
	int block;

	buf_init(&buf, arena);
	for (block = 0; block < 2; block++) {
		char type[6] = { (char)((unsigned)offset >> 24),
			(char)((unsigned)offset >> 16 & 0xFF),
			(char)((unsigned)offset >> 8 & 0xFF),
			(char)((unsigned)offset & 0xFF), 0, 0 };

		buf_add(&buf, "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
		buf_add(&buf, counts, sizeof(counts));
		buf_add(&buf, type, sizeof(type));
		buf_add(&buf, "ABC", 4);
	}
	buf_printf(&buf, "\n%s\n", footer);
	return (struct bytes){ buf.data, buf.len };
}

static void
a_zone_file_cut_short_anywhere_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct bytes whole =
	    slim_zone(fixture->arena, -18000, "EST5EDT,M3.2.0,M11.1.0");
	struct zone *zone;
	size_t len;

	assert_true(zone_from_bytes(fixture->arena, "x", whole, &zone));
	for (len = 0; len < whole.len; len++) {
		/* Its own memory, so that a sanitizer sees the edge. */
		struct bytes cut = {
			arena_copy(fixture->arena, whole.data, len), len
		};

		assert_false(zone_from_bytes(fixture->arena, "x", cut, &zone));
	}
}

static void
a_rule_without_transitions_is_enough(void **state)
{
	struct fixture *fixture = *state;
	struct local local = { day_of(2026, 3, 8), 150 };
	enum local_kind kind;
	struct zone *zone;

	assert_true(zone_from_bytes(fixture->arena, "x",
	    slim_zone(fixture->arena, -18000, "EST5EDT,M3.2.0,M11.1.0"),
	    &zone));
	assert_int_equal(zone_instant(zone, local, &kind).s,
	    (int64_t)day_of(2026, 3, 8).n * 86400 + 7 * 3600);
	assert_int_equal(kind, LOCAL_GAP);
	local = (struct local){ day_of(2026, 7, 1), NO_TIME };
	assert_int_equal(zone_instant(zone, local, NULL).s,
	    (int64_t)day_of(2026, 7, 1).n * 86400 + 4 * 3600);
}

/* Summer time from the 60th to the 300th day, one way and the other. */
static void
rules_by_day_of_the_year_are_read(void **state)
{
	static const struct {
		const char *footer;
		int month, mday;
	} cases[] = { { "AAA0BBB,J60/0,J300/0", 3, 1 },
		{ "AAA0BBB,59/0,299/0", 2, 29 },
		{ "AAA0BBB-1,J60/-1:30:00,J300", 2, 29 } };
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct day day = day_of(2028, cases[i].month, cases[i].mday);
		struct zone *zone;

		assert_true(zone_from_bytes(fixture->arena, "x",
		    slim_zone(fixture->arena, 0, cases[i].footer), &zone));
		assert_int_equal(
		    zone_offset(zone,
			(struct instant){ (int64_t)day.n * 86400 - 5401 }),
		    0);
		assert_int_equal(
		    zone_offset(
			zone, (struct instant){ ((int64_t)day.n + 1) * 86400 }),
		    3600);
	}
}

static void
footers_that_are_no_rule_are_refused(void **state)
{
	static const char *const footers[] = { "5", "AB5", "EST", "<EST5",
		"EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M13.1.0",
		"EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
		"EST5EDT,J0,J365", "EST5EDT,J1,J366", "EST5EDT,0,366",
		"EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x",
		"EST5:60", "EST5:00:60", "EST5x", "EST9999999999999" };
	struct fixture *fixture = *state;
	struct zone *zone;
	size_t i;

	for (i = 0; i < COUNT(footers); i++)
		if (zone_from_bytes(fixture->arena, "x",
			slim_zone(fixture->arena, 0, footers[i]), &zone))
			fail_msg("accepted %s", footers[i]);
}

static void
an_instant_comes_back_as_its_local_time(void **state)
{
	static const char *const names[] = { "Asia/Shanghai", "Asia/Kathmandu",
		"America/New_York", "Europe/London" };
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		struct zone *zone;
		int n;

		assert_null(zone_open(fixture->arena, names[i], &zone));
		assert_string_equal(zone_name(zone), names[i]);
		for (n = -20000; n < 40000; n += 7) {
			struct local local = { { n }, (n + 20000) % 1440 };
			enum local_kind kind;
			struct instant instant =
			    zone_instant(zone, local, &kind);
			struct local back = zone_local(zone, instant);

			if (kind == LOCAL_GAP)
				continue;
			assert_int_equal(back.day.n, local.day.n);
			assert_int_equal(back.minute, local.minute);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    zone_names_that_are_not_in_the_database_are_refused),
		cmocka_unit_test(a_missing_tz_database_is_told_apart),
		cmocka_unit_test(a_file_that_is_no_zone_is_told_apart),
		cmocka_unit_test(a_zone_file_cut_short_anywhere_is_refused),
		cmocka_unit_test(a_rule_without_transitions_is_enough),
		cmocka_unit_test(rules_by_day_of_the_year_are_read),
		cmocka_unit_test(footers_that_are_no_rule_are_refused),
		cmocka_unit_test(an_instant_comes_back_as_its_local_time),
	};

	return cmocka_run_group_tests(tests, fixture_make_empty, fixture_end);
}
