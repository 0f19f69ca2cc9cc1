#include "places.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "cells.h"

/* The reader has refused what nests deeper; this only guards the stack. */
#define SCAN_DEPTH 64

struct scanner {
	struct arena *arena;
	struct places *places;
	const char *at, *end;
	struct spot spot; /* of at */
};

static void
step(struct scanner *s)
{
	unsigned char c = (unsigned char)*s->at++;

	if (c == '\n') {
		s->spot.line++;
		s->spot.col = 1;
	} else if (s->at == s->end || ((unsigned char)*s->at & 0xC0) != 0x80) {
		s->spot.col++; /* the last byte of a character */
	}
}

/* The next byte, or '\0' at the end; a NUL in the text is no token. */
static char
peek(const struct scanner *s)
{
	return s->at < s->end ? *s->at : '\0';
}

static void
skip_space(struct scanner *s)
{
	while (s->at < s->end && strchr(" \t\r\n", *s->at) != NULL &&
	       *s->at != '\0')
		step(s);
}

static bool
fail(struct scanner *s, struct spot at, const char *id)
{
	s->places->problem = id;
	s->places->problem_at = at;
	return false;
}

/* Whatever was expected, a text that stops too early says so itself. */
static bool
problem(struct scanner *s, struct spot at, const char *id)
{
	return s->at == s->end ? fail(s, s->spot, "plan.json_end")
			       : fail(s, at, id);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits; -1 if they are not there. */
static int
take_hex(struct scanner *s)
{
	int value = 0, i;

	for (i = 0; i < 4; i++) {
		int digit = s->at < s->end ? hex_digit(*s->at) : -1;

		if (digit == -1)
			return -1;
		value = value * 16 + digit;
		step(s);
	}
	return value;
}

/* After "\u": one code point, which may take two escapes; 0 if wrong. */
static uint32_t
take_unicode(struct scanner *s)
{
	int high = take_hex(s), low;

	if (high <= 0 || (high >= 0xDC00 && high <= 0xDFFF))
		return 0;
	if (high < 0xD800 || high > 0xDFFF)
		return (uint32_t)high;
	if (peek(s) != '\\')
		return 0;
	step(s);
	if (peek(s) != 'u')
		return 0;
	step(s);
	low = take_hex(s);
	if (low < 0xDC00 || low > 0xDFFF)
		return 0;
	return 0x10000 + ((uint32_t)(high - 0xD800) << 10) +
	       (uint32_t)(low - 0xDC00);
}

static void
put_utf8(struct buf *buf, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(buf, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_putc(buf, (char)(0xC0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_putc(buf, (char)(0xE0 | c >> 12));
		} else {
			buf_putc(buf, (char)(0xF0 | c >> 18));
			buf_putc(buf, (char)(0x80 | (c >> 12 & 0x3F)));
		}
		buf_putc(buf, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_putc(buf, (char)(0x80 | (c & 0x3F)));
}

static bool
take_escape(struct scanner *s, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	struct spot at = s->spot;
	const char *found;
	uint32_t c;

	step(s);
	if (peek(s) == 'u') {
		step(s);
		if ((c = take_unicode(s)) == 0)
			return problem(s, at, "plan.json_escape");
		put_utf8(out, c);
		return true;
	}
	found = peek(s) == '\0' ? NULL : strchr(from, peek(s));
	if (found == NULL)
		return problem(s, at, "plan.json_escape");
	buf_putc(out, to[found - from]);
	step(s);
	return true;
}

/* A string; its inside in *inside only if asked for. */
static bool
take_string(struct scanner *s, const char **inside, size_t *len)
{
	struct spot open = s->spot;
	struct buf buf = { .arena = NULL };
	const char *plain;

	step(s);
	plain = s->at;
	while (s->at < s->end && *s->at != '"') {
		if ((unsigned char)*s->at < 0x20)
			return problem(s, open, "plan.json_string");
		if (*s->at != '\\') {
			step(s);
			continue;
		}
		if (buf.arena == NULL)
			buf_init(&buf, s->arena);
		buf_add(&buf, plain, (size_t)(s->at - plain));
		if (!take_escape(s, &buf))
			return false;
		plain = s->at;
	}
	if (s->at == s->end)
		return fail(s, open, "plan.json_string");
	if (buf.arena != NULL)
		buf_add(&buf, plain, (size_t)(s->at - plain));
	if (inside != NULL) {
		*inside = buf.arena != NULL ? buf.data : plain;
		*len = buf.arena != NULL ? buf.len : (size_t)(s->at - plain);
	}
	step(s);
	return true;
}

static bool
take_digits(struct scanner *s)
{
	const char *from = s->at;

	while (peek(s) >= '0' && peek(s) <= '9')
		step(s);
	return s->at > from;
}

static bool
take_number(struct scanner *s)
{
	struct spot at = s->spot;
	bool good, zero;

	if (peek(s) == '-')
		step(s);
	zero = peek(s) == '0';
	if (zero)
		step(s);
	good = zero ? peek(s) < '0' || peek(s) > '9' : take_digits(s);
	if (good && peek(s) == '.') {
		step(s);
		good = take_digits(s);
	}
	if (good && (peek(s) == 'e' || peek(s) == 'E')) {
		step(s);
		if (peek(s) == '+' || peek(s) == '-')
			step(s);
		good = take_digits(s);
	}
	return good || problem(s, at, "plan.json_number");
}

static bool
take_word(struct scanner *s)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t i, len;

	for (i = 0; i < COUNT(words); i++) {
		len = strlen(words[i]);
		if ((size_t)(s->end - s->at) < len ||
		    memcmp(s->at, words[i], len) != 0)
			continue;
		s->at += len;
		s->spot.col += (uint32_t)len;
		return true;
	}
	return problem(s, s->spot, "plan.json_value");
}

static bool take_value(struct scanner *s, size_t site, int depth);

static size_t
new_site(struct scanner *s)
{
	struct site site = { .at = s->spot, .kind = peek(s) };

	ARRAY_PUSH(s->arena, s->places, site);
	return s->places->n - 1;
}

static bool
take_member(struct scanner *s, int depth)
{
	struct site *site;
	size_t i = new_site(s), len = 0;

	site = &s->places->v[i];
	site->key_at = s->spot;
	if (peek(s) != '"')
		return problem(s, s->spot, "plan.json_key");
	if (!take_string(s, &site->key, &len))
		return false;
	site->key_len = (uint32_t)len;
	skip_space(s);
	if (peek(s) != ':')
		return problem(s, s->spot, "plan.json_colon");
	step(s);
	skip_space(s);
	site->at = s->spot;
	site->kind = peek(s);
	return take_value(s, i, depth);
}

/* The inside of an object or an array, with its closing bracket. */
static bool
take_inside(struct scanner *s, char close, int depth)
{
	step(s);
	skip_space(s);
	if (peek(s) == close) {
		step(s);
		return true;
	}
	for (;;) {
		struct spot comma;

		if (!(close == '}' ? take_member(s, depth)
				   : take_value(s, new_site(s), depth)))
			return false;
		skip_space(s);
		if (peek(s) == close)
			break;
		if (peek(s) != ',')
			return problem(s, s->spot, "plan.json_comma");
		comma = s->spot;
		step(s);
		skip_space(s);
		if (peek(s) == close)
			return problem(s, comma, "plan.json_extra_comma");
	}
	step(s);
	return true;
}

static bool
take_value(struct scanner *s, size_t site, int depth)
{
	char c = peek(s);
	bool good;

	if (depth == SCAN_DEPTH)
		return problem(s, s->spot, "plan.json_value");
	if (c == '{' || c == '[')
		good = take_inside(s, c == '{' ? '}' : ']', depth + 1);
	else if (c == '"')
		good = take_string(s, NULL, NULL);
	else if (c == '-' || (c >= '0' && c <= '9'))
		good = take_number(s);
	else
		good = take_word(s);
	s->places->v[site].next = (uint32_t)s->places->n;
	return good;
}

struct places *
places_scan(struct arena *arena, struct bytes text)
{
	struct places *places = arena_alloc(arena, sizeof(*places));
	struct scanner s = { arena, places, text.data, text.data + text.len,
		{ 1, 1 } };

	places->arena = arena;
	skip_space(&s);
	if (s.at == s.end) {
		problem(&s, s.spot, "plan.json_end");
		return places;
	}
	if (!take_value(&s, new_site(&s), 0))
		return places;
	skip_space(&s);
	if (s.at < s.end)
		problem(&s, s.spot, "plan.json_rest");
	return places;
}

static int
compare_names(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t len = a_len < b_len ? a_len : b_len;
	int order = len == 0 ? 0 : memcmp(a, b, len);

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_keys(const void *a, const void *b)
{
	const struct site *x = *(const struct site *const *)a;
	const struct site *y = *(const struct site *const *)b;
	int order = compare_names(x->key, x->key_len, y->key, y->key_len);

	return order != 0 ? order : (x > y) - (x < y);
}

static void
sort_children(struct places *places, struct children *children)
{
	const struct site **keys =
	    arena_alloc(places->arena, children->n * sizeof(*keys));
	size_t i;

	for (i = 0; i < children->n; i++)
		keys[i] = &places->v[children->v[i]];
	qsort(keys, children->n, sizeof(*keys), compare_keys);
	for (i = 0; i < children->n; i++)
		children->v[i] = (uint32_t)(keys[i] - places->v);
}

static struct children
list_children(struct places *places, size_t parent)
{
	size_t end = places->v[parent].next, n = 0, i;
	struct children children;

	for (i = parent + 1; i < end; i = places->v[i].next)
		n++;
	children.n = 0;
	children.v = arena_alloc(places->arena, (n + 1) * sizeof(*children.v));
	for (i = parent + 1; i < end; i = places->v[i].next)
		children.v[children.n++] = (uint32_t)i;
	if (n > 1 && places->v[parent].kind == '{')
		sort_children(places, &children);
	return children;
}

/*
 * Made once for each value that is asked about: a complaint about every item
 * of a long list must not walk the list each time.
 */
static const struct children *
children_of(struct places *places, size_t parent)
{
	struct site *site = &places->v[parent];
	struct children children = { NULL, 0 };

	if (site->children == 0) {
		if (places->children.n == 0)
			ARRAY_PUSH(places->arena, &places->children, children);
		children = list_children(places, parent);
		site->children = (uint32_t)places->children.n;
		ARRAY_PUSH(places->arena, &places->children, children);
	}
	return &places->children.v[site->children];
}

size_t
places_child(struct places *places, size_t parent, const char *key,
    size_t key_len, size_t index)
{
	const struct children *children;
	size_t low = 0, high, mid;

	if (parent >= places->n ||
	    places->v[parent].kind != (key != NULL ? '{' : '['))
		return NOWHERE;
	children = children_of(places, parent);
	if (key == NULL)
		return index < children->n ? children->v[index] : NOWHERE;
	/* Beyond the last member of that name. */
	for (high = children->n; low < high;) {
		const struct site *site;

		mid = low + (high - low) / 2;
		site = &places->v[children->v[mid]];
		if (compare_names(site->key, site->key_len, key, key_len) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return NOWHERE;
	mid = children->v[low - 1];
	return compare_names(places->v[mid].key, places->v[mid].key_len, key,
		   key_len) == 0
		   ? mid
		   : NOWHERE;
}

/* One reference token of a pointer with ~1 and ~0 undone. */
static const char *
take_token(struct arena *arena, const char **pointer, size_t *len)
{
	size_t n = strcspn(*pointer, "/"), i;
	char *token = arena_alloc(arena, n + 1);

	*len = 0;
	for (i = 0; i < n; i++) {
		char c = (*pointer)[i];

		if (c == '~' && i + 1 < n)
			c = (*pointer)[++i] == '1' ? '/' : '~';
		token[(*len)++] = c;
	}
	*pointer += n;
	return token;
}

/* An array index as RFC 6901 writes it, or NOWHERE. */
static size_t
array_index(const char *token)
{
	size_t n = strlen(token);

	if (n == 0 || n > 9 || n != strspn(token, "0123456789") ||
	    (token[0] == '0' && n > 1))
		return NOWHERE;
	return strtoul(token, NULL, 10);
}

size_t
places_find(struct arena *arena, struct places *places, const char *pointer)
{
	size_t at = 0;

	while (*pointer == '/' && at < places->n) {
		const char *token;
		size_t len;

		pointer++;
		token = take_token(arena, &pointer, &len);
		at = places->v[at].kind == '['
			 ? places_child(places, at, NULL, 0, array_index(token))
			 : places_child(places, at, token, len, 0);
	}
	return at < places->n ? at : NOWHERE;
}

struct places *
locator_places(struct locator *locator)
{
	if (locator->places == NULL)
		locator->places = places_scan(locator->arena, locator->text);
	return locator->places;
}

struct place
locator_spot(const struct locator *locator, struct spot spot)
{
	return (
	    struct place){ locator->file, (int)spot.line, (int)spot.col, NULL };
}

struct place
locator_find(struct locator *locator, const char *pointer)
{
	struct places *places;
	size_t i;

	if (locator->cells != NULL)
		return cells_place(locator->cells, pointer, false);
	places = locator_places(locator);
	i = places_find(locator->arena, places, pointer);
	return locator_spot(
	    locator, i == NOWHERE ? (struct spot){ 0, 0 } : places->v[i].at);
}

void
places_duplicates(struct places *places,
    void (*found)(void *context, struct spot at, struct spot first),
    void *context)
{
	size_t parent, i;

	for (parent = 0; parent < places->n; parent++) {
		const struct children *children;
		const struct site *first, *site;

		if (places->v[parent].kind != '{')
			continue;
		children = children_of(places, parent);
		first = NULL;
		for (i = 0; i < children->n; i++) {
			site = &places->v[children->v[i]];
			if (first != NULL &&
			    compare_names(first->key, first->key_len, site->key,
				site->key_len) == 0)
				found(context, site->key_at, first->key_at);
			else
				first = site;
		}
	}
}
