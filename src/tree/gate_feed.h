/*
 * The events of a feed as its bytes have them, read by no code that writes
 * feeds.  Of two editions only what differs is taken apart, so that a change
 * among many events costs a comparison of bytes.
 */
#ifndef TREE_GATE_FEED_H
#define TREE_GATE_FEED_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;

struct gate_event {
	const char *uid;
	int64_t sequence; /* 0 if there is none */
	size_t at;        /* where in the file it begins */
};

struct gate_feed {
	const char *data; /* NULL: there is no such file */
	size_t len;
	struct gate_event *v; /* sorted by UID */
	size_t n, cap;
};

/*
 * Reads the events that stand in one of the two and not, octet for octet, in
 * the other; new_path may be NULL.  Close both, also after an error.
 */
const struct error *gate_feeds_open(struct arena *arena, const char *old_path,
    const char *new_path, struct gate_feed *old, struct gate_feed *new);
/* All events of one. */
const struct error *
gate_feed_open(struct arena *arena, const char *path, struct gate_feed *feed);
void gate_feed_close(struct gate_feed *feed);

const struct gate_event *
gate_feed_find(const struct gate_feed *feed, const char *uid);
/* How many events the whole file has. */
size_t gate_feed_count(const struct gate_feed *feed);
/* The line that the offset is in, from 1. */
int gate_feed_line(const struct gate_feed *feed, size_t at);

#endif
