/* What each column says of an act. */
#include "changes.h"

#include <string.h>

#include "words.h"

const enum column of_decisions[OF_DECISIONS] = { COLUMN_REASON, COLUMN_APPROVER,
	COLUMN_APPROVED_ON, COLUMN_DOCUMENT, COLUMN_ROLE, COLUMN_REASON_CODE,
	COLUMN_OVERRIDE, COLUMN_NEW_DATE, COLUMN_DUE, COLUMN_GROUND,
	COLUMN_REVIEW_DUE };

struct arena *
arena_of(const struct line *line)
{
	return line->table->all->arena;
}

bool
says(const struct line *line, enum column column)
{
	struct entry_cell cell = line_cell(line, column);

	return cell.text != NULL && cell.cell != NULL;
}

void
draft_put(
    struct draft_act *draft, const char *key, json_t *value, enum column column)
{
	struct cell_site site = { key, line_spot(draft->line, column),
		line_spot(draft->line, column) };

	json_object_set_new(draft->value, key, value);
	ARRAY_PUSH(arena_of(draft->line), &draft->cells, site);
}

void
draft_refuse(
    struct draft_act *draft, enum column column, struct message message)
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

json_t *
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
	{ "copy", "sent", COLUMN_COPIED, make_instant, true },
	{ "copy", "sha256", COLUMN_COPY_DIGEST, make_string, false },
	{ "acknowledge", "received", COLUMN_ACKNOWLEDGED, make_instant, true },
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

	for (i = 0; i < OF_DECISIONS; i++)
		if (of_decisions[i] == column)
			return true;
	return false;
}

const char *
kind_word(struct arena *arena, const char *kind)
{
	return arena_printf(arena, "@table.kind_%s", kind);
}

const char *
column_word(struct arena *arena, enum column column)
{
	return arena_printf(
	    arena, "%s / %s", column_names[column].zh, column_names[column].en);
}

void
draft_members(struct draft_act *draft, bool decision)
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
			draft_put(draft, column->key, value, column->column);
	}
}
