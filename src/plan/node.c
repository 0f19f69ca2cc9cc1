#include "json.h"

#include <limits.h>
#include <string.h>

#include <yugao/buf.h>

bool
node_is_object(const struct node *node)
{
	if (json_is_object(node->value))
		return true;
	COMPLAIN(node, "plan.want_object");
	return false;
}

bool
node_is_array(const struct node *node)
{
	if (json_is_array(node->value))
		return true;
	COMPLAIN(node, "plan.want_array");
	return false;
}

static const struct field *
find_field(const struct field *fields, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (fields[i].name[0] == name[0] &&
		    strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

static void
complain_unknown(
    const struct node *member, const struct field *fields, size_t n)
{
	struct arena *arena = member->reader->arena;
	const char **names = arena_alloc(arena, n * sizeof(*names));
	const char *near;
	size_t i;

	for (i = 0; i < n; i++)
		names[i] = fields[i].name;
	near = nearest_word(member->key, names, n);
	if (near != NULL)
		COMPLAIN_KEY(member, "plan.unknown_key_near",
		    quoted(member, member->key), near);
	else
		COMPLAIN_KEY(
		    member, "plan.unknown_key", quoted(member, member->key));
}

void
node_fields(
    const struct node *node, const struct field *fields, size_t n, void *to)
{
	const char *key;
	json_t *value;
	size_t i;

	if (!node_is_object(node))
		return;
	json_object_foreach(node->value, key, value)
	{
		const struct field *field = find_field(fields, n, key);
		struct node member = node_member(node, key, value);

		if (reader_is_full(node->reader))
			return;
		if (field == NULL)
			complain_unknown(&member, fields, n);
		else
			field->read(
			    &member, (char *)to + field->offset, field->how);
	}
	for (i = 0; i < n; i++)
		if (fields[i].required &&
		    json_object_get(node->value, fields[i].name) == NULL)
			COMPLAIN(node, "plan.missing", fields[i].name);
}

void
read_items(const struct node *node, void *to, const void *how)
{
	const struct items *items = how;
	struct list list;
	size_t i;

	if (!node_is_array(node))
		return;
	list.n = json_array_size(node->value);
	if (list.n < items->least) {
		COMPLAIN(node, "plan.empty_list");
		return;
	}
	list.v = arena_alloc(node->reader->arena, list.n * items->size);
	for (i = 0; i < list.n && !reader_is_full(node->reader); i++) {
		struct node item = node_item(node, i);

		items->read(
		    &item, (char *)list.v + i * items->size, items->how);
		if (items->forget)
			json_array_set_new(node->value, i, json_null());
	}
	*(struct list *)to = list;
}

/* What is wrong with the characters of a string, or NULL. */
static const char *
string_problem(const char *s, size_t len, bool one_line, uint32_t *control)
{
	size_t count = 0, i = 0, n;
	bool blank = true;

	for (; i < len; i += n, count++) {
		unsigned char c = (unsigned char)s[i];

		n = c < 0x80 ? 1 : utf8_length(s + i, len - i);
		if (c > ' ' && c < 0x7F) {
			blank = false;
			continue;
		}
		*control = utf8_decode(s + i, len - i);
		if (utf8_is_control(s + i, len - i))
			return "plan.control_character";
		if (one_line && c < ' ')
			return "plan.line_break";
		blank = blank && (c <= ' ' || *control == 0x3000);
	}
	if (blank)
		return "plan.blank";
	return count > STRING_MOST ? "plan.too_long" : NULL;
}

const char *
node_string(const struct node *node, bool one_line)
{
	struct arena *arena = node->reader->arena;
	uint32_t control = 0;
	const char *s, *problem;
	size_t len;

	if (!json_is_string(node->value)) {
		COMPLAIN(node, "plan.want_string");
		return NULL;
	}
	s = json_string_value(node->value);
	len = json_string_length(node->value);
	problem = string_problem(s, len, one_line, &control);
	if (problem == NULL)
		return arena_strndup(arena, s, len);
	COMPLAIN(node, problem,
	    strcmp(problem, "plan.too_long") == 0
		? arena_printf(arena, "%d", STRING_MOST)
		: arena_printf(arena, "U+%04X", (unsigned)control));
	return NULL;
}

/* The words as "a, b, c" for a message. */
static const char *
list_words(struct arena *arena, const struct words *words)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < words->n; i++) {
		if (i > 0)
			buf_puts(&buf, ", ");
		buf_puts(&buf, words->v[i].name);
	}
	return buf.data;
}

static const char *
near_word(struct arena *arena, const char *string, const struct words *words)
{
	const char **names = arena_alloc(arena, words->n * sizeof(*names));
	size_t i;

	for (i = 0; i < words->n; i++)
		names[i] = words->v[i].name;
	/* Every single letter is near every other. */
	return string[0] == '\0' || string[1] == '\0'
		   ? NULL
		   : nearest_word(string, names, words->n);
}

bool
node_word(const struct node *node, const struct words *words, int *value)
{
	struct arena *arena = node->reader->arena;
	const char *string, *near;
	size_t i;

	if (!json_is_string(node->value)) {
		COMPLAIN(node, "plan.want_word", list_words(arena, words));
		return false;
	}
	string = json_string_value(node->value);
	for (i = 0; i < words->n; i++) {
		if (strcmp(string, words->v[i].name) == 0) {
			*value = words->v[i].value;
			return true;
		}
	}
	near = near_word(arena, string, words);
	if (near != NULL)
		COMPLAIN(node, "plan.bad_word_near", quoted(node, string), near,
		    list_words(arena, words));
	else
		COMPLAIN(node, "plan.bad_word", quoted(node, string),
		    list_words(arena, words));
	return false;
}

bool
node_int(const struct node *node, int least, int most, int *value)
{
	struct arena *arena = node->reader->arena;
	json_int_t n;

	if (!json_is_integer(node->value)) {
		COMPLAIN(node, json_is_real(node->value) ? "plan.not_whole"
							 : "plan.want_integer");
		return false;
	}
	n = json_integer_value(node->value);
	if (n < least || n > most) {
		COMPLAIN(node, "plan.range", arena_printf(arena, "%d", least),
		    arena_printf(arena, "%d", most));
		return false;
	}
	*value = (int)n;
	return true;
}

bool
node_day(const struct node *node, const char *string, struct day *day)
{
	static const char shape[] = "0000-00-00";
	size_t i;

	if (day_parse(string, day))
		return true;
	for (i = 0; shape[i] != '\0'; i++)
		if (shape[i] == '-' ? string[i] != '-'
				    : string[i] < '0' || string[i] > '9')
			break;
	if (shape[i] == '\0' && string[i] == '\0')
		COMPLAIN(node, "plan.no_such_day", quoted(node, string));
	else
		COMPLAIN(node, "plan.want_day", quoted(node, string));
	return false;
}

bool
node_minute(const struct node *node, const char *string, int *minute)
{
	if (minute_parse(string, minute))
		return true;
	COMPLAIN(node, "plan.bad_time", quoted(node, string));
	return false;
}

bool
is_id(const char *string)
{
	size_t len = strlen(string);

	return len >= 1 && len <= ID_MOST && string[0] != '-' &&
	       string[len - 1] != '-' &&
	       strspn(string, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}
