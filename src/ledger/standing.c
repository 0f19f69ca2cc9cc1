#include <yugao/standing.h>

#include <stddef.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "entry.h"
#include "member.h"

static void
outside_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct standing *standing = object;

	if (!standing->outside)
		return;
	said_key(buf, member->key);
	buf_puts(buf, "true");
}

static bool
outside_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct standing *standing = object;

	(void)arena;
	(void)member;
	standing->outside = json_is_true(value);
	return json_is_boolean(value);
}

static void
optional(struct buf *buf, const char *key, const char *value)
{
	if (said_is_empty(value))
		return;
	buf_printf(buf, ",\"%s\":", key);
	buf_json(buf, value);
}

static void
parameters_write(
    struct buf *buf, const struct member *member, const void *object)
{
	const struct standing *standing = object;
	size_t i;

	if (standing->n_parameters == 0)
		return;
	said_key(buf, member->key);
	for (i = 0; i < standing->n_parameters; i++) {
		const struct standing_parameter *p = &standing->parameters[i];

		buf_puts(buf, i == 0 ? "[{\"basis\":" : ",{\"basis\":");
		buf_json(buf, p->basis);
		optional(buf, "cites", p->cites);
		optional(buf, "key", p->key);
		buf_puts(buf, ",\"number\":");
		buf_int(buf, p->number);
		optional(buf, "string", p->string);
		optional(buf, "unit", p->unit);
		buf_putc(buf, '}');
	}
	buf_putc(buf, ']');
}

static bool
parameters_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct standing *standing = object;
	size_t n = json_array_size(value), i;
	struct standing_parameter *v = arena_alloc(arena, n * sizeof(*v));

	(void)member;
	for (i = 0; i < n; i++) {
		const json_t *row = json_array_get(value, i);

#define MEMBER(name) said_string(arena, json_object_get(row, name))
		v[i].basis = MEMBER("basis");
		v[i].cites = MEMBER("cites");
		v[i].key = MEMBER("key");
		v[i].string = MEMBER("string");
		v[i].unit = MEMBER("unit");
#undef MEMBER
		v[i].number =
		    json_integer_value(json_object_get(row, "number"));
		if (v[i].key == NULL || v[i].basis == NULL)
			return false;
	}
	standing->parameters = v;
	standing->n_parameters = n;
	return json_is_array(value);
}

static void
days_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct standing *standing = object;

	if (*member->key == 'm')
		said_strings_write(
		    buf, member->key, standing->makeup, standing->n_makeup);
	else
		said_strings_write(
		    buf, member->key, standing->off, standing->n_off);
}

static bool
days_read(struct arena *arena, const struct member *member, const json_t *value,
    void *object)
{
	struct standing *standing = object;

	return *member->key == 'm' ? said_strings(arena, value,
					 &standing->makeup, &standing->n_makeup)
				   : said_strings(arena, value, &standing->off,
					 &standing->n_off);
}

static void
portals_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct standing *standing = object;

	said_strings_write(
	    buf, member->key, standing->portals, standing->n_portals);
}

static bool
portals_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct standing *standing = object;

	(void)member;
	return said_strings(
	    arena, value, &standing->portals, &standing->n_portals);
}

static void
quarters_write(struct buf *buf, const struct member *member, const void *object)
{
	const struct standing *standing = object;
	size_t i;

	if (standing->n_quarters == 0)
		return;
	said_key(buf, member->key);
	for (i = 0; i < standing->n_quarters; i++) {
		const struct standing_quarter *q = &standing->quarters[i];

		buf_printf(buf,
		    "%c{\"grounded\":%lld,\"items\":%lld,"
		    "\"quarter\":%d,\"year\":%d}",
		    i == 0 ? '[' : ',', (long long)q->grounded,
		    (long long)q->items, q->quarter, q->year);
	}
	buf_putc(buf, ']');
}

static bool
quarters_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object)
{
	struct standing *standing = object;
	size_t n = json_array_size(value), i;
	struct standing_quarter *v = arena_alloc(arena, n * sizeof(*v));

	(void)member;
	for (i = 0; i < n; i++) {
		const json_t *row = json_array_get(value, i);

#define NUMBER(name) json_integer_value(json_object_get(row, name))
		v[i].grounded = NUMBER("grounded");
		v[i].items = NUMBER("items");
		v[i].quarter = (int)NUMBER("quarter");
		v[i].year = (int)NUMBER("year");
#undef NUMBER
	}
	standing->quarters = v;
	standing->n_quarters = n;
	return json_is_array(value);
}

#define STRING(field, parts)                                  \
	{                                                     \
#field, string_write, string_read,            \
		    offsetof(struct standing, field), (parts) \
	}

static const struct member members[] = {
	STRING(department, 0),
	STRING(level, 0),
	{ "makeup", days_write, days_read, 0, 0 },
	{ "name", text_write, text_read, offsetof(struct standing, name), 0 },
	{ "off", days_write, days_read, 0, 0 },
	{ "outside", outside_write, outside_read, 0, 0 },
	{ "parameters", parameters_write, parameters_read, 0, 0 },
	STRING(policy, 0),
	STRING(policy_sha256, 0),
	STRING(policy_version, 0),
	{ "portals", portals_write, portals_read, 0, 0 },
	STRING(timezone, 0),
	{ "withheld", quarters_write, quarters_read, 0, 0 },
};

/* The last one of that subject; *body is NULL if there is none. */
static const struct error *
last_body(struct arena *arena, struct store *store, const char *subject,
    const char **body)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT body FROM record WHERE kind = 'standing' AND subject = ?"
	    " ORDER BY id DESC LIMIT 1",
	    &query);
	bool row;

	*body = NULL;
	if (error != NULL)
		return error;
	query_set_text(query, 1, subject);
	if ((error = query_next(query, &row)) == NULL && row)
		*body = arena_strdup(arena, query_text(query, 0));
	query_close(query);
	return error;
}

static const char *
body_of(struct arena *arena, const struct standing *standing)
{
	struct buf buf;

	buf_init(&buf, arena);
	members_write(&buf, members, COUNT(members), 0, standing);
	return buf.data;
}

const struct error *
standing_differs(struct arena *arena, struct store *store,
    const struct standing *standing, bool *differs)
{
	const char *last;
	const struct error *error =
	    last_body(arena, store, standing->department, &last);

	*differs =
	    error == NULL &&
	    (last == NULL || strcmp(last, body_of(arena, standing)) != 0);
	return error;
}

const struct error *
standing_record(struct arena *arena, struct store *store,
    const struct standing *standing, struct instant now)
{
	struct record record = { .kind = RECORD_STANDING,
		.at = now,
		.subject = standing->department,
		.body = body_of(arena, standing) };
	bool differs;
	const struct error *error =
	    standing_differs(arena, store, standing, &differs);

	return error != NULL || !differs ? error
					 : record_append(arena, store, &record);
}

const struct error *
standings_read(struct arena *arena, struct store *store, struct instant as_of,
    struct standings *standings)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT subject, body FROM record WHERE kind = 'standing'"
	    " AND id IN (SELECT max(id) FROM record WHERE kind = 'standing'"
	    " AND at <= ? GROUP BY subject) ORDER BY subject",
	    &query);
	bool row;

	*standings = (struct standings){ 0 };
	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of.s);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct standing standing = { 0 };

		error = members_read(arena, query_text(query, 1), members,
		    COUNT(members), &standing);
		if (error != NULL)
			break;
		standing.department = arena_strdup(arena, query_text(query, 0));
		ARRAY_PUSH(arena, standings, standing);
	}
	query_close(query);
	return error;
}

const struct standing_parameter *
standing_parameter(const struct standing *standing, const char *key)
{
	size_t i;

	for (i = 0; standing != NULL && i < standing->n_parameters; i++)
		if (strcmp(standing->parameters[i].key, key) == 0)
			return &standing->parameters[i];
	return NULL;
}

/* Both lists are sorted, and a date's text sorts as the date does. */
static bool
has_day(const char *const *days, size_t n, const char *day)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(days[middle], day) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && strcmp(days[low], day) == 0;
}

bool
standing_is_workday(const struct standing *office, struct day day)
{
	enum weekday weekday = day_weekday(day);
	char text[DAY_SIZE];

	day_format(text, day);
	if (weekday == SATURDAY || weekday == SUNDAY)
		return has_day(office->makeup, office->n_makeup, text);
	return !has_day(office->off, office->n_off, text);
}

struct day
standing_step(const struct standing *office, struct day day, int64_t n)
{
	while (n > 0) {
		day.n++;
		n -= standing_is_workday(office, day);
	}
	return day;
}
