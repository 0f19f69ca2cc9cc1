/*
 * A notice about working days as JSON, which is quicker to type from the
 * original text than iCalendar; or as iCalendar, told by its first letter.
 */
#include <string.h>

#include <yugao/message.h>
#include <yugao/notice.h>

#include "json.h"
#include "plan.h"

#define YEAR_LEAST 1950
#define YEAR_MOST 2199
#define HOLIDAY_MOST 31 /* days */

struct holiday {
	struct text name;
	struct day first, last;
	bool joins_weekend;
	struct place place;
};

struct makeup {
	struct day day;
	const char *holiday;
	const struct holiday *found;
	struct place place;
};

struct amendment {
	const char *title, *number;
	struct day published;
};

struct written {
	int year;
	struct notice notice; /* its head */
	struct list amendments, holidays, makeups;
};

#define AT(member) offsetof(struct notice, member)
static const struct field source_fields[] = {
	{ "number", read_string, AT(number), NULL, true },
	{ "published", read_day, AT(published), NULL, true },
	{ "signed", read_day, AT(signed_on), NULL, false },
	{ "title", read_string, AT(title), NULL, false },
	{ "url", read_url, AT(url), NULL, false },
};
#undef AT

static void
read_source(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, source_fields, COUNT(source_fields), to);
}

#define AT(member) offsetof(struct amendment, member)
static const struct field amendment_fields[] = {
	{ "effect", read_comment, 0, NULL, false },
	{ "number", read_string, AT(number), NULL, true },
	{ "published", read_day, AT(published), NULL, true },
	{ "title", read_string, AT(title), NULL, false },
};
#undef AT

static void
read_amendment(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, amendment_fields, COUNT(amendment_fields), to);
}

#define AT(member) offsetof(struct holiday, member)
static const struct field holiday_fields[] = {
	{ "end", read_day, AT(last), NULL, true },
	{ "joins_weekend", read_bool, AT(joins_weekend), NULL, false },
	{ "name", read_string, AT(name.zh), NULL, true },
	{ "name_en", read_string, AT(name.en), NULL, false },
	{ "start", read_day, AT(first), NULL, true },
};
#undef AT

static void
read_holiday(const struct node *node, void *to, const void *how)
{
	struct holiday *holiday = to;
	struct node end = node_get(node, "end");
	size_t complaints = node->reader->complaints;
	char first[DAY_SIZE], last[DAY_SIZE];

	(void)how;
	node_fields(node, holiday_fields, COUNT(holiday_fields), holiday);
	holiday->place = node_place(node);
	if (end.value == NULL || node->reader->complaints > complaints)
		return;
	day_format(first, holiday->first);
	day_format(last, holiday->last);
	if (holiday->last.n < holiday->first.n)
		COMPLAIN(&end, "plan.holiday_order", first, last);
	else if (holiday->last.n - holiday->first.n >= HOLIDAY_MOST)
		COMPLAIN(&end, "plan.holiday_long", first, last);
}

#define AT(member) offsetof(struct makeup, member)
static const struct field makeup_fields[] = {
	{ "date", read_day, AT(day), NULL, true },
	{ "for", read_string, AT(holiday), NULL, true },
};
#undef AT

/* how: the holidays, which have been read. */
static void
read_makeup(const struct node *node, void *to, const void *how)
{
	const struct list *list = how;
	const struct holiday *holidays = list->v;
	const char **names =
	    arena_alloc(node->reader->arena, list->n * sizeof(*names));
	struct node name = node_get(node, "for");
	struct makeup *makeup = to;
	const char *near;
	size_t i, n = 0;

	node_fields(node, makeup_fields, COUNT(makeup_fields), makeup);
	makeup->place = node_place(node);
	for (i = 0; makeup->holiday != NULL && i < list->n; i++) {
		if (holidays[i].name.zh == NULL)
			continue;
		names[n++] = holidays[i].name.zh;
		if (strcmp(holidays[i].name.zh, makeup->holiday) == 0)
			makeup->found = &holidays[i];
	}
	if (makeup->holiday == NULL || makeup->found != NULL)
		return;
	near = nearest_word(makeup->holiday, names, n);
	if (near != NULL)
		COMPLAIN(&name, "plan.makeup_for_near", makeup->holiday, near);
	else
		COMPLAIN(&name, "plan.makeup_for", makeup->holiday);
}

static const struct range year_range = { YEAR_LEAST, YEAR_MOST };
static const struct items amendment_items = { sizeof(struct amendment),
	read_amendment, NULL, 0, false };
static const struct items holiday_items = { sizeof(struct holiday),
	read_holiday, NULL, 1, false };

#define AT(member) offsetof(struct written, member)
static const struct field notice_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "amendments", read_items, AT(amendments), &amendment_items, false },
	{ "holidays", read_items, AT(holidays), &holiday_items, true },
	{ "makeup_workdays", read_nothing, 0, NULL, true },
	{ "note", read_comment, 0, NULL, false },
	{ "source", read_source, AT(notice), NULL, true },
	{ "year", read_int, AT(year), &year_range, true },
};
#undef AT

static struct stretch
stretch_of(struct day first, struct day last, struct place place)
{
	return (struct stretch){ .first = first,
		.last = last,
		.published = DAY_ALWAYS,
		.lapsed = DAY_NEVER,
		.place = place };
}

static void
add_holiday(
    struct arena *arena, const struct holiday *holiday, struct notice *notice)
{
	struct stretch stretch =
	    stretch_of(holiday->first, holiday->last, holiday->place);

	stretch.name = holiday->name;
	if (holiday->joins_weekend)
		stretch.description = SAY(arena, LANG_ZH, "plan.joins_weekend");
	ARRAY_PUSH(arena, &notice->days, stretch);
}

static void
add_makeup(
    struct arena *arena, const struct makeup *makeup, struct notice *notice)
{
	struct stretch stretch =
	    stretch_of(makeup->day, makeup->day, makeup->place);

	stretch.work = true;
	stretch.name.zh =
	    SAY(arena, LANG_ZH, "plan.makeup_name_zh", makeup->holiday);
	if (makeup->found->name.en != NULL)
		stretch.name.en = SAY(arena, LANG_EN, "plan.makeup_name_en",
		    makeup->found->name.en);
	ARRAY_PUSH(arena, &notice->days, stretch);
}

static void
take(struct arena *arena, const struct written *written, struct notice *notice)
{
	const struct amendment *amendments = written->amendments.v;
	const struct holiday *holidays = written->holidays.v;
	const struct makeup *makeups = written->makeups.v;
	size_t i;

	notice->year = written->year;
	for (i = 0; i < written->holidays.n; i++)
		add_holiday(arena, &holidays[i], notice);
	for (i = 0; i < written->makeups.n; i++)
		add_makeup(arena, &makeups[i], notice);
	if (written->amendments.n == 0)
		return;
	amendments += written->amendments.n - 1;
	notice->amended.title = amendments->title;
	notice->amended.number = amendments->number;
	notice->amended.published = amendments->published;
}

static void
read_json(struct reader *reader, struct notice *notice, bool *ok)
{
	struct written written = { .notice = *notice };
	const struct items makeup_items = { sizeof(struct makeup), read_makeup,
		&written.holidays, 0, false };
	json_t *value = reader_parse(reader);
	struct node root = node_root(reader, value), makeups;

	if (value == NULL)
		return;
	node_fields(&root, notice_fields, COUNT(notice_fields), &written);
	makeups = node_get(&root, "makeup_workdays");
	if (makeups.value != NULL)
		read_items(&makeups, &written.makeups, &makeup_items);
	json_decref(value);
	*ok = !reader_has_errors(reader);
	*notice = written.notice;
	if (*ok)
		take(reader->arena, &written, notice);
}

bool
notice_from_bytes(struct arena *arena, const char *name, struct bytes bytes,
    struct diags *diags, struct notice *notice)
{
	struct reader reader = reader_of(arena, name, bytes, diags);
	bool ok = false;

	*notice = (struct notice){ .file = arena_strdup(arena, name),
		.published = DAY_ALWAYS,
		.signed_on = DAY_ALWAYS };
	if (bytes.data[strspn(bytes.data, " \t\r\n")] != '{')
		return notice_from_ics(arena, name, bytes, diags, notice);
	read_json(&reader, notice, &ok);
	return ok;
}

const struct error *
notice_read(struct arena *arena, const char *path, struct diags *diags,
    struct notice *notice, bool *ok)
{
	struct reader reader;
	const struct error *error =
	    reader_open(arena, path, FILE_SIZE_MOST, diags, &reader);
	struct bytes text;

	*ok = false;
	if (error != NULL)
		return error;
	text = reader.locator->text;
	if (text.data != NULL)
		*ok = notice_from_bytes(arena, path, text, diags, notice);
	return NULL;
}
