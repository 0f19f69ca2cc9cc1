/*
 * Memory for libcurl that is wiped when it is freed, since libcurl copies the
 * secrets that it is given.
 */
#ifndef CHANNEL_MEMORY_H
#define CHANNEL_MEMORY_H

#include <stdbool.h>

/* curl_global_init() with it; false if that fails. */
bool memory_init(void);

#endif
