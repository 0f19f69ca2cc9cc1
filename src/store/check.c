/*
 * Whether the database itself is whole: its pages, and its schema, in which
 * the triggers stand that guard the evidence.
 */
#include "connection.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/error.h>

#define SCHEMA "SELECT type, name, sql FROM sqlite_master ORDER BY name, type"

struct objects {
	struct object {
		const char *name, *sql;
	} * v;
	size_t n, cap;
};

static const struct error *
check_pages(struct arena *arena, struct store *store, struct diags *diags)
{
	const struct place place = { .file = store->path };
	struct query *query;
	const struct error *error =
	    query_open(store, "PRAGMA integrity_check(20)", &query);
	bool row;

	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row)
		if (strcmp(query_text(query, 0), "ok") != 0)
			DIAG(arena, diags, DIAG_ERROR, place, "store.damaged",
			    store->path, query_text(query, 0));
	query_close(query);
	return error;
}

static const struct error *
read_objects(struct arena *arena, struct store *store, struct objects *objects)
{
	struct query *query;
	const struct error *error = query_open(store, SCHEMA, &query);
	bool row;

	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row) {
		const char *sql = query_text(query, 2);
		struct object object = { arena_printf(arena, "%s %s",
					     query_text(query, 0),
					     query_text(query, 1)),
			arena_strdup(arena, sql != NULL ? sql : "") };

		ARRAY_PUSH(arena, objects, object);
	}
	query_close(query);
	return error;
}

/* What the migrations make of an empty database. */
static const struct error *
read_expected(struct arena *arena, struct objects *objects)
{
	struct store store = { .arena = arena, .path = ":memory:" };
	const struct error *error = NULL;
	const struct migration *rows;
	size_t n, i;

	if (sqlite3_open_v2(store.path, &store.db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		error = store_error(&store, SQLITE_CANTOPEN);
	rows = store_migrations(&n);
	for (i = 0; i < n && error == NULL; i++)
		error = store_run(&store, rows[i].sql);
	if (error == NULL)
		error = read_objects(arena, &store, objects);
	store_close(&store);
	return error;
}

static const struct object *
find(const struct objects *objects, const struct object *object)
{
	size_t i;

	for (i = 0; i < objects->n; i++)
		if (strcmp(objects->v[i].name, object->name) == 0)
			return &objects->v[i];
	return NULL;
}

static void
compare(struct arena *arena, const char *path, const struct objects *expected,
    const struct objects *found, struct diags *diags)
{
	const struct place place = { .file = path };
	size_t i;

	for (i = 0; i < expected->n; i++) {
		const struct object *object = find(found, &expected->v[i]);

		if (object == NULL ||
		    strcmp(object->sql, expected->v[i].sql) != 0)
			DIAG(arena, diags, DIAG_ERROR, place, "store.schema",
			    expected->v[i].name);
	}
	for (i = 0; i < found->n; i++)
		if (find(expected, &found->v[i]) == NULL)
			DIAG(arena, diags, DIAG_ERROR, place,
			    "store.schema_strange", found->v[i].name);
}

const struct error *
store_check(struct arena *arena, struct store *store, struct diags *diags)
{
	struct objects expected = { 0 }, found = { 0 };
	const struct error *error;

	if ((error = check_pages(arena, store, diags)) != NULL ||
	    (error = read_objects(arena, store, &found)) != NULL ||
	    (error = read_expected(arena, &expected)) != NULL)
		return error;
	compare(arena, store->path, &expected, &found, diags);
	return NULL;
}
