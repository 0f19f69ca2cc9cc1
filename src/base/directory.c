#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
ends_with(const char *name, const char *suffix)
{
	size_t len = strlen(name), tail = strlen(suffix);

	return len >= tail && strcmp(name + len - tail, suffix) == 0;
}

static void
sort_names(struct names *names)
{
	if (names->n > 0)
		qsort(names->v, names->n, sizeof(*names->v), compare_names);
}

const struct error *
file_list_odd(struct arena *arena, const char *directory, const char *suffix,
    struct names *names, struct names *odd)
{
	const struct error *error = NULL;
	struct dirent *entry;
	DIR *dir = opendir(directory);

	*names = (struct names){ 0 };
	*odd = (struct names){ 0 };
	if (dir == NULL)
		return error_errno(arena, "base.list", directory);
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		const char *name;
		struct stat st;

		if (entry->d_name[0] == '.' ||
		    !ends_with(entry->d_name, suffix))
			continue;
		name = arena_strdup(arena, entry->d_name);
		if (fstatat(dirfd(dir), name, &st, 0) == 0 &&
		    S_ISREG(st.st_mode))
			ARRAY_PUSH(arena, names, name);
		else
			ARRAY_PUSH(arena, odd, name);
	}
	if (errno != 0)
		error = error_errno(arena, "base.list", directory);
	closedir(dir);
	sort_names(names);
	sort_names(odd);
	return error;
}

const struct error *
file_list(struct arena *arena, const char *directory, const char *suffix,
    struct names *names)
{
	struct names odd;

	return file_list_odd(arena, directory, suffix, names, &odd);
}

/* Makes one directory and its place in its parent durable. */
static const struct error *
make_directory(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct stat st;

	if (mkdir(path, 0755) == 0)
		return file_sync_directory(
		    arena, slash == NULL ? "."
					 : arena_strndup(arena, path,
					       (size_t)(slash - path) + 1));
	if (errno != EEXIST)
		return error_errno(arena, "base.make_directory", path);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return NULL;
	errno = ENOTDIR;
	return error_errno(arena, "base.make_directory", path);
}

const struct error *
file_make_directories(struct arena *arena, const char *path)
{
	const char *at = path;

	while (*at != '\0') {
		const struct error *error;

		at += strspn(at, "/");
		at += strcspn(at, "/");
		error = make_directory(
		    arena, arena_strndup(arena, path, (size_t)(at - path)));
		if (error != NULL)
			return error;
		at += strspn(at, "/");
	}
	return NULL;
}

/*
 * False with errno.  Every step goes through the open parent and follows no
 * symbolic link, so that nothing outside can be swapped in.
 */
static bool
remove_at(int parent, const char *name)
{
	struct dirent *entry;
	bool ok = true;
	DIR *dir;
	int fd, saved;

	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return true;
	/* POSIX has EPERM for a directory, Linux EISDIR. */
	if (errno != EISDIR && errno != EPERM)
		return false;
	saved = errno;
	fd = openat(
	    parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1) {
		if (errno == ENOTDIR)
			errno = saved;
		return false;
	}
	if ((dir = fdopendir(fd)) == NULL) {
		close(fd);
		return false;
	}
	while (ok && (errno = 0, entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			ok = remove_at(dirfd(dir), entry->d_name);
	saved = errno;
	closedir(dir);
	errno = saved;
	return ok && saved == 0 && unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

const struct error *
file_remove_tree(struct arena *arena, const char *path)
{
	size_t len = strlen(path);

	/* "link/" would be followed. */
	while (len > 0 && path[len - 1] == '/')
		len--;
	if (len == 0 || remove_at(AT_FDCWD, arena_strndup(arena, path, len)))
		return NULL;
	return error_errno(arena, "base.remove", path);
}
