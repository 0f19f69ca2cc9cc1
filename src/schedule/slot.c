#include "expansion.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

/* Puts a clock time to a day that was stated without one. */
static struct moment
timed(struct moment when, int minute)
{
	if (when.precision != PRECISION_INSTANT &&
	    when.precision != PRECISION_DATE)
		return when;
	if (when.start.minute == NO_TIME)
		when.start.minute = minute;
	when.precision =
	    when.start.minute == NO_TIME ? PRECISION_DATE : PRECISION_INSTANT;
	return when;
}

static int
minute_of_rule(const struct rule *rule)
{
	return rule->precision == PRECISION_DATE ? NO_TIME : rule->minute;
}

/* The rule's day as precisely as the rule wants it told. */
static struct moment
told(const struct rule *rule, struct day day)
{
	struct moment when = {
		.precision = rule->precision,
		.start = { day, NO_TIME },
		.last = day,
	};
	int year, month, mday;

	if (rule->precision == PRECISION_MONTH ||
	    rule->precision == PRECISION_WINDOW) {
		day_parts(day, &year, &month, &mday);
		when.start.day = day_of(year, month, 1);
		when.last = day_of(year, month, month_length(year, month));
	}
	return timed(when, minute_of_rule(rule));
}

static bool
date_of_rule(const struct finding *finding, struct slot *slot)
{
	if (finding->problem != NULL ||
	    (!finding->has_day && !finding->is_vague))
		return false;
	if (finding->is_vague) {
		slot->when = finding->vague;
		if (finding->has_day)
			slot->when.last = slot->when.start.day =
			    finding->rolled;
		return true;
	}
	slot->when = told(slot->rule, finding->rolled);
	return true;
}

static bool
date_of_occurrence(
    const struct occurrence *occurrence, bool dated, struct slot *slot)
{
	if (occurrence->has_when) {
		slot->why.source = WHY_EXPLICIT;
		slot->why.state = DAY_PUBLISHED;
		slot->when = timed(occurrence->when,
		    occurrence->minute != NO_TIME ? occurrence->minute
						  : minute_of_rule(slot->rule));
		return true;
	}
	if (dated && occurrence->minute != NO_TIME) {
		slot->when.start.minute = NO_TIME;
		slot->when = timed(slot->when, occurrence->minute);
	}
	return dated;
}

/*
 * The last move says when, the last step whether it is still to be.  A time
 * that names a day alone keeps the clock time that there was.
 */
static bool
apply_life(const struct life *life, bool dated, struct slot *slot)
{
	size_t i;

	slot->cancelled =
	    life->state == LIFE_CANCELLED || life->state == LIFE_WITHHELD;
	if (life->confirm != NULL)
		slot->status = STATUS_CONFIRMED;
	if (life->change != NULL)
		slot->why.act = life->change;
	if (life->move == NULL)
		return dated;
	for (i = 0; i < life->acts.n; i++) {
		const struct act *act = life->acts.v[i].act;
		int minute = minute_of_rule(slot->rule);

		if (act->kind != ACT_MOVE &&
		    (act->kind != ACT_REINSTATE || !act->has_to))
			continue;
		if (dated && slot->when.start.minute != NO_TIME)
			minute = slot->when.start.minute;
		slot->when = timed(act->to, minute);
		dated = true;
	}
	slot->why.move = life->move;
	slot->why.source = WHY_ACT;
	slot->why.state = DAY_PUBLISHED;
	return true;
}

bool
slot_date(const struct finding *finding, struct slot *slot)
{
	const struct occurrence *occurrence = slot->why.occurrence;
	bool dated = date_of_rule(finding, slot);

	if (occurrence != NULL)
		dated = date_of_occurrence(occurrence, dated, slot);
	return slot->life == NULL ? dated : apply_life(slot->life, dated, slot);
}

static int
compare_slots(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	return strcmp(x->release, y->release);
}

void
slots_sort_from(struct slots *slots, size_t first)
{
	size_t i = first + 1;

	while (i < slots->n &&
	       strcmp(slots->v[i - 1].release, slots->v[i].release) <= 0)
		i++;
	if (i < slots->n)
		qsort(slots->v + first, slots->n - first, sizeof(*slots->v),
		    compare_slots);
}

void
slots_sort(struct slots *slots)
{
	slots_sort_from(slots, 0);
}

void
slots_check_from(struct arena *arena, const struct slots *slots, size_t first,
    struct diags *diags)
{
	const char *department = diags->department;
	size_t i;

	for (i = first + 1; i < slots->n; i++) {
		const struct slot *slot = &slots->v[i];
		const char *pointer = slot->why.occurrence != NULL
					  ? slot->why.occurrence->pointer
					  : slot->rule->pointer;

		if (strcmp(slot[-1].release, slot->release) != 0)
			continue;
		diags->department = slot->plan->department;
		DIAG(arena, diags, DIAG_ERROR, plan_place(slot->plan, pointer),
		    "schedule.twice", slot->period);
	}
	diags->department = department;
}

void
slots_check(struct arena *arena, const struct slots *slots, struct diags *diags)
{
	slots_check_from(arena, slots, 0, diags);
}
