#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include <yugao/ledger.h>

struct arena;
struct query;
struct store;

/* Years 1 to 9999: beyond them text forms are no longer one to one. */
#define DAY_FIRST (-719162)
#define DAY_LAST 2932896
#define INSTANT_FIRST ((int64_t)DAY_FIRST * 86400)
#define INSTANT_LAST ((int64_t)DAY_LAST * 86400 + 86399)

/* What entry_of_row() reads, from column 0. */
#define ENTRY_COLUMNS                                              \
	"id, kind, at, sequence, release, year, digest, precision" \
	", day, minute, last, start, since, status, policy"        \
	", since_entry, moves, core"
#define ENTRY_COLUMNS_END 18

/* Strings are the row's: they live until the next step. */
const struct error *
entry_of_row(struct arena *arena, struct query *query, struct entry *entry);

/*
 * Sets what an entry has from the one before it of the same release (id 0:
 * none): since, since_entry and moves.
 */
void entry_follow(struct entry *entry, const struct entry *previous);
/* Of an entry from before it was stored. */
const struct error *
entry_read_core(struct arena *arena, struct store *store, struct entry *entry);
/* Fills the view's confirmations. */
const struct error *
confirmations_read(struct arena *arena, struct store *store, struct view *view);
bool digest_is_zero(const struct digest *digest);

/*
 * Canonical JSON of everything that is stored, in place of what buf holds;
 * the entry's hash is over it.  `previous` is the hash of the entry before it,
 * zero for the first.
 */
void entry_write(
    struct buf *buf, const struct entry *entry, const struct digest *previous);
/* Makes it a line of the public log. */
void line_write(struct buf *buf, const struct digest *hash);
/* A BLOB of 32 bytes; false for anything else. */
bool row_digest(struct query *query, int column, struct digest *digest);

const char *said_precision(enum precision precision);
bool said_precision_parse(const char *name, enum precision *precision);
bool said_status_parse(const char *name, enum said_status *status);

/* Starts a member of a JSON object that ends in buf: `"key":`. */
void said_key(struct buf *buf, const char *key);
/* {"last":"2026-10-31","precision":"window","start":"2026-09-01"} */
void said_moment_write(struct buf *buf, const struct moment *moment);

#endif
