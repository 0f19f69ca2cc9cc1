#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "entry.h"

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
add_entry(struct arena *arena, struct view *view, struct entry *entry)
{
	struct entry *newest = view->n > 0 ? &view->v[view->n - 1] : NULL;

	entry->policy = copy_shared(
	    arena, entry->policy, newest != NULL ? newest->policy : NULL);
	if (newest != NULL && strcmp(newest->release, entry->release) == 0) {
		entry->release = newest->release;
		*newest = *entry;
		return;
	}
	entry->release = arena_strdup(arena, entry->release);
	ARRAY_PUSH(arena, view, *entry);
}

static void
take(struct arena *arena, struct view *view, struct entry *entry)
{
	if (entry->id > view->last_id) {
		view->last_id = entry->id;
		view->last = entry->at;
	}
	if (entry->release != NULL) {
		add_entry(arena, view, entry);
	} else {
		view->edition = entry->year;
		view->edition_at = entry->at;
	}
}

const struct error *
ledger_view(struct arena *arena, struct store *store, struct view *view)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS " FROM entry ORDER BY release, id", &query);
	struct entry entry;
	bool row;

	*view = (struct view){ 0 };
	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL)
		take(arena, view, &entry);
	query_close(query);
	return error;
}

const struct entry *
view_find(const struct view *view, const char *release)
{
	size_t low = 0, high = view->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(view->v[middle].release, release);

		if (order == 0)
			return &view->v[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
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
