#include <string.h>

#include <yugao/arena.h>

#include "cli.h"

#define ATTEMPTS_SHOWN 200

struct attempts {
	struct arena *arena;
	struct attempt *v;
	size_t n, cap;
};

static const struct error *
collect(void *context, const struct attempt *attempt)
{
	struct attempts *attempts = context;
	struct attempt copy = *attempt;

	copy.portal = arena_strdup(attempts->arena, attempt->portal);
	copy.path = arena_strdup(attempts->arena, attempt->path);
	if (attempt->detail != NULL)
		copy.detail = arena_strdup(attempts->arena, attempt->detail);
	if (attempt->problem != NULL)
		copy.problem = arena_strdup(attempts->arena, attempt->problem);
	ARRAY_PUSH(attempts->arena, attempts, copy);
	return NULL;
}

/* A view holds no words; those of the next releases are read for them. */
static const struct error *
read_titles(struct session *session)
{
	struct view *view = &session->view;
	const struct error *error = NULL;
	size_t found[REPORT_NEXT], n, i;

	n = report_next(&session->report, view, session->now, found);
	for (i = 0; i < n && error == NULL; i++)
		error = ledger_said(session->arena, session->store,
		    view->v[found[i]].id, &view->v[found[i]].said);
	return error;
}

/* Takes out what is about other portals. */
static void
only_portal(struct outbox_status *status, struct deadlines *deadlines,
    const char *portal)
{
	size_t n = 0, i;

	status->waiting = 0;
	for (i = 0; i < status->n; i++)
		if (strcmp(status->v[i].portal, portal) == 0) {
			status->v[n] = status->v[i];
			status->waiting += status->v[n].queued +
					   status->v[n].refused +
					   status->v[n].held;
			n++;
		}
	status->n = n;
	for (n = 0, i = 0; i < deadlines->n; i++)
		if (strcmp(deadlines->v[i].portal, portal) == 0)
			deadlines->v[n++] = deadlines->v[i];
	deadlines->n = n;
}

const struct error *
command_status(struct session *session)
{
	const struct options *options = session->options;
	struct attempts attempts = { .arena = session->arena };
	struct outbox_status status = { 0 };
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL && session->store != NULL)
		error = read_titles(session);
	if (error == NULL && session->store != NULL)
		error = outbox_status(
		    session->arena, session->store, session->office, &status);
	if (error == NULL && session->store != NULL)
		error = deadlines_read(session->arena, session->store,
		    session->office, session->now, &session->deadlines);
	status.deadlines = &session->deadlines;
	if (options->portal != NULL)
		only_portal(&status, &session->deadlines, options->portal);
	if (error == NULL && session->store != NULL && options->verbose)
		error = outbox_attempts(session->arena, session->store,
		    options->portal, ATTEMPTS_SHOWN, collect, &attempts);
	if (error != NULL)
		return error;
	report_status(&session->report, &session->view, &status, attempts.v,
	    attempts.n, session->now);
	return status_city(session);
}
