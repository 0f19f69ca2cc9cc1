#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>
#include <yugao/tree.h>

#include "tree_world.h"

#define NOW 1766728680 /* 2025-12-26T05:58:00Z */
#define SEVERAL 10

static void
say_at(struct fixture *f, const char *release, struct day day, int sequence,
    int64_t at)
{
	struct announcement a = {
		.release = release,
		.department =
		    arena_strndup(f->arena, release, strcspn(release, "/")),
		.series = "cpi",
		.period = "2026-02",
		.title = { "居民消费价格", "Consumer prices" },
		.publisher = { "示例局", "Example bureau" },
		.when = { PRECISION_INSTANT, { day, 570 }, day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
	char *uid = arena_printf(f->arena, "%s@%s", release, f->office.domain);
	char *s;

	for (s = uid; *s != '@'; s++)
		if (*s == '/')
			*s = '.';
	a.uid = uid;
	say_announcement(f, &a, sequence, at);
}

static const char *
path_of(struct fixture *f, const char *path)
{
	return file_join(f->arena, f->folder, path);
}

static const char *
text_of(struct fixture *f, const char *path)
{
	struct bytes bytes;

	no_error(file_read(f->arena, path_of(f, path), 1 << 20, &bytes));
	return bytes.data;
}

static void
say_several(struct fixture *f, int year)
{
	int i;

	f->office.shrink_percent = 20;
	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	for (i = 0; i < SEVERAL; i++)
		say_at(f,
		    arena_printf(f->arena, "nbs/cpi/%d-%02d", year, i + 1),
		    day_of(year, i + 1, 9), 0, NOW);
}

static void
publish(struct fixture *f)
{
	struct tree_gate gate = { &f->diags, NULL };

	no_error(tree_stage(f->arena, f->store, &f->office, &gate, &f->files));
	no_error(store_commit(f->store));
	no_error(tree_switch(f->arena, f->store, &f->office));
}

/* In a file that is served, with size and time as they were. */
static void
forge(struct fixture *f, const char *path, const char *old, const char *new)
{
	char *text = arena_strdup(f->arena, text_of(f, path));
	char *at = strstr(text, old);
	struct stat st;
	struct timespec times[2];

	assert_non_null(at);
	assert_int_equal(strlen(old), strlen(new));
	memcpy(at, new, strlen(new));
	assert_int_equal(stat(path_of(f, path), &st), 0);
	no_error(file_replace(f->arena, path_of(f, path), text, strlen(text)));
	times[0] = times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, path_of(f, path), times, 0), 0);
}

/* One more release is said; what the gate says of the new tree. */
static const struct error *
move_one(struct fixture *f, const char *overrule)
{
	struct tree_gate gate = { &f->diags, overrule };
	const struct error *error;

	f->diags = (struct diags){ 0 };
	no_error(store_begin(f->store));
	say_at(f, "nbs/cpi/2026-03", day_of(2026, 3, 10), 1, NOW + 60);
	error = tree_stage(f->arena, f->store, &f->office, &gate, &f->files);
	if (error == NULL) {
		no_error(store_commit(f->store));
		no_error(tree_switch(f->arena, f->store, &f->office));
	} else {
		store_rollback(f->store);
	}
	return error;
}

static const struct diag *
found(struct fixture *f, const char *id)
{
	size_t i;

	for (i = 0; i < f->diags.n; i++)
		if (strcmp(f->diags.v[i].message.id, id) == 0)
			return &f->diags.v[i];
	return NULL;
}

static void
a_change_passes(void **state)
{
	struct fixture *f = *state;

	say_several(f, 2026);
	publish(f);
	assert_null(move_one(f, NULL));
	assert_int_equal(f->diags.n, 0);
	assert_non_null(strstr(
	    text_of(f, "public/releases.ics"), "DTSTART:20260310T013000Z"));
}

static void
a_served_uid_that_the_ledger_does_not_know_is_not_dropped(void **state)
{
	struct fixture *f = *state;
	const struct error *error;
	const struct diag *diag;
	const char *served;

	say_several(f, 2026);
	publish(f);
	forge(f, "public/releases.ics", "UID:nbs.cpi.2026-07@",
	    "UID:nbs.cpx.2026-07@");
	served = text_of(f, "public/releases.ics");
	error = move_one(f, NULL);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_FAILED);
	assert_string_equal(error->message.id, "tree.gate_refused");
	diag = found(f, "tree.gate_lost");
	assert_non_null(diag);
	assert_int_equal(f->diags.errors, 1);
	assert_string_equal(
	    diag->message.args[0], "nbs.cpx.2026-07@stats.example");
	assert_string_equal(
	    diag->place.file, path_of(f, "public/releases.ics"));
	assert_true(diag->place.line > 1);
	/* What is served stays, what was refused can be looked at. */
	assert_string_equal(text_of(f, "public/releases.ics"), served);
	assert_non_null(strstr(
	    text_of(f, "trees/refused/releases.ics"), "UID:nbs.cpi.2026-07@"));
	no_error(tree_switch(f->arena, f->store, &f->office));
	assert_int_equal(access(path_of(f, "trees/refused"), F_OK), -1);
}

static void
a_finding_in_several_files_is_told_once(void **state)
{
	struct fixture *f = *state;

	say_several(f, 2026);
	publish(f);
	forge(f, "public/releases.ics", "UID:nbs.cpi.2026-07@",
	    "UID:nbs.cpx.2026-07@");
	forge(f, "public/en/releases.ics", "UID:nbs.cpi.2026-07@",
	    "UID:nbs.cpx.2026-07@");
	assert_non_null(move_one(f, NULL));
	assert_int_equal(f->diags.n, 1);
	assert_string_equal(f->diags.v[0].message.args[1], "2");
}

static void
a_sequence_does_not_fall(void **state)
{
	struct fixture *f = *state;
	const struct error *error;
	const struct diag *diag;

	say_several(f, 2026);
	publish(f);
	forge(f, "public/releases.ics", "SEQUENCE:0", "SEQUENCE:4");
	error = move_one(f, NULL);
	assert_non_null(error);
	diag = found(f, "tree.gate_sequence");
	assert_non_null(diag);
	assert_string_equal(
	    diag->message.args[0], "nbs.cpi.2026-01@stats.example");
	assert_string_equal(diag->message.args[1], "4");
	assert_string_equal(diag->message.args[2], "0");
}

static void
what_a_person_has_seen_passes_once(void **state)
{
	struct fixture *f = *state;
	const struct error *error;
	const char *word;

	say_several(f, 2026);
	publish(f);
	forge(f, "public/releases.ics", "UID:nbs.cpi.2026-07@",
	    "UID:nbs.cpx.2026-07@");
	error = move_one(f, "00000000");
	assert_non_null(error);
	assert_string_equal(error->message.id, "tree.gate_other");
	word = error->message.args[1];
	assert_null(move_one(f, word));
	assert_int_equal(f->diags.n, 1);
	assert_int_equal(f->diags.v[0].level, DIAG_WARNING);
	assert_non_null(
	    strstr(text_of(f, "public/releases.ics"), "UID:nbs.cpi.2026-07@"));
}

static void
what_the_lint_finds_passes_never(void **state)
{
	struct fixture *f = *state;
	struct tree_gate gate = { &f->diags, NULL };
	const struct error *error;

	say_several(f, 2026);
	publish(f);
	no_error(store_begin(f->store));
	say_at(f, "nbs/cpi/2026-03", day_of(2026, 3, 10), 1, NOW + 60);
	no_error(store_run(f->store,
	    "UPDATE rendering SET bytes = CAST(replace(CAST(bytes AS"
	    " TEXT), 'END:VEVENT', 'END:VTODO ') AS BLOB)"
	    " WHERE entry = 12"));
	gate.overrule = "00000000";
	error = tree_stage(f->arena, f->store, &f->office, &gate, &f->files);
	assert_non_null(error);
	assert_string_equal(error->message.id, "tree.gate_lint");
	/* All files, not the first alone. */
	assert_true(f->diags.errors >= 4);
	store_rollback(f->store);
}

static void
a_new_year_may_take_a_third_of_a_feed_to_the_archive(void **state)
{
	struct fixture *f = *state;
	struct tree_gate gate = { &f->diags, NULL };
	int i;

	say_several(f, 2025);
	for (i = 0; i < 5; i++)
		say_at(f, arena_printf(f->arena, "nbs/cpi/2026-%02d", i + 1),
		    day_of(2026, i + 1, 9), 0, NOW);
	publish(f);
	no_error(store_begin(f->store));
	say_edition(f, 2027, NOW + 60);
	no_error(tree_stage(f->arena, f->store, &f->office, &gate, &f->files));
	no_error(store_commit(f->store));
	no_error(tree_switch(f->arena, f->store, &f->office));
	assert_null(
	    strstr(text_of(f, "public/releases.ics"), "UID:nbs.cpi.2025-07@"));
	assert_non_null(strstr(text_of(f, "public/archive/2025/releases.ics"),
	    "UID:nbs.cpi.2025-07@"));
}

static void
several_years_may_pass_between_two_runs(void **state)
{
	struct fixture *f = *state;

	say_several(f, 2026);
	publish(f);
	no_error(store_begin(f->store));
	say_edition(f, 2031, NOW + 60);
	publish(f);
	assert_int_equal(f->diags.n, 0);
}

static const char *const prices[] = { "prices" }, *const trade[] = { "trade" };

static void
say_profile(struct fixture *f, const char *series, const char *const *topic,
    int sequence, int64_t at)
{
	struct profile profile = { .key =
				       arena_printf(f->arena, "nbs/%s", series),
		.department = "nbs",
		.series = series,
		.name = { "价格", "Prices" },
		.topics = topic,
		.n_topics = 1 };
	struct entry entry = { .kind = ENTRY_PROFILE,
		.at.s = at,
		.sequence = sequence,
		.release = profile.key };
	struct buf json;

	buf_init(&json, f->arena);
	profile_write(&json, &profile);
	entry.said = json.data;
	no_error(ledger_append(f->arena, f->store, &entry));
}

static void
say_two_topics(struct fixture *f)
{
	static const struct topic topics[] = { { "prices",
						   { "价格", "Prices" } },
		{ "trade", { "贸易", "Trade" } } };

	f->office.topics = topics;
	f->office.n_topics = 2;
	say_several(f, 2026);
	say_at(f, "nbs/ppi/2026-01", day_of(2026, 1, 9), 0, NOW);
	say_profile(f, "cpi", prices, 0, NOW);
	say_profile(f, "ppi", prices, 0, NOW);
	publish(f);
}

static void
a_topic_may_lose_a_small_share(void **state)
{
	struct fixture *f = *state;

	say_two_topics(f);
	no_error(store_begin(f->store));
	say_profile(f, "ppi", trade, 1, NOW + 60);
	publish(f);
	assert_int_equal(f->diags.n, 0);
	assert_null(strstr(text_of(f, "public/topics/prices/releases.ics"),
	    "UID:nbs.ppi.2026-01@"));
}

static const struct error *
take_most_of_a_topic(struct fixture *f)
{
	struct tree_gate gate = { &f->diags, NULL };
	const struct error *error;

	no_error(store_begin(f->store));
	say_profile(f, "cpi", trade, 1, NOW + 60);
	error = tree_stage(f->arena, f->store, &f->office, &gate, &f->files);
	store_rollback(f->store);
	return error;
}

static void
a_topic_does_not_lose_most_of_its_releases_unseen(void **state)
{
	struct fixture *f = *state;
	const struct diag *diag;

	say_two_topics(f);
	assert_non_null(take_most_of_a_topic(f));
	diag = found(f, "tree.gate_shrunk");
	assert_non_null(diag);
	assert_string_equal(diag->message.args[0], "11");
	assert_string_equal(diag->message.args[1], "1");
}

static void
the_share_is_the_offices_to_set(void **state)
{
	struct fixture *f = *state;

	say_two_topics(f);
	f->office.shrink_percent = 91;
	assert_null(take_most_of_a_topic(f));
	f->office.shrink_percent = 90;
	assert_non_null(take_most_of_a_topic(f));
}

static void
a_topic_that_the_configuration_loses_is_told(void **state)
{
	struct fixture *f = *state;
	struct tree_gate gate = { &f->diags, NULL };

	say_two_topics(f);
	f->office.n_topics = 0;
	no_error(store_begin(f->store));
	assert_non_null(
	    tree_stage(f->arena, f->store, &f->office, &gate, &f->files));
	store_rollback(f->store);
	assert_non_null(found(f, "tree.gate_shrunk"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_change_passes),
		TEST(a_served_uid_that_the_ledger_does_not_know_is_not_dropped),
		TEST(a_finding_in_several_files_is_told_once),
		TEST(a_sequence_does_not_fall),
		TEST(what_a_person_has_seen_passes_once),
		TEST(what_the_lint_finds_passes_never),
		TEST(a_new_year_may_take_a_third_of_a_feed_to_the_archive),
		TEST(several_years_may_pass_between_two_runs),
		TEST(a_topic_may_lose_a_small_share),
		TEST(a_topic_does_not_lose_most_of_its_releases_unseen),
		TEST(the_share_is_the_offices_to_set),
		TEST(a_topic_that_the_configuration_loses_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
