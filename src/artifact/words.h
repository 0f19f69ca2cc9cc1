/*
 * What an announcement says to a person, in one language: the title of its
 * event and the lines of its description.
 */
#ifndef YUGAO_ARTIFACT_WORDS_H
#define YUGAO_ARTIFACT_WORDS_H

#include <yugao/buf.h>
#include <yugao/ledger.h>

/* 【取消】居民消费价格指数（2026年3月） */
const char *words_title(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* Lines parted by '\n', the last one without. */
void words_description(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* "2026年3月", or the key itself if it cannot be read. */
const char *words_period(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* "preliminary", "second estimate"; NULL without one. */
const char *words_estimate(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* "Expected in April" is no promise, whatever the plan calls it. */
enum said_status words_status(const struct announcement *announcement);

#endif
