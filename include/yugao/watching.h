/*
 * Sees by itself that a result is out: looks where plans and acts say that it
 * appears, politely and only around its time, and afterwards whether its file
 * stays as it was.  What is seen is recorded (watch.h); the diff takes it like
 * an act.
 */
#ifndef YUGAO_WATCHING_H
#define YUGAO_WATCHING_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/ledger.h>
#include <yugao/office.h>
#include <yugao/outcomes.h>
#include <yugao/schedule.h>

struct fetch_limits;
struct glance;

/* Where one result is looked for. */
struct target {
	const struct slot *slot;
	const struct entry *said;
	const char *url;
	const char *title; /* that the page must hold; NULL: an exact address */
	int every;         /* seconds between two looks */
	bool out;          /* known to be out: only its file is looked at */
};

/* What one look has found. */
struct sighting {
	const struct target *target;
	struct sight sight; /* if seen */
	bool seen;
	const char *problem; /* catalogue id, or NULL */
};

struct watching {
	const struct office *office;
	const struct slots *slots;
	const struct view *view;
	const struct outcomes *outcomes;
	struct instant now;
	/* Asks; tests bring their own.  NULL: fetch_glance(). */
	void (*glance)(struct arena *arena, const char *url,
	    const struct fetch_limits *limits, struct glance *glance);
	/* Results. */
	size_t looked, failed, later; /* later: beyond what one run looks at */
	struct {
		struct sighting *v; /* what was seen, and what failed */
		size_t n, cap;
	} found;
};

/*
 * Looks at all that is due, one after the other, each with its own transaction.
 * A result that was announced is looked for from a day before its time, every
 * hour, then every `every` minutes from an hour before until a day after, then
 * every hour for a week; a page's title from an hour before only.  The file of
 * one that is out is looked at once a day for as long as the policy says.
 */
const struct error *
watch_due(struct arena *arena, struct store *store, struct watching *watching);
/* Where a slot's result is looked for; false if nowhere. */
bool watch_target(struct arena *arena, const struct slot *slot,
    const struct entry *said, struct target *target);

#endif
