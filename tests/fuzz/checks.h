/*
 * What holds of every reader of foreign bytes, however wrong they are.
 */
#ifndef TESTS_FUZZ_CHECKS_H
#define TESTS_FUZZ_CHECKS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/notice.h>

/* Each complaint is a sentence of one line, in every language. */
static inline void
check_diags(struct arena *arena, const struct diags *diags)
{
	size_t i;
	int lang;

	for (i = 0; i < diags->n; i++)
		for (lang = 0; lang < LANG_COUNT; lang++)
			if (!message_exists(diags->v[i].message.id) ||
			    strpbrk(
				diag_text(arena, (enum lang)lang, &diags->v[i]),
				"\n\r\033") != NULL)
				abort();
}

static inline struct bytes
written(struct arena *arena, const struct notice *notice)
{
	struct buf buf;

	buf_init(&buf, arena);
	notice_write(&buf, "cn", notice);
	return (struct bytes){ buf.data, buf.len };
}

/* A notice that was written is read as it was written. */
static inline void
check_written(struct arena *arena, const struct notice *notice)
{
	struct bytes first = written(arena, notice), second;
	struct diags diags = { 0 };
	struct notice again;

	if (!notice_from_ics(arena, "cn.ics", first, &diags, &again))
		abort();
	second = written(arena, &again);
	if (second.len != first.len ||
	    memcmp(second.data, first.data, first.len) != 0)
		abort();
}

#endif
