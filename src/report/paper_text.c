/* A paper on a terminal. */
#include <string.h>

#include <yugao/arena.h>

#include "paper.h"

#define COLUMNS_MOST 64
#define GAP 2

static void
measure(const struct paper_row *row, int widths[COLUMNS_MOST])
{
	size_t i;

	for (i = 0; i < row->n && i < COLUMNS_MOST; i++) {
		const char *text = row->v[i].text;
		int width = text != NULL ? text_width(text) : 0;

		if (width > widths[i])
			widths[i] = width;
	}
}

static void
blanks(FILE *out, int n)
{
	if (n > 0)
		fprintf(out, "%*s", n, "");
}

/* The last column wraps under its own beginning. */
static void
print_row(const struct report *report, const struct paper_row *row,
    const int widths[COLUMNS_MOST], bool head)
{
	FILE *out = report->terminal.out;
	int column = GAP;
	size_t i;

	blanks(out, GAP);
	for (i = 0; i < row->n && i < COLUMNS_MOST; i++) {
		const struct paper_cell *cell = &row->v[i];
		const char *text = cell->text != NULL ? cell->text : "";
		enum style style =
		    head || row->strong ? STYLE_BOLD : cell->style;
		bool last = i + 1 == row->n;
		int room = widths[i] - text_width(text);

		if (cell->number)
			blanks(out, room);
		if (last && !cell->number) {
			text_row(report, style, column, column, text);
			break;
		}
		text_styled(report, style, text);
		if (!cell->number && !last)
			blanks(out, room);
		if (!last)
			blanks(out, GAP);
		column += widths[i] + GAP;
	}
	fputc('\n', out);
}

static void
print_paragraphs(const struct report *report, enum style style, int indent,
    const struct strings *strings)
{
	size_t i;

	for (i = 0; i < strings->n; i++)
		text_line(report, style, indent, strings->v[i]);
}

static void
print_table(const struct report *report, const struct paper_table *table)
{
	int widths[COLUMNS_MOST] = { 0 };
	size_t i;

	fputc('\n', report->terminal.out);
	if (table->title != NULL)
		text_line(report, STYLE_BOLD, 0, table->title);
	measure(&table->head, widths);
	for (i = 0; i < table->n; i++)
		measure(&table->v[i], widths);
	if (table->head.n > 0)
		print_row(report, &table->head, widths, true);
	for (i = 0; i < table->n; i++)
		print_row(report, &table->v[i], widths, false);
	print_paragraphs(report, STYLE_NONE, GAP, &table->notes);
}

void
paper_print(const struct report *report, const struct paper *paper)
{
	size_t i;

	text_line(report, STYLE_BOLD, 0, paper->title);
	if (paper->subtitle != NULL)
		text_line(report, STYLE_DIM, 0, paper->subtitle);
	if (paper->lead.n > 0)
		fputc('\n', report->terminal.out);
	print_paragraphs(report, STYLE_NONE, 0, &paper->lead);
	for (i = 0; i < paper->tables.n; i++)
		if (!paper->tables.v[i].data)
			print_table(report, &paper->tables.v[i]);
	if (paper->foot.n > 0)
		fputc('\n', report->terminal.out);
	print_paragraphs(report, STYLE_DIM, 0, &paper->foot);
}
