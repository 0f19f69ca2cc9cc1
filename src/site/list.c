/* Releases day by day, with an anchor for every month and day. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

/* Fewer are found at a glance. */
#define FILTERED 12

static bool
is_span(const struct moment *when)
{
	return when->precision == PRECISION_MONTH ||
	       when->precision == PRECISION_WINDOW;
}

static bool
is_same_month(struct day a, struct day b)
{
	int year, month, other_year, other_month, mday;

	day_parts(a, &year, &month, &mday);
	day_parts(b, &other_year, &other_month, &mday);
	return year == other_year && month == other_month;
}

static const char *
month_id(struct pen *pen, struct day day)
{
	char text[DAY_SIZE];

	return arena_printf(pen->arena, "m%.7s", day_format(text, day));
}

void
badge_write(struct pen *pen, const struct announcement *said)
{
	enum said_status status = words_status(said);

	pen_put(pen, "span",
	    arena_printf(pen->arena, "badge %s", said_status_name(status)),
	    pen_say(pen, arena_printf(pen->arena, "site.status_%s",
			     said_status_name(status))));
	if (said->late)
		pen_words(pen, "span", "badge late", "site.status_late");
}

static void
write_clock(struct pen *pen, const struct announcement *said)
{
	const struct moment *when = &said->when;
	char text[INSTANT_SIZE], minute[DAY_SIZE];

	pen_open(pen, "span", "clock");
	if (when->precision == PRECISION_INSTANT) {
		markup_open(&pen->markup, "time");
		markup_attribute(&pen->markup, "datetime",
		    instant_format(text, said->start));
		pen_text(pen, minute_format(minute, when->start.minute));
		pen_close(pen);
	} else {
		pen_text(pen, pen_say(pen, is_span(when) ? "site.expected"
					   : when->precision == PRECISION_NLT
					       ? "site.no_later_than"
					       : "site.no_clock"));
	}
	pen_close(pen);
}

static const char *
topics_of(struct pen *pen, const struct entry *entry)
{
	const struct profile *profile = find_series(pen->page->site, entry);
	struct buf buf;
	size_t i;

	buf_init(&buf, pen->arena);
	for (i = 0; profile != NULL && i < profile->n_topics; i++) {
		buf_puts(&buf, i > 0 ? " " : "");
		buf_puts(&buf, profile->topics[i]);
	}
	return buf.len > 0 ? buf.data : NULL;
}

static void
write_item(
    struct pen *pen, const struct entry *entry, const struct announcement *said)
{
	struct markup *m = &pen->markup;
	enum lang lang = pen->page->lang;
	char text[INSTANT_SIZE];

	pen_open(pen, "li",
	    arena_printf(pen->arena, "release %s",
		said_status_name(words_status(said))));
	markup_attribute(m, "data-department", said->department);
	markup_attribute(m, "data-topics", topics_of(pen, entry));
	markup_attribute(m, "data-last", day_format(text, said->when.last));
	write_clock(pen, said);
	pen_open(pen, "span", "what");
	pen_open(pen, "span", NULL);
	pen_language(pen, &said->title);
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", entry->release),
	    words_name(pen->arena, lang, said));
	pen_close(pen);
	pen_text(pen, " ");
	pen_put(pen, "span", "by", text_in(&said->publisher, lang));
	pen_close(pen);
	badge_write(pen, said);
	pen_close(pen);
	pen_text(pen, "\n");
}

static void
write_day(struct pen *pen, const struct entry *entry)
{
	struct markup *m = &pen->markup;
	struct day day = entry->when.start.day;
	int year, month, mday;
	char text[DAY_SIZE];

	day_parts(day, &year, &month, &mday);
	pen_open(pen, "section", is_span(&entry->when) ? "day span" : "day");
	if (!is_span(&entry->when))
		markup_attribute(m, "data-day", day_format(text, day));
	pen_open(pen, "h3", NULL);
	if (is_span(&entry->when)) {
		pen_text(pen,
		    words_moment(pen->arena, pen->page->lang, &entry->when));
	} else {
		markup_open(m, "time");
		markup_attribute(m, "datetime", day_format(text, day));
		pen_put(pen, "span", "number",
		    SAY(pen->arena, pen->page->lang, "site.day",
			pen_number(pen, mday)));
		pen_text(pen, " ");
		pen_put(pen, "span", "weekday",
		    pen_say(pen, arena_printf(pen->arena, "artifact.weekday_%d",
				     (int)day_weekday(day))));
		pen_close(pen);
	}
	pen_close(pen);
	pen_open(pen, "ul", "releases");
	pen_text(pen, "\n");
}

static void
write_month(struct pen *pen, struct day day)
{
	const char *id = month_id(pen, day);

	pen_open(pen, "section", "month");
	markup_attribute(&pen->markup, "aria-labelledby", id);
	pen_open(pen, "h2", NULL);
	markup_attribute(&pen->markup, "id", id);
	pen_text(pen, words_month(pen->arena, pen->page->lang, day));
	pen_close(pen);
}

static bool
is_same_day(const struct entry *a, const struct entry *b)
{
	return a->when.start.day.n == b->when.start.day.n &&
	       is_span(&a->when) == is_span(&b->when) &&
	       (!is_span(&a->when) || a->when.last.n == b->when.last.n);
}

/* Closes and opens what lies between two items. */
static void
turn_page(struct pen *pen, const struct entry *before, const struct entry *now)
{
	bool month = before == NULL || !is_same_month(before->when.start.day,
					   now->when.start.day);

	if (before != NULL && !month && is_same_day(before, now))
		return;
	if (before != NULL) {
		pen_close(pen); /* ul */
		pen_close(pen); /* day */
		if (month)
			pen_close(pen);
	}
	if (month)
		write_month(pen, now->when.start.day);
	write_day(pen, now);
}

static void
write_months(struct pen *pen)
{
	const struct items *items = &pen->page->items;
	size_t i;

	pen_open(pen, "nav", "months");
	markup_attribute(
	    &pen->markup, "aria-label", pen_say(pen, "site.months"));
	pen_open(pen, "ol", NULL);
	for (i = 0; i < items->n; i++) {
		struct day day = items->v[i]->when.start.day;

		if (i > 0 &&
		    is_same_month(items->v[i - 1]->when.start.day, day))
			continue;
		pen_open(pen, "li", NULL);
		pen_open(pen, "a", NULL);
		markup_attribute(&pen->markup, "href",
		    arena_printf(pen->arena, "#%s", month_id(pen, day)));
		pen_text(pen, words_month(pen->arena, pen->page->lang, day));
		pen_close(pen);
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}

static void
write_option(struct pen *pen, const char *value, const char *text)
{
	markup_open(&pen->markup, "option");
	markup_attribute(&pen->markup, "value", value);
	pen_text(pen, text);
	pen_close(pen);
}

static void
begin_choice(struct pen *pen, const char *name, const char *id)
{
	pen_open(pen, "label", NULL);
	pen_words(pen, "span", NULL, id);
	pen_open(pen, "select", NULL);
	markup_attribute(&pen->markup, "name", name);
	write_option(pen, "", pen_say(pen, "site.any"));
}

static void
write_choices(struct pen *pen)
{
	const struct site *site = pen->page->site;
	size_t i;

	begin_choice(pen, "department", "site.nav_departments");
	for (i = 0; i < site->view->n_profiles; i++)
		if (site->profiles[i].series == NULL)
			write_option(pen, site->profiles[i].department,
			    text_in(&site->profiles[i].name, pen->page->lang));
	pen_close(pen);
	pen_close(pen);
	if (site->office->n_topics == 0)
		return;
	begin_choice(pen, "topic", "site.nav_topics");
	for (i = 0; i < site->office->n_topics; i++)
		write_option(pen, site->office->topics[i].id,
		    text_in(&site->office->topics[i].name, pen->page->lang));
	pen_close(pen);
	pen_close(pen);
}

static void
write_check(struct pen *pen, const char *name, const char *id)
{
	pen_open(pen, "label", "check");
	markup_open(&pen->markup, "input");
	markup_attribute(&pen->markup, "type", "checkbox");
	markup_attribute(&pen->markup, "name", name);
	pen_close(pen);
	pen_words(pen, "span", NULL, id);
	pen_close(pen);
}

/* Shown by the script alone: without it, it would do nothing. */
static void
write_filters(struct pen *pen)
{
	struct markup *m = &pen->markup;

	pen_open(pen, "search", "filters");
	markup_flag(m, "hidden");
	pen_open(pen, "label", NULL);
	pen_words(pen, "span", NULL, "site.search");
	markup_open(m, "input");
	markup_attribute(m, "type", "search");
	markup_attribute(m, "name", "q");
	pen_close(pen);
	pen_close(pen);
	write_choices(pen);
	write_check(pen, "past", "site.hide_past");
	write_check(pen, "zone", "site.own_zone");
	pen_open(pen, "p", "count");
	markup_attribute(m, "role", "status");
	pen_close(pen);
	pen_close(pen);
}

const struct error *
list_write(struct pen *pen)
{
	const struct items *items = &pen->page->items;
	struct arena *arena = pen->arena, *row = arena_new();
	const struct error *error = NULL;
	size_t i;

	if (items->n == 0)
		pen_words(pen, "p", "empty", "site.nothing");
	if (items->n > FILTERED) {
		write_filters(pen);
		write_months(pen);
	}
	pen_open(pen, "div", "list");
	pen->arena = row;
	for (i = 0; i < items->n && error == NULL; i++) {
		struct announcement said;

		arena_reset(row);
		turn_page(pen, i > 0 ? items->v[i - 1] : NULL, items->v[i]);
		error = error_copy(arena, pen_said(pen, items->v[i], &said));
		if (error == NULL)
			write_item(pen, items->v[i], &said);
	}
	if (i > 0) {
		pen_close(pen);
		pen_close(pen);
		pen_close(pen);
	}
	pen->arena = arena;
	arena_free(row);
	pen_close(pen);
	return error;
}
