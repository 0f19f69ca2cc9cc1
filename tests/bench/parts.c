/*
 * parts CONFIG NOW: a first publish, as `yugao publish` does it, with a
 * stopwatch at every stage.  Prints lines of seconds by the clock, seconds of
 * processor, name.  Rendering and checking are measured by doing them once
 * more for every item.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yugao/announce.h>
#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/lint.h>
#include <yugao/store.h>
#include <yugao/tree.h>

enum part {
	PART_READ,
	PART_EXPAND,
	PART_JUDGE,
	PART_POLICY,
	PART_COMPOSE,
	PART_LEDGER,
	PART_KEEP,
	PART_RENDER_ICS,
	PART_RENDER_JSON,
	PART_LINT_ITEM,
	PART_CHECK_ICS,
	PART_CHECK_JSON,
	PART_STAGE,
	PART_STAGE_LINT,
	PART_STAGE_DIGEST,
	PART_COMMIT,
	PART_SWITCH,
	PART_COUNT
};

static const char *const names[PART_COUNT] = {
	[PART_READ] = "read configuration, plans, acts",
	[PART_EXPAND] = "expand rules into slots",
	[PART_JUDGE] = "judge and compare",
	[PART_POLICY] = "policy: every rule of every release",
	[PART_COMPOSE] = "compose announcements",
	[PART_LEDGER] = "ledger: append",
	[PART_KEEP] = "ledger: keep renderings",
	[PART_RENDER_ICS] = "render ics",
	[PART_RENDER_JSON] = "JSON: render",
	[PART_LINT_ITEM] = "check ics: lint of items",
	[PART_CHECK_ICS] = "check ics: libical",
	[PART_CHECK_JSON] = "JSON: check",
	[PART_STAGE] = "stage: assemble, write, sync",
	[PART_STAGE_LINT] = "stage: lint of files",
	[PART_STAGE_DIGEST] = "stage: SHA-256 of files",
	[PART_COMMIT] = "commit",
	[PART_SWITCH] = "switch",
};

struct took {
	double clock, processor;
};

struct bench {
	struct arena *arena;
	struct diags diags;
	struct office *office;
	struct calendars *calendars;
	struct plans plans;
	struct acts acts;
	struct slots slots;
	struct view view;
	struct changes changes;
	struct store *store;
	struct instant now;
	struct took took[PART_COUNT];
	struct took mark;
};

static double
seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct took
clock_read(void)
{
	return (struct took){ seconds(CLOCK_MONOTONIC),
		seconds(CLOCK_PROCESS_CPUTIME_ID) };
}

/* Gives the time since the last mark to this part. */
static void
lap(struct bench *bench, enum part part)
{
	struct took now = clock_read();

	bench->took[part].clock += now.clock - bench->mark.clock;
	bench->took[part].processor += now.processor - bench->mark.processor;
	bench->mark = now;
}

/* What has been measured within a part, but is one of its own. */
static void
subtract(struct bench *bench, enum part part, enum part own)
{
	bench->took[part].clock -= bench->took[own].clock;
	bench->took[part].processor -= bench->took[own].processor;
}

static void
require(struct bench *bench, const struct error *error)
{
	if (error == NULL)
		return;
	fprintf(
	    stderr, "parts: %s\n", error_text(bench->arena, LANG_EN, error));
	exit(1);
}

static void
read_inputs(struct bench *bench, const char *config)
{
	struct arena *arena = bench->arena;
	size_t i;

	require(
	    bench, office_read(arena, config, &bench->diags, &bench->office));
	bench->calendars =
	    calendars_open(arena, bench->office->calendars, NULL);
	require(bench, plans_read(arena, bench->calendars, bench->office->plans,
			   &bench->diags, &bench->plans));
	require(bench,
	    acts_read(arena, bench->office->acts, &bench->diags, &bench->acts));
	require(bench, plans_check(arena, bench->office, &bench->plans,
			   &bench->acts, &bench->diags));
	lap(bench, PART_READ);
	for (i = 0; i < bench->plans.n; i++)
		require(bench, schedule_expand(arena, NULL, bench->plans.v[i],
				   &bench->acts, &bench->diags, &bench->slots));
	slots_sort(&bench->slots);
	slots_check(arena, &bench->slots, &bench->diags);
	lap(bench, PART_EXPAND);
}

static void
compare(struct bench *bench)
{
	const struct announce_input input = { .office = bench->office,
		.plans = &bench->plans,
		.slots = &bench->slots,
		.acts = &bench->acts,
		.view = &bench->view,
		.now = bench->now };

	require(bench, announce_diff(bench->arena, &input, &bench->diags,
			   &bench->changes));
	lap(bench, PART_JUDGE);
}

/*
 * Every rule about a release, at each moment, once more and by itself: what
 * it costs beside rendering.
 */
static void
judge_all(struct bench *bench)
{
	static const enum policy_moment moments[] = { MOMENT_PLAN,
		MOMENT_ANNOUNCE, MOMENT_RELEASE, MOMENT_PERIODIC };
	const struct announce_input input = { .office = bench->office,
		.plans = &bench->plans,
		.slots = &bench->slots,
		.acts = &bench->acts,
		.view = &bench->view,
		.now = bench->now };
	struct arena *arena = arena_new();
	size_t i, j;

	bench->mark = clock_read();
	for (i = 0; i < bench->slots.n; i++) {
		struct verdicts verdicts = { 0 };
		struct announcement wanted;
		struct policy_case c;

		announce_case(arena, &input, &bench->slots.v[i], &wanted, &c);
		for (j = 0; j < sizeof(moments) / sizeof(moments[0]); j++)
			policy_judge(arena, &c, moments[j], &verdicts);
		arena_reset(arena);
	}
	lap(bench, PART_POLICY);
	arena_free(arena);
}

static void
lint_item(struct arena *arena, const struct buf *item)
{
	static const char head[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
				   "PRODID:-//yugao//yugao//EN\r\n";
	static const char foot[] = "END:VCALENDAR\r\n";
	struct lint *lint = lint_new(arena);
	struct findings findings;

	lint_add(lint, head, sizeof(head) - 1);
	lint_add(lint, item->data, item->len);
	lint_add(lint, foot, sizeof(foot) - 1);
	lint_end(lint, &findings);
}

static void
measure_items(struct bench *bench, struct arena *arena,
    const struct entry *entry, const struct announcement *announcement)
{
	const struct format *formats;
	size_t n, i;

	formats = artifact_formats(&n);
	for (i = 0; i < n * LANG_COUNT; i++) {
		const struct format *format = &formats[i / LANG_COUNT];
		bool ics = strcmp(format->name, "ics") == 0;
		struct buf item;

		bench->mark = clock_read();
		buf_init(&item, arena);
		require(bench,
		    format->item(&item, announcement, entry,
			(enum lang)(i % LANG_COUNT), "https://data.example/"));
		lap(bench, ics ? PART_RENDER_ICS : PART_RENDER_JSON);
		if (ics)
			lint_item(arena, &item);
		lap(bench, PART_LINT_ITEM);
		if (format->check != NULL)
			require(bench, format->check(arena, item.data, item.len,
					   announcement));
		lap(bench, ics ? PART_CHECK_ICS : PART_CHECK_JSON);
	}
}

static void
say_profile(struct bench *bench, struct arena *arena,
    const struct change *change, struct entry *entry)
{
	struct profile profile;
	struct buf json;

	announce_profile(
	    arena, bench->office, change, &profile, &entry->digest);
	buf_init(&json, arena);
	profile_write(&json, &profile);
	entry->said = json.data;
	lap(bench, PART_COMPOSE);
	require(bench, ledger_append(arena, bench->store, entry));
	lap(bench, PART_LEDGER);
}

static void
say(struct bench *bench, struct arena *arena, const struct change *change)
{
	struct announcement announcement;
	struct entry entry = { .kind = change->kind,
		.at = bench->now,
		.sequence = change->sequence,
		.release = change->release,
		.year = change->year,
		.policy = bench->office->policy.digest };
	struct buf json;

	bench->mark = clock_read();
	if (change->kind == ENTRY_EDITION) {
		require(bench, ledger_append(arena, bench->store, &entry));
		return;
	}
	if (change->kind == ENTRY_PROFILE) {
		say_profile(bench, arena, change, &entry);
		return;
	}
	require(bench, announce_compose(arena, bench->office, change, NULL,
			   &announcement, &entry.digest));
	buf_init(&json, arena);
	announcement_write(&json, &announcement, false);
	entry.said = json.data;
	entry.when = announcement.when;
	entry.start = announcement.start;
	entry.status = announcement.status;
	lap(bench, PART_COMPOSE);
	require(bench, ledger_append(arena, bench->store, &entry));
	lap(bench, PART_LEDGER);
	require(bench, tree_render(arena, bench->store, bench->office, &entry,
			   &announcement));
	lap(bench, PART_KEEP);
	measure_items(bench, arena, &entry, &announcement);
}

static void
say_all(struct bench *bench)
{
	struct arena *arena = arena_new();
	size_t i;

	for (i = 0; i < bench->changes.n; i++) {
		say(bench, arena, &bench->changes.v[i]);
		arena_reset(arena);
	}
	arena_free(arena);
	/* The check of an ics item begins with its lint; and what tree_render
	 * did besides keeping has been measured by itself. */
	subtract(bench, PART_CHECK_ICS, PART_LINT_ITEM);
	for (i = PART_RENDER_ICS; i <= PART_CHECK_JSON; i++)
		subtract(bench, PART_KEEP, (enum part)i);
}

static void
measure_files(struct bench *bench, const struct tree_files *files)
{
	const char *tree =
	    file_join(bench->arena, bench->office->state, "public");
	struct arena *arena = arena_new();
	size_t i;

	for (i = 0; i < files->n; i++) {
		const char *path = files->v[i].path;
		struct findings findings;
		struct bytes bytes;

		arena_reset(arena);
		require(bench, file_read(arena, file_join(arena, tree, path),
				   (size_t)1 << 30, &bytes));
		bench->mark = clock_read();
		if (strstr(path, ".ics") != NULL)
			lint_bytes(arena, bytes.data, bytes.len, &findings);
		lap(bench, PART_STAGE_LINT);
		digest_of(bytes.data, bytes.len);
		lap(bench, PART_STAGE_DIGEST);
	}
	arena_free(arena);
	subtract(bench, PART_STAGE, PART_STAGE_LINT);
	subtract(bench, PART_STAGE, PART_STAGE_DIGEST);
}

static void
publish(struct bench *bench)
{
	struct tree_files files;

	require(
	    bench, file_make_directories(bench->arena, bench->office->state));
	require(bench,
	    store_open(bench->arena,
		file_join(bench->arena, bench->office->state, "yugao.db"),
		STORE_WRITE, &bench->store));
	require(bench, store_begin(bench->store));
	say_all(bench);
	bench->mark = clock_read();
	require(bench, tree_stage(bench->arena, bench->store, bench->office,
			   NULL, &files));
	lap(bench, PART_STAGE);
	require(bench, store_commit(bench->store));
	lap(bench, PART_COMMIT);
	require(bench, tree_switch(bench->arena, bench->store, bench->office));
	lap(bench, PART_SWITCH);
	measure_files(bench, &files);
	store_close(bench->store);
}

int
main(int argc, char **argv)
{
	struct bench bench = { .arena = arena_new() };
	size_t i;

	if (argc != 3 || !instant_parse(argv[2], &bench.now)) {
		fputs("usage: parts CONFIG NOW\n", stderr);
		return 2;
	}
	bench.mark = clock_read();
	read_inputs(&bench, argv[1]);
	compare(&bench);
	judge_all(&bench);
	publish(&bench);
	for (i = 0; i < PART_COUNT; i++)
		printf("%.3f %.3f %s\n", bench.took[i].clock,
		    bench.took[i].processor, names[i]);
	arena_free(bench.arena);
	return 0;
}
