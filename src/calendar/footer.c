/*
 * The POSIX TZ string at the end of a TZif file: "CST-8", "GMT0BST,M3.5.0/1,
 * M10.5.0", "<+0545>-5:45".
 */
#include "calendar.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

/*
 * The rule is written out as periods up to here, so that looking one up has
 * one way only; from then on the last offset stays.
 */
#define WRITTEN_OUT_TO 2399
/* No footer stands for years before this; what is known already is kept. */
#define WRITTEN_OUT_FROM 1970

enum form { FORM_MONTH_WEEK, FORM_JULIAN, FORM_ZERO_JULIAN };

struct change {
	enum form form;
	int month, week, day;
	int seconds; /* after midnight, by the clock that it ends */
};

static bool
take_char(const char **p, char c)
{
	if (**p != c)
		return false;
	*p += 1;
	return true;
}

/* One to three digits, at most max. */
static bool
take_number(const char **p, int min, int max, int *n)
{
	size_t len = strspn(*p, "0123456789");

	if (len == 0 || len > 3)
		return false;
	*n = atoi(*p);
	*p += len;
	return *n >= min && *n <= max;
}

/* [+-]hh[:mm[:ss]] in seconds; RFC 8536 3.3.1 lets hours go to 167. */
static bool
take_time(const char **p, int *seconds)
{
	int hours, minutes = 0, rest = 0;
	bool minus = take_char(p, '-');

	if (!minus)
		take_char(p, '+');
	if (!take_number(p, 0, 167, &hours) ||
	    (take_char(p, ':') &&
		(!take_number(p, 0, 59, &minutes) ||
		    (take_char(p, ':') && !take_number(p, 0, 59, &rest)))))
		return false;
	*seconds = (hours * 60 + minutes) * 60 + rest;
	if (minus)
		*seconds = -*seconds;
	return true;
}

static bool
take_zone_name(const char **p)
{
	bool quoted = take_char(p, '<');
	size_t len = strspn(*p, quoted ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "abcdefghijklmnopqrstuvwxyz"
					 "0123456789+-"
				       : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "abcdefghijklmnopqrstuvwxyz");

	*p += len;
	return len >= 3 && (!quoted || take_char(p, '>'));
}

static bool
take_change(const char **p, struct change *change)
{
	bool ok;

	*change = (struct change){ .seconds = 2 * 3600 };
	if (!take_char(p, ','))
		return false;
	if (take_char(p, 'M')) {
		change->form = FORM_MONTH_WEEK;
		ok = take_number(p, 1, 12, &change->month) &&
		     take_char(p, '.') && take_number(p, 1, 5, &change->week) &&
		     take_char(p, '.') && take_number(p, 0, 6, &change->day);
	} else if (take_char(p, 'J')) {
		change->form = FORM_JULIAN;
		ok = take_number(p, 1, 365, &change->day);
	} else {
		change->form = FORM_ZERO_JULIAN;
		ok = take_number(p, 0, 365, &change->day);
	}
	return ok && (!take_char(p, '/') || take_time(p, &change->seconds));
}

/* When the change comes, by the clock that it ends. */
static int64_t
change_in(const struct change *change, int year)
{
	struct day day = day_of(year, 1, 1);
	int last;

	if (change->form == FORM_ZERO_JULIAN) {
		day.n += change->day;
	} else if (change->form == FORM_JULIAN) {
		/* 29 February is never counted. */
		day.n += change->day - 1 +
			 (change->day >= 60 && month_length(year, 2) == 29);
	} else {
		day = day_of(year, change->month, 1);
		last = day.n + month_length(year, change->month) - 1;
		day.n += (change->day - (int)day_weekday(day) + 7) % 7 +
			 (change->week - 1) * 7;
		if (day.n > last)
			day.n -= 7;
	}
	return (int64_t)day.n * 86400 + change->seconds;
}

static void
write_out(struct arena *arena, const struct change *to_summer,
    const struct change *to_winter, int winter, int summer,
    struct periods *periods)
{
	int64_t after = periods->v[periods->n - 1].at;
	int year, i;

	for (year = WRITTEN_OUT_FROM; year <= WRITTEN_OUT_TO; year++) {
		struct period p[2] = {
			{ change_in(to_summer, year) - winter, summer },
			{ change_in(to_winter, year) - summer, winter },
		};
		int first = p[0].at > p[1].at;

		for (i = 0; i < 2; i++)
			if (p[i ^ first].at > after)
				period_push(arena, periods, p[i ^ first]);
	}
}

bool
footer_read(struct arena *arena, const char *footer, struct periods *periods)
{
	const char *p = footer;
	struct change to_summer, to_winter;
	int winter, summer;

	if (*p == '\0')
		return true;
	if (!take_zone_name(&p) || !take_time(&p, &winter))
		return false;
	/* POSIX counts west of Greenwich, everybody else east. */
	winter = -winter;
	if (*p == '\0')
		return true;
	if (!take_zone_name(&p))
		return false;
	summer = winter + 3600;
	if (*p != ',') {
		if (!take_time(&p, &summer))
			return false;
		summer = -summer;
	}
	if (!take_change(&p, &to_summer) || !take_change(&p, &to_winter) ||
	    *p != '\0')
		return false;
	write_out(arena, &to_summer, &to_winter, winter, summer, periods);
	return true;
}
