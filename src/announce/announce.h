/*
 * What the two halves of the module share: a change is found by composing
 * what is wanted, and said by composing it again.
 */
#ifndef YUGAO_ANNOUNCE_ANNOUNCE_H
#define YUGAO_ANNOUNCE_ANNOUNCE_H

#include <yugao/announce.h>

/* compose.c: what the plan and the acts want said about a release that is
 * not cancelled; without its history. */
void announce_wanted(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement);
/* What was said as confirmed stays so. */
enum said_status
wanted_status(const struct slot *slot, const struct entry *said);

/* kind.c: the same time, in the same precision and on the same instant. */
bool time_is_said(const struct slot *slot, const struct entry *said);
/* How the wanted differs from the said; neither is cancelled. */
enum entry_kind change_kind(const struct slot *slot, const struct entry *said);

/* missing.c: said releases that no slot and no act accounts for. */
struct missing {
	const struct entry **v; /* of one department, sorted by release */
	size_t n, cap;
};
void missing_report(struct arena *arena, const struct announce_input *input,
    struct diags *diags, const struct missing *missing);

#endif
