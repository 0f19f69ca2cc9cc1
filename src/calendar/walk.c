#include "calendar.h"

#include <yugao/arena.h>

const char *
calendar_name(const struct calendar *calendar)
{
	return calendar->name;
}

struct day
calendar_first(const struct calendar *calendar)
{
	return calendar->covered_first;
}

struct day
calendar_last_published(const struct calendar *calendar)
{
	return calendar->covered_last;
}

struct day
calendar_last_projected(const struct calendar *calendar)
{
	return calendar->projected_last;
}

static enum day_kind
kind_of(const struct calendar *calendar, struct day day)
{
	const struct cell *cell = table_cell(calendar, day);
	enum weekday weekday;

	if (cell != NULL)
		return cell->kind;
	weekday = day_weekday(day);
	return weekday == SATURDAY || weekday == SUNDAY ? DAY_WEEKEND
							: DAY_WORK;
}

struct day_info
calendar_day(const struct calendar *calendar, struct day day)
{
	const struct cell *cell = table_cell(calendar, day);
	struct day_info info = { .kind = kind_of(calendar, day),
		.state = DAY_UNKNOWN };

	if (cell == NULL)
		return info;
	info.state = cell->state;
	if (cell->span != 0) {
		info.name = calendar->spans.v[cell->span - 1]->name;
		info.notice = calendar->spans.v[cell->span - 1]->number;
	}
	return info;
}

bool
calendar_is_workday(const struct calendar *calendar, struct day day)
{
	enum day_kind kind = kind_of(calendar, day);

	return kind == DAY_WORK || kind == DAY_MAKEUP;
}

/* Mondays to Fridays from Monday 1969-12-29 to this day, inclusive. */
static int64_t
weekdays_until(int64_t n)
{
	int64_t days = n + 3 + 1;
	int64_t weeks = days >= 0 ? days / 7 : -((6 - days) / 7);
	int64_t rest = days - weeks * 7;

	return weeks * 5 + (rest < 5 ? rest : 5);
}

/*
 * Working days up to this day, inclusive, counted from some fixed day.  Every
 * question about numbers of working days is a difference of two of these, or
 * a search for one.
 */
static int64_t
rank(const struct calendar *calendar, int64_t n)
{
	int64_t first = calendar->first.n, end = first + calendar->n;

	if (n < first || calendar->n == 0)
		return weekdays_until(n);
	if (n < end)
		return weekdays_until(first - 1) +
		       calendar->cells[n - first].worked;
	return weekdays_until(first - 1) +
	       calendar->cells[calendar->n - 1].worked + weekdays_until(n) -
	       weekdays_until(end - 1);
}

/* The day of that rank; near is a guess that makes the search short. */
static struct day
day_of_rank(const struct calendar *calendar, int64_t wanted, int64_t near)
{
	int64_t low = near, high = near, width = 8;

	for (; rank(calendar, low) >= wanted; width *= 2)
		low -= width;
	for (; rank(calendar, high) < wanted; width *= 2)
		high += width;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (rank(calendar, middle) < wanted)
			low = middle;
		else
			high = middle;
	}
	if (high < INT32_MIN || high > INT32_MAX)
		return high < 0 ? DAY_ALWAYS : DAY_NEVER;
	return (struct day){ (int32_t)high };
}

struct day
calendar_step(const struct calendar *calendar, struct day day, int n)
{
	int64_t here = rank(calendar, day.n);

	if (n == 0)
		return day;
	/* Backwards, a working day itself is not one of those before it. */
	if (n < 0 && !calendar_is_workday(calendar, day))
		here++;
	return day_of_rank(calendar, here + n, day.n);
}

bool
calendar_nth_workday(const struct calendar *calendar, int year, int month,
    int n, struct day *day)
{
	struct day first = day_of(year, month, 1);
	int64_t before = rank(calendar, (int64_t)first.n - 1);
	int64_t last =
	    rank(calendar, (int64_t)first.n + month_length(year, month) - 1);
	int64_t wanted = n > 0 ? before + n : last + n + 1;

	if (n == 0 || wanted <= before || wanted > last)
		return false;
	*day = day_of_rank(calendar, wanted, first.n);
	return true;
}

int
calendar_workdays(
    const struct calendar *calendar, struct day from, struct day to)
{
	if (to.n <= from.n)
		return 0;
	return (int)(rank(calendar, to.n) - rank(calendar, from.n));
}

static struct day
following(const struct calendar *calendar, struct day day)
{
	return calendar_is_workday(calendar, day)
		   ? day
		   : calendar_step(calendar, day, 1);
}

static struct day
preceding(const struct calendar *calendar, struct day day)
{
	return calendar_is_workday(calendar, day)
		   ? day
		   : calendar_step(calendar, day, -1);
}

static bool
same_month(struct day a, struct day b)
{
	int year_a, month_a, year_b, month_b, mday;

	day_parts(a, &year_a, &month_a, &mday);
	day_parts(b, &year_b, &month_b, &mday);
	return year_a == year_b && month_a == month_b;
}

struct day
calendar_roll(const struct calendar *calendar, enum roll roll, struct day day)
{
	struct day after, before;

	if (roll == ROLL_NONE)
		return day;
	if (roll == ROLL_FOLLOWING_NOTICE) {
		while (kind_of(calendar, day) == DAY_OFF)
			day.n++;
		return day;
	}
	after = following(calendar, day);
	before = preceding(calendar, day);
	switch (roll) {
	case ROLL_MODIFIED_FOLLOWING:
		return same_month(day, after) ? after : before;
	case ROLL_PRECEDING:
		return before;
	case ROLL_MODIFIED_PRECEDING:
		return same_month(day, before) ? before : after;
	case ROLL_NEAREST:
		return day.n - before.n < after.n - day.n ? before : after;
	default:
		return after;
	}
}

enum day_state
calendar_certainty(
    const struct calendar *calendar, struct day from, struct day to)
{
	struct day first = from.n <= to.n ? from : to;
	struct day last = from.n <= to.n ? to : from;
	enum day_state worst = DAY_PUBLISHED;
	int i;

	if (table_cell(calendar, first) == NULL ||
	    table_cell(calendar, last) == NULL)
		return DAY_UNKNOWN;
	for (i = first.n - calendar->first.n; i <= last.n - calendar->first.n;
	     i = calendar->cells[i].state_end)
		if (calendar->cells[i].state > worst)
			worst = calendar->cells[i].state;
	return worst;
}
