/*
 * What a count of working days went over: nobody who counts on fingers gets
 * the same day otherwise.
 */
#include "reason.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "words.h"

static struct day
month_edge(struct day day, bool last)
{
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	return day_of(year, month, last ? month_length(year, month) : 1);
}

/* The other end of the count; false if the rule counts no working days. */
static bool
counted_from(const struct slot *slot, struct day *from)
{
	const struct timing *timing = slot->why.timing;
	const struct calendar *calendar = slot->plan->calendar;
	struct day nominal = slot->why.nominal;
	struct period period;

	if (timing->kind == TIMING_WORKDAY) {
		*from = month_edge(nominal, timing->n < 0);
		return true;
	}
	if (!timing->working || timing->n == 0)
		return false;
	switch (timing->kind) {
	case TIMING_AFTER_PERIOD:
		if (!period_parse(slot->period, &period))
			return false;
		*from = period.last;
		return true;
	case TIMING_AFTER_SERIES:
		*from = calendar_step(calendar, nominal, -timing->n);
		return true;
	case TIMING_BEFORE_MONTH_END:
		*from = month_edge(nominal, true);
		return true;
	default:
		return false;
	}
}

struct passed {
	struct strings off, worked;
};

static void
pass_run(const struct report *report, struct day first, struct day last,
    const struct day_info *info, struct passed *passed)
{
	if (info->kind == DAY_OFF)
		ARRAY_PUSH(report->arena, &passed->off,
		    run_words(report, first, last, off_words(report, info)));
	for (; info->kind == DAY_MAKEUP && first.n <= last.n; first.n++)
		ARRAY_PUSH(report->arena, &passed->worked,
		    tell_day(report->arena, report->lang, first));
}

static bool
is_alike(const struct report *report, const struct day_info *a,
    const struct day_info *b)
{
	return a->kind == b->kind && strcmp(text_in(&a->name, report->lang),
					 text_in(&b->name, report->lang)) == 0;
}

static void
pass_over(const struct report *report, const struct calendar *calendar,
    struct day from, struct day to, struct passed *passed)
{
	struct day first = from, day = from;
	struct day_info run = calendar_day(calendar, day), info;

	for (day.n++; day.n <= to.n + 1; day.n++) {
		info = calendar_day(calendar, day);
		if (day.n <= to.n && is_alike(report, &run, &info))
			continue;
		pass_run(
		    report, first, (struct day){ day.n - 1 }, &run, passed);
		run = info;
		first = day;
	}
}

void
tell_counted(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	struct passed passed = { { 0 }, { 0 } };
	struct day from, to = slot->why.nominal;

	if (slot->plan->calendar == NULL || !counted_from(slot, &from))
		return;
	if (from.n <= to.n)
		pass_over(report, slot->plan->calendar, from, to, &passed);
	else
		pass_over(report, slot->plan->calendar, to, from, &passed);
	if (passed.off.n > 0)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.count_leaves_out",
			strings_joined(report, "report.comma", &passed.off)));
	if (passed.worked.n > 0)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.count_takes_in",
			strings_joined(
			    report, "report.comma", &passed.worked)));
}
