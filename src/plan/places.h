/*
 * Where the values of a JSON text stand.  jansson forgets places, so the
 * text is walked once more, only when there is something to complain about.
 */
#ifndef PLAN_PLACES_H
#define PLAN_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/diag.h>
#include <yugao/file.h>

struct arena;

/* Line and column from 1; a column is a character. */
struct spot {
	uint32_t line, col;
};

/* A value of the text, in the order of the text; v[0] is the root. */
struct site {
	const char *key; /* of a member, its escapes undone; or NULL */
	uint32_t key_len;
	uint32_t children;      /* index of its struct children, or 0 */
	struct spot key_at, at; /* of a key's quote, of a value's first char */
	uint32_t next;          /* index of what follows this value whole */
	char kind;              /* '{', '[', or another value's first char */
};

/* The values right inside one: in their order, of an object by their keys. */
struct children {
	uint32_t *v;
	size_t n;
};

struct places {
	struct arena *arena;
	struct site *v;
	size_t n, cap;
	/* Of those that were asked about; v[0] stays unused. */
	struct {
		struct children *v;
		size_t n, cap;
	} children;
	const char *problem; /* message id of a syntax error, or NULL */
	struct spot problem_at;
};

/* Walks the text until its end or the first syntax error. */
struct places *places_scan(struct arena *arena, struct bytes text);

#define NOWHERE SIZE_MAX
/*
 * The member of that name (the last one, as jansson takes it), or the
 * element of that index if key is NULL; NOWHERE if there is none.
 */
size_t places_child(struct places *places, size_t parent, const char *key,
    size_t key_len, size_t index);
/* The value that a JSON Pointer (RFC 6901) names, or NOWHERE. */
size_t
places_find(struct arena *arena, struct places *places, const char *pointer);

struct cells;

/* A file's text with its places, which are found when first asked for. */
struct locator {
	struct arena *arena;
	const char *file;
	struct bytes text;
	struct places *places; /* or NULL */
	const struct cells
	    *cells; /* of a workbook, which has no text; or NULL */
};
struct places *locator_places(struct locator *locator);
struct place locator_spot(const struct locator *locator, struct spot spot);
/* The place of a pointer's value; the whole file if there is no such. */
struct place locator_find(struct locator *locator, const char *pointer);

/* Calls found for each key that stands in its object already. */
void places_duplicates(struct places *places,
    void (*found)(void *context, struct spot at, struct spot first),
    void *context);

#endif
