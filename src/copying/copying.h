/*
 * What the parts of the module share.
 */
#ifndef COPYING_COPYING_H
#define COPYING_COPYING_H

#include <yugao/buf.h>
#include <yugao/copying.h>

/* One copy that is owed. */
struct owed {
	const struct department *department;
	const struct portal *portal;
	const char *subject;
	int year;                    /* of a plan; 0: of a release */
	const struct entry *release; /* of a release */
	int64_t after, upto; /* of a plan: entries after the one, to the other
			      */
};

/* The bytes of it (config/schema/copy.json), and what of the published file
 * they tell. */
const struct error *copy_write(struct arena *arena, struct store *store,
    const struct copy_run *copying, const struct owed *owed, struct buf *body,
    struct copy *copy);

#endif
