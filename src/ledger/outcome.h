/*
 * Bodies of the records about what became of releases: members in order,
 * those without a value left out.
 */
#ifndef LEDGER_OUTCOME_H
#define LEDGER_OUTCOME_H

#include <stddef.h>

#include <yugao/buf.h>
#include <yugao/day.h>
#include <yugao/digest.h>

/* Each begins the object, or goes on with it; NULL: nothing is written. */
void outcome_string(struct buf *buf, const char *key, const char *value);
void
outcome_instant(struct buf *buf, const char *key, const struct instant *value);
void
outcome_digest(struct buf *buf, const char *key, const struct digest *value);
void outcome_number(struct buf *buf, const char *key, int64_t value);
/* The word's place in the list, or -1; word may be NULL. */
int outcome_word(const char *word, const char *const *words, size_t n);
/* A copy, or NULL. */
const char *arena_string(struct arena *arena, const char *string);

#endif
