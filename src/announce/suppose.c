/*
 * What if: the same plans in another world, compared release by release with
 * what was said or is wanted now.  Nothing is said.
 */
#include "announce.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>

struct suppose {
	struct arena *arena, *scratch;
	const struct announce_input *input;
	const struct slots *after;
	const struct supposition *supposition;
	const struct diags *diags;
	struct supposed_changes *changes;
};

/* What a reader or the plan goes by now. */
static const struct moment *
moment_now(const struct supposed *row)
{
	return row->said != NULL ? &row->said->when : &row->before->when;
}

static bool
is_over(const struct suppose *suppose, const struct supposed *row)
{
	const struct slot *slot = row->after != NULL ? row->after : row->before;
	struct instant now = suppose->input->now;
	struct day today = zone_local(slot->plan->zone, now).day;

	if (row->said != NULL && (row->said->when.precision == PRECISION_INSTANT
					 ? row->said->start.s > now.s
					 : row->said->when.last.n >= today.n))
		return false;
	return slot->when.precision == PRECISION_INSTANT
		   ? slot->start.s <= now.s
		   : slot->when.last.n < today.n;
}

static void
judge(const struct suppose *suppose, const struct slots *slots,
    const struct slot *slot, struct verdicts *kept)
{
	struct announce_input input = *suppose->input;
	struct verdicts judged = { 0 };

	input.slots = slots;
	arena_reset(suppose->scratch);
	announce_judge(suppose->scratch, &input, slot, &judged);
	keep_verdicts(suppose->arena, &judged, kept);
}

/*
 * A date that moves is judged with the act that it would need, which is
 * drafted for it; it lacks nothing but what that one lacks.
 */
static void
judge_moved(const struct suppose *suppose, struct supposed *row)
{
	const struct supposition *supposition = suppose->supposition;
	const struct act act = { .kind = ACT_MOVE,
		.releases = &row->release,
		.n_releases = 1,
		.to = row->after->when,
		.has_to = true,
		.reason = supposition->reason,
		.reason_code = supposition->reason_code,
		.role = "stat_head",
		.document = supposition->document,
		.at = suppose->input->now };
	struct life life = { .state = LIFE_DUE };
	struct slot slot = *row->after;

	if (slot.life != NULL)
		life = *slot.life;
	life.change = life.move = &act;
	life.moves++;
	slot.life = &life;
	slot.why.act = slot.why.move = &act;
	judge(suppose, suppose->after, &slot, &row->verdicts);
}

static bool
same_verdicts(const struct verdicts *a, const struct verdicts *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (a->v[i].rule != b->v[i].rule ||
		    a->v[i].outcome != b->v[i].outcome)
			return false;
	return true;
}

static bool
is_certain(const struct slot *slot)
{
	return !slot->held && slot->status == STATUS_CONFIRMED;
}

/* False if the supposition leaves it as it is; both slots are there. */
static bool
kind_of(const struct suppose *suppose, struct supposed *row)
{
	const struct slot *before = row->before, *after = row->after;
	struct verdicts judged = { 0 };

	if (row->said != NULL && !moment_equal(&row->said->when, &after->when))
		judge_moved(suppose, row);
	else
		judge(suppose, suppose->after, after, &row->verdicts);
	if (!moment_equal(&before->when, &after->when)) {
		switch (kind_of_move(moment_now(row), &after->when)) {
		case ENTRY_MOVED_EARLIER:
			row->kind = SUPPOSED_MOVED_EARLIER;
			return true;
		case ENTRY_MOVED_LATER:
			row->kind = SUPPOSED_MOVED_LATER;
			return true;
		default:
			row->kind = SUPPOSED_TIME_CHANGED;
			return true;
		}
	}
	if (is_certain(before) != is_certain(after) ||
	    before->held != after->held) {
		row->kind = is_certain(after) || before->held
				? SUPPOSED_CONFIRMED
				: SUPPOSED_TENTATIVE;
		return true;
	}
	judge(suppose, suppose->input->slots, before, &judged);
	row->kind = SUPPOSED_JUDGED;
	return !same_verdicts(&judged, &row->verdicts);
}

/* No rule and no calendar gives a day to what is postponed. */
static bool
is_to_come(const struct slot *slot, const struct entry *said)
{
	return life_state_of(slot) == LIFE_DUE &&
	       (said == NULL || said->status == SAID_TENTATIVE ||
		   said->status == SAID_CONFIRMED);
}

static void
consider(struct suppose *suppose, const struct slot *before,
    const struct slot *after)
{
	const struct slot *slot = after != NULL ? after : before;
	struct supposed row = { .release = slot->release,
		.before = before,
		.after = after,
		.said = view_find(suppose->input->view, slot->release) };

	if (diags_stop(suppose->diags, slot->plan->department) ||
	    !office_opens(suppose->input->office, slot->series) ||
	    !is_to_come(slot, row.said) || is_over(suppose, &row))
		return;
	if (before == NULL)
		row.kind = SUPPOSED_ADDED;
	else if (after == NULL)
		row.kind = SUPPOSED_DROPPED;
	else if (!kind_of(suppose, &row)) {
		suppose->changes->same++;
		return;
	}
	if (before == NULL)
		judge(suppose, suppose->after, after, &row.verdicts);
	if (row.verdicts.worst > suppose->changes->worst)
		suppose->changes->worst = row.verdicts.worst;
	ARRAY_PUSH(suppose->arena, suppose->changes, row);
}

static bool
needs_act(const struct supposed *row)
{
	return row->said != NULL && (row->kind == SUPPOSED_DROPPED ||
					row->kind <= SUPPOSED_TIME_CHANGED);
}

static void
draft_acts(struct suppose *suppose)
{
	struct supposed_changes *changes = suppose->changes;
	struct needs needs = { 0 };
	size_t i;

	for (i = 0; i < changes->n; i++) {
		const struct supposed *row = &changes->v[i];
		const struct slot *slot =
		    row->after != NULL ? row->after : row->before;
		struct need need = { .department = slot->plan->department,
			.kind = row->after != NULL ? ACT_MOVE : ACT_CANCEL,
			.release = row->release };

		if (!needs_act(row))
			continue;
		need.year = day_year(row->said->when.start.day);
		if (row->after != NULL)
			need.to = row->after->when;
		ARRAY_PUSH(suppose->arena, &needs, need);
	}
	needs_draft(suppose->arena, suppose->input, &needs,
	    suppose->supposition, &changes->drafts);
}

void
announce_suppose(struct arena *arena, const struct announce_input *input,
    const struct slots *after, const struct supposition *supposition,
    const struct diags *diags, struct supposed_changes *changes)
{
	const struct slots *before = input->slots;
	struct suppose suppose = { arena, arena_new(), input, after,
		supposition, diags, changes };
	size_t i = 0, j = 0;

	*changes = (struct supposed_changes){ .worst = OUTCOME_NA };
	while (i < before->n || j < after->n) {
		int order = i == before->n  ? 1
			    : j == after->n ? -1
					    : strcmp(before->v[i].release,
						  after->v[j].release);

		consider(&suppose, order <= 0 ? &before->v[i] : NULL,
		    order >= 0 ? &after->v[j] : NULL);
		i += order <= 0;
		j += order >= 0;
	}
	draft_acts(&suppose);
	arena_free(suppose.scratch);
}
