/*
 * What an entry has from the history of its release.
 */
#include <yugao/arena.h>
#include <yugao/error.h>

#include "entry.h"

/* A time that was taken back has to be said anew. */
static bool
is_taken_back(const struct entry *entry)
{
	return entry->status == SAID_CANCELLED ||
	       entry->status == SAID_POSTPONED;
}

static bool
same_time(const struct entry *a, const struct entry *b)
{
	return moment_equal(&a->when, &b->when) && a->start.s == b->start.s;
}

/*
 * A date that is made precise has not moved.  A postponed release that gets
 * its new date had its move when it was postponed.
 */
static bool
is_moved(const struct entry *entry, const struct entry *previous)
{
	switch (entry->kind) {
	case ENTRY_MOVED_EARLIER:
	case ENTRY_MOVED_LATER:
	case ENTRY_TIME_CHANGED:
	case ENTRY_POSTPONED:
		return true;
	default:
		return previous->status == SAID_CANCELLED &&
		       !same_time(entry, previous);
	}
}

void
entry_follow(struct entry *entry, const struct entry *previous)
{
	bool same = previous->id != 0 && same_time(entry, previous) &&
		    !is_taken_back(previous);

	entry->since = same ? previous->since : entry->at;
	entry->since_entry = same ? previous->since_entry : entry->id;
	entry->moves =
	    previous->id == 0 ? 0 : previous->moves + is_moved(entry, previous);
}

bool
digest_is_zero(const struct digest *digest)
{
	return digest_compare(digest, &(struct digest){ 0 }) == 0;
}

const struct error *
entry_read_core(struct arena *arena, struct store *store, struct entry *entry)
{
	struct announcement announcement;
	const struct error *error;
	const char *said;
	struct buf buf;

	if ((error = ledger_said(arena, store, entry->id, &said)) != NULL ||
	    (error = announcement_read(arena, said, &announcement)) != NULL)
		return error;
	buf_init(&buf, arena);
	announcement_core(&buf, &announcement);
	entry->core = digest_of(buf.data, buf.len);
	return NULL;
}
