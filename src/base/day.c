#include <yugao/day.h>

#include <string.h>

#define DAY_SECONDS 86400

/* Rounds towards minus infinity; b > 0. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int
month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : lengths[month - 1];
}

bool
day_valid(int year, int month, int mday)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
	       mday >= 1 && mday <= month_length(year, month);
}

/*
 * Counts in years from 1 March, so that the leap day is the last one, and in
 * eras of 400 years, which all have 146,097 days.
 */
struct day
day_of(int year, int month, int mday)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return (struct day){ (int32_t)(era * 146097 + day_of_era - 719468) };
}

void
day_parts(struct day day, int *year, int *month, int *mday)
{
	int64_t z = (int64_t)day.n + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
				  day_of_era / 36524 - day_of_era / 146096) /
			      365;
	int64_t day_of_year =
	    day_of_era -
	    (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;

	*mday = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
	*month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	*year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int
day_year(struct day day)
{
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	return year;
}

enum weekday
day_weekday(struct day day)
{
	int64_t n = (int64_t)day.n + THURSDAY; /* 1970-01-01 was one */

	return (enum weekday)(n - 7 * floor_div(n, 7));
}

struct day
day_add_months(struct day day, int n)
{
	int year, month, mday, last;
	int64_t months;

	day_parts(day, &year, &month, &mday);
	months = (int64_t)year * 12 + month - 1 + n;
	year = (int)floor_div(months, 12);
	month = (int)(months - (int64_t)year * 12) + 1;
	last = month_length(year, month);
	return day_of(year, month, mday < last ? mday : last);
}

bool
moment_equal(const struct moment *a, const struct moment *b)
{
	return a->precision == b->precision &&
	       a->start.day.n == b->start.day.n &&
	       a->start.minute == b->start.minute && a->last.n == b->last.n;
}

/* Exactly n digits; the place after them, or NULL also if s is NULL. */
static const char *
take_digits(const char *s, int n, int *value)
{
	*value = 0;
	if (s == NULL)
		return NULL;
	while (n-- > 0) {
		if (*s < '0' || *s > '9')
			return NULL;
		*value = *value * 10 + (*s++ - '0');
	}
	return s;
}

static const char *
take_char(const char *s, char c)
{
	return s != NULL && *s == c ? s + 1 : NULL;
}

static const char *
take_day(const char *s, struct day *day)
{
	int year, month, mday;

	s = take_char(take_digits(s, 4, &year), '-');
	s = take_char(take_digits(s, 2, &month), '-');
	s = take_digits(s, 2, &mday);
	if (s == NULL || !day_valid(year, month, mday))
		return NULL;
	*day = day_of(year, month, mday);
	return s;
}

static const char *
take_minute(const char *s, int *minute)
{
	int hour, rest;

	s = take_char(take_digits(s, 2, &hour), ':');
	s = take_digits(s, 2, &rest);
	if (s == NULL || hour > 23 || rest > 59)
		return NULL;
	*minute = hour * 60 + rest;
	return s;
}

bool
day_parse(const char *string, struct day *day)
{
	struct day parsed;
	const char *end = take_day(string, &parsed);

	if (end == NULL || *end != '\0')
		return false;
	*day = parsed;
	return true;
}

bool
minute_parse(const char *string, int *minute)
{
	int parsed;
	const char *end = take_minute(string, &parsed);

	if (end == NULL || *end != '\0')
		return false;
	*minute = parsed;
	return true;
}

bool
instant_parse(const char *string, struct instant *instant)
{
	int minute, second = 0, offset = 0, sign = 0;
	struct day day;
	const char *s;

	s = take_minute(take_char(take_day(string, &day), 'T'), &minute);
	if (s != NULL && *s == ':')
		s = take_digits(s + 1, 2, &second);
	if (s == NULL || second > 59)
		return false;
	if (*s == '+' || *s == '-') {
		sign = *s == '+' ? 1 : -1;
		s = take_minute(s + 1, &offset);
	} else {
		s = take_char(s, 'Z');
	}
	if (s == NULL || *s != '\0')
		return false;
	instant->s = (int64_t)day.n * DAY_SECONDS +
		     (int64_t)(minute - sign * offset) * 60 + second;
	return true;
}

/* Exactly width digits; the place after them. */
static char *
put_digits(char *out, int width, int value)
{
	int i;

	for (i = width - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + width;
}

/* separator '\0' is none; years outside 0–9999 are written as the nearest. */
static char *
put_day(char *out, struct day day, char separator)
{
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	year = year < 0 ? 0 : year > 9999 ? 9999 : year;
	out = put_digits(out, 4, year);
	if (separator != '\0')
		*out++ = separator;
	out = put_digits(out, 2, month);
	if (separator != '\0')
		*out++ = separator;
	return put_digits(out, 2, mday);
}

static char *
put_clock(char *out, int second, char separator)
{
	out = put_digits(out, 2, second / 3600);
	if (separator != '\0')
		*out++ = separator;
	out = put_digits(out, 2, second / 60 % 60);
	if (separator != '\0')
		*out++ = separator;
	return put_digits(out, 2, second % 60);
}

static const char *
put_instant(
    char *out, struct instant instant, char day_separator, char separator)
{
	int64_t day = floor_div(instant.s, DAY_SECONDS);
	int second = (int)(instant.s - day * DAY_SECONDS);
	char *at;

	at = put_day(out, (struct day){ (int32_t)day }, day_separator);
	*at++ = 'T';
	at = put_clock(at, second, separator);
	memcpy(at, "Z", 2);
	return out;
}

const char *
day_format(char out[DAY_SIZE], struct day day)
{
	*put_day(out, day, '-') = '\0';
	return out;
}

const char *
day_format_basic(char out[DAY_SIZE], struct day day)
{
	*put_day(out, day, '\0') = '\0';
	return out;
}

const char *
minute_format(char out[DAY_SIZE], int minute)
{
	char *at = put_digits(out, 2, minute / 60);

	*at++ = ':';
	*put_digits(at, 2, minute % 60) = '\0';
	return out;
}

const char *
instant_format(char out[INSTANT_SIZE], struct instant instant)
{
	return put_instant(out, instant, '-', ':');
}

const char *
instant_format_basic(char out[INSTANT_SIZE], struct instant instant)
{
	return put_instant(out, instant, '\0', '\0');
}
