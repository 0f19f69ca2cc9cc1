/*
 * What the parts of the module share.
 */
#ifndef WATCH_WATCH_H
#define WATCH_WATCH_H

#include <yugao/watching.h>

/* Whether it is to be looked at now. */
bool target_is_due(const struct watching *watching, const struct target *target,
    const struct watched *watched);
/* When its time begins; of a day, its first minute. */
struct instant target_time(const struct target *target);
/* When looking again at its file ends. */
struct instant
term_end(const struct watching *watching, const struct target *target);
/* What is known of the file since it was first read; NULL: it never was. */
const struct sight *
last_file(const struct watching *watching, const char *release);

/*
 * What a look makes of where watching stands, and of what was seen before:
 * pure, so that it is tested without a server.  False if nothing is to be
 * recorded.
 */
bool look_judge(struct arena *arena, const struct watching *watching,
    const struct target *target, const struct glance *glance,
    struct watched *watched, struct sight *sight);

#endif
