#include "schedule_book.h"

#include <yugao/arena.h>
#include <yugao/sheet.h>

enum { ROW_TITLE, ROW_SUBTITLE, ROW_HEADER, ROW_FIRST };
enum { COLUMN_NUMBER, COLUMN_SERIES, COLUMN_PUBLISHER, COLUMN_JANUARY };

static void
write_row(struct page *page, size_t at, const char *number,
    const struct schedule_row *row, enum look look)
{
	size_t month;

	page_text(page, at, COLUMN_NUMBER, number, look);
	page_text(page, at, COLUMN_SERIES, row->series, look);
	page_text(page, at, COLUMN_PUBLISHER, row->publisher, look);
	for (month = 0; month < SCHEDULE_MONTHS; month++)
		page_text(
		    page, at, COLUMN_JANUARY + month, row->months[month], look);
}

static void
write_notes(struct arena *arena, struct page *page, size_t at,
    const struct schedule *schedule)
{
	size_t i;

	if (schedule->n_notes == 0)
		return;
	page_text(page, at, COLUMN_SERIES, schedule->notes, LOOK_TITLE);
	for (i = 0; i < schedule->n_notes; i++) {
		page_text(page, at + 1 + i, COLUMN_NUMBER,
		    arena_printf(arena, "%zu", i + 1), LOOK_PLAIN);
		page_text(page, at + 1 + i, COLUMN_SERIES, schedule->note[i],
		    LOOK_LINE);
	}
}

static void
set_widths(struct page *page)
{
	size_t month;

	page_width(page, COLUMN_NUMBER, 5);
	page_width(page, COLUMN_SERIES, 36);
	page_width(page, COLUMN_PUBLISHER, 18);
	for (month = 0; month < SCHEDULE_MONTHS; month++)
		page_width(page, COLUMN_JANUARY + month, 11);
}

const struct error *
schedule_book(
    struct arena *arena, const struct schedule *schedule, const char *path)
{
	struct book *book = book_open(arena, path, schedule->made);
	struct page *page = book_page(book, schedule->name);
	size_t i;

	page_text(page, ROW_TITLE, 0, schedule->title, LOOK_TITLE);
	page_text(page, ROW_SUBTITLE, 0, schedule->subtitle, LOOK_LINE);
	write_row(
	    page, ROW_HEADER, schedule->number, &schedule->header, LOOK_HEADER);
	for (i = 0; i < schedule->n; i++)
		write_row(page, ROW_FIRST + i,
		    arena_printf(arena, "%zu", i + 1), &schedule->v[i],
		    LOOK_CELL);
	write_notes(arena, page, ROW_FIRST + schedule->n + 1, schedule);
	set_widths(page);
	page_freeze(page, ROW_FIRST, COLUMN_PUBLISHER);
	page_print(page, ROW_HEADER);
	return book_close(book);
}
