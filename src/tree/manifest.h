#ifndef TREE_MANIFEST_H
#define TREE_MANIFEST_H

#include <yugao/tree.h>

/* A row of the manifest in the database. */
struct row {
	struct tree_file file;
	struct digest source;
	bool linked; /* of a staged file: it is the old one by another name */
};

struct rows {
	struct row *v; /* sorted by path */
	size_t n, cap;
};

/* The generation that the database names; 0 if none. */
const struct error *generation_read(struct store *store, int64_t *id);
const struct error *
generation_add(struct store *store, int64_t id, struct instant at);

const struct error *
manifest_read(struct arena *arena, struct store *store, struct rows *rows);
const struct row *manifest_find(const struct rows *rows, const char *path);
void manifest_sort(struct rows *rows);
/* Inserts, changes and deletes what differs; both are sorted. */
const struct error *manifest_write(
    struct store *store, const struct rows *old, const struct rows *rows);

/* Remembers the inputs that tree_is_current() asks for. */
const struct error *inputs_write(
    struct arena *arena, struct store *store, const struct office *office);

/* Where generation `id` stands. */
const char *
generation_path(struct arena *arena, const struct office *office, int64_t id);
/* Whether the file is there with the size and mtime of the manifest. */
bool tree_file_is_whole(
    struct arena *arena, const char *tree, const struct tree_file *file);
/* Makes the directory that the path's file is in, below the tree. */
const struct error *
tree_make_parent(struct arena *arena, const char *tree, const char *path);

#endif
