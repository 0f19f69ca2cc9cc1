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

#include "announce_world.h"

/* ---- acts that cannot mean what they say */

static const struct diag *
only_diag(const struct world *w, const char *id)
{
	assert_int_equal(w->diags.n, 1);
	assert_string_equal(w->diags.v[0].message.id, id);
	return &w->diags.v[0];
}

static void
an_act_that_hits_nothing_is_an_error_with_the_nearest_key(void **state)
{
	struct world *w = *state;
	const struct diag *diag;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "cq/cpi/2026-03", "2026-04-09T09:30");
	world_cancel(w, "nbs/cpi/2026-04");
	world_diff(w);
	diag = only_diag(w, "announce.act_unknown_near");
	assert_int_equal(diag->level, DIAG_ERROR);
	assert_string_equal(diag->department, "nbs");
	assert_string_equal(diag->place.file, "acts/nbs-2026.json");
	assert_non_null(strstr(diag_text(w->arena, LANG_EN, diag),
	    "did you mean nbs/cpi/2026-03"));
	assert_int_equal(w->changes.n, 2);
	assert_string_equal(w->changes.v[1].release, "cq/cpi/2026-03");
}

static void
an_act_that_hits_nothing_quotes_no_key_of_a_closed_series(void **state)
{
	struct world *w = *state;
	const char *text;

	w->series[1].secrecy = SECRECY_SECRET;
	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16T10:00");
	world_cancel(w, "nbs/gdp/2026-Q2");
	world_diff(w);
	text =
	    diag_text(w->arena, LANG_EN, only_diag(w, "announce.act_unknown"));
	assert_null(strstr(text, "gdp"));
	assert_non_null(strstr(text, "releases[0]"));
}

static void
an_act_that_misspells_a_series_does_not_quote_it(void **state)
{
	struct world *w = *state;
	const char *text;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_cancel(w, "nbs/cpii/2026-03");
	world_diff(w);
	text = diag_text(
	    w->arena, LANG_EN, only_diag(w, "announce.act_unknown_near"));
	assert_null(strstr(text, "cpii"));
	assert_non_null(strstr(text, "nbs/cpi/2026-03"));
}

static void
an_act_of_a_year_without_a_plan_is_left_alone(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_cancel(w, "nbs/gdp/2024-Q2");
	w->acts.v[0].year = 2024;
	world_diff(w);
	assert_int_equal(w->diags.n, 0);
}

static void
an_act_dated_in_the_future_stops_its_department(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_cancel(w, "nbs/cpi/2026-03");
	w->acts.v[0].at.s++;
	world_diff(w);
	assert_int_equal(
	    only_diag(w, "announce.act_future")->level, DIAG_ERROR);
	assert_int_equal(w->changes.n, 0);
	w->now.s++;
	world_diff(w);
	assert_int_equal(w->diags.n, 0);
	assert_int_equal(w->changes.n, 1);
}

static void
a_move_into_the_past_is_warned_about_once(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-02-26T09:30");
	world_publish(w);
	assert_int_equal(
	    only_diag(w, "announce.act_into_past")->level, DIAG_WARNING);
	world_diff(w);
	assert_int_equal(w->diags.n, 0);
}

static void
an_act_about_what_has_passed_is_told_to_have_no_effect(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-02", "2026-03-09T09:30");
	world_publish(w);
	world_now(w, "2026-03-10T08:00:00+08:00");
	world_cancel(w, "nbs/cpi/2026-02");
	world_diff(w);
	assert_int_equal(
	    only_diag(w, "announce.act_late")->level, DIAG_WARNING);
	assert_int_equal(w->changes.n, 0);
}

/* ---- calendars and clocks that went wrong */

static void
a_date_whose_notice_is_gone_stays_as_it_was_said(void **state)
{
	struct world *w = *state;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	world_when(w, slot, "2026-04-10T09:30");
	slot->why.state = DAY_PROJECTED;
	slot->status = STATUS_TENTATIVE;
	world_diff(w);
	assert_int_equal(
	    only_diag(w, "announce.notice_gone")->level, DIAG_WARNING);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.held, 1);
	slot->why.state = DAY_PROVISIONAL;
	slot->status = STATUS_CONFIRMED;
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
}

static void
a_clock_that_is_years_ahead_stops_everybody_but_a_person_who_looks(void **state)
{
	struct world *w = *state;
	struct announce_input input;

	world_slot(w, "nbs/cpi/2026-03", "2029-04-09T09:30");
	world_publish(w);
	world_now(w, "2028-03-01T08:00:00+08:00");
	world_diff(w);
	assert_int_equal(
	    only_diag(w, "announce.clock_ahead")->level, DIAG_ERROR);
	assert_null(w->diags.v[0].department);
	assert_int_equal(w->changes.n, 0);
	w->diags = (struct diags){ 0 };
	input = world_input(w);
	input.attended = true;
	assert_null(announce_diff(w->arena, &input, &w->diags, &w->changes));
	assert_int_equal(
	    only_diag(w, "announce.clock_ahead")->level, DIAG_WARNING);
	assert_int_equal(w->changes.v[0].kind, ENTRY_EDITION);
}

static void
a_clock_a_day_before_the_last_announcement_is_warned_about(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_now(w, "2026-02-28T08:00:00+08:00");
	world_diff(w);
	assert_int_equal(w->diags.n, 0);
	world_now(w, "2026-02-28T07:59:59+08:00");
	world_diff(w);
	assert_int_equal(
	    only_diag(w, "announce.clock_back")->level, DIAG_WARNING);
}

static void
a_newline_at_the_end_of_a_text_is_not_said(void **state)
{
	struct world *w = *state;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	struct announcement announcement;

	slot->note = (struct text){ "一\n二\n\n", "\n" };
	world_diff(w);
	world_compose(w, &w->changes.v[1], &announcement);
	assert_string_equal(announcement.note.zh, "一\n二");
	assert_null(announcement.note.en);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, open_world, close_world)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_act_that_hits_nothing_is_an_error_with_the_nearest_key),
		TEST(an_act_that_hits_nothing_quotes_no_key_of_a_closed_series),
		TEST(an_act_that_misspells_a_series_does_not_quote_it),
		TEST(an_act_of_a_year_without_a_plan_is_left_alone),
		TEST(an_act_dated_in_the_future_stops_its_department),
		TEST(a_move_into_the_past_is_warned_about_once),
		TEST(an_act_about_what_has_passed_is_told_to_have_no_effect),
		TEST(a_date_whose_notice_is_gone_stays_as_it_was_said),
		TEST(
		    a_clock_that_is_years_ahead_stops_everybody_but_a_person_who_looks),
		TEST(
		    a_clock_a_day_before_the_last_announcement_is_warned_about),
		TEST(a_newline_at_the_end_of_a_text_is_not_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
