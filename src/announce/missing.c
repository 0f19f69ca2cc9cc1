#include "announce.h"

#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

static int
year_of(const struct entry *entry)
{
	return day_year(entry->when.start.day);
}

/* "nbs/cpi/" of "nbs/cpi/2026-03" */
static size_t
series_length(const char *release)
{
	const char *slash = strchr(release, '/');

	slash = slash == NULL ? NULL : strchr(slash + 1, '/');
	return slash == NULL ? strlen(release) : (size_t)(slash + 1 - release);
}

/* Whether one act in one file can name both. */
static bool
same_act(const struct entry *a, const struct entry *b)
{
	return year_of(a) == year_of(b) &&
	       strncmp(a->release, b->release, series_length(a->release)) == 0;
}

/* The act that cancels them, ready but for its reason. */
static struct act_draft
draft_of(struct arena *arena, const struct announce_input *input,
    const struct entry *const *v, size_t n)
{
	const struct supposition supposition = { .reason.zh = "…" };
	struct act_drafts drafts = { 0 };
	struct needs needs = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		const char *release = v[i]->release;
		struct need need = { .department = arena_strndup(
					 arena, release, strcspn(release, "/")),
			.year = year_of(v[i]),
			.kind = ACT_CANCEL,
			.release = release };

		ARRAY_PUSH(arena, &needs, need);
	}
	needs_draft(arena, input, &needs, &supposition, &drafts);
	return drafts.v[0];
}

const struct plan *
plan_for(const struct announce_input *input, const char *release, int year)
{
	size_t len = strcspn(release, "/"), i;
	const struct plan *found = NULL;

	for (i = 0; i < input->plans->n; i++) {
		const struct plan *plan = input->plans->v[i];

		if (strlen(plan->department) != len ||
		    memcmp(plan->department, release, len) != 0)
			continue;
		if (found == NULL || plan->year == year)
			found = plan;
	}
	return found;
}

/* The plan that it is gone from, or the folder that the plan is gone from. */
static struct place
place_of(const struct announce_input *input, const struct plan *plan)
{
	struct place place = { .file = input->office->plans };

	if (plan != NULL) {
		place = plan_place(plan, "");
		if (place.line == 0 && place.cell == NULL)
			place.line = 1;
	}
	return place;
}

void
missing_report(struct arena *arena, const struct announce_input *input,
    struct diags *diags, const struct missing *missing)
{
	size_t i, end;

	for (i = 0; i < missing->n; i = end) {
		const struct entry *entry = missing->v[i];
		const struct plan *plan =
		    plan_for(input, entry->release, year_of(entry));
		struct act_draft draft;
		struct place place = place_of(input, plan);
		char count[24];

		for (end = i + 1;
		     end < missing->n && same_act(entry, missing->v[end]);
		     end++)
			continue;
		snprintf(count, sizeof(count), "%zu", end - i);
		draft = draft_of(arena, input, missing->v + i, end - i);
		DIAG(arena, diags, DIAG_ERROR, place,
		    plan != NULL ? "announce.missing" : "announce.missing_plan",
		    entry->release, count, draft.file, draft.json);
	}
}
