#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/site.h>

#include "tree_world.h"

#define NOW 1766728680 /* 2025-12-26T05:58:00Z */

static int
set_up_site(void **state)
{
	struct fixture *f;

	set_up(state);
	f = *state;
	f->office.site_files = "config/site";
	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	return 0;
}

static struct announcement
consumer_prices(int month, int mday)
{
	struct day day = day_of(2026, month, mday);

	return (struct announcement){
		.release = month == 3 ? "nbs/cpi/2026-02" : "nbs/cpi/2026-03",
		.department = "nbs",
		.series = "cpi",
		.period = month == 3 ? "2026-02" : "2026-03",
		.uid = month == 3 ? "nbs.cpi.2026-02@stats.example"
				  : "nbs.cpi.2026-03@stats.example",
		.publisher = { "国家统计局", "NBS" },
		.title = { "居民消费价格", "Consumer prices" },
		.when = { PRECISION_INSTANT, { day, 570 }, day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
}

static void
plan(struct fixture *f, struct view *view, struct site_pages *pages)
{
	no_error(ledger_view(f->arena, f->store, view));
	no_error(site_plan(f->arena, f->store, &f->office, view, pages));
}

static const struct site_page *
find_page(const struct site_pages *pages, const char *path)
{
	size_t i;

	for (i = 0; i < pages->n; i++)
		if (strcmp(pages->v[i].path, path) == 0)
			return &pages->v[i];
	return NULL;
}

static const char *
written(struct fixture *f, const char *path)
{
	struct view view;
	struct site_pages pages;
	const struct site_page *page;
	struct buf out;

	plan(f, &view, &pages);
	page = find_page(&pages, path);
	assert_non_null(page);
	buf_init(&out, f->arena);
	no_error(site_write(f->arena, f->store, page, &out));
	return out.data;
}

static void
contains(const char *page, const char *text)
{
	if (strstr(page, text) == NULL)
		fail_msg("\"%s\" is not in %s", text, page);
}

static void
lacks(const char *page, const char *text)
{
	if (strstr(page, text) != NULL)
		fail_msg("\"%s\" is in %s", text, page);
}

static void
hostile_words_are_inert_on_every_page(void **state)
{
	struct fixture *f = *state;
	struct announcement a = consumer_prices(3, 9);
	struct view view;
	struct site_pages pages;
	size_t i;

	a.title.zh = "</script><script>alert(1)</script>\"' onload=x";
	a.publisher.zh = "<img src=x onerror=alert(1)>\xe2\x80\xae";
	a.note.zh = "{root}{0}@site.search";
	a.reason.zh = "--><svg/onload=alert(1)>";
	a.url = "javascript:alert(1)";
	say_announcement(f, &a, 0, NOW);
	plan(f, &view, &pages);
	for (i = 0; i < pages.n; i++) {
		struct buf out;

		if (pages.v[i].book ||
		    strncmp(pages.v[i].path, "assets/", 7) == 0)
			continue;
		buf_init(&out, f->arena);
		no_error(site_write(f->arena, f->store, &pages.v[i], &out));
		lacks(out.data, "\xe2\x80\xae");
		/* Served as text/plain. */
		if (strstr(pages.v[i].path, ".txt") != NULL)
			continue;
		lacks(out.data, "<script>");
		lacks(out.data, "<img src=x");
		lacks(out.data, "<svg/");
		lacks(out.data, "\"javascript:");
		lacks(out.data, " onload=x\"");
	}
	contains(written(f, "releases/nbs/cpi/2026-02/index.html"),
	    "{root}{0}@site.search");
}

static void
a_release_tells_its_history_with_reason_and_notice(void **state)
{
	struct fixture *f = *state;
	struct announcement a = consumer_prices(3, 9);
	const char *page;

	say_announcement(f, &a, 0, NOW);
	a.has_previous = true;
	a.previous = a.when;
	a.when.start.day = a.when.last = day_of(2026, 3, 11);
	a.start.s += 2 * 86400;
	a.reason.zh = "数据需要复核";
	say_announcement(f, &a, 1, NOW + 86400);
	page = written(f, "releases/nbs/cpi/2026-02/index.html");
	contains(page, "首次预告，定于2026年3月9日（星期一）09:30");
	contains(page, "由2026年3月9日（星期一）09:30推迟到2026年3月11日"
		       "（星期三）09:30");
	contains(page, "数据需要复核");
	contains(page, "提前 73 天");
	contains(page, "提前 74 天");
	contains(page, "EventRescheduled");
	contains(page, "log/2025.jsonl");
	page = written(f, "en/releases/nbs/cpi/2026-02/index.html");
	contains(page, "Moved from Monday, 9 March 2026, 09:30 to Wednesday");
	contains(page, "<html lang=\"en\">");
}

static void
a_release_names_the_next_one_of_its_series(void **state)
{
	struct fixture *f = *state;
	struct announcement first = consumer_prices(3, 9);
	struct announcement second = consumer_prices(4, 10);

	say_announcement(f, &first, 0, NOW);
	say_announcement(f, &second, 0, NOW + 1);
	contains(written(f, "releases/nbs/cpi/2026-02/index.html"),
	    "href=\"../../../../releases/nbs/cpi/2026-03/\"");
	lacks(written(f, "releases/nbs/cpi/2026-03/index.html"),
	    "releases/nbs/cpi/2026-02/\"");
}

static void
a_change_touches_the_pages_that_show_it_and_no_other(void **state)
{
	struct fixture *f = *state;
	struct announcement first = consumer_prices(3, 9);
	struct announcement second = consumer_prices(4, 10);
	static const char *const same[] = { "assets/site.css",
		"releases/nbs/cpi/2026-03/index.html" };
	static const char *const other[] = { "index.html",
		"en/departments/nbs/index.html", "changes/index.html",
		"months/2026-03/index.html", "series/nbs/cpi/index.html",
		"releases/nbs/cpi/2026-02/index.html", "sitemap.xml" };
	struct view views[2];
	struct site_pages before, after;
	size_t i;

	say_announcement(f, &first, 0, NOW);
	say_announcement(f, &second, 0, NOW);
	plan(f, &views[0], &before);
	first.reason.zh = "原因";
	say_announcement(f, &first, 1, NOW + 5);
	plan(f, &views[1], &after);
	for (i = 0; i < COUNT(same); i++)
		assert_memory_equal(&find_page(&before, same[i])->source,
		    &find_page(&after, same[i])->source, sizeof(struct digest));
	for (i = 0; i < COUNT(other); i++)
		assert_memory_not_equal(&find_page(&before, other[i])->source,
		    &find_page(&after, other[i])->source,
		    sizeof(struct digest));
}

static void
an_office_that_said_nothing_has_pages_too(void **state)
{
	struct fixture *f = *state;

	contains(written(f, "index.html"), "目前没有预告");
	contains(written(f, "en/changes/index.html"), "Nothing is announced");
	contains(written(f, "subscribe/index.html"), "webcal://data.example/");
}

static void
a_topic_or_district_of_nothing_said_is_on_no_page(void **state)
{
	struct fixture *f = *state;
	struct announcement a = consumer_prices(3, 9);
	struct topic topic = { .id = "kestrel", .name = { "红隼", "Kestrel" } };
	struct topic district = { .id = "500112",
		.name = { "翠鸟区", "Kingfisher" } };
	struct view view;
	struct site_pages pages;
	size_t i;

	f->office.topics = &topic;
	f->office.n_topics = 1;
	f->office.districts = &district;
	f->office.n_districts = 1;
	say_announcement(f, &a, 0, NOW);
	plan(f, &view, &pages);
	assert_null(find_page(&pages, "topics/index.html"));
	assert_null(find_page(&pages, "districts/index.html"));
	for (i = 0; i < pages.n; i++) {
		struct buf out;

		if (pages.v[i].book ||
		    strncmp(pages.v[i].path, "assets/", 7) == 0)
			continue;
		buf_init(&out, f->arena);
		no_error(site_write(f->arena, f->store, &pages.v[i], &out));
		lacks(out.data, "kestrel");
		lacks(out.data, "红隼");
		lacks(out.data, "500112");
		lacks(out.data, "districts/");
	}
}

static void
a_folder_without_its_fragments_is_a_mistake(void **state)
{
	struct fixture *f = *state;
	struct digest digest;
	const struct error *error;

	f->office.site_files = f->folder;
	error = site_files_digest(f->arena, &f->office, &digest);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
	contains(error_text(f->arena, LANG_EN, error), "header-zh.html");
	f->office.site_files = "/nowhere/at/all";
	error = site_files_digest(f->arena, &f->office, &digest);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
	contains(error_text(f->arena, LANG_EN, error), "site_files");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_site, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hostile_words_are_inert_on_every_page),
		TEST(a_release_tells_its_history_with_reason_and_notice),
		TEST(a_release_names_the_next_one_of_its_series),
		TEST(a_change_touches_the_pages_that_show_it_and_no_other),
		TEST(an_office_that_said_nothing_has_pages_too),
		TEST(a_topic_or_district_of_nothing_said_is_on_no_page),
		TEST(a_folder_without_its_fragments_is_a_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
