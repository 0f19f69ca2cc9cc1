#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>
#include <libical/ical.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/day.h>
#include <yugao/error.h>
#include <yugao/lint.h>

#include "world.h"

#define PAGES "https://data.example/"

static const char *const topics[] = { "prices", "trade" };
static const struct text topic_names[] = {
	{ "价格", "Prices" },
	{ "贸易", "Trade, customs; transport" },
};
static const struct text indicators[] = {
	{ "居民消费价格同比涨跌幅", "CPI, year on year" },
	{ "核心CPI", NULL },
};
static const char *const channels[] = { "国家统计局网站", "国家数据" };

static struct moment
instant_on(int year, int month, int mday, int minute)
{
	struct day day = day_of(year, month, mday);

	return (struct moment){ PRECISION_INSTANT, { day, minute }, day };
}

static struct moment
span(enum precision precision, struct day first, struct day last)
{
	return (struct moment){ precision, { first, NO_TIME }, last };
}

static struct announcement
cpi(void)
{
	struct announcement a = {
		.release = "nbs/cpi/2026-03",
		.uid = "nbs.cpi.2026-03@stats.example",
		.department = "nbs",
		.series = "cpi",
		.period = "2026-03",
		.publisher = { "国家统计局", "National Bureau of Statistics" },
		.title = { "居民消费价格指数", "Consumer Price Index" },
		.when = instant_on(2026, 4, 10, 570),
		.timezone = "Asia/Shanghai",
		.status = SAID_CONFIRMED,
		.topics = topics,
		.n_topics = 2,
		.topic_names = topic_names,
		.indicators = indicators,
		.n_indicators = 2,
		.channels = channels,
		.n_channels = 2,
		.url = "https://www.stats.example/cpi,2026;03",
	};

	assert_true(instant_parse("2026-04-10T09:30:00+08:00", &a.start));
	return a;
}

static struct entry
entry_of(int sequence)
{
	struct entry entry = { .sequence = sequence };

	assert_true(instant_parse("2025-12-26T13:58:00+08:00", &entry.at));
	return entry;
}

static const struct format *
format_named(const char *name)
{
	size_t n, i;
	const struct format *formats = artifact_formats(&n);

	for (i = 0; i < n; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	fail_msg("no format %s", name);
	return NULL;
}

static struct feed
feed_of(enum lang lang, size_t n)
{
	struct feed feed = {
		.lang = lang,
		.name = { "统计数据发布日程", "Release calendar" },
		.description = { "数据发布预告", "Releases, announced ahead" },
		.url = "https://data.example/departments/nbs/releases.ics",
		.site = "https://data.example/",
		.n = n,
		.timezone = "Asia/Shanghai",
	};

	assert_true(instant_parse("2025-12-26T13:58:00+08:00", &feed.updated));
	return feed;
}

static const char *
string_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	if (string == NULL)
		fail_msg("no string %s", key);
	return string;
}

/* What the product does not parse again, because it always writes it so. */
static void
read_back(const char *item, size_t len, const struct announcement *a)
{
	bool exact = a->when.precision == PRECISION_INSTANT;
	json_t *object = json_loadb(item, len, JSON_REJECT_DUPLICATES, NULL);
	char start[INSTANT_SIZE], day[DAY_SIZE];
	const char *title;

	assert_non_null(object);
	title = string_of(object, "title");
	assert_string_equal(string_of(object, "id"), a->uid);
	assert_string_equal(string_of(object, "start"),
	    exact ? instant_format(start, a->start)
		  : day_format(day, a->when.start.day));
	assert_true(strstr(title, text_in(&a->title, LANG_ZH)) != NULL ||
		    strstr(title, text_in(&a->title, LANG_EN)) != NULL);
	assert_true(json_is_integer(json_object_get(object, "sequence")));
	json_decref(object);
}

static const char *
render(struct arena *arena, const char *name, const struct announcement *a,
    enum lang lang)
{
	const struct format *format = format_named(name);
	struct entry entry = entry_of(3);
	const struct error *error;
	struct buf out;

	buf_init(&out, arena);
	error = format->item(&out, a, &entry, lang, PAGES);
	if (error != NULL)
		fail_msg("%s", error_text(arena, LANG_EN, error));
	error = format->check(arena, out.data, out.len, a);
	if (error != NULL)
		fail_msg("%s", error_text(arena, LANG_EN, error));
	if (strcmp(name, "json") == 0)
		read_back(out.data, out.len, a);
	return out.data;
}

/* The text without its folds. */
static const char *
unfolded(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text), *to = out;

	while (*text != '\0') {
		if (strncmp(text, "\r\n ", 3) == 0)
			text += 3;
		else
			*to++ = *text++;
	}
	*to = '\0';
	return out;
}

static void
assert_line(struct arena *arena, const char *text, const char *line)
{
	const char *lines =
	    arena_printf(arena, "\r\n%s", unfolded(arena, text));

	if (strstr(lines, arena_printf(arena, "\r\n%s\r\n", line)) == NULL)
		fail_msg("no line %s in %s", line, lines);
}

static void
assert_no(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("%s in %s", part, text);
}

/* fold */

static const char *const pieces[] = { "居", "民", "消费", "价格指数", "，", "a",
	"Z", " ", "é", "😀", "👨‍👩‍👧",
	"https://a.example/?b=c&d=", ":", ";", "\\n", "\t", "𠮷",
	"\xE3\x80\x80" };

static size_t
longest_line(const char *text)
{
	size_t most = 0;

	while (*text != '\0') {
		size_t n = strcspn(text, "\r");

		assert_int_equal(text[n], '\r');
		assert_int_equal(text[n + 1], '\n');
		assert_int_equal(utf8_check(text, n), n);
		if (n > most)
			most = n;
		text += n + 2;
	}
	return most;
}

static void
folding_random_text_and_unfolding_gives_the_text(void **state)
{
	struct arena *arena = *state;
	uint32_t seed = 7;
	struct buf line, out;
	int round;

	buf_init(&line, arena);
	buf_init(&out, arena);
	for (round = 0; round < 20000; round++) {
		int n = (int)(seed >> 10) % 90, i;
		const char *back;

		buf_clear(&line);
		buf_clear(&out);
		buf_puts(&line, "SUMMARY:");
		for (i = 0; i < n; i++) {
			seed = seed * 1664525U + 1013904223U;
			buf_puts(&line, pieces[(seed >> 12) % COUNT(pieces)]);
		}
		seed = seed * 1664525U + 1013904223U;
		ical_fold(&out, line.data, line.len);
		assert_true(longest_line(out.data) <= 75);
		assert_null(strstr(out.data, "\r\n \r\n"));
		back = unfolded(arena, out.data);
		assert_int_equal(strlen(back), line.len + 2);
		assert_memory_equal(back, line.data, line.len);
		if (round % 1000 == 0) {
			arena_reset(arena);
			buf_init(&line, arena);
			buf_init(&out, arena);
		}
	}
}

static void
a_line_of_75_octets_is_not_folded_and_one_of_76_is(void **state)
{
	struct buf out;
	char line[77];

	memset(line, 'a', sizeof(line));
	buf_init(&out, *state);
	ical_fold(&out, line, 75);
	assert_int_equal(out.len, 77);
	buf_clear(&out);
	ical_fold(&out, line, 76);
	assert_string_equal(out.data + 75, "\r\n a\r\n");
}

static void
bytes_that_are_no_utf8_still_fold(void **state)
{
	struct buf out;
	char line[400];

	memset(line, '\x80', sizeof(line));
	buf_init(&out, *state);
	ical_fold(&out, line, sizeof(line));
	assert_int_equal(out.len, sizeof(line) + 5 * 3 + 2);
}

/* ics */

static void
an_instant_is_a_point_in_utc_without_an_end(void **state)
{
	struct announcement a = cpi();
	const char *item = render(*state, "ics", &a, LANG_ZH);

	assert_int_equal(strncmp(item, "BEGIN:VEVENT\r\n", 14), 0);
	assert_line(*state, item, "UID:nbs.cpi.2026-03@stats.example");
	assert_line(*state, item, "DTSTAMP:20251226T055800Z");
	assert_line(*state, item, "LAST-MODIFIED:20251226T055800Z");
	assert_line(*state, item, "SEQUENCE:3");
	assert_line(*state, item, "STATUS:CONFIRMED");
	assert_line(*state, item, "TRANSP:TRANSPARENT");
	assert_line(*state, item, "DTSTART:20260410T013000Z");
	assert_line(*state, item, "SUMMARY:居民消费价格指数（2026年3月）");
	assert_line(*state, item, "URL:https://www.stats.example/cpi,2026;03");
	assert_line(*state, item, "X-YUGAO-RELEASE:nbs/cpi/2026-03");
	assert_line(*state, item, "X-YUGAO-PERIOD:2026-03");
	assert_line(*state, item, "X-YUGAO-PRECISION:instant");
	assert_line(*state, item, "X-YUGAO-TIMEZONE:Asia/Shanghai");
	assert_no(item, "DTEND");
	assert_no(item, "DURATION");
	assert_no(item, "VALARM");
	assert_no(item, "X-YUGAO-MOVED-FROM");
}

static void
a_description_says_everything_in_words(void **state)
{
	struct announcement a = cpi();

	assert_line(*state, render(*state, "ics", &a, LANG_ZH),
	    "DESCRIPTION:发布时间：2026年4月10日（星期五）09:30（北京时间）"
	    "\\n发布单位：国家统计局\\n统计时期：2026年3月"
	    "\\n主要指标：居民消费价格同比涨跌幅、核心CPI"
	    "\\n发布渠道：国家统计局网站、国家数据"
	    "\\n网址：https://www.stats.example/cpi\\,2026\\;03");
	assert_line(*state, render(*state, "ics", &a, LANG_EN),
	    "DESCRIPTION:Release time: Friday\\, 10 April 2026\\, 09:30 "
	    "(Beijing time)\\nPublished by: National Bureau of Statistics"
	    "\\nReference period: March 2026"
	    "\\nMain indicators: CPI\\, year on year\\; 核心CPI"
	    "\\nWhere to find it: 国家统计局网站\\; 国家数据"
	    "\\nLink: https://www.stats.example/cpi\\,2026\\;03");
}

static void
each_topic_is_a_category_of_its_own(void **state)
{
	struct announcement a = cpi();
	const char *item = render(*state, "ics", &a, LANG_EN);

	assert_line(*state, item, "CATEGORIES:Prices");
	assert_line(*state, item, "CATEGORIES:Trade\\, customs\\; transport");
}

static void
a_day_ends_on_the_next_day(void **state)
{
	struct announcement a = cpi();
	const char *item;

	a.when =
	    span(PRECISION_DATE, day_of(2026, 12, 31), day_of(2026, 12, 31));
	item = render(*state, "ics", &a, LANG_ZH);
	assert_line(*state, item, "DTSTART;VALUE=DATE:20261231");
	assert_line(*state, item, "DTEND;VALUE=DATE:20270101");
	assert_line(*state, item, "X-YUGAO-PRECISION:date");
}

static void
a_window_is_expected_and_tentative_whatever_the_plan_says(void **state)
{
	struct announcement a = cpi();
	const char *item;

	a.when =
	    span(PRECISION_WINDOW, day_of(2026, 9, 1), day_of(2026, 10, 31));
	item = render(*state, "ics", &a, LANG_ZH);
	assert_line(*state, item, "STATUS:TENTATIVE");
	assert_line(*state, item, "DTSTART;VALUE=DATE:20260901");
	assert_line(*state, item, "DTEND;VALUE=DATE:20261101");
	assert_line(
	    *state, item, "SUMMARY:【预计】居民消费价格指数（2026年3月）");
	assert_non_null(strstr(unfolded(*state, item),
	    "预计发布时间：2026年9月至2026年10月，具体日期另行公告"));
	a.when = span(PRECISION_MONTH, day_of(2026, 4, 1), day_of(2026, 4, 30));
	item = render(*state, "ics", &a, LANG_EN);
	assert_non_null(strstr(unfolded(*state, item),
	    "Expected: April 2026\\; the exact date will be announced"));
}

static void
a_cancelled_release_says_so_in_title_and_status(void **state)
{
	struct announcement a = cpi();
	const char *item;

	a.status = SAID_CANCELLED;
	a.reason = (struct text){ "合并发布", "released with another" };
	item = render(*state, "ics", &a, LANG_ZH);
	assert_line(*state, item, "STATUS:CANCELLED");
	assert_line(
	    *state, item, "SUMMARY:【取消】居民消费价格指数（2026年3月）");
	assert_non_null(strstr(unfolded(*state, item),
	    "本次发布已取消。\\n原定发布时间：2026年4月10日"));
	assert_non_null(
	    strstr(unfolded(*state, item), "\\n取消原因：合并发布\\n"));
	item = render(*state, "ics", &a, LANG_EN);
	assert_line(*state, item,
	    "SUMMARY:[Cancelled] Consumer Price Index (March 2026)");
}

static void
a_late_notice_is_labelled(void **state)
{
	struct announcement a = cpi();

	a.late = true;
	assert_line(*state, render(*state, "ics", &a, LANG_ZH),
	    "SUMMARY:【事后公告】居民消费价格指数（2026年3月）");
	assert_line(*state, render(*state, "ics", &a, LANG_EN),
	    "SUMMARY:[Announced after release] Consumer Price Index "
	    "(March 2026)");
}

static void
a_move_is_told_with_where_from_and_why(void **state)
{
	static const struct {
		int year, month, mday, minute;
		const char *zh, *en;
	} moves[] = {
		{ 2026, 4, 9, 570, "原定2026年4月9日（星期四）09:30，现推迟",
		    "Postponed from Thursday\\, 9 April 2026\\, 09:30" },
		{ 2026, 4, 11, 570, "原定2026年4月11日（星期六）09:30，现提前",
		    "Brought forward from Saturday\\, 11 April 2026\\, 09:30" },
		{ 2026, 4, 10, 600, "原定2026年4月10日（星期五）10:00，现改为",
		    "Same day\\, new time\\; previously Friday\\, 10 April" },
	};
	struct announcement a = cpi();
	size_t i;

	a.has_previous = true;
	a.reason = (struct text){ "调休变化", "public holidays changed" };
	for (i = 0; i < COUNT(moves); i++) {
		const char *zh, *en;

		a.previous = instant_on(moves[i].year, moves[i].month,
		    moves[i].mday, moves[i].minute);
		zh = unfolded(*state, render(*state, "ics", &a, LANG_ZH));
		en = unfolded(*state, render(*state, "ics", &a, LANG_EN));
		assert_non_null(strstr(zh, moves[i].zh));
		assert_non_null(strstr(zh, "\\n变更原因：调休变化\\n"));
		assert_non_null(strstr(en, moves[i].en));
	}
	assert_non_null(strstr(render(*state, "ics", &a, LANG_ZH),
	    "X-YUGAO-MOVED-FROM:2026-04-10T10:00\r\n"));
	a.previous =
	    span(PRECISION_WINDOW, day_of(2026, 4, 1), day_of(2026, 5, 31));
	assert_line(*state, render(*state, "ics", &a, LANG_ZH),
	    "X-YUGAO-MOVED-FROM:2026-04-01/2026-05-31");
}

static void
an_unchanged_previous_time_is_no_move(void **state)
{
	struct announcement a = cpi();

	a.has_previous = true;
	a.previous = a.when;
	assert_no(render(*state, "ics", &a, LANG_ZH), "MOVED-FROM");
	assert_no(render(*state, "json", &a, LANG_ZH), "previous");
}

static void
an_estimate_stands_beside_the_period(void **state)
{
	struct announcement a = cpi();

	a.period = "2026-Q1";
	a.estimate = "preliminary";
	assert_line(*state, render(*state, "ics", &a, LANG_EN),
	    "SUMMARY:Consumer Price Index (Q1 2026\\, "
	    "preliminary)");
	a.estimate = "2";
	assert_line(
	    *state, render(*state, "ics", &a, LANG_EN), "X-YUGAO-ESTIMATE:2");
}

static void
a_missing_title_falls_back_to_the_other_language(void **state)
{
	struct announcement a = cpi();

	a.title.en = NULL;
	assert_line(*state, render(*state, "ics", &a, LANG_EN),
	    "SUMMARY:居民消费价格指数 (March 2026)");
}

static void
foreign_words_stay_what_they_are(void **state)
{
	static const char title[] = "@artifact.comma {0} <b>\\n \"x\"; =1,2";
	struct announcement a = cpi();
	json_t *json;

	a.title = (struct text){ title, NULL };
	a.note = (struct text){ "第一行\n第二行", NULL };
	assert_line(*state, render(*state, "ics", &a, LANG_ZH),
	    "SUMMARY:@artifact.comma {0} <b>\\\\n \"x\"\\; "
	    "=1\\,2（2026年3月）");
	json = json_loads(render(*state, "json", &a, LANG_ZH), 0, NULL);
	assert_string_equal(
	    json_string_value(json_object_get(json, "seriesTitle")), title);
	assert_string_equal(
	    json_string_value(json_object_get(json, "note")), "第一行\n第二行");
	json_decref(json);
}

static void
what_has_no_date_is_no_event(void **state)
{
	struct announcement a = cpi();
	struct entry entry = entry_of(0);
	size_t n, i;
	const struct format *formats = artifact_formats(&n);

	a.when.precision = PRECISION_NONE;
	for (i = 0; i < n; i++) {
		struct buf out;

		buf_init(&out, *state);
		/* A row of a table may lack it. */
		if (strcmp(formats[i].name, "csv") == 0)
			continue;
		assert_non_null(
		    formats[i].item(&out, &a, &entry, LANG_ZH, PAGES));
		assert_int_equal(out.len, 0);
	}
}

/* The item with the first `from` replaced. */
static const char *
spoil(struct arena *arena, const char *item, const char *from, const char *to)
{
	const char *at = strstr(item, from);

	assert_non_null(at);
	return arena_printf(
	    arena, "%.*s%s%s", (int)(at - item), item, to, at + strlen(from));
}

static void
check_refuses_what_was_not_announced(void **state)
{
	static const struct {
		const char *format, *from, *to;
	} spoilt[] = {
		{ "ics", "UID:nbs", "UID:mof" },
		{ "ics", "DTSTART:20260410T0130", "DTSTART:20260410T0930" },
		{ "ics", "SUMMARY:居民", "SUMMARY:市民" },
		{ "ics", "SEQUENCE:3\r\n", "" },
		{ "ics", "SEQUENCE:3", "SEQUENCE:-3" },
		{ "ics", "DTSTAMP", "X-STAMP" },
		{ "ics", "STATUS:CONFIRMED", "STATUS:Provisional" },
		{ "ics", "END:VEVENT\r\n", "" },
		{ "ics", "BEGIN:VEVENT\r\n", "" },
		{ "ics", "\r\n", "\n" },
		{ "ics", "END:VEVENT", "END:VTODO" },
		{ "json", "nbs.cpi.2026-03@", "mof.cpi.2026-03@" },
		{ "json", "\"id\":", "\"ID\":" },
		{ "json", "居民", "\xE5\xB1" },
		{ "json", "}", "" },
	};
	struct arena *arena = *state;
	struct announcement a = cpi();
	size_t i;

	for (i = 0; i < COUNT(spoilt); i++) {
		const char *item =
		    spoil(arena, render(arena, spoilt[i].format, &a, LANG_ZH),
			spoilt[i].from, spoilt[i].to);

		if (format_named(spoilt[i].format)
			->check(arena, item, strlen(item), &a) == NULL)
			fail_msg("%s was taken", spoilt[i].to);
	}
}

static void
what_belongs_to_a_release_is_there_for_programs(void **state)
{
	struct arena *arena = *state;
	struct announcement a = cpi();
	const char *item;

	a.reason = (struct text){ "数据来源推迟", "Late source" };
	item = unfolded(arena, render(arena, "ics", &a, LANG_EN));
	assert_non_null(strstr(item,
	    "\r\nX-YUGAO-LINK;VALUE=URI;LINKREL=alternate;LABEL=\"Announcement "
	    "and its"
	    " history\":https://data.example/en/releases/nbs/cpi/2026-03/"
	    "\r\n"));
	assert_non_null(
	    strstr(item, "\r\nX-YUGAO-LINK;VALUE=URI;LINKREL=describedby;"));
	assert_non_null(
	    strstr(item, ":https://data.example/en/series/nbs/cpi/\r\n"));
	assert_null(strstr(item, "LINKREL=related"));
	assert_non_null(strstr(item, "\r\nX-YUGAO-INDICATOR:"));
	assert_non_null(strstr(item, "\r\nX-YUGAO-CHANNEL:"));
	assert_non_null(strstr(item, "\r\nX-YUGAO-TOPIC:"));
	assert_non_null(strstr(item, "\r\nX-YUGAO-REASON:Late source\r\n"));
}

static void
the_result_is_linked_once_it_is_out(void **state)
{
	struct arena *arena = *state;
	struct announcement a = cpi();

	a.status = SAID_RELEASED;
	a.released = a.start;
	a.result_url = "https://www.stats.example/results/1";
	assert_non_null(
	    strstr(unfolded(arena, render(arena, "ics", &a, LANG_ZH)),
		"\r\nX-YUGAO-LINK;VALUE=URI;LINKREL=related;LABEL=\"发布结果\":"
		"https://www.stats.example/results/1\r\n"));
}

/* Feeds */

static const char *
whole(struct arena *arena, const char *name, enum lang lang, size_t n)
{
	const struct format *format = format_named(name);
	struct feed feed = feed_of(lang, n);
	struct announcement a = cpi();
	struct entry entry = entry_of(0);
	struct buf out;
	size_t i;

	buf_init(&out, arena);
	format->head(&out, &feed);
	for (i = 0; i < n; i++) {
		a.uid = arena_printf(arena, "nbs.cpi.%zu@stats.example", i);
		if (i > 0)
			buf_puts(&out, format->separator);
		assert_null(format->item(&out, &a, &entry, lang, PAGES));
	}
	format->foot(&out, &feed);
	return out.data;
}

static void
our_feeds_have_no_finding_not_even_a_hint(void **state)
{
	int lang;
	size_t n;

	for (lang = 0; lang < LANG_COUNT; lang++)
		for (n = 0; n < 3; n++) {
			const char *text =
			    whole(*state, "ics", (enum lang)lang, n);
			struct findings findings = { 0 };

			lint_bytes(*state, text, strlen(text), &findings);
			if (findings.n > 0)
				fail_msg("%s", findings.v[0].rule->id);
		}
}

static void
the_head_names_the_calendar_for_every_client(void **state)
{
	const char *text = whole(*state, "ics", LANG_EN, 1);

	assert_line(*state, text, "VERSION:2.0");
	/* The events' UIDs are the first: the calendar has none of its own. */
	assert_ptr_equal(strstr(text, "\r\nUID:"),
	    strstr(strstr(text, "BEGIN:VEVENT"), "\r\nUID:"));
	assert_line(*state, text, "NAME:Release calendar");
	assert_line(*state, text, "X-WR-CALNAME:Release calendar");
	assert_line(*state, text, "DESCRIPTION:Releases\\, announced ahead");
	assert_line(*state, text, "X-WR-TIMEZONE:Asia/Shanghai");
	assert_line(*state, text, "LAST-MODIFIED:20251226T055800Z");
	assert_line(*state, text, "URL:https://data.example/");
	assert_line(*state, text,
	    "SOURCE;VALUE=URI:https://data.example/departments/nbs/"
	    "releases.ics");
	assert_line(*state, text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
	assert_no(text, "METHOD");
}

static void
the_file_of_one_release_has_the_standards_link(void **state)
{
	struct arena *arena = *state;
	struct announcement a = cpi();
	const char *item = render(arena, "ics", &a, LANG_ZH);
	struct buf out;

	buf_init(&out, arena);
	ical_standard_links(&out, item, strlen(item));
	assert_int_equal(out.len, strlen(item) - 2 * strlen("X-YUGAO-"));
	assert_non_null(
	    strstr(out.data, "\r\nLINK;VALUE=URI;LINKREL=alternate;"));
	assert_null(strstr(out.data, "X-YUGAO-LINK"));
}

static void
libical_reads_a_whole_feed(void **state)
{
	const char *text = whole(*state, "ics", LANG_ZH, 5);
	icalcomponent *calendar = icalcomponent_new_from_string(text);

	assert_non_null(calendar);
	assert_int_equal(
	    icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 5);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	icalcomponent_free(calendar);
}

static void
jansson_reads_a_whole_file_with_any_number_of_releases(void **state)
{
	size_t n;

	for (n = 0; n < 3; n++) {
		json_t *root = json_loads(whole(*state, "json", LANG_ZH, n),
		    JSON_REJECT_DUPLICATES, NULL);

		assert_non_null(root);
		assert_string_equal(
		    json_string_value(json_object_get(root, "schema")),
		    "yugao-releases/1");
		assert_int_equal(
		    json_array_size(json_object_get(root, "releases")), n);
		json_decref(root);
	}
}

static void
a_json_release_is_an_event_of_fullcalendar(void **state)
{
	struct announcement a = cpi();
	const char *item = render(*state, "json", &a, LANG_EN);

	assert_int_equal(strchr(item, '\n') == NULL, 1);
	assert_non_null(strstr(item,
	    "\"title\":\"Consumer Price Index (March 2026)\","
	    "\"start\":\"2026-04-10T01:30:00Z\",\"allDay\":false,"));
	assert_no(item, "\"end\"");
	a.when = span(PRECISION_MONTH, day_of(2026, 4, 1), day_of(2026, 4, 30));
	item = render(*state, "json", &a, LANG_EN);
	assert_non_null(
	    strstr(item, "\"start\":\"2026-04-01\",\"end\":\"2026-05-01\","
			 "\"allDay\":true,"));
	assert_non_null(strstr(item, "\"status\":\"tentative\""));
}

static void
the_same_announcement_gives_the_same_bytes(void **state)
{
	struct announcement a = cpi();

	assert_string_equal(render(*state, "ics", &a, LANG_ZH),
	    render(*state, "ics", &a, LANG_ZH));
	assert_string_equal(render(*state, "json", &a, LANG_EN),
	    render(*state, "json", &a, LANG_EN));
}

#define test(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

static void
a_cell_that_looks_like_a_formula_is_inert(void **state)
{
	size_t n, i;
	const struct format *formats = artifact_formats(&n);
	struct announcement a = cpi();
	struct entry entry = entry_of(0);
	struct buf out;

	a.note.zh = "=HYPERLINK(\"http://x.example\")";
	a.url = "@sum";
	for (i = 0; strcmp(formats[i].name, "csv") != 0; i++)
		assert_true(i + 1 < n);
	buf_init(&out, *state);
	assert_null(formats[i].item(&out, &a, &entry, LANG_ZH, PAGES));
	assert_non_null(
	    strstr(out.data, ",\"'=HYPERLINK(\"\"http://x.example\"\")\","));
	assert_non_null(strstr(out.data, ",\"'@sum\","));
	assert_string_equal(out.data + out.len - 2, "\r\n");
}

/* The file of changes of that name, with one item. */
static const char *
changes_of(struct arena *arena, const char *name, const struct announcement *a,
    enum entry_kind kind)
{
	size_t n, i;
	const struct format *formats = artifact_change_formats(&n);
	struct entry entry = entry_of(1);
	const struct feed feed = { .lang = LANG_ZH,
		.name = { "示例局", NULL },
		.url = "https://data.example/changes",
		.site = "https://data.example/",
		.n = 1 };
	struct buf out;

	entry.kind = kind;
	for (i = 0; strcmp(formats[i].name, name) != 0; i++)
		assert_true(i + 1 < n);
	buf_init(&out, arena);
	formats[i].head(&out, &feed);
	assert_null(formats[i].item(&out, a, &entry, LANG_ZH, PAGES));
	formats[i].foot(&out, &feed);
	return out.data;
}

static void
a_change_says_what_it_is_from_when_and_why(void **state)
{
	struct announcement a = cpi();
	const char *text;
	json_t *json;

	a.has_previous = true;
	a.previous = a.when;
	a.previous.start.day.n -= 3;
	a.previous.last.n -= 3;
	a.reason.zh = "放假安排调整";
	text = changes_of(*state, "atom", &a, ENTRY_MOVED_LATER);
	assert_non_null(strstr(text, "推迟：居民消费价格指数"));
	assert_non_null(strstr(text, "变更原因：放假安排调整"));
	assert_non_null(strstr(text, "预告天数："));
	text = changes_of(*state, "changes", &a, ENTRY_MOVED_LATER);
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	json_decref(json);
	assert_non_null(strstr(text, "\"kind\":\"moved-later\""));
	assert_non_null(strstr(text, "\"previous\":\""));
	a.status = SAID_CANCELLED;
	text = changes_of(*state, "changes", &a, ENTRY_CANCELLED);
	assert_null(strstr(text, "noticeDays"));
}

static void
markup_in_a_title_is_inert_in_atom(void **state)
{
	struct announcement a = cpi();
	const char *text;

	a.title.zh = "<script>alert(1)</script>&\"";
	a.url = "javascript:alert(1)";
	text = changes_of(*state, "atom", &a, ENTRY_NEW);
	assert_null(strstr(text, "<script"));
	assert_null(strstr(text, "href=\"javascript"));
	assert_non_null(strstr(text, "&lt;script&gt;"));
}

static void
a_postponed_release_says_so_on_its_old_day(void **state)
{
	size_t n;
	const struct format *formats = artifact_formats(&n);
	struct announcement a = cpi();
	struct entry entry = entry_of(1);
	struct buf out;

	a.status = SAID_POSTPONED;
	a.reason_pending = true;
	a.has_due = true;
	a.due = a.when.start.day;
	buf_init(&out, *state);
	assert_null(formats[0].item(&out, &a, &entry, LANG_ZH, PAGES));
	assert_non_null(strstr(out.data, "STATUS:TENTATIVE\r\n"));
	assert_non_null(strstr(out.data, "SUMMARY:【延期】居民消费价格指数"));
	assert_non_null(strstr(out.data, "X-YUGAO-STATUS:POSTPONED\r\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_belongs_to_a_release_is_there_for_programs),
		test(the_result_is_linked_once_it_is_out),
		test(the_file_of_one_release_has_the_standards_link),
		test(folding_random_text_and_unfolding_gives_the_text),
		test(a_line_of_75_octets_is_not_folded_and_one_of_76_is),
		test(bytes_that_are_no_utf8_still_fold),
		test(an_instant_is_a_point_in_utc_without_an_end),
		test(a_description_says_everything_in_words),
		test(each_topic_is_a_category_of_its_own),
		test(a_day_ends_on_the_next_day),
		test(a_window_is_expected_and_tentative_whatever_the_plan_says),
		test(a_cancelled_release_says_so_in_title_and_status),
		test(a_late_notice_is_labelled),
		test(a_move_is_told_with_where_from_and_why),
		test(an_unchanged_previous_time_is_no_move),
		test(an_estimate_stands_beside_the_period),
		test(a_missing_title_falls_back_to_the_other_language),
		test(foreign_words_stay_what_they_are),
		test(what_has_no_date_is_no_event),
		test(a_cell_that_looks_like_a_formula_is_inert),
		test(a_change_says_what_it_is_from_when_and_why),
		test(markup_in_a_title_is_inert_in_atom),
		test(a_postponed_release_says_so_on_its_old_day),
		test(check_refuses_what_was_not_announced),
		test(our_feeds_have_no_finding_not_even_a_hint),
		test(the_head_names_the_calendar_for_every_client),
		test(libical_reads_a_whole_feed),
		test(jansson_reads_a_whole_file_with_any_number_of_releases),
		test(a_json_release_is_an_event_of_fullcalendar),
		test(the_same_announcement_gives_the_same_bytes),
	};

	return cmocka_run_group_tests_name("artifact", tests, NULL, NULL);
}
