/*
 * What is still to be delivered, and delivering it.  One message per portal
 * and path, the newest wins.  An attempt is recorded before it is sent;
 * results are committed in groups; retries follow the schedule of delay.c.
 */
#ifndef YUGAO_OUTBOX_H
#define YUGAO_OUTBOX_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <yugao/backlog.h>
#include <yugao/channel.h>
#include <yugao/office.h>
#include <yugao/terminal.h>
#include <yugao/tree.h>

struct store;
struct zone;

enum outbox_state {
	OUTBOX_QUEUED,
	OUTBOX_ACCEPTED,
	OUTBOX_SUPERSEDED,
	OUTBOX_REFUSED,
	OUTBOX_HELD
};

/*
 * Inside a transaction, before anything is said: a portal that gets news and
 * is seen for the first time gets what is said from here on.
 */
const struct error *outbox_meet(
    struct arena *arena, struct store *store, const struct office *office);

/*
 * Inside a transaction: queues for every portal each manifest file, event or
 * change (channel.h) that it selects and does not have yet, and the removal
 * of files and events that it should no longer have.  An older message of the
 * same path, and all of a portal that is no longer configured, are
 * superseded.  A portal whose kind or address is another now
 * begins anew: nothing is known of what it has.  An empty manifest changes
 * nothing.
 */
const struct error *outbox_fill(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_files *files);

/* What *stop asks for. */
enum outbox_stop {
	OUTBOX_GO_ON,
	OUTBOX_FINISH, /* what is in hand, and begin nothing else */
	OUTBOX_LEAVE   /* at once: whether it arrived, the next run finds out */
};

struct outbox_run {
	const struct office *office;
	struct transport *transport;
	const char *portal; /* only this one, or NULL */
	const char *tree;   /* folder whose files are sent */
	struct instant (*clock)(void *context);
	void *clock_context;
	const volatile sig_atomic_t *stop; /* or NULL */
	const struct terminal *terminal;   /* progress; or NULL */
	const struct zone *zone; /* of quiet hours; NULL: there are none */
	/* Is told of each attempt once it is recorded; or NULL. */
	void (*tell)(void *context, const struct attempt *attempt);
	void *tell_context;
	/* Results, for the summary. */
	size_t accepted, failed;
};

/*
 * Sends what is due, each message once, and ends: it does not wait for
 * retries, the next run does them.  What becomes due within seconds is taken
 * along, so that the run after a failure delivers even if it follows at once.
 *
 * A portal is left until the next run after five failures in a row, or after
 * one if it has not answered at all.  After five such runs in a row, or when
 * it holds us off (401, 403, 410, a redirect), it is probed with one message
 * an hour; the first success releases everything.  Naming it in run->portal
 * probes it now, and tries again what it refused.  Retry-After is the one
 * thing that always stands.
 *
 * In a portal's quiet hours only what carries news of a release within 36
 * hours is sent, unless the portal is named.  A retry is never later than the
 * next of 24 hours, 2 hours and 10 minutes before the soonest release that
 * its message tells of, as long as that is to come.
 *
 * *stop is looked at between the requests, see enum outbox_stop.
 */
const struct error *
outbox_drain(struct arena *arena, struct store *store, struct outbox_run *run);

/*
 * Inside a transaction, after outbox_fill(): nothing is sent to a portal that
 * is held, not even when it is named.  It is recorded (record.h).
 */
const struct error *outbox_hold(struct arena *arena, struct store *store,
    const char *portal, bool hold, struct instant now);
/*
 * Inside a transaction: all that waits for this portal, or carries this
 * release, is due at once, refused or not, and the breaker of its portals is
 * shut; a Retry-After stands.
 */
const struct error *outbox_retry(struct store *store, const char *name,
    bool portal, struct instant now, size_t *messages);
/*
 * Inside a transaction: somebody says that the portal has this bundle.  An
 * error if it was never made.
 */
const struct error *outbox_acknowledge(struct arena *arena, struct store *store,
    const struct portal *portal, const char *name, struct instant at);

/* Whether a file of the tree could not be sent because it is damaged. */
const struct error *outbox_has_damaged(struct store *store, bool *damaged);

/* Seconds until attempt n + 1, before jitter. */
int64_t outbox_delay(int attempts);

#endif
