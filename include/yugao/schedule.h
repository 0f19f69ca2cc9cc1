/*
 * Turns a plan's rules into slots, each with the why of its date.
 */
#ifndef YUGAO_SCHEDULE_H
#define YUGAO_SCHEDULE_H

#include <yugao/act.h>
#include <yugao/calendar.h>
#include <yugao/office.h>
#include <yugao/plan.h>

enum why_source {
	WHY_RULE,     /* a rule found the day */
	WHY_EXPLICIT, /* the plan states the date */
	WHY_ACT       /* an act moved it */
};

/* How a date came about; explain tells it as a sentence. */
struct why {
	enum why_source source;
	const struct timing *timing; /* NULL without a rule */
	bool has_nominal;
	struct day nominal; /* what the rule says, before the roll */
	struct day rolled;  /* after it; the slot's day unless overridden */
	enum roll roll;
	/* The base release's key, for TIMING_AFTER_SERIES; NULL if the base
	 * is not open.  An overridden base still counts as a rule of this
	 * slot. */
	const char *base;
	/* The least certain day that the date rests on: those that the rule
	 * counted and the roll stepped over, and its base's.  DAY_PUBLISHED
	 * if it rests on none. */
	enum day_state state;
	const struct occurrence *occurrence; /* or NULL */
	/* Its last own that changed it (life.change), else `move`; or NULL. */
	const struct act *act;
	/* Its last move, else that of the open base that it follows: what
	 * follows it asks. */
	const struct act *move;
};

/* Where the acts have brought a release. */
enum life_state {
	LIFE_DUE,
	LIFE_POSTPONED, /* without a new day */
	LIFE_CANCELLED,
	LIFE_WITHHELD,
	LIFE_RELEASED
};

/*
 * What the acts make of a release, in order of time.  A step that is not
 * allowed from where it stood is a diagnostic at the act, and does not count;
 * of an act on all of a series, what is not allowed is passed over.
 */
struct life {
	enum life_state state;
	struct act_list acts; /* those that count */
	/* The last that changed time, state or words; its reason is said. */
	const struct act *change;
	/* The last of each kind that still counts, or NULL.  `move` may also be
	 * a reinstate with a time of its own; what ends a state takes back the
	 * act that brought it, and the confirmation before it. */
	const struct act *move, *postpone, *cancel, *reinstate, *withhold;
	const struct act *confirm, *sign, *reissue, *released;
	const struct act *copy, *acknowledge; /* of it, not of its plan */
	const struct act_reference *review;
	int moves; /* times given and taken: moves and postponements */
};

struct slot {
	const char *release; /* department/series/period[/estimate] */
	const struct plan *plan;
	const struct series *series;
	const struct rule *rule;
	const char *period;
	struct moment when;
	struct instant start; /* of `when` in the plan's zone */
	enum local_kind local_kind;
	enum status status;
	const struct life *life; /* NULL: no act names it */
	bool cancelled;          /* by an act, and withheld counts as that */
	bool held;        /* until its notice is out, or it was reviewed */
	struct text note; /* of the occurrence, else of the series */
	struct why why;
};

struct slots {
	struct slot *v; /* sorted by release, bytewise */
	size_t n, cap;
};

/*
 * Appends all slots of a plan for its year, sorted among themselves, closed
 * series included (policy keeps them out).  A rule that cannot be met (a base
 * without that period, a month without an n-th such day, an empty year, a
 * time that the zone skips) is a diagnostic of the department at its place;
 * none holds the id or title of a series.  PRECISION_NONE yields no slot.
 * acts may be NULL.  What follows a series that is not open in this office has
 * its date and nothing else of it; office may be NULL.
 */
const struct error *schedule_expand(struct arena *arena,
    const struct office *office, const struct plan *plan,
    const struct acts *acts, struct diags *diags, struct slots *slots);
/*
 * Of any release, also of one that no plan has any more; NULL if no act names
 * it.  diags may be NULL; they name the release by its place in the act.
 */
const struct life *life_of(struct arena *arena, const struct acts *acts,
    const char *release, struct diags *diags);
void slots_sort(struct slots *slots);
/* By an act; of what was never said, nothing is told then. */
bool slot_is_withheld(const struct slot *slot);
/* A release that two plans of a department yield is a diagnostic; sorted. */
void slots_check(
    struct arena *arena, const struct slots *slots, struct diags *diags);

/*
 * The day that a rule finds for one period, after the roll and whatever the
 * plan states for it.  False if it finds none, also for a form that follows
 * another series: that one is found with its plan as a whole.
 */
bool schedule_day(const struct plan *plan, const struct series *series,
    const struct rule *rule, const struct period *period, struct day *day);

#endif
