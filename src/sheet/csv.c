#include <csv.h>
#include <string.h>

#include <yugao/arena.h>

#include "sheet.h"

#define LINES_LOOKED_AT 30

/* Where the next field goes. */
struct csv_state {
	struct intake *intake;
	struct sheet *sheet;
	size_t row, column;
};

/*
 * The separator is the one that the busiest of the first lines, which is the
 * header, has most often; a comma on a tie.  What is quoted does not count.
 */
static char
find_separator(const struct bytes *bytes)
{
	static const char separators[] = ",;\t";
	size_t counts[3] = { 0 }, best[3] = { 0 }, lines = 0, i, j;
	bool quoted = false;

	for (i = 0; i <= bytes->len && lines < LINES_LOOKED_AT; i++) {
		char c = i < bytes->len ? bytes->data[i] : '\n';
		const char *found = c == '\0' ? NULL : strchr(separators, c);

		if (c == '"')
			quoted = !quoted;
		else if (found != NULL && !quoted)
			counts[found - separators]++;
		if (c != '\n' || (quoted && i < bytes->len))
			continue;
		for (j = 0; j < 3; j++) {
			if (counts[j] > best[j])
				best[j] = counts[j];
			counts[j] = 0;
		}
		lines++;
	}
	j = best[1] > best[0] ? 1 : 0;
	return separators[best[2] > best[j] ? 2 : j];
}

/* CRLF and lone CR become LF: a row's number is then that of its record. */
static void
unify_lines(struct arena *arena, struct bytes *bytes)
{
	char *out = arena_alloc(arena, bytes->len + 1);
	size_t i, n = 0;

	for (i = 0; i < bytes->len; i++) {
		if (bytes->data[i] != '\r')
			out[n++] = bytes->data[i];
		else if (i + 1 == bytes->len || bytes->data[i + 1] != '\n')
			out[n++] = '\n';
	}
	out[n] = '\0';
	*bytes = (struct bytes){ out, n };
}

static void
take_field(void *data, size_t len, void *context)
{
	struct csv_state *state = context;
	struct cell *cell;

	if (state->intake->bad)
		return;
	/* Most of the columns of most files are empty at a row's end. */
	if (len > 0 && (cell = intake_cell(state->intake, state->sheet,
			    state->row, state->column)) != NULL) {
		cell->kind = CELL_TEXT;
		cell->text = arena_strndup(state->intake->arena, data, len);
	}
	state->column++;
}

static void
take_row(int end, void *context)
{
	struct csv_state *state = context;

	(void)end;
	state->row++;
	state->column = 0;
}

void
csv_take(struct intake *intake, struct bytes bytes)
{
	struct csv_state state = { .intake = intake };
	struct csv_parser parser;
	size_t n;

	if (!encoding_take(intake, &bytes))
		return;
	unify_lines(intake->arena, &bytes);
	state.sheet = intake_sheet(intake, "");
	if (csv_init(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI) !=
	    0) {
		REFUSE(intake, "sheet.bad_csv", "1");
		return;
	}
	csv_set_delim(&parser, (unsigned char)find_separator(&bytes));
	n = csv_parse(
	    &parser, bytes.data, bytes.len, take_field, take_row, &state);
	if (n != bytes.len ||
	    csv_fini(&parser, take_field, take_row, &state) != 0)
		REFUSE(intake, "sheet.bad_csv",
		    arena_printf(intake->arena, "%zu", state.row + 1));
	csv_free(&parser);
}
