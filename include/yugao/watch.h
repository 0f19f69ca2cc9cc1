/*
 * What was seen of results at the addresses where they appear, and where
 * watching them stands.  What was seen is in the internal record (kind
 * "sight"), so that the past can be told from the database alone; where
 * watching stands is a table that may be lost.  Neither is ever public.
 */
#ifndef YUGAO_WATCH_H
#define YUGAO_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/day.h>
#include <yugao/digest.h>

struct arena;
struct error;
struct store;

enum sight_kind {
	SIGHT_EARLY,    /* the result answered before its time: C1, C5 */
	SIGHT_RELEASED, /* it is out: C2 */
	SIGHT_BASELINE, /* its file, of a release that an act told of */
	SIGHT_ALTERED,  /* its file is another than before: I3 */
	SIGHT_INTACT    /* the term of looking again has ended: I3 */
};

struct sight {
	enum sight_kind kind;
	const char *release;
	const char *url;
	struct instant at; /* when it was seen first; INTACT: seen last */
	bool has_absent;
	struct instant absent; /* when it was seen last not to be there */
	bool has_digest;
	struct digest digest; /* of the file as it was served */
	/* When the program knew: its record's time.  Set by reading. */
	struct instant known;
};

struct sightings {
	struct sight *v; /* sorted by release, then as they were seen */
	size_t n, cap;
};

/* Those that were known at that instant; NULL: all. */
const struct error *sightings_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct sightings *sightings);
/* Those of one release, a part of all; NULL and 0 if there are none. */
const struct sight *
sightings_of(const struct sightings *sightings, const char *release, size_t *n);
/* The last of this kind, or NULL. */
const struct sight *sightings_last(const struct sightings *sightings,
    const char *release, enum sight_kind kind);
/* Inside a transaction; `now` is the record's time. */
const struct error *sight_append(struct arena *arena, struct store *store,
    const struct sight *sight, struct instant now);

/* Where watching one release stands; zero: it never was looked at. */
struct watched {
	const char *release;
	const char *url; /* that was asked; another one begins anew */
	bool has_looked, has_absent, has_present, has_digest;
	struct instant looked;  /* last, whatever came of it */
	struct instant absent;  /* last seen not to be there */
	struct instant present; /* first seen to be there, since absent */
	bool answers;           /* it was there when looked at last */
	struct digest digest;   /* of what was there last */
	/* For asking again; or NULL. */
	const char *etag, *modified;
	int failures; /* in a row: neither there nor not there */
	/* Of the last failure: '@' and a catalogue id; or NULL. */
	const char *problem;
};
struct watches {
	struct watched *v; /* sorted by release */
	size_t n, cap;
};
const struct error *
watches_read(struct arena *arena, struct store *store, struct watches *watches);
const struct watched *
watches_find(const struct watches *watches, const char *release);
/* Inside a transaction. */
const struct error *
watched_write(struct store *store, const struct watched *watched);

#endif
