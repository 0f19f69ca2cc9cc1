#include "flaws.h"

#include <yugao/arena.h>

void
flaws_add(struct flaws *flaws, struct message message)
{
	const struct place place = { .file = flaws->name };

	if (flaws->n++ < FLAWS_MOST)
		diag_add(
		    flaws->arena, flaws->diags, DIAG_ERROR, place, message);
}

void
flaws_end(struct flaws *flaws)
{
	const struct place place = { .file = flaws->name };

	if (flaws->n > FLAWS_MOST)
		DIAG(flaws->arena, flaws->diags, DIAG_ERROR, place,
		    "ledger.verify_more",
		    arena_printf(flaws->arena, "%zu", flaws->n - FLAWS_MOST));
}
