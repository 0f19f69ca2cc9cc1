/*
 * What a tree depends on beside the ledger: the office's words and addresses,
 * and this program's version.  Who changes them gets a new generation.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/site.h>
#include <yugao/store.h>

#include "manifest.h"

static void
add_part(struct buf *buf, const struct topic *part)
{
	buf_json(buf, part->id);
	buf_json(buf, part->name.zh);
	buf_json(buf, part->name.en);
}

static const struct error *
inputs_digest(
    struct arena *arena, const struct office *office, const char **out)
{
	char *hex = arena_alloc(arena, DIGEST_HEX_SIZE);
	const struct error *error = NULL;
	struct digest digest, files;
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	buf_json(&buf, YUGAO_VERSION);
	buf_json(&buf, office->name.zh);
	buf_json(&buf, office->name.en);
	buf_json(&buf, office->domain);
	buf_json(&buf, office->url);
	buf_json(&buf, office->timezone);
	buf_int(&buf, (int64_t)office->signing.kind);
	buf_json(&buf, office->signing.name);
	for (i = 0; i < office->n_topics; i++)
		add_part(&buf, &office->topics[i]);
	for (i = 0; i < office->n_districts; i++)
		add_part(&buf, &office->districts[i]);
	buf_int(&buf, office->site);
	buf_int(&buf, office->gzip);
	if (office->site) {
		error = site_files_digest(arena, office, &files);
		buf_add(&buf, &files, sizeof(files));
	}
	digest = digest_of(buf.data, buf.len);
	*out = digest_hex(hex, &digest);
	return error;
}

const struct error *
tree_is_current(struct arena *arena, struct store *store,
    const struct office *office, bool *current)
{
	struct query *query;
	const char *digest;
	const struct error *error = inputs_digest(arena, office, &digest);
	bool row = false;

	*current = false;
	if (error == NULL)
		error = query_open(store,
		    "SELECT value FROM setting WHERE key = 'tree'", &query);
	if (error != NULL)
		return error;
	if ((error = query_next(query, &row)) == NULL && row)
		*current = strcmp(query_text(query, 0), digest) == 0;
	query_close(query);
	return error;
}

const struct error *
inputs_write(
    struct arena *arena, struct store *store, const struct office *office)
{
	struct query *query;
	const char *digest;
	const struct error *error = inputs_digest(arena, office, &digest);

	if (error == NULL)
		error = query_open(store,
		    "INSERT INTO setting (key, value) VALUES ('tree', ?)"
		    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, digest);
	error = query_run(query);
	query_close(query);
	return error;
}
