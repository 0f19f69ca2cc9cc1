/*
 * What the operator can do with what waits: hold a portal, end that, and have
 * something tried again now.
 */
#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/outbox.h>
#include <yugao/record.h>
#include <yugao/store.h>

static const char set_paused[] =
    "UPDATE portal_state SET paused = ?2 WHERE portal = ?1"
    " AND (paused IS NULL) <> (?2 IS NULL) RETURNING 1";

/* Its own Retry-After stands; all else begins anew. */
static const char open_portal[] =
    "UPDATE portal_state SET failures = 0, held = 0,"
    " open_until = CASE WHEN not_before > ?2 THEN not_before ELSE 0 END"
    " WHERE portal = ?1";
static const char open_portals_of[] =
    "UPDATE portal_state SET failures = 0, held = 0,"
    " open_until = CASE WHEN not_before > ?2 THEN not_before ELSE 0 END"
    " WHERE portal IN (SELECT portal FROM message"
    " WHERE state IN ('queued', 'held', 'refused') AND coalesce(first_entry, 1)"
    " <= (SELECT max(id) FROM entry WHERE release = ?1))";

static const char retry_portal[] =
    "UPDATE message SET state = 'queued', next = 0, ended_at = NULL"
    " WHERE state IN ('queued', 'held', 'refused') AND portal = ?1"
    " RETURNING 1";
/* Every message that carries the release, or may. */
static const char retry_release[] =
    "UPDATE message SET state = 'queued', next = 0, ended_at = NULL"
    " WHERE state IN ('queued', 'held', 'refused')"
    " AND coalesce(first_entry, 1)"
    " <= (SELECT max(id) FROM entry WHERE release = ?1) RETURNING 1";

/* ?1 is a name, ?2 a time or NULL; counts the rows that come back. */
static const struct error *
run(struct store *store, const char *sql, const char *name,
    const struct instant *at, size_t *rows)
{
	const struct error *error;
	struct query *query;
	bool row = true;

	*rows = 0;
	if ((error = query_open(store, sql, &query)) != NULL)
		return error;
	query_set_text(query, 1, name);
	if (at != NULL)
		query_set_int(query, 2, at->s);
	while ((error = query_next(query, &row)) == NULL && row)
		++*rows;
	query_close(query);
	return error;
}

const struct error *
outbox_hold(struct arena *arena, struct store *store, const char *portal,
    bool hold, struct instant now)
{
	struct record record = { .kind = RECORD_HOLD,
		.at = now,
		.subject = portal,
		.body = hold ? "{\"held\":true}" : "{\"held\":false}" };
	const struct error *error;
	size_t changed;

	error = run(store, set_paused, portal, hold ? &now : NULL, &changed);
	if (error == NULL && changed > 0)
		error = record_append(arena, store, &record);
	return error;
}

const struct error *
outbox_retry(struct store *store, const char *name, bool portal,
    struct instant now, size_t *messages)
{
	const struct error *error;
	size_t none;

	error = run(
	    store, portal ? open_portal : open_portals_of, name, &now, &none);
	if (error == NULL)
		error = run(store, portal ? retry_portal : retry_release, name,
		    NULL, messages);
	return error;
}
