#ifndef OUTBOX_TARGET_H
#define OUTBOX_TARGET_H

#include <yugao/digest.h>
#include <yugao/office.h>

/*
 * Which place a portal is.  What was delivered under the same id, but to
 * another place, says nothing about this one.
 */
struct digest target_digest(struct arena *arena, const struct portal *portal);

#endif
