/*
 * Writes HTML and XML that is escaped and balanced by construction: text and
 * attribute values are data, never markup, and what is opened is closed in
 * its order.  Names of elements and attributes are the program's own.
 */
#ifndef YUGAO_MARKUP_H
#define YUGAO_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/buf.h>

#define MARKUP_DEPTH 32

enum markup_kind { MARKUP_HTML, MARKUP_XML };

struct markup {
	struct buf *out;
	enum markup_kind kind;
	bool in_tag; /* attributes may still be added */
	size_t depth;
	const char *open[MARKUP_DEPTH];
};

/* Writes the document's first line: the doctype or the XML declaration. */
struct markup markup_begin(struct buf *out, enum markup_kind kind);
/* Without a first line: a part of a document. */
struct markup markup_part(struct buf *out, enum markup_kind kind);
/* Closes all that is still open, and ends the line. */
void markup_end(struct markup *markup);

void markup_open(struct markup *markup, const char *element);
/* Right after markup_open(); a NULL value writes nothing. */
void
markup_attribute(struct markup *markup, const char *name, const char *value);
/* An attribute without a value (HTML: hidden, open, …). */
void markup_flag(struct markup *markup, const char *name);
/*
 * An address; false, and nothing written, if it is neither relative nor of
 * http, https, webcal, mailto or tel: a plan's text is not trusted with more.
 */
bool markup_address(struct markup *markup, const char *name, const char *value);
/* Control characters and bidirectional marks become U+FFFD. */
void markup_text(struct markup *markup, const char *text);
/* The same for a file that is no markup at all: nothing is escaped. */
void markup_plain(struct buf *out, const char *text);
/* Bytes that are markup already: a fragment that the office keeps. */
void markup_raw(struct markup *markup, const char *bytes, size_t len);
void markup_close(struct markup *markup);

/* An element with nothing but a text in it. */
void
markup_element(struct markup *markup, const char *element, const char *text);

#endif
