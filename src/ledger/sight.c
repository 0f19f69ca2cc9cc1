/*
 * What was seen of results, out of the record.
 */
#include <yugao/watch.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "outcome.h"

static const char *const kinds[] = {
	[SIGHT_EARLY] = "early",
	[SIGHT_RELEASED] = "released",
	[SIGHT_BASELINE] = "baseline",
	[SIGHT_ALTERED] = "altered",
	[SIGHT_INTACT] = "intact",
};

const struct error *
sight_append(struct arena *arena, struct store *store,
    const struct sight *sight, struct instant now)
{
	struct record record = {
		.kind = RECORD_SIGHT, .at = now, .subject = sight->release
	};
	struct buf buf;

	buf_init(&buf, arena);
	outcome_instant(
	    &buf, "absent", sight->has_absent ? &sight->absent : NULL);
	outcome_instant(&buf, "at", &sight->at);
	outcome_digest(
	    &buf, "digest", sight->has_digest ? &sight->digest : NULL);
	outcome_string(&buf, "kind", kinds[sight->kind]);
	outcome_string(&buf, "url", sight->url);
	buf_putc(&buf, '}');
	record.body = buf.data;
	return record_append(arena, store, &record);
}

static bool
sight_of_row(struct arena *arena, struct query *query, struct sight *sight)
{
	int kind = outcome_word(query_text(query, 2), kinds, COUNT(kinds));

	*sight = (struct sight){ .release =
				     arena_strdup(arena, query_text(query, 0)),
		.known = { query_int(query, 1) },
		.url = arena_string(arena, query_text(query, 6)) };
	if (kind < 0 || !instant_parse(query_text(query, 3), &sight->at))
		return false;
	sight->kind = (enum sight_kind)kind;
	sight->has_absent = !query_is_null(query, 4) &&
			    instant_parse(query_text(query, 4), &sight->absent);
	sight->has_digest =
	    !query_is_null(query, 5) &&
	    digest_parse(query_text(query, 5), &sight->digest) == 0;
	return true;
}

const struct error *
sightings_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct sightings *sightings)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT subject, at, body ->> '$.kind', body ->> '$.at',"
	    " body ->> '$.absent', body ->> '$.digest', body ->> '$.url'"
	    " FROM record WHERE kind = 'sight' AND at <= ?"
	    " ORDER BY subject, id",
	    &query);
	struct sight sight;
	bool row;

	*sightings = (struct sightings){ 0 };
	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	while ((error = query_next(query, &row)) == NULL && row)
		if (sight_of_row(arena, query, &sight))
			ARRAY_PUSH(arena, sightings, sight);
	query_close(query);
	return error;
}

const struct sight *
sightings_of(const struct sightings *sightings, const char *release, size_t *n)
{
	size_t low = 0, high = sightings == NULL ? 0 : sightings->n;

	*n = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(sightings->v[middle].release, release) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (sightings != NULL && low + *n < sightings->n &&
	       strcmp(sightings->v[low + *n].release, release) == 0)
		(*n)++;
	return *n > 0 ? &sightings->v[low] : NULL;
}

const struct sight *
sightings_last(const struct sightings *sightings, const char *release,
    enum sight_kind kind)
{
	size_t n;
	const struct sight *v = sightings_of(sightings, release, &n);

	while (n > 0 && v[n - 1].kind != kind)
		n--;
	return n > 0 ? &v[n - 1] : NULL;
}
