/*
 * Whether the public tree is what the database says it is.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "manifest.h"
#include "plan.h"

#define DEPTH_MOST 16

struct verify {
	struct arena *arena;
	struct diags *diags;
	struct rows rows;
	const char *tree;
};

static void
complain(const struct verify *verify, const char *path, const char *id)
{
	const struct place place = { .file = file_join(
					 verify->arena, verify->tree, path) };

	DIAG(verify->arena, verify->diags, DIAG_ERROR, place, id);
}

static bool
is_same(
    const struct verify *verify, const char *path, const struct tree_file *file)
{
	struct digest digest;
	int64_t size;

	return file_digest(verify->arena, path, &digest, &size) == NULL &&
	       size == file->size &&
	       digest_compare(&digest, &file->digest) == 0;
}

static void
check_file(const struct verify *verify, const struct tree_file *file)
{
	const char *path = file_join(verify->arena, verify->tree, file->path);
	struct stat st;

	if (lstat(path, &st) == -1)
		complain(verify, file->path, "tree.verify_missing");
	else if (!S_ISREG(st.st_mode) || !is_same(verify, path, file))
		complain(verify, file->path, "tree.verify_bytes");
}

static void
check_name(const struct verify *verify, const char *path, int depth);

/* What stands in a folder ("" is the tree) and belongs to no manifest row. */
static void
check_folder(const struct verify *verify, const char *folder, int depth)
{
	DIR *dir = opendir(file_join(verify->arena, verify->tree, folder));
	const struct dirent *entry;

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			check_name(verify,
			    arena_printf(verify->arena, "%s%s%s", folder,
				folder[0] == '\0' ? "" : "/", entry->d_name),
			    depth);
	closedir(dir);
}

static void
check_name(const struct verify *verify, const char *path, int depth)
{
	struct stat st;

	if (lstat(file_join(verify->arena, verify->tree, path), &st) == -1)
		return;
	if (S_ISDIR(st.st_mode) && depth < DEPTH_MOST)
		check_folder(verify, path, depth + 1);
	else if (manifest_find(&verify->rows, path) == NULL)
		complain(verify, path, "tree.verify_strange");
}

/* Another configuration, or another program, would make another tree. */
static const struct error *
check_sources(const struct verify *verify, struct store *store,
    const struct office *office)
{
	struct arena *arena = verify->arena;
	const struct error *error;
	struct plan_of_tree plan;
	bool current;
	size_t i;

	error = tree_is_current(arena, store, office, &current);
	if (error != NULL || !current ||
	    (error = tree_plan(arena, store, office, &plan)) != NULL)
		return error;
	plan_sources(arena, &plan);
	for (i = 0; i < plan.n; i++) {
		const struct planned *planned = &plan.v[i];
		const struct row *row =
		    manifest_find(&verify->rows, planned->path);

		if (row == NULL ||
		    digest_compare(&row->source, &planned->source) != 0)
			complain(verify, planned->path, "tree.verify_source");
	}
	return NULL;
}

static void
check_link(const struct verify *verify, const struct office *office, int64_t id)
{
	const char *name = file_join(verify->arena, office->state, "public");
	const char *target =
	    arena_printf(verify->arena, "trees/%lld", (long long)id);
	const struct place place = { .file = name };
	char now[64] = "";
	long long other;

	if (readlink(name, now, sizeof(now) - 1) != -1 &&
	    strcmp(now, target) == 0)
		return;
	/* A run that died before its switch leaves the older one. */
	if (sscanf(now, "trees/%lld", &other) == 1 && other > id)
		DIAG(verify->arena, verify->diags, DIAG_ERROR, place,
		    "tree.verify_newer", now, target);
	else
		DIAG(verify->arena, verify->diags, DIAG_ERROR, place,
		    "tree.verify_link", target);
}

const struct error *
tree_verify(struct arena *arena, struct store *store,
    const struct office *office, struct diags *diags, size_t *files)
{
	struct verify verify = { .arena = arena, .diags = diags };
	const struct error *error;
	int64_t id;
	size_t i;

	*files = 0;
	if ((error = generation_read(store, &id)) != NULL || id == 0 ||
	    (error = manifest_read(arena, store, &verify.rows)) != NULL)
		return error;
	verify.tree = generation_path(arena, office, id);
	*files = verify.rows.n;
	check_link(&verify, office, id);
	for (i = 0; i < verify.rows.n; i++)
		check_file(&verify, &verify.rows.v[i].file);
	check_folder(&verify, "", 0);
	return check_sources(&verify, store, office);
}
