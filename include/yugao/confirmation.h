/*
 * Which portal has shown what.  It stands in the record (record.h).
 */
#ifndef YUGAO_CONFIRMATION_H
#define YUGAO_CONFIRMATION_H

#include <stdbool.h>
#include <stdint.h>

#include <yugao/day.h>

struct arena;
struct error;
struct store;
struct view;

/* A portal has shown everything up to an entry, at that time.  Without having
 * read it back it may only be hoped so. */
struct confirmation {
	const char *portal;
	/* The first entry that it was there for; 0: for all of them.  With
	 * entry = from - 1 it has begun, and shown nothing yet. */
	int64_t from;
	int64_t entry;
	struct instant at;
	bool read_back;
};

/*
 * When this portal had shown the entry: false if it has not.  A confirmation
 * that was read back wins over an earlier one that was not.
 */
bool view_confirmed(const struct view *view, const char *portal, int64_t entry,
    struct confirmation *confirmation);
/* Whether the entry was said before the portal was there to show it. */
bool view_precedes(const struct view *view, const char *portal, int64_t entry);
/* Inside a transaction: the portal shows everything up to this entry.  It is
 * recorded (record.h); without effect if that was known. */
const struct error *ledger_confirm(struct arena *arena, struct store *store,
    const struct confirmation *confirmation);

#endif
