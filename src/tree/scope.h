#ifndef TREE_SCOPE_H
#define TREE_SCOPE_H

#include "plan.h"

/* The releases that a family of files is about: all, a department's, … */
struct scope {
	const char *folder; /* "" or "departments/nbs/" */
	const char *file;   /* in place of the format's; or NULL */
	struct text name;
	const struct entry **items; /* in order of start, release */
	size_t n;
	size_t ever; /* of whatever year */
	struct instant updated;
};

/* Everything that scopes are made of. */
struct scoping {
	struct arena *arena;
	struct store *store;
	const struct office *office;
	const struct view *view;
	const struct profile *profiles; /* as view->profiles */
};

const struct error *scoping_begin(struct arena *arena, struct store *store,
    const struct office *office, const struct view *view,
    struct scoping *scoping);

/*
 * What `belongs` takes of the entries from first to end.  In the years of the
 * default feeds, or `all`.  `updated` counts those outside the years too: the
 * newest change may be the one that took a release out of the file, and
 * Last-Modified never falls.
 */
struct choice {
	size_t first, end;
	bool all;
	bool (*belongs)(const struct scoping *scoping,
	    const struct entry *entry,
	    const void *what); /* NULL: all of them */
	const void *what;
};
void scope_fill(const struct scoping *scoping, struct scope *scope,
    const struct choice *selection);

/* Whether the default feeds hold it: they have whole calendar years, the last,
 * this and the next. */
bool scope_in_years(const struct entry *entry, int edition);
/* Where the department's entries that begin at `first` end. */
size_t department_end(const struct view *view, size_t first);
/* The profile of a release's series, or NULL. */
const struct profile *
series_profile(const struct scoping *scoping, const struct entry *entry);
/* Whether the series has this topic; what: its id. */
bool belongs_to_topic(
    const struct scoping *scoping, const struct entry *entry, const void *what);
/* Whether its department is of this district; what: a struct topic of the
 * office's districts. */
bool belongs_to_district(
    const struct scoping *scoping, const struct entry *entry, const void *what);
/* Whether it was said for this year; what: an int. */
bool belongs_to_year(
    const struct scoping *scoping, const struct entry *entry, const void *what);

#endif
