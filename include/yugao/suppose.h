/*
 * What if: what another world would do to what was announced, and the acts
 * that are still to be written in this one.  Nothing is said.
 */
#ifndef YUGAO_SUPPOSE_H
#define YUGAO_SUPPOSE_H

#include <yugao/announce.h>

/* What is supposed, for the acts that it would need. */
struct supposition {
	struct text reason;
	const char *reason_code; /* or NULL */
	const char *document;    /* the notice's number, or NULL */
};

/* What a supposition does to one release. */
enum supposed_kind {
	SUPPOSED_MOVED_EARLIER,
	SUPPOSED_MOVED_LATER,
	SUPPOSED_TIME_CHANGED, /* the day stays, or becomes vaguer or clearer */
	SUPPOSED_CONFIRMED,    /* tentative or held no longer; the time stays */
	SUPPOSED_TENTATIVE,    /* the time stays, but may move now */
	SUPPOSED_JUDGED,       /* the time stays, the verdicts do not */
	SUPPOSED_ADDED,
	SUPPOSED_DROPPED
};
struct supposed {
	enum supposed_kind kind;
	const char *release;
	const struct slot *before, *after; /* NULL: added, dropped */
	const struct entry *said;          /* NULL if not announced */
	struct verdicts verdicts;          /* of after, without pass and n/a */
};

/* An act to write, as JSON, and the file that it belongs in. */
struct act_draft {
	const char *file, *json;
	const char *department;
	int year;
};

struct act_drafts {
	struct act_draft *v; /* by file */
	size_t n, cap;
};

struct supposed_changes {
	struct supposed *v; /* sorted by release */
	size_t n, cap;
	size_t same;        /* releases still to come that it leaves alone */
	enum outcome worst; /* of what it changes */
	struct act_drafts drafts; /* one for all that moves to the same time
				     in one file */
};

/*
 * What if `after` were the slots instead of input->slots?  Releases that have
 * passed, closed series, and departments that diags_stop() stops are left
 * out.  Nothing is said or kept.
 */
void announce_suppose(struct arena *arena, const struct announce_input *input,
    const struct slots *after, const struct supposition *supposition,
    const struct diags *diags, struct supposed_changes *changes);

/*
 * Every act that must be written now so that nothing of the department (NULL:
 * of all) is blocked: reviews with the digests of the words, moves, reissues,
 * consultations, cancellations of what has vanished, and the confirmations
 * that are due.  Reason, names and documents are left to fill in ("…").
 * Departments that diags_stop() stops before the diff are left out.
 */
void announce_draft_acts(struct arena *arena,
    const struct announce_input *input, const struct diags *diags,
    const char *department, struct act_drafts *drafts);

#endif
