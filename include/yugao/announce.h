/*
 * The difference between what is wanted and what was said.
 */
#ifndef YUGAO_ANNOUNCE_H
#define YUGAO_ANNOUNCE_H

#include <yugao/ledger.h>
#include <yugao/office.h>
#include <yugao/policy.h>
#include <yugao/schedule.h>

/* An entry not yet said. */
struct change {
	enum entry_kind kind;
	const char *release;      /* NULL for an edition; a profile's key */
	const struct slot *slot;  /* NULL: an edition, a profile, or an act on
				     what the plan has dropped or closed */
	const struct entry *said; /* what is said now, or NULL */
	const struct act *act;    /* why, or NULL */
	/* A profile's series and the plan that has it; NULL: a department's. */
	const struct plan *plan;
	const struct series *series;
	int year; /* the edition's */
	int sequence;
	bool late; /* 事后公告: never said, and its time has passed */
	struct verdicts verdicts; /* without pass and n/a */
};

struct changes {
	/* The edition first, then by department its releases, sorted, and the
	 * profiles that changed. */
	struct change *v;
	size_t n, cap;
	size_t blocked; /* slots that the policy keeps as they were said */
	size_t same;    /* said and unchanged */
	size_t held;    /* slots and profiles that wait: for a notice, a review
			   or a new date */
};

struct announce_input {
	const struct office *office;
	const struct plans *plans; /* plans_check() has seen them */
	const struct slots *slots; /* sorted, each release once (slots_check);
				      closed series included */
	const struct acts *acts;
	const struct view *view;
	const struct outcomes *outcomes; /* or NULL */
	struct instant now;
	bool attended; /* a person looks before it is said */
};

/*
 * Merges wanted and said.  Closed series are skipped; a slot that the policy
 * blocks or that is held keeps what was said; a release whose said and wanted
 * times have both passed is left alone until an act says that it is out; what
 * was said as confirmed stays so, unless it was postponed in between; what was
 * cancelled stays cancelled until it is reinstated, and what was released is
 * frozen but for a later reissue.  What is postponed before it was ever said,
 * or withheld, is not said.  A said release in the future that no
 * slot and no act accounts for is a diagnostic of its department that names the
 * act to write; so is an act that hits nothing or is dated in the future.
 *
 * Every open series that has or gets an entry has a profile, and so has its
 * department; one that no review covers waits and holds back no release.  An
 * edition that leaves out years is a mistake of all, for the clock may be
 * wrong, but for a person who looks.  Departments that diags_stop() stops,
 * before or by what is found here, have no changes at all.
 */
const struct error *
announce_diff(struct arena *arena, const struct announce_input *input,
    struct diags *diags, struct changes *changes);

/*
 * The case of a slot as the diff sees it, whether or not something is to be
 * said; *wanted is the caller's, and what it holds is in the arena or belongs
 * to the plan.
 */
void announce_case(struct arena *arena, const struct announce_input *input,
    const struct slot *slot, struct announcement *wanted,
    struct policy_case *c);
/* Every verdict on it at the moment of announcing.  Leaves garbage in the
 * arena: a loop brings one that it resets. */
void announce_judge(struct arena *arena, const struct announce_input *input,
    const struct slot *slot, struct verdicts *verdicts);
/* Of the words that a review of the slot looks at (D1). */
struct digest announce_words(struct arena *arena,
    const struct announce_input *input, const struct slot *slot);

/* What an ENTRY_PROFILE says, and its digest. */
void announce_profile(struct arena *arena, const struct office *office,
    const struct change *change, struct profile *profile,
    struct digest *digest);

/*
 * What the change says, in full, and the digest of its wanted part; not for
 * an edition, which says nothing of its own, nor for a profile.  said_json is
 * the release's latest announcement, or NULL if never said; it gives the
 * previous time, and everything else where the slot is NULL.
 */
const struct error *
announce_compose(struct arena *arena, const struct office *office,
    const struct change *change, const char *said_json,
    struct announcement *announcement, struct digest *digest);

#endif
