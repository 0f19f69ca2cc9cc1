#include "announce.h"

enum life_state
life_state_of(const struct slot *slot)
{
	return slot->life == NULL ? LIFE_DUE : slot->life->state;
}

bool
time_is_said(const struct slot *slot, const struct entry *said)
{
	return slot->start.s == said->start.s &&
	       moment_equal(&slot->when, &said->when);
}

/* Whether every day that `inner` may mean is one that `outer` may mean. */
static bool
moment_contains(const struct moment *outer, const struct moment *inner)
{
	return inner->last.n <= outer->last.n &&
	       (outer->precision == PRECISION_NLT ||
		   (inner->precision != PRECISION_NLT &&
		       inner->start.day.n >= outer->start.day.n));
}

/*
 * A time that only became more or less precise did not move: "in April" and
 * then "10 April" is no change of mind.
 */
enum entry_kind
kind_of_move(const struct moment *from, const struct moment *to)
{
	if (moment_contains(from, to) || moment_contains(to, from))
		return ENTRY_TIME_CHANGED;
	return to->start.day.n < from->start.day.n ? ENTRY_MOVED_EARLIER
						   : ENTRY_MOVED_LATER;
}

/* Of what is due, and was said to be. */
static enum entry_kind
kind_while_due(const struct slot *slot, const struct entry *said)
{
	bool confirmed = said->status == SAID_TENTATIVE &&
			 wanted_status(slot, said) == SAID_CONFIRMED;
	enum entry_kind kind;

	if (time_is_said(slot, said))
		return confirmed ? ENTRY_CONFIRMED : ENTRY_REISSUED;
	kind = kind_of_move(&said->when, &slot->when);
	if (confirmed && kind == ENTRY_TIME_CHANGED &&
	    said->when.precision != PRECISION_INSTANT)
		return ENTRY_CONFIRMED;
	return kind;
}

enum entry_kind
change_kind(const struct slot *slot, const struct entry *said)
{
	enum life_state state = life_state_of(slot);

	if (said == NULL)
		return ENTRY_NEW;
	if (said->status == SAID_RELEASED)
		return ENTRY_REISSUED;
	if (state == LIFE_RELEASED)
		return ENTRY_RELEASED;
	if (state == LIFE_POSTPONED)
		return said->status == SAID_POSTPONED ? ENTRY_REISSUED
						      : ENTRY_POSTPONED;
	if (said->status == SAID_CANCELLED)
		return ENTRY_REINSTATED;
	if (said->status == SAID_POSTPONED)
		return time_is_said(slot, said)
			   ? ENTRY_REINSTATED
			   : kind_of_move(&said->when, &slot->when);
	return kind_while_due(slot, said);
}
