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

/* diff.c: what a person must be told: neither pass nor n/a. */
void keep_verdicts(
    struct arena *arena, const struct verdicts *judged, struct verdicts *kept);

/* kind.c: the same time, in the same precision and on the same instant. */
enum entry_kind
kind_of_move(const struct moment *from, const struct moment *to);
bool time_is_said(const struct slot *slot, const struct entry *said);
/* How the wanted differs from the said; neither is cancelled. */
enum entry_kind change_kind(const struct slot *slot, const struct entry *said);

/* acts.c: complains of the acts of diags->department that hit nothing or are
 * dated in the future. */
void acts_check(struct arena *arena, const struct announce_input *input,
    struct instant now, struct diags *diags);
/* The release as a diagnostic may name it: its key, or where it stands in
 * the act if the series is not known to be open. */
const char *act_names(struct arena *arena, const struct announce_input *input,
    const struct act *act, const char *release);

/* missing.c: said releases that no slot and no act accounts for. */
struct missing {
	const struct entry **v; /* of one department, sorted by release */
	size_t n, cap;
};
/* acts/<department>-<year>.json, of the year for which it was said. */
const char *act_path(struct arena *arena, const struct announce_input *input,
    const struct entry *entry);
void missing_report(struct arena *arena, const struct announce_input *input,
    struct diags *diags, const struct missing *missing);

#endif
