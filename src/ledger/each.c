#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "entry.h"

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
	struct entry entry;
	bool row;

	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	if (release != NULL)
		query_set_text(query, 2, release);
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL) {
		entry.said = query_text(query, ENTRY_COLUMNS_END);
		if ((error = each(context, &entry)) != NULL)
			break;
	}
	query_close(query);
	return error;
}

/* Whether the row is what follows `hash`, which then becomes the row's. */
static bool
follows(
    struct arena *scratch, struct query *query, int64_t id, struct digest *hash)
{
	struct digest stored;
	struct entry entry;
	const void *bytes;
	size_t len;

	if (entry_of_row(scratch, query, &entry) != NULL || entry.id != id)
		return false;
	bytes = query_bytes(query, ENTRY_COLUMNS_END, &len);
	if (bytes == NULL || len != sizeof(stored.bytes))
		return false;
	memcpy(stored.bytes, bytes, len);
	entry.said = query_text(query, ENTRY_COLUMNS_END + 1);
	/* The schema forbids it, but the schema may have been tampered with. */
	if ((entry.release == NULL) != (entry.said == NULL))
		return false;
	*hash = entry_hash(scratch, &entry, hash);
	return digest_compare(hash, &stored) == 0;
}

const struct error *
ledger_verify(struct arena *arena, struct store *store, int64_t *broken)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS ", hash, said FROM entry ORDER BY id",
	    &query);
	struct arena *scratch;
	struct digest hash = { { 0 } };
	int64_t id = 0;
	bool row;

	(void)arena;
	*broken = 0;
	if (error != NULL)
		return error;
	scratch = arena_new();
	while ((error = query_next(query, &row)) == NULL && row) {
		if (!follows(scratch, query, ++id, &hash)) {
			*broken = id;
			break;
		}
		arena_reset(scratch);
	}
	arena_free(scratch);
	query_close(query);
	return error;
}
