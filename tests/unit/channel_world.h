/*
 * A portal, and a folder with a body to send to it.
 */
#ifndef TESTS_CHANNEL_WORLD_H
#define TESTS_CHANNEL_WORLD_H

#include <yugao/channel.h>

#include "world.h"

struct world {
	struct arena *arena;
	const char *dir, *body;
	struct portal portal;
	struct transport *transport; /* or NULL */
};

static inline const char *
write_file(struct world *world, const char *name, const char *content)
{
	return folder_put(world->arena, world->dir, name, content);
}

/* A clock that stands still. */
static inline int64_t
no_time(void *context)
{
	(void)context;
	return 0;
}

static inline int
setup(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->dir = folder_make(arena);
	world->body = write_file(world, "body", "one");
	world->portal = (struct portal){
		.id = "p", .kind = "http-put", .url = "https://portal.example/"
	};
	*state = world;
	return 0;
}

static inline int
teardown(void **state)
{
	struct world *world = *state;

	if (world->transport != NULL)
		world->transport->type->close(world->transport);
	return folder_end(world->arena, world->dir);
}

#endif
