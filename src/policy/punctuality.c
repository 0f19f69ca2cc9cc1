/* C: whether a result came when it was announced, and to everybody. */
#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

#define MINUTE 60
#define HOUR 3600

bool
policy_first_public(const struct outcomes *outcomes, const struct slot *slot,
    struct instant *at)
{
	const struct life *life = slot->life;
	const struct sight *sight = NULL;
	enum sight_kind kind = SIGHT_RELEASED;

	if (life == NULL || life->released == NULL)
		return false;
	*at = life->released->released;
	if (outcomes == NULL)
		return true;
	for (; sight == NULL && kind <= SIGHT_BASELINE; kind++)
		sight =
		    sightings_last(outcomes->sightings, slot->release, kind);
	if (sight != NULL && sight->has_absent && sight->absent.s > at->s)
		*at = sight->at;
	return true;
}

bool
policy_is_observed(const struct policy_case *c)
{
	struct policy_case of_series = *c;
	const struct occurrence *occurrence = c->slot->why.occurrence;
	const struct slot *slots;
	size_t n, i;

	if (c->slot->series->watch != NULL ||
	    (occurrence != NULL && occurrence->result != NULL) ||
	    (c->slot->life != NULL && c->slot->life->released != NULL))
		return true;
	of_series.series = c->slot->series;
	if (c->slots == NULL || c->slots->n == 0)
		return false;
	slots = case_slots_here(&of_series, &n);
	for (i = 0; i < n; i++)
		if (slots[i].life != NULL && slots[i].life->released != NULL)
			return true;
	return false;
}

static struct instant
day_start(const struct policy_case *c, struct day day)
{
	return zone_instant(
	    c->plan->zone, (struct local){ day, NO_TIME }, NULL);
}

/* The times between which it is punctual to the minute. */
struct due {
	struct instant first, last;
};

/*
 * With a clock time both are that time, as it was last announced in time; the
 * first one is not after any time that was announced.  What is announced for
 * some day is punctual on any minute of it, and what is to come at the latest
 * on a day is never early.
 */
static struct due
due_of(const struct policy_case *c)
{
	const struct slot *slot = c->slot;
	const struct moment *when =
	    c->said != NULL ? &c->said->when : &slot->when;
	struct due due;

	if (when->precision == PRECISION_INSTANT) {
		due.first = c->said != NULL ? c->said->start : slot->start;
		due.last = due.first;
		if (c->times.n > 0)
			due.last = policy_effective(c->times.v, c->times.n);
		if (due.last.s < due.first.s)
			due.first = due.last;
		return due;
	}
	due.first = day_start(c, when->start.day);
	if (when->precision == PRECISION_NLT)
		due.first.s = INT64_MIN;
	due.last = day_start(c, (struct day){ when->last.n + 1 });
	return due;
}

static const struct sight *
leak_of(const struct policy_case *c)
{
	return c->outcomes == NULL ? NULL
				   : sightings_last(c->outcomes->sightings,
					 c->slot->release, SIGHT_EARLY);
}

const char *
case_leak(const struct policy_case *c)
{
	const struct sight *sight = c->slot == NULL ? NULL : leak_of(c);
	const struct watched *watched;

	if (sight == NULL)
		return NULL;
	watched = watches_find(c->outcomes->watches, c->slot->release);
	return watched == NULL || watched->answers ? sight->url : NULL;
}

static const char *
instant_words(
    struct arena *arena, const struct policy_case *c, struct instant at)
{
	struct local local = zone_local(c->plan->zone, at);
	char day[DAY_SIZE], minute[DAY_SIZE];

	return arena_printf(arena, "%s %s", day_format(day, local.day),
	    minute_format(minute, local.minute));
}

/* C1: nobody had it before its time. */
void
judge_early(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct sight *leak = leak_of(c);
	struct due due = due_of(c);
	struct instant at;

	due.first.s -= verdict->parameter->number;
	if (leak != NULL && leak->at.s < due.first.s) {
		verdict->measured_text = instant_words(arena, c, leak->at);
		verdict_set(verdict, OUTCOME_REPORT, "policy.c1_leak");
	} else if (!policy_first_public(c->outcomes, c->slot, &at)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c_not_out");
	} else if (at.s < due.first.s) {
		/* The job itself can be blocked; what is out cannot. */
		verdict->measured_text = instant_words(arena, c, at);
		verdict_set(verdict, OUTCOME_REPORT, "policy.c1_early");
	} else {
		verdict->measured_text = instant_words(arena, c, at);
		verdict_set(verdict, OUTCOME_PASS, "policy.c1_not_early");
	}
}

static bool
is_due(const struct policy_case *c)
{
	enum life_state state =
	    c->slot->life == NULL ? LIFE_DUE : c->slot->life->state;

	return state == LIFE_DUE || state == LIFE_RELEASED;
}

/* C2: it came when it was announced; measured in minutes. */
void
judge_punctuality(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *late = verdict->parameter, *missed;
	struct due due = due_of(c);
	struct instant at = c->now;
	bool out = policy_first_public(c->outcomes, c->slot, &at);
	int64_t seconds = at.s - due.last.s;

	(void)arena;
	if (!is_due(c)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c2_no_time");
		return;
	}
	if (!out && (seconds <= late->number * MINUTE || c->said == NULL)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c_not_out");
		return;
	}
	if (!out && !policy_is_observed(c)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c2_unobserved");
		return;
	}
	verdict->measured = seconds <= 0 ? 0 : (seconds + MINUTE - 1) / MINUTE;
	if (out && seconds <= late->number * MINUTE) {
		verdict_set(verdict, OUTCOME_PASS, "policy.c2_punctual");
		return;
	}
	missed = verdict_measure_by(verdict, c, "release.missed_after");
	if (missed == NULL)
		return;
	if (seconds > missed->number * HOUR) {
		verdict_fail(
		    verdict, out ? "policy.c2_missed" : "policy.c2_absent");
		return;
	}
	verdict->parameter = late;
	verdict_fail(verdict, out ? "policy.c2_late" : "policy.c2_waiting");
}

/* C3: every required portal told that it is out, and at about one time. */
void
judge_equal_access(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	int64_t entry = c->times.released, first = INT64_MAX, last = INT64_MIN;
	size_t i, n = 0, shown = 0;

	(void)arena;
	if (entry == 0 && c->said != NULL && c->said->kind == ENTRY_RELEASED)
		entry = c->said->id;
	for (i = 0; entry != 0 && i < c->office->n_portals; i++) {
		const struct portal *portal = &c->office->portals[i];
		struct confirmation at;

		if (!portal->required || portal->institution != NULL ||
		    !portal_wants_department(portal, c->plan->department))
			continue;
		n++;
		if (c->view == NULL ||
		    !view_confirmed(c->view, portal->id, entry, &at))
			continue;
		shown++;
		first = at.at.s < first ? at.at.s : first;
		last = at.at.s > last ? at.at.s : last;
	}
	if (entry == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.c_not_out");
		return;
	}
	if (n < 2 || shown == 0) {
		verdict_set(verdict, OUTCOME_NA,
		    n < 2 ? "policy.c3_one_portal" : "policy.c3_nowhere");
		return;
	}
	if (shown < n)
		last = c->now.s;
	verdict->measured = (last - first + MINUTE - 1) / MINUTE;
	if (verdict->measured > verdict->parameter->number)
		verdict_fail(verdict,
		    shown < n ? "policy.c3_lacking" : "policy.c3_apart");
	else if (shown < n)
		verdict_set(verdict, OUTCOME_NA, "policy.c3_on_the_way");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.c3_together");
}

/* When the data are, or were, there. */
static bool
formed_on(const struct policy_case *c, struct day *day)
{
	const struct occurrence *occurrence = c->slot->why.occurrence;
	const struct formed *formed = c->slot->series->formed;
	struct period period;

	if (occurrence != NULL && occurrence->has_formed) {
		*day = occurrence->formed;
		return true;
	}
	if (formed == NULL || !period_parse(c->slot->period, &period))
		return false;
	day->n = period.last.n + formed->n;
	if (formed->working)
		*day = calendar_step(c->plan->calendar, period.last, formed->n);
	return true;
}

/* C4: within 20 working days after the data were there (XXGK-26). */
void
judge_legal_deadline(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct day formed, deadline, on = c->slot->when.last;
	char text[DAY_SIZE];
	struct instant at;
	bool out;

	if (!formed_on(c, &formed)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c4_unknown");
		return;
	}
	deadline = calendar_step(
	    c->plan->calendar, formed, (int)verdict->parameter->number);
	if (calendar_certainty(c->plan->calendar, formed, deadline) ==
	    DAY_UNKNOWN) {
		verdict_set(verdict, OUTCOME_NA, "policy.c7_unknown");
		return;
	}
	verdict->measured_text =
	    arena_strdup(arena, day_format(text, deadline));
	out = policy_first_public(c->outcomes, c->slot, &at);
	if (out)
		on = zone_local(c->plan->zone, at).day;
	if (on.n <= deadline.n)
		verdict_set(verdict, OUTCOME_PASS,
		    out ? "policy.c4_kept" : "policy.c4_planned");
	else if (out)
		verdict_fail(verdict, "policy.c4_broken");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.c4_too_late");
}

static bool
may_see(const struct department *department, const char *who)
{
	size_t i;

	for (i = 0; who != NULL && i < department->n_access; i++)
		if (strcmp(department->access[i], who) == 0)
			return true;
	return false;
}

static const char *
place_words(struct arena *arena, const struct place *place)
{
	if (place->cell != NULL)
		return arena_printf(arena, "%s %s", place->file, place->cell);
	return arena_printf(
	    arena, "%s:%d:%d", place->file, place->line, place->col);
}

/* C6: who sees figures beforehand stands on a list, and nobody else does. */
void
judge_access(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct department *department = c->department;
	size_t i;

	if (department == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.h_unknown");
		return;
	}
	verdict->measured_text = "";
	if (department->access == NULL) {
		verdict_fail(verdict, "policy.c6_no_list");
		return;
	}
	for (i = 0; c->acts != NULL && i < c->acts->n; i++) {
		const struct act *act = &c->acts->v[i];

		if (act->kind != ACT_ACCESS || act->department == NULL ||
		    strcmp(act->department, department->id) != 0 ||
		    may_see(department, act->with))
			continue;
		/* Neither the name nor what may be closed. */
		verdict->measured_text = place_words(arena, &act->place);
		verdict_fail(verdict, "policy.c6_outside");
		return;
	}
	verdict->measured_text = NULL;
	verdict->measured = (int64_t)department->n_access;
	verdict_set(verdict, OUTCOME_PASS, "policy.c6_kept");
}
