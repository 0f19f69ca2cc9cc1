/* Acts in order of time, and all that name one release. */
#include <yugao/act.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

static int
compare_acts(const void *a, const void *b)
{
	const struct act *x = a, *y = b;
	int order = (x->at.s > y->at.s) - (x->at.s < y->at.s);

	/* Acts of one instant stay in the order of their files and lines. */
	if (order == 0)
		order = strcmp(x->place.file, y->place.file);
	if (order == 0)
		order = x->place.line - y->place.line;
	return order != 0 ? order : x->place.col - y->place.col;
}

/* One key's stand in the order of the acts, which is that of time. */
static int
compare_references(const void *a, const void *b)
{
	const struct act_reference *x = a, *y = b;
	int order = strcmp(x->release, y->release);

	return order != 0 ? order : (x->act > y->act) - (x->act < y->act);
}

void
acts_index(struct arena *arena, struct acts *acts)
{
	size_t i, j, n = 0;

	if (acts->n > 1)
		qsort(acts->v, acts->n, sizeof(*acts->v), compare_acts);
	for (i = 0; i < acts->n; i++)
		n += acts->v[i].n_releases;
	acts->index = arena_alloc(arena, n * sizeof(*acts->index));
	acts->n_index = 0;
	for (i = 0; i < acts->n; i++) {
		const struct act *act = &acts->v[i];

		for (j = 0; j < act->n_releases; j++)
			acts->index[acts->n_index++] = (struct act_reference){
				.release = act->releases[j],
				.act = act,
				.reviewed = act->digests != NULL
						? &act->digests[j]
						: NULL,
			};
	}
	if (n > 1)
		qsort(acts->index, n, sizeof(*acts->index), compare_references);
}

/* The first reference of the index that is not before this key. */
static size_t
index_begin(const struct acts *acts, const char *key)
{
	size_t low = 0, high = acts->n_index;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(acts->index[middle].release, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
is_at(const struct acts *acts, size_t i, const char *key)
{
	return i < acts->n_index && strcmp(acts->index[i].release, key) == 0;
}

/* The key of all releases of its series. */
static const char *
whole_series(struct arena *arena, const char *release)
{
	const char *series = strchr(release, '/');
	const char *period = series == NULL ? NULL : strchr(series + 1, '/');

	return period == NULL ? ""
			      : arena_printf(arena, "%.*s/*",
				    (int)(period - release), release);
}

struct act_list
acts_of(struct arena *arena, const struct acts *acts, const char *release)
{
	const char *series = whole_series(arena, release);
	size_t i = index_begin(acts, release), j = index_begin(acts, series);
	struct act_list list = { 0 };

	while (is_at(acts, i, release) || is_at(acts, j, series)) {
		bool own = is_at(acts, i, release) &&
			   (!is_at(acts, j, series) ||
			       acts->index[i].act <= acts->index[j].act);

		ARRAY_PUSH(arena, &list, acts->index[own ? i++ : j++]);
	}
	return list;
}

const struct act *
acts_last(const struct acts *acts, const char *release)
{
	struct arena *scratch = arena_new();
	struct act_list list = acts_of(scratch, acts, release);
	const struct act *last = list.n > 0 ? list.v[list.n - 1].act : NULL;

	arena_free(scratch);
	return last;
}
