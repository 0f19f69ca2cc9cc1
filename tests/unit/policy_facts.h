/*
 * What the policy's tests judge: facts set by name, as the table writes them,
 * on top of the policy file as it is shipped.
 */
#ifndef TESTS_POLICY_FACTS_H
#define TESTS_POLICY_FACTS_H

/* An office that reads the policy file as it is shipped. */
#define OFFICE "config/demo/yugao.json"

/* What all tests look at: read once, never changed. */
struct fixture {
	struct arena *arena;
	const struct office *office;
	const struct calendar *calendar;
	struct zone *zone;
};

struct facts {
	struct arena *arena;
	const struct fixture *fixture;
	struct office office;
	struct parameter *parameters;
	struct department department;
	struct scheme scheme;
	struct series series;
	struct plan plan;
	struct slot slot;
	struct entry said;
	struct policy_case c;
	/* What is asked for is set up, and counts. */
	struct announcement wanted;
	struct life life;
	struct act act, review, sign, reissue;
	struct act_reference reviewed;
	struct method_change method_change;
	struct portal portal;
	struct confirmation confirmation;
	struct view view;
	struct rule rule;
	struct occurrence occurrence;
	struct slots slots;
	struct acts acts;
	struct plans plans;
	struct plan next_plan;
	struct outcome_facts *outcome; /* or NULL */
	bool dropped;                  /* from the plan */
};

/* What the table calls a fact, and how it is set. */
struct setter {
	const char *key;
	void (*set)(struct facts *facts, const char *value);
};

static const struct fixture *
open_fixture(struct arena *arena)
{
	struct fixture *fixture = arena_alloc(arena, sizeof(*fixture));
	struct diags diags = { 0 };
	struct office *office;

	fixture->arena = arena;
	assert_null(office_read(arena, OFFICE, &diags, &office));
	assert_non_null(office);
	assert_int_equal(diags.errors, 0);
	fixture->office = office;
	assert_null(zone_open(arena, "Asia/Shanghai", &fixture->zone));
	assert_null(calendars_get(calendars_open(arena, "calendars", NULL),
	    "cn", &diags, &fixture->calendar));
	assert_non_null(fixture->calendar);
	return fixture;
}

static struct moment
moment_of(const char *text)
{
	struct moment when = { .start.minute = NO_TIME };
	int year = atoi(text), month = atoi(text + 5), last = month;
	char day[DAY_SIZE];

	if (strlen(text) < 10 || strstr(text, "..") != NULL) {
		if (strlen(text) > 7)
			last = atoi(text + 9);
		when.precision =
		    last == month ? PRECISION_MONTH : PRECISION_WINDOW;
		when.start.day = day_of(year, month, 1);
		when.last = day_of(year, last, month_length(year, last));
		return when;
	}
	snprintf(day, sizeof(day), "%.10s", text);
	assert_true(day_parse(day, &when.start.day));
	when.last = when.start.day;
	when.precision = PRECISION_DATE;
	if (text[10] == 'T') {
		assert_true(minute_parse(text + 11, &when.start.minute));
		when.precision = PRECISION_INSTANT;
	}
	return when;
}

static struct instant
instant_of(const char *text)
{
	struct instant instant;

	assert_true(instant_parse(text, &instant));
	return instant;
}

static void
set_when(struct facts *facts, const char *value)
{
	struct slot *slot = &facts->slot;

	slot->when = moment_of(value);
	slot->start =
	    zone_instant(facts->fixture->zone, slot->when.start, NULL);
	if (facts->plan.year == 0)
		facts->plan.year = day_year(slot->when.start.day);
	facts->said.when = slot->when;
	facts->said.start = slot->start;
}

static void
set_now(struct facts *facts, const char *value)
{
	facts->c.now = instant_of(value);
}

static void
set_said(struct facts *facts, const char *value)
{
	facts->said.since = instant_of(value);
	facts->c.said = &facts->said;
}

static void
set_said_other(struct facts *facts, const char *value)
{
	set_said(facts, value);
	facts->said.start.s -= 86400;
	facts->said.when.start.day.n--;
	facts->said.when.last.n--;
}

static void
set_plan(struct facts *facts, const char *value)
{
	facts->plan.year = atoi(value);
}

static void
set_plan_said(struct facts *facts, const char *value)
{
	facts->c.plan_said = true;
	facts->c.plan_since = instant_of(value);
}

static void
set_class(struct facts *facts, const char *value)
{
	static const char *const names[] = { "missing", "public", "internal",
		"secret" };
	size_t i = 0;

	while (strcmp(names[i], value) != 0)
		assert_true(++i < COUNT(names));
	facts->series.secrecy = (enum secrecy)i;
}

static void
set_publication(struct facts *facts, const char *value)
{
	facts->scheme.publication = value;
	facts->series.scheme = &facts->scheme;
}

static void
set_region(struct facts *facts, const char *value)
{
	facts->department.region = strcmp(value, "none") == 0 ? NULL : value;
}

static void
set_level(struct facts *facts, const char *value)
{
	facts->department.level = value;
}

static void
set_enforce_from(struct facts *facts, const char *value)
{
	facts->department.has_enforce_from = true;
	assert_true(day_parse(value, &facts->department.enforce_from));
}

static void
set_cancelled(struct facts *facts, const char *value)
{
	facts->slot.cancelled = strcmp(value, "yes") == 0;
}

#include "policy_content_facts.h"
#include "policy_life_facts.h"
#include "policy_outcome_facts.h"

static void
set_parameter(struct facts *facts, const char *key, const char *value)
{
	struct parameters *policy = &facts->office.policy;
	size_t i = 0;

	while (strcmp(facts->parameters[i].key, key) != 0)
		assert_true(++i < policy->n);
	if (strcmp(value, "none") == 0) {
		memmove(&facts->parameters[i], &facts->parameters[i + 1],
		    (policy->n - i - 1) * sizeof(*facts->parameters));
		policy->n--;
		return;
	}
	facts->parameters[i].string = value;
	facts->parameters[i].number = atoi(value);
}

static bool
set_one_of(struct facts *facts, const struct setter *setters, size_t n,
    const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(key, setters[i].key) == 0) {
			setters[i].set(facts, value);
			return true;
		}
	}
	return false;
}

static void
set_fact(struct facts *facts, const char *key, const char *value)
{
	static const struct setter setters[] = {
		{ "when", set_when },
		{ "now", set_now },
		{ "said", set_said },
		{ "said-other", set_said_other },
		{ "plan", set_plan },
		{ "plan-said", set_plan_said },
		{ "class", set_class },
		{ "publication", set_publication },
		{ "region", set_region },
		{ "level", set_level },
		{ "enforce-from", set_enforce_from },
		{ "cancelled", set_cancelled },
	};

	if (!set_one_of(facts, setters, COUNT(setters), key, value) &&
	    !set_one_of(facts, life_setters, COUNT(life_setters), key, value) &&
	    !set_one_of(
		facts, outcome_setters, COUNT(outcome_setters), key, value) &&
	    !set_one_of(
		facts, content_setters, COUNT(content_setters), key, value))
		set_parameter(facts, key, value);
}

/* A public series of a city department, before any fact is set. */
static struct facts *
new_facts(struct arena *arena, const struct fixture *fixture)
{
	struct facts *facts = arena_alloc(arena, sizeof(*facts));

	facts->arena = arena;
	facts->fixture = fixture;
	facts->office = *fixture->office;
	facts->parameters = arena_copy(arena, fixture->office->policy.v,
	    fixture->office->policy.n * sizeof(struct parameter));
	facts->office.policy.v = facts->parameters;
	facts->department = (struct department){
		.id = "stat", .region = "500000", .level = "city"
	};
	facts->series.id = "cpi";
	facts->series.secrecy = SECRECY_PUBLIC;
	facts->plan.department = "stat";
	facts->plan.zone = fixture->zone;
	facts->plan.calendar = fixture->calendar;
	facts->plan.series = &facts->series;
	facts->plan.n_series = 1;
	facts->slot.release = "stat/cpi/2026-02";
	facts->slot.plan = &facts->plan;
	facts->slot.series = &facts->series;
	facts->slot.period = "2026-02";
	facts->c.office = &facts->office;
	facts->c.department = &facts->department;
	facts->c.plan = &facts->plan;
	return facts;
}

#endif
