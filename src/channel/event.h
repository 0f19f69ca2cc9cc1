/*
 * An event as a calendar server gives it back: in another order, folded and
 * escaped in its own way, with properties of its own.  Read by a small bounded
 * reader, never by libical, for it is a stranger's.
 */
#ifndef CHANNEL_EVENT_H
#define CHANNEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct event {
	const char *uid;
	int64_t sequence;
	/* Its lines in one form, sorted, without what a server may change. */
	const char **v;
	size_t n, cap;
};

#define EVENT_LINES_MOST 500
#define EVENT_SEQUENCE_MOST INT32_MAX

/* False unless it is one calendar with entries of one UID. */
bool event_read(
    struct arena *arena, const char *data, size_t len, struct event *event);
/* They mean the same. */
bool event_equal(const struct event *a, const struct event *b);

#endif
