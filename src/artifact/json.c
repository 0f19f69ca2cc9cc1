#include "json.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "moment.h"
#include <yugao/words.h>

/* A member that is left out when there is no value. */
static void
add_string(struct buf *out, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	buf_putc(out, '"');
	buf_puts(out, key);
	buf_puts(out, "\":");
	buf_json(out, value);
}

static void
add_raw(struct buf *out, const char *key, const char *value)
{
	buf_puts(out, ",\"");
	buf_puts(out, key);
	buf_puts(out, "\":");
	buf_puts(out, value);
}

static void
add_time(struct buf *out, const struct announcement *a)
{
	bool exact = a->when.precision == PRECISION_INSTANT;
	char start[INSTANT_SIZE], day[DAY_SIZE];

	add_string(out, "start",
	    exact ? instant_format(start, a->start)
		  : day_format(day, a->when.start.day));
	if (!exact)
		add_string(out, "end",
		    day_format(day, (struct day){ a->when.last.n + 1 }));
	add_raw(out, "allDay", exact ? "false" : "true");
	add_string(out, "timezone", a->timezone);
	add_string(out, "precision", precision_name(a->when.precision));
}

static const char *
status_name(enum said_status status)
{
	static const char *const names[] = {
		[SAID_TENTATIVE] = "tentative",
		[SAID_CONFIRMED] = "confirmed",
		[SAID_CANCELLED] = "cancelled",
		[SAID_POSTPONED] = "postponed",
		[SAID_RELEASED] = "released",
	};

	return names[status];
}

static void
add_strings(
    struct buf *out, const char *key, const char *const *strings, size_t n)
{
	size_t i;

	add_raw(out, key, "[");
	for (i = 0; i < n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		buf_json(out, strings[i]);
	}
	buf_putc(out, ']');
}

static void
add_texts(struct buf *out, const char *key, const struct text *texts, size_t n,
    enum lang lang)
{
	size_t i;

	add_raw(out, key, "[");
	for (i = 0; i < n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		buf_json(out, text_in(&texts[i], lang));
	}
	buf_putc(out, ']');
}

static void
add_previous(struct buf *out, const struct announcement *a)
{
	char said[MOMENT_SIZE];

	if (!a->has_previous || moment_equal(&a->previous, &a->when))
		return;
	add_raw(out, "previous", "{");
	add_string(out, "when", moment_iso(said, &a->previous));
	add_string(out, "precision", precision_name(a->previous.precision));
	buf_putc(out, '}');
}

/* What is only said of a few. */
static void
add_state(struct buf *out, const struct announcement *a, enum lang lang)
{
	char text[INSTANT_SIZE];

	if (a->reason_pending)
		add_raw(out, "reasonPending", "true");
	add_string(out, "methodChange", text_in(&a->method_change, lang));
	add_string(out, "dataStatus", a->data_status);
	if (a->status == SAID_POSTPONED && a->has_due)
		add_string(out, "newDateBy", day_format(text, a->due));
	if (a->status == SAID_RELEASED) {
		add_string(out, "released", instant_format(text, a->released));
		add_string(out, "resultUrl", a->result_url);
	}
}

const struct error *
json_item(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang, const char *pages)
{
	struct arena *arena = out->arena;
	char at[INSTANT_SIZE];

	if (a->when.precision == PRECISION_NONE)
		return ERROR_NEW(arena, ERROR_FAILED, NULL,
		    "artifact.no_moment", a->release);
	buf_putc(out, '{');
	add_string(out, "id", a->uid);
	add_string(out, "title", words_title(arena, lang, a));
	add_time(out, a);
	add_string(out, "url", a->url);
	if (pages != NULL) {
		add_string(out, "pageUrl", words_page(arena, lang, a, pages));
		add_string(out, "definitionUrl",
		    words_series_page(arena, lang, a, pages));
	}
	add_string(out, "release", a->release);
	add_string(out, "department", a->department);
	add_string(out, "publisher", text_in(&a->publisher, lang));
	add_string(out, "series", a->series);
	add_string(out, "seriesTitle", text_in(&a->title, lang));
	add_string(out, "period", a->period);
	add_string(out, "periodText", words_period(arena, lang, a));
	add_string(out, "estimate", a->estimate);
	add_string(out, "estimateText", words_estimate(arena, lang, a));
	add_string(out, "status", status_name(words_status(a)));
	add_raw(out, "late", a->late ? "true" : "false");
	add_raw(out, "sequence", "");
	buf_int(out, entry->sequence);
	add_string(out, "lastModified", instant_format(at, entry->at));
	add_strings(out, "topics", a->topics, a->n_topics);
	add_texts(out, "topicNames", a->topic_names, a->n_topics, lang);
	add_texts(out, "indicators", a->indicators, a->n_indicators, lang);
	add_strings(out, "channels", a->channels, a->n_channels);
	add_string(out, "note", text_in(&a->note, lang));
	add_string(out, "reason", text_in(&a->reason, lang));
	add_state(out, a, lang);
	add_previous(out, a);
	buf_putc(out, '}');
	return NULL;
}

void
json_head(struct buf *out, const struct feed *feed)
{
	char updated[INSTANT_SIZE];

	buf_putc(out, '{');
	add_string(out, "schema", "yugao-releases/1");
	add_string(out, "language", lang_name(feed->lang));
	add_string(out, "name", text_in(&feed->name, feed->lang));
	add_string(out, "description", text_in(&feed->description, feed->lang));
	add_string(out, "updated", instant_format(updated, feed->updated));
	add_string(out, "timezone", feed->timezone);
	add_string(out, "url", feed->url);
	add_string(out, "site", feed->site);
	buf_puts(out, ",\"releases\":[\n");
}

void
json_foot(struct buf *out, const struct feed *feed)
{
	buf_puts(out, feed->n > 0 ? "\n]}\n" : "]}\n");
}

/*
 * What the writer above cannot answer for: that the words it was given are
 * UTF-8, and that the bytes are all there and of this release.  Its own
 * punctuation is the same for every release and a matter for the tests:
 * parsing each item took a fifth of a first publish.
 */
const struct error *
json_check(struct arena *arena, const char *item, size_t len,
    const struct announcement *a)
{
	const char *member = NULL;
	struct buf head;

	buf_init(&head, arena);
	buf_puts(&head, "{\"id\":");
	buf_json(&head, a->uid);
	buf_puts(&head, ",\"title\":\"");
	if (len <= head.len || memcmp(item, head.data, head.len) != 0)
		member = "id";
	else if (item[len - 1] != '}')
		member = "}";
	else if (utf8_check(item, len) < len)
		member = "UTF-8";
	return member == NULL ? NULL
			      : ERROR_NEW(arena, ERROR_FAILED, NULL,
				    "artifact.check_value", a->uid, member);
}
