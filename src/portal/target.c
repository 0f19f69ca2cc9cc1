#include <string.h>
#include <strings.h>

#include <yugao/buf.h>

#include "portal.h"

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) % 16 : -1;
}

/* "http://host/path" is the same as "/path" (RFC 9112 3.2.2). */
static const char *
origin_form(const char *target)
{
	static const char *const schemes[] = { "http://", "https://" };
	const char *rest;
	size_t i, n;

	for (i = 0; i < COUNT(schemes); i++) {
		n = strlen(schemes[i]);
		if (strncasecmp(target, schemes[i], n) != 0)
			continue;
		rest = target + n + strcspn(target + n, "/?");
		return *rest == '/' ? rest : "/";
	}
	return target;
}

const char *
target_path(struct arena *arena, const char *target)
{
	const char *from = origin_form(target);
	char *path = arena_alloc(arena, strlen(from) + 1), *to = path;
	int high, low;

	for (; *from != '\0' && *from != '?'; from++) {
		if (*from != '%') {
			*to++ = *from;
			continue;
		}
		high = hex_digit(from[1]);
		low = high != -1 ? hex_digit(from[2]) : -1;
		if (low == -1 || (high == 0 && low == 0))
			return NULL;
		*to++ = (char)(high * 16 + low);
		from += 2;
	}
	*to = '\0';
	return utf8_check(path, (size_t)(to - path)) == (size_t)(to - path)
		   ? path
		   : NULL;
}

const char *
target_encode(struct arena *arena, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct buf out;

	buf_init(&out, arena);
	for (; *path != '\0'; path++)
		if (strchr(plain, *path) != NULL)
			buf_putc(&out, *path);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*path);
	return out.data;
}
