#include <yugao/buf.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>

#define BUF_FIRST 64

void
buf_init(struct buf *buf, struct arena *arena)
{
	buf->arena = arena;
	buf->cap = BUF_FIRST;
	buf->data = arena_alloc(arena, buf->cap);
	buf->len = 0;
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->data[0] = '\0';
}

/* Room for len more bytes and the '\0'. */
static char *
make_room(struct buf *buf, size_t len)
{
	if (len >= buf->cap - buf->len) {
		size_t cap = buf->cap * 2;

		if (cap < buf->len + len + 1)
			cap = buf->len + len + 1;
		buf->data = arena_resize(buf->arena, buf->data, buf->cap, cap);
		buf->cap = cap;
	}
	return buf->data + buf->len;
}

void
buf_add(struct buf *buf, const void *data, size_t len)
{
	if (len == 0)
		return;
	memcpy(make_room(buf, len), data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_puts(struct buf *buf, const char *string)
{
	buf_add(buf, string, strlen(string));
}

void
buf_putc(struct buf *buf, char c)
{
	char *at = make_room(buf, 1);

	at[0] = c;
	at[1] = '\0';
	buf->len++;
}

void
buf_int(struct buf *buf, int64_t n)
{
	char digits[24], *at = digits + sizeof(digits);
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (n < 0)
		*--at = '-';
	buf_add(buf, at, (size_t)(digits + sizeof(digits) - at));
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	size_t room = buf->cap - buf->len;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(buf->data + buf->len, room, format, args);
	va_end(args);
	if (n < 0) {
		buf->data[buf->len] = '\0';
		return;
	}
	if ((size_t)n >= room) {
		char *at = make_room(buf, (size_t)n);

		va_start(args, format);
		vsnprintf(at, (size_t)n + 1, format, args);
		va_end(args);
	}
	buf->len += (size_t)n;
}

static void
add_json_escape(struct buf *buf, unsigned char c)
{
	static const char escapes[] = "\b\f\n\r\t\"\\";
	static const char letters[] = "bfnrt\"\\";
	const char *found = memchr(escapes, c, sizeof(escapes) - 1);

	if (found == NULL) {
		buf_printf(buf, "\\u%04x", c);
		return;
	}
	buf_putc(buf, '\\');
	buf_putc(buf, letters[found - escapes]);
}

void
buf_json(struct buf *buf, const char *string)
{
	const char *plain = string, *s;

	if (string == NULL) {
		buf_puts(buf, "null");
		return;
	}
	buf_putc(buf, '"');
	for (s = string; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(buf, plain, (size_t)(s - plain));
		add_json_escape(buf, c);
		plain = s + 1;
	}
	buf_add(buf, plain, (size_t)(s - plain));
	buf_putc(buf, '"');
}

void
buf_visible(struct buf *buf, const char *string)
{
	size_t len = strlen(string);

	while (len > 0) {
		size_t n = utf8_length(string, len);

		if (n == 0) {
			n = 1;
			buf_printf(buf, "\\x%02x", (unsigned char)*string);
		} else if (utf8_is_control(string, n)) {
			buf_printf(
			    buf, "\\u%04x", (unsigned)utf8_decode(string, n));
		} else {
			buf_add(buf, string, n);
		}
		string += n;
		len -= n;
	}
}
