/*
 * The ledger as evidence: its entries as the lines of the public log, where
 * their hash chain stands, and whether it is whole.
 */
#ifndef YUGAO_LOG_H
#define YUGAO_LOG_H

#include <yugao/ledger.h>

struct diags;

/*
 * An entry as a line of the public log, without its newline: canonical JSON
 * of all that is stored, which is what its hash is over, and the hash itself
 * as the last member.
 */
struct log_line {
	int64_t id;
	struct instant at;
	const char *text;
	size_t len;
};
const struct error *ledger_lines(struct arena *arena, struct store *store,
    int64_t first, int64_t last,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context);

/* Where the chain stands after an entry. */
struct ledger_head {
	int64_t id; /* 0: nothing was said yet */
	struct instant at;
	struct digest hash;
};
/* After entry `id`, or after the newest if it is -1; head->id is 0 if there
 * is no such entry. */
const struct error *ledger_head(struct arena *arena, struct store *store,
    int64_t id, struct ledger_head *head);
/* The last entry before an instant; 0 if none. */
const struct error *
ledger_before(struct store *store, struct instant instant, int64_t *id);

/*
 * Every hash from the first entry on, and that the SEQUENCE of each release
 * counts from 0.  What is wrong becomes an error diagnostic at the file
 * `name`.  `each`, unless it is NULL, gets every line that can be read.
 */
const struct error *ledger_verify(struct arena *arena, struct store *store,
    const char *name, struct diags *diags,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context);

#endif
