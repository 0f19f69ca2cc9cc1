/*
 * What looking at results has found, within the report of a run.
 */
#ifndef REPORT_WATCH_H
#define REPORT_WATCH_H

#include <yugao/report.h>

#include "document.h"

/* watching may be NULL. */
void watch_print(const struct report *report, const struct watching *watching);
void watch_write(struct document *document, const struct watching *watching);

#endif
