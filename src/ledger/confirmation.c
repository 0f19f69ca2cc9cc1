/*
 * Which portal has shown what.  The record is where that stands; nothing is
 * kept of it a second time.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "entry.h"

/* Its time is the record's, which never goes back. */
const struct error *
confirmations_read(struct arena *arena, struct store *store, struct view *view)
{
	struct {
		struct confirmation *v;
		size_t n, cap;
	} list = { 0 };
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT subject, json_extract(body, '$.read_back') AS read_back,"
	    " json_extract(body, '$.entry') AS entry, at,"
	    " coalesce(json_extract(body, '$.from'), 0) FROM record"
	    " WHERE kind = 'notice' ORDER BY subject, read_back DESC, entry",
	    &query);
	const char *portal = NULL;
	bool row;

	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row) {
		const char *subject = query_text(query, 0);

		if (portal == NULL || strcmp(portal, subject) != 0)
			portal = arena_strdup(arena, subject);
		ARRAY_PUSH(arena, &list,
		    ((struct confirmation){ .portal = portal,
			.read_back = query_int(query, 1) != 0,
			.entry = query_int(query, 2),
			.at.s = query_int(query, 3),
			.from = query_int(query, 4) }));
	}
	query_close(query);
	view->confirmations = list.v;
	view->n_confirmations = list.n;
	return error;
}

/* As the view is sorted. */
static int
compare(const struct confirmation *a, const struct confirmation *b)
{
	int order = strcmp(a->portal, b->portal);

	if (order != 0)
		return order;
	if (a->read_back != b->read_back)
		return a->read_back ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/*
 * The first one that reaches as far as this one, of its portal and kind, and
 * does not begin after it.
 */
static const struct confirmation *
find(const struct view *view, const struct confirmation *wanted)
{
	size_t low = 0, high = view->n_confirmations;
	const struct confirmation *found;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&view->confirmations[middle], wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < view->n_confirmations; low++) {
		found = &view->confirmations[low];
		if (found->read_back != wanted->read_back ||
		    strcmp(found->portal, wanted->portal) != 0)
			return NULL;
		if (found->from <= wanted->entry)
			return found;
	}
	return NULL;
}

bool
view_precedes(const struct view *view, const char *portal, int64_t entry)
{
	struct confirmation shown;
	size_t i;

	if (view_confirmed(view, portal, entry, &shown))
		return false;
	for (i = 0; i < view->n_confirmations; i++)
		if (view->confirmations[i].from > entry &&
		    strcmp(view->confirmations[i].portal, portal) == 0)
			return true;
	return false;
}

bool
view_confirmed(const struct view *view, const char *portal, int64_t entry,
    struct confirmation *confirmation)
{
	struct confirmation wanted = {
		.portal = portal, .entry = entry, .read_back = true
	};
	const struct confirmation *found = find(view, &wanted);

	if (found == NULL) {
		wanted.read_back = false;
		found = find(view, &wanted);
	}
	if (found != NULL)
		*confirmation = *found;
	return found != NULL;
}

/* One that says as much, and is worth as much. */
static const struct error *
is_known(
    struct store *store, const struct confirmation *confirmation, bool *known)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT 1 FROM record WHERE kind = 'notice' AND subject = ?1"
	    " AND json_extract(body, '$.entry') >= ?2"
	    " AND json_extract(body, '$.read_back') >= ?3"
	    " AND coalesce(json_extract(body, '$.from'), 0) <= ?4"
	    " ORDER BY id DESC LIMIT 1",
	    &query);

	*known = false;
	if (error != NULL)
		return error;
	query_set_text(query, 1, confirmation->portal);
	query_set_int(query, 2, confirmation->entry);
	query_set_int(query, 3, confirmation->read_back);
	query_set_int(query, 4, confirmation->from);
	error = query_next(query, known);
	query_close(query);
	return error;
}

const struct error *
ledger_confirm(struct arena *arena, struct store *store,
    const struct confirmation *confirmation)
{
	struct record record = { .kind = RECORD_NOTICE,
		.at = confirmation->at,
		.subject = confirmation->portal };
	const struct error *error;
	char at[INSTANT_SIZE];
	struct buf buf;
	bool known;

	if ((error = is_known(store, confirmation, &known)) != NULL || known)
		return error;
	buf_init(&buf, arena);
	buf_printf(&buf, "{\"at\":\"%s\",\"entry\":%lld,",
	    instant_format(at, confirmation->at),
	    (long long)confirmation->entry);
	if (confirmation->from > 0)
		buf_printf(
		    &buf, "\"from\":%lld,", (long long)confirmation->from);
	buf_puts(&buf, "\"portal\":");
	buf_json(&buf, confirmation->portal);
	buf_printf(&buf, ",\"read_back\":%s}",
	    confirmation->read_back ? "true" : "false");
	record.body = buf.data;
	return record_append(arena, store, &record);
}
