#include "ical.h"

#include <string.h>

#include <yugao/artifact.h>

#define LINE_MOST 75 /* octets without the line end (RFC 5545 3.1) */

static bool
is_tail(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

void
ical_fold(struct buf *out, const char *line, size_t len)
{
	size_t room = LINE_MOST;

	while (len > room) {
		size_t n = room, back = 0;

		/* No UTF-8 character has more than three bytes before. */
		while (back < 3 && is_tail(line[n - back]))
			back++;
		if (!is_tail(line[n - back]))
			n -= back;
		buf_add(out, line, n);
		buf_add(out, "\r\n ", 3);
		line += n;
		len -= n;
		room = LINE_MOST - 1;
	}
	buf_add(out, line, len);
	buf_add(out, "\r\n", 2);
}

void
ical_text(
    struct buf *out, struct buf *scratch, const char *name, const char *text)
{
	buf_clear(scratch);
	buf_puts(scratch, name);
	buf_putc(scratch, ':');
	for (;;) {
		size_t plain = strcspn(text, "\\,;\n");

		buf_add(scratch, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		buf_putc(scratch, '\\');
		buf_putc(scratch, *text == '\n' ? 'n' : *text);
		text++;
	}
	ical_fold(out, scratch->data, scratch->len);
}

void
ical_line(
    struct buf *out, struct buf *scratch, const char *name, const char *value)
{
	buf_clear(scratch);
	buf_puts(scratch, name);
	buf_putc(scratch, ':');
	buf_puts(scratch, value);
	ical_fold(out, scratch->data, scratch->len);
}
