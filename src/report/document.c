#include "document.h"

#include <string.h>

#include <yugao/arena.h>

/* Written out whenever this much has gathered. */
#define DOCUMENT_CHUNK ((size_t)64 << 10)

static void
flush(struct document *document)
{
	fwrite(document->buf.data, 1, document->buf.len, document->out);
	buf_clear(&document->buf);
}

static bool
is_first(const struct document *document)
{
	char last = document->buf.len > 0
			? document->buf.data[document->buf.len - 1]
			: ',';

	return last == '{' || last == '[';
}

/* The comma, the line's end between rows, and the key. */
static void
next_value(struct document *document, const char *key)
{
	struct buf *buf = &document->buf;
	bool first = is_first(document);

	if (buf->len > DOCUMENT_CHUNK && !first)
		flush(document);
	if (!first && document->depth > 0)
		buf_putc(buf, ',');
	if (key == NULL)
		return;
	buf_json(buf, key);
	buf_putc(buf, ':');
}

static void
open_with(struct document *document, const char *key, char open, char close)
{
	next_value(document, key);
	/* One row of the outermost lists a line. */
	if (key == NULL && document->depth == 2)
		buf_putc(&document->buf, '\n');
	buf_putc(&document->buf, open);
	if (document->depth < DOCUMENT_DEPTH)
		document->closers[document->depth] = close;
	document->depth++;
}

void
document_object(struct document *document, const char *key)
{
	open_with(document, key, '{', '}');
}

void
document_array(struct document *document, const char *key)
{
	open_with(document, key, '[', ']');
}

void
document_close(struct document *document)
{
	document->depth--;
	buf_putc(&document->buf, document->closers[document->depth]);
}

void
document_begin(
    struct document *document, const struct report *report, const char *schema)
{
	buf_init(&document->buf, report->arena);
	document->out = report->terminal.out;
	document->depth = 0;
	document_object(document, NULL);
	document_string(document, "schema", schema);
}

void
document_end(struct document *document)
{
	while (document->depth > 0)
		document_close(document);
	buf_putc(&document->buf, '\n');
	flush(document);
}

void
document_string(struct document *document, const char *key, const char *value)
{
	if (value == NULL)
		return;
	next_value(document, key);
	buf_json(&document->buf, value);
}

void
document_number(struct document *document, const char *key, int64_t value)
{
	next_value(document, key);
	buf_int(&document->buf, value);
}

void
document_flag(struct document *document, const char *key, bool value)
{
	document_raw(document, key, value ? "true" : "false");
}

void
document_raw(struct document *document, const char *key, const char *json)
{
	next_value(document, key);
	buf_puts(&document->buf, json);
}

void
document_text(
    struct document *document, const char *key, const struct text *text)
{
	if (text->zh == NULL && text->en == NULL)
		return;
	document_object(document, key);
	document_string(document, "zh", text->zh);
	document_string(document, "en", text->en);
	document_close(document);
}

void
document_instant(
    struct document *document, const char *key, struct instant value)
{
	char text[INSTANT_SIZE];

	document_string(document, key, instant_format(text, value));
}

void
document_day(struct document *document, const char *key, struct day value)
{
	char text[DAY_SIZE];

	document_string(document, key, day_format(text, value));
}

void
document_moment(struct document *document, const struct moment *moment,
    const struct instant *start)
{
	static const char *const precisions[] = {
		[PRECISION_INSTANT] = "instant",
		[PRECISION_DATE] = "date",
		[PRECISION_MONTH] = "month",
		[PRECISION_WINDOW] = "window",
		[PRECISION_NLT] = "no-later-than",
		[PRECISION_NONE] = "none",
	};
	char first[DAY_SIZE], second[DAY_SIZE], when[2 * DAY_SIZE + 1];

	day_format(first, moment->start.day);
	if (moment->precision == PRECISION_INSTANT)
		snprintf(when, sizeof(when), "%sT%s", first,
		    minute_format(second, moment->start.minute));
	else if (moment->last.n != moment->start.day.n)
		snprintf(when, sizeof(when), "%s/%s", first,
		    day_format(second, moment->last));
	else
		snprintf(when, sizeof(when), "%s", first);
	if (moment->precision != PRECISION_NONE)
		document_string(document, "when", when);
	document_string(document, "precision", precisions[moment->precision]);
	if (start != NULL && moment->precision == PRECISION_INSTANT)
		document_instant(document, "start", *start);
}
