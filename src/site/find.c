#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "site.h"

size_t
key_length(const char *release, int parts)
{
	const char *at = release;

	for (; parts > 0; parts--) {
		const char *slash = strchr(at, '/');

		if (slash == NULL)
			return strlen(release);
		at = slash + 1;
	}
	return (size_t)(at - release);
}

size_t
find_end(const struct view *view, size_t first, int parts)
{
	const char *key = view->v[first].release;
	size_t len = key_length(key, parts), i = first;

	while (i < view->n && strncmp(view->v[i].release, key, len) == 0)
		i++;
	return i;
}

static const struct profile *
find_profile(const struct site *site, const char *key, size_t len)
{
	size_t low = 0, high = site->view->n_profiles;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = site->profiles[middle].key;
		int order = strncmp(at, key, len);

		if (order == 0 && at[len] == '\0')
			return &site->profiles[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct profile *
find_series(const struct site *site, const struct entry *entry)
{
	return find_profile(
	    site, entry->release, key_length(entry->release, 2) - 1);
}

const struct profile *
find_department(const struct site *site, const struct entry *entry)
{
	return find_profile(
	    site, entry->release, key_length(entry->release, 1) - 1);
}

bool
has_topic(const struct profile *profile, const char *topic)
{
	size_t i;

	for (i = 0; profile != NULL && i < profile->n_topics; i++)
		if (strcmp(profile->topics[i], topic) == 0)
			return true;
	return false;
}

bool
is_in_district(const struct profile *department, const struct topic *district)
{
	if (department == NULL)
		return false;
	if (department->region != NULL)
		return strcmp(department->region, district->id) == 0;
	return department->government.zh != NULL && district->name.zh != NULL &&
	       strcmp(department->government.zh, district->name.zh) == 0;
}

static int
compare_items(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;

	if (x->start.s != y->start.s)
		return x->start.s < y->start.s ? -1 : 1;
	return strcmp(x->release, y->release);
}

void
items_sort(struct items *items)
{
	if (items->n > 1)
		qsort(items->v, items->n, sizeof(const void *), compare_items);
}
