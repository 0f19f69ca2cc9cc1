/*
 * What the pages share: everything that was said, sorted; the office's files;
 * and the pen that a page is written with.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <yugao/file.h>
#include <yugao/markup.h>
#include <yugao/site.h>

/* The office's folder. */
struct asset {
	const char *name;
	struct bytes bytes;
};
struct site_files {
	struct bytes header[LANG_COUNT], footer[LANG_COUNT];
	struct asset *v;
	size_t n, cap;
	struct digest digest;
};
const struct error *site_files_read(
    struct arena *arena, const struct office *office, struct site_files *files);

/* Releases in order of start, then of key. */
struct items {
	const struct entry **v;
	size_t n, cap;
};

struct site {
	const struct office *office;
	const struct view *view;
	const struct profile *profiles; /* beside view->profiles */
	struct site_files files;
	struct items all;
	struct digest base; /* of what stands on every page */
	const struct site_pages *pages;
};

struct pen;
struct page {
	const struct site *site;
	const struct error *(*write)(struct pen *pen);
	enum lang lang;
	const char *folder; /* "", "departments/nbs/"; without the language */
	struct text title;
	const char *feed; /* folder of its feeds, or NULL */
	struct items items;
	const struct entry *next;      /* a release's: of its series */
	const struct profile *profile; /* what it is about, or NULL */
	int year, month;
	struct day first; /* a week's Monday */
	bool text;        /* no markup */
	bool book;        /* nor text: a workbook */
	struct instant made;
	const struct asset *asset;
};

struct pen {
	struct arena *arena; /* of one row, in a list */
	struct store *store;
	const struct page *page;
	struct markup markup;
	const char *root; /* to the language's first page: "", "../" */
	const char *top;  /* to the tree's */
};

/* frame.c: all of a page that is not its own. */
void frame_begin(struct pen *pen, const char *title);
void frame_end(struct pen *pen);

/* pen.c: short forms of the markup writer's verbs. */
const char *pen_say(struct pen *pen, const char *id);
void pen_open(struct pen *pen, const char *element, const char *class);
void pen_close(struct pen *pen);
void pen_text(struct pen *pen, const char *text);
void pen_put(
    struct pen *pen, const char *element, const char *class, const char *text);
/* Right after an element is opened: says so if the text is in the other
 * language, for want of one in the page's (WCAG 3.1.2). */
void pen_language(struct pen *pen, const struct text *text);
/* The sentence of this id as an element. */
void pen_words(
    struct pen *pen, const char *element, const char *class, const char *id);
/* To a page in this language: "departments/nbs/". */
void pen_link(struct pen *pen, const char *folder, const char *text);
/* To anything below the tree's root: "log/2025.jsonl". */
void pen_link_file(struct pen *pen, const char *path, const char *text);
/* To somewhere else; the text alone if the address is unfit. */
void pen_link_out(struct pen *pen, const char *url, const char *text);
/* A JSON block; its "<" and ">" are written as \u003c and \u003e. */
void pen_data(struct pen *pen, const char *json);
const struct error *
pen_said(struct pen *pen, const struct entry *entry, struct announcement *said);
/* Where the file of a feed is served, in this page's language. */
const char *pen_address(struct pen *pen, const char *folder, const char *file);
const char *pen_number(struct pen *pen, int64_t n);

/* list.c */
const struct error *list_write(struct pen *pen);
void badge_write(struct pen *pen, const struct announcement *said);

/* find.c: of what is said. */
const struct profile *
find_series(const struct site *site, const struct entry *entry);
const struct profile *
find_department(const struct site *site, const struct entry *entry);
/* Where the releases end that share the key's first `parts` parts. */
size_t find_end(const struct view *view, size_t first, int parts);
/* "nbs/cpi/" of "nbs/cpi/2026-03" for 2 parts. */
size_t key_length(const char *release, int parts);
void items_sort(struct items *items);
bool has_topic(const struct profile *profile, const char *topic);
bool
is_in_district(const struct profile *department, const struct topic *district);

/* week.c: adds the text of every week. */
const struct error *week_plan(struct arena *arena, struct store *store,
    const struct site *site, struct site_pages *pages);

/* source.c: of what stands on every page; of one; and then, once all are
 * listed, of those that are about other pages. */
struct digest source_base(const struct site *site);
struct digest source_page(const struct page *page, const char *path);
void source_lists(struct site_pages *pages);

/* year.c: series below each other, each with its releases in order. */
struct items year_rows(struct arena *arena, const struct items *items);
/* Where the row ends that begins at `first`. */
size_t year_row_end(const struct items *rows, size_t first);
/* "9/一 09:30", with what has become of it in front. */
const char *year_cell(struct pen *pen, const struct entry *entry);
const struct error *year_series(struct pen *pen, const struct entry *entry,
    struct text *name, struct text *publisher);
int year_month(const struct entry *entry);
/* What stands below the table; each text once. */
struct notes {
	struct arena *arena;
	const char **v;
	size_t n, cap;
};
/* The number of the release's note, from 1; 0 without one. */
const struct error *year_note(struct pen *pen, const struct entry *entry,
    struct notes *notes, size_t *number);
/* schedule.c: the same as a workbook. */
void schedule_plan(
    struct arena *arena, const struct page *year, struct site_pages *pages);
const struct error *schedule_write(struct pen *pen, const char *path);

/* One function a kind of page. */
const struct error *page_home(struct pen *pen);
const struct error *page_list(struct pen *pen);
const struct error *page_series(struct pen *pen);
const struct error *page_release(struct pen *pen);
const struct error *page_changes(struct pen *pen);
const struct error *page_subscribe(struct pen *pen);
const struct error *page_week(struct pen *pen);
const struct error *page_weeks(struct pen *pen);
const struct error *page_month(struct pen *pen);
const struct error *page_year(struct pen *pen);
const struct error *page_years(struct pen *pen);
const struct error *page_departments(struct pen *pen);
const struct error *page_topics(struct pen *pen);
const struct error *page_districts(struct pen *pen);
const struct error *page_all_series(struct pen *pen);
const struct error *page_sitemap(struct pen *pen);

/* profile.c: of a series or a department. */
void profile_fields(struct pen *pen, const struct profile *profile);
void profile_contact(struct pen *pen, const struct profile *series,
    const struct profile *department);
/* A row of a list of facts; nothing without a value. */
void fact(struct pen *pen, const char *id, const char *value);

/* subscribe.c: the ways to subscribe to the feeds of a folder. */
void subscribe_box(struct pen *pen, const char *folder);
/* qr.c: as an inline picture; nothing if it does not fit. */
void qr_write(struct pen *pen, const char *text, const char *label);

#endif
