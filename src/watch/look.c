/* Looks at what is due, one after the other. */
#include "watch.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/fetch.h>
#include <yugao/store.h>

/* What one run asks of others, and of its own time. */
#define LOOKS_MOST 200
#define FAILURES_MOST 20
static const struct fetch_limits limits = { (int64_t)16 * 1024 * 1024, 15, 0 };

static const struct error *
write_down(struct arena *arena, struct store *store,
    const struct watching *watching, const struct watched *watched,
    const struct sight *sight)
{
	const struct error *error = store_begin(store);

	if (error != NULL)
		return error;
	if (sight != NULL)
		error = sight_append(arena, store, sight, watching->now);
	if (error == NULL)
		error = watched_write(store, watched);
	if (error == NULL)
		error = store_commit(store);
	if (error != NULL)
		store_rollback(store);
	return error;
}

/* Another address than last time begins anew. */
static struct watched
begin(const struct target *target, const struct watched *known)
{
	if (known != NULL && known->url != NULL &&
	    strcmp(known->url, target->url) == 0)
		return *known;
	return (struct watched){ .release = target->slot->release,
		.url = target->url };
}

static const struct error *
look(struct arena *arena, struct store *store, struct watching *watching,
    const struct target *target, const struct watched *known)
{
	struct watched watched = begin(target, known);
	struct sighting found = { .target = arena_copy(
				      arena, target, sizeof(*target)) };
	struct glance glance = { .etag = watched.etag,
		.modified = watched.modified,
		.look_for = target->title,
		.allow_private = watching->office->watch_private };

	/* What is to be looked through must come whole. */
	if (target->title != NULL)
		glance.etag = glance.modified = NULL;
	(watching->glance != NULL ? watching->glance : fetch_glance)(
	    arena, target->url, &limits, &glance);
	found.seen = look_judge(
	    arena, watching, target, &glance, &watched, &found.sight);
	found.problem = glance.problem;
	watching->looked++;
	watching->failed += glance.problem != NULL;
	if (found.seen || found.problem != NULL)
		ARRAY_PUSH(arena, &watching->found, found);
	return write_down(
	    arena, store, watching, &watched, found.seen ? &found.sight : NULL);
}

/* What was told to the public, and not taken back. */
static bool
is_watched(const struct watching *watching, const struct slot *slot,
    const struct entry *said)
{
	return said != NULL && office_opens(watching->office, slot->series) &&
	       said->status != SAID_CANCELLED &&
	       said->status != SAID_POSTPONED &&
	       (slot->life == NULL || slot->life->state == LIFE_DUE ||
		   slot->life->state == LIFE_RELEASED);
}

const struct error *
watch_due(struct arena *arena, struct store *store, struct watching *watching)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < watching->slots->n; i++) {
		const struct slot *slot = &watching->slots->v[i];
		const struct entry *said =
		    view_find(watching->view, slot->release);
		const struct watched *known;
		struct target target;

		if (!is_watched(watching, slot, said) ||
		    !watch_target(arena, slot, said, &target))
			continue;
		known =
		    watches_find(watching->outcomes->watches, slot->release);
		if (!target_is_due(watching, &target, known))
			continue;
		if (watching->looked >= LOOKS_MOST ||
		    watching->failed >= FAILURES_MOST)
			watching->later++;
		else
			error = look(arena, store, watching, &target, known);
	}
	return error;
}
