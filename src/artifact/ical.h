/*
 * A feed as iCalendar.
 */
#ifndef YUGAO_ARTIFACT_ICAL_H
#define YUGAO_ARTIFACT_ICAL_H

#include <yugao/artifact.h>
#include <yugao/ical.h>

void ical_head(struct buf *out, const struct feed *feed);
const struct error *
ical_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void ical_foot(struct buf *out, const struct feed *feed);
const struct error *ical_check(struct arena *arena, const char *item,
    size_t len, const struct announcement *announcement);

#endif
