#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>

#include "gate.h"
#include "manifest.h"
#include "plan.h"
#include "render.h"

struct stage {
	struct arena *arena;
	struct store *store;
	const struct office *office;
	struct plan_of_tree plan;
	struct rows old, rows; /* rows: as in plan, until they are sorted */
	int64_t generation;    /* the old one; 0 if none */
	const char *old_tree, *temp, *tree;
	struct gate gate;
	const struct tree_gate *order; /* or NULL */
};

/*
 * A reader that compares dates must see that a file changed, so its mtime
 * grows, by a second at least.
 */
static struct instant
next_mtime(const struct planned *planned, const struct row *old)
{
	struct instant mtime = planned->updated;

	if (old != NULL && mtime.s <= old->file.mtime.s)
		mtime.s = old->file.mtime.s + 1;
	return mtime;
}

/* False where the file has to be written anew, whatever the reason. */
static bool
link_old(struct stage *stage, const struct row *old, const char *path)
{
	if (old == NULL ||
	    !tree_file_is_whole(stage->arena, stage->old_tree, &old->file))
		return false;
	return link(file_join(stage->arena, stage->old_tree, old->file.path),
		   path) == 0;
}

static const struct error *
set_mtime(struct arena *arena, const char *path, struct instant mtime)
{
	const struct timespec times[2] = {
		{ .tv_sec = (time_t)mtime.s },
		{ .tv_sec = (time_t)mtime.s },
	};
	const struct error *error = NULL;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd == -1 || futimens(fd, times) == -1)
		error = error_errno(arena, "tree.mtime", path);
	if (fd != -1)
		close(fd);
	return error;
}

static bool
is_same_source(const struct row *row, const struct row *old)
{
	return old != NULL && digest_compare(&row->source, &old->source) == 0;
}

/* What was written turned out to be what is there already. */
static const struct error *
settle_file(struct stage *stage, const struct writing *writing)
{
	const struct row *old =
	    manifest_find(&stage->old, writing->planned->path);
	struct tree_file *file = writing->file;

	file->changed = old == NULL ||
			digest_compare(&file->digest, &old->file.digest) != 0;
	if (file->changed)
		return NULL;
	file->mtime = old->file.mtime;
	return set_mtime(stage->arena, writing->path, file->mtime);
}

/* Links the files whose source is the same, writes the others in one pass. */
static const struct error *
stage_group(struct stage *stage, size_t first)
{
	struct arena *arena = stage->arena;
	size_t end = first + stage->plan.v[first].group, n = 0, i;
	struct writing *writing =
	    arena_alloc(arena, (end - first) * sizeof(*writing));
	const struct error *error = NULL;

	for (i = first; i < end; i++) {
		const struct planned *planned = &stage->plan.v[i];
		struct row *row = &stage->rows.v[i];
		const struct row *old =
		    manifest_find(&stage->old, planned->path);
		const char *path = file_join(arena, stage->temp, planned->path);

		if ((error = tree_make_parent(
			 arena, stage->temp, planned->path)) != NULL)
			return error;
		row->linked =
		    is_same_source(row, old) && link_old(stage, old, path);
		if (row->linked)
			row->file = old->file;
		else
			writing[n++] = (struct writing){ planned, stage->temp,
				path, next_mtime(planned, old), &row->file,
				&stage->gate };
	}
	if (n > 0)
		error = stage->plan.v[first].type->write(
		    arena, stage->store, writing, n);
	for (i = 0; i < n && error == NULL; i++)
		error = settle_file(stage, &writing[i]);
	for (i = first; i < end; i++)
		stage->plan.v[i].known = stage->rows.v[i].file;
	return error;
}

/* Clears what a killed run left, under either name. */
static const struct error *
clear(struct stage *stage)
{
	const char *trees =
	    file_join(stage->arena, stage->office->state, "trees");
	const struct error *error;

	if ((error = file_make_directories(stage->arena, trees)) != NULL ||
	    (error = file_remove_tree(stage->arena, stage->temp)) != NULL ||
	    (error = file_remove_tree(stage->arena, stage->tree)) != NULL)
		return error;
	return file_make_directories(stage->arena, stage->temp);
}

static const struct error *
settle(struct stage *stage)
{
	const struct error *error = file_sync_all(stage->arena, stage->temp);

	if (error != NULL)
		return error;
	if (rename(stage->temp, stage->tree) == -1)
		return error_errno(stage->arena, "tree.stage", stage->tree);
	return file_sync_directory(stage->arena,
	    file_join(stage->arena, stage->office->state, "trees"));
}

/* A refused tree stays until the next run, so that it can be looked at. */
static const struct error *
pass_gate(struct stage *stage)
{
	struct gate *gate = &stage->gate;
	const char *refused =
	    file_join(stage->arena, stage->office->state, "trees/refused");
	const struct error *error, *verdict;

	gate->view = stage->plan.view;
	gate->old = &stage->old;
	gate->new = &stage->rows;
	gate->old_tree = stage->old_tree;
	gate->new_tree = stage->temp;
	if ((error = gate_compare(gate)) != NULL)
		return error;
	verdict = gate_judge(gate, stage->order, refused);
	if (verdict == NULL)
		return NULL;
	if ((error = file_remove_tree(stage->arena, refused)) != NULL)
		return error;
	if (rename(stage->temp, refused) == -1)
		return error_errno(stage->arena, "tree.stage", refused);
	return verdict;
}

static const struct error *
stage_files(struct stage *stage)
{
	const struct error *error = clear(stage);
	size_t i;

	for (i = 0; i < stage->plan.n && error == NULL;
	     i += stage->plan.v[i].group)
		error = stage_group(stage, i);
	if (error == NULL) {
		manifest_sort(&stage->rows);
		if ((error = pass_gate(stage)) == NULL)
			error = settle(stage);
	}
	if (error != NULL)
		file_remove_tree(stage->arena, stage->temp);
	return error;
}

static struct instant
newest(const struct stage *stage)
{
	struct instant at = { 0 };
	size_t i;

	for (i = 0; i < stage->plan.n; i++)
		if (stage->plan.v[i].updated.s > at.s)
			at = stage->plan.v[i].updated;
	return at;
}

/* Fills the sources; true if every file would come out as it is. */
static bool
is_unchanged(struct stage *stage)
{
	bool same = stage->generation > 0 && stage->plan.n == stage->old.n;
	size_t i;

	plan_sources(stage->arena, &stage->plan);
	for (i = 0; i < stage->plan.n; i++) {
		const struct planned *planned = &stage->plan.v[i];
		struct row row = {
			.file.path = planned->path,
			.source = planned->source,
		};

		ARRAY_PUSH(stage->arena, &stage->rows, row);
		same = same && is_same_source(&row,
				   manifest_find(&stage->old, planned->path));
	}
	return same;
}

static const struct error *
write_generation(struct stage *stage)
{
	const struct error *error;

	stage->old_tree =
	    generation_path(stage->arena, stage->office, stage->generation);
	stage->tree =
	    generation_path(stage->arena, stage->office, stage->generation + 1);
	stage->temp = arena_printf(stage->arena, "%s.tmp", stage->tree);
	if ((error = stage_files(stage)) != NULL ||
	    (error = manifest_write(stage->store, &stage->old, &stage->rows)) !=
		NULL)
		return error;
	return generation_add(
	    stage->store, stage->generation + 1, newest(stage));
}

const struct error *
tree_stage(struct arena *arena, struct store *store,
    const struct office *office, const struct tree_gate *gate,
    struct tree_files *files)
{
	struct stage stage = { .arena = arena,
		.store = store,
		.office = office,
		.gate = { .arena = arena, .office = office },
		.order = gate };
	const struct error *error;
	size_t i;

	*files = (struct tree_files){ 0 };
	if ((error = renderings_check(arena, store, office)) != NULL ||
	    (error = generation_read(store, &stage.generation)) != NULL ||
	    (error = manifest_read(arena, store, &stage.old)) != NULL ||
	    (error = tree_plan(arena, store, office, &stage.plan)) != NULL)
		return error;
	if (is_unchanged(&stage))
		stage.rows = stage.old;
	else if ((error = write_generation(&stage)) != NULL)
		return error;
	for (i = 0; i < stage.rows.n; i++)
		ARRAY_PUSH(arena, files, stage.rows.v[i].file);
	return inputs_write(arena, store, office);
}
