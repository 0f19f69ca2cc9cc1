/*
 * Why a release has its date, in sentences.
 */
#ifndef REPORT_REASON_H
#define REPORT_REASON_H

#include <yugao/report.h>

#include "document.h"
#include "text.h"

/* "报告期次月的9日", "the third Friday of the month after the reference
 * period" */
const char *tell_timing(const struct report *report, const struct slot *slot);
/* Appends the sentences that lead from the rule to the date. */
void tell_why(const struct report *report, const struct slot *slot,
    struct strings *sentences);
/* The member "why". */
void document_why(struct document *document, const struct report *report,
    const struct slot *slot);

#endif
