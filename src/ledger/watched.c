/*
 * Where watching stands: a cache, so that an address is asked no more often
 * than it must be.
 */
#include <yugao/watch.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "entry.h"
#include "outcome.h"

static bool
instant_at(struct query *query, int column, struct instant *instant)
{
	instant->s = query_int(query, column);
	return !query_is_null(query, column);
}

static struct watched
watched_of_row(struct arena *arena, struct query *query)
{
	struct watched watched = {
		.release = arena_strdup(arena, query_text(query, 0)),
		.url = arena_string(arena, query_text(query, 1)),
		.answers = query_int(query, 5) != 0,
		.etag = arena_string(arena, query_text(query, 7)),
		.modified = arena_string(arena, query_text(query, 8)),
		.failures = (int)query_int(query, 9),
		.problem = arena_string(arena, query_text(query, 10)),
	};

	watched.has_looked = instant_at(query, 2, &watched.looked);
	watched.has_absent = instant_at(query, 3, &watched.absent);
	watched.has_present = instant_at(query, 4, &watched.present);
	watched.has_digest = row_digest(query, 6, &watched.digest);
	return watched;
}

const struct error *
watches_read(struct arena *arena, struct store *store, struct watches *watches)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT release, url, looked, absent, present, answers, digest,"
	    " etag, modified, failures, problem FROM watch ORDER BY release",
	    &query);
	bool row;

	*watches = (struct watches){ 0 };
	if (error != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row)
		ARRAY_PUSH(arena, watches, watched_of_row(arena, query));
	query_close(query);
	return error;
}

const struct watched *
watches_find(const struct watches *watches, const char *release)
{
	size_t low = 0, high = watches == NULL ? 0 : watches->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(watches->v[middle].release, release);

		if (order == 0)
			return &watches->v[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void
set_instant(
    struct query *query, int parameter, bool has, struct instant instant)
{
	if (has)
		query_set_int(query, parameter, instant.s);
}

const struct error *
watched_write(struct store *store, const struct watched *watched)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT OR REPLACE INTO watch (release, url, looked, absent,"
	    " present, answers, digest, etag, modified, failures, problem)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
	    &query);

	if (error != NULL)
		return error;
	query_set_text(query, 1, watched->release);
	query_set_text(query, 2, watched->url);
	set_instant(query, 3, watched->has_looked, watched->looked);
	set_instant(query, 4, watched->has_absent, watched->absent);
	set_instant(query, 5, watched->has_present, watched->present);
	query_set_int(query, 6, watched->answers);
	if (watched->has_digest)
		query_set_bytes(query, 7, watched->digest.bytes,
		    sizeof(watched->digest.bytes));
	query_set_text(query, 8, watched->etag);
	query_set_text(query, 9, watched->modified);
	query_set_int(query, 10, watched->failures);
	query_set_text(query, 11, watched->problem);
	error = query_run(query);
	query_close(query);
	return error;
}
