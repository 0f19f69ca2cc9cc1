/* What is said about a series or a department beside its releases. */
#include <stddef.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "entry.h"
#include "member.h"

static void
indicators_write(
    struct buf *buf, const struct member *member, const void *object)
{
	const struct profile *profile = object;
	size_t i;

	if (profile->n_indicators == 0)
		return;
	said_key(buf, member->key);
	for (i = 0; i < profile->n_indicators; i++) {
		const struct said_indicator *indicator =
		    &profile->indicators[i];

		buf_putc(buf, i == 0 ? '[' : ',');
		buf_putc(buf, '{');
		said_key(buf, "name");
		said_text_write(buf, &indicator->name, NULL);
		if (!said_is_empty(indicator->unit)) {
			said_key(buf, "unit");
			buf_json(buf, indicator->unit);
		}
		buf_putc(buf, '}');
	}
	buf_putc(buf, ']');
}

static bool
indicators_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct profile *profile = object;
	size_t n = json_array_size(value), i;
	struct said_indicator *v = arena_alloc(arena, n * sizeof(*v));

	(void)member;
	for (i = 0; i < n; i++) {
		const json_t *row = json_array_get(value, i);
		const json_t *name = json_object_get(row, "name");
		const json_t *unit = json_object_get(row, "unit");

		v[i].name = said_text(arena, name);
		v[i].unit = said_string(arena, unit);
		if (!json_is_object(name) ||
		    (unit != NULL && v[i].unit == NULL))
			return false;
	}
	profile->indicators = v;
	profile->n_indicators = n;
	return json_is_array(value);
}

static void
topics_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct profile *profile = object;

	said_strings_write(
	    buf, member->key, profile->topics, profile->n_topics);
}

static bool
topics_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct profile *profile = object;

	(void)member;
	return said_strings(arena, value, &profile->topics, &profile->n_topics);
}

#define STRING(field, parts)                                 \
	{                                                    \
#field, string_write, string_read,           \
		    offsetof(struct profile, field), (parts) \
	}
#define TEXT(field)                                    \
	{                                              \
#field, text_write, text_read,         \
		    offsetof(struct profile, field), 0 \
	}

static const struct member members[] = {
	STRING(approval_no, 0),
	TEXT(calculation),
	STRING(contact_person, 0),
	STRING(contact_phone, 0),
	TEXT(contact_unit),
	TEXT(definition),
	STRING(department, MEMBER_REQUIRED),
	STRING(form_no, 0),
	STRING(frequency, 0),
	TEXT(government),
	{ "indicators", indicators_write, indicators_read, 0, 0 },
	STRING(key, MEMBER_REQUIRED),
	STRING(level, 0),
	STRING(maker, 0),
	TEXT(method),
	TEXT(name),
	STRING(region, 0),
	TEXT(sample),
	TEXT(scheme_name),
	STRING(scheme_url, 0),
	TEXT(scope),
	STRING(series, 0),
	{ "topics", topics_write, topics_read, 0, 0 },
	STRING(url, 0),
	STRING(valid_until, 0),
};

void
profile_write(struct buf *buf, const struct profile *profile)
{
	members_write(buf, members, COUNT(members), 0, profile);
}

const struct error *
profile_read(struct arena *arena, const char *json, struct profile *profile)
{
	*profile = (struct profile){ 0 };
	return members_read(arena, json, members, COUNT(members), profile);
}
