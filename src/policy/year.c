/* A: what a year, a series and a plan as a whole owe. */
#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

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
	struct given given = { .at = c->now, .prediction = true };
	struct day on, deadline;
	const struct parameter *due;
	int year = c->plan->year;
	char text[DAY_SIZE];

	if (c->plan_said)
		given = notice_of(c, c->plan_since_entry, c->plan_since);
	on = zone_local(c->plan->zone, given.at).day;
	verdict_given(verdict, &given);
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

/* Whether a later plan of the department goes on with the series. */
static bool
goes_on_later(const struct policy_case *c)
{
	size_t i;

	for (i = 0; c->plans != NULL && i < c->plans->n; i++) {
		const struct plan *plan = c->plans->v[i];

		if (plan->year > c->plan->year &&
		    strcmp(plan->department, c->plan->department) == 0 &&
		    plan_series(plan, c->series->id) != NULL)
			return true;
	}
	return false;
}

/* The last day on which anything of the series is to come. */
static const struct slot *
last_live(struct arena *arena, const struct policy_case *c)
{
	const struct slot *found = NULL, *slots;
	size_t n, i;

	slots = case_slots(arena, c, &n);
	for (i = 0; i < n; i++)
		if (slot_is_live(&slots[i]) &&
		    (found == NULL ||
			slots[i].when.last.n > found->when.last.n))
			found = &slots[i];
	return found;
}

/* The day on which the one after this last one would be due. */
static struct day
next_due(const struct series *series, struct day last)
{
	static const int months[] = {
		[FREQUENCY_ANNUAL] = 12,
		[FREQUENCY_HALF_YEARLY] = 6,
		[FREQUENCY_QUARTERLY] = 3,
		[FREQUENCY_MONTHLY] = 1,
		[FREQUENCY_TEN_DAY] = 0,
		[FREQUENCY_WEEKLY] = 0,
	};

	return day_add_months(last, months[series->frequency]);
}

/*
 * A3: every release of a live series that falls within the horizon is
 * announced: its last one lies beyond, or the one after that does.
 */
void
judge_horizon(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct day today = case_today(c);
	int64_t horizon = today.n + verdict->parameter->number;
	const struct slot *last;
	int64_t days;

	if (c->series->frequency == FREQUENCY_IRREGULAR) {
		verdict_set(verdict, OUTCOME_NA, "policy.irregular");
		return;
	}
	if (goes_on_later(c)) {
		verdict_set(verdict, OUTCOME_NA, "policy.a3_later_plan");
		return;
	}
	last = last_live(arena, c);
	if (last == NULL) {
		verdict->measured_text = "";
		verdict_fail(verdict, "policy.a3_none");
		return;
	}
	days = (int64_t)last->when.last.n - today.n;
	verdict->measured = days < 0 ? 0 : days;
	if (last->when.last.n >= horizon)
		verdict_set(verdict, OUTCOME_PASS, "policy.a3_ahead");
	else if (next_due(c->series, last->when.last).n > horizon)
		verdict_set(verdict, OUTCOME_PASS,
		    days < 0 ? "policy.a3_over_not_due" : "policy.a3_not_due");
	else
		verdict_fail(
		    verdict, days < 0 ? "policy.a3_over" : "policy.a3_ends");
}

/* Each release has a clock time, from its rule or of its own. */
static bool
rule_has_time(const struct rule *rule)
{
	size_t i;

	if (rule->minute != NO_TIME)
		return true;
	for (i = 0; i < rule->n_occurrences; i++) {
		const struct occurrence *o = &rule->occurrences[i];

		if (!o->skip && o->minute == NO_TIME &&
		    o->when.start.minute == NO_TIME)
			return false;
	}
	return rule->n_timings == 0 && rule->n_occurrences > 0;
}

static bool
has_element(const struct series *series, const char *element)
{
	size_t i;

	if (strcmp(element, "content") == 0)
		return series->n_indicators > 0 ||
		       *text_in(&series->definition, LANG_ZH) != '\0';
	if (strcmp(element, "method") == 0)
		return series->n_channels > 0 || series->url != NULL;
	if (strcmp(element, "frequency") == 0)
		return series->frequency != FREQUENCY_IRREGULAR;
	for (i = 0; i < series->n_rules; i++)
		if (!rule_has_time(&series->rules[i]))
			return false;
	return strcmp(element, "time") == 0;
}

#define SERIES_NAMED 3

/*
 * A5: 时间、内容、方式、频率.  方式 is how results are made public (BJ-28:
 * 统计资料公布的…方式), so a channel or an address, not the survey's method.
 */
void
judge_plan_elements(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *elements = verdict->parameter;
	size_t i, j, open = 0, lacking = 0;
	struct buf buf;

	buf_init(&buf, arena);
	for (i = 0; i < c->plan->n_series; i++) {
		const struct series *series = &c->plan->series[i];
		bool told = false;

		if (!office_opens(c->office, series))
			continue;
		open++;
		for (j = 0; j < elements->n_set; j++) {
			if (has_element(series, elements->set[j]))
				continue;
			if (!told && lacking++ < SERIES_NAMED)
				buf_printf(&buf, "%s%s: %s",
				    buf.len > 0 ? "; " : "", series->id,
				    elements->set[j]);
			else if (lacking <= SERIES_NAMED)
				buf_printf(&buf, ", %s", elements->set[j]);
			told = true;
		}
	}
	if (lacking > SERIES_NAMED)
		buf_printf(&buf, "; … (%zu)", lacking);
	if (open == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.kept_out");
	} else if (lacking == 0) {
		verdict_set(verdict, OUTCOME_PASS, "policy.a5_complete");
	} else {
		verdict->measured_text = buf.data;
		verdict_fail(verdict, "policy.a5_missing");
	}
}

static bool
has_passed(const struct policy_case *c)
{
	const struct slot *slot = c->slot;

	if (slot->life != NULL && slot->life->state == LIFE_RELEASED)
		return true;
	if (slot->when.precision == PRECISION_INSTANT)
		return slot->start.s <= c->now.s;
	return slot->when.last.n < case_today(c).n;
}

/* A7: with a release out, the public knows the day of the next one. */
void
judge_next_release(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct slot *next = NULL, *slots;
	struct policy_case series = *c;
	size_t n, i;

	series.series = c->slot->series;
	if (series.series->frequency == FREQUENCY_IRREGULAR) {
		verdict_set(verdict, OUTCOME_NA, "policy.irregular");
		return;
	}
	if (!has_passed(c)) {
		verdict_set(verdict, OUTCOME_NA, "policy.a7_not_out");
		return;
	}
	slots = case_slots(arena, &series, &n);
	for (i = 0; i < n; i++)
		if (slot_is_live(&slots[i]) &&
		    slots[i].start.s > c->slot->start.s &&
		    (next == NULL || slots[i].start.s < next->start.s))
			next = &slots[i];
	if (next != NULL) {
		verdict->measured_text = moment_plain(arena, &next->when);
		verdict_set(verdict, OUTCOME_PASS, "policy.a7_next");
	} else {
		verdict->measured_text = "";
		verdict_fail(verdict, goes_on_later(&series)
					  ? "policy.a7_none"
					  : "policy.a7_no_plan");
	}
}
