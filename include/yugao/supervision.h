/*
 * Reports for whoever supervises: who has kept to what was announced, who has
 * not submitted, what each department owes next.  Each is shown as text, as
 * JSON, or as a paper: HTML to print, CSV, a workbook.
 */
#ifndef YUGAO_SUPERVISION_H
#define YUGAO_SUPERVISION_H

#include <yugao/compliance.h>
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

#endif
