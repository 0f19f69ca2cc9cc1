#include "details.h"

#include <string.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

static json_t *
read_body(const struct answer *answer)
{
	if (answer->body == NULL || answer->body_cut)
		return NULL;
	return json_loadb(answer->body, answer->body_len, 0, NULL);
}

/* Adds as much as fits, control characters left out. */
static void
add_words(struct buf *out, const char *words)
{
	size_t len = strlen(words), n;

	for (; len > 0; words += n, len -= n) {
		n = utf8_length(words, len);
		if (n == 0 || out->len + n > DETAIL_MOST)
			return;
		if (*words == '\n' || *words == '\t')
			buf_putc(out, ' ');
		else if (!utf8_is_control(words, len))
			buf_add(out, words, n);
	}
}

static const char *
words_of(struct arena *arena, const json_t *value)
{
	struct buf out;

	buf_init(&out, arena);
	if (json_is_string(value))
		add_words(&out, json_string_value(value));
	return out.len > 0 ? out.data : NULL;
}

void
details_robot(struct arena *arena, const struct answer *answer,
    struct robot_answer *robot)
{
	static const char *const codes[] = { "errcode", "code", "StatusCode" };
	static const char *const words[] = { "errmsg", "msg", "StatusMessage" };
	json_t *root = read_body(answer);
	size_t i;

	*robot = (struct robot_answer){ .there = false };
	for (i = 0; i < COUNT(codes) && !robot->there; i++) {
		const json_t *code = json_object_get(root, codes[i]);

		if (!json_is_integer(code))
			continue;
		robot->there = true;
		robot->code = json_integer_value(code);
		robot->words = words_of(arena, json_object_get(root, words[i]));
	}
	json_decref(root);
}
