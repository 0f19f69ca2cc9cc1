/* Which pages there are. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "site.h"

struct planning {
	struct arena *arena;
	struct store *store;
	struct site *site;
	struct site_pages *pages;
};

static struct instant
newest(const struct page *page)
{
	struct instant at = page->site->view->edition_at;
	size_t i;

	for (i = 0; i < page->items.n; i++)
		if (page->items.v[i]->at.s > at.s)
			at = page->items.v[i]->at;
	if (page->items.n == 0 && page->site->view->last.s > at.s)
		at = page->site->view->last;
	return at;
}

/* The page in both languages. */
static void
add(struct planning *p, const struct page *given)
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		struct page *page = arena_copy(p->arena, given, sizeof(*given));
		struct site_page out = { .what = page };

		page->site = p->site;
		page->lang = (enum lang)lang;
		out.path = arena_printf(p->arena, "%s%sindex.html",
		    lang == LANG_EN ? "en/" : "", page->folder);
		out.source = source_page(page, out.path);
		out.updated = newest(page);
		ARRAY_PUSH(p->arena, p->pages, out);
	}
}

static struct text
both(struct planning *p, const char *id)
{
	return (struct text){ SAY(p->arena, LANG_ZH, id),
		SAY(p->arena, LANG_EN, id) };
}

/* In whole years, from that one on. */
static void
choose(struct planning *p, struct page *page, int from,
    bool (*belongs)(
	const struct site *site, const struct entry *entry, const void *what),
    const void *what)
{
	const struct items *all = &p->site->all;
	size_t i;

	page->items = (struct items){ .n = 0 };
	for (i = 0; i < all->n; i++)
		if (day_year(all->v[i]->when.last) >= from &&
		    (belongs == NULL || belongs(p->site, all->v[i], what)))
			ARRAY_PUSH(p->arena, &page->items, all->v[i]);
}

static bool
of_department(
    const struct site *site, const struct entry *entry, const void *what)
{
	size_t len = strlen(what);

	(void)site;
	return strncmp(entry->release, what, len) == 0 &&
	       entry->release[len] == '/';
}

static bool
of_topic(const struct site *site, const struct entry *entry, const void *what)
{
	return has_topic(find_series(site, entry), what);
}

static bool
of_district(
    const struct site *site, const struct entry *entry, const void *what)
{
	return is_in_district(find_department(site, entry), what);
}

static const struct error *
publisher_of(
    struct planning *p, const struct entry *entry, struct announcement *said)
{
	const char *json;
	const struct error *error =
	    ledger_said(p->arena, p->store, entry->id, &json);

	return error != NULL ? error : announcement_read(p->arena, json, said);
}

static const struct error *
plan_departments(struct planning *p)
{
	const struct view *view = p->site->view;
	size_t first, end;

	for (first = 0; first < view->n; first = end) {
		const struct entry *entry = &view->v[first];
		const char *id = arena_strndup(p->arena, entry->release,
		    key_length(entry->release, 1) - 1);
		struct announcement said;
		const struct error *error = publisher_of(p, entry, &said);
		struct page page = {
			.write = page_list,
			.folder = arena_printf(p->arena, "departments/%s/", id),
			.profile = find_department(p->site, entry),
		};

		if (error != NULL)
			return error;
		end = find_end(view, first, 1);
		page.feed = page.folder;
		page.title =
		    page.profile != NULL ? page.profile->name : said.publisher;
		choose(p, &page, view->edition - 1, of_department, id);
		add(p, &page);
	}
	return NULL;
}

static void
plan_parts(struct planning *p, const char *folder, const struct topic *parts,
    size_t n, bool districts)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct page page = {
			.write = page_list,
			.folder = arena_printf(
			    p->arena, "%s/%s/", folder, parts[i].id),
			.title = parts[i].name,
		};

		/* The feeds stand where anything was ever said. */
		choose(p, &page, 0, districts ? of_district : of_topic,
		    districts ? (const void *)&parts[i]
			      : (const void *)parts[i].id);
		if (page.items.n == 0)
			continue;
		page.feed = page.folder;
		choose(p, &page, p->site->view->edition - 1,
		    districts ? of_district : of_topic,
		    districts ? (const void *)&parts[i]
			      : (const void *)parts[i].id);
		add(p, &page);
	}
}

/* Its releases; and the page of the series itself. */
static struct items
series_items(struct planning *p, size_t first, size_t end)
{
	struct items items = { .n = 0 };

	for (; first < end; first++)
		ARRAY_PUSH(p->arena, &items, &p->site->view->v[first]);
	items_sort(&items);
	return items;
}

static const struct error *
plan_series(struct planning *p)
{
	const struct view *view = p->site->view;
	size_t first, end;

	for (first = 0; first < view->n; first = end) {
		const struct entry *entry = &view->v[first];
		struct page page = {
			.write = page_series,
			.folder = arena_printf(p->arena, "series/%.*s",
			    (int)key_length(entry->release, 2), entry->release),
			.profile = find_series(p->site, entry),
		};
		struct announcement said;
		const struct error *error = publisher_of(p, entry, &said);

		if (error != NULL)
			return error;
		end = find_end(view, first, 2);
		page.feed = page.folder;
		page.items = series_items(p, first, end);
		page.title =
		    page.profile != NULL ? page.profile->name : said.title;
		add(p, &page);
	}
	return NULL;
}

/* The first after it that is still to be. */
static const struct entry *
next_of(const struct items *items, size_t at)
{
	while (++at < items->n)
		if (items->v[at]->status != SAID_CANCELLED)
			return items->v[at];
	return NULL;
}

static void
plan_releases(struct planning *p)
{
	const struct view *view = p->site->view;
	size_t first, end, i;

	for (first = 0; first < view->n; first = end) {
		const struct profile *profile =
		    find_series(p->site, &view->v[first]);
		struct items items;

		end = find_end(view, first, 2);
		items = series_items(p, first, end);
		for (i = 0; i < items.n; i++) {
			struct page page = {
				.write = page_release,
				.folder = arena_printf(p->arena, "releases/%s/",
				    items.v[i]->release),
				.items = { &items.v[i], 1, 1 },
				.next = next_of(&items, i),
				.profile = profile,
			};

			add(p, &page);
		}
	}
}

static void
add_items(struct planning *p, struct page *page, int year, int month)
{
	const struct items *all = &p->site->all;
	size_t i;

	page->items = (struct items){ .n = 0 };
	page->year = year;
	page->month = month;
	for (i = 0; i < all->n; i++) {
		int at_year, at_month, mday;

		day_parts(
		    all->v[i]->when.start.day, &at_year, &at_month, &mday);
		if (at_year == year && (month == 0 || at_month == month))
			ARRAY_PUSH(p->arena, &page->items, all->v[i]);
	}
}

static void
plan_year(struct planning *p, int year)
{
	struct page page = {
		.write = page_year,
		.folder = arena_printf(p->arena, "years/%04d/", year),
	};
	const char *number = arena_printf(p->arena, "%d", year);
	int month;

	page.title.zh = SAY(p->arena, LANG_ZH, "site.year_title", number);
	page.title.en = SAY(p->arena, LANG_EN, "site.year_title", number);
	add_items(p, &page, year, 0);
	if (page.items.n == 0)
		return;
	if (year < p->site->view->edition)
		page.feed = arena_printf(p->arena, "archive/%04d/", year);
	add(p, &page);
	page.site = p->site;
	schedule_plan(p->arena, &page, p->pages);
	for (month = 1; month <= 12; month++) {
		struct page grid = {
			.write = page_month,
			.folder = arena_printf(
			    p->arena, "months/%04d-%02d/", year, month),
		};
		const char *id =
		    arena_printf(p->arena, "@artifact.month_%02d", month);
		const char *digits = arena_printf(p->arena, "%d", year);

		grid.title.zh =
		    SAY(p->arena, LANG_ZH, "artifact.month", digits, id);
		grid.title.en =
		    SAY(p->arena, LANG_EN, "artifact.month", digits, id);
		add_items(p, &grid, year, month);
		if (grid.items.n > 0)
			add(p, &grid);
	}
}

static void
plan_years(struct planning *p)
{
	const struct items *all = &p->site->all;
	int first, last, year;

	if (all->n == 0)
		return;
	first = day_year(all->v[0]->when.start.day) - 1;
	last = day_year(all->v[all->n - 1]->when.start.day) + 1;
	for (year = first; year <= last; year++)
		plan_year(p, year);
}

static const struct error *
plan_changes(struct planning *p)
{
	struct page page = {
		.write = page_changes,
		.folder = "changes/",
		.title = both(p, "site.nav_changes"),
	};
	struct entries entries;
	const struct error *error =
	    ledger_recent(p->arena, p->store, NULL, 200, &entries);
	size_t i;

	if (error != NULL)
		return error;
	for (i = 0; i < entries.n; i++)
		ARRAY_PUSH(p->arena, &page.items, &entries.v[i]);
	add(p, &page);
	return NULL;
}

static void
plan_assets(struct planning *p)
{
	const struct site_files *files = &p->site->files;
	size_t i;

	for (i = 0; i < files->n; i++) {
		struct page page = { .site = p->site, .asset = &files->v[i] };
		struct site_page out = {
			.path = arena_printf(
			    p->arena, "assets/%s", files->v[i].name),
			.source = digest_of(
			    files->v[i].bytes.data, files->v[i].bytes.len),
			.updated = p->site->view->edition_at,
			.what = arena_copy(p->arena, &page, sizeof(page)),
		};

		ARRAY_PUSH(p->arena, p->pages, out);
	}
}

static void
add_plain(struct planning *p, const char *folder, const char *id,
    const struct error *(*write)(struct pen *pen))
{
	const struct page page = {
		.write = write, .folder = folder, .title = both(p, id)
	};

	add(p, &page);
}

static void
plan_indexes(struct planning *p)
{
	const struct office *office = p->site->office;

	add_plain(p, "years/", "site.nav_years", page_years);
	add_plain(p, "weeks/", "site.weeks", page_weeks);
	add_plain(p, "departments/", "site.nav_departments", page_departments);
	if (office->n_topics > 0)
		add_plain(p, "topics/", "site.nav_topics", page_topics);
	if (office->n_districts > 0)
		add_plain(
		    p, "districts/", "site.nav_districts", page_districts);
	add_plain(p, "series/", "site.nav_series", page_all_series);
	add_plain(p, "subscribe/", "site.nav_subscribe", page_subscribe);
}

static void
plan_sitemap(struct planning *p)
{
	struct page page = { .site = p->site, .write = page_sitemap };
	struct site_page out = {
		.path = "sitemap.xml",
		.updated = p->site->view->last,
		.what = arena_copy(p->arena, &page, sizeof(page)),
	};

	ARRAY_PUSH(p->arena, p->pages, out);
}

static const struct error *
read_profiles(struct planning *p)
{
	const struct view *view = p->site->view;
	struct profile *v =
	    arena_alloc(p->arena, view->n_profiles * sizeof(*v));
	const struct error *error = NULL;
	const char *said;
	size_t i;

	for (i = 0; i < view->n_profiles && error == NULL; i++) {
		error = ledger_said(
		    p->arena, p->store, view->profiles[i].id, &said);
		if (error == NULL)
			error = profile_read(p->arena, said, &v[i]);
	}
	p->site->profiles = v;
	return error;
}

/* The topics or districts of which anything was ever said. */
static struct topic *
used_parts(
    struct planning *p, const struct topic *parts, size_t *n, bool districts)
{
	struct topic *used = arena_alloc(p->arena, *n * sizeof(*used));
	size_t i, n_used = 0;

	for (i = 0; i < *n; i++) {
		struct page page = { .site = p->site };

		choose(p, &page, 0, districts ? of_district : of_topic,
		    districts ? (const void *)&parts[i]
			      : (const void *)parts[i].id);
		if (page.items.n > 0)
			used[n_used++] = parts[i];
	}
	*n = n_used;
	return used;
}

/* No page may name a part that only what is closed belongs to. */
static const struct office *
office_as_said(struct planning *p, const struct office *office)
{
	struct office *said = arena_copy(p->arena, office, sizeof(*office));

	said->topics = used_parts(p, office->topics, &said->n_topics, false);
	said->districts =
	    used_parts(p, office->districts, &said->n_districts, true);
	return said;
}

const struct error *
site_plan(struct arena *arena, struct store *store, const struct office *office,
    const struct view *view, struct site_pages *pages)
{
	struct site *site = arena_alloc(arena, sizeof(*site));
	struct planning p = { arena, store, site, pages };
	struct page home = {
		.write = page_home,
		.folder = "",
		.feed = "",
		.title = office->name,
	};
	const struct error *error;
	size_t i;

	*pages = (struct site_pages){ .n = 0 };
	site->office = office;
	site->view = view;
	site->pages = pages;
	if ((error = site_files_read(arena, office, &site->files)) != NULL ||
	    (error = read_profiles(&p)) != NULL)
		return error;
	for (i = 0; i < view->n; i++)
		ARRAY_PUSH(arena, &site->all, &view->v[i]);
	items_sort(&site->all);
	office = site->office = office_as_said(&p, office);
	site->base = source_base(site);
	plan_assets(&p);
	choose(&p, &home, view->edition, NULL, NULL);
	add(&p, &home);
	plan_indexes(&p);
	plan_parts(&p, "topics", office->topics, office->n_topics, false);
	plan_parts(
	    &p, "districts", office->districts, office->n_districts, true);
	plan_years(&p);
	if ((error = week_plan(arena, store, site, pages)) != NULL ||
	    (error = plan_changes(&p)) != NULL ||
	    (error = plan_departments(&p)) != NULL ||
	    (error = plan_series(&p)) != NULL)
		return error;
	plan_releases(&p);
	plan_sitemap(&p);
	source_lists(pages);
	return NULL;
}

static const char *
ups(struct arena *arena, const char *folder)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (; *folder != '\0'; folder++)
		if (*folder == '/')
			buf_puts(&buf, "../");
	return buf.data == NULL ? "" : buf.data;
}

const struct error *
site_write_book(struct arena *arena, struct store *store,
    const struct site_page *what, const char *path)
{
	struct pen pen = { .arena = arena, .store = store, .page = what->what };

	return schedule_write(&pen, path);
}

static const struct error *
write_text(struct pen *pen, struct buf *out)
{
	const struct error *error;
	struct buf text;

	buf_init(&text, pen->arena);
	pen->markup.out = &text;
	if ((error = pen->page->write(pen)) == NULL)
		markup_plain(out, text.data);
	return error;
}

const struct error *
site_write(struct arena *arena, struct store *store,
    const struct site_page *what, struct buf *out)
{
	const struct page *page = what->what;
	struct pen pen = { .arena = arena, .store = store, .page = page };

	if (page->text)
		return write_text(&pen, out);
	if (page->asset != NULL) {
		buf_add(out, page->asset->bytes.data, page->asset->bytes.len);
		return NULL;
	}
	if (page->folder != NULL) {
		pen.root = ups(arena, page->folder);
		pen.top = page->lang == LANG_EN
			      ? arena_printf(arena, "%s../", pen.root)
			      : pen.root;
	}
	pen.markup =
	    markup_begin(out, page->folder == NULL ? MARKUP_XML : MARKUP_HTML);
	return page->write(&pen);
}
