/*
 * What is still to be delivered, and delivering it.  One message per portal
 * and path, the newest wins.  An attempt is recorded before it is sent;
 * results are committed in groups; retries follow facts.md's schedule.
 */
#ifndef YUGAO_OUTBOX_H
#define YUGAO_OUTBOX_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <yugao/channel.h>
#include <yugao/office.h>
#include <yugao/terminal.h>
#include <yugao/tree.h>

struct store;

enum outbox_state {
	OUTBOX_QUEUED,
	OUTBOX_ACCEPTED,
	OUTBOX_SUPERSEDED,
	OUTBOX_REFUSED,
	OUTBOX_HELD
};

/* What one portal has and lacks. */
struct portal_status {
	const char *portal;
	size_t accepted, queued, refused, held;
	bool has_next;
	struct instant next; /* earliest next attempt */
	const char *problem; /* of the last failed attempt, or NULL */
};

struct outbox_status {
	struct portal_status *v;
	size_t n, cap;
	size_t waiting; /* queued + held + refused of all portals */
};

/* One try, for `status -v`. */
struct attempt {
	const char *portal, *path, *problem;
	struct instant at;
	int status;
	int64_t ms, bytes;
};

/*
 * Inside a transaction: queues for every portal each manifest file that it
 * does not have yet, and the removal of what it should no longer have.
 */
const struct error *outbox_fill(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_files *files);

struct outbox_run {
	const struct office *office;
	struct transport *transport;
	const char *portal; /* only this one, or NULL */
	const char *tree;   /* folder whose files are sent */
	struct instant (*clock)(void *context);
	void *clock_context;
	const volatile sig_atomic_t *stop; /* or NULL */
	const struct terminal *terminal;   /* progress; or NULL */
	/* Results, for the summary. */
	size_t accepted, failed;
};

/* Sends what is due until nothing is, or *stop. */
const struct error *
outbox_drain(struct arena *arena, struct store *store, struct outbox_run *run);

const struct error *outbox_status(struct arena *arena, struct store *store,
    const struct office *office, struct outbox_status *status);
const struct error *outbox_attempts(struct arena *arena, struct store *store,
    const char *portal, size_t limit,
    const struct error *(*each)(void *context, const struct attempt *attempt),
    void *context);

/* Seconds until attempt n + 1, before jitter (facts.md 4). */
int64_t outbox_delay(int attempts);

#endif
