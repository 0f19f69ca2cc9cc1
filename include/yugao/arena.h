/*
 * Memory regions.  The caller brings an arena, the callee fills it, nobody
 * frees a part of it.  A loop that makes garbage brings an arena of its own.
 * Out of memory ends the process: yugao is a batch program whose state on
 * disk is whole at every instant.
 */
#ifndef YUGAO_ARENA_H
#define YUGAO_ARENA_H

#include <stddef.h>

struct arena;

_Noreturn void out_of_memory(void);
/* malloc() for libraries that would take the lack of memory for an input that
 * is wrong; freed with free(). */
void *memory_or_end(size_t size);

struct arena *arena_new(void);
/* Frees the arena and everything in it; NULL is allowed. */
void arena_free(struct arena *arena);
/* Forgets everything in the arena but keeps its memory for reuse. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type; never NULL, also for size 0. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_copy(struct arena *arena, const void *data, size_t size);
char *arena_strdup(struct arena *arena, const char *string);
char *arena_strndup(struct arena *arena, const char *string, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Makes an object of this arena larger; what is added holds anything.  It may
 * move: pointers into the old place are dead from then on.
 */
void *
arena_resize(struct arena *arena, void *old, size_t old_size, size_t size);
/* The same for an array of *cap elements, doubling it for n + 1. */
void *
arena_grow(struct arena *arena, void *v, size_t n, size_t *cap, size_t size);

/* Appends to any struct of the shape { type *v; size_t n, cap; }. */
#define ARRAY_PUSH(arena, array, value)                                 \
	((array)->v = (array)->n < (array)->cap                         \
			  ? (array)->v                                  \
			  : arena_grow((arena), (array)->v, (array)->n, \
				&(array)->cap, sizeof(*(array)->v)),    \
	    (array)->v[(array)->n++] = (value))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
