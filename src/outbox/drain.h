/*
 * What the files of a drain share: a lane is a portal with what is to go
 * there, a flight one message on its way.
 */
#ifndef OUTBOX_DRAIN_H
#define OUTBOX_DRAIN_H

#include <yugao/outbox.h>
#include <yugao/store.h>

/* Refusals of ours: the file that was to go was not as it should be. */
#define OURS "('@outbox.source', '@channel.source')"

/* One message as it was when the drain began. */
struct item {
	int64_t id;
	const char *path, *etag;
	bool remove, known;
	struct digest digest, known_digest;
	int64_t size;
	int attempts;
	int64_t first_entry; /* that it carries */
};

/* What the next runs have to know about a portal. */
struct gate {
	int failures;       /* runs in a row that it failed in */
	int64_t open_until; /* seconds; not 0: only a probe, and after this */
	int64_t not_before; /* its Retry-After */
	bool held;
	const char *problem; /* catalogue id, or NULL */
};

struct lane {
	const struct portal *portal;
	const struct channel *channel;
	struct item *v;
	size_t n, cap, next;
	const struct item *check; /* of these it is read back; or NULL */
	bool taken;  /* something was accepted and is not confirmed yet */
	bool read;   /* something was read back */
	bool unread; /* or could not be */
	int flying;
	struct gate gate;
	int failed_runs; /* before this one */
	int failed_row;  /* in this one */
	bool answered;   /* something has succeeded in this run */
	bool left;       /* until the next run */
	bool on_hold;    /* by the operator */
	bool quiet;      /* only what carries this entry or one before: */
	int64_t urgent;
	bool dirty;    /* the gate must be recorded */
	bool released; /* the probe succeeded: all is due */
};

enum flight_state {
	FLIGHT_FREE,
	FLIGHT_CHOSEN,   /* its attempt is to be recorded */
	FLIGHT_READY,    /* its request is to be sent */
	FLIGHT_AWAY,     /* its answer is to come */
	FLIGHT_ENDED,    /* its result is to be recorded */
	FLIGHT_ABANDONED /* never sent: its attempt is to be forgotten */
};

struct flight {
	enum flight_state state;
	struct arena *arena; /* of this delivery, reset before the next */
	struct lane *lane;
	const struct item *item;
	struct delivery delivery;
	struct request request;
	struct delivery_result result;
	int64_t attempt; /* its row */
	struct instant ended;
	int status;
	int64_t ms, bytes;
	int64_t next;       /* when it is tried again; 0: not */
	const char *detail; /* what the portal said of it, or NULL */
};

struct sources; /* files of the tree whose digest was looked at */

#define FLIGHTS 256
struct drain {
	struct arena *arena;
	struct store *store;
	struct outbox_run *run;
	struct sources *sources;
	struct lane *lanes;
	size_t n_lanes, turn;
	struct flight *flights;
	struct instant now;     /* of this turn */
	int64_t due_entry, due; /* what urgent.c found last */
};

/* queue.c: the lanes of this run, with all that may be sent. */
const struct error *queue_load(struct drain *drain);

/* urgent.c: what a lane may send in its quiet hours, and the latest time at
 * which it is of use to try an item again. */
const struct error *urgent_load(struct drain *drain, struct lane *lane);
const struct error *urgent_bound(
    struct drain *drain, const struct item *item, int64_t now, int64_t *next);

/* lane.c: whether it may begin one more, and what a result means for it. */
bool lane_is_open(const struct lane *lane);
void lane_shut(struct lane *lane, struct instant now, bool named);
/* The arena is for what stays with the lane. */
void
lane_judge(struct arena *arena, struct lane *lane, const struct flight *flight);

/*
 * confirm.c: inside a transaction, up to which entry a portal that has
 * nothing in hand now shows everything.
 */
const struct error *confirm_shown(struct drain *drain, struct lane *lane);

/* record.c: one transaction for all results and all attempts to come. */
const struct error *record_turn(struct drain *drain);

/* source.c: whether the file is there with this digest. */
struct sources *sources_new(struct arena *arena);
bool source_is_whole(
    struct sources *sources, const char *path, const struct digest *digest);

#endif
