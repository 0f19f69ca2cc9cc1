/*
 * What is to be said about one release: the diff says it, check and explain
 * judge it, draft writes the acts that it lacks.
 */
#include "announce.h"

#include <string.h>

#include <yugao/arena.h>

void
weighing_begin(struct weighing *weighing, struct arena *arena,
    const struct announce_input *input, struct instant now)
{
	*weighing = (struct weighing){ .arena = arena,
		.input = input,
		/* The clock may have been set back; what was said was not. */
		.now = now.s > input->view->last.s ? now : input->view->last };
}

void
weighing_look_at(struct weighing *weighing, const struct plan *plan)
{
	if (weighing->plan == plan)
		return;
	weighing->plan = plan;
	weighing->today = zone_local(plan->zone, weighing->now).day;
}

/* A day or window has passed when its last day has. */
bool
has_passed(const struct weighing *weighing, const struct moment *when,
    struct instant start)
{
	if (when->precision == PRECISION_INSTANT)
		return start.s <= weighing->now.s;
	return when->last.n < weighing->today.n;
}

bool
said_has_passed(const struct weighing *weighing, const struct entry *said)
{
	return said->status != SAID_POSTPONED &&
	       has_passed(weighing, &said->when, said->start);
}

static struct digest
digest_written(struct weighing *weighing,
    void (*write)(struct buf *buf, const struct announcement *announcement))
{
	struct buf *buf = weighing->buf;

	buf_clear(buf);
	write(buf, &weighing->wanted);
	if (weighing->hasher == NULL)
		return digest_of(buf->data, buf->len);
	hasher_add(weighing->hasher, buf->data, buf->len);
	return hasher_end(weighing->hasher);
}

static void
write_wanted(struct buf *buf, const struct announcement *announcement)
{
	announcement_write(buf, announcement, true);
}

static bool
is_said(struct weighing *weighing, const struct entry *said)
{
	struct digest digest = digest_written(weighing, write_wanted);

	return digest_compare(&digest, &said->digest) == 0;
}

/* What was released changes no more, unless somebody says so afterwards. */
static bool
is_frozen(const struct slot *slot, const struct entry *said)
{
	const struct life *life = slot->life;

	return life == NULL || life->state != LIFE_RELEASED ||
	       life->reissue == NULL || life->reissue->at.s <= said->at.s;
}

/* Whether an act has taken back what was cancelled; for it is not now. */
static bool
is_reinstated(const struct slot *slot)
{
	size_t i;

	for (i = 0; slot->life != NULL && i < slot->life->acts.n; i++) {
		enum act_kind kind = slot->life->acts.v[i].act->kind;

		if (kind == ACT_CANCEL || kind == ACT_WITHHOLD)
			return true;
	}
	return false;
}

static bool
same_days(const struct moment *a, const struct moment *b)
{
	return a->start.day.n == b->start.day.n && a->last.n == b->last.n;
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

/* What the slot's own state keeps from being said. */
static enum finding
wait_of(const struct slot *slot, const struct entry *said)
{
	switch (life_state_of(slot)) {
	case LIFE_POSTPONED:
		return said == NULL ? FOUND_HELD : FOUND_CHANGE;
	case LIFE_RELEASED:
		return said == NULL && slot->held ? FOUND_HELD : FOUND_CHANGE;
	default:
		if (lost_its_notice(slot, said))
			return FOUND_LOST;
		return slot->held ? FOUND_HELD : FOUND_CHANGE;
	}
}

/* What was said is taken back as it was said, also of a series closed since. */
static enum finding
weigh_cancelled(struct weighing *weighing, const struct slot *slot,
    const struct entry *said, struct change *change)
{
	const struct office *office = weighing->input->office;

	if (said == NULL)
		return FOUND_NOTHING;
	if (said->status == SAID_CANCELLED || said->status == SAID_RELEASED)
		return FOUND_SAME;
	if (said_has_passed(weighing, said))
		return FOUND_TOO_LATE;
	change->kind = ENTRY_CANCELLED;
	change->sequence = said->sequence + 1;
	if (!office_opens(office, slot->series)) {
		change->slot = NULL;
		return FOUND_CHANGE;
	}
	announce_wanted_cancelled(
	    weighing->arena, office, change, &weighing->wanted);
	weighing->has_wanted = true;
	return FOUND_CHANGE;
}

static enum finding
weigh_open(struct weighing *weighing, const struct slot *slot,
    const struct entry *said, struct change *change)
{
	change->late =
	    said == NULL && has_passed(weighing, &slot->when, slot->start);
	announce_wanted(weighing->arena, weighing->input->office, change,
	    &weighing->wanted);
	weighing->has_wanted = true;
	if (said != NULL && is_said(weighing, said))
		return FOUND_SAME;
	change->kind = change_kind(slot, said);
	change->sequence = said == NULL ? 0 : said->sequence + 1;
	return FOUND_CHANGE;
}

enum finding
weigh(struct weighing *weighing, const struct slot *slot,
    const struct entry *said, struct change *change)
{
	enum life_state state = life_state_of(slot);
	enum finding wait;

	weighing_look_at(weighing, slot->plan);
	weighing->has_wanted = false;
	*change = (struct change){ .release = slot->release,
		.slot = slot,
		.said = said,
		.act = slot->why.act };
	if (slot->cancelled)
		return weigh_cancelled(weighing, slot, said, change);
	if (said != NULL && said->status == SAID_RELEASED &&
	    is_frozen(slot, said))
		return FOUND_SAME;
	if (state == LIFE_DUE && said != NULL &&
	    said_has_passed(weighing, said) &&
	    has_passed(weighing, &slot->when, slot->start))
		return FOUND_PASSED;
	if (!office_opens(weighing->input->office, slot->series))
		return FOUND_CLOSED;
	if (said != NULL && said->status == SAID_CANCELLED &&
	    !is_reinstated(slot))
		return FOUND_REVIVED;
	if ((wait = wait_of(slot, said)) != FOUND_CHANGE)
		return wait;
	return weigh_open(weighing, slot, said, change);
}

bool
weigh_missing(struct weighing *weighing, const struct entry *said,
    const struct life *life, struct change *change, enum finding *finding)
{
	weighing->has_wanted = false;
	*finding = FOUND_SAME;
	if (said->status == SAID_CANCELLED || said->status == SAID_RELEASED)
		return true;
	*change = (struct change){ .release = said->release,
		.said = said,
		.sequence = said->sequence + 1 };
	if (life != NULL && life->state == LIFE_RELEASED) {
		change->kind = ENTRY_RELEASED;
		change->act = life->released;
		*finding = FOUND_CHANGE;
		return true;
	}
	*finding = FOUND_PASSED;
	if (life == NULL ||
	    (life->state != LIFE_CANCELLED && life->state != LIFE_WITHHELD))
		return said_has_passed(weighing, said);
	change->kind = ENTRY_CANCELLED;
	change->act = life->change;
	*finding =
	    said_has_passed(weighing, said) ? FOUND_TOO_LATE : FOUND_CHANGE;
	return true;
}

struct policy_case
weighed_case(struct weighing *weighing, const struct slot *slot,
    const struct change *change, bool is_change)
{
	const struct announce_input *input = weighing->input;
	struct policy_case c = {
		.scope = SCOPE_RELEASE,
		.office = input->office,
		.department =
		    office_department(input->office, slot->plan->department),
		.plan = slot->plan,
		.plans = input->plans,
		.series = slot->series,
		.slot = slot,
		.slots = input->slots,
		.acts = input->acts,
		.view = input->view,
		.outcomes = input->outcomes,
		.said = change->said,
		.is_change = is_change,
		.change = change->kind,
		.now = weighing->now,
	};

	if (weighing->has_wanted)
		c.wanted = &weighing->wanted;
	if (!is_change || !weighing->has_wanted)
		return c;
	c.words = digest_written(weighing, announcement_words);
	/* A cancellation repeats the words that were said. */
	if (change->kind == ENTRY_CANCELLED)
		c.core = c.said->core;
	else if (c.said != NULL)
		c.core = digest_written(weighing, announcement_core);
	return c;
}

/* The parts of a slot that the policy looks at, of a release that no plan
 * yields any more; NULL without any plan of its department. */
static const struct slot *
stand_in(struct weighing *weighing, const struct change *change)
{
	static const struct rule rule;
	const char *release = change->release;
	const char *id = release + strcspn(release, "/") + 1;
	const struct plan *plan = plan_for(
	    weighing->input, release, day_year(change->said->when.start.day));
	struct series *none;
	struct slot *slot;

	if (plan == NULL)
		return NULL;
	none = arena_alloc(weighing->arena, sizeof(*none));
	slot = arena_alloc(weighing->arena, sizeof(*slot));
	none->id = arena_strndup(weighing->arena, id, strcspn(id, "/"));
	none->secrecy = SECRECY_PUBLIC;
	*slot = (struct slot){ .release = release,
		.plan = plan,
		.series = none,
		.rule = &rule,
		.period = id + strcspn(id, "/"),
		.when = change->said->when,
		.start = change->said->start,
		.cancelled = change->kind == ENTRY_CANCELLED,
		.why.act = change->act,
		.life = life_of(
		    weighing->arena, weighing->input->acts, release, NULL) };
	if (*slot->period == '/')
		slot->period++;
	return slot;
}

bool
weighing_allows(struct weighing *weighing, const struct change *change,
    struct verdicts *judged)
{
	const struct slot *slot = change->slot;
	struct policy_case c;

	/* What the plan has dropped has no words to judge, and without any plan
	 * there is no clock to judge by. */
	if (slot == NULL && (change->kind == ENTRY_RELEASED ||
				(slot = stand_in(weighing, change)) == NULL))
		return true;
	if (change->slot == NULL) {
		struct change judged_as = *change;

		weighing_look_at(weighing, slot->plan);
		judged_as.slot = slot;
		announce_wanted_cancelled(weighing->arena,
		    weighing->input->office, &judged_as, &weighing->wanted);
		weighing->has_wanted = true;
	}
	c = weighed_case(weighing, slot, change, true);
	policy_judge(weighing->arena, &c, MOMENT_ANNOUNCE, judged);
	return judged->worst != OUTCOME_BLOCK;
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

void
announce_case(struct arena *arena, const struct announce_input *input,
    const struct slot *slot, struct announcement *wanted, struct policy_case *c)
{
	const struct entry *said = view_find(input->view, slot->release);
	struct weighing weighing;
	struct change change;
	enum finding finding;
	struct buf buf;

	weighing_begin(&weighing, arena, input, input->now);
	buf_init(&buf, arena);
	weighing.buf = &buf;
	finding = weigh(&weighing, slot, said, &change);
	*c = weighed_case(&weighing, slot, &change, finding == FOUND_CHANGE);
	*wanted = weighing.wanted;
	if (c->wanted != NULL)
		c->wanted = wanted;
}

void
announce_judge(struct arena *arena, const struct announce_input *input,
    const struct slot *slot, struct verdicts *verdicts)
{
	struct announcement wanted;
	struct policy_case c;

	announce_case(arena, input, slot, &wanted, &c);
	policy_judge(arena, &c, MOMENT_ANNOUNCE, verdicts);
}

struct digest
announce_words(struct arena *arena, const struct announce_input *input,
    const struct slot *slot)
{
	struct change change = { .slot = slot };
	struct weighing weighing = { 0 };
	struct buf buf;

	buf_init(&buf, arena);
	weighing.buf = &buf;
	announce_wanted(arena, input->office, &change, &weighing.wanted);
	return digest_written(&weighing, announcement_words);
}
