/* Lists of lists: departments, topics, districts, series, years. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/words.h>

#include "site.h"

/* Pages whose folder begins so, but not with more below it. */
static const struct page *
nth_page(struct pen *pen, const char *folder, size_t *at)
{
	const struct site_pages *pages = pen->page->site->pages;

	for (; *at < pages->n; ++*at) {
		const struct page *page = pages->v[*at].what;

		if (page->lang == pen->page->lang && page->asset == NULL &&
		    page->folder != NULL &&
		    strncmp(page->folder, folder, strlen(folder)) == 0 &&
		    page->folder[strlen(folder)] != '\0') {
			++*at;
			return page;
		}
	}
	return NULL;
}

static void
begin(struct pen *pen, const char *title, const char *lead)
{
	frame_begin(pen, pen_say(pen, title));
	pen_words(pen, "h1", NULL, title);
	pen_words(pen, "p", "lead", lead);
}

static const struct error *
list_pages(struct pen *pen, const char *title, const char *lead)
{
	const struct page *page;
	size_t at = 0;

	begin(pen, title, lead);
	pen_open(pen, "ul", "index");
	while ((page = nth_page(pen, pen->page->folder, &at)) != NULL) {
		pen_open(pen, "li", NULL);
		pen_link(pen, page->folder, text_in(&page->title, page->lang));
		pen_text(pen, " ");
		pen_put(pen, "span", "by",
		    SAY(pen->arena, page->lang, "site.releases",
			pen_number(pen, (int64_t)page->items.n)));
		pen_close(pen);
		pen_text(pen, "\n");
	}
	pen_close(pen);
	frame_end(pen);
	return NULL;
}

const struct error *
page_departments(struct pen *pen)
{
	return list_pages(pen, "site.nav_departments", "site.departments_lead");
}

const struct error *
page_topics(struct pen *pen)
{
	return list_pages(pen, "site.nav_topics", "site.topics_lead");
}

const struct error *
page_districts(struct pen *pen)
{
	return list_pages(pen, "site.nav_districts", "site.districts_lead");
}

const struct error *
page_all_series(struct pen *pen)
{
	return list_pages(pen, "site.nav_series", "site.series_lead");
}

const struct error *
page_years(struct pen *pen)
{
	const struct page *page, *month;
	size_t at = 0, inner;

	begin(pen, "site.nav_years", "site.years_lead");
	pen_open(pen, "p", NULL);
	pen_link(pen, "weeks/", pen_say(pen, "site.weeks"));
	pen_close(pen);
	pen_open(pen, "ul", "index years");
	while ((page = nth_page(pen, "years/", &at)) != NULL) {
		pen_open(pen, "li", NULL);
		pen_link(pen, page->folder, text_in(&page->title, page->lang));
		pen_open(pen, "ol", NULL);
		inner = 0;
		while ((month = nth_page(pen, "months/", &inner)) != NULL) {
			if (month->year != page->year)
				continue;
			pen_open(pen, "li", NULL);
			pen_link(pen, month->folder,
			    words_month(pen->arena, page->lang,
				day_of(month->year, month->month, 1)));
			pen_close(pen);
		}
		pen_close(pen);
		pen_close(pen);
	}
	pen_close(pen);
	frame_end(pen);
	return NULL;
}
