#ifndef TREE_RENDER_H
#define TREE_RENDER_H

#include <yugao/artifact.h>
#include <yugao/file.h>

struct office;
struct store;

/*
 * The rendering of an entry is one row of the cache with a part for each
 * format and language: "ics zh 714\n" and then 714 bytes, and so on.  One
 * row, because a feed's order is not the ledger's and every row costs a page.
 */
const char *
part_key(struct arena *arena, const struct format *format, enum lang lang);
/* False if there is no such part. */
bool part_find(
    const char *rendering, size_t len, const char *key, struct bytes *part);

/* Renders what is missing of an entry's parts, from the ledger. */
const struct error *render_missing(struct arena *arena, struct store *store,
    const struct entry *entry, const char *pages,
    const struct bytes *rendering);
/* The address that items link to; NULL if the office has no pages. */
const char *rendering_pages(const struct office *office);
/* Inside a transaction: empties the cache if it links to another address. */
const struct error *renderings_check(
    struct arena *arena, struct store *store, const struct office *office);

#endif
