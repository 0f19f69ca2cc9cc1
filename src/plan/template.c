/* An empty sheet to fill in. */
#include <string.h>

#include <yugao/error.h>
#include <yugao/form.h>
#include <yugao/sheet.h>

#include "table.h"
#include "words.h"

#define ROWS_TO_FILL 1000
#define HEADER 1 /* row; the title stands above */

/* In the order in which people think of them. */
static const struct {
	enum column column;
	double width;
} layout[] = {
	{ COLUMN_NO, 6 },
	{ COLUMN_ID, 16 },
	{ COLUMN_TITLE, 36 },
	{ COLUMN_TITLE_EN, 30 },
	{ COLUMN_FREQUENCY, 9 },
	{ COLUMN_RULE, 26 },
	{ COLUMN_ROLL, 12 },
	{ COLUMN_PERIOD, 14 },
	{ COLUMN_DATE, 14 },
	{ COLUMN_TIME, 10 },
	{ COLUMN_STATUS, 8 },
	{ COLUMN_CLASS, 8 },
	{ COLUMN_REVIEW, 12 },
	{ COLUMN_TOPICS, 16 },
	{ COLUMN_INDICATORS, 28 },
	{ COLUMN_CHANNELS, 20 },
	{ COLUMN_URL, 28 },
	{ COLUMN_CONTACT, 18 },
	{ COLUMN_PHONE, 16 },
	{ COLUMN_SCHEME, 24 },
	{ COLUMN_APPROVAL_NO, 20 },
	{ COLUMN_VALID_UNTIL, 12 },
	{ COLUMN_FORM_NO, 12 },
	{ COLUMN_MAKER, 20 },
	{ COLUMN_PUBLICATION, 14 },
	{ COLUMN_OVERLAP, 10 },
	{ COLUMN_CENSUS, 10 },
	{ COLUMN_SAMPLED, 10 },
	{ COLUMN_DISCLOSURE_CONTROL, 10 },
	{ COLUMN_DATA_STATUS, 10 },
	{ COLUMN_NOTE, 30 },
	{ COLUMN_DECISION, 12 },
	{ COLUMN_NEW_DATE, 16 },
	{ COLUMN_REASON, 24 },
	{ COLUMN_REASON_CODE, 14 },
	{ COLUMN_APPROVER, 14 },
	{ COLUMN_ROLE, 14 },
	{ COLUMN_APPROVED_ON, 16 },
	{ COLUMN_DOCUMENT, 20 },
	{ COLUMN_OVERRIDE, 10 },
	{ COLUMN_DUE, 16 },
	{ COLUMN_GROUND, 16 },
	{ COLUMN_REVIEW_DUE, 14 },
	{ COLUMN_REVIEW_RESULT, 10 },
	{ COLUMN_REVIEWER, 12 },
	{ COLUMN_REVIEWED_ON, 16 },
	{ COLUMN_REVIEW_DIGEST, 24 },
	{ COLUMN_REVIEW_DOCUMENT, 20 },
	{ COLUMN_CONSULT_WITH, 18 },
	{ COLUMN_CONSULT_MATTER, 12 },
	{ COLUMN_CONSULTED_ON, 16 },
	{ COLUMN_CONSULT_DOCUMENT, 20 },
	{ COLUMN_RELEASED, 16 },
	{ COLUMN_RESULT_URL, 28 },
	{ COLUMN_COPIED, 16 },
	{ COLUMN_COPY_DOCUMENT, 18 },
	{ COLUMN_COPY_DIGEST, 18 },
	{ COLUMN_ACKNOWLEDGED, 16 },
};

/* Two series by their rules, and one by its dates. */
static const struct example {
	enum column column;
	const char *zh, *en;
} examples[3][10] = {
	{
	    { COLUMN_NO, "示例", "example" },
	    { COLUMN_ID, "cpi", "cpi" },
	    { COLUMN_TITLE, "居民消费价格指数月度报告",
		"Monthly Report on Consumer Price Index" },
	    { COLUMN_FREQUENCY, "月度", "monthly" },
	    { COLUMN_RULE, "每月9日", "day 9" },
	    { COLUMN_ROLL, "顺延", "following" },
	    { COLUMN_TIME, "9:30", "9:30" },
	    { COLUMN_CLASS, "公开", "public" },
	    { COLUMN_INDICATORS, "居民消费价格指数[%]", "CPI[%]" },
	},
	{
	    { COLUMN_NO, "示例", "example" },
	    { COLUMN_ID, "gdp", "gdp" },
	    { COLUMN_TITLE, "地区生产总值季度报告", "Quarterly GDP" },
	    { COLUMN_FREQUENCY, "季度", "quarterly" },
	    { COLUMN_RULE, "季后18日", "18 days after period" },
	    { COLUMN_ROLL, "顺延", "following" },
	    { COLUMN_TIME, "10:00", "10:00" },
	    { COLUMN_CLASS, "公开", "public" },
	},
	{
	    { COLUMN_NO, "示例", "example" },
	    { COLUMN_ID, "communique", "communique" },
	    { COLUMN_TITLE, "国民经济和社会发展统计公报",
		"Statistical Communiqué" },
	    { COLUMN_FREQUENCY, "年度", "annual" },
	    { COLUMN_PERIOD, "上年", "previous" },
	    { COLUMN_DATE, "2月28日", "Feb 28" },
	    { COLUMN_TIME, "9:30", "9:30" },
	    { COLUMN_CLASS, "公开", "public" },
	    { COLUMN_STATUS, "暂定", "tentative" },
	},
};

static size_t
column_at(enum column column)
{
	size_t i;

	for (i = 0; i < COUNT(layout); i++)
		if (layout[i].column == column)
			break;
	return i;
}

/* One word for each value, in the language of the sheet. */
static void
add_choices(struct page *page, size_t header, enum column column,
    enum lang lang, const struct meaning *meanings, size_t n)
{
	const char *words[32];
	size_t i, j, count = 0;

	for (i = 0; i < n && count < COUNT(words); i++) {
		const char *word =
		    lang == LANG_ZH ? meanings[i].word : meanings[i].value;

		for (j = 0; j < i; j++)
			if (strcmp(meanings[j].value, meanings[i].value) == 0)
				break;
		/* 秘密, 机密 and 绝密 are one value but three choices. */
		if (j < i &&
		    !(lang == LANG_ZH && column == COLUMN_CLASS && i < 5))
			continue;
		words[count++] = word;
	}
	page_choices(page, header + 1, header + ROWS_TO_FILL, column_at(column),
	    words, count);
}

/* The columns whose words are to be chosen. */
static const struct choice {
	enum column column;
	const struct meaning *meanings;
	const size_t *n;
} choices[] = {
	{ COLUMN_FREQUENCY, frequency_meanings, &n_frequency_meanings },
	{ COLUMN_ROLL, roll_meanings, &n_roll_meanings },
	{ COLUMN_CLASS, class_meanings, &n_class_meanings },
	{ COLUMN_STATUS, status_meanings, &n_status_meanings },
	{ COLUMN_PUBLICATION, publication_meanings, &n_publication_meanings },
	{ COLUMN_OVERLAP, yes_meanings, &n_yes_meanings },
	{ COLUMN_CENSUS, yes_meanings, &n_yes_meanings },
	{ COLUMN_SAMPLED, yes_meanings, &n_yes_meanings },
	{ COLUMN_DISCLOSURE_CONTROL, yes_meanings, &n_yes_meanings },
	{ COLUMN_DATA_STATUS, data_status_meanings, &n_data_status_meanings },
	{ COLUMN_DECISION, decision_meanings, &n_decision_meanings },
	{ COLUMN_REASON_CODE, code_meanings, &n_code_meanings },
	{ COLUMN_ROLE, role_meanings, &n_role_meanings },
	{ COLUMN_OVERRIDE, yes_meanings, &n_yes_meanings },
	{ COLUMN_GROUND, ground_meanings, &n_ground_meanings },
	{ COLUMN_REVIEW_RESULT, result_meanings, &n_result_meanings },
	{ COLUMN_CONSULT_MATTER, matter_meanings, &n_matter_meanings },
};

static const char *
column_title(enum column column, enum lang lang)
{
	return lang == LANG_ZH ? column_names[column].zh
			       : column_names[column].en;
}

static void
write_header(
    struct arena *arena, struct page *page, size_t header, enum lang lang)
{
	size_t i;

	for (i = 0; i < COUNT(layout); i++) {
		const struct column_name *name =
		    &column_names[layout[i].column];

		page_width(page, i, layout[i].width);
		page_text(page, header, i, column_title(layout[i].column, lang),
		    name->must ? LOOK_MUST : LOOK_HEADER);
		page_comment(page, header, i, SAY(arena, lang, name->reason));
	}
	for (i = 0; i < COUNT(choices); i++)
		add_choices(page, header, choices[i].column, lang,
		    choices[i].meanings, *choices[i].n);
	page_freeze(page, header + 1, 3);
}

static void
write_title(struct arena *arena, struct page *page, int year, enum lang lang)
{
	page_text(page, 0, 0,
	    SAY(arena, lang, "table.template_title",
		arena_printf(arena, "%d", year)),
	    LOOK_TITLE);
}

static void
write_plan(struct arena *arena, struct page *page, int year, enum lang lang)
{
	size_t i, j;

	write_title(arena, page, year, lang);
	write_header(arena, page, HEADER, lang);
	for (i = 0; i < COUNT(examples); i++)
		for (j = 0; j < COUNT(examples[i]) && examples[i][j].zh != NULL;
		     j++)
			page_text(page, HEADER + 1 + i,
			    column_at(examples[i][j].column),
			    lang == LANG_ZH ? examples[i][j].zh
					    : examples[i][j].en,
			    LOOK_EXAMPLE);
}

static void
write_help(struct arena *arena, struct page *page, enum lang lang)
{
	size_t i;

	page_width(page, 0, 16);
	page_width(page, 1, 90);
	page_text(page, 0, 0, SAY(arena, lang, "table.template_help_must"),
	    LOOK_TITLE);
	page_text(page, 1, 0, SAY(arena, lang, "table.template_help_column"),
	    LOOK_HEADER);
	page_text(page, 1, 1, SAY(arena, lang, "table.template_help_what"),
	    LOOK_HEADER);
	for (i = 0; i < COUNT(layout); i++) {
		const struct column_name *name =
		    &column_names[layout[i].column];

		page_text(page, i + 2, 0, lang == LANG_ZH ? name->zh : name->en,
		    LOOK_PLAIN);
		page_text(
		    page, i + 2, 1, SAY(arena, lang, name->reason), LOOK_PLAIN);
	}
}

const struct error *
plan_template(struct arena *arena, const char *path, int year, enum lang lang,
    struct instant made)
{
	struct book *book = book_open(arena, path, made);

	write_plan(arena,
	    book_page(book, SAY(arena, lang, "table.template_sheet")), year,
	    lang);
	write_help(arena,
	    book_page(book, SAY(arena, lang, "table.template_help")), lang);
	return book_close(book);
}

/* The word of this language for a value of a plan. */
static const char *
said(enum column column, const char *value, enum lang lang)
{
	size_t i, j;

	for (i = 0; lang == LANG_ZH && i < COUNT(choices); i++)
		for (j = 0; choices[i].column == column && j < *choices[i].n;
		     j++)
			if (strcmp(choices[i].meanings[j].value, value) == 0)
				return choices[i].meanings[j].word;
	return value;
}

static void
write_rows(struct arena *arena, struct page *page, size_t first,
    const struct form_rows *rows, enum lang lang)
{
	size_t i, j;

	for (i = 0; i < rows->n; i++)
		for (j = 0; j < rows->v[i].n; j++) {
			const struct form_cell *cell = &rows->v[i].v[j];
			enum column column = column_of(arena, cell->column);

			page_text(page, first + i, column_at(column),
			    said(column, cell->text, lang), LOOK_PLAIN);
		}
}

static void
write_remarks(struct arena *arena, struct page *page, const struct form *form,
    enum lang lang)
{
	size_t i, j;

	page_width(page, 0, 24);
	page_width(page, 1, 110);
	page_text(
	    page, 0, 0, SAY(arena, lang, "table.form_remarks"), LOOK_TITLE);
	for (i = 0; i < form->remarks.n; i++)
		for (j = 0; j < form->remarks.v[i].n; j++)
			page_text(page, i + 1, j, form->remarks.v[i].v[j].text,
			    LOOK_PLAIN);
}

const struct error *
plan_form(struct arena *arena, const char *path, const struct form *form,
    enum lang lang, struct instant made)
{
	struct book *book = book_open(arena, path, made);
	struct page *page =
	    book_page(book, SAY(arena, lang, "table.template_sheet"));
	const struct {
		const char *zh, *en, *text;
	} lines[] = {
		{ "部门", "department", form->department },
		{ "时区", "timezone", form->timezone },
		{ "日历", "calendar", form->calendar },
		{ "未公布日历", "unpublished", form->unpublished },
		{ "待核对", "to review", form->review },
	};
	size_t row = 1, i = 0;

	write_title(arena, page, form->year, lang);
	for (; i < COUNT(lines); i++)
		if (lines[i].text != NULL)
			page_text(page, row++, 0,
			    arena_printf(arena, "%s%s%s",
				lang == LANG_ZH ? lines[i].zh : lines[i].en,
				lang == LANG_ZH ? "：" : ": ", lines[i].text),
			    LOOK_PLAIN);
	write_header(arena, page, row, lang);
	write_rows(arena, page, row + 1, &form->rows, lang);
	write_remarks(arena,
	    book_page(book, SAY(arena, lang, "table.form_remarks_sheet")), form,
	    lang);
	write_help(arena,
	    book_page(book, SAY(arena, lang, "table.template_help")), lang);
	return book_close(book);
}
