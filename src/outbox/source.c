#include <string.h>

#include <yugao/arena.h>
#include <yugao/file.h>

#include "drain.h"

struct source {
	const char *path;
	bool there;
	struct digest digest;
};

/* Each file is read once a drain, however many portals it goes to. */
struct sources {
	struct arena *arena;
	struct source *v; /* sorted by path */
	size_t n, cap;
};

struct sources *
sources_new(struct arena *arena)
{
	struct sources *sources = arena_alloc(arena, sizeof(*sources));

	sources->arena = arena;
	return sources;
}

/* The first one whose path is not before this one. */
static size_t
find_place(const struct sources *sources, const char *path)
{
	size_t low = 0, high = sources->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(sources->v[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
source_is_whole(
    struct sources *sources, const char *path, const struct digest *digest)
{
	size_t i = find_place(sources, path);
	struct source source;

	if (i == sources->n || strcmp(sources->v[i].path, path) != 0) {
		source.path = arena_strdup(sources->arena, path);
		source.there = file_digest(sources->arena, path, &source.digest,
				   NULL) == NULL;
		ARRAY_PUSH(sources->arena, sources, source);
		memmove(&sources->v[i + 1], &sources->v[i],
		    (sources->n - 1 - i) * sizeof(source));
		sources->v[i] = source;
	}
	return sources->v[i].there &&
	       digest_compare(&sources->v[i].digest, digest) == 0;
}
