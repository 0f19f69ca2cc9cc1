/*
 * releases.json (config/schema/releases.json): one release a line, usable as
 * FullCalendar events.
 */
#ifndef YUGAO_ARTIFACT_JSON_H
#define YUGAO_ARTIFACT_JSON_H

#include <yugao/artifact.h>

void json_head(struct buf *out, const struct feed *feed);
const struct error *
json_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void json_foot(struct buf *out, const struct feed *feed);
const struct error *json_check(struct arena *arena, const char *item,
    size_t len, const struct announcement *announcement);

#endif
