/*
 * read_sheet FILE [CALENDARS]: reads every cell of a workbook; with
 * CALENDARS, the plan that stands in it.  Prints seconds by the clock, seconds
 * of processor, and the cells that hold anything or the dates of the plan.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/plan.h>
#include <yugao/sheet.h>

static double
seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
require(struct arena *arena, const struct error *error)
{
	if (error == NULL)
		return;
	fprintf(stderr, "read_sheet: %s\n", error_text(arena, LANG_EN, error));
	exit(1);
}

static size_t
count_cells(const struct sheet *sheet)
{
	size_t i, j, n = 0;

	for (i = 0; i < sheet->n; i++)
		for (j = 0; j < sheet->rows[i].n; j++)
			n += sheet->rows[i].v[j].kind != CELL_EMPTY;
	return n;
}

static size_t
count_dates(const struct series *series)
{
	size_t i, n = 0;

	for (i = 0; i < series->n_rules; i++)
		n += series->rules[i].n_occurrences;
	return n;
}

static size_t
read_cells(struct arena *arena, const char *path, struct diags *diags)
{
	struct workbook *workbook;
	struct bytes bytes;
	size_t i, n = 0;

	require(arena, file_read(arena, path, SHEET_FILE_MOST, &bytes));
	workbook_read(arena, path, bytes, diags, &workbook);
	for (i = 0; workbook != NULL && i < workbook->n; i++)
		n += count_cells(&workbook->v[i]);
	return n;
}

static size_t
read_plan(struct arena *arena, const char *path, const char *calendars,
    struct diags *diags)
{
	struct plans plans = { 0 };
	size_t i, j, n = 0;

	require(arena,
	    plans_read_file(arena, calendars_open(arena, calendars, NULL), path,
		diags, &plans));
	for (i = 0; i < plans.n; i++)
		for (j = 0; j < plans.v[i]->n_series; j++)
			n += count_dates(&plans.v[i]->series[j]);
	return n;
}

int
main(int argc, char **argv)
{
	double clock = seconds(CLOCK_MONOTONIC);
	double processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	size_t n;

	if (argc != 2 && argc != 3) {
		fputs("usage: read_sheet FILE [CALENDARS]\n", stderr);
		return 2;
	}
	n = argc == 2 ? read_cells(arena, argv[1], &diags)
		      : read_plan(arena, argv[1], argv[2], &diags);
	clock = seconds(CLOCK_MONOTONIC) - clock;
	processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
	if (diags.errors > 0) {
		fprintf(stderr, "read_sheet: %s\n",
		    diag_text(arena, LANG_EN, &diags.v[0]));
		return 1;
	}
	printf("%.4f %.4f %zu\n", clock, processor, n);
	arena_free(arena);
	return 0;
}
