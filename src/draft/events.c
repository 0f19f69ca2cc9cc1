/*
 * The events of a feed as plans with stated dates.  A feed tells no reference
 * periods but in titles; else they are counted from how the dates are spaced.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/error.h>
#include <yugao/foreign.h>

#include "track.h"

#define ID_MOST 64

struct event {
	const char *title; /* of the series */
	struct local start;
	struct period period;
	bool told; /* the title tells the period */
	bool dropped;
};

/* The events of one title. */
struct group {
	const char *title, *id, *pointer;
	struct event *v; /* by start */
	size_t n;
	enum frequency frequency;
	int minute;
};

struct groups {
	struct group *v;
	size_t n, cap;
};

static int
compare_events(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int order = strcmp(x->title, y->title);

	if (order != 0)
		return order;
	if (x->start.day.n != y->start.day.n)
		return x->start.day.n < y->start.day.n ? -1 : 1;
	return (x->start.minute > y->start.minute) -
	       (x->start.minute < y->start.minute);
}

static struct event *
events_of(struct arena *arena, const struct foreign_feed *feed)
{
	struct event *events = arena_alloc(arena, feed->n * sizeof(*events));
	size_t i;

	for (i = 0; i < feed->n; i++) {
		events[i].title = feed->v[i].title;
		events[i].start = feed->v[i].start;
		events[i].told =
		    title_period(arena, &events[i].title, &events[i].period);
	}
	qsort(events, feed->n, sizeof(*events), compare_events);
	return events;
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* What most events tell, or how far the dates are apart. */
static enum frequency
frequency_of(struct arena *arena, const struct group *group)
{
	static const struct {
		enum frequency frequency;
		int least, most; /* days between */
	} spaces[] = {
		{ FREQUENCY_WEEKLY, 5, 8 },
		{ FREQUENCY_TEN_DAY, 9, 12 },
		{ FREQUENCY_MONTHLY, 22, 40 },
		{ FREQUENCY_QUARTERLY, 80, 105 },
		{ FREQUENCY_HALF_YEARLY, 165, 200 },
		{ FREQUENCY_ANNUAL, 330, 400 },
	};
	int *gaps = arena_alloc(arena, group->n * sizeof(*gaps));
	size_t told = 0, near = 0, n = 0, i, j;

	for (i = 0; i < group->n; i++)
		told += group->v[i].told && group->v[i].period.frequency ==
						group->v[0].period.frequency;
	if (told == group->n)
		return group->v[0].period.frequency;
	for (i = 1; i < group->n; i++)
		gaps[n++] =
		    group->v[i].start.day.n - group->v[i - 1].start.day.n;
	if (n == 0)
		return FREQUENCY_IRREGULAR;
	qsort(gaps, n, sizeof(*gaps), compare_ints);
	for (j = 0; j < COUNT(spaces); j++) {
		if (gaps[n / 2] < spaces[j].least ||
		    gaps[n / 2] > spaces[j].most)
			continue;
		for (i = 0; i < n; i++)
			near += gaps[i] >= spaces[j].least &&
				gaps[i] <= spaces[j].most;
		return near * 3 >= n * 2 ? spaces[j].frequency
					 : FREQUENCY_IRREGULAR;
	}
	return FREQUENCY_IRREGULAR;
}

/* Thousandths of periods since some beginning. */
static int64_t
position(enum frequency frequency, struct day day)
{
	struct period period = period_of(frequency, day);
	int year, month, mday;
	int64_t part = (int64_t)(day.n - period.first.n) * 1000 /
		       (period.last.n - period.first.n + 1);

	day_parts(period.first, &year, &month, &mday);
	month += year * 12 - 1;
	switch (frequency) {
	case FREQUENCY_WEEKLY:
		return ((int64_t)period.first.n + 3) / 7 * 1000 + part;
	case FREQUENCY_TEN_DAY:
		return ((int64_t)month * 3 + mday / 10) * 1000 + part;
	case FREQUENCY_QUARTERLY:
		return (int64_t)month / 3 * 1000 + part;
	case FREQUENCY_HALF_YEARLY:
		return (int64_t)month / 6 * 1000 + part;
	case FREQUENCY_ANNUAL:
		return (int64_t)year * 1000 + part;
	case FREQUENCY_MONTHLY:
	case FREQUENCY_IRREGULAR:
		break;
	}
	return (int64_t)month * 1000 + part;
}

/*
 * Where in their periods the releases stand, so that 31 May counts with the
 * first days of June if all others are such.
 */
static int64_t
usual_part(const struct group *group)
{
	int64_t best = 0, least = INT64_MAX, shift;
	size_t i;

	for (shift = 0; shift < 1000; shift += 20) {
		int64_t off = 0;

		for (i = 0; i < group->n; i++) {
			int64_t part =
			    (position(group->frequency, group->v[i].start.day) -
				shift + 500) %
			    1000;

			off += part > 500 ? part - 500 : 500 - part;
		}
		if (off < least) {
			least = off;
			best = shift;
		}
	}
	return best;
}

/* The period before the one in which the release stands. */
static void
count_periods(struct group *group)
{
	int64_t usual = usual_part(group), last = INT64_MIN;
	size_t i;

	for (i = 0; i < group->n; i++) {
		struct event *event = &group->v[i];
		int64_t at = position(group->frequency, event->start.day);
		int64_t index = (at - usual + 500) / 1000;
		struct period own =
		    period_of(group->frequency, event->start.day);

		if (index > at / 1000)
			own = period_next(&own);
		else if (index < at / 1000)
			own = period_of(
			    group->frequency, (struct day){ own.first.n - 1 });
		event->period = period_of(
		    group->frequency, (struct day){ own.first.n - 1 });
		event->dropped = index <= last;
		last = index > last ? index : last;
	}
}

/* An irregular series is about the months in which it comes. */
static void
count_months(struct group *group)
{
	size_t i, j;

	for (i = 0; i < group->n; i++) {
		struct event *event = &group->v[i];

		if (!event->told)
			event->period =
			    period_of(FREQUENCY_MONTHLY, event->start.day);
		for (j = 0; j < i; j++)
			if (group->v[j].period.first.n ==
				event->period.first.n &&
			    group->v[j].period.frequency ==
				event->period.frequency)
				event->dropped = true;
	}
}

static void
drop_repeated(struct group *group)
{
	size_t i;

	for (i = 1; i < group->n; i++)
		if (group->v[i].period.first.n <=
		    group->v[i - 1].period.first.n)
			group->v[i].dropped = true;
}

static int
usual_minute(const struct group *group)
{
	size_t most = 0, i, j;
	int best = NO_TIME;

	for (i = 0; i < group->n; i++) {
		size_t n = 0;

		for (j = 0; j < group->n; j++)
			n += group->v[j].start.minute ==
			     group->v[i].start.minute;
		if (n > most) {
			most = n;
			best = group->v[i].start.minute;
		}
	}
	return best;
}

/* An id out of the title's ASCII letters and digits; "series" has none. */
static const char *
id_of(struct arena *arena, const char *title)
{
	struct buf id;
	const char *s;

	buf_init(&id, arena);
	for (s = title; *s != '\0' && id.len < ID_MOST - 5; s++) {
		bool upper = *s >= 'A' && *s <= 'Z';

		if (upper || (*s >= 'a' && *s <= 'z') ||
		    (*s >= '0' && *s <= '9'))
			buf_putc(&id, (char)(upper ? *s - 'A' + 'a' : *s));
		else if (id.len > 0 && id.data[id.len - 1] != '-')
			buf_putc(&id, '-');
	}
	while (id.len > 0 && id.data[id.len - 1] == '-')
		id.data[--id.len] = '\0';
	return id.len > 0 ? id.data : "series";
}

static int
compare_first(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->v[0].start.day.n != y->v[0].start.day.n)
		return x->v[0].start.day.n < y->v[0].start.day.n ? -1 : 1;
	return strcmp(x->title, y->title);
}

static int
compare_id(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : compare_first(a, b);
}

/* Sorted by id; equal ones get a number. */
static void
name_groups(struct arena *arena, struct groups *groups)
{
	size_t i, same = 0;

	for (i = 0; i < groups->n; i++)
		groups->v[i].id = id_of(arena, groups->v[i].title);
	qsort(groups->v, groups->n, sizeof(*groups->v), compare_first);
	for (i = 0; i < groups->n; i++)
		groups->v[i].pointer = arena_printf(arena, "/series/%zu", i);
	qsort(groups->v, groups->n, sizeof(*groups->v), compare_id);
	for (i = 1; i < groups->n; i++) {
		const char *before = groups->v[i - 1 - same].id;

		same = strcmp(before, groups->v[i].id) == 0 ? same + 1 : 0;
		if (same > 0)
			groups->v[i].id =
			    arena_printf(arena, "%s-%zu", before, same + 1);
	}
	qsort(groups->v, groups->n, sizeof(*groups->v), compare_id);
}

static struct groups
groups_of(struct arena *arena, struct event *events, size_t n)
{
	struct groups groups = { 0 };
	size_t i, j;

	for (i = 0; i < n; i = j) {
		struct group group = { .title = events[i].title,
			.v = &events[i] };

		for (j = i;
		     j < n && strcmp(events[j].title, events[i].title) == 0;
		     j++)
			group.n++;
		group.frequency = frequency_of(arena, &group);
		group.minute = usual_minute(&group);
		if (group.frequency == FREQUENCY_IRREGULAR)
			count_months(&group);
		else if (group.v[0].told && group.v[group.n - 1].told)
			drop_repeated(&group);
		else
			count_periods(&group);
		ARRAY_PUSH(arena, &groups, group);
	}
	name_groups(arena, &groups);
	return groups;
}

static int
compare_occurrences(const void *a, const void *b)
{
	return strcmp(((const struct occurrence *)a)->period,
	    ((const struct occurrence *)b)->period);
}

/* The rule that states the dates of one year. */
static struct rule *
rule_of(struct arena *arena, const struct group *group, int year)
{
	struct rule *rule = arena_alloc(arena, sizeof(*rule));
	struct occurrence *v = arena_alloc(arena, group->n * sizeof(*v));
	size_t n = 0, i;

	for (i = 0; i < group->n; i++) {
		const struct event *event = &group->v[i];
		char text[PERIOD_SIZE];

		if (event->dropped || day_year(event->start.day) != year)
			continue;
		period_format(text, &event->period);
		v[n].period = arena_strdup(arena, text);
		v[n].when.start = event->start;
		v[n].when.last = event->start.day;
		v[n].when.precision = event->start.minute == NO_TIME
					  ? PRECISION_DATE
					  : PRECISION_INSTANT;
		v[n].has_when = true;
		v[n].minute = NO_TIME;
		v[n++].status = -1;
	}
	if (n > 1)
		qsort(v, n, sizeof(*v), compare_occurrences);
	rule->occurrences = v;
	rule->n_occurrences = n;
	rule->minute = group->minute;
	rule->lag = group->frequency != FREQUENCY_TEN_DAY &&
		    group->frequency != FREQUENCY_WEEKLY &&
		    group->frequency != FREQUENCY_IRREGULAR;
	rule->precision =
	    group->minute == NO_TIME ? PRECISION_DATE : PRECISION_INSTANT;
	rule->pointer = group->pointer;
	return rule;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s > 0x7f)
			return false;
	return true;
}

static struct plan *
plan_of(struct arena *arena, const char *path, const struct groups *groups,
    int year)
{
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	struct series *v = arena_alloc(arena, groups->n * sizeof(*v));
	size_t i;

	for (i = 0; i < groups->n; i++) {
		const struct group *group = &groups->v[i];

		v[i].id = group->id;
		if (is_ascii(group->title))
			v[i].title.en = group->title;
		else
			v[i].title.zh = group->title;
		v[i].frequency = group->frequency;
		v[i].rules = rule_of(arena, group, year);
		v[i].n_rules = 1;
		v[i].status = STATUS_CONFIRMED;
		v[i].secrecy = SECRECY_MISSING;
		v[i].source = "survey";
		v[i].pointer = group->pointer;
	}
	plan->file = path;
	plan->year = year;
	plan->series = v;
	plan->n_series = groups->n;
	return plan;
}

static void
warn_dropped(struct arena *arena, const char *path, const struct groups *groups,
    const struct foreign_feed *feed, struct diags *diags)
{
	struct place place = { .file = path };
	size_t i, j;

	if (feed->recurring > 0)
		DIAG(arena, diags, DIAG_WARNING, place, "draft.recurring",
		    arena_printf(arena, "%zu", feed->recurring));
	for (i = 0; i < groups->n; i++)
		for (j = 0; j < groups->v[i].n; j++) {
			char day[DAY_SIZE];

			if (groups->v[i].v[j].dropped)
				DIAG(arena, diags, DIAG_WARNING, place,
				    "draft.dropped", groups->v[i].title,
				    day_format(
					day, groups->v[i].v[j].start.day));
		}
}

const struct error *
feed_plans(struct arena *arena, struct calendars *calendars, const char *path,
    struct bytes bytes, const struct draft_request *request,
    struct diags *diags, struct plans *plans)
{
	struct foreign_feed feed = { 0 };
	const struct error *error =
	    foreign_parse(arena, path, bytes, request->timezone, &feed);
	const struct calendar *calendar = NULL;
	struct zone *zone = NULL;
	struct groups groups;
	int year;

	if (error == NULL && request->department == NULL)
		error = ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "draft.no_department", path);
	if (error == NULL && feed.n == 0)
		error = ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "draft.empty_feed", path);
	if (error == NULL)
		error = zone_open(arena, feed.zone, &zone);
	/* Another country's working days are not ours. */
	if (error == NULL && strcmp(feed.zone, request->timezone) == 0)
		error = calendars_get(calendars, "cn", diags, &calendar);
	if (error != NULL)
		return error;
	groups = groups_of(arena, events_of(arena, &feed), feed.n);
	warn_dropped(arena, path, &groups, &feed, diags);
	for (year = day_year(feed.v[0].start.day);
	     year <= day_year(feed.v[feed.n - 1].start.day); year++) {
		struct plan *plan = plan_of(arena, path, &groups, year);

		plan->department = request->department;
		plan->zone = zone;
		plan->calendar = calendar;
		ARRAY_PUSH(arena, plans, plan);
	}
	return NULL;
}
