/*
 * Carries requests to portals and brings their answers.  The one of libcurl
 * is in src/channel/curl.c; tests bring their own.
 */
#ifndef YUGAO_TRANSPORT_H
#define YUGAO_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/digest.h>
#include <yugao/portal.h>

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
	int64_t date; /* of its Date header, seconds; -1 if none */
	/* Catalogue id unless CARRIED_ANSWER: has nothing to redact. */
	const char *problem;
	const char *detail; /* of its problem details (RFC 9457): a line of at
			       most 300 bytes, secrets starred; or NULL */
	int redirects;      /* followed */
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

#endif
