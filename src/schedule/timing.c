#include "expansion.h"

#include <stdio.h>
#include <string.h>

/* One period and the timing that is to find its day. */
struct question {
	struct expansion *expansion;
	const struct series *series;
	const struct rule *rule;
	const struct reference *reference;
	const struct timing *timing;
	int year, month; /* the anchor month */
};

static const struct calendar *
calendar_of(const struct question *question)
{
	return question->expansion->plan->calendar;
}

static struct day
day_plus(struct day day, int n)
{
	return (struct day){ day.n + n };
}

static struct day
month_end(int year, int month)
{
	return day_of(year, month, month_length(year, month));
}

/* No date, and the anchor month is to blame. */
static bool
refuse_month(const struct question *question, struct finding *finding,
    const char *problem)
{
	snprintf(finding->detail, sizeof(finding->detail), "%04d-%02d",
	    question->year, question->month);
	finding->problem = problem;
	return false;
}

/* The date needs these days to be what the calendar says they are. */
static void
rest_on(const struct question *question, struct finding *finding,
    struct day from, struct day to)
{
	enum day_state state =
	    calendar_certainty(calendar_of(question), from, to);

	if (state > finding->state)
		finding->state = state;
}

/* n days on, which are working days if the timing says so. */
static void
count_days(const struct question *question, struct finding *finding,
    struct day from, int n)
{
	finding->nominal = day_plus(from, n);
	if (!question->timing->working || n == 0)
		return;
	finding->nominal = calendar_step(calendar_of(question), from, n);
	rest_on(question, finding, day_plus(from, n > 0 ? 1 : -1),
	    finding->nominal);
}

static struct day
clamped(int year, int month, int mday)
{
	int last = month_length(year, month);

	return day_of(year, month, mday < last ? mday : last);
}

/* The first of the listed days of a month that is after a day. */
static bool
listed_after(const struct timing *timing, int year, int month, struct day after,
    struct day *day)
{
	bool found = false;
	size_t i;

	for (i = 0; i < timing->n_days; i++) {
		struct day listed = clamped(year, month, timing->days[i]);

		if (listed.n > after.n && (!found || listed.n < day->n)) {
			*day = listed;
			found = true;
		}
	}
	return found;
}

static bool
find_day(const struct question *question, struct finding *finding)
{
	const struct timing *timing = question->timing;
	struct day last, next;
	int year, month, mday;

	if (question->series->frequency != FREQUENCY_TEN_DAY) {
		finding->nominal =
		    clamped(question->year, question->month, timing->days[0]);
		return true;
	}
	last = day_add_months(
	    question->reference->period.last, question->rule->lag);
	if (listed_after(timing, question->year, question->month, last,
		&finding->nominal))
		return true;
	next = day_plus(month_end(question->year, question->month), 1);
	day_parts(next, &year, &month, &mday);
	return listed_after(timing, year, month, last, &finding->nominal);
}

static bool
find_workday(const struct question *question, struct finding *finding)
{
	int n = question->timing->n;

	if (!calendar_nth_workday(calendar_of(question), question->year,
		question->month, n, &finding->nominal))
		return refuse_month(question, finding, "schedule.no_workday");
	rest_on(question, finding,
	    n > 0 ? day_of(question->year, question->month, 1)
		  : month_end(question->year, question->month),
	    finding->nominal);
	return true;
}

/* The n-th of these weekdays on or after a day, or on or before if n < 0. */
static struct day
weekday_from(struct day day, enum weekday weekday, int n)
{
	int ahead = ((int)weekday - (int)day_weekday(day) + 7) % 7;

	if (n > 0)
		return day_plus(day, ahead + 7 * (n - 1));
	return day_plus(day, (ahead > 0 ? ahead - 7 : 0) + 7 * (n + 1));
}

static bool
find_weekday(const struct question *question, struct finding *finding)
{
	const struct timing *timing = question->timing;
	struct day first = day_of(question->year, question->month, 1);
	struct day last = month_end(question->year, question->month);

	finding->nominal = weekday_from(
	    timing->n > 0 ? first : last, timing->weekday, timing->n);
	if (finding->nominal.n < first.n || finding->nominal.n > last.n)
		return refuse_month(question, finding, "schedule.no_weekday");
	return true;
}

static bool
find_weekday_after(const struct question *question, struct finding *finding)
{
	const struct timing *timing = question->timing;
	struct day day = clamped(question->year, question->month, timing->day);
	struct day saturday = day_plus(day, SATURDAY - (int)day_weekday(day));

	finding->nominal =
	    weekday_from(day_plus(saturday, 1), timing->weekday, timing->n);
	return true;
}

static bool
find_after_period(const struct question *question, struct finding *finding)
{
	count_days(question, finding, question->reference->period.last,
	    question->timing->n);
	return true;
}

static bool
find_before_month_end(const struct question *question, struct finding *finding)
{
	count_days(question, finding,
	    month_end(question->year, question->month), -question->timing->n);
	return true;
}

static const struct span *
base_span(const struct expansion *expansion, const struct timing *timing)
{
	const struct plan *plan = expansion->plan;
	const struct series *base = plan_series(plan, timing->series);

	return base != NULL ? &expansion->spans[base - plan->series] : NULL;
}

static bool
same_estimate(const struct rule *a, const struct rule *b)
{
	return a->estimate != NULL && b->estimate != NULL &&
	       strcmp(a->estimate, b->estimate) == 0;
}

/*
 * The base's release of the period with the same end: of the same estimate
 * if it has that, else of its first rule; of the very same period if two
 * periods end together.
 */
static const struct slot *
base_release(const struct question *question, const struct footing **footing)
{
	const struct expansion *expansion = question->expansion;
	const struct span *span = base_span(expansion, question->timing);
	const struct slot *best = NULL;
	int best_rank = 0;
	size_t i;

	/* A span that is still open is a cycle. */
	if (span == NULL || span->state != SPAN_DONE)
		return NULL;
	for (i = span->first; i < span->first + span->n; i++) {
		const struct footing *at =
		    &expansion->footings.v[i - expansion->first];
		const struct slot *slot = &expansion->slots->v[i];
		bool same = same_estimate(slot->rule, question->rule);
		int rank = 1;

		if (at->last.n != question->reference->period.last.n ||
		    (!same && slot->rule != &slot->series->rules[0]))
			continue;
		rank += same ? 2 : 0;
		rank += strcmp(slot->period, question->reference->text) == 0;
		if (rank > best_rank) {
			best_rank = rank;
			best = slot;
			*footing = at;
		}
	}
	return best;
}

static bool
refuse_base(const struct question *question, struct finding *finding,
    const char *problem)
{
	day_format(finding->detail, question->reference->period.last);
	finding->problem = problem;
	return false;
}

static bool
find_after_series(const struct question *question, struct finding *finding)
{
	const struct timing *timing = question->timing;
	const struct footing *footing = NULL;
	const struct slot *base = base_release(question, &footing);
	bool stated, known;

	if (base == NULL || (timing->of_rule && !base->why.has_nominal))
		return refuse_base(question, finding, "schedule.no_base");
	finding->base = base;
	stated = !timing->of_rule && base->why.source != WHY_RULE;
	known = stated ? base->when.precision != PRECISION_MONTH &&
			     base->when.precision != PRECISION_WINDOW
		       : base->why.has_nominal;
	if (!stated)
		finding->state = footing->state;
	if (known)
		count_days(question, finding,
		    stated ? base->when.start.day : base->why.rolled,
		    timing->n);
	else if (timing->n != 0)
		return refuse_base(question, finding, "schedule.base_vague");
	/* Not if the base's own rule has this precision: so has ours one. */
	finding->is_vague =
	    !known ||
	    (!timing->of_rule && base->when.precision == PRECISION_NLT &&
		(stated || base->rule->precision != PRECISION_NLT));
	finding->vague = base->when;
	return true;
}

static bool (*const finders[])(
    const struct question *question, struct finding *finding) = {
	[TIMING_DAY] = find_day,
	[TIMING_WORKDAY] = find_workday,
	[TIMING_WEEKDAY] = find_weekday,
	[TIMING_WEEKDAY_AFTER] = find_weekday_after,
	[TIMING_AFTER_PERIOD] = find_after_period,
	[TIMING_AFTER_SERIES] = find_after_series,
	[TIMING_BEFORE_MONTH_END] = find_before_month_end,
};

static const struct timing *
timing_of_month(const struct rule *rule, int month)
{
	size_t i;

	for (i = 0; i < rule->n_timings; i++)
		if (rule->timings[i].months == 0 ||
		    (rule->timings[i].months >> month & 1) != 0)
			return &rule->timings[i];
	return NULL;
}

static void
roll_day(const struct question *question, struct finding *finding)
{
	enum roll roll = question->rule->roll;

	finding->rolled = finding->nominal;
	if (roll == ROLL_NONE)
		return;
	finding->rolled =
	    calendar_roll(calendar_of(question), roll, finding->nominal);
	rest_on(question, finding, finding->nominal, finding->rolled);
}

struct finding
timing_find(struct expansion *expansion, const struct series *series,
    const struct rule *rule, const struct reference *reference)
{
	struct finding finding = { .state = DAY_PUBLISHED };
	struct question question = {
		.expansion = expansion,
		.series = series,
		.rule = rule,
		.reference = reference,
	};
	struct day end = reference->period.last;
	int mday;

	day_parts(end, &question.year, &question.month, &mday);
	day_parts(day_add_months(day_plus(end, 1 - mday), rule->lag),
	    &question.year, &question.month, &mday);
	finding.timing = timing_of_month(rule, question.month);
	if (finding.timing == NULL)
		return finding;
	question.timing = finding.timing;
	if (!finders[finding.timing->kind](&question, &finding)) {
		finding.of_year = finding.base != NULL ||
				  question.year == expansion->plan->year;
		return finding;
	}
	finding.has_day =
	    !finding.is_vague || finding.vague.precision == PRECISION_NLT;
	if (finding.has_day)
		roll_day(&question, &finding);
	finding.of_year = finding.base != NULL ||
			  day_year(finding.nominal) == expansion->plan->year;
	return finding;
}

/* How many days before or after its anchor month a timing may find one. */
static int
days_outside(const struct series *series, const struct timing *timing)
{
	int n = timing->n < 0 ? -timing->n : timing->n;

	switch (timing->kind) {
	case TIMING_DAY:
		return series->frequency == FREQUENCY_TEN_DAY ? 31 : 0;
	case TIMING_WEEKDAY_AFTER:
		return 7 * n + 14;
	case TIMING_AFTER_PERIOD:
	case TIMING_BEFORE_MONTH_END: /* of working days, half are enough */
		return 2 * n + 40;
	default:
		return 0;
	}
}

static void
widen(struct day day, struct day *from, struct day *to)
{
	if (day.n < from->n)
		*from = day;
	if (day.n > to->n)
		*to = day;
}

void
timing_reach(const struct expansion *expansion, const struct series *series,
    const struct rule *rule, struct day *from, struct day *to)
{
	int year = expansion->plan->year;
	struct day first = day_of(year, 1, 1), last = day_of(year, 12, 31);
	size_t i, j;

	*from = day_add_months(first, -rule->lag);
	*to = day_plus(day_add_months(day_plus(last, 1), -rule->lag), -1);
	for (i = 0; i < rule->n_timings; i++) {
		const struct timing *timing = &rule->timings[i];
		int days = days_outside(series, timing);
		const struct span *span;

		if (timing->kind == TIMING_AFTER_PERIOD) {
			widen(day_plus(first, -days), from, to);
			widen(day_plus(last, days), from, to);
		} else if (days > 0) {
			*from = day_plus(*from, -days);
			*to = day_plus(*to, days);
		}
		if (timing->kind != TIMING_AFTER_SERIES ||
		    (span = base_span(expansion, timing)) == NULL ||
		    span->state != SPAN_DONE)
			continue;
		for (j = 0; j < span->n; j++)
			widen(expansion->footings
				  .v[span->first + j - expansion->first]
				  .last,
			    from, to);
	}
}

bool
schedule_day(const struct plan *plan, const struct series *series,
    const struct rule *rule, const struct period *period, struct day *day)
{
	/* Only the plan of it is asked; all of it is too large to clear. */
	struct expansion expansion;
	struct reference reference = { .period = *period };
	struct finding finding;
	size_t i;

	for (i = 0; i < rule->n_timings; i++)
		if (rule->timings[i].kind == TIMING_AFTER_SERIES)
			return false;
	expansion.plan = plan;
	finding = timing_find(&expansion, series, rule, &reference);
	*day = finding.rolled;
	return finding.has_day;
}
