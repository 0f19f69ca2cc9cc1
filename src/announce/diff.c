#include "announce.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define DAY_SECONDS 86400

struct diff {
	struct arena *arena;
	struct arena *scratch; /* emptied for every slot */
	const struct announce_input *input;
	struct diags *diags;
	struct changes *changes;
	struct missing missing; /* of the department at hand */
	struct buf buf;
	struct hasher *hasher;
	struct instant now;
	struct day today; /* in the zone of this plan: */
	const struct plan *plan;
	const struct series *warned; /* one warning a series is enough */
};

/* The runs of slots and entries that belong to one department. */
struct group {
	const char *department;
	size_t slot, slot_end;
	size_t entry, entry_end;
};

static void
look_at_plan(struct diff *diff, const struct plan *plan)
{
	if (diff->plan == plan)
		return;
	diff->plan = plan;
	diff->today = zone_local(plan->zone, diff->now).day;
}

/* A day or window has passed when its last day has. */
static bool
has_passed(
    const struct diff *diff, const struct moment *when, struct instant start)
{
	if (when->precision == PRECISION_INSTANT)
		return start.s <= diff->now.s;
	return when->last.n < diff->today.n;
}

static bool
said_has_passed(const struct diff *diff, const struct entry *said)
{
	return has_passed(diff, &said->when, said->start);
}

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

void
keep_verdicts(
    struct arena *arena, const struct verdicts *judged, struct verdicts *kept)
{
	size_t i, n = 0;

	kept->worst = judged->worst;
	for (i = 0; i < judged->n; i++)
		n += judged->v[i].outcome > OUTCOME_PASS;
	if (n == 0)
		return;
	kept->v = arena_alloc(arena, n * sizeof(*kept->v));
	kept->cap = n;
	for (i = 0; i < judged->n; i++) {
		struct verdict verdict = judged->v[i];

		if (verdict.outcome <= OUTCOME_PASS)
			continue;
		if (verdict.measured_text != NULL)
			verdict.measured_text =
			    arena_strdup(arena, verdict.measured_text);
		kept->v[kept->n++] = verdict;
	}
}

/* False, and counted, if the policy blocks the slot. */
static bool
pass_policy(struct diff *diff, const struct slot *slot,
    const struct entry *said, struct verdicts *kept)
{
	const struct office *office = diff->input->office;
	const struct policy_case c = {
		.scope = SCOPE_RELEASE,
		.office = office,
		.department = office_department(office, slot->plan->department),
		.series = slot->series,
		.slot = slot,
		.plan = slot->plan,
		.said = said,
		.now = diff->now,
	};
	struct verdicts judged = { 0 };

	policy_judge(diff->scratch, &c, MOMENT_ANNOUNCE, &judged);
	if (judged.worst == OUTCOME_BLOCK) {
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
    struct diff *diff, const struct slot *slot, const struct entry *said)
{
	struct verdicts unused = { 0 };

	if (slot->series->secrecy == SECRECY_PUBLIC)
		pass_policy(diff, slot, said, &unused);
	if (said != NULL && said->status != SAID_CANCELLED &&
	    !said_has_passed(diff, said))
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

/* Cancelled by an act; the slot is NULL if the plan has dropped it too.  What
 * was said is taken back as it was said, also of a series closed since. */
static void
consider_cancelled(
    struct diff *diff, const struct slot *slot, const struct entry *said)
{
	struct change change = { .kind = ENTRY_CANCELLED };

	if (said == NULL)
		return;
	if (said->status == SAID_CANCELLED) {
		diff->changes->same++;
		return;
	}
	change.act = acts_last(diff->input->acts, said->release);
	if (said_has_passed(diff, said)) {
		warn_act(diff, change.act, said->release, "announce.act_late");
		return;
	}
	change.release = said->release;
	if (slot != NULL && office_opens(diff->input->office, slot->series))
		change.slot = slot;
	change.said = said;
	change.sequence = said->sequence + 1;
	ARRAY_PUSH(diff->arena, diff->changes, change);
}

static bool
is_said(struct diff *diff, const struct change *change)
{
	struct announcement wanted;
	struct digest digest;

	announce_wanted(diff->scratch, diff->input->office, change, &wanted);
	buf_clear(&diff->buf);
	announcement_write(&diff->buf, &wanted, true);
	hasher_add(diff->hasher, diff->buf.data, diff->buf.len);
	digest = hasher_end(diff->hasher);
	return digest_compare(&digest, &change->said->digest) == 0;
}

static void
consider_open(
    struct diff *diff, const struct slot *slot, const struct entry *said)
{
	struct change change = {
		.kind = ENTRY_NEW,
		.release = slot->release,
		.slot = slot,
		.said = said,
		.act = slot->why.act,
	};

	if (said == NULL) {
		change.late = has_passed(diff, &slot->when, slot->start);
	} else if (is_said(diff, &change)) {
		diff->changes->same++;
		return;
	} else {
		change.kind = change_kind(slot, said);
		change.sequence = said->sequence + 1;
	}
	if (!pass_policy(diff, slot, said, &change.verdicts))
		return;
	if (slot->why.source == WHY_ACT &&
	    (said == NULL || !time_is_said(slot, said)) &&
	    has_passed(diff, &slot->when, slot->start))
		warn_act(diff, slot->why.move, slot->release,
		    "announce.act_into_past");
	ARRAY_PUSH(diff->arena, diff->changes, change);
}

/* Both times have passed: what was said stays. */
static void
consider_passed(
    struct diff *diff, const struct slot *slot, const struct entry *said)
{
	if (slot->why.source == WHY_ACT && !same_days(&slot->when, &said->when))
		warn_act(
		    diff, slot->why.move, slot->release, "announce.act_late");
}

/*
 * A date that was certain, found anew on days that are not: a calendar is
 * gone, and that is no decision to move anything.
 */
static bool
lost_its_notice(const struct slot *slot, const struct entry *said)
{
	return said != NULL && said->status == SAID_CONFIRMED &&
	       slot->why.state >= DAY_PROJECTED &&
	       !same_days(&slot->when, &said->when);
}

static void
refuse_reinstated(struct diff *diff, const struct slot *slot)
{
	struct place place =
	    slot->why.act != NULL ? slot->why.act->place : series_place(slot);

	DIAG(diff->arena, diff->diags, DIAG_ERROR, place, "announce.reinstated",
	    slot->release);
}

static void
consider(struct diff *diff, const struct slot *slot, const struct entry *said)
{
	arena_reset(diff->scratch);
	look_at_plan(diff, slot->plan);
	if (slot->cancelled) {
		consider_cancelled(diff, slot, said);
		return;
	}
	if (said != NULL && said_has_passed(diff, said) &&
	    has_passed(diff, &slot->when, slot->start)) {
		consider_passed(diff, slot, said);
		return;
	}
	if (!office_opens(diff->input->office, slot->series)) {
		consider_closed(diff, slot, said);
		return;
	}
	if (said != NULL && said->status == SAID_CANCELLED) {
		refuse_reinstated(diff, slot);
		return;
	}
	if (lost_its_notice(slot, said))
		warn_once(diff, slot, "announce.notice_gone");
	if (slot->held || lost_its_notice(slot, said)) {
		diff->changes->held++;
		return;
	}
	if (said != NULL && said->status == SAID_CONFIRMED &&
	    slot->status == STATUS_TENTATIVE &&
	    slot->why.state < DAY_PROVISIONAL)
		warn_once(diff, slot, "announce.stays_confirmed");
	consider_open(diff, slot, said);
}

static void
consider_missing(struct diff *diff, const struct entry *said)
{
	const struct act *act;

	if (said->status == SAID_CANCELLED || said_has_passed(diff, said))
		return;
	act = acts_last(diff->input->acts, said->release);
	if (act != NULL && act->kind == ACT_CANCEL)
		consider_cancelled(diff, NULL, said);
	else
		ARRAY_PUSH(diff->arena, &diff->missing, said);
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
		look_at_plan(diff, diff->input->slots->v[group->slot].plan);
	acts_check(diff->arena, diff->input, diff->now, diff->diags);
	merge(diff, group);
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
	int said = input->view->edition, year = day_year(diff->today);
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
	struct day today = diff->today;
	struct group group = { 0 };

	add_edition(diff, today);
	while (next_group(diff, &group)) {
		diff->plan = NULL;
		diff->today = today;
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
		/* The clock may have been set back; what was said was not. */
		.now = input->now.s > input->view->last.s ? input->now
							  : input->view->last,
	};
	const struct error *error;
	struct zone *zone;

	*changes = (struct changes){ 0 };
	error = zone_open(arena, input->office->timezone, &zone);
	if (error != NULL || diags_stop(diags, NULL))
		return error;
	diff.today = zone_local(zone, diff.now).day;
	check_clock(&diff);
	if (diags_stop(diags, NULL))
		return NULL;
	diff.scratch = arena_new();
	diff.hasher = hasher_new();
	buf_init(&diff.buf, arena);
	diff_all(&diff);
	hasher_free(diff.hasher);
	arena_free(diff.scratch);
	return NULL;
}
