#include "cells.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/sheet.h>

void
cells_put(struct cells *cells, size_t item, const char *path,
    struct spot_cell at, struct spot_cell key_at)
{
	struct cell_site site = { path, at, key_at };

	ARRAY_PUSH(cells->arena, &cells->v[item], site);
}

/* Lines and columns too, so that what is told is sorted by them. */
struct place
cell_place(
    struct arena *arena, const struct workbook *workbook, struct spot_cell at)
{
	return (struct place){ .file = workbook->file,
		.line = (int)at.row + 1,
		.col = (int)at.column + 1,
		.cell = sheet_address(arena,
		    at.sheet < workbook->n ? workbook->v[at.sheet].name : NULL,
		    at.row, at.column) };
}

/* The site of that path or, failing that, of the nearest above it. */
static const struct cell_site *
find_site(const struct cell_item *item, const char *path)
{
	const struct cell_site *found = NULL;
	size_t best = 0, i;

	for (i = 0; i < item->n; i++) {
		size_t len = strlen(item->v[i].path);

		if (len >= best && strncmp(item->v[i].path, path, len) == 0 &&
		    (path[len] == '\0' || path[len] == '/')) {
			found = &item->v[i];
			best = len;
		}
	}
	return found;
}

struct place
cells_place(const struct cells *cells, const char *pointer, bool at_key)
{
	const char *number =
	    pointer[0] == '/' ? strchr(pointer + 1, '/') : NULL;
	struct spot_cell at = cells->top;
	const struct cell_site *site;
	char *end = NULL;
	size_t i;

	if (number == NULL && pointer[0] == '/') {
		site = find_site(&cells->head, pointer + 1);
		if (site != NULL)
			at = site->at;
	}
	if (number != NULL && (i = strtoul(number + 1, &end, 10)) < cells->n) {
		at = cells->v[i].at;
		site = *end == '/' ? find_site(&cells->v[i], end + 1) : NULL;
		if (site != NULL)
			at = at_key ? site->key_at : site->at;
	}
	return cell_place(cells->arena, cells->workbook, at);
}
