/*
 * Any bytes as a notice to be imported.  The reader gives a notice or
 * complaints; what is written of it is read, and written again as it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/notice.h>

#include "../../src/plan/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
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

static struct bytes
written(struct arena *arena, const struct notice *notice)
{
	struct buf buf;

	buf_init(&buf, arena);
	notice_write(&buf, "cn", notice);
	return (struct bytes){ buf.data, buf.len };
}

static void
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	struct notice notice, before;
	char *copy = malloc(size + 1);
	struct bytes bytes = { copy, size };
	bool ok;

	memcpy(copy, data, size);
	copy[size] = '\0';
	ok = notice_from_bytes(arena, "notice", bytes, &diags, &notice);
	if (ok != (diags.errors == 0))
		abort();
	if (ok) {
		notice_check(arena, &notice, NULL, &diags);
		if (diags.errors == 0)
			check_written(arena, &notice);
		before = notice;
		notice.amended.published = day_of(2026, 1, 1);
		notice_amend(arena, &before, &notice);
	}
	check_diags(arena, &diags);
	arena_free(arena);
	free(copy);
	return 0;
}
