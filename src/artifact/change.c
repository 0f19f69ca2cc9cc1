#include "change.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/markup.h>

#include "moment.h"
#include <yugao/words.h>

/* The words of the title may hold braces: they are put in as they are. */
static const char *
change_title(struct arena *arena, enum lang lang, const struct announcement *a,
    enum entry_kind kind)
{
	return arena_printf(arena, "%s%s%s", words_kind(arena, lang, kind),
	    lang == LANG_ZH ? "：" : ": ", words_title(arena, lang, a));
}

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

void
atom_head(struct buf *out, const struct feed *feed)
{
	struct markup m = markup_begin(out, MARKUP_XML);
	char updated[INSTANT_SIZE];

	markup_open(&m, "feed");
	markup_attribute(&m, "xmlns", "http://www.w3.org/2005/Atom");
	markup_attribute(
	    &m, "xml:lang", feed->lang == LANG_ZH ? "zh-CN" : "en");
	markup_element(&m, "id", feed->url);
	markup_element(&m, "title", text_in(&feed->name, feed->lang));
	markup_element(&m, "updated", instant_format(updated, feed->updated));
	markup_open(&m, "author");
	markup_element(&m, "name", text_in(&feed->name, feed->lang));
	markup_close(&m);
	markup_open(&m, "link");
	markup_attribute(&m, "rel", "self");
	markup_attribute(&m, "type", "application/atom+xml");
	markup_address(&m, "href", feed->url);
	markup_close(&m);
	markup_open(&m, "link");
	markup_attribute(&m, "rel", "alternate");
	markup_attribute(&m, "type", "text/html");
	markup_address(&m, "href", feed->site);
	markup_close(&m);
	/* Its end is the foot's. */
	buf_putc(out, '\n');
}

const struct error *
atom_item(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang, const char *pages)
{
	struct arena *arena = out->arena;
	struct markup m = markup_part(out, MARKUP_XML);
	const char *url = a->result_url != NULL ? a->result_url : a->url;
	char at[INSTANT_SIZE];
	struct buf content;

	buf_init(&content, arena);
	words_description(&content, arena, lang, a);
	if (words_has_notice(a)) {
		buf_putc(&content, '\n');
		buf_puts(
		    &content, SAY(arena, lang, "artifact.change_notice",
				  number(arena, words_notice_days(a, entry))));
	}
	markup_open(&m, "entry");
	markup_element(&m, "id",
	    arena_printf(arena, "urn:yugao:%s:%d", a->uid, entry->sequence));
	markup_element(&m, "title", change_title(arena, lang, a, entry->kind));
	markup_element(&m, "updated", instant_format(at, entry->at));
	markup_open(&m, "category");
	markup_attribute(&m, "term", entry_kind_name(entry->kind));
	markup_attribute(&m, "label", words_kind(arena, lang, entry->kind));
	markup_close(&m);
	if (pages != NULL)
		url = words_page(arena, lang, a, pages);
	if (url != NULL) {
		markup_open(&m, "link");
		markup_address(&m, "href", url);
		markup_close(&m);
	}
	markup_open(&m, "content");
	markup_attribute(&m, "type", "text");
	markup_text(&m, content.data);
	markup_end(&m);
	return NULL;
}

void
atom_foot(struct buf *out, const struct feed *feed)
{
	(void)feed;
	buf_puts(out, "</feed>\n");
}

static void
add_string(struct buf *out, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_putc(out, out->data[out->len - 1] == '{' ? '"' : ',');
	if (out->data[out->len - 1] == ',')
		buf_putc(out, '"');
	buf_puts(out, key);
	buf_puts(out, "\":");
	buf_json(out, value);
}

static void
add_number(struct buf *out, const char *key, int64_t value)
{
	buf_printf(out, ",\"%s\":%lld", key, (long long)value);
}

void
changes_head(struct buf *out, const struct feed *feed)
{
	char updated[INSTANT_SIZE];

	buf_putc(out, '{');
	add_string(out, "schema", "yugao-changes/1");
	add_string(out, "language", lang_name(feed->lang));
	add_string(out, "name", text_in(&feed->name, feed->lang));
	add_string(out, "updated", instant_format(updated, feed->updated));
	add_string(out, "url", feed->url);
	add_string(out, "site", feed->site);
	buf_puts(out, ",\"changes\":[\n");
}

const struct error *
changes_item(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang, const char *pages)
{
	char text[MOMENT_SIZE];

	buf_putc(out, '{');
	add_string(out, "kind", entry_kind_name(entry->kind));
	add_number(out, "entry", entry->id);
	add_string(out, "at", instant_format(text, entry->at));
	add_string(out, "release", a->release);
	add_string(out, "id", a->uid);
	add_number(out, "sequence", entry->sequence);
	add_string(out, "title", words_title(out->arena, lang, a));
	add_string(out, "department", a->department);
	add_string(out, "publisher", text_in(&a->publisher, lang));
	add_string(out, "status", said_status_name(words_status(a)));
	add_string(out, "when", moment_iso(text, &a->when));
	add_string(out, "precision", precision_name(a->when.precision));
	add_string(out, "timezone", a->timezone);
	if (a->has_previous && !moment_equal(&a->previous, &a->when))
		add_string(out, "previous", moment_iso(text, &a->previous));
	if (a->reason_pending)
		buf_puts(out, ",\"reasonPending\":true");
	add_string(out, "reason", text_in(&a->reason, lang));
	if (a->has_due && a->status == SAID_POSTPONED)
		add_string(out, "newDateBy", day_format(text, a->due));
	if (words_has_notice(a))
		add_number(out, "noticeDays", words_notice_days(a, entry));
	add_string(out, "url", a->result_url != NULL ? a->result_url : a->url);
	if (pages != NULL)
		add_string(
		    out, "pageUrl", words_page(out->arena, lang, a, pages));
	buf_putc(out, '}');
	return NULL;
}

void
changes_foot(struct buf *out, const struct feed *feed)
{
	buf_puts(out, feed->n > 0 ? "\n]}\n" : "]}\n");
}
