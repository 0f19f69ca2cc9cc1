/*
 * What a department intends: one year's series and how each finds its
 * dates.  Read from JSON (config/schema/plan.json); every value keeps the
 * way back to its place.  Rules anchor to the reference period, never to the
 * last release.
 */
#ifndef YUGAO_PLAN_H
#define YUGAO_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/calendar.h>
#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/file.h>
#include <yugao/period.h>

struct acts;
struct locator;
struct office;

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
	int status; /* enum status, or -1: the series' */
	const char *pointer;
};

enum status { STATUS_TENTATIVE, STATUS_CONFIRMED };
enum secrecy {
	SECRECY_MISSING,
	SECRECY_PUBLIC,
	SECRECY_INTERNAL,
	SECRECY_SECRET
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

struct indicator {
	struct text name;
	const char *unit;
	const char *const *breakdowns;
	size_t n_breakdowns;
};

/* The survey scheme (统计调查制度) behind a series; any member may be NULL. */
struct scheme {
	struct text name;
	const char *form_no, *maker, *approval_no, *valid_from, *valid_until;
	const char *publication; /* public, internal, secret, unspecified */
	const char *url;
};

struct series {
	const char *id;
	struct text title;
	const char *const *topics;
	size_t n_topics;
	const struct indicator *indicators;
	size_t n_indicators;
	enum frequency frequency;
	const char *const *combine; /* "01..02": periods released as one */
	size_t n_combine;
	const struct rule *rules;
	size_t n_rules;
	enum status status;
	enum secrecy secrecy;
	struct text note, definition, scope, method, calculation, sample;
	const char *source; /* "survey" (default), "admin_record" */
	const char *url;
	const char *const *channels;
	size_t n_channels;
	struct text contact_unit;
	const char *contact_phone;
	const struct scheme *scheme; /* or NULL */
	const char *pointer;
};

struct source {
	const char *url, *retrieved;
	struct text note;
};

struct plan {
	const char *file;
	const char *department;
	int year;
	const struct zone *zone;         /* of its clock times */
	const struct calendar *calendar; /* of its working days */
	struct text note;
	struct source source;
	const struct series *series; /* sorted by id */
	size_t n_series;
	struct bytes text;       /* as it was read */
	struct locator *locator; /* finds them; NULL: the whole file */
};

struct plans {
	struct plan **v;
	size_t n, cap;
};

/*
 * Reads one plan; NULL in *plan if it has a mistake (all are in diags).  They
 * stop the department that it names or, where that cannot be read, that of
 * the file's name: "nbs-2026.json" and "nbs.json" are nbs's.  About a series
 * that is not public they give place and rule only.  A NULL calendars leaves
 * the calendar's name unchecked.
 */
const struct error *plan_read(struct arena *arena, struct calendars *calendars,
    const char *path, struct diags *diags, struct plan **plan);
/* Every plan of the folder, and that no department has a year twice. */
const struct error *plans_read(struct arena *arena, struct calendars *calendars,
    const char *directory, struct diags *diags, struct plans *plans);
/* That the office has all their departments and topics; acts may be NULL. */
const struct error *
plans_check(struct arena *arena, const struct office *office,
    const struct plans *plans, const struct acts *acts, struct diags *diags);
const struct series *plan_series(const struct plan *plan, const char *id);
/* Where a JSON Pointer's value stands; the whole file if there is none. */
struct place plan_place(const struct plan *plan, const char *pointer);

#endif
