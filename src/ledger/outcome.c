#include "outcome.h"

#include <string.h>

#include <yugao/arena.h>

static void
begin(struct buf *buf, const char *key)
{
	buf_putc(buf, buf->len == 0 ? '{' : ',');
	buf_json(buf, key);
	buf_putc(buf, ':');
}

void
outcome_string(struct buf *buf, const char *key, const char *value)
{
	if (value == NULL)
		return;
	begin(buf, key);
	buf_json(buf, value);
}

void
outcome_instant(struct buf *buf, const char *key, const struct instant *value)
{
	char text[INSTANT_SIZE];

	if (value != NULL)
		outcome_string(buf, key, instant_format(text, *value));
}

void
outcome_digest(struct buf *buf, const char *key, const struct digest *value)
{
	char text[DIGEST_HEX_SIZE];

	if (value != NULL)
		outcome_string(buf, key, digest_hex(text, value));
}

void
outcome_number(struct buf *buf, const char *key, int64_t value)
{
	begin(buf, key);
	buf_int(buf, value);
}

int
outcome_word(const char *word, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; word != NULL && i < n; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

const char *
arena_string(struct arena *arena, const char *string)
{
	return string == NULL ? NULL : arena_strdup(arena, string);
}
