#include "calendar.h"

#include <string.h>

#include <yugao/arena.h>

/*
 * Copies one logical line to out and returns what is left of the input.
 * More than one CR before the LF is forgiven: libical up to 4.0.2 writes
 * CR CR LF when it folds some lines.
 */
static const char *
take_line(const char *in, const char *end, struct line *line, int *number)
{
	char *out = line->text;

	for (;;) {
		const char *eol = memchr(in, '\n', (size_t)(end - in));
		const char *stop = eol != NULL ? eol : end;

		while (stop > in && stop[-1] == '\r')
			stop--;
		memcpy(out, in, (size_t)(stop - in));
		out += stop - in;
		in = eol != NULL ? eol + 1 : end;
		*number += 1;
		if (in == end || (*in != ' ' && *in != '\t'))
			break;
		in++;
	}
	*out = '\0';
	line->len = (size_t)(out - line->text);
	return in;
}

void
lines_split(struct arena *arena, struct bytes bytes, struct lines *lines)
{
	const char *in = bytes.data, *end = in + bytes.len;
	/* A line end is never shorter than the '\0' that replaces it. */
	char *out = arena_alloc(arena, bytes.len + 1);
	int number = 1;

	*lines = (struct lines){ 0 };
	if (bytes.len >= 3 && memcmp(in, "\xEF\xBB\xBF", 3) == 0)
		in += 3;
	while (in < end) {
		struct line line = { out, 0, number };

		in = take_line(in, end, &line, &number);
		if (line.len == 0)
			continue;
		out += line.len + 1;
		ARRAY_PUSH(arena, lines, line);
	}
}
