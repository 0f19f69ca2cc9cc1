#include "announce.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

/* What is known of the series that a key names. */
enum naming { NAMES_UNKNOWN, NAMES_CLOSED, NAMES_OPEN };

static bool
is_of(const char *release, const char *department)
{
	size_t len = strlen(department);

	return strncmp(release, department, len) == 0 && release[len] == '/';
}

static enum naming
naming_of(struct arena *arena, const struct announce_input *input,
    const char *release)
{
	const char *series = release + strcspn(release, "/") + 1;
	const char *id = arena_strndup(arena, series, strcspn(series, "/"));
	enum naming naming = NAMES_UNKNOWN;
	size_t i;

	for (i = 0; i < input->plans->n; i++) {
		const struct plan *plan = input->plans->v[i];
		const struct series *found;

		if (!is_of(release, plan->department) ||
		    (found = plan_series(plan, id)) == NULL)
			continue;
		if (!office_opens(input->office, found))
			return NAMES_CLOSED;
		naming = NAMES_OPEN;
	}
	return naming;
}

const char *
act_names(struct arena *arena, const struct announce_input *input,
    const struct act *act, const char *release)
{
	size_t i = 0;

	if (naming_of(arena, input, release) == NAMES_OPEN)
		return release;
	while (
	    i + 1 < act->n_releases && strcmp(act->releases[i], release) != 0)
		i++;
	return arena_printf(arena, "releases[%zu]", i);
}

static int
compare_slot(const void *key, const void *element)
{
	const struct slot *slot = element;

	return strcmp(key, slot->release);
}

/* A series, or all of its releases: no release of its own. */
static bool
is_of_series(const char *key)
{
	const char *series = strchr(key, '/');
	const char *period = series == NULL ? NULL : strchr(series + 1, '/');

	return period == NULL || strcmp(period, "/*") == 0;
}

/* Whether anything was ever said of this series. */
static bool
is_said_of(const struct announce_input *input, const char *key)
{
	const struct view *view = input->view;
	size_t len = strlen(key), low = 0, high = view->n;

	len -= key[len - 1] == '*' ? 2 : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(view->v[middle].release, key, len) < 0 ||
		    (strncmp(view->v[middle].release, key, len) == 0 &&
			view->v[middle].release[len] < '/'))
			low = middle + 1;
		else
			high = middle;
	}
	return low < view->n && strncmp(view->v[low].release, key, len) == 0 &&
	       view->v[low].release[len] == '/';
}

static bool
is_known(struct arena *arena, const struct announce_input *input,
    const char *release)
{
	const struct slots *slots = input->slots;

	if (is_of_series(release))
		return naming_of(arena, input, release) != NAMES_UNKNOWN ||
		       is_said_of(input, release);
	return (slots->n > 0 && bsearch(release, slots->v, slots->n,
				    sizeof(*slots->v), compare_slot) != NULL) ||
	       view_find(input->view, release) != NULL;
}

/*
 * Without the plan of that year nobody knows what an act of it is about; and
 * the row of a spreadsheet says "cancelled" in the place of its own date.
 */
static bool
is_of_a_plan(const struct announce_input *input, const struct act *act,
    const char *department)
{
	size_t i;

	for (i = 0; act->place.cell == NULL && i < input->plans->n; i++)
		if (input->plans->v[i]->year == act->year &&
		    strcmp(input->plans->v[i]->department, department) == 0)
			return true;
	return false;
}

static const char *
nearest_release(struct arena *arena, const struct announce_input *input,
    const char *department, const char *release)
{
	const struct slots *slots = input->slots;
	const char **names = arena_alloc(arena, slots->n * sizeof(*names));
	size_t i, n = 0;

	for (i = 0; i < slots->n; i++)
		if (is_of(slots->v[i].release, department) &&
		    office_opens(input->office, slots->v[i].series))
			names[n++] = slots->v[i].release;
	return nearest_word(release, names, n);
}

/* What is mistyped may be meant for a closed series: it is not quoted. */
static void
complain_unknown(struct arena *arena, const struct announce_input *input,
    struct diags *diags, const struct act *act, const char *release)
{
	const char *name = act_names(arena, input, act, release), *near = NULL;

	if (naming_of(arena, input, release) != NAMES_CLOSED)
		near =
		    nearest_release(arena, input, diags->department, release);
	if (near != NULL)
		DIAG(arena, diags, DIAG_ERROR, act->place,
		    "announce.act_unknown_near", name, near);
	else
		DIAG(arena, diags, DIAG_ERROR, act->place,
		    "announce.act_unknown", name);
}

void
acts_check(struct arena *arena, const struct announce_input *input,
    struct instant now, struct diags *diags)
{
	const char *department = diags->department;
	char at[INSTANT_SIZE];
	size_t i, j;

	for (i = 0; i < input->acts->n; i++) {
		const struct act *act = &input->acts->v[i];

		if (act->n_releases == 0 ||
		    !is_of(act->releases[0], department))
			continue;
		if (act->at.s > now.s)
			DIAG(arena, diags, DIAG_ERROR, act->place,
			    "announce.act_future", instant_format(at, act->at));
		if (!is_of_a_plan(input, act, department))
			continue;
		for (j = 0; j < act->n_releases; j++)
			if (!is_known(arena, input, act->releases[j]))
				complain_unknown(
				    arena, input, diags, act, act->releases[j]);
	}
}
