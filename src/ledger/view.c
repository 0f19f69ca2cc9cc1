#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "entry.h"

/* A list of entries as it is read. */
struct list {
	struct entry *v; /* the newest of each key, sorted by it */
	size_t n, cap;
};

/* The previous copy if it is the same: most entries share their policy. */
static const char *
copy_shared(struct arena *arena, const char *string, const char *previous)
{
	if (string == NULL)
		return NULL;
	if (previous != NULL && strcmp(string, previous) == 0)
		return previous;
	return arena_strdup(arena, string);
}

static void
add_entry(struct arena *arena, struct list *list, struct entry *entry)
{
	static const struct entry none;
	struct entry *newest = list->n > 0 ? &list->v[list->n - 1] : NULL;
	bool same =
	    newest != NULL && strcmp(newest->release, entry->release) == 0;

	entry->policy = copy_shared(
	    arena, entry->policy, newest != NULL ? newest->policy : NULL);
	if (entry->kind != ENTRY_PROFILE && entry->since_entry == 0)
		entry_follow(entry, same ? newest : &none);
	entry->first_at = same ? newest->first_at : entry->at;
	entry->first_entry = same ? newest->first_entry : entry->id;
	entry->first_day = same ? newest->first_day : entry->when.start.day;
	if (same) {
		entry->release = newest->release;
		*newest = *entry;
		return;
	}
	entry->release = arena_strdup(arena, entry->release);
	ARRAY_PUSH(arena, list, *entry);
}

static void
take(struct arena *arena, struct view *view, struct list *releases,
    struct list *profiles, struct entry *entry)
{
	if (entry->id > view->last_id) {
		view->last_id = entry->id;
		view->last = entry->at;
	}
	if (entry->release != NULL) {
		add_entry(arena,
		    entry->kind == ENTRY_PROFILE ? profiles : releases, entry);
	} else {
		view->edition = entry->year;
		view->edition_at = entry->at;
	}
}

static const struct error *
read_entries(struct arena *arena, struct store *store, struct view *view)
{
	struct list releases = { 0 }, profiles = { 0 };
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS " FROM entry ORDER BY release, id", &query);
	struct entry entry;
	bool row;

	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL)
		take(arena, view, &releases, &profiles, &entry);
	query_close(query);
	view->v = releases.v;
	view->n = releases.n;
	view->cap = releases.cap;
	view->profiles = profiles.v;
	view->n_profiles = profiles.n;
	return error;
}

static const struct error *
read_cores(struct arena *arena, struct store *store, struct view *view)
{
	struct arena *scratch = arena_new();
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < view->n && error == NULL; i++) {
		if (!digest_is_zero(&view->v[i].core))
			continue;
		arena_reset(scratch);
		error = entry_read_core(scratch, store, &view->v[i]);
	}
	error = error_copy(arena, error);
	arena_free(scratch);
	return error;
}

const struct error *
ledger_view(struct arena *arena, struct store *store, struct view *view)
{
	const struct error *error;

	*view = (struct view){ 0 };
	if ((error = read_entries(arena, store, view)) != NULL ||
	    (error = read_cores(arena, store, view)) != NULL)
		return error;
	return confirmations_read(arena, store, view);
}

static const struct entry *
find(const struct entry *entries, size_t n, const char *release)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(entries[middle].release, release);

		if (order == 0)
			return &entries[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct entry *
view_find(const struct view *view, const char *release)
{
	return find(view->v, view->n, release);
}

const struct entry *
view_profile(const struct view *view, const char *key)
{
	return find(view->profiles, view->n_profiles, key);
}

const struct error *
ledger_said(
    struct arena *arena, struct store *store, int64_t id, const char **said)
{
	struct query *query;
	const struct error *error =
	    query_open(store, "SELECT said FROM entry WHERE id = ?", &query);
	bool row;

	*said = NULL;
	if (error != NULL)
		return error;
	query_set_int(query, 1, id);
	error = query_next(query, &row);
	if (error == NULL && row && !query_is_null(query, 0))
		*said = arena_strdup(arena, query_text(query, 0));
	query_close(query);
	return error;
}
