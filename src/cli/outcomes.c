/*
 * What became of releases, out of the database.  What was seen to be out is
 * an input like an act: it stands in no file, and a person's own act prevails.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/schedule.h>

#include "cli.h"

/* Whether the acts leave it to be released. */
static bool
is_due(struct session *session, const char *release)
{
	const struct life *life =
	    life_of(session->arena, &session->acts, release, NULL);

	return life == NULL || life->state == LIFE_DUE;
}

static struct act
act_of(struct session *session, const struct sight *sight)
{
	const char **releases =
	    arena_copy(session->arena, &sight->release, sizeof(*releases));
	char at[INSTANT_SIZE];
	struct buf buf;

	buf_init(&buf, session->arena);
	buf_printf(&buf, "sight %s ", instant_format(at, sight->at));
	buf_json(&buf, sight->release);
	return (struct act){ .kind = ACT_RELEASED,
		.releases = releases,
		.n_releases = 1,
		.url = sight->url,
		.released = sight->at,
		.at = sight->known,
		.department = arena_strndup(session->arena, sight->release,
		    strcspn(sight->release, "/")),
		.year =
		    day_year((struct day){ (int32_t)(sight->at.s / 86400) }),
		.seen = true,
		.place = { .file = session_path(session, STATE_DATABASE) },
		.digest = digest_of(buf.data, buf.len) };
}

/* Acts are in order of time, so all are found before any is added. */
static void
add_seen(struct session *session)
{
	const struct sightings *sightings = session->outcomes.sightings;
	struct acts seen = { 0 };
	size_t i;

	for (i = 0; i < sightings->n; i++) {
		const struct sight *sight = &sightings->v[i];

		if (sight->kind == SIGHT_RELEASED &&
		    (seen.n == 0 || strcmp(seen.v[seen.n - 1].releases[0],
					sight->release) != 0) &&
		    is_due(session, sight->release))
			ARRAY_PUSH(
			    session->arena, &seen, act_of(session, sight));
	}
	for (i = 0; i < seen.n; i++)
		ARRAY_PUSH(session->arena, &session->acts, seen.v[i]);
	if (seen.n > 0)
		acts_index(session->arena, &session->acts);
}

const struct error *
session_outcomes(struct session *session)
{
	struct arena *arena = session->arena;
	struct sightings *sightings = arena_alloc(arena, sizeof(*sightings));
	struct watches *watches = arena_alloc(arena, sizeof(*watches));
	struct copies *copies = arena_alloc(arena, sizeof(*copies));
	struct sheets_made *sheets = arena_alloc(arena, sizeof(*sheets));
	const struct error *error = session_store(session);

	session->outcomes =
	    (struct outcomes){ sightings, watches, copies, sheets };
	if (error != NULL || session->store == NULL)
		return error;
	error = sightings_read(arena, session->store, NULL, sightings);
	if (error == NULL)
		error = watches_read(arena, session->store, watches);
	if (error == NULL)
		error = copies_read(arena, session->store, NULL, copies);
	if (error == NULL)
		error = sheets_read(arena, session->store, NULL, sheets);
	if (error == NULL)
		add_seen(session);
	return error;
}
