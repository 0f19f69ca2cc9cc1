#include "report_world.h"

#include <jansson.h>

/* words */

static void
a_moment_is_told_as_precisely_as_it_is_known(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;
	struct day first = day_of(2026, 9, 1), last = day_of(2026, 10, 31);
	const struct {
		struct moment moment;
		const char *zh, *en;
	} rows[] = {
		{ on(2026, 3, 9, 570), "2026-03-09 09:30", "2026-03-09 09:30" },
		{ on(2026, 3, 9, NO_TIME), "2026-03-09", "2026-03-09" },
		{ between(
		      PRECISION_MONTH, day_of(2026, 4, 1), day_of(2026, 4, 30)),
		    "2026年4月", "April 2026" },
		{ between(PRECISION_WINDOW, first, last),
		    "2026年9月至2026年10月", "September 2026 to October 2026" },
		{ between(
		      PRECISION_WINDOW, day_of(2026, 9, 5), day_of(2026, 9, 7)),
		    "2026-09-05至2026-09-07", "2026-09-05 to 2026-09-07" },
		{ between(PRECISION_NLT, first, day_of(2026, 6, 30)),
		    "不晚于2026-06-30", "no later than 2026-06-30" },
		{ between(PRECISION_NONE, first, first), "待定",
		    "to be announced" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		assert_string_equal(
		    moment_words(arena, LANG_ZH, &rows[i].moment), rows[i].zh);
		assert_string_equal(
		    moment_words(arena, LANG_EN, &rows[i].moment), rows[i].en);
	}
}

static const struct policy_rule a2 = { .id = "A2", .clause = "C01" };
static const struct policy_rule x9 = { .id = "X9" };

static void
a_verdict_shows_measure_threshold_basis_and_citation(void **state)
{
	struct world *world = *state;
	const struct parameters *policy = &world->office.policy;
	struct verdict verdict = { .rule = &a2,
		.parameter = policy_parameter(policy, "lead.min_lead"),
		.outcome = OUTCOME_WARN,
		.measured = 25,
		.prediction = true };

	assert_string_equal(
	    verdict_words(world->arena, LANG_ZH, policy, &verdict),
	    "A2 警告 提前 25 天 < 28 天 [I：UK-3.1 UK Code of Practice for "
	    "Statistics, Standard 3.1 (former T3.1)] · 条款 C01 · 预测");
	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict),
	    "A2 warn: 25 days ahead < 28 days [I: UK-3.1 UK Code of Practice "
	    "for "
	    "Statistics, Standard 3.1 (former T3.1)] · clause C01 · "
	    "prediction");
	verdict.parameter = policy_parameter(policy, "lead.floor_lead");
	verdict.measured = 1;
	verdict.prediction = false;
	verdict.informative = true;
	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict),
	    "A2 warn: 1 working day ahead ≥ 1 working day [E] · clause C01 · "
	    "for information");
}

static void
a_verdict_with_little_to_show_invents_nothing(void **state)
{
	struct world *world = *state;
	const struct parameters *policy = &world->office.policy;
	static const char *const unknown[] = { "NOWHERE-1" };
	struct parameter odd = { .key = "x.y",
		.number = 3,
		.unit = "furlong",
		.basis = 'E',
		.cites = unknown,
		.n_cites = 1 };
	struct verdict verdict = { .rule = &x9,
		.outcome = OUTCOME_WARN,
		.measured_text = "lead.min_lead" };

	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict),
	    "X9 warn: lead.min_lead");
	verdict.measured_text = "";
	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict),
	    "X9 warn: missing");
	verdict.outcome = OUTCOME_NA;
	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict), "X9 n/a");
	verdict = (struct verdict){ .rule = &x9,
		.parameter = &odd,
		.outcome = OUTCOME_PASS,
		.measured = 4 };
	assert_string_equal(
	    verdict_words(world->arena, LANG_EN, policy, &verdict),
	    "X9 pass: 4 ≥ 3 [E: NOWHERE-1]");
	verdict.parameter =
	    policy_parameter(policy, "release.on_non_working_day");
	verdict.measured_text = "2026-01-31";
	assert_string_equal(
	    verdict_words(world->arena, LANG_ZH, policy, &verdict),
	    "X9 通过 2026-01-31（政策设为 warn） [I：NBS-2023 NBS 2023 "
	    "schedule "
	    "table]");
}

/* diagnostics */

static void
add_diag(struct world *world, enum diag_level level, const char *file, int line,
    const char *word)
{
	DIAG(world->arena, &world->diags, level,
	    ((struct place){ .file = file, .line = line, .col = 2 }),
	    "artifact.month", word, "");
}

/* What report_diags() writes to stderr. */
static const char *
on_stderr(struct world *world)
{
	FILE *file = tmpfile();
	char *text = arena_alloc(world->arena, 4096);
	int kept = dup(STDERR_FILENO);

	fflush(stderr);
	dup2(fileno(file), STDERR_FILENO);
	report_diags(&world->report, &world->diags);
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(file);
	text[fread(text, 1, 4095, file)] = '\0';
	fclose(file);
	return text;
}

static void
mistakes_go_to_stderr_in_order_of_place(void **state)
{
	struct world *world = *state;

	world->report.lang = LANG_EN;
	add_diag(world, DIAG_WARNING, "b.json", 1, "third");
	add_diag(world, DIAG_ERROR, "a.json", 9, "second");
	add_diag(world, DIAG_ERROR, "a.json", 3, "first");
	add_diag(world, DIAG_ERROR, "a.json", 3, "first");
	assert_string_equal(on_stderr(world), "a.json:3:2: error:  first\n"
					      "a.json:9:2: error:  second\n"
					      "b.json:1:2: warning:  third\n");
	assert_string_equal(printed(world), "");
}

static void
quiet_keeps_only_what_is_wrong(void **state)
{
	struct world *world = *state;

	world->report.quiet = true;
	add_diag(world, DIAG_NOTE, "a.json", 1, "note");
	add_diag(world, DIAG_WARNING, "a.json", 2, "warning");
	assert_string_equal(on_stderr(world), "");
	add_diag(world, DIAG_ERROR, "a.json", 3, "wrong");
	assert_silent_about(on_stderr(world), "warning");
	assert_says(on_stderr(world), "wrong");
}

static void
colour_is_only_where_it_was_asked_for(void **state)
{
	struct world *world = *state;

	add_diag(world, DIAG_ERROR, "a.json", 3, "x");
	assert_silent_about(on_stderr(world), "\033");
	world->report.color = COLOR_ALWAYS;
	assert_says(on_stderr(world), "\033[1ma.json:3:2: \033[0m\033[31m");
}

static json_t *
document(struct world *world, const char *schema)
{
	json_error_t error;
	json_t *json =
	    json_loads(printed(world), JSON_REJECT_DUPLICATES, &error);

	if (json == NULL)
		fail_msg(
		    "%s at %d: %s", error.text, error.line, world->printed);
	assert_string_equal(
	    json_string_value(json_object_get(json, "schema")), schema);
	return json;
}

static void
mistakes_without_a_report_are_a_document_of_their_own(void **state)
{
	struct world *world = *state;
	json_t *json, *first;

	world->report.json = true;
	assert_string_equal(on_stderr(world), "");
	assert_string_equal(printed(world), "");
	world->diags.department = "tj";
	add_diag(world, DIAG_ERROR, "a\"\n.json", 3, "\033[2J");
	assert_string_equal(on_stderr(world), "");
	json = document(world, "yugao-diagnostics/1");
	first = json_array_get(json_object_get(json, "diagnostics"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(first, "level")), "error");
	assert_string_equal(
	    json_string_value(json_object_get(first, "department")), "tj");
	assert_int_equal(json_integer_value(json_object_get(first, "line")), 3);
	json_decref(json);
}

/* check */

static enum outcome
check(struct world *world)
{
	const struct report_world seen = { .office = &world->office,
		.plans = &world->plans,
		.slots = &world->slots,
		.acts = &world->acts,
		.view = &world->view,
		.diags = &world->diags,
		.now = world->now };

	slots_sort(&world->slots);
	return report_check(&world->report, &seen);
}

/* Nothing of the three open series is missing, unreviewed or too late. */
static void
add_whole_year(struct world *world)
{
	add_year(world, 0);
	add_year(world, 1);
	add_year(world, 3);
	slots_sort(&world->slots);
	review_all(world);
}

static void
nothing_to_do_is_said_once_and_not_at_all_when_quiet(void **state)
{
	struct world *world = *state;

	add_whole_year(world);
	assert_int_equal(check(world), OUTCOME_PASS);
	assert_string_equal(printed(world),
	    "市统计局（tj）  36 次发布  通过 36\n"
	    "  无需处理\n"
	    "\n"
	    "1 个部门，36 次发布，阻止 0 项，需处理 0 项\n");
	world->report.quiet = true;
	assert_int_equal(check(world), OUTCOME_PASS);
	assert_string_equal(printed(world), "");
}

static void
the_same_verdict_on_many_releases_is_told_once_with_its_range(void **state)
{
	struct world *world = *state;
	const char *text;
	int i;

	world->now = at("2026-01-20T10:00:00+08:00");
	world->report.lang = LANG_EN;
	add_said(world, "tj/old/2025-12", on(2026, 1, 5, 570));
	world->view.v[0].since = at("2025-12-01T00:00:00Z");
	world->view.v[0].first_at = world->view.v[0].since;
	for (i = 0; i < 5; i++)
		add_slot(world, 0,
		    arena_printf(world->arena, "2026-0%d", i + 1),
		    on(2026, 2, 9 + i, 570));
	review_all(world);
	/* Five months are no year, and nothing is said of the next ones. */
	world->plan.n_series = 1;
	assert_int_equal(check(world), OUTCOME_REPORT);
	text = printed(world);
	assert_says(text, "A8 report: ");
	assert_says(text, "A3 warn: ");
	assert_says(text, "A2 warn: 20–24 days ahead < 28 days [I: UK-3.1");
	assert_says(text, "announced only 20–24 days ahead, fewer than 28");
	assert_says(text, "tj/cpi/2026-01  2026-02-09 Mon 09:30");
	assert_says(text, "… and 2 more");
	assert_silent_about(text, "tj/cpi/2026-04");
	assert_says(text, "1 department, 5 releases, 0 blocked, 7 to look at");
	assert_silent_about(text, "A1 pass");
	world->report.verbose = true;
	check(world);
	text = printed(world);
	assert_says(text, "tj/cpi/2026-04");
	assert_says(text, "A1 pass");
}

static void
a_clock_that_is_not_the_offices_is_named(void **state)
{
	struct world *world = *state;
	struct zone *zone = NULL;
	const char *text;

	world->report.lang = LANG_EN;
	world->report.verbose = true;
	add_slot(world, 0, "2026-03", on(2026, 4, 9, 570));
	check(world);
	text = printed(world);
	assert_says(text, "tj/cpi/2026-03  2026-04-09 Thu 09:30  ");
	assert_null(zone_open(world->arena, "America/New_York", &zone));
	world->plan.zone = zone;
	check(world);
	text = printed(world);
	assert_says(
	    text, "tj/cpi/2026-03  2026-04-09 Thu 09:30 America/New_York  ");
}

static void
a_closed_series_leaves_no_trace(void **state)
{
	struct world *world = *state;
	bool modes[][2] = { { false, false }, { false, true }, { true, false },
		{ true, true } };
	const char *text;
	size_t i;

	add_slot(world, 2, "2026-03", on(2026, 4, 9, 570));
	add_slot(world, 2, "2026-04", on(2026, 5, 9, 570));
	add_whole_year(world);
	for (i = 0; i < COUNT(modes); i++) {
		world->report.json = modes[i][0];
		world->report.verbose = modes[i][1];
		assert_int_equal(check(world), OUTCOME_PASS);
		text = printed(world);
		assert_silent_about(text, CANARY_ID);
		assert_silent_about(text, CANARY_TITLE);
		assert_silent_about(text, "通过 secret");
		assert_silent_about(text, "\"measured\":\"secret\"");
		assert_silent_about(text, "2026-05-09");
		assert_silent_about(text, "XXGK-14\",\"par");
		assert_silent_about(text, "通过 XXGK-14");
		assert_silent_about(text, "38 次");
		assert_silent_about(text, "\"releases\":38");
	}
}

static void
a_series_without_class_is_one_line_with_its_place(void **state)
{
	struct world *world = *state;
	const char *text;

	world->series[2].secrecy = SECRECY_MISSING;
	add_slot(world, 2, "2026-03", on(2026, 4, 9, 570));
	add_slot(world, 2, "2026-04", on(2026, 5, 11, 570));
	add_whole_year(world);
	assert_int_equal(check(world), OUTCOME_WARN);
	text = printed(world);
	assert_says(text, "D2 警告 未填写");
	assert_says(text, "     plans/tj.json\n");
	assert_says(text, "36 次发布，阻止 0 项，需处理 1 项");
	assert_silent_about(text, CANARY_ID);
	assert_silent_about(text, CANARY_TITLE);
}

static void
an_attempt_to_announce_what_a_scheme_forbids_is_a_block(void **state)
{
	struct world *world = *state;
	const struct scheme scheme = { .publication = "internal" };
	const char *text;

	world->series[2].secrecy = SECRECY_PUBLIC;
	world->series[2].scheme = &scheme;
	add_slot(world, 2, "2026-03", on(2026, 4, 9, 570));
	add_whole_year(world);
	assert_int_equal(check(world), OUTCOME_BLOCK);
	text = printed(world);
	assert_says(text, "E3 阻止 internal");
	assert_says(text, "阻止 1 项，需处理 1 项");
	assert_silent_about(text, CANARY_ID);
}

static void
a_department_outside_the_jurisdiction_is_judged_for_information(void **state)
{
	struct world *world = *state;
	struct department *nbs = &world->departments[0];
	const char *text;

	*nbs = world_department(world);
	nbs->id = "nbs";
	nbs->name = (struct text){ "国家统计局", "NBS" };
	nbs->level = "national";
	nbs->region = NULL;
	world->plan.department = "nbs";
	world->plan.n_series = 1;
	add_year(world, 0);
	world->slots.v[0].when = on(2026, 1, 31, 570);
	review_all(world);
	/* Another's scheme: what would block inside is a warning. */
	assert_int_equal(check(world), OUTCOME_WARN);
	text = printed(world);
	assert_says(text, "条裁定仅供参考（-v 列出）");
	assert_silent_about(text, "E5");
	world->report.verbose = true;
	assert_int_equal(check(world), OUTCOME_WARN);
	assert_says(printed(world), "E5 警告 市统计局");
	world->scheme.maker = "国家统计局";
	assert_int_equal(check(world), OUTCOME_WARN);
	text = printed(world);
	assert_says(text, "国家统计局（nbs）  12 次发布  警告 1 · 通过 11");
	assert_says(text, "不在本政策适用范围");
	assert_says(text, "C7 警告 2026-01-31（政策设为 warn） [I：NBS-2023");
	assert_says(text, "依据：");
}

static void
a_department_with_mistakes_is_told_that_it_stands_still(void **state)
{
	struct world *world = *state;
	int kept = dup(STDERR_FILENO);

	world->report.lang = LANG_EN;
	add_slot(world, 0, "2026-03", on(2026, 4, 9, 570));
	world->diags.department = "tj";
	add_diag(world, DIAG_ERROR, "plans/tj.json", 3, "x");
	assert_non_null(freopen("/dev/null", "w", stderr));
	check(world);
	fflush(stderr);
	dup2(kept, STDERR_FILENO);
	close(kept);

	assert_says(printed(world),
	    "1 mistake: nothing new is announced until it is corrected");
	world->report.json = true;
	check(world);
	json_decref(document(world, "yugao-check/1"));
}

/* lint */

static const struct lint_rule fold = { "fold-crcrlf", LINT_ERROR,
	"RFC 5545 3.1", "lint.clients_first_line" };
static const struct lint_rule hint = { "param", LINT_HINT, "RFC 5545 3.2",
	NULL };

static void
lint_findings_name_line_column_rule_and_section(void **state)
{
	struct world *world = *state;
	struct finding v[] = {
		{ &fold, 4, 76, 0, 0,
		    MESSAGE(world->arena, "artifact.month", "", "") },
		{ &hint, 9, 1, 0, 0,
		    MESSAGE(world->arena, "artifact.month", "", "") },
	};
	const struct findings findings = {
		.v = v, .n = 2, .count = { 1, 0, 1200 }
	};
	const char *text;

	world->report.lang = LANG_EN;
	report_lint(&world->report, "a.ics", NULL, &findings);
	text = printed(world);
	assert_says(text, "a.ics:4:76: error: ");
	assert_says(text, " [fold-crcrlf, RFC 5545 3.1]\n");
	assert_says(text, "a.ics: 1 error, 1200 hints\n");
	assert_says(text, "1199 more of the same rules are not listed");
	assert_silent_about(text, "Affects");
	world->report.verbose = true;
	report_lint(&world->report, "a.ics", NULL, &findings);
	assert_says(printed(world), "Affects: ");
	world->report.json = true;
	report_lint(&world->report, "a\"b.ics", NULL, &findings);
	json_decref(document(world, "yugao-lint/1"));
}

static void
a_clean_feed_is_told_in_one_line_or_not_at_all(void **state)
{
	struct world *world = *state;
	const struct findings none = { 0 };

	report_lint(&world->report, "a\033.ics", NULL, &none);
	assert_string_equal(printed(world), "a\\u001b.ics：没有问题\n");
	world->report.quiet = true;
	report_lint(&world->report, "a.ics", NULL, &none);
	assert_string_equal(printed(world), "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_moment_is_told_as_precisely_as_it_is_known),
		TEST(a_verdict_shows_measure_threshold_basis_and_citation),
		TEST(a_verdict_with_little_to_show_invents_nothing),
		TEST(mistakes_go_to_stderr_in_order_of_place),
		TEST(quiet_keeps_only_what_is_wrong),
		TEST(colour_is_only_where_it_was_asked_for),
		TEST(mistakes_without_a_report_are_a_document_of_their_own),
		TEST(nothing_to_do_is_said_once_and_not_at_all_when_quiet),
		TEST(
		    the_same_verdict_on_many_releases_is_told_once_with_its_range),
		TEST(a_clock_that_is_not_the_offices_is_named),
		TEST(a_closed_series_leaves_no_trace),
		TEST(a_series_without_class_is_one_line_with_its_place),
		TEST(an_attempt_to_announce_what_a_scheme_forbids_is_a_block),
		TEST(
		    a_department_outside_the_jurisdiction_is_judged_for_information),
		TEST(a_department_with_mistakes_is_told_that_it_stands_still),
		TEST(lint_findings_name_line_column_rule_and_section),
		TEST(a_clean_feed_is_told_in_one_line_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
