/*
 * What portals are offered: by what they take and what they select.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../src/outbox/bundle_order.h"

#include "outbox_said.h"

#define QUEUED "SELECT COUNT(*) FROM message WHERE state = 'queued'"

static void
a_portal_gets_the_files_that_its_feeds_name(void **state)
{
	static const char *const feeds[] = { "releases.*", "topics/*.ics" };
	struct world *world = *state;

	world->portals[0].feeds = (struct selection){ feeds, 2 };
	give_file(world, "releases.ics", "1");
	give_file(world, "releases.json", "2");
	give_file(world, "index.html", "3");
	fill(world);
	assert_int_equal(number(world, QUEUED), 2);
	assert_int_equal(number(world, QUEUED " AND path = 'index.html'"), 0);
}

static const char *const departments[] = { "nbs", "yu" };

/* Files of the tree, and for whom they are: department yu, zh, en. */
static const struct {
	const char *path;
	bool yu, zh, en;
} files[] = {
	{ "releases.ics", false, true, false },
	{ "index.html", false, true, false },
	{ "en/releases.ics", false, false, true },
	{ "en/index.html", false, false, true },
	{ "departments/yu/releases.ics", true, true, false },
	{ "departments/yu/index.html", true, true, false },
	{ "en/departments/yu/releases.ics", true, false, true },
	{ "departments/yuxi/releases.ics", false, true, false },
	{ "departments/nbs/releases.ics", false, true, false },
	{ "series/yu/cpi/releases.ics", true, true, false },
	{ "series/nbs/cpi/releases.ics", false, true, false },
	{ "en/releases/yu/cpi/2026-03/release.ics", true, false, true },
	{ "releases/nbs/cpi/2026-03/release.ics", false, true, false },
	{ "topics/prices/releases.ics", false, true, false },
	{ "districts/500101/releases.ics", false, true, false },
	{ "archive/2025/releases.ics", false, true, false },
	{ "log/2026.jsonl", false, true, true },
	{ "assets/site.css", true, true, true },
	{ "sitemap.xml", false, true, false },
};

static void
departments_and_languages_choose_files_by_their_paths(void **state)
{
	struct world *world = *state;
	struct portal portal = { .kind = "http-put" };
	size_t i;

	for (i = 0; i < COUNT(files); i++) {
		portal.departments = (struct selection){ &departments[1], 1 };
		portal.languages = 0;
		assert_int_equal(
		    selection_has_file(world->arena, &portal, files[i].path),
		    files[i].yu);
		portal.departments.n = 0;
		portal.languages = 1U << LANG_ZH;
		assert_int_equal(
		    selection_has_file(world->arena, &portal, files[i].path),
		    files[i].zh);
		portal.languages = 1U << LANG_EN;
		assert_int_equal(
		    selection_has_file(world->arena, &portal, files[i].path),
		    files[i].en);
		portal.languages = 0;
		assert_true(
		    selection_has_file(world->arena, &portal, files[i].path));
	}
}

static void
what_a_narrower_selection_leaves_out_is_removed(void **state)
{
	static const char *const feeds[] = { "a.*" };
	struct world *world = *state;

	give_file(world, "a.ics", "a");
	deliver(world, "b.ics", "b");
	world->portals[0].feeds = (struct selection){ feeds, 1 };
	fill(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(number(world, QUEUED " AND remove = 1"
					      " AND path = 'b.ics'"),
	    1);
	world->portals[0].feeds.n = 0;
	fill(world);
	assert_int_equal(number(world, QUEUED " AND remove = 0"
					      " AND path = 'b.ics'"),
	    1);
}

static void
many_portals_that_take_the_same_cost_one_set(void **state)
{
	struct world *world = *state;
	struct portal *many = arena_alloc(world->arena, 200 * sizeof(*many));
	size_t i;

	for (i = 0; i < 200; i++) {
		many[i] = world->portals[0];
		many[i].id = arena_printf(world->arena, "p%03zu", i);
		many[i].kind = i % 2 == 0 ? "http-put" : "webhook";
	}
	world->office.portals = many;
	world->office.n_portals = 200;
	give_file(world, "releases.ics", "1");
	fill(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	say_release(world, "yu/cpi/2026-04", ENTRY_NEW, 0);
	fill(world);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM offered"), 3);
	assert_int_equal(number(world, QUEUED), 100 + 200);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM spool"), 2);
	fill(world);
	assert_int_equal(number(world, QUEUED), 300);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM message"), 300);
}

/* The newest confirmation's first entry. */
#define FROM                                                         \
	"SELECT coalesce(max(json_extract(body, '$.from')), 0) FROM" \
	" record WHERE kind = 'notice'"

static void
a_new_portal_gets_the_changes_from_then_on(void **state)
{
	struct world *world = *state;
	struct confirmation shown;
	struct view view;

	give_file(world, "releases.ics", "1");
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	say_release(world, "yu/cpi/2026-04", ENTRY_NEW, 0);
	world->portals[0].kind = "webhook";
	fill(world);
	assert_int_equal(number(world, QUEUED), 0);
	assert_int_equal(number(world, FROM), 3);
	say_release(world, "yu/cpi/2026-03", ENTRY_MOVED_LATER, 1);
	fill(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(number(world, "SELECT first_entry FROM message"), 3);
	assert_non_null(strstr(body_of(world, "yu/cpi/2026-03"),
	    "\"kind\":\"moved-later\",\"entry\":3,"));
	/* It is not said to have shown what was said before it was there. */
	no_error(ledger_view(world->arena, world->store, &view));
	assert_false(view_confirmed(&view, "a", 2, &shown));
	assert_true(view_precedes(&view, "a", 2));
	assert_false(view_precedes(&view, "a", 3));
	assert_false(view_precedes(&view, "b", 2));
}

static void
a_portal_that_was_met_before_the_first_word_gets_all(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	no_error(store_begin(world->store));
	no_error(outbox_meet(world->arena, world->store, &world->office));
	no_error(store_commit(world->store));
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(number(world, FROM), 0);
}

static void
a_newer_change_of_a_release_takes_the_place_of_one_that_waits(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	say_release(world, "yu/cpi/2026-04", ENTRY_NEW, 0);
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_MOVED_LATER, 1);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	assert_non_null(
	    strstr(body_of(world, "yu/cpi/2026-03"), "\"sequence\":1"));
	/* What it replaced is still owed, and swept away. */
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"
				       " AND path = 'yu/cpi/2026-03'"),
	    1);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM spool"), 2);
}

static void
changes_are_of_the_selected_departments_only(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	world->portals[0].departments =
	    (struct selection){ &departments[1], 1 };
	deliver_nothing(world);
	say_release(world, "nbs/cpi/2026-03", ENTRY_NEW, 0);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(
	    number(world, QUEUED " AND path = 'yu/cpi/2026-03'"), 1);
}

static void
another_selection_is_applied_to_what_still_waits(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	deliver_nothing(world);
	say_release(world, "nbs/cpi/2026-03", ENTRY_NEW, 0);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	world->portals[0].departments = (struct selection){ departments, 1 };
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(
	    number(world, QUEUED " AND path = 'nbs/cpi/2026-03'"), 1);
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"),
	    1);
}

static void
a_message_speaks_the_languages_that_are_selected(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	world->portals[0].languages = 1U << LANG_EN;
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_null(strstr(body_of(world, "yu/cpi/2026-03"), "\"zh\":"));
	assert_non_null(strstr(body_of(world, "yu/cpi/2026-03"), "\"en\":"));
}

static void
events_stand_in_a_collection_a_year_and_language(void **state)
{
	struct world *world = *state;
	const char *body;

	world->portals[0].kind = "caldav";
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	body = body_of(world, "2026/yu.cpi.2026-03@example.cn.ics");
	assert_non_null(strstr(body, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
	assert_non_null(strstr(body, "\r\nBEGIN:VEVENT\r\n"));
	assert_non_null(strstr(body, "\r\nEND:VCALENDAR\r\n"));
	assert_null(strstr(body, "METHOD"));
	assert_non_null(strstr(body, "SEQUENCE:0"));
	body_of(world, "2026.en/yu.cpi.2026-03@example.cn.ics");
	say_release(world, "yu/cpi/2026-03", ENTRY_MOVED_LATER, 1);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	body = body_of(world, "2026/yu.cpi.2026-03@example.cn.ics");
	assert_non_null(strstr(body, "SEQUENCE:1"));
}

/* As if everything that is queued had been taken. */
static void
take_all(struct world *world)
{
	no_error(store_run(world->store,
	    "INSERT INTO remote (portal, path, digest, at)"
	    " SELECT portal, path, digest, 1 FROM message"
	    " WHERE state = 'queued'"));
	no_error(store_run(world->store,
	    "UPDATE message SET state = 'accepted' WHERE state = 'queued'"));
}

static void
another_grouping_moves_the_events(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "caldav";
	world->portals[0].languages = 1U << LANG_ZH;
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	take_all(world);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 0);
	world->portals[0].calendars = GROUPING_TOPIC;
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	assert_int_equal(number(world, QUEUED " AND remove = 1 AND path ="
					      " '2026/yu.cpi.2026-03@example.cn"
					      ".ics'"),
	    1);
	body_of(world, "prices/yu.cpi.2026-03@example.cn.ics");
}

static void
what_was_delivered_once_is_no_news_again(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	world->portals[1].kind = "robot";
	world->portals[1].url = NULL;
	world->portals[1].url_secret.name = "robot.url";
	world->office.n_portals = 2;
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	take_all(world);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 0);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM spool"), 0);
	say_release(world, "yu/cpi/2026-03", ENTRY_MOVED_LATER, 1);
	say_release(world, "yu/cpi/2026-03", ENTRY_MOVED_LATER, 2);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 2);
	assert_int_equal(number(world, QUEUED " AND first_entry = 2"), 2);
}

static void
a_digest_tells_all_that_waits_in_one_text(void **state)
{
	struct world *world = *state;
	const char *body;
	int i;

	world->portals[0].kind = "robot";
	world->portals[0].url = NULL;
	world->portals[0].url_secret.name = "robot.url";
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	for (i = 1; i <= 40; i++)
		say_release(world,
		    arena_printf(
			world->arena, "yu/ppi/2026-%02d-D1", i % 12 + 1),
		    i <= 12 ? ENTRY_NEW : ENTRY_MOVED_LATER,
		    i <= 12 ? 0 : (i - 1) / 12);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"),
	    1);
	body = body_of(world, "digest");
	assert_true(strlen(body) <= DIGEST_TEXT_MOST);
	assert_int_equal(utf8_check(body, strlen(body)), strlen(body));
	assert_non_null(strstr(body, "13项"));
	/* Those that moved come first. */
	assert_non_null(strstr(body, "另有"));
	assert_non_null(strstr(body, "https://example.cn/"));
}

static void
a_bundle_carries_the_tree_and_what_is_new(void **state)
{
	struct world *world = *state;
	const char *body, *sums;
	struct digest digest;
	size_t len;

	world->portals[0].kind = "bundle";
	world->portals[0].url = NULL;
	world->portals[0].path = world->dir;
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	body = body_of(world, "bundle");
	assert_memory_equal(body, "yugao-bundle/1\nname yugao-20251226-1\n",
	    strlen("yugao-bundle/1\nname yugao-20251226-1\n"));
	assert_non_null(strstr(body, "居民消费价格指数"));
	sums = bundle_order_sums(body, &len);
	assert_non_null(sums);
	assert_int_equal(
	    digest_parse(arena_strndup(world->arena, sums, 64), &digest), 0);
	assert_non_null(strstr(sums, "  cover.html\n"));
	assert_non_null(strstr(sums, "  tree/releases.ics\n"));
	assert_int_equal(sums[len], '\0');
	/* What waits is told again with what came after it. */
	say_release(world, "yu/ppi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 1);
	assert_non_null(
	    strstr(body_of(world, "bundle"), "name yugao-20251226-2\n"));
	take_all(world);
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 0);
}

static void
a_bundle_that_was_never_made_cannot_be_acknowledged(void **state)
{
	static const char *const names[] = { "yugao-20251226-1", "yugao-x",
		"other-1", "", "../yugao-20251226-1", "yugao-20251226-99" };
	struct world *world = *state;
	struct instant at = { T0 };
	size_t i;

	world->portals[0].kind = "bundle";
	world->portals[0].url = NULL;
	world->portals[0].path = world->dir;
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	for (i = 0; i < COUNT(names); i++)
		assert_non_null(outbox_acknowledge(world->arena, world->store,
		    &world->portals[0], names[i], at));
	assert_int_equal(number(world, QUEUED), 1);
	assert_non_null(outbox_acknowledge(world->arena, world->store,
	    &world->portals[1], "yugao-20251226-1", at));
}

static void
an_older_bundle_leaves_the_rest_to_the_one_that_waits(void **state)
{
	struct world *world = *state;
	struct confirmation shown;
	struct view view;

	world->portals[0].kind = "bundle";
	world->portals[0].url = NULL;
	world->portals[0].path = world->dir;
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	no_error(file_replace(world->arena,
	    file_join(world->arena, world->dir, "yugao-20251226-1.zip"), "z",
	    1));
	say_release(world, "yu/ppi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	no_error(store_begin(world->store));
	no_error(
	    outbox_acknowledge(world->arena, world->store, &world->portals[0],
		"yugao-20251226-1.zip", (struct instant){ T0 }));
	no_error(store_commit(world->store));
	no_error(ledger_view(world->arena, world->store, &view));
	assert_true(view_confirmed(&view, "a", 1, &shown));
	assert_false(shown.read_back);
	assert_false(view_confirmed(&view, "a", 2, &shown));
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED " AND first_entry = 2"), 1);
}

static void
a_portal_that_moved_begins_anew(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "webhook";
	deliver_nothing(world);
	say_release(world, "yu/cpi/2026-03", ENTRY_NEW, 0);
	deliver_nothing(world);
	world->portals[0].url = "http://a/elsewhere";
	deliver_nothing(world);
	assert_int_equal(number(world, QUEUED), 0);
	assert_int_equal(number(world, FROM), 2);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup_said, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_portal_gets_the_files_that_its_feeds_name),
		TEST(departments_and_languages_choose_files_by_their_paths),
		TEST(what_a_narrower_selection_leaves_out_is_removed),
		TEST(many_portals_that_take_the_same_cost_one_set),
		TEST(a_new_portal_gets_the_changes_from_then_on),
		TEST(a_portal_that_was_met_before_the_first_word_gets_all),
		TEST(
		    a_newer_change_of_a_release_takes_the_place_of_one_that_waits),
		TEST(changes_are_of_the_selected_departments_only),
		TEST(another_selection_is_applied_to_what_still_waits),
		TEST(a_message_speaks_the_languages_that_are_selected),
		TEST(events_stand_in_a_collection_a_year_and_language),
		TEST(another_grouping_moves_the_events),
		TEST(what_was_delivered_once_is_no_news_again),
		TEST(a_digest_tells_all_that_waits_in_one_text),
		TEST(a_bundle_carries_the_tree_and_what_is_new),
		TEST(a_bundle_that_was_never_made_cannot_be_acknowledged),
		TEST(an_older_bundle_leaves_the_rest_to_the_one_that_waits),
		TEST(a_portal_that_moved_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
