/*
 * What may not wait: news about a release that is near, in quiet hours as
 * well; and a retry that would come too late to be of use.
 */
#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/error.h>

#include "drain.h"

#define HOUR ((int64_t)3600)
#define MINUTE ((int64_t)60)
#define URGENT (36 * HOUR)

/*
 * The newest entry that waits for this portal and is about a release within
 * this span, now or by any time that was said of it before: so a new date, a
 * move away and a cancellation all count.
 */
static const char select_urgent[] =
    "SELECT coalesce(max(e.id), 0) FROM entry e WHERE e.id >= (SELECT"
    " min(coalesce(m.first_entry, 1)) FROM message m WHERE m.portal = ?1"
    " AND m.state IN ('queued', 'held', 'refused'))"
    " AND e.release IS NOT NULL AND e.kind <> 'profile'"
    " AND (e.precision <> 'none' AND e.start BETWEEN ?2 AND ?3"
    " OR EXISTS (SELECT 1 FROM entry p WHERE p.release = e.release"
    " AND p.id < e.id AND p.precision <> 'none'"
    " AND p.start BETWEEN ?2 AND ?3))";

/* The soonest release to come of which this entry or a later one tells. */
static const char select_due[] =
    "SELECT coalesce(min(e.start), 0) FROM entry e WHERE e.id >= ?1"
    " AND e.start > ?2 AND e.release IS NOT NULL AND e.kind <> 'profile'"
    " AND e.precision <> 'none'";

const struct error *
urgent_load(struct drain *drain, struct lane *lane)
{
	const struct zone *zone = drain->run->zone;
	const struct error *error;
	struct query *query;
	bool row;

	if (zone == NULL || drain->run->portal != NULL ||
	    !portal_is_quiet(lane->portal, zone_local(zone, drain->now).minute))
		return NULL;
	lane->quiet = true;
	if ((error = query_open(drain->store, select_urgent, &query)) != NULL)
		return error;
	query_set_text(query, 1, lane->portal->id);
	query_set_int(query, 2, drain->now.s);
	query_set_int(query, 3, drain->now.s + URGENT);
	error = query_next(query, &row);
	if (error == NULL && row)
		lane->urgent = query_int(query, 0);
	query_close(query);
	return error;
}

/* The last entries asked for are remembered: they are mostly the same. */
static const struct error *
read_due(struct drain *drain, int64_t entry, int64_t *due)
{
	const struct error *error;
	struct query *query;
	bool row;

	if (drain->due_entry == entry && drain->due > drain->now.s) {
		*due = drain->due;
		return NULL;
	}
	*due = 0;
	if ((error = query_open(drain->store, select_due, &query)) != NULL)
		return error;
	query_set_int(query, 1, entry);
	query_set_int(query, 2, drain->now.s);
	error = query_next(query, &row);
	if (error == NULL && row)
		*due = query_int(query, 0);
	query_close(query);
	drain->due_entry = entry;
	drain->due = *due;
	return error;
}

const struct error *
urgent_bound(
    struct drain *drain, const struct item *item, int64_t now, int64_t *next)
{
	static const int64_t before[] = { 24 * HOUR, 2 * HOUR, 10 * MINUTE };
	const struct error *error;
	int64_t due;
	size_t i;

	error = read_due(drain, item->first_entry, &due);
	for (i = 0; error == NULL && due > 0 && i < COUNT(before); i++)
		if (now < due - before[i]) {
			if (*next > due - before[i])
				*next = due - before[i];
			break;
		}
	return error;
}
