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

/* ---- what changed */

static enum entry_kind
kind_after(struct world *w, const char *from, enum status before,
    const char *to, enum status after)
{
	struct slot *slot = world_slot(w, "nbs/cpi/2026-03", from);

	slot->status = before;
	world_publish(w);
	slot = world_find_slot(w, "nbs/cpi/2026-03");
	world_when(w, slot, to);
	slot->status = after;
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].sequence, 1);
	return w->changes.v[0].kind;
}

#define KIND(name, from, before, to, after, kind)                              \
	static void name(void **state)                                         \
	{                                                                      \
		assert_int_equal(kind_after(*state, from, STATUS_##before, to, \
				     STATUS_##after),                          \
		    ENTRY_##kind);                                             \
	}

KIND(an_earlier_day_is_moved_earlier, "2026-04-09T09:30", CONFIRMED,
    "2026-04-08T10:00", CONFIRMED, MOVED_EARLIER)
KIND(a_later_day_is_moved_later, "2026-04-09T09:30", CONFIRMED,
    "2026-04-10T09:00", CONFIRMED, MOVED_LATER)
KIND(a_later_day_is_moved_later_also_when_it_becomes_confirmed,
    "2026-04-09T09:30", TENTATIVE, "2026-04-10T09:00", CONFIRMED, MOVED_LATER)
KIND(another_clock_time_of_the_day_is_a_time_changed, "2026-04-09T09:30",
    CONFIRMED, "2026-04-09T10:00", CONFIRMED, TIME_CHANGED)
KIND(another_clock_time_is_a_time_changed_also_when_confirmed,
    "2026-04-09T09:30", TENTATIVE, "2026-04-09T10:00", CONFIRMED, TIME_CHANGED)
KIND(the_same_time_confirmed_is_confirmed, "2026-04-09T09:30", TENTATIVE,
    "2026-04-09T09:30", CONFIRMED, CONFIRMED)
KIND(a_month_that_becomes_its_confirmed_instant_is_confirmed, "2026-04",
    TENTATIVE, "2026-04-30T09:30", CONFIRMED, CONFIRMED)
KIND(a_window_that_becomes_its_tentative_day_is_a_time_changed, "2026-04..05",
    TENTATIVE, "2026-05-31", TENTATIVE, TIME_CHANGED)
KIND(a_window_that_becomes_one_of_its_months_is_a_time_changed, "2026-04..05",
    TENTATIVE, "2026-05", TENTATIVE, TIME_CHANGED)
KIND(a_day_that_gets_its_clock_time_is_a_time_changed, "2026-04-09", CONFIRMED,
    "2026-04-09T09:30", CONFIRMED, TIME_CHANGED)
KIND(a_day_that_becomes_its_month_is_a_time_changed, "2026-04-09", TENTATIVE,
    "2026-04", TENTATIVE, TIME_CHANGED)
KIND(a_day_after_the_window_is_moved_later, "2026-04", TENTATIVE, "2026-05-01",
    CONFIRMED, MOVED_LATER)
KIND(a_day_before_the_window_is_moved_earlier, "2026-04", TENTATIVE,
    "2026-03-31", CONFIRMED, MOVED_EARLIER)
KIND(a_day_before_the_latest_one_is_a_time_changed, "<2026-06-30", TENTATIVE,
    "2026-06-12", TENTATIVE, TIME_CHANGED)
KIND(a_day_before_the_latest_one_is_confirmed_if_it_is, "<2026-06-30",
    TENTATIVE, "2026-06-12T09:30", CONFIRMED, CONFIRMED)
KIND(a_day_after_the_latest_one_is_moved_later, "<2026-06-30", TENTATIVE,
    "2026-07-01", TENTATIVE, MOVED_LATER)
KIND(an_earlier_latest_day_is_a_time_changed, "<2026-06-30", TENTATIVE,
    "<2026-06-29", TENTATIVE, TIME_CHANGED)

static void
other_words_are_a_reissue(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->series[0].title.en = "Consumer prices";
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_REISSUED);
	assert_int_equal(w->changes.v[0].sequence, 1);
}

static void
a_phone_number_is_no_change(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->series[0].contact_phone = "12345";
	w->series[0].definition.zh = "别的";
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
another_releases_change_does_not_touch_this_one(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-04", "2026-05-09T09:30");
	world_publish(w);
	world_when(w, world_find_slot(w, "nbs/cpi/2026-03"), "2026-04-10");
	world_publish(w);
	assert_int_equal(world_said(w, "nbs/cpi/2026-03")->sequence, 1);
	assert_int_equal(world_said(w, "nbs/cpi/2026-04")->sequence, 0);
}

static void
what_was_confirmed_stays_confirmed_with_a_warning(void **state)
{
	struct world *w = *state;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	slot->status = STATUS_TENTATIVE;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 1);
	assert_int_equal(w->diags.v[0].level, DIAG_WARNING);
	assert_string_equal(
	    w->diags.v[0].message.id, "announce.stays_confirmed");
	assert_string_equal(w->diags.v[0].place.file, "plans/nbs-2026.json");
}

static void
what_was_confirmed_stays_confirmed_when_it_moves(void **state)
{
	struct world *w = *state;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	slot->status = STATUS_TENTATIVE;
	world_when(w, slot, "2026-04-10T09:30");
	world_publish(w);
	assert_int_equal(
	    world_said(w, "nbs/cpi/2026-03")->status, SAID_CONFIRMED);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

/* ---- acts */

static void
a_moved_release_tells_its_reason_and_its_time_before(void **state)
{
	struct world *w = *state;
	struct announcement announcement;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-04-11T09:30");
	world_diff(w);
	assert_int_equal(w->changes.v[0].kind, ENTRY_MOVED_LATER);
	assert_ptr_equal(w->changes.v[0].act, &w->acts.v[0]);
	world_compose(w, &w->changes.v[0], &announcement);
	assert_string_equal(announcement.reason.zh, "节假日调整");
	assert_true(announcement.has_previous);
	assert_int_equal(
	    announcement.previous.start.day.n, day_of(2026, 4, 9).n);
	assert_string_equal(announcement.title.zh, "居民消费价格指数");
}

static void
a_release_moved_into_the_past_is_said(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-02-27T09:30");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_MOVED_EARLIER);
	world_publish(w);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
a_release_moved_out_of_the_past_is_said(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_now(w, "2026-04-09T12:00:00+08:00");
	world_move(w, "nbs/cpi/2026-03", "2026-04-11T09:30");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_MOVED_LATER);
	assert_false(w->changes.v[0].late);
}

static void
an_act_that_remains_in_its_file_is_no_new_change(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-04-11T09:30");
	world_publish(w);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
}

static void
a_reissue_keeps_the_time_before_the_last_move(void **state)
{
	struct world *w = *state;
	struct announcement announcement;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_move(w, "nbs/cpi/2026-03", "2026-04-11T09:30");
	world_publish(w);
	w->series[0].url = "https://stats.example/cpi";
	world_diff(w);
	assert_int_equal(w->changes.v[0].kind, ENTRY_REISSUED);
	world_compose(w, &w->changes.v[0], &announcement);
	assert_true(announcement.has_previous);
	assert_int_equal(
	    announcement.previous.start.day.n, day_of(2026, 4, 9).n);
}

static void
an_explicit_dates_reason_is_told_too(void **state)
{
	struct world *w = *state;
	struct occurrence occurrence = { .reason = { "春节", NULL } };
	struct announcement announcement;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30")->why.occurrence =
	    &occurrence;
	world_diff(w);
	world_compose(w, &w->changes.v[1], &announcement);
	assert_string_equal(announcement.reason.zh, "春节");
	assert_null(announcement.reason.en);
}

static void
a_cancelled_release_says_what_was_said_and_why_it_is_off(void **state)
{
	struct world *w = *state;
	struct announcement announcement;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	world_publish(w);
	world_cancel(w, "nbs/cpi/2026-03");
	w->series[0].title.zh = "别的标题";
	world_when(w, slot, "2026-04-20T09:30");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_CANCELLED);
	assert_int_equal(w->changes.v[0].sequence, 1);
	world_compose(w, &w->changes.v[0], &announcement);
	assert_int_equal(announcement.status, SAID_CANCELLED);
	assert_string_equal(announcement.title.zh, "居民消费价格指数");
	assert_int_equal(announcement.when.start.day.n, day_of(2026, 4, 9).n);
	assert_string_equal(announcement.reason.zh, "调查停止");
}

static void
a_cancelled_release_is_cancelled_once(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_cancel(w, "nbs/cpi/2026-03");
	world_publish(w);
	w->series[0].title.zh = "别的标题";
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->changes.same, 1);
	w->slots.n = 0;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.n, 0);
}

static void
a_release_that_the_plan_dropped_is_cancelled_by_its_act(void **state)
{
	struct world *w = *state;
	struct announcement announcement;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	w->slots.n = 0;
	world_cancel(w, "nbs/cpi/2026-03");
	world_diff(w);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, ENTRY_CANCELLED);
	assert_null(w->changes.v[0].slot);
	world_compose(w, &w->changes.v[0], &announcement);
	assert_string_equal(announcement.title.zh, "居民消费价格指数");
	assert_string_equal(announcement.uid, "nbs.cpi.2026-03@stats.example");
}

static void
a_cancelled_release_does_not_come_back_without_an_act(void **state)
{
	struct world *w = *state;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_slot(w, "nbs/gdp/2026-Q1", "2026-04-16T10:00");
	world_publish(w);
	world_cancel(w, "nbs/cpi/2026-03");
	world_publish(w);
	world_forget_acts(w);
	world_when(w, world_find_slot(w, "nbs/gdp/2026-Q1"), "2026-04-17");
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->diags.errors, 1);
	assert_string_equal(w->diags.v[0].message.id, "announce.reinstated");
	assert_string_equal(w->diags.v[0].place.file, "plans/nbs-2026.json");
	assert_string_equal(w->diags.v[0].department, "nbs");
}

/* ---- what is said */

static void
an_announcement_says_what_the_plan_holds(void **state)
{
	struct world *w = *state;
	struct announcement a;
	struct slot *slot =
	    world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");

	slot->note.zh = "初步";
	world_diff(w);
	world_compose(w, &w->changes.v[1], &a);
	assert_string_equal(a.release, "nbs/cpi/2026-03");
	assert_string_equal(a.uid, "nbs.cpi.2026-03@stats.example");
	assert_string_equal(a.department, "nbs");
	assert_string_equal(a.series, "cpi");
	assert_string_equal(a.period, "2026-03");
	assert_null(a.estimate);
	assert_string_equal(a.publisher.zh, "国家统计局");
	assert_string_equal(a.title.zh, "居民消费价格指数");
	assert_string_equal(a.timezone, "Asia/Shanghai");
	assert_int_equal(a.start.s, slot->start.s);
	assert_int_equal(a.status, SAID_CONFIRMED);
	assert_int_equal(a.n_topics, 2);
	assert_string_equal(a.topic_names[0].zh, "价格");
	assert_string_equal(a.topic_names[1].zh, "unknown");
	assert_int_equal(a.n_indicators, 1);
	assert_string_equal(a.indicators[0].zh, "同比");
	assert_int_equal(a.n_channels, 1);
	assert_string_equal(a.note.zh, "初步");
	assert_null(a.reason.zh);
	assert_false(a.has_previous);
}

static void
a_uid_has_its_estimate_and_never_a_slash(void **state)
{
	struct world *w = *state;
	struct announcement a;
	const struct rule rule = { .estimate = "2" };

	world_slot(w, "nbs/gdp/2026-Q1/2", "2026-04-16T10:00")->rule = &rule;
	world_diff(w);
	world_compose(w, &w->changes.v[1], &a);
	assert_string_equal(a.uid, "nbs.gdp.2026-Q1.2@stats.example");
	assert_string_equal(a.estimate, "2");
}

static void
a_ledger_without_the_said_text_is_an_error(void **state)
{
	struct world *w = *state;
	struct announcement a;
	struct digest digest;
	const struct error *error;

	world_slot(w, "nbs/cpi/2026-03", "2026-04-09T09:30");
	world_publish(w);
	world_cancel(w, "nbs/cpi/2026-03");
	world_diff(w);
	error = announce_compose(
	    w->arena, &w->office, &w->changes.v[0], NULL, &a, &digest);
	assert_non_null(error);
	assert_string_equal(error->message.id, "announce.said_missing");
	error = announce_compose(
	    w->arena, &w->office, &w->changes.v[0], "{", &a, &digest);
	assert_non_null(error);
	assert_string_equal(error->message.id, "announce.said_unreadable");
	assert_int_equal(error->kind, ERROR_FAILED);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, open_world, close_world)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_earlier_day_is_moved_earlier),
		TEST(a_later_day_is_moved_later),
		TEST(a_later_day_is_moved_later_also_when_it_becomes_confirmed),
		TEST(another_clock_time_of_the_day_is_a_time_changed),
		TEST(another_clock_time_is_a_time_changed_also_when_confirmed),
		TEST(the_same_time_confirmed_is_confirmed),
		TEST(a_month_that_becomes_its_confirmed_instant_is_confirmed),
		TEST(a_window_that_becomes_its_tentative_day_is_a_time_changed),
		TEST(a_window_that_becomes_one_of_its_months_is_a_time_changed),
		TEST(a_day_that_gets_its_clock_time_is_a_time_changed),
		TEST(a_day_that_becomes_its_month_is_a_time_changed),
		TEST(a_day_after_the_window_is_moved_later),
		TEST(a_day_before_the_window_is_moved_earlier),
		TEST(a_day_before_the_latest_one_is_a_time_changed),
		TEST(a_day_before_the_latest_one_is_confirmed_if_it_is),
		TEST(a_day_after_the_latest_one_is_moved_later),
		TEST(an_earlier_latest_day_is_a_time_changed),
		TEST(other_words_are_a_reissue),
		TEST(a_phone_number_is_no_change),
		TEST(another_releases_change_does_not_touch_this_one),
		TEST(what_was_confirmed_stays_confirmed_with_a_warning),
		TEST(what_was_confirmed_stays_confirmed_when_it_moves),
		TEST(a_moved_release_tells_its_reason_and_its_time_before),
		TEST(a_release_moved_into_the_past_is_said),
		TEST(a_release_moved_out_of_the_past_is_said),
		TEST(an_act_that_remains_in_its_file_is_no_new_change),
		TEST(a_reissue_keeps_the_time_before_the_last_move),
		TEST(an_explicit_dates_reason_is_told_too),
		TEST(a_cancelled_release_says_what_was_said_and_why_it_is_off),
		TEST(a_cancelled_release_is_cancelled_once),
		TEST(a_release_that_the_plan_dropped_is_cancelled_by_its_act),
		TEST(a_cancelled_release_does_not_come_back_without_an_act),
		TEST(an_announcement_says_what_the_plan_holds),
		TEST(a_uid_has_its_estimate_and_never_a_slash),
		TEST(a_ledger_without_the_said_text_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
