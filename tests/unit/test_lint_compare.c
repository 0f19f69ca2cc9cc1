#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/lint.h>

#include "world.h"

#define NOW "2026-03-01T09:00:00+08:00"

/* An event of 2026-05-20 but for what these lines say. */
#define EVENT(uid, lines) \
	"BEGIN:VEVENT\r\nUID:" uid "@t\r\n" lines "END:VEVENT\r\n"
#define STAMP "DTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260101T000000Z\r\n"
#define LATER "DTSTAMP:20260102T000000Z\r\nLAST-MODIFIED:20260102T000000Z\r\n"
#define MAY "DTSTART:20260520T013000Z\r\n"
#define JUNE "DTSTART:20260620T013000Z\r\n"
#define LAST_YEAR "DTSTART:20250520T013000Z\r\n"
#define PRICES "SUMMARY:Prices\r\n"

static struct findings
compare(struct arena *arena, const char *before, const char *after)
{
	struct lint *old = lint_new(arena), *new = lint_new(arena);
	const char *const events[] = { before, after };
	struct lint *const lints[] = { old, new };
	struct findings findings = { 0 };
	struct instant now;
	int i;

	assert_true(instant_parse(NOW, &now));
	lint_keep(old);
	for (i = 0; i < 2; i++) {
		const char *text = arena_printf(arena,
		    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		    "PRODID:-//t//t//EN\r\n%sEND:VCALENDAR\r\n",
		    events[i]);

		if (i == 1)
			lint_against(new, old, now);
		lint_add(lints[i], text, strlen(text));
		lint_end(lints[i], &findings);
	}
	return findings;
}

#define OLD EVENT("a", STAMP MAY PRICES "SEQUENCE:2\r\n")
#define OTHER EVENT("z", STAMP JUNE "SEQUENCE:0\r\nSUMMARY:Jobs\r\n")

/* Two editions and the one rule that they break, or NULL. */
static const struct {
	const char *before, *after, *rule;
} editions[] = {
	{ OLD, OLD, NULL },
	{ OLD, OTHER OLD, NULL },
	/* The same lines in another order. */
	{ OLD, EVENT("a", "SEQUENCE:2\r\n" PRICES MAY STAMP), NULL },
	{ OLD, EVENT("a", LATER JUNE PRICES "SEQUENCE:3\r\n"), NULL },
	{ OLD, EVENT("a", LATER JUNE PRICES "SEQUENCE:2\r\n"),
	    "compare-sequence-kept" },
	{ OLD, EVENT("a", LATER MAY PRICES "SEQUENCE:1\r\n"),
	    "compare-sequence-fell" },
	{ OLD,
	    EVENT("a", LATER MAY PRICES "SEQUENCE:2\r\nSTATUS:CANCELLED\r\n"),
	    "compare-sequence-kept" },
	{ OLD,
	    EVENT("a", LATER MAY PRICES "SEQUENCE:3\r\nSTATUS:CANCELLED\r\n"),
	    NULL },
	{ EVENT("a", STAMP MAY PRICES "SEQUENCE:3\r\nSTATUS:CANCELLED\r\n"),
	    EVENT("a", LATER MAY PRICES "SEQUENCE:4\r\nSTATUS:CONFIRMED\r\n"),
	    "compare-uncancelled" },
	{ EVENT("a", STAMP MAY PRICES "SEQUENCE:3\r\nSTATUS:CANCELLED\r\n")
		OTHER,
	    OTHER, NULL },
	/* A new title alone needs no new SEQUENCE, but a new time. */
	{ OLD, EVENT("a", LATER MAY "SUMMARY:Price\r\nSEQUENCE:2\r\n"), NULL },
	{ OLD, EVENT("a", STAMP MAY "SUMMARY:Price\r\nSEQUENCE:2\r\n"),
	    "compare-content-kept" },
	{ OLD, EVENT("a", STAMP MAY PRICES "SEQUENCE:2\r\nX-ANY:1\r\n"),
	    "compare-content-kept" },
	{ OLD, EVENT("a", LATER MAY PRICES "SEQUENCE:2\r\n"),
	    "compare-stamp-churn" },
	{ EVENT("a", LATER MAY PRICES "SEQUENCE:2\r\n"),
	    EVENT("a", STAMP JUNE PRICES "SEQUENCE:3\r\n"),
	    "compare-stamp-back" },
	{ OLD OTHER, OTHER, "compare-uid-lost" },
	{ OLD, EVENT("b", STAMP MAY PRICES "SEQUENCE:2\r\n"),
	    "compare-uid-changed" },
	/* Moved under another UID: the title is unique on both sides. */
	{ OLD, EVENT("b", STAMP JUNE PRICES "SEQUENCE:0\r\n"),
	    "compare-uid-changed" },
	/* What is over may leave a feed that begins later … */
	{ EVENT("a", STAMP LAST_YEAR PRICES "SEQUENCE:2\r\n") OTHER, OTHER,
	    NULL },
	/* … but not one that still tells of what was before it. */
	{ EVENT("a", STAMP LAST_YEAR PRICES "SEQUENCE:2\r\n") EVENT(
	      "0", STAMP "DTSTART:20240520T013000Z\r\nSUMMARY:Jobs\r\n"),
	    EVENT("0", STAMP "DTSTART:20240520T013000Z\r\nSUMMARY:Jobs\r\n"),
	    "compare-uid-lost" },
	{ OLD, "", "compare-uid-lost" },
	/* Without a SEQUENCE it is 0. */
	{ EVENT("a", STAMP MAY PRICES), EVENT("a", LATER JUNE PRICES),
	    "compare-sequence-kept" },
	{ OLD, EVENT("a", LATER MAY PRICES), "compare-sequence-fell" },
	/* One instance of a series is not the series. */
	{ EVENT("a", STAMP MAY PRICES "SEQUENCE:0\r\nRRULE:FREQ=YEARLY\r\n"),
	    EVENT("a", STAMP MAY PRICES "SEQUENCE:0\r\nRRULE:FREQ=YEARLY\r\n")
		EVENT("a", LATER JUNE PRICES
		    "SEQUENCE:1\r\nRECURRENCE-ID:20270520T013000Z\r\n"),
	    NULL },
	/* An alarm belongs to its event. */
	{ OLD,
	    EVENT("a", STAMP MAY PRICES "SEQUENCE:2\r\nBEGIN:VALARM\r\n"
					"ACTION:AUDIO\r\nTRIGGER:-PT15M\r\n"
					"END:VALARM\r\n"),
	    "compare-content-kept" },
	{ "LAST-MODIFIED:20260102T000000Z\r\n" OLD,
	    "LAST-MODIFIED:20260101T000000Z\r\n" OLD, "compare-stamp-back" },
};

static void
each_rule_speaks_of_two_editions_where_it_must(void **state)
{
	size_t i, j;

	for (i = 0; i < COUNT(editions); i++) {
		struct findings findings =
		    compare(*state, editions[i].before, editions[i].after);
		const char *rule = editions[i].rule;
		bool seen = rule == NULL;

		for (j = 0; j < findings.n; j++) {
			const char *id = findings.v[j].rule->id;

			if (strncmp(id, "compare-", 8) != 0) {
				assert_int_equal(findings.v[j].old_line, 0);
				continue;
			}
			if (rule == NULL || strcmp(id, rule) != 0)
				fail_msg("%zu: %s", i, id);
			assert_true(findings.v[j].old_line > 0);
			assert_true(findings.v[j].old_col > 0);
			seen = true;
		}
		if (!seen)
			fail_msg("%zu: no %s", i, rule);
	}
}

static void
both_places_are_told(void **state)
{
	struct findings findings = compare(
	    *state, OLD, OTHER EVENT("a", LATER MAY PRICES "SEQUENCE:1\r\n"));
	size_t i;

	for (i = 0; i < findings.n; i++)
		if (strcmp(findings.v[i].rule->id, "compare-sequence-fell") ==
		    0)
			break;
	assert_true(i < findings.n);
	assert_int_equal(findings.v[i].line, 18);
	assert_int_equal(findings.v[i].col, 10);
	assert_int_equal(findings.v[i].old_line, 10);
	assert_int_equal(findings.v[i].old_col, 10);
	assert_string_equal(
	    message_text(*state, LANG_EN, &findings.v[i].message),
	    "the SEQUENCE of Prices has fallen: 2 → 1; "
	    "it may only grow, correct it");
}

static void
many_new_uids_are_each_told_once(void **state)
{
	struct arena *arena = *state;
	struct buf before, after;
	struct findings findings;
	size_t n, i, total = 0;
	const struct lint_rule *rules;
	int k;

	buf_init(&before, arena);
	buf_init(&after, arena);
	for (k = 0; k < 300; k++) {
		buf_printf(&before,
		    EVENT("%d", STAMP "DTSTART:2026%02d%02dT013000Z\r\n" PRICES
				      "SEQUENCE:0\r\n"),
		    k, 4 + k / 28 % 9, 1 + k % 28);
		buf_printf(&after,
		    EVENT("%d-b",
			STAMP "DTSTART:2026%02d%02dT013000Z\r\n" PRICES
			      "SEQUENCE:0\r\n"),
		    k, 4 + k / 28 % 9, 1 + k % 28);
	}
	findings = compare(arena, before.data, after.data);
	rules = lint_rules(&n);
	for (i = 0; i < n; i++)
		if (strcmp(rules[i].id, "compare-uid-changed") == 0)
			total = findings.of_rule[i];
	assert_int_equal(total, 300);
}

#define test(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(each_rule_speaks_of_two_editions_where_it_must),
		test(both_places_are_told),
		test(many_new_uids_are_each_told_once),
	};

	return cmocka_run_group_tests_name("lint_compare", tests, NULL, NULL);
}
