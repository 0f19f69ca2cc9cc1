#ifndef TREE_PLAN_H
#define TREE_PLAN_H

#include <yugao/artifact.h>
#include <yugao/tree.h>

struct log_file; /* log.h */

/* One file of the tree as the ledger wants it: a feed or one of the log's. */
struct planned {
	const char *path; /* relative to the tree */
	/*
	 * Files with the same items stand together, that many of them: every
	 * format in every language.
	 */
	size_t group;
	struct instant updated; /* newest entry that is or was in it */
	const struct format *format;
	struct feed feed;
	const struct entry *const *items; /* in order of start, release */
	const struct log_file *log;       /* NULL: a feed */
	struct tree_file known;           /* as it was written, once it is */
};

struct plan_of_tree {
	struct planned *v;
	size_t n, cap;
};

/* Reads the view into the arena and lists every file. */
const struct error *tree_plan(struct arena *arena, struct store *store,
    const struct office *office, struct plan_of_tree *plan);

/* Digest of all that decides the file's bytes: head, foot, which items; or
 * where the log's chain stands. */
struct digest
planned_source(struct arena *arena, const struct planned *planned);

struct writing {
	const struct planned *planned;
	const char *path;
	struct instant mtime;
	struct tree_file *file; /* filled */
};

/*
 * Writes n > 0 files of one group in one pass; an iCalendar file is linted on
 * the way.
 */
const struct error *planned_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n);

#endif
