/*
 * Saying it: ledger, tree and outbox in one transaction, then one switch of
 * the tree.  Stopped anywhere, the next run finds either nothing said or
 * everything, and finishes the switch.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/checkpoint.h>
#include <yugao/file.h>
#include <yugao/standing.h>

#include "cli.h"

static const struct error *
append_profile(struct session *session, struct arena *arena,
    const struct change *change, struct entry *entry)
{
	struct profile profile;
	struct buf json;

	announce_profile(
	    arena, session->office, change, &profile, &entry->digest);
	buf_init(&json, arena);
	profile_write(&json, &profile);
	entry->said = json.data;
	return ledger_append(arena, session->store, entry);
}

static const struct error *
append_change(
    struct session *session, struct arena *arena, const struct change *change)
{
	struct announcement announcement = { 0 };
	struct entry entry = { .kind = change->kind,
		.at = session->now,
		.sequence = change->sequence,
		.release = change->release,
		.year = change->year,
		.policy = session->office->policy.digest,
		.verdicts = verdicts_json(arena, &change->verdicts) };
	const char *said = NULL;
	struct buf json, core;
	const struct error *error = NULL;

	if (change->kind == ENTRY_EDITION)
		return ledger_append(arena, session->store, &entry);
	if (change->kind == ENTRY_PROFILE)
		return append_profile(session, arena, change, &entry);
	if (change->said != NULL)
		error =
		    ledger_said(arena, session->store, change->said->id, &said);
	if (error == NULL)
		error = announce_compose(arena, session->office, change, said,
		    &announcement, &entry.digest);
	if (error != NULL)
		return error;
	buf_init(&json, arena);
	announcement_write(&json, &announcement, false);
	entry.said = json.data;
	buf_init(&core, arena);
	announcement_core(&core, &announcement);
	entry.core = digest_of(core.data, core.len);
	entry.when = announcement.when;
	entry.start = announcement.start;
	entry.status = announcement.status;
	error = ledger_append(arena, session->store, &entry);
	if (error == NULL)
		error = tree_render(arena, session->store, session->office,
		    &entry, &announcement);
	return error;
}

static const struct error *
append_all(struct session *session)
{
	struct arena *arena = arena_new();
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < session->changes.n; i++) {
		error = append_change(session, arena, &session->changes.v[i]);
		if (error == NULL)
			arena_reset(arena);
		terminal_progress(&session->report.terminal,
		    SAY(session->arena, session->report.lang, "cli.publishing"),
		    i + 1, session->changes.n);
	}
	if (error != NULL)
		error = error_copy(session->arena, error);
	arena_free(arena);
	return error;
}

static const struct error *
say(struct session *session, struct tree_files *files)
{
	const struct office *office = session->office;
	const struct tree_gate gate = { &session->diags,
		session->options->overrule };
	const struct error *error;

	error =
	    ledger_fix_domain(session->arena, session->store, office->domain);
	if (error == NULL)
		error = outbox_meet(session->arena, session->store, office);
	if (error == NULL)
		error = append_all(session);
	if (error == NULL)
		error = checkpoint_sign(session->arena, session->store,
		    office->domain, &office->signing);
	if (error == NULL)
		error = tree_stage(session->arena, session->store,
		    session->office, &gate, files);
	if (error == NULL)
		error = outbox_fill(
		    session->arena, session->store, session->office, files);
	return error;
}

/* files is NULL if there is nothing to say. */
static const struct error *
fill_transaction(struct session *session, const struct acts *unseen,
    const struct standings *standings, struct tree_files *files)
{
	const struct error *error = NULL;

	if (files != NULL || unseen->n > 0)
		error = record_run(session);
	if (error == NULL)
		error = record_acts(session, unseen);
	if (error == NULL)
		error = record_copies(session, unseen);
	if (error == NULL)
		error = record_standings(session, standings);
	if (error == NULL && files != NULL)
		error = say(session, files);
	return error;
}

const struct error *
publish_changes(struct session *session, struct tree_files *files)
{
	const struct error *error;
	struct standings standings;
	struct acts unseen;
	bool same;

	error = tree_is_current(
	    session->arena, session->store, session->office, &same);
	if (error == NULL)
		error = unseen_acts(session, &unseen);
	if (error == NULL)
		error = unseen_standings(session, &standings);
	if (error != NULL)
		return error;
	same = same && session->changes.n == 0;
	if ((same && unseen.n == 0 && standings.n == 0) ||
	    (error = chain_demand(session)) != NULL)
		return error;
	error = store_begin(session->store);
	if (error != NULL)
		return error;
	error =
	    fill_transaction(session, &unseen, &standings, same ? NULL : files);
	if (error == NULL)
		error = store_commit(session->store);
	else
		store_rollback(session->store);
	if (error == NULL && !same)
		error = tree_switch(
		    session->arena, session->store, session->office);
	return error;
}
