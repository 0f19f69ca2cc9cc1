/*
 * "after" and "same_as" tie series to each other.  Seen as a graph it must
 * have no missing node and no circle; a stack of our own walks it, because
 * a hostile plan could make the chain as long as it likes.
 */
#include "read.h"

#include <string.h>

#include <yugao/buf.h>

/* A hint costs a look at every series: enough for those who read them. */
#define HINTS_MOST 50

enum colour { WHITE, GREY, BLACK };

/* How far the walk is in one series. */
struct frame {
	size_t series, rule, timing;
};

struct walk {
	struct reader *reader;
	const struct plan *plan;
	unsigned char *colours; /* of each series */
	const char **ids;       /* of open series, for hints; or NULL */
	size_t n_ids;
	struct frame *stack;
	size_t depth;
};

/* The place of the id in "after" or "same_as". */
static struct place
place_of_reference(struct reader *reader, const struct timing *timing)
{
	static const char *const keys[] = { "after", "same_as" };
	struct place place = { 0 };
	size_t i;

	for (i = 0; i < COUNT(keys) && place.line == 0; i++)
		place = locator_find(
		    reader->locator, arena_printf(reader->arena, "%s/%s",
					 timing->pointer, keys[i]));
	return place;
}

/* Ids of closed series must not be suggested to anyone. */
static void
collect_ids(struct walk *walk)
{
	const struct plan *plan = walk->plan;
	size_t i;

	walk->ids = arena_alloc(
	    walk->reader->arena, plan->n_series * sizeof(*walk->ids));
	for (i = 0; i < plan->n_series; i++)
		if (series_is_quotable(&plan->series[i]))
			walk->ids[walk->n_ids++] = plan->series[i].id;
}

static const char *
hint(struct walk *walk, const char *id)
{
	if (walk->reader->complaints > HINTS_MOST)
		return NULL;
	if (walk->ids == NULL)
		collect_ids(walk);
	return nearest_word(id, walk->ids, walk->n_ids);
}

static void
complain_missing(
    struct walk *walk, const struct series *from, const struct timing *timing)
{
	struct arena *arena = walk->reader->arena;
	struct place place = place_of_reference(walk->reader, timing);
	const char *near =
	    series_is_quotable(from) ? hint(walk, timing->series) : NULL;

	reader_complain(walk->reader, DIAG_ERROR, place,
	    near != NULL ? MESSAGE(arena, "plan.no_such_series_near",
			       timing->series, near)
			 : MESSAGE(arena, "plan.no_such_series",
			       series_is_quotable(from) ? timing->series
							: "@plan.withheld"));
}

static void
complain_cycle(
    const struct walk *walk, const struct timing *timing, size_t target)
{
	struct arena *arena = walk->reader->arena;
	const struct series *series = walk->plan->series;
	size_t i = 0;
	struct buf buf;

	while (walk->stack[i].series != target)
		i++;
	buf_init(&buf, arena);
	for (; i < walk->depth; i++) {
		const struct series *on = &series[walk->stack[i].series];

		buf_puts(&buf, series_is_quotable(on) ? on->id : "…");
		buf_puts(&buf, " → ");
	}
	buf_puts(&buf,
	    series_is_quotable(&series[target]) ? series[target].id : "…");
	reader_complain(walk->reader, DIAG_ERROR,
	    place_of_reference(walk->reader, timing),
	    MESSAGE(arena, "plan.cycle", buf.data));
}

/* The next reference of the frame's series, or NULL after the last one. */
static const struct timing *
next_reference(const struct plan *plan, struct frame *frame)
{
	const struct series *series = &plan->series[frame->series];

	for (; frame->rule < series->n_rules; frame->rule++) {
		const struct rule *rule = &series->rules[frame->rule];

		/* Estimates that inherit the timing share it. */
		if (frame->rule > 0 &&
		    rule->timings == series->rules[0].timings)
			continue;
		while (frame->timing < rule->n_timings) {
			const struct timing *timing =
			    &rule->timings[frame->timing++];

			if (timing->series != NULL)
				return timing;
		}
		frame->timing = 0;
	}
	return NULL;
}

static void
enter(struct walk *walk, size_t series)
{
	walk->colours[series] = GREY;
	walk->stack[walk->depth++] = (struct frame){ .series = series };
}

static void
walk_from(struct walk *walk, size_t start)
{
	const struct plan *plan = walk->plan;

	enter(walk, start);
	while (walk->depth > 0) {
		struct frame *top = &walk->stack[walk->depth - 1];
		const struct timing *timing = next_reference(plan, top);
		const struct series *target;
		size_t i;

		if (timing == NULL) {
			walk->colours[top->series] = BLACK;
			walk->depth--;
			continue;
		}
		target = plan_series(plan, timing->series);
		if (target == NULL) {
			complain_missing(
			    walk, &plan->series[top->series], timing);
			continue;
		}
		i = (size_t)(target - plan->series);
		if (walk->colours[i] == GREY)
			complain_cycle(walk, timing, i);
		else if (walk->colours[i] == WHITE)
			enter(walk, i);
	}
}

void
check_references(struct reader *reader, const struct plan *plan)
{
	struct walk walk = { .reader = reader, .plan = plan };
	size_t i;

	walk.colours = arena_alloc(reader->arena, plan->n_series + 1);
	walk.stack = arena_alloc(
	    reader->arena, (plan->n_series + 1) * sizeof(*walk.stack));
	for (i = 0; i < plan->n_series; i++)
		if (walk.colours[i] == WHITE)
			walk_from(&walk, i);
}
