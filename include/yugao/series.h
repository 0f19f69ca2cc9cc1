/*
 * A statistic published again and again, and how it finds its dates.  Rules
 * anchor to the reference period, not to the last release: nothing drifts.
 */
#ifndef YUGAO_SERIES_H
#define YUGAO_SERIES_H

#include <yugao/calendar.h>
#include <yugao/day.h>
#include <yugao/message.h>
#include <yugao/period.h>
#include <yugao/scheme.h>

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

/* What a person has to say yes or no to; silence is neither. */
enum declared { DECLARED_NOT, DECLARED_NO, DECLARED_YES };

/* Published together by several bodies (XXGK-10, 11): G7. */
struct joint {
	const char *lead; /* the name of the body that publishes; or NULL */
	const char *const *members;
	size_t n_members;
};

/* What a release of revised figures must say (SSTL-26): F4. */
struct revision {
	const char *revises; /* a release's key or a title */
	struct text basis, explanation;
};

/*
 * Where a result appears: at an exact address, or as a title on a page that
 * is always there.  Both may hold {year}, {month}, {mm}, {quarter}, {half}
 * and {period} of the reference period (yugao-plan.5).
 */
struct watch {
	const char *url;   /* or NULL */
	const char *page;  /* if there is no url */
	const char *title; /* that the page then holds */
	int every;         /* minutes between two looks */
};

/* When the data of a period are there, as is expected (XXGK-26): C4. */
struct formed {
	int n; /* days after the period's last day */
	bool working;
};

/* Figures are made another way from a period on: B10. */
struct method_change {
	const char *from; /* the first period */
	struct day declared;
	struct text note;
	const char *pointer;
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
	bool review; /* drafted, and not looked at yet: not announced */
	struct text note, definition, scope, method, calculation, sample;
	const char *source; /* "survey" (default), "admin_record" */
	const char *url;
	const char *const *channels;
	size_t n_channels;
	struct text contact_unit;
	const char *contact_phone;
	const struct scheme *scheme;      /* or NULL */
	enum declared overlap;            /* with the bureau's figures: G6 */
	enum declared census;             /* a census communiqué: G8 */
	enum declared sampled;            /* F1: else no sample size is due */
	enum declared disclosure_control; /* D3: no unit can be known by it */
	const char *data_status;     /* F3: "preliminary", "final"; or NULL */
	const struct joint *joint;   /* or NULL */
	const struct watch *watch;   /* or NULL */
	const struct formed *formed; /* or NULL */
	const struct revision *revision; /* or NULL */
	const struct method_change *method_changes;
	size_t n_method_changes;
	/* D4, of a series that is not public: its ground, and when it is
	 * looked at again. */
	const char *withheld_ground; /* or NULL */
	struct day withheld_review;
	bool has_withheld_review;
	const char *pointer;
};

#endif
