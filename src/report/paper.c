#include "paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

struct paper_row *
paper_row(struct arena *arena, struct paper_table *table)
{
	ARRAY_PUSH(arena, table, ((struct paper_row){ 0 }));
	return &table->v[table->n - 1];
}

void
paper_styled(struct arena *arena, struct paper_row *row, enum style style,
    const char *text)
{
	ARRAY_PUSH(
	    arena, row, ((struct paper_cell){ .text = text, .style = style }));
}

void
paper_cell(struct arena *arena, struct paper_row *row, const char *text)
{
	paper_styled(arena, row, STYLE_NONE, text);
}

void
paper_number(struct arena *arena, struct paper_row *row, int64_t number)
{
	ARRAY_PUSH(arena, row,
	    ((struct paper_cell){
		.text = arena_printf(arena, "%lld", (long long)number),
		.number = true }));
}

/* A terminal's report in a file has no colour. */
static const struct error *
print_into(
    const struct report *report, const struct paper *paper, const char *path)
{
	struct report copy = *report;
	char *bytes = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&bytes, &len);
	const struct error *error;

	if (memory == NULL)
		return error_errno(report->arena, "report.write", path);
	copy.terminal = terminal_open(memory, COLOR_NEVER, report->quiet);
	paper_print(&copy, paper);
	fclose(memory);
	error = file_replace(report->arena, path, bytes, len);
	free(bytes);
	return error;
}

const struct error *
paper_show(const struct report *report, const struct paper *paper,
    const struct showing *showing, struct instant made)
{
	struct arena *arena = report->arena;
	const char *as = showing->as, *path = showing->path;
	struct buf buf;

	if (as == NULL || strcmp(as, "text") == 0) {
		if (path != NULL)
			return print_into(report, paper, path);
		paper_print(report, paper);
		return NULL;
	}
	if (strcmp(as, "xlsx") == 0)
		return path != NULL ? paper_book(report, paper, path, made)
				    : ERROR_NEW(arena, ERROR_INPUT, NULL,
					  "report.needs_file");
	buf_init(&buf, arena);
	if (strcmp(as, "html") == 0)
		paper_html(&buf, report, paper);
	else if (strcmp(as, "csv") == 0)
		paper_csv(&buf, paper);
	else
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "report.unknown_form", as);
	if (path != NULL)
		return file_replace(arena, path, buf.data, buf.len);
	fwrite(buf.data, 1, buf.len, report->terminal.out);
	return NULL;
}
