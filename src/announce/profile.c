/*
 * Profiles: what is said about a series or a department beside its releases.
 * They are found from what is said or is about to be, so that nothing stands
 * on a page of which no release is announced.
 */
#include "announce.h"

#include <string.h>

#include <yugao/arena.h>

static const char *const frequencies[] = {
	[FREQUENCY_IRREGULAR] = "irregular",
	[FREQUENCY_ANNUAL] = "annual",
	[FREQUENCY_HALF_YEARLY] = "half-yearly",
	[FREQUENCY_QUARTERLY] = "quarterly",
	[FREQUENCY_MONTHLY] = "monthly",
	[FREQUENCY_TEN_DAY] = "ten-day",
	[FREQUENCY_WEEKLY] = "weekly",
};

static void
add_scheme(const struct scheme *scheme, struct profile *profile)
{
	if (scheme == NULL)
		return;
	profile->scheme_name = scheme->name;
	profile->form_no = scheme->form_no;
	profile->maker = scheme->maker;
	profile->approval_no = scheme->approval_no;
	profile->valid_until = scheme->valid_until;
	profile->scheme_url = scheme->url;
}

static void
of_series(
    struct arena *arena, const struct change *change, struct profile *profile)
{
	const struct series *series = change->series;
	struct said_indicator *indicators =
	    arena_alloc(arena, series->n_indicators * sizeof(*indicators));
	size_t i;

	for (i = 0; i < series->n_indicators; i++)
		indicators[i] =
		    (struct said_indicator){ series->indicators[i].name,
			    series->indicators[i].unit };
	*profile = (struct profile){ .key = change->release,
		.department = change->plan->department,
		.series = series->id,
		.name = series->title,
		.url = series->url,
		.contact_unit = series->contact_unit,
		.contact_phone = series->contact_phone,
		.frequency = frequencies[series->frequency],
		.topics = series->topics,
		.n_topics = series->n_topics,
		.indicators = indicators,
		.n_indicators = series->n_indicators,
		.definition = series->definition,
		.scope = series->scope,
		.method = series->method,
		.calculation = series->calculation,
		.sample = series->sample };
	add_scheme(series->scheme, profile);
}

static void
of_department(
    const struct office *office, const char *key, struct profile *profile)
{
	const struct department *department = office_department(office, key);

	*profile = (struct profile){ .key = key, .department = key };
	if (department == NULL)
		return;
	profile->name = department->name;
	profile->level = department->level;
	profile->region = department->region;
	profile->government = department->government;
	profile->url = department->url;
	profile->contact_unit = department->contact_unit;
	profile->contact_phone = department->contact_phone;
	profile->contact_person = department->contact_person;
}

void
announce_profile(struct arena *arena, const struct office *office,
    const struct change *change, struct profile *profile, struct digest *digest)
{
	struct buf buf;

	if (change->series != NULL)
		of_series(arena, change, profile);
	else
		of_department(office, change->release, profile);
	buf_init(&buf, arena);
	profile_write(&buf, profile);
	*digest = digest_of(buf.data, buf.len);
}

/* "nbs/cpi" of "nbs/cpi/2026-03" */
static size_t
key_length(const char *release)
{
	size_t department = strcspn(release, "/") + 1;

	return department + strcspn(release + department, "/");
}

/* The newest plan that has the series; NULL if any of them closes it. */
static const struct series *
open_series(const struct announce_input *input, const char *department,
    const char *id, const struct plan **plan)
{
	const struct series *found = NULL;
	size_t i;

	for (i = 0; i < input->plans->n; i++) {
		const struct plan *other = input->plans->v[i];
		const struct series *series;

		if (strcmp(other->department, department) != 0 ||
		    (series = plan_series(other, id)) == NULL)
			continue;
		if (!office_opens(input->office, series))
			return NULL;
		if (found == NULL || other->year > (*plan)->year) {
			found = series;
			*plan = other;
		}
	}
	return found;
}

struct visitor {
	struct weighing *weighing;
	void (*each)(void *context, const struct change *change);
	void *context;
};

/* Calls back if the profile is not said as it is. */
static void
visit(const struct visitor *visitor, struct change *change)
{
	const struct announce_input *input = visitor->weighing->input;
	struct profile profile;
	struct digest digest;

	change->kind = ENTRY_PROFILE;
	change->said = view_profile(input->view, change->release);
	announce_profile(
	    visitor->weighing->arena, input->office, change, &profile, &digest);
	if (change->said != NULL &&
	    digest_compare(&digest, &change->said->digest) == 0)
		return;
	if (change->said != NULL)
		change->sequence = change->said->sequence + 1;
	visitor->each(visitor->context, change);
}

static void
visit_series(
    const struct visitor *visitor, const char *department, const char *release)
{
	struct arena *arena = visitor->weighing->arena;
	const char *key = arena_strndup(arena, release, key_length(release));
	struct change change = { .release = key };

	change.series = open_series(visitor->weighing->input, department,
	    key + strlen(department) + 1, &change.plan);
	if (change.series != NULL)
		visit(visitor, &change);
}

static bool
same_series(const char *a, const char *b)
{
	size_t len = key_length(a);

	return a != NULL && b != NULL && strncmp(a, b, len) == 0 &&
	       (b[len] == '/' || b[len] == '\0');
}

void
profiles_each(struct weighing *weighing, const struct profiling *profiling,
    void (*each)(void *context, const struct change *change), void *context)
{
	const struct visitor visitor = { weighing, each, context };
	struct change department = { .release = profiling->department };
	const struct entry *entries = profiling->entries;
	const struct change *changes = profiling->changes;
	const char *last = NULL;
	size_t i = 0, j = 0;

	while (i < profiling->n_entries || j < profiling->n_changes) {
		const char *a =
		    i < profiling->n_entries ? entries[i].release : NULL;
		const char *b =
		    j < profiling->n_changes ? changes[j].release : NULL;
		bool first = b == NULL || (a != NULL && strcmp(a, b) <= 0);
		const char *release = first ? a : b;

		i += first;
		j += !first;
		if (last == NULL || !same_series(last, release))
			visit_series(&visitor, profiling->department, release);
		last = release;
	}
	if (last != NULL && office_department(weighing->input->office,
				profiling->department) != NULL)
		visit(&visitor, &department);
}

/* What C5 has to look through; the size of a sample is no result. */
static struct text
all_texts(struct arena *arena, const struct profile *profile)
{
	const struct text *const texts[] = { &profile->definition,
		&profile->scope, &profile->method, &profile->calculation };
	struct text all = { "", "" };
	size_t i;

	for (i = 0; i < COUNT(texts); i++) {
		if (texts[i]->zh != NULL)
			all.zh =
			    arena_printf(arena, "%s%s\n", all.zh, texts[i]->zh);
		if (texts[i]->en != NULL)
			all.en =
			    arena_printf(arena, "%s%s\n", all.en, texts[i]->en);
	}
	return all;
}

/*
 * Judged as a release is, but by the rules about words alone: a profile has
 * no time.  A department's own words are in its file, not in a plan.
 */
bool
profile_allowed(struct weighing *weighing, const struct change *change,
    struct verdicts *judged, struct digest *words)
{
	static const struct rule rule;
	struct slot slot = { .release = change->release,
		.plan = change->plan,
		.series = change->series,
		.rule = &rule,
		.period = "" };
	struct profile profile;
	struct policy_case c;

	announce_profile(
	    weighing->arena, weighing->input->office, change, &profile, words);
	if (change->series == NULL)
		return true;
	slot.life = life_of(
	    weighing->arena, weighing->input->acts, change->release, NULL);
	weighing->has_wanted = false;
	c = weighed_case(weighing, &slot, change, true);
	weighing->wanted = (struct announcement){ .release = change->release,
		.department = profile.department,
		.series = profile.series,
		.title = profile.name,
		.note = all_texts(weighing->arena, &profile),
		.start = { INT64_MAX } };
	c.wanted = &weighing->wanted;
	c.words = *words;
	policy_judge(weighing->arena, &c, MOMENT_ANNOUNCE, judged);
	return judged->worst != OUTCOME_BLOCK;
}
