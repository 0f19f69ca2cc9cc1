/*
 * What each portal has and lacks.
 */
#ifndef REPORT_PORTALS_H
#define REPORT_PORTALS_H

#include <yugao/report.h>

#include "document.h"

/* A line a portal; only those that lack something when `lacking`. */
void portals_print(const struct report *report,
    const struct outbox_status *outbox, bool lacking);
/* The members "portals" and "waiting". */
void portals_document(struct document *document, const struct report *report,
    const struct outbox_status *outbox);
/* What went wrong at this portal, as a sentence; NULL if problem is NULL. */
const char *problem_words(
    const struct report *report, const char *portal, const char *problem);

#endif
