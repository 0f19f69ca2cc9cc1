/*
 * Reading what anybody serves.
 */
#ifndef YUGAO_FETCH_H
#define YUGAO_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/digest.h>

struct arena;
struct error;

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
/*
 * Whether something is there.  Nothing is followed: an address that redirects
 * says nothing about itself.
 */
struct glance {
	/* What was served before, or NULL; then an answer of 304 will do. */
	const char *etag, *modified;
	const char *look_for; /* bytes that a page must hold, or NULL */
	bool allow_private;   /* an address of the own network */
	/* Results. */
	int status;
	struct digest digest; /* 200: of the body as it is unpacked */
	bool found;           /* 200: look_for is in it */
	const char *new_etag, *new_modified; /* or NULL */
	const char *problem; /* catalogue id: no answer that counts; or NULL */
};
void fetch_glance(struct arena *arena, const char *url,
    const struct fetch_limits *limits, struct glance *glance);
bool fetch_is_url(const char *name); /* http, https, webcal, webcals */
/* Only a whole 200 is a success; what was taken before an error is void. */
const struct error *fetch_url(struct arena *arena, const char *url,
    const struct fetch_limits *limits,
    void (*take)(void *context, const char *data, size_t len), void *context,
    struct fetched *fetched);

#endif
