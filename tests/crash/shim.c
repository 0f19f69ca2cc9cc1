/*
 * Preloaded into yugao: counts the calls that change the world, and stops
 * the process before the n-th one, or makes it fail.
 *
 *   SHIM_COUNT=FILE      writes how many there were, at exit
 *   SHIM_KILL=N          kill -9 before the N-th
 *   SHIM_FAIL=N:ERRNO    the N-th fails with this errno; N+: all from there
 *   SHIM_POWER=FOLDER    the kill is a power failure (power.h)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include "power.h"

static long calls, kill_at, fail_at;
static bool fail_on;
static int fail_with;

static void __attribute__((constructor))
begin(void)
{
	const char *kill_text = getenv("SHIM_KILL");
	const char *fail_text = getenv("SHIM_FAIL");

	if (kill_text != NULL)
		kill_at = atol(kill_text);
	if (fail_text != NULL) {
		fail_at = atol(fail_text);
		fail_on = strchr(fail_text, '+') != NULL;
		fail_with = atoi(strchr(fail_text, ':') + 1);
	}
}

static void __attribute__((destructor))
end(void)
{
	const char *path = getenv("SHIM_COUNT");
	FILE *out = path != NULL ? fopen(path, "w") : NULL;

	if (out != NULL) {
		fprintf(out, "%ld\n", calls);
		fclose(out);
	}
}

/* True if this call shall fail; does not return if it shall never be. */
static bool
step(void)
{
	calls++;
	if (calls == kill_at) {
		power_fail();
		raise(SIGKILL);
	}
	if (calls != fail_at && !(fail_on && calls > fail_at))
		return false;
	errno = fail_with;
	return true;
}

#define REAL(name) ((__typeof__(&name))(dlsym(RTLD_NEXT, #name)))

ssize_t
write(int fd, const void *data, size_t len)
{
	/* What goes to the terminal or a pipe changes nothing that lasts. */
	if (fd > 2 && step())
		return -1;
	power_write(fd);
	return REAL(write)(fd, data, len);
}

ssize_t
writev(int fd, const struct iovec *parts, int n)
{
	if (fd > 2 && step())
		return -1;
	power_write(fd);
	return REAL(writev)(fd, parts, n);
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t offset)
{
	if (step())
		return -1;
	power_write(fd);
	return REAL(pwrite)(fd, data, len, offset);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off64_t offset)
{
	if (step())
		return -1;
	power_write(fd);
	return REAL(pwrite64)(fd, data, len, offset);
}

ssize_t
send(int fd, const void *data, size_t len, int flags)
{
	return step() ? -1 : REAL(send)(fd, data, len, flags);
}

static int
synced(int fd, int result)
{
	if (result == 0)
		power_synced(fd);
	return result;
}

int
fsync(int fd)
{
	return step() ? -1 : synced(fd, REAL(fsync)(fd));
}

int
fdatasync(int fd)
{
	return step() ? -1 : synced(fd, REAL(fdatasync)(fd));
}

int
syncfs(int fd)
{
	int result = step() ? -1 : REAL(syncfs)(fd);

	if (result == 0)
		power_synced_all();
	return result;
}

int
ftruncate(int fd, off_t len)
{
	if (step())
		return -1;
	power_write(fd);
	return REAL(ftruncate)(fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
	if (step())
		return -1;
	power_write(fd);
	return REAL(ftruncate64)(fd, len);
}

static bool
is_there(int dir, const char *path)
{
	struct stat st;

	return fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Opening is a step where it may make a file. */
#define OPENING(name, dir, call)                        \
	bool make = (flags & O_CREAT) != 0, there;      \
	mode_t mode = 0;                                \
	va_list rest;                                   \
	int fd;                                         \
                                                        \
	va_start(rest, flags);                          \
	if (make)                                       \
		mode = va_arg(rest, mode_t);            \
	va_end(rest);                                   \
	there = !make || is_there(dir, path);           \
	if (make && step())                             \
		return -1;                              \
	fd = call;                                      \
	if (fd != -1 && !there)                         \
		power_made(dir, path, false);           \
	if (fd != -1 && there && (flags & O_TRUNC) != 0) \
		power_write(fd);                        \
	return fd

int
open(const char *path, int flags, ...)
{
	OPENING(open, AT_FDCWD, REAL(open)(path, flags, mode));
}

int
open64(const char *path, int flags, ...)
{
	OPENING(open64, AT_FDCWD, REAL(open64)(path, flags, mode));
}

int
openat(int dir, const char *path, int flags, ...)
{
	OPENING(openat, dir, REAL(openat)(dir, path, flags, mode));
}

int
mkstemp(char *template)
{
	int fd = step() ? -1 : REAL(mkstemp)(template);

	if (fd != -1)
		power_made(AT_FDCWD, template, false);
	return fd;
}

int
fchmod(int fd, mode_t mode)
{
	return step() ? -1 : REAL(fchmod)(fd, mode);
}

int
futimens(int fd, const struct timespec times[2])
{
	return step() ? -1 : REAL(futimens)(fd, times);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	if (step())
		return -1;
	power_rename(from_fd, from, to_fd, to);
	return REAL(renameat)(from_fd, from, to_fd, to);
}

int
rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static int
made(int result, int dir, const char *path, bool directory)
{
	if (result == 0)
		power_made(dir, path, directory);
	return result;
}

int
linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
	return step() ? -1
		      : made(REAL(linkat)(from_dir, from, to_dir, to, flags),
			    to_dir, to, false);
}

int
link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
symlink(const char *target, const char *path)
{
	return step() ? -1
		      : made(REAL(symlink)(target, path), AT_FDCWD, path,
			    false);
}

int
mkdirat(int dir, const char *path, mode_t mode)
{
	return step() ? -1
		      : made(REAL(mkdirat)(dir, path, mode), dir, path, true);
}

int
mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int
unlinkat(int dir, const char *path, int flags)
{
	if (step())
		return -1;
	if (is_there(dir, path))
		power_gone(dir, path, (flags & AT_REMOVEDIR) != 0);
	return REAL(unlinkat)(dir, path, flags);
}

int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int
rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}
