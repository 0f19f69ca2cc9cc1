/*
 * Workbooks as plans.  A sheet is found by its header, whatever the order of
 * its columns; each row becomes what a JSON plan would say, so that the plan
 * reader checks both alike, with a cell as the place of every value.
 */
#ifndef PLAN_TABLE_H
#define PLAN_TABLE_H

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/period.h>
#include <yugao/sheet.h>

#include "cells.h"

enum column {
	COLUMN_NO,
	COLUMN_DEPARTMENT,
	COLUMN_YEAR,
	COLUMN_ID,
	COLUMN_TITLE,
	COLUMN_TITLE_EN,
	COLUMN_TOPICS,
	COLUMN_INDICATORS,
	COLUMN_PERIOD,
	COLUMN_FREQUENCY,
	COLUMN_DATE,
	COLUMN_TIME,
	COLUMN_RULE,
	COLUMN_ROLL,
	COLUMN_STATUS,
	COLUMN_CHANNELS,
	COLUMN_URL,
	COLUMN_CONTACT,
	COLUMN_PHONE,
	COLUMN_SCHEME,
	COLUMN_APPROVAL_NO,
	COLUMN_VALID_UNTIL,
	COLUMN_FORM_NO,
	COLUMN_MAKER,
	COLUMN_PUBLICATION,
	COLUMN_OVERLAP,
	COLUMN_CENSUS,
	COLUMN_SAMPLED,
	COLUMN_DISCLOSURE_CONTROL,
	COLUMN_DATA_STATUS,
	COLUMN_CLASS,
	COLUMN_REVIEW,
	COLUMN_REASON,
	COLUMN_APPROVER,
	COLUMN_APPROVED_ON,
	COLUMN_DOCUMENT,
	COLUMN_DECISION,
	COLUMN_NEW_DATE,
	COLUMN_OVERRIDE,
	COLUMN_DUE,
	COLUMN_REASON_CODE,
	COLUMN_ROLE,
	COLUMN_GROUND,
	COLUMN_REVIEW_DUE,
	COLUMN_REVIEW_RESULT,
	COLUMN_REVIEWER,
	COLUMN_REVIEWED_ON,
	COLUMN_REVIEW_DIGEST,
	COLUMN_REVIEW_DOCUMENT,
	COLUMN_CONSULT_WITH,
	COLUMN_CONSULT_MATTER,
	COLUMN_CONSULTED_ON,
	COLUMN_CONSULT_DOCUMENT,
	COLUMN_RELEASED,
	COLUMN_RESULT_URL,
	COLUMN_COPIED,
	COLUMN_COPY_DOCUMENT,
	COLUMN_COPY_DIGEST,
	COLUMN_ACKNOWLEDGED,
	COLUMN_NOTE,
	COLUMNS
};

/* What a column is called; the first of each language is ours. */
struct column_name {
	const char *zh, *en;
	const char *also[8];
	bool must;          /* stands in every sheet */
	const char *reason; /* catalogue id: what it holds */
};
extern const struct column_name column_names[COLUMNS];
/* Folded, without an asterisk and what stands in brackets at the end. */
const char *bare_name(struct arena *arena, const char *text, bool cut);
/* COLUMNS if it is none; folds and looks past what stands in brackets. */
enum column column_of(struct arena *arena, const char *text);
const char *nearest_column(struct arena *arena, const char *text);

#define NO_COLUMN SIZE_MAX
#define MONTHS_MOST 36

struct month_column {
	size_t column;
	int year, month; /* year 0: the plan's */
};

/* What a line above the header may say of the whole plan. */
enum plan_word {
	PLAN_TIMEZONE,
	PLAN_CALENDAR,
	PLAN_REVIEW,
	PLAN_UNPUBLISHED,
	PLAN_WORDS
};
extern const char *const plan_words[PLAN_WORDS]; /* their keys in a plan */

struct plan_line {
	const char *text; /* or NULL */
	struct spot_cell at;
};

/* A plan being put together: one department's year. */
struct group {
	const char *department;
	int year;
	json_t *series, *acts; /* arrays */
	json_t *ids, *titles;  /* id → index, title → id */
	struct cells cells, act_cells;
	struct plan_line words[PLAN_WORDS];
};

struct groups {
	struct group *v;
	size_t n, cap;
};

/* The workbook being read. */
struct tables {
	struct arena *arena;
	struct diags *diags;
	const struct workbook *workbook;
	const char *file_department; /* what the file's name says, or NULL */
	int file_year;
	struct groups groups;
	struct lines {
		struct line *v;
		size_t n, cap;
	} lines;
	bool told_review;
};

/* One sheet with a header. */
struct table {
	struct tables *all;
	const struct sheet *sheet;
	uint32_t number; /* of the sheet, from 0 */
	size_t header;
	size_t columns[COLUMNS]; /* NO_COLUMN if it is not there */
	/* "密级：公开" above the header: for all rows that say nothing. */
	struct spot_cell above[COLUMNS];
	const char *above_text[COLUMNS]; /* or NULL */
	struct plan_line words[PLAN_WORDS];
	struct month_column months[MONTHS_MOST];
	size_t n_months;
	int year;
};

/* A row that is a series or one of its releases. */
struct line {
	struct table *table;
	size_t row;
	size_t group, item; /* index of the series in the group */
	bool closed;        /* not public: quote none of it */
	bool bad;
};

/* What a cell says and where; text is NULL if it says nothing. */
struct entry_cell {
	const char *text;
	const struct cell *cell;
	struct spot_cell at;
};

/* Finds the header and what stands above it; false if there is none. */
bool header_find(struct table *table);
struct entry_cell line_cell(const struct line *line, enum column column);
struct spot_cell line_spot(const struct line *line, enum column column);
/* TELL(line, DIAG_ERROR, at, "table.…", …): an error makes the line bad. */
#define TELL(line, level, at, ...)       \
	line_tell((line), (level), (at), \
	    MESSAGE((line)->table->all->arena, __VA_ARGS__))
void line_tell(struct line *line, enum diag_level level, struct spot_cell at,
    struct message message);
/* A word of the sheet as an argument, hidden where it is not public. */
const char *shown(const struct line *line, const char *text);
struct group *line_group(const struct line *line);
json_t *line_series(const struct line *line);
/* What the cell's word means; NULL after a complaint. */
struct meaning;
const char *line_word(struct line *line, const struct entry_cell *cell,
    const struct meaning *meanings, size_t n);
/* The scheme's marks, and what the series says for the notice's rules. */
void line_marks(struct line *line);
/* Whether the scheme does not let it be published, or may not. */
bool line_forbids(const struct line *line);
/* What the series' cell says, at a path such as "contact/unit". */
void line_put(
    struct line *line, const char *path, json_t *value, struct spot_cell at);

/* The parts of a row that both shapes share. */
void line_attributes(struct line *line);
/* The frequency by its column or its title; false if neither tells. */
bool line_frequency(struct line *line, enum frequency *frequency);
void line_set_frequency(struct line *line, enum frequency frequency);
/* Adds a date; two for one period are a mistake. */
void line_occurrence(struct line *line, const char *period, json_t *value,
    struct spot_cell at, struct spot_cell key_at);

struct when;
/* The date as an act says it, with its time if it is a day. */
json_t *when_value(
    struct arena *arena, const struct when *when, const char *date, int minute);
/* A weekday that is written beside a date must be its own. */
void line_check_weekday(
    struct line *line, const struct when *when, struct spot_cell at);
void row_read(struct line *line);    /* one row a release, or a rule */
void matrix_read(struct line *line); /* a row of months */
bool matrix_is_time_row(const struct table *table, size_t row);
/* What the row of one release says of it beside its acts. */
struct dated {
	const char *period; /* NULL: the row is of the series */
	json_t *to;         /* the date that now stands there, or NULL */
	bool cancelled;     /* 取消 stands in its place */
};
/* Whether a column of the row's own names an act. */
bool row_decides(const struct line *line);
/* Whether that is the review alone. */
bool row_only_reviews(const struct line *line);
/* Whether the date of the row is what 决定 moves the release to. */
bool row_moves_to_date(struct line *line);
/* The acts that the row speaks of, if it does; takes dated->to. */
void row_acts(struct line *line, const struct dated *dated);
/* A change that is explained where there is no release that it is about. */
void row_no_act(struct line *line);

/* True for "1. …" and "注：…" below a table. */
bool is_note_row(const struct table *table, size_t row);
/* "注5" → the text after the table that begins with "5.", or NULL. */
const char *note_text(const struct table *table, int number);

struct plans_of_tables {
	struct {
		json_t *plan, *acts; /* to be freed by json_decref() */
		struct cells *cells, *act_cells;
		const char *department;
	} * v;
	size_t n, cap;
};
/* What the workbook says, one plan for each department and year. */
void tables_read(struct arena *arena, const struct workbook *workbook,
    struct diags *diags, struct plans_of_tables *plans);

#endif
