/*
 * What most tests begin with: an arena, and a folder of their own.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

static inline int
arena_make(void **state)
{
	*state = arena_new();
	return 0;
}

static inline int
arena_end(void **state)
{
	arena_free(*state);
	return 0;
}

static inline void
no_error(const struct error *error)
{
	struct arena *arena = arena_new();

	if (error != NULL)
		print_error("%s\n", error_text(arena, LANG_EN, error));
	arena_free(arena);
	assert_null(error);
}

/* A new folder with nothing in it. */
static inline const char *
folder_make(struct arena *arena)
{
	char *folder = arena_strdup(arena, "/tmp/yugao-test-XXXXXX");

	assert_non_null(mkdtemp(folder));
	return folder;
}

/* Removes the folder and the arena, as a teardown. */
static inline int
folder_end(struct arena *arena, const char *folder)
{
	no_error(file_remove_tree(arena, folder));
	arena_free(arena);
	return 0;
}

/* The path of the file that now holds the text. */
static inline const char *
folder_put(
    struct arena *arena, const char *folder, const char *name, const char *text)
{
	const char *path = file_join(arena, folder, name);

	no_error(file_replace(arena, path, text, strlen(text)));
	return path;
}

#endif
