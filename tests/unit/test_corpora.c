/*
 * The fuzz corpora, replayed: every file of tests/fuzz/corpus/ goes through
 * the harness it belongs to, whose own checks are the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/file.h>

#define CORPUS "tests/fuzz/corpus/"
#define FILES_MOST 40
#define FILE_MOST ((size_t)64 * 1024)
/* More than the lint keeps of one line. */
#define LONG_LINE ((size_t)300 * 1024)

/* What is being replayed; a harness that aborts cannot say. */
static const char *current;

#define abort() fail_msg("%s: a check of the harness failed", current)
#define check_diags check_plan_diags
#define LLVMFuzzerTestOneInput fuzz_plan
#include "../fuzz/fuzz_plan.c"
#undef LLVMFuzzerTestOneInput
#undef check_diags
#define check_diags check_calendar_diags
/* The calendar's own struct period is of a zone, not of a statistic. */
#define period zone_period
#define LLVMFuzzerTestOneInput fuzz_calendar
#include "../fuzz/fuzz_calendar.c"
#undef period
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_dav
#include "../fuzz/fuzz_dav.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_lint
#include "../fuzz/fuzz_lint.c"
#undef LLVMFuzzerTestOneInput

static void
replay(const char *folder, const char *suffix,
    int (*harness)(const uint8_t *data, size_t size))
{
	struct arena *arena = arena_new();
	struct names names;
	struct bytes bytes;
	size_t i;

	assert_null(file_list(arena, folder, suffix, &names));
	assert_in_range(names.n, 1, FILES_MOST);
	for (i = 0; i < names.n; i++) {
		current = file_join(arena, folder, names.v[i]);
		assert_null(file_read(arena, current, FILE_MOST, &bytes));
		assert_int_equal(
		    harness((const uint8_t *)bytes.data, bytes.len), 0);
	}
	arena_free(arena);
}

static void
the_plan_reader_keeps_its_promises_on_its_corpus(void **state)
{
	(void)state;
	replay(CORPUS "fuzz_plan", ".json", fuzz_plan);
}

static void
the_calendar_reader_keeps_its_promises_on_its_corpus(void **state)
{
	(void)state;
	replay(CORPUS "fuzz_calendar", ".ics", fuzz_calendar);
}

static void
what_a_calendar_server_answers_is_read_within_bounds(void **state)
{
	(void)state;
	replay(CORPUS "fuzz_dav", ".ics", fuzz_dav);
}

static void
the_lint_finds_the_same_in_chunks_of_its_corpus(void **state)
{
	(void)state;
	replay(CORPUS "fuzz_lint", ".ics", fuzz_lint);
}

static void
the_lint_finds_the_same_in_chunks_of_a_very_long_line(void **state)
{
	static const char *const ends[] = { "\r\n", "\n", "\r\r\n", "" };
	static const char *const fills[] = { "x", "\xE5\xB9\xB4", "\r" };
	char *text = malloc(LONG_LINE + 64);
	size_t fill, end;

	(void)state;
	current = "a very long line";
	for (fill = 0; fill < COUNT(fills); fill++) {
		for (end = 0; end < COUNT(ends); end++) {
			size_t n = strlen(fills[fill]), len;

			len = (size_t)sprintf(text, "BEGIN:VCALENDAR\r\nX-A:");
			for (; len < LONG_LINE; len += n)
				memcpy(text + len, fills[fill], n);
			len += (size_t)sprintf(
			    text + len, "%sEND:VCALENDAR\r\n", ends[end]);
			fuzz_lint((const uint8_t *)text, len);
		}
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_plan_reader_keeps_its_promises_on_its_corpus),
		cmocka_unit_test(
		    the_calendar_reader_keeps_its_promises_on_its_corpus),
		cmocka_unit_test(
		    what_a_calendar_server_answers_is_read_within_bounds),
		cmocka_unit_test(
		    the_lint_finds_the_same_in_chunks_of_its_corpus),
		cmocka_unit_test(
		    the_lint_finds_the_same_in_chunks_of_a_very_long_line),
	};

	return cmocka_run_group_tests_name("corpora", tests, NULL, NULL);
}
