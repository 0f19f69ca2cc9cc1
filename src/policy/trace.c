#include "rules.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

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

/* What watching has found of the published file. */
static struct refetch
refetch_of(const struct policy_case *c)
{
	struct refetch refetch = { 0 };
	const struct life *life = c->slot->life;
	const struct watched *watched;
	const struct sight *last;

	if (!case_published(c, &refetch.released))
		return refetch;
	refetch.now = refetch.released;
	last = sightings_last(
	    c->outcomes->sightings, c->slot->release, SIGHT_ALTERED);
	watched = watches_find(c->outcomes->watches, c->slot->release);
	if (last != NULL && last->has_digest)
		refetch.now = last->digest;
	/* Seen once, it has not been read again. */
	refetch.known = last != NULL ||
			sightings_last(c->outcomes->sightings, c->slot->release,
			    SIGHT_INTACT) != NULL ||
			(watched != NULL && watched->has_digest &&
			    watched->looked.s > watched->present.s);
	refetch.revised = life != NULL && life->reissue != NULL &&
			  life->released != NULL &&
			  life->reissue->at.s >= life->released->at.s;
	return refetch;
}

/* I3: measured in days since the release. */
void
judge_silent_edit(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct refetch refetch = c->refetch.known ? c->refetch : refetch_of(c);

	(void)arena;
	if (!refetch.known) {
		verdict_set(verdict, OUTCOME_NA, "policy.i3_unknown");
		return;
	}
	verdict->measured =
	    (int64_t)case_today(c).n - c->slot->when.start.day.n;
	if (digest_compare(&refetch.released, &refetch.now) == 0)
		verdict_set(verdict, OUTCOME_PASS, "policy.i3_same");
	else if (refetch.revised)
		verdict_set(verdict, OUTCOME_PASS, "policy.i3_revised");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.i3_altered");
}

/* Whether anything of the department was said before that day. */
static bool
had_said(const struct policy_case *c, struct day before)
{
	const struct plan *plan = case_plan(c);
	size_t len, i;

	if (c->department == NULL || plan == NULL || c->view == NULL)
		return false;
	len = strlen(c->department->id);
	for (i = 0; i < c->view->n; i++) {
		const struct entry *entry = &c->view->v[i];

		if (strncmp(entry->release, c->department->id, len) == 0 &&
		    entry->release[len] == '/' &&
		    zone_local(plan->zone, entry->first_at).day.n < before.n)
			return true;
	}
	return false;
}

static bool
is_made(const struct policy_case *c, const char *period)
{
	return c->outcomes != NULL && sheets_find(c->outcomes->sheets, period,
					  c->department->id) != NULL;
}

/* I4: the sheet of the quarter that has ended last. */
void
judge_quarterly_sheet(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct period now = period_of(FREQUENCY_QUARTERLY, case_today(c));
	struct period last =
	    period_of(FREQUENCY_QUARTERLY, (struct day){ now.first.n - 1 });
	char text[PERIOD_SIZE];

	period_format(text, &last);
	if (!had_said(c, now.first)) {
		verdict_set(verdict, OUTCOME_NA, "policy.i4_nothing");
		return;
	}
	verdict->measured_text = arena_strdup(arena, text);
	if (is_made(c, text))
		verdict_set(verdict, OUTCOME_PASS, "policy.i4_made");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.i4_missing");
}

/* I5: the digest of the year that has ended, by the day of the parameter. */
void
judge_yearly_digest(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct day today = case_today(c), due;
	int year = day_year(today);
	const char *period = arena_printf(arena, "%04d", year - 1);

	if (!had_said(c, day_of(year, 1, 1))) {
		verdict_set(verdict, OUTCOME_NA, "policy.i5_nothing");
		return;
	}
	verdict->measured_text = period;
	if (is_made(c, period))
		verdict_set(verdict, OUTCOME_PASS, "policy.i5_made");
	else if (!day_in_year(verdict->parameter, year, &due))
		verdict_set(verdict, OUTCOME_WARN, "policy.parameter_unusable");
	else if (today.n <= due.n)
		verdict_set(verdict, OUTCOME_NA, "policy.i5_due");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.i5_missing");
}

/* I6: what counts as told was read back; the portals that were not. */
void
judge_read_back(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	size_t i, told = 0;
	struct buf buf;

	buf_init(&buf, arena);
	for (i = 0; c->view != NULL && i < c->office->n_portals; i++) {
		const struct portal *portal = &c->office->portals[i];
		struct confirmation shown;

		if (!portal->required || portal->institution != NULL ||
		    !view_confirmed(c->view, portal->id, 1, &shown))
			continue;
		told++;
		if (!shown.read_back)
			buf_printf(
			    &buf, "%s%s", buf.len > 0 ? ", " : "", portal->id);
	}
	if (told == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.i6_nothing");
		return;
	}
	verdict->measured_text = buf.len > 0 ? buf.data : "";
	if (buf.len > 0)
		verdict_fail(verdict, "policy.i6_not_read");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.i6_read");
}
