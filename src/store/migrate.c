#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#define APPLICATION_ID 0x79756761 /* "yuga" */

static const struct error *
read_number(struct store *store, const char *sql, int64_t *number)
{
	struct query *query;
	const struct error *error = query_open(store, sql, &query);
	bool row;

	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL)
		*number = row ? query_int(query, 0) : 0;
	query_close(query);
	return error;
}

/* An empty file that only we may read, for SQLite to fill. */
static const struct error *
make_private(struct store *store, const char *path)
{
	int fd;

	if (unlink(path) == -1 && errno != ENOENT)
		return error_errno(store->arena, "store.back_up", path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return error_errno(store->arena, "store.back_up", path);
	close(fd);
	return NULL;
}

/* SQLite does not sync what VACUUM INTO writes. */
static const struct error *
settle(struct store *store, const char *temp, const char *path)
{
	const struct error *error = NULL;
	const char *slash = strrchr(path, '/');
	int fd = open(temp, O_RDONLY | O_CLOEXEC);

	if (fd == -1 || fsync(fd) == -1 || rename(temp, path) == -1)
		error = error_errno(store->arena, "store.back_up", path);
	if (fd != -1)
		close(fd);
	if (error != NULL)
		return error;
	return file_sync_directory(
	    store->arena, slash == NULL ? "."
					: arena_strndup(store->arena, path,
					      (size_t)(slash - path) + 1));
}

static const struct error *
back_up(struct store *store, int64_t version)
{
	const char *path =
	    arena_printf(store->arena, "%s.v%d", store->path, (int)version);
	const char *temp = arena_printf(store->arena, "%s.new", path);
	const struct error *error;
	struct query *query;

	if ((error = make_private(store, temp)) != NULL ||
	    (error = query_open(store, "VACUUM INTO ?", &query)) != NULL)
		return error;
	query_set_text(query, 1, temp);
	error = query_run(query);
	query_close(query);
	return error != NULL ? error : settle(store, temp, path);
}

static const struct error *
upgrade(struct store *store, int64_t version)
{
	const struct error *error = NULL;
	const struct migration *rows;
	size_t n, i;

	rows = store_migrations(&n);
	for (i = 0; i < n && error == NULL; i++)
		if (rows[i].version > version)
			error = store_run(store, rows[i].sql);
	if (error != NULL)
		return error;
	return store_run(
	    store, arena_printf(store->arena,
		       "PRAGMA application_id = %d; PRAGMA user_version = %d",
		       APPLICATION_ID, rows[n - 1].version));
}

struct schema {
	int64_t application, version, tables;
};

static const struct error *
read_schema(struct store *store, struct schema *schema)
{
	const struct error *error;

	if ((error = read_number(store, "PRAGMA application_id",
		 &schema->application)) != NULL ||
	    (error = read_number(
		 store, "PRAGMA user_version", &schema->version)) != NULL)
		return error;
	return read_number(
	    store, "SELECT count(*) FROM sqlite_master", &schema->tables);
}

static const struct error *
refuse(struct store *store, const struct schema *schema, int64_t ours,
    enum store_mode mode)
{
	struct arena *arena = store->arena;
	const char *theirs =
	    arena_printf(arena, "%lld", (long long)schema->version);
	const char *known = arena_printf(arena, "%lld", (long long)ours);

	if (schema->tables == 0)
		return mode == STORE_WRITE
			   ? NULL
			   : ERROR_NEW(arena, ERROR_FAILED, NULL,
				 "store.missing", store->path);
	if (schema->application != APPLICATION_ID)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "store.foreign", store->path);
	if (schema->version > ours)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "store.newer",
		    store->path, theirs, known);
	if (schema->version < ours && mode == STORE_READ)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "store.older",
		    store->path, theirs, known);
	return NULL;
}

const struct error *
store_migrate(struct store *store, enum store_mode mode)
{
	const struct error *error;
	const struct migration *rows;
	struct schema schema;
	int64_t ours;
	size_t n;

	rows = store_migrations(&n);
	ours = rows[n - 1].version;
	if ((error = read_schema(store, &schema)) != NULL ||
	    (error = refuse(store, &schema, ours, mode)) != NULL ||
	    (schema.tables > 0 && schema.version == ours))
		return error;
	if (schema.tables > 0 &&
	    (error = back_up(store, schema.version)) != NULL)
		return error;
	if ((error = store_begin(store)) != NULL)
		return error;
	/* Again, now that nobody else can have been quicker. */
	error = read_schema(store, &schema);
	if (error == NULL)
		error = refuse(store, &schema, ours, mode);
	if (error == NULL && (schema.tables == 0 || schema.version < ours))
		error = upgrade(store, schema.tables == 0 ? 0 : schema.version);
	if (error == NULL)
		error = store_commit(store);
	if (error != NULL)
		store_rollback(store);
	return error;
}
