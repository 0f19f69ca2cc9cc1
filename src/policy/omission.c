/* A8: no period is left out silently. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

/* A period that the plans give an item, or leave out with a reason. */
struct covered {
	struct day first, last;
	bool own; /* by the plan at hand */
};

struct cover {
	struct covered *v; /* in order of time */
	size_t n, cap;
};

static int
compare_covered(const void *a, const void *b)
{
	const struct covered *x = a, *y = b;

	if (x->first.n != y->first.n)
		return x->first.n < y->first.n ? -1 : 1;
	return (x->last.n > y->last.n) - (x->last.n < y->last.n);
}

static void
cover_period(
    struct arena *arena, struct cover *cover, const char *key, bool own)
{
	struct period period;

	if (period_parse(key, &period))
		ARRAY_PUSH(arena, cover,
		    ((struct covered){ period.first, period.last, own }));
}

/* A skip that says why is no silent omission (C06: 原则上). */
static void
cover_skips(
    struct arena *arena, const struct policy_case *c, struct cover *cover)
{
	size_t i, j;

	for (i = 0; i < c->series->n_rules; i++) {
		const struct rule *rule = &c->series->rules[i];

		for (j = 0; j < rule->n_occurrences; j++) {
			const struct occurrence *o = &rule->occurrences[j];

			if (o->skip && *text_in(&o->reason, LANG_ZH) != '\0')
				cover_period(arena, cover, o->period, true);
		}
	}
}

/* The periods between two days, none of which has an item. */
static void
name_gap(
    struct buf *buf, enum frequency frequency, struct day day, struct day end)
{
	char text[PERIOD_SIZE];

	while (day.n < end.n) {
		struct period period = period_of(frequency, day);

		buf_puts(buf, buf->len > 0 ? ", " : "");
		buf_puts(buf, period_format(text, &period));
		day.n = period.last.n + 1;
	}
}

/* A gap is told by the plan that the item after it stands in. */
static void
name_gaps(struct buf *buf, enum frequency frequency, const struct cover *cover)
{
	struct day next = { 0 };
	size_t i;

	for (i = 0; i < cover->n; i++) {
		const struct covered *item = &cover->v[i];

		if (i > 0 && item->own && item->first.n > next.n)
			name_gap(buf, frequency, next, item->first);
		if (i == 0 || item->last.n + 1 > next.n)
			next.n = item->last.n + 1;
	}
}

/* A week or ten days may fall to the neighbouring year. */
#define DAYS_OF_A_YEAR (365 - 14)

/* Whether what the plan covers, from end to end, is a year. */
static bool
spans_year(const struct cover *cover)
{
	struct day first = { 0 }, last = { 0 };
	bool any = false;
	size_t i;

	for (i = 0; i < cover->n; i++) {
		const struct covered *item = &cover->v[i];

		if (!item->own)
			continue;
		if (!any)
			first = item->first;
		if (!any || item->last.n > last.n)
			last = item->last;
		any = true;
	}
	return any && last.n - first.n + 1 >= DAYS_OF_A_YEAR;
}

static struct cover
take_cover(struct arena *arena, const struct policy_case *c)
{
	struct cover cover = { 0 };
	const struct slot *slots;
	size_t n, i;

	slots = case_slots(arena, c, &n);
	for (i = 0; i < n; i++)
		cover_period(
		    arena, &cover, slots[i].period, slots[i].plan == c->plan);
	cover_skips(arena, c, &cover);
	if (cover.n > 0)
		qsort(cover.v, cover.n, sizeof(*cover.v), compare_covered);
	return cover;
}

/*
 * An item that an act cancels was not left out silently, and one for several
 * periods stands for each of them.
 */
void
judge_omission(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct cover cover;
	struct buf buf;

	if (c->series->frequency == FREQUENCY_IRREGULAR) {
		verdict_set(verdict, OUTCOME_NA, "policy.irregular");
		return;
	}
	cover = take_cover(arena, c);
	buf_init(&buf, arena);
	name_gaps(&buf, c->series->frequency, &cover);
	verdict->measured_text = buf.data;
	if (buf.len > 0) {
		verdict_fail(verdict, "policy.a8_missing");
	} else if (!spans_year(&cover)) {
		verdict->measured_text =
		    arena_printf(arena, "%d", c->plan->year);
		verdict_fail(verdict, "policy.a8_short");
	} else {
		verdict->measured_text = NULL;
		verdict_set(verdict, OUTCOME_PASS, "policy.a8_complete");
	}
}
