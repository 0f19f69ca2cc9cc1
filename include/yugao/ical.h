/*
 * Content lines of iCalendar (RFC 5545 3.1): folded at 75 octets, never
 * within a character, ended with CR LF.
 */
#ifndef YUGAO_ICAL_H
#define YUGAO_ICAL_H

#include <yugao/buf.h>

/* NAME:TEXT, escaped; scratch is emptied first. */
void ical_text(
    struct buf *out, struct buf *scratch, const char *name, const char *text);
/* NAME:VALUE as it stands. */
void ical_line(
    struct buf *out, struct buf *scratch, const char *name, const char *value);

#endif
