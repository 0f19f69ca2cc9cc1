#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>

#include "manifest.h"
#include "plan.h"

#define TARGET_SIZE 64

static const struct planned *
find_planned(const struct plan_of_tree *plan, const char *path)
{
	size_t i;

	for (i = 0; i < plan->n; i++)
		if (strcmp(plan->v[i].path, path) == 0)
			return &plan->v[i];
	return NULL;
}

/* Written outside the tree, so that no reader ever sees half of it. */
static const struct error *
mend_file(struct arena *arena, struct store *store, const struct office *office,
    const struct planned *planned, const struct tree_file *file,
    const char *tree)
{
	const char *temp = file_join(arena, office->state, "trees/mended");
	const char *path = file_join(arena, tree, file->path);
	struct tree_file made;
	const struct writing writing = { planned, tree, temp, file->mtime,
		&made, NULL };
	const struct error *error;

	if (planned == NULL)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "tree.not_same", file->path);
	if ((error = tree_make_parent(arena, tree, file->path)) != NULL ||
	    (error = planned->type->write(arena, store, &writing, 1)) != NULL)
		return error;
	if (digest_compare(&made.digest, &file->digest) != 0) {
		unlink(temp);
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "tree.not_same", file->path);
	}
	if (rename(temp, path) == -1)
		return error_errno(arena, "tree.stage", path);
	return NULL;
}

/* Size and mtime are enough, until somebody found other bytes. */
static bool
is_whole(struct arena *arena, const char *tree, const struct tree_file *file,
    bool thorough)
{
	struct digest digest;

	if (!tree_file_is_whole(arena, tree, file))
		return false;
	return !thorough ||
	       (file_digest(arena, file_join(arena, tree, file->path), &digest,
		    NULL) == NULL &&
		   digest_compare(&digest, &file->digest) == 0);
}

/* Makes what is missing or damaged anew; a cold cache is filled on the way. */
static const struct error *
mend(struct arena *arena, struct store *store, const struct office *office,
    const struct rows *rows, const char *tree, bool thorough)
{
	const struct error *error;
	struct plan_of_tree plan;
	size_t i;

	if ((error = store_begin(store)) != NULL)
		return error;
	error = tree_plan(arena, store, office, &plan);
	for (i = 0; i < plan.n && error == NULL; i++) {
		const struct row *row = manifest_find(rows, plan.v[i].path);

		if (row != NULL)
			plan.v[i].known = row->file;
	}
	for (i = 0; i < rows->n && error == NULL; i++) {
		const struct tree_file *file = &rows->v[i].file;

		if (!is_whole(arena, tree, file, thorough))
			error = mend_file(arena, store, office,
			    find_planned(&plan, file->path), file, tree);
	}
	if (error == NULL)
		error = file_sync_all(arena, tree);
	if (error == NULL)
		error = store_commit(store);
	if (error != NULL)
		store_rollback(store);
	return error;
}

static bool
are_whole(struct arena *arena, const struct rows *rows, const char *tree,
    bool thorough)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (!is_whole(arena, tree, &rows->v[i].file, thorough))
			return false;
	return true;
}

static const struct error *
point(struct arena *arena, const struct office *office, const char *target)
{
	const char *name = file_join(arena, office->state, "public");
	const char *temp = file_join(arena, office->state, ".public.new");
	char now[TARGET_SIZE];
	ssize_t n = readlink(name, now, sizeof(now));

	if (n == (ssize_t)strlen(target) && memcmp(now, target, (size_t)n) == 0)
		return NULL;
	if (unlink(temp) == -1 && errno != ENOENT)
		return error_errno(arena, "tree.switch", name);
	if (symlink(target, temp) == -1 || rename(temp, name) == -1)
		return error_errno(arena, "tree.switch", name);
	return file_sync_directory(arena, office->state);
}

/* The generation of a name like "12", or 0. */
static int64_t
generation_of(const char *name)
{
	if (name[0] < '1' || name[0] > '9' ||
	    name[strspn(name, "0123456789")] != '\0' || strlen(name) > 18)
		return 0;
	return strtoll(name, NULL, 10);
}

static const struct error *
list(struct arena *arena, const char *directory, struct names *names)
{
	const struct error *error = NULL;
	struct dirent *entry;
	DIR *dir = opendir(directory);

	*names = (struct names){ 0 };
	if (dir == NULL)
		return error_errno(arena, "tree.clean", directory);
	while (errno = 0, (entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			ARRAY_PUSH(
			    arena, names, arena_strdup(arena, entry->d_name));
	if (errno != 0)
		error = error_errno(arena, "tree.clean", directory);
	closedir(dir);
	return error;
}

/*
 * Removes all but this generation and the one before it, which a server's
 * cache of open files may still be sending.
 */
static const struct error *
clean(struct arena *arena, const struct office *office, int64_t current)
{
	const char *trees = file_join(arena, office->state, "trees");
	struct names names;
	const struct error *error = list(arena, trees, &names);
	int64_t before = 0;
	size_t i;

	for (i = 0; i < names.n; i++) {
		int64_t id = generation_of(names.v[i]);

		if (id < current && id > before)
			before = id;
	}
	for (i = 0; i < names.n && error == NULL; i++) {
		int64_t id = generation_of(names.v[i]);

		if (id == 0 || (id != current && id != before))
			error = file_remove_tree(
			    arena, file_join(arena, trees, names.v[i]));
	}
	return error;
}

static const struct error *
switch_to(struct arena *arena, struct store *store, const struct office *office,
    bool thorough)
{
	const struct error *error;
	const char *tree;
	struct rows rows;
	int64_t id;

	if ((error = generation_read(store, &id)) != NULL || id == 0 ||
	    (error = manifest_read(arena, store, &rows)) != NULL)
		return error;
	tree = generation_path(arena, office, id);
	if (!are_whole(arena, &rows, tree, thorough) &&
	    (error = mend(arena, store, office, &rows, tree, thorough)) != NULL)
		return error;
	error = point(
	    arena, office, arena_printf(arena, "trees/%lld", (long long)id));
	return error != NULL ? error : clean(arena, office, id);
}

const struct error *
tree_switch(
    struct arena *arena, struct store *store, const struct office *office)
{
	return switch_to(arena, store, office, false);
}

const struct error *
tree_mend(struct arena *arena, struct store *store, const struct office *office)
{
	return switch_to(arena, store, office, true);
}
