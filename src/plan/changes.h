/*
 * An act of a row being put together from its cells: what the columns of
 * members say, and what is left to changes.c.
 */
#ifndef PLAN_CHANGES_H
#define PLAN_CHANGES_H

#include "table.h"

/* A row's act being put together. */
struct draft_act {
	struct line *line;
	const struct dated *dated;
	const char *kind; /* "move" */
	bool named;       /* 决定 says so */
	bool bad;
	json_t *value;
	struct cell_item cells;
};

/*
 * What speaks of a decision; as many of them as IMPLYING may stand without
 * 决定, beside a date that has changed.
 */
#define IMPLYING 7
#define OF_DECISIONS 11
extern const enum column of_decisions[OF_DECISIONS];

/* Whether the row's own cell says something: a line above the header says
 * only what holds for rows that have an act. */
bool says(const struct line *line, enum column column);
struct arena *arena_of(const struct line *line);
/* Takes the value; the column is its place. */
void draft_put(struct draft_act *draft, const char *key, json_t *value,
    enum column column);
/* "move" and a column as arguments of a message. */
const char *kind_word(struct arena *arena, const char *kind);
const char *column_word(struct arena *arena, enum column column);
#define REFUSE(draft, column, ...) \
	draft_refuse(              \
	    (draft), (column), MESSAGE(arena_of((draft)->line), __VA_ARGS__))
void draft_refuse(
    struct draft_act *draft, enum column column, struct message message);
/* A point in time; a day alone counts from its beginning, if that will do.
 * NULL after a complaint. */
json_t *make_instant_from(
    struct draft_act *draft, const struct entry_cell *cell, bool day_will_do);
/* All members that are not common to all kinds, and the reason; a decision
 * has none of another's. */
void draft_members(struct draft_act *draft, bool decision);

#endif
