/*
 * Puts bytes at a portal, once or again with the same result.  A channel is
 * a small state machine: given the last answer it says what to send next, or
 * how the delivery ended.  The transport carries requests.
 */
#ifndef YUGAO_CHANNEL_H
#define YUGAO_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/digest.h>
#include <yugao/office.h>
#include <yugao/transport.h>

struct arena;
struct error;

/*
 * What a channel carries.  Files and events are sets: what is no longer
 * among them is removed.  Changes and digests are news: a portal that is new
 * gets those from then on.
 */
enum takes {
	TAKES_FILES,   /* files of the tree, by their paths */
	TAKES_EVENTS,  /* a calendar object for each release and language, as
			  "<collection>/<uid>.ics" */
	TAKES_CHANGES, /* one message for each release's newest change */
	TAKES_DIGEST,  /* one short text for all changes since the last */
	TAKES_BUNDLE   /* everything, to be carried there by a person */
};

/* One thing on its way to one portal. */
struct delivery {
	int64_t id;
	const struct portal *portal;
	const char *path; /* relative to portal and tree; a release's key */
	bool remove;
	/* What to send: a file of the tree, or for all channels that do not
	 * take files the bytes themselves.  Both NULL when removing. */
	const char *source, *body;
	struct digest digest;
	int64_t size;
	const char *content_type;
	/* bundle: the folder that holds the tree; what signs its sums (in
	 * base64) and the key as PEM, or NULL. */
	const char *tree, *signature, *signing_key;
	/* caldav: what people call the calendar that it goes to, or NULL. */
	const char *calendar;
	/* What the portal last confirmed to us for this path. */
	bool known;
	struct digest known_digest;
	const char *etag;   /* or NULL */
	struct instant now; /* for signatures that have a time */
	bool read_back;     /* wanted: look at what the portal then serves */
	/* The channel's: where it is, and what answered the write that was
	 * taken (0: none yet). */
	int step, taken;
	const char *taken_etag;
	void *own; /* what else it keeps, in the arena of its steps */
};

enum delivered {
	DELIVERY_GOES_ON,  /* request is filled: send it */
	DELIVERY_ACCEPTED, /* portal has it; etag in result */
	DELIVERY_RETRY,    /* later again */
	DELIVERY_WAITS,    /* nothing failed: it is for others to go on */
	DELIVERY_REFUSED,  /* this message will never be taken as it is */
	DELIVERY_HELD      /* the whole portal must wait: 401, 403, 410 */
};

struct delivery_result {
	enum delivered state;
	/* ACCEPTED, and what the portal serves was read and is that; also
	 * unasked.  What could not be read back is accepted without. */
	bool read_back;
	const char *etag;
	struct message problem; /* without arguments; id NULL if none */
	/* What the portal said of it, for people, without secrets; or NULL. */
	const char *detail;
	int64_t retry_after; /* seconds, -1 if none */
};

/* What a look at one thing that a portal confirmed to have says of it. */
enum looked {
	LOOKED_GOES_ON, /* request is filled: send it */
	LOOKED_SAME,
	LOOKED_MISSING,
	LOOKED_OTHER,  /* it is not what was confirmed */
	LOOKED_UNSURE, /* it is there, and nothing tells which it is */
	LOOKED_FAILED  /* for the reason in *problem, a catalogue id */
};

struct channel {
	const char *kind; /* "http-put" */
	enum takes takes;
	/*
	 * answer is NULL at the start.  Fills request whole but its context.
	 * A channel that needs no transport does all its work at the start.
	 */
	const struct error *(*step)(struct arena *arena,
	    struct delivery *delivery, const struct answer *answer,
	    struct request *request, struct delivery_result *result);
	/*
	 * Reads and never writes; of the delivery, portal, path, digest and
	 * etag count.  One request at most; one that needs no transport
	 * answers at the start.  NULL: such a portal cannot be read.
	 */
	enum looked (*look)(struct arena *arena,
	    const struct delivery *delivery, const struct answer *answer,
	    struct request *request, const char **problem);
	/*
	 * Tells every path that is there, ours or not; false if that failed.
	 * NULL: such a portal cannot be listed.
	 */
	bool (*list)(struct arena *arena, const struct portal *portal,
	    void (*each)(void *context, const char *path), void *context);
};

/* NULL if there is none that reaches this kind of portal. */
const struct channel *channel_find(const char *kind);
/* What a portal of this kind takes, reached or not. */
enum takes channel_takes(const char *kind);

#endif
