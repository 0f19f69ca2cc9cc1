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
	const char *release;      /* NULL for an edition */
	const struct slot *slot;  /* NULL: an edition, or cancelled by an act
				     after the plan dropped or closed it */
	const struct entry *said; /* what is said now, or NULL */
	const struct act *act;    /* why, or NULL */
	int year;                 /* the edition's */
	int sequence;
	bool late; /* 事后公告: never said, and its time has passed */
	struct verdicts verdicts; /* without pass and n/a */
};

struct changes {
	struct change *v; /* the edition first, then sorted by release */
	size_t n, cap;
	size_t blocked; /* slots that the policy keeps as they were said */
	size_t same;    /* said and unchanged */
};

struct announce_input {
	const struct office *office;
	const struct plans *plans; /* plans_check() has seen them */
	const struct slots *slots; /* sorted, each release once (slots_check);
				      closed series included */
	const struct acts *acts;
	const struct view *view;
	struct instant now;
};

/*
 * Merges wanted and said.  Closed series are skipped; a slot that the policy
 * blocks keeps what was said; a release whose said and wanted times have
 * both passed is left alone; what was said as confirmed stays so; what was
 * cancelled stays cancelled.  A said release in the future that no slot and
 * no act accounts for is a diagnostic of its department that names the act
 * to write.  Departments that diags_stop() stops, before or by what is found
 * here, have no changes at all.
 */
const struct error *
announce_diff(struct arena *arena, const struct announce_input *input,
    struct diags *diags, struct changes *changes);

/*
 * What the change says, in full, and the digest of its wanted part; not for
 * an edition, which says nothing of its own.  said_json is the release's latest
 * announcement, or NULL if never said; it gives the previous time, and
 * everything else where the slot is NULL.
 */
const struct error *
announce_compose(struct arena *arena, const struct office *office,
    const struct change *change, const char *said_json,
    struct announcement *announcement, struct digest *digest);

#endif
