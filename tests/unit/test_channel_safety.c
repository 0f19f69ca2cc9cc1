/*
 * What must not leak and whom we must not talk to.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/rate.h>

#include "../../src/channel/address.h"
#include "../../src/channel/secret.h"

#include "channel_world.h"

static const char *
problem_of(const struct auth *auth, char *out, size_t size)
{
	struct secret secret;
	const char *problem = auth_secret_read(auth, &secret);

	memcpy(out, secret.data, size - 1);
	out[size - 1] = '\0';
	secret_wipe(&secret);
	assert_int_equal(secret.data[0], '\0');
	assert_true(problem == NULL || message_exists(problem));
	return problem;
}

static void
a_secret_file_must_be_ours_alone(void **state)
{
	static const struct {
		mode_t mode;
		const char *problem;
	} cases[] = {
		{ 0600, NULL },
		{ 0400, NULL },
		{ 0640, "base.secret_mode" },
		{ 0644, "base.secret_mode" },
		{ 0604, "base.secret_mode" },
		{ 0700, "base.secret_mode" },
	};
	struct world *world = *state;
	struct auth auth = { .secret.kind = SECRET_FILE,
		.secret.name = write_file(world, "token", "s3cret\n") };
	char out[64];
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		const char *problem;

		assert_int_equal(chmod(auth.secret.name, cases[i].mode), 0);
		problem = problem_of(&auth, out, sizeof(out));
		if (cases[i].problem == NULL) {
			assert_null(problem);
			assert_string_equal(out, "s3cret");
		} else {
			assert_string_equal(problem, cases[i].problem);
			assert_string_equal(out, "");
		}
	}
}

static void
a_secret_must_be_one_line_fit_for_a_header(void **state)
{
	static const struct {
		const char *content, *problem;
	} cases[] = {
		{ "", "base.secret_empty" },
		{ "\n", "base.secret_empty" },
		{ "a\n\n", "channel.secret_control" },
		{ "a\r\n", "channel.secret_control" },
		{ "a\nX-Evil: 1\n", "channel.secret_control" },
		{ "a\x7f", "channel.secret_control" },
		{ "a b", NULL },
	};
	struct world *world = *state;
	struct auth auth = { .secret.kind = SECRET_FILE };
	char out[64], *longer = arena_alloc(world->arena, SECRET_MOST + 2);
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		const char *problem;

		auth.secret.name = write_file(world, "s", cases[i].content);
		chmod(auth.secret.name, 0600);
		problem = problem_of(&auth, out, sizeof(out));
		if (cases[i].problem == NULL)
			assert_null(problem);
		else
			assert_string_equal(problem, cases[i].problem);
	}
	memset(longer, 'x', SECRET_MOST);
	auth.secret.name = write_file(world, "s", longer);
	chmod(auth.secret.name, 0600);
	assert_null(problem_of(&auth, out, sizeof(out)));
	longer[SECRET_MOST] = 'x';
	auth.secret.name = write_file(world, "s", longer);
	chmod(auth.secret.name, 0600);
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_long");
}

static void
a_secret_that_is_not_there_is_said_so(void **state)
{
	struct world *world = *state;
	struct auth auth = { .secret.kind = SECRET_FILE,
		.secret.name = file_join(world->arena, world->dir, "none") };
	char out[64];

	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_missing");
	auth.secret.name = world->dir;
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_missing");
	auth = (struct auth){ .secret.kind = SECRET_ENVIRONMENT,
		.secret.name = "YUGAO_TEST_UNSET" };
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_environment");
}

static void
a_credential_stays_in_its_directory(void **state)
{
	struct world *world = *state;
	struct auth auth = { .secret.kind = SECRET_CREDENTIAL,
		.secret.name = "token" };
	char out[64];

	write_file(world, "token", "s3cret\n");
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_credential");
	setenv("CREDENTIALS_DIRECTORY", world->dir, 1);
	assert_null(problem_of(&auth, out, sizeof(out)));
	assert_string_equal(out, "s3cret");
	auth.secret.name = "../token";
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_credential");
	auth.secret.name = "..";
	assert_string_equal(
	    problem_of(&auth, out, sizeof(out)), "base.secret_credential");
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void
check_address(const char *text, enum address_kind kind)
{
	const struct network ten = { .bytes = { 10 }, .bits = 8 };
	const struct portal closed = { .id = "closed" },
			    open = { .id = "open", .allow_private = true },
			    listed = { .id = "listed",
				    .networks = &ten,
				    .n_networks = 1 };
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	bool six = strchr(text, ':') != NULL;
	const struct sockaddr *address =
	    six ? (const struct sockaddr *)&in6 : (const struct sockaddr *)&in;
	bool public = kind == ADDRESS_PUBLIC, private = kind == ADDRESS_PRIVATE;

	assert_int_equal(six ? inet_pton(AF_INET6, text, &in6.sin6_addr)
			     : inet_pton(AF_INET, text, &in.sin_addr),
	    1);
	if (address_kind(address) != kind)
		fail_msg("%s", text);
	assert_int_equal(address_allowed(address, &closed, false), public);
	assert_false(address_allowed(address, &closed, true));
	assert_int_equal(
	    address_allowed(address, &open, false), public || private);
	assert_int_equal(address_allowed(address, &open, true), private);
	assert_int_equal(address_text_allowed(text, &open, true), private);
	if (private && strstr(text, "10.0.0.1") != NULL)
		assert_true(address_allowed(address, &listed, true));
	if (private && strstr(text, "192.168.") != NULL)
		assert_false(address_allowed(address, &listed, false));
}

static void
addresses_are_of_the_kind_that_the_table_says(void **state)
{
	static const char *const kinds[] = { [ADDRESS_PUBLIC] = "public",
		[ADDRESS_PRIVATE] = "private",
		[ADDRESS_NEVER] = "never" };
	FILE *table = fopen("tests/tables/addresses.txt", "r");
	char line[256], text[64], word[16];
	size_t n = 0, k;

	(void)state;
	assert_non_null(table);
	while (fgets(line, sizeof(line), table) != NULL) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		assert_int_equal(sscanf(line, "%63s %15s", text, word), 2);
		for (k = 0; strcmp(kinds[k], word) != 0; k++)
			assert_true(k < ADDRESS_NEVER);
		check_address(text, (enum address_kind)k);
		n++;
	}
	fclose(table);
	assert_true(n >= 80);
}

static void
an_address_with_a_zone_is_refused(void **state)
{
	const struct portal open = { .allow_private = true };

	(void)state;
	assert_false(address_text_allowed("fe80::1%eth0", &open, false));
	assert_false(address_text_allowed("fc00::1%1", &open, false));
	assert_false(address_text_allowed("no address", &open, false));
	assert_true(address_text_allowed("fc00::1", &open, false));
}

static void
a_bucket_gives_no_more_than_its_rate(void **state)
{
	struct bucket bucket = { 0 };
	int64_t now, taken = 0;

	(void)state;
	/* Twenty a minute: one at once, then one every three seconds. */
	for (now = 0; now < 60000; now += 7)
		if (bucket_wait(&bucket, 333, now) == 0) {
			bucket_take(&bucket, 333, now);
			taken++;
		}
	assert_int_equal(taken, 20);
	assert_in_range(bucket_wait(&bucket, 333, now), 1, 3004);
	/* What it says to wait is enough. */
	now += bucket_wait(&bucket, 333, now);
	assert_int_equal(bucket_wait(&bucket, 333, now), 0);
	/* A clock that goes back, and one that leaps, give no more. */
	bucket_take(&bucket, 333, now);
	assert_true(bucket_wait(&bucket, 333, now - 1000000) > 0);
	assert_int_equal(bucket_wait(&bucket, 333, INT64_MAX / 2), 0);
	bucket_take(&bucket, 333, INT64_MAX / 2);
	assert_true(bucket_wait(&bucket, 333, INT64_MAX / 2) > 0);
	/* A fast one holds one second's worth. */
	bucket = (struct bucket){ 0 };
	for (taken = 0; bucket_wait(&bucket, 5000, 1) == 0; taken++)
		bucket_take(&bucket, 5000, 1);
	assert_int_equal(taken, 5);
	assert_int_equal(bucket_wait(&bucket, 0, 1), 0);
}

static void
what_is_not_ip_is_refused(void **state)
{
	struct sockaddr address = { .sa_family = AF_UNIX };

	(void)state;
	assert_int_equal(address_kind(&address), ADDRESS_NEVER);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_secret_file_must_be_ours_alone),
		TEST(a_secret_must_be_one_line_fit_for_a_header),
		TEST(a_secret_that_is_not_there_is_said_so),
		TEST(a_credential_stays_in_its_directory),
		TEST(addresses_are_of_the_kind_that_the_table_says),
		TEST(an_address_with_a_zone_is_refused),
		TEST(a_bucket_gives_no_more_than_its_rate),
		TEST(what_is_not_ip_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
