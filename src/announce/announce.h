/*
 * What the two halves of the module share: a change is found by composing
 * what is wanted, and said by composing it again.
 */
#ifndef YUGAO_ANNOUNCE_ANNOUNCE_H
#define YUGAO_ANNOUNCE_ANNOUNCE_H

#include <yugao/announce.h>
#include <yugao/buf.h>
#include <yugao/suppose.h>

/* compose.c: what the plan and the acts want said about a release that is
 * not cancelled; without its history. */
void announce_wanted(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement);
/* The same as a cancellation, for those who judge it: what is really said
 * then is what was said before. */
void announce_wanted_cancelled(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement);
/* What was said as confirmed stays so. */
enum said_status
wanted_status(const struct slot *slot, const struct entry *said);
enum life_state life_state_of(const struct slot *slot);

/* kind.c: the same time, in the same precision and on the same instant. */
enum entry_kind
kind_of_move(const struct moment *from, const struct moment *to);
bool time_is_said(const struct slot *slot, const struct entry *said);
/* How the wanted differs from the said, which may be NULL; the wanted is not
 * cancelled. */
enum entry_kind change_kind(const struct slot *slot, const struct entry *said);

/* release.c: what is to be said about one release after another. */
struct weighing {
	struct arena *arena; /* of what is wanted; the caller empties it */
	const struct announce_input *input;
	struct instant now;
	struct day today;        /* in the zone of this plan: */
	const struct plan *plan; /* or NULL: the office's */
	struct buf *buf;
	struct hasher *hasher;      /* or NULL */
	struct announcement wanted; /* of the last release, if has_wanted */
	bool has_wanted;
};

enum finding {
	FOUND_NOTHING,  /* nothing was said, and nothing is to be */
	FOUND_SAME,     /* it is said already */
	FOUND_CHANGE,   /* *change is to be said, if the policy lets it */
	FOUND_HELD,     /* it waits */
	FOUND_LOST,     /* it waits for a notice that there was */
	FOUND_CLOSED,   /* it is not for the public */
	FOUND_PASSED,   /* both times have passed */
	FOUND_TOO_LATE, /* cancelled when its time had passed */
	FOUND_REVIVED /* cancelled as far as was said, and no act reinstates */
};

void weighing_begin(struct weighing *weighing, struct arena *arena,
    const struct announce_input *input, struct instant now);
void weighing_look_at(struct weighing *weighing, const struct plan *plan);
bool has_passed(const struct weighing *weighing, const struct moment *when,
    struct instant start);
/* What is postponed has no time that could pass. */
bool said_has_passed(const struct weighing *weighing, const struct entry *said);
/* Sets all of *change but the verdicts. */
enum finding weigh(struct weighing *weighing, const struct slot *slot,
    const struct entry *said, struct change *change);
/* The same of a release that no slot accounts for and whose acts make this
 * life, or NULL; false if they do not account for it either. */
bool weigh_missing(struct weighing *weighing, const struct entry *said,
    const struct life *life, struct change *change, enum finding *finding);
/* For the policy; of the change that was found last if is_change. */
struct policy_case weighed_case(struct weighing *weighing,
    const struct slot *slot, const struct change *change, bool is_change);
/* Judges a change of a slot; true if it may be said. */
bool weighing_allows(struct weighing *weighing, const struct change *change,
    struct verdicts *judged);
/* What a person must be told: neither pass nor n/a. */
void keep_verdicts(
    struct arena *arena, const struct verdicts *judged, struct verdicts *kept);

/* profile.c: the profiles of a department whose series have these entries and
 * these changes. */
struct profiling {
	const char *department;
	const struct entry *entries;
	size_t n_entries;
	const struct change *changes;
	size_t n_changes;
};
/* Calls back for every profile that differs from what was said. */
void profiles_each(struct weighing *weighing, const struct profiling *profiling,
    void (*each)(void *context, const struct change *change), void *context);
bool profile_allowed(struct weighing *weighing, const struct change *change,
    struct verdicts *judged, struct digest *words);

/* acts.c: complains of the acts of diags->department that hit nothing or are
 * dated in the future. */
void acts_check(struct arena *arena, const struct announce_input *input,
    struct instant now, struct diags *diags);
/* The release as a diagnostic may name it: its key, or where it stands in
 * the act if the series is not known to be open. */
const char *act_names(struct arena *arena, const struct announce_input *input,
    const struct act *act, const char *release);

/* missing.c: said releases that no slot and no act accounts for. */
struct missing {
	const struct entry **v; /* of one department, sorted by release */
	size_t n, cap;
};
/* The department's plan of that year, else another of its plans, or NULL. */
const struct plan *
plan_for(const struct announce_input *input, const char *release, int year);
void missing_report(struct arena *arena, const struct announce_input *input,
    struct diags *diags, const struct missing *missing);

/* drafts.c: an act that must be written about one release. */
struct need {
	const char *department;
	int year; /* of its file */
	enum act_kind kind;
	const char *release;
	struct moment to;    /* ACT_MOVE */
	struct digest words; /* ACT_REVIEW */
	enum matter matter;  /* ACT_CONSULT */
};

struct needs {
	struct need *v;
	size_t n, cap;
};

/* One draft for all that one act can say. */
void needs_draft(struct arena *arena, const struct announce_input *input,
    struct needs *needs, const struct supposition *supposition,
    struct act_drafts *drafts);

#endif
