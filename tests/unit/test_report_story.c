#include "report_world.h"

#include <jansson.h>

static json_t *
document(const char *text, const char *schema)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	if (json == NULL)
		fail_msg("not JSON: %s", text);
	assert_string_equal(
	    json_string_value(json_object_get(json, "schema")), schema);
	return json;
}

/* diff */

static const char *
diff(struct world *world, struct change *v, size_t n)
{
	const struct changes changes = { .v = v, .n = n, .cap = n, .same = 12 };

	report_diff(&world->report, &changes, &world->diags);
	return printed(world);
}

static void
nothing_to_say_is_one_sentence(void **state)
{
	struct world *world = *state;

	assert_string_equal(diff(world, NULL, 0),
	    "没有要公布的内容：已公布的 12 项都没有变化。\n");
	world->report.quiet = true;
	assert_string_equal(diff(world, NULL, 0), "");
}

static void
a_move_shows_both_times_reason_and_who_decided(void **state)
{
	struct world *world = *state;
	const struct act act = { .kind = ACT_MOVE,
		.role = "stat_head",
		.document = "渝统〔2026〕3号",
		.reason = { "源数据迟到", "source data late" } };
	struct change change = { .kind = ENTRY_MOVED_LATER,
		.release = "tj/cpi/2026-03",
		.sequence = 1,
		.act = &act };
	const char *text;

	change.said = add_said(world, "tj/cpi/2026-03", on(2026, 4, 9, 570));
	change.slot = add_slot(world, 0, "2026-03", on(2026, 4, 10, 570));
	assert_string_equal(diff(world, &change, 1),
	    "市统计局（tj）  推迟 1\n"
	    "~ 推迟  2026-04-09 周四 09:30 → 2026-04-10 周五 09:30  "
	    "居民消费价格指数（2026年3月）  #1\n"
	    "      原因：源数据迟到（统计负责人，渝统〔2026〕3号）\n"
	    "\n"
	    "共 1 项更改；12 项不变\n");
	world->report.lang = LANG_EN;
	text = diff(world, &change, 1);
	assert_says(text, "2026-04-09 Thu 09:30 → 2026-04-10 Fri 09:30");
	assert_says(text, "source data late (statistics head, ");
}

static void
times_are_shown_on_the_clock_of_the_office(void **state)
{
	struct world *world = *state;
	struct change change = { .kind = ENTRY_NEW,
		.release = "tj/cpi/2026-03" };
	struct zone *zone;

	assert_null(zone_open(world->arena, "America/New_York", &zone));
	world->plan.zone = zone;
	change.slot = add_slot(world, 0, "2026-03", on(2026, 4, 9, 20 * 60));
	assert_says(diff(world, &change, 1), "2026-04-10 周五 08:00");
}

static void
late_cancelled_and_edition_have_marks_of_their_own(void **state)
{
	struct world *world = *state;
	struct change v[] = {
		{ .kind = ENTRY_EDITION, .year = 2026 },
		{ .kind = ENTRY_NEW,
		    .release = "tj/cpi/2025-11",
		    .late = true },
		{ .kind = ENTRY_CANCELLED,
		    .release = "tj/gone/2026-03",
		    .sequence = 2 },
	};
	const char *text;

	add_slot(world, 0, "2025-11", on(2025, 12, 9, 570));
	v[1].slot = &world->slots.v[0];
	v[2].said = add_said(world, "tj/gone/2026-03", on(2026, 4, 9, 570));
	text = diff(world, v, COUNT(v));
	assert_says(text, "* 订阅源收录 2025—2027 年\n");
	assert_says(text, "居民消费价格指数（2025年11月）  事后公告\n");
	/* The plan has dropped it, so its key is all there is to show. */
	assert_says(
	    text, "× 取消  2026-04-09 周四 09:30  tj/gone/2026-03  #2\n");
	assert_says(text, "共 2 项更改");
}

static void
a_diff_is_a_document_whatever_is_in_it(void **state)
{
	struct world *world = *state;
	static const struct policy_rule rule = { .id = "C7" };
	struct verdict verdict = { .rule = &rule,
		.outcome = OUTCOME_WARN,
		.measured_text = "\"\\\n" };
	struct change v[] = {
		{ .kind = ENTRY_EDITION, .year = 2026 },
		{ .kind = ENTRY_NEW,
		    .release = "tj/ppi/2026-03",
		    .verdicts = { &verdict, 1, 1, OUTCOME_WARN } },
		{ .kind = ENTRY_CANCELLED, .release = "tj/gone/2026-03" },
	};
	json_t *json, *changes;

	world->report.json = true;
	diff(world, NULL, 0);
	world->series[3].title.zh = "价\"格\\";
	v[1].slot = add_slot(world, 3, "2026-03",
	    between(PRECISION_NLT, day_of(2026, 4, 1), day_of(2026, 4, 30)));
	json = document(diff(world, v, COUNT(v)), "yugao-diff/1");
	changes = json_object_get(json, "changes");
	assert_int_equal(json_array_size(changes), 3);
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(changes, 1), "when")),
	    "2026-04-01/2026-04-30");
	json_decref(json);
}

/* done */

static void
a_run_without_work_says_so_once(void **state)
{
	struct world *world = *state;
	const struct changes none = { 0 };
	const struct outbox_run push = { 0 };
	const struct outbox_status outbox = { 0 };
	struct report_done done = {
		.changes = &none, .push = &push, .outbox = &outbox
	};

	report_done(&world->report, &done);
	assert_string_equal(printed(world), "没有要公布的，也没有要送达的。\n");
	done.push = NULL;
	report_done(&world->report, &done);
	assert_string_equal(printed(world), "没有要公布的内容。\n");
	world->report.quiet = true;
	report_done(&world->report, &done);
	assert_string_equal(printed(world), "");
}

static struct portal_status portals[] = {
	{ .portal = "mirror", .accepted = 14 },
	{ .portal = "web",
	    .accepted = 3,
	    .queued = 2,
	    .held = 1,
	    .has_next = true,
	    .problem = "401 \033[31mgo away" },
};
static const struct outbox_status outbox = {
	.v = portals, .n = 2, .cap = 2, .waiting = 3
};

static void
quiet_tells_only_what_is_still_to_be_done(void **state)
{
	struct world *world = *state;
	struct change change = { .kind = ENTRY_NEW,
		.release = "tj/cpi/2026-03" };
	const struct changes changes = {
		.v = &change, .n = 1, .cap = 1, .blocked = 2
	};
	struct tree_file file = { .path = "releases.ics", .changed = true };
	const struct tree_files files = { &file, 1, 1 };
	const struct outbox_run push = { .accepted = 17, .failed = 2 };
	struct report_done done = { .changes = &changes,
		.files = &files,
		.push = &push,
		.outbox = &outbox };
	const char *text;

	portals[1].next = world->now;
	report_done(&world->report, &done);
	text = printed(world);
	assert_says(text, "已公布 1 项  新增 1\n");
	assert_says(text, "公开目录：更新 1 个文件，共 1 个\n");
	assert_says(text, "送达 17 份，失败 2 份\n");
	assert_says(text, "  mirror  已同步 14 份 · 待送 0\n");
	assert_says(text,
	    "  web     已同步 3 份 · 待送 2 · 暂停 1  下次 2025-12-26 13:58\n");
	assert_says(text, "问题：401 \\u001b[31mgo away\n");
	assert_silent_about(text, "  releases.ics");
	world->report.quiet = true;
	report_done(&world->report, &done);
	text = printed(world);
	assert_silent_about(text, "已公布");
	assert_silent_about(text, "mirror");
	assert_says(text, "2 项被政策阻止");
	assert_says(text, "待送 2");
}

static void
a_push_is_a_document_without_the_parts_not_done(void **state)
{
	struct world *world = *state;
	const struct outbox_run push = { .accepted = 1 };
	const struct report_done done = { .push = &push, .outbox = &outbox };
	json_t *json;

	world->report.json = true;
	report_done(&world->report, &done);
	json = document(printed(world), "yugao-run/1");
	assert_null(json_object_get(json, "announced"));
	assert_null(json_object_get(json, "files"));
	assert_int_equal(
	    json_integer_value(json_object_get(json, "waiting")), 3);
	json_decref(json);
}

/* status */

static void
status_shows_what_is_still_to_come_soonest_first(void **state)
{
	struct world *world = *state;
	const char *text, *first, *second;
	struct entry *entry;
	int i;

	world->now = at("2026-01-09T10:00:00+08:00");
	add_said(world, "tj/a/past", on(2026, 1, 9, 570));
	add_said(world, "tj/b/cancelled", on(2026, 1, 10, 570));
	entry = &world->view.v[1];
	entry->status = SAID_CANCELLED;
	add_said(world, "tj/c/second", on(2026, 1, 10, 570));
	add_said(world, "tj/d/today", on(2026, 1, 9, NO_TIME));
	for (i = 0; i < 12; i++)
		add_said(world, arena_printf(world->arena, "tj/z/%d", i),
		    on(2026, 2, 1 + i, 570));
	report_status(
	    &world->report, &world->view, &outbox, NULL, 0, world->now);
	text = printed(world);
	assert_silent_about(text, "past");
	assert_silent_about(text, "cancelled");
	first = strstr(text, "2026-01-09 周五        今天       tj/d/today\n");
	second =
	    strstr(text, "2026-01-10 周六 09:30  明天       tj/c/second\n");
	assert_true(first != NULL && second != NULL && first < second);
	assert_says(text, "tj/z/7\n");
	assert_silent_about(text, "tj/z/8");
}

static void
status_before_the_first_announcement_says_what_to_run(void **state)
{
	struct world *world = *state;
	const struct outbox_status none = { 0 };

	world->report.lang = LANG_EN;
	report_status(&world->report, &world->view, &none, NULL, 0, world->now);
	assert_string_equal(printed(world),
	    "Next releases\n"
	    "  Nothing has been announced yet; start with yugao run.\n"
	    "\n"
	    "Portals\n"
	    "  no portals are configured\n");
	world->report.json = true;
	report_status(&world->report, &world->view, &none, NULL, 0, world->now);
	json_decref(document(printed(world), "yugao-status/1"));
}

static void
status_lines_up_windows_and_ends_with_the_key(void **state)
{
	const struct announcement cpi = { .release = "tj/cpi/2026-03",
		.uid = "tj.cpi.2026-03@stats.example",
		.department = "tj",
		.series = "cpi",
		.period = "2026-03",
		.title.zh = "居民消费价格",
		.when = on(2026, 4, 9, 570),
		.timezone = "Asia/Shanghai",
		.status = SAID_CONFIRMED };
	struct world *world = *state;
	const char *text;
	struct buf said;

	buf_init(&said, world->arena);
	announcement_write(&said, &cpi, false);
	add_said(world, "tj/cpi/2026-03", on(2026, 4, 9, 570));
	add_said(world, "tj/gdp/2026-Q1",
	    between(
		PRECISION_WINDOW, day_of(2026, 4, 13), day_of(2026, 4, 17)));
	world->view.v[0].said = world->view.v[1].said = said.data;
	report_status(
	    &world->report, &world->view, &outbox, NULL, 0, world->now);
	text = printed(world);
	assert_says(text, "  2026-04-09 周四 09:30   104 天后   "
			  "居民消费价格（2026年3月）  tj/cpi/2026-03\n"
			  "  2026-04-13至2026-04-17  108 天后   "
			  "居民消费价格（2026年3月）  tj/gdp/2026-Q1\n");
}

static void
a_damaged_file_of_ours_is_not_the_portals_refusal(void **state)
{
	struct world *world = *state;
	struct portal_status web = { .portal = "web",
		.refused = 2,
		.damaged = 2,
		.problem = "@outbox.source" };
	const struct outbox_status bad = {
		.v = &web, .n = 1, .cap = 1, .waiting = 2
	};

	report_status(&world->report, &world->view, &bad, NULL, 0, world->now);
	assert_silent_about(printed(world), "门户不接受这些内容");
	web.damaged = 1;
	report_status(&world->report, &world->view, &bad, NULL, 0, world->now);
	assert_says(printed(world), "门户不接受这些内容");
}

static void
a_problem_of_a_directory_names_it(void **state)
{
	struct world *world = *state;
	const struct portal portal = {
		.id = "web", .kind = "directory", .url = "/srv/www"
	};
	struct portal_status web = { .portal = "web",
		.queued = 2,
		.problem = "@channel.directory_missing" };
	const struct outbox_status bad = {
		.v = &web, .n = 1, .cap = 1, .waiting = 2
	};
	json_t *json;

	world->office.portals = &portal;
	world->office.n_portals = 1;
	report_status(&world->report, &world->view, &bad, NULL, 0, world->now);
	assert_says(printed(world), "/srv/www");
	world->report.json = true;
	report_status(&world->report, &world->view, &bad, NULL, 0, world->now);
	json = document(printed(world), "yugao-status/1");
	assert_non_null(
	    strstr(json_string_value(json_object_get(
		       json_array_get(json_object_get(json, "portals"), 0),
		       "problem")),
		"/srv/www"));
	json_decref(json);
}

static void
attempts_are_told_only_when_asked_for(void **state)
{
	struct world *world = *state;
	const struct attempt attempt = { .portal = "web",
		.path = "en/releases.ics",
		.problem = "timed out",
		.detail = "nobody at home",
		.at = world->now,
		.ms = 30000 };

	report_status(
	    &world->report, &world->view, &outbox, &attempt, 1, world->now);
	assert_silent_about(printed(world), "timed out");
	world->report.verbose = true;
	report_status(
	    &world->report, &world->view, &outbox, &attempt, 1, world->now);
	assert_says(printed(world),
	    "  2025-12-26 13:58  web  ---  30000 ms         0 B  "
	    "en/releases.ics\n      问题：timed out\n"
	    "      门户的说明：nobody at home\n");
}

/* log */

static void
the_ledger_is_one_line_an_entry(void **state)
{
	struct world *world = *state;
	struct entry edition = {
		.id = 1, .kind = ENTRY_EDITION, .year = 2026, .at = world->now
	};
	struct entry entry =
	    *add_said(world, "tj/cpi/2026-03", on(2026, 4, 9, 570));
	json_t *json;

	report_log(&world->report, &edition, 1);
	assert_string_equal(printed(world),
	    "2025-12-26 13:58  换年  订阅源收录 2025—2027 年\n");
	entry.said = "{ not an announcement";
	report_log(&world->report, &entry, 1);
	assert_string_equal(printed(world),
	    "2025-12-26 13:58  新增  2026-04-09 周四 09:30  #0  "
	    "tj/cpi/2026-03\n");
	world->report.json = true;
	entry.said = "{\"a\":[1,\"}\"]}";
	report_log(&world->report, &entry, 1);
	json = document(printed(world), "yugao-log/1");
	assert_true(json_is_object(json_object_get(json, "said")));
	json_decref(json);
	report_log(&world->report, &edition, 1);
	json_decref(document(printed(world), "yugao-log/1"));
}

static void
every_kind_in_a_log_ends_before_the_time(void **state)
{
	struct world *world = *state;
	struct entry entry =
	    *add_said(world, "tj/cpi/2026-03", on(2026, 4, 9, 570));
	int kind;

	world->report.lang = LANG_EN;
	for (kind = ENTRY_NEW; kind < ENTRY_EDITION; kind++) {
		entry.kind = (enum entry_kind)kind;
		report_log(&world->report, &entry, 1);
		assert_says(printed(world), "  2026-04-09 Thu 09:30 ");
	}
}

static void
a_log_without_an_office_tells_utc(void **state)
{
	struct world *world = *state;
	struct entry entry =
	    *add_said(world, "tj/cpi/2026-03", on(2026, 4, 9, 570));

	world->report.office = NULL;
	entry.at.s = -1;
	report_log(&world->report, &entry, 1);
	assert_says(printed(world), "1969-12-31 23:59  新增");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_to_say_is_one_sentence),
		TEST(a_move_shows_both_times_reason_and_who_decided),
		TEST(times_are_shown_on_the_clock_of_the_office),
		TEST(late_cancelled_and_edition_have_marks_of_their_own),
		TEST(a_diff_is_a_document_whatever_is_in_it),
		TEST(a_run_without_work_says_so_once),
		TEST(quiet_tells_only_what_is_still_to_be_done),
		TEST(a_push_is_a_document_without_the_parts_not_done),
		TEST(status_shows_what_is_still_to_come_soonest_first),
		TEST(status_before_the_first_announcement_says_what_to_run),
		TEST(status_lines_up_windows_and_ends_with_the_key),
		TEST(a_damaged_file_of_ours_is_not_the_portals_refusal),
		TEST(a_problem_of_a_directory_names_it),
		TEST(attempts_are_told_only_when_asked_for),
		TEST(the_ledger_is_one_line_an_entry),
		TEST(every_kind_in_a_log_ends_before_the_time),
		TEST(a_log_without_an_office_tells_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
