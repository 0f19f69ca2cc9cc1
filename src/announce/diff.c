#include "announce.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define DAY_SECONDS 86400

struct diff {
	struct arena *arena;
	const struct announce_input *input;
	struct diags *diags;
	struct changes *changes;
	struct missing missing;      /* of the department at hand */
	struct weighing weighing;    /* its arena is emptied for every slot */
	const struct series *warned; /* one warning a series is enough */
};

/* The runs of slots and entries that belong to one department. */
struct group {
	const char *department;
	size_t slot, slot_end;
	size_t entry, entry_end;
};

static struct place
series_place(const struct slot *slot)
{
	return plan_place(slot->plan, slot->series->pointer);
}

static void
warn_once(struct diff *diff, const struct slot *slot, const char *id)
{
	if (diff->warned == slot->series)
		return;
	diff->warned = slot->series;
	DIAG(diff->arena, diff->diags, DIAG_WARNING, series_place(slot), id);
}

/* False, and counted, if the policy blocks it. */
static bool
pass_policy(
    struct diff *diff, const struct change *change, struct verdicts *kept)
{
	struct verdicts judged = { 0 };

	if (!weighing_allows(&diff->weighing, change, &judged)) {
		diff->changes->blocked++;
		return false;
	}
	keep_verdicts(diff->arena, &judged, kept);
	return true;
}

/*
 * A closed series is kept out.  If something of it still stands announced,
 * only an act can take that back openly.
 */
static void
consider_closed(
    struct diff *diff, const struct slot *slot, const struct change *change)
{
	const struct entry *said = change->said;
	struct verdicts unused = { 0 };

	if (slot->series->secrecy == SECRECY_PUBLIC)
		pass_policy(diff, change, &unused);
	if (said != NULL && said->status != SAID_CANCELLED &&
	    !said_has_passed(&diff->weighing, said))
		warn_once(diff, slot, "announce.closed_but_said");
}

static void
warn_act(struct diff *diff, const struct act *act, const char *release,
    const char *id)
{
	if (act == NULL)
		return;
	DIAG(diff->arena, diff->diags, DIAG_WARNING, act->place, id,
	    act_names(diff->arena, diff->input, act, release));
}

static bool
same_days(const struct moment *a, const struct moment *b)
{
	return a->start.day.n == b->start.day.n && a->last.n == b->last.n;
}

/* Both times have passed: what was said stays. */
static void
consider_passed(struct diff *diff, const struct change *change)
{
	const struct slot *slot = change->slot;

	if (slot->why.source == WHY_ACT &&
	    !same_days(&slot->when, &change->said->when))
		warn_act(
		    diff, slot->why.move, slot->release, "announce.act_late");
	else if (change->said->status == SAID_CANCELLED)
		warn_act(diff, change->act, slot->release, "announce.act_late");
}

static void
consider_change(struct diff *diff, struct change *change)
{
	const struct slot *slot = change->slot;
	const struct entry *said = change->said;

	if (!pass_policy(diff, change, &change->verdicts))
		return;
	if (slot != NULL && life_state_of(slot) == LIFE_DUE &&
	    slot->why.source == WHY_ACT &&
	    (said == NULL || !time_is_said(slot, said)) &&
	    has_passed(&diff->weighing, &slot->when, slot->start))
		warn_act(diff, slot->why.move, slot->release,
		    "announce.act_into_past");
	ARRAY_PUSH(diff->arena, diff->changes, *change);
}

static void
refuse_revived(struct diff *diff, const struct slot *slot)
{
	struct place place =
	    slot->why.act != NULL ? slot->why.act->place : series_place(slot);

	DIAG(diff->arena, diff->diags, DIAG_ERROR, place, "announce.reinstated",
	    slot->release);
}

static void
consider(struct diff *diff, const struct slot *slot, const struct entry *said)
{
	struct change change;
	enum finding finding;

	arena_reset(diff->weighing.arena);
	buf_init(diff->weighing.buf, diff->weighing.arena);
	finding = weigh(&diff->weighing, slot, said, &change);
	if ((finding == FOUND_SAME || finding == FOUND_CHANGE) &&
	    said != NULL && said->status == SAID_CONFIRMED &&
	    life_state_of(slot) == LIFE_DUE &&
	    slot->status == STATUS_TENTATIVE &&
	    slot->why.state < DAY_PROVISIONAL)
		warn_once(diff, slot, "announce.stays_confirmed");
	switch (finding) {
	case FOUND_NOTHING:
		break;
	case FOUND_SAME:
		diff->changes->same++;
		break;
	case FOUND_CHANGE:
		consider_change(diff, &change);
		break;
	case FOUND_LOST:
		warn_once(diff, slot, "announce.notice_gone");
		diff->changes->held++;
		break;
	case FOUND_HELD:
		diff->changes->held++;
		break;
	case FOUND_CLOSED:
		consider_closed(diff, slot, &change);
		break;
	case FOUND_PASSED:
		consider_passed(diff, &change);
		break;
	case FOUND_TOO_LATE:
		warn_act(diff, change.act, slot->release, "announce.act_late");
		break;
	case FOUND_REVIVED:
		refuse_revived(diff, slot);
		break;
	}
}

static void
consider_missing(struct diff *diff, const struct entry *said)
{
	const struct life *life;
	struct change change;
	enum finding finding;

	arena_reset(diff->weighing.arena);
	buf_init(diff->weighing.buf, diff->weighing.arena);
	life =
	    life_of(diff->arena, diff->input->acts, said->release, diff->diags);
	if (!weigh_missing(&diff->weighing, said, life, &change, &finding))
		ARRAY_PUSH(diff->arena, &diff->missing, said);
	else if (finding == FOUND_CHANGE)
		consider_change(diff, &change);
	else if (finding == FOUND_TOO_LATE)
		warn_act(diff, change.act, said->release, "announce.act_late");
	else if (said->status == SAID_CANCELLED)
		diff->changes->same++;
}

static void
consider_profile(void *context, const struct change *found)
{
	struct diff *diff = context;
	struct change change = *found;
	struct verdicts judged = { 0 };
	struct digest words;

	if (!profile_allowed(&diff->weighing, found, &judged, &words)) {
		diff->changes->held++;
		return;
	}
	keep_verdicts(diff->arena, &judged, &change.verdicts);
	change.release = arena_strdup(diff->arena, found->release);
	ARRAY_PUSH(diff->arena, diff->changes, change);
}

/* A profile that waits holds back no release. */
static void
diff_profiles(struct diff *diff, const struct group *group, size_t first)
{
	const struct changes *changes = diff->changes;
	struct profiling profiling = { .department = group->department,
		.entries = diff->input->view->v + group->entry,
		.n_entries = group->entry_end - group->entry,
		.n_changes = changes->n - first };

	arena_reset(diff->weighing.arena);
	buf_init(diff->weighing.buf, diff->weighing.arena);
	/* The changes grow on the way. */
	profiling.changes = arena_copy(diff->weighing.arena, changes->v + first,
	    profiling.n_changes * sizeof(*changes->v));
	profiles_each(&diff->weighing, &profiling, consider_profile, diff);
}

static void
merge(struct diff *diff, const struct group *group)
{
	const struct slot *slots = diff->input->slots->v;
	const struct entry *entries = diff->input->view->v;
	size_t i = group->slot, j = group->entry;

	while (i < group->slot_end || j < group->entry_end) {
		int order = i == group->slot_end ? 1
			    : j == group->entry_end
				? -1
				: strcmp(slots[i].release, entries[j].release);

		if (order > 0)
			consider_missing(diff, &entries[j]);
		else
			consider(
			    diff, &slots[i], order == 0 ? &entries[j] : NULL);
		i += order <= 0;
		j += order >= 0;
	}
}

/* All of a department's changes, or none if it has a mistake. */
static void
diff_department(struct diff *diff, const struct group *group)
{
	const char *outer = diff->diags->department;
	size_t errors = diff->diags->errors;
	struct changes before = *diff->changes;

	diff->diags->department = group->department;
	diff->missing.n = 0;
	if (group->slot < group->slot_end)
		weighing_look_at(
		    &diff->weighing, diff->input->slots->v[group->slot].plan);
	acts_check(diff->arena, diff->input, diff->weighing.now, diff->diags);
	merge(diff, group);
	diff_profiles(diff, group, before.n);
	missing_report(diff->arena, diff->input, diff->diags, &diff->missing);
	diff->diags->department = outer;
	if (diff->diags->errors == errors)
		return;
	diff->changes->n = before.n;
	diff->changes->blocked = before.blocked;
	diff->changes->held = before.held;
	diff->changes->same = before.same;
}

static bool
is_of(const char *release, const char *department, size_t len)
{
	return strncmp(release, department, len) == 0 && release[len] == '/';
}

/* The department's runs that begin where this one ended; false at the end. */
static bool
next_group(struct diff *diff, struct group *group)
{
	const struct slots *slots = diff->input->slots;
	const struct view *view = diff->input->view;
	size_t i = group->slot_end, j = group->entry_end, len;
	const char *first = i < slots->n ? slots->v[i].release : NULL;

	if (j < view->n &&
	    (first == NULL || strcmp(view->v[j].release, first) < 0))
		first = view->v[j].release;
	if (first == NULL)
		return false;
	len = strcspn(first, "/");
	while (i < slots->n && is_of(slots->v[i].release, first, len))
		i++;
	while (j < view->n && is_of(view->v[j].release, first, len))
		j++;
	group->department = arena_strndup(diff->arena, first, len);
	group->slot = group->slot_end;
	group->slot_end = i;
	group->entry = group->entry_end;
	group->entry_end = j;
	return true;
}

/* A new calendar year moves the edge of the default feeds; so does the very
 * first thing said. */
static void
add_edition(struct diff *diff, struct day today)
{
	struct change change = {
		.kind = ENTRY_EDITION,
		.year = day_year(today),
	};

	if (change.year > diff->input->view->edition)
		ARRAY_PUSH(diff->arena, diff->changes, change);
}

/*
 * An edition empties the feeds of what is older than its last year, and no
 * later one brings that back; a wrong clock must not be enough for it.
 */
static void
check_clock(struct diff *diff)
{
	const struct announce_input *input = diff->input;
	const struct place place = { .file = input->office->file };
	int said = input->view->edition, year = day_year(diff->weighing.today);
	char now[INSTANT_SIZE], last[INSTANT_SIZE];

	instant_format(now, input->now);
	instant_format(last, input->view->last);
	if (said != 0 && year > said + 1)
		DIAG(diff->arena, diff->diags,
		    input->attended ? DIAG_WARNING : DIAG_ERROR, place,
		    "announce.clock_ahead", now, last);
	if (input->now.s < input->view->last.s - DAY_SECONDS)
		DIAG(diff->arena, diff->diags, DIAG_WARNING, place,
		    "announce.clock_back", now, last);
}

static void
diff_all(struct diff *diff)
{
	const struct view *view = diff->input->view;
	struct day today = diff->weighing.today;
	struct group group = { 0 };

	add_edition(diff, today);
	while (next_group(diff, &group)) {
		diff->weighing.plan = NULL;
		diff->weighing.today = today;
		if (!diags_stop(diff->diags, group.department))
			diff_department(diff, &group);
	}
	if (diff->changes->n == 1 && view->n == 0 && view->edition == 0)
		diff->changes->n = 0;
}

const struct error *
announce_diff(struct arena *arena, const struct announce_input *input,
    struct diags *diags, struct changes *changes)
{
	struct diff diff = {
		.arena = arena,
		.input = input,
		.diags = diags,
		.changes = changes,
	};
	const struct error *error;
	struct zone *zone;
	struct buf buf;

	*changes = (struct changes){ 0 };
	error = zone_open(arena, input->office->timezone, &zone);
	if (error != NULL || diags_stop(diags, NULL))
		return error;
	weighing_begin(&diff.weighing, NULL, input, input->now);
	diff.weighing.today = zone_local(zone, diff.weighing.now).day;
	check_clock(&diff);
	if (diags_stop(diags, NULL))
		return NULL;
	diff.weighing.arena = arena_new();
	diff.weighing.hasher = hasher_new();
	diff.weighing.buf = &buf;
	diff_all(&diff);
	hasher_free(diff.weighing.hasher);
	arena_free(diff.weighing.arena);
	return NULL;
}
