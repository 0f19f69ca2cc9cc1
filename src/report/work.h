/*
 * What departments owe next: each duty with the day by which it is due and
 * the rule that it comes from.  Of what is closed only its place is told.
 */
#ifndef REPORT_WORK_H
#define REPORT_WORK_H

#include <yugao/supervision.h>

enum duty {
	DUTY_REVIEW,  /* D1: looked at before it can be announced */
	DUTY_NOTICE,  /* A2: announced while there is notice enough */
	DUTY_CONFIRM, /* A6: tentative no longer, with a clock time */
	DUTY_REASON,  /* B3: the reason that was to follow */
	DUTY_COPY,    /* G2: copied after it came out */
	DUTY_SCHEME,  /* E2: the survey scheme ends */
	DUTY_PLAN,    /* A4: the plan of next year */
	DUTY_GROUND,  /* D4: what is withheld is looked at again */
	DUTIES
};

struct owed {
	enum duty duty;
	const char *department;
	const char *key;   /* stable; of a closed series a digest */
	const char *title; /* what it is about; of a closed series its place */
	struct day due;
};

struct work {
	struct owed *v; /* by department, then by day, then by key */
	size_t n, cap;
};

/* "A6" */
const char *duty_rule(enum duty duty);
const char *duty_name(enum duty duty); /* "confirm" */
/* "请确认发布时间" */
const char *tell_duty(struct arena *arena, enum lang lang, enum duty duty);
/* Everything that is overdue or due within the horizon; of one department,
 * or NULL. */
void work_collect(const struct report *report, const struct report_work *what,
    const char *department, struct work *work);

#endif
