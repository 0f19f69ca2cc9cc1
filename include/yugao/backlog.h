/*
 * What the portals still lack, and how the attempts to bring it there went.
 */
#ifndef YUGAO_BACKLOG_H
#define YUGAO_BACKLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/office.h>

struct arena;
struct error;
struct store;

/* What one portal has and lacks. */
struct portal_status {
	const char *portal;
	size_t accepted; /* files that it has as they should be */
	size_t queued, refused, held;
	size_t damaged; /* of the refused: by us, our own file is not whole */
	bool has_next;  /* false: nothing is queued, or it is due at once */
	struct instant next; /* earliest next attempt */
	bool required;
	int failures;           /* runs in a row that it failed in */
	struct instant open;    /* its breaker: not before this; 0: shut */
	struct instant held_by; /* since when the operator holds it; 0: not */
	struct instant oldest;  /* since when the oldest message waits; or 0 */
	struct instant newest;  /* when it took something last; 0: never */
	/*
	 * Why it fails or what it refuses, or NULL: '@' and a catalogue id,
	 * so that an argument of a message shows it in the right language.
	 */
	const char *problem;
};

struct deadlines;
struct outbox_status {
	struct portal_status *v;
	size_t n, cap;
	size_t waiting; /* queued + held + refused of all portals */
	const struct deadlines
	    *deadlines; /* deadline.h; the caller's, or NULL */
};

/* One try; status 0: no answer came.  problem as above. */
struct attempt {
	const char *portal, *path, *problem;
	const char *detail; /* what the portal said of it (RFC 9457), or NULL */
	struct instant at;
	int status;
	int64_t ms, bytes;
	/* Told while it happens only: "accepted", "queued", "refused",
	 * "held"; and when it is tried again, or 0. */
	const char *outcome;
	struct instant next;
};

const struct error *outbox_status(struct arena *arena, struct store *store,
    const struct office *office, struct outbox_status *status);
const struct error *outbox_attempts(struct arena *arena, struct store *store,
    const char *portal, size_t limit,
    const struct error *(*each)(void *context, const struct attempt *attempt),
    void *context);

#endif
