/*
 * The internal record: a hash chain over everything that happened, never
 * published.  A record is written in the transaction of what it records, and
 * the database refuses to change or remove one.  What is closed stands in it
 * as a digest only.
 */
#ifndef YUGAO_RECORD_H
#define YUGAO_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/digest.h>

struct arena;
struct diags;
struct error;
struct store;

enum record_kind {
	RECORD_RUN,     /* something was to be said: digests of all inputs */
	RECORD_ACT,     /* an act was seen for the first time */
	RECORD_ENTRY,   /* an entry, and the verdicts it was said under */
	RECORD_ATTEMPT, /* how an attempt to deliver ended */
	RECORD_NOTICE,  /* a portal has shown everything up to an entry */
	RECORD_KEY,     /* the public log is signed with this key from now on */
	RECORD_SIGHT,   /* what was seen of a result (watch.h) */
	RECORD_COPY,    /* a step of a copy to the institution (copy.h) */
	RECORD_SHEET,   /* a sheet or digest was made for a period (copy.h) */
	RECORD_STANDING, /* how a department stood, from then on (standing.h) */
	RECORD_ALERT,    /* a portal had not shown a release in time */
	RECORD_HOLD      /* the operator held a portal, or ended that */
};

struct record {
	enum record_kind kind;
	struct instant at;   /* never before the newest record's */
	const char *subject; /* the act's digest, the entry's id, the portal,
				the department */
	const char *body;    /* canonical JSON */
};

/* Inside a transaction; sets at and chains the hash. */
const struct error *
record_append(struct arena *arena, struct store *store, struct record *record);
/* Whether the act with this digest has been seen. */
const struct error *
record_has_act(struct store *store, const struct digest *act, bool *seen);
/* Every record of this kind, in order; what it points to lives only during
 * the call. */
const struct error *record_each(struct store *store, enum record_kind kind,
    const struct error *(*each)(void *context, const struct record *record),
    void *context);

/*
 * Every hash from the first record on, and that entries and their records
 * belong to each other.  What is wrong becomes an error diagnostic at the
 * file `name`.
 */
const struct error *record_verify(struct arena *arena, struct store *store,
    const char *name, struct diags *diags, int64_t *records);

#endif
