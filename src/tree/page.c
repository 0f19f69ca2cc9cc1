/* The site's pages and assets. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/site.h>

#include "plan.h"

/* Pictures are compressed already. */
static bool
is_text(const char *path)
{
	static const char *const ends[] = { ".html", ".css", ".js", ".svg",
		".txt", ".xml" };
	const char *end = strrchr(path, '.');
	size_t i;

	for (i = 0; end != NULL && i < COUNT(ends); i++)
		if (strcmp(ends[i], end) == 0)
			return true;
	return false;
}

const struct error *
pages_plan(struct arena *arena, struct store *store,
    const struct office *office, const struct view *view,
    struct plan_of_tree *plan)
{
	struct site_pages *pages = arena_alloc(arena, sizeof(*pages));
	const struct error *error =
	    site_plan(arena, store, office, view, pages);
	size_t i;

	for (i = 0; i < pages->n && error == NULL; i++) {
		struct planned planned = {
			.type = &planned_page,
			.path = pages->v[i].path,
			.group = 1,
			.updated = pages->v[i].updated,
			.what = &pages->v[i],
			.twin = is_text(pages->v[i].path),
		};

		ARRAY_PUSH(arena, plan, planned);
	}
	return error;
}

static struct digest
page_source(struct arena *arena, const struct planned *planned)
{
	const struct site_page *page = planned->what;

	(void)arena;
	return page->source;
}

#define BOOK_MOST ((size_t)256 * 1024 * 1024)

/* The library writes files only. */
static const struct error *
book_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const char *path = arena_printf(arena, "%s.book", writing->path);
	const struct error *error, *left;
	struct bytes bytes;

	error = site_write_book(arena, store, writing->planned->what, path);
	if (error == NULL)
		error = file_read(arena, path, BOOK_MOST, &bytes);
	if (error == NULL)
		writer_add(writer, bytes.data, bytes.len);
	left = file_remove_tree(arena, path);
	return error != NULL ? error : left;
}

static const struct error *
page_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const struct error *error;
	struct buf out;

	if (((const struct site_page *)writing->planned->what)->book)
		return book_content(arena, store, writing, writer);
	buf_init(&out, arena);
	error = site_write(arena, store, writing->planned->what, &out);
	if (error == NULL)
		writer_add(writer, out.data, out.len);
	return error;
}

static const struct error *
page_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n)
{
	(void)n;
	return planned_stream(arena, store, files, page_content);
}

const struct planned_type planned_page = { page_source, page_write };
