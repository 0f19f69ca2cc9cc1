/*
 * The short text that tells a group of people what has changed: a line a
 * release, those that are not new first, as many as fit.
 */
#ifndef OUTBOX_DIGEST_TEXT_H
#define OUTBOX_DIGEST_TEXT_H

#include <yugao/artifact.h>
#include <yugao/office.h>

/* Bytes: what the smallest of the robots takes is 2,048. */
#define DIGEST_TEXT_MOST 2000

struct digest_text;
struct digest_text *digest_text_new(
    struct arena *arena, const struct office *office, enum lang lang);
void digest_text_add(struct digest_text *text,
    const struct announcement *announcement, const struct entry *entry);
/* False if there was none; newest has the id and time of the newest entry. */
bool digest_text_end(
    struct digest_text *text, struct buf *out, struct entry *newest);

#endif
