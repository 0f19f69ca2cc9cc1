#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "read.h"
#include "words.h"

static struct spot_cell
spot_at(const struct table *table, size_t row, size_t column)
{
	return (
	    struct spot_cell){ table->number, (uint32_t)row, (uint32_t)column };
}

static void
tell(struct tables *all, enum diag_level level, struct spot_cell at,
    struct message message)
{
	diag_add(all->arena, all->diags, level,
	    cell_place(all->arena, all->workbook, at), message);
}

bool
is_note_row(const struct table *table, size_t row)
{
	static const char *const starts[] = { "注", "note", "说明", "备注",
		"*" };
	struct arena *arena = table->all->arena;
	const struct sheet_row *cells = &table->sheet->rows[row];
	const char *first = "", *s;
	size_t i, others = 0;
	int n;

	for (i = 0; i < cells->n; i++) {
		if (*cells->v[i].text == '\0' || cells->v[i].merged)
			continue;
		if (*first == '\0')
			first = cells->v[i].text;
		else
			others++;
	}
	if (others > 0)
		return false;
	s = fold(arena, first);
	if (take_any(&s, starts, COUNT(starts)))
		return true;
	return take_number(&s, &n) &&
	       (take_word(&s, ".") || take_word(&s, "、") ||
		   take_word(&s, ")"));
}

const char *
note_text(const struct table *table, int number)
{
	static const char *const starts[] = { "注:", "注", "note", "notes:" };
	struct arena *arena = table->all->arena;
	size_t row, i;

	for (row = table->header + 1; row < table->sheet->n; row++) {
		const struct sheet_row *cells = &table->sheet->rows[row];
		const char *text = "", *s;
		int n;

		if (!is_note_row(table, row))
			continue;
		for (i = 0; i < cells->n && *text == '\0'; i++)
			text = cells->v[i].text;
		s = fold(arena, text);
		take_any(&s, starts, COUNT(starts));
		take_spaces(&s);
		if (!take_number(&s, &n) || n != number)
			continue;
		/* The words as they are written, after number and mark. */
		while (*text != '\0' && (*text < '0' || *text > '9'))
			text++;
		text += strspn(text, "0123456789");
		while (take_word(&text, ".") || take_word(&text, "、") ||
		       take_word(&text, ")") || take_word(&text, "．") ||
		       take_word(&text, "）") || take_word(&text, "：") ||
		       take_word(&text, ":") || take_word(&text, " "))
			;
		return text;
	}
	return NULL;
}

/* The department and the year whose plan this row is of; false if unknown. */
static bool
find_group(struct line *line)
{
	struct tables *all = line->table->all;
	struct entry_cell department = line_cell(line, COLUMN_DEPARTMENT);
	struct entry_cell year = line_cell(line, COLUMN_YEAR);
	const char *id =
	    department.text != NULL ? department.text : all->file_department;
	struct group group = { .year = line->table->year };
	struct spot_cell top = spot_at(line->table, line->table->header, 0);
	size_t i;

	if (year.text != NULL)
		group.year = atoi(year.text);
	if (id == NULL)
		TELL(line, DIAG_ERROR, top, "table.no_department");
	else if (!is_id(id))
		TELL(line, DIAG_ERROR,
		    department.text != NULL ? department.at : top,
		    "table.bad_department", shown(line, id));
	if (group.year < 1900 || group.year > 2999)
		TELL(line, DIAG_ERROR, year.text != NULL ? year.at : top,
		    "table.no_year");
	if (line->bad)
		return false;
	for (i = 0; i < all->groups.n; i++)
		if (all->groups.v[i].year == group.year &&
		    strcmp(all->groups.v[i].department, id) == 0)
			break;
	line->group = i;
	if (i < all->groups.n)
		return true;
	group.department = arena_strdup(all->arena, id);
	group.series = json_array();
	group.acts = json_array();
	group.ids = json_object();
	group.titles = json_object();
	group.cells.arena = group.act_cells.arena = all->arena;
	group.cells.workbook = group.act_cells.workbook = all->workbook;
	group.cells.top = group.act_cells.top = top;
	ARRAY_PUSH(all->arena, &all->groups, group);
	return true;
}

/* What stands above the header is said of the whole plan. */
static void
put_plan_words(struct table *table, struct group *group)
{
	struct tables *all = table->all;
	size_t i;

	for (i = 0; i < PLAN_WORDS; i++) {
		const struct plan_line *word = &table->words[i];
		struct plan_line *there = &group->words[i];
		struct cell_site site = { plan_words[i], word->at, word->at };

		if (word->text == NULL)
			continue;
		if (there->text == NULL) {
			*there = *word;
			ARRAY_PUSH(all->arena, &group->cells.head, site);
		} else if (strcmp(there->text, word->text) != 0) {
			tell(all, DIAG_ERROR, word->at,
			    MESSAGE(all->arena, "table.two_lines",
				plan_words[i],
				cell_place(all->arena, all->workbook, there->at)
				    .cell));
		}
	}
}

/*
 * A row's id is that of its 编号; without one, that of the row before with
 * the same 内容, or what its 序号 makes.
 */
static const char *
find_id(struct line *line, const char *title, struct spot_cell *at)
{
	struct entry_cell id = line_cell(line, COLUMN_ID);
	struct entry_cell no = line_cell(line, COLUMN_NO);
	struct group *group = line_group(line);
	const char *known = json_string_value(
	    json_object_get(group->titles, title == NULL ? "" : title));
	const char *digits;
	int number;
	bool good;

	*at = id.text != NULL ? id.at : no.at;
	if (id.text != NULL)
		return id.text;
	if (known != NULL)
		return known;
	if (no.text == NULL) {
		TELL(line, DIAG_ERROR,
		    line->table->columns[COLUMN_ID] == NO_COLUMN ? no.at
								 : id.at,
		    "table.no_id");
		return NULL;
	}
	digits = fold(line->table->all->arena, no.text);
	digits += strspn(digits, "(");
	good = take_number(&digits, &number);
	take_word(&digits, "、");
	if (!good || digits[strspn(digits, ").")] != '\0') {
		TELL(line, DIAG_ERROR, no.at, "table.bad_number",
		    shown(line, no.text));
		return NULL;
	}
	return arena_printf(line->table->all->arena, "item-%d", number);
}

static bool
is_public(struct line *line)
{
	struct entry_cell class = line_cell(line, COLUMN_CLASS);
	const char *value;

	if (class.text == NULL || line_forbids(line))
		return false;
	value = meaning_of(fold(line->table->all->arena, class.text),
	    class_meanings, n_class_meanings);
	return value != NULL && strcmp(value, "public") == 0;
}

/* Finds or makes the row's series; false after a complaint. */
static bool
find_series(struct line *line)
{
	struct arena *arena = line->table->all->arena;
	struct entry_cell title = line_cell(line, COLUMN_TITLE);
	struct entry_cell english = line_cell(line, COLUMN_TITLE_EN);
	const char *name, *id;
	struct cell_item item = { .at = line_spot(line, COLUMN_TITLE) };
	struct group *group = line_group(line);
	struct spot_cell at;
	json_t *index, *series;

	if (title.text == NULL)
		title = english;
	if (title.text == NULL) {
		TELL(line, DIAG_ERROR, line_spot(line, COLUMN_TITLE),
		    "table.no_title");
		return false;
	}
	name = fold(arena, title.text);
	id = find_id(line, name, &at);
	if (id == NULL)
		return false;
	index = json_object_get(group->ids, id);
	if (index != NULL) {
		line->item = (size_t)json_integer_value(index);
		return true;
	}
	line->item = json_array_size(group->series);
	json_object_set_new(
	    group->ids, id, json_integer((json_int_t)line->item));
	json_object_set_new(group->titles, name, json_string(id));
	series = json_object();
	json_object_set_new(series, "id", json_string(id));
	json_array_append_new(group->series, series);
	ARRAY_PUSH(arena, &group->cells, item);
	cells_put(&group->cells, line->item, "id", at, at);
	cells_put(&group->cells, line->item, "class",
	    line_spot(line, COLUMN_CLASS), line_spot(line, COLUMN_CLASS));
	return true;
}

/* Nothing in any column of ours. */
static bool
is_blank(const struct table *table, size_t row)
{
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		if (table->columns[i] != NO_COLUMN &&
		    *sheet_cell(table->sheet, row, table->columns[i])->text !=
			'\0')
			return false;
	for (i = 0; i < table->n_months; i++)
		if (*sheet_cell(table->sheet, row, table->months[i].column)
			 ->text != '\0')
			return false;
	return true;
}

/* The template's own rows. */
static bool
is_example(const struct line *line)
{
	const char *no = line_cell(line, COLUMN_NO).text;

	return no != NULL && (strncmp(no, "示例", strlen("示例")) == 0 ||
				 strncmp(no, "example", 7) == 0);
}

/* Which rows there are and whose; their series are made but empty. */
static void
find_lines(struct table *table)
{
	struct tables *all = table->all;
	bool numbered = false;
	size_t row;

	for (row = table->header + 1; row < table->sheet->n; row++) {
		struct line line = { .table = table, .row = row };

		if (is_blank(table, row) || is_note_row(table, row) ||
		    is_example(&line) ||
		    (table->n_months > 1 && row > table->header + 1 &&
			matrix_is_time_row(table, row)))
			continue;
		line.closed = !is_public(&line);
		if (!find_group(&line))
			break;
		all->diags->department = line_group(&line)->department;
		put_plan_words(table, line_group(&line));
		if (find_series(&line))
			ARRAY_PUSH(all->arena, &all->lines, line);
		numbered =
		    numbered || (line_cell(&line, COLUMN_ID).text == NULL &&
				    line_cell(&line, COLUMN_NO).text != NULL);
	}
	if (numbered)
		tell(all, DIAG_NOTE, spot_at(table, table->header, 0),
		    MESSAGE(all->arena, "table.id_from_number"));
}

/*
 * A mistake in the sheet was told already: what stands in for the series has
 * none, and others may still refer to it.
 */
static json_t *
stand_in(const json_t *id)
{
	json_t *series = json_object();

	json_object_set_new(series, "id", json_deep_copy(id));
	json_object_set_new(series, "title", json_string("-"));
	json_object_set_new(series, "frequency", json_string("irregular"));
	json_object_set_new(series, "class", json_string("public"));
	return series;
}

static void
read_line(struct line *line)
{
	size_t errors = line->table->all->diags->errors;
	struct group *group = line_group(line);
	json_t *series = line_series(line);

	line->table->all->diags->department = group->department;
	if (line->table->n_months > 1)
		matrix_read(line);
	else
		row_read(line);
	/* Found when all lines are read, then replaced. */
	if (line->bad || line->table->all->diags->errors > errors)
		json_object_set_new(series, "?", json_true());
}

/* What could only be known when all rows of a series had been read. */
static void
finish_series(struct group *group, size_t i)
{
	json_t *series = json_array_get(group->series, i);
	json_t *id = json_object_get(series, "id");

	if (json_object_get(series, "?") != NULL) {
		json_array_set_new(group->series, i, stand_in(id));
		return;
	}
	/* Only 待定: known to come, without a date. */
	if (json_object_get(series, "timing") == NULL &&
	    json_object_get(series, "dates") == NULL &&
	    json_object_get(series, "skip") == NULL) {
		json_object_set_new(series, "precision", json_string("none"));
		if (json_object_get(series, "frequency") == NULL)
			json_object_set_new(
			    series, "frequency", json_string("irregular"));
	}
}

struct keyed_act {
	const char *at;
	size_t i;
};

static int
compare_acts(const void *a, const void *b)
{
	const struct keyed_act *x = a, *y = b;
	int order = strcmp(x->at, y->at);

	return order != 0 ? order : (x->i > y->i) - (x->i < y->i);
}

/* Acts are in order of time, whatever the order of the rows. */
static json_t *
sort_acts(struct arena *arena, struct group *group)
{
	size_t n = json_array_size(group->acts), i;
	struct keyed_act *keys = arena_alloc(arena, (n + 1) * sizeof(*keys));
	struct cell_item *items = arena_alloc(arena, (n + 1) * sizeof(*items));
	json_t *sorted = json_array();

	for (i = 0; i < n; i++) {
		json_t *act = json_array_get(group->acts, i);

		keys[i].i = i;
		keys[i].at = json_string_value(json_object_get(act, "at"));
	}
	if (n > 1)
		qsort(keys, n, sizeof(*keys), compare_acts);
	for (i = 0; i < n; i++) {
		json_array_append(
		    sorted, json_array_get(group->acts, keys[i].i));
		items[i] = group->act_cells.v[keys[i].i];
	}
	if (n > 0)
		group->act_cells.v = items;
	json_decref(group->acts);
	return sorted;
}

static void
finish_group(
    struct tables *all, struct group *group, struct plans_of_tables *plans)
{
	struct cells *cells = arena_alloc(all->arena, 2 * sizeof(*cells));
	json_t *acts = sort_acts(all->arena, group);
	size_t i;

	for (i = 0; i < json_array_size(group->series); i++)
		finish_series(group, i);
	cells[0] = group->cells;
	cells[1] = group->act_cells;
	if (plans->n == plans->cap)
		plans->v = arena_grow(all->arena, plans->v, plans->n,
		    &plans->cap, sizeof(*plans->v));
	plans->v[plans->n].plan = json_pack("{s:s, s:i, s:o}", "department",
	    group->department, "year", group->year, "series", group->series);
	for (i = 0; i < PLAN_WORDS; i++)
		if (group->words[i].text != NULL)
			json_object_set_new(plans->v[plans->n].plan,
			    plan_words[i], json_string(group->words[i].text));
	plans->v[plans->n].acts = json_pack("{s:s, s:i, s:o}", "department",
	    group->department, "year", group->year, "acts", acts);
	plans->v[plans->n].cells = &cells[0];
	plans->v[plans->n].act_cells = &cells[1];
	plans->v[plans->n].department = group->department;
	plans->n++;
	json_decref(group->ids);
	json_decref(group->titles);
}

static bool
is_empty(const struct sheet *sheet)
{
	size_t i, j;

	for (i = 0; i < sheet->n; i++)
		for (j = 0; j < sheet->rows[i].n; j++)
			if (*sheet->rows[i].v[j].text != '\0')
				return false;
	return true;
}

/* The template's second sheet tells what to write in the first. */
static bool
is_help(struct arena *arena, const struct sheet *sheet)
{
	enum lang lang;

	for (lang = LANG_ZH; sheet->n > 1 && lang <= LANG_EN; lang++)
		if (strcmp(sheet_cell(sheet, 0, 0)->text,
			SAY(arena, lang, "table.form_remarks")) == 0 ||
		    strcmp(sheet_cell(sheet, 0, 0)->text,
			SAY(arena, lang, "table.template_help_must")) == 0 ||
		    (strcmp(sheet->name,
			 SAY(arena, lang, "table.template_help")) == 0 &&
			strcmp(sheet_cell(sheet, 1, 0)->text,
			    SAY(arena, lang, "table.template_help_column")) ==
			    0))
			return true;
	return false;
}

static void
find_tables(struct tables *all)
{
	size_t found = 0, i;

	for (i = 0; i < all->workbook->n; i++) {
		const struct sheet *sheet = &all->workbook->v[i];
		struct table *table;

		if (sheet->hidden || is_empty(sheet) ||
		    is_help(all->arena, sheet))
			continue;
		table = arena_alloc(all->arena, sizeof(*table));
		table->all = all;
		table->sheet = sheet;
		table->number = (uint32_t)i;
		if (!header_find(table)) {
			tell(all, DIAG_NOTE, spot_at(table, 0, 0),
			    MESSAGE(all->arena, "table.no_header_here"));
			continue;
		}
		found++;
		find_lines(table);
	}
	if (found == 0)
		DIAG(all->arena, all->diags, DIAG_ERROR,
		    ((struct place){ .file = all->workbook->file }),
		    "table.no_header");
}

/* "nbs-2026.xlsx": nbs, 2026. */
static void
read_name(struct tables *all)
{
	const char *path = all->workbook->file, *dash;
	const char *slash = strrchr(path, '/');
	const char *id = department_of_file(all->arena, path);

	all->file_department = is_id(id) ? id : NULL;
	dash = strrchr(slash == NULL ? path : slash, '-');
	if (dash != NULL && strspn(dash + 1, "0123456789") == 4 &&
	    dash[5] == '.')
		all->file_year = atoi(dash + 1);
}

void
tables_read(struct arena *arena, const struct workbook *workbook,
    struct diags *diags, struct plans_of_tables *plans)
{
	const char *department = diags->department;
	struct tables all = {
		.arena = arena, .diags = diags, .workbook = workbook
	};
	struct place whole = { .file = workbook->file };
	size_t i;

	read_name(&all);
	if (workbook->macros)
		DIAG(arena, diags, DIAG_NOTE, whole, "table.macros");
	if (workbook->links)
		DIAG(arena, diags, DIAG_NOTE, whole, "table.links");
	find_tables(&all);
	for (i = 0; i < all.lines.n; i++)
		read_line(&all.lines.v[i]);
	for (i = 0; i < all.groups.n; i++)
		finish_group(&all, &all.groups.v[i], plans);
	diags->department = department;
}
