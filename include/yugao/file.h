/*
 * Files: read whole with a limit, replaced whole or not at all, written as a
 * stream with a running digest, locked for one run.
 */
#ifndef YUGAO_FILE_H
#define YUGAO_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/digest.h>

struct arena;
struct error;

struct bytes {
	const char *data; /* data[len] is '\0' */
	size_t len;
};

struct names {
	const char **v;
	size_t n, cap;
};

/* An error of kind ERROR_INPUT if it is larger than limit. */
const struct error *file_read(
    struct arena *arena, const char *path, size_t limit, struct bytes *bytes);
/* Digest and size of a file of any length; size may be NULL. */
const struct error *file_digest(struct arena *arena, const char *path,
    struct digest *digest, int64_t *size);
/* Written beside (.name.new), fsynced, renamed; then fsyncs the directory. */
const struct error *file_replace(
    struct arena *arena, const char *path, const void *data, size_t len);
/*
 * Names (not paths) of the directory's regular files with this suffix, sorted
 * by byte; names that begin with a dot are left out.
 */
const struct error *file_list(struct arena *arena, const char *directory,
    const char *suffix, struct names *names);
/*
 * The same, with what has the suffix but is no regular file (nor a link to
 * one) in *odd: a folder, a pipe, a link that leads nowhere.
 */
const struct error *file_list_odd(struct arena *arena, const char *directory,
    const char *suffix, struct names *names, struct names *odd);
/* Makes every missing directory of the path. */
const struct error *
file_make_directories(struct arena *arena, const char *path);
/* Removes a file or a whole directory; what is not there is no error. */
const struct error *file_remove_tree(struct arena *arena, const char *path);
const struct error *file_sync_directory(struct arena *arena, const char *path);
/* Brings all that was written to its file system to the disk. */
const struct error *file_sync_all(struct arena *arena, const char *path);
/* base/path, or path alone if it is absolute. */
const char *file_join(struct arena *arena, const char *base, const char *path);
/* The same name from whatever folder: absolute, without "." and ".." parts. */
const char *file_absolute(struct arena *arena, const char *path);

/* A new file being written: buffered, hashed on the way, fsynced at close. */
struct writer;
/* Removes a file that is there first: another name of it stays whole. */
const struct error *
writer_open(struct arena *arena, const char *path, struct writer **writer);
/* Cannot fail: the first failure is kept and comes back from close. */
void writer_add(struct writer *writer, const void *data, size_t len);
void writer_puts(struct writer *writer, const char *string);
/* Not on the disk at close, but with file_sync_all(): for many files. */
void writer_sync_later(struct writer *writer);
/*
 * Sets mtime, fsyncs, closes; out parameters may be NULL.  After a failure
 * the file is gone.
 */
const struct error *writer_close(struct writer *writer, struct instant mtime,
    struct digest *digest, int64_t *size);
void writer_abandon(struct writer *writer); /* closes and unlinks */

/* The run lock: ERROR_BUSY if another process holds it.  Close the fd. */
const struct error *file_lock(struct arena *arena, const char *path, int *fd);

#endif
