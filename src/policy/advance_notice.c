#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

/*
 * A1: an announcement precedes the release.  Where no clock time is known,
 * one that is made within the day or window cannot be shown to precede it.
 */
void
judge_prior_notice(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct moment *when = &c->slot->when;
	struct given given = notice_of_slot(c);

	verdict_given(verdict, &given);
	verdict->measured_text = moment_plain(arena, when);
	if (given.at.s < c->slot->start.s)
		verdict_set(verdict, OUTCOME_PASS, "policy.a1_before");
	else if (when->precision != PRECISION_INSTANT &&
		 zone_local(c->plan->zone, given.at).day.n <= when->last.n)
		verdict_set(verdict, OUTCOME_WARN, "policy.a1_within");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.a1_after");
}

/* A2's note: what an annual plan that met A4 announced has had its notice. */
static bool
came_with_annual_plan(struct arena *arena, const struct policy_case *c,
    struct day notice, struct verdict *verdict)
{
	const struct parameter *due =
	    policy_parameter(&c->office->policy, "annual_schedule.due");
	struct day deadline;
	char text[DAY_SIZE];

	if (due == NULL || !day_in_year(due, c->plan->year - 1, &deadline) ||
	    notice.n > deadline.n)
		return false;
	verdict->parameter = due;
	verdict->measured_text = arena_strdup(arena, day_format(text, notice));
	verdict_set(verdict, OUTCOME_PASS, "policy.a2_annual_plan");
	return true;
}

/*
 * A2: days of notice, on local dates, first day out and last day in; for a
 * window to its first day.
 */
void
judge_lead(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct day first = c->slot->when.start.day;
	struct given given = notice_of_slot(c);
	struct day notice = zone_local(c->plan->zone, given.at).day;
	const struct parameter *floor;
	int working;

	verdict_given(verdict, &given);
	verdict->measured = (int64_t)first.n - notice.n;
	if (verdict->measured >= verdict->parameter->number) {
		verdict_set(verdict, OUTCOME_PASS, "policy.a2_enough");
		return;
	}
	if (came_with_annual_plan(arena, c, notice, verdict))
		return;
	working = calendar_workdays(c->plan->calendar, notice, first);
	floor = policy_parameter(&c->office->policy, "lead.floor_lead");
	if (floor == NULL || working >= floor->number) {
		verdict_set(verdict, OUTCOME_WARN, "policy.a2_short");
		return;
	}
	verdict->parameter = floor;
	verdict->measured = working;
	verdict_set(verdict, OUTCOME_REPORT, "policy.a2_floor");
}

/* The name of a date form in the policy. */
static const char *
form_of(const struct moment *when)
{
	static const char *const names[] = {
		[PRECISION_INSTANT] = "instant",
		[PRECISION_DATE] = "date",
		[PRECISION_MONTH] = "range",
		[PRECISION_WINDOW] = "range",
		[PRECISION_NLT] = "no_later_than",
		[PRECISION_NONE] = "none",
	};

	return names[when->precision];
}

/*
 * A6: what is tentative, or has no clock time, is settled by a certain day
 * before the release.
 */
void
judge_confirmation(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct slot *slot = c->slot;
	const struct parameter *forms = policy_parameter(
	    &c->office->policy, "confirm.date_forms_when_confirmed");
	const struct parameter *last =
	    policy_parameter(&c->office->policy, "confirm.confirm_last_call");
	bool exact =
	    forms == NULL || parameter_has(forms, form_of(&slot->when));
	bool confirmed = slot->status == STATUS_CONFIRMED ||
			 (c->said != NULL && c->said->status == SAID_CONFIRMED);

	(void)arena;
	verdict->measured = (int64_t)slot->when.start.day.n - case_today(c).n;
	if (verdict->measured < 0)
		verdict->measured = 0; /* within a window, no day is left */
	if (slot->life != NULL && slot->life->state != LIFE_DUE)
		verdict_set(verdict, OUTCOME_NA, "policy.a6_not_due");
	else if (slot->when.last.n < case_today(c).n)
		verdict_set(verdict, OUTCOME_NA, "policy.a6_passed");
	else if (confirmed && exact)
		verdict_set(verdict, OUTCOME_PASS, "policy.a6_confirmed");
	else if (verdict->measured > verdict->parameter->number)
		verdict_set(verdict, OUTCOME_NA, "policy.a6_time_left");
	else if (last == NULL || verdict->measured > last->number)
		verdict_fail(verdict,
		    confirmed ? "policy.a6_vague" : "policy.a6_tentative");
	else {
		verdict->parameter = last;
		verdict_fail(verdict,
		    confirmed ? "policy.a6_vague" : "policy.a6_tentative");
	}
}
