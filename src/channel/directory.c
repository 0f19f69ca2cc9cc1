/*
 * A directory of this machine, usually a web server's.  Every step goes
 * through open directories and follows no symbolic link below the portal's
 * own path, so that nothing outside can be written.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "kinds.h"
#include "path.h"

#define PIECE 65536

/* Errno in the catalogue's words where it has some. */
static void
fail(struct arena *arena, struct delivery_result *result)
{
	const struct error *error = error_errno(arena, "base.write", "");
	const char *words = error->message.args[1];

	result->state = DELIVERY_RETRY;
	result->problem = MESSAGE(
	    arena, words[0] == '@' ? words + 1 : "channel.directory_failed");
}

/* The directory that holds the file, made if need be; -1 with errno. */
static int
open_parent(struct arena *arena, int base, const char *path, bool make)
{
	int fd = fcntl(base, F_DUPFD_CLOEXEC, 0);
	const char *slash;

	while (fd != -1 && (slash = strchr(path, '/')) != NULL) {
		const char *name =
		    arena_strndup(arena, path, (size_t)(slash - path));
		int next = -1, saved;

		if (!make || mkdirat(fd, name, 0755) == 0 || errno == EEXIST)
			next = openat(fd, name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		saved = errno;
		close(fd);
		errno = saved;
		fd = next;
		path = slash + 1;
	}
	return fd;
}

/*
 * Reads one file to its end, and writes it to another unless that is -1.
 * False with errno.
 */
static bool
copy_bytes(struct arena *arena, int from, int to, struct digest *digest)
{
	struct hasher *hasher = hasher_new();
	char *piece = arena_alloc(arena, PIECE);
	ssize_t n;

	while ((n = read(from, piece, PIECE)) != 0) {
		ssize_t done = 0;

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			break;
		hasher_add(hasher, piece, (size_t)n);
		while (to != -1 && done < n) {
			ssize_t m = write(to, piece + done, (size_t)(n - done));

			if (m == -1 && errno != EINTR)
				break;
			done += m > 0 ? m : 0;
		}
		if (to != -1 && done < n)
			break;
	}
	*digest = hasher_end(hasher);
	hasher_free(hasher);
	return n == 0;
}

static bool
is_there(struct arena *arena, int parent, const char *name,
    const struct delivery *delivery)
{
	int fd = openat(
	    parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct digest digest;
	struct stat st;
	bool same;

	if (fd == -1)
		return false;
	same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size == delivery->size &&
	       copy_bytes(arena, fd, -1, &digest) &&
	       digest_compare(&digest, &delivery->digest) == 0;
	close(fd);
	return same;
}

/* Beside it, then in its place, so that a reader sees the old or the new. */
static void
put(struct arena *arena, int parent, const char *name,
    const struct delivery *delivery, struct delivery_result *result)
{
	const char *temp = arena_printf(arena, ".%s.new", name);
	int from = open(delivery->source, O_RDONLY | O_CLOEXEC);
	struct digest digest;
	struct stat st;
	int to;

	if (from == -1 || fstat(from, &st) == -1) {
		result->state = DELIVERY_REFUSED;
		result->problem = MESSAGE(arena, "channel.source");
		if (from != -1)
			close(from);
		return;
	}
	unlinkat(parent, temp, 0);
	to = openat(parent, temp,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (to == -1) {
		fail(arena, result);
		close(from);
		return;
	}
	if (!copy_bytes(arena, from, to, &digest)) {
		fail(arena, result);
	} else if (digest_compare(&digest, &delivery->digest) != 0) {
		result->state = DELIVERY_REFUSED;
		result->problem = MESSAGE(arena, "channel.source");
	} else if (fchmod(to, 0644) == -1 ||
		   futimens(to, (const struct timespec[]){ st.st_mtim,
				    st.st_mtim }) == -1 ||
		   fsync(to) == -1 ||
		   renameat(parent, temp, parent, name) == -1 ||
		   (fsync(parent) == -1 && errno != EINVAL)) {
		fail(arena, result);
	} else {
		result->state = DELIVERY_ACCEPTED;
	}
	if (result->state != DELIVERY_ACCEPTED)
		unlinkat(parent, temp, 0);
	close(to);
	close(from);
}

static void
take_away(struct arena *arena, int parent, const char *name,
    struct delivery_result *result)
{
	if (unlinkat(parent, name, 0) == -1 && errno != ENOENT)
		fail(arena, result);
}

static void
deliver(struct arena *arena, int base, const struct delivery *delivery,
    struct delivery_result *result)
{
	const char *slash = strrchr(delivery->path, '/');
	const char *name = slash == NULL ? delivery->path : slash + 1;
	int parent =
	    open_parent(arena, base, delivery->path, !delivery->remove);

	result->state = DELIVERY_ACCEPTED;
	if (parent == -1) {
		if (!delivery->remove || errno != ENOENT)
			fail(arena, result);
		else
			result->read_back = true;
		return;
	}
	if (delivery->remove)
		take_away(arena, parent, name, result);
	else if (!is_there(arena, parent, name, delivery))
		put(arena, parent, name, delivery, result);
	result->read_back =
	    result->state == DELIVERY_ACCEPTED &&
	    (delivery->remove || is_there(arena, parent, name, delivery));
	close(parent);
}

const struct error *
directory_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	int base;

	(void)answer;
	(void)request;
	*result = (struct delivery_result){ .retry_after = -1 };
	if (!path_is_safe(delivery->path)) {
		result->state = DELIVERY_REFUSED;
		result->problem = MESSAGE(arena, "channel.path");
		return NULL;
	}
	/* Never made here: the disk behind it may not be mounted. */
	base = open(delivery->portal->url, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (base == -1) {
		result->state = DELIVERY_RETRY;
		result->problem = MESSAGE(arena, "channel.directory_missing");
		return NULL;
	}
	deliver(arena, base, delivery, result);
	close(base);
	return NULL;
}

enum looked
directory_look(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct request *request, const char **problem)
{
	const char *slash = strrchr(delivery->path, '/');
	const char *name = slash == NULL ? delivery->path : slash + 1;
	int base =
	    open(delivery->portal->url, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int parent = -1, fd = -1;
	enum looked looked = LOOKED_FAILED;
	struct digest digest;

	(void)answer;
	(void)request;
	*problem = "channel.directory_missing";
	if (base == -1)
		return looked;
	*problem = NULL;
	errno = EINVAL;
	if (path_is_safe(delivery->path))
		parent = open_parent(arena, base, delivery->path, false);
	if (parent != -1)
		fd = openat(parent, name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd != -1 && copy_bytes(arena, fd, -1, &digest))
		looked = digest_compare(&digest, &delivery->digest) == 0
			     ? LOOKED_SAME
			     : LOOKED_OTHER;
	else if (fd == -1 && (errno == ENOENT || errno == ENOTDIR))
		looked = LOOKED_MISSING;
	else
		*problem = "channel.directory_failed";
	if (fd != -1)
		close(fd);
	if (parent != -1)
		close(parent);
	close(base);
	return looked;
}

#define DEPTH_MOST 16

/* Takes the folder's descriptor.  Names that begin with a dot are the web
 * server's, or ours for a moment. */
static bool
list_folder(struct arena *arena, int fd, const char *path, int depth,
    void (*each)(void *context, const char *path), void *context)
{
	DIR *folder = fdopendir(fd);
	const struct dirent *entry;
	bool ok = true;

	if (folder == NULL) {
		close(fd);
		return false;
	}
	while ((entry = readdir(folder)) != NULL) {
		const char *name = entry->d_name;
		const char *below = arena_printf(
		    arena, "%s%s%s", path, path[0] == '\0' ? "" : "/", name);
		struct stat st;
		int next;

		if (name[0] == '.' ||
		    fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
			continue;
		if (!S_ISDIR(st.st_mode)) {
			each(context, below);
			continue;
		}
		next = openat(
		    fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		ok =
		    next != -1 && depth < DEPTH_MOST &&
		    list_folder(arena, next, below, depth + 1, each, context) &&
		    ok;
	}
	closedir(folder);
	return ok;
}

bool
directory_list(struct arena *arena, const struct portal *portal,
    void (*each)(void *context, const char *path), void *context)
{
	int fd = open(portal->url, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd != -1 && list_folder(arena, fd, "", 0, each, context);
}
