#include "csv.h"

#include <string.h>

#include <yugao/arena.h>

#include "moment.h"
#include <yugao/words.h>

static void
add_cell(struct buf *out, const char *value)
{
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_putc(out, ',');
	buf_putc(out, '"');
	if (value != NULL && *value != '\0' && strchr("=+-@\t\r", *value))
		buf_putc(out, '\'');
	for (; value != NULL && *value != '\0'; value++) {
		if (*value == '"')
			buf_putc(out, '"');
		buf_putc(out, *value);
	}
	buf_putc(out, '"');
}

static void
add_list(struct buf *out, const char *const *values, size_t n)
{
	struct buf list;
	size_t i;

	buf_init(&list, out->arena);
	for (i = 0; i < n; i++) {
		buf_puts(&list, i > 0 ? "; " : "");
		buf_puts(&list, values[i]);
	}
	add_cell(out, n > 0 ? list.data : "");
}

static void
add_texts(struct buf *out, const struct text *texts, size_t n, enum lang lang)
{
	const char **values = arena_alloc(out->arena, n * sizeof(*values));
	size_t i;

	for (i = 0; i < n; i++)
		values[i] = text_in(&texts[i], lang);
	add_list(out, values, n);
}

void
csv_head(struct buf *out, const struct feed *feed)
{
	struct arena *arena = arena_new();

	buf_puts(out, "\xef\xbb\xbf");
	buf_puts(out, SAY(arena, feed->lang, "artifact.csv_header"));
	buf_puts(out, "\r\n");
	arena_free(arena);
}

/* A row begins an empty buffer: its first cell has no comma before it. */
const struct error *
csv_item(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang, const char *pages)
{
	bool exact = a->when.precision == PRECISION_INSTANT;
	char text[MOMENT_SIZE], day[DAY_SIZE];
	struct buf number;

	(void)pages;
	buf_init(&number, out->arena);
	buf_int(&number, entry->sequence);
	add_cell(out, a->release);
	add_cell(out, words_title(out->arena, lang, a));
	add_cell(out, a->period);
	add_cell(out, exact ? moment_iso(text, &a->when)
			    : day_format(day, a->when.start.day));
	add_cell(out, exact ? "" : day_format(day, a->when.last));
	add_cell(out, precision_name(a->when.precision));
	add_cell(out, a->timezone);
	add_cell(out, said_status_name(words_status(a)));
	add_cell(out, number.data);
	add_cell(out, text_in(&a->publisher, lang));
	add_texts(out, a->topic_names, a->n_topics, lang);
	add_texts(out, a->indicators, a->n_indicators, lang);
	add_list(out, a->channels, a->n_channels);
	add_cell(out, a->result_url != NULL ? a->result_url : a->url);
	add_cell(out, text_in(&a->note, lang));
	add_cell(out, text_in(&a->reason, lang));
	add_cell(out, a->has_previous ? moment_iso(text, &a->previous) : "");
	add_cell(out, instant_format(text, entry->at));
	add_cell(out, a->uid);
	buf_puts(out, "\r\n");
	return NULL;
}

void
csv_foot(struct buf *out, const struct feed *feed)
{
	(void)out;
	(void)feed;
}
