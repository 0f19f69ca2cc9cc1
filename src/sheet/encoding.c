/*
 * What Chinese offices save: UTF-8 with or without a byte order mark, UTF-16
 * ("Unicode text"), and the system's code page, which is GB18030 or a part
 * of it.  A text that is whole UTF-8 is taken for that; GB18030 text hardly
 * ever is.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>

#include "sheet.h"

/* False if a byte of it is not of that encoding. */
static bool
convert(struct arena *arena, const char *from, struct bytes *bytes)
{
	/* Two bytes of UTF-16 or GB18030 become at most three of UTF-8. */
	size_t size = bytes->len / 2 * 3 + 4, in_left = bytes->len;
	size_t out_left = size - 1;
	char *out = arena_alloc(arena, size), *at = out;
	char *in;
	iconv_t cd = iconv_open("UTF-8", from);
	size_t n;

	if (cd == (iconv_t)-1)
		return false;
	in = arena_copy(arena, bytes->data, bytes->len + 1);
	n = iconv(cd, &in, &in_left, &at, &out_left);
	iconv_close(cd);
	if (n == (size_t)-1 || in_left > 0)
		return false;
	*at = '\0';
	*bytes = (struct bytes){ out, (size_t)(at - out) };
	return true;
}

bool
encoding_take(struct intake *intake, struct bytes *bytes)
{
	const char *data = bytes->data;
	size_t len = bytes->len;
	bool good;

	if (len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
		bytes->data += 3;
		bytes->len -= 3;
		good = utf8_check(bytes->data, bytes->len) == bytes->len;
	} else if (len >= 2 && (memcmp(data, "\xFF\xFE", 2) == 0 ||
				   memcmp(data, "\xFE\xFF", 2) == 0)) {
		bytes->data += 2;
		bytes->len -= 2;
		good = convert(intake->arena,
		    data[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", bytes);
	} else {
		good = utf8_check(data, len) == len ||
		       convert(intake->arena, "GB18030", bytes);
	}
	if (good && memchr(bytes->data, '\0', bytes->len) == NULL)
		return true;
	REFUSE(intake, "sheet.encoding");
	return false;
}
