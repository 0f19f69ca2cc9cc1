#include "entry.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

bool
row_digest(struct query *query, int column, struct digest *digest)
{
	size_t len;
	const void *bytes = query_bytes(query, column, &len);

	if (bytes == NULL || len != sizeof(digest->bytes))
		return false;
	memcpy(digest->bytes, bytes, len);
	return true;
}

/* The columns that an edition and a profile leave NULL. */
static bool
read_release(struct query *query, struct entry *entry)
{
	entry->when.start.day.n = (int32_t)query_int(query, 8);
	entry->when.start.minute = (int)query_int(query, 9);
	entry->when.last.n = (int32_t)query_int(query, 10);
	entry->start.s = query_int(query, 11);
	entry->since.s = query_int(query, 12);
	entry->since_entry = query_int(query, 15);
	entry->moves = (int)query_int(query, 16);
	return (query_is_null(query, 17) ||
		   row_digest(query, 17, &entry->core)) &&
	       said_precision_parse(
		   query_text(query, 7), &entry->when.precision) &&
	       said_status_parse(query_text(query, 13), &entry->status);
}

const struct error *
entry_of_row(struct arena *arena, struct query *query, struct entry *entry)
{
	bool ok;

	*entry = (struct entry){ .id = query_int(query, 0) };
	ok = entry_kind_parse(query_text(query, 1), &entry->kind);
	entry->at.s = query_int(query, 2);
	entry->sequence = (int)query_int(query, 3);
	entry->release = query_text(query, 4);
	entry->year = (int)query_int(query, 5);
	entry->policy = query_text(query, 14);
	if (entry->release != NULL)
		ok = row_digest(query, 6, &entry->digest) && ok;
	if (entry->release != NULL && entry->kind != ENTRY_PROFILE)
		ok = read_release(query, entry) && ok;
	if (!ok)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "ledger.bad_entry",
		    arena_printf(arena, "%lld", (long long)entry->id));
	return NULL;
}

void
said_key(struct buf *buf, const char *key)
{
	if (buf->data[buf->len - 1] != '{')
		buf_putc(buf, ',');
	buf_putc(buf, '"');
	buf_puts(buf, key);
	buf_add(buf, "\":", 2);
}

static void
write_string(struct buf *buf, const char *key, const char *string)
{
	said_key(buf, key);
	buf_json(buf, string);
}

static void
write_int(struct buf *buf, const char *key, int64_t n)
{
	said_key(buf, key);
	buf_int(buf, n);
}

void
said_moment_write(struct buf *buf, const struct moment *moment)
{
	char day[DAY_SIZE];

	buf_putc(buf, '{');
	if (moment->last.n != moment->start.day.n)
		write_string(buf, "last", day_format(day, moment->last));
	write_string(buf, "precision", said_precision(moment->precision));
	write_string(buf, "start", day_format(day, moment->start.day));
	if (moment->start.minute != NO_TIME)
		write_string(
		    buf, "time", minute_format(day, moment->start.minute));
	buf_putc(buf, '}');
}

static void
write_digest(struct buf *buf, const char *key, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	write_string(buf, key, digest_hex(hex, digest));
}

static void
write_instant(struct buf *buf, const char *key, struct instant instant)
{
	char text[INSTANT_SIZE];

	write_string(buf, key, instant_format(text, instant));
}

static void
write_said(struct buf *buf, const struct entry *entry)
{
	write_string(buf, "release", entry->release);
	said_key(buf, "said");
	buf_puts(buf, entry->said);
	write_int(buf, "sequence", entry->sequence);
}

static void
write_release(struct buf *buf, const struct entry *entry)
{
	write_instant(buf, "since", entry->since);
	if (entry->since_entry != 0)
		write_int(buf, "since_entry", entry->since_entry);
	write_instant(buf, "start", entry->start);
	write_string(buf, "status", said_status_name(entry->status));
	said_key(buf, "when");
	said_moment_write(buf, &entry->when);
}

void
entry_write(
    struct buf *buf, const struct entry *entry, const struct digest *previous)
{
	bool said = entry->release != NULL;
	bool release = said && entry->kind != ENTRY_PROFILE;

	buf_clear(buf);
	buf_putc(buf, '{');
	write_instant(buf, "at", entry->at);
	if (release && !digest_is_zero(&entry->core))
		write_digest(buf, "core", &entry->core);
	if (said)
		write_digest(buf, "digest", &entry->digest);
	write_int(buf, "id", entry->id);
	write_string(buf, "kind", entry_kind_name(entry->kind));
	if (release && entry->since_entry != 0)
		write_int(buf, "moves", entry->moves);
	if (entry->policy != NULL)
		write_string(buf, "policy", entry->policy);
	write_digest(buf, "prev", previous);
	if (said)
		write_said(buf, entry);
	if (release)
		write_release(buf, entry);
	if (!said)
		write_int(buf, "year", entry->year);
	buf_putc(buf, '}');
}

void
line_write(struct buf *buf, const struct digest *hash)
{
	buf->data[--buf->len] = '\0';
	write_digest(buf, "hash", hash);
	buf_putc(buf, '}');
}
