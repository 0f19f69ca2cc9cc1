/* A paper as CSV and as a workbook. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/sheet.h>

#include "paper.h"

static void
csv_cell(struct buf *out, const struct paper_cell *cell)
{
	const char *text = cell->text != NULL ? cell->text : "";

	if (cell->number) {
		buf_puts(out, text);
		return;
	}
	buf_putc(out, '"');
	/* No spreadsheet program is to take it for a formula. */
	if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
		buf_putc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

static void
csv_row(struct buf *out, const struct paper_row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		csv_cell(out, &row->v[i]);
	}
	buf_puts(out, "\r\n");
}

void
paper_csv(struct buf *out, const struct paper *paper)
{
	bool any_data = false;
	size_t i, j;

	for (i = 0; i < paper->tables.n; i++)
		any_data |= paper->tables.v[i].data;
	buf_puts(out, "\xef\xbb\xbf");
	for (i = 0; i < paper->tables.n; i++) {
		const struct paper_table *table = &paper->tables.v[i];

		if (any_data && !table->data)
			continue;
		csv_row(out, &table->head);
		for (j = 0; j < table->n; j++)
			csv_row(out, &table->v[j]);
	}
}

static enum look
look_of(const struct paper_row *row, const struct paper_cell *cell)
{
	if (row->strong)
		return LOOK_HEADER;
	if (cell->style == STYLE_BAD)
		return LOOK_ERROR;
	return cell->style == STYLE_WARN ? LOOK_WARNING : LOOK_PLAIN;
}

static void
book_row(struct page *page, size_t at, const struct paper_row *row, bool head)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		const struct paper_cell *cell = &row->v[i];
		enum look look = head ? LOOK_HEADER : look_of(row, cell);
		struct cell number = { .text = cell->text,
			.kind = CELL_NUMBER };

		if (cell->number && !head &&
		    strspn(cell->text, "-0123456789") == strlen(cell->text))
			page_cell(page, at, i, &number, look);
		else
			page_text(page, at, i,
			    cell->text != NULL ? cell->text : "", look);
	}
}

static void
set_widths(struct page *page, const struct paper_table *table)
{
	size_t i, j;

	for (j = 0; j < table->head.n; j++) {
		int width = text_width(table->head.v[j].text);

		for (i = 0; i < table->n; i++)
			if (j < table->v[i].n &&
			    table->v[i].v[j].text != NULL) {
				int w = text_width(table->v[i].v[j].text);

				width = w > width ? w : width;
			}
		page_width(page, j, width > 60 ? 60 : width + 2);
	}
}

static void
book_table(struct book *book, const struct paper *paper,
    const struct paper_table *table)
{
	struct page *page = book_page(book, table->name);
	size_t row = 0, i;

	if (!table->data) {
		page_text(page, row++, 0,
		    table->title != NULL ? table->title : paper->title,
		    LOOK_TITLE);
		if (paper->subtitle != NULL)
			page_text(page, row++, 0, paper->subtitle, LOOK_PLAIN);
	}
	set_widths(page, table);
	book_row(page, row++, &table->head, true);
	page_freeze(page, row, 1);
	for (i = 0; i < table->n; i++)
		book_row(page, row++, &table->v[i], false);
	for (i = 0; i < table->notes.n; i++)
		page_text(page, row++, 0, table->notes.v[i], LOOK_PLAIN);
}

const struct error *
paper_book(const struct report *report, const struct paper *paper,
    const char *path, struct instant made)
{
	struct book *book = book_open(report->arena, path, made);
	struct page *page;
	size_t i;

	for (i = 0; i < paper->tables.n; i++)
		if (paper->tables.v[i].name != NULL)
			book_table(book, paper, &paper->tables.v[i]);
	if (paper->foot.n > 0) {
		page = book_page(book, TOLD(report, "report.paper_notes"));
		page_width(page, 0, 110);
		for (i = 0; i < paper->foot.n; i++)
			page_text(page, i, 0, paper->foot.v[i], LOOK_PLAIN);
	}
	return book_close(book);
}
