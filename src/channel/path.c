#include "path.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

static bool
part_is_safe(const char *part, size_t len)
{
	return len > 0 && strncmp(part, ".", len) != 0 &&
	       strncmp(part, "..", len) != 0;
}

bool
path_is_safe(const char *path)
{
	const char *s;

	for (s = path; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f || *s == '\\')
			return false;
	for (;;) {
		size_t len = strcspn(path, "/");

		if (!part_is_safe(path, len))
			return false;
		if (path[len] == '\0')
			return true;
		path += len + 1;
	}
}

const char *
path_url(struct arena *arena, const char *base, const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789._~/-";
	size_t len = strlen(base);
	struct buf url;

	buf_init(&url, arena);
	buf_puts(&url, base);
	if (len == 0 || base[len - 1] != '/')
		buf_putc(&url, '/');
	for (; *path != '\0'; path++) {
		if (strchr(plain, *path) != NULL)
			buf_putc(&url, *path);
		else
			buf_printf(&url, "%%%02X", (unsigned char)*path);
	}
	return url.data;
}
