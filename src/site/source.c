/* What decides the bytes of each page. */
#include <string.h>

#include "site.h"

static void
hash_text(struct hasher *hasher, const char *text)
{
	if (text == NULL)
		text = "\1";
	hasher_add(hasher, text, strlen(text) + 1);
}

static void
hash_parts(struct hasher *hasher, const struct topic *parts, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		hash_text(hasher, parts[i].id);
		hash_text(hasher, parts[i].name.zh);
		hash_text(hasher, parts[i].name.en);
	}
	hash_text(hasher, NULL);
}

struct digest
source_base(const struct site *site)
{
	struct hasher *hasher = hasher_new();
	const struct office *office = site->office;
	struct digest digest;

	hash_text(hasher, YUGAO_VERSION);
	hash_text(hasher, office->name.zh);
	hash_text(hasher, office->name.en);
	hash_text(hasher, office->url);
	hash_parts(hasher, office->topics, office->n_topics);
	hash_parts(hasher, office->districts, office->n_districts);
	hasher_add(hasher, &site->files.digest, sizeof(site->files.digest));
	digest = hasher_end(hasher);
	hasher_free(hasher);
	return digest;
}

static void
hash_profile(struct hasher *hasher, const struct site *site,
    const struct profile *profile)
{
	if (profile != NULL)
		hasher_add(hasher,
		    &site->view->profiles[profile - site->profiles].id,
		    sizeof(int64_t));
	hash_text(hasher, NULL);
}

/* A release's page shows two profiles; a list may show any. */
static void
hash_profiles(struct hasher *hasher, const struct page *page)
{
	const struct site *site = page->site;
	size_t i;

	if (page->write == page_week)
		return;
	if (page->write == page_release) {
		hash_profile(hasher, site, page->profile);
		hash_profile(
		    hasher, site, find_department(site, page->items.v[0]));
		return;
	}
	for (i = 0; i < site->view->n_profiles; i++)
		hash_profile(hasher, site, &site->profiles[i]);
}

struct digest
source_page(const struct page *page, const char *path)
{
	struct hasher *hasher = hasher_new();
	struct digest digest;
	size_t i;

	hasher_add(hasher, &page->site->base, sizeof(page->site->base));
	hash_text(hasher, path);
	hash_text(hasher, page->title.zh);
	hash_text(hasher, page->title.en);
	hash_text(hasher, page->feed);
	for (i = 0; i < page->items.n; i++)
		hasher_add(hasher, &page->items.v[i]->id, sizeof(int64_t));
	if (page->next != NULL)
		hasher_add(hasher, &page->next->id, sizeof(int64_t));
	hash_profiles(hasher, page);
	digest = hasher_end(hasher);
	hasher_free(hasher);
	return digest;
}

/* Pages about other pages. */
static bool
is_about_pages(const struct page *page)
{
	return page->asset == NULL &&
	       (page->write == page_years || page->write == page_weeks ||
		   page->write == page_departments ||
		   page->write == page_topics ||
		   page->write == page_districts ||
		   page->write == page_all_series ||
		   page->write == page_subscribe ||
		   page->write == page_sitemap || page->write == page_month);
}

/* A month names its neighbours only; the sitemap when each was changed. */
static struct digest
list_digest(const struct site_pages *pages, bool months)
{
	struct hasher *hasher = hasher_new();
	struct digest digest;
	size_t i;

	for (i = 0; i < pages->n; i++) {
		const struct page *page = pages->v[i].what;

		if (months && page->write != page_month)
			continue;
		hash_text(hasher, pages->v[i].path);
		if (months)
			continue;
		hash_text(hasher, page->title.zh);
		hash_text(hasher, page->title.en);
		hasher_add(hasher, &page->items.n, sizeof(page->items.n));
		hasher_add(
		    hasher, &pages->v[i].updated, sizeof(pages->v[i].updated));
	}
	digest = hasher_end(hasher);
	hasher_free(hasher);
	return digest;
}

void
source_lists(struct site_pages *pages)
{
	const struct digest all = list_digest(pages, false);
	const struct digest months = list_digest(pages, true);
	size_t i;

	for (i = 0; i < pages->n; i++) {
		const struct page *page = pages->v[i].what;
		struct digest parts[3];

		if (!is_about_pages(page))
			continue;
		parts[0] = page->site->base;
		parts[1] = pages->v[i].source;
		parts[2] = page->write == page_month ? months : all;
		pages->v[i].source = digest_of(parts, sizeof(parts));
	}
}
