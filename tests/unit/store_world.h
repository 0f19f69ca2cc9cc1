/*
 * A database in a folder of its own.
 */
#ifndef TESTS_STORE_WORLD_H
#define TESTS_STORE_WORLD_H

#include <yugao/store.h>

#include "world.h"

struct fixture {
	struct arena *arena;
	const char *folder, *path;
	struct store *store;
};

static inline int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct fixture *f = arena_alloc(arena, sizeof(*f));

	f->arena = arena;
	f->folder = folder_make(arena);
	f->path = file_join(arena, f->folder, "yugao.db");
	no_error(store_open(arena, f->path, STORE_WRITE, &f->store));
	*state = f;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	return folder_end(f->arena, f->folder);
}

#endif
