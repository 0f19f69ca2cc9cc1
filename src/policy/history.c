/*
 * How the time of a release came about, out of the ledger.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "circumstances.h"

struct reading {
	struct arena *arena;
	const struct office *office;
	const struct view *view;
	const char *department;
	struct said_times *times;
};

/* A time counts once, from when it was said first. */
static const struct error *
take_entry(void *context, const struct entry *entry)
{
	struct reading *reading = context;
	struct said_times *times = reading->times;
	struct said_time time = { .start = entry->start, .notice = entry->at };
	struct notice_said notice;

	if (entry->kind == ENTRY_RELEASED && times->released == 0)
		times->released = entry->id;
	if (entry->kind == ENTRY_PROFILE || entry->status == SAID_POSTPONED ||
	    entry->status == SAID_CANCELLED || entry->status == SAID_RELEASED ||
	    (times->n > 0 && times->v[times->n - 1].start.s == entry->start.s))
		return NULL;
	notice = policy_notice(
	    reading->office, reading->view, reading->department, entry->id);
	if (notice.known)
		time.notice = notice.at;
	ARRAY_PUSH(reading->arena, times, time);
	return NULL;
}

const struct error *
policy_times(struct arena *arena, const struct office *office,
    const struct view *view, struct store *store, const char *release,
    const struct instant *as_of, struct said_times *times)
{
	struct reading reading = { arena, office, view,
		arena_strndup(arena, release, strcspn(release, "/")), times };

	*times = (struct said_times){ 0 };
	return ledger_each(arena, store, release, as_of, take_entry, &reading);
}

bool
policy_has_history(const struct entry *said)
{
	return said != NULL &&
	       (said->moves > 0 || (said->status == SAID_RELEASED &&
				       said->kind != ENTRY_RELEASED));
}
