/*
 * many_entries make DATABASE LINES N: a ledger of N entries, and beside it a
 * file of all bytes that its two chains of hashes are over.
 * many_entries verify DATABASE: both chains, as `yugao verify` follows them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/log.h>
#include <yugao/record.h>
#include <yugao/store.h>

static void
must(const struct error *error)
{
	struct arena *arena = arena_new();

	if (error != NULL) {
		fprintf(stderr, "%s\n", error_text(arena, LANG_EN, error));
		exit(1);
	}
	arena_free(arena);
}

static struct announcement
announcement_of(struct arena *arena, int i)
{
	static const struct text indicators[] = { { "居民消费价格指数",
	    "Consumer price index" } };
	static const char *const channels[] = { "门户网站" };
	struct local local = { day_of(2020 + i % 7, 1 + i % 12, 9), 570 };

	return (struct announcement){
		.release = arena_printf(arena, "demo/s%d/2026", i),
		.uid = arena_printf(arena, "demo.s%d.2026@stats.example", i),
		.department = "demo",
		.series = arena_printf(arena, "s%d", i),
		.period = "2026",
		.publisher = { "示例市统计局", "Example Bureau" },
		.title = { "示例市居民消费价格", "Example consumer prices" },
		.indicators = indicators,
		.n_indicators = 1,
		.channels = channels,
		.n_channels = 1,
		.url = "https://data.example/prices/",
		.when = { PRECISION_INSTANT, local, local.day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)local.day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
}

static void
say(struct arena *arena, struct store *store, int i)
{
	struct announcement announcement = announcement_of(arena, i);
	struct entry entry = {
		.kind = ENTRY_NEW,
		.at.s = 1766728680 + i,
		.release = announcement.release,
		.when = announcement.when,
		.start = announcement.start,
		.status = announcement.status,
		.policy = "2fb2a1c6b9d1d9e4e6f7a8b9c0d1e2f3"
			  "2fb2a1c6b9d1d9e4e6f7a8b9c0d1e2f3",
		.verdicts = "[{\"outcome\":\"pass\",\"rule\":\"A1\"},"
			    "{\"outcome\":\"warn\",\"rule\":\"A2\"}]",
	};
	struct buf json, core;

	buf_init(&json, arena);
	buf_init(&core, arena);
	announcement_core(&core, &announcement);
	entry.core = digest_of(core.data, core.len);
	announcement_write(&json, &announcement, true);
	entry.digest = digest_of(json.data, json.len);
	entry.said = json.data;
	must(ledger_append(arena, store, &entry));
}

static const struct error *
write_line(void *context, const struct log_line *line)
{
	fwrite(line->text, 1, line->len, context);
	return NULL;
}

/* As record.c writes them, with the hash in place of the one before. */
static void
write_records(struct arena *arena, struct store *store, FILE *file)
{
	struct query *query;
	bool row;

	must(query_open(store,
	    "SELECT id, at, kind, subject, body, lower(hex(hash)) FROM record"
	    " ORDER BY id",
	    &query));
	for (;;) {
		char at[INSTANT_SIZE];

		must(query_next(query, &row));
		if (!row)
			break;
		arena_reset(arena);
		fprintf(file,
		    "{\"at\":\"%s\",\"body\":%s,\"id\":%" PRId64
		    ",\"kind\":\"%s\",\"prev\":\"%s\",\"subject\":\"%s\"}",
		    instant_format(at, (struct instant){ query_int(query, 1) }),
		    query_text(query, 4), query_int(query, 0),
		    query_text(query, 2), query_text(query, 5),
		    query_text(query, 3));
	}
	query_close(query);
}

static void
make(struct arena *arena, struct store *store, const char *lines, int n)
{
	struct arena *scratch = arena_new();
	FILE *file = fopen(lines, "we");
	int i;

	must(store_begin(store));
	for (i = 0; i < n; i++) {
		arena_reset(scratch);
		say(scratch, store, i);
	}
	must(store_commit(store));
	if (file == NULL) {
		perror(lines);
		exit(1);
	}
	must(ledger_lines(arena, store, 1, n, write_line, file));
	write_records(scratch, store, file);
	fclose(file);
	arena_free(scratch);
}

static void
verify(struct arena *arena, struct store *store)
{
	struct diags diags = { 0 };
	int64_t records;

	must(ledger_verify(arena, store, "db", &diags, NULL, NULL));
	must(record_verify(arena, store, "db", &diags, &records));
	if (diags.errors > 0 || records == 0) {
		fputs("the ledger is not whole\n", stderr);
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	bool makes = argc == 5 && strcmp(argv[1], "make") == 0;
	struct store *store;

	if (!makes && (argc != 3 || strcmp(argv[1], "verify") != 0)) {
		fputs("usage: many_entries make DATABASE LINES N\n"
		      "       many_entries verify DATABASE\n",
		    stderr);
		return 2;
	}
	must(store_open(
	    arena, argv[2], makes ? STORE_WRITE : STORE_READ, &store));
	if (makes)
		make(arena, store, argv[3], atoi(argv[4]));
	else
		verify(arena, store);
	store_close(store);
	arena_free(arena);
	return 0;
}
