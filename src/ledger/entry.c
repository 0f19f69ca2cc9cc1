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

/* The columns that an edition leaves NULL. */
static bool
read_release(struct query *query, struct entry *entry)
{
	entry->when.start.day.n = (int32_t)query_int(query, 8);
	entry->when.start.minute = (int)query_int(query, 9);
	entry->when.last.n = (int32_t)query_int(query, 10);
	entry->start.s = query_int(query, 11);
	entry->since.s = query_int(query, 12);
	return row_digest(query, 6, &entry->digest) &&
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
write_release(struct buf *buf, const struct entry *entry)
{
	char instant[INSTANT_SIZE];

	write_string(buf, "release", entry->release);
	said_key(buf, "said");
	buf_puts(buf, entry->said);
	write_int(buf, "sequence", entry->sequence);
	write_string(buf, "since", instant_format(instant, entry->since));
	write_string(buf, "start", instant_format(instant, entry->start));
	write_string(buf, "status", said_status_name(entry->status));
	said_key(buf, "when");
	said_moment_write(buf, &entry->when);
}

void
entry_write(
    struct buf *buf, const struct entry *entry, const struct digest *previous)
{
	char hex[DIGEST_HEX_SIZE], instant[INSTANT_SIZE];

	buf_clear(buf);
	buf_putc(buf, '{');
	write_string(buf, "at", instant_format(instant, entry->at));
	if (entry->release != NULL)
		write_string(buf, "digest", digest_hex(hex, &entry->digest));
	write_int(buf, "id", entry->id);
	write_string(buf, "kind", entry_kind_name(entry->kind));
	if (entry->policy != NULL)
		write_string(buf, "policy", entry->policy);
	write_string(buf, "prev", digest_hex(hex, previous));
	if (entry->release != NULL)
		write_release(buf, entry);
	else
		write_int(buf, "year", entry->year);
	buf_putc(buf, '}');
}

void
line_write(struct buf *buf, const struct digest *hash)
{
	char hex[DIGEST_HEX_SIZE];

	buf->data[--buf->len] = '\0';
	write_string(buf, "hash", digest_hex(hex, hash));
	buf_putc(buf, '}');
}
