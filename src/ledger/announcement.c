#include <string.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "entry.h"

/*
 * One row a member of the JSON, sorted by key, for writing and reading
 * alike.  A write function leaves an empty member out; a read function gets
 * what is there, or NULL.
 */
struct member {
	const char *key;
	void (*write)(struct buf *buf, const struct member *member,
	    const struct announcement *announcement);
	bool (*read)(struct arena *arena, const struct member *member,
	    const json_t *value, struct announcement *announcement);
	size_t offset; /* of the field, for the kinds that many members have */
	bool required;
	bool history;
};

static const char *
read_string(struct arena *arena, const json_t *value)
{
	return json_is_string(value)
		   ? arena_strndup(arena, json_string_value(value),
			 json_string_length(value))
		   : NULL;
}

static bool
is_empty(const char *string)
{
	return string == NULL || string[0] == '\0';
}

static void
string_write(struct buf *buf, const struct member *member,
    const struct announcement *announcement)
{
	const char *string;

	memcpy(&string, (const char *)announcement + member->offset,
	    sizeof(string));
	if (is_empty(string))
		return;
	said_key(buf, member->key);
	buf_json(buf, string);
}

static bool
string_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *announcement)
{
	const char *string = read_string(arena, value);

	memcpy((char *)announcement + member->offset, &string, sizeof(string));
	return string != NULL;
}

/* id is a topic's; NULL without. */
static void
write_text(struct buf *buf, const struct text *text, const char *id)
{
	const char *const values[] = { text->en, id, text->zh };
	static const char *const keys[] = { "en", "id", "zh" };
	size_t i;

	buf_putc(buf, '{');
	for (i = 0; i < COUNT(keys); i++) {
		if (is_empty(values[i]))
			continue;
		said_key(buf, keys[i]);
		buf_json(buf, values[i]);
	}
	buf_putc(buf, '}');
}

static struct text
read_text(struct arena *arena, const json_t *value)
{
	return (struct text){
		.zh = read_string(arena, json_object_get(value, "zh")),
		.en = read_string(arena, json_object_get(value, "en")),
	};
}

static void
text_write(struct buf *buf, const struct member *member,
    const struct announcement *announcement)
{
	struct text text;

	memcpy(
	    &text, (const char *)announcement + member->offset, sizeof(text));
	if (is_empty(text.zh) && is_empty(text.en))
		return;
	said_key(buf, member->key);
	write_text(buf, &text, NULL);
}

static bool
text_read(struct arena *arena, const struct member *member, const json_t *value,
    struct announcement *announcement)
{
	struct text text = read_text(arena, value);

	memcpy((char *)announcement + member->offset, &text, sizeof(text));
	return json_is_object(value);
}

static void
channels_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	size_t i;

	if (a->n_channels == 0)
		return;
	said_key(buf, member->key);
	for (i = 0; i < a->n_channels; i++) {
		buf_putc(buf, i == 0 ? '[' : ',');
		buf_json(buf, a->channels[i]);
	}
	buf_putc(buf, ']');
}

static bool
channels_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	size_t n = json_array_size(value), i;
	const char **v = arena_alloc(arena, n * sizeof(*v));

	(void)member;
	for (i = 0; i < n; i++)
		if ((v[i] = read_string(arena, json_array_get(value, i))) ==
		    NULL)
			return false;
	a->channels = v;
	a->n_channels = n;
	return json_is_array(value);
}

static void
texts_write(struct buf *buf, const char *key, const struct text *texts,
    const char *const *ids, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	said_key(buf, key);
	for (i = 0; i < n; i++) {
		buf_putc(buf, i == 0 ? '[' : ',');
		write_text(buf, texts == NULL ? &(struct text){ 0 } : &texts[i],
		    ids == NULL ? NULL : ids[i]);
	}
	buf_putc(buf, ']');
}

static const struct text *
texts_read(struct arena *arena, const json_t *value)
{
	size_t n = json_array_size(value), i;
	struct text *v = arena_alloc(arena, n * sizeof(*v));

	for (i = 0; i < n; i++)
		v[i] = read_text(arena, json_array_get(value, i));
	return v;
}

static void
indicators_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	texts_write(buf, member->key, a->indicators, NULL, a->n_indicators);
}

static bool
indicators_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	(void)member;
	a->n_indicators = json_array_size(value);
	a->indicators = texts_read(arena, value);
	return json_is_array(value);
}

static void
topics_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	texts_write(buf, member->key, a->topic_names, a->topics, a->n_topics);
}

static bool
topics_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	size_t n = json_array_size(value), i;
	const char **ids = arena_alloc(arena, n * sizeof(*ids));

	(void)member;
	for (i = 0; i < n; i++)
		if ((ids[i] = read_string(arena,
			 json_object_get(json_array_get(value, i), "id"))) ==
		    NULL)
			return false;
	a->topics = ids;
	a->n_topics = n;
	a->topic_names = texts_read(arena, value);
	return json_is_array(value);
}

static bool
moment_read(const json_t *value, struct moment *moment)
{
	const char *start = json_string_value(json_object_get(value, "start"));
	const char *last = json_string_value(json_object_get(value, "last"));
	const char *time = json_string_value(json_object_get(value, "time"));

	if (start == NULL || !day_parse(start, &moment->start.day))
		return false;
	moment->last = moment->start.day;
	moment->start.minute = NO_TIME;
	return (last == NULL || day_parse(last, &moment->last)) &&
	       (time == NULL || minute_parse(time, &moment->start.minute)) &&
	       said_precision_parse(
		   json_string_value(json_object_get(value, "precision")),
		   &moment->precision);
}

static void
when_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	said_key(buf, member->key);
	said_moment_write(buf, &a->when);
}

static bool
when_read(struct arena *arena, const struct member *member, const json_t *value,
    struct announcement *a)
{
	(void)arena, (void)member;
	return moment_read(value, &a->when);
}

static void
previous_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	if (!a->has_previous)
		return;
	said_key(buf, member->key);
	said_moment_write(buf, &a->previous);
}

static bool
previous_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	(void)arena, (void)member;
	a->has_previous = true;
	return moment_read(value, &a->previous);
}

static void
late_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	if (!a->late)
		return;
	said_key(buf, member->key);
	buf_puts(buf, "true");
}

static bool
late_read(struct arena *arena, const struct member *member, const json_t *value,
    struct announcement *a)
{
	(void)arena, (void)member;
	a->late = json_is_true(value);
	return json_is_true(value);
}

static void
start_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	char out[INSTANT_SIZE];

	said_key(buf, member->key);
	buf_json(buf, instant_format(out, a->start));
}

static bool
start_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	(void)arena, (void)member;
	return json_is_string(value) &&
	       instant_parse(json_string_value(value), &a->start);
}

static void
status_write(
    struct buf *buf, const struct member *member, const struct announcement *a)
{
	said_key(buf, member->key);
	buf_json(buf, said_status_name(a->status));
}

static bool
status_read(struct arena *arena, const struct member *member,
    const json_t *value, struct announcement *a)
{
	(void)arena, (void)member;
	return said_status_parse(json_string_value(value), &a->status);
}

#define STRING(field)                                                  \
	{                                                              \
#field, string_write, string_read,                     \
		    offsetof(struct announcement, field), false, false \
	}
#define REQUIRED(field)                                               \
	{                                                             \
#field, string_write, string_read,                    \
		    offsetof(struct announcement, field), true, false \
	}
#define TEXT(field)                                                    \
	{                                                              \
#field, text_write, text_read,                         \
		    offsetof(struct announcement, field), false, false \
	}

static const struct member members[] = {
	{ "channels", channels_write, channels_read, 0, false, false },
	REQUIRED(department),
	STRING(estimate),
	{ "indicators", indicators_write, indicators_read, 0, false, false },
	{ "late", late_write, late_read, 0, false, false },
	TEXT(note),
	REQUIRED(period),
	{ "previous", previous_write, previous_read, 0, false, true },
	TEXT(publisher),
	TEXT(reason),
	REQUIRED(release),
	REQUIRED(series),
	{ "start", start_write, start_read, 0, true, false },
	{ "status", status_write, status_read, 0, true, false },
	REQUIRED(timezone),
	TEXT(title),
	{ "topics", topics_write, topics_read, 0, false, false },
	REQUIRED(uid),
	STRING(url),
	{ "when", when_write, when_read, 0, true, false },
};

void
announcement_write(
    struct buf *buf, const struct announcement *announcement, bool wanted_only)
{
	size_t i;

	buf_putc(buf, '{');
	for (i = 0; i < COUNT(members); i++)
		if (!wanted_only || !members[i].history)
			members[i].write(buf, &members[i], announcement);
	buf_putc(buf, '}');
}

static const char *
read_members(
    struct arena *arena, const json_t *root, struct announcement *announcement)
{
	size_t i;

	for (i = 0; i < COUNT(members); i++) {
		const struct member *member = &members[i];
		const json_t *value = json_object_get(root, member->key);

		if (value == NULL
			? member->required
			: !member->read(arena, member, value, announcement))
			return member->key;
	}
	return NULL;
}

const struct error *
announcement_read(
    struct arena *arena, const char *json, struct announcement *announcement)
{
	const struct error *error = NULL;
	const char *bad;
	json_error_t why;
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, &why);

	*announcement = (struct announcement){ 0 };
	if (root == NULL)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "ledger.not_json", why.text);
	if ((bad = read_members(arena, root, announcement)) != NULL)
		error = ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "ledger.bad_member", bad);
	json_decref(root);
	return error;
}
