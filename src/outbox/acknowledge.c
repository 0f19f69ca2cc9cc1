/*
 * What a person says of a bundle: that the portal has it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/ledger.h>
#include <yugao/outbox.h>
#include <yugao/store.h>

#define NAME "yugao-"
#define ZIP ".zip"
#define WAITING "('queued', 'held', 'refused')"

/* Without what the file's name has besides. */
static const char *
name_of(struct arena *arena, const char *word)
{
	const char *slash = strrchr(word, '/');
	size_t len;

	word = slash == NULL ? word : slash + 1;
	len = strlen(word);
	if (len > strlen(ZIP) && strcmp(word + len - strlen(ZIP), ZIP) == 0)
		len -= strlen(ZIP);
	return arena_strndup(arena, word, len);
}

/* The entry at the end of yugao-20260302-145; 0 if it is none. */
static int64_t
entry_of(const char *name)
{
	const char *dash = strrchr(name, '-');
	char *end;
	long long entry;

	if (strncmp(name, NAME, strlen(NAME)) != 0 || dash == NULL)
		return 0;
	entry = strtoll(dash + 1, &end, 10);
	return *end == '\0' && entry > 0 ? entry : 0;
}

static bool
was_made(struct arena *arena, const struct portal *portal, const char *name)
{
	return channel_takes(portal->kind) == TAKES_BUNDLE &&
	       entry_of(name) > 0 &&
	       access(file_join(arena, portal->path,
			  arena_printf(arena, "%s" ZIP, name)),
		   F_OK) == 0;
}

/* The bundle that waits is this one. */
static const char end_waiting[] =
    "UPDATE message SET state = 'accepted', ended_at = ?3, problem = NULL"
    " WHERE portal = ?1 AND state IN " WAITING " AND digest IN"
    " (SELECT digest FROM spool WHERE instr(bytes,"
    " CAST(char(10) || 'name ' || ?2 || char(10) AS BLOB)) > 0)";
/* Or a later one waits, which carries less from now on. */
static const char shorten_waiting[] =
    "UPDATE message SET first_entry = max(coalesce(first_entry, 1), ?2 + 1)"
    " WHERE portal = ?1 AND state IN " WAITING;
/* Up to which entry it has everything now. */
static const char select_shown[] =
    "SELECT coalesce((SELECT min(m.first_entry) - 1 FROM message m"
    " WHERE m.portal = s.portal AND m.state IN " WAITING "), s.last_entry)"
    " FROM portal_state s WHERE s.portal = ?1";

static const struct error *
run(struct store *store, const char *sql, const char *name,
    const struct confirmation *confirmation)
{
	struct query *query;
	const struct error *error = query_open(store, sql, &query);

	if (error != NULL)
		return error;
	query_set_text(query, 1, confirmation->portal);
	if (sql == end_waiting) {
		query_set_text(query, 2, name);
		query_set_int(query, 3, confirmation->at.s);
	} else {
		query_set_int(query, 2, entry_of(name));
	}
	error = query_run(query);
	query_close(query);
	return error;
}

static const struct error *
read_shown(struct store *store, struct confirmation *confirmation)
{
	struct query *query;
	const struct error *error = query_open(store, select_shown, &query);
	bool row;

	if (error != NULL)
		return error;
	query_set_text(query, 1, confirmation->portal);
	error = query_next(query, &row);
	if (error == NULL && row)
		confirmation->entry = query_int(query, 0);
	query_close(query);
	return error;
}

const struct error *
outbox_acknowledge(struct arena *arena, struct store *store,
    const struct portal *portal, const char *word, struct instant at)
{
	const char *name = name_of(arena, word);
	struct confirmation confirmation = { .portal = portal->id, .at = at };
	const struct error *error;

	if (!was_made(arena, portal, name))
		return ERROR_NEW(arena, ERROR_INPUT, NULL, "outbox.no_bundle",
		    portal->id, word);
	error = run(store, end_waiting, name, &confirmation);
	if (error == NULL)
		error = run(store, shorten_waiting, name, &confirmation);
	if (error == NULL)
		error = read_shown(store, &confirmation);
	return error != NULL || confirmation.entry == 0
		   ? error
		   : ledger_confirm(arena, store, &confirmation);
}
