/*
 * What a portal shows.  A message knows the first entry that it carries, so
 * the entries before the first of all that still waits are all there.
 */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/ledger.h>

#include "drain.h"
#include "target.h"

static const char select_shown[] =
    "SELECT s.last_entry, coalesce(s.first_entry, 0), (SELECT "
    "min(coalesce(m.first_entry, 1))"
    " FROM message m WHERE m.portal = s.portal"
    " AND m.state IN ('queued', 'held', 'refused'))"
    " FROM portal_state s WHERE s.portal = ?1 AND s.target = ?2";

static const struct error *
read_shown(struct drain *drain, const struct lane *lane,
    struct confirmation *confirmation)
{
	struct digest target = target_digest(drain->arena, lane->portal);
	const struct error *error;
	struct query *query;
	bool row;

	if ((error = query_open(drain->store, select_shown, &query)) != NULL)
		return error;
	query_set_text(query, 1, lane->portal->id);
	query_set_bytes(query, 2, target.bytes, sizeof(target.bytes));
	error = query_next(query, &row);
	if (error == NULL && row) {
		confirmation->from = query_int(query, 1);
		confirmation->entry = query_is_null(query, 2)
					  ? query_int(query, 0)
					  : query_int(query, 2) - 1;
	}
	query_close(query);
	return error;
}

const struct error *
confirm_shown(struct drain *drain, struct lane *lane)
{
	struct confirmation confirmation = {
		.portal = lane->portal->id,
		.at = drain->now,
		.read_back = lane->read && !lane->unread,
	};
	const struct error *error;

	if (!lane->taken || lane->flying > 0 || lane_is_open(lane))
		return NULL;
	if ((error = read_shown(drain, lane, &confirmation)) != NULL ||
	    confirmation.entry == 0 || confirmation.entry < confirmation.from)
		return error;
	return ledger_confirm(drain->arena, drain->store, &confirmation);
}
