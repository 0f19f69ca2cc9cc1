#include "render.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>
#include <yugao/tree.h>

const char *
part_key(struct arena *arena, const struct format *format, enum lang lang)
{
	return arena_printf(arena, "%s %s ", format->name, lang_name(lang));
}

bool
part_find(
    const char *rendering, size_t len, const char *key, struct bytes *part)
{
	const char *at = rendering, *end = rendering + len;
	size_t key_len = strlen(key);

	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		const char *number;
		size_t size;

		if (line == NULL)
			return false;
		for (number = line; number > at && number[-1] != ' ';)
			number--;
		size = strtoul(number, NULL, 10);
		if (size > (size_t)(end - line - 1))
			return false;
		*part = (struct bytes){ line + 1, size };
		if ((size_t)(number - at) == key_len &&
		    memcmp(at, key, key_len) == 0)
			return true;
		at = line + 1 + size;
	}
	return false;
}

/* What is rendered, and where it links to. */
struct rendered {
	const struct entry *entry;
	const struct announcement *announcement;
	const char *pages;
};

static const struct error *
render_item(struct arena *arena, struct buf *item, const struct format *format,
    enum lang lang, const struct rendered *of)
{
	const struct error *error;

	buf_clear(item);
	error =
	    format->item(item, of->announcement, of->entry, lang, of->pages);
	if (error == NULL && format->check != NULL)
		error = format->check(
		    arena, item->data, item->len, of->announcement);
	if (error != NULL)
		return ERROR_NEW(arena, ERROR_FAILED, error, "tree.render",
		    of->entry->release, format->name);
	return NULL;
}

/* Adds every part that is not in the rendering yet. */
static const struct error *
render_parts(
    struct arena *arena, struct buf *rendering, const struct rendered *of)
{
	const struct format *formats;
	const struct error *error = NULL;
	struct bytes part;
	struct buf item;
	size_t n, i;

	formats = artifact_formats(&n);
	buf_init(&item, arena);
	for (i = 0; i < n * LANG_COUNT && error == NULL; i++) {
		const struct format *format = &formats[i / LANG_COUNT];
		enum lang lang = (enum lang)(i % LANG_COUNT);
		const char *key = part_key(arena, format, lang);

		if (part_find(rendering->data, rendering->len, key, &part))
			continue;
		error = render_item(arena, &item, format, lang, of);
		buf_puts(rendering, key);
		buf_int(rendering, (int64_t)item.len);
		buf_putc(rendering, '\n');
		buf_add(rendering, item.data, item.len);
	}
	return error;
}

const char *
rendering_pages(const struct office *office)
{
	return office->site ? office->url : NULL;
}

static const struct error *
keep(
    struct store *store, const struct entry *entry, const struct buf *rendering)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO rendering (entry, bytes) VALUES (?, ?)"
	    " ON CONFLICT (entry) DO UPDATE SET bytes = excluded.bytes",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, entry->id);
	query_set_bytes(query, 2, rendering->data, rendering->len);
	error = query_run(query);
	query_close(query);
	return error;
}

const struct error *
tree_render(struct arena *arena, struct store *store,
    const struct office *office, const struct entry *entry,
    const struct announcement *announcement)
{
	const struct rendered of = { entry, announcement,
		rendering_pages(office) };
	const struct error *error;
	struct buf rendering;

	if (entry->release == NULL || entry->kind == ENTRY_PROFILE)
		return NULL;
	buf_init(&rendering, arena);
	error = render_parts(arena, &rendering, &of);
	return error != NULL ? error : keep(store, entry, &rendering);
}

static const struct error *
read_rendering(struct arena *arena, struct store *store, int64_t entry,
    struct bytes *rendering)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "SELECT bytes FROM rendering WHERE entry = ?1", &query);
	const void *data;
	bool row;

	*rendering = (struct bytes){ "", 0 };
	if (error != NULL)
		return error;
	query_set_int(query, 1, entry);
	error = query_next(query, &row);
	if (error == NULL && row) {
		data = query_bytes(query, 0, &rendering->len);
		rendering->data = arena_copy(arena, data, rendering->len);
	}
	query_close(query);
	return error;
}

static const struct error *
render_from_ledger(struct arena *arena, struct store *store,
    const struct entry *entry, const char *pages, struct buf *rendering)
{
	struct announcement announcement;
	const struct rendered of = { entry, &announcement, pages };
	const struct error *error;
	const char *said;

	if ((error = ledger_said(arena, store, entry->id, &said)) != NULL ||
	    (error = announcement_read(arena, said, &announcement)) != NULL ||
	    (error = render_parts(arena, rendering, &of)) != NULL)
		return error;
	return keep(store, entry, rendering);
}

const struct error *
render_missing(struct arena *arena, struct store *store,
    const struct entry *entry, const char *pages, const struct bytes *rendering)
{
	struct arena *scratch = arena_new();
	const struct error *error;
	struct buf buf;

	buf_init(&buf, scratch);
	buf_add(&buf, rendering->data, rendering->len);
	error = render_from_ledger(scratch, store, entry, pages, &buf);
	error = error_copy(arena, error);
	arena_free(scratch);
	return error;
}

/* The address that the cache links to; row is false if nothing is known. */
static const struct error *
rendered_for(struct arena *arena, struct store *store, const char **pages)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "SELECT value FROM setting WHERE key = 'pages'", &query);
	bool row;

	*pages = NULL;
	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL && row)
		*pages = arena_strdup(arena, query_text(query, 0));
	query_close(query);
	return error;
}

const struct error *
tree_event(struct arena *arena, struct store *store, const struct entry *entry,
    enum lang lang, struct bytes *event)
{
	size_t n;
	const char *key = part_key(arena, &artifact_formats(&n)[0], lang);
	const char *pages;
	struct bytes rendering;
	const struct error *error =
	    read_rendering(arena, store, entry->id, &rendering);

	if (error != NULL ||
	    part_find(rendering.data, rendering.len, key, event))
		return error;
	if ((error = rendered_for(arena, store, &pages)) != NULL)
		return error;
	if (pages != NULL && *pages == '\0')
		pages = NULL;
	error = render_missing(arena, store, entry, pages, &rendering);
	if (error == NULL)
		error = read_rendering(arena, store, entry->id, &rendering);
	if (error == NULL &&
	    !part_find(rendering.data, rendering.len, key, event))
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "tree.render",
		    entry->release, key);
	return error;
}

const struct error *
renderings_check(
    struct arena *arena, struct store *store, const struct office *office)
{
	const char *pages = rendering_pages(office), *old;
	struct query *query;
	const struct error *error = rendered_for(arena, store, &old);

	if (pages == NULL)
		pages = "";
	if (error != NULL || (old != NULL && strcmp(old, pages) == 0))
		return error;
	/* What an older version rendered links nowhere, and may stay. */
	if (old != NULL &&
	    (error = store_run(store, "DELETE FROM rendering")) != NULL)
		return error;
	error = query_open(store,
	    "INSERT INTO setting (key, value) VALUES ('pages', ?)"
	    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, pages);
	error = query_run(query);
	query_close(query);
	return error;
}
