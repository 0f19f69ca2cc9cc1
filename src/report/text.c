#include "text.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

void
text_styled(const struct report *report, enum style style, const char *text)
{
	const struct terminal *terminal = &report->terminal;

	if (style == STYLE_NONE)
		fputs(text, terminal->out);
	else
		fprintf(terminal->out, "%s%s%s", style_on(terminal, style),
		    text, style_off(terminal));
}

void
text_padded(
    const struct report *report, enum style style, const char *text, int width)
{
	int blanks = width - text_width(text);

	text_styled(report, style, text);
	if (blanks > 0)
		fprintf(report->terminal.out, "%*s", blanks, "");
}

static bool
is_one_of(const char *s, size_t len, const char *marks)
{
	size_t n;

	for (; *marks != '\0'; marks += n) {
		n = utf8_length(marks, strlen(marks));
		if (n == len && memcmp(marks, s, len) == 0)
			return true;
	}
	return false;
}

/* Chinese, and what stands between it. */
static bool
is_cjk(const char *s, size_t len)
{
	return utf8_decode(s, len) >= 0x2E80;
}

/* Whether a line may end between two neighbouring characters. */
static bool
may_break(const char *left, size_t left_len, const char *right, size_t len)
{
	if (*left == ' ')
		return *right != ' ';
	if (*right == ' ' ||
	    is_one_of(right, len, "，。；：、）】》」』”’！？…—〕%),.;:]") ||
	    is_one_of(left, left_len, "（【《「『“‘〔([—"))
		return false;
	return is_cjk(left, left_len) || is_cjk(right, len);
}

static int
widest(const struct report *report)
{
	int width = report->terminal.width;

	return width <= 0 || width > TEXT_WIDEST ? TEXT_WIDEST : width;
}

/* Bytes of the text that go on a line of `room` columns. */
static size_t
fitting(const char *text, int room)
{
	size_t len = strlen(text), at = 0, last = 0, before = 0;
	char character[8];
	int width = 0;

	while (at < len) {
		size_t n = utf8_length(text + at, len - at);

		n = n == 0 ? 1 : n;
		if (at > 0 &&
		    may_break(text + before, at - before, text + at, n))
			last = at;
		memcpy(character, text + at, n);
		character[n] = '\0';
		width += text_width(character);
		if (width > room && last > 0 && text[at] != ' ')
			return last;
		before = at;
		at += n;
	}
	return len;
}

/* Breaks where needed; returns the column where it ended. */
static int
flow(const struct report *report, enum style style, int column, int indent,
    int width, const char *text)
{
	FILE *out = report->terminal.out;

	for (;;) {
		size_t n = fitting(text, width - column), shown = n;
		const char *part;

		while (shown > 0 && text[shown - 1] == ' ')
			shown--;
		part = arena_strndup(report->arena, text, shown);
		text_styled(report, style, part);
		text += n;
		if (*text == '\0')
			return column + text_width(part);
		fprintf(out, "\n%*s", indent, "");
		column = indent;
	}
}

void
text_wrapped(const struct report *report, enum style style, int column,
    int indent, const char *text)
{
	flow(report, style, column, indent, widest(report), text);
	fputc('\n', report->terminal.out);
}

int
text_row_width(const struct report *report)
{
	int width = report->terminal.width;

	return width > TEXT_WIDEST ? width : TEXT_WIDEST;
}

int
text_row(const struct report *report, enum style style, int column, int indent,
    const char *text)
{
	return flow(
	    report, style, column, indent, text_row_width(report), text);
}

void
text_line(
    const struct report *report, enum style style, int indent, const char *text)
{
	fprintf(report->terminal.out, "%*s", indent, "");
	text_wrapped(report, style, indent, indent, text);
}

const char *
strings_joined(const struct report *report, const char *between,
    const struct strings *strings)
{
	const char *comma = TOLD(report, between);
	struct buf buf;
	size_t i;

	buf_init(&buf, report->arena);
	for (i = 0; i < strings->n; i++) {
		buf_puts(&buf, i > 0 ? comma : "");
		buf_puts(&buf, strings->v[i]);
	}
	return buf.data;
}

struct report
report_with(const struct report *report, struct arena *arena)
{
	struct report copy = *report;

	copy.arena = arena;
	return copy;
}
