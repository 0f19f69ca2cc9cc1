#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/message.h>
#include <yugao/terminal.h>

#include "world.h"

/* arena */

static void
arena_memory_is_zero_aligned_and_never_null(void **state)
{
	struct arena *arena = arena_new();
	size_t size;

	(void)state;
	assert_non_null(arena_alloc(arena, 0));
	for (size = 1; size < 300000; size = size * 2 + 1) {
		char *p = arena_alloc(arena, size);
		size_t i;

		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xFF, size);
		arena_strdup(arena, "x");
	}
	arena_free(arena);
	arena_free(NULL);
}

static void
arena_reset_gives_zero_memory_again(void **state)
{
	struct arena *arena = arena_new();
	int round, i;

	(void)state;
	arena_reset(arena);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 500; i++) {
			char *p = arena_alloc(arena, 1000);

			assert_int_equal(p[0], 0);
			assert_int_equal(p[999], 0);
			memset(p, 0xFF, 1000);
		}
		memset(arena_alloc(arena, 100000), 0xFF, 100000);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
arena_arrays_keep_their_elements_while_they_grow(void **state)
{
	struct arena *arena = *state;
	struct {
		int *v;
		size_t n, cap;
	} a = { 0 }, b = { 0 };
	int i;

	for (i = 0; i < 100000; i++) {
		ARRAY_PUSH(arena, &a, i);
		if (i % 3 == 0)
			ARRAY_PUSH(arena, &b, -i);
	}
	for (i = 0; i < 100000; i++) {
		assert_int_equal(a.v[i], i);
		if (i % 3 == 0)
			assert_int_equal(b.v[i / 3], -i);
	}
}

static void
arena_resize_copies_what_belongs_to_another_arena(void **state)
{
	struct arena *arena = *state;
	struct arena *other = arena_new();
	char *old = arena_alloc(other, 200000);
	char *moved;

	old[199999] = 'x';
	moved = arena_resize(arena, old, 200000, 400000);
	assert_ptr_not_equal(moved, old);
	arena_free(other);
	assert_int_equal(moved[199999], 'x');
}

static void
arena_resize_never_runs_over_the_end_of_its_chunk(void **state)
{
	int before, i;

	(void)state;
	for (before = 0; before < 70; before++) {
		struct arena *arena = arena_new();
		char *p, *next;

		for (i = 0; i < before; i++)
			arena_alloc(arena, 1000);
		p = arena_alloc(arena, 100);
		p[99] = 'x';
		p = arena_resize(arena, p, 100, 16000);
		memset(p + 100, 0xFF, 16000 - 100);
		next = arena_alloc(arena, 100);
		assert_true(next >= p + 16000 || next + 100 <= p);
		assert_int_equal(p[99], 'x');
		arena_free(arena);
	}
}

static void
arena_strings_are_cut_and_formatted(void **state)
{
	struct arena *arena = *state;
	char *s = arena_printf(arena, "%0500d|%s", 7, "x");

	assert_string_equal(arena_strndup(arena, "abc", 2), "ab");
	assert_string_equal(arena_strndup(arena, "abc", 20), "abc");
	assert_string_equal(arena_strndup(arena, "", 0), "");
	assert_int_equal(strlen(s), 502);
	assert_string_equal(s + 499, "7|x");
	assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
}

/* message */

static void
message_argument_that_names_a_sentence_is_translated(void **state)
{
	struct arena *arena = *state;
	struct message m =
	    MESSAGE(arena, "base.read", "x.json", "@base.errno_enoent");

	assert_string_equal(message_text(arena, LANG_EN, &m),
	    "cannot read x.json: no such file or directory; "
	    "check the name");
	assert_string_equal(message_text(arena, LANG_ZH, &m),
	    "无法读取 x.json：没有这个文件或目录，请检查名称");
	assert_string_equal(
	    SAY(arena, LANG_EN, "base.error", "@base.nothing_here"),
	    "error: @base.nothing_here");
}

static void
message_keeps_copies_of_its_arguments(void **state)
{
	struct arena *arena = *state;
	char arg[] = "before", id[] = "base.error";
	struct message m = MESSAGE(arena, id, arg);

	memcpy(arg, "after", 6);
	id[0] = 'x';
	assert_string_equal(message_text(arena, LANG_EN, &m), "error: before");
}

static void
message_without_an_entry_is_its_id(void **state)
{
	struct arena *arena = *state;
	struct message m = MESSAGE(arena, "base.no_such", "a");

	assert_string_equal(message_text(arena, LANG_ZH, &m), "base.no_such");
	assert_string_equal(
	    SAY(arena, LANG_ZH, "base.no_such", "a"), "base.no_such");
	assert_false(message_exists("base.no_such"));
	assert_false(message_exists(""));
	assert_true(message_exists("base.because"));
	assert_true(message_exists("base.write"));
}

static void
message_shows_missing_and_null_arguments_without_crashing(void **state)
{
	struct arena *arena = *state;
	struct message null = MESSAGE(arena, "base.because", NULL, "b");

	assert_string_equal(SAY(arena, LANG_EN, "base.because", "a"), "a: {1}");
	assert_string_equal(
	    SAY(arena, LANG_EN, "base.because", NULL, "b"), ": b");
	assert_string_equal(message_text(arena, LANG_EN, &null), ": b");
	assert_string_equal(
	    SAY(arena, LANG_EN, "base.because", "{1}", "b"), "{1}: b");
}

static void
message_arguments_cannot_steer_the_terminal(void **state)
{
	struct arena *arena = *state;

	assert_string_equal(SAY(arena, LANG_EN, "base.error",
				"\033[2J\r\xE2\x80\xAEx\xFF\x7F中\t\n"),
	    "error: \\u001b[2J\\u000d\\u202ex\\xff\\u007f中\t\n");
}

static void
language_names_are_read_and_others_refused(void **state)
{
	static const char *const wrong[] = { "", "z", "zhx", "C", "POSIX", "ZH",
		"de_DE.UTF-8", "english", "en/", NULL };
	enum lang lang = LANG_EN;
	size_t i;

	(void)state;
	assert_true(lang_parse("zh_CN.UTF-8", &lang));
	assert_int_equal(lang, LANG_ZH);
	assert_true(lang_parse("en", &lang));
	assert_int_equal(lang, LANG_EN);
	assert_true(lang_parse("zh-Hans", &lang));
	assert_int_equal(lang, LANG_ZH);
	for (i = 0; i < COUNT(wrong); i++)
		assert_false(lang_parse(wrong[i], &lang));
	assert_int_equal(lang, LANG_ZH);
	assert_string_equal(lang_name(LANG_ZH), "zh");
	assert_string_equal(lang_name(LANG_EN), "en");
}

static void
text_falls_back_to_the_other_language(void **state)
{
	struct text zh = { "中", NULL }, both = { "中", "en" }, none = { 0 };

	(void)state;
	assert_string_equal(text_in(&zh, LANG_EN), "中");
	assert_string_equal(text_in(&both, LANG_EN), "en");
	assert_string_equal(text_in(&both, LANG_ZH), "中");
	assert_string_equal(text_in(&none, LANG_ZH), "");
}

static void
mistyped_word_finds_its_neighbour_and_nonsense_none(void **state)
{
	static const char *const words[] = { "title", NULL, "timing",
		"department", "series", "time" };
	static const struct {
		const char *word, *found;
	} cases[] = {
		{ "title", "title" },
		{ "tilte", "title" },
		{ "titles", "title" },
		{ "timng", "timing" },
		{ "deparmtnet", "department" },
		{ "serie", "series" },
		{ "tim", "time" },
		{ "", NULL },
		{ "x", NULL },
		{ "colour", NULL },
		{ "depart", NULL },
		{ "标题", NULL },
	};
	char long_word[200];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const char *found =
		    nearest_word(cases[i].word, words, COUNT(words));

		if (cases[i].found == NULL)
			assert_null(found);
		else
			assert_string_equal(found, cases[i].found);
	}
	memset(long_word, 'a', sizeof(long_word) - 1);
	long_word[sizeof(long_word) - 1] = '\0';
	assert_null(nearest_word(long_word, words, COUNT(words)));
	assert_null(nearest_word("a", (const char *const[]){ long_word }, 1));
	assert_null(nearest_word("title", words, 0));
}

/* error */

static void
error_reads_from_the_outside_to_the_cause(void **state)
{
	struct arena *arena = *state;
	const struct error *error;

	errno = ENOSPC;
	error = error_errno(arena, "base.write", "a.ics");
	assert_int_equal(error->kind, ERROR_FAILED);
	error = ERROR_NEW(arena, ERROR_INPUT, error, "base.replace", "b", "x");
	assert_int_equal(error->kind, ERROR_INPUT);
	assert_string_equal(error_text(arena, LANG_EN, error),
	    "cannot replace b: x: cannot write a.ics: no space left on the "
	    "disk; free some and run again");
	assert_string_equal(error_text(arena, LANG_ZH, error),
	    "无法替换 b：x：无法写入 a.ics：磁盘空间不足，请清理后重新运行");
}

static void
error_number_without_words_of_ours_has_the_systems(void **state)
{
	struct arena *arena = *state;

	errno = EPIPE;
	assert_string_equal(
	    error_text(arena, LANG_EN, error_errno(arena, "base.write", "x")),
	    "cannot write x: Broken pipe");
}

static void
copied_error_outlives_its_makers_arena(void **state)
{
	struct arena *arena = *state, *other = arena_new();
	const struct error *error, *copy;

	error = ERROR_NEW(other, ERROR_QUEUED, NULL, "m.cause");
	error = ERROR_NEW(other, ERROR_INPUT, error, "base.replace",
	    arena_strdup(other, "b"), "x");
	copy = error_copy(arena, error);
	arena_free(other);
	assert_int_equal(copy->kind, ERROR_INPUT);
	assert_int_equal(copy->cause->kind, ERROR_QUEUED);
	assert_string_equal(
	    error_text(arena, LANG_EN, copy), "cannot replace b: x: m.cause");
	assert_null(error_copy(arena, NULL));
}

static void
worst_error_follows_the_documented_order(void **state)
{
	static const enum error_kind order[] = { 1, 2, 5, 3, 4, 6, 0 };
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(order); i++)
		for (j = 0; j < COUNT(order); j++)
			assert_int_equal(error_worst(order[i], order[j]),
			    order[i < j ? i : j]);
}

/* diag */

static void
diagnostics_are_sorted_and_said_once(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct place b2 = { "b", 2, 1, NULL }, a10 = { "a", 10, 1, NULL };
	struct place a9 = { "a", 9, 7, NULL };

	DIAG(arena, &diags, DIAG_ERROR, b2, "base.error", "x");
	DIAG(arena, &diags, DIAG_WARNING, a10, "base.error", "x");
	DIAG(arena, &diags, DIAG_ERROR, b2, "base.error", "x");
	DIAG(arena, &diags, DIAG_ERROR, a9, "base.error", "y");
	DIAG(arena, &diags, DIAG_ERROR, b2, "base.error", "w");
	assert_int_equal(diags.errors, 4);
	diags_sort(&diags);
	assert_int_equal(diags.n, 4);
	assert_int_equal(diags.errors, 3);
	assert_int_equal(diags.v[0].place.line, 9);
	assert_int_equal(diags.v[1].place.line, 10);
	assert_string_equal(diags.v[2].message.args[0], "w");
	assert_string_equal(diags.v[3].message.args[0], "x");
}

static void
errors_stop_their_own_department_only(void **state)
{
	struct arena *arena = *state;
	struct diags diags = { 0 };
	struct place place = { "a", 1, 1, NULL };

	diags_sort(&diags);
	assert_false(diags_stop(&diags, "tjj"));
	diags.department = "tjj";
	DIAG(arena, &diags, DIAG_WARNING, place, "base.error", "x");
	assert_false(diags_stop(&diags, "tjj"));
	DIAG(arena, &diags, DIAG_ERROR, place, "base.error", "x");
	assert_true(diags_stop(&diags, "tjj"));
	assert_false(diags_stop(&diags, "tjjx"));
	assert_false(diags_stop(&diags, NULL));
	diags.department = NULL;
	DIAG(arena, &diags, DIAG_ERROR, place, "base.error", "x");
	assert_true(diags_stop(&diags, "jtj"));
	assert_true(diags_stop(&diags, NULL));
}

static void
diagnostics_show_their_place_in_every_form(void **state)
{
	static const struct {
		struct place place;
		enum diag_level level;
		const char *en, *zh;
	} cases[] = {
		{ { "p/a.json", 3, 14, NULL }, DIAG_ERROR,
		    "p/a.json:3:14: error: m", "p/a.json:3:14: 错误：m" },
		{ { "a.csv", 3, 0, NULL }, DIAG_WARNING, "a.csv:3: warning: m",
		    "a.csv:3: 警告：m" },
		{ { "a.xlsx", 7, 2, "2026!B7" }, DIAG_NOTE,
		    "a.xlsx!2026!B7: note: m", "a.xlsx!2026!B7: 提示：m" },
		{ { "a", 0, 0, NULL }, DIAG_ERROR, "a: error: m",
		    "a: 错误：m" },
		{ { NULL, 0, 0, NULL }, DIAG_ERROR, "error: m", "错误：m" },
		{ { "a\nb\033", 0, 0, NULL }, DIAG_ERROR,
		    "a\nb\\u001b: error: m", "a\nb\\u001b: 错误：m" },
	};
	struct arena *arena = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct diag diag = { cases[i].level, cases[i].place,
			MESSAGE(arena, "m"), NULL };

		assert_string_equal(
		    diag_text(arena, LANG_EN, &diag), cases[i].en);
		assert_string_equal(
		    diag_text(arena, LANG_ZH, &diag), cases[i].zh);
	}
}

/* buf and utf8 */

static void
buffer_grows_and_stays_terminated(void **state)
{
	struct arena *arena = *state;
	struct buf buf;
	int i;

	buf_init(&buf, arena);
	assert_string_equal(buf.data, "");
	for (i = 0; i < 100000; i++) {
		buf_putc(&buf, (char)('a' + i % 26));
		assert_int_equal(buf.data[buf.len], 0);
	}
	assert_int_equal(buf.len, 100000);
	assert_int_equal(buf.data[99999], 'a' + 99999 % 26);
	buf_clear(&buf);
	assert_string_equal(buf.data, "");
	for (i = 0; i < 63; i++)
		buf_puts(&buf, "x");
	buf_printf(&buf, "%s-%0300d", "y", 5);
	assert_int_equal(buf.len, 63 + 302);
	assert_string_equal(buf.data + buf.len - 2, "05");
}

static void
buffer_writes_every_integer(void **state)
{
	struct arena *arena = *state;
	struct buf buf;

	buf_init(&buf, arena);
	buf_int(&buf, 0);
	buf_int(&buf, -1);
	buf_int(&buf, INT64_MAX);
	buf_int(&buf, INT64_MIN);
	assert_string_equal(
	    buf.data, "0-19223372036854775807-9223372036854775808");
}

static void
json_strings_escape_only_what_they_must(void **state)
{
	struct arena *arena = *state;
	struct buf buf;
	int i;

	buf_init(&buf, arena);
	buf_json(&buf, "a\"\\/\b\f\n\r\t\x01\x1f\x7f中");
	assert_string_equal(
	    buf.data, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f中\"");
	/* At every place of a word, and after one. */
	for (i = 0; i < 20; i++) {
		char in[64], out[96];

		snprintf(in, sizeof(in), "%.*s%c%s", i,
		    "统计abcdefghijklmnopqrstu", "\"\\\n"[i % 3], "中文字符");
		snprintf(out, sizeof(out), "\"%.*s\\%c%s\"", i,
		    "统计abcdefghijklmnopqrstu", "\"\\n"[i % 3], "中文字符");
		buf_clear(&buf);
		buf_json(&buf, in);
		assert_string_equal(buf.data, out);
	}
	buf_clear(&buf);
	buf_json(&buf, "");
	buf_json(&buf, NULL);
	assert_string_equal(buf.data, "\"\"null");
}

static void
invalid_utf8_is_found_where_it_starts(void **state)
{
	static const struct {
		const char *s;
		size_t len, at;
	} cases[] = {
		{ "", 0, 0 },
		{ "a\0b", 3, 3 },
		{ "中😀é", 9, 9 },
		{ "\xF4\x8F\xBF\xBF", 4, 4 },
		{ "\xED\x9F\xBF\xEE\x80\x80", 6, 6 },
		{ "ab\x80", 3, 2 },           /* a tail without a head */
		{ "a\xC0\x80", 3, 1 },        /* overlong '\0' */
		{ "a\xC1\xBF", 3, 1 },        /* overlong */
		{ "a\xE0\x9F\xBF", 4, 1 },    /* overlong */
		{ "\xF0\x8F\xBF\xBF", 4, 0 }, /* overlong */
		{ "\xED\xA0\x80", 3, 0 },     /* a surrogate */
		{ "\xF4\x90\x80\x80", 4, 0 }, /* over U+10FFFF */
		{ "\xF5\x80\x80\x80", 4, 0 },
		{ "\xFF", 1, 0 },
		{ "a\xE4\xB8", 3, 1 }, /* cut off */
		{ "a\xE4", 2, 1 },
		{ "\xE4\xB8x", 3, 0 },
		{ "\xF0\x9F\x98", 3, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    utf8_check(cases[i].s, cases[i].len), cases[i].at);
	assert_int_equal(utf8_count("a中😀", 8), 3);
	assert_int_equal(utf8_decode("😀", 4), 0x1F600);
	assert_int_equal(utf8_decode("\xFF", 1), 0xFFFD);
}

static void
control_characters_and_bidi_overrides_are_known(void **state)
{
	static const char *const controls[] = { "\x01", "\r", "\033", "\x1f",
		"\x7f", "\xC2\x80", "\xC2\x9F", "\xD8\x9C", "\xE2\x80\x8E",
		"\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6",
		"\xE2\x81\xA9" };
	static const char *const others[] = { "\t", "\n", " ", "~", "\xC2\xA0",
		"中", "\xE2\x80\xAF", "\xE2\x81\xA5", "\xFF" };
	size_t i;

	(void)state;
	assert_true(utf8_is_control("\0", 1));
	for (i = 0; i < COUNT(controls); i++)
		assert_true(utf8_is_control(controls[i], strlen(controls[i])));
	for (i = 0; i < COUNT(others); i++)
		assert_false(utf8_is_control(others[i], strlen(others[i])));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arena_memory_is_zero_aligned_and_never_null),
		TEST(arena_reset_gives_zero_memory_again),
		TEST(arena_arrays_keep_their_elements_while_they_grow),
		TEST(arena_resize_copies_what_belongs_to_another_arena),
		TEST(arena_resize_never_runs_over_the_end_of_its_chunk),
		TEST(arena_strings_are_cut_and_formatted),
		TEST(message_argument_that_names_a_sentence_is_translated),
		TEST(message_keeps_copies_of_its_arguments),
		TEST(message_without_an_entry_is_its_id),
		TEST(message_shows_missing_and_null_arguments_without_crashing),
		TEST(message_arguments_cannot_steer_the_terminal),
		TEST(language_names_are_read_and_others_refused),
		TEST(text_falls_back_to_the_other_language),
		TEST(mistyped_word_finds_its_neighbour_and_nonsense_none),
		TEST(error_reads_from_the_outside_to_the_cause),
		TEST(error_number_without_words_of_ours_has_the_systems),
		TEST(copied_error_outlives_its_makers_arena),
		TEST(worst_error_follows_the_documented_order),
		TEST(diagnostics_are_sorted_and_said_once),
		TEST(errors_stop_their_own_department_only),
		TEST(diagnostics_show_their_place_in_every_form),
		TEST(buffer_grows_and_stays_terminated),
		TEST(buffer_writes_every_integer),
		TEST(json_strings_escape_only_what_they_must),
		TEST(invalid_utf8_is_found_where_it_starts),
		TEST(control_characters_and_bidi_overrides_are_known),
	};

	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
