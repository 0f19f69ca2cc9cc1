/*
 * One change, told at once: to a program as JSON
 * (config/schema/message.json), to people as a line.
 */
#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/words.h>

#include "moment.h"

/* Starts a member: `"key":`, after a comma if it is not the first. */
static void
add_key(struct buf *out, const char *key)
{
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	buf_json(out, key);
	buf_putc(out, ':');
}

static void
add_string(struct buf *out, const char *key, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	add_key(out, key);
	buf_json(out, value);
}

static void
add_number(struct buf *out, const char *key, int64_t value)
{
	add_key(out, key);
	buf_int(out, value);
}

static bool
is_wanted(unsigned languages, int lang)
{
	return languages == 0 || (languages & 1U << (unsigned)lang) != 0;
}

/* {"zh":"…","en":"…"}: what is there, of what is wanted. */
static void
add_texts(struct buf *out, const char *key, const char *const text[LANG_COUNT],
    unsigned languages)
{
	size_t start = out->len;
	bool any = false;
	int lang;

	add_key(out, key);
	buf_putc(out, '{');
	for (lang = 0; lang < LANG_COUNT; lang++) {
		if (!is_wanted(languages, lang) || text[lang] == NULL ||
		    *text[lang] == '\0')
			continue;
		add_string(out, lang_name((enum lang)lang), text[lang]);
		any = true;
	}
	buf_putc(out, '}');
	if (!any)
		out->data[out->len = start] = '\0';
}

static void
add_text(struct buf *out, const char *key, const struct text *text,
    unsigned languages)
{
	const char *const both[LANG_COUNT] = {
		[LANG_ZH] = text->zh, [LANG_EN] = text->en
	};

	add_texts(out, key, both, languages);
}

static void
add_moment(struct buf *out, const char *key, const struct moment *when)
{
	char text[MOMENT_SIZE];

	add_key(out, key);
	buf_putc(out, '{');
	add_string(out, "when", moment_iso(text, when));
	add_string(out, "precision", precision_name(when->precision));
	buf_putc(out, '}');
}

static void
add_times(
    struct buf *out, const struct announcement *a, const struct entry *entry)
{
	char text[INSTANT_SIZE];

	add_moment(out, "new", &a->when);
	if (a->has_previous && !moment_equal(&a->previous, &a->when))
		add_moment(out, "old", &a->previous);
	if (a->when.precision == PRECISION_INSTANT)
		add_string(out, "start", instant_format(text, a->start));
	add_string(out, "timezone", a->timezone);
	if (a->status == SAID_POSTPONED && a->has_due)
		add_string(out, "newDateBy", day_format(text, a->due));
	if (a->status == SAID_RELEASED)
		add_string(out, "released", instant_format(text, a->released));
	if (words_has_notice(a))
		add_number(out, "noticeDays", words_notice_days(a, entry));
}

static void
add_links(struct buf *out, const struct announcement *a)
{
	if (a->url == NULL && a->result_url == NULL)
		return;
	add_key(out, "links");
	buf_putc(out, '{');
	add_string(out, "page", a->url);
	add_string(out, "result", a->result_url);
	buf_putc(out, '}');
}

static void
add_data(struct buf *out, const struct announcement *a,
    const struct entry *entry, unsigned languages)
{
	const char *const titles[LANG_COUNT] = {
		[LANG_ZH] = words_title(out->arena, LANG_ZH, a),
		[LANG_EN] = words_title(out->arena, LANG_EN, a),
	};

	add_string(out, "kind", entry_kind_name(entry->kind));
	add_number(out, "entry", entry->id);
	add_string(out, "release", a->release);
	add_string(out, "id", a->uid);
	add_number(out, "sequence", entry->sequence);
	add_string(out, "status", said_status_name(words_status(a)));
	add_string(out, "department", a->department);
	add_text(out, "publisher", &a->publisher, languages);
	add_texts(out, "title", titles, languages);
	add_times(out, a, entry);
	add_text(out, "reason", &a->reason, languages);
	if (a->reason_pending) {
		add_key(out, "reasonPending");
		buf_puts(out, "true");
	}
	add_links(out, a);
}

void
message_write(struct buf *out, const struct announcement *a,
    const struct entry *entry, unsigned languages)
{
	char at[INSTANT_SIZE];

	buf_putc(out, '{');
	add_string(out, "type",
	    arena_printf(
		out->arena, "release.%s", entry_kind_name(entry->kind)));
	add_string(out, "timestamp", instant_format(at, entry->at));
	add_string(out, "schema", "yugao-message/1");
	add_key(out, "data");
	buf_putc(out, '{');
	add_data(out, a, entry, languages);
	buf_puts(out, "}}\n");
}

void
change_line(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang)
{
	struct arena *arena = out->arena;

	buf_puts(out, SAY(arena, lang, "artifact.change_line",
			  words_kind(arena, lang, entry->kind),
			  words_name(arena, lang, a),
			  words_moment(arena, lang, &a->when)));
	if (a->has_previous && !moment_equal(&a->previous, &a->when))
		buf_puts(out, SAY(arena, lang, "artifact.change_was",
				  words_moment(arena, lang, &a->previous)));
	if (*text_in(&a->reason, lang) != '\0')
		buf_puts(out, SAY(arena, lang, "artifact.change_why",
				  text_in(&a->reason, lang)));
}
