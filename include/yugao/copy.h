/*
 * Copies to the statistics institution of the same level (C07): what was to
 * be sent, what was sent, what was acknowledged.  Each step is a row of the
 * internal record (kind "copy") and nothing is kept a second time, so that
 * the past can be told from the database alone.  Copies are never public.
 */
#ifndef YUGAO_COPY_H
#define YUGAO_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/digest.h>

struct arena;
struct error;
struct store;

enum copy_step {
	COPY_ISSUED,      /* written, and queued for its portal */
	COPY_SENT,        /* the portal took it, or an act says it was sent */
	COPY_ACKNOWLEDGED /* the institution has it */
};

/* What an acknowledgement rests on. */
enum copy_receipt { RECEIPT_ANSWER, RECEIPT_URL, RECEIPT_ACT };

/* One copy with all its steps; what has not come is false or zero. */
struct copy {
	/* A release's key, or "department/YEAR": its plan and its changes. */
	const char *subject;
	const char *institution; /* its id or name */
	const char *via;         /* the portal's id; NULL: a document */
	const char *document;    /* 文号, of an act; or NULL */
	int64_t entry; /* the newest entry that it tells of; 0: none */
	bool issued, sent, acknowledged;
	struct instant issued_at, sent_at, acknowledged_at;
	enum copy_receipt receipt;
	bool has_digest, has_published;
	struct digest digest;    /* of the copy itself */
	struct digest published; /* of the published file, as copied: G4 */
	/* When the program knew of the last step: its record's time. */
	struct instant known;
};

struct copies {
	struct copy *v; /* sorted by subject, then by entry */
	size_t n, cap;
};

/* With the steps that were known at that instant; NULL: all. */
const struct error *copies_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct copies *copies);
/* Those of one subject, a part of all; NULL and 0 if there are none. */
const struct copy *
copies_of(const struct copies *copies, const char *subject, size_t *n);
/* "department/YEAR" */
const char *
copy_plan_subject(struct arena *arena, const char *department, int year);

/*
 * Inside a transaction: one step of this copy, with what `copy` has of that
 * step.  A copy is known again by subject, entry and via, an act's by its
 * document too.  Without effect if that step was known.
 */
const struct error *copy_append(struct arena *arena, struct store *store,
    enum copy_step step, const struct copy *copy, struct instant now);

/*
 * A sheet or a digest that was made for a period: I4, I5.  The record's kind
 * is "sheet", its subject the period, "2026-Q1" or "2026"; of one department,
 * or NULL: of all.
 */
struct sheet_made {
	const char *period, *department;
	struct digest digest; /* of what was made */
	struct instant at;    /* set by reading */
};
struct sheets_made {
	struct sheet_made *v; /* as they were made */
	size_t n, cap;
};
const struct error *sheet_append(struct arena *arena, struct store *store,
    const struct sheet_made *sheet, struct instant now);
const struct error *sheets_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct sheets_made *sheets);
/* The first that was made for that period and department; or NULL. */
const struct sheet_made *sheets_find(const struct sheets_made *sheets,
    const char *period, const char *department);

#endif
