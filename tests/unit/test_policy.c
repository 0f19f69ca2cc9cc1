#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/policy.h>

#include "policy_facts.h"

#define TABLE "tests/tables/policy.txt"

/* One case of the table. */
struct table_case {
	const struct fixture *fixture;
	int line;
	const char *question, *answer;
	char *facts;
};

/* Everything at every moment, about the plan, its series, its release and the
 * department. */
static void
judge_all(struct facts *facts, struct verdicts *verdicts)
{
	static const enum policy_scope scopes[] = { SCOPE_PLAN, SCOPE_SERIES,
		SCOPE_RELEASE, SCOPE_DEPARTMENT, SCOPE_OFFICE };
	size_t i;
	int moment;

	for (i = 0; i < COUNT(scopes); i++) {
		facts->c.scope = scopes[i];
		facts->c.slot = scopes[i] == SCOPE_RELEASE && !facts->dropped
				    ? &facts->slot
				    : NULL;
		facts->c.series =
		    scopes[i] == SCOPE_SERIES ? &facts->series : NULL;
		for (moment = MOMENT_PLAN; moment <= MOMENT_PERIODIC; moment++)
			policy_judge(facts->arena, &facts->c,
			    (enum policy_moment)moment, verdicts);
	}
}

/* "A2 warn 27", "E3 (warn) internal" */
static const char *
verdict_line(struct arena *arena, const struct verdict *verdict)
{
	static const char *const names[] = { "n/a", "pass", "warn", "report",
		"block" };
	const char *name = names[verdict->outcome];

	if (verdict->informative)
		name = arena_printf(arena, "(%s)", name);
	if (verdict->measured_text != NULL)
		return arena_printf(arena, "%s %s %s", verdict->rule->id, name,
		    verdict->measured_text);
	return arena_printf(arena, "%s %s %lld", verdict->rule->id, name,
	    (long long)verdict->measured);
}

/* Whether one answer is what came out, up to where the answer ends. */
static bool
holds(struct facts *facts, const struct verdicts *verdicts, const char *answer)
{
	bool open = office_opens(&facts->office, &facts->series);
	size_t len = strlen(answer), i;

	if (strcmp(answer, "open") == 0 || strcmp(answer, "closed") == 0)
		return open == (answer[0] == 'o');
	for (i = 0; i < verdicts->n; i++) {
		const char *line = verdict_line(facts->arena, &verdicts->v[i]);

		if (strncmp(line, answer, len) == 0 &&
		    strchr(" ,", line[len]) != NULL)
			return true;
	}
	return false;
}

static void
show(struct facts *facts, const struct verdicts *verdicts)
{
	size_t i;

	for (i = 0; i < verdicts->n; i++)
		print_error("  %s %s\n",
		    verdict_line(facts->arena, &verdicts->v[i]),
		    verdicts->v[i].reason);
}

/* Every verdict names a sentence that exists. */
static void
check_reasons(const struct verdicts *verdicts)
{
	size_t i;

	for (i = 0; i < verdicts->n; i++) {
		assert_non_null(verdicts->v[i].reason);
		assert_true(message_exists(verdicts->v[i].reason));
		assert_true(verdicts->v[i].outcome <= verdicts->worst);
	}
}

static void
judge_case(struct arena *arena, const struct table_case *c,
    struct facts **facts, struct verdicts *verdicts)
{
	char *rest = arena_strdup(arena, c->facts), *fact;

	*facts = new_facts(arena, c->fixture);
	while ((fact = strtok_r(rest, " ", &rest)) != NULL) {
		char *equals = strchr(fact, '=');

		assert_non_null(equals);
		*equals = '\0';
		set_fact(*facts, fact, equals + 1);
	}
	judge_all(*facts, verdicts);
}

static void
a_case_of_the_table(void **state)
{
	const struct table_case *c = *state;
	struct arena *arena = arena_new();
	struct verdicts verdicts = { 0 };
	struct facts *facts;
	char *rest = arena_strdup(arena, c->answer), *answer;

	judge_case(arena, c, &facts, &verdicts);
	check_reasons(&verdicts);
	while ((answer = strtok_r(rest, ",", &rest)) != NULL) {
		answer += strspn(answer, " ");
		if (!holds(facts, &verdicts, answer)) {
			show(facts, &verdicts);
			fail_msg("%s:%d: not \"%s\"", TABLE, c->line, answer);
		}
	}
	arena_free(arena);
}

struct table {
	struct table_case *v;
	size_t n, cap;
};

static void
read_table(
    struct arena *arena, const struct fixture *fixture, struct table *table)
{
	FILE *file = fopen(TABLE, "r");
	const char *lines[3];
	char line[512];
	int number = 0;
	size_t n = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0') {
			assert_int_equal(n, 0); /* three lines, no fewer */
			continue;
		}
		lines[n++] = arena_strdup(arena, line);
		if (n < 3)
			continue;
		ARRAY_PUSH(arena, table,
		    ((struct table_case){ fixture, number - 2, lines[0],
			lines[2], arena_strdup(arena, lines[1]) }));
		n = 0;
	}
	assert_int_equal(n, 0);
	fclose(file);
}

/* A rule that no case passes, none fails, or all concern is not tested. */
static void
every_judged_rule_has_a_case_of_pass_one_of_fail_and_one_of_neither(
    void **state)
{
	const struct table *table = *state;
	struct arena *arena = arena_new();
	const struct policy_rule *rules;
	bool passed[64] = { false }, failed[64] = { false };
	bool neither[64] = { false };
	size_t n, i, j, missing = 0;

	rules = policy_rules(&n);
	for (i = 0; i < table->n; i++) {
		struct verdicts verdicts = { 0 };
		struct facts *facts;

		judge_case(arena, &table->v[i], &facts, &verdicts);
		for (j = 0; j < verdicts.n; j++) {
			size_t rule = (size_t)(verdicts.v[j].rule - rules);

			if (verdicts.v[j].outcome == OUTCOME_PASS)
				passed[rule] = true;
			if (verdicts.v[j].outcome > OUTCOME_PASS)
				failed[rule] = true;
			if (verdicts.v[j].outcome == OUTCOME_NA)
				neither[rule] = true;
		}
	}
	for (i = 0; i < n; i++)
		if (rules[i].judge != NULL &&
		    (!passed[i] || !failed[i] || !neither[i]))
			print_error("%s: pass %d, fail %d, n/a %d\n",
			    rules[i].id, passed[i], failed[i], neither[i]),
			    missing++;
	assert_int_equal(missing, 0);
	arena_free(arena);
}

static void
the_matrix_has_64_rows_each_once(void **state)
{
	/* Letter and last number; F5 does not exist. */
	static const struct {
		char letter;
		int last;
	} letters[] = { { 'A', 8 }, { 'B', 10 }, { 'C', 7 }, { 'D', 4 },
		{ 'E', 8 }, { 'F', 7 }, { 'G', 9 }, { 'H', 6 }, { 'I', 6 } };
	const struct policy_rule *rules;
	size_t n, i, j, found;
	int number;

	(void)state;
	rules = policy_rules(&n);
	assert_int_equal(n, 64);
	for (i = 0; i < COUNT(letters); i++) {
		for (number = 1; number <= letters[i].last; number++) {
			char id[16];

			snprintf(
			    id, sizeof(id), "%c%d", letters[i].letter, number);
			for (found = 0, j = 0; j < n; j++)
				found += strcmp(rules[j].id, id) == 0;
			assert_int_equal(found, strcmp(id, "F5") == 0 ? 0 : 1);
		}
	}
}

/* D, E, G6–8, C5, B, A, F, H, C, G1–5 and G9, I: gates before measures. */
static void
the_matrix_stands_in_the_order_of_judgement(void **state)
{
	const struct policy_rule *rules;
	char order[64] = "";
	size_t n, i, len = 0;

	(void)state;
	rules = policy_rules(&n);
	for (i = 0; i < n; i++)
		if (len == 0 || order[len - 1] != rules[i].id[0])
			order[len++] = rules[i].id[0];
	assert_string_equal(order, "DEGCBAFHCGI");
}

static void
every_parameter_of_the_matrix_is_in_the_shipped_policy(void **state)
{
	const struct fixture *fixture = *state;
	const struct policy_rule *rules;
	size_t n, i;

	rules = policy_rules(&n);
	for (i = 0; i < n; i++)
		if (rules[i].parameter != NULL &&
		    policy_parameter(
			&fixture->office->policy, rules[i].parameter) == NULL)
			fail_msg("%s: %s", rules[i].id, rules[i].parameter);
}

static void
every_judged_rule_gives_one_verdict_and_no_other_does(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts verdicts = { 0 };
	const struct policy_rule *rules;
	size_t n, i, judged = 0;

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	judge_all(facts, &verdicts);
	rules = policy_rules(&n);
	for (i = 0; i < n; i++)
		judged += rules[i].judge != NULL;
	assert_int_equal(verdicts.n, judged);
	for (i = 0; i < verdicts.n; i++)
		assert_non_null(verdicts.v[i].rule->judge);
	arena_free(arena);
}

/* Those on the notice that was given, and on that of a change. */
static void
only_a_verdict_on_notice_is_a_prediction(void **state)
{
	static const char notice[] = " A1 A2 A4 B1 B2 B6 ";
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts verdicts = { 0 };
	size_t i;

	set_when(facts, "2026-03-27T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	set_was(facts, "2026-03-30T09:30");
	set_change(facts, "moved-earlier");
	judge_all(facts, &verdicts);
	for (i = 0; i < verdicts.n; i++)
		assert_int_equal(verdicts.v[i].prediction,
		    strstr(notice, arena_printf(arena, " %s ",
				       verdicts.v[i].rule->id)) != NULL);
	arena_free(arena);
}

/* The verdict of that rule on these facts. */
static const struct verdict *
verdict_of(struct facts *facts, struct verdicts *verdicts, const char *rule)
{
	size_t i = 0;

	judge_all(facts, verdicts);
	while (strcmp(verdicts->v[i].rule->id, rule) != 0)
		assert_true(++i < verdicts->n);
	return &verdicts->v[i];
}

static void
what_a_portal_took_but_nobody_read_back_stays_a_prediction(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts shown = { 0 }, taken = { 0 };
	const struct verdict *verdict;

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	set_said(facts, "2026-03-02T09:00:00+08:00");
	set_shown(facts, "2026-03-02T09:30:00+08:00");
	verdict = verdict_of(facts, &shown, "A1");
	assert_false(verdict->prediction);
	assert_false(verdict->unconfirmed);
	set_taken(facts, "2026-03-02T09:30:00+08:00");
	verdict = verdict_of(facts, &taken, "A1");
	assert_true(verdict->prediction);
	assert_true(verdict->unconfirmed);
	arena_free(arena);
}

static void
the_notice_is_the_last_required_portals(void **state)
{
	struct confirmation shown[] = {
		{ .portal = "a", .entry = 5, .at = { 50 }, .read_back = true },
		{ .portal = "a", .entry = 9, .at = { 90 }, .read_back = true },
		{ .portal = "b", .entry = 5, .at = { 70 }, .read_back = true },
		{ .portal = "c", .entry = 9, .at = { 99 }, .read_back = true },
	};
	struct view view = { .confirmations = shown, .n_confirmations = 4 };
	struct portal portals[] = { { .id = "a", .required = true },
		{ .id = "b", .required = true }, { .id = "c" } };
	struct office office = { .portals = portals, .n_portals = 3 };
	struct notice_said notice;

	(void)state;
	notice = policy_notice(&office, &view, NULL, 5);
	assert_true(notice.known);
	assert_int_equal(notice.at.s, 70);
	/* b has not got that far. */
	assert_false(policy_notice(&office, &view, NULL, 6).known);
	/* Nobody has to show it, so nobody can tell when it was shown. */
	portals[0].required = portals[1].required = false;
	assert_false(policy_notice(&office, &view, NULL, 5).known);
}

/* One step of a history, in minutes. */
static struct said_time
step(int start, int notice)
{
	return (struct said_time){ { start }, { notice } };
}

static void
a_change_in_time_moves_the_time_that_counts(void **state)
{
	const struct said_time said[] = { step(100, 1), step(200, 99),
		step(150, 149) };

	(void)state;
	assert_int_equal(policy_effective(said, 1).s, 100);
	assert_int_equal(policy_effective(said, 2).s, 200);
	assert_int_equal(policy_effective(said, 3).s, 150);
	assert_int_equal(policy_effective(said, 0).s, 0);
}

/* Vector 17: told five minutes after the old time. */
static void
a_change_told_too_late_never_moves_the_time_that_counts(void **state)
{
	const struct said_time late[] = { step(100, 1), step(3000, 105),
		step(5000, 110) };
	const struct said_time sharp[] = { step(100, 1), step(3000, 100) };
	const struct said_time forward[] = { step(100, 1), step(50, 60),
		step(300, 70) };

	(void)state;
	assert_int_equal(policy_effective(late, 2).s, 100);
	/* A second one, in time for the first, washes nothing. */
	assert_int_equal(policy_effective(late, 3).s, 100);
	assert_int_equal(policy_effective(sharp, 2).s, 100);
	/* Brought forward into the past, then put off. */
	assert_int_equal(policy_effective(forward, 3).s, 100);
}

static void
basis_n_is_only_a_reference_for_a_districts_department(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts city = { 0 }, county = { 0 };

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	assert_false(verdict_of(facts, &city, "A1")->reference);
	set_level(facts, "county");
	assert_true(verdict_of(facts, &county, "A1")->reference);
	county.n = 0;
	assert_false(verdict_of(facts, &county, "A2")->reference);
	arena_free(arena);
}

static void
a_verdict_carries_threshold_basis_and_citation(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts verdicts = { 0 };
	size_t i;

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-03T10:00:00+08:00");
	judge_all(facts, &verdicts);
	for (i = 0; i < verdicts.n; i++) {
		const struct verdict *verdict = &verdicts.v[i];

		assert_int_equal(verdict->parameter != NULL,
		    verdict->rule->parameter != NULL);
		if (strcmp(verdict->rule->id, "A2") != 0)
			continue;
		assert_int_equal(verdict->parameter->number, 28);
		assert_int_equal(verdict->parameter->basis, 'I');
		assert_string_equal(verdict->parameter->cites[0], "UK-3.1");
	}
	arena_free(arena);
}

static void
the_case_of_a_slot_holds_what_was_said_of_it(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct entry entries[] = { { .release = "stat/cpi/2026-01" },
		{ .release = "stat/cpi/2026-02" } };
	struct view view = { .v = entries, .n = 2 };
	struct policy_case c = policy_case_of(
	    &facts->office, &facts->slot, &view, (struct instant){ 7 });

	assert_ptr_equal(c.said, &entries[1]);
	assert_ptr_equal(c.plan, &facts->plan);
	assert_int_equal(c.now.s, 7);
	view.n = 1;
	c = policy_case_of(
	    &facts->office, &facts->slot, &view, (struct instant){ 7 });
	assert_null(c.said);
	arena_free(arena);
}

static void
a_plan_was_said_when_the_first_of_its_year_was(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct entry entries[] = {
		{ .release = "sta/cpi/2026-01", .first_at = { 1 } },
		{ .release = "stat-x/cpi/2026-01", .first_at = { 1 } },
		{ .release = "stat/cpi/2025-11", .first_at = { 1 } },
		{ .release = "stat/cpi/2026-01", .first_at = { 9 } },
		{ .release = "stat/cpi/2026-02", .first_at = { 5 } },
	};
	struct view view = { .v = entries, .n = COUNT(entries) };
	struct policy_case c;
	size_t i;

	facts->plan.year = 2026;
	for (i = 0; i < COUNT(entries); i++)
		entries[i].first_day = day_of(i == 2 ? 2025 : 2026, 12, 31);
	c = policy_case_of_plan(
	    &facts->office, &facts->plan, &view, (struct instant){ 10 });
	assert_true(c.plan_said);
	assert_int_equal(c.plan_since.s, 5);
	assert_null(c.slot);
	view.n = 3;
	c = policy_case_of_plan(
	    &facts->office, &facts->plan, &view, (struct instant){ 10 });
	assert_false(c.plan_said);
	arena_free(arena);
}

#define TEST(function, with)                            \
	{                                               \
#function, function, NULL, NULL, (with) \
	}

int
main(void)
{
	struct arena *arena = arena_new();
	/* cmocka's state is not const, but no test writes to it. */
	union {
		const struct fixture *in;
		void *out;
	} fixture = { open_fixture(arena) };
	struct table table = { 0 };
	struct CMUnitTest *tests;
	const struct CMUnitTest units[] = {
		TEST(the_matrix_has_64_rows_each_once, NULL),
		TEST(the_matrix_stands_in_the_order_of_judgement, NULL),
		TEST(every_parameter_of_the_matrix_is_in_the_shipped_policy,
		    fixture.out),
		TEST(
		    every_judged_rule_has_a_case_of_pass_one_of_fail_and_one_of_neither,
		    &table),
		TEST(every_judged_rule_gives_one_verdict_and_no_other_does,
		    fixture.out),
		TEST(only_a_verdict_on_notice_is_a_prediction, fixture.out),
		TEST(what_a_portal_took_but_nobody_read_back_stays_a_prediction,
		    fixture.out),
		TEST(the_notice_is_the_last_required_portals, NULL),
		TEST(a_change_in_time_moves_the_time_that_counts, NULL),
		TEST(a_change_told_too_late_never_moves_the_time_that_counts,
		    NULL),
		TEST(basis_n_is_only_a_reference_for_a_districts_department,
		    fixture.out),
		TEST(a_verdict_carries_threshold_basis_and_citation,
		    fixture.out),
		TEST(the_case_of_a_slot_holds_what_was_said_of_it, fixture.out),
		TEST(a_plan_was_said_when_the_first_of_its_year_was,
		    fixture.out),
	};
	size_t i;
	int failed;

	read_table(arena, fixture.in, &table);
	tests = arena_alloc(arena, (COUNT(units) + table.n) * sizeof(*tests));
	memcpy(tests, units, sizeof(units));
	for (i = 0; i < table.n; i++)
		tests[COUNT(units) + i] =
		    (struct CMUnitTest){ table.v[i].question,
			    a_case_of_the_table, NULL, NULL, &table.v[i] };
	failed = _cmocka_run_group_tests(
	    "policy", tests, COUNT(units) + table.n, NULL, NULL);
	arena_free(arena);
	return failed;
}
