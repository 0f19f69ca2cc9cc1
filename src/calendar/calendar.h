/*
 * Inside the calendar module: the day table that several notices make, and
 * entries for tests and fuzzing.
 */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include <limits.h>

#include <yugao/calendar.h>
#include <yugao/file.h>
#include <yugao/notice.h>

/*
 * A date outside these years is a slip of the pen, not a plan; the bound also
 * keeps the day table small whatever a file says.
 */
#define FIRST_YEAR 1950
#define LAST_YEAR 2199

struct lines {
	struct line {
		char *text; /* unfolded, without its line end */
		size_t len; /* text[len] is '\0' */
		int number; /* where it begins in the file, from 1 */
	} * v;
	size_t n, cap;
};

struct notices {
	struct notice *v;
	size_t n, cap;
};

struct calendar {
	const char *name;
	const struct notices *notices; /* that it was made of */
	const struct calendar *base;   /* or NULL */
	struct day known_on;
	struct day covered_first, covered_last;
	struct day projected_last;
	struct day first; /* of cells[0] */
	int n;
	struct cell {
		int32_t worked;    /* working days in cells[0] … this one */
		int32_t state_end; /* first later cell of another state */
		uint32_t span;     /* index + 1 into spans, 0 = ordinary */
		uint8_t kind, state;
	} * cells;
	struct {
		const struct stretch **v;
		size_t n, cap;
	} spans;
};

/* Unfolds and splits; says nothing about what the lines hold. */
void lines_split(struct arena *arena, struct bytes bytes, struct lines *lines);

/* The day table; base may be NULL.  NULL if the sources contradict. */
struct calendar *table_build(struct arena *arena, const char *name,
    const struct notices *sources, const struct day *known_on,
    const struct calendar *base, struct diags *diags);
const struct cell *table_cell(const struct calendar *calendar, struct day day);

/* One file alone (its base is left out); NULL if it has a mistake. */
struct calendar *calendar_from_bytes(struct arena *arena, const char *file,
    struct bytes bytes, const struct day *known_on, struct diags *diags);

struct periods {
	/* The offset from this instant until the next period's. */
	struct period {
		int64_t at;
		int32_t offset;
	} * v;
	size_t n, cap;
};

/* Keeps at ascending and neighbouring offsets different. */
void
period_push(struct arena *arena, struct periods *periods, struct period period);
/* Adds what a POSIX TZ string says after the last period (RFC 8536 3.3). */
bool
footer_read(struct arena *arena, const char *footer, struct periods *periods);

/* zone_open() from another folder than the system's, and from bytes. */
const struct error *zone_open_in(struct arena *arena, const char *directory,
    const char *name, struct zone **zone);
bool zone_from_bytes(struct arena *arena, const char *name, struct bytes bytes,
    struct zone **zone);

#endif
