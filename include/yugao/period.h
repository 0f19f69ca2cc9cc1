/*
 * Reference periods, as they are written in release keys: 2026, 2026-H1,
 * 2026-Q1, 2026-03, 2026-01..02, 2026-03-D1 (ten days), 2026-W05 (ISO 8601).
 */
#ifndef YUGAO_PERIOD_H
#define YUGAO_PERIOD_H

#include <stdbool.h>

#include <yugao/day.h>
#include <yugao/message.h>

enum frequency {
	FREQUENCY_IRREGULAR,
	FREQUENCY_ANNUAL,
	FREQUENCY_HALF_YEARLY,
	FREQUENCY_QUARTERLY,
	FREQUENCY_MONTHLY,
	FREQUENCY_TEN_DAY,
	FREQUENCY_WEEKLY
};

struct period {
	enum frequency frequency; /* FREQUENCY_IRREGULAR for 2026-01..02 */
	struct day first, last;
};

const char *frequency_name(enum frequency frequency); /* "half-yearly" */

#define PERIOD_SIZE 24
bool period_parse(const char *string, struct period *period);
const char *period_format(char out[PERIOD_SIZE], const struct period *period);
/* The period of this frequency that holds the day; not for irregular. */
struct period period_of(enum frequency frequency, struct day day);
/* After 2026-01..02 comes the month 2026-03. */
struct period period_next(const struct period *period);
/* "2026年3月", "March 2026"; "2026年1—2月", "January–February 2026"; … */
const char *
period_words(struct arena *arena, enum lang lang, const struct period *period);

#endif
