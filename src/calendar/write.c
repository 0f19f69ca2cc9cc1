/*
 * The .ics of calendars/: byte for byte the same for the same notice, so
 * that an import shows only what a notice changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "calendar.h"

/* RFC 5545 3.1: octets of a line without its end. */
#define LINE_MOST 75

static void
add_line(struct buf *out, const char *line)
{
	size_t len = strlen(line), room = LINE_MOST;

	while (len > room) {
		size_t n = 0, step;

		/* A character stays whole. */
		while (n < room) {
			step = utf8_length(line + n, len - n);
			if (step == 0)
				step = 1;
			if (n + step > room)
				break;
			n += step;
		}
		buf_add(out, line, n);
		buf_puts(out, "\r\n ");
		line += n;
		len -= n;
		room = LINE_MOST - 1;
	}
	buf_add(out, line, len);
	buf_puts(out, "\r\n");
}

static void
add_value(struct buf *out, const char *name, const char *value)
{
	struct buf line;

	if (value == NULL)
		return;
	buf_init(&line, out->arena);
	buf_printf(&line, "%s:%s", name, value);
	add_line(out, line.data);
}

/* RFC 5545 3.3.11 */
static void
add_text(struct buf *out, const char *name, const char *text)
{
	struct buf line;

	if (text == NULL)
		return;
	buf_init(&line, out->arena);
	for (; *text != '\0'; text++) {
		if (strchr("\\;,", *text) != NULL)
			buf_putc(&line, '\\');
		buf_putc(&line, *text);
	}
	add_value(out, name, line.data);
}

static void
add_day(struct buf *out, const char *name, struct day day)
{
	char date[DAY_SIZE], line[80];

	if (day.n == DAY_ALWAYS.n || day.n == DAY_NEVER.n)
		return;
	snprintf(line, sizeof(line), "%s;VALUE=DATE", name);
	add_value(out, line, day_format_basic(date, day));
}

static void
add_number(struct buf *out, const char *name, int n)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%d", n);
	if (n != 0)
		add_value(out, name, digits);
}

/* The day that the stretch became known. */
static struct day
known_since(const struct notice *notice, const struct stretch *stretch)
{
	if (stretch->published.n != DAY_ALWAYS.n)
		return stretch->published;
	return notice->published.n != DAY_ALWAYS.n ? notice->published
						   : stretch->first;
}

static void
add_stretch(struct buf *out, const char *calendar, const struct notice *notice,
    const struct stretch *stretch)
{
	const char *kind = stretch->work ? "work" : "off";
	char first[DAY_SIZE], since[DAY_SIZE];
	bool amended = stretch->published.n != DAY_ALWAYS.n;
	struct buf value;

	day_format_basic(first, stretch->first);
	day_format_basic(since, known_since(notice, stretch));
	buf_puts(out, "BEGIN:VEVENT\r\n");
	buf_init(&value, out->arena);
	buf_printf(&value, "%s-%s-%s-%s", calendar, first, kind, since);
	add_value(out, "UID", value.data);
	buf_clear(&value);
	buf_printf(&value, "%sT000000Z", since);
	add_value(out, "DTSTAMP", value.data);
	add_day(out, "DTSTART", stretch->first);
	add_day(out, "DTEND", (struct day){ stretch->last.n + 1 });
	add_text(out, "SUMMARY", stretch->name.zh);
	add_text(out, "X-YUGAO-NAME-EN", stretch->name.en);
	add_text(out, "DESCRIPTION", stretch->description);
	add_value(out, "X-YUGAO-KIND", stretch->work ? "WORK" : "OFF");
	if (amended) {
		add_text(out, "X-YUGAO-TITLE", stretch->title);
		add_text(out, "X-YUGAO-NOTICE", stretch->number);
		add_day(out, "X-YUGAO-PUBLISHED", stretch->published);
	}
	add_day(out, "X-YUGAO-LAPSED", stretch->lapsed);
	buf_puts(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static int
compare_stretches(const void *a, const void *b)
{
	const struct stretch *x = *(const struct stretch *const *)a;
	const struct stretch *y = *(const struct stretch *const *)b;

	if (x->first.n != y->first.n)
		return x->first.n < y->first.n ? -1 : 1;
	if (x->published.n != y->published.n)
		return x->published.n < y->published.n ? -1 : 1;
	return (int)x->work - (int)y->work;
}

static void
add_head(struct buf *out, const char *calendar, const struct notice *notice)
{
	struct buf name;

	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		      "PRODID:-//yugao//working days//ZH\r\n"
		      "CALSCALE:GREGORIAN\r\n");
	buf_init(&name, out->arena);
	buf_printf(&name, "%d", notice->year);
	add_text(out, "X-WR-CALNAME",
	    SAY(out->arena, LANG_ZH,
		strcmp(calendar, "cn") == 0 ? "calendar.name_national"
					    : "calendar.name_of",
		name.data, calendar));
	add_number(out, "X-YUGAO-YEAR", notice->year);
	add_text(out, "X-YUGAO-BASE", notice->base);
	add_text(out, "X-YUGAO-TITLE", notice->title);
	add_text(out, "X-YUGAO-NOTICE", notice->number);
	add_value(out, "X-YUGAO-URL;VALUE=URI", notice->url);
	add_day(out, "X-YUGAO-PUBLISHED", notice->published);
	if (notice->signed_on.n != notice->published.n)
		add_day(out, "X-YUGAO-SIGNED", notice->signed_on);
}

void
notice_write(struct buf *buf, const char *calendar, const struct notice *notice)
{
	const struct stretch **order = arena_alloc(
	    buf->arena, notice->days.n * sizeof(const struct stretch *));
	size_t i;

	for (i = 0; i < notice->days.n; i++)
		order[i] = &notice->days.v[i];
	if (notice->days.n > 0)
		qsort(order, notice->days.n, sizeof(const struct stretch *),
		    compare_stretches);
	add_head(buf, calendar, notice);
	for (i = 0; i < notice->days.n; i++)
		add_stretch(buf, calendar, notice, order[i]);
	buf_puts(buf, "END:VCALENDAR\r\n");
}
