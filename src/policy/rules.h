/*
 * The judged rules of the matrix, and what they share.
 */
#ifndef YUGAO_POLICY_RULES_H
#define YUGAO_POLICY_RULES_H

#include <yugao/policy.h>

#define JUDGE(function)                                                 \
	void function(struct arena *arena, const struct policy_case *c, \
	    struct verdict *verdict)

/* confidentiality.c */
void judge_class(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* scheme.c */
void judge_publication(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* advance_notice.c */
JUDGE(judge_prior_notice);
JUDGE(judge_lead);
JUDGE(judge_confirmation);

/* year.c, omission.c */
JUDGE(judge_horizon);
JUDGE(judge_annual_plan);
JUDGE(judge_plan_elements);
JUDGE(judge_next_release);
JUDGE(judge_omission);

/* change.c */
JUDGE(judge_change_before);
JUDGE(judge_change_notice);
JUDGE(judge_reason);
JUDGE(judge_new_date);
JUDGE(judge_approver);
JUDGE(judge_bring_forward);
JUDGE(judge_change_count);
JUDGE(judge_cancellation);
JUDGE(judge_silent_change);
JUDGE(judge_method_change);

/* organisation.c */
JUDGE(judge_leader);
JUDGE(judge_unit_and_head);
JUDGE(judge_lead_unit);
JUDGE(judge_contact);
JUDGE(judge_four_eyes);
JUDGE(judge_head_change);

/* release_moment.c */
void judge_workday(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* Sets the outcome and its reason. */
void
verdict_set(struct verdict *verdict, enum outcome outcome, const char *reason);
/* Fails as the parameter's on_fail says. */
void verdict_fail(struct verdict *verdict, const char *reason);
/*
 * Makes another parameter the verdict's threshold.  If the policy file does
 * not have it, the verdict becomes a warning that says so, and NULL comes
 * back: what cannot be measured never passes.
 */
const struct parameter *verdict_measure_by(struct verdict *verdict,
    const struct policy_case *c, const char *parameter);
/* What the case is about: the slot's series, or the case's own; or NULL. */
const struct series *case_series(const struct policy_case *c);

#endif
