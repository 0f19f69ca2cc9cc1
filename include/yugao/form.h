/*
 * Spreadsheets for people: an empty plan to fill in, and one that comes back
 * with what is wrong written beside it.
 */
#ifndef YUGAO_FORM_H
#define YUGAO_FORM_H

#include <yugao/day.h>
#include <yugao/diag.h>

struct arena;
struct error;

/* An empty .xlsx of that year: header, notes, drop-downs, examples. */
const struct error *plan_template(struct arena *arena, const char *path,
    int year, enum lang lang, struct instant made);
/*
 * The cells of the .csv or .xlsx `from` as the .xlsx `to`, with one column
 * more: what the diagnostics of that file say of each row.
 */
const struct error *
plan_annotate(struct arena *arena, const char *from, const char *to,
    const struct diags *diags, enum lang lang, struct instant made);

#endif
