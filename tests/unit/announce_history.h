/*
 * What may happen to an office between two runs, at random.
 */
#ifndef TESTS_ANNOUNCE_HISTORY_H
#define TESTS_ANNOUNCE_HISTORY_H

#include "announce_world.h"

/* xorshift64*: the same everywhere, so that a seed names a history. */
static inline unsigned
pick(uint64_t *random, unsigned n)
{
	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (unsigned)((*random * 2685821657736338717u) >> 33) % n;
}

static inline const char *
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

/* Any act at all, with or without a reason; what is not allowed is refused. */
static inline void
decide(struct world *w, const char *key, uint64_t *random)
{
	enum act_kind kind = (enum act_kind)pick(random, ACT_ACCESS + 1);
	struct act act = { .kind = kind,
		.passed = pick(random, 4) != 0,
		.url = "https://stats.example/result",
		.released = w->now };
	const char *slash = strchr(strchr(key, '/') + 1, '/');

	if (pick(random, 3) != 0)
		act.reason.zh = "示例原因说明文字";
	act.has_to =
	    kind == ACT_MOVE || (kind == ACT_REINSTATE && pick(random, 2) != 0);
	if (act.has_to)
		act.to = world_moment(random_when(w->arena, random));
	act.has_due = kind == ACT_POSTPONE && pick(random, 2) != 0;
	act.due = day_of(2026, 7, 1 + (int)pick(random, 28));
	if (pick(random, 8) == 0)
		key = arena_printf(w->arena, "%.*s/*", (int)(slash - key), key);
	world_act(w, act, key);
}

/* Something that a department or an office may do between two runs. */
static inline void
mutate(struct world *w, uint64_t *random)
{
	static const char *const keys[] = { "cq/cpi/2026-01", "cq/cpi/2026-02",
		"cq/gdp/2026-Q1", "nbs/cpi/2026-01", "nbs/cpi/2026-02",
		"nbs/gdp/2026-Q1", "nbs/gdp/2026-Q1/2" };
	const char *key = keys[pick(random, COUNT(keys))];
	struct slot *slot = world_find_slot(w, key);

	switch (pick(random, 12)) {
	case 0:
		world_drop(w, key);
		break;
	case 1:
		world_cancel(w, key);
		break;
	case 2:
		world_move(w, key, random_when(w->arena, random));
		break;
	case 10:
	case 11:
		decide(w, key, random);
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

#endif
