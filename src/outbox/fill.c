/*
 * What every portal lacks, as a few statements over sets: what is offered to
 * its class, less what is there or on its way.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/ledger.h>
#include <yugao/outbox.h>
#include <yugao/store.h>

#include "offer.h"
#include "target.h"

#define WAITING "('queued', 'held', 'refused')"

/*
 * news: it gets what is said from when it was there.  class: what it is
 * offered, once that is known.  sets: what is not offered any more is taken
 * away again.
 */
static const char *const tables[] = {
	"CREATE TEMP TABLE IF NOT EXISTS addressed"
	" (portal TEXT NOT NULL PRIMARY KEY, target BLOB NOT NULL,"
	" news INTEGER NOT NULL, sets INTEGER NOT NULL,"
	" selection BLOB NOT NULL, class INTEGER)",
	"CREATE TEMP TABLE IF NOT EXISTS moved"
	" (portal TEXT NOT NULL PRIMARY KEY, target BLOB NOT NULL)",
	"CREATE TEMP TABLE IF NOT EXISTS offered"
	" (class INTEGER NOT NULL, path TEXT NOT NULL, digest BLOB NOT NULL,"
	" size INTEGER NOT NULL, at INTEGER NOT NULL, entry INTEGER NOT NULL,"
	" PRIMARY KEY (class, path))",
	"CREATE TEMP TABLE IF NOT EXISTS wanted"
	" (portal TEXT NOT NULL, path TEXT NOT NULL, digest BLOB,"
	" size INTEGER NOT NULL, at INTEGER NOT NULL,"
	" first_entry INTEGER NOT NULL, PRIMARY KEY (portal, path))",
	"DELETE FROM addressed",
	"DELETE FROM moved",
	"DELETE FROM offered",
	"DELETE FROM wanted",
};

/* A message waits since the announcement that it carries. */
#define NEWEST "coalesce((SELECT max(at) FROM entry), 0)"
#define SUPERSEDE                                                     \
	"UPDATE message SET state = 'superseded', ended_at = " NEWEST \
	" WHERE state IN " WAITING

/* What was delivered, tried and held was so at another place. */
static const char *const forget_moved[] = {
	"INSERT INTO moved (portal, target)"
	" SELECT a.portal, a.target FROM addressed a"
	" LEFT JOIN portal_state s ON s.portal = a.portal"
	" WHERE s.target IS NULL OR s.target <> a.target",
	SUPERSEDE " AND portal IN (SELECT portal FROM moved)",
	"DELETE FROM remote WHERE portal IN (SELECT portal FROM moved)",
	"INSERT INTO portal_state"
	" (portal, failures, open_until, not_before, held, problem, target)"
	" SELECT portal, 0, 0, 0, 0, NULL, target FROM moved WHERE true"
	" ON CONFLICT (portal) DO UPDATE SET"
	" failures = 0, open_until = 0, not_before = 0, held = 0,"
	" problem = NULL, target = excluded.target, last_entry = NULL,"
	" first_entry = NULL, selection = NULL",
};

/*
 * What waits is of another selection than the portal has now: it is offered
 * anew.
 */
#define RESELECTED                                    \
	"(SELECT a.portal FROM addressed a"           \
	" JOIN portal_state s ON s.portal = a.portal" \
	" WHERE a.news = 1 AND s.selection <> a.selection)"
static const char *const reselect[] = {
	"UPDATE portal_state SET last_entry = min(last_entry,"
	" coalesce((SELECT min(coalesce(m.first_entry, 1)) - 1 FROM message m"
	" WHERE m.portal = portal_state.portal AND m.state IN " WAITING
	"), last_entry)) WHERE portal IN " RESELECTED,
	SUPERSEDE " AND portal IN " RESELECTED,
	"UPDATE portal_state SET selection = (SELECT a.selection"
	" FROM addressed a WHERE a.portal = portal_state.portal)"
	" WHERE portal IN (SELECT portal FROM addressed)",
};

/*
 * What carries an entry later than the portal was offered last; or, in place
 * of a message that waits, what that one was to carry.
 */
#define FIRST_ENTRY                                                  \
	" CASE WHEN m.id IS NULL THEN coalesce(s.last_entry, 0) + 1" \
	" ELSE coalesce(m.first_entry, 1) END"

/* News is wanted once, when it is new; the rest until it is there. */
static const char want[] =
    "INSERT INTO wanted (portal, path, digest, size, at, first_entry)"
    " SELECT a.portal, o.path, o.digest, o.size, o.at," FIRST_ENTRY
    " FROM addressed a JOIN portal_state s ON s.portal = a.portal"
    " CROSS JOIN offered o ON o.class = a.class"
    " LEFT JOIN message m ON m.portal = a.portal AND m.path = o.path"
    " AND m.state IN " WAITING
    " LEFT JOIN remote r ON r.portal = a.portal AND r.path = o.path"
    " WHERE m.remove = 1 OR m.digest <> o.digest"
    " OR m.id IS NULL AND CASE a.sets WHEN 1"
    " THEN r.digest IS NULL OR r.digest <> o.digest"
    " ELSE o.entry > coalesce(s.last_entry, 0) END";

#define NOT_OFFERED(message)                                        \
	" NOT EXISTS (SELECT 1 FROM addressed x JOIN offered o"     \
	" ON o.class = x.class WHERE x.portal = " message ".portal" \
	" AND o.path = " message ".path)"

/*
 * Removed is what a portal has confirmed, and what an unanswered attempt may
 * have brought there.
 */
static const char want_removals[] =
    "INSERT INTO wanted (portal, path, digest, size, at, first_entry)"
    " SELECT h.portal, h.path, NULL, 0, " NEWEST "," FIRST_ENTRY
    " FROM (SELECT t.portal, t.path FROM remote t WHERE" NOT_OFFERED(
	"t") " UNION SELECT w.portal, w.path FROM message w"
	     " WHERE w.state IN " WAITING " AND w.remove = 0 AND" NOT_OFFERED(
		 "w") " AND EXISTS"
		      " (SELECT 1 FROM message t JOIN attempt b ON b.message = "
		      "t.id"
		      " WHERE t.portal = w.portal AND t.path = w.path)) h"
		      " JOIN addressed a ON a.portal = h.portal AND a.sets = 1"
		      " JOIN portal_state s ON s.portal = h.portal"
		      " LEFT JOIN message m ON m.portal = h.portal AND m.path "
		      "= h.path"
		      " AND m.state IN " WAITING
		      " WHERE m.id IS NULL OR m.remove = 0";

/* A change that waits is as good as ever although no newer one is offered. */
static const char supersede[] =
    SUPERSEDE " AND (portal NOT IN (SELECT portal FROM addressed)"
	      " OR remove = 0 AND" NOT_OFFERED(
		  "message") " AND portal IN (SELECT portal FROM addressed "
			     "WHERE sets = 1)"
			     " OR EXISTS (SELECT 1 FROM wanted w"
			     " WHERE w.portal = message.portal AND w.path = "
			     "message.path))";

static const char queue[] =
    "INSERT INTO message (portal, path, remove, digest, size, state,"
    " attempts, next, queued_at, first_entry)"
    " SELECT portal, path, CASE WHEN digest IS NULL THEN 1 ELSE 0 END,"
    " digest, size, 'queued', 0, 0, at, first_entry"
    " FROM wanted ORDER BY portal, path";

static const char offered_up_to[] =
    "UPDATE portal_state SET last_entry ="
    " (SELECT coalesce(max(id), 0) FROM entry)"
    " WHERE portal IN (SELECT portal FROM addressed)";

/* What is public is not for those that take copies. */
static bool
is_public(const struct portal *portal)
{
	return portal->institution == NULL;
}

static const struct error *
run_all(struct store *store, const char *const *sql, size_t n)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < n; i++)
		error = store_run(store, sql[i]);
	return error;
}

static void
set_address(
    struct arena *arena, struct query *query, const struct portal *portal)
{
	struct digest target = target_digest(arena, portal);
	const char *key = selection_key(arena, portal);
	struct digest selection = digest_of(key, strlen(key));
	enum takes takes = channel_takes(portal->kind);

	query_set_text(query, 1, portal->id);
	query_set_bytes(query, 2, arena_copy(arena, &target, sizeof(target)),
	    sizeof(target.bytes));
	query_set_int(query, 3, takes_news(takes));
	query_set_int(query, 4, takes_sets(takes));
	query_set_bytes(query, 5,
	    arena_copy(arena, &selection, sizeof(selection)),
	    sizeof(selection.bytes));
}

static const struct error *
address(struct arena *arena, struct store *store, const struct office *office)
{
	const struct error *error;
	struct query *query;
	size_t i;

	error = query_open(store,
	    "INSERT INTO addressed (portal, target, news, sets, selection)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)",
	    &query);
	for (i = 0; error == NULL && i < office->n_portals; i++) {
		if (!is_public(&office->portals[i]))
			continue;
		set_address(arena, query, &office->portals[i]);
		error = query_run(query);
	}
	query_close(query);
	return error;
}

static const struct error *
newest_entry(struct store *store, int64_t *id, struct instant *at)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT coalesce(max(id), 0), coalesce(max(at), 0) FROM entry",
	    &query);
	bool row;

	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL && row) {
		*id = query_int(query, 0);
		at->s = query_int(query, 1);
	}
	query_close(query);
	return error;
}

/* It has been there since the newest entry, which it will never show. */
static const struct error *
begin_news(
    struct arena *arena, struct store *store, const struct portal *portal)
{
	struct confirmation begun = { .portal = portal->id };
	struct query *query;
	const struct error *error =
	    newest_entry(store, &begun.entry, &begun.at);
	bool row;

	if (error == NULL)
		error = query_open(store,
		    "UPDATE portal_state SET last_entry = ?2, first_entry ="
		    " CASE WHEN ?2 > 0 THEN ?2 + 1 END"
		    " WHERE portal = ?1 AND last_entry IS NULL RETURNING 1",
		    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, portal->id);
	query_set_int(query, 2, begun.entry);
	begun.from = begun.entry + 1;
	error = query_next(query, &row);
	query_close(query);
	if (error != NULL || !row || begun.entry == 0)
		return error;
	return ledger_confirm(arena, store, &begun);
}

const struct error *
outbox_meet(
    struct arena *arena, struct store *store, const struct office *office)
{
	const struct error *error = run_all(store, tables, COUNT(tables));
	size_t i;

	if (error == NULL)
		error = address(arena, store, office);
	if (error == NULL)
		error = run_all(store, forget_moved, COUNT(forget_moved));
	for (i = 0; error == NULL && i < office->n_portals; i++)
		if (is_public(&office->portals[i]) &&
		    takes_news(channel_takes(office->portals[i].kind)))
			error = begin_news(arena, store, &office->portals[i]);
	return error;
}

/* Into the table of what is offered. */
struct offer {
	struct query *query;
	size_t class;
};

static const struct error *
take_offer(void *context, const struct offered *offered)
{
	const struct offer *offer = context;
	struct query *query = offer->query;

	query_set_int(query, 1, (int64_t)offer->class);
	query_set_text(query, 2, offered->path);
	query_set_bytes(
	    query, 3, offered->digest.bytes, sizeof(offered->digest.bytes));
	query_set_int(query, 4, offered->size);
	query_set_int(query, 5, offered->at.s);
	query_set_int(query, 6, offered->entry);
	return query_run(query);
}

static const struct error *
offer_all(const struct offering *offering)
{
	struct offer offer = { .class = 0 };
	const struct sink sink = { take_offer, &offer };
	const struct error *error = query_open(offering->store,
	    "INSERT INTO offered (class, path, digest, size, at, entry)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	    &offer.query);

	if (error != NULL)
		return error;
	for (; error == NULL && offer.class < offering->n; offer.class ++)
		error = offer_class(offering, &offering->v[offer.class], &sink);
	query_close(offer.query);
	return error;
}

/* What is wanted is made a second time, to be kept. */
static const struct error *
take_wanted(void *context, const struct offered *offered)
{
	const struct offering *offering = context;
	struct query *query;
	const struct error *error = query_open(offering->store,
	    "SELECT 1 FROM wanted WHERE digest = ?1 LIMIT 1", &query);
	bool row;

	if (error != NULL)
		return error;
	query_set_bytes(
	    query, 1, offered->digest.bytes, sizeof(offered->digest.bytes));
	error = query_next(query, &row);
	query_close(query);
	if (error != NULL || !row)
		return error;
	return spool_add(offering->store, &offered->digest, offered->body,
	    (size_t)offered->size);
}

static const struct error *
class_wants(struct store *store, size_t class, bool *wants)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT 1 FROM wanted w JOIN addressed a ON a.portal = w.portal"
	    " WHERE a.class = ?1 AND w.digest IS NOT NULL LIMIT 1",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, (int64_t) class);
	error = query_next(query, wants);
	query_close(query);
	return error;
}

static const struct error *
spool_wanted(struct offering *offering)
{
	const struct sink sink = { take_wanted, offering };
	const struct error *error = store_run(offering->store,
	    "CREATE INDEX IF NOT EXISTS temp.wanted_digest"
	    " ON wanted (digest)");
	size_t i;

	for (i = 0; error == NULL && i < offering->n; i++) {
		const struct class *class = &offering->v[i];
		bool wants = false;

		if (!takes_spooled(class->takes))
			continue;
		error = class_wants(offering->store, i, &wants);
		if (error == NULL && wants)
			error = offer_class(offering, class, &sink);
	}
	return error;
}

/* The class of the same key, or a new one. */
static size_t
find_class(struct offering *offering, const struct class *wanted)
{
	size_t i;

	for (i = 0; i < offering->n; i++)
		if (strcmp(offering->v[i].key, wanted->key) == 0)
			return i;
	ARRAY_PUSH(offering->arena, offering, *wanted);
	return i;
}

/* Since when it lacks news: what waits, a digest has to tell again. */
static const struct error *
read_after(struct store *store, const struct portal *portal, int64_t *after)
{
	enum takes takes = channel_takes(portal->kind);
	bool digest = takes == TAKES_DIGEST || takes == TAKES_BUNDLE;
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT coalesce(CASE WHEN ?2 THEN (SELECT"
	    " min(coalesce(m.first_entry, 1)) - 1 FROM message m"
	    " WHERE m.portal = s.portal AND m.state IN " WAITING
	    ") END, s.last_entry, 0) FROM portal_state s WHERE s.portal = ?1",
	    &query);
	bool row;

	if (error != NULL)
		return error;
	query_set_text(query, 1, portal->id);
	query_set_int(query, 2, digest);
	error = query_next(query, &row);
	if (error == NULL && row)
		*after = query_int(query, 0);
	query_close(query);
	return error;
}

static const struct error *
classify(struct offering *offering, const struct portal *portal)
{
	struct class class = { .takes = channel_takes(portal->kind),
		.portal = portal };
	const char *key = selection_key(offering->arena, portal);
	const struct error *error = NULL;
	struct query *query;

	if (!takes_sets(class.takes))
		error = read_after(offering->store, portal, &class.after);
	if (error == NULL)
		error = query_open(offering->store,
		    "UPDATE addressed SET class = ?2 WHERE portal = ?1",
		    &query);
	if (error != NULL)
		return error;
	/* A bundle's cover names its portal. */
	class.key = arena_printf(offering->arena, "%s %lld %s", key,
	    (long long)class.after,
	    class.takes == TAKES_BUNDLE ? portal->id : "");
	query_set_text(query, 1, portal->id);
	query_set_int(query, 2, (int64_t)find_class(offering, &class));
	error = query_run(query);
	query_close(query);
	return error;
}

static const struct error *
queue_wanted(struct offering *offering)
{
	struct store *store = offering->store;
	const struct error *error = offer_all(offering);

	if (error == NULL)
		error = store_run(store, want);
	if (error == NULL)
		error = store_run(store, want_removals);
	if (error == NULL)
		error = spool_wanted(offering);
	if (error == NULL)
		error = store_run(store, supersede);
	if (error == NULL)
		error = store_run(store, queue);
	if (error == NULL)
		error = store_run(store, offered_up_to);
	if (error == NULL)
		error = spool_sweep(store);
	return error == NULL
		   ? seal_bundles(offering->arena, store, offering->office)
		   : error;
}

const struct error *
outbox_fill(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_files *files)
{
	struct offering offering = {
		.arena = arena, .store = store, .office = office, .files = files
	};
	const struct error *error;
	size_t i;

	if (files->n == 0)
		return NULL;
	error = outbox_meet(arena, store, office);
	if (error == NULL)
		error = run_all(store, reselect, COUNT(reselect));
	for (i = 0; error == NULL && i < office->n_portals; i++)
		if (is_public(&office->portals[i]))
			error = classify(&offering, &office->portals[i]);
	return error == NULL ? queue_wanted(&offering) : error;
}
