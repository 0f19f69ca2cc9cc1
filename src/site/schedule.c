/* The year's schedule as a workbook: what the page of the year shows. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/words.h>

#include "schedule_book.h"
#include "site.h"

void
schedule_plan(
    struct arena *arena, const struct page *year, struct site_pages *pages)
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		struct page *page = arena_copy(arena, year, sizeof(*year));
		struct site_page out = { .what = page, .book = true };
		size_t i;

		page->lang = (enum lang)lang;
		page->book = true;
		out.path = arena_printf(arena, "%s%sschedule.xlsx",
		    lang == LANG_EN ? "en/" : "", year->folder);
		page->folder = NULL;
		out.source = source_page(page, out.path);
		/* An edition alone changes no byte of it. */
		for (i = 0; i < page->items.n; i++)
			if (page->items.v[i]->at.s > page->made.s)
				page->made = page->items.v[i]->at;
		out.updated = page->site->view->edition_at;
		if (page->made.s > out.updated.s)
			out.updated = page->made;
		ARRAY_PUSH(arena, pages, out);
	}
}

/* What comes in one month, a line each. */
static const struct error *
fill_cell(struct pen *pen, const struct items *rows, size_t first, size_t end,
    int month, struct notes *notes, const char **text)
{
	const struct error *error = NULL;
	struct buf cell;
	size_t i, number;

	buf_init(&cell, pen->arena);
	for (i = first; i < end && error == NULL; i++) {
		if (year_month(rows->v[i]) != month)
			continue;
		buf_puts(&cell, cell.len > 0 ? "\n" : "");
		buf_puts(&cell, year_cell(pen, rows->v[i]));
		error = year_note(pen, rows->v[i], notes, &number);
		if (error == NULL && number > 0)
			buf_puts(&cell,
			    SAY(pen->arena, pen->page->lang, "site.note_mark",
				pen_number(pen, (int64_t)number)));
	}
	*text = cell.len > 0 ? cell.data : "";
	return error;
}

static const struct error *
fill_row(struct pen *pen, const struct items *rows, size_t first, size_t end,
    struct notes *notes, struct schedule_row *row)
{
	struct text name, publisher;
	const struct error *error =
	    year_series(pen, rows->v[first], &name, &publisher);
	int month;

	if (error != NULL)
		return error;
	row->series = text_in(&name, pen->page->lang);
	row->publisher = text_in(&publisher, pen->page->lang);
	for (month = 1; month <= SCHEDULE_MONTHS && error == NULL; month++)
		error = fill_cell(pen, rows, first, end, month, notes,
		    &row->months[month - 1]);
	return error;
}

static void
fill_words(struct pen *pen, struct schedule *schedule)
{
	const struct page *page = pen->page;
	const struct office *office = page->site->office;
	int month;

	schedule->name = pen_number(pen, page->year);
	schedule->title = text_in(&page->title, page->lang);
	schedule->subtitle = arena_printf(pen->arena, "%s  %s",
	    text_in(&office->name, page->lang),
	    SAY(pen->arena, page->lang, "artifact.weekly_zone",
		words_zone(pen->arena, page->lang, office->timezone)));
	schedule->number = pen_say(pen, "site.number");
	schedule->header.series = pen_say(pen, "site.content");
	schedule->header.publisher = pen_say(pen, "site.publisher");
	for (month = 1; month <= SCHEDULE_MONTHS; month++)
		schedule->header.months[month - 1] = pen_say(pen,
		    arena_printf(pen->arena, "artifact.month_%02d", month));
	schedule->notes = pen_say(pen, "site.notes");
}

const struct error *
schedule_write(struct pen *pen, const char *path)
{
	const struct items rows = year_rows(pen->arena, &pen->page->items);
	struct notes notes = { .arena = pen->arena };
	struct schedule schedule = { .made = pen->page->made };
	const struct error *error = NULL;
	size_t first, end;

	fill_words(pen, &schedule);
	for (first = 0; first < rows.n && error == NULL; first = end) {
		struct schedule_row row;

		end = year_row_end(&rows, first);
		error = fill_row(pen, &rows, first, end, &notes, &row);
		ARRAY_PUSH(pen->arena, &schedule, row);
	}
	schedule.note = notes.v;
	schedule.n_notes = notes.n;
	return error != NULL ? error
			     : schedule_book(pen->arena, &schedule, path);
}
