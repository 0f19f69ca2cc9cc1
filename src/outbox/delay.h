#ifndef OUTBOX_DELAY_H
#define OUTBOX_DELAY_H

#include <stdint.h>

/*
 * outbox_delay() with a jitter of up to a fifth either way, always the same
 * for the same message and attempt.
 */
int64_t delay_jittered(int64_t message, int attempts);

#endif
