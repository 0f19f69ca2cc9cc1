#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

enum part_kind { PART_WORD, PART_COUNT, PART_NUMBERS, PART_DAYS, PART_UNTIL };

struct part {
	const char *name;
	enum part_kind kind;
	int least, most; /* of each number; a minus is allowed if least < 0 */
	const char *words[8];
};

/* RFC 5545 3.3.10 and RFC 7529 4.1. */
static const struct part parts[] = {
	{ "FREQ", PART_WORD, 0, 0,
	    { "DAILY", "HOURLY", "MINUTELY", "MONTHLY", "SECONDLY", "WEEKLY",
		"YEARLY" } },
	{ "UNTIL", PART_UNTIL, 0, 0, { NULL } },
	{ "COUNT", PART_COUNT, 1, INT32_MAX, { NULL } },
	{ "INTERVAL", PART_COUNT, 1, INT32_MAX, { NULL } },
	{ "BYSECOND", PART_NUMBERS, 0, 60, { NULL } },
	{ "BYMINUTE", PART_NUMBERS, 0, 59, { NULL } },
	{ "BYHOUR", PART_NUMBERS, 0, 23, { NULL } },
	{ "BYDAY", PART_DAYS, -53, 53, { NULL } },
	{ "BYMONTHDAY", PART_NUMBERS, -31, 31, { NULL } },
	{ "BYYEARDAY", PART_NUMBERS, -366, 366, { NULL } },
	{ "BYWEEKNO", PART_NUMBERS, -53, 53, { NULL } },
	{ "BYMONTH", PART_NUMBERS, 1, 12, { NULL } },
	{ "BYSETPOS", PART_NUMBERS, -366, 366, { NULL } },
	{ "WKST", PART_WORD, 0, 0,
	    { "SU", "MO", "TU", "WE", "TH", "FR", "SA" } },
	{ "RSCALE", PART_WORD, 0, 0, { NULL } },
	{ "SKIP", PART_WORD, 0, 0, { "OMIT", "BACKWARD", "FORWARD" } },
};

/* Rows of the table above. */
enum {
	PART_FREQ,
	PART_UNTIL_ROW,
	PART_COUNT_ROW,
	PART_INTERVAL,
	PART_BYSECOND,
	PART_BYMINUTE,
	PART_BYHOUR,
	PART_BYDAY,
	PART_BYMONTHDAY,
	PART_BYYEARDAY,
	PART_BYWEEKNO,
	PART_BYMONTH,
	PART_BYSETPOS
};
#define BIT(part) (1U << (part))
#define BIT_BY                                                             \
	(BIT(PART_BYSECOND) | BIT(PART_BYMINUTE) | BIT(PART_BYHOUR) |      \
	    BIT(PART_BYDAY) | BIT(PART_BYMONTHDAY) | BIT(PART_BYYEARDAY) | \
	    BIT(PART_BYWEEKNO) | BIT(PART_BYMONTH))

static bool
is_number(struct span span, const struct part *part)
{
	bool minus = span.len > 0 && *span.s == '-';
	int64_t number;

	if (minus) {
		span.s++;
		span.len--;
	}
	if (!number_read(span, part->most, &number))
		return false;
	if (part->least < 0)
		return number > 0;
	return !minus && number >= part->least;
}

/* "MO", "2MO", "-1FR" */
static bool
is_weekday(struct span span, const struct part *part)
{
	static const char *const days[] = { "SU", "MO", "TU", "WE", "TH", "FR",
		"SA" };
	struct span name, count;
	size_t i;

	if (span.len < 2)
		return false;
	name = (struct span){ span.s + span.len - 2, 2 };
	count = (struct span){ span.s, span.len - 2 };
	for (i = 0; i < COUNT(days) && !span_is(name, days[i]); i++)
		continue;
	return i < COUNT(days) && (count.len == 0 || is_number(count, part));
}

static bool
is_word(struct span span, const struct part *part)
{
	size_t i;

	if (part->words[0] == NULL)
		return span.len > 0;
	for (i = 0; i < COUNT(part->words) && part->words[i] != NULL; i++)
		if (span_is(span, part->words[i]))
			return true;
	return false;
}

static bool
is_part_value(struct span value, const struct part *part)
{
	switch (part->kind) {
	case PART_WORD:
		return is_word(value, part);
	case PART_UNTIL:
		return time_read(value).form != TIME_NONE;
	case PART_COUNT:
		return is_number(value, part);
	case PART_NUMBERS:
	case PART_DAYS:
		break;
	}
	if (value.len > 0 && value.s[value.len - 1] == ',')
		return false;
	do {
		struct span one = span_cut(&value, ',');

		if (part->kind == PART_DAYS ? !is_weekday(one, part)
					    : !is_number(one, part))
			return false;
	} while (value.len > 0);
	return true;
}

/* "2MO" counts weeks of a month or year. */
static bool
is_counted(struct span days)
{
	while (days.len > 0)
		if (span_cut(&days, ',').len > 2)
			return true;
	return false;
}

/* What RFC 5545 3.3.10 forbids together. */
static bool
is_contradiction(unsigned seen, struct span freq, struct span days)
{
	bool yearly = span_is(freq, "YEARLY");
	bool monthly = span_is(freq, "MONTHLY");
	bool weekly = span_is(freq, "WEEKLY");

	if ((seen & BIT(PART_UNTIL_ROW)) != 0 &&
	    (seen & BIT(PART_COUNT_ROW)) != 0)
		return true;
	if ((seen & BIT(PART_BYSETPOS)) != 0 && (seen & BIT_BY) == 0)
		return true;
	if ((seen & BIT(PART_BYWEEKNO)) != 0 && !yearly)
		return true;
	if ((seen & BIT(PART_BYMONTHDAY)) != 0 && weekly)
		return true;
	if ((seen & BIT(PART_BYYEARDAY)) != 0 &&
	    (monthly || weekly || span_is(freq, "DAILY")))
		return true;
	return is_counted(days) &&
	       ((!yearly && !monthly) || (seen & BIT(PART_BYWEEKNO)) != 0);
}

const char *
rrule_mistake(struct span span, struct rrule *rule)
{
	const char *start = span.s;
	struct span freq = { "", 0 }, days = { "", 0 };
	unsigned seen = 0;

	*rule = (struct rrule){ 0 };
	if (span.len > 0 && span.s[span.len - 1] == ';')
		return &span.s[span.len - 1];
	do {
		struct span value = span_cut(&span, ';');
		struct span name = span_cut(&value, '=');
		size_t i;

		for (i = 0; i < COUNT(parts); i++)
			if (span_is(name, parts[i].name))
				break;
		if (i == COUNT(parts) || (seen & BIT(i)) != 0 ||
		    !is_part_value(value, &parts[i]))
			return name.s;
		seen |= BIT(i);
		if (i == PART_FREQ)
			freq = value;
		else if (i == PART_BYDAY)
			days = value;
		else if (i == PART_UNTIL_ROW)
			rule->until = value;
		else if (span_is(name, "RSCALE"))
			rule->rscale = name.s;
	} while (span.len > 0);
	if ((seen & BIT(PART_FREQ)) == 0 || is_contradiction(seen, freq, days))
		return start;
	return NULL;
}
