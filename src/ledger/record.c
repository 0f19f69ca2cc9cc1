#include <yugao/record.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/store.h>

#include "entry.h"
#include "recorded.h"

static const char *const kinds[] = {
	[RECORD_RUN] = "run",
	[RECORD_ACT] = "act",
	[RECORD_ENTRY] = "entry",
	[RECORD_ATTEMPT] = "attempt",
	[RECORD_NOTICE] = "notice",
	[RECORD_KEY] = "key",
	[RECORD_SIGHT] = "sight",
	[RECORD_COPY] = "copy",
	[RECORD_SHEET] = "sheet",
	[RECORD_STANDING] = "standing",
	[RECORD_ALERT] = "alert",
	[RECORD_HOLD] = "hold",
};

bool
record_kind_parse(const char *name, enum record_kind *kind)
{
	size_t i;

	for (i = 0; name != NULL && i < COUNT(kinds); i++)
		if (strcmp(kinds[i], name) == 0) {
			*kind = (enum record_kind)i;
			return true;
		}
	return false;
}

void
record_write(
    struct buf *buf, const void *recorded, const struct digest *previous)
{
	const struct recorded *row = recorded;
	const struct record *record = &row->record;
	char text[DIGEST_HEX_SIZE];

	buf_clear(buf);
	buf_puts(buf, "{\"at\":\"");
	buf_puts(buf, instant_format(text, record->at));
	buf_puts(buf, "\",\"body\":");
	buf_puts(buf, record->body);
	buf_puts(buf, ",\"id\":");
	buf_int(buf, row->id);
	buf_puts(buf, ",\"kind\":\"");
	buf_puts(buf, kinds[record->kind]);
	buf_puts(buf, "\",\"prev\":\"");
	buf_puts(buf, digest_hex(text, previous));
	buf_puts(buf, "\",\"subject\":");
	buf_json(buf, record->subject);
	buf_putc(buf, '}');
}

static const struct error *
read_head(struct arena *arena, struct store *store, struct ledger_head *head)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT id, at, hash FROM record ORDER BY id DESC LIMIT 1", &query);
	bool row;

	*head = (struct ledger_head){ .id = 0 };
	if (error != NULL)
		return error;
	if ((error = query_next(query, &row)) == NULL && row) {
		head->id = query_int(query, 0);
		head->at.s = query_int(query, 1);
		if (!row_digest(query, 2, &head->hash))
			error = ERROR_NEW(arena, ERROR_FAILED, NULL,
			    "ledger.bad_record",
			    arena_printf(arena, "%lld", (long long)head->id));
	}
	query_close(query);
	return error;
}

static const struct error *
insert(
    struct store *store, const struct recorded *row, const struct digest *hash)
{
	const struct record *record = &row->record;
	struct query *query;
	const struct error *error = query_open(store,
	    "INSERT INTO record (id, at, kind, subject, body, hash)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    &query);

	if (error != NULL)
		return error;
	query_set_int(query, 1, row->id);
	query_set_int(query, 2, record->at.s);
	query_set_text(query, 3, kinds[record->kind]);
	query_set_text(query, 4, record->subject);
	query_set_text(query, 5, record->body);
	query_set_bytes(query, 6, hash->bytes, sizeof(hash->bytes));
	error = query_run(query);
	query_close(query);
	return error;
}

const struct error *
record_append(struct arena *arena, struct store *store, struct record *record)
{
	struct ledger_head head;
	const struct error *error = read_head(arena, store, &head);
	struct digest hash;
	struct recorded row;
	struct buf buf;

	if (error != NULL)
		return error;
	if (record->at.s < head.at.s)
		record->at = head.at;
	row = (struct recorded){ head.id + 1, *record };
	buf_init(&buf, arena);
	record_write(&buf, &row, &head.hash);
	hash = digest_of(buf.data, buf.len);
	return insert(store, &row, &hash);
}

const struct error *
record_has_act(struct store *store, const struct digest *act, bool *seen)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT 1 FROM record WHERE kind = 'act' AND subject = ?", &query);
	char hex[DIGEST_HEX_SIZE];

	*seen = false;
	if (error != NULL)
		return error;
	query_set_text(query, 1, digest_hex(hex, act));
	error = query_next(query, seen);
	query_close(query);
	return error;
}

const struct error *
record_each(struct store *store, enum record_kind kind,
    const struct error *(*each)(void *context, const struct record *record),
    void *context)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT at, subject, body FROM record WHERE kind = ? ORDER BY id",
	    &query);
	bool row;

	if (error != NULL)
		return error;
	query_set_text(query, 1, kinds[kind]);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct record record = { kind, { query_int(query, 0) },
			query_text(query, 1), query_text(query, 2) };

		if ((error = each(context, &record)) != NULL)
			break;
	}
	query_close(query);
	return error;
}
