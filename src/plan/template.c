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
	{ COLUMN_REASON, 24 },
	{ COLUMN_APPROVER, 14 },
	{ COLUMN_APPROVED_ON, 14 },
	{ COLUMN_DOCUMENT, 20 },
	{ COLUMN_NOTE, 30 },
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
add_choices(struct page *page, enum column column, enum lang lang,
    const struct meaning *meanings, size_t n)
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
	page_choices(page, HEADER + 1, HEADER + ROWS_TO_FILL, column_at(column),
	    words, count);
}

static void
write_plan(struct arena *arena, struct page *page, int year, enum lang lang)
{
	size_t i, j;

	page_text(page, 0, 0,
	    SAY(arena, lang, "table.template_title",
		arena_printf(arena, "%d", year)),
	    LOOK_TITLE);
	for (i = 0; i < COUNT(layout); i++) {
		const struct column_name *name =
		    &column_names[layout[i].column];

		page_width(page, i, layout[i].width);
		page_text(page, HEADER, i,
		    lang == LANG_ZH ? name->zh : name->en,
		    name->must ? LOOK_MUST : LOOK_HEADER);
		page_comment(page, HEADER, i, SAY(arena, lang, name->reason));
	}
	for (i = 0; i < COUNT(examples); i++)
		for (j = 0; j < COUNT(examples[i]) && examples[i][j].zh != NULL;
		     j++)
			page_text(page, HEADER + 1 + i,
			    column_at(examples[i][j].column),
			    lang == LANG_ZH ? examples[i][j].zh
					    : examples[i][j].en,
			    LOOK_EXAMPLE);
	add_choices(page, COLUMN_FREQUENCY, lang, frequency_meanings,
	    n_frequency_meanings);
	add_choices(page, COLUMN_ROLL, lang, roll_meanings, n_roll_meanings);
	add_choices(page, COLUMN_CLASS, lang, class_meanings, n_class_meanings);
	add_choices(
	    page, COLUMN_STATUS, lang, status_meanings, n_status_meanings);
	add_choices(
	    page, COLUMN_APPROVER, lang, role_meanings, n_role_meanings);
	page_freeze(page, HEADER + 1, 3);
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
