#include "log.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

/* The releases that a family of files is about: all, or one department's. */
struct scope {
	const char *folder; /* "" or "departments/nbs/" */
	struct text name;
	const struct entry **items;
	size_t n;
	struct instant updated;
};

/*
 * Whole calendar years: last, this and next.  The days are those of the
 * release's own zone, as they were said.
 */
static bool
in_years(const struct entry *entry, int edition)
{
	return day_year(entry->when.start.day) <= edition + 1 &&
	       day_year(entry->when.last) >= edition - 1;
}

static int
compare_items(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;

	if (x->start.s != y->start.s)
		return x->start.s < y->start.s ? -1 : 1;
	return strcmp(x->release, y->release);
}

/*
 * `updated` counts those outside the years too: the newest change may be the
 * one that took a release out of the file, and Last-Modified never falls.
 */
static void
fill_scope(struct arena *arena, struct scope *scope, const struct view *view,
    size_t first, size_t end)
{
	size_t i;

	scope->items =
	    arena_alloc(arena, (end - first) * sizeof(*scope->items));
	scope->updated = view->edition_at;
	for (i = first; i < end; i++) {
		if (view->v[i].at.s > scope->updated.s)
			scope->updated = view->v[i].at;
		if (in_years(&view->v[i], view->edition))
			scope->items[scope->n++] = &view->v[i];
	}
	qsort(scope->items, scope->n, sizeof(*scope->items), compare_items);
}

/* Of the department, as its newest entry names it. */
static const struct error *
read_publisher(struct arena *arena, struct store *store,
    const struct view *view, size_t first, size_t end, struct text *name)
{
	const struct entry *newest = &view->v[first];
	struct announcement announcement;
	const struct error *error;
	const char *said;
	size_t i;

	for (i = first; i < end; i++)
		if (view->v[i].id > newest->id)
			newest = &view->v[i];
	error = ledger_said(arena, store, newest->id, &said);
	if (error == NULL)
		error = announcement_read(arena, said, &announcement);
	if (error == NULL)
		*name = announcement.publisher;
	return error;
}

static struct text
describe(struct arena *arena, const struct text *name)
{
	return (struct text){
		.zh = SAY(
		    arena, LANG_ZH, "tree.description", text_in(name, LANG_ZH)),
		.en = SAY(
		    arena, LANG_EN, "tree.description", text_in(name, LANG_EN)),
	};
}

static struct planned
plan_file(struct arena *arena, const struct office *office,
    const struct scope *scope, const struct format *format, enum lang lang)
{
	const char *path = arena_printf(arena, "%s%s%s",
	    lang == LANG_EN ? "en/" : "", scope->folder, format->file);

	return (struct planned){
		.type = &planned_feed,
		.twin = true,
		.path = path,
		.updated = scope->updated,
		.format = format,
		.items = scope->items,
		.feed = {
			.lang = lang,
			.name = scope->name,
			.description = describe(arena, &scope->name),
			.url = arena_printf(
			    arena, "%s%s", office->url, path),
			.site = office->url,
			.updated = scope->updated,
			.n = scope->n,
			.timezone = office->timezone,
		},
	};
}

static void
plan_scope(struct arena *arena, const struct office *office,
    const struct scope *scope, struct plan_of_tree *plan)
{
	const struct format *formats;
	size_t first = plan->n, n, i;
	int lang;

	formats = artifact_formats(&n);
	for (i = 0; i < n; i++)
		for (lang = 0; lang < LANG_COUNT; lang++)
			ARRAY_PUSH(arena, plan,
			    plan_file(arena, office, scope, &formats[i],
				(enum lang)lang));
	for (i = first; i < plan->n; i++)
		plan->v[i].group = plan->n - first;
}

/* "nbs/cpi/2026-03" of "nbs": releases of one department stand together. */
static size_t
department_length(const char *release)
{
	return strcspn(release, "/");
}

static size_t
department_end(const struct view *view, size_t first)
{
	size_t len = department_length(view->v[first].release), i = first;

	while (i < view->n && strncmp(view->v[i].release,
				  view->v[first].release, len + 1) == 0)
		i++;
	return i;
}

static const struct error *
plan_departments(struct arena *arena, struct store *store,
    const struct office *office, const struct view *view,
    struct plan_of_tree *plan)
{
	size_t first, end;

	for (first = 0; first < view->n; first = end) {
		const char *release = view->v[first].release;
		struct scope scope = { .n = 0 };
		const struct error *error;

		end = department_end(view, first);
		scope.folder = arena_printf(arena, "departments/%.*s/",
		    (int)department_length(release), release);
		error =
		    read_publisher(arena, store, view, first, end, &scope.name);
		if (error != NULL)
			return error;
		fill_scope(arena, &scope, view, first, end);
		plan_scope(arena, office, &scope, plan);
	}
	return NULL;
}

const struct error *
tree_plan(struct arena *arena, struct store *store, const struct office *office,
    struct plan_of_tree *plan)
{
	struct scope all = { .folder = "", .name = office->name };
	struct view *view = arena_alloc(arena, sizeof(*view));
	const struct error *error = ledger_view(arena, store, view);

	*plan = (struct plan_of_tree){ 0 };
	if (error != NULL)
		return error;
	fill_scope(arena, &all, view, 0, view->n);
	plan_scope(arena, office, &all, plan);
	if ((error = plan_departments(arena, store, office, view, plan)) !=
		NULL ||
	    (error = log_plan(arena, store, office, plan)) != NULL)
		return error;
	if (office->gzip)
		twins_plan(arena, plan);
	return NULL;
}

void
plan_sources(struct arena *arena, struct plan_of_tree *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++) {
		struct planned *planned = &plan->v[i];

		planned->source = planned->type->source(arena, planned);
	}
}
