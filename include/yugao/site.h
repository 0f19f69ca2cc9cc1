/*
 * The pages that people read, in Chinese and English: which there are, and
 * the bytes of each.  Everything works without a script; no page loads
 * anything from another host, and none has inline style or script, so that
 * they obey default-src 'none' with 'self' for style, script and images.
 */
#ifndef YUGAO_SITE_H
#define YUGAO_SITE_H

#include <yugao/buf.h>
#include <yugao/digest.h>
#include <yugao/ledger.h>
#include <yugao/office.h>

struct site_page {
	const char *path;       /* "index.html", "assets/site.css" */
	struct digest source;   /* of all that decides its bytes */
	struct instant updated; /* newest entry in it */
	bool book;              /* a workbook, for site_write_book() */
	const void *what;       /* the module's own */
};

struct site_pages {
	struct site_page *v;
	size_t n, cap;
};

/*
 * Of the office's folder with fragments, stylesheet, script and logo.  An
 * error of kind ERROR_INPUT if a fragment is missing.
 */
const struct error *site_files_digest(
    struct arena *arena, const struct office *office, struct digest *digest);

/*
 * Lists every page and asset.  Reads that folder, and of the ledger the view
 * and the profiles; the announcements are read when a page is written.
 */
const struct error *
site_plan(struct arena *arena, struct store *store, const struct office *office,
    const struct view *view, struct site_pages *pages);

/* Adds the bytes of one page.  Leaves garbage in the arena: a loop brings one
 * that it resets. */
const struct error *site_write(struct arena *arena, struct store *store,
    const struct site_page *page, struct buf *out);

/* The same of a workbook, to a file that is not there yet. */
const struct error *site_write_book(struct arena *arena, struct store *store,
    const struct site_page *page, const char *path);

#endif
