/*
 * Whether the record is whole, and tells of the entries that are there.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#include "chain.h"
#include "entry.h"
#include "flaws.h"
#include "recorded.h"

struct check {
	struct arena *arena; /* of diagnostics */
	struct flaws flaws;
	struct query *query, *entries; /* side by side, both by id */
	struct chain chain;
	struct instant at;
	struct buf buf;
	int64_t unrecorded; /* entries up to this one have no record */
	int64_t entry;      /* the row that `entries` is at; 0: none yet */
	bool more;          /* there is such a row */
};

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

/* Its bytes have no NUL, behind which C would not see. */
static const char *
whole_text(struct query *query, int column)
{
	size_t len;
	const char *text = query_bytes(query, column, &len);

	/* To SQLite, bytes of length 0 are NULL. */
	return len > 0 && memchr(text, '\0', len) != NULL
		   ? NULL
		   : query_text(query, column);
}

static bool
read_row(struct check *check, struct recorded *row)
{
	struct query *query = check->query;

	*row = (struct recorded){
		.id = query_int(query, 0),
		.record = { .at.s = query_int(query, 1),
		    .subject = whole_text(query, 3),
		    .body = whole_text(query, 4) },
	};
	return row->record.subject != NULL && row->record.body != NULL &&
	       record_kind_parse(whole_text(query, 2), &row->record.kind) &&
	       row->record.at.s >= check->at.s &&
	       row->record.at.s <= INSTANT_LAST;
}

static const struct error *
next_entry(struct check *check)
{
	const struct error *error = query_next(check->entries, &check->more);

	if (error == NULL && check->more)
		check->entry = query_int(check->entries, 0);
	return error;
}

/* Entries that nothing recorded, up to but not including this one. */
static const struct error *
skip_entries(struct check *check, int64_t id)
{
	const struct error *error = NULL;

	while (error == NULL && check->more && check->entry < id) {
		if (check->entry > check->unrecorded)
			FLAW(&check->flaws, "ledger.verify_unrecorded",
			    number(check->arena, check->entry));
		error = next_entry(check);
	}
	return error;
}

static const struct error *
check_entry(struct check *check, const struct recorded *row)
{
	static const char start[] = "{\"hash\":\"";
	int64_t id = strtoll(row->record.subject, NULL, 10);
	const char *body = row->record.body;
	const struct error *error = skip_entries(check, id);
	char hex[DIGEST_HEX_SIZE];
	struct digest hash;

	if (error != NULL)
		return error;
	if (!check->more || check->entry != id) {
		FLAW(&check->flaws, "ledger.verify_not_there",
		    number(check->arena, row->id), row->record.subject);
		return NULL;
	}
	if (!row_digest(check->entries, 1, &hash) ||
	    strncmp(body, start, strlen(start)) != 0 ||
	    strncmp(body + strlen(start), digest_hex(hex, &hash),
		DIGEST_HEX_SIZE - 1) != 0)
		FLAW(&check->flaws, "ledger.verify_other",
		    number(check->arena, row->id), row->record.subject);
	return next_entry(check);
}

static const struct error *
check_row(struct check *check)
{
	int64_t next = check->chain.id + 1;
	struct digest stored;
	struct recorded row;
	bool hashed = row_digest(check->query, 5, &stored);
	bool readable = read_row(check, &row);

	if (row.id > next)
		FLAW(&check->flaws, "ledger.verify_record_missing",
		    number(check->arena, next),
		    number(check->arena, row.id - 1));
	if (!chain_follow(&check->chain, row.id, hashed ? &stored : NULL,
		readable ? record_write : NULL, &check->buf, &row)) {
		FLAW(&check->flaws, "ledger.verify_record",
		    number(check->arena, row.id));
		return NULL;
	}
	check->at = row.record.at;
	return row.record.kind == RECORD_ENTRY ? check_entry(check, &row)
					       : NULL;
}

/* A number that may not be there: 0 then. */
static const struct error *
read_number(struct store *store, const char *sql, int64_t *n)
{
	struct query *query;
	const struct error *error = query_open(store, sql, &query);
	bool row;

	*n = 0;
	if (error != NULL)
		return error;
	error = query_next(query, &row);
	if (error == NULL && row)
		*n = query_int(query, 0);
	query_close(query);
	return error;
}

/* The newest records may have gone: nothing that is left refers to them. */
static const struct error *
check_end(struct check *check, struct store *store)
{
	int64_t counted;
	const struct error *error =
	    read_number(store, "SELECT n FROM record_count", &counted);

	if (error != NULL)
		return error;
	if (counted > check->chain.id)
		FLAW(&check->flaws, "ledger.verify_record_missing",
		    number(check->arena, check->chain.id + 1),
		    number(check->arena, counted));
	else if (counted < check->chain.id)
		FLAW(&check->flaws, "ledger.verify_record_count",
		    number(check->arena, check->chain.id),
		    number(check->arena, counted));
	return NULL;
}

static const char select_unrecorded[] =
    "SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'unrecorded'";

static const struct error *
check_records(struct check *check, struct store *store)
{
	const struct error *error;
	bool row;

	if ((error = read_number(
		 store, select_unrecorded, &check->unrecorded)) != NULL ||
	    (error = query_open(store, "SELECT id, hash FROM entry ORDER BY id",
		 &check->entries)) != NULL ||
	    (error = next_entry(check)) != NULL ||
	    (error = query_open(store,
		 "SELECT id, at, kind, subject, body, hash FROM record"
		 " ORDER BY id",
		 &check->query)) != NULL)
		return error;
	while ((error = query_next(check->query, &row)) == NULL && row &&
	       (error = check_row(check)) == NULL)
		;
	if (error == NULL)
		error = skip_entries(check, INT64_MAX);
	return error != NULL ? error : check_end(check, store);
}

const struct error *
record_verify(struct arena *arena, struct store *store, const char *name,
    struct diags *diags, int64_t *records)
{
	struct check check = {
		.arena = arena,
		.flaws = { arena, diags, name, 0 },
		.chain = chain_open(),
	};
	const struct error *error;

	buf_init(&check.buf, arena);
	error = check_records(&check, store);
	flaws_end(&check.flaws);
	*records = check.chain.id;
	query_close(check.query);
	query_close(check.entries);
	chain_close(&check.chain);
	return error;
}
