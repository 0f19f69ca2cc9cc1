#include "circumstances.h"

#include <string.h>

#include <yugao/arena.h>

#define DAY_SECONDS 86400

const char *
case_department(const struct policy_case *c)
{
	return c->department == NULL ? NULL : c->department->id;
}

struct notice_said
policy_notice(const struct office *office, const struct view *view,
    const char *department, int64_t since_entry)
{
	struct notice_said notice = { 0 };
	size_t i;

	for (i = 0; view != NULL && i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];
		struct confirmation shown;

		if (!portal->required ||
		    (department != NULL &&
			!portal_wants_department(portal, department)) ||
		    view_precedes(view, portal->id, since_entry))
			continue;
		if (!view_confirmed(view, portal->id, since_entry, &shown))
			return (struct notice_said){ 0 };
		if (!notice.known || shown.at.s > notice.at.s)
			notice.at = shown.at;
		notice.known = true;
		notice.unconfirmed |= !shown.read_back;
	}
	return notice;
}

/*
 * What is announced at or after the time before it, or the one that counts so
 * far, comes too late: else a second late change would wash the first one.
 */
struct instant
policy_effective(const struct said_time *v, size_t n)
{
	struct instant effective = { 0 };
	size_t i;

	for (i = 0; i < n; i++)
		if (i == 0 || (v[i].notice.s < effective.s &&
				  v[i].notice.s < v[i - 1].start.s &&
				  v[i].notice.s < v[i].start.s))
			effective = v[i].start;
	return effective;
}

struct given
notice_of(
    const struct policy_case *c, int64_t since_entry, struct instant entered)
{
	struct notice_said notice =
	    policy_notice(c->office, c->view, case_department(c), since_entry);

	if (!notice.known)
		return (struct given){ .at = entered, .prediction = true };
	return (struct given){ .at = notice.at,
		.prediction = notice.unconfirmed,
		.unconfirmed = notice.unconfirmed };
}

struct given
notice_of_slot(const struct policy_case *c)
{
	const struct slot *slot = c->slot;

	if (c->said != NULL && c->said->start.s == slot->start.s &&
	    moment_equal(&c->said->when, &slot->when))
		return notice_of(c, c->said->since_entry, c->said->since);
	return (struct given){ .at = c->now, .prediction = true };
}

void
verdict_given(struct verdict *verdict, const struct given *given)
{
	verdict->prediction = given->prediction;
	verdict->unconfirmed = given->unconfirmed;
}

const struct plan *
case_plan(const struct policy_case *c)
{
	const struct plan *found = c->plan;
	size_t i;

	if (found != NULL || c->plans == NULL || c->department == NULL)
		return found;
	for (i = 0; i < c->plans->n; i++) {
		const struct plan *plan = c->plans->v[i];

		if (strcmp(plan->department, c->department->id) == 0 &&
		    (found == NULL || plan->year > found->year))
			found = plan;
	}
	return found;
}

struct day
case_today(const struct policy_case *c)
{
	const struct plan *plan = case_plan(c);

	if (plan != NULL)
		return zone_local(plan->zone, c->now).day;
	return (struct day){ (int32_t)(c->now.s / DAY_SECONDS) };
}

bool
case_is_out(const struct policy_case *c)
{
	const struct life *life = c->slot->life;

	return (c->wanted != NULL && c->wanted->status == SAID_RELEASED) ||
	       (life != NULL && life->state == LIFE_RELEASED);
}

const struct slot *
case_slots(struct arena *arena, const struct policy_case *c, size_t *n)
{
	const struct slots *slots = c->slots;
	const char *key;
	size_t len, low = 0, high;

	*n = 0;
	if (slots == NULL || slots->n == 0)
		return NULL;
	key = arena_printf(arena, "%s/%s/", c->plan->department, c->series->id);
	len = strlen(key);
	high = slots->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(slots->v[middle].release, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + *n < slots->n &&
	       strncmp(slots->v[low + *n].release, key, len) == 0)
		(*n)++;
	return *n > 0 ? &slots->v[low] : NULL;
}

static bool
is_of_series(const struct slot *slot, const struct policy_case *c)
{
	return slot->series == c->series ||
	       (strcmp(slot->plan->department, c->plan->department) == 0 &&
		   strcmp(slot->series->id, c->series->id) == 0);
}

/* The neighbours of its slot, for slots are sorted by release. */
const struct slot *
case_slots_here(const struct policy_case *c, size_t *n)
{
	const struct slot *first = c->slots->v, *end = first + c->slots->n;
	const struct slot *low, *high;

	*n = 0;
	if (c->slot < first || c->slot >= end)
		return NULL;
	for (low = c->slot; low > first && is_of_series(low - 1, c); low--)
		;
	for (high = c->slot + 1; high < end && is_of_series(high, c); high++)
		;
	*n = (size_t)(high - low);
	return low;
}

bool
case_published(const struct policy_case *c, struct digest *digest)
{
	const struct sight *v;
	size_t n, i;

	if (c->outcomes == NULL)
		return false;
	v = sightings_of(c->outcomes->sightings, c->slot->release, &n);
	for (i = 0; i < n; i++) {
		if (v[i].has_digest && (v[i].kind == SIGHT_RELEASED ||
					   v[i].kind == SIGHT_BASELINE)) {
			*digest = v[i].digest;
			return true;
		}
	}
	return false;
}

bool
entry_is_of_plan(const struct entry *entry, const struct plan *plan)
{
	size_t len = strlen(plan->department);

	return strncmp(entry->release, plan->department, len) == 0 &&
	       entry->release[len] == '/' &&
	       day_year(entry->first_day) == plan->year;
}

struct day
month_day_after(struct day day, int months, int mday)
{
	int year, month, first, length;

	day_parts(day, &year, &month, &first);
	day = day_add_months(day_of(year, month, 1), months);
	day_parts(day, &year, &month, &first);
	length = month_length(year, month);
	return day_of(year, month, mday < length ? mday : length);
}

bool
slot_is_live(const struct slot *slot)
{
	return !slot->cancelled && !slot->held &&
	       (slot->life == NULL || slot->life->state == LIFE_DUE ||
		   slot->life->state == LIFE_RELEASED);
}

bool
parameter_has(const struct parameter *parameter, const char *word)
{
	size_t i;

	for (i = 0; parameter != NULL && i < parameter->n_set; i++)
		if (strcmp(parameter->set[i], word) == 0)
			return true;
	return false;
}

const char *
moment_plain(struct arena *arena, const struct moment *when)
{
	char first[DAY_SIZE], second[DAY_SIZE];

	day_format(first, when->start.day);
	if (when->precision == PRECISION_INSTANT)
		return arena_printf(arena, "%s %s", first,
		    minute_format(second, when->start.minute));
	if (when->last.n == when->start.day.n)
		return arena_strdup(arena, first);
	return arena_printf(
	    arena, "%s – %s", first, day_format(second, when->last));
}

bool
day_in_year(const struct parameter *parameter, int year, struct day *day)
{
	char date[DAY_SIZE];

	if (parameter->string == NULL || strlen(parameter->string) != 5)
		return false;
	day_format(date, day_of(year, 1, 1));
	strcpy(date + 5, parameter->string);
	return day_parse(date, day);
}
