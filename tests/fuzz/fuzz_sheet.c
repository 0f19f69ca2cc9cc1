/* CSV and xlsx, told apart by their first bytes, and the plan in them. */
#include <stdint.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/sheet.h>

#include "plan/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct plans_of_tables plans = { 0 };
	struct diags diags = { 0 };
	struct workbook *workbook;
	char *copy = arena_alloc(arena, size + 1);
	size_t i;

	if (size > 0)
		memcpy(copy, data, size);
	workbook_read(arena, "nbs-2026.xlsx", (struct bytes){ copy, size },
	    &diags, &workbook);
	if (workbook != NULL)
		tables_read(arena, workbook, &diags, &plans);
	for (i = 0; i < plans.n; i++) {
		json_decref(plans.v[i].plan);
		json_decref(plans.v[i].acts);
	}
	arena_free(arena);
	return 0;
}
