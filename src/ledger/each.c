#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "entry.h"

static const struct error *
each_row(struct arena *arena, struct query *query,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context)
{
	const struct error *error;
	struct entry entry;
	bool row;

	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL) {
		entry.said = query_text(query, ENTRY_COLUMNS_END);
		if ((error = each(context, &entry)) != NULL)
			break;
	}
	query_close(query);
	return error;
}

const struct error *
ledger_each(struct arena *arena, struct store *store, const char *release,
    const struct instant *as_of,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context)
{
	struct query *query;
	const struct error *error = query_open(store,
	    release == NULL ? "SELECT " ENTRY_COLUMNS ", said FROM entry"
			      " WHERE at <= ? ORDER BY id"
			    : "SELECT " ENTRY_COLUMNS ", said FROM entry"
			      " WHERE at <= ? AND release = ? ORDER BY id",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	if (release != NULL)
		query_set_text(query, 2, release);
	return each_row(arena, query, each, context);
}

const struct error *
ledger_each_latest(struct arena *arena, struct store *store,
    const char *release, const struct instant *as_of,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS ", said FROM entry WHERE id IN"
	    " (SELECT max(id) FROM entry WHERE at <= ?1"
	    " AND release IS NOT NULL AND kind <> 'profile'"
	    " AND (?2 IS NULL OR release = ?2)"
	    " GROUP BY release) ORDER BY start, release",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	if (release != NULL)
		query_set_text(query, 2, release);
	return each_row(arena, query, each, context);
}

const struct error *
ledger_each_after(struct arena *arena, struct store *store, int64_t after,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS ", said FROM entry e WHERE id > ?1"
	    " AND release IS NOT NULL AND kind <> 'profile'"
	    " AND NOT EXISTS (SELECT 1 FROM entry n"
	    " WHERE n.release = e.release AND n.id > e.id) ORDER BY id",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, after);
	return each_row(arena, query, each, context);
}

const struct error *
ledger_recent(struct arena *arena, struct store *store, const char *department,
    int64_t most, struct entries *entries)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS " FROM entry WHERE release IS NOT NULL"
	    " AND kind <> 'profile' AND (?1 IS NULL OR"
	    " (release >= ?1 || '/' AND release < ?1 || '0'))"
	    " ORDER BY id DESC LIMIT ?2",
	    &query);
	struct entry entry;
	bool row;

	*entries = (struct entries){ 0 };
	if (error != NULL)
		return error;
	if (department != NULL)
		query_set_text(query, 1, department);
	query_set_int(query, 2, most);
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL) {
		entry.release = arena_strdup(arena, entry.release);
		entry.policy = NULL;
		ARRAY_PUSH(arena, entries, entry);
	}
	query_close(query);
	return error;
}
