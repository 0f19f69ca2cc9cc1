/*
 * Releases that come near while a required portal has not confirmed what was
 * said of them.  A required portal must have shown an announcement before
 * its release; what has not been shown by then is told, not hidden.
 */
#ifndef YUGAO_DEADLINE_H
#define YUGAO_DEADLINE_H

#include <stdint.h>

#include <yugao/day.h>
#include <yugao/office.h>

struct arena;
struct error;
struct store;

/* Hours before a release at which the office is alerted; then its end. */
enum deadline_mark { MARK_PAST = 0, MARK_LAST = 2, MARK_FIRST = 24 };

struct deadline {
	const char *portal, *release;
	int64_t entry; /* that the portal has not shown */
	/* The release, or the time that it had before if that is sooner. */
	struct instant due;
	enum deadline_mark mark; /* the last one that has come */
};

struct deadlines {
	struct deadline *v; /* by portal, then soonest first */
	size_t n, cap;
};

/*
 * All within MARK_FIRST hours, and those that passed as long ago.  An entry
 * that was said at or after its own release does not count.
 */
const struct error *deadlines_read(struct arena *arena, struct store *store,
    const struct office *office, struct instant now,
    struct deadlines *deadlines);

/*
 * Inside a transaction: those whose mark nobody was alerted of before are
 * recorded (record.h) and counted in *fresh.
 */
const struct error *deadlines_alert(struct arena *arena, struct store *store,
    const struct deadlines *deadlines, struct instant now, size_t *fresh);

#endif
