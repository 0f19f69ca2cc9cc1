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

const char *
act_path(struct arena *arena, const struct announce_input *input,
    const struct entry *entry)
{
	const char *folder = input->office->acts;

	return arena_printf(arena, "%s/%.*s-%d.json",
	    folder != NULL ? folder : "acts", (int)strcspn(entry->release, "/"),
	    entry->release, year_of(entry));
}

/* The act that cancels them, ready but for its reason. */
static const char *
act_draft(struct arena *arena, const struct announce_input *input,
    const struct entry *const *v, size_t n)
{
	char at[INSTANT_SIZE];
	struct buf draft;
	size_t i;

	buf_init(&draft, arena);
	buf_puts(&draft, "{\"act\": \"cancel\", \"releases\": [");
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_puts(&draft, ", ");
		buf_json(&draft, v[i]->release);
	}
	buf_printf(&draft,
	    "], \"reason\": \"…\", \"role\": \"stat_head\", \"at\": \"%s\"}",
	    instant_format(at, input->now));
	return draft.data;
}

/* The department's plan of that year, else another of its plans, or NULL. */
static const struct plan *
plan_of(const struct announce_input *input, const struct entry *entry)
{
	size_t len = strcspn(entry->release, "/"), i;
	const struct plan *found = NULL;

	for (i = 0; i < input->plans->n; i++) {
		const struct plan *plan = input->plans->v[i];

		if (strlen(plan->department) != len ||
		    memcmp(plan->department, entry->release, len) != 0)
			continue;
		if (found == NULL || plan->year == year_of(entry))
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
		const struct plan *plan = plan_of(input, entry);
		const char *path = act_path(arena, input, entry);
		struct place place = place_of(input, plan);
		char count[24];

		for (end = i + 1;
		     end < missing->n && same_act(entry, missing->v[end]);
		     end++)
			continue;
		snprintf(count, sizeof(count), "%zu", end - i);
		DIAG(arena, diags, DIAG_ERROR, place,
		    plan != NULL ? "announce.missing" : "announce.missing_plan",
		    entry->release, count, path,
		    act_draft(arena, input, missing->v + i, end - i));
	}
}
