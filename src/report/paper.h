/*
 * A report that is laid before people: title, figures, tables and what they
 * mean.  Made once, and shown on a terminal, as a page to print, as CSV or as
 * a workbook; nothing here knows what it is about.
 */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include <yugao/buf.h>
#include <yugao/supervision.h>

#include "text.h"

struct paper_cell {
	const char *text; /* NULL: empty */
	enum style style;
	bool number; /* to the right; a number in a workbook */
};

struct paper_row {
	struct paper_cell *v;
	size_t n, cap;
	bool strong;
};

struct paper_table {
	const char *title; /* or NULL */
	const char *name;  /* of the workbook's page; NULL: it is not there */
	struct paper_row head;
	struct paper_row *v;
	size_t n, cap;
	bool data;     /* in CSV and workbook alone */
	bool new_page; /* begins one when printed */
	/* Paragraphs under it. */
	struct strings notes;
};

/* Shown large above the tables. */
struct paper_figure {
	const char *name, *value, *note;
	enum style style;
};

struct paper {
	const char *title, *subtitle;
	struct strings lead; /* paragraphs before the tables */
	struct {
		struct paper_figure *v;
		size_t n, cap;
	} figures;
	struct {
		struct paper_table *v;
		size_t n, cap;
	} tables;
	struct strings foot; /* what it rests on, small */
	bool landscape;
};

struct paper_row *paper_row(struct arena *arena, struct paper_table *table);
void paper_cell(struct arena *arena, struct paper_row *row, const char *text);
void paper_styled(struct arena *arena, struct paper_row *row, enum style style,
    const char *text);
void paper_number(struct arena *arena, struct paper_row *row, int64_t number);

void paper_print(const struct report *report, const struct paper *paper);
void paper_html(
    struct buf *out, const struct report *report, const struct paper *paper);
/* The tables that are data, or all where none is. */
void paper_csv(struct buf *out, const struct paper *paper);
const struct error *paper_book(const struct report *report,
    const struct paper *paper, const char *path, struct instant made);
/* To the file, or to standard output, which takes no workbook. */
const struct error *
paper_show(const struct report *report, const struct paper *paper,
    const struct showing *showing, struct instant made);

#endif
