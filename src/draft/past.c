#include <stdlib.h>
#include <string.h>

#include "track.h"

/* A rule's anchor month is at most so far from what a source tells. */
#define MARGIN_DAYS 400

int
anchor_month(const struct period *period, int lag)
{
	int year, month, mday;

	day_parts(period->last, &year, &month, &mday);
	return ((month - 1 + lag) % 12 + 12) % 12 + 1;
}

static bool
same_string(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_title(const struct text *a, const struct text *b)
{
	return (a->zh != NULL && same_string(a->zh, b->zh)) ||
	       (a->en != NULL && same_string(a->en, b->en));
}

/* Spreadsheets make ids anew each year; then the title tells. */
static const struct series *
series_in(const struct plan *plan, const struct series *wanted)
{
	const struct series *found = plan_series(plan, wanted->id);
	size_t i;

	for (i = 0; found == NULL && i < plan->n_series; i++)
		if (same_title(&plan->series[i].title, &wanted->title))
			found = &plan->series[i];
	return found;
}

static const struct rule *
rule_in(const struct series *series, const char *estimate)
{
	size_t i;

	for (i = 0; i < series->n_rules; i++)
		if (same_string(series->rules[i].estimate, estimate))
			return &series->rules[i];
	return NULL;
}

static struct point *
point_at(const struct points *points, const char *text)
{
	size_t i;

	for (i = points->n; i > 0; i--)
		if (strcmp(points->v[i - 1].text, text) == 0)
			return &points->v[i - 1];
	return NULL;
}

static void
add_point(struct arena *arena, struct points *points, const struct point *point)
{
	struct point *there = point_at(points, point->text);

	if (there != NULL)
		*there = *point;
	else
		ARRAY_PUSH(arena, points, *point);
}

static void
add_slot(struct arena *arena, struct track *track, const struct slot *slot)
{
	struct point point = { .text = slot->period, .when = slot->when };

	if (!period_parse(slot->period, &point.period))
		return;
	point.year = slot->plan->year;
	point.kind = slot->when.precision == PRECISION_INSTANT ||
			     slot->when.precision == PRECISION_DATE
			 ? POINT_DAY
			 : POINT_VAGUE;
	if (slot->why.occurrence != NULL)
		point.reason = slot->why.occurrence->reason;
	add_point(arena, &track->points, &point);
}

static void
add_skips(
    struct arena *arena, struct track *track, const struct rule *rule, int year)
{
	size_t i;

	for (i = 0; i < rule->n_occurrences; i++) {
		const struct occurrence *skip = &rule->occurrences[i];
		struct point point = { .text = skip->period,
			.kind = POINT_SKIP,
			.reason = skip->reason,
			.year = year };

		if (skip->skip && period_parse(skip->period, &point.period))
			add_point(arena, &track->points, &point);
	}
}

static struct spell
spell_of(const struct slots *slots)
{
	struct spell spell = { { INT32_MAX }, { INT32_MIN } };
	size_t i;

	for (i = 0; i < slots->n; i++) {
		struct day day = slots->v[i].when.start.day;

		if (day.n < spell.first.n)
			spell.first = day;
		if (day.n > spell.last.n)
			spell.last = day;
	}
	return spell;
}

/* What one past plan tells about a track. */
static void
add_past(struct arena *arena, struct track *track, const struct plan *plan,
    const struct slots *slots)
{
	const struct series *series = series_in(plan, track->series);
	const struct rule *rule =
	    series == NULL ? NULL : rule_in(series, track->rule->estimate);
	size_t before = track->points.n, i;

	if (rule == NULL)
		return;
	for (i = 0; i < slots->n; i++)
		if (slots->v[i].rule == rule)
			add_slot(arena, track, &slots->v[i]);
	add_skips(arena, track, rule, plan->year);
	if (track->points.n > before)
		ARRAY_PUSH(arena, &track->spells, spell_of(slots));
}

/* "01..02" of a key "2026-01..02"; NULL of any other. */
static const char *
months_of_key(const struct point *point)
{
	return point->period.frequency == FREQUENCY_IRREGULAR ? point->text + 5
							      : NULL;
}

static bool
months_overlap(const char *a, const char *b)
{
	return strncmp(a, b + 4, 2) <= 0 && strncmp(b, a + 4, 2) <= 0;
}

/* Months that the past released as one, and none of them alone. */
static bool
may_combine(const struct track *track, const char *months)
{
	size_t i;

	for (i = 0; i < track->combines.n; i++)
		if (months_overlap(track->combines.v[i], months))
			return false;
	for (i = 0; i < track->points.n; i++) {
		const char *text = track->points.v[i].text;
		char alone[8];

		if (track->points.v[i].period.frequency != FREQUENCY_MONTHLY)
			continue;
		memcpy(alone, text + 5, 2);
		memcpy(alone + 2, "..", 2);
		memcpy(alone + 4, text + 5, 3);
		if (months_overlap(alone, months))
			return false;
	}
	return true;
}

static void
find_combines(struct arena *arena, struct track *track)
{
	const struct series *series = track->series;
	size_t i;

	if (series->frequency != FREQUENCY_MONTHLY)
		return;
	for (i = 0; i < series->n_combine; i++)
		ARRAY_PUSH(arena, &track->combines, series->combine[i]);
	for (i = 0; i < track->points.n; i++) {
		const char *months = months_of_key(&track->points.v[i]);

		if (months != NULL && may_combine(track, months))
			ARRAY_PUSH(arena, &track->combines, months);
	}
}

/* The joined period in the place of a month; false if it has none. */
static bool
combine(const struct track *track, struct period *period)
{
	int year, month, mday;
	size_t i;

	if (period->frequency != FREQUENCY_MONTHLY)
		return true;
	day_parts(period->last, &year, &month, &mday);
	for (i = 0; i < track->combines.n; i++) {
		int from = atoi(track->combines.v[i]);
		int to = atoi(track->combines.v[i] + 4);

		if (month < from || month > to)
			continue;
		period->frequency = FREQUENCY_IRREGULAR;
		period->first = day_of(year, from, 1);
		return month == to;
	}
	return true;
}

static int
compare_points(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	if (x->period.last.n != y->period.last.n)
		return x->period.last.n < y->period.last.n ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* Puts the periods between that had no release; marks what no rule yields. */
static void
fill_points(struct arena *arena, struct track *track)
{
	struct points *points = &track->points;
	size_t seen = points->n, i, s;

	for (i = 0; i < seen; i++)
		points->v[i].extra = true;
	for (s = 0; s < track->spells.n; s++) {
		struct day from = { track->spells.v[s].first.n - MARGIN_DAYS };
		struct day to = { track->spells.v[s].last.n + MARGIN_DAYS };
		struct period next = period_of(track->series->frequency, from);

		for (; next.last.n <= to.n; next = period_next(&next)) {
			struct point point = { .period = next };
			struct point *there;
			char text[PERIOD_SIZE];

			if (!combine(track, &point.period))
				continue;
			period_format(text, &point.period);
			there = point_at(points, text);
			if (there != NULL) {
				there->extra = false;
				continue;
			}
			point.text = arena_strdup(arena, text);
			ARRAY_PUSH(arena, points, point);
		}
	}
}

/* The clock time of most, the plan's own if that is one of them. */
static int
usual_minute(const struct track *track)
{
	int best = track->rule->minute;
	size_t most = 0, i, j;

	for (i = 0; i <= track->points.n; i++) {
		const struct point *point =
		    i == 0 ? NULL : &track->points.v[i - 1];
		int minute =
		    i == 0 ? track->rule->minute : point->when.start.minute;
		size_t n = 0;

		if (i > 0 && point->kind != POINT_DAY)
			continue;
		for (j = 0; j < track->points.n; j++)
			n += track->points.v[j].kind == POINT_DAY &&
			     track->points.v[j].when.start.minute == minute;
		if (n > most) {
			most = n;
			best = minute;
		}
	}
	return best;
}

static void
finish(struct arena *arena, struct track *track)
{
	size_t i;

	find_combines(arena, track);
	for (i = 0; i < track->points.n; i++)
		track->n_days += track->points.v[i].kind == POINT_DAY;
	track->minute = usual_minute(track);
	if (track->series->frequency != FREQUENCY_IRREGULAR)
		fill_points(arena, track);
	if (track->points.n > 1)
		qsort(track->points.v, track->points.n,
		    sizeof(*track->points.v), compare_points);
}

/* In the order in which the plan was written. */
static int
compare_tracks(const void *a, const void *b)
{
	const struct track *x = a, *y = b;
	const char *p = x->series->pointer, *q = y->series->pointer;
	size_t n = strlen(p), m = strlen(q);
	int order = n != m ? (n < m ? -1 : 1) : strcmp(p, q);

	return order != 0 ? order : (x->rule > y->rule) - (x->rule < y->rule);
}

const struct error *
tracks_gather(struct arena *arena, const struct plans *past, struct tracks *to)
{
	const struct plan *latest = past->v[past->n - 1];
	size_t i, j;

	for (i = 0; i < latest->n_series; i++)
		for (j = 0; j < latest->series[i].n_rules; j++) {
			struct track track = { .plan = latest,
				.series = &latest->series[i],
				.rule = &latest->series[i].rules[j] };

			ARRAY_PUSH(arena, to, track);
		}
	if (to->n > 1)
		qsort(to->v, to->n, sizeof(*to->v), compare_tracks);
	for (i = 0; i < past->n; i++) {
		struct slots slots = { 0 };
		struct diags diags = { 0 };
		const struct error *error = schedule_expand(
		    arena, NULL, past->v[i], NULL, &diags, &slots);

		if (error != NULL)
			return error;
		for (j = 0; j < to->n; j++)
			add_past(arena, &to->v[j], past->v[i], &slots);
	}
	for (i = 0; i < to->n; i++) {
		to->v[i].order = i;
		finish(arena, &to->v[i]);
	}
	return NULL;
}
