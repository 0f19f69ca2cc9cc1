/*
 * The ledger as the public log: entries as lines of JSON, and where the chain
 * stands.
 */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/store.h>

#include "entry.h"

static const struct error *
bad_entry(struct arena *arena, int64_t id)
{
	return ERROR_NEW(arena, ERROR_FAILED, NULL, "ledger.bad_entry",
	    arena_printf(arena, "%lld", (long long)id));
}

const struct error *
ledger_head(struct arena *arena, struct store *store, int64_t id,
    struct ledger_head *head)
{
	struct query *query;
	const struct error *error = query_open(store,
	    id == -1 ? "SELECT id, at, hash FROM entry ORDER BY id DESC LIMIT 1"
		     : "SELECT id, at, hash FROM entry WHERE id = ?",
	    &query);
	bool row;

	*head = (struct ledger_head){ .id = 0 };
	if (error != NULL)
		return error;
	if (id != -1)
		query_set_int(query, 1, id);
	if ((error = query_next(query, &row)) == NULL && row) {
		head->id = query_int(query, 0);
		head->at.s = query_int(query, 1);
		if (!row_digest(query, 2, &head->hash))
			error = bad_entry(arena, head->id);
	}
	query_close(query);
	return error;
}

const struct error *
ledger_lines(struct arena *arena, struct store *store, int64_t first,
    int64_t last,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context)
{
	const struct error *error;
	struct ledger_head previous;
	struct query *query;
	struct buf buf;
	bool row;

	if ((error = ledger_head(arena, store, first - 1, &previous)) != NULL ||
	    (error = query_open(store,
		 "SELECT " ENTRY_COLUMNS ", hash, said FROM entry"
		 " WHERE id BETWEEN ? AND ? ORDER BY id",
		 &query)) != NULL)
		return error;
	query_set_int(query, 1, first);
	query_set_int(query, 2, last);
	buf_init(&buf, arena);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct entry entry;
		struct digest hash;

		if ((error = entry_of_row(arena, query, &entry)) != NULL)
			break;
		entry.said = query_text(query, ENTRY_COLUMNS_END + 1);
		if (!row_digest(query, ENTRY_COLUMNS_END, &hash) ||
		    (entry.release != NULL && entry.said == NULL)) {
			error = bad_entry(arena, entry.id);
			break;
		}
		entry_write(&buf, &entry, &previous.hash);
		line_write(&buf, &hash);
		previous.hash = hash;
		error = each(context, &(struct log_line){ entry.id, entry.at,
					  buf.data, buf.len });
		if (error != NULL)
			break;
	}
	query_close(query);
	return error;
}

/* Times never decrease and ids have no gaps: halve until it is found. */
const struct error *
ledger_before(struct store *store, struct instant instant, int64_t *id)
{
	int64_t low = 0, high = 0; /* entry `low` is before, `high` is not */
	const struct error *error;
	struct query *query;
	bool row;

	*id = 0;
	if ((error = query_open(store,
		 "SELECT at, max(id) FROM entry WHERE id <= ?", &query)) !=
	    NULL)
		return error;
	query_set_int(query, 1, INT64_MAX);
	error = query_next(query, &row);
	if (error == NULL && row)
		high = query_int(query, 1) + 1;
	while (error == NULL && high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		query_reset(query);
		query_set_int(query, 1, middle);
		error = query_next(query, &row);
		if (error == NULL && query_int(query, 0) < instant.s)
			low = middle;
		else
			high = middle;
	}
	query_close(query);
	*id = low;
	return error;
}
