#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include <yugao/arena.h>

#include "../../src/policy/figures.h"

#define TABLE "tests/tables/values.txt"
#define SCHEDULES "tests/data/schedules"

/* The next part of a line, up to " | " or its end. */
static const char *
next_part(char **line)
{
	char *part = *line, *bar = strstr(part, "| "), *end;

	if (bar == NULL) {
		*line += strlen(part);
		return part;
	}
	*line = bar + 2;
	for (end = bar; end > part && end[-1] == ' ';)
		end--;
	*end = '\0';
	return part;
}

/* False, and said, if the line does not hold. */
static bool
line_holds(struct arena *arena, char *line, int number)
{
	const char *answer = next_part(&line), *expected = NULL, *text, *found;
	char buf[512];
	size_t i;

	if (strcmp(answer, "yes") == 0) {
		/* It is told in lower case. */
		snprintf(buf, sizeof(buf), "%s", next_part(&line));
		for (i = 0; buf[i] != '\0'; i++)
			if (buf[i] >= 'A' && buf[i] <= 'Z')
				buf[i] = (char)(buf[i] - 'A' + 'a');
		expected = buf;
	} else {
		assert_string_equal(answer, "no");
	}
	text = line;
	found = figure_find(arena, text);
	if (expected == NULL ? found == NULL
			     : found != NULL && strcmp(found, expected) == 0)
		return true;
	print_error("%s:%d: %s: found %s\n", TABLE, number, text,
	    found != NULL ? found : "nothing");
	return false;
}

static void
every_line_of_the_table_holds(void **state)
{
	struct arena *arena = arena_new();
	FILE *file = fopen(TABLE, "r");
	char line[1024];
	int number = 0, failed = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '#' && line[0] != '\0')
			failed += !line_holds(arena, line, number);
	}
	fclose(file);
	assert_int_equal(failed, 0);
	arena_free(arena);
}

struct walk {
	struct arena *arena;
	size_t seen, failed;
};

static void
walk(struct walk *all, const json_t *value)
{
	const char *key, *found;
	json_t *member;
	size_t i;

	if (json_is_string(value)) {
		all->seen++;
		found = figure_find(all->arena, json_string_value(value));
		if (found != NULL)
			print_error(
			    "%s in %s\n", found, json_string_value(value));
		all->failed += found != NULL;
	}
	json_array_foreach(value, i, member) walk(all, member);
	/* jansson's macro takes no const. */
	if (json_is_object(value)) {
		union {
			const json_t *in;
			json_t *out;
		} object = { value };

		json_object_foreach(object.out, key, member) walk(all, member);
	}
}

static void
no_word_of_the_real_schedules_is_a_figure(void **state)
{
	struct walk all = { .arena = arena_new() };
	DIR *directory = opendir(SCHEDULES);
	struct dirent *entry;
	size_t files = 0;

	(void)state;
	assert_non_null(directory);
	while ((entry = readdir(directory)) != NULL) {
		json_t *json;

		if (entry->d_name[0] == '.')
			continue;
		json = json_load_file(
		    arena_printf(all.arena, "%s/%s", SCHEDULES, entry->d_name),
		    0, NULL);
		assert_non_null(json);
		walk(&all, json);
		json_decref(json);
		files++;
	}
	closedir(directory);
	assert_true(files >= 10 && all.seen > 1000);
	assert_int_equal(all.failed, 0);
	arena_free(all.arena);
}

/* Time per byte does not grow with the text. */
static void
a_long_text_takes_one_pass(void **state)
{
	static const char *const parts[] = { "一", "9", "9,", "百分之", "增长",
		"千", "up ", " " };
	enum { COPIES = 50000 };
	struct arena *arena = arena_new();
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(parts); i++) {
		size_t len = strlen(parts[i]);
		char *text = arena_alloc(arena, len * COPIES + 1);

		for (j = 0; j < COPIES; j++)
			memcpy(text + j * len, parts[i], len);
		figure_find(arena, text);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
bytes_that_are_no_utf8_are_stepped_over(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_null(figure_find(arena, "\xff\xfe\xe5\xa2"));
	assert_string_equal(figure_find(arena, "\xff"
					       "5%"),
	    "5%");
	assert_null(figure_find(arena, ""));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_of_the_table_holds),
		cmocka_unit_test(no_word_of_the_real_schedules_is_a_figure),
		cmocka_unit_test(a_long_text_takes_one_pass),
		cmocka_unit_test(bytes_that_are_no_utf8_are_stepped_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
