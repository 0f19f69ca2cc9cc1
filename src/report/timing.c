/*
 * A rule in words, every form of it.
 */
#include <stdlib.h>

#include <yugao/arena.h>

#include "reason.h"
#include "words.h"

/* "3", as a number that a sentence counts with: "3rd", "第3". */
static const char *
ordinal(const struct report *report, int n)
{
	static const char *const ids[] = { "report.ordinal_th",
		"report.ordinal_st", "report.ordinal_nd", "report.ordinal_rd" };
	int end = n % 100 / 10 == 1 || n % 10 > 3 ? 0 : n % 10;

	return TOLD(report, ids[end], arena_printf(report->arena, "%d", n));
}

/* The month that the rule counts in. */
static const char *
anchor(const struct report *report, const struct slot *slot)
{
	const struct rule *rule = slot->rule;
	enum frequency frequency = slot->series->frequency;

	if (rule->lag == 0)
		return TOLD(
		    report, frequency == FREQUENCY_ANNUAL ||
				    frequency == FREQUENCY_HALF_YEARLY ||
				    frequency == FREQUENCY_QUARTERLY
				? "report.anchor_last"
				: "report.anchor_same");
	if (rule->lag == 1)
		return TOLD(report, "report.anchor_next");
	return TOLD(report,
	    rule->lag > 0 ? "report.anchor_later" : "report.anchor_earlier",
	    ordinal(report, abs(rule->lag)));
}

static const char *
days_of_month(const struct report *report, const struct timing *timing)
{
	struct strings days = { 0 };
	size_t i;

	for (i = 0; i < timing->n_days; i++)
		ARRAY_PUSH(report->arena, &days,
		    timing->days[i] == DAY_LAST
			? TOLD(report, "report.day_last")
			: TOLD(report, "report.day_nth",
			      ordinal(report, timing->days[i])));
	return strings_joined(report, "report.comma", &days);
}

static const char *
day_rule(const struct report *report, const struct slot *slot)
{
	const struct timing *timing = slot->why.timing;
	const char *days = days_of_month(report, timing);

	/* Each ten days have the first listed day after their end. */
	if (timing->n_days > 1)
		return TOLD(report, "report.rule_next_of_days", days);
	return TOLD(report, "report.rule_of_month", anchor(report, slot), days);
}

static const char *
weekday(const struct report *report, const struct timing *timing)
{
	return TOLD(report, arena_printf(report->arena, "artifact.weekday_%d",
				(int)timing->weekday));
}

/* "第3个星期五", "the last working day", "倒数第2个工作日" */
static const char *
counted(const struct report *report, int n, const char *what)
{
	if (n == -1)
		return TOLD(report, "report.last_of", what);
	return TOLD(report, n < 0 ? "report.nth_last" : "report.nth",
	    ordinal(report, abs(n)), what);
}

/* "3天", "1个工作日" */
static const char *
span(const struct report *report, const struct timing *timing)
{
	return tell_count(report->arena, report->lang,
	    timing->working ? "report.working_days" : "report.days",
	    (size_t)abs(timing->n));
}

static const char *
relative(const struct report *report, const struct timing *timing,
    const char *same, const char *after, const char *before, const char *base)
{
	const char *id = timing->n == 0 ? same : timing->n > 0 ? after : before;

	return TOLD(report, id, base, span(report, timing));
}

/* A base that is not public stays without a name. */
static const char *
base_title(const struct report *report, const struct slot *slot)
{
	const struct series *base =
	    plan_series(slot->plan, slot->why.timing->series);

	if (base == NULL ||
	    (report->office != NULL && !office_opens(report->office, base)))
		return TOLD(report, "report.another_release");
	return TOLD(
	    report, "report.title", text_in(&base->title, report->lang));
}

static const char *
only_in_months(const struct report *report, const char *rule, unsigned months)
{
	struct strings names = { 0 };
	int month;

	if (months == 0)
		return rule;
	for (month = 1; month <= 12; month++)
		if ((months & 1u << month) != 0)
			ARRAY_PUSH(report->arena, &names,
			    tell_month(report->arena, report->lang, month));
	return TOLD(report, "report.only_in_months", rule,
	    strings_joined(report, "report.comma", &names));
}

static const char *
timing_words(const struct report *report, const struct slot *slot)
{
	const struct timing *timing = slot->why.timing;
	const char *month = anchor(report, slot);
	const char *workday = TOLD(report, "report.workday");

	switch (timing->kind) {
	case TIMING_DAY:
		return day_rule(report, slot);
	case TIMING_WORKDAY:
		return TOLD(report, "report.rule_of_month", month,
		    counted(report, timing->n, workday));
	case TIMING_WEEKDAY:
		return TOLD(report, "report.rule_of_month", month,
		    counted(report, timing->n, weekday(report, timing)));
	case TIMING_WEEKDAY_AFTER:
		return TOLD(report, "report.rule_after_week", month,
		    counted(report, timing->n, weekday(report, timing)),
		    ordinal(report, timing->day));
	case TIMING_AFTER_PERIOD:
		return relative(report, timing, "report.rule_period_end",
		    "report.rule_after_period", "report.rule_before_period",
		    "");
	case TIMING_AFTER_SERIES:
		return relative(report, timing, "report.rule_same",
		    timing->of_rule ? "report.rule_after_rule"
				    : "report.rule_after",
		    "report.rule_before", base_title(report, slot));
	case TIMING_BEFORE_MONTH_END:
		break;
	}
	return TOLD(
	    report, "report.rule_month_end", month, span(report, timing));
}

const char *
tell_timing(const struct report *report, const struct slot *slot)
{
	return only_in_months(
	    report, timing_words(report, slot), slot->why.timing->months);
}
