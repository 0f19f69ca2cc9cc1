/*
 * Judges each slot against 渝府办发〔2020〕91号 and the texts behind it,
 * given what was said already.  One row a rule; lateness is warned and still
 * announced; only what the matrix blocks is blocked.  Every verdict carries
 * measured value, threshold, basis letter and citation.
 */
#ifndef YUGAO_POLICY_H
#define YUGAO_POLICY_H

#include <yugao/ledger.h>
#include <yugao/office.h>
#include <yugao/outcomes.h>
#include <yugao/schedule.h>
#include <yugao/verdict.h>

/* What a rule is about. */
enum policy_scope {
	SCOPE_RELEASE,
	SCOPE_SERIES,
	SCOPE_PLAN,
	SCOPE_DEPARTMENT,
	SCOPE_OFFICE
};

/* N of a time that was said: when the last required portal showed it. */
struct notice_said {
	bool known;       /* every required portal has shown it */
	bool unconfirmed; /* at least one of them was not read back */
	struct instant at;
};

/* What became of the published file. */
struct refetch {
	bool known;
	struct digest released, now;
	bool revised; /* a revision is on record */
};

/* Everything a rule may look at; what is not known is zero. */
struct policy_case {
	enum policy_scope scope;
	const struct office *office;
	const struct department *department;
	const struct plan *plan;
	const struct plans *plans;   /* all: A3, A7 look for later items */
	const struct series *series; /* SCOPE_SERIES, SCOPE_RELEASE */
	const struct slot *slot;     /* SCOPE_RELEASE */
	const struct slots *slots;   /* all: A3, A7, A8 */
	const struct acts *acts;
	const struct view *view;
	const struct entry *said; /* latest entry of this release, or NULL */
	/* SCOPE_RELEASE, before it is said: */
	const struct announcement *wanted; /* or NULL: nothing is to be said */
	struct digest words, core;         /* of wanted */
	bool is_change;                    /* it differs from what is said */
	enum entry_kind change;            /* how, if is_change */
	bool plan_said;            /* A4: has anything of this plan been said */
	struct instant plan_since; /* when the plan's first entry was made */
	int64_t plan_since_entry;  /* and which it was */
	struct refetch refetch;    /* I3; else out of outcomes */
	const struct outcomes *outcomes; /* or NULL */
	struct said_times times; /* of its release; n = 0: as it is said now */
	bool chain_checked, chain_whole; /* I1, I2 */
	const char *const *formats; /* F7: the content types that are made */
	size_t n_formats;           /* 0: not known */
	struct instant now;
};

struct policy_rule {
	const char *id; /* "A2" */
	enum policy_scope scope;
	enum policy_moment moment;
	const char *clause; /* of the notice, or the source: "C01", "GD-19" */
	const char *parameter; /* "lead.min_lead", or NULL */
	/* Fills outcome, reason and measure; rule and parameter are set.
	 * NULL: the row stands in the matrix but is not judged yet. */
	void (*judge)(struct arena *arena, const struct policy_case *c,
	    struct verdict *verdict);
};

/* All 64 rows in the order of judgement: gates before measures. */
const struct policy_rule *policy_rules(size_t *n);

/* The case of one slot: its department, its plan, and what was said of it. */
struct policy_case policy_case_of(const struct office *office,
    const struct slot *slot, const struct view *view, struct instant now);

/* The case of a plan: what was said of its department's year, and since
 * when.  It looks through the whole view. */
struct policy_case policy_case_of_plan(const struct office *office,
    const struct plan *plan, const struct view *view, struct instant now);

/*
 * N of what an entry first said (rules.md 3): the last of the required
 * portals that get this department's (NULL: any) and were there when it was
 * said.  Not known where there is no such portal.
 */
struct notice_said policy_notice(const struct office *office,
    const struct view *view, const char *department, int64_t since_entry);

/* Whether the department lies within the policy's region and levels. */
bool policy_has_jurisdiction(
    const struct parameters *policy, const struct department *department);

/*
 * T_eff: the last T0 whose notice came before both the time before it and
 * itself.  What is announced too late never moves it.
 */
struct instant policy_effective(const struct said_time *v, size_t n);
/*
 * Appends the verdict of every judged rule of that moment and of the case's
 * scope; worst is over all
 * verdicts so far.  Of a profile, whose slot has no time and whose wanted note
 * is all its text, the rules about words alone are asked: D1 and C5.  A closed
 * series that is simply kept out passes D2 and E3 and is n/a elsewhere; a
 * missing class is kept out with a warning; a series declared public although
 * its scheme forbids it is blocked by E3.  What is shown of a closed series may
 * be its place and the rule, not id or title.
 */
void policy_judge(struct arena *arena, const struct policy_case *c,
    enum policy_moment moment, struct verdicts *verdicts);

#endif
