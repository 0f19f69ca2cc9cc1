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

/* What a column of ENTRY_COLUMNS may hold. */
struct range {
	int64_t least, most;
	bool text;
	bool edition; /* an edition has it too */
};
static const struct range ranges[ENTRY_COLUMNS_END] = {
	{ 1, INT64_MAX, false, true },                 /* id */
	{ 0, 0, true, true },                          /* kind */
	{ INSTANT_FIRST, INSTANT_LAST, false, true },  /* at */
	{ 0, INT_MAX, false, true },                   /* sequence */
	{ 0, 0, true, false },                         /* release */
	{ 1, 9999, false, true },                      /* year */
	{ 0, 0, true, false },                         /* digest */
	{ 0, 0, true, false },                         /* precision */
	{ DAY_FIRST, DAY_LAST, false, false },         /* day */
	{ NO_TIME, 24 * 60 - 1, false, false },        /* minute */
	{ DAY_FIRST, DAY_LAST, false, false },         /* last */
	{ INSTANT_FIRST, INSTANT_LAST, false, false }, /* start */
	{ INSTANT_FIRST, INSTANT_LAST, false, false }, /* since */
	{ 0, 0, true, false },                         /* status */
	{ 0, 0, true, true },                          /* policy */
};
#define COLUMN_SEQUENCE 3
#define COLUMN_YEAR 5
#define COLUMN_DIGEST 6

/* No byte behind a NUL, which C would not see. */
static bool
is_whole_text(struct query *query, int column)
{
	size_t len;
	const char *text = query_bytes(query, column, &len);

	return text == NULL || memchr(text, '\0', len) == NULL;
}

/* Whether the row holds nothing that its canonical form does not show. */
static bool
row_is_plain(struct query *query, bool edition)
{
	int i;

	for (i = 0; i < ENTRY_COLUMNS_END; i++) {
		const struct range *range = &ranges[i];

		if (query_is_null(query, i))
			continue;
		if (edition ? !range->edition : i == COLUMN_YEAR)
			return false;
		if (range->text ? i != COLUMN_DIGEST && !is_whole_text(query, i)
				: query_int(query, i) < range->least ||
				      query_int(query, i) > range->most)
			return false;
	}
	return (!edition || query_int(query, COLUMN_SEQUENCE) == 0) &&
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
	       row_is_plain(query, entry->release == NULL) &&
	       entry->at.s >= check->at.s;
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
