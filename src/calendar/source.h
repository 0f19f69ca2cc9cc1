/*
 * Inside the reader of .ics files: source.c walks over the lines and hands
 * whole components to component.c, which takes their values.
 */
#ifndef CALENDAR_SOURCE_H
#define CALENDAR_SOURCE_H

#include <libical/ical.h>

#include <yugao/arena.h>

#include "calendar.h"

#define DEEPEST 8

/*
 * libical sees these properties and no others: what is not read cannot be
 * misread, and a strange calendar's oddities stay away from its parser.
 */
enum property {
	P_CALSCALE,
	P_YEAR,
	P_PROJECTS,
	P_BASE,
	P_NOTICE,
	P_PUBLISHED,
	P_TITLE,
	P_URL,
	P_SIGNED,
	P_LAPSED,
	P_KIND,
	P_NAME_EN,
	P_DTSTART,
	P_DTEND,
	P_DURATION,
	P_SUMMARY,
	P_DESCRIPTION,
	P_CATEGORIES,
	P_STATUS,
	P_RRULE,
	P_RDATE,
	P_EXRULE,
	P_EXDATE,
	P_RECURRENCE_ID,
	P_COUNT
};

struct reader {
	struct arena *arena;
	struct diags *diags;
	struct notice *source;
	const char *open[DEEPEST]; /* names of the components we are in */
	size_t depth;
	bool ended; /* the VCALENDAR has */
	icalparser *head, *event;
	/* Where each property stands (0 = it does not), for diagnostics. */
	int head_line[P_COUNT], event_line[P_COUNT];
	int begin; /* line of BEGIN:VCALENDAR, or of this event's BEGIN */
};

#define MISTAKE(reader, line, ...)                         \
	DIAG((reader)->arena, (reader)->diags, DIAG_ERROR, \
	    source_place((reader)->source, (line)), __VA_ARGS__)

static inline struct place
source_place(const struct notice *source, int line)
{
	return (struct place){ .file = source->file, .line = line };
}

const char *property_name(enum property property);

/* A VEVENT becomes a span of reader->source, the VCALENDAR its facts. */
void component_read_event(struct reader *reader, icalcomponent *event);
void component_read_head(struct reader *reader, icalcomponent *head);

#endif
