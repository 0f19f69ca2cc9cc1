/*
 * Days and instants.  The three types do not convert by themselves: a day is
 * a date, a local is a date with a clock time in some zone, an instant is a
 * point on the UTC line.  Which instant a local is, only a zone knows
 * (calendar.h).  Nothing here reads the process's TZ or clock.
 */
#ifndef YUGAO_DAY_H
#define YUGAO_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Proleptic Gregorian days since 1970-01-01. */
struct day {
	int32_t n;
};

/* minute is since midnight, or NO_TIME when only the day is known. */
#define NO_TIME (-1)
struct local {
	struct day day;
	int minute;
};

/* Seconds since 1970-01-01T00:00:00Z. */
struct instant {
	int64_t s;
};

enum weekday { SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY };

/* How precisely a release's time is known (IMF-ARC-NOTE's forms and more). */
enum precision {
	PRECISION_INSTANT, /* a day and a clock time */
	PRECISION_DATE,    /* a day, no clock time (GACC) */
	PRECISION_MONTH,   /* "expected in April" */
	PRECISION_WINDOW,  /* "between September and October" */
	PRECISION_NLT,     /* no later than a day */
	PRECISION_NONE     /* no date at all: no event */
};

/* When something is to happen, as precisely as it is known. */
struct moment {
	enum precision precision;
	struct local start;
	struct day last; /* last day, inclusive; = start.day for one day */
};

bool day_valid(int year, int month, int mday);
struct day day_of(int year, int month, int mday);
void day_parts(struct day day, int *year, int *month, int *mday);
int day_year(struct day day);
enum weekday day_weekday(struct day day);
int month_length(int year, int month);
/* The same day n months on, clamped to the month's last day. */
struct day day_add_months(struct day day, int n);
bool moment_equal(const struct moment *a, const struct moment *b);

/* Exactly "2026-03-09"; false for anything else, also 2026-02-30. */
bool day_parse(const char *string, struct day *day);
/* Exactly "09:30", 00:00–23:59. */
bool minute_parse(const char *string, int *minute);
/* RFC 3339 with an offset or Z: "2025-12-26T13:58:00+08:00". */
bool instant_parse(const char *string, struct instant *instant);

#define DAY_SIZE 16
#define INSTANT_SIZE 32
const char *day_format(char out[DAY_SIZE], struct day day);
const char *minute_format(char out[DAY_SIZE], int minute);
/* "2025-12-26T05:58:00Z" */
const char *instant_format(char out[INSTANT_SIZE], struct instant instant);
/* "20251226T055800Z" (RFC 5545 3.3.5 form 2) */
const char *
instant_format_basic(char out[INSTANT_SIZE], struct instant instant);
/* "20251226" (RFC 5545 3.3.4) */
const char *day_format_basic(char out[DAY_SIZE], struct day day);

#endif
