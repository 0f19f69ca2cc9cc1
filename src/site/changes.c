/* What was changed last, the newest first. */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

static void
write_old_and_new(
    struct pen *pen, const struct entry *entry, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	bool moved =
	    said->has_previous && !moment_equal(&said->previous, &said->when);

	pen_open(pen, "p", "moment");
	if (moved) {
		pen_put(pen, "del", NULL,
		    words_moment(pen->arena, lang, &said->previous));
		pen_text(pen, " → ");
	}
	pen_text(pen, words_moment(pen->arena, lang, &said->when));
	if (words_has_notice(said)) {
		pen_text(pen, " ");
		pen_put(pen, "span", "notice",
		    SAY(pen->arena, lang, "site.notice",
			pen_number(pen, words_notice_days(said, entry))));
	}
	pen_close(pen);
}

static void
write_change(
    struct pen *pen, const struct entry *entry, const struct announcement *said)
{
	enum lang lang = pen->page->lang;
	const struct moment at = words_local(said, entry->at);
	const char *reason = said->reason_pending
				 ? pen_say(pen, "artifact.reason_pending")
				 : text_in(&said->reason, lang);
	char text[INSTANT_SIZE];

	pen_open(pen, "li", NULL);
	pen_open(pen, "p", "said-at");
	pen_put(pen, "span",
	    arena_printf(pen->arena, "badge %s", entry_kind_name(entry->kind)),
	    words_kind(pen->arena, lang, entry->kind));
	pen_text(pen, " ");
	markup_open(&pen->markup, "time");
	markup_attribute(
	    &pen->markup, "datetime", instant_format(text, entry->at));
	pen_text(pen, words_moment(pen->arena, lang, &at));
	pen_close(pen);
	pen_close(pen);
	pen_open(pen, "h2", NULL);
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", entry->release),
	    words_name(pen->arena, lang, said));
	pen_close(pen);
	write_old_and_new(pen, entry, said);
	if (*reason != '\0') {
		pen_open(pen, "p", "reason");
		pen_words(pen, "b", NULL, "site.because");
		pen_text(pen, reason);
		pen_close(pen);
	}
	pen_close(pen);
	pen_text(pen, "\n");
}

const struct error *
page_changes(struct pen *pen)
{
	const struct items *items = &pen->page->items;
	struct arena *arena = pen->arena, *row = arena_new();
	const struct error *error = NULL;
	size_t i;

	frame_begin(pen, pen_say(pen, "site.nav_changes"));
	pen_words(pen, "h1", NULL, "site.nav_changes");
	pen_words(pen, "p", "lead", "site.changes_lead");
	pen_open(pen, "p", NULL);
	pen_link_out(pen, pen_address(pen, "", "changes.atom"),
	    pen_say(pen, "site.atom"));
	pen_close(pen);
	if (items->n == 0)
		pen_words(pen, "p", "empty", "site.nothing");
	pen_open(pen, items->n > 0 ? "ol" : "div", "changes");
	pen->arena = row;
	for (i = 0; i < items->n && error == NULL; i++) {
		struct announcement said;

		arena_reset(row);
		error = error_copy(arena, pen_said(pen, items->v[i], &said));
		if (error == NULL)
			write_change(pen, items->v[i], &said);
	}
	pen->arena = arena;
	arena_free(row);
	pen_close(pen);
	frame_end(pen);
	return error;
}
