/* G: the copy to the statistics institution of the same level (C07). */
#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

const char *
policy_institution_refused(const struct department *department)
{
	const struct institution *institution = department->institution;

	if (institution == NULL)
		return "policy.g1_missing";
	if (!same(institution->level, department->level))
		return "policy.g1_level";
	if (department->region != NULL && institution->region != NULL &&
	    strcmp(department->region, institution->region) != 0)
		return "policy.g1_region";
	if ((department->region == NULL) != (institution->region == NULL))
		return "policy.g1_unclear";
	return NULL;
}

static bool
is_institution(const struct institution *institution, const char *name)
{
	return name == NULL || same(institution->id, name) ||
	       same(institution->name.zh, name) ||
	       same(institution->name.en, name);
}

/* What the rules want to know of a release's copy. */
struct copying {
	struct instant released;
	bool out, sent, acknowledged;
	struct instant sent_at, acknowledged_at;
	bool has_published;
	struct digest published;
	const char *to; /* an act's, or NULL */
};

static void
add_sent(struct copying *copying, struct instant at)
{
	if (!copying->sent || at.s < copying->sent_at.s)
		copying->sent_at = at;
	copying->sent = true;
}

static void
add_acknowledged(struct copying *copying, struct instant at)
{
	if (!copying->acknowledged || at.s < copying->acknowledged_at.s)
		copying->acknowledged_at = at;
	copying->acknowledged = true;
}

static void
add_published(struct copying *copying, const struct digest *digest)
{
	copying->has_published = true;
	copying->published = *digest;
}

/* The first of several that was sent, and the last that said what it held. */
static struct copying
copying_of(const struct policy_case *c)
{
	const struct life *life = c->slot->life;
	struct copying copying = { 0 };
	const struct copy *v = NULL;
	size_t n = 0, i;

	copying.out =
	    policy_first_public(c->outcomes, c->slot, &copying.released);
	if (c->outcomes != NULL)
		v = copies_of(c->outcomes->copies, c->slot->release, &n);
	for (i = 0; i < n; i++) {
		if (v[i].sent)
			add_sent(&copying, v[i].sent_at);
		if (v[i].acknowledged)
			add_acknowledged(&copying, v[i].acknowledged_at);
		if (v[i].has_published)
			add_published(&copying, &v[i].published);
	}
	if (life != NULL && life->copy != NULL) {
		add_sent(&copying, life->copy->done);
		copying.to = life->copy->with;
		if (life->copy->has_copied)
			add_published(&copying, &life->copy->copied);
	}
	if (life != NULL && life->acknowledge != NULL)
		add_acknowledged(&copying, life->acknowledge->done);
	return copying;
}

static bool
is_required(const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *required =
	    policy_parameter(&c->office->policy, "copy_to.required");

	if (required == NULL || required->number != 0)
		return true;
	verdict_set(verdict, OUTCOME_NA, "policy.switched_off");
	return false;
}

/* G1: it goes to the institution of the same level and region. */
void
judge_recipient(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct copying copying = copying_of(c);
	const struct institution *institution;
	const char *refused;

	(void)arena;
	if (!is_required(c, verdict))
		return;
	if (c->department == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.h_unknown");
		return;
	}
	institution = c->department->institution;
	refused = policy_institution_refused(c->department);
	if (institution == NULL && !copying.out) {
		verdict_set(verdict, OUTCOME_NA, "policy.c_not_out");
		return;
	}
	verdict->measured_text =
	    institution == NULL ? "" : text_in(&institution->name, LANG_ZH);
	if (refused == NULL && !is_institution(institution, copying.to)) {
		verdict->measured_text = copying.to;
		refused = "policy.g1_other";
	}
	if (refused == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.g1_same_level");
	else if (strcmp(refused, "policy.g1_missing") == 0 ||
		 strcmp(refused, "policy.g1_unclear") == 0)
		verdict_set(verdict, OUTCOME_WARN, refused);
	else
		verdict_fail(verdict, refused);
}

struct day
policy_copy_due(const struct policy_case *c, struct day released, int workdays)
{
	const struct scheme *scheme = c->slot->series->scheme;
	const struct parameter *prevails = policy_parameter(
	    &c->office->policy, "copy_to.scheme_deadline_prevails");
	struct day due = calendar_step(c->plan->calendar, released, workdays);
	struct day stated;
	struct period period;

	if (scheme == NULL || scheme->report_day == 0 ||
	    (prevails != NULL && prevails->number == 0) ||
	    !period_parse(c->slot->period, &period))
		return due;
	stated = month_day_after(
	    period.last, scheme->report_months, scheme->report_day);
	return stated.n < due.n ? stated : due;
}

/* G2: in time.  Counted from the day of release; a day late is a day. */
void
judge_copy_time(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct copying copying = copying_of(c);
	const struct parameter *soon = verdict->parameter, *breach;
	struct day released, due, on = case_today(c);
	char text[DAY_SIZE];

	if (!is_required(c, verdict))
		return;
	if (!copying.out) {
		verdict_set(verdict, OUTCOME_NA, "policy.c_not_out");
		return;
	}
	released = zone_local(c->plan->zone, copying.released).day;
	due = policy_copy_due(c, released, (int)soon->number);
	if (copying.sent)
		on = zone_local(c->plan->zone, copying.sent_at).day;
	verdict->measured_text =
	    arena_strdup(arena, day_format(text, copying.sent ? on : due));
	if (on.n <= due.n) {
		verdict_set(verdict, copying.sent ? OUTCOME_PASS : OUTCOME_NA,
		    copying.sent ? "policy.g2_sent" : "policy.g2_due");
		return;
	}
	breach = verdict_measure_by(verdict, c, "copy_to.breach_after");
	if (breach == NULL)
		return;
	if (on.n - released.n > breach->number) {
		verdict_fail(verdict,
		    copying.sent ? "policy.g2_very_late" : "policy.g2_never");
		return;
	}
	verdict->parameter = soon;
	verdict_fail(
	    verdict, copying.sent ? "policy.g2_late" : "policy.g2_overdue");
}

/* G3: the institution has said that it has it. */
void
judge_receipt(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct copying copying = copying_of(c);
	struct day due, on = case_today(c);
	char text[DAY_SIZE];

	if (!copying.sent) {
		verdict_set(verdict, OUTCOME_NA, "policy.g3_not_sent");
		return;
	}
	due = calendar_step(c->plan->calendar,
	    zone_local(c->plan->zone, copying.sent_at).day,
	    (int)verdict->parameter->number);
	if (copying.acknowledged)
		on = zone_local(c->plan->zone, copying.acknowledged_at).day;
	verdict->measured_text = arena_strdup(
	    arena, day_format(text, copying.acknowledged ? on : due));
	if (on.n > due.n)
		verdict_fail(verdict, copying.acknowledged
					  ? "policy.g3_late"
					  : "policy.g3_missing");
	else if (copying.acknowledged)
		verdict_set(verdict, OUTCOME_PASS, "policy.g3_received");
	else
		verdict_set(verdict, OUTCOME_NA, "policy.g3_waiting");
}

/* G4: what was copied is what was published. */
void
judge_copy_digest(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct copying copying = copying_of(c);
	struct digest published;

	(void)arena;
	if (!copying.has_published || !case_published(c, &published)) {
		verdict_set(verdict, OUTCOME_NA,
		    copying.has_published ? "policy.g4_not_fetched"
					  : "policy.g4_no_digest");
		return;
	}
	verdict->measured_text = "";
	if (digest_compare(&copying.published, &published) == 0)
		verdict_set(verdict, OUTCOME_PASS, "policy.g4_same");
	else
		verdict_fail(verdict, "policy.g4_other");
}

/* Which entries of the department copies of the plan have told. */
static bool
is_copied(const struct policy_case *c, const struct entry *entry,
    const struct copy *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i].sent &&
		    (v[i].via != NULL ? entry->id <= v[i].entry
				      : entry->at.s <= v[i].sent_at.s))
			return true;
	for (i = 0; c->acts != NULL && i < c->acts->n; i++) {
		const struct act *act = &c->acts->v[i];

		if (act->kind == ACT_COPY && act->of_plan &&
		    act->year == c->plan->year &&
		    same(act->department, c->plan->department) &&
		    entry->at.s <= act->done.s)
			return true;
	}
	return false;
}

/* G5: the plan and each of its changes were copied too. */
void
judge_plan_copy(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	size_t n = 0, i, told = 0, lacking = 0, waiting = 0;
	const struct parameter *soon =
	    policy_parameter(&c->office->policy, "copy_to.target_due");
	const struct copy *v = NULL;

	if (!is_required(c, verdict))
		return;
	if (c->outcomes != NULL)
		v = copies_of(c->outcomes->copies,
		    copy_plan_subject(
			arena, c->plan->department, c->plan->year),
		    &n);
	for (i = 0; c->view != NULL && i < c->view->n; i++) {
		const struct entry *entry = &c->view->v[i];

		if (entry->status == SAID_RELEASED ||
		    !entry_is_of_plan(entry, c->plan))
			continue;
		told++;
		if (is_copied(c, entry, v, n))
			continue;
		if (soon != NULL &&
		    case_today(c).n <=
			calendar_step(c->plan->calendar,
			    zone_local(c->plan->zone, entry->at).day,
			    (int)soon->number)
			    .n)
			waiting++;
		else
			lacking++;
	}
	verdict->measured = (int64_t)lacking;
	if (told == 0)
		verdict_set(verdict, OUTCOME_NA, "policy.g5_nothing");
	else if (lacking > 0)
		verdict_fail(verdict, "policy.g5_lacking");
	else if (waiting > 0)
		verdict_set(verdict, OUTCOME_NA, "policy.g5_due");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.g5_copied");
}
