/*
 * A department that publishes, who answers for it, and whom it copies to.
 */
#ifndef YUGAO_DEPARTMENT_H
#define YUGAO_DEPARTMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/day.h>
#include <yugao/message.h>

/* A person in charge; dates of the term only if its flag says so. */
struct officer {
	const char *name; /* never made public */
	struct day from, until;
	bool has_from, has_until;
};

/* From when on a rule blocks; before it, it warns. */
struct enforcement {
	const char *rule; /* "B3"; others have the department's enforce_from */
	struct day from;
};

/* The statistics institution that copies go to (C07): G1. */
struct institution {
	const char *id; /* or NULL */
	struct text name;
	const char *level, *region; /* as a department's */
};

struct department {
	const char *id;
	struct text name;
	/* GB/T 2260; NULL for a vertically managed unit or a 开发区, which
	 * name the government above them instead. */
	const char *region;
	struct text government;
	const char *level; /* national, city, county */
	const char *url;
	const struct text *units; /* that do statistics (C08): H2, H3 */
	size_t n_units;
	struct text lead_unit;        /* C09 */
	const struct officer *leader; /* responsible leader: H1 */
	const struct officer *head;   /* statistics head: H2 */
	struct day head_told;         /* the bureau, if has_: H6 */
	bool has_head_told;
	const struct institution *institution; /* of the same level, or NULL */
	/* Who may see figures before they are out, none of it public; NULL:
	 * the list is not kept (C6).  n = 0: nobody may. */
	const char *const *access;
	size_t n_access;
	struct text contact_unit;
	const char *contact_phone;
	const char *contact_person; /* NULL unless switched on: H4 */
	const struct enforcement *enforcement;
	size_t n_enforcement;
	struct day enforce_from; /* blocks before it are warnings */
	bool has_enforce_from;
};

#endif
