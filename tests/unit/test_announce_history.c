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

/* xorshift64*: the same everywhere, so that a seed names a history. */
static unsigned
pick(uint64_t *random, unsigned n)
{
	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (unsigned)((*random * 2685821657736338717u) >> 33) % n;
}

static const char *
random_when(struct arena *arena, uint64_t *random)
{
	int month = 1 + (int)pick(random, 12);
	int day = 1 + (int)pick(random, 28), hour = 9 + (int)pick(random, 2);

	switch (pick(random, 5)) {
	case 0:
		return arena_printf(arena, "2026-%02d", month);
	case 1:
		return arena_printf(arena, "2026-%02d-%02d", month, day);
	case 2:
		return arena_printf(arena, "<2026-%02d-%02d", month, day);
	default:
		return arena_printf(
		    arena, "2026-%02d-%02dT%02d:30", month, day, hour);
	}
}

/* Something that a department or an office may do between two runs. */
static void
mutate(struct world *w, uint64_t *random)
{
	static const char *const keys[] = { "cq/cpi/2026-01", "cq/cpi/2026-02",
		"cq/gdp/2026-Q1", "nbs/cpi/2026-01", "nbs/cpi/2026-02",
		"nbs/gdp/2026-Q1", "nbs/gdp/2026-Q1/2" };
	const char *key = keys[pick(random, COUNT(keys))];
	struct slot *slot = world_find_slot(w, key);

	switch (pick(random, 10)) {
	case 0:
		world_drop(w, key);
		break;
	case 1:
		world_cancel(w, key);
		break;
	case 2:
		world_move(w, key, random_when(w->arena, random));
		break;
	case 3:
		w->series[pick(random, 2)].title.zh =
		    pick(random, 2) ? "甲" : "乙";
		break;
	case 4:
		w->series[pick(random, 2)].secrecy =
		    pick(random, 3) ? SECRECY_PUBLIC : SECRECY_INTERNAL;
		break;
	case 5:
		w->mode->string = pick(random, 2) ? "reject" : "warn";
		break;
	case 6:
		w->now.s += 86400 * (int64_t)pick(random, 60);
		break;
	default:
		if (slot == NULL)
			slot =
			    world_slot(w, key, random_when(w->arena, random));
		else if (slot->why.act == NULL)
			world_when(w, slot, random_when(w->arena, random));
		slot->status =
		    pick(random, 2) ? STATUS_CONFIRMED : STATUS_TENTATIVE;
	}
}

static bool
is_over(const struct world *w, const struct entry *said)
{
	if (said->when.precision == PRECISION_INSTANT)
		return said->start.s <= w->now.s;
	return said->when.last.n < zone_local(w->zone, w->now).day.n;
}

/* What holds for every change, whatever the history. */
static void
check_change(const struct world *w, const struct change *change)
{
	const struct entry *said = change->said;

	if (change->kind == ENTRY_EDITION)
		return;
	assert_false(
	    diags_stop(&w->diags, change->release[0] == 'n' ? "nbs" : "cq"));
	assert_ptr_equal(said, view_find(&w->view, change->release));
	assert_int_equal(
	    change->sequence, said == NULL ? 0 : said->sequence + 1);
	assert_true((change->kind == ENTRY_NEW) == (said == NULL));
	if (said != NULL)
		assert_int_not_equal(said->status, SAID_CANCELLED);
	if (change->kind == ENTRY_CANCELLED)
		assert_int_equal(change->act->kind, ACT_CANCEL);
	else
		assert_true(office_opens(&w->office, change->slot->series));
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
		const struct act *act = acts_last(&w->acts, said->release);

		if (world_find_slot(w, said->release) != NULL ||
		    said->status == SAID_CANCELLED || is_over(w, said) ||
		    (act != NULL && act->kind == ACT_CANCEL))
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
