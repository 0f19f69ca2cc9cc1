/*
 * Acts: decisions about releases, each with reason, role, time and document
 * number.  acts/<department>-<year>.json, append-only, in order of time.
 * The plan says what is wanted; an act says why it differs from what was
 * said.
 */
#ifndef YUGAO_ACT_H
#define YUGAO_ACT_H

#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/digest.h>
#include <yugao/file.h>
#include <yugao/message.h>

enum act_kind { ACT_MOVE, ACT_CANCEL };

struct act {
	enum act_kind kind;
	const char *const *releases; /* keys */
	size_t n_releases;
	struct moment to; /* ACT_MOVE; minute NO_TIME keeps the rule's */
	struct text reason;
	const char *reason_code; /* policy change.reason_codes, or NULL */
	const char *role;        /* stat_head, responsible_leader, … */
	const char *document;    /* 文号, or NULL */
	struct instant at;
	int year; /* of its file */
	struct place place;
	struct digest digest; /* of all that is written of it, canonical */
};

struct acts {
	struct act *v; /* in order of time */
	size_t n, cap;
};

/*
 * Every file of the folder; a folder that is not there holds no acts.  Of a
 * file with a mistake none is taken, and its department stops.
 */
const struct error *acts_read(struct arena *arena, const char *directory,
    struct diags *diags, struct acts *acts);
/* The last act that names this release, or NULL. */
const struct act *acts_last(const struct acts *acts, const char *release);

#endif
