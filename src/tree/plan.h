#ifndef TREE_PLAN_H
#define TREE_PLAN_H

#include <yugao/artifact.h>
#include <yugao/file.h>
#include <yugao/tree.h>

struct planned;
struct writing;
struct gate;

/* How the files of one kind are made: feed, log, page, twin. */
struct planned_type {
	/* Of all that decides the file's bytes. */
	struct digest (*source)(
	    struct arena *arena, const struct planned *planned);
	/* Writes n > 0 files of one group in one pass. */
	const struct error *(*write)(struct arena *arena, struct store *store,
	    const struct writing *files, size_t n);
};

extern const struct planned_type planned_feed, planned_log, planned_changes,
    planned_page, planned_twin, planned_manifest;

/* feed.c: of its head, its foot, and which items it has. */
struct digest feed_source(struct arena *arena, const struct planned *planned);

/* One file of the tree as the ledger wants it. */
struct planned {
	const struct planned_type *type;
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
	const void *what;                 /* the type's own */
	bool links;                       /* LINK in place of X-YUGAO-LINK */
	bool twin;              /* a compressed one stands beside it */
	struct digest source;   /* once plan_sources() has run */
	struct tree_file known; /* as it was written, once it is */
};

struct plan_of_tree {
	const struct view *view;
	struct planned *v; /* a twin after its file */
	size_t n, cap;
};

/* page.c: adds every page of the site. */
const struct error *pages_plan(struct arena *arena, struct store *store,
    const struct office *office, const struct view *view,
    struct plan_of_tree *plan);

/* twin.c: adds the compressed twin of every file that is to have one. */
void twins_plan(struct arena *arena, struct plan_of_tree *plan);
/* manifest_file.c: adds the manifests of all that is planned so far. */
void manifests_plan(struct arena *arena, struct plan_of_tree *plan);
/* Fills the source of every file. */
void plan_sources(struct arena *arena, struct plan_of_tree *plan);

/* Reads the view into the arena and lists every file. */
const struct error *tree_plan(struct arena *arena, struct store *store,
    const struct office *office, struct plan_of_tree *plan);

struct writing {
	const struct planned *planned;
	const char *tree; /* where the files before it stand */
	const char *path;
	struct instant mtime;
	struct tree_file *file; /* filled */
	struct gate *gate; /* is told of the lint's findings; NULL: an error */
};

/* Writes all that `content` adds as the file; a failure leaves none. */
const struct error *planned_stream(struct arena *arena, struct store *store,
    const struct writing *writing,
    const struct error *(*content)(struct arena *arena, struct store *store,
	const struct writing *writing, struct writer *writer));

#endif
