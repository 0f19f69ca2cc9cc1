/* Sheets with one row a release, or one row a series with its rule. */
#include <string.h>

#include "table.h"
#include "words.h"

/* A date as it stands in the row, already as a plan has it. */
struct dated_row {
	struct when when;
	const char *date; /* NULL without one */
	struct day near;
	bool has_near;
	struct entry_cell cell;
};

/* Finds a series by its id, or by its title. */
static const char *
find_series(void *context, const char *name)
{
	const struct line *line = context;
	const struct group *group = line_group(line);
	json_t *id = json_object_get(group->titles, name);

	if (json_object_get(group->ids, name) != NULL)
		return name;
	if (id != NULL)
		return json_string_value(id);
	/* Let the plan reader say that there is none of this id. */
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] ==
		       '\0'
		   ? name
		   : NULL;
}

/*
 * A day of the month gives all weeks and ten days of that month the same
 * date; only a list of three days can be meant, one for each ten.
 */
static const char *
refusal_of(struct line *line, const json_t *timing)
{
	static const char *const monthly[] = { "day", "workday", "weekday",
		"before_month_end" };
	enum frequency frequency;
	size_t i;

	if (!line_frequency(line, &frequency) ||
	    (frequency != FREQUENCY_WEEKLY && frequency != FREQUENCY_TEN_DAY))
		return NULL;
	if (json_is_array(timing)) {
		const char *reason = NULL;

		for (i = 0; reason == NULL && i < json_array_size(timing); i++)
			reason = refusal_of(line, json_array_get(timing, i));
		return reason;
	}
	for (i = 0; i < COUNT(monthly); i++) {
		const json_t *value = json_object_get(timing, monthly[i]);

		if (value != NULL &&
		    (frequency == FREQUENCY_WEEKLY || !json_is_array(value)))
			return frequency == FREQUENCY_WEEKLY
				   ? "table.rule_weekly"
				   : "table.rule_ten_day";
	}
	return NULL;
}

static void
tell_rule(struct line *line, struct spot_cell at, const char *reason,
    const char *text)
{
	line_tell(line, DIAG_ERROR, at,
	    MESSAGE(line->table->all->arena, reason, shown(line, text)));
}

static void
read_rule(struct line *line, const struct entry_cell *cell)
{
	struct entry_cell period = line_cell(line, COLUMN_PERIOD);
	struct arena *arena = line->table->all->arena;
	int year = line_group(line)->year;
	enum period_words words;
	struct rule_words rule;
	struct period unused;
	const char *reason;
	json_t *timing;

	timing = rule_parse(arena, cell->text, find_series, line, &rule);
	if (timing == NULL) {
		tell_rule(line, cell->at, rule.reason, rule.rest);
		return;
	}
	reason = refusal_of(line, timing);
	if (reason != NULL) {
		tell_rule(line, cell->at, reason, cell->text);
		json_decref(timing);
		return;
	}
	line_put(line, "timing", timing, cell->at);
	if (rule.bounded)
		line_put(
		    line, "precision", json_string("no-later-than"), cell->at);
	if (period.text != NULL &&
	    period_guess(arena, period.text, year, NULL, &unused, &words) &&
	    words == PERIOD_CURRENT)
		rule.lag = 0;
	if (rule.lag != -1)
		line_put(
		    line, "reference/lag", json_integer(rule.lag), cell->at);
}

static bool
read_time(struct line *line, int *minute)
{
	struct entry_cell cell = line_cell(line, COLUMN_TIME);
	const char *s;

	*minute = NO_TIME;
	if (cell.text == NULL)
		return true;
	s = fold(line->table->all->arena, cell.text);
	if (strcmp(s, "-") == 0 || strcmp(s, "无") == 0)
		return true;
	if (take_time(&s, minute) && *s == '\0')
		return true;
	TELL(line, DIAG_ERROR, cell.at, "table.bad_time",
	    shown(line, cell.text));
	return false;
}

void
line_check_weekday(
    struct line *line, const struct when *when, struct spot_cell at)
{
	struct arena *arena = line->table->all->arena;
	struct day day = day_of(when->year, when->month, when->mday);
	enum weekday weekday = day_weekday(day);
	char date[DAY_SIZE];

	if (!when->has_weekday || when->weekday == weekday)
		return;
	TELL(line, DIAG_ERROR, at, "table.weekday",
	    shown(line, day_format(date, day)),
	    arena_printf(arena, "@table.weekday_%d", (int)weekday),
	    arena_printf(arena, "@table.weekday_%d", (int)when->weekday));
}

/* False if there is a date that cannot be read. */
static bool
read_date(struct line *line, struct dated_row *row)
{
	struct arena *arena = line->table->all->arena;
	struct when *when = &row->when;

	row->cell = line_cell(line, COLUMN_DATE);
	if (row->cell.text == NULL)
		return true;
	if (!when_parse(arena, row->cell.text, when)) {
		TELL(line, DIAG_ERROR, row->cell.at, "table.bad_date",
		    shown(line, row->cell.text));
		return false;
	}
	if (when->kind == WHEN_OPEN || when->kind == WHEN_CANCELLED)
		return true;
	if (when->year == 0)
		when->year = line_group(line)->year;
	row->date = when_format(arena, when);
	if (row->date == NULL) {
		TELL(line, DIAG_ERROR, row->cell.at, "table.no_such_day",
		    shown(line, row->cell.text));
		return false;
	}
	if (when->kind == WHEN_DAY)
		line_check_weekday(line, when, row->cell.at);
	row->has_near = true;
	row->near = day_of(when->year, when->month,
	    when->kind == WHEN_DAY ? when->mday
				   : month_length(when->year, when->month));
	return true;
}

/*
 * Cumulative figures are named after all that they cover: in a quarterly
 * series 上半年 is the second quarter, in a monthly one 1-5月 is May.  Only
 * January and February are one period indeed.
 */
static struct period
last_part(struct period period, enum frequency frequency)
{
	int year, month, mday, last;

	day_parts(period.first, &year, &month, &mday);
	day_parts(period.last, &year, &last, &mday);
	if (month != 1 || period.frequency == frequency)
		return period;
	if (frequency == FREQUENCY_MONTHLY
		? period.frequency == FREQUENCY_IRREGULAR && last > 2
		: (frequency == FREQUENCY_QUARTERLY && last % 3 == 0) ||
		      (frequency == FREQUENCY_HALF_YEARLY && last == 12))
		return period_of(frequency, period.last);
	return period;
}

/* The period's key; NULL after a complaint. */
static const char *
read_period(
    struct line *line, const struct dated_row *row, struct spot_cell *at)
{
	struct entry_cell cell = line_cell(line, COLUMN_PERIOD);
	struct arena *arena = line->table->all->arena;
	enum period_words words = PERIOD_PREVIOUS;
	enum frequency frequency;
	struct period period;
	char key[PERIOD_SIZE];

	*at = cell.text == NULL ? row->cell.at : cell.at;
	if (cell.text != NULL &&
	    !period_guess(arena, cell.text, line_group(line)->year,
		row->has_near ? &row->near : NULL, &period, &words)) {
		TELL(line, DIAG_ERROR, cell.at, "table.bad_period",
		    shown(line, cell.text));
		return NULL;
	}
	if (words == PERIOD_GIVEN) {
		bool known = line_frequency(line, &frequency) &&
			     frequency != FREQUENCY_IRREGULAR;

		/* A date cell that stands for a whole quarter or year. */
		if (known && cell.cell != NULL && cell.cell->kind == CELL_DAY)
			period = period_of(frequency, period.first);
		else if (known)
			period = last_part(period, frequency);
		line_set_frequency(line, period.frequency == FREQUENCY_IRREGULAR
					     ? FREQUENCY_MONTHLY
					     : period.frequency);
		return arena_strdup(arena, period_format(key, &period));
	}
	if (!row->has_near) {
		TELL(line, DIAG_ERROR, *at, "table.period_needed");
		return NULL;
	}
	if (!line_frequency(line, &frequency) ||
	    frequency == FREQUENCY_IRREGULAR) {
		TELL(line, DIAG_ERROR, line_spot(line, COLUMN_TITLE),
		    "table.frequency_needed");
		return NULL;
	}
	period = period_before(frequency, row->near, words == PERIOD_CURRENT);
	return arena_strdup(arena, period_format(key, &period));
}

static json_t *
make_occurrence(struct line *line, const struct dated_row *row, int minute)
{
	struct entry_cell note = line_cell(line, COLUMN_NOTE);
	struct entry_cell reason = line_cell(line, COLUMN_REASON);
	struct entry_cell status = line_cell(line, COLUMN_STATUS);
	const char *word = NULL;
	char clock[DAY_SIZE];
	json_t *value = json_object();

	if (row->when.kind == WHEN_LIMIT) {
		json_t *limit = json_object();

		json_object_set_new(
		    limit, "no_later_than", json_string(row->date));
		json_object_set_new(value, "date", limit);
	} else {
		json_object_set_new(value, "date", json_string(row->date));
	}
	if (minute != NO_TIME && row->when.kind == WHEN_DAY)
		json_object_set_new(
		    value, "time", json_string(minute_format(clock, minute)));
	if (note.text != NULL)
		json_object_set_new(value, "note", json_string(note.text));
	if (reason.text != NULL && row_moves_to_date(line))
		json_object_set_new(value, "reason", json_string(reason.text));
	if (status.text != NULL) {
		word = meaning_of(fold(line->table->all->arena, status.text),
		    status_meanings, n_status_meanings);
		if (word == NULL)
			TELL(line, DIAG_ERROR, status.at, "table.bad_word",
			    shown(line, status.text), "确定、暂定");
	} else if (row->when.tentative) {
		word = "tentative";
	}
	if (word != NULL)
		json_object_set_new(value, "status", json_string(word));
	return value;
}

static void
put_skip(struct line *line, const char *period, struct spot_cell at)
{
	struct entry_cell reason = line_cell(line, COLUMN_REASON);

	line_put(line, arena_printf(line->table->all->arena, "skip/%s", period),
	    json_string(reason.text != NULL ? reason.text : "取消发布"), at);
}

static bool
is_whole_series(struct line *line)
{
	static const char *const words[] = { "*", "全部", "各期", "所有",
		"all" };
	struct entry_cell cell = line_cell(line, COLUMN_PERIOD);
	size_t i;

	for (i = 0; cell.text != NULL && i < COUNT(words); i++)
		if (strcmp(fold(line->table->all->arena, cell.text),
			words[i]) == 0)
			return true;
	return false;
}

/* Acts that stand in a row without a date of its own. */
static void
read_decision(struct line *line, struct dated_row *row)
{
	struct entry_cell moved = line_cell(line, COLUMN_NEW_DATE);
	struct arena *arena = line->table->all->arena;
	struct dated dated = { NULL, NULL, false };
	struct spot_cell at;
	struct when when;

	if (is_whole_series(line)) {
		dated.period = "*";
	} else if (!row_only_reviews(line) ||
		   (line_cell(line, COLUMN_PERIOD).text != NULL &&
		       line_cell(line, COLUMN_RULE).text == NULL)) {
		row->has_near = moved.text != NULL &&
				when_parse(arena, moved.text, &when) &&
				when.kind == WHEN_DAY && when.year != 0;
		if (row->has_near)
			row->near = day_of(when.year, when.month, when.mday);
		dated.period = read_period(line, row, &at);
		if (dated.period == NULL)
			return;
	}
	row_acts(line, &dated);
}

static void
read_release(struct line *line, const struct dated_row *row, int minute)
{
	struct dated dated = { NULL, NULL, false };
	struct spot_cell period_at;

	dated.period = read_period(line, row, &period_at);
	if (dated.period == NULL)
		return;
	if (row->when.kind == WHEN_CANCELLED) {
		put_skip(line, dated.period, row->cell.at);
		dated.cancelled = true;
		row_acts(line, &dated);
		return;
	}
	if (row->when.minute != NO_TIME)
		minute = row->when.minute;
	line_occurrence(line, dated.period, make_occurrence(line, row, minute),
	    row->cell.at, period_at);
	dated.to =
	    when_value(line->table->all->arena, &row->when, row->date, minute);
	row_acts(line, &dated);
}

/* The date that stands in the row, and what was decided of it. */
static void
read_dated(struct line *line, struct dated_row *row, int minute)
{
	bool open = row->cell.text != NULL && row->when.kind == WHEN_OPEN;
	bool decides = row_decides(line);

	if (open)
		TELL(line, DIAG_NOTE, row->cell.at, "table.open");
	if (row->cell.text != NULL && !open)
		read_release(line, row, minute);
	else if (decides)
		read_decision(line, row);
	else
		row_no_act(line);
	if (row->cell.text == NULL && !decides &&
	    line_cell(line, COLUMN_RULE).text == NULL)
		TELL(line, DIAG_ERROR,
		    line_spot(
			line, line->table->columns[COLUMN_DATE] == NO_COLUMN
				  ? COLUMN_RULE
				  : COLUMN_DATE),
		    line_cell(line, COLUMN_PERIOD).text != NULL
			? "table.no_date"
			: "table.no_date_or_rule");
}

void
row_read(struct line *line)
{
	struct entry_cell rule = line_cell(line, COLUMN_RULE);
	struct entry_cell note = line_cell(line, COLUMN_NOTE);
	struct dated_row row = { .date = NULL };
	enum frequency frequency;
	char clock[DAY_SIZE];
	int minute = NO_TIME;
	bool good;

	line_attributes(line);
	good = read_date(line, &row);
	good = read_time(line, &minute) && good;
	if (rule.text != NULL) {
		read_rule(line, &rule);
		if (minute != NO_TIME)
			line_put(line, "time",
			    json_string(minute_format(clock, minute)),
			    line_cell(line, COLUMN_TIME).at);
		if (note.text != NULL && row.cell.text == NULL)
			line_put(line, "note", json_string(note.text), note.at);
	}
	if (good)
		read_dated(line, &row, minute);
	if (line_frequency(line, &frequency))
		line_set_frequency(line, frequency);
	else if (rule.text != NULL && !line->bad)
		TELL(line, DIAG_ERROR,
		    line_spot(line,
			line->table->columns[COLUMN_FREQUENCY] == NO_COLUMN
			    ? COLUMN_TITLE
			    : COLUMN_FREQUENCY),
		    "table.frequency_needed");
}
