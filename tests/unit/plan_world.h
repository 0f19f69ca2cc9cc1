/*
 * Plans, the calendars that they reckon with, and what becomes of them.
 */
#ifndef TESTS_PLAN_WORLD_H
#define TESTS_PLAN_WORLD_H

#include <yugao/act.h>
#include <yugao/draft.h>
#include <yugao/schedule.h>

#include "world.h"

/* Each test binary fills what it is about. */
struct world {
	struct arena *arena;
	const char *directory;
	struct calendars *calendars;
	struct diags diags;
	struct plan *plan;
	struct plans plans;
	struct acts acts;
	struct slots slots;
	struct draft_plan
	    *draft;      /* made of `plans`; `plan` is it, read again */
	struct buf json; /* the draft as it is written */
};

static inline int
world_make(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->directory = folder_make(arena);
	world->calendars = calendars_open(arena, "calendars", NULL);
	*state = world;
	return 0;
}

static inline int
world_end(void **state)
{
	struct world *world = *state;

	return folder_end(world->arena, world->directory);
}

static inline const char *
write_file(struct world *world, const char *name, const char *text)
{
	return folder_put(world->arena, world->directory, name, text);
}

#endif
