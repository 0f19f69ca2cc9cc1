/*
 * The events of a stranger's iCalendar feed: what they are called and when
 * they begin.  The lint admits the bytes before libical sees them; nothing
 * recurs here, an RRULE counts as its first date.
 */
#ifndef YUGAO_FOREIGN_H
#define YUGAO_FOREIGN_H

#include <stddef.h>

#include <yugao/day.h>
#include <yugao/file.h>

struct arena;
struct error;

#define FOREIGN_SIZE_MOST ((size_t)16 << 20)
#define FOREIGN_EVENTS_MOST 20000

struct foreign_event {
	const char *title;   /* one line of visible characters */
	const char *comment; /* its DESCRIPTION, or NULL */
	struct local start;  /* on its zone's clock; NO_TIME for a whole day */
};

struct foreign_feed {
	struct foreign_event *v; /* by start, then by title */
	size_t n, cap;
	const char *zone; /* in which all starts are told */
	size_t recurring; /* events with an RRULE or RDATE */
};

/*
 * Reads a feed.  Cancelled events and those without title or date are left
 * out.  Times of other zones are told in `zone`, the feed's own one, or
 * `fallback` if it names none that exists.  ERROR_INPUT if the feed is not to
 * be trusted to a parser.
 */
const struct error *foreign_parse(struct arena *arena, const char *name,
    struct bytes bytes, const char *fallback, struct foreign_feed *feed);

#endif
