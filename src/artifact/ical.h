/*
 * Content lines of iCalendar, below the events: folding and TEXT values.
 */
#ifndef YUGAO_ARTIFACT_ICAL_H
#define YUGAO_ARTIFACT_ICAL_H

#include <yugao/artifact.h>

/* NAME:text with TEXT's escapes (RFC 5545 3.3.11), folded.  line is scratch. */
void ical_text(
    struct buf *out, struct buf *line, const char *name, const char *text);
/* NAME:value as it is, folded. */
void ical_line(
    struct buf *out, struct buf *line, const char *name, const char *value);

void ical_head(struct buf *out, const struct feed *feed);
const struct error *
ical_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void ical_foot(struct buf *out, const struct feed *feed);
const struct error *ical_check(struct arena *arena, const char *item,
    size_t len, const struct announcement *announcement);

#endif
