/*
 * The judged rules of the matrix, and what they share.
 */
#ifndef YUGAO_POLICY_RULES_H
#define YUGAO_POLICY_RULES_H

#include <yugao/policy.h>

/* confidentiality.c */
void judge_class(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* scheme.c */
void judge_publication(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* advance_notice.c */
void judge_prior_notice(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);
void judge_lead(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);
void judge_annual_plan(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* release_moment.c */
void judge_workday(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict);

/* Sets the outcome and its reason. */
void
verdict_set(struct verdict *verdict, enum outcome outcome, const char *reason);
/*
 * Makes another parameter the verdict's threshold.  If the policy file does
 * not have it, the verdict becomes a warning that says so, and NULL comes
 * back: what cannot be measured never passes.
 */
const struct parameter *verdict_measure_by(struct verdict *verdict,
    const struct policy_case *c, const char *parameter);

#endif
