/*
 * Which days are working days, how far that is officially known, and what
 * instant a wall-clock time is.  A working-day calendar is a family of
 * iCalendar files in one folder (cn-2015.ics … cn-2026.ics, one a State
 * Council notice; cn-statutory.ics projects beyond them).  A make-up day
 * beats the weekend.
 */
#ifndef YUGAO_CALENDAR_H
#define YUGAO_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/day.h>
#include <yugao/diag.h>

struct arena;
struct error;
struct calendar;
struct zone;

enum day_kind {
	DAY_WORK,    /* an ordinary Monday to Friday */
	DAY_WEEKEND, /* an ordinary Saturday or Sunday */
	DAY_OFF,     /* off by notice (or by statute, when projected) */
	DAY_MAKEUP   /* a weekend day worked by notice */
};

/* How far a day's kind is officially known. */
enum day_state {
	DAY_PUBLISHED,
	DAY_PROVISIONAL, /* late December: the next notice may still move it */
	DAY_PROJECTED,   /* statutory days only; bridges cannot be known */
	DAY_UNKNOWN      /* beyond the projection as well */
};

struct day_info {
	enum day_kind kind;
	enum day_state state;
	struct text name;   /* 春节, Spring Festival; NULL on ordinary days */
	const char *notice; /* 国办发明电〔2025〕7号, or NULL */
};

/* Where a release goes that falls on a day off (ISDA's names). */
enum roll {
	ROLL_NONE,
	ROLL_FOLLOWING,
	ROLL_MODIFIED_FOLLOWING,
	ROLL_PRECEDING,
	ROLL_MODIFIED_PRECEDING,
	ROLL_NEAREST,         /* the later one on a tie */
	ROLL_FOLLOWING_NOTICE /* out of the notice's days off; weekends stay */
};

/*
 * Reads every directory/name-*.ics, as it was known on that day (a notice or
 * amendment published later does not exist yet); NULL = all that is known.
 * directory/name.ics counts too.  Mistakes in the files are diagnostics with
 * their line, of no department: they stop all.  *calendar is NULL then, or if
 * there is no such file.
 */
const struct error *calendar_read(struct arena *arena, const char *directory,
    const char *name, const struct day *known_on, struct diags *diags,
    struct calendar **calendar);
const char *calendar_name(const struct calendar *calendar);

/* The calendars of one folder, each read when it is first asked for. */
struct calendars;
struct calendars *calendars_open(
    struct arena *arena, const char *directory, const struct day *known_on);
/* *calendar is NULL if there is none of that name or it has a mistake. */
const struct error *calendars_get(struct calendars *calendars, const char *name,
    struct diags *diags, const struct calendar **calendar);

/*
 * The days that notices cover (the last ones may be provisional), and the last
 * one that can be projected.  last < first if nothing is covered.
 */
struct day calendar_first(const struct calendar *calendar);
struct day calendar_last_published(const struct calendar *calendar);
struct day calendar_last_projected(const struct calendar *calendar);

struct day_info calendar_day(const struct calendar *calendar, struct day day);
bool calendar_is_workday(const struct calendar *calendar, struct day day);
/* The n-th working day after (n > 0) or before (n < 0); n = 0 is day. */
struct day
calendar_step(const struct calendar *calendar, struct day day, int n);
/* The n-th working day of a month, from its end if n < 0; false if none. */
bool calendar_nth_workday(const struct calendar *calendar, int year, int month,
    int n, struct day *day);
/* Working days d with from < d <= to (first day out, last day in); 0 if to <=
 * from. */
int calendar_workdays(
    const struct calendar *calendar, struct day from, struct day to);
struct day
calendar_roll(const struct calendar *calendar, enum roll roll, struct day day);
/* The least certain state of all days from … to, either order. */
enum day_state calendar_certainty(
    const struct calendar *calendar, struct day from, struct day to);

/* What a wall-clock time in a zone may be. */
enum local_kind {
	LOCAL_EXACT,
	LOCAL_GAP, /* does not exist; the instant at the gap's end is given */
	LOCAL_OVERLAP /* exists twice; the earlier one is given */
};

/* A zone of the tz database by name; ERROR_INPUT if there is none. */
const struct error *
zone_open(struct arena *arena, const char *name, struct zone **zone);
const char *zone_name(const struct zone *zone);
/* NO_TIME counts as 00:00; kind may be NULL. */
struct instant zone_instant(
    const struct zone *zone, struct local local, enum local_kind *kind);
/* Seconds are cut off: a local has minutes. */
struct local zone_local(const struct zone *zone, struct instant instant);
/* Seconds east of UTC at that instant. */
int zone_offset(const struct zone *zone, struct instant instant);

/* libical's version, for `yugao check --portals`. */
const char *calendar_library(void);

#endif
