/* What every row of a sheet has: the attributes of its series. */
#include <string.h>

#include <yugao/buf.h>

#include "table.h"
#include "words.h"

/* Without blanks around, and in one line. */
static const char *
trimmed(struct arena *arena, const char *text)
{
	size_t len = strlen(text), i, n = 0;
	char *out;

	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" \t\r\n", *text) != NULL) {
		text++;
		len--;
	}
	out = arena_strndup(arena, text, len);
	for (i = 0; i < len; i++)
		if (out[i] != '\r')
			out[n++] = out[i];
	out[n] = '\0';
	return out;
}

struct spot_cell
line_spot(const struct line *line, enum column column)
{
	size_t i = line->table->columns[column];

	return (struct spot_cell){ line->table->number, (uint32_t)line->row,
		(uint32_t)(i == NO_COLUMN ? 0 : i) };
}

struct entry_cell
line_cell(const struct line *line, enum column column)
{
	const struct table *table = line->table;
	size_t i = table->columns[column];
	struct entry_cell found = { .at = line_spot(line, column) };
	const char *text;

	if (i != NO_COLUMN) {
		found.cell = sheet_cell(table->sheet, line->row, i);
		text = trimmed(table->all->arena, found.cell->text);
		if (*text != '\0') {
			found.text = text;
			return found;
		}
	}
	if (table->above_text[column] != NULL) {
		found.text = table->above_text[column];
		found.at = table->above[column];
		found.cell = NULL;
	}
	return found;
}

void
line_tell(struct line *line, enum diag_level level, struct spot_cell at,
    struct message message)
{
	struct tables *all = line->table->all;

	diag_add(all->arena, all->diags, level,
	    cell_place(all->arena, all->workbook, at), message);
	if (level == DIAG_ERROR)
		line->bad = true;
}

const char *
shown(const struct line *line, const char *text)
{
	char *flat = arena_strdup(line->table->all->arena, text), *s;

	for (s = flat; *s != '\0'; s++)
		if (*s == '\n' || *s == '\r')
			*s = ' ';
	return line->closed ? "@plan.withheld" : flat;
}

struct group *
line_group(const struct line *line)
{
	return &line->table->all->groups.v[line->group];
}

json_t *
line_series(const struct line *line)
{
	return json_array_get(line_group(line)->series, line->item);
}

/* The cell that said it before. */
static const char *
earlier(const struct line *line, const char *path)
{
	const struct cells *cells = &line_group(line)->cells;
	struct place place = cells_place(cells,
	    arena_printf(cells->arena, "/series/%zu/%s", line->item, path),
	    false);

	return place.cell;
}

void
line_put(
    struct line *line, const char *path, json_t *value, struct spot_cell at)
{
	json_t *object = line_series(line), *there;
	const char *key = path, *slash;

	while ((slash = strchr(key, '/')) != NULL) {
		const char *part = arena_strndup(
		    line->table->all->arena, key, (size_t)(slash - key));

		if (json_object_get(object, part) == NULL)
			json_object_set_new(object, part, json_object());
		object = json_object_get(object, part);
		key = slash + 1;
	}
	there = json_object_get(object, key);
	if (there == NULL) {
		json_object_set_new(object, key, value);
		cells_put(&line_group(line)->cells, line->item, path, at, at);
		return;
	}
	if (!json_equal(there, value))
		TELL(
		    line, DIAG_ERROR, at, "table.differs", earlier(line, path));
	json_decref(value);
}

static bool
is_chinese(const char *text)
{
	size_t len = strlen(text), i, n;

	for (i = 0; i < len; i += n) {
		n = utf8_length(text + i, len - i);
		n = n == 0 ? 1 : n;
		if (utf8_decode(text + i, n) >= 0x2E80 && n > 1)
			return true;
	}
	return false;
}

/* A line break between Chinese characters is nothing, else a space. */
static const char *
one_line(struct arena *arena, const char *text)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; text[i] != '\0'; i++) {
		unsigned char before = i > 0 ? (unsigned char)text[i - 1] : 0;

		if (text[i] != '\n' && text[i] != '\t')
			buf_putc(&buf, text[i]);
		else if (before < 0x80)
			buf_putc(&buf, ' ');
	}
	return buf.data;
}

static json_t *
make_text(struct line *line, const char *text)
{
	json_t *object = json_object();

	json_object_set_new(object, is_chinese(text) ? "zh" : "en",
	    json_string(one_line(line->table->all->arena, text)));
	return object;
}

static json_t *
make_string(struct line *line, const char *text)
{
	return json_string(one_line(line->table->all->arena, text));
}

/* Items between any of the separators; wide ones count as narrow. */
static json_t *
make_list(struct line *line, const char *text)
{
	static const char *const separators[] = { ",", "，", ";", "；", "、",
		"\n", " " };
	struct arena *arena = line->table->all->arena;
	json_t *list = json_array();
	const char *from = text, *s = text;

	while (*from != '\0') {
		const char *end = s;

		if (*s != '\0' &&
		    !take_any(&s, separators, COUNT(separators))) {
			s++;
			continue;
		}
		if (end > from)
			json_array_append_new(
			    list, json_string(arena_strndup(
				      arena, from, (size_t)(end - from))));
		if (*end == '\0')
			break;
		from = s;
	}
	return list;
}

/* "CPI[%]；PPI": a unit stands in square brackets. */
static json_t *
make_indicators(struct line *line, const char *text)
{
	struct arena *arena = line->table->all->arena;
	json_t *list = json_array();
	const char *s = text;

	while (*s != '\0') {
		const char *wide = strstr(s, "；");
		size_t len = strcspn(s, ";\n"), n;
		json_t *item;
		char *name, *unit;

		if (wide != NULL && (size_t)(wide - s) < len)
			len = (size_t)(wide - s);
		name = arena_strndup(arena, s, len);
		s += len;
		s += *s == '\0' ? 0 : strncmp(s, "；", 3) == 0 ? 3 : 1;
		name += strspn(name, " ");
		if (*name == '\0')
			continue;
		item = json_object();
		unit = strchr(name, '[');
		n = strlen(name);
		if (unit != NULL && unit > name && name[n - 1] == ']') {
			name[n - 1] = '\0';
			*unit++ = '\0';
			json_object_set_new(item, "unit", json_string(unit));
		}
		json_object_set_new(item, "name", make_text(line, name));
		json_array_append_new(list, item);
	}
	return list;
}

/* "2026-06", "2026年6月", "2025.6-2026.6": the last one that is written. */
static json_t *
make_until(struct line *line, const char *text)
{
	struct arena *arena = line->table->all->arena;
	const char *s = fold(arena, text), *dash;
	struct when when;
	const char *date;

	if (when_parse(arena, s, &when) && when.year != 0 &&
	    (date = when_format(arena, &when)) != NULL)
		return json_string(date);
	for (dash = strchr(s, '-'); dash != NULL; dash = strchr(dash + 1, '-'))
		if (when_parse(arena, dash + 1, &when) && when.year != 0 &&
		    (when.kind == WHEN_DAY || when.kind == WHEN_MONTH) &&
		    (date = when_format(arena, &when)) != NULL)
			return json_string(date);
	return json_string(text);
}

const char *
line_word(struct line *line, const struct entry_cell *cell,
    const struct meaning *meanings, size_t n)
{
	struct arena *arena = line->table->all->arena;
	const char *value = meaning_of(fold(arena, cell->text), meanings, n);
	struct buf buf;
	size_t i;

	if (value != NULL)
		return value;
	buf_init(&buf, arena);
	for (i = 0; i < n; i++) {
		size_t j;

		for (j = 0; j < i; j++)
			if (strcmp(meanings[j].value, meanings[i].value) == 0)
				break;
		if (j < i)
			continue;
		buf_puts(&buf, buf.len > 0 ? "、" : "");
		buf_puts(&buf, meanings[i].word);
	}
	TELL(line, DIAG_ERROR, cell->at, "table.bad_word",
	    shown(line, cell->text), buf.data);
	return NULL;
}

/* Which columns say what of a series. */
static const struct {
	enum column column;
	const char *path;
	json_t *(*make)(struct line *line, const char *text);
} attributes[] = {
	{ COLUMN_TOPICS, "topics", make_list },
	{ COLUMN_INDICATORS, "indicators", make_indicators },
	{ COLUMN_CHANNELS, "channels", make_list },
	{ COLUMN_URL, "url", make_string },
	{ COLUMN_CONTACT, "contact/unit", make_text },
	{ COLUMN_PHONE, "contact/phone", make_string },
	{ COLUMN_SCHEME, "scheme/name", make_text },
	{ COLUMN_APPROVAL_NO, "scheme/approval_no", make_string },
	{ COLUMN_VALID_UNTIL, "scheme/valid_until", make_until },
};

static void
put_titles(struct line *line)
{
	struct arena *arena = line->table->all->arena;
	struct entry_cell title = line_cell(line, COLUMN_TITLE);
	struct entry_cell english = line_cell(line, COLUMN_TITLE_EN);

	if (title.text != NULL)
		line_put(line, is_chinese(title.text) ? "title/zh" : "title/en",
		    json_string(one_line(arena, title.text)), title.at);
	if (english.text != NULL)
		line_put(line, "title/en",
		    json_string(one_line(arena, english.text)), english.at);
}

/* A series is public only if every row of it says so. */
static void
put_class(struct line *line)
{
	struct entry_cell class = line_cell(line, COLUMN_CLASS);
	json_t *series = line_series(line);
	const char *value = NULL;

	if (class.text != NULL)
		value =
		    line_word(line, &class, class_meanings, n_class_meanings);
	if (value != NULL)
		line_put(line, "class", json_string(value), class.at);
	else if (class.text == NULL && json_object_get(series, "class") != NULL)
		TELL(line, DIAG_ERROR, class.at, "table.class_missing_here",
		    earlier(line, "class"));
}

static void
put_words(struct line *line)
{
	static const struct {
		enum column column;
		const char *path;
		const struct meaning *meanings;
		const size_t *n;
	} words[] = {
		{ COLUMN_FREQUENCY, "frequency", frequency_meanings,
		    &n_frequency_meanings },
		{ COLUMN_ROLL, "roll", roll_meanings, &n_roll_meanings },
	};
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		struct entry_cell cell = line_cell(line, words[i].column);
		const char *value;

		if (cell.text == NULL)
			continue;
		value = line_word(line, &cell, words[i].meanings, *words[i].n);
		if (value != NULL)
			line_put(
			    line, words[i].path, json_string(value), cell.at);
	}
}

/* Broken references and formulas that nobody has computed. */
static void
check_cells(struct line *line)
{
	const struct sheet_row *row = &line->table->sheet->rows[line->row];
	size_t i;

	for (i = 0; i < row->n; i++) {
		struct spot_cell at = { line->table->number,
			(uint32_t)line->row, (uint32_t)i };

		if (row->v[i].merged)
			continue;
		if (row->v[i].kind == CELL_ERROR)
			TELL(line, DIAG_ERROR, at, "table.cell_error",
			    shown(line, row->v[i].text));
		else if (row->v[i].kind == CELL_EMPTY && row->v[i].formula)
			TELL(line, DIAG_ERROR, at, "table.formula");
	}
}

void
line_attributes(struct line *line)
{
	struct entry_cell review = line_cell(line, COLUMN_REVIEW);
	struct tables *all = line->table->all;
	size_t i;

	check_cells(line);
	put_class(line);
	put_titles(line);
	put_words(line);
	line_marks(line);
	for (i = 0; i < COUNT(attributes); i++) {
		struct entry_cell cell = line_cell(line, attributes[i].column);

		if (cell.text != NULL)
			line_put(line, attributes[i].path,
			    attributes[i].make(line, cell.text), cell.at);
	}
	if (review.text != NULL && !all->told_review) {
		TELL(line, DIAG_NOTE, review.at, "table.review");
		all->told_review = true;
	}
}

/* A title tells how often: "居民消费价格指数月度报告". */
static const char *
frequency_in_title(struct arena *arena, const char *title)
{
	static const struct meaning hints[] = {
		{ "半年", "half-yearly" },
		{ "half-year", "half-yearly" },
		{ "季度", "quarterly" },
		{ "季报", "quarterly" },
		{ "quarter", "quarterly" },
		{ "月度", "monthly" },
		{ "月报", "monthly" },
		{ "month", "monthly" },
		{ "旬", "ten-day" },
		{ "ten-day", "ten-day" },
		{ "周报", "weekly" },
		{ "week", "weekly" },
		{ "年度", "annual" },
		{ "年报", "annual" },
		{ "年鉴", "annual" },
		{ "公报", "annual" },
		{ "annual", "annual" },
		{ "yearly", "annual" },
		{ "yearbook", "annual" },
		{ "communiqu", "annual" },
	};
	const char *s = fold(arena, title);
	size_t i;

	for (i = 0; i < COUNT(hints); i++)
		if (strstr(s, hints[i].word) != NULL)
			return hints[i].value;
	return NULL;
}

static const struct {
	const char *name;
	enum frequency frequency;
} frequencies[] = {
	{ "monthly", FREQUENCY_MONTHLY },
	{ "quarterly", FREQUENCY_QUARTERLY },
	{ "half-yearly", FREQUENCY_HALF_YEARLY },
	{ "annual", FREQUENCY_ANNUAL },
	{ "ten-day", FREQUENCY_TEN_DAY },
	{ "weekly", FREQUENCY_WEEKLY },
	{ "irregular", FREQUENCY_IRREGULAR },
};

bool
line_frequency(struct line *line, enum frequency *frequency)
{
	json_t *series = line_series(line);
	const char *name =
	    json_string_value(json_object_get(series, "frequency"));
	struct entry_cell title = line_cell(line, COLUMN_TITLE);
	size_t i;

	if (name == NULL && title.text != NULL)
		name = frequency_in_title(line->table->all->arena, title.text);
	for (i = 0; name != NULL && i < COUNT(frequencies); i++) {
		if (strcmp(name, frequencies[i].name) == 0) {
			*frequency = frequencies[i].frequency;
			return true;
		}
	}
	return false;
}

void
line_set_frequency(struct line *line, enum frequency frequency)
{
	json_t *series = line_series(line);
	size_t i;

	if (json_object_get(series, "frequency") != NULL)
		return;
	for (i = 0; i < COUNT(frequencies); i++)
		if (frequencies[i].frequency == frequency)
			json_object_set_new(series, "frequency",
			    json_string(frequencies[i].name));
}

void
line_occurrence(struct line *line, const char *period, json_t *value,
    struct spot_cell at, struct spot_cell key_at)
{
	struct arena *arena = line->table->all->arena;
	json_t *series = line_series(line);
	json_t *dates = json_object_get(series, "dates");
	const char *path = arena_printf(arena, "dates/%s", period);

	if (dates == NULL) {
		dates = json_object();
		json_object_set_new(series, "dates", dates);
	}
	if (json_object_get(dates, period) != NULL) {
		TELL(line, DIAG_ERROR, key_at, "table.period_twice",
		    shown(line, period), earlier(line, path));
		json_decref(value);
		return;
	}
	json_object_set_new(dates, period, value);
	cells_put(&line_group(line)->cells, line->item, path, at, key_at);
}
