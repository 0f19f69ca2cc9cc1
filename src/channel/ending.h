/*
 * What the channels that speak HTTP have in common: requests of a delivery
 * and how an answer that is no success ends it.
 */
#ifndef CHANNEL_ENDING_H
#define CHANNEL_ENDING_H

#include <yugao/channel.h>

/* Ends the delivery as the table of statuses, or what is below HTTP, says. */
void ending_of(struct arena *arena, const struct answer *answer,
    struct delivery_result *result);
/* Ends it for a reason of the channel's. */
void ending_set(struct arena *arena, enum delivered state, const char *problem,
    struct delivery_result *result);

bool answer_is_whole(const struct answer *answer);
/* A whole answer that says that nothing is there: 404 or 410. */
bool answer_is_gone(const struct answer *answer);
/* The answer to a write of one resource that was taken. */
bool answer_took(const struct answer *answer, bool remove);
/* If-Match compares strongly, so a weak ETag would never match: NULL. */
const char *strong_etag(struct arena *arena, const struct answer *answer);

/* Without a value, nothing is added. */
void
request_header(struct request *request, const char *name, const char *value);

#endif
