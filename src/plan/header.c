/* The row of a sheet where its columns stand, and what stands above it. */
#include <string.h>

#include <yugao/buf.h>

#include "table.h"
#include "words.h"

#define ROWS_SEARCHED 30

/* "1月", "Jan.", "2027年1月" */
static bool
is_month(struct arena *arena, const char *text, struct month_column *month)
{
	const char *s = bare_name(arena, text, true);
	int n;

	month->year = 0;
	if (strspn(s, "0123456789") == 4) {
		take_number(&s, &month->year);
		if (!take_word(&s, "年") && !take_word(&s, "-"))
			return false;
	}
	if (take_month_name(&s, &month->month))
		return *s == '\0';
	if (!take_number(&s, &n) || !take_word(&s, "月"))
		return false;
	take_word(&s, "份");
	month->month = n;
	return *s == '\0' && n >= 1 && n <= 12;
}

/*
 * A header may be two rows high; what is blank in the lower one stands in
 * the one above.
 */
static const struct cell *
header_cell(
    struct arena *arena, const struct sheet *sheet, size_t row, size_t column)
{
	const struct cell *cell = sheet_cell(sheet, row, column);
	const struct cell *above;

	if (*cell->text != '\0' || row == 0)
		return cell;
	above = sheet_cell(sheet, row - 1, column);
	return column_of(arena, above->text) < COLUMNS ? above : cell;
}

/* How many different columns and months the row names; 0 if no header. */
static size_t
header_score(struct arena *arena, const struct sheet *sheet, size_t row)
{
	bool seen[COLUMNS] = { false }, months[13] = { false };
	size_t i, n = 0, n_months = 0, width = sheet->rows[row].n;

	if (row > 0 && sheet->rows[row - 1].n > width)
		width = sheet->rows[row - 1].n;
	for (i = 0; i < width; i++) {
		const char *text = header_cell(arena, sheet, row, i)->text;
		struct month_column month;
		enum column column;

		if (*text == '\0')
			continue;
		column = column_of(arena, text);
		if (column < COLUMNS && !seen[column]) {
			seen[column] = true;
			n++;
		} else if (is_month(arena, text, &month) &&
			   !months[month.month]) {
			months[month.month] = true;
			n_months++;
		}
	}
	/* What stands only in the row above is that row's header. */
	for (i = 0; i < sheet->rows[row].n; i++)
		if (*sheet_cell(sheet, row, i)->text != '\0')
			break;
	if (i == sheet->rows[row].n || !seen[COLUMN_TITLE] ||
	    (!seen[COLUMN_DATE] && !seen[COLUMN_RULE] && !seen[COLUMN_TIME] &&
		n_months < 2 && n < 3))
		return 0;
	return n + n_months;
}

static struct spot_cell
spot_at(const struct table *table, size_t row, size_t column)
{
	return (
	    struct spot_cell){ table->number, (uint32_t)row, (uint32_t)column };
}

static void
tell_header(struct table *table, size_t column, struct message message)
{
	struct tables *all = table->all;

	diag_add(all->arena, all->diags, DIAG_ERROR,
	    cell_place(all->arena, all->workbook,
		spot_at(table, table->header, column)),
	    message);
}

static void
take_header(struct table *table, size_t column, const char *text)
{
	struct arena *arena = table->all->arena;
	enum column name = column_of(arena, text);
	struct month_column month = { .column = column };
	const char *near;

	if (name < COLUMNS && table->columns[name] == NO_COLUMN) {
		table->columns[name] = column;
	} else if (name < COLUMNS) {
		tell_header(table, column,
		    MESSAGE(arena, "table.column_twice", text,
			sheet_address(
			    arena, NULL, table->header, table->columns[name])));
	} else if (is_month(arena, text, &month) &&
		   table->n_months < MONTHS_MOST) {
		table->months[table->n_months++] = month;
	} else if ((near = nearest_column(arena, text)) != NULL) {
		tell_header(table, column,
		    MESSAGE(arena, "table.unknown_column_near", text, near));
	} else {
		tell_header(table, column,
		    MESSAGE(arena, "table.unknown_column", text));
	}
}

const char *const plan_words[PLAN_WORDS] = { "timezone", "calendar", "review",
	"unpublished" };

static const struct {
	const char *name;
	enum plan_word word;
} plan_names[] = {
	{ "时区", PLAN_TIMEZONE },
	{ "timezone", PLAN_TIMEZONE },
	{ "time zone", PLAN_TIMEZONE },
	{ "tz", PLAN_TIMEZONE },
	{ "时區", PLAN_TIMEZONE },
	{ "日历", PLAN_CALENDAR },
	{ "日曆", PLAN_CALENDAR },
	{ "工作日历", PLAN_CALENDAR },
	{ "calendar", PLAN_CALENDAR },
	{ "待核对", PLAN_REVIEW },
	{ "to review", PLAN_REVIEW },
	{ "未公布日历", PLAN_UNPUBLISHED },
	{ "unpublished", PLAN_UNPUBLISHED },
};

/* False if the name is none of the plan's. */
static bool
take_plan_word(struct table *table, const char *name, const char *text,
    struct spot_cell at)
{
	struct tables *all = table->all;
	const char *key = bare_name(all->arena, name, true);
	char *value = arena_strdup(all->arena, text);
	struct plan_line *to;
	size_t i, n = strlen(value);

	for (i = 0; i < COUNT(plan_names); i++)
		if (strcmp(key, plan_names[i].name) == 0)
			break;
	if (i == COUNT(plan_names))
		return false;
	while (n > 0 && strchr(" \t\r\n", value[n - 1]) != NULL)
		value[--n] = '\0';
	to = &table->words[plan_names[i].word];
	if (to->text != NULL && strcmp(to->text, value) != 0)
		DIAG(all->arena, all->diags, DIAG_ERROR,
		    cell_place(all->arena, all->workbook, at),
		    "table.two_lines", name,
		    cell_place(all->arena, all->workbook, to->at).cell);
	*to = (struct plan_line){ value, at };
	return true;
}

/* The bytes of the character at s; 0 at the end. */
static size_t
char_size(const char *s)
{
	size_t n = utf8_length(s, strlen(s));

	return n == 0 && *s != '\0' ? 1 : n;
}

/*
 * One character wrong while two are right, or one missing or too many while
 * four are: 地区 is not 时区, and 报告日期 not 报告期.
 */
static bool
one_slip(const char *a, const char *b)
{
	size_t n = 0, m, k;
	bool wrong;

	while (*a != '\0' && (k = char_size(a)) == char_size(b) &&
	       memcmp(a, b, k) == 0) {
		a += k;
		b += k;
		n++;
	}
	k = char_size(a);
	m = char_size(b);
	wrong = strcmp(a + k, b + m) == 0;
	if (!wrong && strcmp(a, b + m) != 0) {
		if (strcmp(a + k, b) != 0)
			return false;
		a += k;
	} else if (wrong) {
		a += k;
	}
	for (; *a != '\0'; a += char_size(a))
		n++;
	return n >= (wrong ? 2 : 4);
}

static const char *
near_name(const char *key)
{
	size_t i;

	/* "本计划时区" means what it holds. */
	for (i = 0; i < COUNT(plan_names); i++)
		if (strstr(key, plan_names[i].name) != NULL &&
		    strlen(plan_names[i].name) > 2)
			return plan_names[i].name;
	for (i = 0; i < COUNT(plan_names); i++)
		if (one_slip(key, plan_names[i].name))
			return plan_names[i].name;
	for (i = 0; i < COLUMNS; i++) {
		if (one_slip(key, column_names[i].zh))
			return column_names[i].zh;
		if (one_slip(key, column_names[i].en))
			return column_names[i].en;
	}
	return NULL;
}

/* Of a line above the header that nobody reads: is it one that we know? */
static void
check_above(struct table *table, const char *name, struct spot_cell at)
{
	struct tables *all = table->all;
	const char *near = near_name(bare_name(all->arena, name, true));

	if (near != NULL)
		DIAG(all->arena, all->diags, DIAG_ERROR,
		    cell_place(all->arena, all->workbook, at),
		    "table.unknown_line_near", name, near);
}

/* "密级：公开" in a cell above the header. */
static void
take_above(struct table *table, size_t row, size_t column, const char *text)
{
	struct arena *arena = table->all->arena;
	const char *wide = strstr(text, "："), *colon = strchr(text, ':');
	struct spot_cell at = spot_at(table, row, column);
	const char *key;
	size_t skip = 1;
	enum column name;

	if (wide != NULL && (colon == NULL || wide < colon)) {
		colon = wide;
		skip = strlen("：");
	}
	if (colon == NULL)
		return;
	key = arena_strndup(arena, text, (size_t)(colon - text));
	name = column_of(arena, key);
	colon += skip;
	colon += strspn(colon, " ");
	if (*colon == '\0' || take_plan_word(table, key, colon, at))
		return;
	if (name == COLUMNS) {
		check_above(table, key, at);
		return;
	}
	table->above_text[name] = arena_strdup(arena, colon);
	table->above[name] = at;
}

/* The only year that a text names, or 0. */
static int
year_in(const char *text)
{
	int found = 0;

	while (*text != '\0') {
		size_t digits = strspn(text, "0123456789");
		int year = 0;

		if (digits == 4 && (text[0] == '1' || text[0] == '2')) {
			take_number(&text, &year);
			if (found != 0 && found != year)
				return 0;
			found = year;
		} else {
			text += digits == 0 ? 1 : digits;
		}
	}
	return found < 1900 || found > 2999 ? 0 : found;
}

/* One more place that says the year; they must not disagree. */
static void
add_year(struct table *table, int year, struct spot_cell at)
{
	struct tables *all = table->all;
	struct arena *arena = all->arena;

	if (year == 0 || year == table->year)
		return;
	if (table->year != 0) {
		DIAG(arena, all->diags, DIAG_ERROR,
		    cell_place(arena, all->workbook, at), "table.two_years",
		    arena_printf(arena, "%d", table->year),
		    arena_printf(arena, "%d", year));
		return;
	}
	table->year = year;
}

static void
read_above(struct table *table)
{
	struct spot_cell top = spot_at(table, 0, 0);
	size_t row, column;

	for (row = 0; row < table->header; row++) {
		for (column = 0; column < table->sheet->rows[row].n; column++) {
			const struct cell *cell =
			    sheet_cell(table->sheet, row, column);

			if (cell->merged || *cell->text == '\0')
				continue;
			take_above(table, row, column, cell->text);
			if (table->year == 0 && cell->kind == CELL_TEXT)
				table->year = year_in(cell->text);
		}
	}
	add_year(table, year_in(table->sheet->name), top);
	add_year(table, table->all->file_year, top);
}

bool
header_find(struct table *table)
{
	struct arena *arena = table->all->arena;
	const struct sheet *sheet = table->sheet;
	size_t best = 0, score, row, i, width;

	for (row = 0; row < sheet->n && row < ROWS_SEARCHED; row++) {
		score = header_score(arena, sheet, row);
		if (score > best) {
			best = score;
			table->header = row;
		}
	}
	if (best == 0)
		return false;
	for (i = 0; i < COLUMNS; i++)
		table->columns[i] = NO_COLUMN;
	width = sheet->rows[table->header].n;
	if (table->header > 0 && sheet->rows[table->header - 1].n > width)
		width = sheet->rows[table->header - 1].n;
	for (i = 0; i < width; i++) {
		const char *text =
		    header_cell(arena, sheet, table->header, i)->text;

		if (*text != '\0')
			take_header(table, i, text);
	}
	/* 发布时间 alone is when: the day with its time. */
	if (table->columns[COLUMN_DATE] == NO_COLUMN &&
	    table->columns[COLUMN_RULE] == NO_COLUMN && table->n_months < 2) {
		table->columns[COLUMN_DATE] = table->columns[COLUMN_TIME];
		table->columns[COLUMN_TIME] = NO_COLUMN;
	}
	read_above(table);
	return true;
}
