/* https://www.sitemaps.org/protocol.html */
#include <yugao/arena.h>

#include "site.h"

#define URLS_MOST 50000 /* of one file, says the protocol */

static void
write_url(struct pen *pen, const struct page *page, struct instant updated)
{
	struct markup *m = &pen->markup;
	char at[INSTANT_SIZE];

	markup_open(m, "url");
	markup_element(m, "loc",
	    arena_printf(pen->arena, "%s%s%s", page->site->office->url,
		page->lang == LANG_EN ? "en/" : "", page->folder));
	markup_element(m, "lastmod", instant_format(at, updated));
	markup_close(m);
	markup_text(m, "\n");
}

/* Releases come last in the list, so that they are what a full file lacks. */
const struct error *
page_sitemap(struct pen *pen)
{
	const struct site_pages *pages = pen->page->site->pages;
	struct arena *arena = pen->arena, *row = arena_new();
	size_t n = 0, i;

	markup_open(&pen->markup, "urlset");
	markup_attribute(&pen->markup, "xmlns",
	    "http://www.sitemaps.org/schemas/sitemap/0.9");
	markup_text(&pen->markup, "\n");
	pen->arena = row;
	for (i = 0; i < pages->n && n < URLS_MOST; i++) {
		const struct page *page = pages->v[i].what;

		if (page->folder == NULL)
			continue;
		arena_reset(row);
		write_url(pen, page, pages->v[i].updated);
		n++;
	}
	pen->arena = arena;
	arena_free(row);
	markup_end(&pen->markup);
	return NULL;
}
