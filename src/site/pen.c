#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "site.h"

const char *
pen_say(struct pen *pen, const char *id)
{
	return SAY(pen->arena, pen->page->lang, id);
}

void
pen_open(struct pen *pen, const char *element, const char *class)
{
	markup_open(&pen->markup, element);
	markup_attribute(&pen->markup, "class", class);
}

void
pen_close(struct pen *pen)
{
	markup_close(&pen->markup);
}

void
pen_text(struct pen *pen, const char *text)
{
	markup_text(&pen->markup, text);
}

void
pen_put(
    struct pen *pen, const char *element, const char *class, const char *text)
{
	pen_open(pen, element, class);
	pen_text(pen, text);
	pen_close(pen);
}

void
pen_language(struct pen *pen, const struct text *text)
{
	enum lang lang = pen->page->lang;
	const char *own = lang == LANG_ZH ? text->zh : text->en;

	if (own == NULL && *text_in(text, lang) != '\0')
		markup_attribute(
		    &pen->markup, "lang", lang == LANG_ZH ? "en" : "zh-CN");
}

void
pen_words(
    struct pen *pen, const char *element, const char *class, const char *id)
{
	pen_put(pen, element, class, pen_say(pen, id));
}

void
pen_link(struct pen *pen, const char *folder, const char *text)
{
	const char *to = arena_printf(pen->arena, "%s%s", pen->root, folder);

	pen_open(pen, "a", NULL);
	markup_address(&pen->markup, "href", *to == '\0' ? "./" : to);
	pen_text(pen, text);
	pen_close(pen);
}

void
pen_link_file(struct pen *pen, const char *path, const char *text)
{
	pen_open(pen, "a", NULL);
	markup_address(&pen->markup, "href",
	    arena_printf(pen->arena, "%s%s", pen->top, path));
	pen_text(pen, text);
	pen_close(pen);
}

void
pen_link_out(struct pen *pen, const char *url, const char *text)
{
	pen_open(pen, "a", NULL);
	markup_address(&pen->markup, "href", url);
	markup_attribute(&pen->markup, "rel", "noopener");
	pen_text(pen, text);
	pen_close(pen);
}

void
pen_data(struct pen *pen, const char *json)
{
	struct buf safe;

	buf_init(&safe, pen->arena);
	for (; *json != '\0'; json++) {
		size_t len = strnlen(json, 4);

		/* None is written by buf_json() but in a text. */
		if (utf8_is_control(json, len)) {
			buf_puts(&safe, "\xef\xbf\xbd");
			json += utf8_length(json, len) - 1;
		} else if (*json == '<' || *json == '>' || *json == '&') {
			buf_printf(&safe, "\\u%04x", (unsigned)*json);
		} else {
			buf_putc(&safe, *json);
		}
	}
	markup_open(&pen->markup, "script");
	markup_attribute(&pen->markup, "type", "application/ld+json");
	markup_raw(&pen->markup, safe.data, safe.len);
	pen_close(pen);
}

const struct error *
pen_said(struct pen *pen, const struct entry *entry, struct announcement *said)
{
	const char *json;
	const struct error *error =
	    ledger_said(pen->arena, pen->store, entry->id, &json);

	return error != NULL ? error
			     : announcement_read(pen->arena, json, said);
}

const char *
pen_address(struct pen *pen, const char *folder, const char *file)
{
	return arena_printf(pen->arena, "%s%s%s%s",
	    pen->page->site->office->url,
	    pen->page->lang == LANG_EN ? "en/" : "", folder, file);
}

const char *
pen_number(struct pen *pen, int64_t n)
{
	return arena_printf(pen->arena, "%lld", (long long)n);
}
