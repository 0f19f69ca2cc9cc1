/*
 * Writes one JSON document.  What is opened is on a stack, so that every
 * bracket is closed in the right order, and commas are put where they belong.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include <yugao/buf.h>
#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/office.h>
#include <yugao/policy.h>
#include <yugao/report.h>

#define DOCUMENT_DEPTH 12

struct document {
	struct buf buf;
	FILE *out;
	char closers[DOCUMENT_DEPTH];
	int depth;
};

/* {"schema": "…", … */
void document_begin(
    struct document *document, const struct report *report, const char *schema);
/* Closes what is open, ends the line and writes what is not written yet. */
void document_end(struct document *document);

/* key is NULL within an array. */
void document_object(struct document *document, const char *key);
void document_array(struct document *document, const char *key);
void document_close(struct document *document);

/* A NULL value leaves the member out. */
void
document_string(struct document *document, const char *key, const char *value);
void document_number(struct document *document, const char *key, int64_t value);
void document_flag(struct document *document, const char *key, bool value);
void document_text(
    struct document *document, const char *key, const struct text *text);
/* In UTC. */
void document_instant(
    struct document *document, const char *key, struct instant value);
void document_day(struct document *document, const char *key, struct day value);
/* Canonical JSON as it stands. */
void document_raw(struct document *document, const char *key, const char *json);

/* "when" on the clock of its zone, "precision", and "start" in UTC. */
void document_moment(struct document *document, const struct moment *moment,
    const struct instant *start);
/* The members of a verdict, within an object that the caller opened. */
void
document_verdict(struct document *document, struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct verdict *verdict);
void document_diags(struct document *document, const struct report *report,
    const struct diags *diags);

#endif
