/*
 * What the policy says of a release, a series, a plan or a department, and
 * why.
 */
#ifndef YUGAO_VERDICT_H
#define YUGAO_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct parameter;
struct policy_rule;

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
	bool unconfirmed; /* a prediction: they took it, nobody read it back */
	bool reference;   /* basis N does not bind a district's department */
	bool informative; /* the department is outside the jurisdiction, or
			     enforce_from lowered a block to a warning */
};

struct verdicts {
	struct verdict *v;
	size_t n, cap;
	enum outcome worst;
};

#endif
