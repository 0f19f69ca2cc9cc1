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

#include "announce_history.h"

static bool
is_over(const struct world *w, const struct entry *said)
{
	if (said->status == SAID_POSTPONED)
		return false;
	if (said->when.precision == PRECISION_INSTANT)
		return said->start.s <= w->now.s;
	return said->when.last.n < zone_local(w->zone, w->now).day.n;
}

/* What comes after what. */
static void
check_kind(const struct change *change)
{
	const struct entry *said = change->said;
	enum entry_kind kind = change->kind;

	assert_true((kind == ENTRY_NEW) == (said == NULL));
	if (said == NULL)
		return;
	switch (said->status) {
	case SAID_CANCELLED:
		assert_true(kind == ENTRY_REINSTATED ||
			    kind == ENTRY_POSTPONED || kind == ENTRY_RELEASED);
		break;
	case SAID_RELEASED:
		assert_int_equal(kind, ENTRY_REISSUED);
		assert_true(change->slot->life->reissue->at.s > said->at.s);
		break;
	case SAID_POSTPONED:
		assert_int_not_equal(kind, ENTRY_POSTPONED);
		assert_int_not_equal(kind, ENTRY_CONFIRMED);
		break;
	default:
		assert_int_not_equal(kind, ENTRY_REINSTATED);
	}
}

/* What is said of it goes on from what was said. */
static void
check_words(struct world *w, const struct change *change)
{
	struct announcement now, before;
	char *uid = arena_printf(w->arena, "%s@stats.example", change->release);
	char *s;

	for (s = uid; *s != '\0'; s++)
		if (*s == '/')
			*s = '.';
	world_compose(w, change, &now);
	assert_string_equal(now.uid, uid);
	if (change->said == NULL)
		return;
	assert_null(announcement_read(w->arena, change->said->said, &before));
	assert_string_equal(now.uid, before.uid);
	if (before.status == SAID_CONFIRMED)
		assert_int_not_equal(now.status, SAID_TENTATIVE);
	if (now.status == SAID_POSTPONED || now.status == SAID_CANCELLED ||
	    before.status == SAID_RELEASED)
		assert_true(moment_equal(&now.when, &before.when));
}

/* What holds for every change, whatever the history. */
static void
check_change(struct world *w, const struct change *change)
{
	const struct entry *said = change->said;

	if (change->kind == ENTRY_EDITION)
		return;
	assert_false(
	    diags_stop(&w->diags, change->release[0] == 'n' ? "nbs" : "cq"));
	assert_ptr_equal(said, view_find(&w->view, change->release));
	assert_int_equal(
	    change->sequence, said == NULL ? 0 : said->sequence + 1);
	check_kind(change);
	check_words(w, change);
	if (change->kind == ENTRY_CANCELLED)
		assert_true(change->act->kind == ACT_CANCEL ||
			    change->act->kind == ACT_WITHHOLD);
	else if (change->slot != NULL)
		assert_true(office_opens(&w->office, change->slot->series));
	else
		assert_int_equal(change->kind, ENTRY_RELEASED);
	if (change->kind == ENTRY_CANCELLED && is_over(w, said))
		fail_msg("%s: cancelled when over", change->release);
	assert_true(change->verdicts.worst < OUTCOME_BLOCK);
}

/* Nothing that was said and is to come goes without an error or a slot. */
static void
check_nothing_lost(struct world *w)
{
	size_t i;

	for (i = 0; i < w->view.n; i++) {
		const struct entry *said = &w->view.v[i];
		const struct life *life =
		    life_of(w->arena, &w->acts, said->release, NULL);

		if (world_find_slot(w, said->release) != NULL ||
		    said->status == SAID_CANCELLED ||
		    said->status == SAID_RELEASED || is_over(w, said) ||
		    (life != NULL && life->state >= LIFE_CANCELLED))
			continue;
		assert_true(diags_stop(
		    &w->diags, said->release[0] == 'n' ? "nbs" : "cq"));
	}
}

static void
live_through(struct world *w, uint64_t seed)
{
	uint64_t random = seed * 0x9E3779B97F4A7C15u + 1;
	int step, i;
	size_t k, blocked;

	for (step = 0; step < 25; step++) {
		for (i = (int)pick(&random, 4); i >= 0; i--)
			mutate(w, &random);
		world_diff(w);
		for (k = 0; k < w->changes.n; k++)
			check_change(w, &w->changes.v[k]);
		check_nothing_lost(w);
		blocked = w->changes.blocked;
		world_apply(w);
		world_diff(w);
		if (w->changes.n != 0)
			fail_msg("seed %llu, step %d: %s is said again",
			    (unsigned long long)seed, step,
			    w->changes.v[0].release);
		assert_int_equal(w->changes.blocked, blocked);
	}
}

static void
over_random_histories_what_was_said_is_not_said_again(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 200; seed++) {
		struct world *w = world_new();

		if (seed % 2 == 0)
			world_set_reason_required(w);
		live_through(w, seed);
		world_free(w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    over_random_histories_what_was_said_is_not_said_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
