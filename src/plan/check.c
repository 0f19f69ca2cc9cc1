/* What plans and acts say against what the office has. */
#include <string.h>

#include <yugao/act.h>
#include <yugao/office.h>

#include "read.h"

static const char *
near_department(
    struct arena *arena, const struct office *office, const char *id)
{
	const char **ids =
	    arena_alloc(arena, (office->n_departments + 1) * sizeof(*ids));
	size_t i;

	for (i = 0; i < office->n_departments; i++)
		ids[i] = office->departments[i].id;
	return nearest_word(id, ids, office->n_departments);
}

static void
complain_department(struct arena *arena, const struct office *office,
    struct place place, const char *id, struct diags *diags)
{
	const char *near = near_department(arena, office, id);

	if (near != NULL)
		DIAG(arena, diags, DIAG_ERROR, place,
		    "plan.unknown_department_near", id, near);
	else
		DIAG(arena, diags, DIAG_ERROR, place, "plan.unknown_department",
		    id);
}

/* A topic stands in the series or, for all of them, in the defaults. */
static void
check_topic(struct arena *arena, const struct office *office,
    const struct plan *plan, const struct series *series, size_t i,
    struct diags *diags)
{
	bool hidden = !office_opens(office, series);
	struct place place = plan_place(
	    plan, arena_printf(arena, "%s/topics/%zu", series->pointer, i));

	if (place.line == 0) {
		place = plan_place(
		    plan, arena_printf(arena, "/defaults/topics/%zu", i));
		hidden = false;
	}
	DIAG(arena, diags, DIAG_ERROR, place, "plan.unknown_topic",
	    hidden ? "@plan.withheld" : series->topics[i]);
}

static void
check_plan(struct arena *arena, const struct office *office,
    const struct plan *plan, struct diags *diags)
{
	size_t i, j;

	diags->department = plan->department;
	if (office_department(office, plan->department) == NULL) {
		const char *named = department_of_file(arena, plan->file);

		/* A mistyped id: the department of the file must wait too. */
		if (office_department(office, named) != NULL)
			diags->department = named;
		complain_department(arena, office,
		    plan_place(plan, "/department"), plan->department, diags);
	}
	for (i = 0; i < plan->n_series; i++) {
		const struct series *series = &plan->series[i];

		for (j = 0; j < series->n_topics; j++)
			if (office_topic(office, series->topics[j]) == NULL)
				check_topic(
				    arena, office, plan, series, j, diags);
	}
}

static void
check_act(struct arena *arena, const struct office *office,
    const struct act *act, struct diags *diags)
{
	const char *key = act->n_releases == 0 ? "" : act->releases[0];
	const char *id = arena_strndup(arena, key, strcspn(key, "/"));

	if (office_department(office, id) != NULL)
		return;
	diags->department = id;
	complain_department(arena, office, act->place, id, diags);
}

const struct error *
plans_check(struct arena *arena, const struct office *office,
    const struct plans *plans, const struct acts *acts, struct diags *diags)
{
	const char *department = diags->department;
	size_t i;

	for (i = 0; i < plans->n; i++)
		check_plan(arena, office, plans->v[i], diags);
	for (i = 0; acts != NULL && i < acts->n; i++)
		check_act(arena, office, &acts->v[i], diags);
	diags->department = department;
	return NULL;
}
