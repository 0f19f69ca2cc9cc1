#include <yugao/checkpoint.h>

#include <string.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/signature.h>
#include <yugao/store.h>

#include "entry.h"

#define SCHEMA "yugao-checkpoint/1"
#define SETTING_LINE "checkpoint"
#define SETTING_KEY "signing-key"

static void
write_member(struct buf *buf, const char *key, const char *value)
{
	said_key(buf, key);
	buf_json(buf, value);
}

void
checkpoint_write(struct buf *buf, const struct checkpoint *checkpoint)
{
	const struct ledger_head *head = &checkpoint->head;
	char hex[DIGEST_HEX_SIZE], at[INSTANT_SIZE];

	buf_putc(buf, '{');
	write_member(buf, "at", instant_format(at, head->at));
	said_key(buf, "entries");
	buf_int(buf, head->id);
	write_member(buf, "head", digest_hex(hex, &head->hash));
	write_member(buf, "key", digest_hex(hex, &checkpoint->key));
	write_member(buf, "office", checkpoint->office);
	write_member(buf, "schema", SCHEMA);
	if (checkpoint->signature != NULL)
		write_member(buf, "signature", checkpoint->signature);
	buf_putc(buf, '}');
}

static const char *
member_string(struct arena *arena, const json_t *root, const char *key)
{
	const char *value = json_string_value(json_object_get(root, key));

	return value == NULL ? "" : arena_strdup(arena, value);
}

bool
checkpoint_read(struct arena *arena, const struct bytes *bytes,
    struct checkpoint *checkpoint)
{
	json_t *root = json_loadb(bytes->data, bytes->len, 0, NULL);
	struct ledger_head *head = &checkpoint->head;
	bool good;

	*checkpoint = (struct checkpoint){
		.office = member_string(arena, root, "office"),
		.signature = member_string(arena, root, "signature"),
		.head.id = json_integer_value(json_object_get(root, "entries")),
	};
	good = strcmp(member_string(arena, root, "schema"), SCHEMA) == 0 &&
	       instant_parse(member_string(arena, root, "at"), &head->at) &&
	       digest_parse(member_string(arena, root, "head"), &head->hash) ==
		   0 &&
	       digest_parse(
		   member_string(arena, root, "key"), &checkpoint->key) == 0 &&
	       head->id > 0;
	json_decref(root);
	return good;
}

static const struct error *
read_setting(struct arena *arena, struct store *store, const char *key,
    const char **value)
{
	struct query *query;
	const struct error *error = query_open(
	    store, "SELECT value FROM setting WHERE key = ?", &query);
	bool row;

	*value = NULL;
	if (error != NULL)
		return error;
	query_set_text(query, 1, key);
	if ((error = query_next(query, &row)) == NULL && row)
		*value = arena_strdup(arena, query_text(query, 0));
	query_close(query);
	return error;
}

/* value NULL: takes it away. */
static const struct error *
write_setting(struct store *store, const char *key, const char *value)
{
	struct query *query;
	const struct error *error = query_open(store,
	    value == NULL
		? "DELETE FROM setting WHERE key = ?"
		: "INSERT INTO setting (key, value) VALUES (?, ?)"
		  " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	    &query);

	if (error != NULL)
		return error;
	query_set_text(query, 1, key);
	if (value != NULL)
		query_set_text(query, 2, value);
	error = query_run(query);
	query_close(query);
	return error;
}

const struct error *
checkpoint_kept(struct arena *arena, struct store *store, const char **line,
    const char **key)
{
	const struct error *error =
	    read_setting(arena, store, SETTING_LINE, line);

	return error != NULL ? error
			     : read_setting(arena, store, SETTING_KEY, key);
}

/* Old checkpoints are checked with the keys of their time. */
static const struct error *
keep_key(struct arena *arena, struct store *store, const char *pem,
    struct instant at)
{
	const char *kept;
	struct buf body;
	struct record record = { .kind = RECORD_KEY, .at = at, .subject = "" };
	const struct error *error =
	    read_setting(arena, store, SETTING_KEY, &kept);

	if (error != NULL || (kept != NULL && strcmp(kept, pem) == 0))
		return error;
	buf_init(&body, arena);
	buf_json(&body, pem);
	record.body = body.data;
	error = record_append(arena, store, &record);
	return error != NULL ? error : write_setting(store, SETTING_KEY, pem);
}

static const char *
sign(struct arena *arena, struct checkpoint *checkpoint,
    const struct signing_key *key)
{
	struct buf buf;

	buf_init(&buf, arena);
	checkpoint_write(&buf, checkpoint);
	checkpoint->signature = signature_make(arena, key, buf.data, buf.len);
	buf_clear(&buf);
	checkpoint_write(&buf, checkpoint);
	return buf.data;
}

const struct error *
checkpoint_sign(struct arena *arena, struct store *store, const char *office,
    const struct secret_place *place)
{
	struct checkpoint checkpoint = { .office = office };
	const struct error *error;
	struct signing_key *key;
	const char *pem;

	if (place->name == NULL) {
		error = write_setting(store, SETTING_LINE, NULL);
		return error != NULL ? error
				     : write_setting(store, SETTING_KEY, NULL);
	}
	if ((error = ledger_head(arena, store, -1, &checkpoint.head)) != NULL ||
	    checkpoint.head.id == 0 ||
	    (error = signing_key_read(arena, place, &key)) != NULL)
		return error;
	pem = signing_key_public(arena, key);
	checkpoint.key = digest_of(pem, strlen(pem));
	error = keep_key(arena, store, pem, checkpoint.head.at);
	if (error == NULL)
		error = write_setting(
		    store, SETTING_LINE, sign(arena, &checkpoint, key));
	signing_key_free(key);
	return error;
}

struct key_search {
	struct arena *arena;
	const struct digest *wanted;
	const char *pem; /* NULL until it is found */
};

static const struct error *
look_at_key(void *context, const struct record *record)
{
	struct key_search *search = context;
	json_t *value = json_loads(record->body, JSON_DECODE_ANY, NULL);
	const char *pem = json_string_value(value);
	struct digest digest;

	if (pem != NULL) {
		digest = digest_of(pem, strlen(pem));
		if (digest_compare(&digest, search->wanted) == 0)
			search->pem = arena_strdup(search->arena, pem);
	}
	json_decref(value);
	return NULL;
}

static bool
is_signed_by(
    struct arena *arena, const struct checkpoint *checkpoint, const char *pem)
{
	struct checkpoint bare = *checkpoint;
	struct buf buf;

	bare.signature = NULL;
	buf_init(&buf, arena);
	checkpoint_write(&buf, &bare);
	return signature_is_good(pem, buf.data, buf.len, checkpoint->signature);
}

/* What is wrong with where it comes from, or NULL. */
static const struct error *
check_origin(struct arena *arena, struct store *store,
    const struct checkpoint *checkpoint, const char **id)
{
	struct key_search search = { arena, &checkpoint->key, NULL };
	const struct error *error =
	    record_each(store, RECORD_KEY, look_at_key, &search);
	const char *office;

	*id = NULL;
	if (error != NULL ||
	    (error = read_setting(arena, store, "domain", &office)) != NULL)
		return error;
	if (search.pem == NULL)
		*id = "ledger.checkpoint_key";
	else if (!is_signed_by(arena, checkpoint, search.pem))
		*id = "ledger.checkpoint_signature";
	else if (office != NULL && strcmp(office, checkpoint->office) != 0)
		*id = "ledger.checkpoint_office";
	return NULL;
}

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

const struct error *
checkpoint_verify(struct arena *arena, struct store *store, const char *file,
    const struct checkpoint *checkpoint, struct diags *diags)
{
	const struct place place = { .file = file };
	const struct error *error;
	struct ledger_head then, now;
	const char *id;

	if ((error = check_origin(arena, store, checkpoint, &id)) != NULL ||
	    (error = ledger_head(arena, store, checkpoint->head.id, &then)) !=
		NULL ||
	    (error = ledger_head(arena, store, -1, &now)) != NULL)
		return error;
	if (id != NULL)
		DIAG(arena, diags, DIAG_ERROR, place, id);
	if (then.id == 0)
		DIAG(arena, diags, DIAG_ERROR, place, "ledger.checkpoint_older",
		    number(arena, checkpoint->head.id), number(arena, now.id));
	else if (digest_compare(&then.hash, &checkpoint->head.hash) != 0)
		DIAG(arena, diags, DIAG_ERROR, place, "ledger.checkpoint_other",
		    number(arena, checkpoint->head.id));
	return NULL;
}
