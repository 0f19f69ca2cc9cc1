/* One sheet: its cells as they come by, then its merged ranges. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "package.h"
#include "text.h"

#define SERIAL_MOST 2958465.0

struct range {
	size_t row, column, last_row, last_column;
};

struct worksheet_state {
	struct package *package;
	const struct context *context;
	struct sheet *sheet;
	struct {
		struct range *v;
		size_t n, cap;
	} merged;
	size_t row, column; /* of the next cell without an address */
	size_t at_row, at_column;
	char type[16];
	enum number_look look;
	bool in_value, formula, has_value;
	struct rich value; /* of <v> or <is> */
};

/* "B7" as row and column from 0; the end, or NULL if it is no address. */
static const char *
parse_address(const char *s, size_t *row, size_t *column)
{
	size_t letters = 0, number = 0, n;

	for (n = 0; s[n] >= 'A' && s[n] <= 'Z' && n < 4; n++)
		letters = letters * 26 + (size_t)(s[n] - 'A' + 1);
	s += n;
	if (n == 0)
		return NULL;
	for (n = 0; s[n] >= '0' && s[n] <= '9' && n < 8; n++)
		number = number * 10 + (size_t)(s[n] - '0');
	if (n == 0 || number == 0)
		return NULL;
	*row = number - 1;
	*column = letters - 1;
	return s + n;
}

static void
start_row(struct worksheet_state *state, const char **attributes)
{
	const char *r = attribute(attributes, "r");
	long n = r == NULL ? 0 : strtol(r, NULL, 10);

	if (n > 0)
		state->row = (size_t)n - 1;
	state->column = 0;
}

static void
start_cell(struct worksheet_state *state, const char **attributes)
{
	const char *r = NULL, *type = NULL, *style = NULL, *end;
	const struct styles *styles = state->context->styles;
	size_t i;

	for (; attributes[0] != NULL; attributes += 2) {
		if (strcmp(attributes[0], "r") == 0)
			r = attributes[1];
		else if (strcmp(attributes[0], "t") == 0)
			type = attributes[1];
		else if (strcmp(attributes[0], "s") == 0)
			style = attributes[1];
	}
	state->at_row = state->row;
	state->at_column = state->column;
	if (r != NULL && ((end = parse_address(
			       r, &state->at_row, &state->at_column)) == NULL ||
			     *end != '\0'))
		REFUSE(state->package->intake, "sheet.bad_address",
		    arena_strdup(state->package->intake->arena, r));
	state->column = state->at_column + 1;
	state->type[0] = '\0';
	strncat(
	    state->type, type == NULL ? "n" : type, sizeof(state->type) - 1);
	i = style == NULL ? 0 : strtoul(style, NULL, 10);
	state->look =
	    i < styles->n ? (enum number_look)styles->v[i] : NUMBER_PLAIN;
	state->formula = state->has_value = false;
	buf_clear(&state->value.buf);
}

static void
start_merge(struct worksheet_state *state, const char **attributes)
{
	const char *ref = attribute(attributes, "ref");
	struct range range;

	if (ref == NULL ||
	    (ref = parse_address(ref, &range.row, &range.column)) == NULL ||
	    *ref != ':' ||
	    parse_address(ref + 1, &range.last_row, &range.last_column) == NULL)
		return;
	ARRAY_PUSH(state->package->intake->arena, &state->merged, range);
}

static void
start_element(void *context, const char *name, const char **attributes)
{
	struct worksheet_state *state = context;

	if (strcmp(name, "c") == 0) {
		start_cell(state, attributes);
	} else if (strcmp(name, "v") == 0) {
		state->in_value = state->has_value = true;
	} else if (strcmp(name, "row") == 0) {
		start_row(state, attributes);
	} else if (strcmp(name, "is") == 0) {
		state->has_value = true;
	} else if (strcmp(name, "f") == 0) {
		state->formula = true;
	} else if (strcmp(name, "mergeCell") == 0) {
		start_merge(state, attributes);
	} else {
		rich_start(&state->value, name);
	}
}

/* A number without its noise: 12 of 12.0, 0.1 of 0.10000000000000001. */
static const char *
number_text(struct arena *arena, double number)
{
	return fabs(number) < 1e15 && number == floor(number)
		   ? arena_printf(arena, "%.0f", number)
		   : arena_printf(arena, "%.15g", number);
}

static void
put_number(struct worksheet_state *state, const char *text, struct cell *cell)
{
	struct arena *arena = state->package->intake->arena;
	char *end;
	double number = strtod(text, &end);

	if (end == text || *end != '\0' || !isfinite(number)) {
		cell->kind = CELL_ERROR;
		cell->text = arena_strdup(arena, text);
	} else if (state->look != NUMBER_PLAIN && number >= 0 &&
		   number <= SERIAL_MOST) {
		serial_put(
		    arena, number, state->look, state->context->is_1904, cell);
	} else {
		cell->kind = CELL_NUMBER;
		cell->text = number_text(arena, number);
	}
}

/* ISO 8601, as some programs write dates: "2026-01-09T09:30:00". */
static void
put_iso(struct worksheet_state *state, const char *text, struct cell *cell)
{
	struct arena *arena = state->package->intake->arena;
	size_t len = strlen(text);
	struct day day;

	cell->kind = CELL_TEXT;
	cell->text = arena_strdup(arena, text);
	if (len >= 10 && day_parse(arena_strndup(arena, text, 10), &day)) {
		bool midnight =
		    len == 10 || strncmp(text + 10, "T00:00:00", 9) == 0;

		cell->kind = midnight ? CELL_DAY : CELL_MOMENT;
		cell->text = arena_strndup(arena, text, midnight ? 10 : 16);
	} else if (len >= 8 && text[2] == ':') {
		cell->kind = CELL_TIME;
		cell->text = arena_strndup(arena, text, 5);
	}
}

static void
put_shared(struct worksheet_state *state, const char *text, struct cell *cell)
{
	const struct shared *shared = state->context->shared;
	unsigned long i = strtoul(text, NULL, 10);

	if (i >= shared->n) {
		REFUSE(state->package->intake, "sheet.bad_string",
		    sheet_address(state->package->intake->arena,
			state->sheet->name, state->at_row, state->at_column));
		return;
	}
	cell->kind = *shared->v[i] == '\0' ? CELL_EMPTY : CELL_TEXT;
	cell->text = shared->v[i];
}

static void
end_cell(struct worksheet_state *state)
{
	struct arena *arena = state->package->intake->arena;
	const char *text = state->value.buf.data;
	struct cell *cell;

	bool empty = !state->has_value || (state->value.buf.len == 0 &&
					      strcmp(state->type, "n") == 0);

	/* Cells with nothing but a border need no room. */
	if (empty && !state->formula)
		return;
	cell = intake_cell(state->package->intake, state->sheet, state->at_row,
	    state->at_column);
	if (cell == NULL)
		return;
	cell->formula = state->formula;
	if (empty)
		return;
	if (strcmp(state->type, "s") == 0) {
		put_shared(state, text, cell);
	} else if (strcmp(state->type, "n") == 0) {
		put_number(state, text, cell);
	} else if (strcmp(state->type, "d") == 0) {
		put_iso(state, text, cell);
	} else {
		cell->kind = strcmp(state->type, "b") == 0   ? CELL_BOOL
			     : strcmp(state->type, "e") == 0 ? CELL_ERROR
			     : *text == '\0'                 ? CELL_EMPTY
							     : CELL_TEXT;
		cell->text = rich_take(&state->value, arena);
	}
}

static void
end_element(void *context, const char *name)
{
	struct worksheet_state *state = context;

	if (strcmp(name, "c") == 0)
		end_cell(state);
	else if (strcmp(name, "v") == 0)
		state->in_value = false;
	else if (strcmp(name, "row") == 0)
		state->row++;
	else
		rich_end(&state->value, name);
}

static void
text_element(void *context, const char *s, size_t len)
{
	struct worksheet_state *state = context;

	if (state->in_value)
		buf_add(&state->value.buf, s, len);
	else
		rich_text(&state->value, s, len);
}

/* Only as far as the sheet has cells: a merged column has a million rows. */
static void
spread(struct worksheet_state *state, const struct range *range, size_t columns)
{
	struct sheet *sheet = state->sheet;
	struct cell first = *sheet_cell(sheet, range->row, range->column);
	size_t row, column;

	first.merged = true;
	for (row = range->row; row <= range->last_row && row < sheet->n;
	     row++) {
		for (column = range->column;
		     column <= range->last_column && column < columns;
		     column++) {
			struct cell *cell;

			if (row == range->row && column == range->column)
				continue;
			cell = intake_cell(
			    state->package->intake, sheet, row, column);
			if (cell == NULL)
				return;
			*cell = first;
		}
	}
}

void
worksheet_read(struct package *package, const char *part,
    const struct context *context, struct sheet *sheet)
{
	static const struct part_reader reader = { start_element, end_element,
		text_element };
	struct worksheet_state state = {
		.package = package, .context = context, .sheet = sheet
	};
	size_t columns = 0, i;

	buf_init(&state.value.buf, package->intake->arena);
	package_read(package, part, &reader, &state);
	for (i = 0; i < sheet->n; i++)
		if (sheet->rows[i].n > columns)
			columns = sheet->rows[i].n;
	for (i = 0; i < state.merged.n && !package->intake->bad; i++)
		spread(&state, &state.merged.v[i], columns);
}
