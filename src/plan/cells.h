/*
 * Where the values of a plan stand that was read from a workbook: JSON
 * Pointers to cells, as places.h has them to lines.
 */
#ifndef PLAN_CELLS_H
#define PLAN_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/diag.h>

struct arena;
struct workbook;

struct spot_cell {
	uint32_t sheet, row, column; /* from 0 */
};

/* A value below an item, for instance "dates/2026-03" of a series. */
struct cell_site {
	const char *path;
	struct spot_cell at, key_at;
};

struct cell_item {
	struct spot_cell at; /* of the whole item */
	struct cell_site *v;
	size_t n, cap;
};

/* Of "/series/0", "/series/1", …; or of "/acts/0", …. */
struct cells {
	struct arena *arena;
	const struct workbook *workbook;
	struct spot_cell top;
	struct cell_item head; /* the plan's own values: "timezone" */
	struct cell_item *v;
	size_t n, cap;
};

void cells_put(struct cells *cells, size_t item, const char *path,
    struct spot_cell at, struct spot_cell key_at);
/* The cell of the value, or of what it stands in. */
struct place
cells_place(const struct cells *cells, const char *pointer, bool at_key);
struct place
cell_place(struct arena *arena, const struct workbook *, struct spot_cell at);

#endif
