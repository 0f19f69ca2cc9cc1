#include "expansion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

/* In the last days of a period its results may be out already, as PMIs are. */
#define EARLY_DAYS 7

/* One rule of one series. */
struct task {
	struct expansion *expansion;
	const struct series *series;
	const struct rule *rule;
	bool *used; /* beside rule->occurrences */
	/* Releases found, left out on purpose, or complained about. */
	size_t accounted;
	bool decided;      /* acts name releases of this series */
	struct day before; /* that the rule found for the last period */
	bool has_before, doubted;
};

/* No id and no title: the series may be closed. */
static void
complain(struct task *task, enum diag_level level, const char *pointer,
    const char *id, const char *period, const char *detail)
{
	struct expansion *expansion = task->expansion;

	task->accounted += level == DIAG_ERROR;
	DIAG(expansion->arena, expansion->diags, level,
	    plan_place(expansion->plan, pointer), id, period, detail);
}

/* department/series/period[/estimate] */
static const char *
release_key(const struct task *task, const char *period)
{
	struct buf *key = &task->expansion->key;

	buf_clear(key);
	buf_puts(key, task->expansion->plan->department);
	buf_putc(key, '/');
	buf_puts(key, task->series->id);
	buf_putc(key, '/');
	buf_puts(key, period);
	if (task->rule->estimate != NULL) {
		buf_putc(key, '/');
		buf_puts(key, task->rule->estimate);
	}
	return arena_strndup(task->expansion->arena, key->data, key->len);
}

static struct why
why_of(const struct office *office, const struct finding *finding,
    const struct rule *rule, const struct occurrence *occurrence)
{
	const struct slot *base = finding->base;
	struct why why = {
		.source = WHY_RULE,
		.timing = finding->timing,
		.has_nominal = finding->has_day,
		.nominal = finding->nominal,
		.rolled = finding->rolled,
		.roll = rule->roll,
		.state = finding->state,
		.occurrence = occurrence,
	};

	/* Of a base that is not open nothing is told but what the date shows.
	 */
	if (base == NULL || !office_opens(office, base->series))
		return why;
	why.base = base->release;
	/* Who asks why this date moved is told the act that moved the base.
	 * That the base was cancelled since is no matter of this release. */
	if (!finding->timing->of_rule)
		why.act = why.move = base->why.move;
	return why;
}

static void
set_start(struct expansion *expansion, struct slot *slot)
{
	struct local local = slot->when.start;
	struct clock *clock =
	    &expansion->clocks[((uint32_t)local.day.n * 37 +
				   (uint32_t)(local.minute - NO_TIME)) %
			       CLOCKS];

	if (!clock->known || clock->local.day.n != local.day.n ||
	    clock->local.minute != local.minute) {
		clock->known = true;
		clock->local = local;
		clock->instant =
		    zone_instant(expansion->plan->zone, local, &clock->kind);
	}
	slot->start = clock->instant;
	slot->local_kind = clock->kind;
}

/* A clock time that the zone skips or has twice is worth a warning. */
static void
check_clock(const struct expansion *expansion, const struct slot *slot)
{
	char day[DAY_SIZE], minute[DAY_SIZE];
	struct place place;

	if (slot->local_kind == LOCAL_EXACT ||
	    slot->when.start.minute == NO_TIME)
		return;
	if (slot->why.source == WHY_ACT)
		place = slot->why.act->place;
	else
		place = plan_place(expansion->plan,
		    slot->why.occurrence != NULL ? slot->why.occurrence->pointer
						 : slot->rule->pointer);
	DIAG(expansion->arena, expansion->diags, DIAG_WARNING, place,
	    slot->local_kind == LOCAL_GAP ? "schedule.gap" : "schedule.overlap",
	    day_format(day, slot->when.start.day),
	    minute_format(minute, slot->when.start.minute),
	    zone_name(expansion->plan->zone));
}

/* A minute that no clock shows is never said: the one at its instant is. */
static void
leave_gap(struct slot *slot)
{
	if (slot->local_kind != LOCAL_GAP ||
	    slot->when.precision != PRECISION_INSTANT)
		return;
	slot->when.start = zone_local(slot->plan->zone, slot->start);
	slot->when.last = slot->when.start.day;
}

static void
add_slot(struct task *task, const struct slot *slot, struct day last,
    enum day_state state)
{
	struct expansion *expansion = task->expansion;
	struct footing footing = { last, state };

	task->accounted++;
	ARRAY_PUSH(expansion->arena, expansion->slots, *slot);
	ARRAY_PUSH(expansion->scratch, &expansion->footings, footing);
}

static bool
is_empty(const struct text *text)
{
	return text->zh == NULL && text->en == NULL;
}

/*
 * A date that rests on days whose notice is not out may still move; so may one
 * that rests on the last days of December, to which the next notice reaches
 * back.
 */
static void
heed_unpublished(
    struct task *task, const struct finding *finding, struct slot *slot)
{
	char day[DAY_SIZE];

	if (slot->why.state < DAY_PROVISIONAL || slot->cancelled)
		return;
	switch (task->expansion->plan->unpublished) {
	case UNPUBLISHED_TENTATIVE:
		slot->status = STATUS_TENTATIVE;
		break;
	case UNPUBLISHED_HOLD:
		slot->held = true;
		break;
	case UNPUBLISHED_REFUSE:
		complain(task, DIAG_ERROR, finding->timing->pointer,
		    "schedule.unpublished", slot->period,
		    day_format(day, slot->when.start.day));
		break;
	}
}

/* A draft that nobody has looked at yet says nothing. */
static void
heed_review(struct slot *slot)
{
	if (slot->plan->review || slot->series->review)
		slot->held = true;
}

/* What the acts make of it; a release of a closed series is not named. */
static const struct life *
life_in(const struct task *task, const char *key)
{
	const struct expansion *expansion = task->expansion;
	struct act_list acts;

	if (!task->decided)
		return NULL;
	acts = acts_of(expansion->scratch, expansion->acts, key);
	return life_fold(expansion->arena, &acts,
	    office_opens(expansion->office, task->series) ? key : NULL,
	    expansion->diags);
}

/*
 * Nobody can confirm a month; who tried after it was given one must hear it.
 */
static void
heed_vagueness(struct task *task, struct slot *slot)
{
	const struct expansion *expansion = task->expansion;
	const struct life *life = slot->life;

	if (slot->when.precision != PRECISION_MONTH &&
	    slot->when.precision != PRECISION_WINDOW)
		return;
	slot->status = STATUS_TENTATIVE;
	if (life != NULL && life->confirm != NULL &&
	    (life->move == NULL || life->move->at.s <= life->confirm->at.s))
		DIAG(expansion->arena, expansion->diags, DIAG_ERROR,
		    life->confirm->place, "schedule.confirm_vague",
		    slot->period);
}

/* Adds the release of this period, or says why it has no date. */
static void
release(struct task *task, const struct reference *reference,
    const struct occurrence *occurrence, const struct finding *finding)
{
	const struct series *series = task->series;
	struct slot slot = {
		.release = release_key(task, reference->text),
		.plan = task->expansion->plan,
		.series = series,
		.rule = task->rule,
		.period = reference->text,
		.status = series->status,
		.note = series->note,
		.why = why_of(
		    task->expansion->office, finding, task->rule, occurrence),
	};

	if (occurrence != NULL && occurrence->status >= 0)
		slot.status = (enum status)occurrence->status;
	if (occurrence != NULL && !is_empty(&occurrence->note))
		slot.note = occurrence->note;
	slot.life = life_in(task, slot.release);
	if (!slot_date(finding, &slot)) {
		if (finding->problem != NULL)
			complain(task, DIAG_ERROR, finding->timing->pointer,
			    finding->problem, reference->text, finding->detail);
		else
			complain(task, DIAG_ERROR, occurrence->pointer,
			    "schedule.no_date", reference->text, NULL);
		return;
	}
	heed_vagueness(task, &slot);
	heed_unpublished(task, finding, &slot);
	heed_review(&slot);
	set_start(task->expansion, &slot);
	check_clock(task->expansion, &slot);
	leave_gap(&slot);
	add_slot(task, &slot, reference->period.last, finding->state);
}

static int
compare_occurrence(const void *key, const void *element)
{
	const struct occurrence *occurrence = element;

	return strcmp(key, occurrence->period);
}

static const struct occurrence *
occurrence_of(const struct task *task, const char *period)
{
	const struct rule *rule = task->rule;
	const struct occurrence *occurrence;

	if (rule->n_occurrences == 0)
		return NULL;
	occurrence = bsearch(period, rule->occurrences, rule->n_occurrences,
	    sizeof(*rule->occurrences), compare_occurrence);
	if (occurrence != NULL)
		task->used[occurrence - rule->occurrences] = true;
	return occurrence;
}

/* Timings that look for a day in a month, whatever the period's length. */
static bool
is_of_month(const struct timing *timing)
{
	return timing->kind == TIMING_DAY || timing->kind == TIMING_WORKDAY ||
	       timing->kind == TIMING_WEEKDAY ||
	       timing->kind == TIMING_WEEKDAY_AFTER;
}

/*
 * A month has one such day, but may have several periods of the series.  A
 * flash estimate may come before its period has ended, and so may what is
 * counted from the end of the period or month; one day for two is always
 * wrong.  Once a rule is enough.
 */
static void
doubt(struct task *task, const struct reference *reference,
    const struct finding *finding)
{
	const struct rule *rule = task->rule;
	bool shared = task->has_before && task->before.n == finding->nominal.n;
	char day[DAY_SIZE];

	if (task->doubted || !finding->has_day ||
	    !is_of_month(finding->timing) ||
	    (rule->precision != PRECISION_INSTANT &&
		rule->precision != PRECISION_DATE))
		return;
	task->before = finding->nominal;
	task->has_before = true;
	if (shared) {
		complain(task, DIAG_ERROR, finding->timing->pointer,
		    "schedule.shared_day", reference->text,
		    day_format(day, finding->nominal));
		task->doubted = true;
	} else if (rule->lag >= 0 && rule->estimate == NULL &&
		   finding->rolled.n < reference->period.last.n - EARLY_DAYS) {
		complain(task, DIAG_WARNING, finding->timing->pointer,
		    "schedule.early", reference->text,
		    day_format(day, finding->rolled));
		task->doubted = true;
	}
}

/* A period that the rule itself releases in the plan's year. */
static void
expand_period(struct task *task, const struct reference *reference)
{
	struct finding finding =
	    timing_find(task->expansion, task->series, task->rule, reference);
	const struct occurrence *occurrence;

	if (finding.timing == NULL || !finding.of_year)
		return;
	occurrence = occurrence_of(task, reference->text);
	if (occurrence == NULL || (!occurrence->skip && !occurrence->has_when))
		doubt(task, reference, &finding);
	if (occurrence != NULL && occurrence->skip)
		task->accounted++;
	else
		release(task, reference, occurrence, &finding);
}

static size_t
first_ending(const struct references *references, struct day day)
{
	size_t low = 0, high = references->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (references->v[middle].period.last.n < day.n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
expand_generated(struct task *task)
{
	const struct references *all =
	    references_of(task->expansion, task->series->frequency);
	struct day from, to;
	size_t i;

	timing_reach(task->expansion, task->series, task->rule, &from, &to);
	for (i = first_ending(all, from);
	     i < all->n && all->v[i].period.last.n <= to.n; i++) {
		const struct reference *reference = reference_combined(
		    task->expansion, task->series, &all->v[i]);

		if (reference != NULL)
			expand_period(task, reference);
	}
}

/* Dates that the plan states and the rule does not yield in this year. */
static void
expand_stated(struct task *task)
{
	const struct rule *rule = task->rule;
	size_t i;

	for (i = 0; i < rule->n_occurrences; i++) {
		const struct occurrence *occurrence = &rule->occurrences[i];
		struct reference reference = { .text = occurrence->period };
		struct finding finding = { 0 };

		if (task->used[i] ||
		    !period_parse(occurrence->period, &reference.period))
			continue;
		if (occurrence->skip) {
			complain(task, DIAG_WARNING, occurrence->pointer,
			    "schedule.skip_unused", occurrence->period, NULL);
			continue;
		}
		if (reference.period.frequency == task->series->frequency)
			finding = timing_find(
			    task->expansion, task->series, rule, &reference);
		release(task, &reference, occurrence, &finding);
	}
}

static void
expand_rule(struct expansion *expansion, const struct series *series,
    const struct rule *rule)
{
	struct task task = {
		.expansion = expansion,
		.series = series,
		.rule = rule,
		.decided = life_touches(expansion, series),
		.used = rule->n_occurrences > 0
			    ? arena_alloc(expansion->scratch,
				  rule->n_occurrences * sizeof(bool))
			    : NULL,
	};
	char year[DAY_SIZE];

	if (rule->n_timings > 0)
		expand_generated(&task);
	expand_stated(&task);
	if (rule->n_timings > 0 && task.accounted == 0) {
		snprintf(year, sizeof(year), "%d", expansion->plan->year);
		complain(&task, DIAG_ERROR, rule->pointer,
		    "schedule.empty_year", year, NULL);
	}
}

void
expand_series(struct expansion *expansion, size_t index)
{
	const struct series *series = &expansion->plan->series[index];
	struct span *span = &expansion->spans[index];
	size_t i;

	span->first = expansion->slots->n;
	for (i = 0; i < series->n_rules; i++)
		expand_rule(expansion, series, &series->rules[i]);
	span->n = expansion->slots->n - span->first;
	span->state = SPAN_DONE;
}
