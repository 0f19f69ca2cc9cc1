#ifndef BASE_FILE_WRITE_H
#define BASE_FILE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* All of it, in as many writes as it takes; false with errno. */
bool write_all(int fd, const char *data, size_t len);

#endif
