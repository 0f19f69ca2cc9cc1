/* A release: when, what, how it came to be so, and where that is proven. */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/words.h>

#include "site.h"

static void
write_when(struct pen *pen, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	char text[INSTANT_SIZE];

	pen_open(pen, "p", "when");
	markup_open(&pen->markup, "time");
	if (said->when.precision == PRECISION_INSTANT)
		markup_attribute(&pen->markup, "datetime",
		    instant_format(text, said->start));
	else
		markup_attribute(&pen->markup, "datetime",
		    day_format(text, said->when.start.day));
	pen_text(pen, words_moment(pen->arena, lang, &said->when));
	pen_close(pen);
	if (said->when.precision == PRECISION_INSTANT &&
	    said->timezone != NULL) {
		pen_text(pen, " ");
		pen_put(pen, "span", "zone",
		    words_zone(pen->arena, lang, said->timezone));
	}
	pen_text(pen, " ");
	badge_write(pen, said);
	pen_close(pen);
}

static const char *
joined(struct pen *pen, const struct text *texts, const char *const *strings,
    size_t n)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, pen->arena);
	for (i = 0; i < n; i++) {
		buf_puts(&buf, i > 0 ? pen_say(pen, "artifact.comma") : "");
		buf_puts(&buf, texts != NULL
				   ? text_in(&texts[i], pen->page->lang)
				   : strings[i]);
	}
	return buf.data;
}

static void
fact_link(struct pen *pen, const char *id, const char *url, const char *text)
{
	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, id);
	pen_open(pen, "dd", NULL);
	pen_link(pen, url, text);
	pen_close(pen);
	pen_close(pen);
}

static void
fact_link_out(struct pen *pen, const char *id, const char *url)
{
	if (url == NULL)
		return;
	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, id);
	pen_open(pen, "dd", NULL);
	pen_link_out(pen, url, url);
	pen_close(pen);
	pen_close(pen);
}

static void
write_facts(struct pen *pen, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	const char *reason = said->reason_pending
				 ? pen_say(pen, "artifact.reason_pending")
				 : text_in(&said->reason, lang);

	pen_open(pen, "dl", "facts");
	fact_link_out(pen, "site.result", said->result_url);
	fact_link(pen, "site.publisher",
	    arena_printf(pen->arena, "departments/%s/", said->department),
	    text_in(&said->publisher, lang));
	fact_link(pen, "site.series",
	    arena_printf(
		pen->arena, "series/%s/%s/", said->department, said->series),
	    text_in(&said->title, lang));
	fact(pen, "site.period", words_period(pen->arena, lang, said));
	fact(pen, "site.estimate", words_estimate(pen->arena, lang, said));
	fact(pen, "site.indicators",
	    joined(pen, said->indicators, NULL, said->n_indicators));
	fact(pen, "site.channels",
	    joined(pen, NULL, said->channels, said->n_channels));
	fact_link_out(pen, "site.link", said->url);
	fact(pen, "site.reason", reason);
	fact(pen, "site.method_change", text_in(&said->method_change, lang));
	fact(pen, "site.note", text_in(&said->note, lang));
	pen_close(pen);
}

/* One thing said, as a sentence of its own. */
struct history {
	struct pen *pen;
	int64_t last;
	struct instant at;
};

static const char *
sentence_id(
    struct pen *pen, const struct announcement *said, const struct entry *entry)
{
	char *id = arena_printf(
	    pen->arena, "site.history_%s", entry_kind_name(entry->kind));
	char *dash;

	while ((dash = strchr(id, '-')) != NULL)
		*dash = '_';
	if (entry->kind == ENTRY_NEW && said->late)
		return "site.history_late";
	return id;
}

static const char *
sentence(struct pen *pen, const char *id, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	const char *now = words_moment(pen->arena, lang, &said->when);
	const struct moment out = words_local(said, said->released);

	if (said->status == SAID_RELEASED)
		now = words_moment(pen->arena, lang, &out);
	return SAY(pen->arena, lang, id, now,
	    said->has_previous ? words_moment(pen->arena, lang, &said->previous)
			       : now);
}

static void
write_step(
    struct pen *pen, const struct entry *entry, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	const struct moment at = words_local(said, entry->at);
	const char *reason = said->reason_pending
				 ? pen_say(pen, "artifact.reason_pending")
				 : text_in(&said->reason, lang);
	char text[INSTANT_SIZE];

	pen_open(pen, "li", NULL);
	markup_open(&pen->markup, "time");
	markup_attribute(
	    &pen->markup, "datetime", instant_format(text, entry->at));
	pen_text(pen, words_moment(pen->arena, lang, &at));
	pen_close(pen);
	pen_text(pen, " ");
	pen_put(pen, "span", "said",
	    sentence(pen, sentence_id(pen, said, entry), said));
	if (words_has_notice(said) && !said->late) {
		pen_text(pen, " ");
		pen_put(pen, "span", "notice",
		    SAY(pen->arena, lang, "site.notice",
			pen_number(pen, words_notice_days(said, entry))));
	}
	if (*reason != '\0') {
		pen_open(pen, "span", "reason");
		pen_words(pen, "b", NULL, "site.because");
		pen_text(pen, reason);
		pen_close(pen);
	}
	pen_close(pen);
	pen_text(pen, "\n");
}

static const struct error *
each_step(void *context, const struct entry *entry)
{
	struct history *history = context;
	struct announcement said;
	const struct error *error =
	    announcement_read(history->pen->arena, entry->said, &said);

	if (error != NULL)
		return error;
	write_step(history->pen, entry, &said);
	history->last = entry->id;
	history->at = entry->at;
	return NULL;
}

static const struct error *
write_history(struct pen *pen, const char *release, struct history *history)
{
	const struct error *error;

	*history = (struct history){ .pen = pen };
	pen_open(pen, "section", "history");
	pen_words(pen, "h2", NULL, "site.history");
	pen_open(pen, "ol", NULL);
	error = ledger_each(
	    pen->arena, pen->store, release, NULL, each_step, history);
	pen_close(pen);
	pen_close(pen);
	return error;
}

static const struct error *
write_place(struct pen *pen, const struct history *history)
{
	struct ledger_head head;
	char hex[DIGEST_HEX_SIZE], at[INSTANT_SIZE];
	const char *file;
	const struct error *error =
	    ledger_head(pen->arena, pen->store, history->last, &head);

	if (error != NULL)
		return error;
	instant_format(at, history->at);
	file = arena_printf(pen->arena, "log/%.4s.jsonl", at);
	pen_open(pen, "section", "log");
	pen_words(pen, "h2", NULL, "site.log");
	pen_put(pen, "p", NULL,
	    SAY(pen->arena, pen->page->lang, "site.log_entry",
		pen_number(pen, history->last)));
	pen_open(pen, "p", NULL);
	pen_link_file(pen, file, file);
	pen_close(pen);
	pen_open(pen, "p", NULL);
	pen_text(pen, "SHA-256 ");
	pen_put(pen, "code", "hash", digest_hex(hex, &head.hash));
	pen_close(pen);
	pen_close(pen);
	return NULL;
}

static const struct error *
write_next(struct pen *pen)
{
	struct announcement next;
	const struct error *error;
	enum lang lang = pen->page->lang;

	if (pen->page->next == NULL)
		return NULL;
	if ((error = pen_said(pen, pen->page->next, &next)) != NULL)
		return error;
	pen_open(pen, "section", "next");
	pen_words(pen, "h2", NULL, "site.next");
	pen_open(pen, "p", NULL);
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", next.release),
	    words_name(pen->arena, lang, &next));
	pen_text(pen, " ");
	pen_put(pen, "span", "by", words_moment(pen->arena, lang, &next.when));
	pen_close(pen);
	pen_close(pen);
	return NULL;
}

static void
member(struct buf *json, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	buf_putc(json, ',');
	buf_json(json, key);
	buf_putc(json, ':');
	buf_json(json, value);
}

static const char *
event_status(const struct announcement *said)
{
	switch (said->status) {
	case SAID_CANCELLED:
		return "https://schema.org/EventCancelled";
	case SAID_POSTPONED:
		return "https://schema.org/EventPostponed";
	default:
		break;
	}
	return said->has_previous ? "https://schema.org/EventRescheduled"
				  : "https://schema.org/EventScheduled";
}

/* https://schema.org/Event */
static void
write_event(struct pen *pen, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	const char *self = pen_address(pen, pen->page->folder, "");
	char text[INSTANT_SIZE];
	struct buf json;

	buf_init(&json, pen->arena);
	buf_puts(&json, "{\"@context\":\"https://schema.org\","
			"\"@type\":\"Event\"");
	member(&json, "name", words_title(pen->arena, lang, said));
	member(&json, "startDate",
	    said->when.precision == PRECISION_INSTANT
		? instant_format(text, said->start)
		: day_format(text, said->when.start.day));
	if (said->when.last.n != said->when.start.day.n)
		member(&json, "endDate", day_format(text, said->when.last));
	member(&json, "eventStatus", event_status(said));
	if (said->has_previous && said->status != SAID_CANCELLED)
		member(&json, "previousStartDate",
		    day_format(text, said->previous.start.day));
	member(&json, "eventAttendanceMode",
	    "https://schema.org/OnlineEventAttendanceMode");
	member(&json, "url", self);
	buf_puts(&json, ",\"location\":{\"@type\":\"VirtualLocation\"");
	/* Data, too, is followed by somebody. */
	member(&json, "url",
	    said->url != NULL && strncmp(said->url, "http", 4) == 0 ? said->url
								    : self);
	buf_puts(&json, "},\"organizer\":{\"@type\":\"Organization\"");
	member(&json, "name", text_in(&said->publisher, lang));
	buf_puts(&json, "}}");
	pen_data(pen, json.data);
}

static void
write_calendar(struct pen *pen, const struct announcement *said)
{
	pen_open(pen, "p", "one");
	pen_link_file(pen,
	    arena_printf(pen->arena, "%s%srelease.ics",
		pen->page->lang == LANG_EN ? "en/" : "", pen->page->folder),
	    pen_say(pen, "site.one_event"));
	pen_close(pen);
	subscribe_box(pen, arena_printf(pen->arena, "series/%s/%s/",
			       said->department, said->series));
}

const struct error *
page_release(struct pen *pen)
{
	const struct page *page = pen->page;
	const struct entry *entry = page->items.v[0];
	struct announcement said;
	struct history history;
	const struct error *error = pen_said(pen, entry, &said);

	if (error != NULL)
		return error;
	frame_begin(pen, words_title(pen->arena, page->lang, &said));
	pen_open(pen, "h1", NULL);
	pen_language(pen, &said.title);
	pen_text(pen, words_name(pen->arena, page->lang, &said));
	pen_close(pen);
	write_when(pen, &said);
	write_facts(pen, &said);
	write_calendar(pen, &said);
	if ((error = write_history(pen, entry->release, &history)) != NULL ||
	    (error = write_next(pen)) != NULL)
		return error;
	profile_fields(pen, page->profile);
	profile_contact(pen, page->profile, find_department(page->site, entry));
	if ((error = write_place(pen, &history)) != NULL)
		return error;
	write_event(pen, &said);
	frame_end(pen);
	return NULL;
}
