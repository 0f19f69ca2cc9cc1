/*
 * Releases as comma-separated values (RFC 4180).  A byte order mark stands
 * first, without which Excel takes the file for GB18030; a cell that a
 * spreadsheet would take for a formula gets an apostrophe.
 */
#ifndef YUGAO_ARTIFACT_CSV_H
#define YUGAO_ARTIFACT_CSV_H

#include <yugao/artifact.h>

void csv_head(struct buf *out, const struct feed *feed);
const struct error *
csv_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void csv_foot(struct buf *out, const struct feed *feed);

#endif
