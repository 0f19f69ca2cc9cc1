/*
 * An outbox whose ledger says something.
 */
#ifndef TESTS_OUTBOX_SAID_H
#define TESTS_OUTBOX_SAID_H

#include <yugao/ledger.h>

#include "../../src/outbox/digest_text.h"
#include "../../src/outbox/offer.h"

#include "outbox_world.h"

static inline int
setup_said(void **state)
{
	struct world *world;
	int failed = setup(state);

	world = *state;
	world->office.name = (struct text){ "重庆市统计局", "Chongqing" };
	world->office.url = "https://example.cn/";
	world->office.domain = "example.cn";
	return failed;
}

/* "yu/cpi/2026-03" once more, a day later each time. */
static inline void
say_release(struct world *world, const char *release, enum entry_kind kind,
    int sequence)
{
	static const char *const topics[] = { "prices" };
	static const struct text names[] = { { "价格", "Prices" } };
	struct arena *arena = world->arena;
	const char *series = strchr(release, '/') + 1;
	const char *period = strchr(series, '/') + 1;
	struct day day = { day_of(2026, 4, 9).n + sequence };
	struct announcement a = { .release = release,
		.department =
		    arena_strndup(arena, release, strcspn(release, "/")),
		.series = arena_strndup(arena, series, strcspn(series, "/")),
		.period = period,
		.publisher = { "示例局", "Example bureau" },
		.title = { "居民消费价格指数", "Consumer prices" },
		.when = { .precision = PRECISION_INSTANT,
		    .start = { day, 570 },
		    .last = day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
		.topics = topics,
		.topic_names = names,
		.n_topics = 1,
		.url = "https://example.cn/x/" };
	struct entry entry = { .kind = kind,
		.at = world->now,
		.sequence = sequence,
		.release = release,
		.when = a.when,
		.start = a.start,
		.status = a.status };
	struct buf uid, json;
	const char *s;

	buf_init(&uid, arena);
	for (s = release; *s != '\0'; s++)
		buf_putc(&uid, *s == '/' ? '.' : *s);
	buf_puts(&uid, "@example.cn");
	a.uid = uid.data;
	if (sequence > 0) {
		a.has_previous = true;
		a.previous = a.when;
		a.previous.start.day.n--;
		a.previous.last.n--;
	}
	buf_init(&json, arena);
	announcement_write(&json, &a, false);
	entry.said = json.data;
	entry.digest = digest_of(json.data, json.len);
	no_error(store_begin(world->store));
	no_error(ledger_append(arena, world->store, &entry));
	no_error(tree_render(arena, world->store, &world->office, &entry, &a));
	no_error(store_commit(world->store));
}

/* Fills beside a tree of one file, whose portals would get it. */
static inline void
deliver_nothing(struct world *world)
{
	if (world->files.n == 0)
		give_file(world, "releases.ics", "1");
	fill(world);
}

/* What waits under this path, for the portal that has the latest. */
static inline const char *
body_of(struct world *world, const char *path)
{
	struct query *query;
	const char *body;
	const void *data;
	size_t len;
	bool row;

	no_error(query_open(world->store,
	    "SELECT s.bytes FROM message m JOIN spool s ON s.digest = m.digest"
	    " WHERE m.path = ?1 AND m.state = 'queued' ORDER BY m.id DESC",
	    &query));
	query_set_text(query, 1, path);
	no_error(query_next(query, &row));
	assert_true(row);
	data = query_bytes(query, 0, &len);
	body = arena_strndup(world->arena, data, len);
	query_close(query);
	return body;
}

#endif
