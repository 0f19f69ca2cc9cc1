#include "rules.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "circumstances.h"

static bool
same_name(const char *a, const char *b)
{
	return string_given(a) && string_given(b) && strcmp(a, b) == 0;
}

static bool
is_named(const struct department *department, const char *name)
{
	return department != NULL && (same_name(department->name.zh, name) ||
					 same_name(department->name.en, name) ||
					 same_name(department->id, name));
}

/*
 * The consultation on this matter, with this body if one is named, that was
 * held before now; one with a document rather than one without.
 */
static const struct act *
consulted(const struct policy_case *c, enum matter matter, const char *with)
{
	const struct life *life = c->slot->life;
	const struct act *found = NULL;
	size_t i;

	for (i = 0; life != NULL && i < life->acts.n; i++) {
		const struct act *act = life->acts.v[i].act;

		if (act->kind != ACT_CONSULT || act->matter != matter ||
		    act->at.s >= c->now.s ||
		    (with != NULL && !same_name(act->with, with)))
			continue;
		if (found == NULL || !string_given(found->document))
			found = act;
	}
	return found;
}

/* A consultation with a document passes; without, or none at all, blocks. */
static void
judge_consultation(const struct policy_case *c, enum matter matter,
    const char *const reasons[3], struct verdict *verdict)
{
	const struct act *act = consulted(c, matter, NULL);

	verdict->measured_text = "";
	if (act == NULL) {
		verdict_set(verdict, OUTCOME_BLOCK, reasons[0]);
	} else if (!string_given(act->document)) {
		verdict_set(verdict, OUTCOME_BLOCK, reasons[1]);
	} else {
		verdict->measured_text = act->document;
		verdict_set(verdict, OUTCOME_PASS, reasons[2]);
	}
}

/* G6: figures that overlap the bureau's are agreed with it first (CQ-23). */
void
judge_overlap(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const char *const reasons[] = { "policy.g6_missing",
		"policy.g6_no_document", "policy.g6_agreed" };

	(void)arena;
	switch (case_series(c)->overlap) {
	case DECLARED_NO:
		verdict_set(verdict, OUTCOME_NA, "policy.g6_none");
		return;
	case DECLARED_YES:
		judge_consultation(c, MATTER_OVERLAP, reasons, verdict);
		return;
	default:
		break;
	}
	if (verdict_measure_by(verdict, c, "coordination.overlap_undeclared") ==
	    NULL)
		return;
	verdict->measured_text = "";
	verdict_set(verdict, outcome_named(verdict->parameter->string),
	    "policy.g6_undeclared");
}

/* "甲局, 乙局": the members, but for the lead, that have not confirmed. */
static const char *
silent_members(
    struct arena *arena, const struct policy_case *c, const struct joint *joint)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < joint->n_members; i++) {
		const char *member = joint->members[i];

		if (same_name(member, joint->lead) ||
		    consulted(c, MATTER_JOINT, member) != NULL)
			continue;
		buf_puts(&buf, buf.len > 0 ? ", " : "");
		buf_puts(&buf, member);
	}
	return buf.len > 0 ? buf.data : NULL;
}

/* G7: the lead publishes what is joint, and every member has agreed. */
void
judge_joint(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct joint *joint = case_series(c)->joint;
	const char *silent;

	if (joint == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.g7_none");
		return;
	}
	verdict->measured_text = joint->lead != NULL ? joint->lead : "";
	if (!string_given(joint->lead))
		verdict_set(verdict, OUTCOME_BLOCK, "policy.g7_no_lead");
	else if (!is_named(c->department, joint->lead))
		verdict_set(verdict, OUTCOME_BLOCK, "policy.g7_not_lead");
	else if (joint->n_members == 0)
		verdict_set(verdict, OUTCOME_BLOCK, "policy.g7_no_members");
	else if ((silent = silent_members(arena, c, joint)) != NULL) {
		verdict->measured_text = silent;
		verdict_set(verdict, OUTCOME_BLOCK, "policy.g7_silent");
	} else {
		verdict_set(verdict, OUTCOME_PASS, "policy.g7_agreed");
	}
}

/*
 * G8: the body above has approved a census communiqué (PC-30).  Most series
 * are none and say nothing of it; one whose title speaks of a census must.
 */
void
judge_census(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const char *const reasons[] = { "policy.g8_missing",
		"policy.g8_no_document", "policy.g8_approved" };
	const struct series *series = case_series(c);

	(void)arena;
	if (series->census == DECLARED_YES) {
		judge_consultation(c, MATTER_CENSUS, reasons, verdict);
	} else if (series->census == DECLARED_NOT && series->title.zh != NULL &&
		   strstr(series->title.zh, "普查") != NULL) {
		verdict->measured_text = "";
		verdict_set(verdict, OUTCOME_WARN, "policy.g8_undeclared");
	} else {
		verdict_set(verdict, OUTCOME_NA, "policy.g8_none");
	}
}

/* G9: the scheme says who shares what, how, when and where (SSTL-31). */
void
judge_sharing(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct sharing nothing;
	const struct scheme *scheme = case_series(c)->scheme;
	const struct sharing *sharing =
	    scheme != NULL ? &scheme->sharing : &nothing;
	const struct named_field fields[] = {
		{ "content", string_given(sharing->content) },
		{ "mode", string_given(sharing->mode) },
		{ "time_limit", string_given(sharing->time_limit) },
		{ "channel", string_given(sharing->channel) },
		{ "responsibility", string_given(sharing->responsibility) },
	};
	const char *missing;

	if (scheme == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.no_scheme");
		return;
	}
	missing =
	    fields_missing(arena, verdict->parameter, fields, COUNT(fields));
	verdict->measured = (int64_t)verdict->parameter->n_set;
	verdict->measured_text = missing;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.g9_stated");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.g9_missing");
}
