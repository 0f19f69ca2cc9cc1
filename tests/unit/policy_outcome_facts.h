/*
 * Facts of the policy's table about what became of a release: when it was out,
 * what was seen and copied.
 */
#ifndef TESTS_POLICY_OUTCOME_FACTS_H
#define TESTS_POLICY_OUTCOME_FACTS_H

struct outcome_facts {
	struct outcomes outcomes;
	struct sightings sightings;
	struct watches watches;
	struct copies copies;
	struct sheets_made sheets;
	struct act released, copy, acknowledge;
	struct institution institution;
	struct watch watch;
	struct formed formed;
	struct portal portals[3];
};

static struct outcome_facts *
outcome_of(struct facts *facts)
{
	struct outcome_facts *o = facts->outcome;

	if (o != NULL)
		return o;
	o = facts->outcome = arena_alloc(facts->arena, sizeof(*o));
	o->outcomes = (struct outcomes){ &o->sightings, &o->watches, &o->copies,
		&o->sheets };
	facts->c.outcomes = &o->outcomes;
	return o;
}

/* "2026-03-30T09:40:00+08:00": an act says so. */
static void
set_released(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);

	o->released = (struct act){ .kind = ACT_RELEASED,
		.released = instant_of(value),
		.at = instant_of(value) };
	facts->life.state = LIFE_RELEASED;
	facts->life.released = &o->released;
	facts->slot.life = &facts->life;
}

/* "early@instant@absent@digit": what was seen, last absent, whose file. */
static void
set_seen(struct facts *facts, const char *value)
{
	static const char *const kinds[] = { "early", "released", "baseline",
		"altered", "intact" };
	struct outcome_facts *o = outcome_of(facts);
	const char *kind = next_part(facts, &value), *part;
	struct sight sight = { .release = facts->slot.release,
		.url = "https://tj.example/a" };
	size_t i = 0;

	while (strcmp(kinds[i], kind) != 0)
		assert_true(++i < COUNT(kinds));
	sight.kind = (enum sight_kind)i;
	sight.at = instant_of(next_part(facts, &value));
	if ((part = next_part(facts, &value)) != NULL) {
		sight.has_absent = true;
		sight.absent = instant_of(part);
	}
	if ((part = next_part(facts, &value)) != NULL) {
		sight.has_digest = true;
		sight.digest.bytes[0] = (uint8_t)atoi(part);
	}
	ARRAY_PUSH(facts->arena, &o->sightings, sight);
}

/* It was looked for at its address then; "gone" if it was not there. */
static void
set_looked(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);
	const char *looked = next_part(facts, &value);
	struct watched watched = { .release = facts->slot.release,
		.has_looked = true,
		.looked = instant_of(looked),
		.answers = *value == '\0',
		.has_digest = *value == '\0' };

	ARRAY_PUSH(facts->arena, &o->watches, watched);
}

static void
set_watch(struct facts *facts, const char *value)
{
	outcome_of(facts)->watch.url = value;
	facts->series.watch = &outcome_of(facts)->watch;
}

/* "2026-03-30T09:30@2026-03-01T…,…": times that were said, and when. */
static void
set_times(struct facts *facts, const char *value)
{
	char *rest = arena_strdup(facts->arena, value), *item;

	while ((item = strtok_r(rest, ",", &rest)) != NULL) {
		char *at = strchr(item, '@');
		struct said_time time;

		assert_non_null(at);
		*at = '\0';
		time.start = zone_instant(
		    facts->fixture->zone, moment_of(item).start, NULL);
		time.notice = instant_of(at + 1);
		ARRAY_PUSH(facts->arena, &facts->c.times, time);
	}
}

/* "09:31,09:40" of the day of `now`: portals that showed it; "-": not yet. */
static void
set_showed(struct facts *facts, const char *value)
{
	static const char *const ids[] = { "a", "b", "c" };
	struct outcome_facts *o = outcome_of(facts);
	char *rest = arena_strdup(facts->arena, value), *item;
	struct confirmation *v =
	    arena_alloc(facts->arena, COUNT(ids) * sizeof(*v));
	size_t n = 0, shown = 0;

	while ((item = strtok_r(rest, ",", &rest)) != NULL && n < COUNT(ids)) {
		struct local local =
		    zone_local(facts->fixture->zone, facts->c.now);

		o->portals[n] =
		    (struct portal){ .id = ids[n], .required = true };
		if (strcmp(item, "-") != 0) {
			assert_true(minute_parse(item, &local.minute));
			v[shown++] = (struct confirmation){ .portal = ids[n],
				.entry = 9,
				.at = zone_instant(
				    facts->fixture->zone, local, NULL),
				.read_back = true };
		}
		n++;
	}
	facts->office.portals = o->portals;
	facts->office.n_portals = n;
	facts->view.confirmations = v;
	facts->view.n_confirmations = shown;
	facts->c.view = &facts->view;
	facts->c.times.released = 9;
}

/* "2026-03-05" on that day, "5" days or "w5" working days after the period. */
static void
set_formed(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);

	if (strlen(value) == 10) {
		facts->occurrence.has_formed = true;
		assert_true(day_parse(value, &facts->occurrence.formed));
		facts->slot.why.occurrence = &facts->occurrence;
		return;
	}
	o->formed.working = *value == 'w';
	o->formed.n = atoi(value + o->formed.working);
	facts->series.formed = &o->formed;
}

/* "-": an empty list. */
static void
set_access(struct facts *facts, const char *value)
{
	static const char *const nobody[] = { NULL };

	facts->department.access =
	    strings_of(facts, value, &facts->department.n_access);
	if (facts->department.access == NULL)
		facts->department.access = nobody;
}

static void
set_saw(struct facts *facts, const char *value)
{
	struct act act = { .kind = ACT_ACCESS,
		.department = "stat",
		.with = value,
		.place = {
		    .file = "acts/stat-2026.json", .line = 3, .col = 5 } };

	ARRAY_PUSH(facts->arena, &facts->acts, act);
	facts->c.acts = &facts->acts;
}

/* "city@500000": the department's institution; "-" leaves one out. */
static void
set_institution(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);

	o->institution.id = "cq-tjj";
	o->institution.name.zh = "示例统计局";
	o->institution.level = next_part(facts, &value);
	o->institution.region = next_part(facts, &value);
	facts->department.institution = &o->institution;
}

/* "sent@acknowledged@digit@to": by an act; "-" for what has not come. */
static void
set_copied(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);
	const char *sent = next_part(facts, &value);
	const char *acknowledged = next_part(facts, &value);
	const char *digest = next_part(facts, &value);

	o->copy = (struct act){ .kind = ACT_COPY,
		.done = instant_of(sent),
		.with = next_part(facts, &value) };
	if (digest != NULL) {
		o->copy.has_copied = true;
		o->copy.copied.bytes[0] = (uint8_t)atoi(digest);
	}
	facts->life.copy = &o->copy;
	if (acknowledged != NULL) {
		o->acknowledge.done = instant_of(acknowledged);
		facts->life.acknowledge = &o->acknowledge;
	}
	facts->slot.life = &facts->life;
}

/* The same by a portal, as the database has it. */
static void
set_pushed(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);
	const char *sent = next_part(facts, &value);
	const char *acknowledged = next_part(facts, &value);
	const char *digest = next_part(facts, &value);
	struct copy copy = {
		.subject = facts->slot.release, .via = "tjj", .issued = true
	};

	if (sent != NULL) {
		copy.sent = true;
		copy.sent_at = instant_of(sent);
	}
	if (acknowledged != NULL) {
		copy.acknowledged = true;
		copy.acknowledged_at = instant_of(acknowledged);
	}
	if (digest != NULL) {
		copy.has_published = true;
		copy.published.bytes[0] = (uint8_t)atoi(digest);
	}
	ARRAY_PUSH(facts->arena, &o->copies, copy);
}

/* "1@15": the scheme's day of reporting. */
static void
set_report_deadline(struct facts *facts, const char *value)
{
	facts->scheme.report_months = atoi(value);
	facts->scheme.report_day = atoi(strchr(value, '@') + 1);
	facts->series.scheme = &facts->scheme;
}

/* An entry of the plan's year, made then, number 9. */
static void
set_told_at(struct facts *facts, const char *value)
{
	struct entry entry = { .id = 9,
		.release = facts->slot.release,
		.at = instant_of(value),
		.first_at = instant_of(value),
		.first_day = facts->slot.when.start.day };

	ARRAY_PUSH(facts->arena, &facts->view, entry);
	facts->c.view = &facts->view;
}

/* "9@instant": the plan's copy tells of all entries up to that one. */
static void
set_plan_pushed(struct facts *facts, const char *value)
{
	struct outcome_facts *o = outcome_of(facts);
	struct copy copy = { .subject = "stat/2026",
		.via = "tjj",
		.entry = atoi(value),
		.issued = true,
		.sent = true,
		.sent_at = instant_of(strchr(value, '@') + 1) };

	ARRAY_PUSH(facts->arena, &o->copies, copy);
}

static void
set_plan_copied(struct facts *facts, const char *value)
{
	struct act act = { .kind = ACT_COPY,
		.of_plan = true,
		.department = "stat",
		.year = facts->plan.year,
		.done = instant_of(value) };

	ARRAY_PUSH(facts->arena, &facts->acts, act);
	facts->c.acts = &facts->acts;
}

static void
set_sheet(struct facts *facts, const char *value)
{
	struct sheet_made sheet = { .period = value };

	ARRAY_PUSH(facts->arena, &outcome_of(facts)->sheets, sheet);
}

static const struct setter outcome_setters[] = {
	{ "released", set_released },
	{ "seen", set_seen },
	{ "looked", set_looked },
	{ "watch", set_watch },
	{ "times", set_times },
	{ "showed", set_showed },
	{ "formed", set_formed },
	{ "access", set_access },
	{ "saw", set_saw },
	{ "institution", set_institution },
	{ "copied", set_copied },
	{ "pushed", set_pushed },
	{ "report-deadline", set_report_deadline },
	{ "told-at", set_told_at },
	{ "plan-pushed", set_plan_pushed },
	{ "plan-copied", set_plan_copied },
	{ "sheet", set_sheet },
};

#endif
