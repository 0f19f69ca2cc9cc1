/*
 * Puts bytes at a portal, once or again with the same result.  A channel is
 * a small state machine: given the last answer it says what to send next, or
 * how the delivery ended.  The transport carries requests; the one of
 * libcurl is in curl.c, tests bring their own.
 */
#ifndef YUGAO_CHANNEL_H
#define YUGAO_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/digest.h>
#include <yugao/office.h>

struct arena;
struct error;

struct header {
	const char *name, *value;
};

/* It and what it points to live until its answer has come. */
#define REQUEST_HEADERS 12
struct request {
	const char *method; /* "PUT", "GET", "DELETE", "POST", … */
	const char *url;
	struct header headers[REQUEST_HEADERS];
	size_t n_headers;
	const char *body_path; /* a file to send, or NULL */
	const char *body;      /* what to send if there is no file, or NULL */
	int64_t body_size;
	/*
	 * GET and HEAD only: at most five redirects are followed, never from
	 * https to anything else.  Credentials stay with the first host.
	 */
	bool follow;
	const char *hide; /* a secret of the channel's that no answer may
			     repeat, or NULL; the portal's auth is known */
	const struct portal *portal; /* auth, TLS, limits, address filter */
	void *context;               /* the caller's */
};

/* How a request ended below HTTP. */
enum carried {
	CARRIED_ANSWER,  /* a complete HTTP answer */
	CARRIED_RETRY,   /* DNS, connect, TLS, timeout, reset, truncated */
	CARRIED_REFUSED, /* our own refusal: blocked address, too large */
	CARRIED_HELD     /* not sent: a secret, a CA or a pin is not right */
};

struct answer {
	enum carried carried;
	int status;
	const char *etag;         /* or NULL */
	const char *content_type; /* printable ASCII, or NULL */
	int64_t retry_after; /* seconds, clamped to 1 … 86400; -1 if none */
	const char *body;    /* at most 64 KiB, terminated, secrets starred */
	size_t body_len;
	bool body_cut;
	struct digest body_digest; /* of the whole body, for comparing */
	int64_t body_size;
	/* Catalogue id unless CARRIED_ANSWER: has nothing to redact. */
	const char *problem;
	int redirects; /* followed */
	int64_t ms;
};

struct transport;
struct transport_type {
	/*
	 * Takes a request; false if the portal is at its limit now, of
	 * connections or of requests a second.
	 */
	bool (*send)(
	    struct transport *transport, const struct request *request);
	/* Waits at most ms for the next answer, in the caller's arena;
	 * *context is NULL if none has come. */
	const struct error *(*wait)(struct transport *transport,
	    struct arena *arena, int ms, struct answer *answer, void **context);
	void (*close)(struct transport *transport);
};
struct transport {
	const struct transport_type *type;
};

/* A clock that never goes back, in milliseconds since whenever. */
struct ticks {
	int64_t (*ms)(void *context);
	void *context;
};

/*
 * At most `total` requests in flight, portal->connections to each portal and
 * portal->rate in 1,000 seconds.  Only one transport may be open at a time.
 */
const struct error *curl_transport_open(struct arena *arena, int total,
    const struct ticks *ticks, struct transport **transport);
/* libcurl's version, for `yugao check`. */
const char *curl_version_text(void);

/* One file on its way to one portal. */
struct delivery {
	int64_t id;
	const struct portal *portal;
	const char *path; /* relative to portal and tree */
	bool remove;
	const char *source; /* file to send; NULL when removing */
	struct digest digest;
	int64_t size;
	const char *content_type;
	/* What the portal last confirmed to us for this path. */
	bool known;
	struct digest known_digest;
	const char *etag; /* or NULL */
	bool read_back;   /* wanted: look at what the portal then serves */
	/* The channel's: where it is, and what answered the write that was
	 * taken (0: none yet). */
	int step, taken;
	const char *taken_etag;
};

enum delivered {
	DELIVERY_GOES_ON,  /* request is filled: send it */
	DELIVERY_ACCEPTED, /* portal has it; etag in result */
	DELIVERY_RETRY,    /* later again */
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
	int64_t retry_after;    /* seconds, -1 if none */
};

struct channel {
	const char *kind; /* "http-put" */
	/*
	 * answer is NULL at the start.  Fills request whole but its context.
	 * A channel that needs no transport does all its work at the start.
	 */
	const struct error *(*step)(struct arena *arena,
	    struct delivery *delivery, const struct answer *answer,
	    struct request *request, struct delivery_result *result);
};

const struct channel *channel_find(const char *kind);

#endif
