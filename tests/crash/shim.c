/*
 * Preloaded into yugao: counts the calls that change the world, and stops
 * the process before the n-th one, or makes it fail.
 *
 *   SHIM_COUNT=FILE      writes how many there were, at exit
 *   SHIM_KILL=N          kill -9 before the N-th
 *   SHIM_FAIL=N:ERRNO    the N-th fails with this errno
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static long calls, kill_at, fail_at;
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
	if (calls == kill_at)
		raise(SIGKILL);
	if (calls != fail_at)
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
	return REAL(write)(fd, data, len);
}

ssize_t
pwrite(int fd, const void *data, size_t len, off_t offset)
{
	return step() ? -1 : REAL(pwrite)(fd, data, len, offset);
}

ssize_t
pwrite64(int fd, const void *data, size_t len, off64_t offset)
{
	return step() ? -1 : REAL(pwrite64)(fd, data, len, offset);
}

ssize_t
send(int fd, const void *data, size_t len, int flags)
{
	return step() ? -1 : REAL(send)(fd, data, len, flags);
}

int
fsync(int fd)
{
	return step() ? -1 : REAL(fsync)(fd);
}

int
syncfs(int fd)
{
	return step() ? -1 : REAL(syncfs)(fd);
}

int
fdatasync(int fd)
{
	return step() ? -1 : REAL(fdatasync)(fd);
}

int
ftruncate(int fd, off_t len)
{
	return step() ? -1 : REAL(ftruncate)(fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
	return step() ? -1 : REAL(ftruncate64)(fd, len);
}

int
rename(const char *from, const char *to)
{
	return step() ? -1 : REAL(rename)(from, to);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	return step() ? -1 : REAL(renameat)(from_fd, from, to_fd, to);
}

int
link(const char *from, const char *to)
{
	return step() ? -1 : REAL(link)(from, to);
}

int
symlink(const char *target, const char *path)
{
	return step() ? -1 : REAL(symlink)(target, path);
}

int
unlink(const char *path)
{
	return step() ? -1 : REAL(unlink)(path);
}

int
unlinkat(int fd, const char *path, int flags)
{
	return step() ? -1 : REAL(unlinkat)(fd, path, flags);
}

int
mkdir(const char *path, mode_t mode)
{
	return step() ? -1 : REAL(mkdir)(path, mode);
}
