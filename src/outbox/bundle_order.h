/*
 * What goes into a bundle: the order that the channel carries out, as text.
 */
#ifndef OUTBOX_BUNDLE_ORDER_H
#define OUTBOX_BUNDLE_ORDER_H

#include <yugao/artifact.h>

#include "offer.h"

struct bundle_order;
struct bundle_order *bundle_order_new(struct arena *arena,
    const struct offering *offering, const struct class *class);
/* A change that it carries, in the order of their entries. */
void bundle_order_add(struct bundle_order *order,
    const struct announcement *announcement, const struct entry *entry);
/* False if there was no change; newest has the id and time of the newest. */
bool bundle_order_end(
    struct bundle_order *order, struct buf *out, struct entry *newest);
/* The part that is signed, or NULL. */
const char *bundle_order_sums(const char *order, size_t *len);

#endif
