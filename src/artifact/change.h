/*
 * What was changed, newest first: as Atom (RFC 4287) and as JSON
 * (config/schema/changes.json).  An item is an entry, not a release.
 */
#ifndef YUGAO_ARTIFACT_CHANGE_H
#define YUGAO_ARTIFACT_CHANGE_H

#include <yugao/artifact.h>

void atom_head(struct buf *out, const struct feed *feed);
const struct error *
atom_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void atom_foot(struct buf *out, const struct feed *feed);

void changes_head(struct buf *out, const struct feed *feed);
const struct error *
changes_item(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang, const char *pages);
void changes_foot(struct buf *out, const struct feed *feed);

#endif
