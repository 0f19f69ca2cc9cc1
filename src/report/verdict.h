/*
 * A verdict in words, alone or with others that differ only in what was
 * measured.
 */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include <yugao/report.h>

/* From the least to the greatest measured value of like verdicts. */
struct range {
	const struct verdict *low, *high;
};

/* As verdict_words, with "12–27 days" where the measures differ. */
const char *range_words(struct arena *arena, enum lang lang,
    const struct parameters *policy, struct range range);
/* Why, and what to do. */
const char *
range_reason(struct arena *arena, enum lang lang, struct range range);
/* "28 天"; the unit as the policy writes it, or NULL. */
const char *quantity_words(
    struct arena *arena, enum lang lang, const char *unit, int64_t number);
/* "28 天", "time、content", "是" */
const char *parameter_value(
    struct arena *arena, enum lang lang, const struct parameter *parameter);
/* "I 境外标准或惯例（参考）：UK-3.1 …" */
const char *parameter_basis(struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct parameter *parameter);
/* Orders by what was measured. */
int verdict_compare(const struct verdict *a, const struct verdict *b);

#endif
