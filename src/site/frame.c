#include <string.h>

#include <yugao/arena.h>
#include <yugao/words.h>

#include "site.h"

static const char *const script_words[] = { "this_week", "today", "past",
	"copy", "copied", "count", "none", "your_time", "wechat" };

static const struct {
	const char *folder, *id;
} places[] = {
	{ "", "site.nav_home" },
	{ "years/", "site.nav_years" },
	{ "departments/", "site.nav_departments" },
	{ "topics/", "site.nav_topics" },
	{ "districts/", "site.nav_districts" },
	{ "series/", "site.nav_series" },
	{ "changes/", "site.nav_changes" },
	{ "subscribe/", "site.nav_subscribe" },
};

static const char *
page_address(struct pen *pen, enum lang lang)
{
	return arena_printf(pen->arena, "%s%s%s", pen->page->site->office->url,
	    lang == LANG_EN ? "en/" : "", pen->page->folder);
}

static void
link_head(struct pen *pen, const char *rel, const char *href, const char *lang,
    const char *type)
{
	struct markup *m = &pen->markup;

	markup_open(m, "link");
	markup_attribute(m, "rel", rel);
	markup_address(m, "href", href);
	markup_attribute(m, "hreflang", lang);
	markup_attribute(m, "type", type);
	markup_close(m);
	pen_text(pen, "\n");
}

static void
meta(struct pen *pen, const char *name, const char *content)
{
	markup_open(&pen->markup, "meta");
	markup_attribute(&pen->markup, "name", name);
	markup_attribute(&pen->markup, "content", content);
	pen_close(pen);
	pen_text(pen, "\n");
}

/* A file of the office's, by an address that changes with its bytes. */
static const char *
asset(struct pen *pen, const char *name)
{
	char hex[DIGEST_HEX_SIZE];

	digest_hex(hex, &pen->page->site->files.digest);
	hex[8] = '\0';
	return arena_printf(
	    pen->arena, "%sassets/%s?v=%s", pen->top, name, hex);
}

static void
write_links(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *folder = page->feed != NULL ? page->feed : "";

	link_head(pen, "canonical", page_address(pen, page->lang), NULL, NULL);
	link_head(pen, "alternate", page_address(pen, LANG_ZH), "zh-CN", NULL);
	link_head(pen, "alternate", page_address(pen, LANG_EN), "en", NULL);
	link_head(
	    pen, "alternate", page_address(pen, LANG_ZH), "x-default", NULL);
	link_head(pen, "alternate", pen_address(pen, folder, "releases.ics"),
	    NULL, "text/calendar");
	link_head(pen, "alternate", pen_address(pen, "", "changes.atom"), NULL,
	    "application/atom+xml");
	link_head(pen, "icon", asset(pen, "logo.svg"), NULL, "image/svg+xml");
	link_head(pen, "stylesheet", asset(pen, "site.css"), NULL, NULL);
	markup_open(&pen->markup, "script");
	markup_address(&pen->markup, "src", asset(pen, "site.js"));
	markup_flag(&pen->markup, "defer");
	pen_close(pen);
	pen_text(pen, "\n");
}

/* {root}, {home} and {name} are the only words of a fragment. */
static void
write_fragment(struct pen *pen, const struct bytes *fragment)
{
	const char *at = fragment->data;
	const char *home = *pen->root == '\0' ? "./" : pen->root;

	while (*at != '\0') {
		size_t plain = strcspn(at, "{");

		markup_raw(&pen->markup, at, plain);
		at += plain;
		if (strncmp(at, "{root}", 6) == 0) {
			pen_text(pen, pen->top);
			at += 6;
		} else if (strncmp(at, "{home}", 6) == 0) {
			pen_text(pen, home);
			at += 6;
		} else if (strncmp(at, "{name}", 6) == 0) {
			pen_text(pen, text_in(&pen->page->site->office->name,
					  pen->page->lang));
			at += 6;
		} else if (*at != '\0') {
			markup_raw(&pen->markup, at++, 1);
		}
	}
}

static bool
is_here(const struct page *page, const char *folder)
{
	if (*folder == '\0')
		return *page->folder == '\0';
	if (strcmp(folder, "years/") == 0 &&
	    (strncmp(page->folder, "months/", 7) == 0 ||
		strcmp(page->folder, "weeks/") == 0))
		return true;
	return strncmp(page->folder, folder, strlen(folder)) == 0;
}

static void
write_nav(struct pen *pen)
{
	const struct office *office = pen->page->site->office;
	size_t i;

	pen_open(pen, "nav", "places");
	markup_attribute(&pen->markup, "aria-label", pen_say(pen, "site.nav"));
	pen_open(pen, "ul", NULL);
	for (i = 0; i < COUNT(places); i++) {
		const char *to = arena_printf(
		    pen->arena, "%s%s", pen->root, places[i].folder);

		if ((office->n_topics == 0 &&
			strcmp(places[i].folder, "topics/") == 0) ||
		    (office->n_districts == 0 &&
			strcmp(places[i].folder, "districts/") == 0))
			continue;
		pen_open(pen, "li", NULL);
		pen_open(pen, "a", NULL);
		markup_address(&pen->markup, "href", *to == '\0' ? "./" : to);
		if (is_here(pen->page, places[i].folder))
			markup_attribute(&pen->markup, "aria-current",
			    strcmp(pen->page->folder, places[i].folder) == 0
				? "page"
				: "true");
		pen_text(pen, pen_say(pen, places[i].id));
		pen_close(pen);
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}

static void
write_other_language(struct pen *pen)
{
	const struct page *page = pen->page;
	enum lang other = page->lang == LANG_ZH ? LANG_EN : LANG_ZH;
	const char *code = other == LANG_ZH ? "zh-CN" : "en";
	const char *to = arena_printf(pen->arena, "%s%s%s", pen->top,
	    other == LANG_EN ? "en/" : "", page->folder);

	pen_open(pen, "a", "language");
	markup_address(&pen->markup, "href", *to == '\0' ? "./" : to);
	markup_attribute(&pen->markup, "lang", code);
	markup_attribute(&pen->markup, "hreflang", code);
	pen_text(pen, pen_say(pen, "site.other_language"));
	pen_close(pen);
}

/* What the script says, so that it holds no sentence itself. */
static const char *
words_for_script(struct pen *pen)
{
	struct buf json;
	size_t i;

	buf_init(&json, pen->arena);
	buf_putc(&json, '{');
	for (i = 0; i < COUNT(script_words); i++) {
		buf_puts(&json, i > 0 ? "," : "");
		buf_json(&json, script_words[i]);
		buf_putc(&json, ':');
		buf_json(&json,
		    pen_say(pen, arena_printf(pen->arena, "site.script_%s",
				     script_words[i])));
	}
	buf_putc(&json, '}');
	return json.data;
}

void
frame_begin(struct pen *pen, const char *title)
{
	const struct page *page = pen->page;
	struct markup *m = &pen->markup;
	const char *name = text_in(&page->site->office->name, page->lang);

	markup_open(m, "html");
	markup_attribute(m, "lang", page->lang == LANG_ZH ? "zh-CN" : "en");
	markup_open(m, "head");
	markup_open(m, "meta");
	markup_attribute(m, "charset", "utf-8");
	markup_close(m);
	pen_text(pen, "\n");
	meta(pen, "viewport", "width=device-width, initial-scale=1");
	meta(pen, "color-scheme", "light dark");
	meta(pen, "description",
	    arena_printf(pen->arena, "%s%s%s", title,
		page->lang == LANG_ZH ? "。" : ". ",
		pen_say(pen, "site.description")));
	pen_put(pen, "title", NULL,
	    strcmp(title, name) == 0
		? title
		: arena_printf(pen->arena, "%s · %s", title, name));
	pen_text(pen, "\n");
	write_links(pen);
	markup_close(m);
	pen_open(pen, "body", NULL);
	markup_attribute(m, "data-words", words_for_script(pen));
	pen_open(pen, "a", "skip");
	markup_attribute(m, "href", "#main");
	pen_text(pen, pen_say(pen, "site.skip"));
	pen_close(pen);
	pen_open(pen, "header", "site");
	write_fragment(pen, &page->site->files.header[page->lang]);
	write_other_language(pen);
	write_nav(pen);
	pen_close(pen);
	pen_text(pen, "\n");
	pen_open(pen, "main", NULL);
	markup_attribute(m, "id", "main");
	markup_attribute(m, "tabindex", "-1");
}

void
frame_end(struct pen *pen)
{
	pen_close(pen); /* main */
	pen_text(pen, "\n");
	pen_open(pen, "footer", "site");
	write_fragment(pen, &pen->page->site->files.footer[pen->page->lang]);
	markup_end(&pen->markup);
}
