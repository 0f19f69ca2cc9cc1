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

/* How many bytes from here on stand in a JSON string as they are. */
static size_t
json_plain(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t n = 0;

	/* Eight at a time: the high bit tells of those below 0x20, of quotes
	 * and of backslashes. */
	while (n + sizeof(uint64_t) <= len) {
		uint64_t v, quote, slash;

		memcpy(&v, s + n, sizeof(v));
		quote = v ^ '"' * ones;
		slash = v ^ '\\' * ones;
		if ((((v - 0x20 * ones) & ~v) | ((quote - ones) & ~quote) |
			((slash - ones) & ~slash)) &
		    0x80 * ones)
			break;
		n += sizeof(v);
	}
	while (n < len && (unsigned char)s[n] >= 0x20 && s[n] != '"' &&
	       s[n] != '\\')
		n++;
	return n;
}

void
buf_json(struct buf *buf, const char *string)
{
	size_t left;

	if (string == NULL) {
		buf_puts(buf, "null");
		return;
	}
	buf_putc(buf, '"');
	for (left = strlen(string); left > 0; left--) {
		size_t n = json_plain(string, left);

		buf_add(buf, string, n);
		string += n;
		left -= n;
		if (left == 0)
			break;
		add_json_escape(buf, (unsigned char)*string++);
	}
	buf_putc(buf, '"');
}

void
buf_visible(struct buf *buf, const char *string)
{
	const char *plain = string, *s = string;
	size_t left = strlen(string);

	while (left > 0) {
		size_t n = utf8_length(s, left);
		bool control = n > 0 && utf8_is_control(s, n);

		if (n == 0 || control) {
			buf_add(buf, plain, (size_t)(s - plain));
			if (control)
				buf_printf(buf, "\\u%04x",
				    (unsigned)utf8_decode(s, n));
			else
				buf_printf(buf, "\\x%02x", (unsigned char)*s);
			n = n > 0 ? n : 1;
			plain = s + n;
		}
		s += n;
		left -= n;
	}
	buf_add(buf, plain, (size_t)(s - plain));
}
