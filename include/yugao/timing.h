/*
 * How a series finds its dates.  Rules anchor to the reference period, not to
 * the last release: nothing drifts.
 */
#ifndef YUGAO_TIMING_H
#define YUGAO_TIMING_H

#include <yugao/calendar.h>
#include <yugao/day.h>
#include <yugao/message.h>

/* The anchor month is the month of the period's last day plus the lag. */
enum timing_kind {
	TIMING_DAY,             /* the days of the anchor month, clamped */
	TIMING_WORKDAY,         /* its n-th working day, from the end if < 0 */
	TIMING_WEEKDAY,         /* its n-th weekday, from the end if < 0 */
	TIMING_WEEKDAY_AFTER,   /* its n-th weekday after the week of `day` */
	TIMING_AFTER_PERIOD,    /* n days or working days after the period */
	TIMING_AFTER_SERIES,    /* n days or working days after `series` */
	TIMING_BEFORE_MONTH_END /* n days or working days before the last day */
};

#define DAY_LAST 32 /* in `days`: the month's last day */

struct timing {
	enum timing_kind kind;
	unsigned months; /* bit m: applies in anchor month m; 0 = in all */
	const int *days; /* TIMING_DAY: 1–31 or DAY_LAST, ascending */
	size_t n_days;
	int n;        /* the count, which may be negative or 0 */
	bool working; /* n counts working days */
	enum weekday weekday;
	int day; /* whose week it is, Sunday to Saturday */
	/* id in the same plan; its release of the period with the same end */
	const char *series;
	bool of_rule; /* its rule's day, not its real date */
	const char *pointer;
};

/* An explicit date, an extra occurrence, or a skip; keyed by period. */
struct occurrence {
	const char *period;
	bool skip;
	struct text reason; /* of the skip, or why it departs from the rule */
	struct moment when; /* start.minute = NO_TIME: the rule's time */
	bool has_when;      /* false: only time, note or status differ */
	int minute;         /* NO_TIME: the rule's */
	struct text note;
	int status;         /* enum status, or -1: the series' */
	const char *result; /* the exact address of its result, or NULL */
	struct day formed;  /* when its data are there, if has_formed: C4 */
	bool has_formed;
	const char *pointer;
};

/* How one estimate of a series finds its dates; most series have one rule. */
struct rule {
	const char *estimate; /* "flash", "2", …, or NULL */
	int lag;              /* months from period's end to the anchor month */
	const struct timing *timings; /* the first that has the month counts */
	size_t n_timings;
	int minute; /* of day; NO_TIME: no clock time */
	enum roll roll;
	enum precision precision;
	const struct occurrence *occurrences; /* sorted by period */
	size_t n_occurrences;
	const char *pointer;
};

#endif
