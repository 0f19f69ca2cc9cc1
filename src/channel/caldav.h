/*
 * What CalDAV says in XML, beside the steps of caldav.c.
 */
#ifndef CHANNEL_CALDAV_H
#define CHANNEL_CALDAV_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct multistatus;

/* Names of resources within one calendar. */
struct caldav_names {
	const char **v;
	size_t n, cap;
};

/* A MKCALENDAR's: a calendar of events with this name (RFC 4791 5.3.1). */
const char *caldav_make_body(struct arena *arena, const char *name);
/* A REPORT's: events whose UID holds this text (RFC 4791 7.8). */
const char *caldav_query_body(struct arena *arena, const char *uid);
/*
 * Of the resources that an answer tells of, those that stand directly in the
 * calendar with this URL: what a server says leads us nowhere else.
 */
void caldav_names(struct arena *arena, const char *calendar,
    const struct multistatus *said, struct caldav_names *names);
/* A precondition that no other try of the same bytes will meet. */
bool caldav_is_about_data(const char *precondition);

#endif
