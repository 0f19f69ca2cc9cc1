/*
 * The numbers of the compliance report, each with what it is a part of and
 * what it rests on.
 */
#ifndef REPORT_COMPLIANCE_H
#define REPORT_COMPLIANCE_H

#include <stddef.h>

#include <yugao/supervision.h>

enum metrics_group {
	METRICS_PUNCTUALITY,
	METRICS_NOTICE,
	METRICS_CHANGES,
	METRICS_WITHHELD,
	METRICS_COPIES
};

struct metric {
	const char *id; /* "compliance." before it in the catalogue */
	size_t offset;
	const char *of;        /* the metric that it is a part of, or NULL */
	const char *parameter; /* of the policy, or NULL */
	const char *basis;     /* where the parameter is not on record */
	enum metrics_group group;
	enum style style; /* of one that is not 0 */
};

const struct metric *compliance_metrics(size_t *n);
size_t
metric_value(const struct metric *metric, const struct compliance *counts);
/* Its denominator; 0 without one. */
size_t metric_of(const struct metric *metric, const struct compliance *counts);
const char *
metric_basis(const struct metric *metric, const struct compliance_facts *facts);

/* "97.1%", "—" of nothing */
const char *percent(struct arena *arena, size_t n, size_t of);
/* "2026年第1季度", "first quarter of 2026" */
const char *
tell_reporting(struct arena *arena, enum lang lang, struct reporting period);

#endif
