/*
 * Whether a notice can be right, and what an amendment makes of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "calendar.h"

/* The New Year holiday may reach back as far as this day of December. */
#define DECEMBER_FROM 28

/*
 * Statutory days off a year, whatever they coincide with:
 * 全国年节及纪念日放假办法 of 2007-12-14 (State Council order 513) and of
 * 2024-11-10 (order 795).
 */
static const struct {
	int from_year, days;
} laws[] = { { 2025, 13 }, { 2008, 11 } };

struct check {
	struct arena *arena;
	struct diags *diags;
	const struct notice *notice;
	struct day first;  /* that it may decide */
	uint8_t days[400]; /* from first on: */
	int off, work;     /* weekdays off, weekend days worked */
};

enum { SAYS_NOTHING, SAYS_OFF, SAYS_WORK };

#define WRONG(check, stretch, ...)                                         \
	DIAG((check)->arena, (check)->diags, DIAG_ERROR, (stretch)->place, \
	    __VA_ARGS__)

static bool
in_force(const struct stretch *stretch)
{
	return stretch->lapsed.n == DAY_NEVER.n;
}

static bool
is_weekend(struct day day)
{
	enum weekday weekday = day_weekday(day);

	return weekday == SATURDAY || weekday == SUNDAY;
}

static const char *
number(struct arena *arena, int n)
{
	return arena_printf(arena, "%d", n);
}

/* Each day once; the first mistake of a stretch is enough. */
static void
check_days(struct check *check, const struct stretch *stretch)
{
	struct day day = stretch->first;
	char date[DAY_SIZE];

	for (; day.n <= stretch->last.n; day.n++) {
		uint8_t *says = &check->days[day.n - check->first.n];
		bool weekend = is_weekend(day);

		if (*says != SAYS_NOTHING) {
			WRONG(check, stretch, "calendar.notice_overlap",
			    day_format(date, day));
			return;
		}
		*says = stretch->work ? SAYS_WORK : SAYS_OFF;
		if (stretch->work && !weekend) {
			WRONG(check, stretch, "calendar.notice_makeup",
			    day_format(date, day));
			return;
		}
		check->off += !stretch->work && !weekend;
		check->work += stretch->work;
	}
}

static void
check_stretches(struct check *check)
{
	const struct notice *notice = check->notice;
	const struct stretch *last[2] = { NULL, NULL };
	int end = day_of(notice->year, 12, 31).n;
	char date[DAY_SIZE], other[DAY_SIZE];
	size_t i;

	for (i = 0; i < notice->days.n; i++) {
		const struct stretch *stretch = &notice->days.v[i];
		const struct stretch **before = &last[stretch->work];

		if (!in_force(stretch))
			continue;
		if (*before != NULL && stretch->first.n < (*before)->first.n)
			DIAG(check->arena, check->diags, DIAG_WARNING,
			    stretch->place, "calendar.notice_order",
			    day_format(date, stretch->first),
			    day_format(other, (*before)->first));
		*before = stretch;
		if (stretch->first.n < check->first.n || stretch->last.n > end)
			WRONG(check, stretch, "calendar.notice_year",
			    day_format(date, stretch->last.n > end
						 ? stretch->last
						 : stretch->first),
			    number(check->arena, notice->year));
		else
			check_days(check, stretch);
	}
}

/* The law of that year as the calendar knows it, or NULL. */
static const struct notice *
law_of(const struct calendar *calendar, int year)
{
	size_t i;

	for (i = 0; calendar != NULL && i < calendar->notices->n; i++) {
		const struct notice *notice = &calendar->notices->v[i];

		if (notice->projects_from != 0 &&
		    notice->projects_from <= year &&
		    year <= notice->projects_to)
			return notice;
	}
	return NULL;
}

static void
check_statutory(struct check *check, const struct notice *law)
{
	struct place place = { .file = check->notice->file };
	char date[DAY_SIZE];
	struct day day;
	size_t i;

	for (i = 0; i < law->days.n; i++) {
		const struct stretch *stretch = &law->days.v[i];

		if (!in_force(stretch) ||
		    day_year(stretch->first) != check->notice->year)
			continue;
		for (day = stretch->first; day.n <= stretch->last.n; day.n++)
			if (check->days[day.n - check->first.n] != SAYS_OFF)
				DIAG(check->arena, check->diags, DIAG_ERROR,
				    place, "calendar.notice_statutory",
				    day_format(date, day),
				    text_in(&stretch->name, LANG_ZH));
	}
}

static void
check_balance(struct check *check)
{
	struct place place = { .file = check->notice->file };
	size_t i = 0;

	while (i < COUNT(laws) && check->notice->year < laws[i].from_year)
		i++;
	if (i == COUNT(laws) || check->off == laws[i].days + check->work)
		return;
	DIAG(check->arena, check->diags, DIAG_WARNING, place,
	    "calendar.notice_balance", number(check->arena, check->off),
	    number(check->arena, laws[i].days),
	    number(check->arena, check->work),
	    number(check->arena, abs(check->off - laws[i].days - check->work)));
}

void
notice_check(struct arena *arena, const struct notice *notice,
    const struct calendar *calendar, struct diags *diags)
{
	struct place place = { .file = notice->file };
	struct check check = { arena, diags, notice, { 0 }, { 0 }, 0, 0 };
	const struct notice *law = law_of(calendar, notice->year);
	size_t errors = diags->errors;

	if (notice->number == NULL || *notice->number == '\0')
		DIAG(arena, diags, DIAG_ERROR, place,
		    "calendar.notice_no_number");
	if (notice->published.n == DAY_ALWAYS.n)
		DIAG(arena, diags, DIAG_ERROR, place,
		    "calendar.notice_no_published");
	if (notice->year == 0) {
		DIAG(
		    arena, diags, DIAG_ERROR, place, "calendar.notice_no_year");
		return;
	}
	if (notice->days.n == 0)
		DIAG(arena, diags, DIAG_ERROR, place, "calendar.notice_empty");
	check.first = day_of(notice->year - 1, 12, DECEMBER_FROM);
	check_stretches(&check);
	if (law == NULL || diags->errors > errors)
		return;
	check_statutory(&check, law);
	check_balance(&check);
}

static bool
is_same(const struct stretch *a, const struct stretch *b)
{
	return a->first.n == b->first.n && a->last.n == b->last.n &&
	       a->work == b->work;
}

/* Whether one in force says the same. */
static bool
says(const struct notice *notice, const struct stretch *stretch)
{
	size_t i;

	for (i = 0; i < notice->days.n; i++)
		if (in_force(&notice->days.v[i]) &&
		    is_same(&notice->days.v[i], stretch))
			return true;
	return false;
}

void
notice_amend(
    struct arena *arena, const struct notice *before, struct notice *after)
{
	struct notice outcome = *after;
	size_t i;

	outcome.days.v = NULL;
	outcome.days.n = outcome.days.cap = 0;
	for (i = 0; i < before->days.n; i++) {
		struct stretch stretch = before->days.v[i];

		if (in_force(&stretch) && !says(after, &stretch))
			stretch.lapsed = after->amended.published;
		ARRAY_PUSH(arena, &outcome.days, stretch);
	}
	for (i = 0; i < after->days.n; i++) {
		struct stretch stretch = after->days.v[i];

		if (says(before, &stretch))
			continue;
		stretch.title = after->amended.title;
		stretch.number = after->amended.number;
		stretch.published = after->amended.published;
		ARRAY_PUSH(arena, &outcome.days, stretch);
	}
	*after = outcome;
}

static void
add_source(struct arena *arena, struct calendar_source source,
    struct calendar_sources *sources)
{
	size_t i;

	for (i = 0; i < sources->n; i++)
		if (sources->v[i].file == source.file &&
		    sources->v[i].published.n == source.published.n)
			return;
	ARRAY_PUSH(arena, sources, source);
}

static bool
touches(const struct stretch *stretch, int year)
{
	return day_year(stretch->first) <= year &&
	       year <= day_year(stretch->last);
}

/* The law counts only where no notice takes its place. */
static bool
rests_on_law(
    const struct calendar *calendar, const struct notice *notice, int year)
{
	const struct cell *cell = table_cell(calendar, day_of(year, 1, 1));

	return notice->projects_from <= year && year <= notice->projects_to &&
	       cell != NULL && cell->state == DAY_PROJECTED;
}

static void
add_notice(struct arena *arena, const struct calendar *calendar,
    const struct notice *notice, int year, struct calendar_sources *sources)
{
	struct calendar_source source = { .file = notice->file,
		.title = notice->title,
		.number = notice->number,
		.url = notice->url,
		.published = notice->published,
		.law = notice->projects_from != 0 };
	int known = calendar->known_on.n;
	size_t i;

	if (notice->published.n > known ||
	    (source.law && !rests_on_law(calendar, notice, year)))
		return;
	if (source.law || notice->year == year)
		add_source(arena, source, sources);
	for (i = 0; i < notice->days.n; i++) {
		const struct stretch *stretch = &notice->days.v[i];
		struct calendar_source own = source;

		if (stretch->published.n > known ||
		    stretch->lapsed.n <= known || !touches(stretch, year))
			continue;
		if (stretch->published.n != DAY_ALWAYS.n) {
			own.title = stretch->title != NULL ? stretch->title
							   : source.title;
			own.number = stretch->number;
			own.published = stretch->published;
			own.url = NULL;
		}
		add_source(arena, own, sources);
	}
}

static int
compare_sources(const void *a, const void *b)
{
	const struct calendar_source *x = a, *y = b;

	if (x->published.n != y->published.n)
		return x->published.n < y->published.n ? -1 : 1;
	return strcmp(x->file, y->file);
}

void
calendar_sources(struct arena *arena, const struct calendar *calendar, int year,
    struct calendar_sources *sources)
{
	const struct calendar *at;
	size_t i;

	*sources = (struct calendar_sources){ 0 };
	for (at = calendar; at != NULL; at = at->base)
		for (i = 0; i < at->notices->n; i++)
			add_notice(
			    arena, at, &at->notices->v[i], year, sources);
	if (sources->n > 0)
		qsort(sources->v, sources->n, sizeof(*sources->v),
		    compare_sources);
}
