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
	const char *method; /* "PUT", "GET", "DELETE" */
	const char *url;
	struct header headers[REQUEST_HEADERS];
	size_t n_headers;
	const char *body_path; /* a file to send, or NULL */
	int64_t body_size;
	const struct portal *portal; /* auth, limits, address filter */
	void *context;               /* the caller's */
};

/* How a request ended below HTTP. */
enum carried {
	CARRIED_ANSWER,  /* a complete HTTP answer */
	CARRIED_RETRY,   /* DNS, connect, TLS, timeout, reset, truncated */
	CARRIED_REFUSED, /* our own refusal: blocked address, too large */
	CARRIED_HELD     /* not sent: the portal's secret cannot be read */
};

struct answer {
	enum carried carried;
	int status;
	const char *etag;    /* or NULL */
	int64_t retry_after; /* seconds, clamped to 1 … 86400; -1 if none */
	const char *body;    /* at most 64 KiB, terminated */
	size_t body_len;
	bool body_cut;
	struct digest body_digest; /* of the whole body, for comparing */
	int64_t body_size;
	/* Catalogue id unless CARRIED_ANSWER: has nothing to redact. */
	const char *problem;
	int64_t ms;
};

struct transport;
struct transport_type {
	/* Takes a request; false if the portal is at its limit now. */
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

/* At most `total` requests in flight, portal->connections to each portal. */
const struct error *curl_transport_open(
    struct arena *arena, int total, struct transport **transport);
/* Reading what anybody serves, bounded; no portal, so no secret. */
struct fetch_limits {
	int64_t bytes; /* of the unpacked body */
	int seconds, redirects;
};
struct fetched {
	int status;
	const char *content_type; /* or NULL */
	bool has_validator;       /* ETag or Last-Modified */
	int64_t size;
};
bool fetch_is_url(const char *name); /* http, https, webcal, webcals */
/* Only a whole 200 is a success; what was taken before an error is void. */
const struct error *fetch_url(struct arena *arena, const char *url,
    const struct fetch_limits *limits,
    void (*take)(void *context, const char *data, size_t len), void *context,
    struct fetched *fetched);

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
