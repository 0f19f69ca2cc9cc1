/*
 * What waits to be delivered and is no file of the tree.  It stands in the
 * database, by its digest: written in the transaction of its message, it can
 * neither be there without one nor be missing.
 */
#include <yugao/arena.h>
#include <yugao/error.h>

#include "offer.h"

const struct error *
spool_add(struct store *store, const struct digest *digest, const void *bytes,
    size_t len)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO spool (digest, bytes) VALUES (?1, ?2)"
	    " ON CONFLICT (digest) DO NOTHING",
	    &query);

	if (error != NULL)
		return error;
	query_set_bytes(query, 1, digest->bytes, sizeof(digest->bytes));
	query_set_bytes(query, 2, bytes, len);
	error = query_run(query);
	query_close(query);
	return error;
}

const struct error *
spool_sweep(struct store *store)
{
	return store_run(store,
	    "DELETE FROM spool WHERE digest NOT IN (SELECT digest FROM message"
	    " WHERE state IN ('queued', 'held', 'refused')"
	    " AND digest IS NOT NULL)");
}

const struct error *
spool_read(struct arena *arena, struct store *store,
    const struct digest *digest, const char **bytes, bool *whole)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "SELECT bytes FROM spool WHERE digest = ?1", &query);
	struct digest found;
	const void *data;
	size_t len;
	bool row;

	*whole = false;
	if (error != NULL)
		return error;
	query_set_bytes(query, 1, digest->bytes, sizeof(digest->bytes));
	error = query_next(query, &row);
	if (error == NULL && row) {
		data = query_bytes(query, 0, &len);
		found = digest_of(data, len);
		*whole = digest_compare(&found, digest) == 0;
		*bytes = arena_strndup(arena, data == NULL ? "" : data, len);
	}
	query_close(query);
	return error;
}
