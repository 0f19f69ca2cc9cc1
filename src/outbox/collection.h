#ifndef OUTBOX_COLLECTION_H
#define OUTBOX_COLLECTION_H

#include <yugao/office.h>

/*
 * What people call the calendar in which this event stands: the office's
 * name, and the year or topic, in the calendar's language.
 */
const char *collection_name(
    struct arena *arena, const struct office *office, const char *path);

#endif
