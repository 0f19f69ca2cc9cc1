#include "log.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/checkpoint.h>
#include <yugao/error.h>
#include <yugao/file.h>

#define INDEX_SCHEMA "yugao-log-index/1"

static void
add(struct arena *arena, struct plan_of_tree *plan, const char *path,
    const struct log_file *log)
{
	struct planned planned = {
		.type = &planned_log,
		.path = path,
		.group = 1,
		.twin = log->part == LOG_YEAR,
		.what = arena_copy(arena, log, sizeof(*log)),
		.updated = log->head.at,
	};

	ARRAY_PUSH(arena, plan, planned);
}

static int
year_of(struct instant at)
{
	char text[INSTANT_SIZE];

	return (int)strtol(instant_format(text, at), NULL, 10);
}

static const struct error *
plan_years(struct arena *arena, struct store *store,
    const struct ledger_head *head, struct plan_of_tree *plan)
{
	struct log_file log = { .part = LOG_YEAR, .first = 1 };
	struct ledger_head first;
	const struct error *error = ledger_head(arena, store, 1, &first);
	int year = year_of(first.at);

	/* Times that a ledger cannot hold are for verify to complain about. */
	for (; error == NULL && log.first <= head->id && year <= 9999; year++) {
		struct day next = day_of(year + 1, 1, 1);

		error = ledger_before(store,
		    (struct instant){ (int64_t)next.n * 86400 }, &log.last);
		if (error != NULL || log.last < log.first)
			continue;
		error = ledger_head(arena, store, log.last, &log.head);
		add(arena, plan, arena_printf(arena, "log/%04d.jsonl", year),
		    &log);
		log.first = log.last + 1;
	}
	return error;
}

const struct error *
log_plan(struct arena *arena, struct store *store, const struct office *office,
    struct plan_of_tree *plan)
{
	struct log_file index = {
		.part = LOG_INDEX, .office = office->domain, .plan = plan
	};
	struct log_file text = { .part = LOG_CHECKPOINT };
	const struct error *error;
	const char *line, *key;

	if ((error = ledger_head(arena, store, -1, &index.head)) != NULL ||
	    index.head.id == 0 ||
	    (error = plan_years(arena, store, &index.head, plan)) != NULL ||
	    (error = checkpoint_kept(arena, store, &line, &key)) != NULL)
		return error;
	add(arena, plan, "log/index.json", &index);
	if (line == NULL || key == NULL)
		return NULL;
	text.head = index.head;
	text.text = arena_printf(arena, "%s\n", line);
	add(arena, plan, "log/checkpoint.json", &text);
	text.part = LOG_KEY;
	text.text = key;
	add(arena, plan, "log/key.pem", &text);
	return NULL;
}

static struct digest
log_source(struct arena *arena, const struct planned *planned)
{
	const struct log_file *log = planned->what;
	char hex[DIGEST_HEX_SIZE];
	struct buf buf;

	if (log->text != NULL)
		return digest_of(log->text, strlen(log->text));
	buf_init(&buf, arena);
	buf_printf(&buf, "%s %lld %lld %s %s", planned->path,
	    (long long)log->first, (long long)log->last,
	    digest_hex(hex, &log->head.hash),
	    log->office != NULL ? log->office : "");
	return digest_of(buf.data, buf.len);
}

static void
index_year(struct buf *buf, const struct planned *planned)
{
	const struct log_file *log = planned->what;
	char hex[DIGEST_HEX_SIZE];

	if (planned->type != &planned_log || log->part != LOG_YEAR)
		return;
	if (log->first > 1)
		buf_putc(buf, ',');
	buf_printf(buf,
	    "\n{\"path\":\"%s\",\"first\":%lld,\"last\":%lld,\"size\":%lld,"
	    "\"sha256\":\"%s\"}",
	    planned->path + strlen("log/"), (long long)log->first,
	    (long long)log->last, (long long)planned->known.size,
	    digest_hex(hex, &planned->known.digest));
}

static void
index_write(struct buf *buf, const struct log_file *log)
{
	char text[DIGEST_HEX_SIZE];
	size_t i;

	buf_puts(buf, "{\"schema\":\"" INDEX_SCHEMA "\",\"office\":");
	buf_json(buf, log->office);
	buf_printf(buf, ",\"entries\":%lld", (long long)log->head.id);
	buf_printf(buf, ",\"at\":\"%s\"", instant_format(text, log->head.at));
	buf_printf(buf, ",\"head\":\"%s\"", digest_hex(text, &log->head.hash));
	buf_puts(buf, ",\"files\":[");
	for (i = 0; i < log->plan->n; i++)
		index_year(buf, &log->plan->v[i]);
	buf_puts(buf, "]}\n");
}

static const struct error *
write_line(void *context, const struct log_line *line)
{
	struct writer *writer = context;

	writer_add(writer, line->text, line->len);
	writer_add(writer, "\n", 1);
	return NULL;
}

static const struct error *
write_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const struct log_file *log = writing->planned->what;
	struct buf buf;

	if (log->part == LOG_YEAR)
		return ledger_lines(
		    arena, store, log->first, log->last, write_line, writer);
	buf_init(&buf, arena);
	if (log->part == LOG_INDEX)
		index_write(&buf, log);
	else
		buf_puts(&buf, log->text);
	writer_add(writer, buf.data, buf.len);
	return NULL;
}

static const struct error *
log_write(struct arena *arena, struct store *store, const struct writing *files,
    size_t n)
{
	(void)n;
	return planned_stream(arena, store, files, write_content);
}

const struct planned_type planned_log = { log_source, log_write };
