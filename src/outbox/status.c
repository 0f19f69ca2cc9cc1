#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/outbox.h>
#include <yugao/store.h>

#include "drain.h"
#include "target.h"

/* The rows of another place than the portal is now do not count. */
static const char select_portal[] =
    "SELECT (SELECT COUNT(*) FROM remote r"
    " JOIN portal_state s ON s.portal = r.portal AND s.target = ?2"
    " WHERE r.portal = ?1 AND NOT EXISTS (SELECT 1 FROM message w"
    " WHERE w.portal = r.portal AND w.path = r.path"
    " AND w.state IN ('queued', 'held', 'refused'))),"
    " SUM(CASE WHEN m.state = 'queued' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN m.state = 'refused' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN m.state = 'held' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN m.state = 'refused' AND m.problem IN " OURS
    " THEN 1 ELSE 0 END),"
    " MIN(CASE WHEN m.state <> 'refused' THEN m.next END),"
    " (SELECT open_until FROM portal_state s"
    " WHERE s.portal = ?1 AND s.target = ?2),"
    " (SELECT problem FROM portal_state s"
    " WHERE s.portal = ?1 AND s.target = ?2),"
    " MAX(CASE WHEN m.state = 'refused' THEN m.problem END),"
    " MAX(m.problem)"
    " FROM message m WHERE m.portal = ?1"
    " AND m.state IN ('queued', 'held', 'refused')";

static const char select_gate[] =
    "SELECT failures, open_until, coalesce(paused, 0),"
    " coalesce((SELECT min(queued_at) FROM message m WHERE m.portal = ?1"
    " AND m.state IN ('queued', 'held', 'refused')), 0),"
    " coalesce((SELECT max(at) FROM remote r WHERE r.portal = ?1), 0)"
    " FROM portal_state WHERE portal = ?1 AND target = ?2";

static const struct error *
read_gate(struct store *store, const struct digest *target,
    struct portal_status *status)
{
	const struct error *error;
	struct query *query;
	bool row;

	if ((error = query_open(store, select_gate, &query)) != NULL)
		return error;
	query_set_text(query, 1, status->portal);
	query_set_bytes(query, 2, target->bytes, sizeof(target->bytes));
	error = query_next(query, &row);
	if (error == NULL && row) {
		status->failures = (int)query_int(query, 0);
		status->open.s = query_int(query, 1);
		status->held_by.s = query_int(query, 2);
		status->oldest.s = query_int(query, 3);
		status->newest.s = query_int(query, 4);
	}
	query_close(query);
	return error;
}

static void
read_portal(
    struct arena *arena, struct query *query, struct portal_status *status)
{
	int64_t open_until = query_int(query, 6);
	const char *problem = NULL;
	int column;

	status->accepted = (size_t)query_int(query, 0);
	status->queued = (size_t)query_int(query, 1);
	status->refused = (size_t)query_int(query, 2);
	status->held = (size_t)query_int(query, 3);
	status->damaged = (size_t)query_int(query, 4);
	/* A portal that waits for its probe keeps all that is queued. */
	if (status->queued + status->held > 0)
		status->next.s =
		    open_until > 0 ? open_until : query_int(query, 5);
	status->has_next = status->next.s > 0;
	/* The portal's own, one of a refusal, one of a failure. */
	for (column = 7; problem == NULL && column <= 9; column++)
		problem = query_text(query, column);
	if (problem != NULL)
		status->problem = arena_strdup(arena, problem);
}

const struct error *
outbox_status(struct arena *arena, struct store *store,
    const struct office *office, struct outbox_status *status)
{
	const struct error *error;
	struct query *query;
	size_t i;

	*status = (struct outbox_status){ 0 };
	error = query_open(store, select_portal, &query);
	for (i = 0; error == NULL && i < office->n_portals; i++) {
		struct portal_status one = { .portal = office->portals[i].id,
			.required = office->portals[i].required };
		struct digest target =
		    target_digest(arena, &office->portals[i]);
		bool row;

		query_set_text(query, 1, one.portal);
		query_set_bytes(query, 2, target.bytes, sizeof(target.bytes));
		error = query_next(query, &row);
		if (error != NULL)
			break;
		read_portal(arena, query, &one);
		query_reset(query);
		error = read_gate(store, &target, &one);
		status->waiting += one.queued + one.refused + one.held;
		ARRAY_PUSH(arena, status, one);
	}
	query_close(query);
	return error;
}

const struct error *
outbox_attempts(struct arena *arena, struct store *store, const char *portal,
    size_t limit,
    const struct error *(*each)(void *context, const struct attempt *attempt),
    void *context)
{
	const struct error *error;
	struct query *query;
	bool row;

	(void)arena;
	error = query_open(store,
	    "SELECT m.portal, m.path, a.problem, a.at, a.status, a.ms,"
	    " a.bytes, a.detail FROM attempt a"
	    " JOIN message m ON m.id = a.message WHERE ?1 IS NULL OR m.portal "
	    "= ?1 ORDER BY a.id DESC LIMIT ?2",
	    &query);
	if (error != NULL)
		return error;
	if (portal != NULL)
		query_set_text(query, 1, portal);
	query_set_int(query, 2, (int64_t)limit);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct attempt attempt = { .portal = query_text(query, 0),
			.path = query_text(query, 1),
			.problem = query_text(query, 2),
			.at = { query_int(query, 3) },
			.status = (int)query_int(query, 4),
			.ms = query_int(query, 5),
			.bytes = query_int(query, 6),
			.detail = query_text(query, 7) };

		error = each(context, &attempt);
		if (error != NULL)
			break;
	}
	query_close(query);
	return error;
}

const struct error *
outbox_has_damaged(struct store *store, bool *damaged)
{
	const struct error *error;
	struct query *query;
	bool row = false;

	*damaged = false;
	error = query_open(store,
	    "SELECT EXISTS (SELECT 1 FROM message"
	    " WHERE state = 'refused' AND problem IN " OURS ")",
	    &query);
	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL && row)
		*damaged = query_int(query, 0) != 0;
	query_close(query);
	return error;
}
