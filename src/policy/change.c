/* B: changes of what was said. */
#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

#define HOUR 3600

enum trait {
	TIME = 1,  /* it gets another time, or none for now */
	STATE = 2, /* somebody had to decide it */
	MOVE = 4   /* one more of B7's moves */
};

static unsigned
traits(enum entry_kind kind)
{
	static const unsigned of[] = {
		[ENTRY_MOVED_EARLIER] = TIME | STATE | MOVE,
		[ENTRY_MOVED_LATER] = TIME | STATE | MOVE,
		[ENTRY_TIME_CHANGED] = TIME | STATE | MOVE,
		[ENTRY_POSTPONED] = TIME | STATE | MOVE,
		[ENTRY_CANCELLED] = TIME | STATE,
		[ENTRY_REINSTATED] = TIME | STATE,
		[ENTRY_PROFILE] = 0,
	};

	return (size_t)kind < COUNT(of) ? of[kind] : 0;
}

/*
 * A day within the month that was said, or a clock time on the day that was
 * said, makes it more precise; nobody has to plan anew.
 */
static bool
narrows(const struct moment *said, const struct moment *wanted)
{
	return said->precision != PRECISION_INSTANT &&
	       said->precision != PRECISION_NONE &&
	       wanted->precision < said->precision &&
	       wanted->start.day.n >= said->start.day.n &&
	       wanted->last.n <= said->last.n;
}

static bool
is_change_of_time(const struct policy_case *c)
{
	bool later_known =
	    c->change != ENTRY_POSTPONED && c->change != ENTRY_CANCELLED;

	if ((traits(c->change) & TIME) == 0)
		return false;
	return !(later_known && c->said->status < SAID_CANCELLED &&
		 narrows(&c->said->when, &c->wanted->when));
}

/* False, and n/a, unless what was said is to be changed in that way. */
static bool
concerns(const struct policy_case *c, struct verdict *verdict,
    bool (*is)(const struct policy_case *c))
{
	if (c->said != NULL && c->is_change && c->wanted != NULL && is(c))
		return true;
	verdict_set(verdict, OUTCOME_NA, "policy.b_no_change");
	return false;
}

static bool
is_any(const struct policy_case *c)
{
	(void)c;
	return true;
}

/* B8 asks for the reason of a cancellation. */
static bool
needs_reason(const struct policy_case *c)
{
	return is_change_of_time(c) && c->change != ENTRY_CANCELLED;
}

static bool
is_cancelled_now(const struct policy_case *c)
{
	return c->change == ENTRY_CANCELLED;
}

/* Whether it is known when it comes instead. */
static bool
has_new_time(const struct policy_case *c)
{
	return c->change != ENTRY_POSTPONED && c->change != ENTRY_CANCELLED;
}

/* What the acts make of it, also where the plan has dropped it; or NULL. */
static const struct life *
life_at(struct arena *arena, const struct policy_case *c)
{
	if (c->slot != NULL || c->acts == NULL)
		return c->slot != NULL ? c->slot->life : NULL;
	return life_of(arena, c->acts, c->said->release, NULL);
}

/* The act that decided the change, or NULL: the plan alone did. */
static const struct act *
decision(struct arena *arena, const struct policy_case *c)
{
	const struct life *life = life_at(arena, c);

	switch (c->is_change ? c->change : ENTRY_POSTPONED) {
	case ENTRY_POSTPONED:
		return life != NULL ? life->postpone : NULL;
	case ENTRY_CANCELLED:
		if (life != NULL && life->cancel == NULL)
			return life->withhold;
		return life != NULL ? life->cancel : NULL;
	case ENTRY_REINSTATED:
		if (life != NULL && life->reinstate == NULL)
			return life->move;
		return life != NULL ? life->reinstate : NULL;
	default:
		/* Its own, or that of the release that it follows. */
		if (c->slot != NULL && c->slot->why.move != NULL)
			return c->slot->why.move;
		return life != NULL ? life->reinstate : NULL;
	}
}

/*
 * What readers would miss first: the old time, the new one, or, if the old
 * one was called off already, only the new one.
 */
static struct moment
earliest(const struct policy_case *c, struct instant *start)
{
	bool off = c->said->status == SAID_POSTPONED ||
		   c->said->status == SAID_CANCELLED;

	if (has_new_time(c) && (off || c->wanted->start.s < c->said->start.s)) {
		*start = c->wanted->start;
		return c->wanted->when;
	}
	*start = c->said->start;
	return c->said->when;
}

/* B1: a change is told before both times. */
void
judge_change_before(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct instant start;
	struct moment when;

	if (!concerns(c, verdict, is_change_of_time))
		return;
	when = earliest(c, &start);
	verdict->prediction = true;
	verdict->measured_text = moment_plain(arena, &when);
	if (c->now.s < start.s)
		verdict_set(verdict, OUTCOME_PASS, "policy.b1_before");
	else
		verdict_fail(verdict, "policy.b1_after");
}

static bool
is_waived(
    struct arena *arena, const struct policy_case *c, const char *parameter)
{
	const struct parameter *waives =
	    policy_parameter(&c->office->policy, "change.force_majeure_waives");
	const struct act *act = decision(arena, c);

	return act != NULL && act->reason_code != NULL &&
	       strcmp(act->reason_code, "force_majeure") == 0 &&
	       parameter_has(waives, parameter);
}

/* B2: in working days, to the earlier of both times. */
void
judge_change_notice(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct plan *plan = case_plan(c);
	struct instant start;
	struct day first;

	if (!concerns(c, verdict, is_change_of_time))
		return;
	if (plan == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.no_plan");
		return;
	}
	first = earliest(c, &start).start.day;
	verdict->prediction = true;
	verdict->measured =
	    calendar_workdays(plan->calendar, case_today(c), first);
	if (verdict->measured >= verdict->parameter->number)
		verdict_set(verdict, OUTCOME_PASS, "policy.b2_enough");
	else if (is_waived(arena, c, "min_notice"))
		verdict_set(verdict, OUTCOME_PASS, "policy.b2_waived");
	else
		verdict_fail(verdict, "policy.b2_short");
}

/*
 * Too near to the old time, holding a change back would mislead readers more
 * than saying it without its reason.
 */
static bool
valve_is_open(const struct policy_case *c)
{
	const struct parameter *valve =
	    policy_parameter(&c->office->policy, "change.block_release_valve");

	return valve != NULL &&
	       c->now.s >= c->said->start.s - valve->number * HOUR;
}

/* Blocks, or reports once the valve is open. */
static void
fail_or_report(const struct policy_case *c, struct verdict *verdict,
    const char *blocked, const char *reported)
{
	verdict_fail(verdict, blocked);
	if (verdict->outcome == OUTCOME_BLOCK && valve_is_open(c))
		verdict_set(verdict, OUTCOME_REPORT, reported);
}

static const char *
reason_text(const struct policy_case *c)
{
	const char *reason = text_in(&c->wanted->reason, LANG_ZH);

	return reason[strspn(reason, " \t\n")] == '\0' ? NULL : reason;
}

static int64_t
characters(const char *s)
{
	int64_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80 && *s != ' ';
	return n;
}

/* The vague phrase that the reason holds, or NULL. */
static const char *
vague_phrase(const struct policy_case *c, const char *reason)
{
	const struct parameter *list =
	    policy_parameter(&c->office->policy, "change.reason_vague_list");
	size_t i;

	for (i = 0; list != NULL && i < list->n_set; i++)
		if (strstr(reason, list->set[i]) != NULL)
			return list->set[i];
	return NULL;
}

/* B3: what is left beside a vague phrase must be long enough by itself. */
void
judge_reason(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const char *reason, *vague;
	int64_t n;

	(void)arena;
	if (!concerns(c, verdict, needs_reason))
		return;
	verdict->measured_text = "";
	if ((reason = reason_text(c)) == NULL) {
		fail_or_report(
		    c, verdict, "policy.b3_missing", "policy.b3_missing_valve");
		return;
	}
	verdict->measured_text = NULL;
	if (verdict_measure_by(verdict, c, "change.reason_min_chars") == NULL)
		return;
	n = characters(reason);
	verdict->measured = n;
	vague = vague_phrase(c, reason);
	if (vague != NULL &&
	    n - characters(vague) < verdict->parameter->number) {
		verdict_measure_by(verdict, c, "change.reason_vague_list");
		verdict->measured_text = vague;
		verdict_fail(verdict, "policy.b3_vague");
	} else if (n < verdict->parameter->number) {
		verdict_fail(verdict, "policy.b3_short");
	} else {
		verdict_set(verdict, OUTCOME_PASS, "policy.b3_reason");
	}
}

/* When the public was told of what is said now. */
static struct instant
told(const struct policy_case *c)
{
	struct notice_said notice;

	if (c->is_change)
		return c->now;
	notice =
	    policy_notice(c->office, c->view, case_department(c), c->said->id);
	return notice.known ? notice.at : c->said->at;
}

static bool
is_postponed(const struct policy_case *c)
{
	if (c->said == NULL)
		return false;
	return c->is_change ? c->change == ENTRY_POSTPONED && c->wanted != NULL
			    : c->said->status == SAID_POSTPONED;
}

/* The day on which the new date is to be said, as it was promised. */
static bool
promised(struct arena *arena, const struct policy_case *c, struct day *due)
{
	const struct act *act = decision(arena, c);

	if (c->wanted != NULL && c->wanted->has_due)
		*due = c->wanted->due;
	else if (act != NULL && act->kind == ACT_POSTPONE && act->has_due)
		*due = act->due;
	else
		return false;
	return true;
}

/* B4: what is postponed says by when it has a new date, and keeps that. */
void
judge_new_date(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct plan *plan = case_plan(c);
	const struct parameter *within = verdict->parameter;
	struct day due, latest;
	char text[DAY_SIZE];
	bool has_due;

	if (!is_postponed(c) || plan == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.b4_not_postponed");
		return;
	}
	latest = calendar_step(plan->calendar,
	    zone_local(plan->zone, told(c)).day, (int)within->number);
	has_due = promised(arena, c, &due);
	verdict->measured_text =
	    arena_strdup(arena, day_format(text, has_due ? due : latest));
	if (case_today(c).n > (has_due ? due : latest).n) {
		verdict_set(verdict, OUTCOME_REPORT, "policy.b4_overdue");
	} else if (!has_due) {
		verdict->measured_text = "";
		if (verdict_measure_by(
			verdict, c, "change.new_date_required") == NULL)
			return;
		fail_or_report(
		    c, verdict, "policy.b4_missing", "policy.b4_missing_valve");
		if (!c->is_change)
			verdict_set(
			    verdict, OUTCOME_REPORT, "policy.b4_missing_valve");
	} else if (due.n > latest.n) {
		verdict_set(verdict, OUTCOME_WARN, "policy.b4_far");
	} else {
		verdict_set(verdict, OUTCOME_PASS, "policy.b4_due");
	}
}

/* B5: an act of somebody who may decide it. */
void
judge_approver(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct act *act;

	if (!concerns(c, verdict, is_change_of_time))
		return;
	act = decision(arena, c);
	verdict->measured_text =
	    act == NULL || act->role == NULL ? "" : act->role;
	if (act == NULL)
		verdict_fail(verdict, "policy.b5_no_act");
	else if (act->role == NULL)
		verdict_fail(verdict, "policy.b5_no_role");
	else if (!parameter_has(verdict->parameter, act->role))
		verdict_fail(verdict, "policy.b5_role");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.b5_approved");
}

/* A day that became vaguer did not come nearer. */
static bool
is_brought_forward(const struct policy_case *c)
{
	const struct moment *said = &c->said->when, *wanted = &c->wanted->when;

	if (!is_change_of_time(c) || !has_new_time(c))
		return false;
	if (said->precision != PRECISION_INSTANT ||
	    wanted->precision != PRECISION_INSTANT)
		return wanted->last.n < said->start.day.n;
	return c->wanted->start.s < c->said->start.s;
}

/* B6: nothing is brought forward by surprise. */
void
judge_bring_forward(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct plan *plan = case_plan(c);
	const struct act *act;

	if (!concerns(c, verdict, is_brought_forward))
		return;
	if (plan == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.no_plan");
		return;
	}
	act = decision(arena, c);
	verdict->prediction = true;
	verdict->measured = calendar_workdays(
	    plan->calendar, case_today(c), c->wanted->when.start.day);
	if (verdict->measured >= verdict->parameter->number)
		verdict_set(verdict, OUTCOME_PASS, "policy.b6_enough");
	else if (is_waived(arena, c, "bring_forward_min_notice"))
		verdict_set(verdict, OUTCOME_PASS, "policy.b6_waived");
	else if (act != NULL && act->override && act->role != NULL &&
		 strcmp(act->role, "responsible_leader") == 0)
		verdict_set(verdict, OUTCOME_WARN, "policy.b6_override");
	else
		verdict_fail(verdict, "policy.b6_short");
}

static bool
is_move(const struct policy_case *c)
{
	return is_change_of_time(c) && (traits(c->change) & MOVE) != 0;
}

/* B7: dates that keep changing are no notice. */
void
judge_change_count(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	(void)arena;
	if (!concerns(c, verdict, is_move))
		return;
	verdict->measured = (int64_t)c->said->moves + 1;
	if (verdict->measured <= verdict->parameter->number)
		verdict_set(verdict, OUTCOME_PASS, "policy.b7_few");
	else
		verdict_fail(verdict, "policy.b7_many");
}

/*
 * The feeds hold last year, this one and the next as a whole, so what was for
 * some day stays for at least twelve months after it.
 */
#define MONTHS_VISIBLE 12

static void
judge_visible(const struct policy_case *c, struct verdict *verdict)
{
	verdict->measured_text = NULL;
	if (verdict_measure_by(verdict, c, "cancel.keep_visible") == NULL)
		return;
	verdict->measured = MONTHS_VISIBLE;
	if (verdict->measured >= verdict->parameter->number)
		verdict_set(verdict, OUTCOME_PASS, "policy.b8_visible");
	else
		verdict_fail(verdict, "policy.b8_vanishes");
}

/* B8: cancelled openly: with a reason, and to be seen for long enough. */
void
judge_cancellation(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	(void)arena;
	if (c->said != NULL && !c->is_change &&
	    c->said->status == SAID_CANCELLED) {
		judge_visible(c, verdict);
		return;
	}
	if (!concerns(c, verdict, is_cancelled_now))
		return;
	if (reason_text(c) != NULL) {
		judge_visible(c, verdict);
		return;
	}
	verdict->measured_text = "";
	verdict_fail(verdict, "policy.b8_no_reason");
}

static bool
time_has_record(struct arena *arena, const struct policy_case *c)
{
	const struct occurrence *occurrence =
	    c->slot != NULL ? c->slot->why.occurrence : NULL;

	return decision(arena, c) != NULL ||
	       (occurrence != NULL &&
		   *text_in(&occurrence->reason, LANG_ZH) != '\0');
}

/* Title, indicators and channels; not known of what was said long ago. */
static bool
core_differs(const struct policy_case *c)
{
	static const struct digest unknown;

	return digest_compare(&c->said->core, &unknown) != 0 &&
	       digest_compare(&c->said->core, &c->core) != 0;
}

static bool
core_has_record(struct arena *arena, const struct policy_case *c)
{
	const struct life *life = life_at(arena, c);

	return life != NULL && life->reissue != NULL &&
	       life->reissue->at.s >= c->said->at.s;
}

/* B9: no silent edit of time, title, indicators or channels. */
void
judge_silent_change(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	if (!concerns(c, verdict, is_any))
		return;
	if (is_change_of_time(c) && !time_has_record(arena, c))
		verdict_set(verdict, OUTCOME_BLOCK, "policy.b9_time");
	else if (core_differs(c) && !core_has_record(arena, c))
		verdict_set(verdict, OUTCOME_BLOCK, "policy.b9_words");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.b9_recorded");
}

/* The change of method that begins with this release, or NULL. */
static const struct method_change *
method_change_of(const struct policy_case *c)
{
	const struct series *series = c->slot->series;
	struct period period, from;
	size_t i;

	if (!period_parse(c->slot->period, &period))
		return NULL;
	for (i = 0; i < series->n_method_changes; i++)
		if (period_parse(series->method_changes[i].from, &from) &&
		    from.first.n >= period.first.n &&
		    from.first.n <= period.last.n)
			return &series->method_changes[i];
	return NULL;
}

/* B10: told when it was declared, but not before anything was said. */
void
judge_method_change(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct method_change *change = method_change_of(c);
	struct day on, today = case_today(c);

	(void)arena;
	if (change == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.b10_none");
		return;
	}
	on = change->declared;
	if (c->said == NULL && today.n > on.n)
		on = today;
	verdict->measured = (int64_t)c->slot->when.start.day.n - on.n;
	if (verdict->measured >= verdict->parameter->number)
		verdict_set(verdict, OUTCOME_PASS, "policy.b10_enough");
	else
		verdict_fail(verdict, "policy.b10_short");
}
