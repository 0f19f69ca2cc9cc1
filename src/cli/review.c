/*
 * A reviewed difference: `diff --save F` writes it, `publish F` applies
 * exactly that or refuses.  What binds is the digest over everything that
 * would be said, and the ledger's last entry.
 */
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/file.h>

#include "cli.h"

#define REVIEW_SCHEMA "yugao-review/1"
#define REVIEW_LIMIT ((size_t)256 << 20)

/* What it would say, as the ledger would hold it. */
static const struct error *
add_said(struct session *session, struct arena *arena,
    const struct change *change, struct buf *line)
{
	struct announcement announcement = { 0 };
	struct digest digest = { { 0 } };
	const struct error *error = NULL;
	const char *said = NULL;
	struct profile profile;

	if (change->kind == ENTRY_PROFILE) {
		announce_profile(
		    arena, session->office, change, &profile, &digest);
		profile_write(line, &profile);
		return NULL;
	}
	if (change->said != NULL)
		error =
		    ledger_said(arena, session->store, change->said->id, &said);
	if (error == NULL)
		error = announce_compose(arena, session->office, change, said,
		    &announcement, &digest);
	if (error == NULL)
		announcement_write(line, &announcement, false);
	return error;
}

static const struct error *
add_change(struct session *session, struct arena *arena,
    const struct change *change, struct hasher *hasher)
{
	const struct error *error = NULL;
	struct buf line;

	buf_init(&line, arena);
	buf_printf(&line, "%s %d %d ", entry_kind_name(change->kind),
	    change->sequence, change->year);
	if (change->kind != ENTRY_EDITION)
		error = add_said(session, arena, change, &line);
	buf_putc(&line, '\n');
	hasher_add(hasher, line.data, line.len);
	return error;
}

static const struct error *
digest_changes(struct session *session, char out[DIGEST_HEX_SIZE])
{
	struct arena *arena = arena_new();
	struct hasher *hasher = hasher_new();
	const struct error *error = NULL;
	struct digest digest;
	struct buf head;
	size_t i;

	buf_init(&head, arena);
	buf_printf(&head, "%s %lld %s\n", REVIEW_SCHEMA,
	    (long long)session->view.last_id, session->office->policy.digest);
	hasher_add(hasher, head.data, head.len);
	for (i = 0; error == NULL && i < session->changes.n; i++) {
		arena_reset(arena);
		error =
		    add_change(session, arena, &session->changes.v[i], hasher);
	}
	digest = hasher_end(hasher);
	digest_hex(out, &digest);
	hasher_free(hasher);
	if (error != NULL)
		error = error_copy(session->arena, error);
	arena_free(arena);
	return error;
}

/* The digest that a review holds. */
static const struct error *
read_review(struct arena *arena, const char *path, const char **digest)
{
	const char *schema = NULL, *found = NULL;
	const struct error *error = file_named(arena, path);
	struct bytes bytes;
	json_t *root;

	if (error == NULL)
		error = file_read(arena, path, REVIEW_LIMIT, &bytes);
	if (error != NULL)
		return error;
	root = json_loadb(bytes.data, bytes.len, 0, NULL);
	if (json_unpack(
		root, "{s:s, s:s}", "schema", &schema, "digest", &found) != 0 ||
	    strcmp(schema, REVIEW_SCHEMA) != 0)
		error =
		    ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.not_review", path);
	else
		*digest = arena_strdup(arena, found);
	json_decref(root);
	return error;
}

/* A mistyped --save must cost nobody a plan. */
static const struct error *
may_replace(struct arena *arena, const char *path)
{
	const char *digest;
	struct stat st;

	if (lstat(path, &st) == -1 ||
	    (S_ISREG(st.st_mode) && st.st_size == 0) ||
	    (S_ISREG(st.st_mode) && read_review(arena, path, &digest) == NULL))
		return NULL;
	return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.save_other", path);
}

const struct error *
review_save(struct session *session, const char *path)
{
	char digest[DIGEST_HEX_SIZE], at[INSTANT_SIZE];
	const struct error *error;
	struct buf out;
	size_t i;

	error = may_replace(session->arena, path);
	if (error == NULL)
		error = digest_changes(session, digest);
	if (error != NULL)
		return error;
	buf_init(&out, session->arena);
	buf_printf(&out,
	    "{\n  \"schema\": \"%s\",\n  \"digest\": \"%s\",\n"
	    "  \"entry\": %lld,\n  \"made\": \"%s\",\n  \"changes\": [",
	    REVIEW_SCHEMA, digest, (long long)session->view.last_id,
	    instant_format(at, session->now));
	for (i = 0; i < session->changes.n; i++) {
		const struct change *change = &session->changes.v[i];

		buf_puts(&out, i == 0 ? "\n    " : ",\n    ");
		buf_printf(&out, "{\"kind\": \"%s\", \"sequence\": %d",
		    entry_kind_name(change->kind), change->sequence);
		if (change->release != NULL) {
			buf_puts(&out, ", \"release\": ");
			buf_json(&out, change->release);
		}
		buf_putc(&out, '}');
	}
	buf_puts(&out, "\n  ]\n}\n");
	return file_replace(session->arena, path, out.data, out.len);
}

const struct error *
review_match(struct session *session, const char *path)
{
	char digest[DIGEST_HEX_SIZE];
	const char *reviewed;
	const struct error *error;

	error = read_review(session->arena, path, &reviewed);
	if (error == NULL)
		error = digest_changes(session, digest);
	if (error != NULL)
		return error;
	if (strcmp(reviewed, digest) != 0)
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.review_differs", path);
	return NULL;
}
