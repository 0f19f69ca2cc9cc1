/*
 * A conversation with each portal that writes nothing: a read, and the same
 * on the condition that it is another one now.  What is told of it is for the
 * report.
 */
#ifndef YUGAO_PROBE_H
#define YUGAO_PROBE_H

#include <yugao/outbox.h>

struct probe {
	const struct portal *portal;
	bool readable;       /* else it was not asked: a request is a message */
	bool answered;       /* HTTP came back */
	int status;          /* of the first read */
	const char *problem; /* catalogue id of why it did not do, or NULL */
	int64_t ms, bytes;
	bool etag, strong;
	bool asked_again, conditional; /* it answered 304 */
	bool has_date;
	int64_t skew;   /* of its clock, in seconds; ahead of ours if above 0 */
	size_t waiting; /* messages */
	int64_t waiting_bytes;
};

struct probes {
	struct probe *v; /* as the office's portals */
	size_t n, cap;
};

/* Uses office, transport, portal and terminal of `run`; `machine` tells the
 * machine's own time.  store may be NULL. */
const struct error *outbox_probe(struct arena *arena, struct store *store,
    const struct outbox_run *run, struct instant (*machine)(void),
    struct probes *probes);

#endif
