#include "assessment.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>

#include "words.h"

struct judging {
	struct arena *arena, *scratch;
	const struct report_world *world;
	enum outcome least;
	struct assessment *assessment;
	const struct series *closed; /* the last one that was told */
};

static struct part *
part_of(struct judging *judging, const char *department)
{
	struct assessment *all = judging->assessment;
	struct part part = { .id = department };
	size_t i;

	/* Slots come sorted, so the last one looked at is the likeliest. */
	for (i = all->n; i > 0; i--)
		if (strcmp(all->v[i - 1].id, department) == 0)
			return &all->v[i - 1];
	ARRAY_PUSH(judging->arena, all, part);
	return &all->v[all->n - 1];
}

static void
keep(struct judging *judging, struct part *part, const struct ruling *ruling)
{
	struct ruling copy = *ruling;

	if (copy.verdict.measured_text != NULL)
		copy.verdict.measured_text =
		    arena_strdup(judging->arena, copy.verdict.measured_text);
	ARRAY_PUSH(judging->arena, part, copy);
}

static void
weigh(struct part *part, enum outcome worst)
{
	part->attention += worst >= OUTCOME_WARN;
	part->blocked += worst == OUTCOME_BLOCK;
	if (worst > part->worst)
		part->worst = worst;
}

static void
keep_all(struct judging *judging, struct part *part,
    const struct verdicts *verdicts, struct ruling ruling, enum outcome least)
{
	size_t i;

	for (i = 0; i < verdicts->n; i++) {
		ruling.verdict = verdicts->v[i];
		ruling.order = i;
		part->outside |= ruling.verdict.informative &&
				 ruling.verdict.outcome <= OUTCOME_PASS;
		if (ruling.verdict.outcome >= least)
			keep(judging, part, &ruling);
	}
}

static struct policy_case
case_of(const struct judging *judging, enum policy_scope scope, const char *id)
{
	const struct report_world *world = judging->world;

	return (struct policy_case){
		.scope = scope,
		.office = world->office,
		.department = office_department(world->office, id),
		.plans = world->plans,
		.slots = world->slots,
		.acts = world->acts,
		.view = world->view,
		.outcomes = world->outcomes,
		.now = world->now,
	};
}

/* Everything but what comes before an announcement. */
static void
judge_rest(struct judging *judging, const struct policy_case *c,
    struct verdicts *verdicts)
{
	policy_judge(judging->scratch, c, MOMENT_PLAN, verdicts);
	policy_judge(judging->scratch, c, MOMENT_RELEASE, verdicts);
	policy_judge(judging->scratch, c, MOMENT_PERIODIC, verdicts);
}

static void
judge_series(struct judging *judging, const struct plan *plan,
    const struct series *series)
{
	struct policy_case c = case_of(judging, SCOPE_SERIES, plan->department);
	struct part *part = part_of(judging, plan->department);
	bool open = office_opens(judging->world->office, series);
	struct ruling ruling = { .plan = plan };
	struct verdicts verdicts = { 0 };

	c.plan = plan;
	c.series = series;
	judge_rest(judging, &c, &verdicts);
	weigh(part, verdicts.worst);
	if (open)
		ruling.series = series;
	else
		ruling.closed = series;
	/* Nothing is told of a closed series but what must be done. */
	keep_all(judging, part, &verdicts, ruling,
	    open ? judging->least : OUTCOME_WARN);
}

static void
judge_plan(struct judging *judging, const struct plan *plan)
{
	const struct report_world *world = judging->world;
	struct policy_case said =
	    policy_case_of_plan(world->office, plan, world->view, world->now);
	struct policy_case c = case_of(judging, SCOPE_PLAN, plan->department);
	struct part *part = part_of(judging, plan->department);
	struct verdicts verdicts = { 0 };
	size_t i;

	c.plan = plan;
	c.plan_said = said.plan_said;
	c.plan_since = said.plan_since;
	c.plan_since_entry = said.plan_since_entry;
	judge_rest(judging, &c, &verdicts);
	weigh(part, verdicts.worst);
	keep_all(judging, part, &verdicts, (struct ruling){ .plan = plan },
	    judging->least);
	for (i = 0; i < plan->n_series; i++)
		judge_series(judging, plan, &plan->series[i]);
}

/* What the tree is made of. */
static void
add_formats(struct judging *judging, struct policy_case *c)
{
	size_t n, i;
	const struct format *formats = artifact_formats(&n);
	const char **types =
	    arena_alloc(judging->arena, (n + 1) * sizeof(*types));

	for (i = 0; i < n; i++)
		types[i] = formats[i].content_type;
	if (judging->world->office->site)
		types[n++] = artifact_content_type("index.html");
	c->formats = types;
	c->n_formats = n;
}

/* The department, or the office as a whole if the id is "". */
static void
judge_body(struct judging *judging, const char *id)
{
	enum policy_scope scope =
	    id[0] == '\0' ? SCOPE_OFFICE : SCOPE_DEPARTMENT;
	struct policy_case c = case_of(judging, scope, id);
	struct part *part = part_of(judging, id);
	struct verdicts verdicts = { 0 };

	if (scope == SCOPE_OFFICE) {
		add_formats(judging, &c);
		c.chain_checked = judging->world->chain_checked;
		c.chain_whole = judging->world->chain_whole;
	}
	judge_rest(judging, &c, &verdicts);
	weigh(part, verdicts.worst);
	keep_all(
	    judging, part, &verdicts, (struct ruling){ 0 }, judging->least);
}

/* How its time came about, if what is said now does not tell it. */
static void
add_times(struct judging *judging, struct policy_case *c)
{
	const struct report_world *world = judging->world;

	if (world->store == NULL || !policy_has_history(c->said))
		return;
	/* A history that cannot be read is not judged by; verify names it. */
	if (policy_times(judging->scratch, world->office, world->view,
		world->store, c->said->release, NULL, &c->times) != NULL)
		c->times = (struct said_times){ 0 };
}

/* Nothing is told of a closed series but what must be done about it, once. */
static void
judge_slot(struct judging *judging, const struct slot *slot)
{
	const struct report_world *world = judging->world;
	struct part *part = part_of(judging, slot->plan->department);
	struct ruling ruling = { .plan = slot->plan, .slot = slot };
	struct verdicts verdicts = { 0 };
	bool open = office_opens(world->office, slot->series);
	const struct announce_input input = { .office = world->office,
		.plans = world->plans,
		.slots = world->slots,
		.acts = world->acts,
		.view = world->view,
		.outcomes = world->outcomes,
		.now = world->now };
	struct announcement wanted;
	struct policy_case c;

	if (!open && judging->closed == slot->series)
		return;
	/* Its series answers for it (D4). */
	if (open && slot_is_withheld(slot) &&
	    view_find(world->view, slot->release) == NULL)
		return;
	announce_case(judging->scratch, &input, slot, &wanted, &c);
	add_times(judging, &c);
	policy_judge(judging->scratch, &c, MOMENT_ANNOUNCE, &verdicts);
	judge_rest(judging, &c, &verdicts);
	weigh(part, verdicts.worst);
	if (open) {
		part->releases++;
		part->held += slot->held;
		part->projected += !slot->held && !slot->cancelled &&
				   slot->why.state >= DAY_PROVISIONAL;
		part->outcomes[verdicts.worst]++;
		keep_all(judging, part, &verdicts, ruling, judging->least);
		return;
	}
	judging->closed = slot->series;
	ruling.slot = NULL;
	ruling.closed = slot->series;
	keep_all(judging, part, &verdicts, ruling, OUTCOME_WARN);
}

static int
compare_parts(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	/* Who has nothing to do stands below. */
	if (x->outside != y->outside)
		return x->outside ? 1 : -1;
	if (x->worst != y->worst &&
	    (x->worst > OUTCOME_PASS || y->worst > OUTCOME_PASS))
		return x->worst > y->worst ? -1 : 1;
	/* The office after its departments. */
	if ((x->id[0] == '\0') != (y->id[0] == '\0'))
		return x->id[0] == '\0' ? 1 : -1;
	return strcmp(x->id, y->id);
}

static void
sum(const struct judging *judging, struct part *part)
{
	struct assessment *all = judging->assessment;
	const struct diags *diags = judging->world->diags;
	size_t i;

	for (i = 0; diags != NULL && i < diags->n; i++)
		part->errors += diags->v[i].level == DIAG_ERROR &&
				diags->v[i].department != NULL &&
				strcmp(diags->v[i].department, part->id) == 0;
	all->releases += part->releases;
	all->attention += part->attention;
	all->blocked += part->blocked;
	if (part->worst > all->worst)
		all->worst = part->worst;
}

void
assess(struct arena *arena, const struct report_world *world,
    enum outcome least, struct assessment *assessment)
{
	struct judging judging = { .arena = arena,
		.scratch = arena_new(),
		.world = world,
		.least = least,
		.assessment = assessment };
	size_t i;

	for (i = 0; i < world->plans->n; i++) {
		if (i == 0 || strcmp(world->plans->v[i]->department,
				  world->plans->v[i - 1]->department) != 0)
			judge_body(&judging, world->plans->v[i]->department);
		judge_plan(&judging, world->plans->v[i]);
	}
	judge_body(&judging, "");
	for (i = 0; i < world->slots->n; i++) {
		judge_slot(&judging, &world->slots->v[i]);
		arena_reset(judging.scratch);
	}
	for (i = 0; i < assessment->n; i++)
		sum(&judging, &assessment->v[i]);
	if (assessment->n > 0)
		qsort(assessment->v, assessment->n, sizeof(*assessment->v),
		    compare_parts);
	arena_free(judging.scratch);
}
