#include "member.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "entry.h"

bool
said_is_empty(const char *string)
{
	return string == NULL || string[0] == '\0';
}

const char *
said_string(struct arena *arena, const json_t *value)
{
	return json_is_string(value)
		   ? arena_strndup(arena, json_string_value(value),
			 json_string_length(value))
		   : NULL;
}

void
string_write(struct buf *buf, const struct member *member, const void *object)
{
	const char *string;

	memcpy(&string, (const char *)object + member->offset, sizeof(string));
	if (said_is_empty(string))
		return;
	said_key(buf, member->key);
	buf_json(buf, string);
}

bool
string_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	const char *string = said_string(arena, value);

	memcpy((char *)object + member->offset, &string, sizeof(string));
	return string != NULL;
}

void
said_text_write(struct buf *buf, const struct text *text, const char *id)
{
	const char *const values[] = { text->en, id, text->zh };
	static const char *const keys[] = { "en", "id", "zh" };
	size_t i;

	buf_putc(buf, '{');
	for (i = 0; i < COUNT(keys); i++) {
		if (said_is_empty(values[i]))
			continue;
		said_key(buf, keys[i]);
		buf_json(buf, values[i]);
	}
	buf_putc(buf, '}');
}

struct text
said_text(struct arena *arena, const json_t *value)
{
	return (struct text){
		.zh = said_string(arena, json_object_get(value, "zh")),
		.en = said_string(arena, json_object_get(value, "en")),
	};
}

void
text_write(struct buf *buf, const struct member *member, const void *object)
{
	struct text text;

	memcpy(&text, (const char *)object + member->offset, sizeof(text));
	if (said_is_empty(text.zh) && said_is_empty(text.en))
		return;
	said_key(buf, member->key);
	said_text_write(buf, &text, NULL);
}

bool
text_read(struct arena *arena, const struct member *member, const json_t *value,
    void *object)
{
	struct text text = said_text(arena, value);

	memcpy((char *)object + member->offset, &text, sizeof(text));
	return json_is_object(value);
}

void
said_strings_write(
    struct buf *buf, const char *key, const char *const *strings, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	said_key(buf, key);
	for (i = 0; i < n; i++) {
		buf_putc(buf, i == 0 ? '[' : ',');
		buf_json(buf, strings[i]);
	}
	buf_putc(buf, ']');
}

bool
said_strings(struct arena *arena, const json_t *value,
    const char *const **strings, size_t *n)
{
	const char **v;
	size_t i;

	*n = json_array_size(value);
	v = arena_alloc(arena, *n * sizeof(*v));
	for (i = 0; i < *n; i++)
		if ((v[i] = said_string(arena, json_array_get(value, i))) ==
		    NULL)
			return false;
	*strings = v;
	return json_is_array(value);
}

void
members_write(struct buf *buf, const struct member *members, size_t n,
    unsigned parts, const void *object)
{
	size_t i;

	buf_putc(buf, '{');
	for (i = 0; i < n; i++)
		if (parts == 0 || (members[i].parts & parts) != 0)
			members[i].write(buf, &members[i], object);
	buf_putc(buf, '}');
}

static const char *
find_bad_member(struct arena *arena, const json_t *root,
    const struct member *members, size_t n, void *object)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct member *member = &members[i];
		const json_t *value = json_object_get(root, member->key);

		if (value == NULL ? (member->parts & MEMBER_REQUIRED) != 0
				  : !member->read(arena, member, value, object))
			return member->key;
	}
	return NULL;
}

const struct error *
members_read(struct arena *arena, const char *json,
    const struct member *members, size_t n, void *object)
{
	const struct error *error = NULL;
	const char *bad;
	json_error_t why;
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &why);

	if (root == NULL)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "ledger.not_json", why.text);
	if ((bad = find_bad_member(arena, root, members, n, object)) != NULL)
		error = ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "ledger.bad_member", bad);
	json_decref(root);
	return error;
}
