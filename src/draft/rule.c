/*
 * When a series comes: the rule that was found, and what it leaves open.
 */
#include <yugao/arena.h>

#include "write.h"

int
default_lag(enum frequency frequency)
{
	return frequency != FREQUENCY_TEN_DAY &&
	       frequency != FREQUENCY_WEEKLY &&
	       frequency != FREQUENCY_IRREGULAR;
}

static void
write_reference(struct buf *buf, const struct draft_rule *rule)
{
	bool lag = rule->rule.n_timings > 0 &&
		   rule->rule.lag != default_lag(rule->series->frequency);

	if (!lag && rule->n_combine == 0)
		return;
	buf_putc(buf, '{');
	if (lag)
		buf_printf(buf, "\"lag\": %d%s", rule->rule.lag,
		    rule->n_combine > 0 ? ", " : "");
	if (rule->n_combine > 0) {
		buf_puts(buf, "\"combine\": ");
		write_strings(buf, rule->combine, rule->n_combine);
	}
	buf_putc(buf, '}');
}

/* An estimate would take over the series' own; it joins no months. */
static void
write_lag(struct buf *buf, const struct draft_rule *rule)
{
	buf_printf(buf, "{\"lag\": %d}", rule->rule.lag);
}

static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat" };

static void
write_days(struct buf *buf, const struct timing *timing)
{
	size_t i;

	buf_puts(buf, timing->n_days > 1 ? "\"day\": [" : "\"day\": ");
	for (i = 0; i < timing->n_days; i++) {
		buf_puts(buf, i > 0 ? ", " : "");
		if (timing->days[i] == DAY_LAST)
			buf_puts(buf, "\"last\"");
		else
			buf_int(buf, timing->days[i]);
	}
	buf_puts(buf, timing->n_days > 1 ? "]" : "");
}

static void
write_form(struct buf *buf, const struct timing *timing)
{
	const char *unit = timing->working ? "workdays" : "days";

	switch (timing->kind) {
	case TIMING_DAY:
		write_days(buf, timing);
		break;
	case TIMING_WORKDAY:
		buf_printf(buf, "\"workday\": %d", timing->n);
		break;
	case TIMING_WEEKDAY:
		buf_printf(buf, "\"weekday\": \"%s\", \"nth\": %d",
		    weekdays[timing->weekday], timing->n);
		break;
	case TIMING_WEEKDAY_AFTER:
		buf_printf(buf,
		    "\"weekday\": \"%s\", \"nth\": %d, \"after_week_of\": %d",
		    weekdays[timing->weekday], timing->n, timing->day);
		break;
	case TIMING_AFTER_PERIOD:
		buf_printf(
		    buf, "\"after_period\": {\"%s\": %d}", unit, timing->n);
		break;
	case TIMING_AFTER_SERIES:
		if (timing->n == 0)
			buf_printf(buf, "\"same_as\": \"%s\"", timing->series);
		else
			buf_printf(buf, "\"after\": \"%s\", \"%s\": %d",
			    timing->series, unit, timing->n);
		break;
	case TIMING_BEFORE_MONTH_END:
		buf_printf(
		    buf, "\"before_month_end\": {\"%s\": %d}", unit, timing->n);
		break;
	}
}

static void
write_months(struct buf *buf, unsigned months)
{
	const char *between = "";
	int m;

	if (months == 0)
		return;
	buf_puts(buf, ", \"months\": [");
	for (m = 1; m <= 12; m++)
		if ((months >> m & 1U) != 0) {
			buf_printf(buf, "%s%d", between, m);
			between = ", ";
		}
	buf_putc(buf, ']');
}

static void
write_timing(struct buf *buf, const struct draft_rule *rule)
{
	size_t n = rule->rule.n_timings, i;

	for (i = 0; i < n; i++) {
		buf_puts(buf, i > 0 ? ", " : n > 1 ? "[" : "");
		buf_putc(buf, '{');
		write_form(buf, &rule->rule.timings[i]);
		write_months(buf, rule->rule.timings[i].months);
		buf_putc(buf, '}');
	}
	buf_puts(buf, n > 1 ? "]" : "");
}

static void
write_roll(struct buf *buf, const struct draft_rule *rule)
{
	static const char *const names[] = {
		[ROLL_NONE] = "none",
		[ROLL_FOLLOWING] = "following",
		[ROLL_MODIFIED_FOLLOWING] = "modified-following",
		[ROLL_PRECEDING] = "preceding",
		[ROLL_MODIFIED_PRECEDING] = "modified-preceding",
		[ROLL_NEAREST] = "nearest",
		[ROLL_FOLLOWING_NOTICE] = "following-notice",
	};

	if (rule->rule.roll != ROLL_NONE || rule->was->estimate != NULL)
		buf_json(buf, names[rule->rule.roll]);
}

/*
 * Without a rule and dates there is nothing to announce.  An estimate without
 * a rule must not take over the series' own.
 */
static void
write_precision(struct buf *buf, const struct draft_rule *rule)
{
	bool estimate = rule->was->estimate != NULL;

	if (rule->rule.n_timings == 0 &&
	    (estimate || (rule->n_stated == 0 &&
			     rule->series->frequency != FREQUENCY_IRREGULAR)))
		buf_puts(buf, "\"none\"");
	else if (estimate)
		buf_puts(buf,
		    rule->rule.minute == NO_TIME ? "\"date\"" : "\"instant\"");
}

static void
write_dates(struct buf *buf, const struct draft_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->n_stated; i++) {
		buf_puts(buf, i == 0 ? "{" : ", ");
		buf_json(buf, rule->dates[i].period);
		buf_puts(buf, ": ");
		buf_json(buf, rule->dates[i].when);
	}
	buf_puts(buf, rule->n_stated > 0 ? "}" : "");
}

static void
write_skip(struct buf *buf, const struct draft_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->n_skips; i++) {
		buf_puts(buf, i == 0 ? "{" : ", ");
		buf_json(buf, rule->skips[i].period);
		buf_puts(buf, ": ");
		write_text(buf, &rule->skips[i].reason);
	}
	buf_puts(buf, rule->n_skips > 0 ? "}" : "");
}

static void
write_estimate(struct buf *buf, const struct draft_rule *rule)
{
	write_string(buf, rule->was->estimate);
}

static const struct member of_rule[] = {
	{ "estimate", write_estimate },
	{ "reference", write_reference },
	{ "timing", write_timing },
	{ "roll", write_roll },
	{ "precision", write_precision },
	{ "dates", write_dates },
	{ "skip", write_skip },
};

static const struct member of_estimate[] = {
	{ "estimate", write_estimate },
	{ "reference", write_lag },
	{ "timing", write_timing },
	{ "time", write_time },
	{ "roll", write_roll },
	{ "precision", write_precision },
	{ "dates", write_dates },
	{ "skip", write_skip },
};

const struct members members_of_rule = { of_rule, COUNT(of_rule) };
const struct members members_of_estimate = { of_estimate, COUNT(of_estimate) };
