#include <yugao/lint.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <yugao/arena.h>

#include "lint_state.h"

#define LINE_OCTETS 75
#define CLIP 60

struct lint *
lint_new(struct arena *arena)
{
	struct lint *lint = arena_alloc(arena, sizeof(*lint));

	lint->arena = arena;
	buf_init(&lint->rest, arena);
	buf_init(&lint->text, arena);
	return lint;
}

static const char *
message_id(struct arena *arena, const struct lint_rule *rule)
{
	char *id = arena_printf(arena, "lint.%s", rule->id), *s;

	for (s = id; *s != '\0'; s++)
		if (*s == '-')
			*s = '_';
	return id;
}

static const char *
clip(struct arena *arena, struct span span)
{
	size_t n = span.len;

	if (n <= CLIP)
		return arena_strndup(arena, span.s, n);
	n = CLIP;
	while (n > CLIP - 3 && ((unsigned char)span.s[n] & 0xC0) == 0x80)
		n--;
	return arena_printf(arena, "%s…", arena_strndup(arena, span.s, n));
}

void
lint_find(struct lint *lint, enum rule_index index, struct place_at place,
    const char *what, struct span value)
{
	lint_find_there(
	    lint, index, place, (struct place_at){ 0, 0 }, what, value);
}

void
lint_find_there(struct lint *lint, enum rule_index index, struct place_at place,
    struct place_at there, const char *what, struct span value)
{
	struct arena *arena = lint->arena;
	size_t n;
	const struct lint_rule *rule = &lint_rules(&n)[index];
	struct finding finding = { .rule = rule,
		.line = place.line,
		.col = place.col,
		.old_line = there.line,
		.old_col = there.col };
	struct {
		struct finding *v;
		size_t n, cap;
	} list = { lint->found, lint->n_found, lint->cap_found };

	lint->counts[rule->severity]++;
	if (lint->of_rule[index]++ >= LINT_RULE_LIMIT || list.n >= LINT_LIMIT)
		return;
	finding.message =
	    MESSAGE(arena, message_id(arena, rule), what, clip(arena, value));
	ARRAY_PUSH(arena, &list, finding);
	lint->found = list.v;
	lint->n_found = list.n;
	lint->cap_found = list.cap;
}

struct place_at
lint_place(const struct lint *lint, const char *at)
{
	size_t offset = (size_t)(at - lint->text.data), i = lint->n_folds;
	struct place_at place;

	while (--i > 0 && lint->folds[i].at > offset)
		continue;
	place = lint->folds[i].place;
	place.col += offset - lint->folds[i].at;
	return place;
}

static void
find_here(struct lint *lint, enum rule_index rule, size_t col)
{
	lint_find(lint, rule, (struct place_at){ lint->line, col }, NULL,
	    (struct span){ "", 0 });
}

/* The line's length without its end, which is reported if it is not CRLF. */
static size_t
check_end(struct lint *lint, const char *s, size_t len, bool ended)
{
	size_t n = len;

	if (!ended) {
		find_here(lint, RULE_LINE_UNENDED, len + 1);
		return len;
	}
	while (n > 0 && s[n - 1] == '\r')
		n--;
	if (n == len)
		find_here(lint, RULE_LINE_LF, len + 1);
	else if (len - n > 1)
		find_here(lint, RULE_FOLD_CRCRLF, n + 1);
	return n;
}

/* Adds a piece of a content line that stands at this column. */
static void
add_piece(struct lint *lint, const char *s, size_t len, size_t col)
{
	struct fold fold = { lint->text.len, { lint->line, col } };
	struct {
		struct fold *v;
		size_t n, cap;
	} list = { lint->folds, lint->n_folds, lint->cap_folds };

	if (lint->text.len + len > LINE_MOST)
		len = LINE_MOST - lint->text.len;
	if (lint->text.len < LINE_MOST || list.n == 0)
		ARRAY_PUSH(lint->arena, &list, fold);
	lint->folds = list.v;
	lint->n_folds = list.n;
	lint->cap_folds = list.cap;
	buf_add(&lint->text, s, len);
}

/* The text so far ends within a character that this byte goes on with. */
static bool
splits_character(const struct buf *text, char next)
{
	size_t back = 1;

	if (((unsigned char)next & 0xC0) != 0x80)
		return false;
	while (back < 4 && back < text->len &&
	       ((unsigned char)text->data[text->len - back] & 0xC0) == 0x80)
		back++;
	return text->len >= back &&
	       (unsigned char)text->data[text->len - back] >= 0xC0 &&
	       utf8_length(text->data + text->len - back, back) == 0;
}

static void
end_content(struct lint *lint)
{
	if (lint->open)
		lint_content(lint);
	lint->open = false;
	lint->n_folds = 0;
	buf_clear(&lint->text);
}

static void
continue_content(struct lint *lint, const char *s, size_t len)
{
	if (*s == '\t')
		find_here(lint, RULE_FOLD_TAB, 1);
	if (len == 1)
		find_here(lint, RULE_FOLD_EMPTY, 1);
	else if (splits_character(&lint->text, s[1]))
		find_here(lint, RULE_FOLD_UTF8, 2);
	add_piece(lint, s + 1, len - 1, 2);
}

static void
read_line(struct lint *lint, const char *s, size_t len, bool ended)
{
	size_t col = 1, octets;

	lint->line++;
	if (lint->line == 1 && len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		find_here(lint, RULE_BOM, 1);
		s += 3;
		len -= 3;
		col += 3;
	}
	len = check_end(lint, s, len, ended);
	octets = len + lint->dropped;
	if (octets > LINE_OCTETS)
		find_here(lint, RULE_LINE_LONG, LINE_OCTETS + 1);
	if (lint->open && len > 0 && (*s == ' ' || *s == '\t')) {
		continue_content(lint, s, len);
		return;
	}
	end_content(lint);
	if (len == 0) {
		find_here(lint, RULE_LINE_EMPTY, 1);
		return;
	}
	lint->open = true;
	add_piece(lint, s, len, col);
}

/* Keeps a line that is not whole yet; the last octet tells how it ends. */
static void
keep_rest(struct lint *lint, const char *s, size_t len)
{
	struct buf *rest = &lint->rest;
	size_t room = LINE_MOST - rest->len;

	if (len <= room) {
		buf_add(rest, s, len);
		return;
	}
	buf_add(rest, s, room);
	lint->dropped += len - room;
	rest->data[rest->len - 1] = s[len - 1];
}

void
lint_add(struct lint *lint, const char *data, size_t len)
{
	while (len > 0) {
		const char *lf = memchr(data, '\n', len);
		size_t n = lf == NULL ? len : (size_t)(lf - data);

		if (lf == NULL) {
			keep_rest(lint, data, n);
			return;
		}
		/* Too long a line is cut the same however it arrives. */
		if (lint->rest.len > 0 || n > LINE_MOST) {
			keep_rest(lint, data, n);
			read_line(lint, lint->rest.data, lint->rest.len, true);
			buf_clear(&lint->rest);
			lint->dropped = 0;
		} else {
			read_line(lint, data, n, true);
		}
		data += n + 1;
		len -= n + 1;
	}
}

static int
compare_findings(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

void
lint_end(struct lint *lint, struct findings *findings)
{
	if (lint->rest.len > 0)
		read_line(lint, lint->rest.data, lint->rest.len, false);
	end_content(lint);
	lint_close(lint);
	if (lint->old != NULL)
		lint_compare(lint);
	if (lint->n_found > 0)
		qsort(lint->found, lint->n_found, sizeof(*lint->found),
		    compare_findings);
	*findings = (struct findings){ .v = lint->found,
		.n = lint->n_found,
		.cap = lint->cap_found,
		.count = { lint->counts[0], lint->counts[1], lint->counts[2] },
		.of_rule = lint->of_rule };
}

void
lint_http(struct lint *lint, const char *content_type, bool has_validator)
{
	static const char calendar[] = "text/calendar", utf8[] = "utf-8";
	const char *type = content_type == NULL ? "" : content_type;
	struct span value = span_of(type);
	struct place_at top = { 1, 1 };
	const char *charset = strchr(type, ';');

	while (charset != NULL && strncasecmp(charset + strspn(charset, "; \t"),
				      "charset=", 8) != 0)
		charset = strchr(charset + 1, ';');
	if (strncasecmp(type, calendar, sizeof(calendar) - 1) != 0 ||
	    strchr("; \t", type[sizeof(calendar) - 1]) == NULL) {
		lint_find(lint, RULE_HTTP_CONTENT_TYPE, top, NULL, value);
	} else {
		if (charset != NULL) {
			charset = strchr(charset, '=') + 1;
			charset += *charset == '"';
		}
		if (charset == NULL ||
		    strncasecmp(charset, utf8, sizeof(utf8) - 1) != 0)
			lint_find(lint, RULE_HTTP_CHARSET, top, NULL, value);
	}
	if (!has_validator)
		lint_find(lint, RULE_HTTP_VALIDATOR, top, NULL, value);
}

void
lint_bytes(struct arena *arena, const char *data, size_t len,
    struct findings *findings)
{
	struct lint *lint = lint_new(arena);

	lint_add(lint, data, len);
	lint_end(lint, findings);
}
