/*
 * The step function of each kind of channel (channel.h).
 */
#ifndef CHANNEL_KINDS_H
#define CHANNEL_KINDS_H

#include <yugao/channel.h>

const struct error *bundle_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result);
const struct error *caldav_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result);
const struct error *directory_step(struct arena *arena,
    struct delivery *delivery, const struct answer *answer,
    struct request *request, struct delivery_result *result);
/* The same for a portal without "move". */
const struct error *http_move_step(struct arena *arena,
    struct delivery *delivery, const struct answer *answer,
    struct request *request, struct delivery_result *result);
const struct error *http_put_step(struct arena *arena,
    struct delivery *delivery, const struct answer *answer,
    struct request *request, struct delivery_result *result);
const struct error *webhook_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result);
const struct error *robot_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result);

/* Reading them, see channel.h. */
enum looked directory_look(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct request *request, const char **problem);
bool directory_list(struct arena *arena, const struct portal *portal,
    void (*each)(void *context, const char *path), void *context);
enum looked http_look(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct request *request, const char **problem);

#endif
