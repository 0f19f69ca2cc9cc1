/* For syncfs(), which is Linux's own. */
#define _GNU_SOURCE

#include <fcntl.h>
#include <unistd.h>

#include <yugao/error.h>
#include <yugao/file.h>

const struct error *
file_sync_all(struct arena *arena, const char *path)
{
	const struct error *error = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		return error_errno(arena, "base.sync", path);
	if (syncfs(fd) == -1)
		error = error_errno(arena, "base.sync", path);
	close(fd);
	return error;
}
