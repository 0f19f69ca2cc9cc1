#include <yugao/arena.h>
#include <yugao/error.h>

#include "plan.h"

const struct error *
planned_stream(struct arena *arena, struct store *store,
    const struct writing *writing,
    const struct error *(*content)(struct arena *arena, struct store *store,
	const struct writing *writing, struct writer *writer))
{
	struct arena *scratch = arena_new();
	struct tree_file *file = writing->file;
	struct writer *writer = NULL;
	const struct error *error =
	    writer_open(scratch, writing->path, &writer);

	if (error == NULL) {
		writer_sync_later(writer);
		error = content(scratch, store, writing, writer);
		if (error != NULL) {
			writer_abandon(writer);
		} else {
			file->path = writing->planned->path;
			file->mtime = writing->mtime;
			error = writer_close(
			    writer, file->mtime, &file->digest, &file->size);
		}
	}
	error = error_copy(arena, error);
	arena_free(scratch);
	return error;
}
