/*
 * What must not leak and whom we must not talk to.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

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
addresses_are_known_by_their_kind(void **state)
{
	static const struct {
		const char *text;
		enum address_kind kind;
	} cases[] = {
		{ "8.8.8.8", ADDRESS_PUBLIC }, { "1.1.1.1", ADDRESS_PUBLIC },
		{ "172.15.255.255", ADDRESS_PUBLIC },
		{ "172.32.0.0", ADDRESS_PUBLIC },
		{ "100.63.255.255", ADDRESS_PUBLIC },
		{ "100.128.0.0", ADDRESS_PUBLIC },
		{ "223.255.255.255", ADDRESS_PUBLIC },
		{ "127.0.0.1", ADDRESS_PRIVATE },
		{ "127.255.255.254", ADDRESS_PRIVATE },
		{ "10.0.0.1", ADDRESS_PRIVATE },
		{ "172.16.0.1", ADDRESS_PRIVATE },
		{ "172.31.255.255", ADDRESS_PRIVATE },
		{ "192.168.1.1", ADDRESS_PRIVATE },
		{ "169.254.1.1", ADDRESS_PRIVATE },
		{ "100.64.0.1", ADDRESS_PRIVATE },
		{ "100.127.255.255", ADDRESS_PRIVATE },
		{ "198.19.0.1", ADDRESS_PRIVATE },
		{ "169.254.169.254", ADDRESS_NEVER },
		{ "169.254.170.2", ADDRESS_NEVER },
		{ "100.100.100.200", ADDRESS_NEVER },
		{ "168.63.129.16", ADDRESS_NEVER },
		{ "192.0.0.192", ADDRESS_NEVER }, { "0.0.0.0", ADDRESS_NEVER },
		{ "0.1.2.3", ADDRESS_NEVER }, { "224.0.0.1", ADDRESS_NEVER },
		{ "239.255.255.255", ADDRESS_NEVER },
		{ "240.0.0.1", ADDRESS_NEVER },
		{ "255.255.255.255", ADDRESS_NEVER },
		{ "192.0.2.1", ADDRESS_NEVER },
		{ "198.51.100.1", ADDRESS_NEVER },
		{ "203.0.113.1", ADDRESS_NEVER },
		{ "2400:3200::1", ADDRESS_PUBLIC },
		{ "2606:4700::1111", ADDRESS_PUBLIC },
		{ "::1", ADDRESS_PRIVATE }, { "fc00::1", ADDRESS_PRIVATE },
		{ "fd12:3456::1", ADDRESS_PRIVATE },
		{ "fe80::1", ADDRESS_PRIVATE }, { "febf::1", ADDRESS_PRIVATE },
		{ "fec0::1", ADDRESS_PRIVATE }, { "::", ADDRESS_NEVER },
		{ "ff02::1", ADDRESS_NEVER }, { "2001:db8::1", ADDRESS_NEVER },
		{ "3fff::1", ADDRESS_NEVER }, { "100::1", ADDRESS_NEVER },
		{ "4000::1", ADDRESS_NEVER },
		{ "fd00:ec2::254", ADDRESS_NEVER },
		{ "fd20:ce::254", ADDRESS_NEVER },
		/* IPv4 inside IPv6 counts as itself. */
		{ "::ffff:8.8.8.8", ADDRESS_PUBLIC },
		{ "::ffff:127.0.0.1", ADDRESS_PRIVATE },
		{ "::ffff:10.0.0.1", ADDRESS_PRIVATE },
		{ "::ffff:169.254.169.254", ADDRESS_NEVER },
		{ "::ffff:0:192.168.0.1", ADDRESS_PRIVATE },
		{ "::10.0.0.1", ADDRESS_PRIVATE },
		{ "::169.254.169.254", ADDRESS_NEVER },
		{ "64:ff9b::8.8.8.8", ADDRESS_PUBLIC },
		{ "64:ff9b::10.0.0.1", ADDRESS_PRIVATE },
		{ "64:ff9b::127.0.0.1", ADDRESS_PRIVATE },
		{ "64:ff9b::169.254.169.254", ADDRESS_NEVER },
		{ "64:ff9b:1::10.0.0.1", ADDRESS_NEVER },
		{ "2002:808:808::1", ADDRESS_PUBLIC },
		{ "2002:7f00:1::1", ADDRESS_PRIVATE },
		{ "2002:a00:1::1", ADDRESS_PRIVATE },
		{ "2002:a9fe:a9fe::1", ADDRESS_NEVER },
		{ "2001::1", ADDRESS_NEVER }, /* Teredo */
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		struct sockaddr_in in = { .sin_family = AF_INET };
		struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
		const char *text = cases[i].text;
		bool six = strchr(text, ':') != NULL;
		const struct sockaddr *address =
		    six ? (const struct sockaddr *)&in6
			: (const struct sockaddr *)&in;

		assert_int_equal(six ? inet_pton(AF_INET6, text, &in6.sin6_addr)
				     : inet_pton(AF_INET, text, &in.sin_addr),
		    1);
		if (address_kind(address) != cases[i].kind)
			fail_msg("%s", text);
		assert_int_equal(address_allowed(address, false, false),
		    cases[i].kind == ADDRESS_PUBLIC);
		assert_int_equal(address_allowed(address, true, false),
		    cases[i].kind != ADDRESS_NEVER);
		assert_int_equal(address_allowed(address, true, true),
		    cases[i].kind == ADDRESS_PRIVATE);
		assert_false(address_allowed(address, false, true));
	}
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
		TEST(addresses_are_known_by_their_kind),
		TEST(what_is_not_ip_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
