/*
 * What became of releases, as the rules of C, G and I judge it and reports
 * count it: seen, out, copied.
 */
#ifndef YUGAO_OUTCOMES_H
#define YUGAO_OUTCOMES_H

#include <yugao/copy.h>
#include <yugao/ledger.h>
#include <yugao/office.h>
#include <yugao/schedule.h>
#include <yugao/watch.h>

struct policy_case;
struct store;

/* What became of releases; a NULL member: that was not read. */
struct outcomes {
	const struct sightings *sightings;
	const struct watches *watches;
	const struct copies *copies;
	const struct sheets_made *sheets;
};

/* One step of a release's history, in order. */
struct said_time {
	struct instant start;  /* T0 that was said */
	struct instant notice; /* N of it, else when it was entered */
};
struct said_times {
	struct said_time *v;
	size_t n, cap;
	int64_t released; /* the entry that said it is out; 0: none */
};

/* The history of one release up to an instant, or all of it: NULL. */
const struct error *policy_times(struct arena *arena,
    const struct office *office, const struct view *view, struct store *store,
    const char *release, const struct instant *as_of, struct said_times *times);
/* Whether the entry that a view has of it does not tell its history. */
bool policy_has_history(const struct entry *said);

/*
 * When the public had the result: as the act says, unless watching has seen
 * later that it was not there yet.  False if nobody knows that it is out.
 */
bool policy_first_public(const struct outcomes *outcomes,
    const struct slot *slot, struct instant *at);
/* Whether it would be known that it is out: somebody watches, or tells. */
bool policy_is_observed(const struct policy_case *c);
/* The last day for its copy: the policy's, or the scheme's if earlier. */
struct day
policy_copy_due(const struct policy_case *c, struct day released, int workdays);
/* Of a department's copies, which may go to this institution only: NULL if it
 * is right, else why it is refused. */
const char *policy_institution_refused(const struct department *department);

#endif
