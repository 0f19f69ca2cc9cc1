/* Acts as columns: why a row's date was changed, by whom, and when. */
#include <string.h>

#include "table.h"
#include "words.h"

/* 批准人 may stand with a name: "张三（分管负责人）". */
static const char *
find_role(struct arena *arena, const char *text)
{
	const char *s = fold(arena, text);
	size_t i;

	for (i = 0; i < n_role_meanings; i++)
		if (strstr(s, role_meanings[i].word) != NULL)
			return role_meanings[i].value;
	return NULL;
}

/* The instant of a decision; a day alone counts from its beginning. */
static const char *
find_instant(struct arena *arena, const char *text)
{
	struct when when;
	const char *date;

	if (!when_parse(arena, text, &when) || when.kind != WHEN_DAY ||
	    when.year == 0 || (date = when_format(arena, &when)) == NULL)
		return NULL;
	if (when.minute == NO_TIME)
		when.minute = 0;
	return arena_printf(arena, "%sT%02d:%02d:00+08:00", date,
	    when.minute / 60, when.minute % 60);
}

/* Tells which of the three is missing; true if all are there. */
static bool
is_whole(struct line *line, const char *role, const char *at)
{
	static const struct {
		enum column column;
		const char *id;
	} needed[] = {
		{ COLUMN_REASON, "table.act_reason" },
		{ COLUMN_APPROVER, "table.act_role" },
		{ COLUMN_APPROVED_ON, "table.act_at" },
	};
	const bool there[] = {
		line_cell(line, COLUMN_REASON).text != NULL,
		role != NULL,
		at != NULL,
	};
	bool whole = true;
	size_t i;

	for (i = 0; i < COUNT(needed); i++) {
		if (there[i])
			continue;
		TELL(line, DIAG_ERROR, line_spot(line, needed[i].column),
		    needed[i].id);
		whole = false;
	}
	return whole;
}

static void
put_cells(struct line *line, struct group *group)
{
	struct cell_item item = { .at = line_spot(line, COLUMN_DATE) };
	static const struct {
		enum column column;
		const char *path;
	} paths[] = {
		{ COLUMN_DATE, "to" },
		{ COLUMN_PERIOD, "releases" },
		{ COLUMN_REASON, "reason" },
		{ COLUMN_APPROVER, "role" },
		{ COLUMN_APPROVED_ON, "at" },
		{ COLUMN_DOCUMENT, "document" },
	};
	size_t i, n = group->act_cells.n;

	ARRAY_PUSH(group->act_cells.arena, &group->act_cells, item);
	for (i = 0; i < COUNT(paths); i++)
		cells_put(&group->act_cells, n, paths[i].path,
		    line_spot(line, paths[i].column),
		    line_spot(line, paths[i].column));
}

void
row_no_act(struct line *line)
{
	static const enum column columns[] = { COLUMN_REASON, COLUMN_APPROVER,
		COLUMN_APPROVED_ON, COLUMN_DOCUMENT };
	size_t i;

	for (i = 0; i < COUNT(columns); i++) {
		struct entry_cell cell = line_cell(line, columns[i]);

		/* A line above the header speaks to the rows with dates. */
		if (cell.text == NULL || cell.cell == NULL)
			continue;
		TELL(line, DIAG_ERROR, cell.at, "table.act_without_date");
		return;
	}
}

void
row_act(struct line *line, const char *period, const char *to, bool cancelled)
{
	struct entry_cell reason = line_cell(line, COLUMN_REASON);
	struct entry_cell approver = line_cell(line, COLUMN_APPROVER);
	struct entry_cell approved = line_cell(line, COLUMN_APPROVED_ON);
	struct entry_cell document = line_cell(line, COLUMN_DOCUMENT);
	struct arena *arena = line->table->all->arena;
	struct group *group = line_group(line);
	const char *role = NULL, *at = NULL, *id;
	json_t *act;

	if (!cancelled && reason.text == NULL && approver.text == NULL &&
	    approved.text == NULL && document.text == NULL)
		return;
	if (approver.text != NULL)
		role = find_role(arena, approver.text);
	if (approved.text != NULL)
		at = find_instant(arena, approved.text);
	if (!is_whole(line, role, at))
		return;
	id = json_string_value(json_object_get(line_series(line), "id"));
	act = json_object();
	json_object_set_new(
	    act, "act", json_string(cancelled ? "cancel" : "move"));
	json_object_set_new(act, "releases",
	    json_pack("[s]", arena_printf(arena, "%s/%s/%s", group->department,
				 id, period)));
	if (!cancelled)
		json_object_set_new(act, "to", json_string(to));
	json_object_set_new(act, "reason", json_string(reason.text));
	json_object_set_new(act, "role", json_string(role));
	json_object_set_new(act, "at", json_string(at));
	if (document.text != NULL)
		json_object_set_new(
		    act, "document", json_string(document.text));
	json_array_append_new(group->acts, act);
	put_cells(line, group);
}
