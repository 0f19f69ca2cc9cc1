#define _GNU_SOURCE
#include "power.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By system call: the functions of these names are the shim's. */
#define OPEN(path, flags) \
	((int)syscall(SYS_openat, AT_FDCWD, path, (flags) | O_CLOEXEC, 0600))
#define UNLINK(path, flags) syscall(SYS_unlinkat, AT_FDCWD, path, flags)
#define RENAME(from, to) syscall(SYS_rename, from, to)

#define MOST 65536

/* A file whose contents may be lost: fd stays open, saved is what was. */
struct content {
	dev_t dev;
	ino_t ino;
	int fd;
	bool dirty;
	char saved[64]; /* "": nothing was in it */
};

enum kind { MADE, MADE_DIRECTORY, GONE, GONE_DIRECTORY, RENAMED };
struct name {
	enum kind kind;
	bool durable;
	ino_t parent;
	char *path, *from;
	char saved[64]; /* "": there was nothing of that name */
};

static struct content contents[MOST];
static struct name names[MOST];
static size_t n_contents, n_names;
static unsigned serial;

static const char *
folder(void)
{
	static const char *path;
	static bool read;

	if (!read)
		path = getenv("SHIM_POWER");
	read = true;
	return path;
}

static void
copy(int from, int to)
{
	char data[65536];
	off_t offset = 0;
	ssize_t n;

	while ((n = (ssize_t)syscall(
		    SYS_pread64, from, data, sizeof(data), offset)) > 0) {
		syscall(SYS_pwrite64, to, data, (size_t)n, offset);
		offset += n;
	}
}

static void
save_content(struct content *content, off_t size)
{
	char path[PATH_MAX];
	int to;

	content->dirty = true;
	content->saved[0] = '\0';
	if (size == 0)
		return;
	snprintf(content->saved, sizeof(content->saved), "c%u", serial++);
	snprintf(path, sizeof(path), "%s/%s", folder(), content->saved);
	to = OPEN(path, O_WRONLY | O_CREAT);
	copy(content->fd, to);
	syscall(SYS_close, to);
}

void
power_write(int fd)
{
	struct content *content = NULL;
	char self[64];
	struct stat st;
	size_t i;

	if (folder() == NULL || fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return;
	for (i = n_contents; i > 0 && content == NULL; i--)
		if (contents[i - 1].ino == st.st_ino &&
		    contents[i - 1].dev == st.st_dev)
			content = &contents[i - 1];
	if (content == NULL) {
		if (n_contents == MOST)
			abort();
		content = &contents[n_contents++];
		content->dev = st.st_dev;
		content->ino = st.st_ino;
		snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
		content->fd = OPEN(self, O_RDWR);
	}
	if (!content->dirty)
		save_content(content, st.st_size);
}

static char *
whole(int dir, const char *path)
{
	char base[PATH_MAX], self[64];
	char *text = NULL;
	ssize_t n;

	if (path[0] == '/')
		return strdup(path);
	snprintf(self, sizeof(self), "/proc/self/fd/%d", dir);
	n = readlink(dir == AT_FDCWD ? "/proc/self/cwd" : self, base,
	    sizeof(base) - 1);
	if (n <= 0)
		return strdup(path);
	base[n] = '\0';
	return asprintf(&text, "%s/%s", base, path) == -1 ? NULL : text;
}

static struct name *
add(enum kind kind, int dir, const char *path)
{
	struct name *name = &names[n_names];
	char parent[PATH_MAX];
	struct stat st;
	char *slash;

	if (n_names++ == MOST)
		abort();
	name->kind = kind;
	name->path = whole(dir, path);
	snprintf(parent, sizeof(parent), "%s", name->path);
	slash = strrchr(parent, '/');
	if (slash != NULL)
		*slash = '\0';
	name->parent = stat(parent, &st) == 0 ? st.st_ino : 0;
	return name;
}

static void
save_name(struct name *name)
{
	char saved[PATH_MAX];

	snprintf(name->saved, sizeof(name->saved), "n%u", serial++);
	snprintf(saved, sizeof(saved), "%s/%s", folder(), name->saved);
	if (syscall(SYS_linkat, AT_FDCWD, name->path, AT_FDCWD, saved, 0) == -1)
		name->saved[0] = '\0';
}

void
power_made(int dir, const char *path, bool directory)
{
	if (folder() != NULL)
		add(directory ? MADE_DIRECTORY : MADE, dir, path);
}

void
power_gone(int dir, const char *path, bool directory)
{
	if (folder() == NULL)
		return;
	if (directory)
		add(GONE_DIRECTORY, dir, path);
	else
		save_name(add(GONE, dir, path));
}

void
power_rename(int from_dir, const char *from, int to_dir, const char *to)
{
	struct name *name;

	if (folder() == NULL)
		return;
	name = add(RENAMED, to_dir, to);
	name->from = whole(from_dir, from);
	save_name(name);
}

void
power_synced(int fd)
{
	struct stat st;
	size_t i;

	if (folder() == NULL || fstat(fd, &st) == -1)
		return;
	for (i = 0; S_ISREG(st.st_mode) && i < n_contents; i++)
		if (contents[i].ino == st.st_ino &&
		    contents[i].dev == st.st_dev)
			contents[i].dirty = false;
	for (i = 0; S_ISDIR(st.st_mode) && i < n_names; i++)
		if (names[i].parent == st.st_ino)
			names[i].durable = true;
}

void
power_synced_all(void)
{
	size_t i;

	for (i = 0; i < n_contents; i++)
		contents[i].dirty = false;
	for (i = 0; i < n_names; i++)
		names[i].durable = true;
}

static void
take_back(const struct name *name)
{
	char saved[PATH_MAX];

	snprintf(saved, sizeof(saved), "%s/%s", folder(), name->saved);
	switch (name->kind) {
	case MADE:
		UNLINK(name->path, 0);
		break;
	case MADE_DIRECTORY:
		UNLINK(name->path, AT_REMOVEDIR);
		break;
	case GONE:
		if (name->saved[0] != '\0')
			RENAME(saved, name->path);
		break;
	case GONE_DIRECTORY:
		syscall(SYS_mkdirat, AT_FDCWD, name->path, 0755);
		break;
	case RENAMED:
		RENAME(name->path, name->from);
		if (name->saved[0] != '\0')
			RENAME(saved, name->path);
		break;
	}
}

void
power_fail(void)
{
	char path[PATH_MAX];
	size_t i;
	int from;

	if (folder() == NULL)
		return;
	for (i = 0; i < n_contents; i++) {
		if (!contents[i].dirty)
			continue;
		syscall(SYS_ftruncate, contents[i].fd, 0);
		if (contents[i].saved[0] == '\0')
			continue;
		snprintf(
		    path, sizeof(path), "%s/%s", folder(), contents[i].saved);
		from = OPEN(path, O_RDONLY);
		copy(from, contents[i].fd);
	}
	if (getenv("SHIM_KEEP") != NULL)
		return;
	for (i = n_names; i > 0; i--)
		if (!names[i - 1].durable)
			take_back(&names[i - 1]);
}
