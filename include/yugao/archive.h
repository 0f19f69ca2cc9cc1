/*
 * Writes a .zip: the same parts at the same time are the same bytes.
 */
#ifndef YUGAO_ARCHIVE_H
#define YUGAO_ARCHIVE_H

#include <stddef.h>

#include <yugao/day.h>

struct archive;
struct arena;
struct error;

/* A new file, instead of one that is there. */
const struct error *
archive_open(struct arena *arena, const char *path, struct archive **archive);
/* The bytes live until the close.  The first failure comes back from there. */
void archive_add(
    struct archive *archive, const char *name, const void *data, size_t len);
/* The same of a file's bytes, which are read at the close. */
void
archive_add_file(struct archive *archive, const char *name, const char *path);
/* Every part is of that time.  After a failure there is no file. */
const struct error *archive_close(struct archive *archive, struct instant at);
void archive_abandon(struct archive *archive);

#endif
