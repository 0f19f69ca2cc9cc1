#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/lint.h>

#include "world.h"

#define FEED_LIMIT ((size_t)1 << 20)

static struct findings
lint_file(struct arena *arena, const char *path)
{
	struct findings findings = { 0 };
	struct bytes bytes;

	assert_null(file_read(arena, path, FEED_LIMIT, &bytes));
	lint_bytes(arena, bytes.data, bytes.len, &findings);
	return findings;
}

static const struct finding *
found(const struct findings *findings, const char *id)
{
	size_t i;

	for (i = 0; i < findings->n; i++)
		if (strcmp(findings->v[i].rule->id, id) == 0)
			return &findings->v[i];
	return NULL;
}

static size_t
count_of(const struct findings *findings, const char *id)
{
	size_t n, i;
	const struct lint_rule *rules = lint_rules(&n);

	for (i = 0; i < n; i++)
		if (strcmp(rules[i].id, id) == 0)
			return findings->of_rule[i];
	fail_msg("no rule %s", id);
	return 0;
}

/* An event with these lines in a calendar without other defects. */
static const char *
event(struct arena *arena, const char *lines)
{
	return arena_printf(arena,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n"
	    "BEGIN:VEVENT\r\nUID:u@t\r\nDTSTAMP:20260101T000000Z\r\n"
	    "LAST-MODIFIED:20260101T000000Z\r\nSEQUENCE:0\r\n"
	    "%s%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
	    strstr(lines, "SUM") != NULL || strstr(lines, "sum") != NULL
		? ""
		: "SUMMARY:t\r\n",
	    lines);
}

#define START "DTSTART:20260320T013000Z\r\n"

static struct findings
lint_event(struct arena *arena, const char *lines)
{
	const char *text = event(arena, lines);
	struct findings findings = { 0 };

	lint_bytes(arena, text, strlen(text), &findings);
	return findings;
}

static void
the_rules_have_ids_sections_and_sentences(void **state)
{
	struct arena *arena = *state;
	size_t n, i;
	const struct lint_rule *rules = lint_rules(&n);

	for (i = 0; i < n; i++) {
		char *id = arena_printf(arena, "lint.%s", rules[i].id), *s;

		for (s = id; *s != '\0'; s++)
			if (*s == '-')
				*s = '_';
		assert_true(message_exists(id));
		assert_true(message_exists(rules[i].clients));
		assert_int_equal(strncmp(rules[i].section, "RFC ", 4), 0);
		if (i > 0)
			assert_true(strcmp(rules[i - 1].id, rules[i].id) < 0);
	}
}

static const struct {
	const char *file, *rule;
	size_t line, col;
} broken[] = {
	{ "02_crcrlf_fold", "fold-crcrlf", 11, 75 },
	{ "03_empty_cont", "fold-empty", 12, 1 },
	{ "04_lf_only", "line-lf", 1, 16 },
	{ "05_no_dtstamp", "property-missing", 5, 1 },
	{ "06_no_uid", "property-missing", 5, 1 },
	{ "07_end_before_start", "dtend-before-dtstart", 9, 7 },
	{ "08_date_vs_datetime", "date-mixed", 9, 7 },
	{ "09_bad_status", "value-status", 11, 8 },
	{ "10_dup_uid", "uid-duplicate", 14, 5 },
	{ "11_line_gt75", "line-long", 10, 76 },
	{ "12_split_utf8", "fold-utf8", 11, 2 },
	{ "13_bad_utf8", "utf8", 10, 9 },
	{ "14_tzid_no_vtimezone", "tzid-unknown", 8, 14 },
	{ "15_raw_newline", "line-syntax", 11, 1 },
	{ "16_dtend_and_duration", "dtend-and-duration", 11, 10 },
	{ "17_no_version_prodid", "property-missing", 1, 1 },
	{ "18_dup_summary", "property-repeated", 11, 1 },
	{ "19_bom", "bom", 1, 1 },
	{ "20_ctrl_char", "control-character", 10, 12 },
	{ "21_bad_rrule", "value-rrule", 11, 7 },
	{ "22_truncated", "component-truncated", 10, 1 },
	{ "23_bad_date", "value-date", 8, 9 },
	{ "24_unescaped_comma_semicolon", "escape-missing", 10, 10 },
	{ "25_unknown_escape", "escape-unknown", 10, 10 },
	{ "26_no_dtstart_nomethod", "property-missing", 5, 1 },
	{ "27_empty_calendar", "component-missing", 1, 1 },
	{ "28_bad_refresh", "value-duration", 5, 18 },
	{ "29_seq_nonint", "value-integer", 11, 10 },
	{ "31_cr_only", "line-cr", 1, 16 },
	{ "32_nul", "control-character", 11, 12 },
	{ "33_no_last_line_end", "line-unended", 13, 14 },
	{ "34_hour_24", "value-date", 10, 7 },
	{ "35_february_30", "value-date", 9, 20 },
	{ "36_tzid_with_utc", "tzid-misplaced", 17, 14 },
	{ "37_dtstamp_local", "time-not-utc", 6, 9 },
	{ "38_dtstamp_before_created", "dtstamp-order", 6, 9 },
	{ "39_until_date", "rrule-until", 12, 26 },
	{ "40_exdate_date", "recurrence-type", 13, 19 },
	{ "41_recurrence_id_date", "recurrence-type", 12, 26 },
	{ "42_dup_recurrence_id", "uid-duplicate", 15, 5 },
	{ "43_alarm_no_trigger", "property-missing", 12, 1 },
	{ "44_alarm_no_description", "property-missing", 12, 1 },
	{ "45_nested_event", "component-nesting", 12, 1 },
	{ "46_no_end_vevent", "component-nesting", 12, 1 },
	{ "47_negative_duration", "value-duration", 10, 10 },
	{ "48_duration_time_of_date", "duration-date", 10, 10 },
	{ "49_param_control", "control-character", 11, 38 },
	{ "50_param_quote", "parameter-syntax", 11, 16 },
	{ "51_param_twice", "parameter-repeated", 9, 25 },
	{ "52_value_text", "value-type", 9, 15 },
	{ "53_empty_uid", "value-empty", 5, 5 },
	{ "54_empty_dtstart", "value-date", 9, 9 },
	{ "55_url_percent", "value-uri", 12, 5 },
	{ "56_url_space", "value-uri", 12, 5 },
	{ "57_url_chinese", "uri-unencoded", 12, 26 },
	{ "58_url_javascript", "uri-scheme", 12, 5 },
	{ "59_two_calendars", "calendar-repeated", 14, 1 },
	{ "60_calendar_lines_last", "property-order", 13, 1 },
	{ "61_text_after_end", "line-syntax", 14, 1 },
	{ "62_html_page", "no-calendar", 1, 1 },
	{ "63_method_unknown", "value-method", 4, 8 },
	{ "64_publish_attendee", "method-attendee", 14, 1 },
	{ "65_refresh_no_value", "parameter-missing", 4, 1 },
	{ "66_color_hex", "value-color", 4, 7 },
	{ "67_tzid_twice", "tzid-duplicate", 13, 6 },
	{ "68_vtimezone_utc", "vtimezone-dtstart", 7, 9 },
	{ "69_zone_mixed", "zone-mixed", 10, 7 },
	{ "70_leap_second", "time-leap-second", 10, 7 },
	{ "71_year_1", "time-implausible", 9, 9 },
	{ "72_replacement_character", "text-lost", 11, 12 },
	{ "73_vcalendar_1", "value-version", 2, 9 },
	{ "74_quoted_printable", "parameter-value", 11, 18 },
	{ "75_offset", "value-offset", 8, 14 },
	{ "76_bysetpos_alone", "value-rrule", 12, 7 },
	{ "77_two_rrules", "rrule-repeated", 13, 1 },
	{ "78_attach_not_base64", "value-binary", 12, 37 },
	{ "79_organizer_no_mailto", "value-uri", 12, 11 },
	{ "80_language_underscore", "parameter-value", 11, 18 },
	{ "81_space_before_value", "value-date", 9, 9 },
	{ "82_blank_lines", "line-empty", 5, 1 },
	{ "83_utf16", "utf8", 1, 1 },
	{ "84_status_todo", "value-status", 12, 8 },
	{ "rscale", "rscale", 8, 7 },
};

static void
every_broken_feed_is_found_at_its_place(void **state)
{
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(broken); i++) {
		struct findings findings = lint_file(
		    arena, arena_printf(arena, "tests/data/broken-feeds/%s.ics",
			       broken[i].file));
		const struct finding *finding =
		    found(&findings, broken[i].rule);

		if (finding == NULL)
			fail_msg("%s: no %s", broken[i].file, broken[i].rule);
		assert_int_not_equal(finding->rule->severity, LINT_HINT);
		assert_int_equal(finding->line, broken[i].line);
		assert_int_equal(finding->col, broken[i].col);
	}
}

static void
good_feeds_have_hints_at_most(void **state)
{
	static const char *const files[] = { "00_good", "01_good7986",
		"30_param_unquoted" };
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(files); i++) {
		struct findings findings = lint_file(
		    arena, arena_printf(arena, "tests/data/broken-feeds/%s.ics",
			       files[i]));

		assert_int_equal(findings.count[LINT_ERROR], 0);
		assert_int_equal(findings.count[LINT_WARNING], 0);
		assert_int_equal(
		    found(&findings, "parameter-colon") != NULL, i == 2);
	}
}

static void
the_defects_of_bls_are_found(void **state)
{
	struct findings findings =
	    lint_file(*state, "tests/data/feeds/bls-2023-2024.ics");

	assert_int_equal(count_of(&findings, "line-lf"), 3563);
	assert_int_equal(count_of(&findings, "line-empty"), 7);
	assert_int_equal(count_of(&findings, "property-missing"), 321);
	assert_int_equal(count_of(&findings, "event-empty"), 321);
	assert_non_null(found(&findings, "line-long"));
	assert_non_null(found(&findings, "line-unended"));
	assert_non_null(found(&findings, "escape-missing"));
	assert_non_null(found(&findings, "property-place"));
	assert_non_null(found(&findings, "method-organizer"));
	assert_non_null(found(&findings, "last-modified-missing"));
	assert_int_equal(count_of(&findings, "tzid-unknown"), 0);
}

static void
the_defects_of_ons_are_found(void **state)
{
	struct findings findings =
	    lint_file(*state, "tests/data/feeds/ons.ics");

	assert_int_equal(count_of(&findings, "line-lf"), 23);
	assert_int_equal(count_of(&findings, "event-empty"), 2);
	assert_int_equal(count_of(&findings, "value-status"), 1);
	assert_int_equal(count_of(&findings, "escape-missing"), 4);
	assert_int_equal(count_of(&findings, "sequence-missing"), 2);
	assert_int_equal(count_of(&findings, "line-long"), 2);
	assert_int_equal(count_of(&findings, "dtstamp-same"), 1);
}

static void
chunks_of_any_size_give_the_same_findings(void **state)
{
	struct arena *arena = *state;
	size_t i, size;

	for (i = 0; i < COUNT(broken); i++) {
		const char *path = arena_printf(
		    arena, "tests/data/broken-feeds/%s.ics", broken[i].file);
		struct findings whole = lint_file(arena, path), parts;
		struct bytes bytes;

		assert_null(file_read(arena, path, FEED_LIMIT, &bytes));
		for (size = 1; size < 40; size += 6) {
			struct lint *lint = lint_new(arena);
			size_t at, j;

			for (at = 0; at < bytes.len; at += size)
				lint_add(lint, bytes.data + at,
				    bytes.len - at < size ? bytes.len - at
							  : size);
			lint_end(lint, &parts);
			assert_int_equal(parts.n, whole.n);
			for (j = 0; j < whole.n; j++) {
				assert_ptr_equal(
				    parts.v[j].rule, whole.v[j].rule);
				assert_int_equal(
				    parts.v[j].line, whole.v[j].line);
				assert_int_equal(
				    parts.v[j].col, whole.v[j].col);
			}
		}
	}
}

/* The lines of an event and the rule they break, or NULL. */
static const struct {
	const char *lines, *rule;
} events[] = {
	{ START, NULL },
	{ START "SUMMARY:a\\, b\\; c\\\\ d\\n e\\N f: \"g\"\r\n", NULL },
	{ START "SUMMARY:a, b\r\n", "escape-missing" },
	{ START "SUMMARY:a\\\r\n", "escape-unknown" },
	{ START "CATEGORIES:a,b\r\n", NULL },
	{ START "CATEGORIES:a;b\r\n", "escape-missing" },
	{ START "X-ANY:a,b;c\\x\r\n", NULL },
	{ START "SUMMARY;LANGUAGE=en:Note: see below\r\n", NULL },
	{ START "SUMMARY;LANGUAGE=en:https://a.example/\r\n", NULL },
	{ START "SUMMARY;X-A=\"en:x\":y\r\n", NULL },
	{ START "SUMMARY;LANGUAGE=\"en:y\r\n", "parameter-syntax" },
	{ START "SUMMARY;LANGUAGE:y\r\n", "parameter-syntax" },
	{ START "SUMMARY;=x:y\r\n", "parameter-syntax" },
	{ START "SUM MARY:y\r\n", "line-syntax" },
	{ START ":y\r\n", "line-syntax" },
	{ START "summary:y\r\nSummary:z\r\n", "property-repeated" },
	{ START "COMMENT:y\r\nCOMMENT:z\r\n", NULL },
	{ START "SUMMRY:y\r\n", "property-unknown" },
	{ START "TZOFFSETTO:+0800\r\n", "property-place" },
	{ START "SUMMARY:a\rb\r\n", "line-cr" },
	{ START "SUMMARY:a\tb\r\n", NULL },
	{ START "SUMMARY:a\x7F\r\n", "control-character" },
	{ START "SUMMARY:\xED\xA0\x80\r\n", "utf8" },
	{ START "SUMMARY:\xC0\xAF\r\n", "utf8" },
	{ "DTSTART;VALUE=DATE:20260320\r\nDTEND;VALUE=DATE:20260321\r\n",
	    NULL },
	{ "DTSTART;VALUE=DATE:20260320\r\nDTEND;VALUE=DATE:20260320\r\n",
	    "event-empty" },
	{ "DTSTART:20260320\r\n", "value-date" },
	{ "DTSTART;VALUE=DATE:20260229\r\n", "value-date" },
	{ "DTSTART;VALUE=DATE:20260320T013000Z\r\n", "value-date" },
	{ "DTSTART:20260320T240000Z\r\n", "value-date" },
	{ "DTSTART:20260320T013000\r\n", "time-floating" },
	{ "DTSTART:2026-03-20T01:30:00Z\r\n", "value-date" },
	{ "DTSTART:20260320T013000+0800\r\n", "value-date" },
	{ "DTSTART:\r\n", "value-date" },
	{ "DTSTART;TZID=/a.example/Asia/Shanghai:20260320T093000\r\n", NULL },
	{ "DTSTART;TZID=Asia/Shanghai:20260320T093000\r\n", "tzid-unknown" },
	{ "DTSTART;TZID=Asia/Shanghai:20260320T013000Z\r\n", "tzid-misplaced" },
	{ START "CREATED:20260102T000000Z\r\n", "last-modified-order" },
	{ START "CREATED:20260102T000000\r\n", "time-not-utc" },
	{ START "EXDATE:20260320T013000Z,20260321T013000Z\r\n", NULL },
	{ START "EXDATE:20260320T013000Z,20261321T013000Z\r\n", "value-date" },
	{ "DTSTART;VALUE=DATE:20260320\r\n"
	  "RDATE;VALUE=DATE:20260320,20260321\r\n",
	    NULL },
	{ START "RDATE;VALUE=PERIOD:20260320T013000Z/PT1H\r\n", NULL },
	{ START "RDATE;VALUE=PERIOD:20260320T013000Z/\r\n", "value-date" },
	{ START "DURATION:PT1H30M\r\n", NULL },
	{ START "DURATION:P2W\r\n", NULL },
	{ START "DURATION:P1DT2H\r\n", NULL },
	{ START "DURATION:PT0M\r\n", "event-empty" },
	{ START "DURATION:PT\r\n", "value-duration" },
	{ START "DURATION:P1DT\r\n", "value-duration" },
	{ START "DURATION:P1W2D\r\n", "value-duration" },
	{ START "DURATION:-PT1H\r\n", "value-duration" },
	{ START "DURATION:PT99999999999999999999H\r\n", "value-duration" },
	{ START "PRIORITY:9\r\n", NULL },
	{ START "PRIORITY:10\r\n", "value-integer" },
	{ START "PRIORITY:-1\r\n", "value-integer" },
	{ START "PRIORITY:\r\n", "value-integer" },
	{ START "URL:https://a.example/b?c=d,e;f#g\r\n", NULL },
	{ START "URL:www.a.example\r\n", "value-uri" },
	{ START "URL:https://a.example/b c\r\n", "value-uri" },
	{ START "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\n", NULL },
	{ START "GEO:29.56;106.55\r\n", NULL },
	{ START "GEO:29.56,106.55\r\n", "value-geo" },
	{ START "GEO:91;0\r\n", "value-geo" },
	{ START "TRANSP:FREE\r\n", "value-transp" },
	{ START "STATUS:Provisional\r\n", "value-status" },
	{ START "STATUS:confirmed\r\n", NULL },
	{ START "STATUS:NEEDS-ACTION\r\n", "value-status" },
	{ START "RRULE:FREQ=MONTHLY;BYDAY=3FR,-1MO;BYSETPOS=-1;WKST=SU\r\n",
	    NULL },
	{ START "RRULE:FREQ=YEARLY;UNTIL=20271231T000000Z;BYMONTH=1,12\r\n",
	    NULL },
	{ START "RRULE:BYMONTH=1\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;BYMONTH=13\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;BYMONTHDAY=0\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;COUNT=0\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20271231\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;FREQ=DAILY\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;BYDAY=XX\r\n", "value-rrule" },
	{ START "RRULE:\r\n", "value-rrule" },
	{ START "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\n"
		"TRIGGER:-PT15M\r\nEND:VALARM\r\n",
	    "alarm-in-feed" },
	{ START "BEGIN:VALARM\r\nACTION:EMAIL\r\nDESCRIPTION:x\r\n"
		"TRIGGER:-PT15M\r\nSUMMARY:x\r\nEND:VALARM\r\n",
	    "property-missing" },
	{ START "BEGIN:VALARM\r\nACTION:RING\r\nTRIGGER:-PT15M\r\n"
		"END:VALARM\r\n",
	    "value-action" },
	{ START "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT15M\r\n"
		"REPEAT:2\r\nEND:VALARM\r\n",
	    "property-missing" },
	{ START "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER;VALUE=DATE-TIME:"
		"20260320T010000\r\nEND:VALARM\r\n",
	    "time-not-utc" },
	{ START "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\n"
		"END:VALARM\r\n",
	    "property-missing" },
	{ START "BEGIN:VEVENT\r\n", "component-nesting" },
	{ START "END:VTODO\r\n", "component-nesting" },
	{ START "BEGIN:X-OWN\r\nANY:a,b\r\nEND:X-OWN\r\n", "property-unknown" },
	{ START "begin:X-own\r\nend:X-own\r\n", "name-case" },
	{ START "BEGIN:VFOO\r\nEND:VFOO\r\n", "component-unknown" },
	{ START "BEGIN:VLOCATION\r\nEND:VLOCATION\r\n", NULL },
	{ START "SUMMARY:x\r\n\ty\r\n", "fold-tab" },
	{ START "SUMMARY:\r\n", "summary-missing" },
	{ START "SUMMARY;CHARSET=UTF-8:x\r\n", "parameter-unknown" },
	{ START "SUMMARY;X-ANY=1,2:x\r\n", NULL },
	{ START "SUMMARY;LANGUAGE=zh-Hans-CN:x\r\n", NULL },
	{ START "SUMMARY;LANGUAGE=:x\r\n", "parameter-value" },
	{ START "COMMENT;X-A=\"b\",\"c\",d:x\r\n", NULL },
	{ START "COMMENT;X-A=\"b\"c:x\r\n", "parameter-syntax" },
	{ START "SUMMARY:Prices &amp; wages\r\n", "text-markup" },
	{ START "SUMMARY:one<br>two\r\n", "text-markup" },
	{ START "SUMMARY:it&#39;s\r\n", "text-markup" },
	{ START "SUMMARY:R&D\\, 3 < 4 > 2\\; a<b &co\r\n", NULL },
	{ START "DESCRIPTION:one\\\\ntwo\r\n", "escape-twice" },
	{ START "SUMMARY:a\xE2\x80\xAE"
		"b\r\n",
	    "text-invisible" },
	{ START "SUMMARY:a\xC2\x85"
		"b\r\n",
	    "text-invisible" },
	{ START "SUMMARY:a\xEF\xBB\xBF"
		"b\r\n",
	    "text-invisible" },
	{ START "SUMMARY:\xE2\x80\x9C"
		"a\xE2\x80\x9D \xC2\xB7 \xEF\xBC\x8C\r\n",
	    NULL },
	{ START "URL:HTTPS://A.example/%E4%BD%A0?x=%20#y\r\n", NULL },
	{ START "URL:https:///b\r\n", "value-uri" },
	{ START "URL:https:a\r\n", "value-uri" },
	{ START "URL:https://a.example/%2\r\n", "value-uri" },
	{ START "URL:data:text/html\\,x\r\n", "value-uri" },
	{ START "URL:data:text/html,x\r\n", "uri-scheme" },
	{ START "ATTACH:file:///C:/a.doc\r\n", "uri-scheme" },
	{ START "ATTACH;VALUE=BINARY:AAAA\r\n", "value-binary" },
	{ START "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAA=\r\n", NULL },
	{ START "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAA\r\n", "value-binary" },
	{ START "COLOR:steelblue\r\n", NULL },
	{ START "COLOR:\r\n", "value-color" },
	{ START "STATUS:CANCELLED\r\n", "cancelled-sequence" },
	{ START "CATEGORIES;VALUE=URI:a\r\n", "value-type" },
	{ START "DURATION;VALUE=X-OWN:a\r\n", "value-type" },
	{ START "RELATED-TO;VALUE=URI:https://a.example/\r\n", NULL },
	{ START "RRULE:FREQ=MONTHLY;UNTIL=20270101T000000\r\n", "rrule-until" },
	{ START "RRULE:FREQ=MONTHLY;UNTIL=20250101T000000Z\r\n",
	    "rrule-until-early" },
	{ "DTSTART;VALUE=DATE:20260320\r\nRRULE:FREQ=DAILY;UNTIL=20260401\r\n",
	    NULL },
	{ "DTSTART;VALUE=DATE:20260320\r\n"
	  "RRULE:FREQ=DAILY;UNTIL=20260401T000000Z\r\n",
	    "rrule-until" },
	{ START "RRULE:FREQ=WEEKLY;BYMONTHDAY=1\r\n", "value-rrule" },
	{ START "RRULE:FREQ=MONTHLY;BYWEEKNO=1\r\n", "value-rrule" },
	{ START "RRULE:FREQ=MONTHLY;BYYEARDAY=1\r\n", "value-rrule" },
	{ START "RRULE:FREQ=WEEKLY;BYDAY=2MO\r\n", "value-rrule" },
	{ START "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=2MO\r\n", "value-rrule" },
	{ START "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,\r\n", "value-rrule" },
	{ START "RRULE:FREQ=MONTHLY;\r\n", "value-rrule" },
	{ START "EXDATE:20260320T013000Z,\r\n", "value-date" },
	{ START "EXDATE:20260320T013000\r\n", "recurrence-type" },
	{ START "RDATE;VALUE=DATE:20260320\r\n", "recurrence-type" },
	{ START "RDATE;VALUE=PERIOD:20260320T013000Z/20260320T003000Z\r\n",
	    "value-date" },
	{ "DTSTART;VALUE=DATE:20260320\r\nDURATION:P1D\r\n", NULL },
	{ "DTSTART;VALUE=DATE:20260320\r\nDURATION:PT24H\r\n",
	    "duration-date" },
	{ "DTSTART:20260320T013000\r\nDTEND:20260320T023000Z\r\n",
	    "zone-mixed" },
	{ START "X-ANY:\r\n", NULL },
	{ "RECURRENCE-ID:20260320T013000Z\r\n" START, NULL },
	{ START "SUMMARY:t\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u@t\r\n" START
		"DTSTAMP:20260101T000000Z\r\nSEQUENCE:0\r\n"
		"LAST-MODIFIED:20260101T000000Z\r\nSUMMARY:t\r\n"
		"RECURRENCE-ID:20260320T013000Z\r\n",
	    NULL },
};

static void
each_rule_speaks_where_it_must_and_is_silent_elsewhere(void **state)
{
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(events); i++) {
		struct findings findings = lint_event(arena, events[i].lines);

		if (events[i].rule == NULL && findings.n > 0)
			fail_msg(
			    "%s: %s", events[i].lines, findings.v[0].rule->id);
		if (events[i].rule != NULL &&
		    found(&findings, events[i].rule) == NULL)
			fail_msg("%s: no %s", events[i].lines, events[i].rule);
	}
}

/* The same for lines of the calendar itself. */
static const struct {
	const char *lines, *rule;
} calendars[] = {
	{ "VERSION:2.0\r\nCALSCALE:GREGORIAN\r\n", NULL },
	{ "VERSION:2.0\r\nCALSCALE:CHINESE\r\n", "calscale" },
	{ "VERSION:1.0\r\n", "value-version" },
	{ "VERSION:2.0\r\nSOURCE:https://a.example/\r\n", "parameter-missing" },
	{ "VERSION:2.0\r\nMETHOD:PUBLISH\r\n", "method-organizer" },
	{ "VERSION:2.0\r\nMETHOD:REQUEST\r\n", "method-invitation" },
	{ "VERSION:2.0\r\nMETHOD:PUBLISHED\r\n", "value-method" },
	{ "VERSION:2.0\r\nCOLOR:#fff\r\n", "value-color" },
	{ "VERSION:2.0\r\nIMAGE:https://a.example/\r\n", "parameter-missing" },
	{ "VERSION:2.0\r\nREFRESH-INTERVAL;VALUE=DURATION:PT0S\r\n",
	    "value-duration" },
	{ "VERSION:2.0\r\nBEGIN:VTODO\r\nUID:v@t\r\n"
	  "DTSTAMP:20260102T000000Z\r\nDURATION:PT1H\r\nEND:VTODO\r\n",
	    "property-missing" },
	{ "VERSION:2.0\r\nBEGIN:VTODO\r\nUID:v@t\r\n"
	  "DTSTAMP:20260102T000000Z\r\nEND:VTODO\r\nX-ANY:1\r\n",
	    "property-order" },
	{ "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:a\r\n"
	  "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	  "TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\n"
	  "RRULE:FREQ=YEARLY;UNTIL=19800101T000000\r\n"
	  "END:STANDARD\r\nEND:VTIMEZONE\r\n",
	    "rrule-until" },
	{ "VERSION:2.0\r\nSUMMARY:x\r\n", "property-place" },
	{ "VERSION:2.0\r\nX-WR-CALNAME:a,b\r\n", "escape-missing" },
	{ "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:a\r\n"
	  "END:VTIMEZONE\r\n",
	    "component-missing" },
	{ "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:a\r\n"
	  "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	  "TZOFFSETFROM:-0000\r\nTZOFFSETTO:+0800\r\n"
	  "END:STANDARD\r\nEND:VTIMEZONE\r\n",
	    "value-offset" },
	{ "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:a\r\n"
	  "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	  "TZOFFSETFROM:+8\r\nTZOFFSETTO:+0800\r\n"
	  "END:STANDARD\r\nEND:VTIMEZONE\r\n",
	    "value-offset" },
};

static void
each_rule_about_calendars_speaks_where_it_must(void **state)
{
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(calendars); i++) {
		const char *text = arena_printf(arena,
		    "BEGIN:VCALENDAR\r\nPRODID:-//t//t//EN\r\n%s"
		    "BEGIN:VEVENT\r\nUID:u@t\r\n"
		    "DTSTAMP:20260101T000000Z\r\n"
		    "LAST-MODIFIED:20260101T000000Z\r\nSUMMARY:t\r\n"
		    "SEQUENCE:0\r\n" START "END:VEVENT\r\nEND:VCALENDAR\r\n",
		    calendars[i].lines);
		struct findings findings = { 0 };

		lint_bytes(arena, text, strlen(text), &findings);
		if (calendars[i].rule == NULL && findings.n > 0)
			fail_msg("%s: %s", calendars[i].lines,
			    findings.v[0].rule->id);
		if (calendars[i].rule != NULL &&
		    found(&findings, calendars[i].rule) == NULL)
			fail_msg(
			    "%s: no %s", calendars[i].lines, calendars[i].rule);
	}
}

static void
a_long_vtimezone_is_warned_about(void **state)
{
	struct lint *lint = lint_new(*state);
	struct findings findings = { 0 };
	static const char zone[] = "BEGIN:VTIMEZONE\r\nTZID:a\r\n";
	static const char rule[] =
	    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	    "TZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\n"
	    "END:STANDARD\r\n";
	int i;

	lint_add(lint, zone, sizeof(zone) - 1);
	for (i = 0; i < 20; i++)
		lint_add(lint, rule, sizeof(rule) - 1);
	lint_add(lint, "END:VTIMEZONE\r\n", 15);
	lint_end(lint, &findings);
	assert_non_null(found(&findings, "vtimezone-long"));
}

static void
a_place_in_a_folded_line_is_the_physical_one(void **state)
{
	struct findings findings = lint_event(
	    *state, START "SUMMARY:folded\r\n  twice\r\n \there, a\r\n");
	const struct finding *finding = found(&findings, "escape-missing");

	assert_non_null(finding);
	assert_int_equal(finding->line, 12);
	assert_int_equal(finding->col, 7);
}

static void
a_timezone_may_be_defined_after_its_use(void **state)
{
	struct arena *arena = *state;
	struct findings findings = lint_event(arena,
	    "DTSTART;TZID=Asia/Shanghai:20260320T093000\r\n"
	    "SUMMARY:t\r\nEND:VEVENT\r\n"
	    "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
	    "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\n"
	    "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	    "BEGIN:VEVENT\r\nUID:v@t\r\nDTSTAMP:20260101T000000Z\r\n"
	    "LAST-MODIFIED:20260101T000000Z\r\nSUMMARY:t\r\n"
	    "SEQUENCE:0\r\n" START);

	assert_int_equal(findings.n, 0);
}

static void
the_same_uid_in_another_calendar_is_no_duplicate(void **state)
{
	struct arena *arena = *state;
	const char *one = event(arena, START);
	const char *two = arena_printf(arena, "%s%s", one, one);
	struct findings findings = { 0 };

	lint_bytes(arena, two, strlen(two), &findings);
	assert_int_equal(findings.n, 1);
	assert_string_equal(findings.v[0].rule->id, "calendar-repeated");
}

static void
what_the_server_says_is_judged_as_well(void **state)
{
	static const struct {
		const char *type;
		bool validator;
		const char *rule;
	} answers[] = {
		{ "text/calendar; charset=utf-8", true, NULL },
		{ "Text/Calendar;method=PUBLISH; charset=\"UTF-8\"", true,
		    NULL },
		{ "text/calendar; charset=utf-8", false, "http-validator" },
		{ "text/calendar", true, "http-charset" },
		{ "text/calendar; charset=gb2312", true, "http-charset" },
		{ "text/calendars", true, "http-content-type" },
		{ "text/plain; charset=utf-8", true, "http-content-type" },
		{ "", true, "http-content-type" },
		{ NULL, true, "http-content-type" },
	};
	struct arena *arena = *state;
	const char *text = event(arena, START);
	size_t i;

	for (i = 0; i < COUNT(answers); i++) {
		struct lint *lint = lint_new(arena);
		struct findings findings = { 0 };

		lint_add(lint, text, strlen(text));
		lint_http(lint, answers[i].type, answers[i].validator);
		lint_end(lint, &findings);
		assert_int_equal(findings.n, answers[i].rule != NULL);
		if (answers[i].rule != NULL)
			assert_non_null(found(&findings, answers[i].rule));
	}
}

static void
what_is_no_calendar_is_said_to_be_none(void **state)
{
	static const char *const texts[] = { "", "\r\n", "<html></html>\n",
		"\x89PNG\r\n\x1a\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\n" };
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(texts); i++) {
		struct findings findings = { 0 };

		lint_bytes(arena, texts[i], strlen(texts[i]), &findings);
		assert_non_null(found(&findings, "no-calendar"));
	}
}

static void
deep_nesting_and_endless_lines_are_survived(void **state)
{
	struct arena *arena = *state;
	struct lint *lint = lint_new(arena);
	struct findings findings = { 0 };
	char block[4096];
	int i;

	for (i = 0; i < 1000; i++)
		lint_add(lint, "BEGIN:VCALENDAR\r\n", 17);
	memset(block, 'a', sizeof(block));
	for (i = 0; i < 1000; i++)
		lint_add(lint, block, sizeof(block));
	lint_add(lint, "\r\n", 2);
	for (i = 0; i < 1000; i++)
		lint_add(lint, "END:VCALENDAR\r\n", 15);
	lint_end(lint, &findings);
	assert_int_equal(count_of(&findings, "line-long"), 1);
	assert_int_equal(count_of(&findings, "line-lf"), 0);
	assert_int_equal(count_of(&findings, "component-nesting"), 999);
	assert_int_equal(count_of(&findings, "component-truncated"), 0);
}

static void
one_rule_does_not_hide_the_others(void **state)
{
	struct arena *arena = *state;
	struct lint *lint = lint_new(arena);
	struct findings findings = { 0 };
	int i;

	for (i = 0; i < 5000; i++)
		lint_add(lint, "\r\n", 2);
	lint_add(lint, "END:VEVENT\r\n", 12);
	lint_end(lint, &findings);
	assert_int_equal(findings.count[LINT_ERROR], 5002);
	assert_int_equal(findings.n, LINT_RULE_LIMIT + 2);
	assert_int_equal(count_of(&findings, "line-empty"), 5000);
	assert_string_equal(
	    findings.v[findings.n - 1].rule->id, "component-nesting");
}

static void
many_uids_are_told_apart(void **state)
{
	struct arena *arena = *state;
	struct lint *lint = lint_new(arena);
	struct findings findings = { 0 };
	int i;

	lint_add(lint, "BEGIN:VCALENDAR\r\n", 17);
	for (i = 0; i < 20001; i++) {
		const char *text = arena_printf(arena,
		    "BEGIN:VEVENT\r\nUID:%d@t\r\nEND:VEVENT\r\n", i % 20000);

		lint_add(lint, text, strlen(text));
	}
	lint_add(lint, "END:VCALENDAR\r\n", 15);
	lint_end(lint, &findings);
	assert_int_equal(count_of(&findings, "uid-duplicate"), 1);
	assert_int_equal(found(&findings, "uid-duplicate")->line, 60003);
}

static void
random_bytes_do_no_harm(void **state)
{
	struct bytes bytes;
	uint32_t seed = 20261123;
	int round;

	assert_null(file_read(*state, "tests/data/broken-feeds/01_good7986.ics",
	    FEED_LIMIT, &bytes));
	for (round = 0; round < 3000; round++) {
		struct arena *arena = arena_new();
		char *copy = arena_copy(arena, bytes.data, bytes.len);
		struct findings findings = { 0 };
		int i;

		for (i = 0; i < 6; i++) {
			seed = seed * 1664525U + 1013904223U;
			copy[(seed >> 8) % bytes.len] = "\r\n \\;:,\"\0\xE5Z0"
							"B"[(seed >> 3) % 13];
		}
		lint_bytes(arena, copy, bytes.len, &findings);
		for (i = 0; i < (int)findings.n; i++)
			assert_true(
			    findings.v[i].line > 0 && findings.v[i].col > 0);
		arena_free(arena);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_rules_have_ids_sections_and_sentences),
		test(every_broken_feed_is_found_at_its_place),
		test(good_feeds_have_hints_at_most),
		test(the_defects_of_bls_are_found),
		test(the_defects_of_ons_are_found),
		test(chunks_of_any_size_give_the_same_findings),
		test(each_rule_speaks_where_it_must_and_is_silent_elsewhere),
		test(each_rule_about_calendars_speaks_where_it_must),
		test(a_long_vtimezone_is_warned_about),
		test(a_place_in_a_folded_line_is_the_physical_one),
		test(a_timezone_may_be_defined_after_its_use),
		test(the_same_uid_in_another_calendar_is_no_duplicate),
		test(what_the_server_says_is_judged_as_well),
		test(what_is_no_calendar_is_said_to_be_none),
		test(deep_nesting_and_endless_lines_are_survived),
		test(one_rule_does_not_hide_the_others),
		test(many_uids_are_told_apart),
		test(random_bytes_do_no_harm),
	};

	return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
