/*
 * Acts as columns: what was decided of a row's release, why, by whom, and
 * when.  Beside one decision a row may hold a review, a consultation and the
 * release itself, each in columns of its own.
 */
#include "changes.h"

#include <string.h>

#include "words.h"

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
	{ "copy", COLUMNS, COLUMN_COPIED, COLUMN_COPY_DOCUMENT, "preparer",
	    { COLUMN_COPIED, COLUMN_COPY_DOCUMENT, COLUMN_COPY_DIGEST,
		COLUMNS } },
	{ "acknowledge", COLUMNS, COLUMN_ACKNOWLEDGED, COLUMNS, "preparer",
	    { COLUMN_ACKNOWLEDGED, COLUMNS } },
};

/* What was done stands with its time, which is that of the act as well. */
static const struct done {
	enum column at;
	const char *key;
} dones[] = {
	{ COLUMN_RELEASED, "released" },
	{ COLUMN_COPIED, "sent" },
	{ COLUMN_ACKNOWLEDGED, "received" },
};

static const struct done *
done_of(const struct act_group *group)
{
	size_t i;

	for (i = 0; i < COUNT(dones); i++)
		if (dones[i].at == group->at)
			return &dones[i];
	return NULL;
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
		draft_put(draft, "role", json_string(value),
		    column == COLUMNS ? group->at : column);
	if (name != NULL)
		draft_put(draft, "who", json_string(name),
		    column == COLUMN_ROLE ? COLUMN_APPROVER : column);
}

static void
put_time(struct draft_act *draft, const struct act_group *group)
{
	struct arena *arena = arena_of(draft->line);
	const struct done *done = done_of(group);
	enum column column =
	    done != NULL ? group->at
			 : first_of(draft, group->at, COLUMN_APPROVED_ON);
	struct entry_cell cell = line_cell(draft->line, column);
	json_t *at;

	/* Of what is out that was said already. */
	if (cell.text == NULL && done != NULL)
		return;
	if (cell.text == NULL) {
		REFUSE(draft, column, "table.act_needs",
		    kind_word(arena, draft->kind), column_word(arena, column));
		return;
	}
	at = done != NULL
		 ? json_incref(json_object_get(draft->value, done->key))
		 : make_instant_from(draft, &cell, true);
	draft->bad = draft->bad || at == NULL;
	if (at != NULL)
		draft_put(draft, "at", at, column);
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
		draft_put(draft, "document", json_string(cell.text), column);
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
		draft_put(draft, "to", json_incref(to), COLUMN_DATE);
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
		draft_put(
		    draft, "releases", json_pack("[s]", key), COLUMN_PERIOD);
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
	draft_members(&draft, group->kind == NULL);
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

	if (tell_stray(
		line, of_decisions, OF_DECISIONS, "table.act_without_date"))
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
	if (tell_stray(line, of_decisions + IMPLYING, OF_DECISIONS - IMPLYING,
		"table.act_decision"))
		return NULL;
	for (i = 0; dated->to != NULL && i < IMPLYING; i++)
		if (line_cell(line, of_decisions[i]).text != NULL)
			return "move";
	if (dated->to == NULL)
		tell_stray(
		    line, of_decisions, OF_DECISIONS, "table.act_decision");
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
