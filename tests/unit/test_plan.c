#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/act.h>
#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/notice.h>
#include <yugao/office.h>
#include <yugao/plan.h>

#include "../../src/plan/office.h"
#include "../../src/plan/plan.h"

#include "world.h"

#define FILES "tests/data/schema/"
#define T(test) cmocka_unit_test_setup_teardown(test, arena_make, arena_end)

/* One kind of file: reads it and leaves all complaints in diags. */
static const struct error *
read_plan(struct arena *arena, const char *path, struct diags *diags)
{
	struct plan *plan;

	return plan_read(arena, NULL, path, diags, &plan);
}

static const struct error *
read_acts(struct arena *arena, const char *path, struct diags *diags)
{
	struct acts acts = { 0 };

	return acts_read_file(arena, path, diags, &acts);
}

static const struct error *
read_office(struct arena *arena, const char *path, struct diags *diags)
{
	struct office_paths paths;
	struct office *office;

	return office_read_file(arena, path, diags, &office, &paths);
}

static const struct error *
read_department(struct arena *arena, const char *path, struct diags *diags)
{
	struct department department;
	bool ok;

	return department_read(arena, path, NULL, diags, &department, &ok);
}

static const struct error *
read_portal(struct arena *arena, const char *path, struct diags *diags)
{
	const struct office office = { .file = "yugao.json" };
	struct portal portal;
	bool ok;

	return portal_read(arena, path, NULL, &office, diags, &portal, &ok);
}

static const struct error *
read_policy(struct arena *arena, const char *path, struct diags *diags)
{
	struct parameters parameters;
	bool ok;

	return parameters_read(arena, path, diags, &parameters, &ok);
}

static const struct error *
read_workdays(struct arena *arena, const char *path, struct diags *diags)
{
	struct notice notice;
	bool ok;

	return notice_read(arena, path, diags, &notice, &ok);
}

static const struct kind {
	const char *name;
	const struct error *(*read)(
	    struct arena *arena, const char *path, struct diags *diags);
} kinds[] = {
	{ "plan", read_plan },
	{ "acts", read_acts },
	{ "office", read_office },
	{ "department", read_department },
	{ "portal", read_portal },
	{ "policy", read_policy },
	{ "workdays", read_workdays },
};

static const struct kind *
find_kind(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < COUNT(kinds); i++)
		if (strlen(kinds[i].name) == len &&
		    memcmp(kinds[i].name, name, len) == 0)
			return &kinds[i];
	return NULL;
}

/*
 * test_plan --read KIND FILE [zh|en]: what the reader says about a file, one
 * line each, and its verdict as the exit status (0, 1 failed, 2 mistakes).
 */
static int
read_for_lint(int argc, char *argv[])
{
	const struct kind *kind = find_kind(argv[2], strlen(argv[2]));
	enum lang lang = LANG_EN;
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	const struct error *error;
	int status;
	size_t i;

	if (kind == NULL || (argc > 4 && !lang_parse(argv[4], &lang))) {
		arena_free(arena);
		return 1;
	}
	error = kind->read(arena, argv[3], &diags);
	diags_sort(&diags);
	for (i = 0; i < diags.n; i++)
		printf("%s [%s]\n", diag_text(arena, lang, &diags.v[i]),
		    diags.v[i].message.id);
	if (error != NULL)
		printf("%s\n", error_text(arena, lang, error));
	status = error != NULL ? 1 : diags.errors > 0 ? 2 : 0;
	arena_free(arena);
	return status;
}

/* What the list of tests/data/schema/expected says about one file. */
struct expected {
	char *file, *ids;
};

static bool
next_expected(char **at, struct expected *expected)
{
	while (**at == '#')
		*at = strchr(*at, '\n') + 1;
	if (**at == '\0')
		return false;
	expected->file = *at;
	expected->ids = strchr(*at, '\t') + 1;
	expected->ids[-1] = '\0';
	*at = strchr(expected->ids, '\n') + 1;
	*strchr(expected->ids, '\t') = '\0';
	return true;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
ids_of(struct arena *arena, const struct diags *diags)
{
	const char **ids = arena_alloc(arena, diags->n * sizeof(*ids));
	struct buf buf;
	size_t i;

	for (i = 0; i < diags->n; i++)
		ids[i] = diags->v[i].message.id;
	if (diags->n > 1)
		qsort(ids, diags->n, sizeof(*ids), compare_ids);
	buf_init(&buf, arena);
	for (i = 0; i < diags->n; i++) {
		if (i > 0)
			buf_putc(&buf, ' ');
		buf_puts(&buf, ids[i]);
	}
	return diags->n == 0 ? "-" : buf.data;
}

/* Each complaint has a place and words in both languages. */
static void
check_words(struct arena *arena, const struct diags *diags)
{
	size_t i;

	for (i = 0; i < diags->n; i++) {
		const struct diag *diag = &diags->v[i];

		assert_true(message_exists(diag->message.id));
		assert_true(diag->place.line > 0 && diag->place.col > 0);
		assert_null(strstr(diag_text(arena, LANG_ZH, diag), "{0}"));
		assert_string_not_equal(diag_text(arena, LANG_ZH, diag),
		    diag_text(arena, LANG_EN, diag));
	}
}

static void
every_file_of_the_list_gets_the_messages_that_it_says(void **state)
{
	struct arena *arena = *state;
	struct expected expected;
	struct bytes list;
	size_t n = 0;
	char *at;

	assert_null(file_read(arena, FILES "expected", 1 << 20, &list));
	at = arena_strndup(arena, list.data, list.len);
	for (; next_expected(&at, &expected); n++) {
		const struct kind *kind =
		    find_kind(expected.file, strcspn(expected.file, "/"));
		struct diags diags = { 0 };

		assert_non_null(kind);
		assert_null(kind->read(arena,
		    arena_printf(arena, FILES "%s", expected.file), &diags));
		if (strcmp(ids_of(arena, &diags), expected.ids) != 0)
			fail_msg("%s: %s instead of %s", expected.file,
			    ids_of(arena, &diags), expected.ids);
		check_words(arena, &diags);
	}
	assert_true(n > 60);
}

static void
check_lines(struct arena *arena, enum lang lang, const char *path,
    const char *const *lines, size_t n)
{
	struct diags diags = { 0 };
	size_t i;

	assert_null(read_plan(arena, path, &diags));
	diags_sort(&diags);
	assert_int_equal(diags.n, n);
	for (i = 0; i < n; i++)
		assert_string_equal(diag_text(arena, lang, &diags.v[i]),
		    arena_printf(arena, "%s:%s", path, lines[i]));
}

static void
nine_mistakes_are_told_at_once_and_each_at_its_place_in_both_languages(
    void **state)
{
	static const char *const en[] = {
		"3:10: error: a whole number is needed; write it without a "
		"decimal point or exponent",
		"5:17: error: \"titel\" is not known here; did you mean "
		"\"title\"?",
		"6:22: error: this number must be between 1 and 31",
		"6:75: error: \"25:00\" is not a time of day; write hours and "
		"minutes from 00:00 to 23:59, such as \"09:30\"",
		"7:10: error: \"CPI\" cannot be an id; use lower-case letters, "
		"digits and inner hyphens, at most 64",
		"7:49: error: \"每月\" is not known here; write one of: "
		"monthly, quarterly, half-yearly, annual, ten-day, weekly, "
		"irregular",
		"8:33: error: this text holds the control character U+200E, "
		"which can hide or reorder words; remove it",
		"9:26: error: this plan has no series \"cpj\"; did you mean "
		"\"cpi\"?",
		"9:55: error: there is no day 2026-02-30; check year, month "
		"and day",
	};
	static const char *const zh[] = {
		"3:10: 错误：这里需要整数，请不要写小数点或指数",
		"5:17: 错误：这里没有“titel”这个键，是不是“title”？请改正",
		"6:22: 错误：这个数字必须在 1 与 31 之间，请改正",
		"6:75: 错误：“25:00”不是有效的时间，请写 00:00 至 23:59 "
		"的时和分，例如“09:30”",
		"7:10: "
		"错误：“CPI”不能作标识，请用小写字母、数字和中间的连字符，"
		"最多 64 个字符",
		"7:49: 错误：这里不能写“每月”，请从中选一个：monthly, "
		"quarterly, half-yearly, annual, ten-day, weekly, irregular",
		"8:33: 错误：这段文字含有控制字符 "
		"U+200E，可能隐藏或打乱文字，请删去",
		"9:26: 错误：本计划没有系列“cpj”，是不是“cpi”？请改正",
		"9:55: 错误：没有 2026-02-30 这一天，请核对年月日",
	};
	static const char path[] = FILES "plan/bad-nine-mistakes.json";

	check_lines(*state, LANG_EN, path, en, COUNT(en));
	check_lines(*state, LANG_ZH, path, zh, COUNT(zh));
}

static void
nothing_of_a_series_that_is_not_public_is_quoted(void **state)
{
	static const char *const words[] = { "hidden", "不公开", "绝密", "秘密",
		"40", "25:61", "no-such" };
	struct arena *arena = *state;
	struct diags diags = { 0 };
	size_t i, j;

	assert_null(read_plan(
	    arena, FILES "plan/bad-closed-is-not-quoted.json", &diags));
	assert_int_equal(diags.n, 10);
	for (i = 0; i < diags.n; i++) {
		const struct message *message = &diags.v[i].message;

		for (j = 0; j < COUNT(words); j++) {
			const char *en = message_text(arena, LANG_EN, message);

			assert_null(strstr(en, words[j]));
			assert_null(strstr(
			    message_text(arena, LANG_ZH, message), words[j]));
		}
	}
}

/* A plan in memory, and what is said about it. */
static struct plan *
plan_of(struct arena *arena, const char *json, struct diags *diags)
{
	struct bytes bytes = { json, strlen(json) };
	struct plan *plan;

	assert_null(plan_read_bytes(
	    arena, NULL, "plans/nbs-2026.json", bytes, diags, &plan));
	assert_true((plan == NULL) == (diags->errors > 0));
	return plan;
}

#define HEAD "{\"department\": \"nbs\", \"year\": 2026, \"series\": ["
#define CPI                                                                  \
	"{\"id\": \"cpi\", \"title\": \"价\", \"frequency\": \"monthly\", " \
	"\"class\": \"public\", \"timing\": {\"day\": 9}"

static void
a_cycle_through_a_closed_series_does_not_name_it(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };

	assert_null(plan_of(arena,
	    HEAD "{\"id\": \"a\", \"title\": \"甲\", \"frequency\": "
		 "\"monthly\", \"class\": \"public\", \"timing\": "
		 "{\"same_as\": \"hush\"}},\n"
		 "{\"id\": \"hush\", \"title\": \"乙\", \"frequency\": "
		 "\"monthly\", \"class\": \"secret\", \"timing\": {\"after\": "
		 "\"a\", \"days\": 1}}]}",
	    &diags));
	assert_int_equal(diags.n, 1);
	assert_string_equal(diags.v[0].message.id, "plan.cycle");
	assert_string_equal(diags.v[0].message.args[0], "a → … → a");
	assert_int_equal(diags.v[0].place.line, 2);
}

static void
a_missing_class_is_a_warning_with_nothing_but_the_place(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct plan *plan = plan_of(arena,
	    HEAD "\n  {\"id\": \"cpi\", \"title\": \"价\", \"frequency\": "
		 "\"monthly\", \"timing\": {\"day\": 9}}]}",
	    &diags);

	assert_non_null(plan);
	assert_int_equal(plan->series[0].secrecy, SECRECY_MISSING);
	assert_int_equal(diags.n, 1);
	assert_int_equal(diags.v[0].level, DIAG_WARNING);
	assert_int_equal(diags.v[0].message.n, 0);
	assert_int_equal(diags.v[0].place.line, 2);
	assert_int_equal(diags.v[0].place.col, 3);
	assert_string_equal(diags.v[0].department, "nbs");
}

static void
a_file_that_cannot_be_read_stops_the_department_that_it_is_named_after(
    void **state)
{
	static const struct {
		const char *name, *department;
	} cases[] = {
		{ "plans/nbs-2026.json", "nbs" },
		{ "nbs.json", "nbs" },
		{ "/x/y/cq-city-2026.json", "cq-city" },
		{ "cq-26.json", "cq-26" },
	};
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct diags diags = { .department = "before" };
		struct plan *plan;

		assert_null(plan_read_bytes(arena, NULL, cases[i].name,
		    (struct bytes){ "{", 1 }, &diags, &plan));
		assert_null(plan);
		assert_int_equal(diags.n, 1);
		assert_string_equal(diags.v[0].department, cases[i].department);
		assert_string_equal(diags.department, "before");
	}
}

static void
a_mistake_stops_the_department_that_the_plan_names(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };

	assert_null(plan_of(arena,
	    "{\"department\": \"gacc\", \"year\": 1, \"series\": []}", &diags));
	assert_true(diags_stop(&diags, "gacc"));
	assert_false(diags_stop(&diags, "nbs"));
}

static void
a_file_that_is_not_there_is_an_error(void **state)
{
	struct diags diags = { 0 };
	const struct error *error =
	    read_plan(*state, FILES "plan/no-such-file.json", &diags);

	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_FAILED);
	assert_int_equal(diags.n, 0);
}

static void
a_file_over_its_limit_is_refused_without_being_parsed(void **state)
{
	char path[] = "/tmp/yugao-test-plan.XXXXXX";
	struct arena *arena = *state;
	struct diags diags = { 0 };
	int fd = mkstemp(path);
	FILE *file;

	assert_true(fd != -1);
	file = fdopen(fd, "w");
	assert_non_null(file);
	assert_int_equal(fseek(file, 16 * 1024 * 1024, SEEK_SET), 0);
	assert_int_equal(fputc('{', file), '{');
	assert_int_equal(fclose(file), 0);
	assert_null(read_plan(arena, path, &diags));
	assert_null(read_acts(arena, path, &diags));
	remove(path);
	assert_string_equal(
	    ids_of(arena, &diags), "plan.too_large plan.too_large");
	assert_string_equal(diags.v[0].message.args[0], "16");
	assert_string_equal(diags.v[1].message.args[0], "1");
}

static void
a_mistake_made_everywhere_is_told_a_thousand_times_and_then_cut(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct buf buf;
	int i;

	buf_init(&buf, arena);
	buf_puts(&buf, HEAD);
	for (i = 0; i < 5000; i++)
		buf_puts(&buf, i == 0 ? "1" : ",\n1");
	buf_puts(&buf, "]}");
	assert_null(plan_of(arena, buf.data, &diags));
	assert_int_equal(diags.n, 1001);
	assert_string_equal(diags.v[1000].message.id, "plan.too_many");
	assert_int_equal(diags.v[1000].place.line, 1001);
}

static void
a_long_chain_of_references_is_walked_without_a_deep_stack(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct buf buf;
	int i;

	buf_init(&buf, arena);
	buf_puts(&buf, HEAD CPI "}");
	for (i = 0; i < 3000; i++)
		buf_printf(&buf,
		    ",\n{\"id\": \"s%05d\", \"title\": \"价\", "
		    "\"frequency\": \"monthly\", \"class\": \"public\", "
		    "\"timing\": {\"same_as\": \"s%05d\"}}",
		    i, (i + 1) % 3000);
	buf_puts(&buf, "]}");
	assert_null(plan_of(arena, buf.data, &diags));
	assert_string_equal(ids_of(arena, &diags), "plan.cycle");
}

static void
a_plan_cut_off_anywhere_is_refused_and_read_safely(void **state)
{
	struct arena *arena = *state, *garbage = arena_new();
	struct bytes whole;
	size_t len;

	assert_null(
	    file_read(arena, FILES "plan/good-full.json", 1 << 20, &whole));
	/* Without its last newline and brace it is no longer whole. */
	for (len = 0; len + 2 < whole.len; len += 5) {
		char *copy = arena_strndup(garbage, whole.data, len);
		struct diags diags = { 0 };
		struct plan *plan;

		assert_null(plan_read_bytes(garbage, NULL, "a.json",
		    (struct bytes){ copy, len }, &diags, &plan));
		assert_null(plan);
		assert_true(diags.errors > 0);
		arena_reset(garbage);
	}
	arena_free(garbage);
}

static const struct series *
series_of(const struct plan *plan, const char *id)
{
	const struct series *series = plan_series(plan, id);

	assert_non_null(series);
	return series;
}

static struct plan *
full_plan(struct arena *arena)
{
	struct diags diags = { 0 };
	struct plan *plan;

	assert_null(
	    plan_read(arena, NULL, FILES "plan/good-full.json", &diags, &plan));
	assert_int_equal(diags.n, 0);
	assert_non_null(plan);
	return plan;
}

static void
series_are_sorted_and_inherit_what_they_leave_out(void **state)
{
	const struct plan *plan = full_plan(*state);
	const struct series *cpi = series_of(plan, "cpi");
	size_t i;

	assert_string_equal(plan->department, "nbs");
	assert_int_equal(plan->year, 2026);
	assert_string_equal(plan->source.retrieved, "2025-12-26");
	for (i = 1; i < plan->n_series; i++)
		assert_true(
		    strcmp(plan->series[i - 1].id, plan->series[i].id) < 0);
	assert_null(plan_series(plan, "nothing"));
	assert_string_equal(cpi->title.en, "Consumer prices");
	assert_string_equal(cpi->topics[0], "prices");
	assert_int_equal(cpi->status, STATUS_TENTATIVE);
	assert_int_equal(cpi->secrecy, SECRECY_PUBLIC);
	assert_string_equal(cpi->scheme->valid_until, "2026-06-30");
	assert_string_equal(cpi->contact_unit.zh, "综合处");
	assert_string_equal(cpi->combine[0], "01..02");
	assert_string_equal(cpi->indicators[0].breakdowns[1], "农村");
	assert_int_equal(cpi->rules[0].minute, 9 * 60 + 30);
	assert_int_equal(cpi->rules[0].roll, ROLL_FOLLOWING);
	assert_int_equal(cpi->rules[0].precision, PRECISION_INSTANT);
	assert_int_equal(series_of(plan, "last")->rules[0].lag, 0);
	assert_int_equal(series_of(plan, "last")->n_combine, 0);
	assert_int_equal(series_of(plan, "workday")->n_combine, 0);
	assert_int_equal(series_of(plan, "ten-day")->rules[0].lag, 1);
	assert_string_equal(series_of(plan, "inside")->source, "admin_record");
	assert_int_equal(series_of(plan, "hidden")->secrecy, SECRECY_SECRET);
}

static void
each_form_of_timing_is_read(void **state)
{
	const struct plan *plan = full_plan(*state);
	const struct timing *t;

	t = series_of(plan, "last")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_DAY);
	assert_int_equal(t->days[0], DAY_LAST);
	t = series_of(plan, "groups")->rules[0].timings;
	assert_int_equal(t[0].months, 1 << 1 | 1 << 4 | 1 << 7 | 1 << 10);
	assert_int_equal(t[1].months, 0);
	assert_string_equal(t[1].pointer, "/series/2/timing/1");
	t = series_of(plan, "ten-day")->rules[0].timings;
	assert_int_equal(t->n_days, 3);
	assert_int_equal(t->days[0], 4);
	assert_int_equal(t->days[2], 24);
	t = series_of(plan, "last-workday")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_WORKDAY);
	assert_int_equal(t->n, -1);
	t = series_of(plan, "weekday")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_WEEKDAY);
	assert_int_equal(t->weekday, FRIDAY);
	t = series_of(plan, "employment")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_WEEKDAY_AFTER);
	assert_int_equal(t->day, 12);
	assert_int_equal(t->n, 3);
	t = series_of(plan, "ten-workdays")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_AFTER_PERIOD);
	assert_true(t->working);
	assert_int_equal(t->n, 10);
	t = series_of(plan, "after")->rules[0].timings;
	assert_int_equal(t->kind, TIMING_AFTER_SERIES);
	assert_string_equal(t->series, "cpi");
	assert_true(t->working && t->n == 1 && !t->of_rule);
	t = series_of(plan, "same")->rules[0].timings;
	assert_true(t->of_rule && t->n == 0 && !t->working);
	assert_int_equal(t->months, 1 << 1 | 1 << 2 | 1 << 3);
	t = series_of(plan, "before-end")->rules[0].timings;
	assert_int_equal(t[1].kind, TIMING_BEFORE_MONTH_END);
	assert_true(t[1].working && t[1].n == 3);
}

static const struct occurrence *
occurrence_of(const struct rule *rule, const char *period)
{
	size_t i;

	for (i = 0; i < rule->n_occurrences; i++)
		if (strcmp(rule->occurrences[i].period, period) == 0)
			return &rule->occurrences[i];
	fail_msg("no occurrence %s", period);
	return NULL;
}

static void
each_form_of_date_is_read(void **state)
{
	const struct plan *plan = full_plan(*state);
	const struct rule *rule = series_of(plan, "cpi")->rules;
	const struct occurrence *o = occurrence_of(rule, "2026-01..02");

	assert_int_equal(o->when.precision, PRECISION_DATE);
	assert_int_equal(o->when.start.minute, NO_TIME);
	assert_int_equal(o->when.last.n, day_of(2026, 3, 9).n);
	assert_int_equal(o->status, -1);
	o = occurrence_of(rule, "2026-03");
	assert_int_equal(o->minute, 600);
	assert_int_equal(o->status, STATUS_CONFIRMED);
	assert_string_equal(o->reason.zh, "假日");
	o = occurrence_of(rule, "2026-04");
	assert_int_equal(o->when.precision, PRECISION_INSTANT);
	assert_int_equal(o->when.start.minute, 15 * 60);
	o = occurrence_of(rule, "2026-05");
	assert_int_equal(o->when.precision, PRECISION_MONTH);
	assert_int_equal(o->when.last.n, day_of(2026, 6, 30).n);
	o = occurrence_of(rule, "2026-06");
	assert_int_equal(o->when.precision, PRECISION_WINDOW);
	assert_int_equal(o->when.start.day.n, day_of(2026, 7, 1).n);
	assert_int_equal(o->when.last.n, day_of(2026, 8, 31).n);
	o = occurrence_of(rule, "2026-08");
	assert_int_equal(o->when.precision, PRECISION_NLT);
	assert_string_equal(o->note.zh, "预计");
	o = occurrence_of(rule, "2026-09");
	assert_false(o->has_when);
	assert_int_equal(o->minute, 600);
	o = occurrence_of(rule, "2026-10");
	assert_true(o->skip);
	assert_string_equal(o->reason.zh, "与季度数据一并发布");
	assert_string_equal(o->pointer, "/series/0/skip/2026-10");
}

static void
estimates_are_rules_that_inherit_all_but_dates(void **state)
{
	const struct series *gdp = series_of(full_plan(*state), "gdp");

	assert_int_equal(gdp->n_rules, 3);
	assert_string_equal(gdp->rules[0].estimate, "1");
	assert_int_equal(gdp->rules[0].lag, 1);
	assert_int_equal(gdp->rules[1].lag, 2);
	assert_int_equal(gdp->rules[1].roll, ROLL_NONE);
	assert_int_equal(gdp->rules[1].n_occurrences, 0);
	assert_string_equal(gdp->rules[2].estimate, "final");
	assert_int_equal(gdp->rules[2].roll, ROLL_FOLLOWING);
	assert_ptr_equal(gdp->rules[2].timings, gdp->rules[0].timings);
	assert_int_equal(gdp->rules[2].n_occurrences, 2);
}

static void
a_pointer_leads_back_to_its_place_counted_in_characters(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	const char *json = HEAD "\n" CPI ", \"note\": \"居民😀价\", \"dates\": "
				"{\"2026-03\": \"2026-04-11\"}}]}";
	struct plan *plan = plan_of(arena, json, &diags);
	const char *line = strchr(json, '\n') + 1;
	size_t before = (size_t)(strstr(json, "\"2026-04-11") - line);
	struct place place;

	assert_non_null(plan);
	place = plan_place(plan, "/series/0/dates/2026-03");
	assert_int_equal(place.line, 2);
	assert_int_equal(place.col, utf8_count(line, before) + 1);
	assert_true((size_t)place.col < before);
	assert_string_equal(place.file, "plans/nbs-2026.json");
	assert_int_equal(plan_place(plan, "").col, 1);
	assert_int_equal(plan_place(plan, "/series/1").line, 0);
	assert_int_equal(plan_place(plan, "/series/00").line, 0);
	assert_int_equal(plan_place(plan, "/nothing/0").line, 0);
}

static void
keys_with_slashes_and_tildes_are_found_again(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	const char *json =
	    HEAD CPI ", \"dates\": {\"a/b~c\": \"2026-04-31\"}}]}";

	assert_null(plan_of(arena, json, &diags));
	assert_int_equal(diags.n, 2);
	assert_int_equal(diags.v[1].place.col,
	    utf8_count(json, strstr(json, "\"2026-04") - json) + 1);
}

static void
a_plan_finds_its_calendar_and_zone(void **state)
{
	struct arena *arena = *state;
	struct calendars *calendars = calendars_open(arena, "calendars", NULL);
	const char *good =
	    "{\"department\": \"nbs\", \"year\": 2026, \"series\": []}";
	const char *bad = "{\"department\": \"nbs\", \"year\": 2026,\n"
			  "\"calendar\": \"moon\", \"series\": []}";
	struct diags diags = { 0 };
	struct plan *plan;

	assert_null(plan_read_bytes(arena, calendars, "a.json",
	    (struct bytes){ good, strlen(good) }, &diags, &plan));
	assert_int_equal(diags.n, 0);
	assert_string_equal(calendar_name(plan->calendar), "cn");
	assert_string_equal(zone_name(plan->zone), "Asia/Shanghai");
	assert_null(plan_read_bytes(arena, calendars, "a.json",
	    (struct bytes){ bad, strlen(bad) }, &diags, &plan));
	assert_null(plan);
	assert_int_equal(diags.n, 1);
	assert_int_equal(diags.v[0].place.line, 2);
	assert_int_equal(diags.v[0].place.col, 13);
}

/* The office of tests/data/office. */
struct world {
	struct diags diags;
	struct office *office;
	struct plans plans;
	struct acts acts;
};

#define OFFICE "tests/data/office/"

static void
world_read(struct arena *arena, struct world *world)
{
	struct diags *diags = &world->diags;

	memset(world, 0, sizeof(*world));
	assert_null(
	    office_read(arena, OFFICE "yugao.json", diags, &world->office));
	assert_non_null(world->office);
	assert_null(plans_read(
	    arena, NULL, world->office->plans, diags, &world->plans));
	assert_null(acts_read(arena, world->office->acts, diags, &world->acts));
	assert_null(plans_check(
	    arena, world->office, &world->plans, &world->acts, diags));
	diags_sort(diags);
}

static void
a_department_with_mistakes_stops_alone(void **state)
{
	static const char *const lines[] = {
		OFFICE "acts/broken-2026.json:3:101: error: ",
		OFFICE "acts/other-2026.json:2:2: error: ",
		OFFICE "departments/broken.json:1:43: error: ",
		OFFICE "plans/broken-2026.json:1:51: error: ",
		OFFICE "plans/good-again.json:1:32: error: ",
		OFFICE "plans/typing-2026.json:1:16: error: ",
		OFFICE "plans/typing-2026.json:1:64: error: ",
		OFFICE "plans/typing-2026.json:4:85: error: ",
		OFFICE "portals/wrong.json:1:8: error: ",
	};
	struct arena *arena = *state;
	struct world world;
	size_t i;

	world_read(arena, &world);
	for (i = 0; i < world.diags.n && i < COUNT(lines); i++) {
		const char *text = diag_text(arena, LANG_EN, &world.diags.v[i]);

		if (strncmp(text, lines[i], strlen(lines[i])) != 0)
			fail_msg("%s", text);
	}
	assert_int_equal(world.diags.n, COUNT(lines));
	/* A portal is everybody's, so take its mistake out. */
	world.diags.n--;
	assert_true(diags_stop(&world.diags, "broken"));
	assert_true(diags_stop(&world.diags, "typing"));
	assert_true(diags_stop(&world.diags, "good"));
	assert_false(diags_stop(&world.diags, "a"));
	assert_false(diags_stop(&world.diags, "a-b"));
}

static void
the_office_is_read_with_paths_beside_its_file(void **state)
{
	struct arena *arena = *state;
	const struct office *office;
	const struct department *good;
	struct world world;

	world_read(arena, &world);
	office = world.office;
	assert_string_equal(office->url, "https://data.example/yugao/");
	assert_string_equal(office->plans, OFFICE "plans");
	assert_string_equal(office->state, "/var/lib/yugao");
	assert_string_equal(office->timezone, "Asia/Shanghai");
	assert_int_equal(office->lang, LANG_ZH);
	assert_int_equal(office->n_departments, 5);
	assert_string_equal(office->departments[0].id, "a");
	assert_string_equal(office->departments[1].id, "a-b");
	good = office_department(office, "good");
	assert_non_null(good);
	assert_string_equal(good->region, "500000");
	assert_true(good->has_enforce_from);
	assert_int_equal(good->enforce_from.n, day_of(2026, 7, 1).n);
	assert_null(office_department(office, "nobody"));
	assert_string_equal(office_topic(office, "prices")->name.en, "Prices");
	assert_null(office_topic(office, "price"));
	assert_int_equal(office->n_portals, 2);
	assert_string_equal(office->portals[0].url, OFFICE "public");
	assert_false(office->portals[0].required);
	assert_string_equal(
	    office->portals[1].url, "http://127.0.0.1:8080/calendar/");
	assert_string_equal(
	    office->portals[1].auth.secret.name, OFFICE "secret/portal.token");
	assert_true(office->portals[1].required);
	assert_int_equal(office->portals[1].connections, 4);
	assert_int_equal(office->portals[1].timeout, 30);
}

static void
a_portal_says_what_it_gets_and_what_it_bears(void **state)
{
	static const uint8_t inside[4] = { 10, 1, 255, 1 },
			     outside[4] = { 10, 2, 0, 0 };
	const struct office office = { .file = "/etc/yugao/yugao.json" };
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct portal p;
	bool ok;

	assert_null(portal_read(arena, FILES "portal/good-options.json", NULL,
	    &office, &diags, &p, &ok));
	assert_true(ok);
	assert_string_equal(p.proxy, "http://10.0.0.5:3128");
	assert_string_equal(p.tls.ca, "/etc/yugao/ca.pem");
	assert_string_equal(p.tls.client_key.name, "/etc/yugao/secret/x");
	assert_int_equal(p.tls.client_certificate.kind, SECRET_CREDENTIAL);
	assert_int_equal(strlen(p.tls.pins), 2 * strlen("sha256//") + 88 + 1);
	assert_int_equal(p.rate, 500);
	assert_int_equal(p.body_most, 1048576);
	assert_int_equal(p.timeout, 60);
	assert_int_equal(p.connect_timeout, 5);
	assert_false(p.allow_private);
	assert_int_equal(p.n_networks, 3);
	assert_true(network_holds(&p.networks[1], false, inside));
	assert_false(network_holds(&p.networks[1], false, outside));
	assert_false(network_holds(&p.networks[1], true, inside));
	assert_true(portal_wants_path(&p, "departments/nbs/releases.ics"));
	assert_false(portal_wants_path(&p, "en/releases.ics"));
	assert_true(portal_wants_department(&p, "nbs"));
	assert_false(portal_wants_department(&p, "nbs-2"));
	assert_true(portal_wants_language(&p, LANG_ZH));
	assert_false(portal_wants_language(&p, LANG_EN));
	assert_false(portal_is_quiet(&p, 22 * 60 - 1));
	assert_true(portal_is_quiet(&p, 22 * 60));
	assert_true(portal_is_quiet(&p, 0));
	assert_false(portal_is_quiet(&p, 7 * 60));
	p = (struct portal){ .quiet = { 60, 120 } };
	assert_true(portal_is_quiet(&p, 60));
	assert_false(portal_is_quiet(&p, 120));
	assert_true(portal_wants_path(&p, "x"));
	assert_true(portal_wants_department(&p, "x"));
	assert_true(portal_wants_language(&p, LANG_EN));
}

static void
a_portal_selects_departments_that_there_are(void **state)
{
	const struct department department = { .id = "ndrc" };
	const struct office office = { .file = "yugao.json",
		.departments = &department,
		.n_departments = 1 };
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct portal p;
	bool ok;

	assert_null(portal_read(arena, FILES "portal/good-options.json", NULL,
	    &office, &diags, &p, &ok));
	assert_false(ok);
	assert_string_equal(diags.v[0].message.id, "plan.unknown_department");
}

static void
acts_come_in_order_of_time_and_the_last_one_counts(void **state)
{
	struct arena *arena = *state;
	const struct act *act;
	struct world world;
	size_t i;

	world_read(arena, &world);
	assert_int_equal(world.acts.n, 3);
	for (i = 1; i < world.acts.n; i++)
		assert_true(world.acts.v[i - 1].at.s <= world.acts.v[i].at.s);
	act = acts_last(&world.acts, "good/cpi/2026-03");
	assert_int_equal(act->kind, ACT_CANCEL);
	assert_string_equal(act->role, "responsible_leader");
	assert_int_equal(act->place.line, 3);
	act = acts_last(&world.acts, "good/cpi/2026-04");
	assert_int_equal(act->kind, ACT_MOVE);
	assert_int_equal(act->to.start.minute, NO_TIME);
	assert_int_equal(act->to.last.n, day_of(2026, 4, 11).n);
	assert_null(acts_last(&world.acts, "good/cpi/2026-05"));
}

static void
a_folder_of_acts_that_is_not_there_holds_none(void **state)
{
	struct diags diags = { 0 };
	struct acts acts = { 0 };

	assert_null(acts_read(*state, OFFICE "nothing", &diags, &acts));
	assert_null(acts_read(*state, NULL, &diags, &acts));
	assert_int_equal(acts.n, 0);
}

static void
the_policy_file_gives_value_basis_and_citation(void **state)
{
	struct arena *arena = *state;
	const struct parameter *parameter;
	const struct parameters *policy;
	struct world world;

	world_read(arena, &world);
	policy = &world.office->policy;
	assert_string_equal(policy->region, "500000");
	assert_int_equal(strlen(policy->digest), 64);
	parameter = policy_parameter(policy, "lead.min_lead");
	assert_int_equal(parameter->number, 28);
	assert_string_equal(parameter->unit, "calendar_day");
	assert_int_equal(parameter->basis, 'I');
	assert_string_equal(parameter->on_fail, "warn");
	assert_string_equal(parameter->cites[0], "UK-3.1");
	assert_non_null(policy_source(policy, parameter->cites[0]));
	assert_null(policy_source(policy, "UK"));
	parameter = policy_parameter(policy, "annual_schedule.due");
	assert_string_equal(parameter->string, "12-31");
	parameter = policy_parameter(policy, "lead.prior_required");
	assert_int_equal(parameter->number, 1);
	parameter = policy_parameter(policy, "change.approver_roles");
	assert_int_equal(parameter->n_set, 2);
	assert_null(policy_parameter(policy, "lead.no_such"));
}

static void
periods_are_read_written_and_named(void **state)
{
	static const struct {
		const char *key, *first, *last, *next, *zh, *en;
	} cases[] = {
		{ "2026", "2026-01-01", "2026-12-31", "2027", "2026年",
		    "2026" },
		{ "2026-H1", "2026-01-01", "2026-06-30", "2026-H2",
		    "2026年上半年", "H1 2026" },
		{ "2026-H2", "2026-07-01", "2026-12-31", "2027-H1",
		    "2026年下半年", "H2 2026" },
		{ "2026-Q1", "2026-01-01", "2026-03-31", "2026-Q2",
		    "2026年第1季度", "Q1 2026" },
		{ "2026-Q4", "2026-10-01", "2026-12-31", "2027-Q1",
		    "2026年第4季度", "Q4 2026" },
		{ "2026-03", "2026-03-01", "2026-03-31", "2026-04", "2026年3月",
		    "March 2026" },
		{ "2028-02", "2028-02-01", "2028-02-29", "2028-03", "2028年2月",
		    "February 2028" },
		{ "2026-12", "2026-12-01", "2026-12-31", "2027-01",
		    "2026年12月", "December 2026" },
		{ "2026-01..02", "2026-01-01", "2026-02-28", "2026-03",
		    "2026年1—2月", "January–February 2026" },
		{ "2026-03-D1", "2026-03-01", "2026-03-10", "2026-03-D2",
		    "2026年3月上旬", "1–10 March 2026" },
		{ "2026-03-D2", "2026-03-11", "2026-03-20", "2026-03-D3",
		    "2026年3月中旬", "11–20 March 2026" },
		{ "2026-02-D3", "2026-02-21", "2026-02-28", "2026-03-D1",
		    "2026年2月下旬", "21–28 February 2026" },
		{ "2026-12-D3", "2026-12-21", "2026-12-31", "2027-01-D1",
		    "2026年12月下旬", "21–31 December 2026" },
		{ "2026-W01", "2025-12-29", "2026-01-04", "2026-W02",
		    "2026年第1周", "Week 1 of 2026" },
		{ "2026-W05", "2026-01-26", "2026-02-01", "2026-W06",
		    "2026年第5周", "Week 5 of 2026" },
		{ "2026-W53", "2026-12-28", "2027-01-03", "2027-W01",
		    "2026年第53周", "Week 53 of 2026" },
	};
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		char out[PERIOD_SIZE], day[DAY_SIZE];
		struct period period, next;

		assert_true(period_parse(cases[i].key, &period));
		assert_string_equal(
		    day_format(day, period.first), cases[i].first);
		assert_string_equal(
		    day_format(day, period.last), cases[i].last);
		assert_string_equal(period_format(out, &period), cases[i].key);
		next = period_next(&period);
		assert_string_equal(period_format(out, &next), cases[i].next);
		assert_string_equal(
		    period_words(arena, LANG_ZH, &period), cases[i].zh);
		assert_string_equal(
		    period_words(arena, LANG_EN, &period), cases[i].en);
	}
}

static void
what_is_no_period_is_refused(void **state)
{
	static const char *const cases[] = { "", "2026-", "26", "02026",
		"2026-3", "2026-00", "2026-13", "2026-H0", "2026-H3", "2026-Q0",
		"2026-Q5", "2026-Q", "2026-H", "2026-D1", "2026-03-D0",
		"2026-03-D4", "2026-03-D11", "2026-02..02", "2026-02..01",
		"2026-01..13", "2026-01..2", "2026-01...02", "2026-W00",
		"2025-W53", "2026-W54", "2026-W5", "2026-W", "0000",
		"2026-03-09", "2026-03 ", "２０２６" };
	struct period period;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (period_parse(cases[i], &period))
			fail_msg("%s", cases[i]);
}

static void
every_day_of_ten_years_is_in_the_period_that_holds_it(void **state)
{
	static const enum frequency frequencies[] = { FREQUENCY_ANNUAL,
		FREQUENCY_HALF_YEARLY, FREQUENCY_QUARTERLY, FREQUENCY_MONTHLY,
		FREQUENCY_TEN_DAY, FREQUENCY_WEEKLY };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(frequencies); i++) {
		struct day day = day_of(2019, 12, 20);
		struct period period = period_of(frequencies[i], day);

		for (; day_year(day) < 2030; day.n++) {
			struct period of = period_of(frequencies[i], day);
			char out[PERIOD_SIZE];

			if (day.n > period.last.n)
				period = period_next(&period);
			assert_true(of.first.n <= day.n && day.n <= of.last.n);
			assert_int_equal(of.first.n, period.first.n);
			assert_true(period_parse(period_format(out, &of), &of));
			assert_int_equal(of.last.n, period.last.n);
		}
	}
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		T(every_file_of_the_list_gets_the_messages_that_it_says),
		T(nine_mistakes_are_told_at_once_and_each_at_its_place_in_both_languages),
		T(nothing_of_a_series_that_is_not_public_is_quoted),
		T(a_cycle_through_a_closed_series_does_not_name_it),
		T(a_missing_class_is_a_warning_with_nothing_but_the_place),
		T(a_file_that_cannot_be_read_stops_the_department_that_it_is_named_after),
		T(a_mistake_stops_the_department_that_the_plan_names),
		T(a_file_that_is_not_there_is_an_error),
		T(a_file_over_its_limit_is_refused_without_being_parsed),
		T(a_mistake_made_everywhere_is_told_a_thousand_times_and_then_cut),
		T(a_long_chain_of_references_is_walked_without_a_deep_stack),
		T(a_plan_cut_off_anywhere_is_refused_and_read_safely),
		T(series_are_sorted_and_inherit_what_they_leave_out),
		T(each_form_of_timing_is_read),
		T(each_form_of_date_is_read),
		T(estimates_are_rules_that_inherit_all_but_dates),
		T(a_pointer_leads_back_to_its_place_counted_in_characters),
		T(keys_with_slashes_and_tildes_are_found_again),
		T(a_plan_finds_its_calendar_and_zone),
		T(a_department_with_mistakes_stops_alone),
		T(the_office_is_read_with_paths_beside_its_file),
		T(a_portal_says_what_it_gets_and_what_it_bears),
		T(a_portal_selects_departments_that_there_are),
		T(acts_come_in_order_of_time_and_the_last_one_counts),
		T(a_folder_of_acts_that_is_not_there_holds_none),
		T(the_policy_file_gives_value_basis_and_citation),
		T(periods_are_read_written_and_named),
		T(what_is_no_period_is_refused),
		T(every_day_of_ten_years_is_in_the_period_that_holds_it),
	};

	if (argc >= 4 && strcmp(argv[1], "--read") == 0)
		return read_for_lint(argc, argv);
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
