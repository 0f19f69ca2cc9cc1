#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/day.h>
#include <yugao/digest.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/terminal.h>

#include "world.h"

#define LIMIT ((size_t)1 << 20)

/* An arena and an empty directory for each test. */
struct world {
	struct arena *arena;
	const char *dir;
};

static int
world_make(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->dir = folder_make(arena);
	*state = world;
	return 0;
}

static int
world_end(void **state)
{
	struct world *world = *state;

	return folder_end(world->arena, world->dir);
}

static const char *
in_dir(const struct world *world, const char *name)
{
	return file_join(world->arena, world->dir, name);
}

static void
put_file(const struct world *world, const char *name, const char *data)
{
	folder_put(world->arena, world->dir, name, data);
}

static void
expect_file(const struct world *world, const char *name, const char *data)
{
	struct bytes bytes;

	assert_null(
	    file_read(world->arena, in_dir(world, name), LIMIT, &bytes));
	assert_int_equal(bytes.len, strlen(data));
	assert_string_equal(bytes.data, data);
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* catalogue */

/* The exit status of catalogue.awk on these files. */
static int
run_catalogue(const struct world *world, const char *zh, const char *en)
{
	const char *command;

	put_file(world, "zh.json", zh);
	put_file(world, "en.json", en);
	command = arena_printf(world->arena,
	    "awk -f src/base/catalogue.awk %s/zh.json %s/en.json >%s/out "
	    "2>/dev/null",
	    world->dir, world->dir, world->dir);
	return WEXITSTATUS(system(command));
}

static void
catalogue_is_sorted_and_escaped_for_c(void **state)
{
	struct world *world = *state;

	assert_int_equal(
	    run_catalogue(world,
		"{\n\t\"m.b\": \"乙 \\\"{0}\\\"?\?(\",\n\"m.a\": \"甲\"\n}\n",
		"{\n  \"m.b\" : \"b\\\\\\n\"\n}\n"),
	    0);
	expect_file(world, "out",
	    "/* Made by src/base/catalogue.awk; do not edit. */\n"
	    "static const struct catalogue_row {\n"
	    "\tconst char *id, *text[2]; /* zh, en */\n"
	    "} catalogue[] = {\n"
	    "\t{ \"m.a\", { \"甲\", NULL } },\n"
	    "\t{ \"m.b\", { \"乙 \\\"{0}\\\"\\?\\?(\", \"b\\\\\\n\" } },\n"
	    "};\n");
}

static void
catalogue_with_a_mistake_stops_the_build(void **state)
{
	static const char *const wrong[] = {
		"{\n\"m.a\": \"x\",\n\"m.a\": \"y\"\n}\n",
		"{\n\"m.a\": \"x\"\n\"m.b\": \"y\"\n}\n",
		"{\n\"m.a\": \"x\",\n}\n",
		"{\n\"m.a\": \"x\n}\n",
		"{\n\"m.a\": \"x\" \"y\"\n}\n",
		"{\n\"m.a\": 1\n}\n",
		"{\n\"m.a\" \"x\"\n}\n",
		"{\n\"m.a\": \"\\t\"\n}\n",
		"{\n\"ma\": \"x\"\n}\n",
		"{\n\"M.a\": \"x\"\n}\n",
		"{\n\"m.a\": \"x\"\n}\n\"m.b\": \"y\"\n",
		"{\n\"m.a\": \"x\"\n",
		"{ \"m.a\": \"x\" }\n",
		"hello\n",
	};
	size_t i;

	for (i = 0; i < COUNT(wrong); i++)
		if (run_catalogue(*state, wrong[i], "{\n}\n") == 0)
			fail_msg("taken for good: %s", wrong[i]);
}

/* file */

static void
file_larger_than_the_limit_is_wrong_input(void **state)
{
	struct world *world = *state;
	const char *path = in_dir(world, "a");
	const struct error *error;
	struct bytes bytes;
	size_t len;

	put_file(world, "a", "0123456789");
	assert_null(file_read(world->arena, path, 10, &bytes));
	assert_int_equal(bytes.len, 10);
	for (len = 0; len < 10; len++) {
		error = file_read(world->arena, path, len, &bytes);
		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_INPUT);
	}
	error = file_read(world->arena, "/dev/zero", 100000, &bytes);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
}

static void
files_of_every_size_are_read_whole(void **state)
{
	static const size_t sizes[] = { 0, 1, 4093, 4094, 4095, 4096, 100000,
		LIMIT };
	struct world *world = *state;
	char *data = arena_alloc(world->arena, LIMIT);
	struct bytes bytes;
	size_t i;

	for (i = 0; i < LIMIT; i++)
		data[i] = (char)(i * 31);
	for (i = 0; i < COUNT(sizes); i++) {
		const char *path = in_dir(world, "a");

		assert_null(file_replace(world->arena, path, data, sizes[i]));
		assert_null(file_read(world->arena, path, LIMIT, &bytes));
		assert_int_equal(bytes.len, sizes[i]);
		assert_memory_equal(bytes.data, data, sizes[i]);
		assert_int_equal(bytes.data[bytes.len], 0);
	}
	assert_null(
	    file_read(world->arena, "/proc/self/status", LIMIT, &bytes));
	assert_true(bytes.len > 100);
}

static void
what_cannot_be_read_is_said_with_its_name(void **state)
{
	struct world *world = *state;
	const struct error *error;
	struct bytes bytes;

	error = file_read(world->arena, in_dir(world, "none"), LIMIT, &bytes);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_FAILED);
	assert_non_null(strstr(
	    error_text(world->arena, LANG_EN, error), "/none: no such file"));
	error = file_read(world->arena, world->dir, LIMIT, &bytes);
	assert_non_null(error);
	assert_non_null(
	    strstr(error_text(world->arena, LANG_EN, error), "directory"));
}

static void
replaced_file_is_new_readable_and_alone(void **state)
{
	struct world *world = *state;
	struct names names;
	struct stat st;
	mode_t mask = umask(077);

	put_file(world, "a", "old and longer");
	assert_int_equal(link(in_dir(world, "a"), in_dir(world, "b")), 0);
	put_file(world, ".a.new", "what a killed run left, which is longer");
	put_file(world, "a", "new");
	umask(mask);
	expect_file(world, "a", "new");
	expect_file(world, "b", "old and longer");
	assert_int_equal(stat(in_dir(world, "a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_false(is_there(in_dir(world, ".a.new")));
	assert_null(file_list(world->arena, world->dir, "", &names));
	assert_int_equal(names.n, 2);
}

static void
replacement_that_fails_leaves_nothing_behind(void **state)
{
	struct world *world = *state;

	assert_null(file_make_directories(world->arena, in_dir(world, "d")));
	put_file(world, "d/x", "x");
	assert_non_null(file_replace(world->arena, in_dir(world, "d"), "y", 1));
	assert_false(is_there(in_dir(world, ".d.new")));
	expect_file(world, "d/x", "x");
	assert_non_null(
	    file_replace(world->arena, in_dir(world, "none/a"), "y", 1));
	put_file(world, "target", "safe");
	assert_int_equal(
	    symlink(in_dir(world, "target"), in_dir(world, ".a.new")), 0);
	assert_non_null(file_replace(world->arena, in_dir(world, "a"), "y", 1));
	expect_file(world, "target", "safe");
}

static void
two_processes_that_replace_one_file_never_mix(void **state)
{
	struct world *world = *state;
	const char *path = in_dir(world, "a");
	char *data = arena_alloc(world->arena, 200000);
	pid_t pids[3];
	int i, k, status;

	for (i = 0; i < 3; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] != 0)
			continue;
		memset(data, 'a' + i, 200000);
		for (k = 0; k < 30; k++) {
			struct bytes bytes;

			if (file_replace(world->arena, path, data,
				(size_t)(100000 + i)) != NULL ||
			    file_read(world->arena, path, LIMIT, &bytes) !=
				NULL ||
			    bytes.len - 100000 !=
				(size_t)(bytes.data[0] - 'a') ||
			    bytes.data[0] != bytes.data[bytes.len - 1])
				_exit(1);
		}
		_exit(0);
	}
	for (i = 0; i < 3; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	assert_false(is_there(in_dir(world, ".a.new")));
}

static void
listing_has_regular_files_with_the_suffix_in_byte_order(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;
	struct names names;

	put_file(world, "b.json", "");
	put_file(world, "B.json", "");
	put_file(world, "中.json", "");
	put_file(world, "a.json", "");
	put_file(world, ".hidden.json", "");
	put_file(world, "a.json.bak", "");
	put_file(world, "json", "");
	assert_null(file_make_directories(arena, in_dir(world, "d.json")));
	assert_int_equal(symlink("none", in_dir(world, "dead.json")), 0);
	assert_int_equal(symlink("a.json", in_dir(world, "link.json")), 0);
	assert_null(file_list(arena, world->dir, ".json", &names));
	assert_int_equal(names.n, 5);
	assert_string_equal(names.v[0], "B.json");
	assert_string_equal(names.v[1], "a.json");
	assert_string_equal(names.v[2], "b.json");
	assert_string_equal(names.v[3], "link.json");
	assert_string_equal(names.v[4], "中.json");
	assert_null(file_list(arena, world->dir, ".xlsx", &names));
	assert_int_equal(names.n, 0);
	assert_non_null(file_list(arena, in_dir(world, "no"), "", &names));
	assert_non_null(file_list(arena, in_dir(world, "json"), "", &names));
}

static void
directories_are_made_unless_a_file_is_in_the_way(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;

	assert_null(file_make_directories(arena, in_dir(world, "a//b/c/")));
	assert_null(file_make_directories(arena, in_dir(world, "a/b/c")));
	assert_null(file_make_directories(arena, "/"));
	assert_null(file_make_directories(arena, "."));
	assert_true(is_there(in_dir(world, "a/b/c")));
	put_file(world, "a/file", "x");
	assert_non_null(file_make_directories(arena, in_dir(world, "a/file")));
	assert_non_null(
	    file_make_directories(arena, in_dir(world, "a/file/b")));
	assert_non_null(file_sync_directory(arena, in_dir(world, "a/file")));
	assert_non_null(file_sync_directory(arena, in_dir(world, "none")));
}

static void
removing_a_tree_does_not_follow_links(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;

	assert_null(file_make_directories(arena, in_dir(world, "keep")));
	assert_null(file_make_directories(arena, in_dir(world, "t/u/v")));
	put_file(world, "keep/x", "x");
	put_file(world, "t/u/y", "y");
	put_file(world, "t/.z", "z");
	assert_int_equal(
	    symlink(in_dir(world, "keep"), in_dir(world, "t/u/link")), 0);
	assert_int_equal(
	    symlink(in_dir(world, "keep"), in_dir(world, "link")), 0);
	assert_null(file_remove_tree(arena, in_dir(world, "t/")));
	assert_false(is_there(in_dir(world, "t")));
	assert_null(file_remove_tree(arena, in_dir(world, "link/")));
	assert_false(is_there(in_dir(world, "link")));
	expect_file(world, "keep/x", "x");
	assert_null(file_remove_tree(arena, in_dir(world, "none")));
	assert_null(file_remove_tree(arena, in_dir(world, "none/at/all")));
	assert_null(file_remove_tree(arena, in_dir(world, "keep/x")));
	assert_false(is_there(in_dir(world, "keep/x")));
	assert_null(file_remove_tree(arena, ""));
	assert_null(file_remove_tree(arena, "/"));
}

static void
paths_are_joined_unless_absolute(void **state)
{
	struct world *world = *state;
	struct arena *arena = world->arena;

	assert_string_equal(file_join(arena, "a", "b"), "a/b");
	assert_string_equal(file_join(arena, "a/", "b"), "a/b");
	assert_string_equal(file_join(arena, "/", "b"), "/b");
	assert_string_equal(file_join(arena, "a", "/b"), "/b");
	assert_string_equal(file_join(arena, "", "b"), "b");
	assert_string_equal(file_join(arena, NULL, "b"), "b");
}

static void
lock_is_held_by_one_and_free_after_it(void **state)
{
	struct world *world = *state;
	const char *path = in_dir(world, "lock");
	const struct error *error;
	int fd, other;

	assert_null(file_lock(world->arena, path, &fd));
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	error = file_lock(world->arena, path, &other);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_BUSY);
	close(fd);
	assert_null(file_lock(world->arena, path, &fd));
	close(fd);
	error = file_lock(world->arena, in_dir(world, "no/lock"), &fd);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_FAILED);
}

/* writer */

static void
written_stream_has_its_digest_size_and_time(void **state)
{
	struct world *world = *state;
	const char *path = in_dir(world, "a");
	struct digest digest, whole;
	struct writer *writer;
	struct bytes bytes;
	struct stat st;
	char *data = arena_alloc(world->arena, 70000);
	int64_t size;

	memset(data, 'x', 70000);
	assert_null(writer_open(world->arena, path, &writer));
	writer_puts(writer, "begin");
	writer_add(writer, data, 65531);
	writer_add(writer, data, 0);
	writer_puts(writer, "y");
	writer_add(writer, data, 70000);
	writer_puts(writer, "end");
	assert_null(writer_close(
	    writer, (struct instant){ 1766728680 }, &digest, &size));
	assert_int_equal(size, 5 + 65531 + 1 + 70000 + 3);
	assert_null(file_read(world->arena, path, LIMIT, &bytes));
	assert_int_equal(bytes.len, size);
	whole = digest_of(bytes.data, bytes.len);
	assert_int_equal(digest_compare(&digest, &whole), 0);
	assert_string_equal(bytes.data + bytes.len - 4, "xend");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mtime, 1766728680);
	assert_int_equal(st.st_mode & 07777, 0644);
}

static void
writer_leaves_other_names_of_the_old_file_alone(void **state)
{
	struct world *world = *state;
	struct writer *writer;

	put_file(world, "served", "old");
	assert_int_equal(
	    link(in_dir(world, "served"), in_dir(world, "staged")), 0);
	assert_null(
	    writer_open(world->arena, in_dir(world, "staged"), &writer));
	writer_puts(writer, "new");
	assert_null(writer_close(writer, (struct instant){ 0 }, NULL, NULL));
	expect_file(world, "served", "old");
	expect_file(world, "staged", "new");
}

static void
abandoned_writer_leaves_no_file(void **state)
{
	struct world *world = *state;
	struct writer *writer;

	assert_null(writer_open(world->arena, in_dir(world, "a"), &writer));
	writer_puts(writer, "x");
	writer_abandon(writer);
	assert_false(is_there(in_dir(world, "a")));
}

static void
writer_says_at_close_what_could_not_be_written(void **state)
{
	struct world *world = *state;
	const char *path = in_dir(world, "a");
	char *data = arena_alloc(world->arena, 100000);
	const struct rlimit little = { 1000, RLIM_INFINITY };
	struct rlimit before;
	const struct error *error;
	struct writer *writer;

	assert_null(writer_open(world->arena, path, &writer));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	writer_add(writer, data, 100000);
	writer_add(writer, data, 100000);
	error = writer_close(writer, (struct instant){ 0 }, NULL, NULL);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_FAILED);
	assert_non_null(strstr(
	    error_text(world->arena, LANG_EN, error), "the file is larger"));
	assert_false(is_there(path));
}

static void
writer_does_not_open_where_it_cannot(void **state)
{
	struct world *world = *state;
	struct writer *writer = NULL;

	assert_non_null(
	    writer_open(world->arena, in_dir(world, "no/a"), &writer));
	assert_non_null(writer_open(world->arena, world->dir, &writer));
	assert_null(writer);
}

/* terminal */

static void
columns_count_chinese_twice_and_combining_not_at_all(void **state)
{
	static const struct {
		const char *s;
		int width;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "居民消费价格", 12 },
		{ "（CPI）", 7 },
		{ "，。", 4 },
		{ "〔2020〕91号", 12 },
		{ "ｱ", 1 },
		{ "Ａ", 2 },
		{ "e\xCC\x81", 1 },
		{ "😀", 2 },
		{ "한", 2 },
		{ "\xF0\xA0\x80\x80", 2 },
		{ "a\xE2\x80\x8B\xEF\xBB\xBF", 1 },
		{ "\033", 0 },
		{ "–…é", 3 },
		{ "\xFF\xFF", 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (text_width(cases[i].s) != cases[i].width)
			fail_msg("%s has %d columns", cases[i].s,
			    text_width(cases[i].s));
}

static void
file_that_is_no_terminal_gets_neither_colour_nor_progress(void **state)
{
	struct world *world = *state;
	FILE *out = fopen(in_dir(world, "out"), "w");
	struct terminal terminal;

	assert_non_null(out);
	terminal = terminal_open(out, COLOR_AUTO, true);
	assert_false(terminal.color);
	assert_false(terminal.progress);
	assert_int_equal(terminal.width, 80);
	assert_string_equal(style_on(&terminal, STYLE_BAD), "");
	assert_string_equal(style_off(&terminal), "");
	terminal_progress(&terminal, "x", 1, 2);
	terminal = terminal_open(out, COLOR_NEVER, true);
	assert_false(terminal.color);
	terminal = terminal_open(out, COLOR_ALWAYS, true);
	assert_string_equal(style_on(&terminal, STYLE_BAD), "\033[31m");
	assert_string_equal(style_on(&terminal, STYLE_NONE), "");
	assert_string_equal(style_off(&terminal), "\033[0m");
	fclose(out);
}

static void
a_name_is_the_same_from_whatever_folder(void **state)
{
	struct arena *arena = arena_new();
	char here[4096];

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_string_equal(file_absolute(arena, "/"), "/");
	assert_string_equal(file_absolute(arena, "/../.."), "/");
	assert_string_equal(file_absolute(arena, "//a/./b//"), "/a/b");
	assert_string_equal(file_absolute(arena, "/a/..b/../c."), "/a/c.");
	assert_string_equal(file_absolute(arena, "."), here);
	assert_string_equal(
	    file_absolute(arena, "x/../y"), arena_printf(arena, "%s/y", here));
	arena_free(arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(catalogue_is_sorted_and_escaped_for_c),
		TEST(catalogue_with_a_mistake_stops_the_build),
		TEST(file_larger_than_the_limit_is_wrong_input),
		TEST(files_of_every_size_are_read_whole),
		TEST(what_cannot_be_read_is_said_with_its_name),
		TEST(replaced_file_is_new_readable_and_alone),
		TEST(replacement_that_fails_leaves_nothing_behind),
		TEST(two_processes_that_replace_one_file_never_mix),
		TEST(listing_has_regular_files_with_the_suffix_in_byte_order),
		TEST(directories_are_made_unless_a_file_is_in_the_way),
		TEST(removing_a_tree_does_not_follow_links),
		TEST(paths_are_joined_unless_absolute),
		TEST(lock_is_held_by_one_and_free_after_it),
		TEST(written_stream_has_its_digest_size_and_time),
		TEST(writer_leaves_other_names_of_the_old_file_alone),
		TEST(abandoned_writer_leaves_no_file),
		TEST(writer_says_at_close_what_could_not_be_written),
		TEST(writer_does_not_open_where_it_cannot),
		TEST(a_name_is_the_same_from_whatever_folder),
		TEST(columns_count_chinese_twice_and_combining_not_at_all),
		TEST(file_that_is_no_terminal_gets_neither_colour_nor_progress),
	};

	return cmocka_run_group_tests_name(
	    "base: files and terminal", tests, NULL, NULL);
}
