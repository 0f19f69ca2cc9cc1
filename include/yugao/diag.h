/*
 * Diagnostics: what is wrong in something a person wrote, and where.  All of
 * them are collected and shown at once, each with what to do.  A place is
 * file:line:col, or sheet!cell in a spreadsheet.
 */
#ifndef YUGAO_DIAG_H
#define YUGAO_DIAG_H

#include <yugao/message.h>

struct arena;

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

struct place {
	const char *file;
	int line, col;    /* from 1; col counts characters; 0 = whole file */
	const char *cell; /* "2026!B7" or NULL */
};

struct diag {
	enum diag_level level;
	struct place place;
	struct message message;
	const char *department; /* whose publishing it stops, or NULL = all */
};

struct diags {
	struct diag *v;
	size_t n, cap;
	size_t errors;
	const char *department; /* put on every diagnostic added from now on */
};

/* DIAG(arena, diags, DIAG_ERROR, place, "plan.unknown_key", key) */
#define DIAG(arena, diags, level, place, ...) \
	diag_add(                             \
	    (arena), (diags), (level), (place), MESSAGE((arena), __VA_ARGS__))

void diag_add(struct arena *arena, struct diags *diags, enum diag_level level,
    struct place place, struct message message);

/* Sorted by file, line, column; equal ones once. */
void diags_sort(struct diags *diags);
/*
 * True if this department must not be published: there is an error of its
 * own or one of all.
 */
bool diags_stop(const struct diags *diags, const char *department);
/* "plans/a.json:3:14: error: …" without a newline. */
const char *
diag_text(struct arena *arena, enum lang lang, const struct diag *diag);

#endif
