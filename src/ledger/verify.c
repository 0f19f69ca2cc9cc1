/*
 * Whether the ledger is still what was said: its chain from the first entry
 * on, and what each row holds beyond what its hash is over.
 */
#include <limits.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/store.h>

#include "chain.h"
#include "entry.h"
#include "flaws.h"

/* Which entries have a column. */
enum {
	RELEASE = 1,
	PROFILE = 2,
	EDITION = 4,
	OLDER = 8, /* but releases from before it was stored do not */
	SAID = RELEASE | PROFILE,
	ALL = SAID | EDITION
};

/* What a column of ENTRY_COLUMNS may hold. */
struct range {
	int64_t least, most;
	bool bytes; /* text or a digest, which has no numbers */
	unsigned owners;
};
static const struct range ranges[ENTRY_COLUMNS_END] = {
	{ 1, INT64_MAX, false, ALL },                    /* id */
	{ 0, 0, true, ALL },                             /* kind */
	{ INSTANT_FIRST, INSTANT_LAST, false, ALL },     /* at */
	{ 0, INT_MAX, false, ALL },                      /* sequence */
	{ 0, 0, true, SAID },                            /* release */
	{ 1, 9999, false, EDITION },                     /* year */
	{ 0, 0, true, SAID },                            /* digest */
	{ 0, 0, true, RELEASE },                         /* precision */
	{ DAY_FIRST, DAY_LAST, false, RELEASE },         /* day */
	{ NO_TIME, 24 * 60 - 1, false, RELEASE },        /* minute */
	{ DAY_FIRST, DAY_LAST, false, RELEASE },         /* last */
	{ INSTANT_FIRST, INSTANT_LAST, false, RELEASE }, /* start */
	{ INSTANT_FIRST, INSTANT_LAST, false, RELEASE }, /* since */
	{ 0, 0, true, RELEASE },                         /* status */
	{ 0, 0, true, ALL | OLDER },                     /* policy */
	{ 1, INT64_MAX, false, RELEASE | OLDER },        /* since_entry */
	{ 0, INT_MAX, false, RELEASE | OLDER },          /* moves */
	{ 0, 0, true, RELEASE | OLDER },                 /* core */
};
#define COLUMN_SEQUENCE 3
#define COLUMN_DIGEST 6
#define COLUMN_SINCE_ENTRY 15
#define COLUMN_MOVES 16
#define COLUMN_CORE 17

static unsigned
owner_of(const struct entry *entry)
{
	if (entry->release == NULL)
		return EDITION;
	return entry->kind == ENTRY_PROFILE ? PROFILE : RELEASE;
}

/* No byte behind a NUL, which C would not see. */
static bool
is_whole_text(struct query *query, int column)
{
	size_t len;
	const char *text = query_bytes(query, column, &len);

	return text == NULL || memchr(text, '\0', len) == NULL;
}

static bool
column_is_plain(struct query *query, int column, unsigned owner)
{
	const struct range *range = &ranges[column];

	if (query_is_null(query, column))
		return (range->owners & owner) == 0 ||
		       (range->owners & OLDER) != 0;
	if ((range->owners & owner) == 0)
		return false;
	if (range->bytes)
		return column == COLUMN_DIGEST || column == COLUMN_CORE ||
		       is_whole_text(query, column);
	return query_int(query, column) >= range->least &&
	       query_int(query, column) <= range->most;
}

/* Whether the row holds nothing that its canonical form does not show. */
static bool
row_is_plain(struct query *query, const struct entry *entry)
{
	unsigned owner = owner_of(entry);
	int i;

	for (i = 0; i < ENTRY_COLUMNS_END; i++)
		if (!column_is_plain(query, i, owner))
			return false;
	/* What is left out of it when there is none of it. */
	return (owner != EDITION || query_int(query, COLUMN_SEQUENCE) == 0) &&
	       query_is_null(query, COLUMN_SINCE_ENTRY) ==
		   query_is_null(query, COLUMN_MOVES) &&
	       query_is_null(query, COLUMN_CORE) ==
		   digest_is_zero(&entry->core) &&
	       is_whole_text(query, ENTRY_COLUMNS_END + 1);
}

struct check {
	struct arena *arena; /* of diagnostics */
	struct arena *scratch;
	struct flaws flaws;
	struct query *query;
	struct chain chain;
	struct instant at; /* of the last sound entry */
	struct buf buf;
};

static void
write_row(struct buf *buf, const void *row, const struct digest *previous)
{
	entry_write(buf, row, previous);
}

/* False if the row is none that ledger_append() writes. */
static bool
read_entry(struct check *check, struct entry *entry)
{
	struct query *query = check->query;

	if (entry_of_row(check->scratch, query, entry) != NULL)
		return false;
	entry->said = query_text(query, ENTRY_COLUMNS_END + 1);
	/* The schema forbids it, but the schema may have been tampered with. */
	return (entry->release == NULL) == (entry->said == NULL) &&
	       row_is_plain(query, entry) && entry->at.s >= check->at.s;
}

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

static const struct error *
check_row(struct check *check,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context)
{
	int64_t id = query_int(check->query, 0), next = check->chain.id + 1;
	struct digest stored;
	bool hashed = row_digest(check->query, ENTRY_COLUMNS_END, &stored);
	struct entry entry;
	bool readable = read_entry(check, &entry);

	if (id > next)
		FLAW(&check->flaws, "ledger.verify_missing",
		    number(check->arena, next), number(check->arena, id - 1),
		    number(check->arena, id));
	if (!chain_follow(&check->chain, id, hashed ? &stored : NULL,
		readable ? write_row : NULL, &check->buf, &entry)) {
		FLAW(&check->flaws, "ledger.verify_entry",
		    number(check->arena, id));
		return NULL;
	}
	check->at = entry.at;
	if (each == NULL)
		return NULL;
	line_write(&check->buf, &stored);
	return each(context, &(struct log_line){ id, entry.at, check->buf.data,
				 check->buf.len });
}

static const struct error *
check_chain(struct check *check, struct store *store,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context)
{
	const struct error *error;
	bool row;

	if ((error = query_open(store,
		 "SELECT " ENTRY_COLUMNS ", hash, said FROM entry ORDER BY id",
		 &check->query)) != NULL)
		return error;
	while ((error = query_next(check->query, &row)) == NULL && row &&
	       (error = check_row(check, each, context)) == NULL)
		;
	query_close(check->query);
	return error;
}

/* The n-th entry of a release has SEQUENCE n - 1. */
static const struct error *
check_sequences(struct check *check, struct store *store)
{
	const struct error *error;
	struct query *query;
	const char *release = NULL;
	int64_t expected = 0;
	bool row;

	if ((error = query_open(store,
		 "SELECT release, id, sequence FROM entry"
		 " WHERE release IS NOT NULL ORDER BY release, id",
		 &query)) != NULL)
		return error;
	while ((error = query_next(query, &row)) == NULL && row) {
		const char *now = query_text(query, 0);

		if (release == NULL || strcmp(release, now) != 0) {
			arena_reset(check->scratch);
			release = arena_strdup(check->scratch, now);
			expected = 0;
		}
		if (query_int(query, 2) != expected)
			FLAW(&check->flaws, "ledger.verify_sequence",
			    number(check->arena, query_int(query, 1)),
			    number(check->arena, query_int(query, 2)),
			    number(check->arena, expected));
		expected = query_int(query, 2) + 1;
	}
	query_close(query);
	return error;
}

const struct error *
ledger_verify(struct arena *arena, struct store *store, const char *name,
    struct diags *diags,
    const struct error *(*each)(void *context, const struct log_line *line),
    void *context)
{
	struct check check = {
		.arena = arena,
		.scratch = arena_new(),
		.flaws = { arena, diags, name, 0 },
		.chain = chain_open(),
	};
	const struct error *error;

	buf_init(&check.buf, arena);
	error = check_chain(&check, store, each, context);
	if (error == NULL)
		error = check_sequences(&check, store);
	error = error_copy(arena, error);
	flaws_end(&check.flaws);
	chain_close(&check.chain);
	arena_free(check.scratch);
	return error;
}
