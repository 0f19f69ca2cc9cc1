/*
 * The public manifest: every file of the tree with size, digest and time, so
 * that a mirror can be checked.  What is below releases/ has one for each
 * series, so that a change among many releases rewrites a short one.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "plan.h"

#define SCHEMA "yugao-manifest/1"

struct listing {
	const struct plan_of_tree *plan;
	const char *series; /* "nbs/cpi/", or "" */
	size_t *v;          /* in the plan, sorted by path */
	size_t n, cap;
};

struct listings {
	struct listing **v;
	size_t n, cap;
};

/* "nbs/cpi/2026-03/index.html" of "en/releases/nbs/cpi/2026-03/index.html";
 * NULL for what is elsewhere. */
static const char *
below_releases(const char *path)
{
	static const char folder[] = "releases/";

	if (strncmp(path, "en/", 3) == 0)
		path += 3;
	if (strncmp(path, folder, sizeof(folder) - 1) != 0)
		return NULL;
	return path + sizeof(folder) - 1;
}

static size_t
series_length(const char *key)
{
	size_t department = strcspn(key, "/") + 1;

	return department + strcspn(key + department, "/") + 1;
}

static struct listing *
find(struct arena *arena, struct listings *all, const char *series, size_t len)
{
	struct listing *listing;
	size_t low = 0, high = all->n, i;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = all->v[middle]->series;
		int order = strncmp(at, series, len);

		if (order == 0 && at[len] == '\0')
			return all->v[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	listing = arena_alloc(arena, sizeof(*listing));
	listing->series = arena_strndup(arena, series, len);
	ARRAY_PUSH(arena, all, listing);
	for (i = all->n - 1; i > low; i--)
		all->v[i] = all->v[i - 1];
	return all->v[low] = listing;
}

struct named {
	const char *path;
	size_t index;
};

static int
compare_named(const void *a, const void *b)
{
	return strcmp(
	    ((const struct named *)a)->path, ((const struct named *)b)->path);
}

static void
sort(struct arena *arena, struct listing *listing)
{
	struct named *v = arena_alloc(arena, (listing->n + 1) * sizeof(*v));
	size_t i;

	for (i = 0; i < listing->n; i++)
		v[i] = (struct named){ listing->plan->v[listing->v[i]].path,
			listing->v[i] };
	qsort(v, listing->n, sizeof(*v), compare_named);
	for (i = 0; i < listing->n; i++)
		listing->v[i] = v[i].index;
}

static void
add(struct arena *arena, struct plan_of_tree *plan, struct listing *listing)
{
	struct planned planned = {
		.type = &planned_manifest, .group = 1, .what = listing
	};
	size_t len = strlen(listing->series), i;

	listing->plan = plan;
	sort(arena, listing);
	for (i = 0; i < listing->n; i++)
		if (plan->v[listing->v[i]].updated.s > planned.updated.s)
			planned.updated = plan->v[listing->v[i]].updated;
	planned.path = len == 0 ? "manifest.json"
				: arena_printf(arena, "manifest/%.*s.json",
				      (int)len - 1, listing->series);
	ARRAY_PUSH(arena, plan, planned);
}

void
manifests_plan(struct arena *arena, struct plan_of_tree *plan)
{
	struct listing *rest = arena_alloc(arena, sizeof(*rest)), *last = NULL;
	struct listings all = { 0 };
	size_t n = plan->n, i;

	rest->series = "";
	for (i = 0; i < n; i++) {
		const char *key = below_releases(plan->v[i].path);

		if (key == NULL) {
			ARRAY_PUSH(arena, rest, i);
			continue;
		}
		/* Those of a series stand together. */
		if (last == NULL ||
		    strncmp(last->series, key, strlen(last->series)) != 0)
			last = find(arena, &all, key, series_length(key));
		ARRAY_PUSH(arena, last, i);
	}
	for (i = 0; i < all.n; i++) {
		ARRAY_PUSH(arena, rest, plan->n);
		add(arena, plan, all.v[i]);
	}
	add(arena, plan, rest);
}

/* Files whose sources are the same are the same, and have the same time. */
static struct digest
manifest_source(struct arena *arena, const struct planned *planned)
{
	const struct listing *listing = planned->what;
	struct hasher *hasher = hasher_new();
	struct digest digest;
	size_t i;

	(void)arena;
	hasher_add(hasher, SCHEMA, sizeof(SCHEMA));
	for (i = 0; i < listing->n; i++) {
		const struct planned *file = &listing->plan->v[listing->v[i]];

		hasher_add(hasher, file->path, strlen(file->path) + 1);
		hasher_add(hasher, &file->source, sizeof(file->source));
	}
	digest = hasher_end(hasher);
	hasher_free(hasher);
	return digest;
}

static void
add_file(struct buf *out, const struct tree_file *file)
{
	char hex[DIGEST_HEX_SIZE], mtime[INSTANT_SIZE];

	buf_puts(out, "{\"path\":");
	buf_json(out, file->path);
	buf_printf(out, ",\"size\":%lld,\"sha256\":\"%s\",\"mtime\":\"%s\"}",
	    (long long)file->size, digest_hex(hex, &file->digest),
	    instant_format(mtime, file->mtime));
}

/* Of what is listed, and not of when it was planned: an edition plans anew
 * what then stays as it was. */
static struct instant
newest(const struct listing *listing)
{
	struct instant at = { 0 };
	size_t i;

	for (i = 0; i < listing->n; i++) {
		const struct planned *file = &listing->plan->v[listing->v[i]];

		if (file->known.mtime.s > at.s)
			at = file->known.mtime;
	}
	return at;
}

static const struct error *
manifest_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const struct listing *listing = writing->planned->what;
	char updated[INSTANT_SIZE];
	struct buf out;
	size_t i;

	(void)store;
	buf_init(&out, arena);
	buf_printf(&out, "{\"schema\":\"" SCHEMA "\",\"updated\":\"%s\",",
	    instant_format(updated, newest(listing)));
	buf_puts(&out, "\"files\":[\n");
	for (i = 0; i < listing->n; i++) {
		buf_puts(&out, i > 0 ? ",\n" : "");
		add_file(&out, &listing->plan->v[listing->v[i]].known);
		writer_add(writer, out.data, out.len);
		buf_clear(&out);
	}
	writer_puts(writer, "\n]}\n");
	return NULL;
}

static const struct error *
manifest_file_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n)
{
	(void)n;
	return planned_stream(arena, store, files, manifest_content);
}

const struct planned_type planned_manifest = { manifest_source,
	manifest_file_write };
