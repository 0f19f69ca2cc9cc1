/*
 * What is offered to whom.  Portals that take the same, of the same
 * selection, are one class, so that many of them cost one set.
 */
#ifndef OUTBOX_OFFER_H
#define OUTBOX_OFFER_H

#include <yugao/outbox.h>
#include <yugao/store.h>

struct class
{
	enum takes takes;
	const struct portal *portal; /* one of them */
	int64_t after; /* of news: entries up to this one are known */
	const char *key;
};

/* One thing that a class is offered. */
struct offered {
	const char *path;
	struct digest digest;
	int64_t size;
	struct instant at;
	int64_t entry;    /* of news: the newest that it carries; else 0 */
	const char *body; /* NULL: a file of the tree */
};

struct offering {
	struct arena *arena;
	struct store *store;
	const struct office *office;
	const struct tree_files *files;
	struct class *v;
	size_t n, cap;
};

/* Called with each thing in turn; what it points to lives during the call. */
struct sink {
	const struct error *(*take)(
	    void *context, const struct offered *offered);
	void *context;
};

/* offer.c: everything that the class is offered. */
const struct error *offer_class(const struct offering *offering,
    const struct class *class, const struct sink *sink);
/* Whether it gets news, and only those from when it was there. */
bool takes_news(enum takes takes);
/* Whether what is not offered any more is to be taken away. */
bool takes_sets(enum takes takes);
/* Whether what it takes is bytes of the spool, not a file of the tree. */
bool takes_spooled(enum takes takes);

/* selection.c: whether the portal gets this file of the tree. */
bool selection_has_file(
    struct arena *arena, const struct portal *portal, const char *path);
/* Canonical, of all that decides what the portal is offered. */
const char *selection_key(struct arena *arena, const struct portal *portal);

/* seal.c: inside a transaction, signs the bundles that wait. */
const struct error *seal_bundles(
    struct arena *arena, struct store *store, const struct office *office);
/* Both NULL if it is not signed. */
const struct error *seal_read(struct arena *arena, struct store *store,
    const struct digest *digest, const char **signature, const char **key);

/* spool.c: inside a transaction. */
const struct error *spool_add(struct store *store, const struct digest *digest,
    const void *bytes, size_t len);
/* What no waiting message refers to. */
const struct error *spool_sweep(struct store *store);
/* False if it is not there, or not what it was. */
const struct error *spool_read(struct arena *arena, struct store *store,
    const struct digest *digest, const char **bytes, bool *whole);

#endif
