/*
 * A stranger's feed: what the lint admits, libical must survive.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/foreign.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes bytes = { NULL, size };
	struct foreign_feed feed = { 0 };
	char *copy = arena_alloc(arena, size + 1);

	if (size > 0)
		memcpy(copy, data, size);
	bytes.data = copy;
	(void)foreign_parse(arena, "feed.ics", bytes, "Asia/Shanghai", &feed);
	arena_free(arena);
	return 0;
}
