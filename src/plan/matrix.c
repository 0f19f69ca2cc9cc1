/*
 * Sheets with a row a series and a column a month, as the National Bureau of
 * Statistics publishes them: cells such as "12/四", "4/三注5" above "31/二",
 * "……", and perhaps a row of clock times below.
 */
#include <string.h>

#include "table.h"
#include "words.h"

#define ITEMS_MOST 12

/* One date of a cell. */
struct item {
	struct when when;
	int note; /* its number, or 0 */
	struct spot_cell at;
	struct period period;
};

struct matrix_row {
	struct item v[MONTHS_MOST * 3];
	size_t n;
};

static bool
is_nothing(const char *s)
{
	static const char *const words[] = { "无", "不发布", "不公布", "x", "×",
		"n/a" };
	size_t i;

	for (i = 0; i < COUNT(words); i++)
		if (strcmp(s, words[i]) == 0)
			return true;
	while (*s != '\0') {
		if (strchr("-./; ", *s) != NULL)
			s++;
		else if (!take_word(&s, "…") && !take_word(&s, "·"))
			return false;
	}
	return true;
}

/* "注5", "(note 5)", "*" */
static bool
take_note(const char **s, int *note)
{
	static const char *const words[] = { "注", "note", "*" };
	const char *at = *s;

	if (!take_any(&at, words, COUNT(words)))
		return false;
	at += strspn(at, " :.");
	*note = 0;
	take_number(&at, note);
	*s = at;
	return true;
}

/* A weekday alone on the line below its day: "12日", "星期五". */
static bool
take_weekday_below(const char **s, enum weekday *weekday)
{
	const char *at = *s;

	if (*at != ';')
		return false;
	at += strspn(at, " ;(");
	if (!take_named_weekday(&at, weekday))
		return false;
	at += strspn(at, " )");
	if (*at != '\0' && *at != ';')
		return false;
	*s = at;
	return true;
}

/*
 * "12/四", "13日星期一", "廿二日", "4/wednote5", "9日 9:30", "1月9日"; the day
 * first, the others in any order.
 */
static bool
take_item(const char **s, struct item *item)
{
	static const char *const marks[] = { "日", "号" };
	const char *at = *s;
	int n;
	bool more = true;

	if (!take_number(&at, &n))
		return false;
	if (take_word(&at, "月")) {
		item->when.month = n;
		if (!take_number(&at, &n))
			return false;
	}
	item->when.mday = n;
	take_any(&at, marks, COUNT(marks));
	while (more) {
		const char *before = at;

		if (!item->when.has_weekday &&
		    take_weekday_below(&at, &item->when.weekday))
			item->when.has_weekday = true;
		at += strspn(at, " /().");
		more = (!item->when.has_weekday &&
			   take_weekday(&at, &item->when.weekday) &&
			   (item->when.has_weekday = true)) ||
		       (item->note == 0 && take_note(&at, &item->note)) ||
		       (item->when.minute == NO_TIME && at > before &&
			   take_time(&at, &item->when.minute));
	}
	*s = at;
	return true;
}

static size_t
month_of_column(const struct table *table, size_t i)
{
	return table->months[i].column;
}

static struct spot_cell
item_spot(const struct line *line, size_t i)
{
	return (struct spot_cell){ line->table->number, (uint32_t)line->row,
		(uint32_t)month_of_column(line->table, i) };
}

/* The clock times of the row below, or none. */
static size_t
times_below(const struct line *line, size_t i, int *minutes)
{
	const struct table *table = line->table;
	struct arena *arena = table->all->arena;
	const char *s;
	size_t n = 0;

	if (!matrix_is_time_row(table, line->row + 1))
		return 0;
	s = fold(arena,
	    sheet_cell(table->sheet, line->row + 1, month_of_column(table, i))
		->text);
	while (n < ITEMS_MOST && take_time(&s, &minutes[n])) {
		n++;
		s += strspn(s, " ;,/");
		take_word(&s, "、");
	}
	return n;
}

/* A date that the program made of "1-12" or that somebody typed whole. */
static bool
take_whole_date(struct arena *arena, const struct cell *cell, struct item *item)
{
	bool whole = cell->kind == CELL_DAY || cell->kind == CELL_MOMENT ||
		     strspn(cell->text, "0123456789") == 4;

	return whole && when_parse(arena, cell->text, &item->when) &&
	       item->when.kind == WHEN_DAY;
}

static void
put_item(struct line *line, size_t i, struct item *item,
    const struct cell *cell, struct matrix_row *row)
{
	const struct month_column *month = &line->table->months[i];
	int year = month->year != 0 ? month->year : line_group(line)->year;
	struct when *when = &item->when;

	item->at = item_spot(line, i);
	if ((when->month != 0 && when->month != month->month) ||
	    (when->year != 0 && when->year != year)) {
		TELL(line, DIAG_ERROR, item->at, "table.other_month",
		    shown(line, cell->text));
		return;
	}
	when->year = year;
	when->month = month->month;
	if (!day_valid(year, month->month, when->mday)) {
		TELL(line, DIAG_ERROR, item->at, "table.no_such_day",
		    shown(line, cell->text));
		return;
	}
	line_check_weekday(line, when, item->at);
	if (row->n < COUNT(row->v))
		row->v[row->n++] = *item;
}

static void
read_cell(struct line *line, size_t i, struct matrix_row *row)
{
	static const struct item empty = { .when.minute = NO_TIME };
	struct arena *arena = line->table->all->arena;
	const struct cell *cell = sheet_cell(
	    line->table->sheet, line->row, month_of_column(line->table, i));
	const char *s = fold(arena, cell->text);
	struct item items[ITEMS_MOST];
	int minutes[ITEMS_MOST];
	size_t n = 0, n_times, j;

	if (is_nothing(s))
		return;
	items[0] = empty;
	if (take_whole_date(arena, cell, &items[0])) {
		n = 1;
		s = "";
	}
	while (*s != '\0' && n < ITEMS_MOST) {
		items[n] = empty;
		if (!take_item(&s, &items[n]))
			break;
		n++;
		s += strspn(s, " ;,");
		take_word(&s, "、");
		take_word(&s, "和");
		take_word(&s, "及");
	}
	if (*s != '\0') {
		TELL(line, DIAG_ERROR, item_spot(line, i), "table.bad_day",
		    shown(line, cell->text));
		return;
	}
	n_times = times_below(line, i, minutes);
	for (j = 0; j < n; j++) {
		if (items[j].when.minute == NO_TIME && n_times > 0)
			items[j].when.minute =
			    minutes[n_times == n ? j : n_times - 1];
		put_item(line, i, &items[j], cell, row);
	}
}

/* Nothing but clock times where the dates of the row above stand. */
bool
matrix_is_time_row(const struct table *table, size_t row)
{
	struct arena *arena = table->all->arena;
	bool any = false;
	size_t i;

	for (i = 0; i < table->n_months; i++) {
		const char *s = fold(arena,
		    sheet_cell(table->sheet, row, table->months[i].column)
			->text);
		int minute;

		if (is_nothing(s))
			continue;
		while (take_time(&s, &minute)) {
			s += strspn(s, " ;,/");
			take_word(&s, "、");
		}
		if (*s != '\0')
			return false;
		any = true;
	}
	return any;
}

/* By the column, else by the title, else by how many dates there are. */
static enum frequency
find_frequency(struct line *line, const struct matrix_row *row)
{
	enum frequency frequency;
	size_t i;

	if (line_frequency(line, &frequency))
		return frequency;
	if (row->n == 1)
		return FREQUENCY_ANNUAL;
	for (i = 0; i < row->n; i++)
		if (row->v[i].when.month % 3 != row->v[0].when.month % 3)
			return FREQUENCY_MONTHLY;
	return row->n <= 4 ? FREQUENCY_QUARTERLY : FREQUENCY_MONTHLY;
}

static bool
same_cell(const struct item *a, const struct item *b)
{
	return a->at.row == b->at.row && a->at.column == b->at.column;
}

/*
 * The period that a date is about is the one before it, or the one that it
 * lies in.  Of two dates in one cell the earlier one is late, as when the
 * Spring Festival delays February's to March: it is about the period before,
 * unless that has a date already; then the later one is early.
 */
static void
find_periods(struct matrix_row *row, enum frequency frequency, bool current)
{
	struct item *v = row->v;
	struct period before;
	size_t i;

	for (i = 0; i < row->n; i++)
		v[i].period = period_before(frequency,
		    day_of(v[i].when.year, v[i].when.month, v[i].when.mday),
		    current);
	for (i = 0; i + 1 < row->n; i++) {
		if (!same_cell(&v[i], &v[i + 1]) ||
		    v[i].period.first.n != v[i + 1].period.first.n)
			continue;
		before = period_of(
		    frequency, (struct day){ v[i].period.first.n - 1 });
		if (i > 0 && v[i - 1].period.first.n >= before.first.n)
			v[i + 1].period = period_next(&v[i].period);
		else
			v[i].period = before;
	}
}

/*
 * No release in February, but in January and March: the monthly figures of
 * January and February come together.
 */
static void
join_months(struct arena *arena, struct matrix_row *row)
{
	int n_of[13] = { 0 };
	struct item *march = NULL;
	char key[PERIOD_SIZE];
	size_t i;

	for (i = 0; i < row->n; i++) {
		int month = row->v[i].when.month;

		if (month == 3)
			march = &row->v[i];
		n_of[month]++;
	}
	if (row->n < 9 || n_of[1] == 0 || n_of[2] > 0 || n_of[3] != 1)
		return;
	period_format(key, &march->period);
	if (strlen(key) == 7 && strcmp(key + 4, "-02") == 0)
		period_parse(
		    arena_printf(arena, "%.4s-01..02", key), &march->period);
}

static json_t *
make_occurrence(struct line *line, const struct item *item)
{
	struct arena *arena = line->table->all->arena;
	const char *date = when_format(arena, &item->when), *note = NULL;
	char clock[DAY_SIZE];
	json_t *value = json_object();

	json_object_set_new(value, "date", json_string(date));
	if (item->when.minute != NO_TIME)
		json_object_set_new(value, "time",
		    json_string(minute_format(clock, item->when.minute)));
	if (item->note != 0)
		note = note_text(line->table, item->note);
	if (note != NULL)
		json_object_set_new(value, "note", json_string(note));
	return value;
}

/* All on the last day of their month: perhaps about that same month. */
static bool
are_month_ends(const struct matrix_row *row)
{
	size_t i, n = 0;

	for (i = 0; i < row->n; i++) {
		const struct when *when = &row->v[i].when;

		n += when->mday == month_length(when->year, when->month);
	}
	return row->n >= 6 && n + 1 >= row->n;
}

static bool
wants_current(struct line *line, bool *said)
{
	struct entry_cell cell = line_cell(line, COLUMN_PERIOD);
	enum period_words words = PERIOD_PREVIOUS;
	struct period period;

	*said = cell.text != NULL;
	if (cell.text == NULL)
		return false;
	if (!period_guess(line->table->all->arena, cell.text,
		line_group(line)->year, NULL, &period, &words) ||
	    words == PERIOD_GIVEN)
		TELL(line, DIAG_ERROR, cell.at, "table.bad_relative_period",
		    shown(line, cell.text));
	return words == PERIOD_CURRENT;
}

static void
put_rest(struct line *line, const struct matrix_row *row)
{
	struct entry_cell time = line_cell(line, COLUMN_TIME);
	struct entry_cell note = line_cell(line, COLUMN_NOTE);
	struct arena *arena = line->table->all->arena;
	char clock[DAY_SIZE];
	int minute;

	if (note.text != NULL)
		line_put(line, "note", json_string(note.text), note.at);
	if (time.text != NULL) {
		const char *s = fold(arena, time.text);

		if (take_time(&s, &minute) && *s == '\0')
			line_put(line, "time",
			    json_string(minute_format(clock, minute)), time.at);
		else
			TELL(line, DIAG_ERROR, time.at, "table.bad_time",
			    shown(line, time.text));
	}
	if (row->n == 0)
		TELL(line, DIAG_WARNING, line_spot(line, COLUMN_TITLE),
		    "table.empty_row");
}

void
matrix_read(struct line *line)
{
	struct matrix_row row = { .n = 0 };
	enum frequency frequency;
	bool current, said;
	size_t i;

	line_attributes(line);
	row_no_act(line);
	for (i = 0; i < line->table->n_months; i++)
		read_cell(line, i, &row);
	put_rest(line, &row);
	current = wants_current(line, &said);
	if (row.n == 0 || line->bad)
		return;
	frequency = find_frequency(line, &row);
	line_set_frequency(line, frequency);
	/* Irregular dates in a table of months are about their months. */
	if (frequency == FREQUENCY_IRREGULAR)
		frequency = FREQUENCY_MONTHLY;
	find_periods(&row, frequency, current);
	if (frequency == FREQUENCY_MONTHLY && !current)
		join_months(line->table->all->arena, &row);
	if (!said && !current && frequency == FREQUENCY_MONTHLY &&
	    are_month_ends(&row))
		TELL(line, DIAG_NOTE, line_spot(line, COLUMN_TITLE),
		    "table.month_ends");
	for (i = 0; i < row.n; i++) {
		char key[PERIOD_SIZE];

		line_occurrence(line,
		    arena_strdup(line->table->all->arena,
			period_format(key, &row.v[i].period)),
		    make_occurrence(line, &row.v[i]), row.v[i].at, row.v[i].at);
	}
}
