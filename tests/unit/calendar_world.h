/*
 * A folder of calendars as an office has it.
 */
#ifndef TESTS_CALENDAR_WORLD_H
#define TESTS_CALENDAR_WORLD_H

#include <unistd.h>

#include "world.h"

#include "../../src/calendar/calendar.h"

struct fixture {
	struct arena *arena;
	const char *directory;
	struct {
		struct opened {
			const char *known_on;
			struct calendars *calendars;
		} * v;
		size_t n, cap;
	} opened;
};

static inline void
link_all(struct arena *arena, const char *from, const char *to)
{
	struct names names;
	char here[4096];
	size_t i;

	assert_non_null(getcwd(here, sizeof(here)));
	assert_null(file_list(arena, from, ".ics", &names));
	for (i = 0; i < names.n; i++)
		assert_int_equal(symlink(arena_printf(arena, "%s/%s/%s", here,
					     from, names.v[i]),
				     file_join(arena, to, names.v[i])),
		    0);
}

/* An empty folder. */
static inline int
fixture_make_empty(void **state)
{
	struct arena *arena = arena_new();
	struct fixture *fixture = arena_alloc(arena, sizeof(*fixture));

	fixture->arena = arena;
	fixture->directory = folder_make(arena);
	*state = fixture;
	return 0;
}

/* Our calendars and the test's beside each other. */
static inline int
fixture_make(void **state)
{
	struct fixture *fixture;

	fixture_make_empty(state);
	fixture = *state;
	link_all(fixture->arena, "calendars", fixture->directory);
	link_all(fixture->arena, "tests/data/calendars", fixture->directory);
	return 0;
}

static inline int
fixture_end(void **state)
{
	struct fixture *fixture = *state;

	return folder_end(fixture->arena, fixture->directory);
}

#endif
