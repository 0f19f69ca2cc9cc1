#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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

static struct announcement
announcement_of(struct fixture *f, const char *release, struct day day)
{
	struct announcement a = {
		.release = release,
		.department =
		    arena_strndup(f->arena, release, strcspn(release, "/")),
		.series = "cpi",
		.period = "2026-02",
		.title = { "居民消费价格", "Consumer prices" },
		.when = { PRECISION_INSTANT, { day, 570 }, day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
	char *uid = arena_printf(f->arena, "%s@%s", release, f->office.domain);
	char *s;

	for (s = uid; *s != '\0'; s++)
		if (*s == '/')
			*s = '.';
	a.uid = uid;
	a.publisher.zh = arena_printf(f->arena, "部门%s", a.department);
	return a;
}

static void
say(struct fixture *f, const char *release, int year, int month, int mday,
    int sequence, int64_t at)
{
	struct announcement announcement =
	    announcement_of(f, release, day_of(year, month, mday));

	say_announcement(f, &announcement, sequence, at);
}

static void
stage(struct fixture *f)
{
	no_error(tree_stage(f->arena, f->store, &f->office, NULL, &f->files));
}

static void
switch_tree(struct fixture *f)
{
	no_error(tree_switch(f->arena, f->store, &f->office));
}

static void
publish(struct fixture *f)
{
	stage(f);
	no_error(store_commit(f->store));
	switch_tree(f);
}

static void
publish_first(struct fixture *f)
{
	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	say(f, "nbs/cpi/2026-02", 2026, 3, 9, 0, NOW);
	say(f, "nbs/ppi/2026-02", 2026, 3, 8, 0, NOW);
	say(f, "gacc/trade/2026-02", 2026, 3, 7, 0, NOW);
	publish(f);
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

static bool
exists(struct fixture *f, const char *path)
{
	struct stat st;

	return lstat(path_of(f, path), &st) == 0;
}

static struct stat
stat_of(struct fixture *f, const char *path)
{
	struct stat st;

	if (lstat(path_of(f, path), &st) == -1)
		fail_msg("%s is not there", path);
	return st;
}

static const char *
target(struct fixture *f)
{
	char name[64];
	ssize_t n = readlink(path_of(f, "public"), name, sizeof(name));

	return n == -1 ? "" : arena_strndup(f->arena, name, (size_t)n);
}

static bool
holds(struct fixture *f, const char *path, const char *word)
{
	return strstr(text_of(f, path), word) != NULL;
}

static void
every_feed_is_there_after_the_switch(void **state)
{
	static const char *const paths[] = {
		"changes.atom",
		"changes.json",
		"departments/gacc/changes.atom",
		"departments/gacc/changes.json",
		"departments/gacc/releases.csv",
		"departments/gacc/releases.ics",
		"departments/gacc/releases.json",
		"departments/nbs/changes.atom",
		"departments/nbs/changes.json",
		"departments/nbs/releases.csv",
		"departments/nbs/releases.ics",
		"departments/nbs/releases.json",
		"en/changes.atom",
		"en/changes.json",
		"en/departments/gacc/changes.atom",
		"en/departments/gacc/changes.json",
		"en/departments/gacc/releases.csv",
		"en/departments/gacc/releases.ics",
		"en/departments/gacc/releases.json",
		"en/departments/nbs/changes.atom",
		"en/departments/nbs/changes.json",
		"en/departments/nbs/releases.csv",
		"en/departments/nbs/releases.ics",
		"en/departments/nbs/releases.json",
		"en/releases.csv",
		"en/releases.ics",
		"en/releases.json",
		"log/2025.jsonl",
		"log/index.json",
		"manifest.json",
		"releases.csv",
		"releases.ics",
		"releases.json",
	};
	struct fixture *f = *state;
	struct tree_files manifest;
	struct bytes bytes;
	struct digest digest;
	size_t i;

	publish_first(f);
	assert_string_equal(target(f), "trees/1");
	assert_int_equal(f->files.n, COUNT(paths));
	no_error(tree_manifest(f->arena, f->store, &manifest));
	assert_int_equal(manifest.n, COUNT(paths));
	for (i = 0; i < COUNT(paths); i++) {
		const char *path =
		    arena_printf(f->arena, "public/%s", paths[i]);

		assert_string_equal(f->files.v[i].path, paths[i]);
		assert_string_equal(manifest.v[i].path, paths[i]);
		assert_true(f->files.v[i].changed);
		assert_int_equal(stat_of(f, path).st_mtime, NOW);
		no_error(
		    file_read(f->arena, path_of(f, path), 1 << 20, &bytes));
		digest = digest_of(bytes.data, bytes.len);
		assert_int_equal(
		    digest_compare(&digest, &manifest.v[i].digest), 0);
		assert_int_equal(bytes.len, manifest.v[i].size);
	}
}

static void
items_stand_in_order_of_their_time(void **state)
{
	struct fixture *f = *state;
	const char *text, *gacc, *ppi, *cpi;

	publish_first(f);
	text = text_of(f, "public/releases.ics");
	gacc = strstr(text, "UID:gacc.trade.2026-02@");
	ppi = strstr(text, "UID:nbs.ppi.2026-02@");
	cpi = strstr(text, "UID:nbs.cpi.2026-02@");
	assert_non_null(gacc);
	assert_true(gacc < ppi && ppi < cpi);
	assert_false(holds(f, "public/departments/nbs/releases.ics", "gacc"));
	assert_true(
	    holds(f, "public/departments/gacc/releases.ics", "部门gacc"));
}

static void
nothing_is_visible_before_the_switch(void **state)
{
	struct fixture *f = *state;

	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	say(f, "nbs/cpi/2026-02", 2026, 3, 9, 0, NOW);
	stage(f);
	assert_false(exists(f, "public"));
	no_error(store_commit(f->store));
	assert_false(exists(f, "public"));
	switch_tree(f);
	assert_true(exists(f, "public/releases.ics"));
}

static void
without_a_generation_the_switch_does_nothing(void **state)
{
	struct fixture *f = *state;

	switch_tree(f);
	assert_false(exists(f, "public"));
	assert_false(exists(f, "trees"));
}

static void
staging_again_changes_nothing(void **state)
{
	struct fixture *f = *state;
	size_t i, n;

	publish_first(f);
	n = f->files.n;
	no_error(store_begin(f->store));
	publish(f);
	assert_int_equal(f->files.n, n);
	for (i = 0; i < n; i++)
		assert_false(f->files.v[i].changed);
	assert_string_equal(target(f), "trees/1");
	assert_false(exists(f, "trees/2"));
}

static void
a_healthy_tree_is_not_touched_by_the_switch(void **state)
{
	struct fixture *f = *state;
	struct stat before[3], after[3];
	size_t i;

	publish_first(f);
	before[0] = stat_of(f, "public");
	before[1] = stat_of(f, "trees");
	before[2] = stat_of(f, "trees/1/releases.ics");
	switch_tree(f);
	after[0] = stat_of(f, "public");
	after[1] = stat_of(f, "trees");
	after[2] = stat_of(f, "trees/1/releases.ics");
	for (i = 0; i < 3; i++) {
		assert_int_equal(before[i].st_ino, after[i].st_ino);
		assert_int_equal(
		    before[i].st_ctim.tv_sec, after[i].st_ctim.tv_sec);
		assert_int_equal(
		    before[i].st_ctim.tv_nsec, after[i].st_ctim.tv_nsec);
	}
}

static void
only_files_that_hold_the_change_are_new(void **state)
{
	struct fixture *f = *state;
	struct stat old_nbs, new_nbs, old_gacc, new_gacc;
	size_t i;

	publish_first(f);
	old_nbs = stat_of(f, "public/departments/nbs/releases.ics");
	old_gacc = stat_of(f, "public/departments/gacc/releases.ics");
	/* Staged later, as any run would be. */
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	publish(f);
	new_nbs = stat_of(f, "trees/2/departments/nbs/releases.ics");
	new_gacc = stat_of(f, "trees/2/departments/gacc/releases.ics");
	assert_int_equal(old_gacc.st_ino, new_gacc.st_ino);
	assert_int_equal(old_gacc.st_mtime, new_gacc.st_mtime);
	assert_int_not_equal(old_nbs.st_ino, new_nbs.st_ino);
	assert_int_equal(new_nbs.st_mtime, NOW + 60);
	for (i = 0; i < f->files.n; i++)
		assert_int_equal(f->files.v[i].changed,
		    strstr(f->files.v[i].path, "gacc") == NULL);
	assert_true(holds(f, "public/releases.ics", "SEQUENCE:1"));
	assert_string_equal(target(f), "trees/2");
}

static void
a_change_in_the_same_second_still_moves_mtime(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW);
	publish(f);
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW + 1);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 11, 2, NOW);
	publish(f);
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW + 2);
	assert_int_equal(
	    stat_of(f, "public/departments/gacc/releases.ics").st_mtime, NOW);
}

static void
an_unchanged_file_that_was_lost_is_written_as_it_was(void **state)
{
	static const char path[] = "departments/gacc/releases.ics";
	struct fixture *f = *state;
	const char *old;
	size_t i;

	publish_first(f);
	old = text_of(f, arena_printf(f->arena, "public/%s", path));
	assert_int_equal(
	    unlink(path_of(f, arena_printf(f->arena, "trees/1/%s", path))), 0);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	publish(f);
	assert_string_equal(
	    text_of(f, arena_printf(f->arena, "trees/2/%s", path)), old);
	assert_int_equal(
	    stat_of(f, arena_printf(f->arena, "trees/2/%s", path)).st_mtime,
	    NOW);
	for (i = 0; i < f->files.n; i++)
		if (strcmp(f->files.v[i].path, path) == 0)
			assert_false(f->files.v[i].changed);
}

static void
the_default_feeds_hold_last_this_and_next_year(void **state)
{
	struct fixture *f = *state;
	struct announcement window =
	    announcement_of(f, "nbs/window/2024", day_of(2024, 12, 1));
	char uid[] = "UID:nbs.y.0000@";
	int year;

	window.when.precision = PRECISION_WINDOW;
	window.when.start.minute = NO_TIME;
	window.when.last = day_of(2025, 1, 31);
	window.status = SAID_TENTATIVE;
	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	say_announcement(f, &window, 0, NOW);
	for (year = 2024; year <= 2028; year++)
		say(f, arena_printf(f->arena, "nbs/y/%d", year), year, 6, 1, 0,
		    NOW);
	publish(f);
	for (year = 2024; year <= 2028; year++) {
		memcpy(uid + 10, arena_printf(f->arena, "%d", year), 4);
		assert_int_equal(holds(f, "public/releases.ics", uid),
		    year >= 2025 && year <= 2027);
	}
	assert_true(holds(f, "public/releases.ics", "UID:nbs.window.2024@"));

	no_error(store_begin(f->store));
	say_edition(f, 2027, NOW + 100);
	publish(f);
	assert_false(holds(f, "public/releases.ics", "UID:nbs.window.2024@"));
	assert_false(holds(f, "public/releases.ics", "UID:nbs.y.2025@"));
	assert_true(holds(f, "public/releases.ics", "UID:nbs.y.2028@"));
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW + 100);
}

static void
a_feed_that_became_empty_stays_at_its_address(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(store_begin(f->store));
	say_edition(f, 2030, NOW + 100);
	publish(f);
	/* The archive of the year that left them is there now. */
	assert_int_equal(f->files.n, 39);
	assert_true(
	    holds(f, "public/departments/nbs/releases.ics", "END:VCALENDAR"));
	assert_false(holds(f, "public/departments/nbs/releases.ics", "VEVENT"));
}

static void
a_release_that_leaves_the_years_does_not_turn_time_back(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 50);
	publish(f);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2029, 3, 10, 2, NOW + 100);
	publish(f);
	assert_true(
	    holds(f, "public/releases.ics", "LAST-MODIFIED:20251226T055940Z"));
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW + 100);
}

static void
stopped_before_the_commit_nothing_was_said(void **state)
{
	struct fixture *f = *state;
	const char *old, *new;

	publish_first(f);
	old = text_of(f, "public/releases.ics");
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	stage(f);
	store_rollback(f->store);
	assert_true(exists(f, "trees/2"));
	assert_string_equal(text_of(f, "public/releases.ics"), old);
	switch_tree(f);
	assert_string_equal(target(f), "trees/1");
	assert_false(exists(f, "trees/2"));

	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 11, 1, NOW + 70);
	stage(f);
	store_rollback(f->store);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 12, 1, NOW + 80);
	publish(f);
	new = text_of(f, "public/releases.ics");
	assert_non_null(strstr(new, "DTSTART:20260312T"));
	assert_null(strstr(new, "DTSTART:20260311T"));
}

static void
stopped_after_the_commit_the_next_run_switches(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	stage(f);
	no_error(store_commit(f->store));
	assert_string_equal(target(f), "trees/1");
	switch_tree(f);
	assert_string_equal(target(f), "trees/2");
	assert_true(holds(f, "public/releases.ics", "DTSTART:20260310T"));
}

static void
what_a_stopped_run_left_is_cleared(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(file_make_directories(f->arena, path_of(f, "trees/2.tmp/en")));
	no_error(file_replace(
	    f->arena, path_of(f, "trees/2.tmp/en/stray.ics"), "x", 1));
	no_error(file_make_directories(f->arena, path_of(f, "trees/2/stray")));
	no_error(file_replace(f->arena, path_of(f, "trees/mended"), "x", 1));
	assert_int_equal(symlink("trees/7", path_of(f, ".public.new")), 0);
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	publish(f);
	assert_string_equal(target(f), "trees/2");
	assert_false(exists(f, "trees/2/stray"));
	assert_false(exists(f, "trees/2/en/stray.ics"));
	assert_false(exists(f, "trees/2.tmp"));
	assert_false(exists(f, "trees/mended"));
	assert_false(exists(f, ".public.new"));
}

static void
one_older_generation_is_kept_and_no_more(void **state)
{
	struct fixture *f = *state;
	int i;

	publish_first(f);
	for (i = 1; i <= 3; i++) {
		no_error(store_begin(f->store));
		say(f, "nbs/cpi/2026-02", 2026, 3, 10 + i, i, NOW + i);
		publish(f);
	}
	assert_string_equal(target(f), "trees/4");
	assert_true(exists(f, "trees/3/releases.ics"));
	assert_false(exists(f, "trees/2"));
	assert_false(exists(f, "trees/1"));
}

static void
a_lost_tree_is_made_again_byte_for_byte(void **state)
{
	struct fixture *f = *state;
	const char *old;

	publish_first(f);
	old = text_of(f, "public/en/departments/nbs/releases.json");
	no_error(file_remove_tree(f->arena, path_of(f, "trees")));
	assert_int_equal(unlink(path_of(f, "public")), 0);
	switch_tree(f);
	assert_string_equal(
	    text_of(f, "public/en/departments/nbs/releases.json"), old);
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW);
	assert_false(exists(f, "trees/mended"));
}

static void
a_damaged_file_is_mended_and_the_others_stay(void **state)
{
	static const struct timespec times[2] = { { NOW, 0 }, { NOW, 0 } };
	struct fixture *f = *state;
	const char *old;
	struct stat before, after;

	publish_first(f);
	old = text_of(f, "public/releases.ics");
	before = stat_of(f, "public/releases.json");
	assert_int_equal(truncate(path_of(f, "public/releases.ics"), 10), 0);
	/* Its time alone does not tell. */
	assert_int_equal(
	    utimensat(AT_FDCWD, path_of(f, "public/releases.ics"), times, 0),
	    0);
	assert_int_equal(unlink(path_of(f, "public/en/releases.ics")), 0);
	switch_tree(f);
	assert_string_equal(text_of(f, "public/releases.ics"), old);
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW);
	assert_true(exists(f, "public/en/releases.ics"));
	after = stat_of(f, "public/releases.json");
	assert_int_equal(before.st_ino, after.st_ino);
}

static void
other_bytes_of_the_same_size_and_time_are_mended_by_looking_at_them(
    void **state)
{
	static const struct timespec times[2] = { { NOW, 0 }, { NOW, 0 } };
	struct fixture *f = *state;
	const char *path = path_of(f, "public/releases.ics");
	const char *old;
	struct stat before, after;
	FILE *file;

	publish_first(f);
	old = text_of(f, "public/releases.ics");
	before = stat_of(f, "public/releases.json");
	file = fopen(path, "r+");
	assert_non_null(file);
	assert_int_equal(fputc('?', file), '?');
	assert_int_equal(fclose(file), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	switch_tree(f);
	assert_string_not_equal(text_of(f, "public/releases.ics"), old);
	no_error(tree_mend(f->arena, f->store, &f->office));
	assert_string_equal(text_of(f, "public/releases.ics"), old);
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW);
	after = stat_of(f, "public/releases.json");
	assert_int_equal(before.st_ino, after.st_ino);
}

static void
a_file_that_cannot_come_out_the_same_is_named(void **state)
{
	struct fixture *f = *state;
	const struct error *error;

	publish_first(f);
	no_error(
	    file_remove_tree(f->arena, path_of(f, "trees/1/releases.ics")));
	f->office.name.zh = "另一个名称";
	error = tree_switch(f->arena, f->store, &f->office);
	assert_non_null(error);
	assert_string_equal(error->message.id, "tree.not_same");
	assert_string_equal(error->message.args[0], "releases.ics");
	/* A new generation says the new name, and all is well. */
	no_error(store_begin(f->store));
	publish(f);
	assert_string_equal(target(f), "trees/2");
	assert_true(holds(f, "public/releases.ics", "另一个名称"));
	assert_int_equal(stat_of(f, "public/releases.ics").st_mtime, NOW + 1);
}

static void
a_lost_cache_is_rendered_again(void **state)
{
	struct fixture *f = *state;
	const char *old;

	publish_first(f);
	old = text_of(f, "public/releases.ics");
	no_error(store_run(f->store, "DELETE FROM rendering"));
	no_error(file_remove_tree(f->arena, path_of(f, "trees/1")));
	switch_tree(f);
	assert_string_equal(text_of(f, "public/releases.ics"), old);
}

static void
a_part_that_the_cache_lacks_is_added_to_it(void **state)
{
	struct fixture *f = *state;
	struct query *query;
	const char *old;
	bool row;

	publish_first(f);
	old = text_of(f, "public/en/releases.json");
	no_error(store_run(f->store,
	    "UPDATE rendering SET bytes = CAST(replace(CAST("
	    "bytes AS TEXT), 'json en ', 'none en ') AS BLOB)"));
	no_error(file_remove_tree(f->arena, path_of(f, "trees/1")));
	switch_tree(f);
	assert_string_equal(text_of(f, "public/en/releases.json"), old);
	no_error(query_open(f->store,
	    "SELECT sum(length(s) - length(replace(s, 'ics zh ', '')))"
	    " FROM (SELECT CAST(bytes AS TEXT) AS s FROM rendering)",
	    &query));
	no_error(query_next(query, &row));
	assert_int_equal(query_int(query, 0), 3 * strlen("ics zh "));
	query_close(query);
}

static void
a_finding_of_the_lint_refuses_the_tree(void **state)
{
	struct fixture *f = *state;
	struct tree_files files;
	const struct error *error;
	const char *old;

	publish_first(f);
	old = text_of(f, "public/releases.ics");
	no_error(store_begin(f->store));
	say(f, "nbs/cpi/2026-02", 2026, 3, 10, 1, NOW + 60);
	/* A part keeps its length and loses its sense. */
	no_error(store_run(f->store,
	    "UPDATE rendering SET bytes = CAST(replace(CAST(bytes AS"
	    " TEXT), 'END:VEVENT', 'END:VTODO ') AS BLOB)"
	    " WHERE entry = 5"));
	error = tree_stage(f->arena, f->store, &f->office, NULL, &files);
	assert_non_null(error);
	assert_string_equal(error->message.id, "tree.gate_lint");
	assert_int_equal(error->kind, ERROR_FAILED);
	store_rollback(f->store);
	assert_false(exists(f, "trees/2"));
	assert_false(exists(f, "trees/2.tmp"));
	switch_tree(f);
	assert_string_equal(text_of(f, "public/releases.ics"), old);
}

static void
a_public_folder_of_somebody_else_is_not_removed(void **state)
{
	struct fixture *f = *state;
	const struct error *error;

	no_error(
	    file_make_directories(f->arena, path_of(f, "public/precious")));
	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	stage(f);
	no_error(store_commit(f->store));
	error = tree_switch(f->arena, f->store, &f->office);
	assert_non_null(error);
	assert_string_equal(error->message.id, "tree.switch");
	assert_true(exists(f, "public/precious"));
}

static void
departments_whose_names_begin_alike_are_kept_apart(void **state)
{
	struct fixture *f = *state;

	no_error(store_begin(f->store));
	say_edition(f, 2026, NOW);
	say(f, "nbs-a/cpi/2026-02", 2026, 3, 9, 0, NOW);
	say(f, "nbs/cpi/2026-02", 2026, 3, 9, 0, NOW);
	say(f, "nbs1/cpi/2026-02", 2026, 3, 9, 0, NOW);
	publish(f);
	assert_int_equal(f->files.n, 43);
	assert_true(
	    holds(f, "public/departments/nbs/releases.ics", "UID:nbs.cpi."));
	assert_false(
	    holds(f, "public/departments/nbs/releases.ics", "UID:nbs-a.cpi."));
	assert_false(
	    holds(f, "public/departments/nbs/releases.ics", "UID:nbs1.cpi."));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_feed_is_there_after_the_switch),
		TEST(items_stand_in_order_of_their_time),
		TEST(nothing_is_visible_before_the_switch),
		TEST(without_a_generation_the_switch_does_nothing),
		TEST(staging_again_changes_nothing),
		TEST(a_healthy_tree_is_not_touched_by_the_switch),
		TEST(only_files_that_hold_the_change_are_new),
		TEST(a_change_in_the_same_second_still_moves_mtime),
		TEST(an_unchanged_file_that_was_lost_is_written_as_it_was),
		TEST(the_default_feeds_hold_last_this_and_next_year),
		TEST(a_feed_that_became_empty_stays_at_its_address),
		TEST(a_release_that_leaves_the_years_does_not_turn_time_back),
		TEST(stopped_before_the_commit_nothing_was_said),
		TEST(stopped_after_the_commit_the_next_run_switches),
		TEST(what_a_stopped_run_left_is_cleared),
		TEST(one_older_generation_is_kept_and_no_more),
		TEST(a_lost_tree_is_made_again_byte_for_byte),
		TEST(a_damaged_file_is_mended_and_the_others_stay),
		TEST(
		    other_bytes_of_the_same_size_and_time_are_mended_by_looking_at_them),
		TEST(a_file_that_cannot_come_out_the_same_is_named),
		TEST(a_lost_cache_is_rendered_again),
		TEST(a_part_that_the_cache_lacks_is_added_to_it),
		TEST(a_finding_of_the_lint_refuses_the_tree),
		TEST(a_public_folder_of_somebody_else_is_not_removed),
		TEST(departments_whose_names_begin_alike_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
