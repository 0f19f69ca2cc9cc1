/*
 * The public tree: <state>/public is a symbolic link to trees/<generation>.
 * A new tree is staged beside the old one out of the ledger's view, linted,
 * and becomes visible at once by one rename; unchanged files are hard links
 * and keep bytes, mtime and ETag.  The manifest (path, sha256, size, mtime)
 * is in the database, so a lost tree can be made again.
 */
#ifndef YUGAO_TREE_H
#define YUGAO_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/log.h>
#include <yugao/office.h>

struct store;

struct tree_file {
	const char *path; /* "en/releases.ics", relative to the tree */
	struct digest digest;
	int64_t size;
	struct instant mtime;
	bool changed; /* against the generation before */
};

/* What stands between a staged tree and its readers. */
struct tree_gate {
	struct diags *diags; /* gets every finding, at its file */
	/* The word of a refusal that a person has looked into, or NULL: just
	 * these findings are let through, once. */
	const char *overrule;
};

struct tree_files {
	struct tree_file *v; /* sorted by path */
	size_t n, cap;
};

/*
 * Renders an entry that was just appended into the cache, every format in
 * every language, each checked.  Inside a transaction.  Leaves garbage in the
 * arena: a loop brings one that it resets.  Without effect for an edition or a
 * profile.
 */
const struct error *tree_render(struct arena *arena, struct store *store,
    const struct office *office, const struct entry *entry,
    const struct announcement *announcement);

/*
 * The event of an entry as it was rendered, or as it is now if that is lost;
 * then inside a transaction.
 */
struct bytes;
const struct error *tree_event(struct arena *arena, struct store *store,
    const struct entry *entry, enum lang lang, struct bytes *event);

/*
 * Inside a transaction, after all entries: stages <state>/trees/<n> from the
 * ledger and writes the manifest of generation n.  A feed holds whole
 * calendar years, the edition's and the ones beside it; every department
 * that ever said something has its own.  If no file would differ, the
 * generation stays as it is.  Else the gate looks at it beside the served one:
 * a finding of the lint, a UID that is lost, a SEQUENCE that falls or a feed
 * that shrinks is an error, and nothing changes.  gate may be NULL.
 */
const struct error *tree_stage(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_gate *gate,
    struct tree_files *files);

/*
 * Whether the tree was staged with this configuration by this program.  If
 * not, it must be staged again even though nothing new is said.
 */
const struct error *tree_is_current(struct arena *arena, struct store *store,
    const struct office *office, bool *current);

/*
 * Outside a transaction.  Makes <state>/public be the generation that the
 * database names: switches to it if a run died before, makes anew what is
 * missing of it (an error if the bytes would differ from the manifest's),
 * removes all others but the last one.  A tree that is as it should be is
 * only looked at; without a generation nothing is done.
 */
const struct error *tree_switch(
    struct arena *arena, struct store *store, const struct office *office);
/* The same, but looks at the bytes of every file. */
const struct error *tree_mend(
    struct arena *arena, struct store *store, const struct office *office);

/*
 * Whether the tree is the manifest's, byte for byte, with nothing beside it,
 * and what the ledger yields.  What is wrong becomes an error diagnostic at
 * its file.
 */
const struct error *tree_verify(struct arena *arena, struct store *store,
    const struct office *office, struct diags *diags, size_t *files);

/*
 * Holds the log in the tree against the ledger's lines, in their order: open
 * it, give it every line, and close it.
 */
struct tree_log;
const struct error *tree_log_open(struct arena *arena, struct store *store,
    const struct office *office, struct diags *diags, struct tree_log **log);
const struct error *tree_log_line(void *log, const struct log_line *line);
void tree_log_close(struct tree_log *log);

/* The current manifest. */
const struct error *tree_manifest(
    struct arena *arena, struct store *store, struct tree_files *files);

#endif
