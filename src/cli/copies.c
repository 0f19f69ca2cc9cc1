/*
 * Copies to statistics institutions: sent with what is delivered, or told by
 * acts.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/copying.h>
#include <yugao/store.h>

#include "cli.h"

#define STATE_COPIES "copies"

const struct error *
send_copies(struct session *session, struct transport *transport,
    const volatile sig_atomic_t *stop)
{
	struct arena *arena = session->arena;
	struct sightings sightings;
	struct copies copies;
	const struct outcomes outcomes = { .sightings = &sightings,
		.copies = &copies };
	struct view view = { 0 };
	struct copy_run copying = { .office = session->office,
		.view = &view,
		.outcomes = &outcomes,
		.transport = transport,
		.folder = session_path(session, STATE_COPIES),
		.now = clock_now(session),
		.stop = stop,
		.diags = &session->diags };
	const struct error *error;

	if (!copying_is_wanted(session->office))
		return NULL;
	error = ledger_view(arena, session->store, &view);
	if (error == NULL)
		error = sightings_read(arena, session->store, NULL, &sightings);
	if (error == NULL)
		error = copies_read(arena, session->store, NULL, &copies);
	if (error == NULL)
		error = copying_send(arena, session->store, &copying);
	return error;
}

static const struct error *
record_copy(struct session *session, const struct act *act, const char *subject)
{
	struct copy copy = { .subject = subject,
		.institution = act->with,
		.document = act->document,
		.sent_at = act->done,
		.acknowledged_at = act->done,
		.receipt = RECEIPT_ACT,
		.has_published = act->has_copied,
		.published = act->copied };

	return copy_append(session->arena, session->store,
	    act->kind == ACT_COPY ? COPY_SENT : COPY_ACKNOWLEDGED, &copy,
	    session->now);
}

/* Only of what was said: what is closed stands nowhere by its name. */
const struct error *
record_copies(struct session *session, const struct acts *acts)
{
	const struct error *error = NULL;
	size_t i, j;

	for (i = 0; error == NULL && i < acts->n; i++) {
		const struct act *act = &acts->v[i];

		if (act->kind != ACT_COPY && act->kind != ACT_ACKNOWLEDGE)
			continue;
		if (act->of_plan)
			error = record_copy(session, act,
			    copy_plan_subject(
				session->arena, act->department, act->year));
		for (j = 0; error == NULL && j < act->n_releases; j++)
			if (view_find(&session->view, act->releases[j]) != NULL)
				error =
				    record_copy(session, act, act->releases[j]);
	}
	return error;
}
