#include "details.h"

#include <string.h>
#include <strings.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#define TYPE "application/problem+json"

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
joined(struct arena *arena, const json_t *title, const json_t *detail)
{
	struct buf out;

	buf_init(&out, arena);
	if (json_is_string(title))
		add_words(&out, json_string_value(title));
	if (json_is_string(detail)) {
		if (out.len > 0)
			add_words(&out, ": ");
		add_words(&out, json_string_value(detail));
	}
	return out.len > 0 ? out.data : NULL;
}

const char *
details_problem(struct arena *arena, const struct answer *answer)
{
	const char *type = answer->content_type;
	const char *words;
	json_t *root;

	if (type == NULL || strncasecmp(type, TYPE, strlen(TYPE)) != 0)
		return NULL;
	root = read_body(answer);
	words = joined(arena, json_object_get(root, "title"),
	    json_object_get(root, "detail"));
	json_decref(root);
	return words;
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
		robot->words =
		    joined(arena, NULL, json_object_get(root, words[i]));
	}
	json_decref(root);
}
