/*
 * The signature of what a bundle holds, made where the office's key can be
 * read; `push` needs none, and takes what is there.
 */
#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/outbox.h>
#include <yugao/signature.h>

#include "bundle_order.h"

static const char select_unsigned[] =
    "SELECT s.digest, s.bytes FROM spool s WHERE substr(s.bytes, 1, 15) ="
    " CAST('yugao-bundle/1' || char(10) AS BLOB)"
    " AND s.digest NOT IN (SELECT digest FROM bundle_signature) LIMIT 1";

static const struct error *
keep(struct store *store, const struct digest *digest, const char *signature,
    const char *key)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO bundle_signature (digest, signature, key)"
	    " VALUES (?1, ?2, ?3)",
	    &query);

	if (error != NULL)
		return error;
	query_set_bytes(query, 1, digest->bytes, sizeof(digest->bytes));
	query_set_text(query, 2, signature);
	query_set_text(query, 3, key);
	error = query_run(query);
	query_close(query);
	return error;
}

/* One of those that have none yet. */
static const struct error *
sign_one(struct arena *arena, struct store *store,
    const struct signing_key *key, bool *more)
{
	struct query *query;
	const struct error *error = query_open(store, select_unsigned, &query);
	const char *order = "", *sums;
	struct digest digest = { { 0 } };
	const void *data;
	size_t len;

	if (error != NULL)
		return error;
	error = query_next(query, more);
	if (error == NULL && *more) {
		data = query_bytes(query, 1, &len);
		order = arena_strndup(arena, data, len);
		digest = digest_of(order, len);
	}
	query_close(query);
	if (error != NULL || !*more)
		return error;
	sums = bundle_order_sums(order, &len);
	return keep(store, &digest,
	    sums == NULL ? "" : signature_make(arena, key, sums, len),
	    signing_key_public(arena, key));
}

static const struct error *
is_any_unsigned(struct store *store, bool *any)
{
	struct query *query;
	const struct error *error = query_open(store, select_unsigned, &query);

	*any = false;
	if (error != NULL)
		return error;
	error = query_next(query, any);
	query_close(query);
	return error;
}

/* The key is read only if there is something to sign. */
const struct error *
seal_bundles(
    struct arena *arena, struct store *store, const struct office *office)
{
	struct signing_key *key;
	const struct error *error;
	bool more = false;

	error =
	    store_run(store, "DELETE FROM bundle_signature WHERE digest NOT IN"
			     " (SELECT digest FROM spool)");
	if (error == NULL)
		error = is_any_unsigned(store, &more);
	/* Without the key it goes unsigned; publish tells of a bad one. */
	if (error != NULL || !more || office->signing.name == NULL ||
	    signing_key_read(arena, &office->signing, &key) != NULL)
		return error;
	while (error == NULL && more)
		error = sign_one(arena, store, key, &more);
	signing_key_free(key);
	return error;
}

const struct error *
seal_read(struct arena *arena, struct store *store, const struct digest *digest,
    const char **signature, const char **key)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT signature, key FROM bundle_signature WHERE digest = ?1",
	    &query);
	bool row;

	*signature = *key = NULL;
	if (error != NULL)
		return error;
	query_set_bytes(query, 1, digest->bytes, sizeof(digest->bytes));
	error = query_next(query, &row);
	if (error == NULL && row) {
		*signature = arena_strdup(arena, query_text(query, 0));
		*key = arena_strdup(arena, query_text(query, 1));
	}
	query_close(query);
	return error;
}
