/*
 * How the parts of plans and acts are read; each complains about its own
 * mistakes.  plan.c puts them together.
 */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include <yugao/plan.h>

#include "json.h"

/* What a series says; begins as a copy of what the defaults say. */
struct secret_place;
struct draft;
struct draft *draft_new(struct arena *arena);
/*
 * What an object says about who may know it, a mistyped key or word being
 * taken for the worst that it may have meant.
 */
struct openness {
	bool class_said, class_closes;
	bool scheme_said, scheme_closes;
};
struct openness openness_of(json_t *object);
bool is_series_key(const char *key);
/* Whether a diagnostic may hold what the series says. */
bool series_is_quotable(const struct series *series);
void draft_defaults(const struct node *node, struct draft *draft);
/* struct series [struct draft: the defaults] */
void read_series(const struct node *node, void *to, const void *how);

/* const struct scheme * */
void read_scheme(const struct node *node, void *to, const void *how);
/* enum declared, of true and false */
void read_declared(const struct node *node, void *to, const void *how);
/* const struct joint *; const struct revision * */
void read_joint(const struct node *node, void *to, const void *how);
void read_revision(const struct node *node, void *to, const void *how);
/* watch.c: const struct watch *; const struct formed * */
void read_watch(const struct node *node, void *to, const void *how);
void read_formed(const struct node *node, void *to, const void *how);
/* struct series: the members of that name */
void read_method_changes(const struct node *node, void *to, const void *how);
void read_withheld(const struct node *node, void *to, const void *how);
/* What these say must fit the series' class and frequency. */
void check_statements(const struct node *node, const struct series *series);
extern const struct words frequency_choices;

/* struct list of struct timing */
void read_timings(const struct node *node, void *to, const void *how);
/* The "dates" and "skip" of a series or an estimate. */
void read_occurrences(
    const struct node *node, enum frequency frequency, struct rule *rule);
/*
 * Whether a series of that frequency may be about the period: an irregular
 * one about any, a monthly one about joined months.
 */
bool period_fits(const struct period *period, enum frequency frequency);
/* struct moment: "2026-04-11T09:30" and its kin, also {"date", "time"}. */
void read_moment(const struct node *node, void *to, const void *how);
/* ^(flash|preliminary|revised|final|[1-9])$ */
bool is_estimate(const char *string);
void read_estimate_name(const struct node *node, void *to, const void *how);

/* Every "after" and "same_as": the series exist and lead in no circle. */
void check_references(struct reader *reader, const struct plan *plan);

/* The acts of a tree that is an acts file; none if there is a mistake. */
void acts_read_value(struct reader *reader, json_t *value, struct acts *acts);

/* The department that a file is named after: "nbs-2026.json" is nbs's. */
const char *department_of_file(struct arena *arena, const char *path);

/*
 * The files of a folder of plans or acts; what only looks like one is an
 * error of the department that it is named after.
 */
const struct error *list_files(struct arena *arena, const char *directory,
    const char *suffix, struct diags *diags, struct names *names);
/* The error for one of file_list_odd()'s. */
void complain_odd(struct arena *arena, const char *path, struct diags *diags);

/*
 * Reads a file of the office and its tree.  root->value is NULL if there is
 * none, be it an error or a diagnostic; else json_decref() it.
 */
const struct error *root_open(struct arena *arena, const char *path,
    struct diags *diags, struct reader *reader, struct node *root);
/* Complains if the file is named after `id`, but its "id" says another. */
void check_file_name(const struct node *root, const char *id, const char *said);

/* Items that are an object's members; the first in each is its key. */
struct keyed {
	size_t size;
	void (*read)(const struct node *member, void *item);
};
/* struct list [struct keyed], sorted by key. */
void read_keyed(const struct node *node, void *to, const void *how);
int compare_keyed(const void *a, const void *b);

/* const char *: a URL that others are made from by adding to its end. */
void read_base_url(const struct node *node, void *to, const void *how);
/* struct secret_place: {"file"}, {"environment"} or {"credential"} */
void read_secret(const struct node *node, void *to, const void *how);
/* A file's path becomes relative to `base`. */
void resolve_secret(
    struct arena *arena, const char *base, struct secret_place *place);
/* The file's directory, for paths relative to it. */
const char *directory_of(struct arena *arena, const char *path);

#endif
