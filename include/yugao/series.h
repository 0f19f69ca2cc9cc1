/*
 * A statistic published again and again: what is said of it, and what the
 * notice asks of it.
 */
#ifndef YUGAO_SERIES_H
#define YUGAO_SERIES_H

#include <yugao/day.h>
#include <yugao/message.h>
#include <yugao/period.h>
#include <yugao/scheme.h>
#include <yugao/timing.h>

enum status { STATUS_TENTATIVE, STATUS_CONFIRMED };
enum secrecy {
	SECRECY_MISSING,
	SECRECY_PUBLIC,
	SECRECY_INTERNAL,
	SECRECY_SECRET
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
