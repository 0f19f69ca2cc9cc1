/*
 * What an announcement says to a person, in one language: the same words in
 * an event, in a feed of changes and on a page.
 */
#ifndef YUGAO_WORDS_H
#define YUGAO_WORDS_H

#include <yugao/buf.h>
#include <yugao/ledger.h>

/* 【取消】居民消费价格指数（2026年3月） */
const char *words_title(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* The same without what has become of it: 居民消费价格指数（2026年3月） */
const char *words_name(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* The addresses of its page and of its series' page below this one. */
const char *words_page(struct arena *arena, enum lang lang,
    const struct announcement *announcement, const char *pages);
const char *words_series_page(struct arena *arena, enum lang lang,
    const struct announcement *announcement, const char *pages);
/* Lines parted by '\n', the last one without. */
void words_description(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* Lines parted by '\n': from when it moved, and why; nothing if neither. */
void words_change(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* A sentence with somebody's own words in place of {0}, {1}. */
void words_put(
    struct buf *out, const char *sentence, const char *const *values, size_t n);
/* "2026年3月", or the key itself if it cannot be read. */
const char *words_period(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* "preliminary", "second estimate"; NULL without one. */
const char *words_estimate(struct arena *arena, enum lang lang,
    const struct announcement *announcement);
/* "Expected in April" is no promise, whatever the plan calls it. */
enum said_status words_status(const struct announcement *announcement);

/* "2026年3月9日（星期一）09:30", "2026年4月", "不晚于…"; without a zone. */
const char *
words_moment(struct arena *arena, enum lang lang, const struct moment *when);
/* "北京时间", or the zone's name itself. */
const char *words_zone(struct arena *arena, enum lang lang, const char *zone);
/* "2026年3月9日（星期一）" */
const char *words_day(struct arena *arena, enum lang lang, struct day day);
/* "2026年3月" */
const char *words_month(struct arena *arena, enum lang lang, struct day day);

/* An instant on the release's own clock: its zone is taken to be as far from
 * UTC as it is at the release. */
struct moment
words_local(const struct announcement *announcement, struct instant instant);
/* "Moved later" */
const char *
words_kind(struct arena *arena, enum lang lang, enum entry_kind kind);
/* Local days from the day it was said to the first day that it names. */
int64_t words_notice_days(
    const struct announcement *announcement, const struct entry *entry);
/* Those that end a release have nothing to come. */
bool words_has_notice(const struct announcement *announcement);

/* ISO 8601 for programs: "2026-04-10T09:30", "2026-04-10",
 * "2026-09-01/2026-10-31" (inclusive); in the zone of the announcement. */
#define MOMENT_SIZE 32
const char *moment_iso(char out[MOMENT_SIZE], const struct moment *moment);

#endif
