#include <yugao/markup.h>

#include <assert.h>
#include <string.h>

#include <yugao/arena.h>

/* Elements of HTML that hold nothing and have no end tag. */
static const char *const voids[] = { "br", "hr", "img", "input", "link",
	"meta" };

static const char *const schemes[] = {
	"http:", "https:", "webcal:", "mailto:", "tel:"
};

struct markup
markup_part(struct buf *out, enum markup_kind kind)
{
	return (struct markup){ .out = out, .kind = kind };
}

struct markup
markup_begin(struct buf *out, enum markup_kind kind)
{
	buf_puts(out, kind == MARKUP_HTML
			  ? "<!DOCTYPE html>\n"
			  : "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	return markup_part(out, kind);
}

static bool
is_void(const struct markup *markup, const char *element)
{
	size_t i;

	for (i = 0; markup->kind == MARKUP_HTML && i < COUNT(voids); i++)
		if (strcmp(element, voids[i]) == 0)
			return true;
	return false;
}

static void
end_tag(struct markup *markup)
{
	if (markup->in_tag)
		buf_putc(markup->out, '>');
	markup->in_tag = false;
}

/*
 * The length of a character at `at` that no document should show: a control
 * character, or a mark that turns the direction of the text around it; 0 if
 * it is none.
 */
static size_t
unfit(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;

	if (c[0] < 0x20 || c[0] == 0x7f)
		return c[0] == '\n' || c[0] == '\t' ? 0 : 1;
	if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f)
		return 2;
	if (c[0] == 0xd8 && c[1] == 0x9c)
		return 2;
	if (c[0] != 0xe2)
		return 0;
	if (c[1] == 0x80 &&
	    (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae)))
		return 3;
	return c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9 ? 3 : 0;
}

void
markup_plain(struct buf *out, const char *text)
{
	size_t n;

	while (*text != '\0') {
		if ((n = unfit(text)) > 0)
			buf_puts(out, "\xef\xbf\xbd");
		else
			buf_add(out, text, n = 1);
		text += n;
	}
}

static void
escape(struct buf *out, const char *text)
{
	size_t n;

	while (*text != '\0') {
		size_t plain = 0;

		while (text[plain] != '\0' &&
		       strchr("&<>\"'", text[plain]) == NULL &&
		       unfit(text + plain) == 0)
			plain++;
		buf_add(out, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		if ((n = unfit(text)) > 0) {
			buf_puts(out, "\xef\xbf\xbd");
			text += n;
			continue;
		}
		buf_puts(out, *text == '&'   ? "&amp;"
			      : *text == '<' ? "&lt;"
			      : *text == '>' ? "&gt;"
			      : *text == '"' ? "&quot;"
					     : "&#39;");
		text++;
	}
}

void
markup_open(struct markup *markup, const char *element)
{
	assert(markup->depth < MARKUP_DEPTH);
	end_tag(markup);
	buf_putc(markup->out, '<');
	buf_puts(markup->out, element);
	markup->open[markup->depth++] = element;
	markup->in_tag = true;
}

void
markup_attribute(struct markup *markup, const char *name, const char *value)
{
	assert(markup->in_tag);
	if (value == NULL)
		return;
	buf_putc(markup->out, ' ');
	buf_puts(markup->out, name);
	buf_puts(markup->out, "=\"");
	escape(markup->out, value);
	buf_putc(markup->out, '"');
}

void
markup_flag(struct markup *markup, const char *name)
{
	if (markup->kind == MARKUP_XML) {
		markup_attribute(markup, name, name);
		return;
	}
	assert(markup->in_tag);
	buf_putc(markup->out, ' ');
	buf_puts(markup->out, name);
}

/* Relative ones have no colon before the first slash, mark or number sign. */
static bool
is_fit_address(const char *address)
{
	size_t colon = strcspn(address, ":/?#"), i;

	for (i = 0; address[i] != '\0'; i++)
		if ((unsigned char)address[i] <= ' ' || unfit(address + i) > 0)
			return false;
	if (address[colon] != ':')
		return true;
	for (i = 0; i < COUNT(schemes); i++)
		if (strncmp(address, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

bool
markup_address(struct markup *markup, const char *name, const char *value)
{
	if (value == NULL || !is_fit_address(value))
		return false;
	markup_attribute(markup, name, value);
	return true;
}

void
markup_text(struct markup *markup, const char *text)
{
	end_tag(markup);
	if (text != NULL)
		escape(markup->out, text);
}

void
markup_raw(struct markup *markup, const char *bytes, size_t len)
{
	end_tag(markup);
	buf_add(markup->out, bytes, len);
}

void
markup_close(struct markup *markup)
{
	const char *element;

	assert(markup->depth > 0);
	element = markup->open[--markup->depth];
	if (markup->in_tag && markup->kind == MARKUP_XML) {
		buf_puts(markup->out, "/>");
		markup->in_tag = false;
		return;
	}
	end_tag(markup);
	if (is_void(markup, element))
		return;
	buf_puts(markup->out, "</");
	buf_puts(markup->out, element);
	buf_putc(markup->out, '>');
}

void
markup_end(struct markup *markup)
{
	while (markup->depth > 0)
		markup_close(markup);
	buf_putc(markup->out, '\n');
}

void
markup_element(struct markup *markup, const char *element, const char *text)
{
	markup_open(markup, element);
	markup_text(markup, text);
	markup_close(markup);
}
