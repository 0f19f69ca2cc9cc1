#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include <sqlite3.h>

#include <yugao/store.h>

struct store {
	struct arena *arena; /* of handles and errors */
	const char *path;
	sqlite3 *db;
	struct query *queries; /* all, open or kept for the next query_open */
};

struct migration {
	int version; /* the schema's after it */
	const char *sql;
};
const struct migration *store_migrations(size_t *n);

/* What went wrong last on this connection, in words for a user. */
const struct error *store_error(struct store *store, int code);
/* Brings the schema to ours, or refuses it. */
const struct error *store_migrate(struct store *store, enum store_mode mode);
void store_close_queries(struct store *store);

#endif
