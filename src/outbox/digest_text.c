#include "digest_text.h"

#include <string.h>

#include <yugao/arena.h>

/* Kept for "and {0} more" and the link, which must always fit. */
#define END_MOST 300
/* One line must not push all others out. */
#define LINE_MOST 400

struct line {
	const char *text;
	bool is_new;
};

struct digest_text {
	struct arena *arena;
	const struct office *office;
	enum lang lang;
	struct line *v;
	size_t n, cap;
	struct entry newest;
};

struct digest_text *
digest_text_new(
    struct arena *arena, const struct office *office, enum lang lang)
{
	struct digest_text *text = arena_alloc(arena, sizeof(*text));

	*text = (struct digest_text){
		.arena = arena, .office = office, .lang = lang
	};
	return text;
}

/* Never inside a character. */
static const char *
cut(struct arena *arena, const struct buf *line, size_t most)
{
	size_t len = 0, next;

	if (line->len <= most)
		return line->data;
	while ((next = utf8_length(line->data + len, line->len - len)) > 0 &&
	       len + next <= most)
		len += next;
	return arena_printf(arena, "%.*s…", (int)len, line->data);
}

void
digest_text_add(struct digest_text *text,
    const struct announcement *announcement, const struct entry *entry)
{
	struct line line = { .is_new = entry->kind == ENTRY_NEW };
	struct buf buf;

	buf_init(&buf, text->arena);
	change_line(&buf, announcement, entry, text->lang);
	line.text = cut(text->arena, &buf, LINE_MOST);
	ARRAY_PUSH(text->arena, text, line);
	text->newest = (struct entry){ .id = entry->id, .at = entry->at };
}

/* How many fitted. */
static size_t
add_lines(const struct digest_text *text, struct buf *out, bool is_new)
{
	size_t n = 0, i;

	for (i = 0; i < text->n; i++) {
		const struct line *line = &text->v[i];

		if (line->is_new != is_new)
			continue;
		if (out->len + strlen(line->text) + 1 + END_MOST >
		    DIGEST_TEXT_MOST)
			break;
		buf_puts(out, line->text);
		buf_putc(out, '\n');
		n++;
	}
	return n;
}

static const char *
count(struct arena *arena, size_t n)
{
	return arena_printf(arena, "%zu", n);
}

bool
digest_text_end(struct digest_text *text, struct buf *out, struct entry *newest)
{
	struct arena *arena = text->arena;
	const char *url = text->office->url;
	size_t told;

	if (text->n == 0)
		return false;
	*newest = text->newest;
	buf_puts(out, SAY(arena, text->lang, "outbox.digest_title",
			  text_in(&text->office->name, text->lang),
			  count(arena, text->n)));
	buf_putc(out, '\n');
	told = add_lines(text, out, false);
	told += add_lines(text, out, true);
	if (told < text->n)
		buf_puts(out, SAY(arena, text->lang, "outbox.digest_more",
				  count(arena, text->n - told)));
	if (url != NULL && strlen(url) < END_MOST / 2)
		buf_puts(
		    out, SAY(arena, text->lang, "outbox.digest_link", url));
	return true;
}
