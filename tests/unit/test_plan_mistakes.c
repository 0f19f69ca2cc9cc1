#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/act.h>
#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/calendar.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/office.h>
#include <yugao/plan.h>

#include "../../src/plan/office.h"
#include "../../src/plan/places.h"
#include "../../src/plan/plan.h"

#include "world.h"

#define T(test) cmocka_unit_test_setup_teardown(test, arena_make, arena_end)
#define CANARY "canary"

static struct diags
read_plan(struct arena *arena, const char *json)
{
	struct bytes bytes = { json, strlen(json) };
	struct diags diags = { 0 };
	struct plan *plan;

	assert_null(plan_read_bytes(
	    arena, NULL, "plans/nbs-2026.json", bytes, &diags, &plan));
	return diags;
}

/* How many of them hold the canary in either language. */
static size_t
quoting(struct arena *arena, const struct diags *diags)
{
	size_t i, n = 0;

	for (i = 0; i < diags->n; i++)
		n += strstr(diag_text(arena, LANG_ZH, &diags->v[i]), CANARY) !=
			 NULL ||
		     strstr(diag_text(arena, LANG_EN, &diags->v[i]), CANARY) !=
			 NULL;
	return n;
}

#define BEGIN "{\"department\": \"nbs\", \"year\": 2026,\n"
#define SERIES                                                                \
	"{\"id\": \"cpi\", \"title\": \"价\", \"frequency\": \"monthly\",\n" \
	"\"timing\": {\"day\": 9}, \"time\": \"09:30\", \"url\": \"" CANARY   \
	"\",\n"

static size_t
quotes_of(struct arena *arena, const char *defaults, const char *series)
{
	struct diags diags = read_plan(
	    arena, arena_printf(arena,
		       BEGIN "\"defaults\": {%s}, \"series\": [" SERIES "%s}]}",
		       defaults, series));

	assert_true(diags.errors > 0);
	return quoting(arena, &diags);
}

static void
what_a_series_may_have_meant_to_close_is_not_quoted(void **state)
{
	static const char *const closed[][2] = {
		{ "", "\"class\": \"secret\"" },
		{ "", "\"class\": \"pubic\"" },
		{ "", "\"note\": \"-\"" },
		{ "\"class\": \"internal\"", "\"note\": \"-\"" },
		{ "\"class\": \"public\"", "\"clas\": \"secret\"" },
		{ "\"class\": \"public\"", "\"Class\": \"secret\"" },
		{ "\"class\": \"public\"", "\"classification\": \"secret\"" },
		{ "\"class\": \"public\"", "\"密级\": \"secret\"" },
		{ "\"clas\": \"secret\"", "\"note\": \"-\"" },
		{ "\"class\": \"public\"",
		    "\"scheme\": {\"publication\": \"secret\"}" },
		{ "\"class\": \"public\"",
		    "\"scheme\": {\"publication\": \"secert\"}" },
		{ "\"class\": \"public\"",
		    "\"scheme\": {\"publicaton\": \"secret\"}" },
		{ "\"class\": \"public\"",
		    "\"schem\": {\"publication\": \"secret\"}" },
		{ "\"class\": \"public\", \"scheme\": {\"publication\": "
		  "\"internal\"}",
		    "\"note\": \"-\"" },
		{ "\"scheme\": {\"publication\": \"internal\"}",
		    "\"class\": \"public\"" },
	};
	static const char *const open[][2] = {
		{ "", "\"class\": \"public\"" },
		{ "\"class\": \"public\"", "\"note\": \"-\"" },
		{ "\"class\": \"secret\"", "\"class\": \"public\"" },
		{ "\"class\": \"public\"",
		    "\"scheme\": {\"publication\": \"public\"}" },
		{ "\"class\": \"public\", \"scheme\": {\"publication\": "
		  "\"internal\"}",
		    "\"scheme\": {\"publication\": \"unspecified\"}" },
	};
	size_t i;

	for (i = 0; i < COUNT(closed); i++)
		if (quotes_of(*state, closed[i][0], closed[i][1]) != 0)
			fail_msg("quoted: %s, %s", closed[i][0], closed[i][1]);
	for (i = 0; i < COUNT(open); i++)
		if (quotes_of(*state, open[i][0], open[i][1]) != 1)
			fail_msg("withheld: %s, %s", open[i][0], open[i][1]);
}

static void
a_scheme_that_closes_keeps_its_own_values_to_itself(void **state)
{
	struct arena *arena = *state;
	struct diags diags = read_plan(arena,
	    BEGIN "\"defaults\": {\"scheme\": {\"publication\": \"secret\", "
		  "\"valid_from\": \"" CANARY "\"}},\n\"series\": [{\"id\": "
		  "\"a\", \"title\": \"a\", \"class\": \"public\", "
		  "\"frequency\": \"monthly\", \"timing\": {\"day\": 9}, "
		  "\"scheme\": {\"publication\": \"secret\", "
		  "\"valid_from\": \"" CANARY "\"}}]}");

	assert_int_equal(diags.errors, 2);
	assert_int_equal(quoting(arena, &diags), 0);
}

static void
nothing_that_an_act_says_is_quoted(void **state)
{
	struct arena *arena = *state;
	const char *directory = folder_make(arena);
	struct diags diags = { 0 };
	struct acts acts = { 0 };

	folder_put(arena, directory, "nbs-2026.json",
	    "{\"department\": \"nbs\", \"year\": 2026, \"acts\": [\n"
	    "{\"act\": \"" CANARY "\", \"releases\": [\"nbs/" CANARY
	    "/x999\"], \"to\": \"" CANARY "\", \"reason\": {\"" CANARY
	    "\": 1}, \"reason_code\": \"" CANARY "\", \"role\": \"" CANARY
	    "\", \"at\": \"" CANARY "\", \"" CANARY "\": 1}]}");
	assert_null(acts_read(arena, directory, &diags, &acts));
	assert_true(diags.errors >= 8);
	assert_int_equal(quoting(arena, &diags), 0);
	no_error(file_remove_tree(arena, directory));
}

static void
an_undefined_default_class_is_told_once(void **state)
{
	struct arena *arena = *state;
	struct diags diags = read_plan(arena,
	    BEGIN "\"defaults\": {\"class\": \"pubic\", \"frequency\": "
		  "\"monthly\", \"timing\": 1},\n\"series\": [\n"
		  "{\"id\": \"a\", \"title\": \"a\", \"timing\": {\"day\": 9}"
		  "},\n{\"id\": \"b\", \"title\": \"b\", \"timing\": "
		  "{\"day\": 9}}]}");
	size_t i;

	for (i = 0; i < diags.n; i++)
		assert_string_not_equal(
		    diags.v[i].message.id, "plan.class_missing");
	assert_true(diags.n > 0);
}

static void
a_date_more_than_a_year_off_is_an_error_at_the_date(void **state)
{
	static const struct {
		const char *date;
		bool far;
	} cases[] = {
		{ "\"2024-12-31\"", true },
		{ "\"2025-01-01\"", false },
		{ "\"2027-12-31T10:00\"", false },
		{ "\"2028-01\"", true },
		{ "\"2206-03-04\"", true },
		{ "{\"date\": {\"no_later_than\": \"2028-06-30\"}}", true },
		{ "{\"time\": \"10:00\"}", false },
		{ "{\"date\": {\"no_later_than\": \"2026-06-31\"}}", false },
	};
	struct arena *arena = *state;
	size_t i, j;

	for (i = 0; i < COUNT(cases); i++) {
		struct diags diags = read_plan(arena,
		    arena_printf(arena,
			BEGIN "\"series\": [{\"id\": \"a\", \"title\": \"a\", "
			      "\"class\": \"public\", \"frequency\": "
			      "\"monthly\", \"timing\": {\"day\": 9}, "
			      "\"dates\":\n {\"2026-03\": %s}}]}",
			cases[i].date));
		bool far = false;

		for (j = 0; j < diags.n; j++) {
			if (strcmp(diags.v[j].message.id, "plan.far_year") != 0)
				continue;
			far = true;
			assert_int_equal(diags.v[j].place.line, 3);
			assert_int_equal(diags.v[j].place.col, 14);
		}
		if (far != cases[i].far)
			fail_msg("%s", cases[i].date);
	}
}

static void
what_only_looks_like_a_plan_stops_its_department(void **state)
{
	struct arena *arena = *state;
	const char *directory = folder_make(arena);
	const char *target;
	struct calendars *calendars = calendars_open(arena, "calendars", NULL);
	struct plans plans = { 0 };
	struct diags diags = { 0 };
	size_t i;

	target = folder_put(arena, directory, "target",
	    "{\"department\": \"good\", \"year\": 2026, \"series\": []}");
	assert_int_equal(
	    symlink(target, file_join(arena, directory, "good-2026.json")), 0);
	assert_int_equal(
	    symlink("none", file_join(arena, directory, "a-2026.json")), 0);
	assert_int_equal(
	    mkdir(file_join(arena, directory, "a-2027.csv"), 0700), 0);
	assert_int_equal(
	    mkfifo(file_join(arena, directory, "a.xlsx"), 0600), 0);
	assert_int_equal(
	    mkdir(file_join(arena, directory, "~$a.xlsx"), 0700), 0);
	assert_int_equal(mkdir(file_join(arena, directory, "old"), 0700), 0);
	assert_null(plans_read(arena, calendars, directory, &diags, &plans));
	assert_int_equal(plans.n, 1);
	assert_int_equal(diags.n, 3);
	for (i = 0; i < diags.n; i++) {
		assert_string_equal(diags.v[i].message.id, "plan.not_a_file");
		assert_string_equal(diags.v[i].department, "a");
	}
	no_error(file_remove_tree(arena, directory));
}

static void
mistakes_of_the_office_hide_none_of_its_other_files(void **state)
{
	struct arena *arena = *state;
	const char *directory = folder_make(arena);
	struct diags diags = { 0 };
	struct office *office;
	bool department = false, portal = false;
	const char *path;
	size_t i;

	assert_int_equal(
	    mkdir(file_join(arena, directory, "departments"), 0700), 0);
	assert_int_equal(
	    mkdir(file_join(arena, directory, "portals"), 0700), 0);
	folder_put(arena, directory, "departments/nbs.json", "1");
	folder_put(arena, directory, "portals/p.json", "1");
	path = folder_put(arena, directory, "yugao.json",
	    "{\"departments\": \"departments\", \"portals\": \"portals\", "
	    "\"policy\": \"none.json\"}");
	assert_null(office_read(arena, path, &diags, &office));
	assert_null(office);
	for (i = 0; i < diags.n; i++) {
		department |= strstr(diags.v[i].place.file, "nbs.json") != NULL;
		portal |= strstr(diags.v[i].place.file, "p.json") != NULL;
	}
	assert_true(department && portal);
	no_error(file_remove_tree(arena, directory));
}

/* Quadratic, this would take a minute. */
static void
the_places_of_a_long_list_are_found_in_no_time(void **state)
{
	enum { N = 200000 };
	struct arena *arena = *state;
	struct places *places;
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	buf_puts(&buf, "{\"list\": [");
	for (i = 0; i < N; i++)
		buf_puts(&buf, i == 0 ? "1" : ",\n1");
	buf_puts(&buf, "],\n\"same\": 1, \"same\": 2, \"keys\": {");
	for (i = 0; i < N; i++)
		buf_printf(&buf, "%s\"k%zu\": 1", i == 0 ? "" : ",\n", i);
	buf_puts(&buf, "}}");
	places = places_scan(arena, (struct bytes){ buf.data, buf.len });
	assert_null(places->problem);
	for (i = 0; i < N; i++) {
		size_t list = places_child(places, 0, "list", 4, 0);
		size_t keys = places_child(places, 0, "keys", 4, 0);
		char key[24];
		int len = snprintf(key, sizeof(key), "k%zu", i);

		list = places_child(places, list, NULL, 0, i);
		assert_int_equal(places->v[list].at.line, i + 1);
		keys = places_child(places, keys, key, (size_t)len, 0);
		assert_int_equal(places->v[keys].at.line, N + 1 + i);
	}
	assert_true(places_child(places, 0, "lis", 3, 0) == NOWHERE);
	assert_true(places_child(places, 0, "", 0, 0) == NOWHERE);
	assert_true(places_child(places, 0, "zzz", 3, 0) == NOWHERE);
	/* Of two members with one name the last one counts. */
	i = places_child(places, 0, "same", 4, 0);
	assert_int_equal(places->v[i].at.line, N + 1);
	assert_int_equal(places->v[i].at.col, 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_a_series_may_have_meant_to_close_is_not_quoted),
		T(a_scheme_that_closes_keeps_its_own_values_to_itself),
		T(nothing_that_an_act_says_is_quoted),
		T(an_undefined_default_class_is_told_once),
		T(a_date_more_than_a_year_off_is_an_error_at_the_date),
		T(what_only_looks_like_a_plan_stops_its_department),
		T(mistakes_of_the_office_hide_none_of_its_other_files),
		T(the_places_of_a_long_list_are_found_in_no_time),
	};

	return cmocka_run_group_tests_name("plan mistakes", tests, NULL, NULL);
}
