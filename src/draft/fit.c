/*
 * A rule is kept if it is shorter than the list of what it explains.
 */
#include <stdlib.h>
#include <string.h>

#include "track.h"

/*
 * What it takes to write something down.  A listed date or an exception
 * counts two, a form as much as two of them.  A roll or a list of months is
 * less than one exception, for one word of it explains the holidays of all
 * years.
 */
#define COST_DATE 2
#define COST_FORM 4
#define COST_ROLL 1
#define COST_MONTHS 1
/*
 * Among many series, one that was some days earlier by chance is soon found;
 * a distance in working days is what offices mean.
 */
#define COST_WORKDAYS_APART 1
#define COST_DAYS_APART 2

#define MONTH(m) (1U << (m))
#define ALL_MONTHS 0x1ffeU

/* The months that differ from the others: GACC's quarters, NBS's January. */
static const unsigned groups[] = {
	MONTH(1) | MONTH(4) | MONTH(7) | MONTH(10),
	MONTH(3) | MONTH(6) | MONTH(9) | MONTH(12),
	MONTH(2) | MONTH(5) | MONTH(8) | MONTH(11),
	MONTH(1) | MONTH(7),
	MONTH(1),
	MONTH(2),
	MONTH(12),
};

static size_t
hits_in(const struct form *form, unsigned months)
{
	size_t n = 0;
	int m;

	for (m = 1; m <= 12; m++)
		if ((months & MONTH(m)) != 0)
			n += form->hits[m];
	return n;
}

static struct form
form_of(const struct fit *fit, size_t i)
{
	return (struct form){ .timing = fit->timings[i],
		.lag = fit->lag,
		.roll = fit->roll,
		.base = fit->base };
}

bool
fit_day(const struct track *track, const struct point *point, struct day *day)
{
	const struct fit *fit = &track->fit;
	unsigned month = MONTH(anchor_month(&point->period, fit->lag));
	size_t i;

	for (i = 0; i < fit->n_timings && !point->extra; i++) {
		struct form form = form_of(fit, i);
		unsigned months = fit->timings[i].months;

		if (months == 0 || (months & month) != 0)
			return form_day(track, &form, &point->period, day);
	}
	return false;
}

static bool
is_told(const struct track *track, struct day day)
{
	size_t i;

	for (i = 0; i < track->spells.n; i++)
		if (day.n >= track->spells.v[i].first.n &&
		    day.n <= track->spells.v[i].last.n)
			return true;
	return false;
}

/* The base has no such release; the rule's error must not come of it. */
static bool
lacks_base(const struct track *track, const struct point *point)
{
	int year, month, mday;

	if (track->fit.base == NULL)
		return false;
	day_parts(point->period.last, &year, &month, &mday);
	return is_told(
	    track, day_add_months(day_of(year, month, 15), track->fit.lag));
}

/*
 * Adds what the fit yields too much: months that never had a release are
 * taken out by a list, others count as exceptions.
 */
static void
count_missing(const struct track *track, struct fit *fit)
{
	struct track probe = *track;
	size_t missing[13] = { 0 }, i;
	bool had[13] = { false };
	unsigned without = 0;
	int m;

	probe.fit = *fit;
	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		struct day day;

		if (point->extra)
			continue;
		m = anchor_month(&point->period, fit->lag);
		if (point->kind != POINT_NONE)
			had[m] = true;
		else if (fit_day(&probe, point, &day)
			     ? is_told(track, day)
			     : lacks_base(&probe, point))
			missing[m]++;
	}
	for (m = 1; m <= 12; m++)
		if (missing[m] > 0 && !had[m])
			without |= MONTH(m);
		else
			fit->cost += COST_DATE * (int)missing[m];
	if (without != 0) {
		fit->cost += COST_MONTHS;
		fit->months = ALL_MONTHS & ~without;
	}
}

static int
cost_of_base(const struct fit *fit)
{
	if (fit->base == NULL || fit->timings[0].n == 0)
		return 0;
	return fit->timings[0].working ? COST_WORKDAYS_APART : COST_DAYS_APART;
}

static void
consider(struct track *track, struct fit *fit)
{
	int list = COST_DATE * (int)track->n_days;
	int best = track->fit.n_timings > 0 ? track->fit.cost : list;

	fit->cost = COST_FORM * (int)fit->n_timings +
		    (fit->roll != ROLL_NONE ? COST_ROLL : 0) +
		    cost_of_base(fit) +
		    COST_DATE * (int)(track->n_days - fit->hits);
	if (fit->cost >= best)
		return;
	count_missing(track, fit);
	if (fit->cost < best)
		track->fit = *fit;
}

static void
consider_one(struct track *track, const struct form *form)
{
	struct fit fit = { .n_timings = 1,
		.lag = form->lag,
		.roll = form->roll,
		.base = form->base,
		.hits = form->hits[0] };

	fit.timings[0] = form->timing;
	consider(track, &fit);
}

/* The forms of one lag and roll, which two forms of a rule must share. */
static void
consider_two(struct track *track, const struct forms *forms, unsigned group,
    const struct form *like)
{
	const struct form *in = NULL, *out = NULL;
	struct fit fit = {
		.n_timings = 2, .lag = like->lag, .roll = like->roll
	};
	size_t i;

	for (i = 0; i < forms->n; i++) {
		const struct form *form = &forms->v[i];

		if (form->lag != like->lag || form->roll != like->roll)
			continue;
		if (in == NULL || hits_in(form, group) > hits_in(in, group))
			in = form;
		if (out == NULL || hits_in(form, ALL_MONTHS & ~group) >
				       hits_in(out, ALL_MONTHS & ~group))
			out = form;
	}
	fit.hits = hits_in(in, group) + hits_in(out, ALL_MONTHS & ~group);
	if (hits_in(in, group) == 0 || hits_in(out, ALL_MONTHS & ~group) == 0)
		return;
	fit.timings[0] = in->timing;
	fit.timings[0].months = group;
	fit.timings[1] = out->timing;
	consider(track, &fit);
}

static void
consider_groups(struct track *track, const struct forms *forms)
{
	size_t g, i, j;

	for (i = 0; i < forms->n; i++) {
		const struct form *like = &forms->v[i];

		for (j = 0; j < i; j++)
			if (forms->v[j].lag == like->lag &&
			    forms->v[j].roll == like->roll)
				break;
		for (g = 0; j == i && g < COUNT(groups); g++)
			consider_two(track, forms, groups[g], like);
	}
}

/* The months of the list, in each form; one that has none left goes. */
static void
apply_months(struct fit *fit)
{
	size_t i, n = 0;

	for (i = 0; fit->months != 0 && i < fit->n_timings; i++) {
		struct timing timing = fit->timings[i];

		timing.months = timing.months == 0
				    ? fit->months
				    : timing.months & fit->months;
		if (timing.months != 0)
			fit->timings[n++] = timing;
	}
	if (fit->months != 0)
		fit->n_timings = n;
}

/* The base's rule that schedule would take, for a rule of this estimate. */
static bool
is_base_for(const struct track *base, const struct track *track)
{
	const struct series *series = base->series;
	const char *estimate = track->rule->estimate;
	size_t i;

	if (series == track->series || base->fit.n_timings == 0)
		return false;
	/* What comes every ten days is near to anything. */
	if (series->frequency != track->series->frequency &&
	    (series->frequency == FREQUENCY_TEN_DAY ||
		series->frequency == FREQUENCY_WEEKLY))
		return false;
	for (i = 0; estimate != NULL && i < series->n_rules; i++)
		if (series->rules[i].estimate != NULL &&
		    strcmp(series->rules[i].estimate, estimate) == 0)
			return base->rule == &series->rules[i];
	return base->rule == &series->rules[0];
}

static void
fit_track(struct arena *arena, struct track *track,
    const struct track *const *before, size_t n)
{
	struct arena *scratch = arena_new();
	const struct track **bases = arena_alloc(scratch, n * sizeof(*bases));
	struct forms forms = { 0 }, following = { 0 };
	size_t n_bases = 0, i;

	forms_propose(scratch, track, &forms);
	for (i = 0; i < forms.n; i++)
		consider_one(track, &forms.v[i]);
	/* Nothing is simpler than one form without exceptions. */
	if (track->fit.n_timings == 0 || track->fit.cost > COST_FORM) {
		for (i = 0; i < n; i++)
			if (is_base_for(before[i], track))
				bases[n_bases++] = before[i];
		forms_follow(scratch, track, bases, n_bases, &following);
		for (i = 0; i < following.n; i++)
			consider_one(track, &following.v[i]);
		consider_groups(track, &forms);
	}
	apply_months(&track->fit);
	for (i = 0; i < track->fit.n_timings; i++)
		track->fit.timings[i].days =
		    arena_copy(arena, track->fit.timings[i].days,
			track->fit.timings[i].n_days * sizeof(int));
	arena_free(scratch);
}

/* A series follows what comes at least as often, and earlier in the plan. */
static int
compare_rank(const void *a, const void *b)
{
	const struct track *x = *(struct track *const *)a;
	const struct track *y = *(struct track *const *)b;
	enum frequency f = x->series->frequency, g = y->series->frequency;

	if (f != g)
		return f > g ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

void
tracks_fit(struct arena *arena, struct tracks *tracks)
{
	struct track **order =
	    arena_alloc(arena, tracks->n * sizeof(struct track *));
	size_t i;

	for (i = 0; i < tracks->n; i++)
		order[i] = &tracks->v[i];
	if (tracks->n > 1)
		qsort(order, tracks->n, sizeof(struct track *), compare_rank);
	for (i = 0; i < tracks->n; i++)
		if (order[i]->series->frequency != FREQUENCY_IRREGULAR &&
		    order[i]->n_days > 2)
			fit_track(arena, order[i],
			    (const struct track *const *)order, i);
}
