/*
 * The table of a year, in words, and the workbook that it becomes.
 */
#ifndef SITE_SCHEDULE_BOOK_H
#define SITE_SCHEDULE_BOOK_H

#include <stddef.h>

#include <yugao/day.h>

struct arena;
struct error;

#define SCHEDULE_MONTHS 12

struct schedule_row {
	const char *series, *publisher;
	const char *months[SCHEDULE_MONTHS]; /* lines parted by '\n' */
};

struct schedule {
	struct instant made;
	const char *name; /* of the sheet */
	const char *title, *subtitle;
	const char *number; /* header of the first column */
	struct schedule_row header;
	struct schedule_row *v;
	size_t n, cap;
	const char *notes; /* heading */
	const char **note;
	size_t n_notes;
};

/* Equal schedules become equal bytes. */
const struct error *schedule_book(
    struct arena *arena, const struct schedule *schedule, const char *path);

#endif
