#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "file_write.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct writer {
	struct arena *arena; /* the caller's, for the error */
	struct arena *own;   /* for the writer, so that it goes with it */
	const char *path;
	const struct error *error; /* the first failure */
	struct hasher *hasher;
	char *buffer;
	size_t used;
	int64_t size;
	int fd;
	bool later;
};

const struct error *
writer_open(struct arena *arena, const char *path, struct writer **writer)
{
	struct arena *own;
	struct writer *w;
	int fd;

	/* Never through a link into a tree that is being served. */
	if (unlink(path) == -1 && errno != ENOENT)
		return error_errno(arena, "base.write", path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd == -1)
		return error_errno(arena, "base.write", path);
	own = arena_new();
	w = arena_alloc(own, sizeof(*w));
	w->arena = arena;
	w->own = own;
	w->path = arena_strdup(own, path);
	w->buffer = arena_alloc(own, BUFFER_SIZE);
	w->hasher = hasher_new();
	w->fd = fd;
	*writer = w;
	return NULL;
}

static void
emit(struct writer *writer, const char *data, size_t len)
{
	if (writer->error != NULL || len == 0)
		return;
	if (!write_all(writer->fd, data, len)) {
		writer->error =
		    error_errno(writer->arena, "base.write", writer->path);
		return;
	}
	hasher_add(writer->hasher, data, len);
	writer->size += (int64_t)len;
}

static void
flush(struct writer *writer)
{
	emit(writer, writer->buffer, writer->used);
	writer->used = 0;
}

void
writer_add(struct writer *writer, const void *data, size_t len)
{
	if (len > BUFFER_SIZE - writer->used)
		flush(writer);
	if (len > BUFFER_SIZE) {
		emit(writer, data, len);
		return;
	}
	if (len > 0)
		memcpy(writer->buffer + writer->used, data, len);
	writer->used += len;
}

void
writer_sync_later(struct writer *writer)
{
	writer->later = true;
}

void
writer_puts(struct writer *writer, const char *string)
{
	writer_add(writer, string, strlen(string));
}

static bool
finish(int fd, struct instant mtime, bool later)
{
	const struct timespec times[2] = {
		{ .tv_sec = (time_t)mtime.s },
		{ .tv_sec = (time_t)mtime.s },
	};

	return fchmod(fd, 0644) == 0 && futimens(fd, times) == 0 &&
	       (later || fsync(fd) == 0);
}

const struct error *
writer_close(struct writer *writer, struct instant mtime, struct digest *digest,
    int64_t *size)
{
	const struct error *error;

	flush(writer);
	if (writer->error == NULL && !finish(writer->fd, mtime, writer->later))
		writer->error =
		    error_errno(writer->arena, "base.write", writer->path);
	if (digest != NULL)
		*digest = hasher_end(writer->hasher);
	if (size != NULL)
		*size = writer->size;
	hasher_free(writer->hasher);
	if (close(writer->fd) == -1 && writer->error == NULL)
		writer->error =
		    error_errno(writer->arena, "base.write", writer->path);
	if (writer->error != NULL)
		unlink(writer->path);
	error = writer->error;
	arena_free(writer->own);
	return error;
}

void
writer_abandon(struct writer *writer)
{
	hasher_free(writer->hasher);
	close(writer->fd);
	unlink(writer->path);
	arena_free(writer->own);
}
