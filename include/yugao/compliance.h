/*
 * What the statistics bureau counts of its departments (I4, I5): facts in,
 * counts out.  Facts come from the database alone, as it stood at an instant;
 * counting is pure.  What each number means is said in yugao-report(7), and
 * nothing here knows how it is shown.
 */
#ifndef YUGAO_COMPLIANCE_H
#define YUGAO_COMPLIANCE_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/ledger.h>
#include <yugao/standing.h>

struct office;
struct slots;
struct zone;

/* A quarter, or a year where quarter is 0. */
struct reporting {
	int year, quarter;
};

/* "2026", "2026-Q1" */
bool reporting_parse(const char *string, struct reporting *period);
const char *reporting_format(char out[DAY_SIZE], struct reporting period);
struct reporting reporting_before(struct reporting period);
struct day reporting_first(struct reporting period);
struct day reporting_last(struct reporting period);
bool reporting_holds(struct reporting period, struct day day);

/* One thing said of a release, in order of time. */
struct telling {
	enum entry_kind kind;
	struct instant at;     /* when it was entered */
	struct instant notice; /* N: all required portals showed it */
	struct moment when;
	struct instant start;
	enum said_status status;
	bool reasoned;     /* the change has a reason */
	bool short_notice; /* B2 was not passed when it was said */
};

/* The copy of a release to the statistics institution (C07). */
struct copying {
	bool copied, acknowledged;
	struct instant at, acknowledged_at; /* the first of each */
};

struct release_facts {
	const char *release, *department;
	struct telling *v;
	size_t n, cap;
	bool released;
	struct instant out; /* when it was released, if so */
	bool unwitnessed;   /* by an act alone; nothing was seen of it */
	struct copying copy;
};

struct compliance_facts {
	struct instant as_of;
	struct standing office;     /* department NULL: never recorded */
	struct standings standings; /* the departments, by id */
	struct release_facts *v;    /* by release, bytewise */
	size_t n, cap;
};

/* Of the changes of a time that was said. */
enum counted_change {
	COUNTED_EARLIER,
	COUNTED_LATER,
	COUNTED_TIME,
	COUNTED_POSTPONED,
	COUNTED_CANCELLED,
	COUNTED_REINSTATED,
	COUNTED_CHANGES
};

/* Every n is a part of what its comment names. */
struct compliance {
	const char *department; /* NULL: all within the jurisdiction */
	bool outside;           /* counted for information, in no total */
	size_t items;           /* T_eff in the period, or called off in it */
	size_t called_off;      /* of items: cancelled or postponed in time */
	size_t coming;          /* of items: T_eff is still ahead */
	size_t open;            /* of items: past, not out, missed not yet */
	/* items - called_off - coming - open = judged, and these make it: */
	size_t judged, on_time, late, missed, early;
	size_t unrecorded;  /* of missed: nothing says that it came out */
	size_t unwitnessed; /* of judged: an act alone says when */

	size_t first;        /* first announced, with T0 in the period */
	size_t first_enough; /* of first: min_lead, or with the yearly plan */
	size_t first_short;  /* of first: before T0, but later than that */
	size_t first_after;  /* of first: not before T0 (A1) */

	size_t changes; /* of a time, told in the period */
	size_t by_kind[COUNTED_CHANGES];
	size_t notice_enough;    /* of changes: B2 passed */
	size_t notice_short;     /* of changes: before both times, B2 not */
	size_t notice_after;     /* of changes: not before both (B1) */
	size_t unreasoned;       /* of changes */
	size_t reissued;         /* other words, told in the period */
	int64_t notice_days_sum; /* calendar days of those in time */
	int64_t notice_days_least;

	size_t withheld, grounded; /* releases kept out; of them, grounded */

	size_t copies_due; /* released in the period */
	size_t copied, copied_in_time, copy_breach, acknowledged;
};

struct compliance_table {
	struct reporting period;
	struct compliance total;
	struct compliance *v; /* by department */
	size_t n, cap;
};

/* What was on record at that instant; an older database lacks standings. */
const struct error *compliance_facts(struct arena *arena, struct store *store,
    struct instant as_of, struct compliance_facts *facts);
/* Of every department that has a standing or an item; or of that one. */
struct compliance_table
compliance_count(struct arena *arena, const struct compliance_facts *facts,
    const struct zone *zone, struct reporting period, const char *department);
/* The office's thresholds where it recorded them, else the default. */
int64_t compliance_threshold(
    const struct compliance_facts *facts, const char *key, int64_t other);

/* How everybody stands now; for standing_record(). */
void compliance_standings(struct arena *arena, const struct office *office,
    const struct slots *slots, struct standings *standings);

#endif
