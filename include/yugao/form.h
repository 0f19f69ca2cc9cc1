/*
 * Spreadsheets for people: an empty plan to fill in, and one that comes back
 * with what is wrong written beside it.
 */
#ifndef YUGAO_FORM_H
#define YUGAO_FORM_H

#include <yugao/day.h>
#include <yugao/diag.h>

struct arena;
struct error;

/* What a cell of a plan's sheet says; the column by its English name. */
struct form_cell {
	const char *column, *text;
};

#define FORM_CELLS_MOST 32
struct form_row {
	struct form_cell v[FORM_CELLS_MOST];
	size_t n;
};

struct form_rows {
	struct form_row *v;
	size_t n, cap;
};

/* A plan as a workbook: its rows, and what a person is to look at first. */
struct form {
	const char *department;
	int year;
	/* Of the whole plan, each in one line; or NULL. */
	const char *timezone, *calendar, *unpublished, *review;
	struct form_rows rows;
	struct form_rows remarks; /* id and note: on a sheet of their own */
};

/* Writes it; words such as "monthly" in the language of the sheet. */
const struct error *plan_form(struct arena *arena, const char *path,
    const struct form *form, enum lang lang, struct instant made);
/* An empty .xlsx of that year: header, notes, drop-downs, examples. */
const struct error *plan_template(struct arena *arena, const char *path,
    int year, enum lang lang, struct instant made);
/*
 * The cells of the .csv or .xlsx `from` as the .xlsx `to`, with one column
 * more: what the diagnostics of that file say of each row.
 */
const struct error *
plan_annotate(struct arena *arena, const char *from, const char *to,
    const struct diags *diags, enum lang lang, struct instant made);

#endif
