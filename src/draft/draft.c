#include <yugao/draft.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/foreign.h>

#include "track.h"

bool
is_feed(const char *path)
{
	size_t len = strlen(path);

	return len > 4 && strcmp(path + len - 4, ".ics") == 0;
}

const struct error *
draft_read(struct arena *arena, struct calendars *calendars, const char *path,
    const struct draft_request *request, struct diags *diags,
    struct plans *past)
{
	const struct error *error;
	struct bytes bytes;

	if (is_feed(path)) {
		error = file_read(arena, path, FOREIGN_SIZE_MOST, &bytes);
		if (error == NULL)
			error = feed_plans(arena, calendars, path, bytes,
			    request, diags, past);
		return error;
	}
	return plans_read_file(arena, calendars, path, diags, past);
}

/* Those of the department, earlier years first; of one year, as given. */
static struct plans
sorted_by_year(
    struct arena *arena, const struct plans *past, const char *department)
{
	struct plans sorted = { 0 };
	size_t i, j;

	for (i = 0; i < past->n; i++) {
		if (strcmp(past->v[i]->department, department) != 0)
			continue;
		ARRAY_PUSH(arena, &sorted, past->v[i]);
		for (j = sorted.n - 1;
		     j > 0 && sorted.v[j - 1]->year > sorted.v[j]->year; j--) {
			struct plan *later = sorted.v[j - 1];

			sorted.v[j - 1] = sorted.v[j];
			sorted.v[j] = later;
		}
	}
	return sorted;
}

/* The one that the draft is for: asked for, or the only one there is. */
static const struct error *
choose_department(struct arena *arena, const struct plans *past,
    const struct draft_request *request, const char **department)
{
	size_t i;

	*department = request->department;
	for (i = 0; i < past->n; i++) {
		if (*department == NULL)
			*department = past->v[i]->department;
		if (request->department == NULL &&
		    strcmp(past->v[i]->department, *department) != 0)
			return ERROR_NEW(arena, ERROR_INPUT, NULL,
			    "draft.departments", *department,
			    past->v[i]->department);
	}
	for (i = 0; i < past->n; i++)
		if (strcmp(past->v[i]->department, *department) == 0)
			return NULL;
	return ERROR_NEW(arena, ERROR_INPUT, NULL, "draft.no_past");
}

/* The period, so many years later; NULL if that year has none such. */
static const char *
period_later(struct arena *arena, const char *text, int years)
{
	struct period period;
	const char *later =
	    arena_printf(arena, "%04d%s", atoi(text) + years, text + 4);

	return period_parse(later, &period) ? later : NULL;
}

/* The month or months of a date, so many years later. */
static const char *
month_later(struct arena *arena, const struct moment *when, int years)
{
	int year, month, mday, last_year, last;

	day_parts(when->start.day, &year, &month, &mday);
	day_parts(when->last, &last_year, &last, &mday);
	if (when->precision == PRECISION_WINDOW && last_year == year &&
	    last > month)
		return arena_printf(
		    arena, "%04d-%02d..%02d", year + years, month, last);
	if (when->precision == PRECISION_NLT) {
		year = last_year;
		month = last;
	}
	return arena_printf(arena, "%04d-%02d", year + years, month);
}

static int
last_year(const struct track *track)
{
	int year = 0;
	size_t i;

	for (i = 0; i < track->points.n; i++)
		if (track->points.v[i].year > year)
			year = track->points.v[i].year;
	return year;
}

struct dates {
	struct draft_date *v;
	size_t n, cap;
};

/* What the rule does not give stands there as its month. */
static void
state_dates(struct arena *arena, const struct track *track, int year,
    struct draft_rule *rule)
{
	struct dates dates = { 0 };
	int last = last_year(track);
	size_t i;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		struct draft_date date;
		struct day day;

		if (point->year != last ||
		    (point->kind != POINT_DAY && point->kind != POINT_VAGUE) ||
		    (point->kind == POINT_DAY && fit_day(track, point, &day)))
			continue;
		date.period = period_later(arena, point->text, year - last);
		date.when = month_later(arena, &point->when, year - last);
		if (date.period != NULL)
			ARRAY_PUSH(arena, &dates, date);
	}
	rule->dates = dates.v;
	rule->n_stated = dates.n;
}

/* The same period was skipped in at least two years, the last among them. */
static bool
recurs(const struct track *track, const struct point *skip, int last)
{
	size_t n = 0, i;

	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];

		if (point->kind == POINT_NONE ||
		    strcmp(point->text + 4, skip->text + 4) != 0)
			continue;
		if (point->kind != POINT_SKIP)
			return false;
		n++;
	}
	return n > 1 && skip->year == last;
}

static void
state_skips(struct arena *arena, const struct track *track, int year,
    struct draft_rule *rule)
{
	struct {
		struct occurrence *v;
		size_t n, cap;
	} skips = { 0 };
	int last = last_year(track);
	size_t i;

	for (i = 0; track->fit.n_timings > 0 && i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		struct occurrence skip = { .skip = true,
			.reason = point->reason };

		if (point->kind != POINT_SKIP || !recurs(track, point, last))
			continue;
		skip.period = period_later(arena, point->text, year - last);
		if (skip.period != NULL)
			ARRAY_PUSH(arena, &skips, skip);
	}
	rule->skips = skips.v;
	rule->n_skips = skips.n;
}

static struct draft_rule
rule_of(struct arena *arena, const struct track *track, int year)
{
	const struct fit *fit = &track->fit;
	struct draft_rule rule = { .series = track->series,
		.was = track->rule,
		.rule = *track->rule,
		.combine = track->combines.v,
		.n_combine = track->combines.n,
		.n_dates = track->n_days };

	rule.rule.timings = fit->timings;
	rule.rule.n_timings = fit->n_timings;
	rule.rule.roll = fit->roll;
	rule.rule.minute = track->minute;
	rule.rule.occurrences = NULL;
	rule.rule.n_occurrences = 0;
	if (fit->n_timings > 0) {
		rule.rule.lag = fit->lag;
		rule.n_explained = fit->hits;
	}
	state_dates(arena, track, year, &rule);
	state_skips(arena, track, year, &rule);
	rule.review = review_of(arena, track, &rule);
	return rule;
}

/* "a.json, b.json", without their folders. */
static const char *
names_of(struct arena *arena, const struct plans *past)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < past->n; i++) {
		const char *slash = strrchr(past->v[i]->file, '/');

		if (i > 0 &&
		    strcmp(past->v[i]->file, past->v[i - 1]->file) == 0)
			continue;
		buf_puts(&buf, buf.len > 0 ? ", " : "");
		buf_puts(&buf, slash != NULL ? slash + 1 : past->v[i]->file);
	}
	return buf.data;
}

/* Series that only earlier plans have, by id; "" if there are none. */
static const char *
gone(struct arena *arena, const struct plans *past)
{
	const struct plan *latest = past->v[past->n - 1];
	struct buf buf;
	size_t i, j, k;

	buf_init(&buf, arena);
	for (i = 0; i + 1 < past->n; i++)
		for (j = 0; j < past->v[i]->n_series; j++) {
			const char *id = past->v[i]->series[j].id;
			bool known = plan_series(latest, id) != NULL;

			for (k = 0; !known && k < i; k++)
				known = plan_series(past->v[k], id) != NULL;
			if (!known && buf.len < 1000)
				buf_printf(
				    &buf, "%s%s", buf.len > 0 ? ", " : "", id);
		}
	return buf.data;
}

static struct text
plan_review(struct arena *arena, const struct plans *past,
    const struct draft_plan *draft)
{
	const char *missing = gone(arena, past);
	const char *text[LANG_COUNT];
	size_t i;

	for (i = 0; i < LANG_COUNT; i++) {
		text[i] = SAY(arena, (enum lang)i, "draft.plan",
		    names_of(arena, past),
		    arena_printf(arena, "%zu", draft->n_explained),
		    arena_printf(arena, "%zu", draft->n_dates));
		if (*missing != '\0')
			text[i] = arena_printf(arena, "%s %s", text[i],
			    SAY(arena, (enum lang)i, "draft.gone", missing));
	}
	return (struct text){ text[LANG_ZH], text[LANG_EN] };
}

const struct error *
draft_make(struct arena *arena, const struct plans *past,
    const struct draft_request *request, struct draft_plan **out)
{
	struct draft_plan *draft = arena_alloc(arena, sizeof(*draft));
	struct tracks *tracks = arena_alloc(arena, sizeof(*tracks));
	const struct error *error =
	    choose_department(arena, past, request, &draft->department);
	struct plans sorted;
	size_t i;

	if (error != NULL)
		return error;
	sorted = sorted_by_year(arena, past, draft->department);
	draft->latest = sorted.v[sorted.n - 1];
	draft->year = request->year;
	error = tracks_gather(arena, &sorted, tracks);
	if (error != NULL)
		return error;
	tracks_fit(arena, tracks);
	for (i = 0; i < tracks->n; i++) {
		struct draft_rule rule =
		    rule_of(arena, &tracks->v[i], request->year);

		draft->n_dates += rule.n_dates;
		draft->n_explained += rule.n_explained;
		ARRAY_PUSH(arena, draft, rule);
	}
	draft->review = plan_review(arena, &sorted, draft);
	*out = draft;
	return NULL;
}
