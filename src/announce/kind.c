#include "announce.h"

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

enum entry_kind
change_kind(const struct slot *slot, const struct entry *said)
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
