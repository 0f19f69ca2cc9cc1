/*
 * Whoever changes the database is found: one byte, one row, the end, or all
 * of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/checkpoint.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "world.h"

#define DOMAIN "stats.example"

struct fixture {
	struct arena *arena, *scratch;
	const char *folder, *path;
	struct store *store;
	struct secret_place key;
	struct diags diags; /* of the last verify */
};

static void
make_key(struct fixture *f, const char *name)
{
	const char *path = file_join(f->arena, f->folder, name);

	assert_int_equal(
	    system(arena_printf(f->arena,
		"umask 077 && openssl genpkey -algorithm ed25519 -out %s",
		path)),
	    0);
	f->key = (struct secret_place){ SECRET_FILE, path };
}

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct fixture *f = arena_alloc(arena, sizeof(*f));

	f->arena = arena;
	f->scratch = arena_new();
	f->folder = folder_make(arena);
	f->path = file_join(arena, f->folder, "yugao.db");
	no_error(store_open(arena, f->path, STORE_WRITE, &f->store));
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	arena_free(f->scratch);
	return folder_end(f->arena, f->folder);
}

static void
say_edition(struct fixture *f, int year, int64_t at)
{
	struct entry entry = { .kind = ENTRY_EDITION,
		.year = year,
		.at.s = at,
		.policy = "abcd" };

	no_error(ledger_append(f->arena, f->store, &entry));
}

static void
say(struct fixture *f, const char *release, int mday, int sequence, int64_t at)
{
	struct local local = { day_of(2026, 3, mday), 570 };
	struct announcement a = {
		.release = release,
		.uid = "nbs.cpi.2026-02@" DOMAIN,
		.department = "nbs",
		.series = "cpi",
		.period = "2026-02",
		.title = { "居民消费价格", NULL },
		.when = { PRECISION_INSTANT, local, local.day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)local.day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
	struct entry entry = {
		.kind = sequence == 0 ? ENTRY_NEW : ENTRY_MOVED_LATER,
		.at.s = at,
		.sequence = sequence,
		.release = release,
		.when = a.when,
		.start = a.start,
		.status = a.status,
		.policy = "abcd",
		.verdicts = "[{\"outcome\":\"warn\",\"rule\":\"A2\"}]",
	};
	struct buf json;

	buf_init(&json, f->arena);
	announcement_write(&json, &a, true);
	entry.digest = digest_of(json.data, json.len);
	buf_clear(&json);
	announcement_core(&json, &a);
	entry.core = digest_of(json.data, json.len);
	buf_clear(&json);
	announcement_write(&json, &a, false);
	entry.said = json.data;
	no_error(ledger_append(f->arena, f->store, &entry));
}

/* Five entries, and one record of another kind. */
static void
say_five(struct fixture *f)
{
	struct record act = { .kind = RECORD_ACT,
		.at.s = 50,
		.subject = "an act's digest",
		.body = "{\"at\":\"2025-12-29T02:00:00Z\",\"releases\":[]}" };

	no_error(ledger_fix_domain(f->arena, f->store, DOMAIN));
	no_error(record_append(f->arena, f->store, &act));
	say_edition(f, 2026, 100);
	say(f, "nbs/cpi/2026-02", 9, 0, 100);
	say(f, "nbs/ppi/2026-02", 9, 0, 200);
	say(f, "nbs/cpi/2026-02", 10, 1, 300);
	say(f, "nbs/gdp/2025-Q4", 10, 0, 400);
}

static void
say_profile(struct fixture *f, const char *key, int sequence, int64_t at)
{
	struct profile profile = {
		.key = key, .department = "nbs", .contact_phone = "010-00000000"
	};
	struct entry entry = { .kind = ENTRY_PROFILE,
		.at.s = at,
		.sequence = sequence,
		.release = key };
	struct buf json;

	buf_init(&json, f->arena);
	profile_write(&json, &profile);
	entry.digest = digest_of(json.data, json.len);
	entry.said = json.data;
	no_error(ledger_append(f->arena, f->store, &entry));
}

static void
confirm(
    struct fixture *f, const char *portal, int64_t entry, bool back, int64_t at)
{
	no_error(ledger_confirm(f->arena, f->store,
	    &(struct confirmation){ .portal = portal,
		.entry = entry,
		.at = { at },
		.read_back = back }));
}

static size_t
verify(struct fixture *f)
{
	int64_t records;

	arena_reset(f->scratch);
	f->diags = (struct diags){ 0 };
	no_error(
	    ledger_verify(f->scratch, f->store, "db", &f->diags, NULL, NULL));
	no_error(
	    record_verify(f->scratch, f->store, "db", &f->diags, &records));
	return f->diags.errors;
}

/* Whether a finding has this id and, if it is not 0, names this number. */
static bool
is_told(const struct fixture *f, const char *id, int64_t number)
{
	size_t i, j;

	for (i = 0; i < f->diags.n; i++) {
		const struct message *message = &f->diags.v[i].message;

		if (id != NULL && strcmp(message->id, id) != 0)
			continue;
		if (number == 0)
			return true;
		for (j = 0; j < message->n; j++)
			if (strtoll(message->args[j], NULL, 10) == number)
				return true;
	}
	return false;
}

static void
unguard(struct fixture *f)
{
	no_error(store_run(f->store,
	    "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete;"
	    "DROP TRIGGER record_no_update; DROP TRIGGER record_no_delete;"
	    "PRAGMA ignore_check_constraints = 1"));
}

/* One way to change one value. */
struct flip {
	const char *table, *column, *type;
	int64_t id;
	bool null;
	int64_t number;
	const char *bytes;
	size_t len;
};

static void
try_flip(struct fixture *f, const struct flip *flip, const char *value)
{
	const char *sql = arena_printf(f->arena,
	    "UPDATE %s SET %s = CAST(?1 AS %s)"
	    " WHERE id = ?2",
	    flip->table, flip->column, flip->type);
	const struct error *error;
	struct query *query;

	no_error(store_begin(f->store));
	no_error(query_open(f->store, sql, &query));
	if (strcmp(flip->type, "INTEGER") == 0)
		query_set_int(query, 1, flip->number);
	else
		query_set_bytes(query, 1, value, flip->len);
	query_set_int(query, 2, flip->id);
	error = query_run(query);
	query_close(query);
	/* An id that is taken already cannot be had. */
	if (error == NULL &&
	    (verify(f) == 0 || (strcmp(flip->column, "id") != 0 &&
				   !is_told(f, NULL, flip->id))))
		fail_msg("%s.%s of %d is not found", flip->table, flip->column,
		    (int)flip->id);
	store_rollback(f->store);
}

static size_t
flip_all(struct fixture *f, struct flip *flip)
{
	int64_t number = flip->number;
	char *value;
	size_t i;

	if (strcmp(flip->type, "INTEGER") == 0) {
		for (i = 0; i < 64; i++) {
			flip->number =
			    (int64_t)((uint64_t)number ^ (uint64_t)1 << i);
			try_flip(f, flip, NULL);
		}
		return 64;
	}
	if (flip->null) {
		flip->len = 1;
		try_flip(f, flip, "x");
		return 1;
	}
	value = arena_copy(f->arena, flip->bytes, flip->len + 1);
	for (i = 0; i < flip->len; i++) {
		value[i] ^= 1;
		try_flip(f, flip, value);
		value[i] = '\0';
		if (flip->bytes[i] != '\0')
			try_flip(f, flip, value);
		value[i] = flip->bytes[i];
	}
	/* One byte more, which C does not see. */
	value = arena_alloc(f->arena, flip->len + 2);
	memcpy(value, flip->bytes, flip->len);
	value[flip->len + 1] = 'x';
	flip->len += 2;
	try_flip(f, flip, value);
	return flip->len;
}

static size_t
flip_column(
    struct fixture *f, const char *table, const char *column, const char *type)
{
	struct flip flips[16];
	size_t n = 0, tried = 0, i;
	struct query *query;
	bool row;

	no_error(query_open(f->store,
	    arena_printf(f->arena, "SELECT id, %s FROM %s", column, table),
	    &query));
	while (query_next(query, &row) == NULL && row) {
		struct flip *flip = &flips[n++];
		const void *bytes;

		*flip = (struct flip){ table, column, type, query_int(query, 0),
			query_is_null(query, 1), query_int(query, 1), "", 0 };
		bytes = query_bytes(query, 1, &flip->len);
		if (flip->len > 0)
			flip->bytes =
			    arena_copy(f->arena, bytes, flip->len + 1);
		assert_true(n < COUNT(flips));
	}
	query_close(query);
	for (i = 0; i < n; i++)
		tried += flip_all(f, &flips[i]);
	return tried;
}

static void
every_flipped_byte_is_found_at_its_row(void **state)
{
	static const struct {
		const char *table, *column, *type;
	} columns[] = {
		{ "entry", "id", "INTEGER" },
		{ "entry", "kind", "TEXT" },
		{ "entry", "at", "INTEGER" },
		{ "entry", "sequence", "INTEGER" },
		{ "entry", "release", "TEXT" },
		{ "entry", "year", "INTEGER" },
		{ "entry", "digest", "BLOB" },
		{ "entry", "precision", "TEXT" },
		{ "entry", "day", "INTEGER" },
		{ "entry", "minute", "INTEGER" },
		{ "entry", "last", "INTEGER" },
		{ "entry", "start", "INTEGER" },
		{ "entry", "since", "INTEGER" },
		{ "entry", "status", "TEXT" },
		{ "entry", "policy", "TEXT" },
		{ "entry", "hash", "BLOB" },
		{ "entry", "said", "TEXT" },
		{ "entry", "since_entry", "INTEGER" },
		{ "entry", "moves", "INTEGER" },
		{ "entry", "core", "BLOB" },
		{ "record", "id", "INTEGER" },
		{ "record", "at", "INTEGER" },
		{ "record", "kind", "TEXT" },
		{ "record", "subject", "TEXT" },
		{ "record", "body", "TEXT" },
		{ "record", "hash", "BLOB" },
	};
	struct fixture *f = *state;
	struct query *query;
	size_t tried = 0, i;
	bool row;

	say_five(f);
	confirm(f, "portal", 5, false, 400);
	say_profile(f, "nbs/cpi", 0, 500);
	confirm(f, "portal", 6, true, 600);
	assert_int_equal(verify(f), 0);
	unguard(f);
	for (i = 0; i < COUNT(columns); i++)
		tried += flip_column(
		    f, columns[i].table, columns[i].column, columns[i].type);
	assert_true(tried > 5000);
	assert_int_equal(verify(f), 0);
	/* A column that is added later must be flipped here too. */
	no_error(query_open(f->store,
	    "SELECT count(*) FROM pragma_table_info('entry')"
	    " UNION ALL SELECT count(*) FROM pragma_table_info('record')",
	    &query));
	no_error(query_next(query, &row));
	i = (size_t)query_int(query, 0);
	no_error(query_next(query, &row));
	assert_int_equal(i + (size_t)query_int(query, 0), COUNT(columns));
	query_close(query);
}

static void
rows_that_are_gone_or_exchanged_are_found(void **state)
{
	static const struct {
		const char *sql, *id;
		int64_t number;
	} cases[] = {
		{ "DELETE FROM entry WHERE id = 1", "ledger.verify_missing",
		    1 },
		{ "DELETE FROM entry WHERE id = 3", "ledger.verify_missing",
		    3 },
		{ "DELETE FROM entry WHERE id IN (3, 4)",
		    "ledger.verify_missing", 4 },
		{ "DELETE FROM entry WHERE id = 5", "ledger.verify_not_there",
		    5 },
		{ "DELETE FROM entry", "ledger.verify_not_there", 1 },
		{ "UPDATE entry SET id = 9 WHERE id = 2;"
		  "UPDATE entry SET id = 2 WHERE id = 3;"
		  "UPDATE entry SET id = 3 WHERE id = 9",
		    "ledger.verify_entry", 2 },
		{ "UPDATE entry SET id = 9 WHERE id = 2;"
		  "UPDATE entry SET id = 2 WHERE id = 3;"
		  "UPDATE entry SET id = 3 WHERE id = 9",
		    "ledger.verify_entry", 3 },
		{ "INSERT INTO entry (id, kind, at, sequence, year, hash)"
		  " VALUES (6, 'edition', 400, 0, 2027, zeroblob(32))",
		    "ledger.verify_unrecorded", 6 },
		{ "DELETE FROM record WHERE id = 3",
		    "ledger.verify_record_missing", 3 },
		{ "DELETE FROM record WHERE id = 6", "ledger.verify_unrecorded",
		    5 },
		{ "DELETE FROM record", "ledger.verify_unrecorded", 1 },
		{ "DELETE FROM record WHERE id = (SELECT max(id) FROM record)",
		    "ledger.verify_record_missing", 6 },
		{ "UPDATE record_count SET n = 2", "ledger.verify_record_count",
		    6 },
		{ "UPDATE record SET id = 9 WHERE id = 2;"
		  "UPDATE record SET id = 2 WHERE id = 3;"
		  "UPDATE record SET id = 3 WHERE id = 9",
		    "ledger.verify_record", 2 },
	};
	struct fixture *f = *state;
	size_t i;

	say_five(f);
	unguard(f);
	for (i = 0; i < COUNT(cases); i++) {
		no_error(store_begin(f->store));
		no_error(store_run(f->store, cases[i].sql));
		if (verify(f) == 0 || !is_told(f, cases[i].id, cases[i].number))
			fail_msg("not found: %s", cases[i].sql);
		store_rollback(f->store);
	}
	assert_int_equal(verify(f), 0);
}

static struct checkpoint
sign(struct fixture *f)
{
	struct checkpoint checkpoint;
	const char *line, *key;

	no_error(checkpoint_sign(f->arena, f->store, DOMAIN, &f->key));
	no_error(checkpoint_kept(f->arena, f->store, &line, &key));
	assert_non_null(line);
	assert_true(checkpoint_read(
	    f->arena, &(struct bytes){ line, strlen(line) }, &checkpoint));
	return checkpoint;
}

/* The id of the only finding; NULL if there is none. */
static const char *
judged(struct fixture *f, const struct checkpoint *checkpoint)
{
	f->diags = (struct diags){ 0 };
	no_error(checkpoint_verify(
	    f->arena, f->store, "kept.json", checkpoint, &f->diags));
	assert_true(f->diags.n <= 1);
	return f->diags.n == 0 ? NULL : f->diags.v[0].message.id;
}

static unsigned
next_random(uint64_t *random)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*random >> 33);
}

/* What is said and done at random; each step adds at least one record. */
static void
live(struct fixture *f, uint64_t *random, int steps)
{
	static const char *const keys[] = { "nbs/cpi/2026-02",
		"nbs/ppi/2026-02", "nbs/gdp/2026-Q1", "nbs", "nbs/cpi" };
	static const char *const portals[] = { "a", "b" };
	int sequences[COUNT(keys)] = { 0 };
	int64_t at = 100, entries = 0;
	int i;

	for (i = 0; i < steps; i++) {
		size_t k = next_random(random) % (COUNT(keys) + 2);

		at += next_random(random) % 3;
		if (k < 3)
			say(f, keys[k], 1 + (int)(next_random(random) % 28),
			    sequences[k]++, at);
		else if (k < COUNT(keys))
			say_profile(f, keys[k], sequences[k]++, at);
		else if (k == COUNT(keys))
			say_edition(f, 2026 + i, at);
		entries += k <= COUNT(keys);
		confirm(f, portals[next_random(random) % 2], entries,
		    next_random(random) % 2 == 0, at);
	}
}

static int64_t
count(struct fixture *f, const char *table)
{
	struct query *query;
	int64_t n;
	bool row;

	no_error(query_open(f->store,
	    arena_printf(f->arena, "SELECT count(*) FROM %s", table), &query));
	no_error(query_next(query, &row));
	n = query_int(query, 0);
	query_close(query);
	return n;
}

static void
tamper(struct fixture *f, const char *sql)
{
	no_error(store_begin(f->store));
	no_error(store_run(f->store, sql));
	if (verify(f) == 0)
		fail_msg("not found: %s", sql);
	store_rollback(f->store);
}

/* The end of the record alone may go: nothing is chained to it. */
static void
tamper_with(struct fixture *f, const char *table, uint64_t *random)
{
	int64_t n = count(f, table) - 1;
	int64_t a = 1 + next_random(random) % n;
	int64_t b = 1 + (a - 1 + 1 + next_random(random) % (n - 1)) % n;

	tamper(f, arena_printf(
		      f->arena, "DELETE FROM %s WHERE id = %d", table, (int)a));
	tamper(f, arena_printf(f->arena,
		      "UPDATE %s SET id = 999 WHERE id = %d;"
		      "UPDATE %s SET id = %d WHERE id = %d;"
		      "UPDATE %s SET id = %d WHERE id = 999",
		      table, (int)a, table, (int)a, (int)b, table, (int)b));
	tamper(f, arena_printf(f->arena,
		      "INSERT INTO %s SELECT * FROM (SELECT * FROM %s"
		      " WHERE id = %d) WHERE true ON CONFLICT DO NOTHING;"
		      "UPDATE %s SET at = at + 1 WHERE id = %d",
		      table, table, (int)a, table, (int)b));
}

static void
any_history_tells_what_was_taken_or_exchanged(void **state)
{
	struct fixture *f = *state;
	uint64_t random = 20200091;
	struct checkpoint kept;
	const char *copy = file_join(f->arena, f->folder, "yesterday.db");
	int i;

	make_key(f, "key.pem");
	no_error(ledger_fix_domain(f->arena, f->store, DOMAIN));
	live(f, &random, 40);
	sign(f);
	no_error(store_run(
	    f->store, arena_printf(f->arena, "VACUUM INTO '%s'", copy)));
	say(f, "nbs/gdp/2025-Q4", 9, 0, 900);
	kept = sign(f);
	assert_int_equal(verify(f), 0);
	unguard(f);
	for (i = 0; i < 40; i++) {
		tamper_with(f, "entry", &random);
		tamper_with(f, "record", &random);
	}
	assert_int_equal(verify(f), 0);
	assert_null(judged(f, &kept));
	store_close(f->store);
	no_error(store_open(f->arena, copy, STORE_WRITE, &f->store));
	assert_int_equal(verify(f), 0);
	assert_string_equal(judged(f, &kept), "ledger.checkpoint_older");
}

/* One changed entry is one finding: those behind it are judged alone. */
static void
a_changed_entry_does_not_spoil_those_behind_it(void **state)
{
	struct fixture *f = *state;

	say_five(f);
	unguard(f);
	no_error(store_run(f->store, "UPDATE entry SET day = 1 WHERE id = 2"));
	assert_int_equal(verify(f), 1);
	assert_true(is_told(f, "ledger.verify_entry", 2));
}

static void
many_findings_are_counted(void **state)
{
	struct fixture *f = *state;
	int i;

	for (i = 0; i < 40; i++)
		say_edition(f, 2000 + i, 100);
	unguard(f);
	no_error(store_run(f->store, "UPDATE entry SET policy = 'x'"));
	assert_int_equal(verify(f), 21);
	assert_true(is_told(f, "ledger.verify_more", 20));
}

static void
the_database_refuses_to_change_a_record(void **state)
{
	struct fixture *f = *state;

	say_five(f);
	assert_non_null(store_run(f->store, "UPDATE record SET at = 1"));
	assert_non_null(store_run(f->store, "DELETE FROM record"));
	assert_non_null(
	    store_run(f->store, "INSERT OR REPLACE INTO record"
				" SELECT * FROM record WHERE id = 1"));
	assert_int_equal(verify(f), 0);
}

static void
an_act_is_known_once_it_was_recorded(void **state)
{
	struct fixture *f = *state;
	struct digest digest = digest_of("an act", 6);
	char hex[DIGEST_HEX_SIZE];
	struct record record = { .kind = RECORD_ACT,
		.at.s = 100,
		.subject = digest_hex(hex, &digest),
		.body = "{}" };
	bool seen = true;

	no_error(record_has_act(f->store, &digest, &seen));
	assert_false(seen);
	no_error(record_append(f->arena, f->store, &record));
	no_error(record_has_act(f->store, &digest, &seen));
	assert_true(seen);
	record.at.s = 50;
	record.subject = "another";
	no_error(record_append(f->arena, f->store, &record));
	assert_int_equal(record.at.s, 100);
	assert_int_equal(verify(f), 0);
}

static void
entries_from_before_the_record_need_none(void **state)
{
	struct fixture *f = *state;

	say_five(f);
	unguard(f);
	/* As the migration that made the record leaves an older database. */
	no_error(store_run(f->store,
	    "DELETE FROM record;"
	    "UPDATE record_count SET n = 0;"
	    "INSERT INTO setting (key, value) SELECT 'unrecorded', max(id)"
	    " FROM entry HAVING max(id) IS NOT NULL"));
	assert_int_equal(verify(f), 0);
	say(f, "nbs/gdp/2026-Q1", 11, 0, 500);
	assert_int_equal(verify(f), 0);
	no_error(store_run(f->store, "DELETE FROM record"));
	assert_int_equal(verify(f), 2);
	assert_true(is_told(f, "ledger.verify_unrecorded", 6));
}

static void
a_checkpoint_agrees_with_what_is_said_later(void **state)
{
	struct fixture *f = *state;
	struct checkpoint early, late;

	make_key(f, "key.pem");
	say_five(f);
	early = sign(f);
	assert_int_equal(early.head.id, 5);
	say(f, "nbs/cpi/2026-02", 11, 2, 500);
	late = sign(f);
	assert_null(judged(f, &early));
	assert_null(judged(f, &late));
	/* The same again: the tree is a function of the ledger. */
	assert_string_equal(sign(f).signature, late.signature);
}

static void
an_older_database_is_found(void **state)
{
	struct fixture *f = *state;
	struct checkpoint kept;
	const char *copy = file_join(f->arena, f->folder, "yesterday.db");

	make_key(f, "key.pem");
	say_five(f);
	sign(f);
	no_error(store_run(
	    f->store, arena_printf(f->arena, "VACUUM INTO '%s'", copy)));
	say(f, "nbs/cpi/2026-02", 11, 2, 500);
	kept = sign(f);
	store_close(f->store);
	no_error(store_open(f->arena, copy, STORE_WRITE, &f->store));
	/* Nothing is wrong with it by itself. */
	assert_int_equal(verify(f), 0);
	assert_string_equal(judged(f, &kept), "ledger.checkpoint_older");
	/* Not even when it has gone on in another way. */
	say(f, "nbs/cpi/2026-02", 12, 2, 500);
	sign(f);
	assert_int_equal(verify(f), 0);
	assert_string_equal(judged(f, &kept), "ledger.checkpoint_other");
}

static void
a_rewritten_database_is_found(void **state)
{
	struct fixture *f = *state;
	struct checkpoint kept;

	make_key(f, "key.pem");
	say_five(f);
	kept = sign(f);
	store_close(f->store);
	assert_int_equal(system(arena_printf(f->arena, "rm %s", f->path)), 0);
	no_error(store_open(f->arena, f->path, STORE_WRITE, &f->store));
	say_edition(f, 2026, 100);
	say(f, "nbs/cpi/2026-02", 10, 0, 100);
	say(f, "nbs/ppi/2026-02", 9, 0, 200);
	say(f, "nbs/gdp/2025-Q4", 10, 0, 400);
	say(f, "nbs/gdp/2026-Q1", 10, 0, 400);
	sign(f);
	assert_int_equal(verify(f), 0);
	assert_string_equal(judged(f, &kept), "ledger.checkpoint_other");
}

static void
a_checkpoint_that_is_not_ours_is_refused(void **state)
{
	struct fixture *f = *state;
	struct checkpoint kept, forged;

	make_key(f, "key.pem");
	say_five(f);
	kept = sign(f);
	forged = kept;
	forged.head.at.s++;
	assert_string_equal(judged(f, &forged), "ledger.checkpoint_signature");
	forged = kept;
	forged.office = "other.example";
	assert_string_equal(judged(f, &forged), "ledger.checkpoint_signature");
	forged = kept;
	forged.key.bytes[0] ^= 1;
	assert_string_equal(judged(f, &forged), "ledger.checkpoint_key");
	/* A new key does not make the old checkpoints worthless. */
	make_key(f, "new.pem");
	forged = sign(f);
	assert_int_not_equal(digest_compare(&forged.key, &kept.key), 0);
	assert_null(judged(f, &kept));
	assert_null(judged(f, &forged));
}

#define AT_IS_A_NUMBER                                                   \
	"{\"schema\":\"yugao-checkpoint/1\",\"at\":1,\"entries\":\"x\"," \
	"\"head\":[],\"key\":{},\"office\":null}"

static void
what_is_no_checkpoint_is_seen(void **state)
{
	static const char *const texts[] = { "", "{}", "[]", "null",
		"{\"at\":", "{\"schema\":\"yugao-checkpoint/1\"}",
		AT_IS_A_NUMBER };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < COUNT(texts); i++) {
		const struct bytes bytes = { texts[i], strlen(texts[i]) };
		struct checkpoint checkpoint;

		assert_false(checkpoint_read(f->arena, &bytes, &checkpoint));
	}
}

static void
without_a_key_nothing_is_kept(void **state)
{
	struct fixture *f = *state;
	const char *line, *key;

	make_key(f, "key.pem");
	say_five(f);
	sign(f);
	f->key.name = NULL;
	no_error(checkpoint_sign(f->arena, f->store, DOMAIN, &f->key));
	no_error(checkpoint_kept(f->arena, f->store, &line, &key));
	assert_null(line);
	assert_null(key);
}

/* The lines of the log, each after the other. */
static const struct error *
add_line(void *context, const struct log_line *line)
{
	struct buf *buf = context;

	buf_add(buf, line->text, line->len);
	buf_putc(buf, '\n');
	return NULL;
}

static void
lines_are_the_same_wherever_they_begin(void **state)
{
	struct fixture *f = *state;
	struct buf all, parts, verified;
	struct diags diags = { 0 };
	int64_t i;

	say_five(f);
	buf_init(&all, f->arena);
	buf_init(&parts, f->arena);
	buf_init(&verified, f->arena);
	no_error(ledger_lines(f->arena, f->store, 1, 5, add_line, &all));
	for (i = 1; i <= 5; i++)
		no_error(
		    ledger_lines(f->arena, f->store, i, i, add_line, &parts));
	no_error(ledger_verify(
	    f->arena, f->store, "db", &diags, add_line, &verified));
	assert_string_equal(parts.data, all.data);
	assert_string_equal(verified.data, all.data);
}

static void
the_last_entry_before_an_instant_is_found(void **state)
{
	static const struct {
		int64_t at, id;
	} cases[] = { { 0, 0 }, { 100, 0 }, { 101, 2 }, { 200, 2 }, { 201, 3 },
		{ 300, 3 }, { 400, 4 }, { 401, 5 }, { INT64_MAX, 5 } };
	struct fixture *f = *state;
	int64_t id = -1;
	size_t i;

	no_error(ledger_before(f->store, (struct instant){ 100 }, &id));
	assert_int_equal(id, 0);
	say_five(f);
	for (i = 0; i < COUNT(cases); i++) {
		no_error(ledger_before(
		    f->store, (struct instant){ cases[i].at }, &id));
		assert_int_equal(id, cases[i].id);
	}
}

/* Releases with the time of their latest entry as of an instant. */
static const struct error *
add_latest(void *context, const struct entry *entry)
{
	struct buf *buf = context;

	buf_printf(buf, "%s#%d@%d ", entry->release, entry->sequence,
	    (int)entry->at.s);
	return NULL;
}

static void
the_view_can_be_had_as_of_any_instant(void **state)
{
	static const struct {
		int64_t at;
		const char *release, *expected;
	} cases[] = {
		{ 99, NULL, "" },
		{ 100, NULL, "nbs/cpi/2026-02#0@100 " },
		{ 299, NULL, "nbs/cpi/2026-02#0@100 nbs/ppi/2026-02#0@200 " },
		{ 300, NULL, "nbs/ppi/2026-02#0@200 nbs/cpi/2026-02#1@300 " },
		{ 999, "nbs/cpi/2026-02", "nbs/cpi/2026-02#1@300 " },
		{ 999, "nbs/none/2026-02", "" },
	};
	struct fixture *f = *state;
	size_t i;

	say_five(f);
	for (i = 0; i < COUNT(cases); i++) {
		struct instant as_of = { cases[i].at };
		struct buf buf;

		buf_init(&buf, f->arena);
		no_error(ledger_each_latest(f->arena, f->store,
		    cases[i].release, &as_of, add_latest, &buf));
		assert_string_equal(buf.data, cases[i].expected);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_flipped_byte_is_found_at_its_row),
		TEST(rows_that_are_gone_or_exchanged_are_found),
		TEST(any_history_tells_what_was_taken_or_exchanged),
		TEST(a_changed_entry_does_not_spoil_those_behind_it),
		TEST(many_findings_are_counted),
		TEST(the_database_refuses_to_change_a_record),
		TEST(an_act_is_known_once_it_was_recorded),
		TEST(entries_from_before_the_record_need_none),
		TEST(a_checkpoint_agrees_with_what_is_said_later),
		TEST(an_older_database_is_found),
		TEST(a_rewritten_database_is_found),
		TEST(a_checkpoint_that_is_not_ours_is_refused),
		TEST(what_is_no_checkpoint_is_seen),
		TEST(without_a_key_nothing_is_kept),
		TEST(lines_are_the_same_wherever_they_begin),
		TEST(the_last_entry_before_an_instant_is_found),
		TEST(the_view_can_be_had_as_of_any_instant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
