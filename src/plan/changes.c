/*
 * Acts as columns: what was decided of a row's release, why, by whom, and
 * when.  Beside one decision a row may hold a review, a consultation and the
 * release itself, each in columns of its own.
 */
#include <string.h>

#include "table.h"
#include "words.h"

/* A row's act being put together. */
struct draft_act {
	struct line *line;
	const struct dated *dated;
	const char *kind; /* "move" */
	bool named;       /* 决定 says so */
	bool bad;
	json_t *value;
	struct cell_item cells;
};

/* Acts with columns of their own; `named` ones may use those of decisions. */
static const struct act_group {
	const char *kind;                 /* NULL: whatever 决定 says */
	enum column person, at, document; /* COLUMNS: there is none */
	const char *role;                 /* if the person's cell names none */
	enum column says[6];              /* any of these makes it */
} groups[] = {
	{ NULL, COLUMN_APPROVER, COLUMN_APPROVED_ON, COLUMN_DOCUMENT, NULL,
	    { COLUMN_DECISION, COLUMNS } },
	{ "review", COLUMN_REVIEWER, COLUMN_REVIEWED_ON, COLUMN_REVIEW_DOCUMENT,
	    "reviewer",
	    { COLUMN_REVIEW_RESULT, COLUMN_REVIEWER, COLUMN_REVIEWED_ON,
		COLUMN_REVIEW_DIGEST, COLUMN_REVIEW_DOCUMENT, COLUMNS } },
	/* A sheet is kept by whoever prepares the release. */
	{ "consult", COLUMNS, COLUMN_CONSULTED_ON, COLUMN_CONSULT_DOCUMENT,
	    "preparer",
	    { COLUMN_CONSULT_WITH, COLUMN_CONSULT_MATTER, COLUMN_CONSULTED_ON,
		COLUMN_CONSULT_DOCUMENT, COLUMNS } },
	{ "released", COLUMNS, COLUMN_RELEASED, COLUMNS, "preparer",
	    { COLUMN_RELEASED, COLUMN_RESULT_URL, COLUMNS } },
};

/* What speaks of a decision; without a 决定 of a date that has changed. */
static const enum column of_decisions[] = { COLUMN_REASON, COLUMN_APPROVER,
	COLUMN_APPROVED_ON, COLUMN_DOCUMENT, COLUMN_ROLE, COLUMN_REASON_CODE,
	COLUMN_OVERRIDE, COLUMN_NEW_DATE, COLUMN_DUE, COLUMN_GROUND,
	COLUMN_REVIEW_DUE };
#define IMPLYING 7 /* so many of them may stand without 决定 */

static struct arena *
arena_of(const struct line *line)
{
	return line->table->all->arena;
}

/* A line above the header says what holds for rows that have an act. */
static bool
says(const struct line *line, enum column column)
{
	struct entry_cell cell = line_cell(line, column);

	return cell.text != NULL && cell.cell != NULL;
}

static bool
is_there(const struct line *line, const struct act_group *group)
{
	size_t i;

	for (i = 0; group->says[i] != COLUMNS; i++)
		if (says(line, group->says[i]))
			return true;
	return false;
}

/* What 决定 says; NULL also if that is no word of ours. */
static const char *
decision_of(const struct line *line)
{
	struct entry_cell cell = line_cell(line, COLUMN_DECISION);

	return cell.text == NULL || cell.cell == NULL
		   ? NULL
		   : meaning_of(fold(arena_of(line), cell.text),
			 decision_meanings, n_decision_meanings);
}

bool
row_decides(const struct line *line)
{
	size_t i;

	for (i = 0; i < COUNT(groups); i++)
		if (is_there(line, &groups[i]))
			return true;
	return false;
}

bool
row_only_reviews(const struct line *line)
{
	const char *decision = decision_of(line);
	size_t i;

	for (i = 0; i < COUNT(groups); i++)
		if (is_there(line, &groups[i]) &&
		    (groups[i].kind == NULL
			    ? decision == NULL
			    : strcmp(groups[i].kind, "review") != 0))
			return false;
	return (decision == NULL || strcmp(decision, "review") == 0) &&
	       row_decides(line);
}

bool
row_moves_to_date(struct line *line)
{
	const char *decision = decision_of(line);

	return !says(line, COLUMN_DECISION) ||
	       (decision != NULL && strcmp(decision, "move") == 0 &&
		   !says(line, COLUMN_NEW_DATE));
}

/* A role may stand with a name: "张三（分管负责人）". */
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

/* The part of the text, before or inside of the brackets, that is no role. */
static const char *
find_name(struct arena *arena, const char *text)
{
	static const char *const brackets[] = { "（", "）", "(", ")" };
	const char *open = NULL, *end, *before, *inside;
	size_t i;

	for (i = 0; i < COUNT(brackets) && open == NULL; i += 2)
		if ((open = strstr(text, brackets[i])) != NULL)
			break;
	if (open == NULL)
		return find_role(arena, text) == NULL ? text : NULL;
	before = arena_strndup(arena, text, (size_t)(open - text));
	inside = open + strlen(brackets[i]);
	end = strstr(inside, brackets[i + 1]);
	if (end != NULL)
		inside = arena_strndup(arena, inside, (size_t)(end - inside));
	if (find_role(arena, before) == NULL)
		return *before == '\0' ? NULL : before;
	return find_role(arena, inside) == NULL ? inside : NULL;
}

static void
put(struct draft_act *draft, const char *key, json_t *value, enum column column)
{
	struct cell_site site = { key, line_spot(draft->line, column),
		line_spot(draft->line, column) };

	json_object_set_new(draft->value, key, value);
	ARRAY_PUSH(arena_of(draft->line), &draft->cells, site);
}

#define REFUSE(draft, column, ...) \
	refuse((draft), (column), MESSAGE(arena_of((draft)->line), __VA_ARGS__))
static void
refuse(struct draft_act *draft, enum column column, struct message message)
{
	line_tell(
	    draft->line, DIAG_ERROR, line_spot(draft->line, column), message);
	draft->bad = true;
}

json_t *
when_value(
    struct arena *arena, const struct when *when, const char *date, int minute)
{
	char clock[DAY_SIZE];

	if (when->kind == WHEN_LIMIT)
		return json_pack("{s:s}", "no_later_than", date);
	if (when->kind != WHEN_DAY || minute == NO_TIME)
		return json_string(date);
	return json_string(
	    arena_printf(arena, "%sT%s", date, minute_format(clock, minute)));
}

/* Each makes what a cell says into what an act says, or complains. */
static json_t *
make_string(struct draft_act *draft, const struct entry_cell *cell)
{
	(void)draft;
	return json_string(cell->text);
}

static json_t *
make_date(struct draft_act *draft, const struct entry_cell *cell, bool day)
{
	struct line *line = draft->line;
	struct when when;
	const char *date;

	if (!when_parse(arena_of(line), cell->text, &when) ||
	    when.kind == WHEN_OPEN || when.kind == WHEN_CANCELLED ||
	    (day && (when.kind != WHEN_DAY || when.minute != NO_TIME))) {
		TELL(line, DIAG_ERROR, cell->at,
		    day ? "table.act_day" : "table.act_new_date",
		    shown(line, cell->text));
		return NULL;
	}
	if (when.year == 0)
		when.year = line_group(line)->year;
	date = when_format(arena_of(line), &when);
	if (date == NULL) {
		TELL(line, DIAG_ERROR, cell->at, "table.no_such_day",
		    shown(line, cell->text));
		return NULL;
	}
	if (when.kind == WHEN_DAY)
		line_check_weekday(line, &when, cell->at);
	return when_value(arena_of(line), &when, date, when.minute);
}

static json_t *
make_day(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_date(draft, cell, true);
}

static json_t *
make_moment(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_date(draft, cell, false);
}

/* A point in time; a day alone counts from its beginning, if that will do. */
static json_t *
make_instant_from(
    struct draft_act *draft, const struct entry_cell *cell, bool day_will_do)
{
	struct arena *arena = arena_of(draft->line);
	const char *date;
	struct when when;

	if (!when_parse(arena, cell->text, &when) || when.kind != WHEN_DAY ||
	    when.year == 0 || (date = when_format(arena, &when)) == NULL ||
	    (when.minute == NO_TIME && !day_will_do)) {
		TELL(draft->line, DIAG_ERROR, cell->at,
		    day_will_do ? "table.act_when" : "table.act_clock",
		    shown(draft->line, cell->text));
		return NULL;
	}
	if (when.minute == NO_TIME)
		when.minute = 0;
	return json_string(arena_printf(arena, "%sT%02d:%02d:00+08:00", date,
	    when.minute / 60, when.minute % 60));
}

static json_t *
make_instant(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_instant_from(draft, cell, false);
}

static json_t *
make_word(struct draft_act *draft, const struct entry_cell *cell,
    const struct meaning *meanings, size_t n)
{
	const char *word = line_word(draft->line, cell, meanings, n);

	return word == NULL ? NULL : json_string(word);
}

static json_t *
make_ground(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_word(draft, cell, ground_meanings, n_ground_meanings);
}

static json_t *
make_result(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_word(draft, cell, result_meanings, n_result_meanings);
}

static json_t *
make_matter(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_word(draft, cell, matter_meanings, n_matter_meanings);
}

static json_t *
make_code(struct draft_act *draft, const struct entry_cell *cell)
{
	return make_word(draft, cell, code_meanings, n_code_meanings);
}

static json_t *
make_yes(struct draft_act *draft, const struct entry_cell *cell)
{
	const char *word =
	    line_word(draft->line, cell, yes_meanings, n_yes_meanings);

	return word == NULL ? NULL : json_boolean(strcmp(word, "yes") == 0);
}

#define CHANGES "move postpone cancel reinstate confirm withhold reissue"

/* Which columns say what of which acts; must: it cannot lack. */
static const struct act_column {
	const char *kinds, *key;
	enum column column;
	json_t *(*make)(struct draft_act *, const struct entry_cell *);
	bool must;
} act_columns[] = {
	{ "move reinstate", "to", COLUMN_NEW_DATE, make_moment, false },
	{ "move", "override", COLUMN_OVERRIDE, make_yes, false },
	{ "postpone", "due", COLUMN_DUE, make_day, false },
	{ "withhold", "ground", COLUMN_GROUND, make_ground, true },
	{ "withhold", "review_due", COLUMN_REVIEW_DUE, make_day, false },
	{ CHANGES " sign", "reason", COLUMN_REASON, make_string, false },
	{ CHANGES, "reason_code", COLUMN_REASON_CODE, make_code, false },
	{ "review", "result", COLUMN_REVIEW_RESULT, make_result, true },
	{ "review", "items", COLUMN_REVIEW_DIGEST, make_string, true },
	{ "consult", "with", COLUMN_CONSULT_WITH, make_string, true },
	{ "consult", "matter", COLUMN_CONSULT_MATTER, make_matter, true },
	{ "released", "released", COLUMN_RELEASED, make_instant, true },
	{ "released", "url", COLUMN_RESULT_URL, make_string, false },
};

static bool
is_one_of(const char *kind, const char *kinds)
{
	size_t len = strlen(kind);
	const char *s = kinds;

	while ((s = strstr(s, kind)) != NULL) {
		if ((s == kinds || s[-1] == ' ') &&
		    (s[len] == ' ' || s[len] == '\0'))
			return true;
		s += len;
	}
	return false;
}

static bool
is_decision_column(enum column column)
{
	size_t i;

	for (i = 0; i < COUNT(of_decisions); i++)
		if (of_decisions[i] == column)
			return true;
	return false;
}

static const char *
kind_word(struct arena *arena, const char *kind)
{
	return arena_printf(arena, "@table.kind_%s", kind);
}

static const char *
column_word(struct arena *arena, enum column column)
{
	return arena_printf(
	    arena, "%s / %s", column_names[column].zh, column_names[column].en);
}

static void
put_members(struct draft_act *draft, bool decision)
{
	struct arena *arena = arena_of(draft->line);
	size_t i;

	for (i = 0; i < COUNT(act_columns); i++) {
		const struct act_column *column = &act_columns[i];
		struct entry_cell cell = line_cell(draft->line, column->column);
		bool of_it = is_one_of(draft->kind, column->kinds);
		json_t *value;

		if (of_it && column->must && cell.text == NULL)
			REFUSE(draft, column->column, "table.act_needs",
			    kind_word(arena, draft->kind),
			    column_word(arena, column->column));
		if (!of_it && decision && is_decision_column(column->column) &&
		    says(draft->line, column->column))
			REFUSE(draft, column->column, "table.act_other",
			    column_word(arena, column->column),
			    kind_word(arena, draft->kind));
		if (!of_it || cell.text == NULL)
			continue;
		value = column->make(draft, &cell);
		draft->bad = draft->bad || value == NULL;
		if (value != NULL)
			put(draft, column->key, value, column->column);
	}
}

/* The first of the two columns that says something. */
static enum column
first_of(const struct draft_act *draft, enum column own, enum column decision)
{
	if (own != COLUMNS && line_cell(draft->line, own).text != NULL)
		return own;
	return draft->named || own == COLUMNS ? decision : own;
}

static void
put_person(struct draft_act *draft, const struct act_group *group)
{
	struct arena *arena = arena_of(draft->line);
	enum column column = first_of(
	    draft, group->person, draft->named ? COLUMN_APPROVER : COLUMNS);
	struct entry_cell cell = { 0 };
	struct entry_cell role = line_cell(draft->line, COLUMN_ROLE);
	const char *value = NULL, *name = NULL;

	if (column != COLUMNS)
		cell = line_cell(draft->line, column);
	if (cell.text != NULL) {
		name = find_name(arena, cell.text);
		value = find_role(arena, cell.text);
	}
	if (column == COLUMN_APPROVER && role.text != NULL) {
		value = line_word(
		    draft->line, &role, role_meanings, n_role_meanings);
		draft->bad = draft->bad || value == NULL;
		column = COLUMN_ROLE;
	} else if (value == NULL) {
		value = group->role;
		if (value == NULL)
			REFUSE(draft, COLUMN_APPROVER, "table.act_role");
	}
	if (value != NULL)
		put(draft, "role", json_string(value),
		    column == COLUMNS ? group->at : column);
	if (name != NULL)
		put(draft, "who", json_string(name),
		    column == COLUMN_ROLE ? COLUMN_APPROVER : column);
}

static void
put_time(struct draft_act *draft, const struct act_group *group)
{
	struct arena *arena = arena_of(draft->line);
	bool released = group->at == COLUMN_RELEASED;
	enum column column =
	    released ? group->at
		     : first_of(draft, group->at, COLUMN_APPROVED_ON);
	struct entry_cell cell = line_cell(draft->line, column);
	json_t *at;

	/* Of what is out that was said already. */
	if (cell.text == NULL && released)
		return;
	if (cell.text == NULL) {
		REFUSE(draft, column, "table.act_needs",
		    kind_word(arena, draft->kind), column_word(arena, column));
		return;
	}
	at = released ? json_incref(json_object_get(draft->value, "released"))
		      : make_instant_from(draft, &cell, true);
	draft->bad = draft->bad || at == NULL;
	if (at != NULL)
		put(draft, "at", at, column);
}

static void
put_document(struct draft_act *draft, const struct act_group *group)
{
	enum column column = first_of(
	    draft, group->document, draft->named ? COLUMN_DOCUMENT : COLUMNS);
	struct entry_cell cell = { 0 };

	if (column != COLUMNS)
		cell = line_cell(draft->line, column);
	if (cell.text != NULL)
		put(draft, "document", json_string(cell.text), column);
}

/* A date that has been changed in its own cell. */
static void
put_date(struct draft_act *draft)
{
	json_t *to = draft->dated->to;

	if (strcmp(draft->kind, "move") != 0 ||
	    json_object_get(draft->value, "to") != NULL ||
	    says(draft->line, COLUMN_NEW_DATE))
		return;
	if (to != NULL)
		put(draft, "to", json_incref(to), COLUMN_DATE);
	else
		REFUSE(draft, COLUMN_NEW_DATE, "table.act_needs",
		    "@table.kind_move",
		    column_word(arena_of(draft->line), COLUMN_NEW_DATE));
}

/* {"key": digest} for a review, ["key"] for all others. */
static void
put_release(struct draft_act *draft)
{
	struct line *line = draft->line;
	const char *id =
	    json_string_value(json_object_get(line_series(line), "id"));
	const char *key = arena_printf(
	    arena_of(line), "%s/%s", line_group(line)->department, id);
	json_t *digest = json_object_get(draft->value, "items"), *items;

	if (draft->dated->period != NULL)
		key = arena_printf(
		    arena_of(line), "%s/%s", key, draft->dated->period);
	if (digest != NULL) {
		struct cell_site *site = &draft->cells.v[0];

		items = json_object();
		json_object_set(items, key, digest);
		json_object_set_new(draft->value, "items", items);
		while (strcmp(site->path, "items") != 0)
			site++;
		site->key_at = line_spot(line, COLUMN_PERIOD);
	} else {
		put(draft, "releases", json_pack("[s]", key), COLUMN_PERIOD);
	}
}

static void
put_act(struct line *line, const struct dated *dated, const char *kind,
    const struct act_group *group)
{
	struct group *plan = line_group(line);
	const char *decision = decision_of(line);
	struct draft_act draft = { .line = line,
		.dated = dated,
		.kind = kind,
		.named = decision != NULL && strcmp(decision, kind) == 0,
		.value = json_object() };

	draft.cells.at = line_spot(line, draft.named           ? COLUMN_DECISION
					 : group->kind == NULL ? COLUMN_DATE
							       : group->at);
	json_object_set_new(draft.value, "act", json_string(kind));
	put_members(&draft, group->kind == NULL);
	put_date(&draft);
	put_person(&draft, group);
	put_time(&draft, group);
	put_document(&draft, group);
	if (draft.bad) {
		json_decref(draft.value);
		return;
	}
	put_release(&draft);
	json_array_append_new(plan->acts, draft.value);
	ARRAY_PUSH(plan->act_cells.arena, &plan->act_cells, draft.cells);
}

/* Told beside a row without a decision; false if there is nothing. */
static bool
tell_stray(
    struct line *line, const enum column *columns, size_t n, const char *id)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!says(line, columns[i]))
			continue;
		TELL(line, DIAG_ERROR, line_spot(line, columns[i]), id);
		return true;
	}
	return false;
}

void
row_no_act(struct line *line)
{
	size_t i, j;

	if (tell_stray(line, of_decisions, COUNT(of_decisions),
		"table.act_without_date"))
		return;
	for (i = 0; i < COUNT(groups); i++) {
		for (j = 0; groups[i].says[j] != COLUMNS; j++)
			;
		if (tell_stray(
			line, groups[i].says, j, "table.act_without_date"))
			return;
	}
}

/* What is decided of the row's date, if 决定 does not say it. */
static const char *
implied(struct line *line, const struct dated *dated)
{
	size_t i;

	if (dated->cancelled)
		return "cancel";
	if (tell_stray(line, of_decisions + IMPLYING,
		COUNT(of_decisions) - IMPLYING, "table.act_decision"))
		return NULL;
	for (i = 0; dated->to != NULL && i < IMPLYING; i++)
		if (line_cell(line, of_decisions[i]).text != NULL)
			return "move";
	if (dated->to == NULL)
		tell_stray(line, of_decisions, COUNT(of_decisions),
		    "table.act_decision");
	return NULL;
}

static bool
has_group(const char *kind)
{
	size_t i;

	for (i = 0; i < COUNT(groups); i++)
		if (groups[i].kind != NULL && strcmp(groups[i].kind, kind) == 0)
			return true;
	return false;
}

void
row_acts(struct line *line, const struct dated *dated)
{
	struct entry_cell cell = line_cell(line, COLUMN_DECISION);
	const char *decision = NULL;
	size_t i;

	if (!says(line, COLUMN_DECISION))
		decision = implied(line, dated);
	else
		decision = line_word(
		    line, &cell, decision_meanings, n_decision_meanings);
	if (decision != NULL && dated->cancelled &&
	    strcmp(decision, "cancel") != 0) {
		TELL(line, DIAG_ERROR, cell.at, "table.act_cancelled");
		decision = NULL;
	}
	if (decision != NULL && !has_group(decision))
		put_act(line, dated, decision, &groups[0]);
	for (i = 1; i < COUNT(groups); i++)
		if (is_there(line, &groups[i]) ||
		    (decision != NULL && strcmp(decision, groups[i].kind) == 0))
			put_act(line, dated, groups[i].kind, &groups[i]);
	json_decref(dated->to);
}
