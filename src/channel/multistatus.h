/*
 * What a WebDAV server says in XML (RFC 4918 13, 16): of which resource it
 * speaks, with which status, and which precondition was not met.
 */
#ifndef CHANNEL_MULTISTATUS_H
#define CHANNEL_MULTISTATUS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct multistatus {
	struct resource {
		const char *href, *etag; /* as written, or NULL */
		int status;              /* 0: none */
	} * v;
	size_t n, cap;
	const char *error; /* "no-uid-conflict", the first one; or NULL */
};

/*
 * False if it is not XML, or has a document type, which no answer needs and
 * which could make it grow.  More than RESOURCES_MOST are left out.
 */
#define RESOURCES_MOST 32
bool multistatus_read(struct arena *arena, const char *body, size_t len,
    struct multistatus *multistatus);

#endif
