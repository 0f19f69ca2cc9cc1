#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "entry.h"

/*
 * What was said of this release before; id 0 if nothing.  Entries from before
 * it was stored get what they have from those before them.
 */
static const struct error *
read_previous(struct arena *arena, struct store *store, const char *release,
    struct entry *previous)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT " ENTRY_COLUMNS " FROM entry WHERE release = ? ORDER BY id",
	    &query);
	struct entry entry;
	bool row;

	*previous = (struct entry){ .id = 0 };
	if (error != NULL)
		return error;
	query_set_text(query, 1, release);
	while ((error = query_next(query, &row)) == NULL && row &&
	       (error = entry_of_row(arena, query, &entry)) == NULL) {
		if (entry.since_entry == 0)
			entry_follow(&entry, previous);
		*previous = entry;
	}
	query_close(query);
	return error;
}

static const struct error *
link_to_previous(struct arena *arena, struct store *store, struct entry *entry)
{
	struct entry previous;
	const struct error *error =
	    read_previous(arena, store, entry->release, &previous);
	int expected;

	if (error != NULL)
		return error;
	expected = previous.id == 0 ? 0 : previous.sequence + 1;
	if (entry->sequence != expected)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "ledger.sequence",
		    entry->release, arena_printf(arena, "%d", entry->sequence),
		    arena_printf(arena, "%d", expected));
	if (entry->kind != ENTRY_PROFILE)
		entry_follow(entry, &previous);
	return NULL;
}

static void
set_digest(struct query *query, int parameter, const struct digest *digest)
{
	query_set_bytes(query, parameter, digest->bytes, sizeof(digest->bytes));
}

static void
set_release(struct query *query, const struct entry *entry)
{
	query_set_text(query, 8, said_precision(entry->when.precision));
	query_set_int(query, 9, entry->when.start.day.n);
	query_set_int(query, 10, entry->when.start.minute);
	query_set_int(query, 11, entry->when.last.n);
	query_set_int(query, 12, entry->start.s);
	query_set_int(query, 13, entry->since.s);
	query_set_text(query, 14, said_status_name(entry->status));
	query_set_int(query, 16, entry->since_entry);
	query_set_int(query, 17, entry->moves);
	if (!digest_is_zero(&entry->core))
		set_digest(query, 18, &entry->core);
}

static const struct error *
insert(
    struct store *store, const struct entry *entry, const struct digest *hash)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO entry (" ENTRY_COLUMNS ", hash, said)"
	    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, entry->id);
	query_set_text(query, 2, entry_kind_name(entry->kind));
	query_set_int(query, 3, entry->at.s);
	query_set_int(query, 4, entry->sequence);
	query_set_text(query, 15, entry->policy);
	set_digest(query, 19, hash);
	if (entry->release == NULL) {
		query_set_int(query, 6, entry->year);
	} else {
		query_set_text(query, 5, entry->release);
		set_digest(query, 7, &entry->digest);
		query_set_text(query, 20, entry->said);
		if (entry->kind != ENTRY_PROFILE)
			set_release(query, entry);
	}
	error = query_run(query);
	query_close(query);
	return error;
}

/* What was decided of it, beside the hash that says what it is. */
static const struct error *
record(struct arena *arena, struct store *store, const struct entry *entry,
    const struct digest *hash)
{
	char hex[DIGEST_HEX_SIZE];
	struct record record = {
		.kind = RECORD_ENTRY,
		.at = entry->at,
		.subject = arena_printf(arena, "%lld", (long long)entry->id),
		.body = arena_printf(arena, "{\"hash\":\"%s\",\"verdicts\":%s}",
		    digest_hex(hex, hash),
		    entry->verdicts != NULL ? entry->verdicts : "[]"),
	};

	return record_append(arena, store, &record);
}

const struct error *
ledger_append(struct arena *arena, struct store *store, struct entry *entry)
{
	const struct error *error;
	struct ledger_head head;
	struct digest hash;
	struct buf buf;

	if ((error = ledger_head(arena, store, -1, &head)) != NULL)
		return error;
	entry->id = head.id + 1;
	if (entry->at.s < head.at.s)
		entry->at = head.at;
	if (entry->release != NULL &&
	    (error = link_to_previous(arena, store, entry)) != NULL)
		return error;
	buf_init(&buf, arena);
	entry_write(&buf, entry, &head.hash);
	hash = digest_of(buf.data, buf.len);
	if ((error = insert(store, entry, &hash)) != NULL)
		return error;
	return record(arena, store, entry, &hash);
}

const struct error *
ledger_fix_domain(struct arena *arena, struct store *store, const char *domain)
{
	struct query *query;
	const char *fixed = NULL;
	bool row;
	const struct error *error = query_open(
	    store, "SELECT value FROM setting WHERE key = 'domain'", &query);

	if (error != NULL)
		return error;
	if ((error = query_next(query, &row)) == NULL && row)
		fixed = arena_strdup(arena, query_text(query, 0));
	query_close(query);
	if (error != NULL)
		return error;
	if (fixed != NULL)
		return strcmp(fixed, domain) == 0
			   ? NULL
			   : ERROR_NEW(arena, ERROR_INPUT, NULL,
				 "ledger.domain", domain, fixed);
	if ((error = query_open(store,
		 "INSERT INTO setting (key, value) VALUES ('domain', ?)",
		 &query)) != NULL)
		return error;
	query_set_text(query, 1, domain);
	error = query_run(query);
	query_close(query);
	return error;
}
