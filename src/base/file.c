#include <yugao/file.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "file_write.h"

/* Up to size bytes until the end of the file, or -1. */
static ssize_t
read_all(int fd, char *data, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t n = read(fd, data + len, size - len);

		if (n == 0)
			break;
		if (n > 0)
			len += (size_t)n;
		else if (errno != EINTR)
			return -1;
	}
	return (ssize_t)len;
}

/* Reads to the end, or until there is more than the limit. */
static bool
read_open(struct arena *arena, int fd, size_t limit, struct bytes *bytes)
{
	struct stat st;
	size_t cap = 4096, len = 0;
	char *data;
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return false;
	/* One byte more than it is said to have finds its end at once. */
	if (S_ISREG(st.st_mode) && st.st_size > (off_t)cap - 2)
		cap = (uintmax_t)st.st_size < limit ? (size_t)st.st_size + 2
						    : limit + 2;
	data = arena_alloc(arena, cap);
	while ((n = read_all(fd, data + len, cap - len - 1)) > 0) {
		len += (size_t)n;
		if (len > limit || len < cap - 1)
			break;
		data = arena_resize(arena, data, cap, cap * 2);
		cap *= 2;
	}
	data[len] = '\0';
	*bytes = (struct bytes){ data, len };
	return n >= 0;
}

const struct error *
file_read(
    struct arena *arena, const char *path, size_t limit, struct bytes *bytes)
{
	const struct error *error = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return error_errno(arena, "base.read", path);
	if (!read_open(arena, fd, limit, bytes))
		error = error_errno(arena, "base.read", path);
	else if (bytes->len > limit)
		error = ERROR_NEW(arena, ERROR_INPUT, NULL, "base.too_large",
		    path, arena_printf(arena, "%zu", limit));
	close(fd);
	return error;
}

bool
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n >= 0) {
			data += n;
			len -= (size_t)n;
		} else if (errno != EINTR) {
			return false;
		}
	}
	return true;
}

static const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path
		   ? "/"
		   : arena_strndup(arena, path, (size_t)(slash - path));
}

/*
 * Opens the file beside the one to replace, empty and locked, or -1.  Its
 * name is fixed, so that the next run takes over what a killed one left; the
 * lock keeps two writers apart, and whoever waited for it while the other one
 * renamed the file away opens it anew.
 */
static int
open_beside(const char *temp)
{
	struct stat mine, there;

	for (;;) {
		int fd = open(
		    temp, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
		bool locked;

		if (fd == -1)
			return -1;
		while (!(locked = flock(fd, LOCK_EX) == 0) && errno == EINTR)
			;
		if (!locked || fstat(fd, &mine) == -1) {
			close(fd);
			return -1;
		}
		if (lstat(temp, &there) == 0 && mine.st_dev == there.st_dev &&
		    mine.st_ino == there.st_ino && ftruncate(fd, 0) == 0)
			return fd;
		close(fd);
	}
}

const struct error *
file_replace(
    struct arena *arena, const char *path, const void *data, size_t len)
{
	const struct error *error = NULL;
	const char *directory = directory_of(arena, path);
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	const char *temp =
	    file_join(arena, directory, arena_printf(arena, ".%s.new", name));
	int fd = open_beside(temp);

	if (fd == -1)
		return error_errno(arena, "base.write", temp);
	if (!write_all(fd, data, len) || fchmod(fd, 0644) == -1 ||
	    fsync(fd) == -1) {
		error = error_errno(arena, "base.write", temp);
		goto out;
	}
	if (rename(temp, path) == -1) {
		error = error_errno(arena, "base.replace", path);
		goto out;
	}
	close(fd);
	return file_sync_directory(arena, directory);
out:
	unlink(temp);
	close(fd);
	return error;
}

const struct error *
file_sync_directory(struct arena *arena, const char *path)
{
	const struct error *error = NULL;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		return error_errno(arena, "base.sync", path);
	/* EINVAL: a file system without it, which keeps order by itself. */
	if (fsync(fd) == -1 && errno != EINVAL)
		error = error_errno(arena, "base.sync", path);
	close(fd);
	return error;
}

const char *
file_join(struct arena *arena, const char *base, const char *path)
{
	size_t len = base == NULL ? 0 : strlen(base);

	if (len == 0 || strcmp(base, ".") == 0 || path[0] == '/')
		return arena_strdup(arena, path);
	return arena_printf(
	    arena, base[len - 1] == '/' ? "%s%s" : "%s/%s", base, path);
}

const char *
file_absolute(struct arena *arena, const char *path)
{
	char folder[PATH_MAX], *whole, *end;
	const char *s;

	if (path[0] != '/' && getcwd(folder, sizeof(folder)) != NULL)
		path = file_join(arena, folder, path);
	whole = end = arena_alloc(arena, strlen(path) + 2);
	for (s = path; *s != '\0'; s += strspn(s, "/")) {
		size_t len = strcspn(s, "/");

		if (len == 2 && strncmp(s, "..", len) == 0) {
			while (end > whole && *--end != '/')
				continue;
		} else if (len > 0 && (len != 1 || *s != '.')) {
			*end++ = '/';
			memcpy(end, s, len);
			end += len;
		}
		s += len;
	}
	if (end == whole)
		*end++ = '/';
	*end = '\0';
	return whole;
}

const struct error *
file_digest(
    struct arena *arena, const char *path, struct digest *digest, int64_t *size)
{
	/* O_NONBLOCK: a FIFO in the file's place must not stop the run. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const struct error *error = NULL;
	struct hasher *hasher;
	char piece[65536];
	int64_t total = 0;
	ssize_t n;

	if (fd == -1)
		return error_errno(arena, "base.read", path);
	hasher = hasher_new();
	while ((n = read_all(fd, piece, sizeof(piece))) > 0) {
		hasher_add(hasher, piece, (size_t)n);
		total += n;
	}
	if (n == -1)
		error = error_errno(arena, "base.read", path);
	close(fd);
	*digest = hasher_end(hasher);
	hasher_free(hasher);
	if (size != NULL)
		*size = total;
	return error;
}

const struct error *
file_lock(struct arena *arena, const char *path, int *fd)
{
	const struct error *error;
	int opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (opened == -1)
		return error_errno(arena, "base.lock", path);
	if (flock(opened, LOCK_EX | LOCK_NB) == 0) {
		*fd = opened;
		return NULL;
	}
	if (errno == EWOULDBLOCK)
		error = ERROR_NEW(arena, ERROR_BUSY, NULL, "base.locked", path);
	else
		error = error_errno(arena, "base.lock", path);
	close(opened);
	return error;
}
