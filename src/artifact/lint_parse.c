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
