/*
 * A path of the tree at a portal.
 */
#ifndef CHANNEL_PATH_H
#define CHANNEL_PATH_H

#include <stdbool.h>

struct arena;

/* Relative, without empty, "." or ".." parts and control characters. */
bool path_is_safe(const char *path);
/* base, a slash if it has none, and the path with its octets escaped. */
const char *path_url(struct arena *arena, const char *base, const char *path);

#endif
