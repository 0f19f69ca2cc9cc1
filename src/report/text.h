/*
 * Text on a terminal: columns that line up, paragraphs that wrap, colour
 * where it is wanted.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <yugao/report.h>

/* Nothing is laid out wider than this, however wide the terminal is. */
#define TEXT_WIDEST 100

void
text_styled(const struct report *report, enum style style, const char *text);
/* Followed by blanks up to `width` columns. */
void text_padded(
    const struct report *report, enum style style, const char *text, int width);
/*
 * Ends the line.  `column` is where it begins; what does not fit goes on at
 * `indent`.  Chinese breaks between characters, but no line starts with a
 * closing mark or ends with an opening one.
 */
void text_wrapped(const struct report *report, enum style style, int column,
    int indent, const char *text);
/*
 * The same for a row of a list: it does not end the line, may be wider than
 * a narrow terminal, and returns the column where it ended.
 */
int text_row(const struct report *report, enum style style, int column,
    int indent, const char *text);
/* As wide as a row may be. */
int text_row_width(const struct report *report);
/* A line or paragraph of its own at that indent. */
void text_line(const struct report *report, enum style style, int indent,
    const char *text);

/* The sentence in the report's language. */
#define TOLD(report, ...) SAY((report)->arena, (report)->lang, __VA_ARGS__)

struct strings {
	const char **v;
	size_t n, cap;
};
/* "a、b" or "a, b": `between` is the catalogue's id of what stands between. */
const char *strings_joined(const struct report *report, const char *between,
    const struct strings *strings);

/* A report that writes the same but makes its garbage elsewhere. */
struct report report_with(const struct report *report, struct arena *arena);

#endif
