#include "expansion.h"

#include <yugao/arena.h>

/* A plan may have lags of 60 months and counts of 1,096 working days. */
#define REACH_YEARS 7

const struct references *
references_of(struct expansion *expansion, enum frequency frequency)
{
	struct references *all = &expansion->by_frequency[frequency];
	int first = expansion->plan->year - REACH_YEARS;
	struct day end = day_of(expansion->plan->year + REACH_YEARS, 12, 31);
	struct period period;

	if (all->n > 0 || frequency == FREQUENCY_IRREGULAR)
		return all;
	period = period_of(frequency, day_of(first < 1 ? 1 : first, 1, 1));
	for (; period.last.n <= end.n; period = period_next(&period)) {
		char text[PERIOD_SIZE];
		struct reference reference = { .period = period };

		reference.text = arena_strdup(
		    expansion->arena, period_format(text, &period));
		ARRAY_PUSH(expansion->scratch, all, reference);
	}
	return all;
}

static const struct reference *
combined_period(struct expansion *expansion, struct day first, struct day last)
{
	struct references *all = &expansion->combined;
	struct reference new = {
		.period = { FREQUENCY_IRREGULAR, first, last },
	};
	char text[PERIOD_SIZE];
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i].period.first.n == first.n &&
		    all->v[i].period.last.n == last.n)
			return &all->v[i];
	new.text =
	    arena_strdup(expansion->arena, period_format(text, &new.period));
	ARRAY_PUSH(expansion->scratch, all, new);
	return &all->v[i];
}

/* Two digits, which the plan reader has checked. */
static int
two_digits(const char *s)
{
	return (s[0] - '0') * 10 + s[1] - '0';
}

const struct reference *
reference_combined(struct expansion *expansion, const struct series *series,
    const struct reference *reference)
{
	const struct period *period = &reference->period;
	size_t i;

	for (i = 0; i < series->n_combine; i++) {
		int from = two_digits(series->combine[i]);
		int to = two_digits(series->combine[i] + 4); /* "01..02" */
		int year = day_year(period->last);
		struct day first = day_of(year, from, 1);
		struct day last = day_of(year, to, month_length(year, to));

		if (period->first.n < first.n || period->last.n > last.n)
			continue;
		if (period->last.n < last.n)
			return NULL;
		return combined_period(expansion, first, last);
	}
	return reference;
}
