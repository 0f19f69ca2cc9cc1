#include "json.h"

#include <string.h>

#include <yugao/buf.h>

#include "cells.h"

/* More than this is one mistake made everywhere; the rest would drown it. */
#define COMPLAINTS_MOST 1000

struct reader
reader_of(struct arena *arena, const char *name, struct bytes text,
    struct diags *diags)
{
	struct locator *locator = arena_alloc(arena, sizeof(*locator));

	locator->arena = arena;
	locator->file = arena_strdup(arena, name);
	locator->text = text;
	return (struct reader){ .arena = arena,
		.diags = diags,
		.locator = locator,
		.errors = diags->errors };
}

const struct error *
reader_open(struct arena *arena, const char *path, size_t limit,
    struct diags *diags, struct reader *reader)
{
	struct bytes text = { 0 };
	const struct error *error = file_read(arena, path, limit, &text);

	if (error != NULL && error->kind != ERROR_INPUT)
		return error;
	if (error != NULL)
		text = (struct bytes){ 0 };
	*reader = reader_of(arena, path, text, diags);
	if (error != NULL)
		DIAG(arena, diags, DIAG_ERROR,
		    locator_spot(reader->locator, (struct spot){ 0, 0 }),
		    "plan.too_large", arena_printf(arena, "%zu", limit >> 20));
	return NULL;
}

bool
reader_has_errors(const struct reader *reader)
{
	return reader->diags->errors > reader->errors;
}

bool
reader_is_full(const struct reader *reader)
{
	return reader->complaints > COMPLAINTS_MOST;
}

void
reader_complain(struct reader *reader, enum diag_level level,
    struct place place, struct message message)
{
	if (level == DIAG_ERROR && ++reader->complaints > COMPLAINTS_MOST) {
		if (reader->complaints == COMPLAINTS_MOST + 1)
			DIAG(reader->arena, reader->diags, DIAG_ERROR, place,
			    "plan.too_many");
		return;
	}
	diag_add(reader->arena, reader->diags, level, place, message);
}

/* The place of the byte at that offset. */
static struct spot
spot_of(const struct bytes *text, size_t offset)
{
	struct spot spot = { 1, 1 };
	size_t line = 0, i;

	for (i = 0; i < offset; i++) {
		if (text->data[i] == '\n') {
			spot.line++;
			line = i + 1;
		}
	}
	spot.col += (uint32_t)utf8_count(text->data + line, offset - line);
	return spot;
}

static json_t *
refuse(struct reader *reader, struct spot spot, const char *id)
{
	reader_complain(reader, DIAG_ERROR, locator_spot(reader->locator, spot),
	    MESSAGE(reader->arena, id));
	return NULL;
}

/* The first bracket that nests too deep, or the length of the text. */
static size_t
find_too_deep(const struct bytes *text)
{
	bool in_string = false;
	size_t i, depth = 0;

	for (i = 0; i < text->len; i++) {
		char c = text->data[i];

		if (c == '"')
			in_string = !in_string;
		else if (in_string)
			i += c == '\\';
		else if ((c == '{' || c == '[') && ++depth > JSON_DEPTH_MOST)
			return i;
		else if ((c == '}' || c == ']') && depth > 0)
			depth--;
	}
	return text->len;
}

static void
complain_duplicate(void *context, struct spot at, struct spot first)
{
	struct reader *reader = context;
	const char *line =
	    arena_printf(reader->arena, "%u:%u", first.line, first.col);

	reader_complain(reader, DIAG_ERROR, locator_spot(reader->locator, at),
	    MESSAGE(reader->arena, "plan.duplicate_key", line));
}

/* jansson has refused the text: say why, and take it if that is bearable. */
static json_t *
parse_again(struct reader *reader)
{
	const struct bytes *text = &reader->locator->text;
	size_t bad = utf8_check(text->data, text->len);
	struct places *places;
	json_error_t error;
	json_t *root;

	if (bad < text->len)
		return refuse(reader, spot_of(text, bad), "plan.utf8");
	places = locator_places(reader->locator);
	if (places->problem != NULL)
		return refuse(reader, places->problem_at, places->problem);
	root = json_loadb(text->data, text->len, JSON_DECODE_ANY, &error);
	if (root == NULL)
		return refuse(reader,
		    (struct spot){
			(uint32_t)error.line, (uint32_t)error.column },
		    json_error_code(&error) == json_error_numeric_overflow
			? "plan.json_number"
			: "plan.json_value");
	places_duplicates(places, complain_duplicate, reader);
	return root;
}

json_t *
reader_parse(struct reader *reader)
{
	const struct bytes *text = &reader->locator->text;
	const char *nul = memchr(text->data, '\0', text->len);
	json_t *root;
	size_t deep;

	if (text->len >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0)
		return refuse(reader, (struct spot){ 1, 1 }, "plan.bom");
	/* A sign of UTF-16; jansson 2.14 overlooks one after a number. */
	if (nul != NULL)
		return refuse(reader, spot_of(text, (size_t)(nul - text->data)),
		    "plan.utf8");
	deep = find_too_deep(text);
	if (deep < text->len)
		return refuse(reader, spot_of(text, deep), "plan.too_deep");
	root = json_loadb(text->data, text->len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
	return root != NULL ? root : parse_again(reader);
}

struct node
node_root(struct reader *reader, json_t *value)
{
	return (struct node){ .reader = reader, .value = value };
}

struct node
node_member(const struct node *up, const char *key, json_t *value)
{
	return (struct node){ up->reader, up, key, 0, value };
}

struct node
node_item(const struct node *up, size_t index)
{
	return (struct node){ up->reader, up, NULL, index,
		json_array_get(up->value, index) };
}

struct node
node_get(const struct node *up, const char *key)
{
	return node_member(up, key, json_object_get(up->value, key));
}

static size_t
find_site(struct places *places, const struct node *node)
{
	if (node->up == NULL)
		return 0;
	return places_child(places, find_site(places, node->up), node->key,
	    node->key == NULL ? 0 : strlen(node->key), node->index);
}

static struct place
place_at(const struct node *node, bool at_key)
{
	struct locator *locator = node->reader->locator;
	struct places *places;
	size_t i;

	if (locator->cells != NULL)
		return cells_place(locator->cells, node_pointer(node), at_key);
	places = locator_places(locator);
	i = find_site(places, node);
	if (i == NOWHERE)
		return locator_spot(locator, (struct spot){ 0, 0 });
	return locator_spot(locator, at_key && places->v[i].key != NULL
					 ? places->v[i].key_at
					 : places->v[i].at);
}

struct place
node_place(const struct node *node)
{
	return place_at(node, false);
}

void
node_complain(const struct node *node, enum diag_level level, bool at_key,
    struct message message)
{
	/* A place costs something, and nobody would see it. */
	if (level != DIAG_ERROR || !reader_is_full(node->reader))
		reader_complain(
		    node->reader, level, place_at(node, at_key), message);
}

const char *
quoted(const struct node *node, const char *string)
{
	return node->reader->closed ? "@plan.withheld" : string;
}

static size_t
decimal_size(size_t n)
{
	size_t size = 1;

	while (n >= 10) {
		n /= 10;
		size++;
	}
	return size;
}

static size_t
token_size(const struct node *node)
{
	const char *c;
	size_t size = 0;

	if (node->key == NULL)
		return decimal_size(node->index);
	for (c = node->key; *c != '\0'; c++)
		size += *c == '~' || *c == '/' ? 2 : 1;
	return size;
}

/* Writes "/token" so that it ends before `end`; returns its start. */
static char *
put_token(char *end, const struct node *node)
{
	size_t index = node->index, i;

	if (node->key == NULL) {
		do {
			*--end = (char)('0' + index % 10);
		} while ((index /= 10) > 0);
	} else {
		for (i = strlen(node->key); i-- > 0;) {
			char c = node->key[i];

			*--end = c == '/' ? '1' : c == '~' ? '0' : c;
			if (c == '/' || c == '~')
				*--end = '~';
		}
	}
	*--end = '/';
	return end;
}

const char *
node_pointer(const struct node *node)
{
	const struct node *n;
	size_t size = 0;
	char *pointer, *at;

	for (n = node; n->up != NULL; n = n->up)
		size += 1 + token_size(n);
	pointer = arena_alloc(node->reader->arena, size + 1);
	at = pointer + size;
	for (n = node; n->up != NULL; n = n->up)
		at = put_token(at, n);
	return pointer;
}
