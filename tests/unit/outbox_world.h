/*
 * An outbox with its database, its tree, its portals and its clock.
 */
#ifndef TESTS_OUTBOX_WORLD_H
#define TESTS_OUTBOX_WORLD_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yugao/outbox.h>
#include <yugao/store.h>

#include "fake_portals.h"

#define T0 ((int64_t)1766728680)
#define HOUR 3600

struct world {
	struct arena *arena;
	const char *dir, *db, *tree;
	struct store *store;
	struct portal portals[PORTALS];
	struct office office;
	struct tree_files files;
	struct fake fake;
	struct outbox_run run;
	struct instant now;
};

static struct instant
world_clock(void *context)
{
	return ((struct world *)context)->now;
}

static void
give_file(struct world *world, const char *path, const char *content)
{
	struct tree_file file = { .path = arena_strdup(world->arena, path),
		.digest = digest_of(content, strlen(content)),
		.size = (int64_t)strlen(content),
		.mtime = { T0 } };
	size_t i;

	no_error(file_replace(world->arena,
	    file_join(world->arena, world->tree, path), content,
	    strlen(content)));
	for (i = 0; i < world->files.n; i++)
		if (strcmp(world->files.v[i].path, path) == 0) {
			world->files.v[i] = file;
			return;
		}
	ARRAY_PUSH(world->arena, &world->files, file);
}

static int
setup(void **state)
{
	static const struct transport_type type = { fake_send, fake_wait,
		fake_close };
	static const char *const ids[] = { "a", "b", "c" };
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));
	size_t i;

	world->arena = arena;
	world->dir = folder_make(arena);
	world->db = file_join(world->arena, world->dir, "yugao.db");
	world->tree = file_join(world->arena, world->dir, "tree");
	no_error(file_make_directories(world->arena, world->tree));
	no_error(
	    store_open(world->arena, world->db, STORE_WRITE, &world->store));
	for (i = 0; i < PORTALS; i++)
		world->portals[i] = (struct portal){ .id = ids[i],
			.kind = "http-put",
			.url = arena_printf(world->arena, "http://%s/", ids[i]),
			.connections = 2,
			.timeout = 5 };
	world->office.portals = world->portals;
	world->office.n_portals = 1;
	world->fake.base.type = &type;
	world->now.s = T0;
	world->run = (struct outbox_run){ .office = &world->office,
		.transport = &world->fake.base,
		.tree = world->tree,
		.clock = world_clock,
		.clock_context = world };
	*state = world;
	return 0;
}

static int
teardown(void **state)
{
	struct world *world = *state;

	store_close(world->store);
	return folder_end(world->arena, world->dir);
}

static void
fill(struct world *world)
{
	no_error(store_begin(world->store));
	no_error(outbox_fill(
	    world->arena, world->store, &world->office, &world->files));
	no_error(store_commit(world->store));
}

/* How many requests that made. */
static size_t
drain(struct world *world)
{
	size_t before = world->fake.n_log;

	no_error(outbox_drain(world->arena, world->store, &world->run));
	assert_int_equal(world->fake.n_queue, 0);
	return world->fake.n_log - before;
}

/* Queues it with what was given before; how many requests that made. */
static inline size_t
deliver(struct world *world, const char *path, const char *content)
{
	give_file(world, path, content);
	fill(world);
	return drain(world);
}

/* Queues that many files, f0.ics and so on. */
static inline void
queue_files(struct world *world, size_t n)
{
	char name[16];
	size_t i;

	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "f%zu.ics", i);
		give_file(world, name, name);
	}
	fill(world);
}

static int64_t
number(struct world *world, const char *sql)
{
	struct query *query;
	int64_t n;
	bool row;

	no_error(query_open(world->store, sql, &query));
	no_error(query_next(query, &row));
	assert_true(row);
	n = query_int(query, 0);
	query_close(query);
	return n;
}

static inline const char *
last_log(const struct world *world)
{
	return world->fake.n_log == 0 ? ""
				      : world->fake.log[world->fake.n_log - 1];
}

static inline struct portal_status
status_of(struct world *world, size_t portal)
{
	struct outbox_status status;

	no_error(
	    outbox_status(world->arena, world->store, &world->office, &status));
	assert_int_equal(status.n, world->office.n_portals);
	return status.v[portal];
}

#endif
