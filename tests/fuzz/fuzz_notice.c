/*
 * Any bytes as a notice to be imported.  The reader gives a notice or
 * complaints; what is written of it is read, and written again as it was.
 */
#include "checks.h"

#include "../../src/plan/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
