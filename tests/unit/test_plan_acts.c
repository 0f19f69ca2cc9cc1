/* Acts: the members of each kind, and the columns that say them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/sheet.h>

#include "../../src/plan/office.h"
#include "plan_world.h"

#define DIGEST \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void
show(const struct world *world)
{
	size_t i;

	for (i = 0; i < world->diags.n; i++)
		print_message("# %s [%s]\n",
		    diag_text(world->arena, LANG_ZH, &world->diags.v[i]),
		    world->diags.v[i].message.id);
}

static void
read_sheet(struct world *world, const char *path)
{
	world->diags = (struct diags){ 0 };
	world->plans = (struct plans){ 0 };
	world->acts = (struct acts){ 0 };
	assert_null(plans_read_file(world->arena, world->calendars, path,
	    &world->diags, &world->plans));
	plans_acts(world->arena, &world->plans, &world->acts);
	acts_index(world->arena, &world->acts);
	diags_sort(&world->diags);
}

/* Cells without commas in them, as a workbook. */
static const char *
write_xlsx(struct world *world, const char *csv)
{
	const char *path =
	    file_join(world->arena, world->directory, "nbs-2026.xlsx");
	struct book *book =
	    book_open(world->arena, path, (struct instant){ 1767225600 });
	struct page *page = book_page(book, "2026");
	size_t row = 0, column = 0, len;

	for (; *csv != '\0'; csv += len + (csv[len] != '\0')) {
		len = strcspn(csv, ",\n");
		if (len > 0)
			page_text(page, row, column,
			    arena_strndup(world->arena, csv, len), LOOK_PLAIN);
		column++;
		if (csv[len] == '\n') {
			row++;
			column = 0;
		}
	}
	no_error(book_close(book));
	return path;
}

static const struct act *
only(struct world *world, enum act_kind kind)
{
	const struct act *found = NULL;
	size_t i;

	for (i = 0; i < world->acts.n; i++) {
		if (world->acts.v[i].kind != kind)
			continue;
		assert_null(found);
		found = &world->acts.v[i];
	}
	if (found == NULL) {
		show(world);
		fail_msg("no act %s", act_kind_name(kind));
	}
	return found;
}

static void
assert_instant(struct instant instant, const char *wanted)
{
	char text[INSTANT_SIZE];

	assert_string_equal(instant_format(text, instant), wanted);
}

static void
each_kind_has_its_members(void **state)
{
	struct world *world = *state;
	const struct act *act;
	char hex[DIGEST_HEX_SIZE];

	assert_null(acts_read_file(world->arena,
	    "tests/data/schema/acts/good-kinds.json", &world->diags,
	    &world->acts));
	assert_int_equal(world->diags.n, 0);
	assert_int_equal(world->acts.n, ACT_ACCESS + 1);
	act = only(world, ACT_REVIEW);
	assert_true(act->passed);
	assert_int_equal(act->n_releases, 3);
	assert_string_equal(act->releases[2], "nbs/cpi");
	assert_string_equal(digest_hex(hex, &act->digests[2]),
	    "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef");
	assert_string_equal(act->who, "示例审查人");
	act = only(world, ACT_CONSULT);
	assert_int_equal(act->matter, MATTER_OVERLAP);
	assert_string_equal(act->with, "示例部门");
	assert_null(act->digests);
	act = only(world, ACT_MOVE);
	assert_true(act->override && act->has_to);
	act = only(world, ACT_POSTPONE);
	assert_true(act->has_due);
	assert_int_equal(act->due.n, day_of(2026, 4, 20).n);
	assert_false(act->has_to);
	act = only(world, ACT_CANCEL);
	assert_string_equal(act->role, "reviewer");
	assert_null(act->reason.zh);
	act = only(world, ACT_REINSTATE);
	assert_true(act->has_to);
	assert_int_equal(act->to.start.minute, 600);
	act = only(world, ACT_WITHHOLD);
	assert_string_equal(act->ground, "XXGK-14");
	assert_true(act->has_review_due);
	act = only(world, ACT_RELEASED);
	assert_string_equal(act->url, "https://stats.example/cpi/2026-03");
	assert_instant(act->released, "2026-03-20T01:30:00Z");
	act = only(world, ACT_COPY);
	assert_instant(act->done, "2026-03-20T01:40:00Z");
	assert_string_equal(act->with, "示例统计机构");
	assert_true(act->has_copied && !act->of_plan);
	assert_int_equal(act->copied.bytes[0], 0xaa);
	act = only(world, ACT_ACKNOWLEDGE);
	assert_true(act->of_plan);
	assert_int_equal(act->n_releases, 0);
	assert_string_equal(act->department, "nbs");
	assert_instant(act->done, "2026-03-20T01:50:00Z");
	assert_string_equal(only(world, ACT_ACCESS)->with, "示例综合处 示例甲");
}

static void
a_review_is_found_with_its_digest_and_a_whole_series_with_each(void **state)
{
	struct world *world = *state;
	struct act_list list;

	assert_null(acts_read_file(world->arena,
	    "tests/data/schema/acts/good-kinds.json", &world->diags,
	    &world->acts));
	acts_index(world->arena, &world->acts);
	list = acts_of(world->arena, &world->acts, "nbs/cpi/2026-03");
	assert_int_equal(list.n, 13);
	assert_non_null(list.v[0].reviewed);
	assert_ptr_equal(
	    list.v[0].reviewed, &only(world, ACT_REVIEW)->digests[0]);
	assert_null(list.v[1].reviewed);
	list = acts_of(world->arena, &world->acts, "nbs/cpi/2026-04");
	assert_int_equal(list.n, 2);
	assert_int_equal(list.v[0].act->kind, ACT_SIGN);
	assert_int_equal(list.v[1].act->kind, ACT_CANCEL);
	list = acts_of(world->arena, &world->acts, "nbs/cpi");
	assert_int_equal(list.n, 1);
}

/* ---- columns */

#define COLUMNS_OF_ACTS                                                                              \
	"编号,内容,频率,规则,报告期,发布日期,发布时间,密级,决定,新日期,"   \
	"变更原因,原因代码,批准人,角色,批准日期,变更文号,坚持改期,"         \
	"新日期公布期限,不予公开依据,复查期限,审查结果,审查人,审查时间," \
	"审查摘要,会商对象,会商事项,会商时间,会商文号,实际发布时间,"       \
	"结果网址,抄送时间,抄送文号,抄送摘要,签收时间\n"
#define RULE "cpi,物价,月度,9日,,,9:30,公开\n"
#define ROW "cpi,物价,月度,,"

static const char every_kind[] = COLUMNS_OF_ACTS RULE
    /* A move whose date stands beside, with who and role apart. */
    ROW "8月,,,公开,改期,2026-09-10 10:00,示例原因,节假日调整,张三,"
	"分管负责人,2026-08-01 10:30,示例〔2026〕1号,是\n" ROW
	"9月,,,公开,延期,,示例原因,源数据延迟,统计负责人,,2026-09-01,,,"
	"2026-10-20\n" ROW
	"10月,,,公开,取消,,,,李四（统计负责人）,,2026-10-01\n" ROW
	"11月,,,公开,恢复,,,,统计负责人（王五）,,2026-11-01\n" ROW
	"全部,,,公开,确认,,,,发言人,,2026-02-01\n" ROW
	"3月,,,公开,不予公开,,,,统计负责人,,2026-03-01,,,,条例第十五条,"
	"2027-03-01\n" ROW
	"4月,,,公开,更正,,示例原因,方法变动,统计负责人,,2026-04-01\n" ROW
	"4月,,,公开,签发,,,,主要负责人,,2026-04-02\n"
    /* A review and a consultation beside a date. */
    ROW "5月,2026-06-09,9:30,公开,,,,,,,,,,,,,通过,赵六,2026-05-02 "
	"9:00," DIGEST ",示例部门,内容重复,2026-05-01,示例函1号,"
	"2026-06-09 9:30,https://stats.example/cpi,2026-06-10 9:00,"
	"示例函2号," DIGEST ",2026-06-11 15:00\n";

static void
check_every_kind(struct world *world)
{
	const struct act *act;
	size_t i;

	if (world->diags.errors > 0)
		show(world);
	assert_int_equal(world->diags.errors, 0);
	/* But for access, which no row tells of. */
	assert_int_equal(world->acts.n, ACT_ACCESS);
	act = only(world, ACT_MOVE);
	assert_string_equal(act->releases[0], "nbs/cpi/2026-08");
	assert_int_equal(act->to.start.day.n, day_of(2026, 9, 10).n);
	assert_int_equal(act->to.start.minute, 600);
	assert_string_equal(act->who, "张三");
	assert_string_equal(act->role, "responsible_leader");
	assert_string_equal(act->reason_code, "holiday_change");
	assert_true(act->override);
	assert_instant(act->at, "2026-08-01T02:30:00Z");
	act = only(world, ACT_POSTPONE);
	assert_int_equal(act->due.n, day_of(2026, 10, 20).n);
	assert_null(act->who);
	assert_string_equal(only(world, ACT_CANCEL)->who, "李四");
	act = only(world, ACT_REINSTATE);
	assert_string_equal(act->who, "王五");
	assert_string_equal(act->role, "stat_head");
	assert_false(act->has_to);
	act = only(world, ACT_CONFIRM);
	assert_string_equal(act->releases[0], "nbs/cpi/*");
	assert_string_equal(act->role, "spokesperson");
	act = only(world, ACT_WITHHOLD);
	assert_string_equal(act->ground, "XXGK-15");
	assert_int_equal(act->review_due.n, day_of(2027, 3, 1).n);
	assert_string_equal(
	    only(world, ACT_REISSUE)->reason_code, "method_change");
	assert_string_equal(only(world, ACT_SIGN)->role, "responsible_leader");
	act = only(world, ACT_REVIEW);
	assert_string_equal(act->releases[0], "nbs/cpi/2026-05");
	assert_true(act->passed);
	assert_string_equal(act->who, "赵六");
	assert_string_equal(act->role, "reviewer");
	assert_int_equal(act->digests[0].bytes[1], 0x11);
	act = only(world, ACT_CONSULT);
	assert_string_equal(act->with, "示例部门");
	assert_string_equal(act->document, "示例函1号");
	act = only(world, ACT_RELEASED);
	assert_instant(act->released, "2026-06-09T01:30:00Z");
	act = only(world, ACT_COPY);
	assert_instant(act->done, "2026-06-10T01:00:00Z");
	assert_instant(act->at, "2026-06-10T01:00:00Z");
	assert_string_equal(act->document, "示例函2号");
	assert_true(act->has_copied);
	act = only(world, ACT_ACKNOWLEDGE);
	assert_instant(act->done, "2026-06-11T07:00:00Z");
	assert_string_equal(act->releases[0], "nbs/cpi/2026-05");
	for (i = 0; i < world->acts.n; i++)
		assert_non_null(world->acts.v[i].place.cell);
}

static void
a_csv_says_every_kind_in_chinese(void **state)
{
	struct world *world = *state;

	read_sheet(world, write_file(world, "nbs-2026.csv", every_kind));
	check_every_kind(world);
}

static void
a_workbook_says_the_same(void **state)
{
	struct world *world = *state;

	read_sheet(world, write_xlsx(world, every_kind));
	check_every_kind(world);
	assert_string_equal(only(world, ACT_MOVE)->place.cell, "2026!I3");
}

static void
a_series_is_reviewed_beside_its_rule(void **state)
{
	struct world *world = *state;

	read_sheet(
	    world, write_file(world, "nbs-2026.csv",
		       "编号,内容,频率,规则,密级,审查结果,审查时间,审查摘要\n"
		       "cpi,物价,月度,9日,公开,通过,2026-01-05," DIGEST "\n"));
	show(world);
	assert_int_equal(world->diags.errors, 0);
	assert_string_equal(only(world, ACT_REVIEW)->releases[0], "nbs/cpi");
}

static void
a_date_that_has_changed_in_its_cell_moves_no_later_than_it_says(void **state)
{
	struct world *world = *state;
	const struct act *act;

	read_sheet(world,
	    write_file(world, "nbs-2026.csv",
		"编号,内容,报告期,发布日期,密级,变更原因,批准人,批准日期\n"
		"book,年鉴,2025年,不迟于6月30日,公开,示例原因,统计负责人,"
		"2026-03-01\n"));
	act = only(world, ACT_MOVE);
	assert_int_equal(act->to.precision, PRECISION_NLT);
	assert_int_equal(act->to.last.n, day_of(2026, 6, 30).n);
}

#define H "编号,内容,频率,规则,报告期,发布日期,密级,"
#define R1 "\ncpi,物价,月度,9日,,,公开\ncpi,物价,月度,,3月,,公开,"

static const struct mistake {
	const char *sheet, *id, *cell;
} mistakes[] = {
	{ H "决定" R1 "改日子\n", "table.bad_word", "H3" },
	{ H "决定,批准人,批准日期" R1 "改期,统计负责人,2026-03-01\n",
	    "table.act_needs", NULL },
	{ H "决定,批准人" R1 "确认,统计负责人\n", "table.act_needs", NULL },
	{ H "决定,批准日期" R1 "确认,2026-03-01\n", "table.act_role", NULL },
	{ H "决定,批准人,批准日期" R1 "确认,张三,2026-03-01\n",
	    "table.act_role", "I3" },
	{ H "决定,批准人,批准日期" R1 "确认,统计负责人,三月\n",
	    "table.act_when", "J3" },
	{ H "决定,批准人,批准日期,角色" R1 "确认,张三,2026-03-01,科长\n",
	    "table.bad_word", "K3" },
	{ H "决定,批准人,批准日期,新日期" R1
	    "取消,统计负责人,2026-03-01,2026-04-10\n",
	    "table.act_other", "K3" },
	{ H "决定,批准人,批准日期,新日期" R1
	    "改期,统计负责人,2026-03-01,待定\n",
	    "table.act_new_date", "K3" },
	{ H "决定,批准人,批准日期,新日期" R1
	    "改期,统计负责人,2026-03-01,2026-02-30\n",
	    "table.no_such_day", "K3" },
	{ H "决定,批准人,批准日期,新日期公布期限" R1
	    "延期,统计负责人,2026-03-01,2026-04\n",
	    "table.act_day", "K3" },
	{ H "决定,批准人,批准日期,原因代码" R1
	    "取消,统计负责人,2026-03-01,忘了\n",
	    "table.bad_word", "K3" },
	{ H "决定,批准人,批准日期" R1 "不予公开,统计负责人,2026-03-01\n",
	    "table.act_needs", NULL },
	{ H "决定,批准人,批准日期,坚持改期,新日期" R1
	    "改期,统计负责人,2026-03-01,是,2026-04-08\n",
	    "plan.act_override", "K3" },
	{ H "新日期" R1 "2026-04-10\n", "table.act_without_date", "H3" },
	{ H "审查结果,审查时间" R1 "通过,2026-03-01\n", "table.act_needs",
	    NULL },
	{ H "审查结果,审查时间,审查摘要" R1 "通过,2026-03-01,✓\n",
	    "plan.bad_digest", "J3" },
	{ H "审查结果,审查时间,审查摘要" R1 "好,2026-03-01," DIGEST "\n",
	    "table.bad_word", "H3" },
	{ H "审查结果,审查摘要" R1 "通过," DIGEST "\n", "table.act_needs",
	    NULL },
	{ H "审查结果,审查摘要,审查时间,审查人" R1 "通过," DIGEST
	    ",2026-03-01,张三（经办人）\n",
	    "plan.act_role", "K3" },
	{ H "会商对象,会商时间" R1 "示例部门,2026-03-01\n", "table.act_needs",
	    NULL },
	{ H "实际发布时间" R1 "2026-04-09\n", "table.act_clock", "H3" },
	{ H "结果网址" R1 "https://stats.example/\n", "table.act_needs", NULL },
	{ H "实际发布时间,结果网址" R1 "2026-04-09 9:30,ftp://x\n",
	    "plan.bad_url", "I3" },
	{ "编号,内容,频率,密级,决定,批准人,批准日期\n"
	  "cpi,物价,月度,公开,取消,统计负责人,2026-03-01\n",
	    "table.period_needed", NULL },
	{ "编号,内容,频率,报告期,密级,发布日期,决定,批准人,批准日期\n"
	  "cpi,物价,月度,3月,公开,取消,延期,统计负责人,2026-03-01\n",
	    "table.act_cancelled", "G2" },
	{ "编号,内容,频率,报告期,密级,审查结果,审查时间,审查摘要\n"
	  "cpi,物价,月度,全部,公开,通过,2026-03-01," DIGEST "\n",
	    "plan.bad_reviewed", "D2" },
	{ "编号,内容,1月,2月,密级,审查结果\na,月报,9,9,公开,通过\n",
	    "table.act_without_date", "F2" },
};

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

static void
every_mistake_in_a_column_is_told_at_its_cell(void **state)
{
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(mistakes); i++) {
		read_sheet(world,
		    write_file(world, "nbs-2026.csv", mistakes[i].sheet));
		if (!has_diag(world, mistakes[i].id, mistakes[i].cell)) {
			show(world);
			fail_msg("%s: no %s at %s", mistakes[i].sheet,
			    mistakes[i].id, mistakes[i].cell);
		}
	}
}

static void
names_and_closed_rows_are_not_quoted(void **state)
{
	static const char *const rows[] = {
		"改期金丝雀,金丝雀,金丝雀,金丝雀,金丝雀\n",
		"取消,金丝雀,2026-03-01,,\n",
		"取消,金丝雀（统计负责人）,金丝雀,,\n",
		"不予公开,金丝雀（统计负责人）,2026-03-01,金丝雀,\n",
		",,,,金丝雀\n",
	};
	struct world *world = *state;
	size_t i, j;

	for (i = 0; i < COUNT(rows); i++) {
		read_sheet(world,
		    write_file(world, "nbs-2026.csv",
			arena_printf(world->arena,
			    "编号,内容,频率,报告期,密级,决定,批准人,批准日期,"
			    "不予公开依据,审查人\n"
			    "cpi,金丝雀,月度,3月,内部,%s",
			    rows[i])));
		assert_true(world->diags.errors > 0);
		for (j = 0; j < world->diags.n; j++)
			assert_null(strstr(diag_text(world->arena, LANG_ZH,
					       &world->diags.v[j]),
			    "金丝雀"));
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)
	const struct CMUnitTest tests[] = {
		TEST(each_kind_has_its_members),
		TEST(
		    a_review_is_found_with_its_digest_and_a_whole_series_with_each),
		TEST(a_csv_says_every_kind_in_chinese),
		TEST(a_workbook_says_the_same),
		TEST(a_series_is_reviewed_beside_its_rule),
		TEST(
		    a_date_that_has_changed_in_its_cell_moves_no_later_than_it_says),
		TEST(every_mistake_in_a_column_is_told_at_its_cell),
		TEST(names_and_closed_rows_are_not_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
