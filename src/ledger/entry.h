#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include <yugao/ledger.h>

struct arena;
struct query;

/* What entry_of_row() reads, from column 0. */
#define ENTRY_COLUMNS                                              \
	"id, kind, at, sequence, release, year, digest, precision" \
	", day, minute, last, start, since, status, policy"
#define ENTRY_COLUMNS_END 15

/* Strings are the row's: they live until the next step. */
const struct error *
entry_of_row(struct arena *arena, struct query *query, struct entry *entry);

/* The hash of an entry that follows one with that hash (zero for the first):
 * over canonical JSON of everything that is stored. */
struct digest entry_hash(struct arena *arena, const struct entry *entry,
    const struct digest *previous);

const char *said_precision(enum precision precision);
bool said_precision_parse(const char *name, enum precision *precision);
bool said_status_parse(const char *name, enum said_status *status);

/* Starts a member of a JSON object that ends in buf: `"key":`. */
void said_key(struct buf *buf, const char *key);
/* {"last":"2026-10-31","precision":"window","start":"2026-09-01"} */
void said_moment_write(struct buf *buf, const struct moment *moment);

#endif
