/*
 * Any bytes as a working-day calendar.  The reader gives a calendar or
 * complaints; what a calendar says of single days agrees with how it counts
 * and steps over them; a notice that was written is read as it was written.
 */
#include "checks.h"

#include "../../src/calendar/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_days(const struct calendar *calendar, struct day from, int n)
{
	struct day before = { from.n - 1 };
	int i, worked = 0;

	for (i = 0; i < n; i++) {
		struct day day = { from.n + i };
		struct day_info info = calendar_day(calendar, day);
		bool work = info.kind == DAY_WORK || info.kind == DAY_MAKEUP;

		if (calendar_is_workday(calendar, day) != work)
			abort();
		worked += work;
		if (calendar_workdays(calendar, before, day) != worked)
			abort();
		if (work && calendar_step(calendar, before, worked).n != day.n)
			abort();
		if (calendar_roll(calendar, ROLL_FOLLOWING, day).n < day.n ||
		    calendar_roll(calendar, ROLL_PRECEDING, day).n > day.n)
			abort();
	}
}

static void
check_calendar(const struct calendar *calendar)
{
	struct day first = calendar_first(calendar);
	struct day last = calendar_last_published(calendar);
	struct day nth;
	int month;

	check_days(calendar, first, 40);
	check_days(calendar, (struct day){ last.n - 20 }, 40);
	check_days(calendar,
	    (struct day){ calendar_last_projected(calendar).n - 20 }, 40);
	for (month = 1; month <= 12; month++)
		if (calendar_nth_workday(
			calendar, day_year(first), month, -1, &nth) &&
		    !calendar_is_workday(calendar, nth))
			abort();
	(void)calendar_certainty(calendar, first, last);
}

static void
check_notice(struct arena *arena, struct bytes bytes)
{
	struct diags diags = { 0 };
	struct notice notice;

	if (!notice_from_ics(arena, "cn.ics", bytes, &diags, &notice))
		return;
	notice_check(arena, &notice, NULL, &diags);
	check_diags(arena, &diags);
	check_written(arena, &notice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	struct calendar *calendar;
	char *copy = malloc(size + 1);
	struct bytes bytes = { copy, size };

	memcpy(copy, data, size);
	copy[size] = '\0';
	calendar = calendar_from_bytes(arena, "cn.ics", bytes, NULL, &diags);
	if ((calendar == NULL) != (diags.errors > 0))
		abort();
	check_diags(arena, &diags);
	if (calendar != NULL)
		check_calendar(calendar);
	check_notice(arena, bytes);
	arena_free(arena);
	free(copy);
	return 0;
}
