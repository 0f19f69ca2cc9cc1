/*
 * Facts of the policy's table about what was said before, what changes, who
 * decided it, and what a year, a series and a department have.
 */
#ifndef TESTS_POLICY_LIFE_FACTS_H
#define TESTS_POLICY_LIFE_FACTS_H

/* A change of what was said: `was` gives its time, `said` when. */
static void
set_was(struct facts *facts, const char *value)
{
	facts->said.when = moment_of(value);
	facts->said.start =
	    zone_instant(facts->fixture->zone, facts->said.when.start, NULL);
	facts->said.since.s = facts->said.at.s = facts->said.start.s - 8000000;
	facts->said.release = facts->slot.release;
	facts->said.status = SAID_CONFIRMED;
	facts->c.said = &facts->said;
}

static void
set_change(struct facts *facts, const char *value)
{
	struct announcement *wanted = &facts->wanted;

	assert_true(entry_kind_parse(value, &facts->c.change));
	facts->c.is_change = true;
	facts->c.wanted = wanted;
	wanted->when = facts->slot.when;
	wanted->start = facts->slot.start;
	if (facts->c.change == ENTRY_CANCELLED)
		facts->slot.cancelled = true;
}

static void
set_dropped(struct facts *facts, const char *value)
{
	facts->dropped = strcmp(value, "yes") == 0;
	facts->c.acts = &facts->acts;
}

static void
set_said_status(struct facts *facts, const char *value)
{
	static const char *const names[] = { "tentative", "confirmed",
		"cancelled", "postponed", "released" };
	size_t i = 0;

	while (strcmp(names[i], value) != 0)
		assert_true(++i < COUNT(names));
	facts->said.status = (enum said_status)i;
}

static void
set_reason(struct facts *facts, const char *value)
{
	facts->wanted.reason.zh = value;
}

static void
set_moves(struct facts *facts, const char *value)
{
	facts->said.moves = atoi(value);
}

/* The act that decided it, whatever it is asked for. */
static struct act *
decided(struct facts *facts)
{
	facts->slot.life = &facts->life;
	facts->slot.why.move = &facts->act;
	facts->life.postpone = facts->life.cancel = &facts->act;
	facts->life.reinstate = facts->life.change = &facts->act;
	facts->act.kind = ACT_POSTPONE;
	return &facts->act;
}

static void
set_role(struct facts *facts, const char *value)
{
	decided(facts)->role = strcmp(value, "none") == 0 ? NULL : value;
}

static void
set_code(struct facts *facts, const char *value)
{
	decided(facts)->reason_code = value;
}

static void
set_override(struct facts *facts, const char *value)
{
	decided(facts)->override = strcmp(value, "yes") == 0;
}

static void
set_due(struct facts *facts, const char *value)
{
	decided(facts)->has_due = true;
	assert_true(day_parse(value, &facts->act.due));
}

/* "old" and "new" words. */
static void
set_core(struct facts *facts, const char *value)
{
	facts->said.core.bytes[0] = 1;
	facts->c.core.bytes[0] = strcmp(value, "old") == 0 ? 1 : 2;
}

static void
set_reissue(struct facts *facts, const char *value)
{
	facts->reissue.kind = ACT_REISSUE;
	facts->reissue.at = instant_of(value);
	facts->life.reissue = &facts->reissue;
	facts->slot.life = &facts->life;
}

/* "2026-02@2026-02-20": from that period on, declared on that day. */
static void
set_method_change(struct facts *facts, const char *value)
{
	facts->method_change.from =
	    arena_strndup(facts->arena, value, strcspn(value, "@"));
	assert_true(
	    day_parse(strchr(value, '@') + 1, &facts->method_change.declared));
	facts->series.method_changes = &facts->method_change;
	facts->series.n_method_changes = 1;
}

static void
confirm(struct facts *facts, const char *value, bool read_back)
{
	facts->portal = (struct portal){ .id = "portal", .required = true };
	facts->office.portals = &facts->portal;
	facts->office.n_portals = 1;
	facts->confirmation = (struct confirmation){ .portal = "portal",
		.entry = 7,
		.at = instant_of(value),
		.read_back = read_back };
	facts->view.confirmations = &facts->confirmation;
	facts->view.n_confirmations = 1;
	facts->said.since_entry = facts->said.id = 7;
	facts->c.plan_since_entry = 7;
	facts->c.view = &facts->view;
}

/* What was said has been read back at the portal; or only been taken. */
static void
set_shown(struct facts *facts, const char *value)
{
	confirm(facts, value, true);
}

static void
set_taken(struct facts *facts, const char *value)
{
	confirm(facts, value, false);
}

static void
set_state(struct facts *facts, const char *value)
{
	static const char *const names[] = { "due", "postponed", "cancelled",
		"withheld", "released" };
	size_t i = 0;

	while (strcmp(names[i], value) != 0)
		assert_true(++i < COUNT(names));
	facts->life.state = (enum life_state)i;
	facts->slot.life = &facts->life;
}

static void
set_status(struct facts *facts, const char *value)
{
	facts->slot.status = strcmp(value, "confirmed") == 0 ? STATUS_CONFIRMED
							     : STATUS_TENTATIVE;
}

/* Who prepared, reviewed and signed: "甲/乙/丙"; "-" for nobody. */
static void
set_hands(struct facts *facts, const char *value)
{
	const char **to[] = { &facts->plan.prepared_by, &facts->review.who,
		&facts->sign.who };
	char *rest = arena_strdup(facts->arena, value), *name;
	size_t i;

	for (i = 0; i < COUNT(to); i++) {
		assert_non_null(name = strtok_r(rest, "/", &rest));
		*to[i] = strcmp(name, "-") == 0 ? NULL : name;
	}
	facts->review.at.s = 1;
	facts->sign.at.s = 2;
	facts->reviewed.act = &facts->review;
	facts->life.review = &facts->reviewed;
	facts->life.sign = &facts->sign;
	facts->slot.life = &facts->life;
}

static void
set_sign_first(struct facts *facts, const char *value)
{
	facts->review.at.s = strcmp(value, "yes") == 0 ? 3 : 1;
}

static enum frequency
frequency_of(const char *value)
{
	static const char *const names[] = { "irregular", "annual",
		"half-yearly", "quarterly", "monthly", "ten-day", "weekly" };
	size_t i = 0;

	while (strcmp(names[i], value) != 0)
		assert_true(++i < COUNT(names));
	return (enum frequency)i;
}

static void
set_frequency(struct facts *facts, const char *value)
{
	facts->series.frequency = frequency_of(value);
}

/* "time,content,method": what the series says of itself. */
static void
set_elements(struct facts *facts, const char *value)
{
	static const struct indicator indicator = { .name = { .zh = "价格" } };
	static const char *const channels[] = { "官网" };

	facts->rule.minute = strstr(value, "time") != NULL ? 570 : NO_TIME;
	facts->series.rules = &facts->rule;
	facts->series.n_rules = 1;
	facts->series.indicators = &indicator;
	facts->series.n_indicators = strstr(value, "content") != NULL;
	facts->series.channels = channels;
	facts->series.n_channels = strstr(value, "method") != NULL;
}

/* "2026-01@2026-02-09T09:30,…": the series' items in time and key order. */
static void
set_slots(struct facts *facts, const char *value)
{
	char *rest = arena_strdup(facts->arena, value), *item;

	while ((item = strtok_r(rest, ",", &rest)) != NULL) {
		struct slot slot = facts->slot;
		char *at = strchr(item, '@');

		assert_non_null(at);
		*at = '\0';
		slot.period = item;
		slot.release = arena_printf(facts->arena, "stat/cpi/%s", item);
		slot.when = moment_of(at + 1);
		slot.start =
		    zone_instant(facts->fixture->zone, slot.when.start, NULL);
		ARRAY_PUSH(facts->arena, &facts->slots, slot);
	}
	facts->c.slots = &facts->slots;
}

/* One item for each month of the year but these, on the tenth after it. */
static void
set_months_but(struct facts *facts, const char *value)
{
	struct buf buf;
	int month;

	buf_init(&buf, facts->arena);
	for (month = 1; month <= 12; month++) {
		const char *period = arena_printf(
		    facts->arena, "%d-%02d", facts->plan.year, month);

		if (strstr(value, period) == NULL)
			buf_printf(&buf, "%s%s@%d-%02d-10T09:30",
			    buf.len > 0 ? "," : "", period,
			    facts->plan.year + month / 12, month % 12 + 1);
	}
	set_frequency(facts, "monthly");
	set_slots(facts, buf.data);
}

/* "2026-03:理由", or "2026-03:" without one. */
static void
set_skip(struct facts *facts, const char *value)
{
	const char *colon = strchr(value, ':');

	facts->occurrence.skip = true;
	facts->occurrence.period =
	    arena_strndup(facts->arena, value, (size_t)(colon - value));
	if (colon[1] != '\0')
		facts->occurrence.reason.zh = colon + 1;
	facts->rule.occurrences = &facts->occurrence;
	facts->rule.n_occurrences = 1;
	facts->series.rules = &facts->rule;
	facts->series.n_rules = 1;
}

/* The series goes on in a plan of the year after. */
static void
set_next_plan(struct facts *facts, const char *value)
{
	facts->next_plan = facts->plan;
	facts->next_plan.year++;
	if (strcmp(value, "yes") == 0)
		ARRAY_PUSH(facts->arena, &facts->plans, &facts->next_plan);
	facts->c.plans = &facts->plans;
}

/* "姓名", "姓名@2026-01-01", "姓名@2026-01-01..2026-12-31" */
static const struct officer *
officer_of(struct facts *facts, const char *value)
{
	struct officer *officer = arena_alloc(facts->arena, sizeof(*officer));
	const char *from = strchr(value, '@');
	const char *until = strstr(value, "..");

	officer->name = arena_strndup(facts->arena, value, strcspn(value, "@"));
	if (from != NULL) {
		officer->has_from = true;
		assert_true(day_parse(
		    arena_strndup(facts->arena, from + 1, 10), &officer->from));
	}
	if (until != NULL) {
		officer->has_until = true;
		assert_true(day_parse(until + 2, &officer->until));
	}
	return officer;
}

static void
set_leader(struct facts *facts, const char *value)
{
	facts->department.leader = officer_of(facts, value);
}

static void
set_head(struct facts *facts, const char *value)
{
	facts->department.head = officer_of(facts, value);
}

static void
set_told(struct facts *facts, const char *value)
{
	facts->department.has_head_told = true;
	assert_true(day_parse(value, &facts->department.head_told));
}

static void
set_units(struct facts *facts, const char *value)
{
	char *rest = arena_strdup(facts->arena, value), *unit;
	struct text *units = arena_alloc(facts->arena, 8 * sizeof(*units));
	size_t n = 0;

	while ((unit = strtok_r(rest, ",", &rest)) != NULL && n < 8)
		units[n++].zh = unit;
	facts->department.units = units;
	facts->department.n_units = n;
}

static void
set_lead_unit(struct facts *facts, const char *value)
{
	facts->department.lead_unit.zh = value;
}

static void
set_contact(struct facts *facts, const char *value)
{
	facts->department.contact_unit.zh = value;
}

static void
set_phone(struct facts *facts, const char *value)
{
	facts->department.contact_phone = value;
}

static void
set_department(struct facts *facts, const char *value)
{
	if (strcmp(value, "unknown") == 0)
		facts->c.department = NULL;
}

/* "B3@2026-04-01": that rule blocks from then on. */
static void
set_enforce(struct facts *facts, const char *value)
{
	struct enforcement *row = arena_alloc(facts->arena, sizeof(*row));

	row->rule = arena_strndup(facts->arena, value, strcspn(value, "@"));
	assert_true(day_parse(strchr(value, '@') + 1, &row->from));
	facts->department.enforcement = row;
	facts->department.n_enforcement = 1;
}

static const struct setter life_setters[] = {
	{ "was", set_was },
	{ "change", set_change },
	{ "dropped", set_dropped },
	{ "said-status", set_said_status },
	{ "reason", set_reason },
	{ "moves", set_moves },
	{ "role", set_role },
	{ "code", set_code },
	{ "override", set_override },
	{ "due", set_due },
	{ "core", set_core },
	{ "reissue", set_reissue },
	{ "method-change", set_method_change },
	{ "shown", set_shown },
	{ "taken", set_taken },
	{ "state", set_state },
	{ "status", set_status },
	{ "hands", set_hands },
	{ "sign-first", set_sign_first },
	{ "frequency", set_frequency },
	{ "elements", set_elements },
	{ "slots", set_slots },
	{ "months-but", set_months_but },
	{ "skip", set_skip },
	{ "next-plan", set_next_plan },
	{ "leader", set_leader },
	{ "head", set_head },
	{ "told", set_told },
	{ "units", set_units },
	{ "lead-unit", set_lead_unit },
	{ "contact", set_contact },
	{ "phone", set_phone },
	{ "department", set_department },
	{ "enforce", set_enforce },
};

#endif
