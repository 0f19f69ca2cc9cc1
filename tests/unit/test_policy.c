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

static void
judge_all(struct facts *facts, struct verdicts *verdicts)
{
	facts->c.scope = SCOPE_PLAN;
	policy_judge(facts->arena, &facts->c, MOMENT_PLAN, verdicts);
	facts->c.scope = SCOPE_RELEASE;
	facts->c.slot = &facts->slot;
	policy_judge(facts->arena, &facts->c, MOMENT_ANNOUNCE, verdicts);
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
		    (line[len] == '\0' || line[len] == ' '))
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

/* A rule that no case passes, or none fails, is not tested. */
static void
every_judged_rule_has_a_case_that_passes_and_one_that_does_not(void **state)
{
	const struct table *table = *state;
	struct arena *arena = arena_new();
	const struct policy_rule *rules;
	bool passed[64] = { false }, failed[64] = { false };
	size_t n, i, j;

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
		}
	}
	for (i = 0; i < n; i++)
		if (rules[i].judge != NULL && (!passed[i] || !failed[i]))
			fail_msg("%s has no such case", rules[i].id);
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
a_rule_not_judged_yet_gives_no_verdict(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts verdicts = { 0 };
	int moment;

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	facts->c.slot = &facts->slot;
	for (moment = MOMENT_PLAN; moment <= MOMENT_PERIODIC; moment++) {
		facts->c.scope =
		    moment == MOMENT_PLAN ? SCOPE_PLAN : SCOPE_RELEASE;
		policy_judge(
		    arena, &facts->c, (enum policy_moment)moment, &verdicts);
	}
	assert_int_equal(verdicts.n, 6);
	arena_free(arena);
}

static void
a_verdict_on_the_notice_is_a_prediction_and_no_other_is(void **state)
{
	struct arena *arena = arena_new();
	struct facts *facts = new_facts(arena, *state);
	struct verdicts verdicts = { 0 };
	size_t i;

	set_when(facts, "2026-03-30T09:30");
	set_now(facts, "2026-03-02T10:00:00+08:00");
	judge_all(facts, &verdicts);
	for (i = 0; i < verdicts.n; i++)
		assert_int_equal(
		    verdicts.v[i].prediction, verdicts.v[i].rule->id[0] == 'A');
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

		assert_non_null(verdict->parameter);
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
		{ .release = "sta/cpi/2026-01", .since = { 1 } },
		{ .release = "stat-x/cpi/2026-01", .since = { 1 } },
		{ .release = "stat/cpi/2025-11", .since = { 1 } },
		{ .release = "stat/cpi/2026-01", .since = { 9 } },
		{ .release = "stat/cpi/2026-02", .since = { 5 } },
	};
	struct view view = { .v = entries, .n = COUNT(entries) };
	struct policy_case c;
	size_t i;

	facts->plan.year = 2026;
	for (i = 0; i < COUNT(entries); i++)
		entries[i].when.start.day =
		    day_of(i == 2 ? 2025 : 2026, 12, 31);
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
		    every_judged_rule_has_a_case_that_passes_and_one_that_does_not,
		    &table),
		TEST(a_rule_not_judged_yet_gives_no_verdict, fixture.out),
		TEST(a_verdict_on_the_notice_is_a_prediction_and_no_other_is,
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
