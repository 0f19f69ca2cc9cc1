#include "expansion.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

/* A series on the way to its bases, and the timing that is next to look at. */
struct visit {
	size_t series, rule, timing;
};

struct visits {
	struct visit *v;
	size_t n, cap;
};

/* Takes the visit on to its next base that is not expanded yet. */
static bool
next_base(const struct expansion *expansion, struct visit *visit, size_t *base)
{
	const struct plan *plan = expansion->plan;
	const struct series *series = &plan->series[visit->series];

	for (; visit->rule < series->n_rules; visit->rule++) {
		const struct rule *rule = &series->rules[visit->rule];

		while (visit->timing < rule->n_timings) {
			const struct timing *timing =
			    &rule->timings[visit->timing++];
			const struct series *found;

			if (timing->kind != TIMING_AFTER_SERIES ||
			    (found = plan_series(plan, timing->series)) == NULL)
				continue;
			*base = (size_t)(found - plan->series);
			if (expansion->spans[*base].state == SPAN_NEW)
				return true;
		}
		visit->timing = 0;
	}
	return false;
}

/*
 * Expands a series after all that it follows, without recursion: a chain may
 * be as long as the plan.  On a cycle, which the plan reader reports, the
 * last one finds its base without releases.
 */
static void
visit_series(struct expansion *expansion, struct visits *stack, size_t series)
{
	struct visit visit = { .series = series };

	if (expansion->spans[series].state != SPAN_NEW)
		return;
	expansion->spans[series].state = SPAN_OPEN;
	ARRAY_PUSH(expansion->scratch, stack, visit);
	while (stack->n > 0) {
		struct visit *top = &stack->v[stack->n - 1];
		struct visit deeper = { 0 };

		if (next_base(expansion, top, &deeper.series)) {
			expansion->spans[deeper.series].state = SPAN_OPEN;
			ARRAY_PUSH(expansion->scratch, stack, deeper);
			continue;
		}
		expand_series(expansion, top->series);
		stack->n--;
	}
}

/*
 * As the releases will be sorted: after the id comes a slash, which is more
 * than a hyphen.
 */
static int
compare_series(const void *a, const void *b)
{
	const unsigned char *x =
	    (const unsigned char *)(*(const struct series *const *)a)->id;
	const unsigned char *y =
	    (const unsigned char *)(*(const struct series *const *)b)->id;

	while (*x != '\0' && *x == *y) {
		x++;
		y++;
	}
	return (*x != '\0' ? *x : '/') - (*y != '\0' ? *y : '/');
}

static const struct series **
series_in_order(struct arena *arena, const struct plan *plan)
{
	const struct series **order =
	    arena_alloc(arena, plan->n_series * sizeof(*order));
	size_t i;

	for (i = 0; i < plan->n_series; i++)
		order[i] = &plan->series[i];
	if (plan->n_series > 0)
		qsort(order, plan->n_series, sizeof(*order), compare_series);
	return order;
}

/* A base may be without precision; what is announced is not. */
static void
drop_without_date(struct slots *slots, size_t first)
{
	size_t i, kept = first;

	for (i = first; i < slots->n; i++) {
		if (slots->v[i].when.precision == PRECISION_NONE)
			continue;
		if (kept != i)
			slots->v[kept] = slots->v[i];
		kept++;
	}
	slots->n = kept;
}

const struct error *
schedule_expand(struct arena *arena, const struct office *office,
    const struct plan *plan, const struct acts *acts, struct diags *diags,
    struct slots *slots)
{
	struct arena *scratch = arena_new();
	struct expansion *expansion = arena_alloc(scratch, sizeof(*expansion));
	const char *department = diags->department;
	const struct series **order = series_in_order(scratch, plan);
	struct visits stack = { 0 };
	size_t i;

	expansion->arena = arena;
	expansion->scratch = scratch;
	expansion->office = office;
	expansion->plan = plan;
	expansion->acts = acts;
	expansion->diags = diags;
	expansion->slots = slots;
	expansion->first = slots->n;
	expansion->spans =
	    arena_alloc(scratch, plan->n_series * sizeof(*expansion->spans));
	buf_init(&expansion->key, scratch);
	diags->department = plan->department;
	for (i = 0; i < plan->n_series; i++)
		visit_series(
		    expansion, &stack, (size_t)(order[i] - plan->series));
	drop_without_date(slots, expansion->first);
	slots_sort_from(slots, expansion->first);
	slots_check_from(arena, slots, expansion->first, diags);
	diags->department = department;
	arena_free(scratch);
	return NULL;
}
