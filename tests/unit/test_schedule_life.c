#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/schedule.h>

#define RELEASE "d/s/2026-03"

struct world {
	struct arena *arena;
	struct acts acts;
	struct diags diags;
	const struct life *life;
};

static int
open_world(void **state)
{
	struct arena *arena = arena_new();
	struct world *w = arena_alloc(arena, sizeof(*w));

	w->arena = arena;
	*state = w;
	return 0;
}

static int
close_world(void **state)
{
	struct world *w = *state;

	arena_free(w->arena);
	return 0;
}

static struct act *
decide_on(struct world *w, enum act_kind kind, const char *release)
{
	const char **releases = arena_alloc(w->arena, sizeof(*releases));
	struct act act = { .kind = kind,
		.releases = releases,
		.n_releases = 1,
		.passed = true,
		.at = { (int64_t)w->acts.n },
		.place = {
		    .file = "acts/d-2026.json", .line = (int)w->acts.n + 1 } };

	releases[0] = release;
	if (kind == ACT_REVIEW)
		act.digests = arena_alloc(w->arena, sizeof(struct digest));
	ARRAY_PUSH(w->arena, &w->acts, act);
	return &w->acts.v[w->acts.n - 1];
}

static struct act *
decide(struct world *w, enum act_kind kind)
{
	return decide_on(w, kind, RELEASE);
}

static void
live(struct world *w)
{
	w->diags = (struct diags){ 0 };
	acts_index(w->arena, &w->acts);
	w->life = life_of(w->arena, &w->acts, RELEASE, &w->diags);
}

/* The acts that bring a release from its beginning into each state. */
static void
bring_to(struct world *w, enum life_state state)
{
	static const enum act_kind ways[] = {
		[LIFE_DUE] = ACT_REVIEW,
		[LIFE_POSTPONED] = ACT_POSTPONE,
		[LIFE_CANCELLED] = ACT_CANCEL,
		[LIFE_WITHHELD] = ACT_WITHHOLD,
		[LIFE_RELEASED] = ACT_RELEASED,
	};

	w->acts.n = 0;
	decide(w, ACT_REVIEW);
	if (state != LIFE_DUE)
		decide(w, ways[state]);
}

static const struct {
	enum life_state from;
	enum act_kind act;
	enum life_state to;
	const char *refusal; /* or NULL */
} steps[] = {
	{ LIFE_DUE, ACT_REVIEW, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_SIGN, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_CONSULT, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_CONFIRM, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_MOVE, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_POSTPONE, LIFE_POSTPONED, NULL },
	{ LIFE_DUE, ACT_CANCEL, LIFE_CANCELLED, NULL },
	{ LIFE_DUE, ACT_REINSTATE, LIFE_DUE, "schedule.reinstate_due" },
	{ LIFE_DUE, ACT_WITHHOLD, LIFE_WITHHELD, NULL },
	{ LIFE_DUE, ACT_REISSUE, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_RELEASED, LIFE_RELEASED, NULL },
	{ LIFE_POSTPONED, ACT_REVIEW, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_SIGN, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_CONSULT, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_CONFIRM, LIFE_POSTPONED,
	    "schedule.postponed_no_date" },
	{ LIFE_POSTPONED, ACT_MOVE, LIFE_DUE, NULL },
	{ LIFE_POSTPONED, ACT_POSTPONE, LIFE_POSTPONED,
	    "schedule.postponed_again" },
	{ LIFE_POSTPONED, ACT_CANCEL, LIFE_CANCELLED, NULL },
	{ LIFE_POSTPONED, ACT_REINSTATE, LIFE_DUE, NULL },
	{ LIFE_POSTPONED, ACT_WITHHOLD, LIFE_WITHHELD, NULL },
	{ LIFE_POSTPONED, ACT_REISSUE, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_RELEASED, LIFE_POSTPONED,
	    "schedule.postponed_no_date" },
	{ LIFE_CANCELLED, ACT_REVIEW, LIFE_CANCELLED, NULL },
	{ LIFE_CANCELLED, ACT_SIGN, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_CONSULT, LIFE_CANCELLED, NULL },
	{ LIFE_CANCELLED, ACT_CONFIRM, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_MOVE, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_POSTPONE, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_CANCEL, LIFE_CANCELLED,
	    "schedule.cancelled_again" },
	{ LIFE_CANCELLED, ACT_REINSTATE, LIFE_DUE, NULL },
	{ LIFE_CANCELLED, ACT_WITHHOLD, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_REISSUE, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_RELEASED, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_WITHHELD, ACT_REVIEW, LIFE_WITHHELD, NULL },
	{ LIFE_WITHHELD, ACT_SIGN, LIFE_WITHHELD, "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_CONSULT, LIFE_WITHHELD, NULL },
	{ LIFE_WITHHELD, ACT_CONFIRM, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_MOVE, LIFE_WITHHELD, "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_POSTPONE, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_CANCEL, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_REINSTATE, LIFE_DUE, NULL },
	{ LIFE_WITHHELD, ACT_WITHHOLD, LIFE_WITHHELD, NULL },
	{ LIFE_WITHHELD, ACT_REISSUE, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_RELEASED, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_RELEASED, ACT_REVIEW, LIFE_RELEASED, NULL },
	{ LIFE_RELEASED, ACT_SIGN, LIFE_RELEASED, "schedule.released_before" },
	{ LIFE_RELEASED, ACT_CONSULT, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_CONFIRM, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_MOVE, LIFE_RELEASED, "schedule.released_before" },
	{ LIFE_RELEASED, ACT_POSTPONE, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_CANCEL, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_REINSTATE, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_WITHHOLD, LIFE_RELEASED,
	    "schedule.released_before" },
	{ LIFE_RELEASED, ACT_REISSUE, LIFE_RELEASED, NULL },
	{ LIFE_RELEASED, ACT_RELEASED, LIFE_RELEASED,
	    "schedule.released_again" },
	{ LIFE_DUE, ACT_COPY, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_ACKNOWLEDGE, LIFE_DUE, NULL },
	{ LIFE_DUE, ACT_ACCESS, LIFE_DUE, NULL },
	{ LIFE_POSTPONED, ACT_COPY, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_ACKNOWLEDGE, LIFE_POSTPONED, NULL },
	{ LIFE_POSTPONED, ACT_ACCESS, LIFE_POSTPONED, NULL },
	{ LIFE_CANCELLED, ACT_COPY, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_ACKNOWLEDGE, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_CANCELLED, ACT_ACCESS, LIFE_CANCELLED,
	    "schedule.cancelled_before" },
	{ LIFE_WITHHELD, ACT_COPY, LIFE_WITHHELD, "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_ACKNOWLEDGE, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_WITHHELD, ACT_ACCESS, LIFE_WITHHELD,
	    "schedule.withheld_before" },
	{ LIFE_RELEASED, ACT_COPY, LIFE_RELEASED, NULL },
	{ LIFE_RELEASED, ACT_ACKNOWLEDGE, LIFE_RELEASED, NULL },
	{ LIFE_RELEASED, ACT_ACCESS, LIFE_RELEASED, NULL },
};

static void
every_act_is_allowed_or_refused_from_every_state(void **state)
{
	struct world *w = *state;
	size_t i;

	assert_int_equal(COUNT(steps), (LIFE_RELEASED + 1) * (ACT_ACCESS + 1));
	for (i = 0; i < COUNT(steps); i++) {
		bring_to(w, steps[i].from);
		live(w);
		assert_int_equal(w->life->state, steps[i].from);
		decide(w, steps[i].act);
		live(w);
		assert_int_equal(w->life->state, steps[i].to);
		assert_int_equal(
		    w->diags.errors, steps[i].refusal == NULL ? 0 : 1);
		if (steps[i].refusal == NULL)
			continue;
		assert_string_equal(w->diags.v[0].message.id, steps[i].refusal);
		assert_int_equal(w->diags.v[0].place.line, (int)w->acts.n);
	}
}

static void
a_refused_act_does_not_count(void **state)
{
	struct world *w = *state;

	decide(w, ACT_CANCEL);
	decide(w, ACT_MOVE);
	live(w);
	assert_null(w->life->move);
	assert_int_equal(w->life->moves, 0);
	assert_int_equal(w->life->acts.n, 1);
	assert_int_equal(w->life->change->kind, ACT_CANCEL);
}

static void
a_refusal_names_the_release_by_its_place_in_the_act(void **state)
{
	struct world *w = *state;

	decide(w, ACT_CANCEL);
	decide(w, ACT_CANCEL);
	live(w);
	assert_int_equal(w->diags.n, 1);
	assert_string_equal(w->diags.v[0].message.args[0], "releases[0]");
	assert_string_equal(w->diags.v[0].message.args[1], "cancel");
}

static void
what_no_act_names_has_no_life(void **state)
{
	struct world *w = *state;

	live(w);
	assert_null(w->life);
	decide_on(w, ACT_CANCEL, "d/s/2026-04");
	decide_on(w, ACT_CANCEL, "d/s-t/*");
	decide_on(w, ACT_REVIEW, "d/s");
	live(w);
	assert_null(w->life);
}

static void
nothing_is_signed_before_it_passed_a_review(void **state)
{
	struct world *w = *state;

	decide(w, ACT_SIGN);
	live(w);
	assert_null(w->life->sign);
	assert_string_equal(
	    w->diags.v[0].message.id, "schedule.sign_unreviewed");
	decide(w, ACT_REVIEW)->passed = false;
	decide(w, ACT_SIGN);
	live(w);
	assert_int_equal(w->diags.errors, 2);
	decide(w, ACT_REVIEW);
	decide(w, ACT_SIGN);
	live(w);
	assert_int_equal(w->diags.errors, 2);
	assert_ptr_equal(w->life->sign, &w->acts.v[4]);
}

static void
a_review_that_failed_takes_the_signature_back(void **state)
{
	struct world *w = *state;

	decide(w, ACT_REVIEW);
	decide(w, ACT_SIGN);
	decide(w, ACT_REVIEW)->passed = false;
	live(w);
	assert_null(w->life->sign);
	assert_ptr_equal(w->life->review->act, &w->acts.v[2]);
}

static void
a_postponement_takes_the_confirmation_back(void **state)
{
	struct world *w = *state;

	decide(w, ACT_CONFIRM);
	live(w);
	assert_non_null(w->life->confirm);
	decide(w, ACT_POSTPONE);
	live(w);
	assert_null(w->life->confirm);
	assert_non_null(w->life->postpone);
	decide(w, ACT_MOVE);
	live(w);
	assert_null(w->life->confirm);
	assert_null(w->life->postpone);
	assert_int_equal(w->life->moves, 2);
	assert_int_equal(w->life->change->kind, ACT_MOVE);
}

static void
what_is_reinstated_keeps_its_time_or_gets_another(void **state)
{
	struct world *w = *state;

	decide(w, ACT_MOVE);
	decide(w, ACT_CANCEL);
	decide(w, ACT_REINSTATE);
	live(w);
	assert_ptr_equal(w->life->move, &w->acts.v[0]);
	assert_ptr_equal(w->life->reinstate, &w->acts.v[2]);
	assert_null(w->life->cancel);
	assert_int_equal(w->life->moves, 1);
	w->acts.v[2].has_to = true;
	live(w);
	assert_ptr_equal(w->life->move, &w->acts.v[2]);
	assert_int_equal(w->life->moves, 2);
}

static void
an_act_on_the_whole_series_passes_over_what_it_may_not_change(void **state)
{
	struct world *w = *state;

	decide(w, ACT_RELEASED);
	decide_on(w, ACT_CANCEL, "d/s/*");
	live(w);
	assert_int_equal(w->diags.n, 0);
	assert_int_equal(w->life->state, LIFE_RELEASED);
	w->acts.n = 0;
	decide_on(w, ACT_WITHHOLD, "d/s/*");
	live(w);
	assert_int_equal(w->life->state, LIFE_WITHHELD);
}

static void
looking_at_words_is_no_change(void **state)
{
	struct world *w = *state;

	decide(w, ACT_REVIEW);
	decide(w, ACT_SIGN);
	decide(w, ACT_CONSULT);
	decide(w, ACT_CONFIRM);
	live(w);
	assert_null(w->life->change);
	assert_int_equal(w->life->acts.n, 4);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_world, close_world)
	const struct CMUnitTest tests[] = {
		TEST(every_act_is_allowed_or_refused_from_every_state),
		TEST(a_refused_act_does_not_count),
		TEST(a_refusal_names_the_release_by_its_place_in_the_act),
		TEST(what_no_act_names_has_no_life),
		TEST(nothing_is_signed_before_it_passed_a_review),
		TEST(a_review_that_failed_takes_the_signature_back),
		TEST(a_postponement_takes_the_confirmation_back),
		TEST(what_is_reinstated_keeps_its_time_or_gets_another),
		TEST(
		    an_act_on_the_whole_series_passes_over_what_it_may_not_change),
		TEST(looking_at_words_is_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
