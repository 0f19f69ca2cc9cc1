/*
 * The publish gate: looks at the staged tree beside the one that is served,
 * byte against byte, before it may take its place.
 */
#ifndef TREE_GATE_H
#define TREE_GATE_H

#include <yugao/lint.h>

#include "manifest.h"

/* In order of weight; a person can overrule all but the first. */
enum gate_rule {
	GATE_LINT,     /* a calendar that readers would stumble over */
	GATE_LOST,     /* a UID is gone without ever having been cancelled */
	GATE_SEQUENCE, /* a SEQUENCE falls */
	GATE_SHRUNK,   /* too large a share of a feed leaves it */
	GATE_GONE      /* feeds are no longer made at all */
};

struct gate_finding {
	enum gate_rule rule;
	const char *uid;        /* or NULL */
	const char *path;       /* in the tree */
	int line, col;          /* there, or 0 */
	int64_t was, will;      /* SEQUENCE, or events */
	struct message message; /* GATE_LINT */
};

struct gate {
	struct arena *arena;
	const struct office *office;
	const struct view *view;
	const struct rows *old, *new; /* sorted */
	const char *old_tree, *new_tree;
	struct {
		struct gate_finding *v;
		size_t n, cap;
	} found;
};

/* A finding in a file that was just written. */
void
gate_lint(struct gate *gate, const char *path, const struct finding *finding);
/*
 * Compares every calendar that is not a link to the served one.  What leaves a
 * file because its year did is no loss; what a topic or a district no longer
 * claims is none either, but counts towards the share.
 */
const struct error *gate_compare(struct gate *gate);
/*
 * Tells what was found as diagnostics, and refuses the tree for it unless a
 * person has accepted just that.  refused: where the tree will lie.
 */
const struct error *gate_judge(
    struct gate *gate, const struct tree_gate *order, const char *refused);

#endif
