/*
 * Tables of cells, read from CSV and xlsx, written as xlsx.  Whatever the
 * file is made of, a reader sees rows of cells with the text that stands in
 * them: dates as 2026-01-09, clock times as 09:30.  Nothing in a file is
 * executed, evaluated or fetched: of a formula only its stored value is
 * taken; macros and links are left lying; document types and entities,
 * passwords and zip bombs are refused.
 */
#ifndef YUGAO_SHEET_H
#define YUGAO_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/file.h>

struct arena;
struct error;

#define SHEET_FILE_MOST ((size_t)16 * 1024 * 1024)
#define SHEET_ROWS_MOST 100000
#define SHEET_COLUMNS_MOST 1024
#define SHEET_CELLS_MOST 2000000

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_NUMBER,
	CELL_DAY,    /* text is "2026-01-09" */
	CELL_TIME,   /* text is "09:30" */
	CELL_MOMENT, /* text is "2026-01-09T09:30" */
	CELL_BOOL,
	CELL_ERROR /* #REF! and the like, or a date that cannot be */
};

struct cell {
	const char *text; /* valid UTF-8, never NULL; of a merged range, its */
	unsigned char kind; /* enum cell_kind */
	bool merged;        /* in a merged range, but not its first cell */
	bool formula;       /* the value that the program stored beside it */
};

struct sheet_row {
	struct cell *v;
	size_t n; /* cells up to the last one that the file has */
};

struct sheet {
	const char *name; /* "" in CSV */
	bool hidden;
	struct sheet_row *rows;
	size_t n, cap;
};

struct workbook {
	const char *file;
	struct sheet *v; /* in the order of the tabs */
	size_t n, cap;
	bool macros, links; /* there were such, and nothing was done to them */
};

/* True if the file's name ends in .csv or .xlsx. */
bool sheet_is_table(const char *path);
/*
 * Bytes of a CSV file (UTF-8, UTF-16 with BOM, or GB18030; comma, semicolon
 * or tab) or an xlsx, told apart by their beginning.  *workbook is NULL if
 * they are none; why is in diags.
 */
void workbook_read(struct arena *arena, const char *path, struct bytes bytes,
    struct diags *diags, struct workbook **workbook);
/* Row and column from 0; an empty cell where there is none. */
const struct cell *
sheet_cell(const struct sheet *sheet, size_t row, size_t column);
/* "2026!B7", or "B7" if name is NULL or "". */
const char *
sheet_address(struct arena *arena, const char *name, size_t row, size_t column);

/* How a cell is shown in a workbook that we write. */
enum look {
	LOOK_PLAIN,
	LOOK_TITLE,
	LOOK_LINE, /* of text that runs on over the cells after it */
	LOOK_CELL, /* of a table with lines */
	LOOK_HEADER,
	LOOK_MUST, /* the header of a column that must be filled */
	LOOK_EXAMPLE,
	LOOK_ERROR,
	LOOK_WARNING
};

/* A workbook being written; closed by who opened it. */
struct book;
struct page;

struct book *
book_open(struct arena *arena, const char *path, struct instant made);
/* Characters that a tab's name cannot have are left out. */
struct page *book_page(struct book *book, const char *name);
/* Text stays text, also "=1+1".  Empty text writes the look alone. */
void page_text(struct page *page, size_t row, size_t column, const char *text,
    enum look look);
/* A cell as it was read: days, times and numbers stay what they are. */
void page_cell(struct page *page, size_t row, size_t column,
    const struct cell *cell, enum look look);
/* What is shown when the pointer rests on the cell. */
void
page_comment(struct page *page, size_t row, size_t column, const char *text);
/* Only these words may be entered from row to last; others are refused. */
void page_choices(struct page *page, size_t row, size_t last, size_t column,
    const char *const *words, size_t n);
void page_width(struct page *page, size_t column, double characters);
/* Rows above and columns before stay in sight. */
void page_freeze(struct page *page, size_t row, size_t column);
/* On paper: A4 across, as wide as one page, with the rows up to `header` on
 * each. */
void page_print(struct page *page, size_t header);
/* Writes the file whole or not at all, and ends the book. */
const struct error *book_close(struct book *book);

#endif
