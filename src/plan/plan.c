#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/act.h>
#include <yugao/sheet.h>

#include "read.h"
#include "table.h"

#define YEAR_LEAST 1900
#define YEAR_MOST 2999

/* The top of a plan as it is written. */
struct head {
	const char *department, *timezone, *calendar, *prepared_by;
	int year, unpublished;
	bool review;
	struct text note;
	struct source source;
	struct list series;
};

static const struct range year_range = { YEAR_LEAST, YEAR_MOST };
static const struct word unpublished_words[] = {
	{ "hold", UNPUBLISHED_HOLD },
	{ "refuse", UNPUBLISHED_REFUSE },
	{ "tentative", UNPUBLISHED_TENTATIVE },
};

static const struct field source_fields[] = {
	{ "note", read_text, offsetof(struct source, note), NULL, false },
	{ "retrieved", read_day_string, offsetof(struct source, retrieved),
	    NULL, false },
	{ "url", read_url, offsetof(struct source, url), NULL, false },
};

static void
read_source(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, source_fields, COUNT(source_fields), to);
}

#define AT(member) offsetof(struct head, member)
static const struct field head_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "department", read_id, AT(department), NULL, true },
	{ "year", read_int, AT(year), &year_range, true },
	{ "timezone", read_string, AT(timezone), NULL, false },
	{ "calendar", read_id, AT(calendar), NULL, false },
	{ "note", read_text, AT(note), NULL, false },
	{ "prepared_by", read_string, AT(prepared_by), NULL, false },
	{ "source", read_source, AT(source), NULL, false },
	{ "review", read_review, AT(review), NULL, false },
	{ "defaults", read_nothing, 0, NULL, false },
	{ "series", read_nothing, 0, NULL, true },
	{ "unpublished", read_word, AT(unpublished), WORDS(unpublished_words),
	    false },
};
#undef AT

const char *
department_of_file(struct arena *arena, const char *path)
{
	static const char *const suffixes[] = { ".json", ".csv", ".xlsx" };
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t len = strlen(name), i;

	for (i = 0; i < COUNT(suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (len > n && strcmp(name + len - n, suffixes[i]) == 0) {
			len -= n;
			break;
		}
	}
	if (len > 5 && name[len - 5] == '-' &&
	    strspn(name + len - 4, "0123456789") >= 4)
		len -= 5;
	return arena_strndup(arena, name, len);
}

/* "/series/9" comes before "/series/10". */
static int
compare_pointers(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b);

	return x != y ? (x > y) - (x < y) : strcmp(a, b);
}

static int
compare_series(const void *a, const void *b)
{
	const struct series *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : compare_pointers(x->pointer, y->pointer);
}

static void
complain_same_id(struct reader *reader, const struct series *first,
    const struct series *series)
{
	struct place at = locator_find(reader->locator,
	    arena_printf(reader->arena, "%s/id", series->pointer));
	struct place there = locator_find(reader->locator,
	    arena_printf(reader->arena, "%s/id", first->pointer));

	reader_complain(reader, DIAG_ERROR, at,
	    MESSAGE(reader->arena, "plan.duplicate_id",
		arena_printf(reader->arena, "%d:%d", there.line, there.col)));
}

/*
 * Sorts by id and complains about ids that are there twice.  All series
 * stay, so that the rest of their mistakes is found as well; a plan with a
 * mistake is never used.
 */
static void
sort_series(struct reader *reader, const struct list *list)
{
	struct series *v = list->v, *first = v;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (v[i].id == NULL || v[i].pointer == NULL)
			v[i] = (struct series){ .id = "", .pointer = "" };
	if (list->n > 1)
		qsort(v, list->n, sizeof(*v), compare_series);
	for (i = 1; i < list->n; i++) {
		if (strcmp(first->id, v[i].id) != 0)
			first = &v[i];
		else if (v[i].id[0] != '\0')
			complain_same_id(reader, first, &v[i]);
	}
}

static const struct error *
find_calendar(const struct node *root, struct calendars *calendars,
    const char *name, const struct calendar **calendar)
{
	struct reader *reader = root->reader;
	struct node node = node_get(root, "calendar");
	size_t errors = reader->diags->errors;
	const struct error *error;

	if (calendars == NULL)
		return NULL;
	error = calendars_get(calendars, name, reader->diags, calendar);
	if (error == NULL && *calendar == NULL &&
	    reader->diags->errors == errors)
		COMPLAIN(node.value == NULL ? root : &node, "plan.bad_calendar",
		    name);
	return error;
}

static void
find_zone(const struct node *root, const char *name, const struct zone **zone)
{
	struct node node = node_get(root, "timezone");
	struct zone *found = NULL;

	if (zone_open(root->reader->arena, name, &found) == NULL)
		*zone = found;
	else
		COMPLAIN(
		    node.value == NULL ? root : &node, "plan.bad_zone", name);
}

static void
read_all_series(const struct node *root, struct list *list)
{
	struct node defaults = node_get(root, "defaults");
	struct node series = node_get(root, "series");
	struct draft *draft = draft_new(root->reader->arena);
	const struct items items = { sizeof(struct series), read_series, draft,
		0, true };

	if (defaults.value != NULL)
		draft_defaults(&defaults, draft);
	if (series.value != NULL)
		read_items(&series, list, &items);
}

static const struct error *
read_root(
    const struct node *root, struct calendars *calendars, struct plan *plan)
{
	struct reader *reader = root->reader;
	struct head head = { .timezone = "Asia/Shanghai", .calendar = "cn" };
	const struct error *error;

	node_fields(root, head_fields, COUNT(head_fields), &head);
	if (!json_is_object(root->value))
		return NULL;
	error = find_calendar(root, calendars, head.calendar, &plan->calendar);
	if (error != NULL)
		return error;
	find_zone(root, head.timezone, &plan->zone);
	reader->year = head.year;
	read_all_series(root, &head.series);
	sort_series(reader, &head.series);
	plan->department = head.department;
	plan->year = head.year;
	plan->review = head.review;
	plan->unpublished = (enum unpublished)head.unpublished;
	plan->note = head.note;
	plan->prepared_by = head.prepared_by;
	plan->source = head.source;
	plan->series = head.series.v;
	plan->n_series = head.series.n;
	check_references(reader, plan);
	return NULL;
}

/* Whose file it is, so that its mistakes stop nobody else. */
static const char *
department_of(struct reader *reader, json_t *value)
{
	json_t *department = json_object_get(value, "department");

	if (json_is_string(department) && is_id(json_string_value(department)))
		return arena_strdup(
		    reader->arena, json_string_value(department));
	return department_of_file(reader->arena, reader->locator->file);
}

static const struct error *
read_value(struct reader *reader, json_t *value, struct calendars *calendars,
    struct plan **out)
{
	struct plan *plan = arena_alloc(reader->arena, sizeof(*plan));
	struct node root = node_root(reader, value);
	const struct error *error;

	reader->diags->department = department_of(reader, value);
	plan->file = reader->locator->file;
	plan->text = reader->locator->text;
	plan->locator = reader->locator;
	error = read_root(&root, calendars, plan);
	if (error == NULL && !reader_has_errors(reader))
		*out = plan;
	return error;
}

static const struct error *
read_plan(struct reader *reader, struct calendars *calendars, struct plan **out)
{
	json_t *value = reader_parse(reader);
	const struct error *error;

	if (value == NULL)
		return NULL;
	error = read_value(reader, value, calendars, out);
	json_decref(value);
	return error;
}

const struct error *
plan_read_bytes(struct arena *arena, struct calendars *calendars,
    const char *name, struct bytes bytes, struct diags *diags,
    struct plan **plan)
{
	struct reader reader = reader_of(arena, name, bytes, diags);
	const char *department = diags->department;
	const struct error *error;

	*plan = NULL;
	diags->department = department_of_file(arena, name);
	error = read_plan(&reader, calendars, plan);
	diags->department = department;
	return error;
}

const struct error *
plan_read(struct arena *arena, struct calendars *calendars, const char *path,
    struct diags *diags, struct plan **plan)
{
	const char *department = diags->department;
	struct reader reader;
	const struct error *error;

	*plan = NULL;
	diags->department = department_of_file(arena, path);
	error = reader_open(arena, path, PLAN_SIZE_MOST, diags, &reader);
	if (error == NULL && reader.locator->text.data != NULL)
		error = read_plan(&reader, calendars, plan);
	diags->department = department;
	return error;
}

static bool
is_same_year(const struct plan *a, const struct plan *b)
{
	return a->year == b->year && strcmp(a->department, b->department) == 0;
}

/* False after complaining if the department has this year already. */
static bool
is_first_of_year(struct arena *arena, const struct plans *plans,
    const struct plan *plan, struct diags *diags)
{
	const char *department = diags->department;
	size_t i;

	for (i = 0; i < plans->n; i++)
		if (is_same_year(plans->v[i], plan))
			break;
	if (i == plans->n)
		return true;
	diags->department = plan->department;
	DIAG(arena, diags, DIAG_ERROR, plan_place(plan, "/year"),
	    "plan.duplicate_year", plan->department, plans->v[i]->file);
	diags->department = department;
	return false;
}

/* A mistake of a sheet stops all its plans: they were written together. */
static const struct error *
read_table_plan(struct reader *reader, const struct plans_of_tables *tables,
    size_t i, struct calendars *calendars, struct plan **plan)
{
	struct locator *locator = arena_copy(
	    reader->arena, reader->locator, sizeof(*reader->locator));
	struct acts acts = { 0 };
	const struct error *error;

	reader->locator = locator;
	locator->cells = tables->v[i].cells;
	error = read_value(reader, tables->v[i].plan, calendars, plan);
	if (error != NULL)
		return error;
	reader->locator = arena_copy(reader->arena, locator, sizeof(*locator));
	reader->locator->cells = tables->v[i].act_cells;
	acts_read_value(reader, tables->v[i].acts, &acts);
	if (*plan != NULL) {
		(*plan)->acts = acts.v;
		(*plan)->n_acts = acts.n;
	}
	return NULL;
}

static const struct error *
read_tables(
    struct reader *reader, struct calendars *calendars, struct plans *plans)
{
	struct plans_of_tables tables = { 0 };
	struct arena *arena = reader->arena;
	const struct error *error = NULL;
	struct plans read = { 0 };
	struct workbook *workbook;
	size_t i;

	workbook_read(arena, reader->locator->file, reader->locator->text,
	    reader->diags, &workbook);
	if (workbook == NULL)
		return NULL;
	tables_read(arena, workbook, reader->diags, &tables);
	for (i = 0; i < tables.n; i++) {
		struct plan *plan = NULL;

		if (error == NULL)
			error = read_table_plan(
			    reader, &tables, i, calendars, &plan);
		if (plan != NULL)
			ARRAY_PUSH(arena, &read, plan);
		json_decref(tables.v[i].plan);
		json_decref(tables.v[i].acts);
	}
	if (error != NULL || reader_has_errors(reader))
		return error;
	for (i = 0; i < read.n; i++)
		if (is_first_of_year(arena, plans, read.v[i], reader->diags))
			ARRAY_PUSH(arena, plans, read.v[i]);
	return NULL;
}

static const struct error *
read_table_file(struct arena *arena, struct calendars *calendars,
    const char *path, struct diags *diags, struct plans *plans)
{
	const char *department = diags->department;
	const char *named = department_of_file(arena, path);
	const struct error *error;
	struct reader reader;

	/* A name that is no department's stops everybody. */
	diags->department = is_id(named) ? named : NULL;
	error = reader_open(arena, path, PLAN_SIZE_MOST, diags, &reader);
	if (error == NULL && reader.locator->text.data != NULL)
		error = read_tables(&reader, calendars, plans);
	diags->department = department;
	return error;
}

const struct error *
plans_read_file(struct arena *arena, struct calendars *calendars,
    const char *path, struct diags *diags, struct plans *plans)
{
	const struct error *error;
	struct plan *plan;

	if (sheet_is_table(path))
		return read_table_file(arena, calendars, path, diags, plans);
	error = plan_read(arena, calendars, path, diags, &plan);
	if (error == NULL && plan != NULL &&
	    is_first_of_year(arena, plans, plan, diags))
		ARRAY_PUSH(arena, plans, plan);
	return error;
}

const struct error *
plans_read(struct arena *arena, struct calendars *calendars,
    const char *directory, struct diags *diags, struct plans *plans)
{
	static const char *const suffixes[] = { ".json", ".csv", ".xlsx" };
	const struct error *error = NULL;
	size_t i, j;

	for (j = 0; error == NULL && j < COUNT(suffixes); j++) {
		struct names names;

		error =
		    list_files(arena, directory, suffixes[j], diags, &names);
		for (i = 0; error == NULL && i < names.n; i++)
			error = plans_read_file(arena, calendars,
			    file_join(arena, directory, names.v[i]), diags,
			    plans);
	}
	return error;
}

void
plans_acts(struct arena *arena, const struct plans *plans, struct acts *acts)
{
	size_t i, j, n = acts->n;

	for (i = 0; i < plans->n; i++)
		for (j = 0; j < plans->v[i]->n_acts; j++)
			ARRAY_PUSH(arena, acts, plans->v[i]->acts[j]);
	if (acts->n > n)
		acts_index(arena, acts);
}

static int
compare_id(const void *id, const void *series)
{
	return strcmp(id, ((const struct series *)series)->id);
}

const struct series *
plan_series(const struct plan *plan, const char *id)
{
	if (plan->n_series == 0)
		return NULL;
	return bsearch(id, plan->series, plan->n_series, sizeof(*plan->series),
	    compare_id);
}

struct place
plan_place(const struct plan *plan, const char *pointer)
{
	if (plan->locator == NULL || pointer == NULL)
		return (struct place){ .file = plan->file };
	return locator_find(plan->locator, pointer);
}
