/* What each department owes next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "words.h"
#include "work.h"

#define HORIZON 60      /* days ahead that are told */
#define PLAN_AHEAD 120  /* of the plan of next year */
#define COPIES_BACK 366 /* days after a release that a copy is asked for */

static const struct {
	const char *name, *rule, *words;
} duties[] = {
	[DUTY_REVIEW] = { "review", "D1", "work.review" },
	[DUTY_NOTICE] = { "announce", "A2", "work.notice" },
	[DUTY_CONFIRM] = { "confirm", "A6", "work.confirm" },
	[DUTY_REASON] = { "reason", "B3", "work.reason" },
	[DUTY_COPY] = { "copy", "G2", "work.copy" },
	[DUTY_SCHEME] = { "scheme", "E2", "work.scheme" },
	[DUTY_PLAN] = { "plan", "A4", "work.plan" },
	[DUTY_GROUND] = { "ground", "D4", "work.ground" },
};

struct collecting {
	const struct report *report;
	const struct report_work *what;
	const struct report_world *world;
	const char *only;
	struct day today;
	struct work *work;
};

const char *
duty_rule(enum duty duty)
{
	return duties[duty].rule;
}

const char *
duty_name(enum duty duty)
{
	return duties[duty].name;
}

const char *
tell_duty(struct arena *arena, enum lang lang, enum duty duty)
{
	return SAY(arena, lang, duties[duty].words);
}

static void
owe(const struct collecting *c, enum duty duty, const char *department,
    const char *key, const char *title, struct day due)
{
	int ahead = duty == DUTY_PLAN ? PLAN_AHEAD : HORIZON;

	if (due.n - c->today.n > ahead)
		return;
	ARRAY_PUSH(c->report->arena, c->work,
	    ((struct owed){ duty, department, key, title, due }));
}

static int64_t
number_of(const struct collecting *c, const char *key, int64_t other)
{
	const struct parameter *parameter =
	    policy_parameter(&c->world->office->policy, key);

	return parameter != NULL ? parameter->number : other;
}

/* Of a slot that is still to come: review, notice, confirmation. */
static void
owe_before(const struct collecting *c, const struct slot *slot,
    const struct entry *said)
{
	const char *title =
	    tell_slot_title(c->report->arena, c->report->lang, slot);
	const char *department = slot->plan->department;
	struct day due = slot->when.start.day;

	if (said == NULL) {
		due.n -= (int32_t)number_of(c, "lead.min_lead", 28);
		owe(c,
		    slot->life == NULL || slot->life->review == NULL
			? DUTY_REVIEW
			: DUTY_NOTICE,
		    department, slot->release, title, due);
		return;
	}
	if (said->status == SAID_TENTATIVE ||
	    (said->status == SAID_CONFIRMED &&
		said->when.precision != PRECISION_INSTANT)) {
		due.n -= (int32_t)number_of(c, "confirm.confirm_by", 28);
		owe(c, DUTY_CONFIRM, department, slot->release, title, due);
	}
}

static bool
is_copied(const struct collecting *c, const char *release)
{
	const struct copy *v;
	size_t n, i;

	v = copies_of(&c->what->copies, release, &n);
	for (i = 0; i < n; i++)
		if (v[i].sent)
			return true;
	return false;
}

static bool
is_pending(const struct collecting *c, const char *release)
{
	size_t i;

	for (i = 0; i < c->what->n_pending; i++)
		if (strcmp(c->what->pending[i], release) == 0)
			return true;
	return false;
}

static void
owe_after(const struct collecting *c, const struct slot *slot,
    const struct entry *said)
{
	const char *title =
	    tell_slot_title(c->report->arena, c->report->lang, slot);
	const char *department = slot->plan->department;
	const struct life *life = slot->life;
	struct day due;

	if (is_pending(c, slot->release)) {
		due = said->when.start.day;
		due.n -= 1;
		owe(c, DUTY_REASON, department, slot->release, title, due);
	}
	if (said->status != SAID_RELEASED || life == NULL ||
	    life->released == NULL || is_copied(c, slot->release))
		return;
	due = clock_of(report_zone(c->report), life->released->released).day;
	if (c->today.n - due.n > COPIES_BACK || slot->plan->calendar == NULL)
		return;
	due = calendar_step(slot->plan->calendar, due,
	    (int)number_of(c, "copy_to.target_due", 1));
	owe(c, DUTY_COPY, department, slot->release, title, due);
}

static void
owe_of_slot(const struct collecting *c, const struct slot *slot)
{
	const struct entry *said = view_find(c->world->view, slot->release);

	if (!office_opens(c->world->office, slot->series) ||
	    slot_is_withheld(slot))
		return;
	if (!slot->cancelled && !slot->held &&
	    (slot->life == NULL || slot->life->state == LIFE_DUE) &&
	    slot->start.s > c->world->now.s)
		owe_before(c, slot, said);
	if (said != NULL)
		owe_after(c, slot, said);
}

/* "2026-06" is until its last day. */
static bool
last_valid(const char *until, struct day *day)
{
	struct period period;

	if (until == NULL)
		return false;
	if (day_parse(until, day))
		return true;
	if (!period_parse(until, &period))
		return false;
	*day = period.last;
	return true;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Neither id nor title of what is closed: its place, and a digest as key. */
static void
owe_ground(const struct collecting *c, const struct plan *plan,
    const struct series *series)
{
	struct arena *arena = c->report->arena;
	struct place place = plan_place(plan, series->pointer);
	const char *key =
	    arena_printf(arena, "%s/%s", plan->department, series->id);
	struct digest digest = digest_of(key, strlen(key));
	char hex[DIGEST_HEX_SIZE];

	if (!series->has_withheld_review)
		return;
	owe(c, DUTY_GROUND, plan->department,
	    arena_printf(
		arena, "%s/%.12s", plan->department, digest_hex(hex, &digest)),
	    arena_printf(arena, "%s:%d", base_name(plan->file), place.line),
	    series->withheld_review);
}

static void
owe_of_plan(const struct collecting *c, const struct plan *plan)
{
	struct arena *arena = c->report->arena;
	size_t i;

	for (i = 0; i < plan->n_series; i++) {
		const struct series *series = &plan->series[i];
		struct day until;

		if (!office_opens(c->world->office, series)) {
			owe_ground(c, plan, series);
			continue;
		}
		if (series->scheme == NULL || series->scheme->has_renewal ||
		    !last_valid(series->scheme->valid_until, &until) ||
		    plan->year < day_year(c->today))
			continue;
		owe(c, DUTY_SCHEME, plan->department,
		    arena_printf(arena, "%s/%s", plan->department, series->id),
		    text_in(&series->title, c->report->lang), until);
	}
}

/* Announced is enough, however late. */
static bool
year_is_said(const struct collecting *c, const char *department, int year)
{
	const struct view *view = c->world->view;
	size_t len = strlen(department), i;

	for (i = 0; i < view->n; i++)
		if (strncmp(view->v[i].release, department, len) == 0 &&
		    view->v[i].release[len] == '/' &&
		    day_year(view->v[i].first_day) == year)
			return true;
	return false;
}

static void
owe_next_year(const struct collecting *c, const struct department *department)
{
	struct arena *arena = c->report->arena;
	int year = day_year(c->today) + 1;
	const char *words = arena_printf(arena, "%d", year);

	if (!policy_has_jurisdiction(&c->world->office->policy, department) ||
	    year_is_said(c, department->id, year))
		return;
	owe(c, DUTY_PLAN, department->id,
	    arena_printf(arena, "%s/%d", department->id, year),
	    SAY(arena, c->report->lang, "work.plan_of", words),
	    day_of(year - 1, 12, 31));
}

static int
compare(const void *a, const void *b)
{
	const struct owed *x = a, *y = b;
	int order = strcmp(x->department, y->department);

	if (order == 0)
		order = (x->due.n > y->due.n) - (x->due.n < y->due.n);
	if (order == 0)
		order = strcmp(x->key, y->key);
	return order != 0 ? order : (int)x->duty - (int)y->duty;
}

static bool
is_of(const struct collecting *c, const char *department)
{
	return c->only == NULL || strcmp(c->only, department) == 0;
}

void
work_collect(const struct report *report, const struct report_work *what,
    const char *department, struct work *work)
{
	const struct report_world *world = what->world;
	const struct collecting c = { report, what, world, department,
		clock_of(report_zone(report), world->now).day, work };
	size_t i;

	for (i = 0; i < world->slots->n; i++)
		if (is_of(&c, world->slots->v[i].plan->department))
			owe_of_slot(&c, &world->slots->v[i]);
	for (i = 0; i < world->plans->n; i++)
		if (is_of(&c, world->plans->v[i]->department))
			owe_of_plan(&c, world->plans->v[i]);
	for (i = 0; i < world->office->n_departments; i++)
		if (is_of(&c, world->office->departments[i].id))
			owe_next_year(&c, &world->office->departments[i]);
	if (work->n > 0)
		qsort(work->v, work->n, sizeof(*work->v), compare);
}
