/* A sheet given back with what is wrong written beside it. */
#include <string.h>

#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/form.h>
#include <yugao/sheet.h>

#include "table.h"

struct annotation {
	struct arena *arena;
	const struct workbook *workbook;
	const struct diags *diags;
	enum lang lang;
};

/* What is told of the whole file goes to the first row of the first sheet. */
static bool
is_of(const struct annotation *annotation, const struct diag *diag,
    size_t sheet, size_t row)
{
	const char *name = annotation->workbook->v[sheet].name;
	const char *cell = diag->place.cell;
	size_t len = strlen(name);

	if (diag->place.file == NULL ||
	    strcmp(diag->place.file, annotation->workbook->file) != 0)
		return false;
	if (cell == NULL)
		return sheet == 0 && row == 0;
	if ((size_t)diag->place.line != row + 1)
		return false;
	return len == 0 || (strncmp(cell, name, len) == 0 && cell[len] == '!');
}

static enum look
look_at(const struct annotation *annotation, size_t sheet, size_t row,
    size_t column)
{
	enum look look = LOOK_PLAIN;
	size_t i;

	for (i = 0; i < annotation->diags->n; i++) {
		const struct diag *diag = &annotation->diags->v[i];

		if (diag->place.cell == NULL ||
		    (size_t)diag->place.col != column + 1 ||
		    !is_of(annotation, diag, sheet, row))
			continue;
		if (diag->level == DIAG_ERROR)
			return LOOK_ERROR;
		if (diag->level == DIAG_WARNING)
			look = LOOK_WARNING;
	}
	return look;
}

/* Everything that is told of a row, a line each; "" if nothing. */
static const char *
findings(const struct annotation *annotation, size_t sheet, size_t row,
    enum look *look)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, annotation->arena);
	for (i = 0; i < annotation->diags->n; i++) {
		struct diag diag = annotation->diags->v[i];
		const char *cell = diag.place.cell;

		if (!is_of(annotation, &diag, sheet, row))
			continue;
		if (diag.level == DIAG_ERROR)
			*look = LOOK_ERROR;
		else if (diag.level == DIAG_WARNING && *look != LOOK_ERROR)
			*look = LOOK_WARNING;
		if (buf.len > 0)
			buf_putc(&buf, '\n');
		if (cell != NULL)
			buf_printf(&buf, "%s: ",
			    strrchr(cell, '!') == NULL
				? cell
				: strrchr(cell, '!') + 1);
		diag.place = (struct place){ NULL, 0, 0, NULL };
		buf_puts(&buf,
		    diag_text(annotation->arena, annotation->lang, &diag));
	}
	return buf.data;
}

static void
write_sheet(
    const struct annotation *annotation, size_t number, struct book *book)
{
	const struct sheet *sheet = &annotation->workbook->v[number];
	struct page *page = book_page(book, sheet->name);
	size_t width = 0, row, column;
	bool titled = false;

	for (row = 0; row < sheet->n; row++)
		if (sheet->rows[row].n > width)
			width = sheet->rows[row].n;
	page_width(page, width, 60);
	for (row = 0; row < sheet->n || row == 0; row++) {
		enum look look = LOOK_PLAIN;
		const char *text = findings(annotation, number, row, &look);

		for (column = 0; row < sheet->n && column < sheet->rows[row].n;
		     column++) {
			const struct cell *cell =
			    sheet_cell(sheet, row, column);
			enum look own =
			    look_at(annotation, number, row, column);

			if (cell->merged)
				continue;
			if (*cell->text != '\0' || own != LOOK_PLAIN)
				page_cell(page, row, column, cell, own);
		}
		if (*text != '\0') {
			page_text(page, row, width, text, look);
		} else if (!titled && row < sheet->n &&
			   sheet->rows[row].n > 0) {
			page_text(page, row, width,
			    SAY(annotation->arena, annotation->lang,
				"table.result"),
			    LOOK_HEADER);
			titled = true;
		}
	}
}

const struct error *
plan_annotate(struct arena *arena, const char *from, const char *to,
    const struct diags *diags, enum lang lang, struct instant made)
{
	struct annotation annotation = { arena, NULL, diags, lang };
	struct diags again = { 0 };
	struct workbook *workbook;
	const struct error *error;
	struct bytes bytes;
	struct book *book;
	size_t i;

	if (!sheet_is_table(from))
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "table.not_a_table", from);
	error = file_read(arena, from, SHEET_FILE_MOST, &bytes);
	if (error != NULL)
		return error;
	workbook_read(arena, from, bytes, &again, &workbook);
	/* Why it cannot be read is in diags already. */
	if (workbook == NULL)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "table.not_read", from);
	annotation.workbook = workbook;
	book = book_open(arena, to, made);
	for (i = 0; i < workbook->n; i++)
		if (!workbook->v[i].hidden)
			write_sheet(&annotation, i, book);
	return book_close(book);
}
