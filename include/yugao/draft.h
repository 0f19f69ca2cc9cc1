/*
 * Next year's plan, drafted from the dates of past years: for each series the
 * simplest rule that explains most of them, with what it leaves unexplained
 * told in "review".  Acts have no say: who moved a release meant that one.
 */
#ifndef YUGAO_DRAFT_H
#define YUGAO_DRAFT_H

#include <yugao/buf.h>
#include <yugao/calendar.h>
#include <yugao/plan.h>

struct draft_request {
	const char *department; /* NULL: that of the plans */
	int year;
	const char *timezone; /* of feeds that name none */
};

/* A date that no rule gives: of a period, known to the month. */
struct draft_date {
	const char *period, *when; /* "2027-08", "2027-09..10" */
};

/* One rule of the draft, beside the series that it is of. */
struct draft_rule {
	const struct series *series; /* as the latest source has it */
	const struct rule *was;
	struct rule rule; /* found; without timings if none pays */
	const char *const *combine;
	size_t n_combine;
	size_t n_dates, n_explained; /* past ones: "11 of 12" */
	const struct draft_date *dates;
	size_t n_stated;
	const struct occurrence *skips; /* that recur; periods of the draft */
	size_t n_skips;
	struct text review;
};

struct draft_plan {
	const char *department;
	int year;
	const struct plan *latest; /* whose words are taken over */
	struct text review;
	struct draft_rule *v; /* the rules of a series stand together */
	size_t n, cap;
	size_t n_dates, n_explained;
};

/*
 * Reads a past plan, or an iCalendar feed as one plan a year of it.  Mistakes
 * are diagnostics, and nothing is added then.
 */
const struct error *draft_read(struct arena *arena, struct calendars *calendars,
    const char *path, const struct draft_request *request, struct diags *diags,
    struct plans *past);
/* ERROR_INPUT if there is nothing to draft from, or departments differ. */
const struct error *draft_make(struct arena *arena, const struct plans *past,
    const struct draft_request *request, struct draft_plan **draft);
/* As a plan's JSON, which plan_read() takes. */
void draft_write(struct buf *buf, const struct draft_plan *draft);
/*
 * As a workbook, which plans_read_file() takes: read back it gives what the
 * JSON gives, else ERROR_INPUT and no file.
 */
const struct error *draft_save_book(struct arena *arena,
    struct calendars *calendars, const struct draft_plan *draft,
    const char *path, enum lang lang, struct instant made);

#endif
