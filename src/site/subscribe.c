/* How to subscribe, and why opening the file is not that. */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/message.h>

#include "site.h"

/* RFC 3986 2.1: all but what is unreserved. */
static const char *
percent(struct arena *arena, const char *text)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
			   "yz0123456789-._~",
			c) != NULL)
			buf_putc(&buf, (char)c);
		else
			buf_printf(&buf, "%%%02X", c);
	}
	return buf.data;
}

static const char *
webcal(struct arena *arena, const char *url)
{
	const char *rest = strstr(url, "://");

	return rest == NULL ? url : arena_printf(arena, "webcal%s", rest);
}

static void
button(struct pen *pen, const char *url, const char *id)
{
	pen_open(pen, "a", "button");
	markup_address(&pen->markup, "href", url);
	markup_attribute(&pen->markup, "rel", "noopener");
	pen_text(pen, pen_say(pen, id));
	pen_close(pen);
	pen_text(pen, " ");
}

static void
address(struct pen *pen, const char *url)
{
	pen_open(pen, "p", "address");
	pen_put(pen, "code", "copy", url);
	pen_close(pen);
}

void
subscribe_box(struct pen *pen, const char *folder)
{
	const char *url = pen_address(pen, folder, "releases.ics");

	pen_open(pen, "div", "subscribe");
	pen_open(pen, "p", NULL);
	button(pen, webcal(pen->arena, url), "site.subscribe");
	pen_link(pen, "subscribe/", pen_say(pen, "site.how"));
	pen_close(pen);
	address(pen, url);
	pen_close(pen);
}

static void
client(struct pen *pen, const char *name, const char *id, const char *url,
    const char *action)
{
	pen_open(pen, "section", "client");
	pen_words(pen, "h2", NULL, name);
	pen_words(pen, "p", NULL, id);
	if (url != NULL) {
		pen_open(pen, "p", NULL);
		button(pen, url, action);
		pen_close(pen);
	}
	pen_close(pen);
}

static void
write_clients(struct pen *pen, const char *url)
{
	struct arena *arena = pen->arena;
	const char *name = percent(
	    arena, text_in(&pen->page->site->office->name, pen->page->lang));

	client(pen, "site.apple", "site.apple_how", webcal(arena, url),
	    "site.open_calendar");
	client(pen, "site.outlook", "site.outlook_how",
	    arena_printf(arena,
		"https://outlook.live.com/calendar/0/addfromweb?url=%s&name=%s",
		percent(arena, url), name),
	    "site.outlook_open");
	client(pen, "site.android", "site.android_how", NULL, NULL);
	client(pen, "site.google", "site.google_how",
	    arena_printf(arena, "https://calendar.google.com/calendar/r?cid=%s",
		percent(arena, webcal(arena, url))),
	    "site.google_open");
	client(pen, "site.wechat", "site.wechat_how", NULL, NULL);
	client(pen, "site.file", "site.file_how", NULL, NULL);
}

static void
row(struct pen *pen, const char *name, const char *folder)
{
	const char *url = pen_address(pen, folder, "releases.ics");

	pen_open(pen, "li", NULL);
	pen_put(pen, "span", "feed-name", name);
	pen_open(pen, "span", "feed-links");
	pen_link_out(
	    pen, webcal(pen->arena, url), pen_say(pen, "site.subscribe_one"));
	pen_text(pen, " ");
	pen_link_out(pen, url, ".ics");
	pen_text(pen, " ");
	pen_link_out(pen, pen_address(pen, folder, "releases.json"), "JSON");
	pen_text(pen, " ");
	pen_link_out(pen, pen_address(pen, folder, "releases.csv"), "CSV");
	pen_close(pen);
	pen_close(pen);
}

/* Every family of feeds is known by its list page. */
static void
write_feeds(struct pen *pen)
{
	const struct site_pages *pages = pen->page->site->pages;
	size_t i;

	pen_open(pen, "section", "feeds");
	pen_words(pen, "h2", NULL, "site.feeds");
	pen_open(pen, "ul", NULL);
	for (i = 0; i < pages->n; i++) {
		const struct page *page = pages->v[i].what;

		if (page->lang != pen->page->lang || page->feed == NULL ||
		    page->write == page_series)
			continue;
		row(pen, text_in(&page->title, page->lang), page->feed);
	}
	pen_close(pen);
	pen_open(pen, "p", NULL);
	pen_link(pen, "series/", pen_say(pen, "site.feeds_of_series"));
	pen_close(pen);
	pen_close(pen);
}

const struct error *
page_subscribe(struct pen *pen)
{
	const char *url = pen_address(pen, "", "releases.ics");

	frame_begin(pen, pen_say(pen, "site.nav_subscribe"));
	pen_words(pen, "h1", NULL, "site.nav_subscribe");
	pen_words(pen, "p", "lead", "site.subscribe_lead");
	pen_open(pen, "div", "ways");
	pen_open(pen, "div", NULL);
	pen_open(pen, "p", NULL);
	button(pen, webcal(pen->arena, url), "site.subscribe");
	pen_close(pen);
	address(pen, url);
	pen_close(pen);
	pen_open(pen, "figure", NULL);
	qr_write(pen, pen_address(pen, pen->page->folder, ""),
	    pen_say(pen, "site.qr"));
	pen_words(pen, "figcaption", NULL, "site.qr_how");
	pen_close(pen);
	pen_close(pen);
	pen_open(pen, "div", "clients");
	write_clients(pen, url);
	pen_close(pen);
	write_feeds(pen);
	frame_end(pen);
	return NULL;
}
