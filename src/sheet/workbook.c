#include "sheet.h"

#include <string.h>

#include <yugao/arena.h>

bool
sheet_is_table(const char *path)
{
	size_t len = strlen(path);

	return (len > 4 && strcmp(path + len - 4, ".csv") == 0) ||
	       (len > 5 && strcmp(path + len - 5, ".xlsx") == 0);
}

void
intake_refuse(struct intake *intake, struct message message)
{
	if (!intake->bad)
		diag_add(intake->arena, intake->diags, DIAG_ERROR,
		    (struct place){ .file = intake->workbook->file }, message);
	intake->bad = true;
}

struct sheet *
intake_sheet(struct intake *intake, const char *name)
{
	struct sheet sheet = { .name = name };

	ARRAY_PUSH(intake->arena, intake->workbook, sheet);
	return &intake->workbook->v[intake->workbook->n - 1];
}

static const struct cell nothing = { "", CELL_EMPTY, false, false };

/* A row has room for 16 cells, 32, 64, …: what it has follows from n. */
static void
widen(struct intake *intake, struct sheet_row *row, size_t n)
{
	size_t had = 16, cap, i;

	while (had < row->n)
		had *= 2;
	for (cap = had; cap < n; cap *= 2)
		;
	if (row->v == NULL || cap > had)
		row->v = arena_resize(intake->arena, row->v,
		    row->n * sizeof(*row->v), cap * sizeof(*row->v));
	for (i = row->n; i < n; i++)
		row->v[i] = nothing;
	row->n = n;
}

struct cell *
intake_cell(
    struct intake *intake, struct sheet *sheet, size_t row, size_t column)
{
	static const struct sheet_row none = { NULL, 0 };
	struct sheet_row *at;

	if (row >= SHEET_ROWS_MOST || column >= SHEET_COLUMNS_MOST) {
		REFUSE(intake, "sheet.too_wide",
		    sheet_address(intake->arena, sheet->name, row, column),
		    arena_printf(intake->arena, "%d", SHEET_ROWS_MOST),
		    arena_printf(intake->arena, "%d", SHEET_COLUMNS_MOST));
		return NULL;
	}
	while (sheet->n <= row) {
		if (sheet->n == sheet->cap)
			sheet->rows = arena_grow(intake->arena, sheet->rows,
			    sheet->n, &sheet->cap, sizeof(*sheet->rows));
		sheet->rows[sheet->n++] = none;
	}
	at = &sheet->rows[row];
	if (at->n <= column) {
		intake->cells += column + 1 - at->n;
		if (intake->cells > SHEET_CELLS_MOST) {
			REFUSE(intake, "sheet.too_many_cells",
			    arena_printf(
				intake->arena, "%d", SHEET_CELLS_MOST));
			return NULL;
		}
		widen(intake, at, column + 1);
	}
	return &at->v[column];
}

const struct cell *
sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
	if (row >= sheet->n || column >= sheet->rows[row].n)
		return &nothing;
	return &sheet->rows[row].v[column];
}

const char *
sheet_address(struct arena *arena, const char *name, size_t row, size_t column)
{
	char letters[16];
	size_t i = sizeof(letters) - 1;

	letters[i] = '\0';
	for (column++; column > 0; column = (column - 1) / 26)
		letters[--i] = (char)('A' + (column - 1) % 26);
	return arena_printf(arena, "%s%s%s%zu", name == NULL ? "" : name,
	    name == NULL || *name == '\0' ? "" : "!", letters + i, row + 1);
}

void
workbook_read(struct arena *arena, const char *path, struct bytes bytes,
    struct diags *diags, struct workbook **workbook)
{
	struct intake intake = { .arena = arena,
		.diags = diags,
		.workbook = arena_alloc(arena, sizeof(struct workbook)) };

	*workbook = NULL;
	intake.workbook->file = arena_strdup(arena, path);
	if (bytes.len > SHEET_FILE_MOST)
		REFUSE(&intake, "sheet.too_large",
		    arena_printf(arena, "%zu", SHEET_FILE_MOST >> 20));
	else if (bytes.len >= 8 &&
		 memcmp(bytes.data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		REFUSE(&intake, "sheet.old_format");
	else if (bytes.len >= 4 && memcmp(bytes.data, "PK\3\4", 4) == 0)
		xlsx_take(&intake, bytes);
	else
		csv_take(&intake, bytes);
	if (!intake.bad)
		*workbook = intake.workbook;
}
