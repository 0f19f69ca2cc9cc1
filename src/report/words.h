/*
 * The words that reports share: dates, titles, counts.
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include <yugao/report.h>

/* "2026年4月10日（星期五）", "Friday, 10 April 2026" */
const char *tell_day(struct arena *arena, enum lang lang, struct day day);
/* "4月", "April" */
const char *tell_month(struct arena *arena, enum lang lang, int month);
/* "2026年4月10日（星期五）9:30" and the like, for a sentence. */
const char *
tell_when(struct arena *arena, enum lang lang, const struct moment *moment);
/* "定于…", "provisionally set for …", "expected in …" */
const char *tell_set(struct arena *arena, enum lang lang,
    const struct moment *moment, enum said_status status);
/* "2026-04-10 周五 09:30", for a column. */
const char *
tell_row(struct arena *arena, enum lang lang, const struct moment *moment);
/* "2025-12-26 13:58" */
const char *tell_clock(struct arena *arena, struct local local);

/* "2026年3月"; the key itself if it cannot be read. */
const char *tell_period(struct arena *arena, enum lang lang, const char *key);
/* "居民消费价格指数（2026年3月，初步数）" */
const char *tell_title(struct arena *arena, enum lang lang,
    const struct text *title, const char *period, const char *estimate);
/* "《居民消费价格指数》2026年3月数据（初步数）" */
const char *tell_quoted(struct arena *arena, enum lang lang,
    const struct text *title, const char *period, const char *estimate);
const char *
tell_slot_title(struct arena *arena, enum lang lang, const struct slot *slot);
/* From what was said, or the release's key if that is not at hand. */
const char *tell_entry_title(
    struct arena *arena, enum lang lang, const struct entry *entry);

/* id's sentence with the number, or id_one's for one. */
const char *
tell_count(struct arena *arena, enum lang lang, const char *id, size_t n);
const char *
tell_kind(struct arena *arena, enum lang lang, enum entry_kind kind);
const char *
tell_outcome(struct arena *arena, enum lang lang, enum outcome outcome);
enum style outcome_style(enum outcome outcome);
/* "国家统计局（nbs）" */
const char *tell_department(struct arena *arena, enum lang lang,
    const struct office *office, const char *id);
/* The department of a release key. */
const char *department_of(struct arena *arena, const char *release);

/* The office's zone, or NULL (UTC). */
const struct zone *report_zone(const struct report *report);
struct local clock_of(const struct zone *zone, struct instant instant);
/* The moment on the clock of that zone. */
struct moment moment_on(
    const struct zone *zone, const struct moment *moment, struct instant start);

#endif
