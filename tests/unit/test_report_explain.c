#include "report_world.h"

#include <jansson.h>

static const char *
explain(struct world *world, const struct slot *slot)
{
	report_explain(&world->report, slot, NULL, NULL, NULL, 0);
	return printed(world);
}

/* The sentences, a line each and not wrapped. */
static const char *
sentences(struct world *world, const struct slot *slot)
{
	const char *text;
	struct buf buf;
	json_t *json, *all;
	size_t i;

	world->report.json = true;
	text = explain(world, slot);
	world->report.json = false;
	assert_null(strstr(text, "report."));
	assert_null(strstr(text, "{0}"));
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	all = json_object_get(json, "text");
	buf_init(&buf, world->arena);
	for (i = 0; i < json_array_size(all); i++) {
		buf_puts(&buf, i > 0 ? "\n" : "");
		buf_puts(&buf, json_string_value(json_array_get(all, i)));
	}
	json_decref(json);
	return buf.data;
}

static struct slot *
ruled(struct world *world, struct timing timing, struct day nominal)
{
	struct slot *slot = add_slot(world, 0, "2026-03",
	    (struct moment){ PRECISION_INSTANT, { nominal, 570 }, nominal });

	world->timing = timing;
	slot->why.timing = &world->timing;
	slot->why.has_nominal = true;
	slot->why.nominal = slot->why.rolled = nominal;
	return slot;
}

static void
every_form_of_rule_is_told_in_both_languages(void **state)
{
	struct world *world = *state;
	static const int ninth[] = { 9 }, last[] = { DAY_LAST },
			 three[] = { 4, 14, 24 };
	const struct {
		struct timing timing;
		const char *zh, *en;
	} rows[] = {
		{ { .kind = TIMING_DAY, .days = ninth, .n_days = 1 },
		    "报告期次月的9日",
		    "the 9th of the month after the reference period" },
		{ { .kind = TIMING_DAY, .days = last, .n_days = 1 },
		    "报告期次月的最后一天",
		    "the last day of the month after the reference period" },
		{ { .kind = TIMING_DAY, .days = three, .n_days = 3 },
		    "报告期结束后最近的4日、14日、24日",
		    "the next of the 4th, the 14th, the 24th after the end of "
		    "the reference period" },
		{ { .kind = TIMING_WORKDAY, .n = 11 },
		    "报告期次月的第11个工作日", "the 11th working day of the" },
		{ { .kind = TIMING_WORKDAY, .n = -1 },
		    "报告期次月的最后一个工作日",
		    "the last working day of the" },
		{ { .kind = TIMING_WORKDAY, .n = -2 },
		    "报告期次月的倒数第2个工作日",
		    "the 2nd-last working day of the" },
		{ { .kind = TIMING_WEEKDAY, .n = 3, .weekday = FRIDAY },
		    "报告期次月的第3个星期五", "the 3rd Friday of the" },
		{ { .kind = TIMING_WEEKDAY_AFTER,
		      .n = 3,
		      .weekday = FRIDAY,
		      .day = 12 },
		    "报告期次月12日所在周（周日至周六）之后的第3个星期五",
		    "the 3rd Friday after the week (Sunday to Saturday) that "
		    "holds the 12th of the month" },
		{ { .kind = TIMING_AFTER_PERIOD, .n = 15 }, "报告期结束后15天",
		    "15 days after the end of the reference period" },
		{ { .kind = TIMING_AFTER_PERIOD, .n = 1, .working = true },
		    "报告期结束后1个工作日", "1 working day after the end" },
		{ { .kind = TIMING_AFTER_PERIOD, .n = -2 }, "报告期结束前2天",
		    "2 days before the end of" },
		{ { .kind = TIMING_AFTER_SERIES, .series = "gdp" },
		    "与《国内生产总值》同日", "the same day as “GDP”" },
		{ { .kind = TIMING_AFTER_SERIES,
		      .series = "gdp",
		      .n = 1,
		      .working = true },
		    "《国内生产总值》发布后1个工作日",
		    "1 working day after “GDP”" },
		{ { .kind = TIMING_AFTER_SERIES,
		      .series = "gdp",
		      .n = 2,
		      .of_rule = true },
		    "《国内生产总值》的规则日之后2天",
		    "2 days after the rule's day of “GDP”" },
		{ { .kind = TIMING_AFTER_SERIES, .series = "gdp", .n = -1 },
		    "《国内生产总值》发布前1天", "1 day before “GDP”" },
		{ { .kind = TIMING_BEFORE_MONTH_END, .n = 3 },
		    "报告期次月月底前3天",
		    "3 days before the end of the month" },
		{ { .kind = TIMING_DAY,
		      .days = ninth,
		      .n_days = 1,
		      .months = 1u << 1 | 1u << 4 },
		    "报告期次月的9日（限1月、4月）", "(in January, April)" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct slot *slot =
		    ruled(world, rows[i].timing, day_of(2026, 4, 9));

		world->report.lang = LANG_ZH;
		assert_says(sentences(world, slot), rows[i].zh);
		world->report.lang = LANG_EN;
		assert_says(sentences(world, slot), rows[i].en);
	}
}

static void
a_base_that_is_not_public_stays_without_name(void **state)
{
	struct world *world = *state;
	struct timing timing = {
		.kind = TIMING_AFTER_SERIES, .n = 1, .series = CANARY_ID
	};
	struct slot *slot = ruled(world, timing, day_of(2026, 4, 9));
	const char *text;

	slot->why.base = "tj/" CANARY_ID "/2026-03";
	text = explain(world, slot);
	assert_says(text, "另一项发布发布后1天");
	assert_silent_about(text, CANARY_TITLE);
	world->report.json = true;
	text = explain(world, slot);
	assert_silent_about(text, CANARY_TITLE);
	assert_silent_about(text, CANARY_ID);
}

static void
what_is_not_public_is_told_by_its_rule_alone(void **state)
{
	struct world *world = *state;
	const struct scheme scheme = { .publication = "internal" };
	struct slot *slot = add_slot(world, 2, "2026-03", on(2026, 4, 9, 570));
	const struct entry *said =
	    add_said(world, slot->release, on(2026, 4, 9, 570));
	struct verdicts none = { 0 };

	report_explain(&world->report, slot, &none, NULL, said, 1);
	assert_string_equal(printed(world),
	    "这项内容不公开（规则 D2）：不对外预告，也不作说明。\n");
	world->report.json = true;
	report_explain(&world->report, slot, &none, NULL, said, 1);
	assert_string_equal(printed(world),
	    "{\"schema\":\"yugao-explain/1\",\"public\":false,\"rule\":\"D2\","
	    "\"text\":[\"这项内容不公开（规则 "
	    "D2）：不对外预告，也不作说明。\"]}"
	    "\n");
	world->series[2].secrecy = SECRECY_PUBLIC;
	world->series[2].scheme = &scheme;
	report_explain(&world->report, slot, &none, NULL, said, 1);
	assert_says(printed(world), "\"rule\":\"E3\"");
}

static void
what_an_act_withholds_is_told_only_if_it_was_announced(void **state)
{
	struct world *world = *state;
	const struct life withheld = { .state = LIFE_WITHHELD };
	struct slot *slot = add_slot(world, 0, "2026-03", on(2026, 4, 9, 570));
	const struct entry *said =
	    add_said(world, slot->release, on(2026, 4, 9, 570));
	struct verdicts none = { 0 };

	slot->life = &withheld;
	slot->cancelled = true;
	assert_string_equal(explain(world, slot),
	    "这项内容不公开（规则 D4）：不对外预告，也不作说明。\n");
	report_explain(&world->report, slot, &none, NULL, said, 1);
	assert_says(printed(world), "现已取消。");
	world->series[0].secrecy = SECRECY_SECRET;
	assert_says(explain(world, slot), "（规则 D2）");
}

static void
days_stepped_over_are_named_with_their_notice(void **state)
{
	struct world *world = *state;
	static const int day[] = { 18 };
	struct timing timing = { .kind = TIMING_DAY, .days = day, .n_days = 1 };
	struct slot *slot = ruled(world, timing, day_of(2026, 2, 18));

	slot->why.roll = ROLL_FOLLOWING;
	slot->why.rolled = day_of(2026, 2, 24);
	slot->when = on(2026, 2, 24, 570);
	assert_says(sentences(world, slot),
	    "2026年2月18日（星期三）至2026年2月23日（星期一）为春节放假（"
	    "国办发明电〔2025〕7号）；遇休息日顺延至下一个工作日，即2026年2月24"
	    "日"
	    "（星期二）。");
	/* Backwards the days are still told in their order. */
	slot->why.roll = ROLL_PRECEDING;
	slot->why.rolled = day_of(2026, 2, 14);
	world->report.lang = LANG_EN;
	assert_says(sentences(world, slot),
	    "Sunday, 15 February 2026 to Wednesday, 18 February 2026 are off "
	    "for Spring Festival (");
}

static void
a_stated_date_is_held_against_the_rule(void **state)
{
	struct world *world = *state;
	static const int day[] = { 9 };
	struct timing timing = { .kind = TIMING_DAY, .days = day, .n_days = 1 };
	const struct occurrence occurrence = { .reason = {
						   "避开节假日", NULL } };
	struct slot *slot = ruled(world, timing, day_of(2026, 4, 9));

	slot->why.source = WHY_EXPLICIT;
	slot->why.occurrence = &occurrence;
	slot->when = on(2026, 4, 10, 570);
	assert_string_equal(sentences(world, slot),
	    "市统计局《居民消费价格指数》2026年3月数据定于2026年4月10日（星期五"
	    "）"
	    "9:30发布。\n"
	    "计划中直接写明了这一日期。\n"
	    "按规则（报告期次月的9日）应为2026年4月9日（星期四）。\n"
	    "原因：避开节假日");
	slot->when = on(2026, 4, 9, 570);
	assert_says(sentences(world, slot), "它与规则一致：报告期次月的9日。");
	slot->why.timing = NULL;
	slot->why.has_nominal = false;
	assert_silent_about(sentences(world, slot), "规则");
}

static void
an_act_is_told_with_who_when_and_why(void **state)
{
	struct world *world = *state;
	static const char *const own[] = { "tj/cpi/2026-03" };
	static const char *const base[] = { "tj/gdp/2026-03" };
	static const char *const all[] = { "tj/cpi/*" };
	static const char *const others[] = { "tj/cp/*" };
	struct act act = { .kind = ACT_MOVE,
		.releases = own,
		.n_releases = 1,
		.role = "stat_head",
		.document = "渝统〔2026〕3号",
		.reason = { "源数据迟到", NULL },
		.at = at("2026-03-20T23:00:00+08:00") };
	struct slot *slot = add_slot(world, 0, "2026-03", on(2026, 4, 11, 570));
	const char *text;

	slot->why.source = WHY_ACT;
	slot->why.act = &act;
	text = sentences(world, slot);
	assert_says(text,
	    "2026年3月20日（星期五）经统计负责人批准改到这一日期（"
	    "渝统〔2026〕3号）。\n原因：源数据迟到\n");
	assert_says(text, "请留意：2026年4月11日（星期六）为周末。");
	act.releases = base;
	slot->why.source = WHY_RULE;
	assert_says(sentences(world, slot), "它所依据的那项发布于");
	act.releases = others;
	assert_says(sentences(world, slot), "它所依据的那项发布于");
	act.releases = all;
	assert_silent_about(sentences(world, slot), "它所依据的那项发布于");
	act.releases = own;
	act.kind = ACT_CANCEL;
	act.document = NULL;
	act.role = "somebody";
	slot->cancelled = true;
	text = sentences(world, slot);
	assert_says(text, "发布，现已取消。");
	assert_says(text, "经somebody批准取消。");
}

static void
a_postponed_release_is_not_said_to_be_set(void **state)
{
	struct world *world = *state;
	static const char *const own[] = { "tj/cpi/2026-03" };
	struct act act = { .kind = ACT_POSTPONE,
		.releases = own,
		.n_releases = 1,
		.at = at("2026-04-09T15:00:00+08:00") };
	struct life life = { .state = LIFE_POSTPONED };
	struct slot *slot = add_slot(world, 0, "2026-03", on(2026, 4, 10, 570));
	const char *text;

	slot->why.act = &act;
	slot->life = &life;
	text = sentences(world, slot);
	assert_says(text, "现延期发布，新日期另行公布。");
	assert_says(
	    text, "经未写明的审批人批准延期，新日期待定。\n原因：没有说明");
	assert_silent_about(text, "改到这一日期");
	act.kind = ACT_REISSUE;
	act.role = "stat_head";
	life.state = LIFE_RELEASED;
	text = sentences(world, slot);
	assert_says(text, "已经发布");
	assert_says(text, "经统计负责人批准重新公告。");
	life.state = LIFE_DUE;
	act.kind = ACT_REINSTATE;
	assert_says(sentences(world, slot), "经统计负责人批准恢复。");
	act.has_to = true;
	assert_says(sentences(world, slot), "改到这一日期。");
}

static void
what_rests_on_unpublished_holidays_says_so(void **state)
{
	struct world *world = *state;
	struct slot *slot = add_slot(world, 0, "2026-03",
	    between(
		PRECISION_WINDOW, day_of(2026, 9, 1), day_of(2026, 10, 31)));

	slot->status = STATUS_TENTATIVE;
	slot->why.state = DAY_PROJECTED;
	assert_says(sentences(world, slot), "预计于2026年9月至2026年10月发布");
	assert_says(sentences(world, slot), "按法定节假日推算");
	slot->why.state = DAY_UNKNOWN;
	assert_says(sentences(world, slot), "超出可推算的范围");
	slot->why.state = DAY_PROVISIONAL;
	slot->when =
	    between(PRECISION_NLT, day_of(2026, 12, 31), day_of(2026, 12, 31));
	world->report.lang = LANG_EN;
	assert_says(sentences(world, slot),
	    "is to come no later than Thursday, 31 December 2026.");
	assert_says(sentences(world, slot), "the end of a year");
}

static const char *
said(struct world *world, struct moment when, enum said_status status)
{
	struct announcement announcement = { .release = "tj/cpi/2026-03",
		.uid = "tj.cpi.2026-03@stats.example",
		.department = "tj",
		.series = "cpi",
		.period = "2026-03",
		.publisher = { "市统计局", NULL },
		.title = { "居民消费价格指数", NULL },
		.when = when,
		.timezone = "Asia/Shanghai",
		.status = status,
		.reason = {
		    status == SAID_CANCELLED ? "并入季报" : NULL, NULL } };
	enum local_kind kind;
	struct buf json;

	announcement.start = zone_instant(world->plan.zone, when.start, &kind);
	buf_init(&json, world->arena);
	announcement_write(&json, &announcement, false);
	return json.data;
}

static void
history_tells_each_saying_with_its_days_of_notice(void **state)
{
	struct world *world = *state;
	struct moment when = on(2026, 4, 9, 570);
	struct entry v[2];

	v[0] = *add_said(world, "tj/cpi/2026-03", when);
	v[0].said = said(world, when, SAID_CONFIRMED);
	v[1] = v[0];
	v[1].id = 2;
	v[1].kind = ENTRY_CANCELLED;
	v[1].at = at("2026-04-01T09:00:00+08:00");
	v[1].status = SAID_CANCELLED;
	v[1].said = said(world, when, SAID_CANCELLED);
	report_explain(&world->report, NULL, NULL, NULL, v, 2);
	assert_string_equal(printed(world),
	    "市统计局《居民消费价格指数》2026年3月数据原定于2026年4月9日（星期"
	    "四）"
	    "9:30发布，\n现已取消。\n"
	    "现行计划中已没有 tj/cpi/2026-03，以上依据台账。\n"
	    "\n"
	    "公布经过\n"
	    "  2025-12-26 13:58  "
	    "首次公布，定于2026年4月9日（星期四）9:30（提前 "
	    "104 天）\n"
	    "  2026-04-01 09:00  取消（原定于2026年4月9日（星期四）9:30）\n"
	    "                    原因：并入季报\n");
	v[1].said = "{ broken";
	report_explain(&world->report, NULL, NULL, NULL, v, 2);
	assert_says(printed(world), "现行计划中已没有 tj/cpi/2026-03");
}

static void
an_explanation_is_a_document(void **state)
{
	struct world *world = *state;
	static const int day[] = { 18 };
	struct timing timing = { .kind = TIMING_DAY, .days = day, .n_days = 1 };
	struct slot *slot = ruled(world, timing, day_of(2026, 2, 18));
	struct policy_case c =
	    policy_case_of(&world->office, slot, &world->view, world->now);
	struct verdicts verdicts = { 0 };
	json_t *json;

	slot->why.rolled = day_of(2026, 2, 24);
	policy_judge(world->arena, &c, MOMENT_ANNOUNCE, &verdicts);
	world->report.json = true;
	report_explain(&world->report, slot, &verdicts, NULL, NULL, 0);
	json = json_loads(printed(world), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	assert_int_equal(json_array_size(json_object_get(
			     json_object_get(json, "why"), "steps")),
	    6);
	assert_int_equal(
	    json_array_size(json_object_get(json, "verdicts")), verdicts.n);
	json_decref(json);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_form_of_rule_is_told_in_both_languages),
		TEST(a_base_that_is_not_public_stays_without_name),
		TEST(what_is_not_public_is_told_by_its_rule_alone),
		TEST(what_an_act_withholds_is_told_only_if_it_was_announced),
		TEST(days_stepped_over_are_named_with_their_notice),
		TEST(a_stated_date_is_held_against_the_rule),
		TEST(an_act_is_told_with_who_when_and_why),
		TEST(a_postponed_release_is_not_said_to_be_set),
		TEST(what_rests_on_unpublished_holidays_says_so),
		TEST(history_tells_each_saying_with_its_days_of_notice),
		TEST(an_explanation_is_a_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
