/* A month as a wall calendar shows it; weeks begin on Monday. */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

#define WEEK 7

static void
write_head(struct pen *pen)
{
	int i;

	pen_open(pen, "thead", NULL);
	pen_open(pen, "tr", NULL);
	for (i = 1; i <= WEEK; i++) {
		pen_open(pen, "th", NULL);
		markup_attribute(&pen->markup, "scope", "col");
		pen_text(
		    pen, pen_say(pen, arena_printf(pen->arena,
					  "artifact.weekday_%d", i % WEEK)));
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}

static const struct error *
write_item(struct pen *pen, const struct entry *entry)
{
	struct announcement said;
	char minute[DAY_SIZE];
	const struct error *error = pen_said(pen, entry, &said);

	if (error != NULL)
		return error;
	pen_open(pen, "li",
	    arena_printf(
		pen->arena, "%s", said_status_name(words_status(&said))));
	if (said.when.precision == PRECISION_INSTANT) {
		pen_put(pen, "span", "clock",
		    minute_format(minute, said.when.start.minute));
		pen_text(pen, " ");
	}
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", said.release),
	    words_title(pen->arena, pen->page->lang, &said));
	pen_close(pen);
	return NULL;
}

/* The items of one day; *at moves past them. */
static const struct error *
write_day(struct pen *pen, struct day day, size_t *at)
{
	const struct items *items = &pen->page->items;
	const struct error *error = NULL;
	char text[DAY_SIZE];
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	pen_open(pen, "td",
	    *at < items->n && items->v[*at]->when.start.day.n == day.n
		? NULL
		: "free");
	markup_attribute(&pen->markup, "data-day", day_format(text, day));
	markup_open(&pen->markup, "time");
	markup_attribute(&pen->markup, "datetime", text);
	/* For a phone, where the weeks have no columns. */
	markup_attribute(&pen->markup, "data-weekday",
	    pen_say(pen, arena_printf(pen->arena, "artifact.weekday_%d",
			     (int)day_weekday(day) % WEEK)));
	pen_text(pen, pen_number(pen, mday));
	pen_close(pen);
	if (*at < items->n && items->v[*at]->when.start.day.n == day.n) {
		pen_open(pen, "ul", NULL);
		for (; *at < items->n && error == NULL &&
		       items->v[*at]->when.start.day.n == day.n;
		     ++*at)
			error = write_item(pen, items->v[*at]);
		pen_close(pen);
	}
	pen_close(pen);
	return error;
}

static void
write_blank(struct pen *pen)
{
	pen_open(pen, "td", "blank");
	pen_close(pen);
}

static const struct error *
write_weeks(struct pen *pen)
{
	const struct page *page = pen->page;
	struct day first = day_of(page->year, page->month, 1), day;
	int lead = ((int)day_weekday(first) + WEEK - 1) % WEEK;
	int n = month_length(page->year, page->month), cell;
	const struct error *error = NULL;
	size_t at = 0;

	pen_open(pen, "tbody", NULL);
	for (cell = 0; cell < (lead + n + WEEK - 1) / WEEK * WEEK; cell++) {
		if (cell % WEEK == 0)
			pen_open(pen, "tr", NULL);
		day.n = first.n + cell - lead;
		if (cell < lead || cell >= lead + n)
			write_blank(pen);
		else if (error == NULL)
			error = write_day(pen, day, &at);
		if (cell % WEEK == WEEK - 1)
			pen_close(pen);
	}
	pen_close(pen);
	return error;
}

static void
write_neighbours(struct pen *pen)
{
	const struct site_pages *pages = pen->page->site->pages;
	size_t i;

	pen_open(pen, "nav", "months");
	markup_attribute(
	    &pen->markup, "aria-label", pen_say(pen, "site.months"));
	pen_open(pen, "ol", NULL);
	for (i = 0; i < pages->n; i++) {
		const struct page *page = pages->v[i].what;

		if (page->write != page_month ||
		    page->lang != pen->page->lang ||
		    page->year != pen->page->year)
			continue;
		pen_open(pen, "li", NULL);
		if (page == pen->page) {
			pen_open(pen, "span", NULL);
			markup_attribute(&pen->markup, "aria-current", "page");
			pen_text(pen, text_in(&page->title, page->lang));
			pen_close(pen);
		} else {
			pen_link(pen, page->folder,
			    text_in(&page->title, page->lang));
		}
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}

const struct error *
page_month(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *title = text_in(&page->title, page->lang);
	const struct error *error;

	frame_begin(pen, title);
	pen_put(pen, "h1", NULL, title);
	write_neighbours(pen);
	pen_open(pen, "table", "grid");
	pen_put(pen, "caption", "hidden", title);
	write_head(pen);
	error = write_weeks(pen);
	pen_close(pen);
	frame_end(pen);
	return error;
}
