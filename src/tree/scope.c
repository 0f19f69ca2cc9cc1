#include "scope.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

const struct error *
scoping_begin(struct arena *arena, struct store *store,
    const struct office *office, const struct view *view,
    struct scoping *scoping)
{
	struct profile *v = arena_alloc(arena, view->n_profiles * sizeof(*v));
	const struct error *error = NULL;
	const char *said;
	size_t i;

	for (i = 0; i < view->n_profiles && error == NULL; i++) {
		error = ledger_said(arena, store, view->profiles[i].id, &said);
		if (error == NULL)
			error = profile_read(arena, said, &v[i]);
	}
	*scoping = (struct scoping){ arena, store, office, view, v };
	return error;
}

/* The days are those of the release's own zone, as they were said. */
bool
scope_in_years(const struct entry *entry, int edition)
{
	return day_year(entry->when.start.day) <= edition + 1 &&
	       day_year(entry->when.last) >= edition - 1;
}

static int
compare_items(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;

	if (x->start.s != y->start.s)
		return x->start.s < y->start.s ? -1 : 1;
	return strcmp(x->release, y->release);
}

void
scope_fill(const struct scoping *scoping, struct scope *scope,
    const struct choice *selection)
{
	const struct view *view = scoping->view;
	size_t most = selection->end - selection->first, i;

	scope->items =
	    arena_alloc(scoping->arena, most * sizeof(*scope->items));
	scope->updated = view->edition_at;
	for (i = selection->first; i < selection->end; i++) {
		const struct entry *entry = &view->v[i];

		if (selection->belongs != NULL &&
		    !selection->belongs(scoping, entry, selection->what))
			continue;
		scope->ever++;
		if (entry->at.s > scope->updated.s)
			scope->updated = entry->at;
		if (selection->all || scope_in_years(entry, view->edition))
			scope->items[scope->n++] = entry;
	}
	if (scope->n > 1)
		qsort(scope->items, scope->n, sizeof(*scope->items),
		    compare_items);
}

size_t
department_end(const struct view *view, size_t first)
{
	size_t len = strcspn(view->v[first].release, "/"), i = first;

	while (i < view->n && strncmp(view->v[i].release,
				  view->v[first].release, len + 1) == 0)
		i++;
	return i;
}

/* The profile whose key is the first `len` bytes, or NULL. */
static const struct profile *
find_profile(const struct scoping *scoping, const char *key, size_t len)
{
	size_t low = 0, high = scoping->view->n_profiles;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = scoping->profiles[middle].key;
		int order = strncmp(at, key, len);

		if (order == 0 && at[len] == '\0')
			return &scoping->profiles[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct profile *
series_profile(const struct scoping *scoping, const struct entry *entry)
{
	const char *slash = strchr(entry->release, '/');

	slash = slash == NULL ? NULL : strchr(slash + 1, '/');
	return slash == NULL ? NULL
			     : find_profile(scoping, entry->release,
				   (size_t)(slash - entry->release));
}

bool
belongs_to_topic(
    const struct scoping *scoping, const struct entry *entry, const void *what)
{
	const struct profile *profile = series_profile(scoping, entry);
	size_t i;

	for (i = 0; profile != NULL && i < profile->n_topics; i++)
		if (strcmp(profile->topics[i], what) == 0)
			return true;
	return false;
}

bool
belongs_to_district(
    const struct scoping *scoping, const struct entry *entry, const void *what)
{
	const struct topic *district = what;
	const struct profile *profile =
	    find_profile(scoping, entry->release, strcspn(entry->release, "/"));

	if (profile == NULL)
		return false;
	if (profile->region != NULL)
		return strcmp(profile->region, district->id) == 0;
	return profile->government.zh != NULL && district->name.zh != NULL &&
	       strcmp(profile->government.zh, district->name.zh) == 0;
}

bool
belongs_to_year(
    const struct scoping *scoping, const struct entry *entry, const void *what)
{
	(void)scoping;
	return day_year(entry->when.start.day) == *(const int *)what;
}
