/*
 * Files whose items are entries.  There are few of them, and each is rendered
 * when the file is written.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "plan.h"

static const struct error *
add_item(struct arena *arena, struct store *store,
    const struct planned *planned, const struct entry *entry, struct buf *out)
{
	struct announcement announcement;
	const struct error *error;
	const char *said;

	if ((error = ledger_said(arena, store, entry->id, &said)) != NULL ||
	    (error = announcement_read(arena, said, &announcement)) != NULL)
		return error;
	return planned->format->item(
	    out, &announcement, entry, planned->feed.lang, planned->feed.pages);
}

static const struct error *
changes_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const struct planned *planned = writing->planned;
	struct arena *scratch = arena_new();
	const struct error *error = NULL;
	struct buf out;
	size_t i;

	buf_init(&out, scratch);
	planned->format->head(&out, &planned->feed);
	writer_add(writer, out.data, out.len);
	for (i = 0; i < planned->feed.n && error == NULL; i++) {
		arena_reset(scratch);
		buf_init(&out, scratch);
		if (i > 0)
			writer_puts(writer, planned->format->separator);
		error = error_copy(arena,
		    add_item(scratch, store, planned, planned->items[i], &out));
		if (error == NULL)
			writer_add(writer, out.data, out.len);
	}
	arena_reset(scratch);
	buf_init(&out, scratch);
	planned->format->foot(&out, &planned->feed);
	writer_add(writer, out.data, out.len);
	arena_free(scratch);
	return error;
}

static const struct error *
changes_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n)
{
	(void)n;
	return planned_stream(arena, store, files, changes_content);
}

const struct planned_type planned_changes = { feed_source, changes_write };
