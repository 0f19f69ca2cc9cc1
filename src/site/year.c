/* A year in the shape of NBS's schedule: series by months. */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "site.h"

#define MONTHS 12

int
year_month(const struct entry *entry)
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

/* "9/一" and the clock after it, as NBS writes it. */
static const char *
cell_time(struct pen *pen, const struct moment *when)
{
	int year, month, mday;
	char minute[DAY_SIZE];
	const char *text, *id;

	day_parts(when->start.day, &year, &month, &mday);
	id = arena_printf(
	    pen->arena, "@site.weekday_%d", (int)day_weekday(when->start.day));
	if (when->precision == PRECISION_MONTH ||
	    when->precision == PRECISION_WINDOW)
		return pen_say(pen, "site.expected");
	text = SAY(pen->arena, pen->page->lang, "site.cell",
	    pen_number(pen, mday), id);
	if (when->precision != PRECISION_INSTANT)
		return text;
	return arena_printf(pen->arena, "%s %s", text,
	    minute_format(minute, when->start.minute));
}

/* The id of what has become of it, or NULL. */
static const char *
mark_of(const struct entry *entry)
{
	if (entry->status == SAID_CANCELLED)
		return "site.status_cancelled";
	return entry->status == SAID_POSTPONED ? "site.status_postponed" : NULL;
}

const char *
year_cell(struct pen *pen, const struct entry *entry)
{
	const char *time = cell_time(pen, &entry->when);
	const char *mark = mark_of(entry);

	return mark == NULL ? time
			    : arena_printf(pen->arena, "%s %s",
				  pen_say(pen, mark), time);
}

/* Most releases have none, and need not be taken apart for it. */
const struct error *
year_note(struct pen *pen, const struct entry *entry, struct notes *notes,
    size_t *number)
{
	struct announcement said;
	const struct error *error;
	const char *json, *note;

	*number = 0;
	error = ledger_said(pen->arena, pen->store, entry->id, &json);
	if (error != NULL || strstr(json, "\"note\":") == NULL)
		return error;
	if ((error = announcement_read(pen->arena, json, &said)) != NULL)
		return error;
	note = text_in(&said.note, pen->page->lang);
	if (*note == '\0')
		return NULL;
	while (*number < notes->n && strcmp(notes->v[*number], note) != 0)
		++*number;
	if (*number == notes->n)
		ARRAY_PUSH(
		    notes->arena, notes, arena_strdup(notes->arena, note));
	++*number;
	return NULL;
}

static const struct error *
write_cell_item(struct pen *pen, const struct entry *entry, struct notes *notes)
{
	const char *mark = mark_of(entry);
	size_t number;
	const struct error *error = year_note(pen, entry, notes, &number);

	pen_open(pen, "span",
	    entry->status == SAID_CANCELLED ? "cell cancelled" : "cell");
	if (mark != NULL)
		pen_words(pen, "span", "mark", mark);
	pen_link(pen, arena_printf(pen->arena, "releases/%s/", entry->release),
	    cell_time(pen, &entry->when));
	if (number > 0) {
		pen_open(pen, "sup", NULL);
		pen_open(pen, "a", NULL);
		markup_address(&pen->markup, "href",
		    arena_printf(pen->arena, "#note-%zu", number));
		pen_text(pen, pen_number(pen, (int64_t)number));
		pen_close(pen);
		pen_close(pen);
	}
	pen_close(pen);
	return error;
}

const struct error *
year_series(struct pen *pen, const struct entry *entry, struct text *name,
    struct text *publisher)
{
	const struct profile *profile = find_series(pen->page->site, entry);
	struct announcement said;
	const struct error *error = pen_said(pen, entry, &said);

	if (error != NULL)
		return error;
	*name = profile != NULL ? profile->name : said.title;
	*publisher = said.publisher;
	return NULL;
}

static const struct error *
write_row(struct pen *pen, const struct items *rows, size_t first, size_t end,
    struct notes *notes)
{
	const struct entry *entry = rows->v[first];
	struct text name, publisher;
	const struct error *error = year_series(pen, entry, &name, &publisher);
	int month;
	size_t i;

	if (error != NULL)
		return error;
	pen_open(pen, "tr", NULL);
	pen_open(pen, "th", NULL);
	markup_attribute(&pen->markup, "scope", "row");
	pen_link(pen,
	    arena_printf(pen->arena, "series/%.*s",
		(int)key_length(entry->release, 2), entry->release),
	    text_in(&name, pen->page->lang));
	pen_close(pen);
	for (month = 1; month <= MONTHS && error == NULL; month++) {
		pen_open(pen, "td", NULL);
		for (i = first; i < end && error == NULL; i++)
			if (year_month(rows->v[i]) == month)
				error = write_cell_item(pen, rows->v[i], notes);
		pen_close(pen);
	}
	pen_close(pen);
	pen_text(pen, "\n");
	return error;
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

struct items
year_rows(struct arena *arena, const struct items *items)
{
	struct items rows = *items;

	rows.v = arena_copy(arena, items->v, items->n * sizeof(*items->v));
	if (rows.n > 0)
		qsort(rows.v, rows.n, sizeof(const void *), compare_keys);
	return rows;
}

size_t
year_row_end(const struct items *rows, size_t first)
{
	const char *key = rows->v[first]->release;
	size_t len = key_length(key, 2), end = first;

	while (end < rows->n && strncmp(rows->v[end]->release, key, len) == 0)
		end++;
	return end;
}

static const struct error *
write_rows(struct pen *pen, struct notes *notes)
{
	struct arena *arena = pen->arena, *row = arena_new();
	const struct items rows = year_rows(arena, &pen->page->items);
	const struct error *error = NULL;
	size_t first, end;

	pen_open(pen, "tbody", NULL);
	pen->arena = row;
	for (first = 0; first < rows.n && error == NULL; first = end) {
		end = year_row_end(&rows, first);
		arena_reset(row);
		error =
		    error_copy(arena, write_row(pen, &rows, first, end, notes));
	}
	pen->arena = arena;
	arena_free(row);
	pen_close(pen);
	return error;
}

static void
write_notes(struct pen *pen, const struct notes *notes)
{
	size_t i;

	if (notes->n == 0)
		return;
	pen_words(pen, "h2", NULL, "site.notes");
	pen_open(pen, "ol", "notes");
	for (i = 0; i < notes->n; i++) {
		pen_open(pen, "li", NULL);
		markup_attribute(&pen->markup, "id",
		    arena_printf(pen->arena, "note-%zu", i + 1));
		pen_text(pen, notes->v[i]);
		pen_close(pen);
	}
	pen_close(pen);
}

const struct error *
page_year(struct pen *pen)
{
	const struct page *page = pen->page;
	const char *title = text_in(&page->title, page->lang);
	struct notes notes = { .arena = pen->arena };
	const struct error *error;

	frame_begin(pen, title);
	pen_put(pen, "h1", NULL, title);
	pen_open(pen, "p", "lead");
	pen_text(pen, pen_say(pen, "site.year_lead"));
	pen_text(pen, " ");
	pen_link(pen, arena_printf(pen->arena, "%sschedule.xlsx", page->folder),
	    pen_say(pen, "site.schedule"));
	pen_close(pen);
	pen_open(pen, "section", "scroll");
	markup_attribute(&pen->markup, "aria-label", title);
	markup_attribute(&pen->markup, "tabindex", "0");
	pen_open(pen, "table", "matrix");
	pen_put(pen, "caption", "hidden", title);
	write_head(pen);
	error = write_rows(pen, &notes);
	pen_close(pen);
	pen_close(pen);
	write_notes(pen, &notes);
	frame_end(pen);
	return error;
}
