/*
 * The life of a release: what each act may do from where it stands.
 */
#include "expansion.h"

#include <string.h>

#include <yugao/arena.h>

#define STATES (LIFE_RELEASED + 1)
#define KINDS (ACT_ACCESS + 1)

/* Where a step leads, or the sentence that refuses it: {0} is the release,
 * {1} the act. */
struct step {
	enum life_state next;
	const char *refusal;
};

#define TO(state)             \
	{                     \
		(state), NULL \
	}
#define NO(id)                 \
	{                      \
		LIFE_DUE, (id) \
	}

/*
 * A review may come at any time, for it is of words: what is cancelled is
 * looked at before it is reinstated, what is released before it is reissued.
 * What is withheld is withheld again when its review is due (XXGK-18).  A copy
 * may go to the statistics institution before the public has it.
 */
static const struct step steps[STATES][KINDS] = {
	[LIFE_DUE] = {
	    [ACT_REVIEW] = TO(LIFE_DUE),
	    [ACT_SIGN] = TO(LIFE_DUE),
	    [ACT_CONSULT] = TO(LIFE_DUE),
	    [ACT_CONFIRM] = TO(LIFE_DUE),
	    [ACT_MOVE] = TO(LIFE_DUE),
	    [ACT_POSTPONE] = TO(LIFE_POSTPONED),
	    [ACT_CANCEL] = TO(LIFE_CANCELLED),
	    [ACT_REINSTATE] = NO("schedule.reinstate_due"),
	    [ACT_WITHHOLD] = TO(LIFE_WITHHELD),
	    [ACT_REISSUE] = TO(LIFE_DUE),
	    [ACT_RELEASED] = TO(LIFE_RELEASED),
	    [ACT_COPY] = TO(LIFE_DUE),
	    [ACT_ACKNOWLEDGE] = TO(LIFE_DUE),
	    [ACT_ACCESS] = TO(LIFE_DUE),
	},
	[LIFE_POSTPONED] = {
	    [ACT_REVIEW] = TO(LIFE_POSTPONED),
	    [ACT_SIGN] = TO(LIFE_POSTPONED),
	    [ACT_CONSULT] = TO(LIFE_POSTPONED),
	    [ACT_CONFIRM] = NO("schedule.postponed_no_date"),
	    [ACT_MOVE] = TO(LIFE_DUE),
	    [ACT_POSTPONE] = NO("schedule.postponed_again"),
	    [ACT_CANCEL] = TO(LIFE_CANCELLED),
	    [ACT_REINSTATE] = TO(LIFE_DUE),
	    [ACT_WITHHOLD] = TO(LIFE_WITHHELD),
	    [ACT_REISSUE] = TO(LIFE_POSTPONED),
	    [ACT_RELEASED] = NO("schedule.postponed_no_date"),
	    [ACT_COPY] = TO(LIFE_POSTPONED),
	    [ACT_ACKNOWLEDGE] = TO(LIFE_POSTPONED),
	    [ACT_ACCESS] = TO(LIFE_POSTPONED),
	},
	[LIFE_CANCELLED] = {
	    [ACT_REVIEW] = TO(LIFE_CANCELLED),
	    [ACT_SIGN] = NO("schedule.cancelled_before"),
	    [ACT_CONSULT] = TO(LIFE_CANCELLED),
	    [ACT_CONFIRM] = NO("schedule.cancelled_before"),
	    [ACT_MOVE] = NO("schedule.cancelled_before"),
	    [ACT_POSTPONE] = NO("schedule.cancelled_before"),
	    [ACT_CANCEL] = NO("schedule.cancelled_again"),
	    [ACT_REINSTATE] = TO(LIFE_DUE),
	    [ACT_WITHHOLD] = NO("schedule.cancelled_before"),
	    [ACT_REISSUE] = NO("schedule.cancelled_before"),
	    [ACT_RELEASED] = NO("schedule.cancelled_before"),
	    [ACT_COPY] = NO("schedule.cancelled_before"),
	    [ACT_ACKNOWLEDGE] = NO("schedule.cancelled_before"),
	    [ACT_ACCESS] = NO("schedule.cancelled_before"),
	},
	[LIFE_WITHHELD] = {
	    [ACT_REVIEW] = TO(LIFE_WITHHELD),
	    [ACT_SIGN] = NO("schedule.withheld_before"),
	    [ACT_CONSULT] = TO(LIFE_WITHHELD),
	    [ACT_CONFIRM] = NO("schedule.withheld_before"),
	    [ACT_MOVE] = NO("schedule.withheld_before"),
	    [ACT_POSTPONE] = NO("schedule.withheld_before"),
	    [ACT_CANCEL] = NO("schedule.withheld_before"),
	    [ACT_REINSTATE] = TO(LIFE_DUE),
	    [ACT_WITHHOLD] = TO(LIFE_WITHHELD),
	    [ACT_REISSUE] = NO("schedule.withheld_before"),
	    [ACT_RELEASED] = NO("schedule.withheld_before"),
	    [ACT_COPY] = NO("schedule.withheld_before"),
	    [ACT_ACKNOWLEDGE] = NO("schedule.withheld_before"),
	    [ACT_ACCESS] = NO("schedule.withheld_before"),
	},
	[LIFE_RELEASED] = {
	    [ACT_REVIEW] = TO(LIFE_RELEASED),
	    [ACT_SIGN] = NO("schedule.released_before"),
	    [ACT_CONSULT] = NO("schedule.released_before"),
	    [ACT_CONFIRM] = NO("schedule.released_before"),
	    [ACT_MOVE] = NO("schedule.released_before"),
	    [ACT_POSTPONE] = NO("schedule.released_before"),
	    [ACT_CANCEL] = NO("schedule.released_before"),
	    [ACT_REINSTATE] = NO("schedule.released_before"),
	    [ACT_WITHHOLD] = NO("schedule.released_before"),
	    [ACT_REISSUE] = TO(LIFE_RELEASED),
	    [ACT_RELEASED] = NO("schedule.released_again"),
	    [ACT_COPY] = TO(LIFE_RELEASED),
	    [ACT_ACKNOWLEDGE] = TO(LIFE_RELEASED),
	    [ACT_ACCESS] = TO(LIFE_RELEASED),
	},
};

static bool
is_whole(const struct act_reference *reference)
{
	size_t len = strlen(reference->release);

	return len > 0 && reference->release[len - 1] == '*';
}

/* The sentence that refuses this step, or NULL. */
static const char *
refusal_of(const struct life *life, const struct act *act)
{
	const char *refusal = steps[life->state][act->kind].refusal;

	if (refusal == NULL && act->kind == ACT_SIGN &&
	    (life->review == NULL || !life->review->act->passed))
		return "schedule.sign_unreviewed";
	return refusal;
}

static const char *
place_in(struct arena *arena, const struct act_reference *reference)
{
	const struct act *act = reference->act;
	size_t i = 0;

	while (i + 1 < act->n_releases &&
	       strcmp(act->releases[i], reference->release) != 0)
		i++;
	return arena_printf(arena, "releases[%zu]", i);
}

/* What has ended takes back the act that brought it. */
static void
end_state(struct life *life)
{
	life->postpone = NULL;
	life->cancel = NULL;
	life->withhold = NULL;
}

/* The release is due no longer: what was settled about its day is not. */
static void
end_due(struct life *life)
{
	life->confirm = NULL;
	life->reinstate = NULL;
	end_state(life);
}

static void
give_time(struct life *life, const struct act *act)
{
	life->move = act;
	life->moves++;
}

static void
note_change(struct life *life, const struct act *act)
{
	life->change = act;
	switch (act->kind) {
	case ACT_MOVE:
		end_state(life);
		give_time(life, act);
		break;
	case ACT_POSTPONE:
		end_due(life);
		life->postpone = act;
		life->moves++;
		break;
	case ACT_CANCEL:
		end_due(life);
		life->cancel = act;
		break;
	case ACT_WITHHOLD:
		end_due(life);
		life->withhold = act;
		break;
	case ACT_REINSTATE:
		end_state(life);
		life->reinstate = act;
		if (act->has_to)
			give_time(life, act);
		break;
	case ACT_REISSUE:
		life->reissue = act;
		break;
	case ACT_RELEASED:
		life->released = act;
		break;
	default:
		break;
	}
}

static void
note(struct life *life, const struct act_reference *reference)
{
	const struct act *act = reference->act;

	life->state = steps[life->state][act->kind].next;
	switch (act->kind) {
	case ACT_REVIEW:
		life->review = reference;
		if (!act->passed)
			life->sign = NULL;
		break;
	case ACT_SIGN:
		life->sign = act;
		break;
	case ACT_CONSULT:
	case ACT_ACCESS:
		break;
	case ACT_COPY:
		life->copy = act;
		break;
	case ACT_ACKNOWLEDGE:
		life->acknowledge = act;
		break;
	case ACT_CONFIRM:
		life->confirm = act;
		break;
	default:
		note_change(life, act);
	}
}

const struct life *
life_fold(struct arena *arena, const struct act_list *acts, const char *name,
    struct diags *diags)
{
	struct life *life;
	size_t i;

	if (acts->n == 0)
		return NULL;
	life = arena_alloc(arena, sizeof(*life));
	life->acts.v = arena_alloc(arena, acts->n * sizeof(*life->acts.v));
	life->acts.cap = acts->n;
	for (i = 0; i < acts->n; i++) {
		const struct act_reference *reference = &acts->v[i];
		const char *refusal = refusal_of(life, reference->act);

		if (refusal == NULL) {
			life->acts.v[life->acts.n] = *reference;
			note(life, &life->acts.v[life->acts.n++]);
			continue;
		}
		if (diags == NULL || is_whole(reference))
			continue;
		DIAG(arena, diags, DIAG_ERROR, reference->act->place, refusal,
		    name != NULL ? name : place_in(arena, reference),
		    act_kind_name(reference->act->kind));
	}
	return life;
}

const struct life *
life_of(struct arena *arena, const struct acts *acts, const char *release,
    struct diags *diags)
{
	struct arena *scratch = arena_new();
	struct act_list list = acts_of(scratch, acts, release);
	const struct life *life = life_fold(arena, &list, NULL, diags);

	arena_free(scratch);
	return life;
}

bool
life_touches(const struct expansion *expansion, const struct series *series)
{
	const struct acts *acts = expansion->acts;
	size_t low = 0, high = acts == NULL ? 0 : acts->n_index, len;
	const char *prefix;

	if (high == 0)
		return false;
	prefix = arena_printf(expansion->scratch, "%s/%s/",
	    expansion->plan->department, series->id);
	len = strlen(prefix);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(acts->index[middle].release, prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < acts->n_index &&
	       strncmp(acts->index[low].release, prefix, len) == 0;
}

bool
slot_is_withheld(const struct slot *slot)
{
	return slot->life != NULL && slot->life->state == LIFE_WITHHELD;
}
