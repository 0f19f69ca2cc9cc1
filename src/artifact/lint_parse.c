#include <string.h>

#include <yugao/arena.h>
#include <yugao/day.h>

#include "lint_state.h"

bool
number_read(struct span span, int64_t most, int64_t *number)
{
	size_t i = span.len > 1 && *span.s == '+';

	*number = 0;
	if (span.len == 0)
		return false;
	for (; i < span.len; i++) {
		if (span.s[i] < '0' || span.s[i] > '9')
			return false;
		*number = *number * 10 + (span.s[i] - '0');
		if (*number > most)
			return false;
	}
	return true;
}

/* Exactly n digits from this offset on; -1 if they are not. */
static int
digits(struct span span, size_t at, size_t n)
{
	int number = 0;
	size_t i;

	if (at + n > span.len)
		return -1;
	for (i = at; i < at + n; i++) {
		if (span.s[i] < '0' || span.s[i] > '9')
			return -1;
		number = number * 10 + (span.s[i] - '0');
	}
	return number;
}

struct time_value
time_read(struct span span)
{
	struct time_value time = { .form = TIME_NONE };
	int year = digits(span, 0, 4), month = digits(span, 4, 2);
	int day = digits(span, 6, 2), hour, minute, second;

	if (year < 0 || month < 1 || month > 12 || day < 1 ||
	    !day_valid(year, month, day))
		return time;
	time.number = (year * 100 + month) * 100 + day;
	if (span.len == 8) {
		time.form = TIME_DATE;
		return time;
	}
	hour = digits(span, 9, 2);
	minute = digits(span, 11, 2);
	second = digits(span, 13, 2);
	if (span.s[8] != 'T' || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59 || second < 0 || second > 60 || span.len > 16 ||
	    (span.len == 16 && span.s[15] != 'Z'))
		return time;
	time.number =
	    ((time.number * 100 + hour) * 100 + minute) * 100 + second;
	time.form = span.len == 16 ? TIME_UTC : TIME_FLOATING;
	return time;
}

/* A number and its unit, in this order, at most once: false if none. */
static bool
take_unit(struct span *rest, char unit, int64_t seconds, int64_t *sum)
{
	size_t n = 0;
	int64_t number;

	while (n < rest->len && rest->s[n] >= '0' && rest->s[n] <= '9')
		n++;
	if (n == 0 || n == rest->len || rest->s[n] != unit ||
	    !number_read((struct span){ rest->s, n }, INT32_MAX, &number))
		return false;
	*sum += number * seconds;
	rest->s += n + 1;
	rest->len -= n + 1;
	return true;
}

bool
duration_read(struct span span, int64_t *seconds)
{
	bool minus = span.len > 0 && *span.s == '-', any = false;

	*seconds = 0;
	if (minus || (span.len > 0 && *span.s == '+')) {
		span.s++;
		span.len--;
	}
	if (span.len < 3 || *span.s != 'P')
		return false;
	span.s++;
	span.len--;
	if (take_unit(&span, 'W', 604800, seconds)) {
		any = true;
	} else {
		any = take_unit(&span, 'D', 86400, seconds);
		if (span.len > 0 && *span.s == 'T') {
			span.s++;
			span.len--;
			any = take_unit(&span, 'H', 3600, seconds);
			any = take_unit(&span, 'M', 60, seconds) || any;
			any = take_unit(&span, 'S', 1, seconds) || any;
		}
	}
	if (minus)
		*seconds = -*seconds;
	return any && span.len == 0;
}

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

enum { PART_INDEX_FREQ = 0, PART_INDEX_UNTIL = 1, PART_INDEX_COUNT = 2 };

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
	do {
		struct span one = span_cut(&value, ',');

		if (part->kind == PART_DAYS ? !is_weekday(one, part)
					    : !is_number(one, part))
			return false;
	} while (value.len > 0);
	return true;
}

const char *
rrule_mistake(struct span span, const char **rscale)
{
	const char *start = span.s;
	unsigned seen = 0;

	*rscale = NULL;
	do {
		struct span value = span_cut(&span, ';');
		struct span name = span_cut(&value, '=');
		size_t i;

		for (i = 0; i < COUNT(parts); i++)
			if (span_is(name, parts[i].name))
				break;
		if (i == COUNT(parts) || (seen & 1U << i) != 0 ||
		    !is_part_value(value, &parts[i]))
			return name.s;
		seen |= 1U << i;
		if (span_is(name, "RSCALE"))
			*rscale = name.s;
	} while (span.len > 0);
	if ((seen & 1U << PART_INDEX_FREQ) == 0 ||
	    ((seen & 1U << PART_INDEX_UNTIL) != 0 &&
		(seen & 1U << PART_INDEX_COUNT) != 0))
		return start;
	return NULL;
}
