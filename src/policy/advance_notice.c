#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

/*
 * N: when the time that the slot has was first said to the public.  A time
 * never said so far would be said now.
 */
static struct instant
notice_instant(const struct policy_case *c)
{
	const struct slot *slot = c->slot;

	if (c->said != NULL && c->said->start.s == slot->start.s &&
	    moment_equal(&c->said->when, &slot->when))
		return c->said->since;
	return c->now;
}

/* T0 for a reader's eyes: "2026-03-30 09:30", "2026-04-01 – 2026-04-30". */
static const char *
release_text(struct arena *arena, const struct moment *when)
{
	char first[DAY_SIZE], second[DAY_SIZE];

	day_format(first, when->start.day);
	if (when->precision == PRECISION_INSTANT)
		return arena_printf(arena, "%s %s", first,
		    minute_format(second, when->start.minute));
	if (when->last.n == when->start.day.n)
		return arena_strdup(arena, first);
	return arena_printf(
	    arena, "%s – %s", first, day_format(second, when->last));
}

/*
 * A1: an announcement precedes the release.  Where no clock time is known,
 * one that is made within the day or window cannot be shown to precede it.
 */
void
judge_prior_notice(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct moment *when = &c->slot->when;
	struct instant notice = notice_instant(c);

	verdict->prediction = true;
	verdict->measured_text = release_text(arena, when);
	if (notice.s < c->slot->start.s)
		verdict_set(verdict, OUTCOME_PASS, "policy.a1_before");
	else if (when->precision != PRECISION_INSTANT &&
		 zone_local(c->plan->zone, notice).day.n <= when->last.n)
		verdict_set(verdict, OUTCOME_WARN, "policy.a1_within");
	else
		verdict_set(verdict, OUTCOME_REPORT, "policy.a1_after");
}

/* "12-31" in that year; false if the parameter does not read so. */
static bool
day_in_year(const struct parameter *parameter, int year, struct day *day)
{
	char date[DAY_SIZE];

	if (parameter->string == NULL || strlen(parameter->string) != 5)
		return false;
	day_format(date, day_of(year, 1, 1));
	strcpy(date + 5, parameter->string);
	return day_parse(date, day);
}

/* The last day of a yearly plan's notice, from one parameter of A4. */
static bool
plan_deadline(struct verdict *verdict, const struct policy_case *c,
    const char *parameter, int year, struct day *deadline)
{
	const struct parameter *found =
	    verdict_measure_by(verdict, c, parameter);

	if (found == NULL)
		return false;
	if (day_in_year(found, year, deadline))
		return true;
	verdict->measured_text = parameter;
	verdict_set(verdict, OUTCOME_WARN, "policy.parameter_unusable");
	return false;
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
	struct day notice = zone_local(c->plan->zone, notice_instant(c)).day;
	const struct parameter *floor;
	int working;

	verdict->prediction = true;
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

static bool
has_open_series(const struct policy_case *c)
{
	size_t i;

	for (i = 0; i < c->plan->n_series; i++)
		if (office_opens(c->office, &c->plan->series[i]))
			return true;
	return false;
}

/*
 * A4: the year's plan is announced before the year.  Its notice is that of
 * its first entry; a plan of which nothing may be said has none to give.
 */
void
judge_annual_plan(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct instant notice = c->plan_said ? c->plan_since : c->now;
	struct day on = zone_local(c->plan->zone, notice).day, deadline;
	const struct parameter *due;
	int year = c->plan->year;
	char text[DAY_SIZE];

	verdict->prediction = true;
	if (!c->plan_said && !has_open_series(c)) {
		verdict_set(verdict, OUTCOME_NA, "policy.kept_out");
		return;
	}
	verdict->measured_text = arena_strdup(arena, day_format(text, on));
	if (!plan_deadline(
		verdict, c, "annual_schedule.due", year - 1, &deadline))
		return;
	if (on.n <= deadline.n) {
		verdict_set(verdict, OUTCOME_PASS, "policy.a4_in_time");
		return;
	}
	due = verdict->parameter;
	if (!plan_deadline(
		verdict, c, "annual_schedule.grace_until", year, &deadline))
		return;
	if (on.n <= deadline.n) {
		/* Within the days of grace, the due day was missed. */
		verdict->parameter = due;
		verdict_set(verdict, OUTCOME_WARN, "policy.a4_grace");
	} else {
		verdict_set(verdict, OUTCOME_REPORT, "policy.a4_late");
	}
}
