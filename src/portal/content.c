#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "portal.h"

static const struct type {
	const char *suffix, *type;
	bool compresses;
	bool feed; /* for programs: no browser shows it */
} types[] = {
	{ ".atom", "application/atom+xml; charset=utf-8", true, true },
	{ ".css", "text/css; charset=utf-8", true, false },
	{ ".csv", "text/csv; charset=utf-8", true, true },
	{ ".html", "text/html; charset=utf-8", true, false },
	{ ".ics", "text/calendar; charset=utf-8", true, true },
	{ ".js", "text/javascript; charset=utf-8", true, false },
	{ ".json", "application/json; charset=utf-8", true, true },
	{ ".jsonl", "application/jsonl; charset=utf-8", true, true },
	{ ".pem", "application/x-pem-file", false, false },
	{ ".png", "image/png", false, false },
	{ ".svg", "image/svg+xml; charset=utf-8", true, false },
	{ ".txt", "text/plain; charset=utf-8", true, false },
	{ ".xlsx",
	    "application/"
	    "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	    false, true },
	{ ".xml", "application/xml; charset=utf-8", true, false },
};

static const struct type *
find_type(const char *path)
{
	size_t len = strlen(path), i;

	for (i = 0; i < COUNT(types); i++) {
		size_t n = strlen(types[i].suffix);

		if (len > n && strcmp(path + len - n, types[i].suffix) == 0)
			return &types[i];
	}
	return NULL;
}

const char *
content_type(const char *path)
{
	const struct type *type = find_type(path);

	return type != NULL ? type->type : "application/octet-stream";
}

bool
content_compresses(const char *path)
{
	const struct type *type = find_type(path);

	return type != NULL && type->compresses;
}

bool
content_is_feed(const char *path)
{
	const struct type *type = find_type(path);

	return type != NULL && type->feed;
}

bool
content_path_valid(const char *path)
{
	const char *segment = path;
	size_t len;

	if (strlen(path) > PATH_LIMIT)
		return false;
	for (; *path != '\0'; path++)
		if ((unsigned char)*path < 0x20 || *path == 0x7f ||
		    *path == '\\')
			return false;
	/* No empty segment, and none that starts with a dot: neither the
	 * parent, nor a file that is still being written. */
	for (;;) {
		len = strcspn(segment, "/");
		if (len == 0 || segment[0] == '.' || len > 255)
			return false;
		if (segment[len] == '\0')
			return true;
		segment += len + 1;
	}
}

int
content_open(const char *root, const char *path, int flags)
{
	char name[256];
	int fd, next;
	size_t len;

	fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (fd != -1 && *path != '\0') {
		len = strcspn(path, "/");
		memcpy(name, path, len);
		name[len] = '\0';
		path += len;
		if (*path == '/') {
			path++;
			next = openat(fd, name,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		} else
			next = openat(fd, name, flags | O_NOFOLLOW | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	return fd;
}

bool
etag_listed(const char *list, const char *etag, bool weak)
{
	size_t n = strlen(etag), len;

	for (;;) {
		list += strspn(list, " \t,");
		if (*list == '\0')
			return false;
		if (*list == '*')
			return true;
		if (strncmp(list, "W/", 2) == 0) {
			list += 2;
			if (!weak) {
				list += strcspn(list, ",");
				continue;
			}
		}
		len = strcspn(list, ",");
		while (
		    len > 0 && (list[len - 1] == ' ' || list[len - 1] == '\t'))
			len--;
		if (len == n && memcmp(list, etag, n) == 0)
			return true;
		list += strcspn(list, ",");
	}
}
