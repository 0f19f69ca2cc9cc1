/*
 * One plan being expanded: what the files of this module share.
 */
#ifndef YUGAO_SCHEDULE_EXPANSION_H
#define YUGAO_SCHEDULE_EXPANSION_H

#include <yugao/buf.h>
#include <yugao/schedule.h>

/* A reference period with its text; one for all series that release it. */
struct reference {
	struct period period;
	const char *text;
};

struct references {
	struct reference *v; /* in order of time */
	size_t n, cap;
};

/* What the slots keep to themselves and a series that follows them asks. */
struct footing {
	struct day last;      /* of the reference period */
	enum day_state state; /* of the rule's day, also if it is overridden */
};

struct footings {
	struct footing *v; /* beside the slots from `first` on */
	size_t n, cap;
};

/* The slots of one series. */
struct span {
	enum { SPAN_NEW, SPAN_OPEN, SPAN_DONE } state;
	size_t first, n;
};

/* The zone is asked once for a clock time that many series share. */
#define CLOCKS 1024
struct clock {
	struct local local;
	bool known;
	enum local_kind kind;
	struct instant instant;
};

struct expansion {
	struct arena *arena;         /* of what the slots keep */
	struct arena *scratch;       /* of this expansion */
	const struct office *office; /* or NULL */
	const struct plan *plan;
	struct diags *diags;
	struct slots *slots;
	size_t first; /* of this plan's slots */
	struct footings footings;
	struct span *spans;      /* beside plan->series */
	const struct acts *acts; /* or NULL */
	struct references by_frequency[FREQUENCY_WEEKLY + 1];
	struct references combined;
	struct clock clocks[CLOCKS];
	struct buf key; /* of the release at hand */
};

/* The periods of a frequency in all years that a rule may reach. */
const struct references *
references_of(struct expansion *expansion, enum frequency frequency);
/*
 * The period that is released in the place of this one because the series
 * combines months; NULL if it is not released by itself.
 */
const struct reference *reference_combined(struct expansion *expansion,
    const struct series *series, const struct reference *reference);

/* What a rule says about one reference period. */
struct finding {
	const struct timing *timing; /* NULL: the anchor month has no release */
	bool of_year;                /* it belongs to the plan's year */
	bool has_day;
	struct day nominal, rolled;
	enum day_state state;
	const struct slot *base; /* valid until a slot is added */
	/* The base is announced as a month or window, or as no later than a
	 * day, and so is this one. */
	bool is_vague;
	struct moment vague;
	/* Why there is no date: a catalogue id that takes the period and
	 * `detail`; else NULL. */
	const char *problem;
	char detail[DAY_SIZE];
};

struct finding
timing_find(struct expansion *expansion, const struct series *series,
    const struct rule *rule, const struct reference *reference);
/* Last days of the periods that the rule may release in the plan's year. */
void
timing_reach(const struct expansion *expansion, const struct series *series,
    const struct rule *rule, struct day *from, struct day *to);

/* Adds the slots of plan->series[index]; the spans of its bases are done. */
void expand_series(struct expansion *expansion, size_t index);

/* Whether any act names a release of this series, or all of it. */
bool
life_touches(const struct expansion *expansion, const struct series *series);
/*
 * What these acts make of a release.  Diagnostics call it `name`; if that is
 * NULL, by its place in the act.
 */
const struct life *life_fold(struct arena *arena, const struct act_list *acts,
    const char *name, struct diags *diags);

/* The date of a release from all that has a say in it; false if none has. */
bool slot_date(const struct finding *finding, struct slot *slot);
/* Sorts the slots from `first` on. */
void slots_sort_from(struct slots *slots, size_t first);
void slots_check_from(struct arena *arena, const struct slots *slots,
    size_t first, struct diags *diags);

#endif
