/*
 * Acts: decisions about releases, each with reason, role, time and document
 * number.  acts/<department>-<year>.json, append-only, in order of time; in a
 * spreadsheet they are columns.  The plan says what is wanted; an act says why
 * it differs from what was said.
 */
#ifndef YUGAO_ACT_H
#define YUGAO_ACT_H

#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/digest.h>
#include <yugao/file.h>
#include <yugao/message.h>

enum act_kind {
	ACT_REVIEW,      /* item by item before it is said (BM-42): D1 */
	ACT_SIGN,        /* signed for announcing: H5 */
	ACT_CONSULT,     /* with others, before it is said: G6, G7, G8 */
	ACT_CONFIRM,     /* tentative no longer: A6 */
	ACT_MOVE,        /* another time */
	ACT_POSTPONE,    /* another time, not yet known: B4 */
	ACT_CANCEL,      /* it will not be released */
	ACT_REINSTATE,   /* postponed, cancelled or withheld no longer */
	ACT_WITHHOLD,    /* not for the public, with its ground: D4 */
	ACT_REISSUE,     /* other words on purpose: B9 */
	ACT_RELEASED,    /* it is out */
	ACT_COPY,        /* copied to the statistics institution: G2 */
	ACT_ACKNOWLEDGE, /* which has it: G3 */
	ACT_ACCESS       /* somebody saw it before it was out: C6 */
};

/* What a consultation was about. */
enum matter { MATTER_OVERLAP, MATTER_JOINT, MATTER_CENSUS };

struct act {
	enum act_kind kind;
	/* Keys; an asterisk for the period: every release of that series. */
	const char *const *releases;
	size_t n_releases;
	/* ACT_REVIEW, beside releases: of the words that were looked at
	 * (announcement_words, ledger.h); also of "department/series", its
	 * profile.  Else NULL. */
	const struct digest *digests;
	bool passed;      /* ACT_REVIEW */
	struct moment to; /* ACT_MOVE, and ACT_REINSTATE if has_to; minute
			     NO_TIME keeps the rule's */
	bool has_to;
	struct day due; /* ACT_POSTPONE: when the new date is said at last */
	bool has_due;
	struct text reason;      /* of a change; both NULL: not given */
	const char *reason_code; /* policy change.reason_codes, or NULL */
	bool override;           /* the responsible leader insists: B6 */
	enum matter matter;      /* ACT_CONSULT */
	/* The other side's name; ACT_COPY, ACT_ACKNOWLEDGE: NULL is the
	 * department's own institution. */
	const char *with;
	bool of_plan; /* ACT_COPY, ACT_ACKNOWLEDGE: of its year's plan and all
			 changes so far, in place of releases */
	struct instant done;  /* ACT_COPY: sent; ACT_ACKNOWLEDGE: received */
	struct digest copied; /* ACT_COPY: of the file, if has_copied: G4 */
	bool has_copied;
	const char *ground;    /* ACT_WITHHOLD: confidentiality's codes */
	struct day review_due; /* ACT_WITHHOLD, if has_review_due */
	bool has_review_due;
	const char *url;         /* ACT_RELEASED: the result, or NULL */
	struct instant released; /* ACT_RELEASED: when it was out */
	const char *who;         /* a name, never made public; or NULL */
	const char *role;     /* stat_head, responsible_leader, reviewer, … */
	const char *document; /* 文号, or NULL */
	struct instant at;
	const char *department; /* of its file, and its year */
	int year;
	bool seen; /* ACT_RELEASED: by watching, in no file */
	struct place place;
	struct digest digest; /* of all that is written of it, canonical */
};

struct act_reference {
	const char *release; /* as the act writes it */
	const struct act *act;
	const struct digest *reviewed; /* ACT_REVIEW, else NULL */
};

struct acts {
	struct act *v; /* in order of time */
	size_t n, cap;
	struct act_reference *index; /* by release, then by time */
	size_t n_index;
};

struct act_list {
	struct act_reference *v; /* in order of time */
	size_t n, cap;
};

/*
 * Every file of the folder; a folder that is not there holds no acts.  Of a
 * file with a mistake none is taken, and its department stops.
 */
const struct error *acts_read(struct arena *arena, const char *directory,
    struct diags *diags, struct acts *acts);
/* Puts them in order and makes the index; after anything was added. */
void acts_index(struct arena *arena, struct acts *acts);
/* All acts that name this release, or its series as a whole. */
struct act_list
acts_of(struct arena *arena, const struct acts *acts, const char *release);
/* The last of them, or NULL. */
const struct act *acts_last(const struct acts *acts, const char *release);
const char *act_kind_name(enum act_kind kind); /* "move" */

#endif
