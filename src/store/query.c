#include "connection.h"

#include <string.h>

#include <yugao/arena.h>

/*
 * Closed queries stay prepared, for the next query_open of the same SQL:
 * preparing costs more than running.  Their number is that of the different
 * SQL texts in the program.
 */
struct query {
	struct store *store;
	struct query *next;
	sqlite3_stmt *stmt;
	const char *sql;
	bool open;
	int code; /* the first failed query_set_… */
};

static struct query *
find_closed(struct store *store, const char *sql)
{
	struct query *query = store->queries;

	while (query != NULL &&
	       (query->open ||
		   (query->sql != sql && strcmp(query->sql, sql) != 0)))
		query = query->next;
	return query;
}

const struct error *
query_open(struct store *store, const char *sql, struct query **query)
{
	struct query *q = find_closed(store, sql);

	*query = NULL;
	if (q == NULL) {
		sqlite3_stmt *stmt;
		int code = sqlite3_prepare_v3(
		    store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

		if (code != SQLITE_OK)
			return store_error(store, code);
		q = arena_alloc(store->arena, sizeof(*q));
		q->store = store;
		q->stmt = stmt;
		q->sql = arena_strdup(store->arena, sql);
		q->next = store->queries;
		store->queries = q;
	}
	q->open = true;
	*query = q;
	return NULL;
}

void
query_close(struct query *query)
{
	if (query == NULL)
		return;
	query_reset(query);
	query->open = false;
}

void
store_close_queries(struct store *store)
{
	struct query *query;

	for (query = store->queries; query != NULL; query = query->next)
		sqlite3_finalize(query->stmt);
	store->queries = NULL;
}

static void
bound(struct query *query, int code)
{
	if (query->code == SQLITE_OK)
		query->code = code;
}

void
query_set_int(struct query *query, int parameter, int64_t n)
{
	bound(query, sqlite3_bind_int64(query->stmt, parameter, n));
}

void
query_set_text(struct query *query, int parameter, const char *text)
{
	bound(query,
	    sqlite3_bind_text(query->stmt, parameter, text, -1, SQLITE_STATIC));
}

void
query_set_bytes(
    struct query *query, int parameter, const void *data, size_t len)
{
	/* To SQLite a NULL pointer is NULL, whatever the length. */
	bound(query, sqlite3_bind_blob64(query->stmt, parameter,
			 data == NULL ? "" : data, len, SQLITE_STATIC));
}

const struct error *
query_next(struct query *query, bool *row)
{
	const struct error *error = NULL;
	int code = query->code;

	*row = false;
	if (code == SQLITE_OK)
		code = sqlite3_step(query->stmt);
	if (code == SQLITE_ROW) {
		*row = true;
		return NULL;
	}
	if (code != SQLITE_DONE)
		error = store_error(query->store, code);
	query_reset(query);
	return error;
}

const struct error *
query_run(struct query *query)
{
	const struct error *error;
	bool row;

	do
		error = query_next(query, &row);
	while (error == NULL && row);
	return error;
}

void
query_reset(struct query *query)
{
	sqlite3_reset(query->stmt);
	sqlite3_clear_bindings(query->stmt);
	query->code = SQLITE_OK;
}

int64_t
query_int(struct query *query, int column)
{
	return sqlite3_column_int64(query->stmt, column);
}

const char *
query_text(struct query *query, int column)
{
	/* SQLite gives unsigned char; both are bytes. */
	return (const char *)sqlite3_column_text(query->stmt, column);
}

const void *
query_bytes(struct query *query, int column, size_t *len)
{
	const void *data = sqlite3_column_blob(query->stmt, column);

	*len = (size_t)sqlite3_column_bytes(query->stmt, column);
	return data;
}

bool
query_is_null(struct query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}
