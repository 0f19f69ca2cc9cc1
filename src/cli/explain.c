#include <string.h>

#include <yugao/arena.h>

#include "cli.h"

struct history {
	struct arena *arena;
	struct entry *v;
	size_t n, cap;
};

static const struct error *
collect(void *context, const struct entry *entry)
{
	struct history *history = context;
	struct entry copy = *entry;

	copy.said = arena_strdup(history->arena, entry->said);
	if (entry->release != NULL)
		copy.release = arena_strdup(history->arena, entry->release);
	copy.policy = NULL;
	ARRAY_PUSH(history->arena, history, copy);
	return NULL;
}

static const struct slot *
find_slot(const struct session *session, const char *release)
{
	size_t i;

	for (i = 0; i < session->slots.n; i++)
		if (strcmp(session->slots.v[i].release, release) == 0)
			return &session->slots.v[i];
	return NULL;
}

static const struct error *
unknown(struct session *session, const char *release)
{
	const struct slots *slots = &session->slots;
	const char **names =
	    arena_alloc(session->arena, slots->n * sizeof(*names));
	const char *near;
	size_t i, n = 0;

	for (i = 0; i < slots->n; i++) {
		const struct slot *slot = &slots->v[i];

		if (office_opens(session->office, slot->series) &&
		    (!slot_is_withheld(slot) ||
			view_find(&session->view, slot->release) != NULL))
			names[n++] = slot->release;
	}
	near = nearest_word(release, names, n);
	if (near != NULL)
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.unknown_release_near", release, near);
	return ERROR_NEW(
	    session->arena, ERROR_INPUT, NULL, "cli.unknown_release", release);
}

const struct error *
command_explain(struct session *session)
{
	const char *release = session->options->args[0];
	struct history history = { .arena = session->arena };
	struct verdicts verdicts = { 0 };
	struct digest words;
	const struct slot *slot;
	const struct error *error;
	struct message none = { 0 };
	bool known;

	error = session_office(session);
	if (error == NULL)
		error = session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL && session->store != NULL)
		error = ledger_each(session->arena, session->store, release,
		    NULL, collect, &history);
	if (error != NULL)
		return error;
	slot = find_slot(session, release);
	known = slot != NULL || history.n > 0;
	/* One command prints one JSON document. */
	if (!session->options->json || !known)
		report_diags(&session->report, &session->diags);
	if (!known)
		return unknown(session, release);
	if (slot != NULL) {
		const struct announce_input input = session_announce(session);

		announce_judge(session->arena, &input, slot, &verdicts);
		words = announce_words(session->arena, &input, slot);
	}
	report_explain(&session->report, slot, &verdicts,
	    slot != NULL ? &words : NULL, history.v, history.n);
	/* A plan with mistakes may be why there is no slot. */
	return session->diags.errors == 0
		   ? NULL
		   : error_new(session->arena, ERROR_INPUT, NULL, none);
}
