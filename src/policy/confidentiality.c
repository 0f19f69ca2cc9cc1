#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

/* What may not be spoken of is asked nothing more. */
static bool
is_kept_out(const struct policy_case *c, struct verdict *verdict)
{
	if (office_opens(c->office, case_series(c)))
		return false;
	verdict_set(verdict, OUTCOME_NA, "policy.kept_out");
	return true;
}

/* What to put into a review act: "stat/cpi/2026-02": "9f86…" */
static const char *
review_item(struct arena *arena, const struct policy_case *c)
{
	char hex[DIGEST_HEX_SIZE];

	return arena_printf(arena, "\"%s\": \"%s\"", c->slot->release,
	    digest_hex(hex, &c->words));
}

/* Why the last review does not let these words out, or NULL. */
static const char *
review_failure(const struct policy_case *c, const struct act_reference *review)
{
	if (review == NULL)
		return "policy.d1_missing";
	if (review->act->at.s > c->now.s)
		return "policy.d1_future";
	if (!review->act->passed)
		return "policy.d1_failed";
	if (review->reviewed == NULL ||
	    digest_compare(review->reviewed, &c->words) != 0)
		return "policy.d1_other_words";
	return NULL;
}

/*
 * D1: somebody has looked at these very words, item by item (BM-42).  A
 * review names each item with the digest of what was looked at, so one tick
 * for a whole plan cannot be written.  A cancellation has no new words.
 */
void
judge_review(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct life *life = c->slot->life;
	const struct act_reference *review = life != NULL ? life->review : NULL;
	const char *failure;
	char day[DAY_SIZE];

	if (is_kept_out(c, verdict))
		return;
	if (c->slot->cancelled) {
		verdict_set(verdict, OUTCOME_NA, "policy.cancelled");
		return;
	}
	if (c->wanted == NULL || !c->is_change) {
		verdict_set(verdict, OUTCOME_NA, "policy.nothing_to_say");
		return;
	}
	if ((failure = review_failure(c, review)) != NULL) {
		verdict->measured_text = review_item(arena, c);
		verdict_set(verdict, OUTCOME_BLOCK, failure);
		return;
	}
	day_format(day, zone_local(c->plan->zone, review->act->at).day);
	verdict->measured_text = arena_strdup(arena, day);
	verdict_set(verdict, OUTCOME_PASS, "policy.d1_reviewed");
}

/*
 * D3: nobody can be known by the figures.  What only says when they come is
 * warned of; what leads to them is blocked.
 */
void
judge_disclosure(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const char *const declared[] = { [DECLARED_NOT] = "",
		[DECLARED_NO] = "false",
		[DECLARED_YES] = "true" };
	enum declared control = case_series(c)->disclosure_control;

	(void)arena;
	if (is_kept_out(c, verdict))
		return;
	if (c->slot->cancelled) {
		verdict_set(verdict, OUTCOME_NA, "policy.cancelled");
		return;
	}
	verdict->measured_text = declared[control];
	if (control == DECLARED_YES)
		verdict_set(verdict, OUTCOME_PASS, "policy.d3_controlled");
	else if (case_is_out(c))
		verdict_set(verdict, OUTCOME_BLOCK, "policy.d3_out");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.d3_uncontrolled");
}

struct withheld {
	const char *ground;
	bool has_review;
	struct day since, review;
};

/*
 * The ground is one of the known, and it is looked at again in time.  Only
 * the ground and the day are told: neither id nor title.
 */
static void
judge_ground(struct arena *arena, const struct policy_case *c,
    const struct withheld *withheld, struct verdict *verdict)
{
	char text[DAY_SIZE];

	verdict->measured_text =
	    withheld->ground != NULL ? withheld->ground : "";
	if (withheld->ground == NULL ||
	    !parameter_has(verdict->parameter, withheld->ground)) {
		verdict_set(verdict, OUTCOME_REPORT, "policy.d4_no_ground");
		return;
	}
	if (verdict_measure_by(
		verdict, c, "confidentiality.withheld_review_every") == NULL)
		return;
	verdict->measured_text = "";
	if (!withheld->has_review) {
		verdict_set(verdict, OUTCOME_REPORT, "policy.d4_no_review");
		return;
	}
	day_format(text, withheld->review);
	verdict->measured_text = arena_strdup(arena, text);
	if (withheld->review.n < case_today(c).n)
		verdict_set(verdict, OUTCOME_REPORT, "policy.d4_overdue");
	else if (withheld->review.n > day_add_months(withheld->since,
					  (int)verdict->parameter->number)
					  .n)
		verdict_set(verdict, OUTCOME_REPORT, "policy.d4_review_far");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.d4_ground");
}

/*
 * Of the releases of an open series: the verdict on the first that fails,
 * else on the last.
 */
static void
judge_withheld_releases(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *grounds = verdict->parameter;
	const struct slot *slots;
	size_t n, i;

	verdict_set(verdict, OUTCOME_NA, "policy.d4_public");
	slots = case_slots(arena, c, &n);
	for (i = 0; i < n; i++) {
		const struct life *life = slots[i].life;
		const struct act *act = life != NULL ? life->withhold : NULL;

		if (act == NULL)
			continue;
		verdict->parameter = grounds;
		judge_ground(arena, c,
		    &(const struct withheld){ act->ground, act->has_review_due,
			zone_local(c->plan->zone, act->at).day,
			act->review_due },
		    verdict);
		if (verdict->outcome != OUTCOME_PASS)
			return;
	}
}

/* D4: what the public is not told, it is not told for a stated reason. */
void
judge_withheld(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = case_series(c);

	if (office_opens(c->office, series))
		judge_withheld_releases(arena, c, verdict);
	else
		judge_ground(arena, c,
		    &(const struct withheld){ series->withheld_ground,
			series->has_withheld_review, case_today(c),
			series->withheld_review },
		    verdict);
}

/* D2: what is not public is absent from every public artefact. */
void
judge_class(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct {
		const char *name;
		enum outcome outcome;
		const char *reason;
	} classes[] = {
		[SECRECY_MISSING] = { "", OUTCOME_WARN, "policy.d2_missing" },
		[SECRECY_PUBLIC] = { "public", OUTCOME_PASS,
		    "policy.d2_public" },
		[SECRECY_INTERNAL] = { "internal", OUTCOME_PASS,
		    "policy.d2_kept_out" },
		[SECRECY_SECRET] = { "secret", OUTCOME_PASS,
		    "policy.d2_kept_out" },
	};
	enum secrecy secrecy = c->slot->series->secrecy;

	(void)arena;
	verdict->measured_text = classes[secrecy].name;
	verdict_set(verdict, classes[secrecy].outcome, classes[secrecy].reason);
}
