/*
 * Asks an address of the office's own monitoring at a run's end, so that
 * somebody notices a run that did not come.
 */
#ifndef YUGAO_PING_H
#define YUGAO_PING_H

#include <yugao/office.h>
#include <yugao/transport.h>

struct arena;

/*
 * A GET of the URL that the secret holds; after a failure of the same with
 * "/fail" behind its path.  It takes 10 seconds at most, follows nowhere, and
 * reads no answer.  NULL, or the catalogue id of what went wrong.
 */
const char *ping_send(struct arena *arena, const struct monitor *monitor,
    const struct ticks *ticks, bool failed);

#endif
