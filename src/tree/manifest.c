#include "manifest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>

const struct error *
generation_read(struct store *store, int64_t *id)
{
	struct query *query;
	const struct error *error =
	    query_open(store, "SELECT max(id) FROM generation", &query);
	bool row;

	*id = 0;
	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL && row)
		*id = query_int(query, 0);
	query_close(query);
	return error;
}

const struct error *
generation_add(struct store *store, int64_t id, struct instant at)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "INSERT INTO generation (id, at) VALUES (?, ?)", &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, id);
	query_set_int(query, 2, at.s);
	error = query_run(query);
	query_close(query);
	return error;
}

static bool
read_digest(struct query *query, int column, struct digest *digest)
{
	size_t len;
	const void *bytes = query_bytes(query, column, &len);

	if (bytes == NULL || len != sizeof(digest->bytes))
		return false;
	memcpy(digest->bytes, bytes, len);
	return true;
}

static const struct error *
read_row(struct arena *arena, struct query *query, struct row *row)
{
	*row = (struct row){
		.file = {
			.path = arena_strdup(arena, query_text(query, 0)),
			.size = query_int(query, 2),
			.mtime.s = query_int(query, 3),
		},
	};
	if (!read_digest(query, 1, &row->file.digest) ||
	    !read_digest(query, 4, &row->source))
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "tree.bad_manifest",
		    row->file.path);
	return NULL;
}

const struct error *
manifest_read(struct arena *arena, struct store *store, struct rows *rows)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT path, digest, size, mtime, source FROM manifest"
	    " ORDER BY path",
	    &query);
	struct row file;
	bool row;

	*rows = (struct rows){ 0 };
	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = read_row(arena, query, &file)) == NULL)
		ARRAY_PUSH(arena, rows, file);
	query_close(query);
	return error;
}

const struct row *
manifest_find(const struct rows *rows, const char *path)
{
	size_t low = 0, high = rows->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(rows->v[middle].file.path, path);

		if (order == 0)
			return &rows->v[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return strcmp(x->file.path, y->file.path);
}

void
manifest_sort(struct rows *rows)
{
	qsort(rows->v, rows->n, sizeof(*rows->v), compare_rows);
}

static const struct error *
delete_row(struct store *store, const char *path)
{
	struct query *query;
	const struct error *error =
	    query_open(store, "DELETE FROM manifest WHERE path = ?", &query);

	if (error != NULL)
		return error;
	query_set_text(query, 1, path);
	error = query_run(query);
	query_close(query);
	return error;
}

static const struct error *
put_row(struct store *store, const struct row *row)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO manifest (path, digest, size, mtime, source)"
	    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
	    " digest = excluded.digest, size = excluded.size,"
	    " mtime = excluded.mtime, source = excluded.source",
	    &query);

	if (error != NULL)
		return error;
	query_set_text(query, 1, row->file.path);
	query_set_bytes(query, 2, &row->file.digest, sizeof(struct digest));
	query_set_int(query, 3, row->file.size);
	query_set_int(query, 4, row->file.mtime.s);
	query_set_bytes(query, 5, &row->source, sizeof(struct digest));
	error = query_run(query);
	query_close(query);
	return error;
}

static bool
is_kept(const struct rows *old, const struct row *row)
{
	const struct row *was = manifest_find(old, row->file.path);

	return was != NULL &&
	       digest_compare(&was->file.digest, &row->file.digest) == 0 &&
	       digest_compare(&was->source, &row->source) == 0 &&
	       was->file.size == row->file.size &&
	       was->file.mtime.s == row->file.mtime.s;
}

const struct error *
manifest_write(
    struct store *store, const struct rows *old, const struct rows *rows)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < old->n && error == NULL; i++)
		if (manifest_find(rows, old->v[i].file.path) == NULL)
			error = delete_row(store, old->v[i].file.path);
	for (i = 0; i < rows->n && error == NULL; i++)
		if (!is_kept(old, &rows->v[i]))
			error = put_row(store, &rows->v[i]);
	return error;
}

const struct error *
tree_manifest(
    struct arena *arena, struct store *store, struct tree_files *files)
{
	struct rows rows;
	const struct error *error = manifest_read(arena, store, &rows);
	size_t i;

	*files = (struct tree_files){ 0 };
	for (i = 0; i < rows.n && error == NULL; i++)
		ARRAY_PUSH(arena, files, rows.v[i].file);
	return error;
}

const char *
generation_path(struct arena *arena, const struct office *office, int64_t id)
{
	return file_join(arena, office->state,
	    arena_printf(arena, "trees/%lld", (long long)id));
}

bool
tree_file_is_whole(
    struct arena *arena, const char *tree, const struct tree_file *file)
{
	const char *path = file_join(arena, tree, file->path);
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size == file->size && st.st_mtime == file->mtime.s;
}

static size_t
parent_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path);
}

static const char *
parent_of(struct arena *arena, const char *tree, const char *path)
{
	size_t len = parent_length(path);

	return len == 0
		   ? tree
		   : file_join(arena, tree, arena_strndup(arena, path, len));
}

const struct error *
tree_make_parent(struct arena *arena, const char *tree, const char *path)
{
	const char *parent = parent_of(arena, tree, path);
	struct stat st;

	if (stat(parent, &st) == 0 && S_ISDIR(st.st_mode))
		return NULL;
	return file_make_directories(arena, parent);
}
