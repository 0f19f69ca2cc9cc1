/* A year in the shape of NBS's schedule: series by months. */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

#define MONTHS 12

static int
month_of(const struct entry *entry)
{
	int year, month, mday;

	day_parts(entry->when.start.day, &year, &month, &mday);
	return month;
}

static void
write_head(struct pen *pen)
{
	int month;

	pen_open(pen, "thead", NULL);
	pen_open(pen, "tr", NULL);
	pen_open(pen, "th", NULL);
	markup_attribute(&pen->markup, "scope", "col");
	pen_text(pen, pen_say(pen, "site.content"));
	pen_close(pen);
	for (month = 1; month <= MONTHS; month++) {
		pen_open(pen, "th", NULL);
		markup_attribute(&pen->markup, "scope", "col");
		pen_text(pen, pen_say(pen, arena_printf(pen->arena,
					       "artifact.month_%02d", month)));
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}

/* "9/一" and the clock below it, as NBS writes it. */
static void
write_cell_item(struct pen *pen, const struct entry *entry)
{
	const struct moment *when = &entry->when;
	int year, month, mday;
	char minute[DAY_SIZE];
	const char *text, *id;

	day_parts(when->start.day, &year, &month, &mday);
	id = arena_printf(
	    pen->arena, "@site.weekday_%d", (int)day_weekday(when->start.day));
	text = when->precision == PRECISION_MONTH ||
		       when->precision == PRECISION_WINDOW
		   ? pen_say(pen, "site.expected")
		   : SAY(pen->arena, pen->page->lang, "site.cell",
			 pen_number(pen, mday), id);
	if (when->precision == PRECISION_INSTANT)
		text = arena_printf(pen->arena, "%s %s", text,
		    minute_format(minute, when->start.minute));
	pen_open(pen, "span",
	    entry->status == SAID_CANCELLED ? "cell cancelled" : "cell");
	if (entry->status == SAID_CANCELLED || entry->status == SAID_POSTPONED)
		pen_words(pen, "span", "mark",
		    entry->status == SAID_CANCELLED ? "site.status_cancelled"
						    : "site.status_postponed");
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", entry->release),
	    text);
	pen_close(pen);
}

static const struct error *
write_row(struct pen *pen, const struct items *items, size_t first, size_t end)
{
	const struct entry *entry = items->v[first];
	const struct profile *profile = find_series(pen->page->site, entry);
	struct announcement said;
	const char *name;
	const struct error *error;
	int month;
	size_t i;

	if ((error = pen_said(pen, entry, &said)) != NULL)
		return error;
	name = text_in(
	    profile != NULL ? &profile->name : &said.title, pen->page->lang);
	pen_open(pen, "tr", NULL);
	pen_open(pen, "th", NULL);
	markup_attribute(&pen->markup, "scope", "row");
	pen_link(pen,
	    arena_printf(pen->arena, "series/%.*s",
		(int)key_length(entry->release, 2), entry->release),
	    name);
	pen_close(pen);
	for (month = 1; month <= MONTHS; month++) {
		pen_open(pen, "td", NULL);
		for (i = first; i < end; i++)
			if (month_of(items->v[i]) == month)
				write_cell_item(pen, items->v[i]);
		pen_close(pen);
	}
	pen_close(pen);
	pen_text(pen, "\n");
	return NULL;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;
	size_t len = key_length(x->release, 2);
	size_t other = key_length(y->release, 2);
	int order = strncmp(x->release, y->release, len < other ? len : other);

	if (order == 0 && len != other)
		order = len < other ? -1 : 1;
	if (order == 0 && x->start.s != y->start.s)
		order = x->start.s < y->start.s ? -1 : 1;
	return order != 0 ? order : strcmp(x->release, y->release);
}

static const struct error *
write_rows(struct pen *pen)
{
	const struct items *items = &pen->page->items;
	struct items sorted = *items;
	struct arena *arena = pen->arena, *row = arena_new();
	const struct error *error = NULL;
	size_t first, end;

	sorted.v = arena_copy(arena, items->v, items->n * sizeof(*items->v));
	if (sorted.n > 0)
		qsort(sorted.v, sorted.n, sizeof(const void *), compare_keys);
	pen_open(pen, "tbody", NULL);
	pen->arena = row;
	for (first = 0; first < sorted.n && error == NULL; first = end) {
		const char *key = sorted.v[first]->release;
		size_t len = key_length(key, 2);

		end = first;
		while (end < sorted.n &&
		       strncmp(sorted.v[end]->release, key, len) == 0)
			end++;
		arena_reset(row);
		error = error_copy(arena, write_row(pen, &sorted, first, end));
	}
	pen->arena = arena;
	arena_free(row);
	pen_close(pen);
	return error;
}

const struct error *
page_year(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *title = text_in(&page->title, page->lang);
	const struct error *error;

	frame_begin(pen, title);
	pen_put(pen, "h1", NULL, title);
	pen_words(pen, "p", "lead", "site.year_lead");
	pen_open(pen, "section", "scroll");
	markup_attribute(&pen->markup, "aria-label", title);
	markup_attribute(&pen->markup, "tabindex", "0");
	pen_open(pen, "table", "matrix");
	pen_put(pen, "caption", "hidden", title);
	write_head(pen);
	error = write_rows(pen);
	pen_close(pen);
	pen_close(pen);
	frame_end(pen);
	return error;
}
