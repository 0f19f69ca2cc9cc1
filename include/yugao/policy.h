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
#include <yugao/schedule.h>

/* In order of weight: the worst one wins. */
enum outcome {
	OUTCOME_NA,
	OUTCOME_PASS,
	OUTCOME_WARN,
	OUTCOME_REPORT,
	OUTCOME_BLOCK
};

enum policy_moment {
	MOMENT_PLAN,     /* P: when the plan is read */
	MOMENT_ANNOUNCE, /* S: before an announcement */
	MOMENT_RELEASE,  /* X: at or after the release */
	MOMENT_PERIODIC  /* M */
};

/* "not-applicable", "pass", "warn", "report", "block" */
const char *outcome_name(enum outcome outcome);

struct verdict {
	const struct policy_rule *rule;
	const struct parameter
	    *parameter; /* threshold, basis, cites; or NULL */
	enum outcome outcome;
	/* Catalogue id of the sentence that says why and what to do; {0} in it
	 * is the measured value, {1} the parameter's value. */
	const char *reason;
	int64_t measured;
	const char *measured_text; /* when it is not a number; or NULL */
	bool prediction;  /* portals have not confirmed the notice yet */
	bool informative; /* the department is outside the jurisdiction, or
			     enforce_from lowered a block to a warning */
};

struct verdicts {
	struct verdict *v;
	size_t n, cap;
	enum outcome worst;
};

/* Everything a rule may look at. */
struct policy_case {
	const struct office *office;
	const struct department *department;
	const struct slot *slot; /* NULL for rules about a plan */
	const struct plan *plan;
	const struct entry *said;  /* latest entry of this release, or NULL */
	bool plan_said;            /* A4: has anything of this plan been said */
	struct instant plan_since; /* when the plan's first entry was made */
	struct instant now;
};

struct policy_rule {
	const char *id; /* "A2" */
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
 * Appends the verdict of every judged rule of that moment; worst is over all
 * verdicts so far.  A closed series that is simply kept out passes D2 and E3
 * and is n/a elsewhere; a missing class is kept out with a warning; a series
 * declared public although its scheme forbids it is blocked by E3.  What is
 * shown of a closed series may be its place and the rule, not id or title.
 */
void policy_judge(struct arena *arena, const struct policy_case *c,
    enum policy_moment moment, struct verdicts *verdicts);

#endif
