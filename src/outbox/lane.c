#include <yugao/arena.h>

#include "drain.h"

#define FAILURES_MOST 5
#define PROBE_EVERY 3600

/* Until something succeeds, one at a time: a dead portal costs little. */
bool
lane_is_open(const struct lane *lane)
{
	int most = lane->answered ? lane->portal->connections : 1;

	return !lane->left && lane->next < lane->n &&
	       lane->flying < (most > 1 ? most : 1);
}

/* Leaves the lane for this run if its portal must not be asked yet. */
void
lane_shut(struct lane *lane, struct instant now, bool named)
{
	const struct gate *gate = &lane->gate;

	lane->failed_runs = gate->failures;
	lane->left = lane->on_hold || gate->not_before > now.s ||
		     (!named && gate->open_until > now.s);
}

/* An answer that was on its way does not undo a Retry-After. */
static void
open_gate(struct lane *lane, struct instant now)
{
	int64_t not_before = lane->gate.not_before;

	if (not_before <= now.s)
		not_before = 0;
	if (lane->gate.problem != NULL || lane->gate.failures > 0 ||
	    lane->gate.open_until > 0)
		lane->dirty = true;
	if (lane->gate.open_until > 0)
		lane->released = true;
	lane->gate =
	    (struct gate){ .open_until = not_before, .not_before = not_before };
	lane->failed_runs = 0;
	lane->failed_row = 0;
	lane->answered = true;
}

static void
wait_until(struct gate *gate, int64_t until)
{
	if (gate->open_until < until)
		gate->open_until = until;
}

static void
be_patient(struct lane *lane, int64_t until)
{
	if (lane->gate.not_before < until)
		lane->gate.not_before = until;
	wait_until(&lane->gate, lane->gate.not_before);
	lane->dirty = true;
}

static void
count_failure(
    struct arena *arena, struct lane *lane, const struct flight *flight)
{
	const struct delivery_result *result = &flight->result;
	struct gate *gate = &lane->gate;
	int64_t now = flight->ended.s;

	lane->dirty = true;
	lane->failed_row++;
	gate->problem = arena_strdup(arena, result->problem.id);
	gate->failures = lane->failed_runs + 1;
	if (result->state == DELIVERY_HELD) {
		gate->held = true;
		wait_until(gate, now + PROBE_EVERY);
	}
	if (gate->failures >= FAILURES_MOST)
		wait_until(gate, now + PROBE_EVERY);
	if (result->retry_after > 0)
		be_patient(lane, now + result->retry_after);
	/* Without a status nobody has answered. */
	if (gate->open_until > 0 || lane->failed_row >= FAILURES_MOST ||
	    (!lane->answered && flight->status == 0))
		lane->left = true;
}

void
lane_judge(struct arena *arena, struct lane *lane, const struct flight *flight)
{
	switch (flight->result.state) {
	case DELIVERY_ACCEPTED:
	case DELIVERY_WAITS:
		open_gate(lane, flight->ended);
		/* The write was taken, and then the read-back was put off. */
		if (flight->result.retry_after > 0) {
			be_patient(
			    lane, flight->ended.s + flight->result.retry_after);
			lane->left = true;
		}
		break;
	case DELIVERY_REFUSED:
		/* Its own refusal shows that it lives; ours shows nothing. */
		if (flight->status != 0)
			open_gate(lane, flight->ended);
		break;
	case DELIVERY_RETRY:
	case DELIVERY_HELD:
		count_failure(arena, lane, flight);
		break;
	case DELIVERY_GOES_ON:
		break;
	}
}
