/* The departments of an office on one screen, worst first. */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "assessment.h"
#include "paper.h"
#include "words.h"
#include "work.h"

#define ROWS_MOST 6 /* below ten releases and one portal: 24 lines */

struct standing_now {
	const struct department *department;
	size_t announced, owed, overdue, blocked, errors;
	const struct entry *next; /* or NULL */
	bool has_last;
	struct instant last; /* when anything of it was said last */
};

static void
look_at_ledger(const struct report_world *world, struct standing_now *now)
{
	const char *id = now->department->id;
	size_t len = strlen(id), i;

	for (i = 0; i < world->view->n; i++) {
		const struct entry *entry = &world->view->v[i];

		if (strncmp(entry->release, id, len) != 0 ||
		    entry->release[len] != '/')
			continue;
		now->announced++;
		if (!now->has_last || entry->at.s > now->last.s)
			now->last = entry->at;
		now->has_last = true;
		if ((entry->status == SAID_TENTATIVE ||
			entry->status == SAID_CONFIRMED) &&
		    entry->start.s >= world->now.s &&
		    (now->next == NULL || entry->start.s < now->next->start.s))
			now->next = entry;
	}
}

static void
look_at_work(
    const struct work *work, struct day today, struct standing_now *now)
{
	size_t i;

	for (i = 0; i < work->n; i++)
		if (strcmp(work->v[i].department, now->department->id) == 0) {
			now->owed++;
			now->overdue += work->v[i].due.n < today.n;
		}
}

static void
look_at_verdicts(const struct assessment *assessment, struct standing_now *now)
{
	size_t i;

	for (i = 0; i < assessment->n; i++)
		if (strcmp(assessment->v[i].id, now->department->id) == 0) {
			now->blocked = assessment->v[i].blocked;
			now->errors = assessment->v[i].errors;
		}
}

static int
compare(const void *a, const void *b)
{
	const struct standing_now *x = a, *y = b;

	if (x->errors != y->errors)
		return x->errors < y->errors ? 1 : -1;
	if (x->blocked != y->blocked)
		return x->blocked < y->blocked ? 1 : -1;
	if (x->overdue != y->overdue)
		return x->overdue < y->overdue ? 1 : -1;
	if (x->owed != y->owed)
		return x->owed < y->owed ? 1 : -1;
	return strcmp(x->department->id, y->department->id);
}

static void
count_cell(
    struct arena *arena, struct paper_row *row, size_t n, enum style style)
{
	paper_number(arena, row, (int64_t)n);
	row->v[row->n - 1].style = n > 0 ? style : STYLE_DIM;
}

static void
add_row(const struct report *report, const struct standing_now *now,
    struct paper_table *table)
{
	struct arena *arena = report->arena;
	const struct zone *zone = report_zone(report);
	struct paper_row *row = paper_row(arena, table);
	struct moment when;

	paper_cell(arena, row, now->department->id);
	count_cell(arena, row, now->announced, STYLE_NONE);
	count_cell(arena, row, now->errors, STYLE_BAD);
	count_cell(arena, row, now->blocked, STYLE_BAD);
	count_cell(arena, row, now->overdue, STYLE_WARN);
	count_cell(arena, row, now->owed, STYLE_NONE);
	paper_cell(arena, row, "—");
	if (now->next != NULL) {
		when = moment_on(zone, &now->next->when, now->next->start);
		row->v[row->n - 1].text = tell_row(arena, report->lang, &when);
	}
	paper_cell(arena, row,
	    now->has_last ? tell_clock(arena, clock_of(zone, now->last)) : "—");
}

void
report_city(const struct report *report, const struct report_work *what)
{
	static const char *const heads[] = { "city.department",
		"city.announced", "city.mistakes", "city.blocked",
		"city.overdue", "city.owed", "city.next", "city.last" };
	const struct report_world *world = what->world;
	const struct office *office = world->office;
	struct arena *arena = report->arena;
	struct day today = clock_of(report_zone(report), world->now).day;
	struct standing_now *v =
	    arena_alloc(arena, office->n_departments * sizeof(*v));
	struct paper paper = { .title = TOLD(report, "city.title",
				   arena_printf(
				       arena, "%zu", office->n_departments)) };
	struct paper_table table = { 0 };
	struct assessment assessment = { 0 };
	struct work work = { 0 };
	size_t n = office->n_departments, i;

	work_collect(report, what, NULL, &work);
	assess(arena, world, OUTCOME_BLOCK, &assessment);
	for (i = 0; i < n; i++) {
		v[i].department = &office->departments[i];
		look_at_ledger(world, &v[i]);
		look_at_work(&work, today, &v[i]);
		look_at_verdicts(&assessment, &v[i]);
	}
	if (n > 0)
		qsort(v, n, sizeof(*v), compare);
	for (i = 0; i < COUNT(heads); i++) {
		paper_cell(arena, &table.head, TOLD(report, heads[i]));
		table.head.v[i].number = i >= 1 && i <= 5;
	}
	for (i = 0; i < n && (report->verbose || i < ROWS_MOST); i++)
		add_row(report, &v[i], &table);
	if (i < n)
		ARRAY_PUSH(arena, &table.notes,
		    TOLD(report, "city.others",
			arena_printf(arena, "%zu", n - i)));
	ARRAY_PUSH(arena, &paper.tables, table);
	paper_print(report, &paper);
}
