#include "rules.h"

#include <yugao/arena.h>

#define P MOMENT_PLAN
#define S MOMENT_ANNOUNCE
#define X MOMENT_RELEASE
#define M MOMENT_PERIODIC

/*
 * The matrix.  Gates stand before measures, so that a verdict list reads in
 * the order in which an office must act.
 */
static const struct policy_rule rules[] = {
	{ "D1", SCOPE_RELEASE, S, "BM-42",
	    "confidentiality.item_review_required", judge_review },
	{ "D2", SCOPE_RELEASE, S, "C05", "confidentiality.public_classes",
	    judge_class },
	{ "D3", SCOPE_RELEASE, S, "TJF-28, SSTL-29",
	    "confidentiality.disclosure_control_required", judge_disclosure },
	{ "D4", SCOPE_SERIES, M, "C06, XXGK-18",
	    "confidentiality.withheld_needs_ground", judge_withheld },

	{ "E1", SCOPE_RELEASE, S, "TJF-17, SSTL-25", "scheme.required_marks",
	    judge_marks },
	{ "E2", SCOPE_RELEASE, S, "TJF-17", "scheme.validity_tested_against",
	    judge_validity },
	{ "E3", SCOPE_RELEASE, S, "C06, SSTL-25",
	    "scheme.publication_modes_allowed", judge_publication },
	{ "E4", SCOPE_RELEASE, S, "C06", NULL, judge_frequency_and_channel },
	{ "E5", SCOPE_RELEASE, S, "SSTL-24/25, TJF-27",
	    "scheme.publisher_must_be", judge_publisher },
	{ "E6", SCOPE_SERIES, P, "令22号", "scheme.max_validity", judge_term },
	{ "E7", SCOPE_RELEASE, S, "C06", NULL, judge_deadline },
	{ "E8", SCOPE_SERIES, P, "SSTL-13", "scheme.public_summary_link",
	    judge_summary },

	{ "G6", SCOPE_RELEASE, S, "CQ-23", "coordination.overlap_consultation",
	    judge_overlap },
	{ "G7", SCOPE_RELEASE, S, "XXGK-10/11",
	    "coordination.joint_release_by_lead", judge_joint },
	{ "G8", SCOPE_RELEASE, S, "PC-30", "coordination.census_upper_approval",
	    judge_census },

	{ "C5", SCOPE_RELEASE, S, "SSTL-28, C05",
	    "confidentiality.no_values_before_release", judge_no_values },

	{ "B1", SCOPE_RELEASE, S, "GD-19", "change.must_precede",
	    judge_change_before },
	{ "B2", SCOPE_RELEASE, S, "GD-19", "change.min_notice",
	    judge_change_notice },
	{ "B3", SCOPE_RELEASE, S, "GD-19, SH-28", "change.reason_required",
	    judge_reason },
	{ "B4", SCOPE_RELEASE, S, "ESS-13.4, HK", "change.new_date_due",
	    judge_new_date },
	{ "B5", SCOPE_RELEASE, S, "UK-3.2, TJF-31, C16",
	    "change.approver_roles", judge_approver },
	{ "B6", SCOPE_RELEASE, S, "TW-PT", "change.bring_forward_min_notice",
	    judge_bring_forward },
	{ "B7", SCOPE_RELEASE, S, "C13", "change.max_changes_per_item",
	    judge_change_count },
	{ "B8", SCOPE_RELEASE, S, "TW-PT", "cancel.reason_required",
	    judge_cancellation },
	{ "B9", SCOPE_RELEASE, S, "C14, BJ-28", NULL, judge_silent_change },
	{ "B10", SCOPE_RELEASE, S, "TW-PT", "lead.method_change_notice",
	    judge_method_change },

	{ "A1", SCOPE_RELEASE, S, "C01", "lead.prior_required",
	    judge_prior_notice },
	{ "A2", SCOPE_RELEASE, S, "C01", "lead.min_lead", judge_lead },
	{ "A3", SCOPE_SERIES, M, "C01", "lead.rolling_horizon", judge_horizon },
	{ "A4", SCOPE_PLAN, P, "C01", "annual_schedule.due",
	    judge_annual_plan },
	{ "A5", SCOPE_PLAN, P, "C01, BJ-28",
	    "annual_schedule.required_elements", judge_plan_elements },
	{ "A6", SCOPE_RELEASE, M, "C01", "confirm.confirm_by",
	    judge_confirmation },
	{ "A7", SCOPE_RELEASE, X, "OMB3", "release.next_release_pointer",
	    judge_next_release },
	{ "A8", SCOPE_SERIES, P, "C06",
	    "annual_schedule.expect_one_item_per_period", judge_omission },

	{ "F1", SCOPE_RELEASE, S, "C02, C03, SSTL-27",
	    "content.required_at_release", judge_explanation },
	{ "F2", SCOPE_RELEASE, S, "C03", "content.ambiguous_title_words",
	    judge_title },
	{ "F3", SCOPE_RELEASE, S, "C03", NULL, judge_data_status },
	{ "F4", SCOPE_RELEASE, S, "SSTL-26, BJ-28", "content.revision_fields",
	    judge_revision },
	{ "F6", SCOPE_RELEASE, S, "BJ-28, TW-PT",
	    "content.required_at_announcement", judge_elements },
	{ "F7", SCOPE_OFFICE, M, "C03, XXGK-24", "content.machine_formats",
	    judge_formats },

	{ "H1", SCOPE_DEPARTMENT, M, "C08",
	    "organisation.responsible_leader_required", judge_leader },
	{ "H2", SCOPE_DEPARTMENT, M, "C08, TJF-31",
	    "organisation.statistics_unit_required", judge_unit_and_head },
	{ "H3", SCOPE_DEPARTMENT, M, "C09", "organisation.lead_unit_if_many",
	    judge_lead_unit },
	{ "H4", SCOPE_DEPARTMENT, M, "UK-T3.7",
	    "organisation.public_contact_fields", judge_contact },
	{ "H5", SCOPE_RELEASE, S, "C12, C16", "organisation.four_eyes",
	    judge_four_eyes },
	{ "H6", SCOPE_DEPARTMENT, M, "CQ-34",
	    "organisation.head_change_tell_bureau", judge_head_change },

	{ "C1", SCOPE_RELEASE, X, "SSTL-28", "release.early_tolerance",
	    judge_early },
	{ "C2", SCOPE_RELEASE, X, "IMF-PUNCT", "release.late_tolerance",
	    judge_punctuality },
	{ "C3", SCOPE_RELEASE, X, "C03", "release.portal_spread_max",
	    judge_equal_access },
	{ "C4", SCOPE_RELEASE, X, "XXGK-26", "release.legal_deadline",
	    judge_legal_deadline },
	{ "C6", SCOPE_DEPARTMENT, M, "UK-3.3",
	    "release.pre_release_access_list", judge_access },
	{ "C7", SCOPE_RELEASE, S, "NBS-2023", "release.on_non_working_day",
	    judge_workday },

	{ "G1", SCOPE_RELEASE, X, "C07", "copy_to.target", judge_recipient },
	{ "G2", SCOPE_RELEASE, X, "C07", "copy_to.target_due",
	    judge_copy_time },
	{ "G3", SCOPE_RELEASE, X, "C07", "copy_to.ack_within", judge_receipt },
	{ "G4", SCOPE_RELEASE, X, "C14", "copy_to.digest_must_match",
	    judge_copy_digest },
	{ "G5", SCOPE_PLAN, M, "C07", "copy_to.copy_plan_too",
	    judge_plan_copy },
	{ "G9", SCOPE_SERIES, P, "SSTL-31, C10", "scheme.sharing_fields",
	    judge_sharing },

	{ "I1", SCOPE_OFFICE, M, "C12, C13", "trace.audit", judge_chain },
	{ "I2", SCOPE_OFFICE, M, "SSTL-22", "trace.retention",
	    judge_retention },
	{ "I3", SCOPE_RELEASE, M, "C14, BJ-28", "trace.silent_edit_check_days",
	    judge_silent_edit },
	{ "I4", SCOPE_DEPARTMENT, M, "C15, C18", "trace.compliance_report",
	    judge_quarterly_sheet },
	{ "I5", SCOPE_DEPARTMENT, M, "C19, XXGK-49", "trace.annual_digest_due",
	    judge_yearly_digest },
	{ "I6", SCOPE_OFFICE, M, "C14", "trace.read_back", judge_read_back },
};

const struct policy_rule *
policy_rules(size_t *n)
{
	*n = COUNT(rules);
	return rules;
}
