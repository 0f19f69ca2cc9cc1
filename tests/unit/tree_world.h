/*
 * An office with its database and the tree that is made of it.
 */
#ifndef TESTS_TREE_WORLD_H
#define TESTS_TREE_WORLD_H

#include <yugao/store.h>
#include <yugao/tree.h>

#include "world.h"

struct fixture {
	struct arena *arena;
	const char *folder;
	struct store *store;
	struct office office;
	struct tree_files files; /* of the last stage */
	struct diags diags;      /* of the last verify */
};

static inline int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct fixture *f = arena_alloc(arena, sizeof(*f));

	f->arena = arena;
	f->folder = folder_make(arena);
	f->office = (struct office){
		.name = { "示例市统计局", "Example Bureau" },
		.domain = "stats.example",
		.url = "https://data.example/",
		.timezone = "Asia/Shanghai",
		.state = f->folder,
	};
	no_error(store_open(arena, file_join(arena, f->folder, "yugao.db"),
	    STORE_WRITE, &f->store));
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

static inline void
say_edition(struct fixture *f, int year, int64_t at)
{
	struct entry entry = {
		.kind = ENTRY_EDITION, .year = year, .at.s = at
	};

	no_error(ledger_append(f->arena, f->store, &entry));
}

static inline void
say_announcement(struct fixture *f, const struct announcement *announcement,
    int sequence, int64_t at)
{
	struct entry entry = {
		.kind = sequence == 0 ? ENTRY_NEW : ENTRY_MOVED_LATER,
		.at.s = at,
		.sequence = sequence,
		.release = announcement->release,
		.when = announcement->when,
		.start = announcement->start,
		.status = announcement->status,
	};
	struct buf json;

	buf_init(&json, f->arena);
	announcement_write(&json, announcement, false);
	entry.said = json.data;
	no_error(ledger_append(f->arena, f->store, &entry));
	no_error(
	    tree_render(f->arena, f->store, &f->office, &entry, announcement));
}

#endif
