/*
 * What an entry says of a release.  Members that came later are left out
 * when they are empty, so that the digests of what was said before stand.
 */
#include <stddef.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "entry.h"
#include "member.h"

static void
channels_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	said_strings_write(buf, member->key, a->channels, a->n_channels);
}

static bool
channels_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)member;
	return said_strings(arena, value, &a->channels, &a->n_channels);
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
		said_text_write(buf,
		    texts == NULL ? &(struct text){ 0 } : &texts[i],
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
		v[i] = said_text(arena, json_array_get(value, i));
	return v;
}

static void
indicators_write(
    struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	texts_write(buf, member->key, a->indicators, NULL, a->n_indicators);
}

static bool
indicators_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)member;
	a->n_indicators = json_array_size(value);
	a->indicators = texts_read(arena, value);
	return json_is_array(value);
}

static void
topics_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	texts_write(buf, member->key, a->topic_names, a->topics, a->n_topics);
}

static bool
topics_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;
	size_t n = json_array_size(value), i;
	const char **ids = arena_alloc(arena, n * sizeof(*ids));

	(void)member;
	for (i = 0; i < n; i++)
		if ((ids[i] = said_string(arena,
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
when_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	said_key(buf, member->key);
	said_moment_write(buf, &a->when);
}

static bool
when_read(struct arena *arena, const struct member *member, const json_t *value,
    void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	return moment_read(value, &a->when);
}

static void
previous_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	if (!a->has_previous)
		return;
	said_key(buf, member->key);
	said_moment_write(buf, &a->previous);
}

static bool
previous_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	a->has_previous = true;
	return moment_read(value, &a->previous);
}

static void
flag_write(struct buf *buf, const char *key, bool flag)
{
	if (!flag)
		return;
	said_key(buf, key);
	buf_puts(buf, "true");
}

static void
late_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	flag_write(buf, member->key, a->late);
}

static bool
late_read(struct arena *arena, const struct member *member, const json_t *value,
    void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	a->late = json_is_true(value);
	return a->late;
}

static void
pending_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	flag_write(buf, member->key, a->reason_pending);
}

static bool
pending_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	a->reason_pending = json_is_true(value);
	return a->reason_pending;
}

static void
due_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;
	char out[DAY_SIZE];

	if (!a->has_due)
		return;
	said_key(buf, member->key);
	buf_json(buf, day_format(out, a->due));
}

static bool
due_read(struct arena *arena, const struct member *member, const json_t *value,
    void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	a->has_due = json_is_string(value) &&
		     day_parse(json_string_value(value), &a->due);
	return a->has_due;
}

static void
instant_write(struct buf *buf, const char *key, struct instant instant)
{
	char out[INSTANT_SIZE];

	said_key(buf, key);
	buf_json(buf, instant_format(out, instant));
}

static bool
instant_read(const json_t *value, struct instant *instant)
{
	return json_is_string(value) &&
	       instant_parse(json_string_value(value), instant);
}

static void
released_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	if (a->status == SAID_RELEASED)
		instant_write(buf, member->key, a->released);
}

static bool
released_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	return instant_read(value, &a->released);
}

static void
start_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	instant_write(buf, member->key, a->start);
}

static bool
start_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	return instant_read(value, &a->start);
}

static void
status_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct announcement *a = object;

	said_key(buf, member->key);
	buf_json(buf, said_status_name(a->status));
}

static bool
status_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct announcement *a = object;

	(void)arena, (void)member;
	return said_status_parse(json_string_value(value), &a->status);
}

#define TIME MEMBER_WANTED /* and all else that needs no new review */
#define WORDS (MEMBER_WANTED | MEMBER_WORDS)
#define CORE (WORDS | MEMBER_CORE)
#define STRING(field, parts)                                      \
	{                                                         \
#field, string_write, string_read,                \
		    offsetof(struct announcement, field), (parts) \
	}
#define TEXT(field, parts)                                        \
	{                                                         \
#field, text_write, text_read,                    \
		    offsetof(struct announcement, field), (parts) \
	}

static const struct member members[] = {
	{ "channels", channels_write, channels_read, 0, CORE },
	STRING(data_status, WORDS),
	STRING(department, WORDS | MEMBER_REQUIRED),
	{ "due", due_write, due_read, 0, TIME },
	STRING(estimate, WORDS),
	{ "indicators", indicators_write, indicators_read, 0, CORE },
	{ "late", late_write, late_read, 0, 0 },
	TEXT(method_change, WORDS),
	TEXT(note, WORDS),
	STRING(period, WORDS | MEMBER_REQUIRED),
	{ "previous", previous_write, previous_read, 0, 0 },
	TEXT(publisher, WORDS),
	TEXT(reason, TIME),
	{ "reason_pending", pending_write, pending_read, 0, TIME },
	STRING(release, WORDS | MEMBER_REQUIRED),
	{ "released", released_write, released_read, 0, TIME },
	STRING(result_url, TIME),
	STRING(series, WORDS | MEMBER_REQUIRED),
	{ "start", start_write, start_read, 0, TIME | MEMBER_REQUIRED },
	{ "status", status_write, status_read, 0, TIME | MEMBER_REQUIRED },
	STRING(timezone, TIME | MEMBER_REQUIRED),
	TEXT(title, CORE),
	{ "topics", topics_write, topics_read, 0, WORDS },
	STRING(uid, WORDS | MEMBER_REQUIRED),
	STRING(url, WORDS),
	{ "when", when_write, when_read, 0, TIME | MEMBER_REQUIRED },
};

void
announcement_write(
    struct buf *buf, const struct announcement *announcement, bool wanted_only)
{
	members_write(buf, members, COUNT(members),
	    wanted_only ? MEMBER_WANTED : 0, announcement);
}

void
announcement_words(struct buf *buf, const struct announcement *announcement)
{
	members_write(buf, members, COUNT(members), MEMBER_WORDS, announcement);
}

void
announcement_core(struct buf *buf, const struct announcement *announcement)
{
	members_write(buf, members, COUNT(members), MEMBER_CORE, announcement);
}

const struct error *
announcement_read(
    struct arena *arena, const char *json, struct announcement *announcement)
{
	*announcement = (struct announcement){ 0 };
	return members_read(arena, json, members, COUNT(members), announcement);
}
