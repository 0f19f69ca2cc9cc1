/*
 * What every portal lacks, as a few statements over sets: what is offered,
 * times whom it is addressed to, less what is there or on its way.
 */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/outbox.h>
#include <yugao/store.h>

#include "target.h"

#define WAITING "('queued', 'held', 'refused')"

static const char *const tables[] = {
	"CREATE TEMP TABLE IF NOT EXISTS addressed"
	" (portal TEXT NOT NULL PRIMARY KEY, target BLOB NOT NULL)",
	"CREATE TEMP TABLE IF NOT EXISTS moved"
	" (portal TEXT NOT NULL PRIMARY KEY, target BLOB NOT NULL)",
	"CREATE TEMP TABLE IF NOT EXISTS offered"
	" (path TEXT NOT NULL PRIMARY KEY, digest BLOB NOT NULL,"
	" size INTEGER NOT NULL, at INTEGER NOT NULL)",
	"CREATE TEMP TABLE IF NOT EXISTS wanted"
	" (portal TEXT NOT NULL, path TEXT NOT NULL, digest BLOB,"
	" size INTEGER NOT NULL, at INTEGER NOT NULL,"
	" first_entry INTEGER NOT NULL, PRIMARY KEY (portal, path))",
	"DELETE FROM addressed",
	"DELETE FROM moved",
	"DELETE FROM offered",
	"DELETE FROM wanted",
};

/* What was delivered, tried and held was so at another place. */
static const char supersede_moved[] =
    "UPDATE message SET state = 'superseded', ended_at = ?1"
    " WHERE state IN " WAITING " AND portal IN (SELECT portal FROM moved)";
static const char *const forget_moved[] = {
	"DELETE FROM remote WHERE portal IN (SELECT portal FROM moved)",
	"INSERT INTO portal_state"
	" (portal, failures, open_until, not_before, held, problem, target)"
	" SELECT portal, 0, 0, 0, 0, NULL, target FROM moved WHERE true"
	" ON CONFLICT (portal) DO UPDATE SET"
	" failures = 0, open_until = 0, not_before = 0, held = 0,"
	" problem = NULL, target = excluded.target, last_entry = NULL",
};
static const char find_moved[] =
    "INSERT INTO moved (portal, target)"
    " SELECT a.portal, a.target FROM addressed a"
    " LEFT JOIN portal_state s ON s.portal = a.portal"
    " WHERE s.target IS NULL OR s.target <> a.target";

/*
 * What carries an entry later than the portal was offered last; or, in place
 * of a message that waits, what that one was to carry.
 */
#define FIRST_ENTRY                                                  \
	" CASE WHEN m.id IS NULL THEN coalesce(s.last_entry, 0) + 1" \
	" ELSE coalesce(m.first_entry, 1) END"

static const char want_files[] =
    "INSERT INTO wanted (portal, path, digest, size, at, first_entry)"
    " SELECT a.portal, o.path, o.digest, o.size, o.at," FIRST_ENTRY
    " FROM addressed a JOIN portal_state s ON s.portal = a.portal"
    " CROSS JOIN offered o"
    " LEFT JOIN message m ON m.portal = a.portal AND m.path = o.path"
    " AND m.state IN " WAITING
    " LEFT JOIN remote r ON r.portal = a.portal AND r.path = o.path"
    " WHERE m.remove = 1 OR m.digest <> o.digest"
    " OR m.id IS NULL AND (r.digest IS NULL OR r.digest <> o.digest)";

/*
 * Removed is what a portal has confirmed, and what an unanswered attempt may
 * have brought there.
 */
static const char want_removals[] =
    "INSERT INTO wanted (portal, path, digest, size, at, first_entry)"
    " SELECT h.portal, h.path, NULL, 0, ?1," FIRST_ENTRY
    " FROM (SELECT portal, path FROM remote"
    " UNION SELECT w.portal, w.path FROM message w"
    " WHERE w.state IN " WAITING " AND w.remove = 0"
    " AND w.path NOT IN (SELECT path FROM offered) AND EXISTS"
    " (SELECT 1 FROM message t JOIN attempt b ON b.message = t.id"
    " WHERE t.portal = w.portal AND t.path = w.path)) h"
    " JOIN addressed a ON a.portal = h.portal"
    " JOIN portal_state s ON s.portal = h.portal"
    " LEFT JOIN message m ON m.portal = h.portal AND m.path = h.path"
    " AND m.state IN " WAITING " WHERE h.path NOT IN (SELECT path FROM offered)"
    " AND (m.id IS NULL OR m.remove = 0)";

static const char supersede[] =
    "UPDATE message SET state = 'superseded', ended_at = ?1"
    " WHERE state IN " WAITING
    " AND (portal NOT IN (SELECT portal FROM addressed)"
    " OR remove = 0 AND path NOT IN (SELECT path FROM offered)"
    " OR EXISTS (SELECT 1 FROM wanted w"
    " WHERE w.portal = message.portal AND w.path = message.path))";

static const char queue[] =
    "INSERT INTO message (portal, path, remove, digest, size, state,"
    " attempts, next, queued_at, first_entry)"
    " SELECT portal, path, CASE WHEN digest IS NULL THEN 1 ELSE 0 END,"
    " digest, size, 'queued', 0, 0, at, first_entry"
    " FROM wanted ORDER BY portal, path";

static const char offered_up_to[] =
    "UPDATE portal_state SET last_entry = (SELECT max(id) FROM entry)"
    " WHERE portal IN (SELECT portal FROM addressed)";

static const struct error *
offer(struct store *store, const struct tree_files *files)
{
	const struct error *error;
	struct query *query;
	size_t i;

	error = query_open(store,
	    "INSERT INTO offered (path, digest, size, at)"
	    " VALUES (?1, ?2, ?3, ?4)",
	    &query);
	for (i = 0; error == NULL && i < files->n; i++) {
		const struct tree_file *file = &files->v[i];

		query_set_text(query, 1, file->path);
		query_set_bytes(
		    query, 2, file->digest.bytes, sizeof(file->digest.bytes));
		query_set_int(query, 3, file->size);
		query_set_int(query, 4, file->mtime.s);
		error = query_run(query);
	}
	query_close(query);
	return error;
}

static const struct error *
address(struct arena *arena, struct store *store, const struct office *office)
{
	const struct error *error;
	struct query *query;
	size_t i;

	error = query_open(store,
	    "INSERT INTO addressed (portal, target) VALUES (?1, ?2)", &query);
	for (i = 0; error == NULL && i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];
		struct digest target;

		/* What is public is not for those that take copies. */
		if (portal->institution != NULL)
			continue;
		target = target_digest(arena, portal);
		query_set_text(query, 1, portal->id);
		query_set_bytes(query, 2, target.bytes, sizeof(target.bytes));
		error = query_run(query);
	}
	query_close(query);
	return error;
}

/* For SQL that takes at most one parameter. */
static const struct error *
run_at(struct store *store, const char *sql, const struct instant *at)
{
	const struct error *error;
	struct query *query;

	error = query_open(store, sql, &query);
	if (error != NULL)
		return error;
	if (at != NULL)
		query_set_int(query, 1, at->s);
	error = query_run(query);
	query_close(query);
	return error;
}

static const struct error *
forget(struct store *store, const struct instant *at)
{
	const struct error *error = run_at(store, find_moved, NULL);
	size_t i;

	if (error == NULL)
		error = run_at(store, supersede_moved, at);
	for (i = 0; error == NULL && i < COUNT(forget_moved); i++)
		error = store_run(store, forget_moved[i]);
	return error;
}

const struct error *
outbox_fill(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_files *files)
{
	/* A message waits since the announcement that it carries. */
	struct instant newest = { 0 };
	const struct error *error = NULL;
	size_t i;

	if (files->n == 0)
		return NULL;
	for (i = 0; i < files->n; i++)
		if (files->v[i].mtime.s > newest.s)
			newest = files->v[i].mtime;
	for (i = 0; error == NULL && i < COUNT(tables); i++)
		error = store_run(store, tables[i]);
	if (error == NULL)
		error = offer(store, files);
	if (error == NULL)
		error = address(arena, store, office);
	if (error == NULL)
		error = forget(store, &newest);
	if (error == NULL)
		error = run_at(store, want_files, NULL);
	if (error == NULL)
		error = run_at(store, want_removals, &newest);
	if (error == NULL)
		error = run_at(store, supersede, &newest);
	if (error == NULL)
		error = run_at(store, queue, NULL);
	if (error == NULL)
		error = store_run(store, offered_up_to);
	return error;
}
