#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/announce.h>
#include <yugao/arena.h>
#include <yugao/error.h>

#include "announce_world.h"

/* ---- what is new */

static void
what_was_never_said_is_new(void **state)
{
	struct world *w = *state;
	const struct change *change;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_diff(w);
	assert_int_equal(w->changes.n, 2);
	change = &w->changes.v[1];
	assert_int_equal(change->kind, ENTRY_NEW);
	assert_string_equal(change->release, "nbs/cpi/2026-03");
	assert_int_equal(change->sequence, 0);
	assert_null(change->said);
	assert_false(change->late);
}

static void
nothing_wanted_and_nothing_said_is_no_change_and_no_edition(void **state)
{
	struct world *w = *state;

	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
the_first_thing_said_brings_the_edition_of_its_year(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_diff(w);
	assert_int_equal(w->changes.v[0].kind, ENTRY_EDITION);
	assert_int_equal(w->changes.v[0].year, 2026);
	assert_null(w->changes.v[0].release);
}

static void
a_new_year_brings_an_edition_although_nothing_else_changed(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2027-04-09T09:30");
	world_publish(w);
	world_now(w, "2026-12-31T23:59:59+08:00");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	world_now(w, "2027-01-01T00:00:00+08:00");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_EDITION);
	assert_int_equal(w->changes.v[0].year, 2027);
}

static void
what_was_never_said_and_has_passed_is_said_once_as_late(void **state)
{
	struct world *w = *state;
	struct announcement announcement;

	world_slot(w, "nbs/cpi/2026-01", "2026-02-09T09:30");
	world_diff(w);
	assert_int_equal(w->changes.v[1].kind, ENTRY_NEW);
	assert_true(w->changes.v[1].late);
	world_compose(w, &w->changes.v[1], &announcement);
	assert_true(announcement.late);
	world_publish(w);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
what_is_first_said_at_its_very_instant_is_late(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-02", "2026-03-01T10:00");
	world_now(w, "2026-03-01T10:00:00+08:00");
	world_diff(w);
	assert_true(w->changes.v[1].late);
	world_now(w, "2026-03-01T09:59:59+08:00");
	world_diff(w);
	assert_false(w->changes.v[1].late);
}

static void
a_day_and_a_window_have_passed_only_after_their_last_day(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-02", "2026-03-01");
	world_slot(w, "nbs/gdp/2026", "2026-02..03");
	world_now(w, "2026-03-01T23:59:59+08:00");
	world_diff(w);
	assert_false(w->changes.v[1].late);
	assert_false(w->changes.v[2].late);
	world_now(w, "2026-04-01T00:00:00+08:00");
	world_diff(w);
	assert_true(w->changes.v[1].late);
	assert_true(w->changes.v[2].late);
}

static void
what_is_cancelled_before_it_was_said_is_not_said(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_cancel(w, "nbs/cpi/2026-03");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 0);
}

/* ---- what is the same */

static void
a_second_run_over_the_same_inputs_says_nothing(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16");
	world_publish(w);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.same, 2);
}

static void
what_has_passed_leaves_the_diff_whatever_the_plan_says_now(void **state)
{
	struct world *w = *state;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	world_now(w, "2026-05-01T00:00:00+08:00");
	w->series[0].title.zh = "别的标题";
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	world_when(w, slot, "2026-04-10T09:30");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	w->slots.n = 0;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 0);
}

static void
what_has_passed_is_not_cancelled_any_more(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_now(w, "2026-05-01T00:00:00+08:00");
	world_cancel(w, "nbs/cpi/2026-03");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
a_clock_that_was_set_back_changes_nothing_that_was_late(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-01", "2026-02-09T09:30");
	world_publish(w);
	world_now(w, "2026-01-01T00:00:00+08:00");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

/* ---- nothing said disappears silently */

static void
a_release_gone_from_the_plan_is_an_error_that_drafts_the_act(void **state)
{
	struct world *w = *state;
	const struct diag *diag;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-04", "2026-05-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16T10:00");
	world_publish(w);
	world_drop(w, "nbs/cpi/2026-03");
	world_drop(w, "nbs/cpi/2026-04");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 1);
	diag = &w->diags.v[0];
	assert_int_equal(diag->level, DIAG_ERROR);
	assert_string_equal(diag->department, "nbs");
	assert_string_equal(diag->place.file, "plans/nbs-2026.json");
	assert_string_equal(diag->message.id, "announce.missing");
	assert_string_equal(diag->message.args[0], "nbs/cpi/2026-03");
	assert_string_equal(diag->message.args[1], "2");
	assert_string_equal(diag->message.args[2], "acts/nbs-2026.json");
	assert_string_equal(diag->message.args[3],
	    "{\"act\": \"cancel\", \"releases\": [\"nbs/cpi/2026-03\", "
	    "\"nbs/cpi/2026-04\"], \"reason\": \"…\", \"role\": \"stat_head\", "
	    "\"at\": \"2026-03-01T00:00:00Z\"}");
}

static void
each_series_that_is_gone_is_an_error_of_its_own(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16T10:00");
	world_publish(w);
	w->slots.n = 0;
	world_diff(w);
	assert_int_equal(w->diags.errors, 2);
}

static void
a_release_gone_from_the_plan_stops_its_own_department_only(void **state)
{
	struct world *w = *state;

	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16T10:00");
	world_publish(w);
	world_drop(w, "nbs/cpi/2026-03");
	world_when(w, world_find_slot(w, "nbs/gdp/2026-Q1"), "2026-04-17");
	world_move(w, "cq/cpi/2026-03", "2026-04-10");
	world_diff(w);
	assert_int_equal(w->diags.errors, 1);
	assert_int_equal(w->changes.n, 1);
	assert_string_equal(w->changes.v[0].release, "cq/cpi/2026-03");
}

static void
a_department_that_is_stopped_counts_nothing_as_blocked(void **state)
{
	struct world *w = *state;

	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "cq/cpi/2026-04", "2026-05-09T09:30");
	world_publish(w);
	w->mode->string = "reject";
	world_when(w, world_find_slot(w, "cq/cpi/2026-03"), "2026-04-12");
	world_drop(w, "cq/cpi/2026-04");
	world_diff(w);
	assert_int_equal(w->diags.errors, 1);
	assert_int_equal(w->changes.blocked, 0);
}

static void
a_plan_that_is_gone_is_an_error_of_its_department(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->slots.n = 0;
	w->plans.n = 0;
	w->office.plans = "plans";
	world_diff(w);
	assert_int_equal(w->diags.errors, 1);
	assert_string_equal(w->diags.v[0].message.id, "announce.missing_plan");
	assert_string_equal(w->diags.v[0].place.file, "plans");
	assert_string_equal(
	    w->diags.v[0].message.args[2], "acts/nbs-2026.json");
	assert_string_equal(w->diags.v[0].department, "nbs");
}

static void
an_act_that_only_moves_does_not_excuse_a_release_that_is_gone(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-04-11T09:30");
	world_drop(w, "nbs/cpi/2026-03");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.errors, 1);
}

/* ---- departments with mistakes */

static void
a_department_with_mistakes_has_no_changes_and_others_have_theirs(void **state)
{
	struct world *w = *state;
	struct place place = { .file = "plans/nbs-2026.json" };

	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->slots.n = 0;
	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_move(w, "cq/cpi/2026-03", "2026-04-10T09:30");
	w->diags.department = "nbs";
	DIAG(w->arena, &w->diags, DIAG_ERROR, place, "plan.any");
	w->diags.department = NULL;
	world_diff_again(w);
	assert_int_equal(w->changes.n, 1);
	assert_string_equal(w->changes.v[0].release, "cq/cpi/2026-03");
	assert_int_equal(w->diags.errors, 1);
	assert_null(w->diags.department);
}

static void
a_mistake_of_all_leaves_no_change_at_all(void **state)
{
	struct world *w = *state;
	struct place place = { .file = "yugao.json" };

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	DIAG(w->arena, &w->diags, DIAG_ERROR, place, "plan.any");
	world_diff_again(w);
	assert_int_equal(w->changes.n, 0);
}

static void
a_department_whose_name_begins_anothers_is_not_that_one(void **state)
{
	static const char *const others[] = { "cq-x/cpi/2026-03",
		"cqx/cpi/2026-03" };
	struct world *w = *state;
	size_t i;

	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, others[0], "2026-04-09T09:30");
	world_slot(w, others[1], "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "cq/cpi/2026-03", "2026-04-10");
	for (i = 0; i < COUNT(others); i++) {
		world_drop(w, others[i]);
		world_diff(w);
		assert_int_equal(w->diags.errors, 1);
		assert_memory_equal(w->diags.v[0].department, others[i],
		    strlen(w->diags.v[0].department));
		assert_int_equal(w->changes.n, 1);
		assert_string_equal(w->changes.v[0].release, "cq/cpi/2026-03");
		world_slot(w, others[i], "2026-04-09T09:30");
	}
}

static void
a_zone_that_does_not_exist_is_an_error(void **state)
{
	struct world *w = *state;
	struct announce_input input = world_input(w);

	w->office.timezone = "Asia/Nowhere";
	assert_non_null(
	    announce_diff(w->arena, &input, &w->diags, &w->changes));
}

/* ---- the policy */

static void
a_closed_series_is_skipped_and_not_counted(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	w->series[0].secrecy = SECRECY_SECRET;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.blocked, 0);
	w->series[0].secrecy = SECRECY_MISSING;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 0);
}

static void
a_series_closed_after_it_was_said_keeps_what_was_said(void **state)
{
	struct world *w = *state;
	size_t i;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-04", "2026-05-09T09:30");
	world_publish(w);
	w->series[0].secrecy = SECRECY_SECRET;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 1);
	assert_int_equal(w->diags.errors, 0);
	assert_string_equal(
	    w->diags.v[0].message.id, "announce.closed_but_said");
	for (i = 0; i < w->diags.n; i++)
		assert_int_equal(w->diags.v[i].message.n, 0); /* place only */
}

static void
a_series_closed_after_it_was_said_is_withdrawn_by_an_act(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->series[0].secrecy = SECRECY_SECRET;
	w->series[0].title.zh = "机密";
	world_cancel(w, "nbs/cpi/2026-03");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_CANCELLED);
	assert_null(w->changes.v[0].slot);
}

static void
announcing_what_the_scheme_forbids_is_blocked(void **state)
{
	struct world *w = *state;
	const struct scheme scheme = { .publication = "internal" };

	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	w->series[0].scheme = &scheme;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.blocked, 1);
}

static void
what_is_blocked_keeps_what_was_said(void **state)
{
	struct world *w = *state;
	struct slot *slot = world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	w->mode->string = "reject";
	world_diff(w);
	assert_int_equal(w->changes.blocked, 0); /* nothing to say */
	world_when(w, slot, "2026-04-12T09:30"); /* a Sunday */
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.blocked, 1);
	assert_int_equal(w->diags.n, 0);
}

static const struct verdict *
verdict_of(const struct change *change, const char *rule)
{
	size_t i;

	for (i = 0; i < change->verdicts.n; i++) {
		assert_true(change->verdicts.v[i].outcome > OUTCOME_PASS);
		if (strcmp(change->verdicts.v[i].rule->id, rule) == 0)
			return &change->verdicts.v[i];
	}
	return NULL;
}

static void
a_change_carries_only_the_verdicts_that_matter(void **state)
{
	struct world *w = *state;
	const struct verdict *verdict;

	world_slot(w, "cq/cpi/2026-03", "2026-04-12T09:30");
	world_slot(w, "cq/cpi/2026-04", "2026-03-15T09:30");
	world_diff(w);
	verdict = verdict_of(&w->changes.v[1], "C7");
	assert_int_equal(verdict->outcome, OUTCOME_WARN);
	assert_string_equal(verdict->measured_text, "2026-04-12");
	assert_null(verdict_of(&w->changes.v[1], "A2"));
	assert_int_equal(w->changes.v[1].verdicts.worst, OUTCOME_WARN);
	verdict = verdict_of(&w->changes.v[2], "A2");
	assert_int_equal(verdict->measured, 14);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, open_world, close_world)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_never_said_is_new),
		TEST(
		    nothing_wanted_and_nothing_said_is_no_change_and_no_edition),
		TEST(the_first_thing_said_brings_the_edition_of_its_year),
		TEST(
		    a_new_year_brings_an_edition_although_nothing_else_changed),
		TEST(what_was_never_said_and_has_passed_is_said_once_as_late),
		TEST(what_is_first_said_at_its_very_instant_is_late),
		TEST(a_day_and_a_window_have_passed_only_after_their_last_day),
		TEST(what_is_cancelled_before_it_was_said_is_not_said),
		TEST(a_second_run_over_the_same_inputs_says_nothing),
		TEST(
		    what_has_passed_leaves_the_diff_whatever_the_plan_says_now),
		TEST(what_has_passed_is_not_cancelled_any_more),
		TEST(a_clock_that_was_set_back_changes_nothing_that_was_late),
		TEST(
		    a_release_gone_from_the_plan_is_an_error_that_drafts_the_act),
		TEST(each_series_that_is_gone_is_an_error_of_its_own),
		TEST(
		    a_release_gone_from_the_plan_stops_its_own_department_only),
		TEST(a_department_that_is_stopped_counts_nothing_as_blocked),
		TEST(a_plan_that_is_gone_is_an_error_of_its_department),
		TEST(
		    an_act_that_only_moves_does_not_excuse_a_release_that_is_gone),
		TEST(
		    a_department_with_mistakes_has_no_changes_and_others_have_theirs),
		TEST(a_mistake_of_all_leaves_no_change_at_all),
		TEST(a_department_whose_name_begins_anothers_is_not_that_one),
		TEST(a_zone_that_does_not_exist_is_an_error),
		TEST(a_closed_series_is_skipped_and_not_counted),
		TEST(a_series_closed_after_it_was_said_keeps_what_was_said),
		TEST(a_series_closed_after_it_was_said_is_withdrawn_by_an_act),
		TEST(announcing_what_the_scheme_forbids_is_blocked),
		TEST(what_is_blocked_keeps_what_was_said),
		TEST(a_change_carries_only_the_verdicts_that_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
