#include <yugao/deadline.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#define HOUR 3600

/*
 * The newest entry of each release that the portal has not shown, with the
 * time that it had before.  Words that changed do not count, nor does what
 * is out already.
 */
static const char select_unshown[] =
    "SELECT release, id, coalesce(start, was), coalesce(was, start) FROM ("
    "SELECT e.release AS release, e.id AS id, e.at AS at,"
    " CASE WHEN e.precision <> 'none' THEN e.start END AS start,"
    " (SELECT p.start FROM entry p WHERE p.release = e.release"
    " AND p.id < e.id AND p.precision <> 'none'"
    " ORDER BY p.id DESC LIMIT 1) AS was, CASE WHEN e.status IN"
    " ('cancelled', 'postponed') THEN e.id"
    " ELSE coalesce(e.since_entry, e.id) END AS since FROM entry e"
    " WHERE e.id > ?1 AND e.release IS NOT NULL AND e.kind <> 'profile'"
    " AND e.status <> 'released' AND e.id = (SELECT max(x.id) FROM entry x"
    " WHERE x.release = e.release)) WHERE since > ?1"
    " AND at < max(coalesce(start, was), coalesce(was, start))"
    " AND min(coalesce(start, was), coalesce(was, start)) <= ?3"
    " AND max(coalesce(start, was), coalesce(was, start)) >= ?2"
    " ORDER BY min(coalesce(start, was), coalesce(was, start)), release";

static const char select_shown[] =
    "SELECT coalesce(max(json_extract(body, '$.entry')), 0) FROM record"
    " WHERE kind = 'notice' AND subject = ?1";

static const struct error *
read_shown(struct store *store, const char *portal, int64_t *entry)
{
	const struct error *error;
	struct query *query;
	bool row;

	*entry = 0;
	if ((error = query_open(store, select_shown, &query)) != NULL)
		return error;
	query_set_text(query, 1, portal);
	error = query_next(query, &row);
	if (error == NULL && row)
		*entry = query_int(query, 0);
	query_close(query);
	return error;
}

static bool
is_wanted(struct arena *arena, const struct portal *portal, const char *release)
{
	const char *slash = strchr(release, '/');

	return slash != NULL &&
	       portal_wants_department(portal,
		   arena_strndup(arena, release, (size_t)(slash - release)));
}

/* The sooner of its two times that is to come, else the later one. */
static struct instant
due_of(int64_t start, int64_t was, struct instant now)
{
	int64_t first = start < was ? start : was;
	int64_t last = start < was ? was : start;

	return (struct instant){ first > now.s ? first : last };
}

static enum deadline_mark
mark_of(struct instant due, struct instant now)
{
	if (due.s <= now.s)
		return MARK_PAST;
	return due.s - now.s <= (int64_t)MARK_LAST * HOUR ? MARK_LAST
							  : MARK_FIRST;
}

static const struct error *
read_portal(struct arena *arena, struct store *store,
    const struct portal *portal, struct instant now,
    struct deadlines *deadlines)
{
	int64_t span = (int64_t)MARK_FIRST * HOUR, shown;
	const struct error *error = read_shown(store, portal->id, &shown);
	struct query *query;
	bool row;

	if (error == NULL)
		error = query_open(store, select_unshown, &query);
	if (error != NULL)
		return error;
	query_set_int(query, 1, shown);
	query_set_int(query, 2, now.s - span);
	query_set_int(query, 3, now.s + span);
	while ((error = query_next(query, &row)) == NULL && row) {
		const char *release = query_text(query, 0);
		struct deadline one = { .portal = portal->id,
			.entry = query_int(query, 1),
			.due = due_of(
			    query_int(query, 2), query_int(query, 3), now) };

		one.mark = mark_of(one.due, now);
		if (one.due.s > now.s + span || one.due.s < now.s - span ||
		    !is_wanted(arena, portal, release))
			continue;
		one.release = arena_strdup(arena, release);
		ARRAY_PUSH(arena, deadlines, one);
	}
	query_close(query);
	return error;
}

const struct error *
deadlines_read(struct arena *arena, struct store *store,
    const struct office *office, struct instant now,
    struct deadlines *deadlines)
{
	const struct error *error = NULL;
	size_t i;

	*deadlines = (struct deadlines){ 0 };
	for (i = 0; error == NULL && i < office->n_portals; i++)
		if (office->portals[i].required)
			error = read_portal(
			    arena, store, &office->portals[i], now, deadlines);
	return error;
}

static const struct error *
insert(struct store *store, const struct deadline *deadline, struct instant now,
    bool *fresh)
{
	const struct error *error;
	struct query *query;

	*fresh = false;
	error = query_open(store,
	    "INSERT INTO alert (portal, release, entry, mark, at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING RETURNING 1",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, deadline->portal);
	query_set_text(query, 2, deadline->release);
	query_set_int(query, 3, deadline->entry);
	query_set_int(query, 4, deadline->mark);
	query_set_int(query, 5, now.s);
	error = query_next(query, fresh);
	if (error == NULL && *fresh)
		error = query_run(query);
	query_close(query);
	return error;
}

static const struct error *
record(struct arena *arena, struct store *store,
    const struct deadline *deadline, struct instant now)
{
	struct record record = {
		.kind = RECORD_ALERT, .at = now, .subject = deadline->portal
	};
	char due[INSTANT_SIZE];
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf,
	    "{\"due\":\"%s\",\"entry\":%lld,\"mark\":%d,\"release\":",
	    instant_format(due, deadline->due), (long long)deadline->entry,
	    (int)deadline->mark);
	buf_json(&buf, deadline->release);
	buf_putc(&buf, '}');
	record.body = buf.data;
	return record_append(arena, store, &record);
}

const struct error *
deadlines_alert(struct arena *arena, struct store *store,
    const struct deadlines *deadlines, struct instant now, size_t *fresh)
{
	const struct error *error = NULL;
	size_t i;

	*fresh = 0;
	for (i = 0; error == NULL && i < deadlines->n; i++) {
		bool new;

		error = insert(store, &deadlines->v[i], now, &new);
		if (error == NULL && new)
			error = record(arena, store, &deadlines->v[i], now);
		*fresh += new;
	}
	return error;
}
