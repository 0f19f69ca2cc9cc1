/* Pages that are a list of releases with something above it. */
#include <yugao/arena.h>
#include <yugao/message.h>

#include "site.h"

const struct error *
page_home(struct pen *pen)
{
	const struct page *page = pen->page;
	const struct error *error;

	frame_begin(pen, text_in(&page->site->office->name, page->lang));
	pen_words(pen, "h1", NULL, "site.home_title");
	pen_words(pen, "p", "lead", "site.home_lead");
	subscribe_box(pen, "");
	error = list_write(pen);
	frame_end(pen);
	return error;
}

const struct error *
page_list(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *title = text_in(&page->title, page->lang);
	const struct error *error;

	frame_begin(pen, title);
	pen_put(pen, "h1", NULL, title);
	if (page->feed != NULL)
		subscribe_box(pen, page->feed);
	error = list_write(pen);
	if (page->profile != NULL)
		profile_contact(pen, NULL, page->profile);
	frame_end(pen);
	return error;
}

const struct error *
page_series(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *title = text_in(&page->title, page->lang);
	const struct error *error;

	frame_begin(pen, title);
	pen_put(pen, "h1", NULL, title);
	subscribe_box(pen, page->feed);
	error = list_write(pen);
	profile_fields(pen, page->profile);
	profile_contact(pen, page->profile,
	    page->items.n > 0 ? find_department(page->site, page->items.v[0])
			      : NULL);
	frame_end(pen);
	return error;
}
