#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/lint.h>
#include <yugao/store.h>

#include "gate.h"
#include "plan.h"
#include "render.h"

/* Where the bytes of one file go. */
struct sink {
	const struct planned *planned;
	const char *key; /* of its parts */
	struct writer *writer;
	struct lint *lint; /* or NULL */
};

struct sinks {
	struct sink *v;
	size_t n, cap;
};

static void
sink_add(struct sink *sink, const void *data, size_t len)
{
	writer_add(sink->writer, data, len);
	if (sink->lint != NULL)
		lint_add(sink->lint, data, len);
}

static void
sink_item(struct sink *sink, const struct bytes *item)
{
	struct arena *arena;
	struct buf buf;

	if (!sink->planned->links) {
		sink_add(sink, item->data, item->len);
		return;
	}
	arena = arena_new();
	buf_init(&buf, arena);
	ical_standard_links(&buf, item->data, item->len);
	sink_add(sink, buf.data, buf.len);
	arena_free(arena);
}

static const struct error *
open_sinks(struct arena *arena, const struct writing *files, size_t n,
    struct sinks *sinks)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < n && error == NULL; i++) {
		const struct planned *planned = files[i].planned;
		struct sink sink = {
			.planned = planned,
			.key = part_key(
			    arena, planned->format, planned->feed.lang),
		};

		error = writer_open(arena, files[i].path, &sink.writer);
		if (error != NULL)
			break;
		writer_sync_later(sink.writer);
		if (planned->format->linted)
			sink.lint = lint_new(arena);
		ARRAY_PUSH(arena, sinks, sink);
	}
	return error;
}

static void
sink_ends(struct arena *arena, struct sinks *sinks, bool head)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < sinks->n; i++) {
		const struct planned *planned = sinks->v[i].planned;

		buf_clear(&buf);
		if (head)
			planned->format->head(&buf, &planned->feed);
		else
			planned->format->foot(&buf, &planned->feed);
		sink_add(&sinks->v[i], buf.data, buf.len);
	}
}

/* False if a part is missing; then nothing was added. */
static bool
sink_parts(struct sinks *sinks, const struct bytes *rendering, bool first)
{
	struct bytes part;
	size_t i;

	for (i = 0; i < sinks->n; i++)
		if (!part_find(rendering->data, rendering->len, sinks->v[i].key,
			&part))
			return false;
	for (i = 0; i < sinks->n; i++) {
		struct sink *sink = &sinks->v[i];
		const char *separator = sink->planned->format->separator;

		part_find(rendering->data, rendering->len, sink->key, &part);
		if (!first)
			sink_add(sink, separator, strlen(separator));
		sink_item(sink, &part);
	}
	return true;
}

static const struct error *
find_rendering(
    struct query *query, const struct entry *entry, struct bytes *rendering)
{
	const struct error *error;
	bool row;

	query_reset(query);
	query_set_int(query, 1, entry->id);
	*rendering = (struct bytes){ "", 0 };
	error = query_next(query, &row);
	if (error == NULL && row)
		rendering->data = query_bytes(query, 0, &rendering->len);
	return error;
}

static const struct error *
sink_items(struct arena *arena, struct store *store,
    const struct planned *planned, struct sinks *sinks)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "SELECT bytes FROM rendering WHERE entry = ?", &query);
	size_t i;

	for (i = 0; i < planned->feed.n && error == NULL; i++) {
		const struct entry *entry = planned->items[i];
		struct bytes rendering;

		if ((error = find_rendering(query, entry, &rendering)) !=
			NULL ||
		    sink_parts(sinks, &rendering, i == 0))
			continue;
		/* The cache has lost it, or does not know the format yet. */
		error = render_missing(
		    arena, store, entry, planned->feed.pages, &rendering);
		if (error == NULL)
			error = find_rendering(query, entry, &rendering);
		if (error == NULL)
			sink_parts(sinks, &rendering, i == 0);
	}
	query_close(query);
	return error;
}

/* Findings that readers would stumble over: the gate's, or the first. */
static const struct error *
judge(struct arena *arena, struct sink *sink, struct gate *gate)
{
	struct findings findings = { 0 };
	size_t i;

	if (sink->lint == NULL)
		return NULL;
	lint_end(sink->lint, &findings);
	for (i = 0; i < findings.n; i++) {
		const struct finding *finding = &findings.v[i];

		if (finding->rule->severity != LINT_ERROR)
			continue;
		if (gate != NULL)
			gate_lint(gate, sink->planned->path, finding);
		else
			return ERROR_NEW(arena, ERROR_FAILED,
			    error_new(
				arena, ERROR_FAILED, NULL, finding->message),
			    "tree.lint", sink->planned->path,
			    arena_printf(
				arena, "%zu:%zu", finding->line, finding->col),
			    finding->rule->id);
	}
	return NULL;
}

/* Closes all; those after a failure are given up. */
static const struct error *
close_sinks(
    const struct writing *files, struct sinks *sinks, const struct error *error)
{
	size_t i;

	for (i = 0; i < sinks->n; i++) {
		struct tree_file *file = files[i].file;

		if (error != NULL) {
			writer_abandon(sinks->v[i].writer);
			continue;
		}
		file->path = files[i].planned->path;
		file->mtime = files[i].mtime;
		error = writer_close(sinks->v[i].writer, file->mtime,
		    &file->digest, &file->size);
	}
	return error;
}

/* An iCalendar file is linted on the way. */
static const struct error *
feed_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n)
{
	struct sinks sinks = { 0 };
	const struct error *error;
	/* The lint keeps every UID until the end. */
	struct arena *scratch = arena_new();
	size_t i;

	error = open_sinks(scratch, files, n, &sinks);
	if (error == NULL) {
		sink_ends(scratch, &sinks, true);
		error = sink_items(scratch, store, files[0].planned, &sinks);
		sink_ends(scratch, &sinks, false);
	}
	for (i = 0; i < sinks.n && error == NULL; i++)
		error = judge(scratch, &sinks.v[i], files[i].gate);
	error = close_sinks(files, &sinks, error);
	error = error_copy(arena, error);
	arena_free(scratch);
	return error;
}

/* Head, foot, and which items. */
struct digest
feed_source(struct arena *arena, const struct planned *planned)
{
	struct hasher *hasher = hasher_new();
	struct digest digest;
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	planned->format->head(&buf, &planned->feed);
	buf_putc(&buf, '\0');
	planned->format->foot(&buf, &planned->feed);
	hasher_add(hasher, buf.data, buf.len + 1);
	if (planned->feed.pages != NULL)
		hasher_add(hasher, planned->feed.pages,
		    strlen(planned->feed.pages) + 1);
	for (i = 0; i < planned->feed.n; i++)
		hasher_add(hasher, &planned->items[i]->id,
		    sizeof(planned->items[i]->id));
	digest = hasher_end(hasher);
	hasher_free(hasher);
	return digest;
}

const struct planned_type planned_feed = { feed_source, feed_write };
