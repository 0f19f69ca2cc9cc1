#include <string.h>

#include <yugao/arena.h>

#include "package.h"

#define SHEETS_MOST 200

struct tab {
	const char *name, *relation;
	bool hidden;
};

struct tabs {
	struct package *package;
	struct tab *v;
	size_t n, cap;
	bool is_1904, links;
};

static void
start_workbook(void *context, const char *name, const char **attributes)
{
	struct tabs *tabs = context;
	struct arena *arena = tabs->package->intake->arena;
	const char *title = attribute(attributes, "name");
	const char *id = attribute(attributes, "id");
	const char *state = attribute(attributes, "state");
	struct tab tab;

	if (strcmp(name, "workbookPr") == 0) {
		tabs->is_1904 = attribute_is_true(attributes, "date1904");
	} else if (strcmp(name, "externalReference") == 0) {
		tabs->links = true;
	} else if (strcmp(name, "sheet") == 0 && title != NULL && id != NULL &&
		   tabs->n < SHEETS_MOST) {
		tab.name = arena_strdup(arena, title);
		tab.relation = arena_strdup(arena, id);
		tab.hidden = state != NULL && strcmp(state, "visible") != 0;
		ARRAY_PUSH(arena, tabs, tab);
	}
}

static const char *
target_of_type(const struct relations *relations, const char *type)
{
	size_t i;

	for (i = 0; i < relations->n; i++)
		if (strcmp(relations->v[i].type, type) == 0)
			return relations->v[i].target;
	return NULL;
}

/* Charts and dialogues have tabs too; they hold no cells. */
static const char *
target_of_tab(const struct relations *relations, const struct tab *tab)
{
	size_t i;

	for (i = 0; i < relations->n; i++)
		if (strcmp(relations->v[i].id, tab->relation) == 0 &&
		    strcmp(relations->v[i].type, "worksheet") == 0)
			return relations->v[i].target;
	return NULL;
}

static void
read_tabs(struct package *package, const char *main,
    const struct relations *relations, struct tabs *tabs)
{
	static const struct part_reader reader = { start_workbook, NULL, NULL };
	const char *strings = target_of_type(relations, "sharedStrings");
	const char *formats = target_of_type(relations, "styles");
	struct shared shared = { 0 };
	struct styles styles = { 0 };
	struct context context = { &shared, &styles, false };
	size_t i;

	package_read(package, main, &reader, tabs);
	context.is_1904 = tabs->is_1904;
	if (strings != NULL && package_has(package, strings))
		shared_read(package, strings, &shared);
	if (formats != NULL && package_has(package, formats))
		styles_read(package, formats, &styles);
	for (i = 0; i < tabs->n && !package->intake->bad; i++) {
		const char *part = target_of_tab(relations, &tabs->v[i]);
		struct sheet *sheet;

		if (part == NULL)
			continue;
		sheet = intake_sheet(package->intake, tabs->v[i].name);
		sheet->hidden = tabs->v[i].hidden;
		worksheet_read(package, part, &context, sheet);
	}
}

void
xlsx_take(struct intake *intake, struct bytes bytes)
{
	struct relations root, relations;
	struct package package;
	struct tabs tabs = { .package = &package };
	const char *main;

	if (!package_open(&package, intake, bytes))
		return;
	relations_read(&package, "", &root);
	main = target_of_type(&root, "officeDocument");
	if (main == NULL || !package_has(&package, main)) {
		REFUSE(intake, "sheet.not_xlsx");
	} else {
		relations_read(&package, main, &relations);
		read_tabs(&package, main, &relations, &tabs);
		intake->workbook->macros =
		    target_of_type(&relations, "vbaProject") != NULL;
		intake->workbook->links = tabs.links || relations.external;
	}
	package_close(&package);
}
