/*
 * What the files of this module share: the past of one rule, and what may
 * explain it.
 */
#ifndef DRAFT_TRACK_H
#define DRAFT_TRACK_H

#include <yugao/arena.h>
#include <yugao/draft.h>
#include <yugao/schedule.h>

enum point_kind {
	POINT_NONE,  /* the period had no release */
	POINT_DAY,   /* it had one, on a day */
	POINT_VAGUE, /* it had one in a month or so */
	POINT_SKIP   /* it was skipped on purpose */
};

/* One reference period of a track. */
struct point {
	struct period period;
	const char *text;
	enum point_kind kind;
	struct moment when;
	struct text reason;
	int year; /* of the plan that has it */
	/* No rule yields such a key: nothing but its date says it. */
	bool extra;
};

struct points {
	struct point *v; /* by the period's last day */
	size_t n, cap;
};

/* First and last day that a source tells something about. */
struct spell {
	struct day first, last;
};

struct spells {
	struct spell *v;
	size_t n, cap;
};

struct combines {
	const char **v;
	size_t n, cap;
};

/* The best explanation so far. */
struct fit {
	struct timing timings[2];
	size_t n_timings; /* 0: no rule pays */
	int lag;
	enum roll roll;
	/* Which anchor months have releases, bit m; 0 = all. */
	unsigned months;
	const struct track *base;
	int cost;
	size_t hits;
};

/* All that is known of one rule of one series. */
struct track {
	const struct plan *plan; /* the latest one */
	const struct series *series;
	const struct rule *rule;
	struct points points;
	struct spells spells;
	struct combines combines;
	size_t n_days;
	int minute; /* of most releases */
	size_t order;
	struct fit fit;
};

struct tracks {
	struct track *v;
	size_t n, cap;
};

/* The tracks of the latest plan; past plans are sorted by year. */
const struct error *
tracks_gather(struct arena *arena, const struct plans *past, struct tracks *to);

/* The month in which a rule of this lag releases the period, 1–12. */
int anchor_month(const struct period *period, int lag);

/* How a day may be found, with the parameters that the past suggests. */
struct form {
	struct timing timing;
	int lag;
	enum roll roll;
	const struct track *base; /* of TIMING_AFTER_SERIES */
	size_t hits[13];          /* by anchor month; [0] is all */
};

struct forms {
	struct form *v; /* the simpler ones first */
	size_t n, cap;
};

/* Every form worth trying that stands by itself. */
void forms_propose(
    struct arena *arena, const struct track *track, struct forms *forms);
/* Every form that follows one of these, which have found their rules. */
void forms_follow(struct arena *arena, const struct track *track,
    const struct track *const *bases, size_t n, struct forms *forms);

/* What a form says about a period; false if nothing. */
bool form_day(const struct track *track, const struct form *form,
    const struct period *period, struct day *day);
/* What the fit says. */
bool
fit_day(const struct track *track, const struct point *point, struct day *day);
/* Finds the rule of each track, those first that others may follow. */
void tracks_fit(struct arena *arena, struct tracks *tracks);

/* The words for the person who turns the draft into a plan. */
struct text review_of(
    struct arena *arena, const struct track *track, const struct draft_rule *);

/* A path that ends in .ics. */
bool is_feed(const char *path);
/* The events of a feed, as plans of one year each. */
const struct error *feed_plans(struct arena *arena, struct calendars *calendars,
    const char *path, struct bytes bytes, const struct draft_request *request,
    struct diags *diags, struct plans *plans);

/* A period that a title tells ("… for December 2023"), which is cut off. */
bool
title_period(struct arena *arena, const char **title, struct period *period);

#endif
