/*
 * What a check of the database finds: the first few are told one by one, the
 * others counted.
 */
#ifndef LEDGER_FLAWS_H
#define LEDGER_FLAWS_H

#include <yugao/diag.h>

#define FLAWS_MOST 20

struct flaws {
	struct arena *arena;
	struct diags *diags;
	const char *name; /* of the database */
	size_t n;
};

/* FLAW(flaws, "ledger.verify_entry", id): an error at the database. */
#define FLAW(flaws, ...) \
	flaws_add((flaws), MESSAGE((flaws)->arena, __VA_ARGS__))
void flaws_add(struct flaws *flaws, struct message message);
/* Says how many were not told. */
void flaws_end(struct flaws *flaws);

#endif
