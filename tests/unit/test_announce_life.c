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
#include <yugao/suppose.h>

#include "announce_world.h"

#define CPI "nbs/cpi/2026-03"
#define GDP "nbs/gdp/2026-Q1"

static const struct text because = { "基础数据报送推迟", NULL };

/* One release, announced as confirmed for 9 April. */
static void
announced(struct world *w)
{
	world_slot(w, CPI, "2026-04-09T09:30");
	world_publish(w);
	assert_int_equal(world_said(w, CPI)->status, SAID_CONFIRMED);
}

static void
act(struct world *w, struct act act)
{
	w->now.s += 3600;
	if (act.reason.zh == NULL && act.reason_code == NULL)
		act.reason = because;
	world_act(w, act, CPI);
}

static void
without_reason(struct world *w, struct act act)
{
	w->now.s += 3600;
	world_act(w, act, CPI);
}

/* The only change, as it would be said. */
static const struct change *
only_change(struct world *w, enum entry_kind kind, struct announcement *a)
{
	world_diff(w);
	assert_int_equal(w->diags.errors, 0);
	assert_int_equal(w->changes.n, 1);
	assert_int_equal(w->changes.v[0].kind, kind);
	world_compose(w, &w->changes.v[0], a);
	return &w->changes.v[0];
}

/* Says it, and that it is not said again. */
static void
said_once(struct world *w)
{
	world_apply(w);
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->profiles.n, 0);
}

static void
nothing_to_say(struct world *w)
{
	world_diff(w);
	assert_int_equal(w->diags.errors, 0);
	assert_int_equal(w->changes.n, 0);
}

static void
what_is_postponed_is_said_with_its_old_day_and_when_the_new_is_due(void **state)
{
	struct world *w = *state;
	struct announcement a;
	const struct change *change;

	announced(w);
	act(w, (struct act){ .kind = ACT_POSTPONE,
		   .has_due = true,
		   .due = day_of(2026, 4, 15) });
	world_when(w, world_find_slot(w, CPI), "2026-04-10T09:30");
	change = only_change(w, ENTRY_POSTPONED, &a);
	assert_int_equal(change->sequence, 1);
	assert_int_equal(a.status, SAID_POSTPONED);
	assert_int_equal(a.when.start.day.n, day_of(2026, 4, 9).n);
	assert_true(a.has_due);
	assert_int_equal(a.due.n, day_of(2026, 4, 15).n);
	assert_string_equal(a.reason.zh, because.zh);
	assert_false(a.has_previous);
	said_once(w);
}

static void
what_is_postponed_has_no_day_that_passes(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_POSTPONE });
	world_publish(w);
	world_now(w, "2026-05-20T08:00:00+08:00");
	nothing_to_say(w);
	act(w, (struct act){
		   .kind = ACT_MOVE, .to = world_moment("2026-06-09T09:30") });
	only_change(w, ENTRY_MOVED_LATER, &a);
	assert_int_equal(a.status, SAID_CONFIRMED);
	assert_true(a.has_previous);
	assert_int_equal(a.previous.start.day.n, day_of(2026, 4, 9).n);
	assert_false(a.has_due);
	said_once(w);
}

static void
what_is_postponed_and_gone_from_the_plan_is_still_missed(void **state)
{
	struct world *w = *state;

	announced(w);
	act(w, (struct act){ .kind = ACT_POSTPONE });
	world_publish(w);
	world_now(w, "2026-05-20T08:00:00+08:00");
	world_drop(w, CPI);
	world_diff(w);
	assert_int_equal(w->diags.errors, 1);
	assert_string_equal(w->diags.v[0].message.id, "announce.missing");
}

static void
a_postponement_after_its_time_is_still_told(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	world_now(w, "2026-04-09T15:00:00+08:00");
	act(w, (struct act){ .kind = ACT_POSTPONE });
	only_change(w, ENTRY_POSTPONED, &a);
}

static void
what_was_confirmed_may_be_tentative_after_a_postponement(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	world_find_slot(w, CPI)->status = STATUS_TENTATIVE;
	nothing_to_say(w);
	act(w, (struct act){ .kind = ACT_POSTPONE });
	world_publish(w);
	act(w, (struct act){
		   .kind = ACT_MOVE, .to = world_moment("2026-05-09T09:30") });
	only_change(w, ENTRY_MOVED_LATER, &a);
	assert_int_equal(a.status, SAID_TENTATIVE);
	said_once(w);
}

static void
what_is_reinstated_for_the_day_it_had_is_reinstated(void **state)
{
	static const enum act_kind ends[] = { ACT_POSTPONE, ACT_CANCEL,
		ACT_WITHHOLD };
	struct world *w = *state;
	struct announcement a;
	size_t i;

	announced(w);
	for (i = 0; i < COUNT(ends); i++) {
		act(w, (struct act){ .kind = ends[i] });
		world_publish(w);
		act(w, (struct act){ .kind = ACT_REINSTATE });
		only_change(w, ENTRY_REINSTATED, &a);
		assert_int_equal(a.status, SAID_CONFIRMED);
		assert_int_equal(a.when.start.day.n, day_of(2026, 4, 9).n);
		said_once(w);
	}
	assert_int_equal(world_said(w, CPI)->sequence, 6);
}

static void
what_was_cancelled_is_reinstated_for_another_day(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_CANCEL });
	world_publish(w);
	act(w, (struct act){ .kind = ACT_REINSTATE,
		   .has_to = true,
		   .to = world_moment("2026-04-20T09:30") });
	only_change(w, ENTRY_REINSTATED, &a);
	assert_true(a.has_previous);
	assert_int_equal(a.when.start.day.n, day_of(2026, 4, 20).n);
	said_once(w);
}

static void
what_is_cancelled_and_reinstated_between_two_runs_says_nothing_of_it(
    void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_CANCEL });
	act(w, (struct act){ .kind = ACT_REINSTATE });
	/* But its reason is told. */
	only_change(w, ENTRY_REISSUED, &a);
	assert_string_equal(a.reason.zh, because.zh);
	said_once(w);
}

static void
what_is_reinstated_and_postponed_between_two_runs_is_postponed(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_CANCEL });
	world_publish(w);
	act(w, (struct act){ .kind = ACT_REINSTATE });
	act(w, (struct act){ .kind = ACT_POSTPONE });
	only_change(w, ENTRY_POSTPONED, &a);
	said_once(w);
}

static void
a_release_is_said_after_its_time_with_its_address(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	world_now(w, "2026-04-09T10:00:00+08:00");
	nothing_to_say(w);
	act(w, (struct act){ .kind = ACT_RELEASED,
		   .url = "https://stats.example/cpi",
		   .released = w->now });
	only_change(w, ENTRY_RELEASED, &a);
	assert_int_equal(a.status, SAID_RELEASED);
	assert_string_equal(a.result_url, "https://stats.example/cpi");
	assert_int_equal(a.released.s, w->now.s - 3600);
	assert_int_equal(a.when.start.day.n, day_of(2026, 4, 9).n);
	said_once(w);
}

static void
what_is_released_is_frozen_but_for_a_later_reissue(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_RELEASED, .released = w->now });
	world_publish(w);
	w->series[0].title.zh = "居民消费价格";
	world_when(w, world_find_slot(w, CPI), "2026-08-01T09:30");
	nothing_to_say(w);
	act(w, (struct act){ .kind = ACT_REISSUE });
	only_change(w, ENTRY_REISSUED, &a);
	assert_int_equal(a.status, SAID_RELEASED);
	assert_string_equal(a.title.zh, "居民消费价格");
	assert_int_equal(a.when.start.day.n, day_of(2026, 4, 9).n);
	said_once(w);
	w->series[0].title.zh = "价格";
	nothing_to_say(w);
}

static void
a_release_with_an_unsaid_move_keeps_the_time_that_readers_know(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	world_now(w, "2026-04-10T09:40:00+08:00");
	act(w, (struct act){
		   .kind = ACT_MOVE, .to = world_moment("2026-04-10T09:30") });
	act(w, (struct act){ .kind = ACT_RELEASED, .released = w->now });
	only_change(w, ENTRY_RELEASED, &a);
	assert_int_equal(a.when.start.day.n, day_of(2026, 4, 9).n);
	said_once(w);
}

static void
what_was_never_announced_is_said_once_when_it_is_out(void **state)
{
	struct world *w = *state;
	struct announcement a;

	world_now(w, "2026-04-09T10:00:00+08:00");
	w->view.edition = 2026;
	world_slot(w, CPI, "2026-04-09T09:30");
	act(w, (struct act){ .kind = ACT_RELEASED, .released = w->now });
	only_change(w, ENTRY_NEW, &a);
	assert_true(a.late);
	assert_int_equal(a.status, SAID_RELEASED);
	said_once(w);
}

static void
what_was_late_stays_late_when_it_is_out(void **state)
{
	struct world *w = *state;
	struct announcement a;

	world_now(w, "2026-04-09T10:00:00+08:00");
	world_slot(w, CPI, "2026-04-09T09:30");
	world_publish(w);
	act(w, (struct act){ .kind = ACT_RELEASED, .released = w->now });
	only_change(w, ENTRY_RELEASED, &a);
	assert_true(a.late);
}

static void
what_is_out_is_said_also_when_the_plan_is_gone(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	world_now(w, "2026-04-09T10:00:00+08:00");
	act(w, (struct act){ .kind = ACT_RELEASED,
		   .url = "https://stats.example/cpi",
		   .released = w->now });
	world_drop(w, CPI);
	only_change(w, ENTRY_RELEASED, &a);
	assert_string_equal(a.title.zh, "居民消费价格指数");
	assert_string_equal(a.result_url, "https://stats.example/cpi");
	said_once(w);
}

static void
what_is_withheld_and_was_never_said_leaves_no_trace(void **state)
{
	struct world *w = *state;

	w->view.edition = 2026;
	world_slot(w, CPI, "2026-04-09T09:30");
	act(w, (struct act){ .kind = ACT_WITHHOLD, .ground = "XXGK-14" });
	nothing_to_say(w);
	assert_int_equal(w->profiles.n, 0);
	assert_int_equal(w->changes.same + w->changes.held, 0);
	act(w, (struct act){ .kind = ACT_REINSTATE });
	world_diff(w);
	assert_int_equal(w->changes.v[0].kind, ENTRY_NEW);
}

static void
what_is_withheld_after_it_was_said_is_taken_back_openly(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	act(w, (struct act){ .kind = ACT_WITHHOLD, .ground = "XXGK-14" });
	only_change(w, ENTRY_CANCELLED, &a);
	assert_int_equal(a.status, SAID_CANCELLED);
	assert_string_equal(a.reason.zh, because.zh);
	said_once(w);
}

static void
a_confirmation_makes_a_tentative_date_certain(void **state)
{
	struct world *w = *state;
	struct announcement a;

	world_slot(w, CPI, "2026-04-09T09:30")->status = STATUS_TENTATIVE;
	world_publish(w);
	act(w, (struct act){ .kind = ACT_CONFIRM });
	only_change(w, ENTRY_CONFIRMED, &a);
	assert_int_equal(a.status, SAID_CONFIRMED);
	assert_null(a.reason.zh);
	said_once(w);
}

static void
a_review_and_a_signature_change_nothing_that_is_said(void **state)
{
	struct world *w = *state;

	announced(w);
	act(w, (struct act){ .kind = ACT_REVIEW, .passed = true });
	act(w, (struct act){ .kind = ACT_SIGN });
	act(w, (struct act){ .kind = ACT_CONSULT, .with = "示例" });
	nothing_to_say(w);
}

static void
what_is_postponed_before_it_was_ever_said_waits(void **state)
{
	struct world *w = *state;

	w->view.edition = 2026;
	world_slot(w, CPI, "2026-04-09T09:30");
	act(w, (struct act){ .kind = ACT_POSTPONE });
	nothing_to_say(w);
	assert_int_equal(w->changes.held, 1);
}

/* ---- reasons */

static void
a_change_without_its_reason_says_that_it_will_follow(void **state)
{
	struct world *w = *state;
	struct announcement a;

	announced(w);
	without_reason(w, (struct act){ .kind = ACT_MOVE,
			      .to = world_moment("2026-04-10T09:30") });
	only_change(w, ENTRY_MOVED_LATER, &a);
	assert_true(a.reason_pending);
	said_once(w);
	act(w, (struct act){ .kind = ACT_REISSUE });
	only_change(w, ENTRY_REISSUED, &a);
	assert_false(a.reason_pending);
	assert_string_equal(a.reason.zh, because.zh);
	said_once(w);
}

static void
every_change_without_a_reason_is_said_once(void **state)
{
	static const char *const to[] = { "2026-04-10T09:30",
		"2026-04-09T10:00", "2026-04", "2026-04-08" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(to); i++) {
		struct world *w = world_new();
		struct announcement a;

		world_set_reason_required(w);
		announced(w);
		without_reason(w, (struct act){ .kind = ACT_MOVE,
				      .to = world_moment(to[i]) });
		world_diff(w);
		assert_int_equal(w->changes.n, 1);
		world_compose(w, &w->changes.v[0], &a);
		assert_true(a.reason_pending);
		said_once(w);
		without_reason(w, (struct act){ .kind = ACT_POSTPONE });
		only_change(w, ENTRY_POSTPONED, &a);
		assert_true(a.reason_pending);
		said_once(w);
		without_reason(w, (struct act){ .kind = ACT_REINSTATE });
		only_change(w, ENTRY_REINSTATED, &a);
		assert_false(a.reason_pending);
		said_once(w);
		without_reason(w, (struct act){ .kind = ACT_CANCEL });
		only_change(w, ENTRY_CANCELLED, &a);
		assert_true(a.reason_pending);
		said_once(w);
		world_free(w);
	}
}

static void
a_first_announcement_owes_no_reason(void **state)
{
	struct world *w = *state;
	struct announcement a;

	w->view.edition = 2026;
	world_slot(w, CPI, "2026-04-09T09:30");
	without_reason(w, (struct act){ .kind = ACT_MOVE,
			      .to = world_moment("2026-04-10T09:30") });
	only_change(w, ENTRY_NEW, &a);
	assert_false(a.reason_pending);
	said_once(w);
}

/* ---- words */

static void
a_new_method_is_told_with_its_first_release(void **state)
{
	static const struct method_change changes[] = { { .from = "2026-03",
	    .note = { "改用新基期", NULL } } };
	struct world *w = *state;
	struct announcement a;

	w->view.edition = 2026;
	w->series[0].method_changes = changes;
	w->series[0].n_method_changes = 1;
	w->series[0].data_status = "preliminary";
	world_slot(w, "nbs/cpi/2026-02", "2026-03-09T09:30");
	world_slot(w, CPI, "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-04", "2026-05-09T09:30");
	world_diff(w);
	world_compose(w, &w->changes.v[0], &a);
	assert_null(a.method_change.zh);
	assert_string_equal(a.data_status, "preliminary");
	world_compose(w, &w->changes.v[1], &a);
	assert_string_equal(a.method_change.zh, "改用新基期");
	world_compose(w, &w->changes.v[2], &a);
	assert_null(a.method_change.zh);
}

static void
a_move_changes_no_word_that_a_review_looks_at(void **state)
{
	struct world *w = *state;
	struct announce_input input;
	struct digest before, after;

	announced(w);
	input = world_input(w);
	before = announce_words(w->arena, &input, world_find_slot(w, CPI));
	act(w, (struct act){
		   .kind = ACT_MOVE, .to = world_moment("2026-04-10T09:30") });
	after = announce_words(w->arena, &input, world_find_slot(w, CPI));
	assert_int_equal(digest_compare(&before, &after), 0);
	w->series[0].title.zh = "价格";
	after = announce_words(w->arena, &input, world_find_slot(w, CPI));
	assert_int_not_equal(digest_compare(&before, &after), 0);
}

/* ---- the policy's case */

static void
the_case_says_what_is_wanted_and_how_it_differs(void **state)
{
	struct world *w = *state;
	struct announce_input input = world_input(w);
	struct announcement wanted;
	struct digest words;
	struct policy_case c;

	world_slot(w, CPI, "2026-04-09T09:30");
	announce_case(w->arena, &input, world_find_slot(w, CPI), &wanted, &c);
	assert_ptr_equal(c.wanted, &wanted);
	assert_true(c.is_change);
	assert_int_equal(c.change, ENTRY_NEW);
	assert_ptr_equal(c.acts, &w->acts);
	assert_ptr_equal(c.slots, &w->slots);
	assert_ptr_equal(c.view, &w->view);
	assert_ptr_equal(c.plans, &w->plans);
	words = announce_words(w->arena, &input, world_find_slot(w, CPI));
	assert_int_equal(digest_compare(&c.words, &words), 0);
	world_publish(w);
	announce_case(w->arena, &input, world_find_slot(w, CPI), &wanted, &c);
	assert_false(c.is_change);
	assert_non_null(c.said);
	w->series[0].title.zh = "价格";
	announce_case(w->arena, &input, world_find_slot(w, CPI), &wanted, &c);
	assert_true(c.is_change);
	assert_int_equal(c.change, ENTRY_REISSUED);
	assert_int_not_equal(digest_compare(&c.core, &c.said->core), 0);
}

static void
the_case_of_what_is_closed_or_over_wants_nothing(void **state)
{
	struct world *w = *state;
	struct announce_input input;
	struct announcement wanted;
	struct policy_case c;

	announced(w);
	world_now(w, "2026-04-10T08:00:00+08:00");
	input = world_input(w);
	announce_case(w->arena, &input, world_find_slot(w, CPI), &wanted, &c);
	assert_null(c.wanted);
	assert_false(c.is_change);
	world_slot(w, GDP, "2026-04-16T10:00");
	w->series[1].secrecy = SECRECY_SECRET;
	announce_case(w->arena, &input, world_find_slot(w, GDP), &wanted, &c);
	assert_null(c.wanted);
}

/* ---- profiles */

static void
what_is_announced_has_its_series_and_department_told(void **state)
{
	struct world *w = *state;
	struct profile profile;
	struct digest digest;

	world_slot(w, CPI, "2026-04-09T09:30");
	world_slot(w, "nbs/cpi/2026-04", "2026-05-09T09:30");
	w->series[0].definition.zh = "居民购买价格的变动";
	world_diff(w);
	assert_int_equal(w->profiles.n, 2);
	assert_string_equal(w->profiles.v[0].release, "nbs/cpi");
	assert_string_equal(w->profiles.v[1].release, "nbs");
	announce_profile(
	    w->arena, &w->office, &w->profiles.v[0], &profile, &digest);
	assert_string_equal(profile.definition.zh, "居民购买价格的变动");
	announce_profile(
	    w->arena, &w->office, &w->profiles.v[1], &profile, &digest);
	assert_string_equal(profile.name.zh, "国家统计局");
	world_apply(w);
	world_diff(w);
	assert_int_equal(w->profiles.n, 0);
	assert_int_equal(w->changes.n, 0);
}

static void
another_phone_number_touches_no_release(void **state)
{
	struct world *w = *state;

	announced(w);
	w->departments[3].contact_phone = "023-12345678";
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->profiles.n, 1);
	assert_string_equal(w->profiles.v[0].release, "nbs");
	assert_int_equal(w->profiles.v[0].sequence, 1);
	said_once(w);
}

static void
what_is_not_announced_has_no_profile(void **state)
{
	struct world *w = *state;

	w->view.edition = 2026;
	world_slot(w, CPI, "2026-04-09T09:30")->held = true;
	world_slot(w, GDP, "2026-04-16T10:00");
	w->series[1].secrecy = SECRECY_INTERNAL;
	world_diff(w);
	assert_int_equal(w->changes.n, 0);
	assert_int_equal(w->profiles.n, 0);
}

static void
an_act_on_a_series_that_is_gone_hits_what_was_announced(void **state)
{
	struct world *w = *state;

	announced(w);
	world_act(
	    w, (struct act){ .kind = ACT_REVIEW, .passed = true }, "nbs/cpi");
	world_act(w, (struct act){ .kind = ACT_CANCEL, .reason = because },
	    "nbs/cpi/*");
	world_publish(w);
	world_drop(w, CPI);
	w->plan[3].series = &w->series[1];
	w->plan[3].n_series = 1;
	nothing_to_say(w);
	world_act(
	    w, (struct act){ .kind = ACT_REVIEW, .passed = true }, "nbs/cp");
	world_diff(w);
	assert_int_equal(w->diags.errors, 1);
	assert_string_equal(w->diags.v[0].message.id, "announce.act_unknown");
}

/* ---- drafts */

static const struct act_draft *
only_draft(struct world *w, struct act_drafts *drafts)
{
	struct announce_input input = world_input(w);
	struct diags diags = { 0 };

	*drafts = (struct act_drafts){ 0 };
	announce_draft_acts(w->arena, &input, &diags, "nbs", drafts);
	assert_int_equal(drafts->n, 1);
	return &drafts->v[0];
}

static void
a_release_gone_from_the_plan_is_drafted_as_cancelled(void **state)
{
	struct world *w = *state;
	struct act_drafts drafts;

	announced(w);
	world_drop(w, CPI);
	assert_string_equal(only_draft(w, &drafts)->json,
	    "{\"act\": \"cancel\", \"releases\": [\"nbs/cpi/2026-03\"], "
	    "\"reason\": \"…\", \"who\": \"…\", \"role\": \"stat_head\", "
	    "\"at\": \"2026-03-01T00:00:00Z\"}");
	assert_string_equal(drafts.v[0].file, "acts/nbs-2026.json");
}

static void
a_date_that_must_be_confirmed_is_drafted_as_confirmed(void **state)
{
	struct world *w = *state;
	struct act_drafts drafts;

	world_set_confirm_by(w, 28);
	world_slot(w, CPI, "2026-04-09T09:30")->status = STATUS_TENTATIVE;
	world_slot(w, GDP, "2026-03-20T10:00")->status = STATUS_TENTATIVE;
	world_publish(w);
	assert_string_equal(only_draft(w, &drafts)->json,
	    "{\"act\": \"confirm\", \"releases\": [\"nbs/gdp/2026-Q1\"], "
	    "\"who\": \"…\", \"role\": \"stat_head\", "
	    "\"at\": \"2026-03-01T00:00:00Z\"}");
}

static void
a_department_whose_plan_is_wrong_gets_no_draft(void **state)
{
	struct world *w = *state;
	struct announce_input input;
	struct act_drafts drafts = { 0 };
	struct diags diags = { .department = "nbs" };

	announced(w);
	world_drop(w, CPI);
	DIAG(w->arena, &diags, DIAG_ERROR, (struct place){ .file = "x" },
	    "announce.closed_but_said");
	input = world_input(w);
	announce_draft_acts(w->arena, &input, &diags, NULL, &drafts);
	assert_int_equal(drafts.n, 0);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_strict_world, close_world)
	const struct CMUnitTest tests[] = {
		TEST(
		    what_is_postponed_is_said_with_its_old_day_and_when_the_new_is_due),
		TEST(what_is_postponed_has_no_day_that_passes),
		TEST(what_is_postponed_and_gone_from_the_plan_is_still_missed),
		TEST(a_postponement_after_its_time_is_still_told),
		TEST(what_was_confirmed_may_be_tentative_after_a_postponement),
		TEST(what_is_reinstated_for_the_day_it_had_is_reinstated),
		TEST(what_was_cancelled_is_reinstated_for_another_day),
		TEST(
		    what_is_cancelled_and_reinstated_between_two_runs_says_nothing_of_it),
		TEST(
		    what_is_reinstated_and_postponed_between_two_runs_is_postponed),
		TEST(a_release_is_said_after_its_time_with_its_address),
		TEST(what_is_released_is_frozen_but_for_a_later_reissue),
		TEST(
		    a_release_with_an_unsaid_move_keeps_the_time_that_readers_know),
		TEST(what_was_never_announced_is_said_once_when_it_is_out),
		TEST(what_was_late_stays_late_when_it_is_out),
		TEST(what_is_out_is_said_also_when_the_plan_is_gone),
		TEST(what_is_withheld_and_was_never_said_leaves_no_trace),
		TEST(what_is_withheld_after_it_was_said_is_taken_back_openly),
		TEST(a_confirmation_makes_a_tentative_date_certain),
		TEST(a_review_and_a_signature_change_nothing_that_is_said),
		TEST(what_is_postponed_before_it_was_ever_said_waits),
		TEST(a_change_without_its_reason_says_that_it_will_follow),
		TEST(every_change_without_a_reason_is_said_once),
		TEST(a_first_announcement_owes_no_reason),
		TEST(a_new_method_is_told_with_its_first_release),
		TEST(a_move_changes_no_word_that_a_review_looks_at),
		TEST(the_case_says_what_is_wanted_and_how_it_differs),
		TEST(the_case_of_what_is_closed_or_over_wants_nothing),
		TEST(what_is_announced_has_its_series_and_department_told),
		TEST(another_phone_number_touches_no_release),
		TEST(what_is_not_announced_has_no_profile),
		TEST(an_act_on_a_series_that_is_gone_hits_what_was_announced),
		TEST(a_release_gone_from_the_plan_is_drafted_as_cancelled),
		TEST(a_date_that_must_be_confirmed_is_drafted_as_confirmed),
		TEST(a_department_whose_plan_is_wrong_gets_no_draft),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
