/*
 * A week's releases as a text that an office copies into its own channel: one
 * file for each ISO week of the years in which there is anything to say.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

#define WEEK 7

static struct day
monday_of(struct day day)
{
	return (struct day){ day.n - ((int)day_weekday(day) + 6) % WEEK };
}

/* "2026-W10": the year is the one that Thursday is in (ISO 8601). */
static const char *
week_name(struct arena *arena, struct day monday)
{
	struct day thursday = { monday.n + 3 };
	int year = day_year(thursday);

	return arena_printf(arena, "%04d-W%02d", year,
	    (thursday.n - day_of(year, 1, 1).n) / WEEK + 1);
}

static bool
is_exact(const struct moment *when)
{
	return when->precision != PRECISION_MONTH &&
	       when->precision != PRECISION_WINDOW;
}

static bool
is_within(const struct page *page, const struct moment *when)
{
	return when->start.day.n < page->first.n + WEEK &&
	       when->last.n >= page->first.n;
}

/* The weeks from first on, each with what belongs to it. */
struct weeks {
	struct day first;
	struct items *v;
	int n;
};

static void
add_to(struct arena *arena, struct weeks *weeks, const struct entry *entry,
    const struct moment *when, const struct moment *not_in)
{
	int week = (when->start.day.n - weeks->first.n) / WEEK;
	int last = (when->last.n - weeks->first.n) / WEEK;

	if (when->last.n < weeks->first.n)
		return;
	for (week = week < 0 ? 0 : week; week <= last && week < weeks->n;
	     week++) {
		const struct page page = { .first = {
					       weeks->first.n + week * WEEK } };

		if (not_in == NULL || !is_within(&page, not_in))
			ARRAY_PUSH(arena, &weeks->v[week], entry);
	}
}

/* It belongs also to the week from which it moved away. */
static const struct error *
add_entry(struct arena *arena, struct store *store, struct weeks *weeks,
    const struct entry *entry)
{
	struct announcement said;
	const struct error *error;
	const char *json;

	add_to(arena, weeks, entry, &entry->when, NULL);
	if (entry->moves == 0)
		return NULL;
	if ((error = ledger_said(arena, store, entry->id, &json)) != NULL ||
	    (error = announcement_read(arena, json, &said)) != NULL)
		return error;
	if (said.has_previous && is_exact(&said.previous))
		add_to(arena, weeks, entry, &said.previous, &entry->when);
	return NULL;
}

static void
push(struct arena *arena, struct site_pages *pages, const struct page *given,
    const char *name)
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		struct page *page = arena_copy(arena, given, sizeof(*given));
		struct site_page out = { .what = page };
		size_t i;

		page->lang = (enum lang)lang;
		out.path = arena_printf(arena, "%sweeks/%s.txt",
		    lang == LANG_EN ? "en/" : "", name);
		out.source = source_page(page, out.path);
		out.updated = page->site->view->edition_at;
		for (i = 0; i < page->items.n; i++)
			if (page->items.v[i]->at.s > out.updated.s)
				out.updated = page->items.v[i]->at;
		ARRAY_PUSH(arena, pages, out);
	}
}

const struct error *
week_plan(struct arena *arena, struct store *store, const struct site *site,
    struct site_pages *pages)
{
	int edition = site->view->edition, i;
	struct weeks weeks = { .first = monday_of(day_of(edition - 1, 1, 4)) };
	const struct error *error = NULL;
	size_t at;

	if (edition == 0)
		return NULL;
	weeks.n =
	    (monday_of(day_of(edition + 2, 1, 4)).n - weeks.first.n) / WEEK;
	weeks.v = arena_alloc(arena, (size_t)weeks.n * sizeof(*weeks.v));
	for (at = 0; at < site->all.n && error == NULL; at++)
		error = add_entry(arena, store, &weeks, site->all.v[at]);
	for (i = 0; i < weeks.n && error == NULL; i++) {
		struct page page = {
			.site = site,
			.write = page_week,
			.items = weeks.v[i],
			.first = { weeks.first.n + i * WEEK },
			.text = true,
		};
		const char *name = week_name(arena, page.first);

		page.title = (struct text){ name, name };
		if (page.items.n > 0)
			push(arena, pages, &page, name);
	}
	return error;
}

/* The parts of the text, each under its heading. */
enum part { PART_DATED, PART_EXPECTED, PART_MOVED, PARTS };

static enum part
part_of(const struct page *page, const struct announcement *said)
{
	if (!is_within(page, &said->when))
		return PART_MOVED;
	return is_exact(&said->when) ? PART_DATED : PART_EXPECTED;
}

static void
add_line(struct pen *pen, const struct announcement *said)
{
	struct arena *arena = pen->arena;
	enum lang lang = pen->page->lang;
	const char *publisher = text_in(&said->publisher, lang);
	struct buf *out = pen->markup.out;
	struct buf change;
	const char *line;

	words_put(out, SAY(arena, lang, "artifact.weekly_line"),
	    (const char *const[]){ words_moment(arena, lang, &said->when),
		words_title(arena, lang, said), publisher },
	    3);
	buf_putc(out, '\n');
	buf_init(&change, arena);
	words_change(&change, arena, lang, said);
	for (line = change.data; change.len > 0 && *line != '\0';) {
		size_t len = strcspn(line, "\n");

		buf_puts(out, lang == LANG_ZH ? "　　" : "    ");
		buf_add(out, line, len);
		buf_putc(out, '\n');
		line += len + (line[len] == '\n');
	}
}

static const struct error *
add_part(struct pen *pen, enum part part)
{
	static const char *const headings[PARTS] = {
		[PART_EXPECTED] = "artifact.weekly_expected",
		[PART_MOVED] = "artifact.weekly_moved",
	};
	const struct page *page = pen->page;
	struct buf *out = pen->markup.out;
	const struct error *error;
	struct announcement said;
	size_t i, n = 0;

	for (i = 0; i < page->items.n; i++) {
		if ((error = pen_said(pen, page->items.v[i], &said)) != NULL)
			return error;
		if (part_of(page, &said) != part)
			continue;
		if (n++ == 0) {
			buf_putc(out, '\n');
			if (headings[part] != NULL) {
				buf_puts(out, pen_say(pen, headings[part]));
				buf_putc(out, '\n');
			}
		}
		add_line(pen, &said);
	}
	if (part == PART_DATED && n == 0) {
		buf_putc(out, '\n');
		buf_puts(out, pen_say(pen, "artifact.weekly_none"));
		buf_putc(out, '\n');
	}
	return NULL;
}

/* Of the zone in which all of it is, which is the office's. */
const struct error *
page_week(struct pen *pen)
{
	const struct page *page = pen->page;
	const struct office *office = page->site->office;
	struct day sunday = { page->first.n + WEEK - 1 };
	struct buf *out = pen->markup.out;
	const struct error *error = NULL;
	int part;

	buf_puts(out, SAY(pen->arena, page->lang, "artifact.weekly_title",
			  words_day(pen->arena, page->lang, page->first),
			  words_day(pen->arena, page->lang, sunday)));
	buf_putc(out, '\n');
	buf_puts(out, text_in(&office->name, page->lang));
	buf_putc(out, '\n');
	for (part = 0; part < PARTS && error == NULL; part++)
		error = add_part(pen, (enum part)part);
	buf_putc(out, '\n');
	buf_puts(
	    out, SAY(pen->arena, page->lang, "artifact.weekly_zone",
		     words_zone(pen->arena, page->lang, office->timezone)));
	buf_putc(out, '\n');
	buf_puts(out, SAY(pen->arena, page->lang, "artifact.weekly_foot",
			  pen_address(pen, "", "")));
	buf_putc(out, '\n');
	return error;
}

/* The list of them; the script says which is this week's. */
const struct error *
page_weeks(struct pen *pen)
{
	const struct site_pages *pages = pen->page->site->pages;
	int year = 0;
	size_t i;

	frame_begin(pen, pen_say(pen, "site.weeks"));
	pen_words(pen, "h1", NULL, "site.weeks");
	pen_words(pen, "p", "lead", "site.weeks_lead");
	for (i = 0; i < pages->n; i++) {
		const struct page *week = pages->v[i].what;
		struct day thursday = { week->first.n + 3 };
		struct day sunday = { week->first.n + WEEK - 1 };

		if (!week->text || week->lang != pen->page->lang)
			continue;
		if (day_year(thursday) != year) {
			if (year != 0)
				pen_close(pen);
			year = day_year(thursday);
			pen_put(pen, "h2", NULL, pen_number(pen, year));
			pen_open(pen, "ul", "index weeks");
		}
		pen_open(pen, "li", NULL);
		markup_attribute(&pen->markup, "data-week", week->title.zh);
		pen_link(pen,
		    arena_printf(pen->arena, "weeks/%s.txt", week->title.zh),
		    SAY(pen->arena, pen->page->lang, "artifact.span",
			words_day(pen->arena, pen->page->lang, week->first),
			words_day(pen->arena, pen->page->lang, sunday)));
		pen_close(pen);
		pen_text(pen, "\n");
	}
	if (year != 0)
		pen_close(pen);
	frame_end(pen);
	return NULL;
}
