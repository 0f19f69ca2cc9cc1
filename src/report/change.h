/*
 * What is told of a change, whether its slot is there or only what was said.
 */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include <yugao/report.h>

#include "document.h"

/* The time that it announces, or that it cancels. */
struct moment change_when(const struct change *change);
struct instant change_start(const struct change *change);
enum said_status change_status(const struct change *change);
/* Whether another time than this was said. */
bool change_moves(const struct change *change);
const char *
change_title(const struct report *report, const struct change *change);
/* "原因（统计负责人，文号）", or "" */
const char *
change_reason(const struct report *report, const struct change *change);
/* The members "reason" and "act". */
void change_document(struct document *document, const struct change *change);
/* "统计负责人" of stat_head; another role as it stands. */
const char *tell_role(struct arena *arena, enum lang lang, const char *role);
/* Of a change; that there is none, where it lacks. */
const char *
tell_reason(struct arena *arena, enum lang lang, const struct act *act);

/* "新增 174 · 推迟 1" */
const char *
changes_counted(const struct report *report, const struct changes *changes);
/* The last line: how many, what is held back, what stays. */
const char *
changes_summary(const struct report *report, const struct changes *changes);
/* The members of a summary. */
void changes_document(struct document *document, const struct changes *changes);

#endif
