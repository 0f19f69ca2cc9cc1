/* Every number of the compliance report, in the order in which it is told. */
#include "compliance.h"

#include <string.h>

#include <yugao/arena.h>

#define ROW(name, of, parameter, basis, group, style)                    \
	{                                                                \
#name, offsetof(struct compliance, name), of, parameter, \
		    basis, group, style                                  \
	}
#define KIND(name, kind)                                                     \
	{                                                                    \
		name, offsetof(struct compliance, by_kind[kind]), "changes", \
		    NULL, "", METRICS_CHANGES, STYLE_NONE                    \
	}

static const struct metric metrics[] = {
	ROW(items, NULL, NULL, "N", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(called_off, "items", NULL, "P", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(coming, "items", NULL, "", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(open, "items", NULL, "", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(judged, "items", NULL, "", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(on_time, "judged", "release.late_tolerance", "E",
	    METRICS_PUNCTUALITY, STYLE_GOOD),
	ROW(late, "judged", "release.late_tolerance", "E", METRICS_PUNCTUALITY,
	    STYLE_WARN),
	ROW(missed, "judged", "release.missed_after", "E", METRICS_PUNCTUALITY,
	    STYLE_BAD),
	ROW(early, "judged", "release.early_tolerance", "L",
	    METRICS_PUNCTUALITY, STYLE_BAD),
	ROW(unrecorded, "missed", NULL, "E", METRICS_PUNCTUALITY, STYLE_BAD),
	ROW(unwitnessed, "judged", NULL, "E", METRICS_PUNCTUALITY, STYLE_NONE),
	ROW(first, NULL, NULL, "N", METRICS_NOTICE, STYLE_NONE),
	ROW(first_enough, "first", "lead.min_lead", "I", METRICS_NOTICE,
	    STYLE_GOOD),
	ROW(first_short, "first", "lead.min_lead", "I", METRICS_NOTICE,
	    STYLE_WARN),
	ROW(first_after, "first", NULL, "N", METRICS_NOTICE, STYLE_BAD),
	ROW(changes, NULL, NULL, "P", METRICS_CHANGES, STYLE_NONE),
	KIND("earlier", COUNTED_EARLIER),
	KIND("later", COUNTED_LATER),
	KIND("clock", COUNTED_TIME),
	KIND("postponed", COUNTED_POSTPONED),
	KIND("cancelled", COUNTED_CANCELLED),
	KIND("reinstated", COUNTED_REINSTATED),
	ROW(notice_enough, "changes", "change.min_notice", "E", METRICS_CHANGES,
	    STYLE_GOOD),
	ROW(notice_short, "changes", "change.min_notice", "E", METRICS_CHANGES,
	    STYLE_WARN),
	ROW(notice_after, "changes", NULL, "P", METRICS_CHANGES, STYLE_BAD),
	ROW(unreasoned, "changes", NULL, "P", METRICS_CHANGES, STYLE_BAD),
	ROW(reissued, NULL, NULL, "P", METRICS_CHANGES, STYLE_NONE),
	ROW(withheld, NULL, NULL, "N", METRICS_WITHHELD, STYLE_NONE),
	ROW(grounded, "withheld", NULL, "N", METRICS_WITHHELD, STYLE_GOOD),
	ROW(copies_due, NULL, NULL, "N", METRICS_COPIES, STYLE_NONE),
	ROW(copied, "copies_due", NULL, "N", METRICS_COPIES, STYLE_GOOD),
	ROW(copied_in_time, "copies_due", "copy_to.target_due", "E",
	    METRICS_COPIES, STYLE_GOOD),
	ROW(copy_breach, "copies_due", "copy_to.breach_after", "P",
	    METRICS_COPIES, STYLE_BAD),
	ROW(acknowledged, "copied", NULL, "E", METRICS_COPIES, STYLE_NONE),
};

const struct metric *
compliance_metrics(size_t *n)
{
	*n = COUNT(metrics);
	return metrics;
}

size_t
metric_value(const struct metric *metric, const struct compliance *counts)
{
	size_t value;

	memcpy(&value, (const char *)counts + metric->offset, sizeof(value));
	return value;
}

size_t
metric_of(const struct metric *metric, const struct compliance *counts)
{
	size_t i;

	for (i = 0; metric->of != NULL && i < COUNT(metrics); i++)
		if (strcmp(metrics[i].id, metric->of) == 0)
			return metric_value(&metrics[i], counts);
	return 0;
}

const char *
metric_basis(const struct metric *metric, const struct compliance_facts *facts)
{
	const struct standing_parameter *parameter =
	    metric->parameter != NULL
		? standing_parameter(&facts->office, metric->parameter)
		: NULL;

	return parameter != NULL ? parameter->basis : metric->basis;
}
