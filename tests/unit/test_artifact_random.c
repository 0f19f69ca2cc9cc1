/*
 * Twenty thousand random values of Chinese, emoji, URLs and punctuation go
 * through our writer and come back from libical as they were.  With
 * --sample FOLDER it writes a feed of such events and what they hold, for
 * other readers: sample.ics and sample.jsonl.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/words.h>

#include "world.h"

#define VALUES 20000
#define SAMPLE 2000
#define SEED 20260310u
#define LINE_MOST 75

struct random {
	uint64_t state;
	/*
	 * Without what others undo that never was done: python3-icalendar,
	 * ruby-icalendar and node-ical undo escapes one kind after the other
	 * and take a backslash and an n for a new line; the first also takes
	 * %2C, %3A, %3B and %5C for what they stand for.
	 */
	bool tame;
};

static unsigned
below(struct random *random, unsigned n)
{
	random->state =
	    random->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(random->state >> 33) % n;
}

static void
add_piece(struct random *random, struct buf *out, const char *piece)
{
	if (!random->tame || strchr(piece, '\\') == NULL)
		buf_puts(out, piece);
}

static void
add_character(struct random *random, struct buf *out)
{
	static const char *const pieces[] = { "，", "、", "（示例）", "\\", ";",
		",", ":", "\"", "'", "\\n", "%", "&", "<b>", "=1+1", "{0}",
		"@site.search", " ", "  ", "é", "ß", "ñ", "e\xcc\x81",
		"\xd8\xa7", "\xd7\x90", "\xe2\x80\x8d", "\xf0\x9f\x93\x88",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
		"\xf0\x9f\x87\xa8\xf0\x9f\x87\xb3", "\xf0\xa0\xae\xb7",
		"\xef\xbc\x8c", "2026", "Q1", "GDP" };
	unsigned kind = below(random, 10);
	unsigned code;

	if (kind < 6) {
		code = 0x4e00 + below(random, 0x9fa5 - 0x4e00);
		buf_putc(out, (char)(0xe0 | code >> 12));
		buf_putc(out, (char)(0x80 | (code >> 6 & 0x3f)));
		buf_putc(out, (char)(0x80 | (code & 0x3f)));
	} else if (kind < 8) {
		add_piece(random, out, pieces[below(random, COUNT(pieces))]);
	} else {
		add_piece(random, out,
		    (char[]){ (char)('!' + below(random, '~' - '!')), '\0' });
	}
}

static const char *
text(struct arena *arena, struct random *random, unsigned most, bool lines)
{
	unsigned n = 1 + below(random, most), i;
	struct buf out;

	buf_init(&out, arena);
	for (i = 0; i < n; i++) {
		if (lines && i > 0 && below(random, 40) == 0)
			buf_putc(&out, '\n');
		add_character(random, &out);
	}
	/* The border takes no space from either end. */
	buf_puts(&out, "。");
	return arena_printf(arena, "题%s", out.data);
}

static void
add_octet(struct random *random, struct buf *out, unsigned octet)
{
	if (!random->tame || octet == 0 || strchr(",:;\\", (int)octet) == NULL)
		buf_printf(out, "%%%02X", octet);
}

static const char *
address(struct arena *arena, struct random *random)
{
	static const char characters[] =
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~/?&=,;:@!$'()*+";
	unsigned n = below(random, 160), i;
	struct buf out;

	buf_init(&out, arena);
	buf_puts(&out, "https://www.stats.example/");
	for (i = 0; i < n; i++) {
		if (below(random, 12) == 0)
			add_octet(random, &out, below(random, 256));
		else
			buf_putc(&out,
			    characters[below(random, sizeof(characters) - 1)]);
	}
	return out.data;
}

static struct announcement
announcement_of(struct arena *arena, struct random *random, int n)
{
	struct day day = day_of(2026, 1 + n % 12, 1 + n % 28);
	struct text *indicator = arena_alloc(arena, sizeof(*indicator));
	const char **channel = arena_alloc(arena, sizeof(*channel));
	struct announcement a = {
		.release = "nbs/cpi/2026-03",
		.uid = arena_printf(arena, "nbs.cpi.%d@stats.example", n),
		.department = "nbs",
		.series = "cpi",
		.period = "2026-03",
		.when = { PRECISION_INSTANT, { day, 570 }, day },
		.start = { (int64_t)day.n * 86400 + 5400 },
		.timezone = "Asia/Shanghai",
		.status = n % 7 == 0 ? SAID_CANCELLED : SAID_CONFIRMED,
		.indicators = indicator,
		.n_indicators = 1,
		.channels = channel,
		.n_channels = 1,
	};

	a.title.zh = text(arena, random, 90, false);
	a.publisher.zh = text(arena, random, 20, false);
	a.note.zh = text(arena, random, 200, true);
	a.reason.zh = text(arena, random, 100, true);
	indicator->zh = text(arena, random, 60, false);
	*channel = text(arena, random, 60, false);
	a.url = address(arena, random);
	return a;
}

static void
render(struct buf *out, const struct announcement *a)
{
	size_t n;
	const struct format *format = &artifact_formats(&n)[0];
	const struct entry entry = { .at.s = 1766728680 };
	const struct error *error =
	    format->item(out, a, &entry, LANG_ZH, "https://data.example/");

	if (error == NULL)
		error = format->check(out->arena, out->data, out->len, a);
	if (error != NULL)
		fail_msg("seed %u: %s: %s", SEED, a->uid,
		    error_text(out->arena, LANG_EN, error));
}

static void
assert_lines(const struct buf *item, const char *uid)
{
	const char *line = item->data;

	while (*line != '\0') {
		const char *end = strstr(line, "\r\n");

		assert_non_null(end);
		if (end - line > LINE_MOST ||
		    memchr(line, '\r', (size_t)(end - line)) != NULL)
			fail_msg("seed %u: %s: %.*s", SEED, uid,
			    (int)(end - line), line);
		line = end + 2;
	}
}

static const char *
value_of(icalcomponent *event, const char *name)
{
	icalproperty *property =
	    icalcomponent_get_first_property(event, ICAL_X_PROPERTY);

	for (; property != NULL;
	     property = icalcomponent_get_next_property(event, ICAL_X_PROPERTY))
		if (strcmp(icalproperty_get_x_name(property), name) == 0)
			return icalproperty_get_x(property);
	return "";
}

static void
assert_values(
    struct arena *arena, const struct buf *item, const struct announcement *a)
{
	icalcomponent *event = icalcomponent_new_from_string(item->data);
	struct buf description;
	icalproperty *url;

	buf_init(&description, arena);
	words_description(&description, arena, LANG_ZH, a);
	assert_non_null(event);
	assert_string_equal(
	    icalcomponent_get_summary(event), words_title(arena, LANG_ZH, a));
	assert_string_equal(
	    icalcomponent_get_description(event), description.data);
	url = icalcomponent_get_first_property(event, ICAL_URL_PROPERTY);
	assert_string_equal(icalproperty_get_url(url), a->url);
	assert_string_equal(value_of(event, "X-YUGAO-CHANNEL"), a->channels[0]);
	icalcomponent_free(event);
}

static void
random_values_come_back_as_they_were(void **state)
{
	struct random random = { SEED, false };
	struct arena *arena = arena_new();
	int i;

	(void)state;
	for (i = 0; i < VALUES; i++) {
		struct announcement a;
		struct buf item;

		arena_reset(arena);
		a = announcement_of(arena, &random, i);
		buf_init(&item, arena);
		render(&item, &a);
		assert_lines(&item, a.uid);
		assert_values(arena, &item, &a);
	}
	arena_free(arena);
}

static void
add_expected(struct buf *out, const struct announcement *a)
{
	struct buf description;

	buf_init(&description, out->arena);
	words_description(&description, out->arena, LANG_ZH, a);
	buf_puts(out, "{\"uid\":");
	buf_json(out, a->uid);
	buf_puts(out, ",\"title\":");
	buf_json(out, words_title(out->arena, LANG_ZH, a));
	buf_puts(out, ",\"description\":");
	buf_json(out, description.data);
	buf_puts(out, "}\n");
}

static int
write_sample(const char *folder)
{
	struct random random = { SEED, true };
	struct arena *arena = arena_new();
	struct feed feed = { .lang = LANG_ZH,
		.name = { "示例", "Sample" },
		.site = "https://data.example/",
		.n = SAMPLE };
	size_t n;
	const struct format *format = &artifact_formats(&n)[0];
	const struct error *error;
	struct buf ics, expected;
	int i;

	buf_init(&ics, arena);
	buf_init(&expected, arena);
	format->head(&ics, &feed);
	for (i = 0; i < SAMPLE; i++) {
		struct announcement a = announcement_of(arena, &random, i);
		struct buf item;

		buf_init(&item, arena);
		render(&item, &a);
		buf_add(&ics, item.data, item.len);
		add_expected(&expected, &a);
	}
	format->foot(&ics, &feed);
	error = file_replace(
	    arena, file_join(arena, folder, "sample.ics"), ics.data, ics.len);
	if (error == NULL)
		error = file_replace(arena,
		    file_join(arena, folder, "sample.jsonl"), expected.data,
		    expected.len);
	arena_free(arena);
	return error == NULL ? 0 : 1;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_values_come_back_as_they_were),
	};

	if (argc == 3 && strcmp(argv[1], "--sample") == 0)
		return write_sample(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
