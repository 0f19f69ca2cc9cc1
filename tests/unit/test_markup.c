#include <string.h>

#include <yugao/arena.h>
#include <yugao/markup.h>

#include "world.h"

static struct markup
begin(struct arena *arena, struct buf *buf, enum markup_kind kind)
{
	buf_init(buf, arena);
	return markup_part(buf, kind);
}

static void
text_and_values_are_data_never_markup(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_HTML);

	(void)state;
	markup_open(&m, "p");
	markup_attribute(&m, "title", "\"><script>");
	markup_text(&m, "<script>alert('x & y')</script>");
	markup_end(&m);
	assert_string_equal(buf.data,
	    "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;alert(&#39;x "
	    "&amp; y&#39;)&lt;/script&gt;</p>\n");
	arena_free(arena);
}

static void
what_turns_or_controls_the_text_is_replaced(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_HTML);

	(void)state;
	markup_text(&m, "a\x01 b\u202e c\u2066 d\u200f e\u061c f\xc2\x85 g\rh");
	assert_string_equal(buf.data, "a\ufffd b\ufffd c\ufffd d\ufffd e\ufffd "
				      "f\ufffd g\ufffdh");
	arena_free(arena);
}

static void
chinese_and_emoji_stay_as_they_are(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_XML);

	(void)state;
	markup_text(&m, "居民消费价格指数 📈\n第二行");
	assert_string_equal(buf.data, "居民消费价格指数 📈\n第二行");
	arena_free(arena);
}

static void
only_addresses_that_lead_somewhere_harmless_are_written(void **state)
{
	static const char *const bad[] = { "javascript:alert(1)",
		"JAVASCRIPT:alert(1)", " javascript:alert(1)",
		"java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
		"file:///etc/passwd", "https://a.example/\r\nX: y" };
	static const char *const good[] = { "https://data.example/a?b=c#d",
		"webcal://data.example/releases.ics", "../index.html",
		"mailto:a@b.example", "tel:023-12345678", "#top", "a/b:c" };
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_HTML);
	size_t i;

	(void)state;
	markup_open(&m, "a");
	for (i = 0; i < COUNT(bad); i++)
		assert_false(markup_address(&m, "href", bad[i]));
	assert_string_equal(buf.data, "<a");
	for (i = 0; i < COUNT(good); i++)
		assert_true(markup_address(&m, "href", good[i]));
	arena_free(arena);
}

static void
what_is_opened_is_closed_in_its_order(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_HTML);

	(void)state;
	markup_open(&m, "ul");
	markup_open(&m, "li");
	markup_open(&m, "br");
	markup_close(&m);
	markup_open(&m, "details");
	markup_flag(&m, "open");
	markup_end(&m);
	assert_string_equal(
	    buf.data, "<ul><li><br><details open></details></li></ul>\n");
	arena_free(arena);
}

static void
an_empty_element_of_xml_ends_itself(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf;
	struct markup m = begin(arena, &buf, MARKUP_XML);

	(void)state;
	markup_open(&m, "link");
	markup_attribute(&m, "rel", "self");
	markup_end(&m);
	assert_string_equal(buf.data, "<link rel=\"self\"/>\n");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_values_are_data_never_markup),
		cmocka_unit_test(what_turns_or_controls_the_text_is_replaced),
		cmocka_unit_test(chinese_and_emoji_stay_as_they_are),
		cmocka_unit_test(
		    only_addresses_that_lead_somewhere_harmless_are_written),
		cmocka_unit_test(what_is_opened_is_closed_in_its_order),
		cmocka_unit_test(an_empty_element_of_xml_ends_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
