/*
 * What check has to tell: every verdict that counts, by department.
 */
#ifndef REPORT_ASSESSMENT_H
#define REPORT_ASSESSMENT_H

#include <yugao/report.h>

#define OUTCOMES (OUTCOME_BLOCK + 1)

/*
 * One verdict about a release, a series, a plan, or (all three NULL) the
 * department or the office itself.
 */
struct ruling {
	struct verdict verdict;
	const struct plan *plan;
	const struct slot *slot;
	const struct series *series; /* open */
	const struct series *closed; /* kept out: named by its place only */
	size_t order;                /* of judgement */
};

/* One department; or the office, whose id is "". */
struct part {
	const char *id;
	size_t releases;           /* of open series */
	size_t outcomes[OUTCOMES]; /* of those, by their worst verdict */
	size_t attention;          /* releases, plans and closed series */
	size_t blocked;            /* of those */
	/* Releases that wait for a holiday notice, and tentative ones that
	 * the next one may move. */
	size_t held, projected;
	enum outcome worst;
	bool outside; /* judged for information */
	size_t errors;
	struct ruling *v; /* as judged */
	size_t n, cap;
};

struct assessment {
	struct part *v; /* worst first, then by id */
	size_t n, cap;
	size_t releases, attention, blocked;
	enum outcome worst;
};

/* Judges everything; keeps the rulings of at least that weight. */
void assess(struct arena *arena, const struct report_world *world,
    enum outcome least, struct assessment *assessment);

#endif
