#include <yugao/buf.h>

#include <string.h>

static bool
is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* Unicode 15, table 3-7: no overlong forms, surrogates or planes over 16. */
size_t
utf8_length(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n, i;

	if (len == 0)
		return 0;
	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xC2 || u[0] > 0xF4)
		return 0;
	n = u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
	if (len < n)
		return 0;
	for (i = 1; i < n; i++)
		if (!is_tail(u[i]))
			return 0;
	if ((u[0] == 0xE0 && u[1] < 0xA0) || (u[0] == 0xED && u[1] > 0x9F) ||
	    (u[0] == 0xF0 && u[1] < 0x90) || (u[0] == 0xF4 && u[1] > 0x8F))
		return 0;
	return n;
}

size_t
utf8_check(const char *s, size_t len)
{
	size_t at = 0, n;

	for (;;) {
		uint64_t octets;

		/* ASCII, eight at a time. */
		while (len - at >= sizeof(octets) &&
		       (memcpy(&octets, s + at, sizeof(octets)),
			   (octets & UINT64_C(0x8080808080808080)) == 0))
			at += sizeof(octets);
		if (at == len || (n = utf8_length(s + at, len - at)) == 0)
			return at;
		at += n;
	}
}

size_t
utf8_count(const char *s, size_t len)
{
	size_t count = 0, i;

	for (i = 0; i < len; i++)
		count += !is_tail((unsigned char)s[i]);
	return count;
}

uint32_t
utf8_decode(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = utf8_length(s, len), i;
	uint32_t c;

	if (n == 0)
		return 0xFFFD;
	if (n == 1)
		return u[0];
	c = u[0] & (0x7FU >> n);
	for (i = 1; i < n; i++)
		c = c << 6 | (u[i] & 0x3FU);
	return c;
}

bool
utf8_is_control(const char *s, size_t len)
{
	uint32_t c;

	if (len > 0 && *s >= 0x20 && *s < 0x7F)
		return false;
	c = utf8_decode(s, len);
	return (c < 0x20 && c != '\t' && c != '\n') ||
	       (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E ||
	       c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}
