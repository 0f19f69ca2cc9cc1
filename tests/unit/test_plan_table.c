#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <yugao/act.h>
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/form.h>
#include <yugao/schedule.h>
#include <yugao/sheet.h>

#include "plan_world.h"

static void
read_path(struct world *world, const char *path)
{
	size_t i;

	world->diags = (struct diags){ 0 };
	world->plans = (struct plans){ 0 };
	world->acts = (struct acts){ 0 };
	world->slots = (struct slots){ 0 };
	assert_null(plans_read_file(world->arena, world->calendars, path,
	    &world->diags, &world->plans));
	plans_acts(world->arena, &world->plans, &world->acts);
	for (i = 0; i < world->plans.n; i++)
		assert_null(
		    schedule_expand(world->arena, NULL, world->plans.v[i],
			&world->acts, &world->diags, &world->slots));
	slots_sort(&world->slots);
	diags_sort(&world->diags);
}

static void
read_csv(struct world *world, const char *name, const char *text)
{
	read_path(world, write_file(world, name, text));
}

static void
show(const struct world *world)
{
	size_t i;

	for (i = 0; i < world->diags.n; i++)
		print_message("# %s\n",
		    diag_text(world->arena, LANG_ZH, &world->diags.v[i]));
}

static const struct slot *
slot(const struct world *world, const char *release)
{
	size_t i;

	for (i = 0; i < world->slots.n; i++)
		if (strcmp(world->slots.v[i].release, release) == 0)
			return &world->slots.v[i];
	show(world);
	fail_msg("no slot %s", release);
	return NULL;
}

static void
assert_day(const struct world *world, const char *release, const char *when)
{
	const struct slot *found = slot(world, release);
	char day[DAY_SIZE], clock[DAY_SIZE];

	day_format(day, found->when.start.day);
	if (found->when.start.minute == NO_TIME)
		assert_string_equal(day, when);
	else
		assert_string_equal(
		    arena_printf(world->arena, "%s %s", day,
			minute_format(clock, found->when.start.minute)),
		    when);
}

static bool
has_diag(const struct world *world, const char *id, const char *cell)
{
	size_t i;

	for (i = 0; i < world->diags.n; i++) {
		const struct diag *diag = &world->diags.v[i];

		if (strcmp(diag->message.id, id) == 0 &&
		    (cell == NULL || (diag->place.cell != NULL &&
					 strcmp(diag->place.cell, cell) == 0)))
			return true;
	}
	return false;
}

#define HEAD "编号,内容,频率,报告期,发布日期,发布时间,规则,密级\n"

/* Every mistake of the column set: a sheet, and what is told where. */
static const struct mistake {
	const char *sheet, *id, *cell;
} mistakes[] = {
	{ HEAD "cpi,物价,月度,3月,2026-13-40,9:30,,公开\n", "table.no_such_day",
	    "E2" },
	{ HEAD "cpi,物价,月度,3月,下周,9:30,,公开\n", "table.bad_date", "E2" },
	{ HEAD "cpi,物价,月度,3月,4月10日（周四）,9:30,,公开\n",
	    "table.weekday", "E2" },
	{ HEAD "cpi,物价,月度,13旬,4月10日,9:30,,公开\n", "table.bad_period",
	    "D2" },
	{ HEAD "cpi,物价,月度,一季度,4月10日,9:30,,公开\n",
	    "plan.period_frequency", "D2" },
	{ HEAD "cpi,物价,经常,3月,4月10日,9:30,,公开\n", "table.bad_word",
	    "C2" },
	{ HEAD "cpi,物价,月度,3月,4月10日,25:99,,公开\n", "table.bad_time",
	    "F2" },
	{ HEAD "cpi,物价,月度,,,,每逢佳节,公开\n", "table.bad_rule", "G2" },
	{ HEAD "w,周报,周度,,,,每周三,公开\n", "table.rule_weekly", "G2" },
	{ HEAD "w,周报,周度,,,,逢星期三,公开\n", "table.rule_weekly", "G2" },
	{ HEAD "w,周报,周度,,,,三,公开\n", "table.rule_weekly", "G2" },
	{ HEAD "w,周报,周度,,,,\"4日、14日、24日\",公开\n", "table.rule_weekly",
	    "G2" },
	{ HEAD "w,月报,月度,,,,逢三,公开\n", "table.bad_rule", "G2" },
	{ HEAD "t,旬报,旬度,,,,每旬4日,公开\n", "table.rule_ten_day", "G2" },
	{ HEAD "t,旬报,旬度,,,,4日,公开\n", "table.rule_ten_day", "G2" },
	{ HEAD "q,季报,季度,,,,1月:季后15日内;其他:季后18日,公开\n",
	    "table.rule_half_bounded", "G2" },
	{ HEAD "cpi,物价,月度,,,,15日内,公开\n", "table.bad_rule", "G2" },
	{ "编号,内容,频率,规则,批准人\na,月报,月度,9日,张三\n",
	    "table.act_without_date", "E2" },
	{ "编号,内容,发布日期,变更原因\na,月报,待定,放假\n",
	    "table.act_without_date", "D2" },
	{ "编号,内容,1月,2月,变更原因\na,月报,9,9,放假\n",
	    "table.act_without_date", "E2" },
	{ "时区：America/Nowhere\n编号,内容,发布日期\na,年报,4月10日\n",
	    "plan.bad_zone", "A1" },
	{ "时区：Asia/Tokyo\n时区：Asia/Seoul\n"
	  "编号,内容,发布日期\na,年报,4月10日\n",
	    "table.two_lines", "A2" },
	{ "timezon: Asia/Tokyo\n编号,内容,发布日期\na,年报,4月10日\n",
	    "table.unknown_line_near", "A1" },
	{ "本计划时区：东京\n编号,内容,发布日期\na,年报,4月10日\n",
	    "table.unknown_line_near", "A1" },
	{ "发布时闻：9:30\n编号,内容,发布日期\na,年报,4月10日\n",
	    "table.unknown_line_near", "A1" },
	{ "未公布日历：随便\n编号,内容,发布日期\na,年报,4月10日\n",
	    "plan.bad_word", "A1" },
	{ "编号,内容,1月,2月\na,月报,\"12日\n星期五\",9\n", "table.weekday",
	    "C2" },
	{ HEAD "cpi,物价,月度,,,,与无有同日,公开\n", "table.bad_rule", "G2" },
	{ HEAD "cpi,物价,月度,,,,与 gdp 同日,公开\n", "plan.no_such_series",
	    "G2" },
	{ HEAD "cpi,物价,月度,,,,第99个工作日,公开\n", "plan.range", "G2" },
	{ HEAD "cpi,物价,月度,,,,\"4日、14日\",公开\n", "plan.many_days",
	    "G2" },
	{ HEAD "cpi,物价,月度,3月,4月10日,,,绝对公开\n", "table.bad_word",
	    "H2" },
	{ HEAD "cpi,物价,月度,3月,4月10日,,,\n", "table.class_missing", "B2" },
	{ HEAD "cpi,物价,月度,3月,4月10日,,,公开\n"
	       "cpi,物价,月度,4月,5月10日,,,\n",
	    "table.class_missing_here", "H3" },
	{ HEAD "cpi,物价,月度,3月,4月10日,,,公开\n"
	       "cpi,物价,月度,3月,5月10日,,,公开\n",
	    "table.period_twice", "D3" },
	{ HEAD "cpi,物价,月度,3月,4月10日,,,公开\n"
	       "cpi,价格,月度,4月,5月10日,,,公开\n",
	    "table.differs", "B3" },
	{ HEAD "cpi,物价,月度,3月,,,,公开\n", "table.no_date", "E2" },
	{ HEAD "cpi,物价,月度,,,,,公开\n", "table.no_date_or_rule", "E2" },
	{ HEAD "cpi,,月度,3月,4月10日,,,公开\n", "table.no_title", "B2" },
	{ HEAD ",物价,月度,3月,4月10日,,,公开\n", "table.no_id", "A2" },
	{ HEAD "CPI,物价,月度,3月,4月10日,,,公开\n", "plan.bad_id", "A2" },
	{ HEAD "cpi,物价,,,4月10日,,,公开\n", "table.frequency_needed", "B2" },
	{ HEAD "cpi,物价,月度,,取消,,,公开\n", "table.period_needed", "E2" },
	{ HEAD "cpi,物价,月度,3月,取消,,,公开\n", "table.act_role", NULL },
	{ HEAD "cpi,物价,月度,3月,取消,,,公开\n", "table.act_needs", NULL },
	{ "编号,内容,发布日期,网址\ncpi,年报,2026-04-10,ftp://x\n",
	    "plan.bad_url", "D2" },
	{ "编号,内容,发布日期,主题\ncpi,年报,2026-04-10,物价\n", "plan.bad_id",
	    "D2" },
	{ "编号,内容,发布日期,有效期\ncpi,年报,2026-04-10,长期\n",
	    "plan.want_day", "D2" },
	{ "编号,内容,发布日期,变更原因\ncpi,年报,2026-04-10,放假\n",
	    "table.act_role", NULL },
	{ "编号,内容,发布日期,变更原因,批准人\n"
	  "cpi,年报,2026-04-10,放假,统计负责人\n",
	    "table.act_needs", NULL },
	{ "编号,内容,发布日期,报告其\ncpi,年报,2026-04-10,3月\n",
	    "table.unknown_column_near", "D1" },
	{ "编号,内容,发布日期,天气\ncpi,年报,2026-04-10,晴\n",
	    "table.unknown_column", "D1" },
	{ "编号,内容,发布日期,日期\ncpi,年报,2026-04-10,1\n",
	    "table.column_twice", "D1" },
	{ "2025年计划\n编号,内容,发布日期\ncpi,年报,2026-04-10\n",
	    "table.two_years", NULL },
	{ "序号,内容,发布日期\n甲,年报,2026-04-10\n", "table.bad_number",
	    "A2" },
	{ "部门,编号,内容,发布日期\n统计局,a,年报,2026-04-10\n",
	    "table.bad_department", "A2" },
	{ "名单,电话\n张三,1\n", "table.no_header", NULL },
	{ "编号,内容,1月,2月\na,月报,12/四,9/一\n", "table.weekday", "C2" },
	{ "编号,内容,1月,2月\na,月报,32,9\n", "table.no_such_day", "C2" },
	{ "编号,内容,1月,2月\na,月报,明天,9\n", "table.bad_day", "C2" },
	{ "编号,内容,1月,2月\na,月报,2月9日,9\n", "table.other_month", "C2" },
	{ "编号,内容,报告期,1月,2月\na,月报,3月,9,9\n",
	    "table.bad_relative_period", "C2" },
};

static void
every_mistake_is_told_at_its_cell_in_chinese(void **state)
{
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(mistakes); i++) {
		size_t j;

		read_csv(world, "nbs-2026.csv", mistakes[i].sheet);
		if (!has_diag(world, mistakes[i].id, mistakes[i].cell)) {
			show(world);
			fail_msg("%s: no %s at %s", mistakes[i].sheet,
			    mistakes[i].id, mistakes[i].cell);
		}
		for (j = 0; j < world->diags.n; j++) {
			const char *text = message_text(
			    world->arena, LANG_ZH, &world->diags.v[j].message);

			assert_null(strstr(text, "{0}"));
			assert_true(
			    message_exists(world->diags.v[j].message.id));
		}
	}
}

static void
what_is_not_public_is_not_quoted(void **state)
{
	struct world *world = *state;
	size_t i;

	read_csv(world, "nbs-2026.csv",
	    HEAD "cpi,物价,秘密月,机密三月,内部日子,夜里,心情好时,内部\n");
	assert_true(world->diags.errors >= 4);
	for (i = 0; i < world->diags.n; i++) {
		const char *text =
		    diag_text(world->arena, LANG_ZH, &world->diags.v[i]);

		assert_null(strstr(text, "秘密月"));
		assert_null(strstr(text, "机密三月"));
		assert_null(strstr(text, "内部日子"));
		assert_null(strstr(text, "夜里"));
		assert_null(strstr(text, "心情"));
	}
}

static void
a_row_may_be_a_rule_or_a_release(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "编号,内容,频率,规则,顺延,发布时间,密级,报告期,发布日期\n"
	    "cpi,物价,月度,每月9日,顺延,9:30,公开,,\n"
	    "cpi,物价,月度,,顺延,9:30,公开,9月,10月14日（周三）\n"
	    "pmi,经理指数,月度,当月最后一天,,上午9时30分,公开,,\n"
	    "gdp,生产总值,季度,\"1月:20日; 其他:18日\",,10点,公开,,\n"
	    "inc,居民收支,季度,与生产总值同日,,,公开,,\n"
	    "ind,产业,季度,gdp后1个工作日,,,公开,,\n"
	    "wd,第十一天,月度,第11个工作日,,,公开,,\n"
	    "fri,周五,月度,第3个星期五,,,公开,,\n"
	    "per,期后,月度,报告期后10个工作日,,,公开,,\n"
	    "end,月末,月度,月末前3天,,,公开,,\n"
	    "book,年鉴,年度,,,,公开,2025年,9-10月\n"
	    "late,报告,年度,,,,公开,2025年,不迟于6月30日\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_day(world, "nbs/cpi/2025-12", "2026-01-09 09:30");
	assert_day(world, "nbs/cpi/2026-09", "2026-10-14 09:30");
	assert_day(world, "nbs/pmi/2026-02", "2026-02-28 09:30");
	assert_day(world, "nbs/gdp/2025-Q4", "2026-01-20 10:00");
	assert_day(world, "nbs/gdp/2026-Q1", "2026-04-18 10:00");
	assert_day(world, "nbs/inc/2026-Q1", "2026-04-18");
	assert_day(world, "nbs/ind/2026-Q1", "2026-04-20");
	assert_day(world, "nbs/wd/2026-02", "2026-03-16");
	assert_day(world, "nbs/fri/2026-02", "2026-03-20");
	assert_day(world, "nbs/per/2026-02", "2026-03-13");
	assert_day(world, "nbs/end/2026-02", "2026-03-28");
	assert_int_equal(
	    slot(world, "nbs/book/2025")->when.precision, PRECISION_WINDOW);
	assert_int_equal(
	    slot(world, "nbs/late/2025")->when.precision, PRECISION_NLT);
}

static void
a_day_within_which_is_a_limit(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "编号,内容,频率,规则,密级\n"
	    "gdp,生产总值,季度,季后15天内,公开\n"
	    "w,周报,周度,周后3日,公开\n"
	    "t,旬报,旬度,旬后4日,公开\n"
	    "d,旬报二,旬度,\"4日、14日、24日\",公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_day(world, "nbs/gdp/2026-Q1", "2026-04-15");
	assert_int_equal(
	    slot(world, "nbs/gdp/2026-Q1")->when.precision, PRECISION_NLT);
	assert_day(world, "nbs/w/2026-W10", "2026-03-11");
	assert_day(world, "nbs/t/2026-03-D1", "2026-03-14");
	assert_int_equal(
	    slot(world, "nbs/t/2026-03-D1")->when.precision, PRECISION_DATE);
}

static void
a_line_above_the_header_speaks_for_the_plan(void **state)
{
	struct world *world = *state;
	struct zone *zone = NULL;

	read_csv(world, "nbs-2026.csv",
	    "2026年计划\n时区：America/New_York\nCalendar: cn\n"
	    "unpublished：refuse\n编制单位：统计局\n地区：某市\n"
	    "报告日期：1月4日\n印发日期：1月5日\n联系人：张三\n"
	    "编号,内容,发布日期,发布时间,密级\na,年报,4月10日,9:30,公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_null(zone_open(world->arena, "America/New_York", &zone));
	assert_string_equal(
	    zone_name(world->plans.v[0]->zone), zone_name(zone));
	assert_int_equal(world->plans.v[0]->unpublished, UNPUBLISHED_REFUSE);
}

static void
a_weekday_may_stand_below_its_day(void **state)
{
	struct world *world = *state;
	size_t i;

	read_csv(world, "nbs-2026.csv",
	    "编号,内容,密级,1月,2月,3月\n"
	    "a,月报,公开,\"9日\n星期五\",\"11\n（周三）\",\"9\nMon\"\n"
	    "b,月报二,公开,\"9日\n何日\",11,9\n");
	assert_int_equal(world->diags.errors, 1);
	for (i = 0; i < world->diags.n; i++)
		assert_null(
		    strchr(diag_text(world->arena, LANG_ZH, &world->diags.v[i]),
			'\n'));
	assert_true(has_diag(world, "table.bad_day", "D3"));
	read_csv(world, "nbs-2026.csv",
	    "编号,内容,密级,1月,2月,3月\n"
	    "a,月报,公开,\"9日\n星期五\",\"11\n（周三）\",\"9\nMon\"\n");
	assert_int_equal(world->diags.errors, 0);
	assert_int_equal(world->slots.n, 3);
	assert_day(world, "nbs/a/2026-01", "2026-02-11");
}

static void
rules_may_be_english(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "id,title,frequency,rule,class\n"
	    "a,A,monthly,9,public\nb,B,monthly,last day,public\n"
	    "c,C,monthly,workday 11,public\nd,D,monthly,3rd Friday,public\n"
	    "e,E,monthly,10 workdays after period,public\n"
	    "f,F,monthly,same as a,public\n"
	    "g,G,monthly,1 workday after a,public\n"
	    "h,H,monthly,a + 2 days,public\n"
	    "i,I,monthly,last workday,public\n"
	    "j,J,monthly,\"Jan, Apr: 13; others: 8\",public\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_day(world, "nbs/a/2026-02", "2026-03-09");
	assert_day(world, "nbs/b/2026-02", "2026-03-31");
	assert_day(world, "nbs/c/2026-02", "2026-03-16");
	assert_day(world, "nbs/d/2026-02", "2026-03-20");
	assert_day(world, "nbs/e/2026-02", "2026-03-13");
	assert_day(world, "nbs/f/2026-02", "2026-03-09");
	assert_day(world, "nbs/g/2026-02", "2026-03-10");
	assert_day(world, "nbs/h/2026-02", "2026-03-11");
	assert_day(world, "nbs/i/2026-02", "2026-03-31");
	assert_day(world, "nbs/j/2026-03", "2026-04-13");
	assert_day(world, "nbs/j/2026-02", "2026-03-08");
}

static void
a_year_that_is_not_written_is_the_last_one_that_fits(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    HEAD "a,甲,月度,12月,1月9日,,,公开\n"
		 "b,乙,季度,四季度,1月20日,,,公开\n"
		 "c,丙,年度,全年,2月28日,,,公开\n"
		 "d,丁,月度,1-2月,3月16日,,,公开\n"
		 "e,戊,旬度,4月下旬,2026/5/7,,,公开\n"
		 "f,己,月度,,20260109,,,公开\n"
		 "g,庚,月度,Mar,\"Apr 10, 2026\",9:30 am,,公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_day(world, "nbs/a/2025-12", "2026-01-09");
	assert_day(world, "nbs/b/2025-Q4", "2026-01-20");
	assert_day(world, "nbs/c/2025", "2026-02-28");
	assert_day(world, "nbs/d/2026-01..02", "2026-03-16");
	assert_day(world, "nbs/e/2026-04-D3", "2026-05-07");
	assert_day(world, "nbs/f/2025-12", "2026-01-09");
	assert_day(world, "nbs/g/2026-03", "2026-04-10 09:30");
}

static void
a_publication_time_may_be_the_day_too(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "序号,内容,发布时间,密级\n"
	    "（一）,甲月报,2026年4月10日上午9:30,公开\n"
	    "二、,乙月报,4月10日(星期五)10时,公开\n"
	    "3.,丙月报,2026-04-10T10:00,公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_day(world, "nbs/item-1/2026-03", "2026-04-10 09:30");
	assert_day(world, "nbs/item-2/2026-03", "2026-04-10 10:00");
	assert_day(world, "nbs/item-3/2026-03", "2026-04-10 10:00");
}

static void
cumulative_figures_are_of_their_last_period(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "2026年计划\n制表：2025年12月26日\n" HEAD
	    "a,甲,季度,一季度,4月16日,,,公开\n"
	    "a,甲,季度,上半年,7月15日,,,公开\n"
	    "a,甲,季度,前三季度,10月19日,,,公开\n"
	    "a,甲,季度,2025年全年,1月19日,,,公开\n"
	    "b,乙,月度,1-2月,3月27日,,,公开\n"
	    "b,乙,月度,1—5月份,6月27日,,,公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_day(world, "nbs/a/2026-Q1", "2026-04-16");
	assert_day(world, "nbs/a/2026-Q2", "2026-07-15");
	assert_day(world, "nbs/a/2026-Q3", "2026-10-19");
	assert_day(world, "nbs/a/2025-Q4", "2026-01-19");
	assert_day(world, "nbs/b/2026-01..02", "2026-03-27");
	assert_day(world, "nbs/b/2026-05", "2026-06-27");
}

static void
a_changed_row_is_an_act(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "编号,内容,频率,规则,报告期,发布日期,发布时间,密级,变更原因,批准人,"
	    "批准日期,变更文号\n"
	    "cpi,物价,月度,9日,,,9:30,公开,,,,\n"
	    "cpi,物价,月度,,8月,9月10日,9:30,公开,纪念日放假,"
	    "张三（分管负责人）,"
	    "2026-05-14,某发〔2026〕1号\n"
	    "cpi,物价,月度,,3月,取消,,公开,制度改革,统计负责人,2026年2月1日,"
	    "\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_int_equal(world->acts.n, 2);
	assert_int_equal(world->acts.v[0].kind, ACT_CANCEL);
	assert_string_equal(world->acts.v[0].releases[0], "nbs/cpi/2026-03");
	assert_string_equal(world->acts.v[1].role, "responsible_leader");
	assert_string_equal(world->acts.v[1].document, "某发〔2026〕1号");
	assert_string_equal(world->acts.v[1].place.cell, "F3");
	assert_day(world, "nbs/cpi/2026-08", "2026-09-10 09:30");
}

static void
a_matrix_may_be_written_in_many_ways(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "密级：公开\n发布时间：9:30\n"
	    "编号,内容,Jan.,2月,三月,4月份,五月,June\n"
	    "a,月報,9/Fri,十一日,9日 星期一,10號（週五）,\"4/一、30/六\",-\n"
	    "b,月度公报,……,,2026-03-04,廿二日,5/二注1 10:00,…\n"
	    "注：1. 因假日推迟。\n2. 另一条\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_int_equal(world->slots.n, 9);
	assert_day(world, "nbs/a/2025-12", "2026-01-09 09:30");
	assert_day(world, "nbs/a/2026-01", "2026-02-11 09:30");
	assert_day(world, "nbs/a/2026-02", "2026-03-09 09:30");
	assert_day(world, "nbs/a/2026-04", "2026-05-04 09:30");
	assert_day(world, "nbs/a/2026-05", "2026-05-30 09:30");
	assert_day(world, "nbs/b/2026-03", "2026-04-22 09:30");
	assert_day(world, "nbs/b/2026-04", "2026-05-05 10:00");
	assert_string_equal(
	    slot(world, "nbs/b/2026-04")->note.zh, "因假日推迟。");
}

static void
current_periods_and_late_ones_share_a_cell(void **state)
{
	struct world *world = *state;

	read_csv(world, "nbs-2026.csv",
	    "编号,内容,报告期,密级,1月,2月,3月,4月\n"
	    "pmi,采购经理指数月度报告,当月,公开,31/六,……,\"4/三\n31/二\",30\n");
	if (world->diags.errors > 0)
		show(world);
	assert_day(world, "nbs/pmi/2026-01", "2026-01-31");
	assert_day(world, "nbs/pmi/2026-02", "2026-03-04");
	assert_day(world, "nbs/pmi/2026-03", "2026-03-31");
	assert_day(world, "nbs/pmi/2026-04", "2026-04-30");
}

static void
one_sheet_may_hold_several_departments(void **state)
{
	struct world *world = *state;

	read_csv(world, "all.csv",
	    "部门,年份,编号,内容,发布日期,密级\n"
	    "nbs,2026,a,年报,4月10日,公开\n"
	    "gacc,2026,a,年报,4月11日,公开\n"
	    "nbs,2027,a,年报,4月12日,公开\n");
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->plans.n, 3);
	assert_day(world, "gacc/a/2025", "2026-04-11");
	assert_day(world, "nbs/a/2026", "2027-04-12");
	read_csv(world, "all.csv", "编号,内容,发布日期\na,年报,4月10日\n");
	assert_true(has_diag(world, "table.no_year", NULL));
	read_csv(world, "某局2026.csv", "编号,内容,发布日期\na,年报,4月10日\n");
	assert_true(has_diag(world, "table.no_department", NULL));
}

/* Every date of the published table, whatever its shape. */
static void
check_nbs(struct world *world, const char *path)
{
	json_t *nbs =
	    json_load_file("tests/data/schedules/nbs-2026.json", 0, NULL);
	json_t *rows = json_object_get(nbs, "rows"), *row, *date;
	size_t i, j, k, dates = 0;

	read_path(world, path);
	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	json_array_foreach(rows, i, row)
	{
		json_array_foreach(json_object_get(row, "dates"), j, date)
		{
			const char *day =
			    json_string_value(json_object_get(date, "date"));
			size_t found = 0;

			for (k = 0; k < world->slots.n; k++) {
				const struct slot *s = &world->slots.v[k];
				const char *id =
				    strrchr(s->series->id, '-') + 1;
				char have[DAY_SIZE], clock[DAY_SIZE];

				if (atoi(id) != (int)i + 1)
					continue;
				day_format(have, s->when.start.day);
				minute_format(clock, s->when.start.minute);
				found += strcmp(have, day) == 0 &&
					 strcmp(clock,
					     json_string_value(json_object_get(
						 date, "time"))) == 0;
			}
			assert_int_equal(found, 1);
			dates++;
		}
	}
	assert_int_equal(dates, world->slots.n);
	assert_int_equal(dates, 142);
	json_decref(nbs);
}

static void
the_calendar_of_2026_is_read_from_every_shape(void **state)
{
	struct world *world = *state;

	check_nbs(world, "tests/data/sheets/nbs-2026.csv");
	check_nbs(world, "tests/data/sheets/nbs-2026.xlsx");
	check_nbs(world, "tests/data/sheets/rows-2026.csv");
}

static void
the_template_is_an_empty_plan_of_its_own(void **state)
{
	struct world *world = *state;
	const char *path =
	    file_join(world->arena, world->directory, "nbs-2027.xlsx");
	enum lang lang;

	for (lang = LANG_ZH; lang <= LANG_EN; lang++) {
		assert_null(plan_template(world->arena, path, 2027, lang,
		    (struct instant){ 1767225600 }));
		read_path(world, path);
		if (world->diags.errors > 0)
			show(world);
		assert_int_equal(world->diags.errors, 0);
		assert_false(has_diag(world, "table.no_header_here", NULL));
	}
}

static void
an_annotated_sheet_says_beside_each_row_what_is_wrong(void **state)
{
	struct world *world = *state;
	const char *from =
	    file_join(world->arena, world->directory, "nbs-2026.csv");
	const char *to = file_join(world->arena, world->directory, "out.xlsx");
	struct diags again = { 0 };
	struct workbook *workbook;
	struct bytes bytes;

	read_csv(world, "nbs-2026.csv",
	    HEAD "cpi,物价,月度,3月,4月10日（周四）,9:30,,公开\n");
	assert_null(plan_annotate(world->arena, from, to, &world->diags,
	    LANG_ZH, (struct instant){ 1767225600 }));
	assert_null(file_read(world->arena, to, SHEET_FILE_MOST, &bytes));
	workbook_read(world->arena, to, bytes, &again, &workbook);
	assert_non_null(workbook);
	assert_string_equal(
	    sheet_cell(&workbook->v[0], 0, 8)->text, "检查结果");
	assert_string_equal(sheet_cell(&workbook->v[0], 1, 8)->text,
	    "E2: 错误：2026-04-10 是星期五，不是星期四，请核对日期");
	assert_string_equal(sheet_cell(&workbook->v[0], 1, 1)->text, "物价");
	assert_non_null(plan_annotate(world->arena, "x.json", to, &world->diags,
	    LANG_ZH, (struct instant){ 0 }));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)
	const struct CMUnitTest tests[] = {
		TEST(every_mistake_is_told_at_its_cell_in_chinese),
		TEST(what_is_not_public_is_not_quoted),
		TEST(a_row_may_be_a_rule_or_a_release),
		TEST(a_day_within_which_is_a_limit),
		TEST(a_line_above_the_header_speaks_for_the_plan),
		TEST(a_weekday_may_stand_below_its_day),
		TEST(rules_may_be_english),
		TEST(a_year_that_is_not_written_is_the_last_one_that_fits),
		TEST(a_publication_time_may_be_the_day_too),
		TEST(cumulative_figures_are_of_their_last_period),
		TEST(a_changed_row_is_an_act),
		TEST(a_matrix_may_be_written_in_many_ways),
		TEST(current_periods_and_late_ones_share_a_cell),
		TEST(one_sheet_may_hold_several_departments),
		TEST(the_calendar_of_2026_is_read_from_every_shape),
		TEST(the_template_is_an_empty_plan_of_its_own),
		TEST(an_annotated_sheet_says_beside_each_row_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
