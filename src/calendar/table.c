#include "calendar.h"

#include <string.h>

#include <yugao/arena.h>

/*
 * The last days of December are decided by the notice of the next year: its
 * New Year holiday reached back to 29 December 2018 and 31 December 2022.
 * Working days are moved to the weekend next to a holiday, and the holiday is
 * three days long at most, so nothing reaches back further than the Sunday
 * before a Thursday 1 January: the 28th.
 */
#define PROVISIONAL_FROM 28

#define YEARS (LAST_YEAR - FIRST_YEAR + 1)

struct builder {
	struct arena *arena;
	struct diags *diags;
	const struct calendar *base;
	struct day known_on;
	struct calendar *calendar;
	bool *taken; /* a cell that a span of these sources decides */
	bool covers[YEARS + 1]; /* by year since FIRST_YEAR */
};

/* The kind of a day that nobody decided about. */
static enum day_kind
ordinary(struct day day)
{
	enum weekday weekday = day_weekday(day);

	return weekday == SATURDAY || weekday == SUNDAY ? DAY_WEEKEND
							: DAY_WORK;
}

static bool
source_known(const struct builder *b, const struct notice *source)
{
	return source->published.n <= b->known_on.n;
}

static bool
span_known(const struct builder *b, const struct notice *source,
    const struct stretch *span)
{
	return source_known(b, source) && span->published.n <= b->known_on.n &&
	       b->known_on.n < span->lapsed.n;
}

const struct cell *
table_cell(const struct calendar *calendar, struct day day)
{
	int64_t i = (int64_t)day.n - calendar->first.n;

	return i >= 0 && i < calendar->n ? &calendar->cells[i] : NULL;
}

static struct cell *
cell_at(struct builder *b, int day)
{
	return &b->calendar->cells[day - b->calendar->first.n];
}

static void
widen(struct calendar *calendar, struct day first, struct day last)
{
	int end = calendar->first.n + calendar->n;

	if (calendar->n == 0) {
		calendar->first = first;
		end = last.n + 1;
	}
	if (first.n < calendar->first.n)
		calendar->first = first;
	if (last.n >= end)
		end = last.n + 1;
	calendar->n = end - calendar->first.n;
}

static struct day
year_start(int year)
{
	return day_of(year, 1, 1);
}

static struct day
year_end(int year)
{
	return day_of(year, 12, 31);
}

/*
 * Which years the sources decide as a whole: the year that a notice names,
 * else (an office's own calendar) each year in which a day off begins.  What
 * overrides another calendar decides single days only.
 */
static void
note_years(struct builder *b, const struct notice *source)
{
	size_t i;

	if (b->base != NULL || source->projects_from != 0 ||
	    !source_known(b, source))
		return;
	if (source->year != 0)
		b->covers[source->year - FIRST_YEAR] = true;
	for (i = 0; source->year == 0 && i < source->days.n; i++) {
		const struct stretch *span = &source->days.v[i];

		if (span_known(b, source, span))
			b->covers[day_year(span->first) - FIRST_YEAR] = true;
	}
}

static void
measure(struct builder *b, const struct notices *sources)
{
	struct calendar *calendar = b->calendar;
	size_t i, k;
	int year;

	for (i = 0; i < sources->n; i++) {
		const struct notice *source = &sources->v[i];

		note_years(b, source);
		if (source->projects_from != 0 && source_known(b, source))
			widen(calendar, year_start(source->projects_from),
			    year_end(source->projects_to));
		for (k = 0; k < source->days.n; k++)
			widen(calendar, source->days.v[k].first,
			    source->days.v[k].last);
	}
	for (year = FIRST_YEAR; year <= LAST_YEAR; year++)
		if (b->covers[year - FIRST_YEAR])
			widen(calendar, year_start(year), year_end(year));
	if (b->base != NULL && b->base->n > 0)
		widen(calendar, b->base->first,
		    (struct day){ b->base->first.n + b->base->n - 1 });
}

static void
fill_ordinary(struct builder *b)
{
	struct calendar *calendar = b->calendar;
	size_t size = (size_t)calendar->n;
	int i;

	calendar->cells =
	    arena_alloc(b->arena, size * sizeof(*calendar->cells));
	b->taken = arena_alloc(b->arena, size * sizeof(*b->taken));
	for (i = 0; i < calendar->n; i++) {
		calendar->cells[i].kind =
		    ordinary((struct day){ calendar->first.n + i });
		calendar->cells[i].state = DAY_UNKNOWN;
	}
}

/* Spans are numbered anew, so the base's come first and keep their numbers. */
static void
fill_base(struct builder *b)
{
	struct calendar *calendar = b->calendar;
	size_t i;

	if (b->base == NULL)
		return;
	if (b->base->n > 0)
		memcpy(cell_at(b, b->base->first.n), b->base->cells,
		    (size_t)b->base->n * sizeof(*b->base->cells));
	for (i = 0; i < b->base->spans.n; i++)
		ARRAY_PUSH(b->arena, &calendar->spans, b->base->spans.v[i]);
	calendar->covered_first = b->base->covered_first;
	calendar->covered_last = b->base->covered_last;
	calendar->projected_last = b->base->projected_last;
}

static void
fill_span(struct builder *b, const struct stretch *span, enum day_state state)
{
	struct calendar *calendar = b->calendar;
	int n;

	ARRAY_PUSH(b->arena, &calendar->spans, span);
	for (n = span->first.n; n <= span->last.n; n++) {
		struct cell *cell = cell_at(b, n);
		bool weekend = ordinary((struct day){ n }) == DAY_WEEKEND;

		cell->kind = !span->work ? DAY_OFF
			     : weekend   ? DAY_MAKEUP
					 : DAY_WORK;
		cell->state = state;
		cell->span = (uint32_t)calendar->spans.n;
	}
}

static void
fill_projected(struct builder *b, const struct notice *source)
{
	struct day last;
	size_t i;
	int n;

	if (source->projects_from == 0 || !source_known(b, source))
		return;
	last = year_end(source->projects_to);
	for (n = year_start(source->projects_from).n; n <= last.n; n++)
		cell_at(b, n)->state = DAY_PROJECTED;
	for (i = 0; i < source->days.n; i++)
		if (span_known(b, source, &source->days.v[i]))
			fill_span(b, &source->days.v[i], DAY_PROJECTED);
	if (last.n > b->calendar->projected_last.n)
		b->calendar->projected_last = last;
}

/* A notice takes the place of the whole projection of its year. */
static void
fill_covered(struct builder *b, int year)
{
	struct calendar *calendar = b->calendar;
	struct day first = year_start(year), last = year_end(year);
	bool next = b->covers[year + 1 - FIRST_YEAR];
	int n, open = day_of(year, 12, PROVISIONAL_FROM).n;

	if (!b->covers[year - FIRST_YEAR])
		return;
	for (n = first.n; n <= last.n; n++) {
		struct cell *cell = cell_at(b, n);

		cell->kind = ordinary((struct day){ n });
		cell->span = 0;
		cell->state =
		    n >= open && !next ? DAY_PROVISIONAL : DAY_PUBLISHED;
	}
	if (calendar->covered_last.n < calendar->covered_first.n)
		calendar->covered_first = first;
	calendar->covered_last = last;
}

static const char *
place_text(struct arena *arena, struct place place)
{
	return arena_printf(arena, "%s:%d", place.file, place.line);
}

/* Two spans in force must not say that a day is off and worked. */
static void
check_overlap(struct builder *b, const struct stretch *span)
{
	char date[DAY_SIZE];
	int n;

	for (n = span->first.n; n <= span->last.n; n++) {
		const struct cell *cell = cell_at(b, n);
		bool *taken = &b->taken[n - b->calendar->first.n];
		const struct stretch *other =
		    *taken ? b->calendar->spans.v[cell->span - 1] : NULL;

		*taken = true;
		if (other == NULL || other->work == span->work)
			continue;
		DIAG(b->arena, b->diags, DIAG_ERROR, span->place,
		    "calendar.overlap", day_format(date, (struct day){ n }),
		    place_text(b->arena, other->place));
		return;
	}
}

/* A working weekday says something only where the base has it off. */
static void
check_makeup(struct builder *b, const struct stretch *span)
{
	char date[DAY_SIZE];
	int n;

	for (n = span->first.n; span->work && n <= span->last.n; n++) {
		if (cell_at(b, n)->kind != DAY_WORK)
			continue;
		DIAG(b->arena, b->diags, DIAG_WARNING, span->place,
		    "calendar.makeup_weekday",
		    day_format(date, (struct day){ n }));
		return;
	}
}

static void
fill_decided(struct builder *b, const struct notice *source)
{
	size_t i;

	if (source->projects_from != 0)
		return;
	for (i = 0; i < source->days.n; i++) {
		const struct stretch *span = &source->days.v[i];

		if (!span_known(b, source, span))
			continue;
		check_makeup(b, span);
		check_overlap(b, span);
		fill_span(b, span, DAY_PUBLISHED);
	}
}

/* What lookups need so that counting days need not walk over them. */
static void
index_cells(struct calendar *calendar)
{
	int32_t worked = 0;
	int i;

	for (i = 0; i < calendar->n; i++) {
		struct cell *cell = &calendar->cells[i];

		worked += cell->kind == DAY_WORK || cell->kind == DAY_MAKEUP;
		cell->worked = worked;
	}
	for (i = calendar->n - 1; i >= 0; i--) {
		struct cell *cell = &calendar->cells[i];

		cell->state_end =
		    i + 1 < calendar->n && cell[1].state == cell->state
			? cell[1].state_end
			: i + 1;
	}
}

struct calendar *
table_build(struct arena *arena, const char *name,
    const struct notices *sources, const struct day *known_on,
    const struct calendar *base, struct diags *diags)
{
	struct calendar *calendar = arena_alloc(arena, sizeof(*calendar));
	struct builder b = { .arena = arena,
		.diags = diags,
		.base = base,
		.known_on = { known_on != NULL ? known_on->n
					       : DAY_NEVER.n - 1 },
		.calendar = calendar };
	size_t errors = diags->errors, i;
	int year;

	calendar->name = arena_strdup(arena, name);
	calendar->notices = arena_copy(arena, sources, sizeof(*sources));
	calendar->base = base;
	calendar->known_on = b.known_on;
	measure(&b, sources);
	fill_ordinary(&b);
	calendar->covered_first = calendar->first;
	calendar->covered_last.n = calendar->first.n - 1;
	calendar->projected_last = calendar->covered_last;
	fill_base(&b);
	for (i = 0; i < sources->n; i++)
		fill_projected(&b, &sources->v[i]);
	for (year = FIRST_YEAR; year <= LAST_YEAR; year++)
		fill_covered(&b, year);
	for (i = 0; i < sources->n; i++)
		fill_decided(&b, &sources->v[i]);
	if (calendar->projected_last.n < calendar->covered_last.n)
		calendar->projected_last = calendar->covered_last;
	index_cells(calendar);
	return diags->errors == errors ? calendar : NULL;
}
