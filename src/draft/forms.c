/*
 * The forms of the timing language that may explain the past, the simpler
 * ones first.  What their parameters may be, the past days themselves say.
 */
#include <string.h>

#include "track.h"

/* Further from the base than this, a series hardly follows it. */
#define BASE_DAYS_MOST 7
#define BASE_WORKDAYS_MOST 5
/* Every month has so many working days, whatever the next notice says. */
#define WORKDAY_MOST 15
#define MONTH_END_MOST 10
#define AFTER_PERIOD_MOST 200
#define AFTER_PERIOD_LEAST (-31)
/* As the plan's reader takes them. */
#define LAG_LEAST (-12)
#define LAG_MOST 60
/* A fifth weekday is not in every month. */
#define NTH_MOST 4

/* A timing and how many past days it would give as they are. */
struct proposal {
	struct timing timing;
	size_t n;
};

struct proposals {
	struct arena *arena;
	struct proposal *v;
	size_t n, cap;
};

/* One past day, and the month in which its rule would count. */
struct sample {
	const struct track *track;
	const struct period *period;
	struct day day;
	int year, month; /* the anchor month */
	struct day first, last;
	bool inside; /* the day is in it */
};

static bool
same_timing(const struct timing *a, const struct timing *b)
{
	size_t i;

	if (a->kind != b->kind || a->n != b->n || a->working != b->working ||
	    a->weekday != b->weekday || a->day != b->day ||
	    a->n_days != b->n_days)
		return false;
	for (i = 0; i < a->n_days; i++)
		if (a->days[i] != b->days[i])
			return false;
	return true;
}

static void
propose(struct proposals *proposals, const struct timing *timing)
{
	struct proposal new = { *timing, 1 };
	size_t i;

	for (i = 0; i < proposals->n; i++)
		if (same_timing(&proposals->v[i].timing, timing)) {
			proposals->v[i].n++;
			return;
		}
	ARRAY_PUSH(proposals->arena, proposals, new);
}

static void
propose_count(
    struct proposals *proposals, enum timing_kind kind, int n, bool working)
{
	struct timing timing = { .kind = kind, .n = n, .working = working };

	propose(proposals, &timing);
}

static bool
is_workday(const struct sample *sample)
{
	return calendar_is_workday(sample->track->plan->calendar, sample->day);
}

static int
workdays(const struct sample *sample, struct day from, struct day to)
{
	return calendar_workdays(sample->track->plan->calendar, from, to);
}

static void
propose_listed(struct proposals *proposals, int mday)
{
	int *days = arena_copy(proposals->arena, &mday, sizeof(mday));
	struct timing timing = {
		.kind = TIMING_DAY, .days = days, .n_days = 1
	};

	propose(proposals, &timing);
}

static void
propose_day(struct proposals *proposals, const struct sample *sample)
{
	if (sample->inside &&
	    sample->track->series->frequency != FREQUENCY_TEN_DAY)
		propose_listed(proposals, sample->day.n - sample->first.n + 1);
}

static void
propose_last(struct proposals *proposals, const struct sample *sample)
{
	if (sample->inside && sample->day.n == sample->last.n &&
	    sample->track->series->frequency != FREQUENCY_TEN_DAY)
		propose_listed(proposals, DAY_LAST);
}

static void
propose_workday(struct proposals *proposals, const struct sample *sample)
{
	int n;

	if (!sample->inside || !is_workday(sample))
		return;
	n = workdays(sample, (struct day){ sample->first.n - 1 }, sample->day);
	if (n <= WORKDAY_MOST)
		propose_count(proposals, TIMING_WORKDAY, n, false);
}

static void
propose_workday_from_end(
    struct proposals *proposals, const struct sample *sample)
{
	int n;

	if (!sample->inside || !is_workday(sample))
		return;
	n = workdays(sample, (struct day){ sample->day.n - 1 }, sample->last);
	if (n <= WORKDAY_MOST)
		propose_count(proposals, TIMING_WORKDAY, -n, false);
}

static void
propose_weekday(struct proposals *proposals, const struct sample *sample)
{
	struct timing timing = { .kind = TIMING_WEEKDAY,
		.weekday = day_weekday(sample->day) };

	timing.n = (sample->day.n - sample->first.n) / 7 + 1;
	if (sample->inside && timing.n <= NTH_MOST)
		propose(proposals, &timing);
	timing.n = -((sample->last.n - sample->day.n) / 7 + 1);
	if (sample->inside && timing.n >= -2)
		propose(proposals, &timing);
}

static void
propose_before_end(struct proposals *proposals, const struct sample *sample)
{
	int n = sample->last.n - sample->day.n;

	if (sample->inside && n > 0 && n <= MONTH_END_MOST)
		propose_count(proposals, TIMING_BEFORE_MONTH_END, n, false);
}

static void
propose_after_period(struct proposals *proposals, const struct sample *sample)
{
	int n = sample->day.n - sample->period->last.n;

	if (n >= AFTER_PERIOD_LEAST && n <= AFTER_PERIOD_MOST)
		propose_count(proposals, TIMING_AFTER_PERIOD, n, false);
}

static void
propose_workdays_after_period(
    struct proposals *proposals, const struct sample *sample)
{
	int n;

	if (sample->day.n <= sample->period->last.n || !is_workday(sample))
		return;
	n = workdays(sample, sample->period->last, sample->day);
	if (n <= AFTER_PERIOD_MOST)
		propose_count(proposals, TIMING_AFTER_PERIOD, n, true);
}

/*
 * After the week that holds a day.  Household surveys ask about the week of
 * the 12th the world over, so among days that do as well it is the one.
 */
static void
propose_weekday_after(struct proposals *proposals, const struct sample *sample)
{
	static const int days[] = { 12, 15, 19, 5, 1, 28 };
	struct timing timing = { .kind = TIMING_WEEKDAY_AFTER,
		.weekday = day_weekday(sample->day) };
	size_t i;

	for (i = 0; i < COUNT(days); i++) {
		struct day day = { sample->first.n + days[i] - 1 };
		int saturday = day.n + SATURDAY - (int)day_weekday(day);
		int after = sample->day.n - saturday;

		timing.day = days[i];
		timing.n = (after - 1) / 7 + 1;
		if (after > 0 && timing.n <= NTH_MOST)
			propose(proposals, &timing);
	}
}

static const struct family {
	void (*propose)(struct proposals *, const struct sample *);
	bool rolls; /* may fall on a day off */
	bool calendar;
} families[] = {
	{ propose_last, true, false }, /* rather than the 31st, clamped */
	{ propose_day, true, false },
	{ propose_workday, false, true },
	{ propose_workday_from_end, false, true },
	{ propose_weekday, true, false },
	{ propose_before_end, true, false },
	{ propose_after_period, true, false },
	{ propose_workdays_after_period, false, true },
	{ propose_weekday_after, true, false },
};

static const enum roll rolls[] = { ROLL_NONE, ROLL_FOLLOWING,
	ROLL_FOLLOWING_NOTICE, ROLL_PRECEDING, ROLL_MODIFIED_FOLLOWING,
	ROLL_MODIFIED_PRECEDING, ROLL_NEAREST };

static struct sample
sample_of(const struct track *track, const struct point *point, int lag)
{
	struct sample sample = { .track = track,
		.period = &point->period,
		.day = point->when.start.day };
	int year, month, mday;

	day_parts(point->period.last, &year, &month, &mday);
	day_parts(day_add_months(day_of(year, month, 1), lag), &sample.year,
	    &sample.month, &mday);
	sample.first = day_of(sample.year, sample.month, 1);
	sample.last = day_of(
	    sample.year, sample.month, month_length(sample.year, sample.month));
	sample.inside =
	    sample.day.n >= sample.first.n && sample.day.n <= sample.last.n;
	return sample;
}

/* Counts what the form explains of each anchor month. */
static void
add_form(struct arena *arena, const struct track *track, struct form *form,
    struct forms *forms)
{
	size_t i;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		struct day day;

		if (point->kind != POINT_DAY || point->extra ||
		    !form_day(track, form, &point->period, &day) ||
		    day.n != point->when.start.day.n)
			continue;
		form->hits[0]++;
		form->hits[anchor_month(&point->period, form->lag)]++;
	}
	if (form->hits[0] > 1)
		ARRAY_PUSH(arena, forms, *form);
}

static void
add_family(struct arena *arena, const struct track *track,
    const struct family *family, int lag, struct forms *forms)
{
	struct proposals proposals = { .arena = arena };
	bool calendar = track->plan->calendar != NULL;
	size_t n_rolls = family->rolls && calendar ? COUNT(rolls) : 1, i, r;

	if (family->calendar && !calendar)
		return;
	for (i = 0; i < track->points.n; i++)
		if (track->points.v[i].kind == POINT_DAY &&
		    !track->points.v[i].extra) {
			struct sample sample =
			    sample_of(track, &track->points.v[i], lag);

			family->propose(&proposals, &sample);
		}
	for (i = 0; i < proposals.n; i++)
		/* What explains one date only is no rule. */
		for (r = 0; proposals.v[i].n > 1 && r < n_rolls; r++) {
			struct form form = { .timing = proposals.v[i].timing,
				.lag = lag,
				.roll = rolls[r] };

			add_form(arena, track, &form, forms);
		}
}

/* The same day of each ten days: the 4th, 14th and 24th. */
static void
add_ten_days(struct arena *arena, const struct track *track, int lag,
    struct forms *forms)
{
	size_t count[3][32] = { { 0 } };
	size_t n_rolls = track->plan->calendar != NULL ? COUNT(rolls) : 1;
	int *days = arena_alloc(arena, 3 * sizeof(*days));
	size_t i, r;
	int d, part;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		int year, month, mday, first;

		if (point->kind != POINT_DAY)
			continue;
		day_parts(point->period.first, &year, &month, &first);
		day_parts(point->when.start.day, &year, &month, &mday);
		count[(first - 1) / 10][mday]++;
	}
	/* The last ten days are told at the beginning of the next month. */
	for (part = 0; part < 3; part++)
		for (d = 1; d < 32; d++)
			if (count[(part + 2) % 3][d] >
			    (days[part] == 0
				    ? 0
				    : count[(part + 2) % 3][days[part]]))
				days[part] = d;
	if (days[0] == 0 || days[0] >= days[1] || days[1] >= days[2])
		return;
	for (r = 0; r < n_rolls; r++) {
		struct form form = { .timing = { .kind = TIMING_DAY,
					 .days = days,
					 .n_days = 3 },
			.lag = lag,
			.roll = rolls[r] };

		add_form(arena, track, &form, forms);
	}
}

static const struct point *
base_point(const struct track *base, const struct period *period)
{
	const struct point *found = NULL;
	size_t i;

	for (i = 0; i < base->points.n; i++) {
		const struct point *point = &base->points.v[i];

		if (point->kind != POINT_DAY ||
		    point->period.last.n != period->last.n)
			continue;
		if (found == NULL || point->period.first.n == period->first.n)
			found = point;
	}
	return found;
}

static bool
day_after_base(const struct track *track, const struct form *form,
    const struct period *period, struct day *day)
{
	const struct point *point = base_point(form->base, period);
	int n = form->timing.n;

	if (point == NULL)
		return false;
	*day = point->when.start.day;
	if (form->timing.working && n != 0)
		*day = calendar_step(track->plan->calendar, *day, n);
	else
		day->n += n;
	return true;
}

bool
form_day(const struct track *track, const struct form *form,
    const struct period *period, struct day *day)
{
	struct rule rule = { .timings = &form->timing,
		.n_timings = 1,
		.lag = form->lag,
		.roll = form->roll };

	if (form->base != NULL)
		return day_after_base(track, form, period, day);
	return schedule_day(track->plan, track->series, &rule, period, day);
}

enum distance { SAME_DAY, WORKDAYS_APART, DAYS_APART };

/* Working days from one to the other; 0 if a day off is where it ends. */
static int
workdays_between(
    const struct calendar *calendar, struct day from, struct day to)
{
	struct day before = { to.n - 1 }, first = { from.n - 1 };

	if (!calendar_is_workday(calendar, to))
		return 0;
	return to.n > from.n ? calendar_workdays(calendar, from, to)
			     : -calendar_workdays(calendar, before, first);
}

static void
propose_base(struct proposals *proposals, const struct track *track,
    const struct track *base, enum distance distance)
{
	int most =
	    distance == WORKDAYS_APART ? BASE_WORKDAYS_MOST : BASE_DAYS_MOST;
	size_t i;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		const struct point *other;
		int n;

		if (point->kind != POINT_DAY || point->extra ||
		    (other = base_point(base, &point->period)) == NULL)
			continue;
		n = distance == WORKDAYS_APART
			? workdays_between(track->plan->calendar,
			      other->when.start.day, point->when.start.day)
			: point->when.start.day.n - other->when.start.day.n;
		if ((n == 0) == (distance == SAME_DAY) && n >= -most &&
		    n <= most)
			propose_count(proposals, TIMING_AFTER_SERIES, n,
			    distance == WORKDAYS_APART);
	}
}

static void
add_bases(struct arena *arena, const struct track *track,
    const struct track *const *bases, size_t n, enum distance distance,
    struct forms *forms)
{
	size_t b, i;

	for (b = 0; b < n; b++) {
		struct proposals proposals = { .arena = arena };

		propose_base(&proposals, track, bases[b], distance);
		for (i = 0; i < proposals.n; i++) {
			struct form form = { .timing = proposals.v[i].timing,
				.lag = track->rule->lag,
				.base = bases[b] };

			form.timing.series = bases[b]->series->id;
			if (proposals.v[i].n > 1)
				add_form(arena, track, &form, forms);
		}
	}
}

/* Months from the period's end to the release, of most releases. */
static int
usual_lag(const struct track *track)
{
	int count[LAG_MOST - LAG_LEAST + 1] = { 0 };
	int best = track->rule->lag - LAG_LEAST;
	size_t i;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		int y, m, d, year, month, lag;

		if (point->kind != POINT_DAY || point->extra)
			continue;
		day_parts(point->period.last, &y, &m, &d);
		day_parts(point->when.start.day, &year, &month, &d);
		lag = (year - y) * 12 + month - m - LAG_LEAST;
		if (lag >= 0 && lag < (int)COUNT(count) &&
		    ++count[lag] > count[best])
			best = lag;
	}
	return best + LAG_LEAST;
}

void
forms_propose(
    struct arena *arena, const struct track *track, struct forms *forms)
{
	int usual = usual_lag(track);
	int lags[] = { track->rule->lag, usual, usual - 1 };
	size_t f, i, j;

	for (f = 0; f < COUNT(families); f++)
		for (i = 0; i < COUNT(lags); i++) {
			for (j = 0; j < i && lags[j] != lags[i]; j++)
				;
			if (j < i || lags[i] < LAG_LEAST || lags[i] > LAG_MOST)
				continue;
			add_family(arena, track, &families[f], lags[i], forms);
			if (f == 0 &&
			    track->series->frequency == FREQUENCY_TEN_DAY)
				add_ten_days(arena, track, lags[i], forms);
		}
}

void
forms_follow(struct arena *arena, const struct track *track,
    const struct track *const *bases, size_t n, struct forms *forms)
{
	add_bases(arena, track, bases, n, SAME_DAY, forms);
	if (track->plan->calendar != NULL)
		add_bases(arena, track, bases, n, WORKDAYS_APART, forms);
	add_bases(arena, track, bases, n, DAYS_APART, forms);
}
