/*
 * What a department intends: a year of series.  Read from JSON
 * (config/schema/plan.json), CSV or xlsx; every value keeps the way back to
 * its place.
 */
#ifndef YUGAO_PLAN_H
#define YUGAO_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/diag.h>
#include <yugao/file.h>
#include <yugao/series.h>

struct act;
struct acts;
struct locator;
struct notice;
struct office;

struct source {
	const char *url, *retrieved;
	struct text note;
};

/* What becomes of dates that rest on days whose notice is not out yet. */
enum unpublished {
	UNPUBLISHED_TENTATIVE, /* announced as tentative, whatever is written */
	UNPUBLISHED_HOLD,      /* not announced before the notice is out */
	UNPUBLISHED_REFUSE     /* a mistake of the plan */
};

struct plan {
	const char *file;
	const char *department;
	int year;
	bool review; /* of all its series */
	enum unpublished unpublished;
	const struct zone *zone;         /* of its clock times */
	const struct calendar *calendar; /* of its working days */
	struct text note;
	const char *prepared_by; /* a name, never made public; or NULL: H5 */
	struct source source;
	const struct series *series; /* sorted by id */
	size_t n_series;
	struct bytes text;      /* as it was read */
	const struct act *acts; /* what a spreadsheet's columns decide */
	size_t n_acts;
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
/* The same of bytes in memory. */
const struct error *plan_read_bytes(struct arena *arena,
    struct calendars *calendars, const char *name, struct bytes bytes,
    struct diags *diags, struct plan **plan);
/*
 * Appends what a .json, .csv or .xlsx file holds; a workbook may hold the
 * plans of several departments and years (yugao-plan.5).
 */
const struct error *
plans_read_file(struct arena *arena, struct calendars *calendars,
    const char *path, struct diags *diags, struct plans *plans);
/* The acts that stand in the plans themselves, sorted in among the others. */
void
plans_acts(struct arena *arena, const struct plans *plans, struct acts *acts);
/* Every plan of the folder, and that no department has a year twice. */
const struct error *plans_read(struct arena *arena, struct calendars *calendars,
    const char *directory, struct diags *diags, struct plans *plans);
/* That the office has all their departments and topics; acts may be NULL. */
const struct error *
plans_check(struct arena *arena, const struct office *office,
    const struct plans *plans, const struct acts *acts, struct diags *diags);
/*
 * A notice about working days, from JSON (config/schema/workdays.json) or
 * iCalendar; its mistakes are everybody's.
 */
const struct error *notice_read(struct arena *arena, const char *path,
    struct diags *diags, struct notice *notice, bool *ok);
/* A watch's url or title with its placeholders filled in for a period. */
const char *
watch_fill(struct arena *arena, const char *string, const char *period);
/* The first placeholder that there is none of, or NULL. */
const char *watch_unknown(struct arena *arena, const char *string);
const struct series *plan_series(const struct plan *plan, const char *id);
/* Where a JSON Pointer's value stands; the whole file if there is none. */
struct place plan_place(const struct plan *plan, const char *pointer);

#endif
