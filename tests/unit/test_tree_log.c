/*
 * The public log in the tree, and whether the tree is what was published.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/checkpoint.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/store.h>
#include <yugao/tree.h>

#include "tree_world.h"

#define Y2025 1766728680 /* 2025-12-26T05:58:00Z */
#define Y2026 1767225600 /* 2026-01-01T00:00:00Z */

static void
use_key(struct fixture *f)
{
	const char *path = file_join(f->arena, f->folder, "signing.pem");

	assert_int_equal(
	    system(arena_printf(f->arena,
		"umask 077 && openssl genpkey -algorithm ed25519 -out %s",
		path)),
	    0);
	f->office.signing = (struct secret_place){ SECRET_FILE, path };
}

static void
say(struct fixture *f, const char *release, int mday, int sequence, int64_t at)
{
	struct day day = day_of(2026, 3, mday);
	struct announcement a = {
		.release = release,
		.department = "nbs",
		.series = "x",
		.period = "2026-02",
		.publisher = { "部门", NULL },
		.title = { "居民消费价格", "Consumer prices" },
		.when = { PRECISION_INSTANT, { day, 570 }, day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
	char *uid;

	a.uid = uid = arena_printf(f->arena, "%s@stats.example", release);
	while ((uid = strchr(uid, '/')) != NULL)
		*uid = '.';
	say_announcement(f, &a, sequence, at);
}

static void
publish(struct fixture *f)
{
	no_error(checkpoint_sign(
	    f->arena, f->store, f->office.domain, &f->office.signing));
	no_error(tree_stage(f->arena, f->store, &f->office, NULL, &f->files));
	no_error(store_commit(f->store));
	no_error(tree_switch(f->arena, f->store, &f->office));
}

static void
publish_first(struct fixture *f)
{
	no_error(store_begin(f->store));
	say_edition(f, 2025, Y2025);
	say(f, "nbs/cpi/2026-02", 9, 0, Y2025);
	say(f, "nbs/ppi/2026-02", 10, 0, Y2025);
	publish(f);
}

static void
publish_in_2026(struct fixture *f)
{
	no_error(store_begin(f->store));
	say_edition(f, 2026, Y2026);
	say(f, "nbs/cpi/2026-02", 11, 1, Y2026 + 60);
	publish(f);
}

static const char *
path_of(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/public/%s", f->folder, name);
}

static struct bytes
bytes_of(struct fixture *f, const char *name)
{
	struct bytes bytes;

	no_error(file_read(f->arena, path_of(f, name), 1 << 20, &bytes));
	return bytes;
}

static bool
holds(struct fixture *f, const char *name, const char *text)
{
	return strstr(bytes_of(f, name).data, text) != NULL;
}

static bool
exists(struct fixture *f, const char *name)
{
	return access(path_of(f, name), F_OK) == 0;
}

static size_t
lines_of(struct fixture *f, const char *name)
{
	const char *at = bytes_of(f, name).data;
	size_t n = 0;

	for (; (at = strchr(at, '\n')) != NULL; at++)
		n++;
	return n;
}

/* Writes other bytes in place of a file, as an intruder would. */
static void
overwrite(struct fixture *f, const char *name, const char *data, size_t len)
{
	no_error(file_replace(f->arena, path_of(f, name), data, len));
}

static size_t
verify(struct fixture *f)
{
	struct tree_log *log;
	size_t files;

	f->diags = (struct diags){ 0 };
	no_error(
	    tree_log_open(f->arena, f->store, &f->office, &f->diags, &log));
	no_error(ledger_verify(
	    f->arena, f->store, "db", &f->diags, tree_log_line, log));
	tree_log_close(log);
	no_error(
	    tree_verify(f->arena, f->store, &f->office, &f->diags, &files));
	return f->diags.errors;
}

/* Whether there is such a finding at that file and line (0: any). */
static bool
is_told(struct fixture *f, const char *id, const char *name, int line)
{
	size_t i;

	for (i = 0; i < f->diags.n; i++) {
		const struct diag *diag = &f->diags.v[i];

		if (strcmp(diag->message.id, id) == 0 &&
		    strstr(diag->place.file, name) != NULL &&
		    (line == 0 || diag->place.line == line))
			return true;
	}
	return false;
}

static void
each_year_has_its_file_and_an_old_one_stays(void **state)
{
	struct fixture *f = *state;
	struct bytes before;
	struct stat old, now;

	publish_first(f);
	assert_int_equal(lines_of(f, "log/2025.jsonl"), 3);
	assert_false(exists(f, "log/2026.jsonl"));
	before = bytes_of(f, "log/2025.jsonl");
	assert_int_equal(stat(path_of(f, "log/2025.jsonl"), &old), 0);
	publish_in_2026(f);
	assert_int_equal(lines_of(f, "log/2026.jsonl"), 2);
	assert_string_equal(bytes_of(f, "log/2025.jsonl").data, before.data);
	assert_int_equal(stat(path_of(f, "log/2025.jsonl"), &now), 0);
	assert_int_equal(now.st_ino, old.st_ino);
	assert_true(holds(f, "log/index.json", "\"entries\":5"));
	assert_true(holds(f, "log/index.json",
	    "{\"path\":\"2026.jsonl\",\"first\":4,\"last\":5,"));
	assert_int_equal(verify(f), 0);
}

static void
years_without_entries_have_no_file(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	no_error(store_begin(f->store));
	say_edition(f, 2029, (int64_t)day_of(2029, 1, 1).n * 86400 - 1);
	say_edition(f, 2030, (int64_t)day_of(2029, 1, 1).n * 86400);
	publish(f);
	assert_false(exists(f, "log/2026.jsonl"));
	assert_false(exists(f, "log/2027.jsonl"));
	assert_int_equal(lines_of(f, "log/2028.jsonl"), 1);
	assert_int_equal(lines_of(f, "log/2029.jsonl"), 1);
	assert_int_equal(verify(f), 0);
}

static void
a_profile_is_in_the_log_and_in_no_feed(void **state)
{
	struct fixture *f = *state;
	struct profile profile = { .key = "nbs/cpi",
		.department = "nbs",
		.contact_phone = "010-00000000" };
	struct entry entry = {
		.kind = ENTRY_PROFILE, .at.s = Y2026, .release = profile.key
	};
	struct bytes before;
	struct buf json;

	publish_first(f);
	before = bytes_of(f, "releases.ics");
	buf_init(&json, f->arena);
	profile_write(&json, &profile);
	entry.digest = digest_of(json.data, json.len);
	entry.said = json.data;
	no_error(store_begin(f->store));
	no_error(ledger_append(f->arena, f->store, &entry));
	no_error(tree_render(f->arena, f->store, &f->office, &entry, NULL));
	publish(f);
	assert_string_equal(bytes_of(f, "releases.ics").data, before.data);
	assert_true(
	    holds(f, "log/2026.jsonl", "\"kind\":\"profile\",\"prev\":\""));
	assert_true(holds(f, "log/2026.jsonl",
	    "\"release\":\"nbs/cpi\",\"said\":{\"contact_phone\":"));
	assert_int_equal(lines_of(f, "log/2026.jsonl"), 1);
	assert_int_equal(verify(f), 0);
}

static void
the_index_tells_the_bytes_of_each_file(void **state)
{
	struct fixture *f = *state;
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;
	struct bytes bytes;

	publish_first(f);
	bytes = bytes_of(f, "log/2025.jsonl");
	digest = digest_of(bytes.data, bytes.len);
	assert_true(holds(f, "log/index.json",
	    arena_printf(f->arena, "\"size\":%zu,\"sha256\":\"%s\"}", bytes.len,
		digest_hex(hex, &digest))));
}

static void
without_a_key_there_is_no_checkpoint(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	assert_false(exists(f, "log/checkpoint.json"));
	assert_false(exists(f, "log/key.pem"));
}

static void
with_a_key_there_is_one_and_without_it_is_gone(void **state)
{
	struct fixture *f = *state;

	use_key(f);
	publish_first(f);
	assert_true(holds(f, "log/checkpoint.json", "\"entries\":3"));
	assert_true(holds(f, "log/key.pem", "BEGIN PUBLIC KEY"));
	assert_int_equal(verify(f), 0);
	f->office.signing.name = NULL;
	publish_in_2026(f);
	assert_false(exists(f, "log/checkpoint.json"));
	assert_int_equal(verify(f), 0);
}

static void
another_key_makes_the_tree_stale(void **state)
{
	struct fixture *f = *state;
	bool current;

	publish_first(f);
	no_error(tree_is_current(f->arena, f->store, &f->office, &current));
	assert_true(current);
	use_key(f);
	no_error(tree_is_current(f->arena, f->store, &f->office, &current));
	assert_false(current);
}

/* Made again by whoever has the database: the key is not needed. */
static void
a_lost_log_is_made_again_without_the_key(void **state)
{
	static const char *const names[] = { "log/2025.jsonl", "log/2026.jsonl",
		"log/checkpoint.json", "log/index.json", "log/key.pem" };
	struct fixture *f = *state;
	struct bytes before[COUNT(names)];
	size_t i;

	use_key(f);
	publish_first(f);
	publish_in_2026(f);
	for (i = 0; i < COUNT(names); i++)
		before[i] = bytes_of(f, names[i]);
	assert_int_equal(unlink(f->office.signing.name), 0);
	no_error(file_remove_tree(
	    f->arena, file_join(f->arena, f->folder, "trees")));
	no_error(tree_switch(f->arena, f->store, &f->office));
	for (i = 0; i < COUNT(names); i++)
		assert_string_equal(bytes_of(f, names[i]).data, before[i].data);
	assert_int_equal(verify(f), 0);
}

static void
a_changed_file_is_named(void **state)
{
	static const char *const names[] = { "releases.ics",
		"en/departments/nbs/releases.json", "log/index.json",
		"log/checkpoint.json", "log/key.pem", "log/2025.jsonl" };
	struct fixture *f = *state;
	size_t i;

	use_key(f);
	publish_first(f);
	for (i = 0; i < COUNT(names); i++) {
		struct bytes bytes = bytes_of(f, names[i]);
		char *data = arena_copy(f->arena, bytes.data, bytes.len + 1);

		data[bytes.len / 2] ^= 1;
		overwrite(f, names[i], data, bytes.len);
		assert_true(verify(f) > 0);
		assert_true(is_told(f, "tree.verify_bytes", names[i], 0));
		overwrite(f, names[i], bytes.data, bytes.len);
		assert_int_equal(verify(f), 0);
	}
}

static void
a_file_that_is_gone_or_strange_is_named(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	assert_int_equal(unlink(path_of(f, "en/releases.ics")), 0);
	overwrite(f, "departments/nbs/planted.html", "x", 1);
	assert_int_equal(verify(f), 2);
	assert_true(is_told(f, "tree.verify_missing", "en/releases.ics", 0));
	assert_true(is_told(f, "tree.verify_strange", "planted.html", 0));
}

static void
a_link_that_leads_elsewhere_is_named(void **state)
{
	struct fixture *f = *state;
	const char *link = file_join(f->arena, f->folder, "public");

	publish_first(f);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("trees/9", link), 0);
	assert_int_equal(verify(f), 1);
	assert_true(is_told(f, "tree.verify_newer", "public", 0));
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("trees/0", link), 0);
	assert_int_equal(verify(f), 1);
	assert_true(is_told(f, "tree.verify_link", "public", 0));
}

/* The lines of 2025.jsonl, rearranged. */
static void
write_lines(struct fixture *f, const char *const *lines, size_t n)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, f->arena);
	for (i = 0; i < n; i++) {
		buf_puts(&buf, lines[i]);
		buf_putc(&buf, '\n');
	}
	overwrite(f, "log/2025.jsonl", buf.data, buf.len);
}

static void
a_changed_line_is_named_and_no_other(void **state)
{
	struct fixture *f = *state;
	const char *lines[4];
	char *text, *at;

	publish_first(f);
	text = arena_strdup(f->arena, bytes_of(f, "log/2025.jsonl").data);
	lines[0] = strtok_r(text, "\n", &at);
	lines[1] = strtok_r(NULL, "\n", &at);
	lines[2] = strtok_r(NULL, "\n", &at);
	lines[3] = "{\"id\":4}";

	write_lines(f, (const char *const[]){ lines[0], lines[2] }, 2);
	assert_int_equal(verify(f), 2); /* and the file's bytes */
	assert_true(
	    is_told(f, "tree.verify_line_missing", "log/2025.jsonl", 0));
	write_lines(f, lines, 4);
	assert_int_equal(verify(f), 2);
	assert_true(
	    is_told(f, "tree.verify_line_strange", "log/2025.jsonl", 4));
	write_lines(f, lines, 2);
	assert_int_equal(verify(f), 2);
	assert_true(
	    is_told(f, "tree.verify_line_missing", "log/2025.jsonl", 0));
	lines[1] = arena_printf(
	    f->arena, "%.*sX%s", (int)strlen(lines[1]) - 1, lines[1], "}");
	write_lines(f, lines, 3);
	assert_int_equal(verify(f), 2);
	assert_true(is_told(f, "tree.verify_line", "log/2025.jsonl", 2));
}

/* The tree of today beside the database of yesterday. */
static void
an_older_database_beside_the_tree_is_named(void **state)
{
	struct fixture *f = *state;
	const char *copy = file_join(f->arena, f->folder, "yesterday.db");

	publish_first(f);
	no_error(store_run(
	    f->store, arena_printf(f->arena, "VACUUM INTO '%s'", copy)));
	publish_in_2026(f);
	store_close(f->store);
	no_error(store_open(f->arena, copy, STORE_WRITE, &f->store));
	assert_true(verify(f) > 0);
	assert_true(is_told(f, "tree.verify_newer", "public", 0));
}

static void
entries_cut_off_the_end_do_not_fit_the_tree(void **state)
{
	struct fixture *f = *state;

	publish_first(f);
	publish_in_2026(f);
	no_error(store_run(f->store, "DROP TRIGGER entry_no_delete;"
				     "DELETE FROM entry WHERE id = 5"));
	assert_true(verify(f) > 0);
	assert_true(
	    is_told(f, "tree.verify_line_strange", "log/2026.jsonl", 2));
	assert_true(is_told(f, "tree.verify_source", "log/index.json", 0));
	assert_true(is_told(f, "tree.verify_source", "releases.ics", 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_year_has_its_file_and_an_old_one_stays),
		TEST(years_without_entries_have_no_file),
		TEST(a_profile_is_in_the_log_and_in_no_feed),
		TEST(the_index_tells_the_bytes_of_each_file),
		TEST(without_a_key_there_is_no_checkpoint),
		TEST(with_a_key_there_is_one_and_without_it_is_gone),
		TEST(another_key_makes_the_tree_stale),
		TEST(a_lost_log_is_made_again_without_the_key),
		TEST(a_changed_file_is_named),
		TEST(a_file_that_is_gone_or_strange_is_named),
		TEST(a_link_that_leads_elsewhere_is_named),
		TEST(a_changed_line_is_named_and_no_other),
		TEST(an_older_database_beside_the_tree_is_named),
		TEST(entries_cut_off_the_end_do_not_fit_the_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
