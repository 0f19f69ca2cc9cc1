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

/* Why nobody works on a day: "周末", "春节放假（国办发明电〔2025〕7号）". */
const char *off_words(const struct report *report, const struct day_info *info);
/* "2026年2月16日（星期一）至2026年2月23日（星期一）为春节放假" */
const char *run_words(const struct report *report, struct day first,
    struct day last, const char *why);
/* Of a rule that counts working days: the holidays that it leaves out and the
 * make-up days that it takes in. */
void tell_counted(const struct report *report, const struct slot *slot,
    struct strings *sentences);

#endif
