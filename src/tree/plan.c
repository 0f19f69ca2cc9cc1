#include "log.h"
#include "render.h"
#include "scope.h"

#define CHANGES_MOST 200

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

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
plan_file(const struct scoping *scoping, const struct scope *scope,
    const struct format *format, enum lang lang)
{
	struct arena *arena = scoping->arena;
	const struct office *office = scoping->office;
	const char *path = arena_printf(arena, "%s%s%s",
	    lang == LANG_EN ? "en/" : "", scope->folder,
	    scope->file != NULL ? scope->file : format->file);

	return (struct planned){
		.type = &planned_feed,
		.twin = scope->file == NULL,
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
			.pages = rendering_pages(office),
		},
	};
}

static void
plan_group(struct plan_of_tree *plan, size_t first)
{
	size_t i;

	for (i = first; i < plan->n; i++)
		plan->v[i].group = plan->n - first;
}

/* Its releases in every format and language. */
static void
plan_scope(const struct scoping *scoping, const struct scope *scope,
    struct plan_of_tree *plan)
{
	const struct format *formats;
	size_t first = plan->n, n, i;
	int lang;

	formats = artifact_formats(&n);
	for (i = 0; i < n; i++)
		for (lang = 0; lang < LANG_COUNT; lang++)
			ARRAY_PUSH(scoping->arena, plan,
			    plan_file(
				scoping, scope, &formats[i], (enum lang)lang));
	plan_group(plan, first);
}

/* What was changed in it last; department NULL: in all. */
static const struct error *
plan_changes(const struct scoping *scoping, const struct scope *scope,
    const char *department, struct plan_of_tree *plan)
{
	struct scope changes = *scope;
	const struct format *formats;
	struct entries entries;
	const struct error *error = ledger_recent(
	    scoping->arena, scoping->store, department, CHANGES_MOST, &entries);
	size_t n, i;
	int lang;

	if (error != NULL)
		return error;
	changes.items =
	    arena_alloc(scoping->arena, entries.n * sizeof(*changes.items));
	changes.n = entries.n;
	for (i = 0; i < entries.n; i++)
		changes.items[i] = &entries.v[i];
	if (entries.n > 0)
		changes.updated = entries.v[0].at;
	formats = artifact_change_formats(&n);
	for (i = 0; i < n * LANG_COUNT; i++) {
		struct planned planned;

		lang = (int)(i % LANG_COUNT);
		planned = plan_file(scoping, &changes, &formats[i / LANG_COUNT],
		    (enum lang)lang);
		planned.type = &planned_changes;
		planned.group = 1;
		ARRAY_PUSH(scoping->arena, plan, planned);
	}
	return NULL;
}

static const struct error *
plan_all(const struct scoping *scoping, struct plan_of_tree *plan)
{
	const struct choice every = { .end = scoping->view->n };
	struct scope scope = { .folder = "", .name = scoping->office->name };

	scope_fill(scoping, &scope, &every);
	plan_scope(scoping, &scope, plan);
	return plan_changes(scoping, &scope, NULL, plan);
}

static const struct error *
plan_departments(const struct scoping *scoping, struct plan_of_tree *plan)
{
	struct arena *arena = scoping->arena;
	const struct view *view = scoping->view;
	struct choice selection = { .end = 0 };
	const struct error *error = NULL;

	while (selection.end < view->n && error == NULL) {
		const char *release = view->v[selection.end].release, *id;
		struct scope scope = { .n = 0 };

		selection.first = selection.end;
		selection.end = department_end(view, selection.first);
		id = arena_strndup(arena, release, strcspn(release, "/"));
		scope.folder = arena_printf(arena, "departments/%s/", id);
		error = read_publisher(arena, scoping->store, view,
		    selection.first, selection.end, &scope.name);
		if (error != NULL)
			return error;
		scope_fill(scoping, &scope, &selection);
		plan_scope(scoping, &scope, plan);
		error = plan_changes(scoping, &scope, id, plan);
	}
	return error;
}

/* "{office}: {part}" of a file that is about a part of what there is. */
static struct text
name_of_part(
    struct arena *arena, const struct text *office, const struct text *part)
{
	return (struct text){
		.zh = arena_printf(arena, "%s：%s", text_in(office, LANG_ZH),
		    text_in(part, LANG_ZH)),
		.en = arena_printf(arena, "%s: %s", text_in(office, LANG_EN),
		    text_in(part, LANG_EN)),
	};
}

/* The office's topics or districts, of which something was said. */
static void
plan_parts(const struct scoping *scoping, const char *folder,
    const struct topic *parts, size_t n, bool districts,
    struct plan_of_tree *plan)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct choice selection = {
			.end = scoping->view->n,
			.belongs =
			    districts ? belongs_to_district : belongs_to_topic,
			.what = districts ? (const void *)&parts[i]
					  : (const void *)parts[i].id,
		};
		struct scope scope = {
			.folder = arena_printf(
			    scoping->arena, "%s/%s/", folder, parts[i].id),
			.name = name_of_part(scoping->arena,
			    &scoping->office->name, &parts[i].name),
		};

		scope_fill(scoping, &scope, &selection);
		if (scope.ever > 0)
			plan_scope(scoping, &scope, plan);
	}
}

/* Whole years that are over: their files keep what left the default ones. */
static void
plan_archive(const struct scoping *scoping, struct plan_of_tree *plan)
{
	const struct view *view = scoping->view;
	int first = view->edition, year;
	size_t i;

	for (i = 0; i < view->n; i++)
		if (day_year(view->v[i].when.start.day) < first)
			first = day_year(view->v[i].when.start.day);
	for (year = first; year < view->edition; year++) {
		const struct choice selection = { .end = view->n,
			.all = true,
			.belongs = belongs_to_year,
			.what = &year };
		char *digits = arena_printf(scoping->arena, "%04d", year);
		const struct text name = { digits, digits };
		struct scope scope = {
			.folder =
			    arena_printf(scoping->arena, "archive/%04d/", year),
			.name = name_of_part(
			    scoping->arena, &scoping->office->name, &name),
		};

		scope_fill(scoping, &scope, &selection);
		if (scope.ever > 0)
			plan_scope(scoping, &scope, plan);
	}
}

/* "nbs/cpi/" of "nbs/cpi/2026-03" */
static size_t
series_length(const char *release)
{
	const char *slash = strchr(release, '/');

	slash = slash == NULL ? NULL : strchr(slash + 1, '/');
	return slash == NULL ? strlen(release) : (size_t)(slash + 1 - release);
}

static void
plan_series(const struct scoping *scoping, struct plan_of_tree *plan)
{
	const struct view *view = scoping->view;
	struct choice selection = { .end = 0 };

	while (selection.end < view->n) {
		const struct entry *entry = &view->v[selection.end];
		const struct profile *profile = series_profile(scoping, entry);
		size_t len = series_length(entry->release);
		struct scope scope = {
			.folder = arena_printf(scoping->arena, "series/%.*s",
			    (int)len, entry->release),
			.name = scoping->office->name,
		};

		if (profile != NULL)
			scope.name = name_of_part(scoping->arena,
			    &scoping->office->name, &profile->name);
		selection.first = selection.end;
		while (selection.end < view->n &&
		       strncmp(view->v[selection.end].release, entry->release,
			   len) == 0)
			selection.end++;
		scope_fill(scoping, &scope, &selection);
		plan_scope(scoping, &scope, plan);
	}
}

/* One event for who wants no more than that. */
static void
plan_releases(const struct scoping *scoping, struct plan_of_tree *plan)
{
	size_t n, i;
	const struct format *formats = artifact_formats(&n);
	int lang;

	for (i = 0; i < scoping->view->n; i++) {
		const struct entry *entry = &scoping->view->v[i];
		struct scope scope = {
			.folder = arena_printf(
			    scoping->arena, "releases/%s/", entry->release),
			.file = "release.ics",
			.name = scoping->office->name,
			.items = arena_copy(
			    scoping->arena, &entry, sizeof(const void *)),
			.n = 1,
			.updated = entry->at,
		};
		size_t first = plan->n;

		for (lang = 0; lang < LANG_COUNT; lang++) {
			struct planned planned = plan_file(
			    scoping, &scope, &formats[0], (enum lang)lang);

			planned.links = true;
			ARRAY_PUSH(scoping->arena, plan, planned);
		}
		plan_group(plan, first);
	}
}

const struct error *
tree_plan(struct arena *arena, struct store *store, const struct office *office,
    struct plan_of_tree *plan)
{
	struct view *view = arena_alloc(arena, sizeof(*view));
	struct scoping scoping;
	const struct error *error;

	*plan = (struct plan_of_tree){ .view = view };
	if ((error = ledger_view(arena, store, view)) != NULL ||
	    (error = scoping_begin(arena, store, office, view, &scoping)) !=
		NULL ||
	    (error = plan_all(&scoping, plan)) != NULL ||
	    (error = plan_departments(&scoping, plan)) != NULL)
		return error;
	plan_parts(
	    &scoping, "topics", office->topics, office->n_topics, false, plan);
	plan_parts(&scoping, "districts", office->districts,
	    office->n_districts, true, plan);
	plan_archive(&scoping, plan);
	if (office->site) {
		plan_series(&scoping, plan);
		plan_releases(&scoping, plan);
		error = pages_plan(arena, store, office, view, plan);
		if (error != NULL)
			return error;
	}
	if ((error = log_plan(arena, store, office, plan)) != NULL)
		return error;
	if (office->gzip)
		twins_plan(arena, plan);
	manifests_plan(arena, plan);
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
