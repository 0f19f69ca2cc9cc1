#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_NA] = "not-applicable",
		[OUTCOME_PASS] = "pass",
		[OUTCOME_WARN] = "warn",
		[OUTCOME_REPORT] = "report",
		[OUTCOME_BLOCK] = "block",
	};

	return names[outcome];
}

void
verdict_set(struct verdict *verdict, enum outcome outcome, const char *reason)
{
	verdict->outcome = outcome;
	verdict->reason = reason;
}

void
verdict_fail(struct verdict *verdict, const char *reason)
{
	static const enum outcome outcomes[] = { OUTCOME_WARN, OUTCOME_REPORT,
		OUTCOME_BLOCK };
	const struct parameter *parameter = verdict->parameter;
	size_t i;

	verdict_set(verdict, OUTCOME_WARN, reason);
	for (i = 0; parameter != NULL && parameter->on_fail != NULL &&
		    i < COUNT(outcomes);
	     i++)
		if (strcmp(parameter->on_fail, outcome_name(outcomes[i])) == 0)
			verdict->outcome = outcomes[i];
}

const struct parameter *
verdict_measure_by(
    struct verdict *verdict, const struct policy_case *c, const char *parameter)
{
	verdict->parameter = policy_parameter(&c->office->policy, parameter);
	if (verdict->parameter == NULL) {
		verdict->measured_text = parameter;
		verdict_set(verdict, OUTCOME_WARN, "policy.parameter_missing");
	}
	return verdict->parameter;
}

/* Whether the region lies in the one whose code ends in "00" pairs. */
static bool
region_within(const char *region, const char *whole)
{
	size_t len = strlen(whole);

	while (len >= 2 && strncmp(whole + len - 2, "00", 2) == 0)
		len -= 2;
	return strncmp(region, whole, len) == 0;
}

/*
 * A department that does not say where it belongs is inside: what is missing
 * must not loosen anything.
 */
bool
policy_has_jurisdiction(
    const struct parameters *policy, const struct department *department)
{
	size_t i;

	if (department == NULL)
		return true;
	if (department->region != NULL && policy->region != NULL &&
	    !region_within(department->region, policy->region))
		return false;
	if (department->level == NULL || policy->n_levels == 0)
		return true;
	for (i = 0; i < policy->n_levels; i++)
		if (strcmp(policy->levels[i], department->level) == 0)
			return true;
	return false;
}

/* D, E3 and C5 are enforced from the first day on. */
static bool
is_secrecy(const struct policy_rule *rule)
{
	return rule->id[0] == 'D' || strcmp(rule->id, "E3") == 0 ||
	       strcmp(rule->id, "C5") == 0;
}

/* The rule's own day, else that of all rules without one; NULL: always. */
static const struct day *
enforced_from(
    const struct department *department, const struct policy_rule *rule)
{
	const struct day *from =
	    department->has_enforce_from ? &department->enforce_from : NULL;
	size_t i;

	for (i = 0; i < department->n_enforcement; i++) {
		const struct enforcement *row = &department->enforcement[i];

		if (row->rule == NULL)
			from = &row->from;
		else if (strcmp(row->rule, rule->id) == 0)
			return &row->from;
	}
	return from;
}

static bool
before_enforcement(const struct policy_case *c, const struct policy_rule *rule)
{
	const struct day *from;

	if (c->department == NULL || is_secrecy(rule))
		return false;
	from = enforced_from(c->department, rule);
	return from != NULL && case_today(c).n < from->n;
}

const struct series *
case_series(const struct policy_case *c)
{
	return c->slot != NULL ? c->slot->series : c->series;
}

/* What a policy switches off is asked of nobody. */
static bool
is_switched_off(const struct parameter *parameter)
{
	return parameter != NULL && parameter->number == 0 &&
	       parameter->unit != NULL && strcmp(parameter->unit, "bool") == 0;
}

/*
 * Why a rule has nothing to judge; NULL if it has.  A cancellation is a change
 * too: B asks how it came, also where the plan has dropped or closed what it
 * is about.
 */
static const char *
not_applicable(const struct policy_case *c, const struct verdict *verdict)
{
	const struct series *series = case_series(c);
	bool release = verdict->rule->scope == SCOPE_RELEASE;

	if (is_switched_off(verdict->parameter))
		return "policy.switched_off";
	if (release && verdict->rule->id[0] == 'B' &&
	    strcmp(verdict->rule->id, "B10") != 0 && c->said != NULL)
		return NULL;
	if (release && c->slot == NULL)
		return "policy.no_slot";
	if (series == NULL || is_secrecy(verdict->rule))
		return NULL;
	if (!office_opens(c->office, series))
		return "policy.kept_out";
	return release && c->slot->cancelled ? "policy.cancelled" : NULL;
}

/* The notice's section three speaks to the city's own departments. */
static bool
is_by_reference(const struct policy_case *c, const struct verdict *verdict)
{
	return verdict->parameter != NULL && verdict->parameter->basis == 'N' &&
	       c->department != NULL && c->department->level != NULL &&
	       strcmp(c->department->level, "county") == 0;
}

/* A profile has words and no time. */
static bool
judges(const struct policy_rule *rule, const struct policy_case *c,
    enum policy_moment moment)
{
	if (rule->moment != moment || rule->scope != c->scope ||
	    rule->judge == NULL)
		return false;
	return !c->is_change || c->change != ENTRY_PROFILE ||
	       strcmp(rule->id, "D1") == 0 || strcmp(rule->id, "C5") == 0;
}

static struct verdict
judge(struct arena *arena, const struct policy_case *c,
    const struct policy_rule *rule)
{
	struct verdict verdict = { .rule = rule };
	const char *cause;

	if (rule->parameter != NULL &&
	    verdict_measure_by(&verdict, c, rule->parameter) == NULL)
		return verdict;
	if ((cause = not_applicable(c, &verdict)) != NULL)
		verdict_set(&verdict, OUTCOME_NA, cause);
	else
		rule->judge(arena, c, &verdict);
	return verdict;
}

void
policy_judge(struct arena *arena, const struct policy_case *c,
    enum policy_moment moment, struct verdicts *verdicts)
{
	bool outside =
	    !policy_has_jurisdiction(&c->office->policy, c->department);
	const struct policy_rule *rules;
	size_t n, i;

	rules = policy_rules(&n);
	for (i = 0; i < n; i++) {
		struct verdict verdict;

		if (!judges(&rules[i], c, moment))
			continue;
		verdict = judge(arena, c, &rules[i]);
		verdict.informative = outside;
		verdict.reference = is_by_reference(c, &verdict);
		if (verdict.outcome == OUTCOME_BLOCK &&
		    (outside || before_enforcement(c, &rules[i]))) {
			verdict.outcome = OUTCOME_WARN;
			verdict.informative = true;
		}
		ARRAY_PUSH(arena, verdicts, verdict);
		if (verdict.outcome > verdicts->worst)
			verdicts->worst = verdict.outcome;
	}
}

struct policy_case
policy_case_of(const struct office *office, const struct slot *slot,
    const struct view *view, struct instant now)
{
	return (struct policy_case){
		.scope = SCOPE_RELEASE,
		.office = office,
		.department = office_department(office, slot->plan->department),
		.series = slot->series,
		.slot = slot,
		.plan = slot->plan,
		.view = view,
		.said = view_find(view, slot->release),
		.now = now,
	};
}

struct policy_case
policy_case_of_plan(const struct office *office, const struct plan *plan,
    const struct view *view, struct instant now)
{
	struct policy_case c = {
		.office = office,
		.department = office_department(office, plan->department),
		.scope = SCOPE_PLAN,
		.plan = plan,
		.view = view,
		.now = now,
	};
	size_t i;

	for (i = 0; i < view->n; i++) {
		const struct entry *entry = &view->v[i];

		if (!entry_is_of_plan(entry, plan))
			continue;
		if (!c.plan_said || entry->first_at.s < c.plan_since.s) {
			c.plan_since = entry->first_at;
			c.plan_since_entry = entry->first_entry;
		}
		c.plan_said = true;
	}
	return c;
}
