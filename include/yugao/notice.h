/*
 * A notice about working days as data: what one file of a calendar says.
 * The State Council publishes one each autumn and sometimes amends it;
 * calendars/README.md describes the files.
 */
#ifndef YUGAO_NOTICE_H
#define YUGAO_NOTICE_H

#include <yugao/buf.h>
#include <yugao/calendar.h>
#include <yugao/file.h>

/* Bounds of what is known: from the beginning, and still in force. */
#define DAY_ALWAYS ((struct day){ INT32_MIN })
#define DAY_NEVER ((struct day){ INT32_MAX })

/* Days off, or days worked, and while which knowledge was in force. */
struct stretch {
	struct day first, last;
	bool work;
	struct text name;
	const char *description; /* for people, or NULL */
	/* The notice's, or those of the amendment that brought it. */
	const char *title, *number;
	struct day published; /* of the amendment; DAY_ALWAYS: the notice's */
	struct day lapsed;    /* no longer in force from this day on */
	struct place place;
};

struct notice {
	const char *file;
	const char *title, *number, *url; /* or NULL */
	struct day published;             /* DAY_ALWAYS if it does not say */
	struct day signed_on;             /* DAY_ALWAYS: when published */
	int year;                         /* whole year it decides, or 0 */
	int projects_from, projects_to;   /* years it is the law of, or 0 */
	const char *base; /* calendar that it overrides, or NULL */
	struct place base_place;
	struct {
		struct stretch *v; /* as in the file */
		size_t n, cap;
	} days;
	/* The last amendment, where the file gives only the outcome (JSON). */
	struct {
		const char *title, *number; /* NULL: not amended */
		struct day published;
	} amended;
};

/* False if the .ics has a mistake; what could be read is in notice. */
bool notice_from_ics(struct arena *arena, const char *file, struct bytes bytes,
    struct diags *diags, struct notice *notice);
/*
 * Whether it can be what it says, beyond what a file can tell of itself:
 * number and day of publication are there; days in order, without overlap, in
 * its year or the last days of the December before; make-up days on weekends;
 * the statutory days off; as many working days off as the law gives and
 * make-up days pay for (a warning, for extra days do happen).  calendar holds
 * the law; NULL leaves the statutory days unchecked.
 */
void notice_check(struct arena *arena, const struct notice *notice,
    const struct calendar *calendar, struct diags *diags);
/*
 * An amended notice on top of what its file said before: what ended lapses,
 * what is new came with the amendment.  after->amended says which one.
 */
void notice_amend(
    struct arena *arena, const struct notice *before, struct notice *after);
/* The .ics of calendars/, byte for byte the same for the same notice. */
void notice_write(
    struct buf *buf, const char *calendar, const struct notice *notice);

/* A source of a calendar's year, an amendment being one of its own. */
struct calendar_source {
	const char *file;
	const char *title, *number, *url; /* or NULL */
	struct day published;             /* or DAY_ALWAYS */
	bool law;                         /* only projects */
};
struct calendar_sources {
	struct calendar_source *v; /* oldest first */
	size_t n, cap;
};
/* What the calendar's days of that year rest on, as far as it was known. */
void calendar_sources(struct arena *arena, const struct calendar *calendar,
    int year, struct calendar_sources *sources);

/*
 * What-if, before the calendar is first asked for: the notice stands in the
 * folder, known and in the place of one of the same year.  One that decides no
 * whole year overrides single days.
 */
void calendars_overlay(
    struct calendars *calendars, const char *name, const struct notice *notice);
/* And nobody works on these days, whatever a calendar says. */
void calendars_close(struct calendars *calendars, struct day from,
    struct day to, struct text name);

#endif
