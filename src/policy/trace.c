#include "rules.h"

#include "circumstances.h"

/* I1: the ledger's chain, as `verify` finds it. */
void
judge_chain(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	(void)arena;
	if (!c->chain_checked) {
		verdict_set(verdict, OUTCOME_NA, "policy.i1_unchecked");
		return;
	}
	verdict->measured_text = c->chain_whole ? "whole" : "broken";
	if (c->chain_whole)
		verdict_set(verdict, OUTCOME_PASS, "policy.i1_whole");
	else
		verdict_set(verdict, OUTCOME_BLOCK, "policy.i1_broken");
}

/*
 * I2: nothing is taken out of the ledger, ever, so it keeps for longer than
 * any term what its chain shows to be all there.
 */
void
judge_retention(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	(void)arena;
	if (!c->chain_checked) {
		verdict_set(verdict, OUTCOME_NA, "policy.i1_unchecked");
		return;
	}
	if (c->view == NULL || c->view->last_id == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.i2_empty");
		return;
	}
	verdict->measured_text = c->chain_whole ? "whole" : "broken";
	if (c->chain_whole)
		verdict_set(verdict, OUTCOME_PASS, "policy.i2_kept");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.i2_lost");
}

/* I3: measured in days since the release. */
void
judge_silent_edit(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct refetch *refetch = &c->refetch;

	(void)arena;
	if (!refetch->known) {
		verdict_set(verdict, OUTCOME_NA, "policy.i3_unknown");
		return;
	}
	verdict->measured =
	    (int64_t)case_today(c).n - c->slot->when.start.day.n;
	if (digest_compare(&refetch->released, &refetch->now) == 0)
		verdict_set(verdict, OUTCOME_PASS, "policy.i3_same");
	else if (refetch->revised)
		verdict_set(verdict, OUTCOME_PASS, "policy.i3_revised");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.i3_altered");
}
