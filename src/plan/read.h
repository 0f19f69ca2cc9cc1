/*
 * How the parts of plans and acts are read; each complains about its own
 * mistakes.  plan.c puts them together.
 */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include <yugao/plan.h>

#include "json.h"

/* What a series says; begins as a copy of what the defaults say. */
struct draft;
struct draft *draft_new(struct arena *arena);
void draft_defaults(const struct node *node, struct draft *draft);
/* struct series [struct draft: the defaults] */
void read_series(const struct node *node, void *to, const void *how);

/* struct list of struct timing */
void read_timings(const struct node *node, void *to, const void *how);
/* The "dates" and "skip" of a series or an estimate. */
void read_occurrences(
    const struct node *node, enum frequency frequency, struct rule *rule);
/* struct moment: "2026-04-11T09:30" and its kin, also {"date", "time"}. */
void read_moment(const struct node *node, void *to, const void *how);
/* ^(flash|preliminary|revised|final|[1-9])$ */
bool is_estimate(const char *string);
void read_estimate_name(const struct node *node, void *to, const void *how);

/* Every "after" and "same_as": the series exist and lead in no circle. */
void check_references(struct reader *reader, const struct plan *plan);

/* The department that a file is named after: "nbs-2026.json" is nbs's. */
const char *department_of_file(struct arena *arena, const char *path);

/* const char *: a URL that others are made from by adding to its end. */
void read_base_url(const struct node *node, void *to, const void *how);
/* The file's directory, for paths relative to it. */
const char *directory_of(struct arena *arena, const char *path);

#endif
