/*
 * The one database: SQLite in rollback-journal mode, one connection, BEGIN
 * IMMEDIATE, STRICT tables, foreign keys on.  Migrations are append-only
 * rows of {version, sql} in src/store/migrations.c; a newer schema than ours
 * is refused, and an older one is copied aside before it is migrated.
 * SQL itself stands in store/, ledger/, tree/ and outbox/ only.
 */
#ifndef YUGAO_STORE_H
#define YUGAO_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;
struct error;
struct store;
struct query; /* one prepared statement */

enum store_mode {
	STORE_WRITE, /* made and migrated if need be */
	STORE_READ   /* an error if it is not there; never writes a byte */
};

const struct error *store_open(struct arena *arena, const char *path,
    enum store_mode mode, struct store **store);
/* Rolls back what is open, closes every query; NULL is allowed.  Errors stay
 * valid as long as the arena. */
void store_close(struct store *store);
/* SQLite's version, for `yugao check --portals`. */
const char *store_library(void);
bool store_exists(const char *path); /* and was finished once */

/*
 * Whether its pages are whole and its schema, with the triggers that guard
 * the evidence, is what the migrations make.  What is wrong becomes an error
 * diagnostic.
 */
const struct error *
store_check(struct arena *arena, struct store *store, struct diags *diags);

/* Waits about 10 s for another writer or, to commit, for readers.  After an
 * error the transaction is still open. */
const struct error *store_begin(struct store *store);
/* Nobody else commits until it is rolled back. */
const struct error *store_begin_reading(struct store *store);
const struct error *store_commit(struct store *store);
void store_rollback(struct store *store); /* without effect outside one */

/* Statements without parameters or rows. */
const struct error *store_run(struct store *store, const char *sql);

/*
 * Queries live until query_close or store_close.  A closed one stays prepared
 * for the next query_open of the same SQL, so open and close them freely, but
 * do not build SQL at run time.
 */
const struct error *
query_open(struct store *store, const char *sql, struct query **query);
void query_close(struct query *query);

/* Parameters count from 1; strings and bytes must live until the reset. */
void query_set_int(struct query *query, int parameter, int64_t n);
void query_set_text(struct query *query, int parameter, const char *text);
void query_set_bytes(
    struct query *query, int parameter, const void *data, size_t len);

/* Steps to the next row; *row is false, and the query reset, at the end.
 * A failed query_set_… comes back here. */
const struct error *query_next(struct query *query, bool *row);
/* For writes: runs to the end and resets.  Parameters are cleared. */
const struct error *query_run(struct query *query);
void query_reset(struct query *query); /* parameters too: all NULL */

/* Columns count from 0; valid until the next step.  NULL text is NULL. */
int64_t query_int(struct query *query, int column);
const char *query_text(struct query *query, int column);
const void *query_bytes(struct query *query, int column, size_t *len);
bool query_is_null(struct query *query, int column);

#endif
