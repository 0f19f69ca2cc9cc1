/*
 * What the portals really have, beside what they last confirmed to have
 * taken.  Reading changes nothing; a repair queues again what is ours, and
 * leaves alone what is not.
 */
#ifndef YUGAO_INSPECT_H
#define YUGAO_INSPECT_H

#include <yugao/outbox.h>

enum found {
	FOUND_SAME,
	FOUND_STALE,   /* an older state: a newer message of ours waits */
	FOUND_MISSING, /* it took it, and it is gone */
	FOUND_ALTERED, /* it is another than the portal took */
	FOUND_FOREIGN, /* there, and not ours: never touched */
	FOUND_UNSURE,  /* there, but nothing tells whether it is the same */
	FOUND_UNREAD   /* could not be read */
};
#define FOUND_KINDS 7
const char *found_name(enum found found); /* "missing" */

struct discrepancy {
	const char *portal, *path;
	enum found found;
	const char *problem; /* '@' and a catalogue id, or NULL */
};

struct inspected {
	const char *portal;
	bool readable; /* its kind can be read at all */
	bool listed;   /* what is not ours was looked for too */
	size_t n[FOUND_KINDS];
};

struct inspection {
	/* All but FOUND_SAME, by portal; of foreign ones the first 1,000. */
	struct discrepancy *v;
	size_t n, cap;
	struct {
		struct inspected *v; /* as the office's portals */
		size_t n, cap;
	} portals;
};

/* Uses office, transport, portal, stop and terminal of `run`; a portal that
 * fails five times in a row is left, and the rest of it is unread. */
const struct error *outbox_inspect(struct arena *arena, struct store *store,
    const struct outbox_run *run, struct inspection *inspection);

/*
 * Inside a transaction, before outbox_fill(): what is missing or altered is
 * no longer known to be there, and so is queued again.
 */
const struct error *outbox_repair(
    struct store *store, const struct inspection *inspection, size_t *items);

#endif
