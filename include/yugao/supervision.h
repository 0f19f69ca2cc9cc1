/*
 * Reports for whoever supervises: who has kept to what was announced, who has
 * not submitted, what each department owes next.  Each is shown as text, as
 * JSON, or as a paper: HTML to print, CSV, a workbook.
 */
#ifndef YUGAO_SUPERVISION_H
#define YUGAO_SUPERVISION_H

#include <yugao/compliance.h>
#include <yugao/copy.h>
#include <yugao/report.h>

/* How a report is to be shown: `as` is html, csv, xlsx or NULL; to the file
 * `path`, or NULL. */
struct showing {
	const char *as, *path;
};

struct report_compliance {
	const struct compliance_facts *facts;
	const struct compliance_table *now, *before;
	const char *department; /* of one alone, or NULL */
};
const struct error *report_compliance(const struct report *report,
    const struct report_compliance *compliance, const struct showing *showing);
/* The year in one page, for the report of the year (C19). */
const struct error *report_digest(const struct report *report,
    const struct report_compliance *compliance, const struct showing *showing);

/* Who has not submitted the plan of this year (0: the next), with a sheet to
 * send each of them; of one department, or NULL: of all. */
const struct error *
report_missing(const struct report *report, const struct report_world *world,
    int year, const char *department, const struct showing *showing);

/* What departments owe next. */
struct report_work {
	const struct report_world *world;
	struct copies copies;
	/* Releases that were announced with 原因待补充. */
	const char *const *pending;
	size_t n_pending;
};
const struct error *
report_work(const struct report *report, const struct report_work *what,
    const char *department, const struct showing *showing);
/* Each department's private feed, work.ics and work.json in a folder of its
 * own below this one; what did not change keeps its bytes and its time. */
const struct error *work_write(const struct report *report,
    const struct report_work *what, const char *folder);
/* Every department in a line, worst first: part of the status. */
void report_city(const struct report *report, const struct report_work *what);

#endif
