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
JUDGE(judge_review);
JUDGE(judge_class);
JUDGE(judge_disclosure);
JUDGE(judge_withheld);

/* scheme.c */
JUDGE(judge_marks);
JUDGE(judge_validity);
JUDGE(judge_publication);
JUDGE(judge_frequency_and_channel);
JUDGE(judge_publisher);
JUDGE(judge_term);
JUDGE(judge_deadline);
JUDGE(judge_summary);

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
JUDGE(judge_no_values);
JUDGE(judge_workday);

/* punctuality.c */
JUDGE(judge_early);
JUDGE(judge_punctuality);
JUDGE(judge_equal_access);
JUDGE(judge_legal_deadline);
JUDGE(judge_access);

/* copying.c */
JUDGE(judge_recipient);
JUDGE(judge_copy_time);
JUDGE(judge_receipt);
JUDGE(judge_copy_digest);
JUDGE(judge_plan_copy);

/* content.c */
JUDGE(judge_explanation);
JUDGE(judge_title);
JUDGE(judge_data_status);
JUDGE(judge_revision);
JUDGE(judge_elements);
JUDGE(judge_formats);

/* coordination.c */
JUDGE(judge_overlap);
JUDGE(judge_joint);
JUDGE(judge_census);
JUDGE(judge_sharing);

/* trace.c */
JUDGE(judge_chain);
JUDGE(judge_retention);
JUDGE(judge_silent_edit);
JUDGE(judge_quarterly_sheet);
JUDGE(judge_yearly_digest);
JUDGE(judge_read_back);

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
/* The outcome that a parameter's word names; block if it names none. */
enum outcome outcome_named(const char *name);

/* fields.c: what must be filled in, by the names that the policy uses. */
struct named_field {
	const char *name;
	bool given;
};
/*
 * "form_no, maker": the names of the parameter's set that are not given;
 * NULL if all are.  A name that no field has is one of them.
 */
const char *
fields_missing(struct arena *arena, const struct parameter *parameter,
    const struct named_field *fields, size_t n);
bool text_given(struct text text);
bool string_given(const char *string);

#endif
