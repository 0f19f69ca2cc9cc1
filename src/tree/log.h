/*
 * The files under log/: what was said, as lines of JSON, one file a calendar
 * year (UTC) so that an old year's never changes again; their index; and the
 * signed checkpoint with its key, where the office has one.
 */
#ifndef TREE_LOG_H
#define TREE_LOG_H

#include "plan.h"

enum log_part { LOG_YEAR, LOG_INDEX, LOG_CHECKPOINT, LOG_KEY };

struct log_file {
	enum log_part part;
	int64_t first, last;     /* LOG_YEAR: its entries */
	struct ledger_head head; /* after the last one */
	const char *office;      /* LOG_INDEX */
	const char *text;        /* of all the others: what is in it */
	/* LOG_INDEX: where the years stand, whose `known` must be known. */
	const struct plan_of_tree *plan;
};

/* Adds the log's files to the plan, the years first. */
const struct error *log_plan(struct arena *arena, struct store *store,
    const struct office *office, struct plan_of_tree *plan);

#endif
