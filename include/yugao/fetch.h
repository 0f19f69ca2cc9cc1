/*
 * Reading what anybody serves.
 */
#ifndef YUGAO_FETCH_H
#define YUGAO_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
bool fetch_is_url(const char *name); /* http, https, webcal, webcals */
/* Only a whole 200 is a success; what was taken before an error is void. */
const struct error *fetch_url(struct arena *arena, const char *url,
    const struct fetch_limits *limits,
    void (*take)(void *context, const char *data, size_t len), void *context,
    struct fetched *fetched);

#endif
