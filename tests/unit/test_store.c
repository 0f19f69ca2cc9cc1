#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>

#include "store_world.h"

#include "../../src/store/connection.h"

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void
run(struct fixture *f, const char *sql)
{
	const struct error *error = store_run(f->store, sql);

	if (error != NULL)
		fail_msg("%s", error_text(f->arena, LANG_EN, error));
}

/* The first column of the first row. */
static const char *
value(struct fixture *f, const char *sql)
{
	struct query *query;
	const char *text = NULL;
	bool row;

	assert_null(query_open(f->store, sql, &query));
	assert_null(query_next(query, &row));
	if (row && query_text(query, 0) != NULL)
		text = arena_strdup(f->arena, query_text(query, 0));
	query_close(query);
	return text;
}

/* The schema's version in the newest migration. */
static const char *
newest(struct fixture *f)
{
	const struct migration *rows;
	size_t n;

	rows = store_migrations(&n);
	return arena_printf(f->arena, "%d", rows[n - 1].version);
}

static void
assert_error(const struct error *error, const char *id)
{
	assert_non_null(error);
	assert_string_equal(error->message.id, id);
	assert_int_equal(error->kind, ERROR_FAILED);
}

static void
assert_refused(struct fixture *f, enum store_mode mode, const char *id)
{
	struct store *store;

	assert_error(store_open(f->arena, f->path, mode, &store), id);
	assert_null(store);
}

static void
a_new_database_can_be_read_by_nobody_else(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(store_exists(f->path));
}

static void
the_connection_is_set_up_as_promised(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(value(f, "PRAGMA journal_mode"), "truncate");
	assert_string_equal(value(f, "PRAGMA synchronous"), "2");
	assert_string_equal(value(f, "PRAGMA foreign_keys"), "1");
	assert_string_equal(value(f, "PRAGMA trusted_schema"), "0");
	assert_string_equal(value(f, "PRAGMA application_id"), "2037737313");
	assert_string_equal(value(f, "PRAGMA user_version"), newest(f));
	assert_string_equal(
	    value(f, "SELECT count(*) FROM pragma_table_list"
		     " WHERE schema = 'main' AND type = 'table'"
		     " AND NOT strict AND name NOT LIKE 'sqlite_%'"),
	    "0");
}

static void
reading_what_is_not_there_is_an_error(void **state)
{
	struct fixture *f = *state;
	const char *path = file_join(f->arena, f->folder, "other.db");
	struct store *store;

	assert_error(
	    store_open(f->arena, path, STORE_READ, &store), "store.missing");
	assert_int_equal(access(path, F_OK), -1);
	assert_false(store_exists(path));
}

static void
a_database_that_was_never_finished_counts_as_missing(void **state)
{
	struct fixture *f = *state;
	struct store *store;
	const char *path = file_join(f->arena, f->folder, "empty.db");

	assert_null(file_replace(f->arena, path, "", 0));
	assert_false(store_exists(path));
	assert_error(
	    store_open(f->arena, path, STORE_READ, &store), "store.missing");
	assert_null(store_open(f->arena, path, STORE_WRITE, &store));
	store_close(store);
}

static void
a_reader_cannot_write(void **state)
{
	struct fixture *f = *state;
	struct store *reader;

	assert_null(store_open(f->arena, f->path, STORE_READ, &reader));
	assert_error(store_run(reader, "INSERT INTO setting VALUES ('a', 'b')"),
	    "store.readonly");
	store_close(reader);
}

static void
a_newer_schema_is_refused(void **state)
{
	struct fixture *f = *state;

	run(f, "PRAGMA user_version = 1000");
	close_store(f);
	assert_refused(f, STORE_READ, "store.newer");
	assert_refused(f, STORE_WRITE, "store.newer");
}

/* The database as this version of the schema left it, and still open. */
static void
make_old(struct fixture *f, int version)
{
	const struct migration *rows;
	size_t n, i;
	sqlite3 *db;

	close_store(f);
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	f->store = arena_alloc(f->arena, sizeof(*f->store));
	*f->store = (struct store){ f->arena, f->path, db, NULL };
	rows = store_migrations(&n);
	for (i = 0; i < n && rows[i].version <= version; i++)
		run(f, rows[i].sql);
	run(f, arena_printf(f->arena,
		   "PRAGMA application_id = 2037737313;"
		   "PRAGMA user_version = %d",
		   version));
}

static void
an_older_schema_is_copied_aside_and_migrated(void **state)
{
	struct fixture *f = *state;
	const char *copy = arena_printf(f->arena, "%s.v3", f->path);
	struct stat st;

	make_old(f, 3);
	run(f, "INSERT INTO setting VALUES ('domain', 'stats.example')");
	close_store(f);
	assert_refused(f, STORE_READ, "store.older");
	assert_null(store_open(f->arena, f->path, STORE_WRITE, &f->store));
	assert_string_equal(value(f, "PRAGMA user_version"), newest(f));
	assert_string_equal(
	    value(f, "SELECT value FROM setting"), "stats.example");
	assert_string_equal(value(f, "SELECT count(*) FROM record"), "0");
	close_store(f);

	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	f->path = copy;
	assert_refused(f, STORE_READ, "store.older");
}

/* How many findings; each must name this object. */
static size_t
flaws(struct fixture *f, const char *name)
{
	struct diags diags = { 0 };
	size_t i;

	assert_null(store_check(f->arena, f->store, &diags));
	for (i = 0; i < diags.n; i++) {
		assert_string_equal(diags.v[i].place.file, f->path);
		assert_string_equal(diags.v[i].message.args[0], name);
	}
	return diags.errors;
}

static void
a_changed_schema_is_found(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(flaws(f, ""), 0);
	run(f, "DROP TRIGGER entry_no_delete");
	assert_int_equal(flaws(f, "trigger entry_no_delete"), 1);
	run(f, "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry"
	       " WHEN 0 BEGIN SELECT 1; END");
	assert_int_equal(flaws(f, "trigger entry_no_delete"), 1);
	run(f, "DROP TRIGGER entry_no_delete;"
	       "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN"
	       " SELECT RAISE(ABORT, 'entries are never removed'); END;"
	       "CREATE TABLE strange (a)");
	assert_int_equal(flaws(f, "table strange"), 1);
}

static void
a_database_of_another_program_is_refused(void **state)
{
	struct fixture *f = *state;

	run(f, "PRAGMA application_id = 7");
	close_store(f);
	assert_refused(f, STORE_READ, "store.foreign");
	assert_refused(f, STORE_WRITE, "store.foreign");
}

static void
a_file_that_is_no_database_is_refused_and_kept(void **state)
{
	struct fixture *f = *state;
	struct bytes bytes;

	close_store(f);
	assert_null(file_replace(f->arena, f->path,
	    "this is a text file and no database at all", 42));
	assert_refused(f, STORE_WRITE, "store.foreign");
	assert_null(file_read(f->arena, f->path, 1000, &bytes));
	assert_int_equal(bytes.len, 42);
}

static void
a_folder_that_is_not_there_is_an_error(void **state)
{
	struct fixture *f = *state;

	f->path = file_join(f->arena, f->folder, "no/such/yugao.db");
	assert_refused(f, STORE_WRITE, "store.open");
}

static void
a_second_writer_gets_an_error_and_the_first_goes_on(void **state)
{
	struct fixture *f = *state;
	struct store *second;

	assert_null(store_open(f->arena, f->path, STORE_WRITE, &second));
	assert_null(store_run(second, "PRAGMA busy_timeout = 0"));
	assert_null(store_begin(f->store));
	run(f, "INSERT INTO setting VALUES ('a', 'b')");
	assert_error(store_begin(second), "store.busy");
	assert_null(store_commit(f->store));
	assert_null(store_begin(second));
	store_close(second);
}

static void
a_rollback_forgets_and_may_come_twice(void **state)
{
	struct fixture *f = *state;

	assert_null(store_begin(f->store));
	run(f, "INSERT INTO setting VALUES ('a', 'b')");
	store_rollback(f->store);
	store_rollback(f->store);
	assert_string_equal(value(f, "SELECT count(*) FROM setting"), "0");
}

static void
closing_in_a_transaction_rolls_back(void **state)
{
	struct fixture *f = *state;

	assert_null(store_begin(f->store));
	run(f, "INSERT INTO setting VALUES ('a', 'b')");
	close_store(f);
	assert_null(store_open(f->arena, f->path, STORE_WRITE, &f->store));
	assert_string_equal(value(f, "SELECT count(*) FROM setting"), "0");
}

static void
an_entry_is_neither_changed_nor_removed_nor_replaced(void **state)
{
	static const char *const forbidden[] = {
		"UPDATE entry SET year = 2027",
		"DELETE FROM entry",
		("REPLACE INTO entry (id, kind, at, sequence, year, hash)"
		 " VALUES (1, 'edition', 2, 0, 2027, x'00')"),
	};
	struct fixture *f = *state;
	size_t i;

	run(f, "INSERT INTO entry (id, kind, at, sequence, year, hash)"
	       " VALUES (1, 'edition', 1, 0, 2026, x'00')");
	for (i = 0; i < COUNT(forbidden); i++)
		assert_error(store_run(f->store, forbidden[i]), "store.failed");
	assert_string_equal(value(f, "SELECT year FROM entry"), "2026");
}

static void
an_interrupted_run_is_undone_by_the_next_writer_only(void **state)
{
	struct fixture *f = *state;
	int status;
	pid_t pid;

	run(f, "INSERT INTO setting VALUES ('a', 'b')");
	close_store(f);
	if ((pid = fork()) == 0) {
		struct store *store;

		/* A small cache, so that pages reach the file early. */
		if (store_open(f->arena, f->path, STORE_WRITE, &store) != NULL)
			_exit(1);
		_exit(store_run(store,
			  "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
			  "UPDATE setting SET value = 'c';"
			  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
			  " SELECT i + 1 FROM n WHERE i < 1000)"
			  "INSERT INTO setting"
			  " SELECT i, hex(zeroblob(500)) FROM n") != NULL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_refused(f, STORE_READ, "store.interrupted");
	assert_null(store_open(f->arena, f->path, STORE_WRITE, &f->store));
	assert_string_equal(value(f, "SELECT count(*) FROM setting"), "1");
	assert_string_equal(value(f, "SELECT value FROM setting"), "b");
}

static void
null_is_null_and_no_bytes_are_not(void **state)
{
	struct fixture *f = *state;
	struct query *query;
	size_t len;
	bool row;

	assert_null(query_open(f->store, "SELECT ?, ?, ?, ?", &query));
	query_set_text(query, 1, NULL);
	query_set_bytes(query, 2, NULL, 0);
	query_set_text(query, 3, "");
	assert_null(query_next(query, &row));
	assert_true(row);
	assert_true(query_is_null(query, 0));
	assert_null(query_text(query, 0));
	assert_false(query_is_null(query, 1));
	query_bytes(query, 1, &len);
	assert_int_equal(len, 0);
	assert_string_equal(query_text(query, 2), "");
	assert_true(query_is_null(query, 3));
	assert_null(query_next(query, &row));
	assert_false(row);
	query_close(query);
}

static void
a_query_that_failed_can_run_again(void **state)
{
	struct fixture *f = *state;
	struct query *query;

	assert_null(query_open(
	    f->store, "INSERT INTO setting VALUES (?, 'x')", &query));
	assert_non_null(query_run(query)); /* NOT NULL */
	query_set_text(query, 1, "a");
	assert_null(query_run(query));
	query_set_text(query, 1, "a");
	assert_non_null(query_run(query)); /* UNIQUE */
	query_set_text(query, 2, "there is no second parameter");
	assert_non_null(query_run(query));
	query_set_text(query, 1, "b");
	assert_null(query_run(query));
	query_close(query);
	assert_string_equal(value(f, "SELECT count(*) FROM setting"), "2");
}

static void
one_statement_may_be_open_twice(void **state)
{
	static const char sql[] = "SELECT value FROM setting WHERE key = ?";
	struct fixture *f = *state;
	struct query *one, *two, *again;
	bool row;

	run(f, "INSERT INTO setting VALUES ('a', '1'), ('b', '2')");
	assert_null(query_open(f->store, sql, &one));
	assert_null(query_open(f->store, sql, &two));
	assert_ptr_not_equal(one, two);
	query_set_text(one, 1, "a");
	query_set_text(two, 1, "b");
	assert_null(query_next(one, &row));
	assert_null(query_next(two, &row));
	assert_string_equal(query_text(one, 0), "1");
	assert_string_equal(query_text(two, 0), "2");
	query_close(one);
	assert_null(query_open(f->store, sql, &again));
	assert_ptr_equal(again, one);
	assert_null(query_next(again, &row));
	assert_false(row); /* its parameter is forgotten */
	query_close(again);
	query_close(two);
}

static void
wrong_sql_is_an_error_in_words(void **state)
{
	struct fixture *f = *state;
	struct query *query;
	const struct error *error = query_open(f->store, "SELEKT 1", &query);

	assert_error(error, "store.failed");
	assert_null(query);
	assert_non_null(strstr(error_text(f->arena, LANG_ZH, error), f->path));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_database_can_be_read_by_nobody_else),
		TEST(the_connection_is_set_up_as_promised),
		TEST(reading_what_is_not_there_is_an_error),
		TEST(a_database_that_was_never_finished_counts_as_missing),
		TEST(a_reader_cannot_write),
		TEST(a_newer_schema_is_refused),
		TEST(an_older_schema_is_copied_aside_and_migrated),
		TEST(a_changed_schema_is_found),
		TEST(a_database_of_another_program_is_refused),
		TEST(a_file_that_is_no_database_is_refused_and_kept),
		TEST(a_folder_that_is_not_there_is_an_error),
		TEST(a_second_writer_gets_an_error_and_the_first_goes_on),
		TEST(a_rollback_forgets_and_may_come_twice),
		TEST(closing_in_a_transaction_rolls_back),
		TEST(an_entry_is_neither_changed_nor_removed_nor_replaced),
		TEST(an_interrupted_run_is_undone_by_the_next_writer_only),
		TEST(null_is_null_and_no_bytes_are_not),
		TEST(a_query_that_failed_can_run_again),
		TEST(one_statement_may_be_open_twice),
		TEST(wrong_sql_is_an_error_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
