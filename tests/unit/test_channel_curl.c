/*
 * The transport against a server that misbehaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "../../src/channel/path.h"

#include "bad_server.h"
#include "channel_world.h"

static int
setup_server(void **state)
{
	static const struct ticks ticks = { no_time, NULL };
	struct world *world;

	setup(state);
	world = *state;
	world->portal.url =
	    arena_printf(world->arena, "http://127.0.0.1:%d/", server.port);
	world->portal.allow_private = true;
	world->portal.connections = 2;
	world->portal.timeout = 5;
	no_error(
	    curl_transport_open(world->arena, 4, &ticks, &world->transport));
	return 0;
}

static struct answer
wait_for(struct world *world)
{
	struct answer answer;
	void *context = NULL;
	int turns;

	for (turns = 0; context == NULL && turns < 100000; turns++)
		no_error(world->transport->type->wait(
		    world->transport, world->arena, 100, &answer, &context));
	assert_non_null(context);
	return answer;
}

static struct answer
carry(struct world *world, struct request request)
{
	request.portal = &world->portal;
	request.context = world;
	assert_true(world->transport->type->send(world->transport, &request));
	return wait_for(world);
}

static struct answer
ask(struct world *world, const char *method, const char *path)
{
	struct request request = { .method = method,
		.url = path_url(world->arena, world->portal.url, path) };

	if (strcmp(method, "PUT") == 0) {
		request.body_path = world->body;
		request.body_size = 3;
	}
	return carry(world, request);
}

static void
assert_carried(
    const struct answer *answer, enum carried carried, const char *problem)
{
	assert_int_equal(answer->carried, carried);
	if (problem == NULL) {
		assert_null(answer->problem);
		return;
	}
	assert_non_null(answer->problem);
	assert_string_equal(answer->problem, problem);
	assert_true(message_exists(problem));
}

static int
server_count(struct world *world)
{
	struct portal portal = world->portal;
	struct answer answer;

	world->portal.allow_private = true;
	world->portal.auth.kind = AUTH_NONE;
	world->portal.url =
	    arena_printf(world->arena, "http://127.0.0.1:%d/", server.port);
	answer = ask(world, "GET", "count");
	world->portal = portal;
	return atoi(answer.body);
}

static void
a_put_sends_its_body_and_conditions_and_brings_the_etag(void **state)
{
	struct world *world = *state;
	struct answer answer = carry(
	    world, (struct request){ .method = "PUT",
		       .url = path_url(world->arena, world->portal.url, "echo"),
		       .headers = { { "If-None-Match", "*" },
			   { "Content-Type", "text/calendar; charset=utf-8" } },
		       .n_headers = 2,
		       .body_path = world->body,
		       .body_size = 3 });

	assert_carried(&answer, CARRIED_ANSWER, NULL);
	assert_int_equal(answer.status, 201);
	assert_string_equal(answer.etag, "\"e1\"");
	assert_int_equal(answer.retry_after, -1);
	assert_int_equal(strncmp(answer.body, "PUT /echo HTTP/1.1\r\n", 20), 0);
	assert_non_null(strstr(answer.body, "\r\nIf-None-Match: *\r\n"));
	assert_non_null(strstr(
	    answer.body, "\r\nContent-Type: text/calendar; charset=utf-8\r\n"));
	assert_non_null(strstr(answer.body, "\r\nContent-Length: 3\r\n"));
	assert_non_null(
	    strstr(answer.body, "\r\nUser-Agent: yugao/" YUGAO_VERSION "\r\n"));
	assert_non_null(strstr(answer.body, "\r\n\r\none"));
	assert_null(strstr(answer.body, "Expect"));
	assert_null(strstr(answer.body, "Authorization"));
	assert_null(strstr(answer.body, "Accept-Encoding"));
}

static void
a_token_is_sent_as_bearer(void **state)
{
	struct world *world = *state;
	struct answer answer;

	world->portal.auth = (struct auth){ .kind = AUTH_BEARER,
		.secret.kind = SECRET_FILE,
		.secret.name = write_file(world, "token", "s3cret\n") };
	assert_int_equal(chmod(world->portal.auth.secret.name, 0600), 0);
	answer = ask(world, "PUT", "auth");
	assert_string_equal(answer.body, "B.e.a.r.e.r. .s.3.c.r.e.t.");
	/* Whoever repeats it does not get it into our records. */
	answer = ask(world, "PUT", "echo");
	assert_non_null(
	    strstr(answer.body, "\r\nAuthorization: Bearer ******\r\n"));
	assert_null(strstr(answer.body, "s3cret"));
}

static void
a_password_is_sent_as_basic(void **state)
{
	struct world *world = *state;
	struct answer answer;

	setenv("YUGAO_TEST_SECRET", "p:w", 1);
	world->portal.auth = (struct auth){ .kind = AUTH_BASIC,
		.user = "u",
		.secret.kind = SECRET_ENVIRONMENT,
		.secret.name = "YUGAO_TEST_SECRET" };
	answer = ask(world, "PUT", "auth");
	assert_string_equal(answer.body, "B.a.s.i.c. .d.T.p.w.O.n.c.=.");
	answer = ask(world, "PUT", "echo");
	unsetenv("YUGAO_TEST_SECRET");
	assert_non_null(
	    strstr(answer.body, "\r\nAuthorization: Basic ********\r\n"));
	/* The next request of the same handle has forgotten it. */
	world->portal.auth.kind = AUTH_NONE;
	answer = ask(world, "PUT", "echo");
	assert_null(strstr(answer.body, "Authorization"));
}

static void
a_secret_that_others_can_read_stops_the_request(void **state)
{
	struct world *world = *state;
	int before = server_count(world);
	struct answer answer;

	world->portal.auth = (struct auth){ .kind = AUTH_BEARER,
		.secret.kind = SECRET_FILE,
		.secret.name = write_file(world, "token", "s3cret\n") };
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_HELD, "base.secret_mode");
	assert_int_equal(server_count(world), before + 1);
}

static void
a_redirect_is_not_followed(void **state)
{
	struct world *world = *state;
	int before = server_count(world);
	struct answer answer = ask(world, "PUT", "302");

	assert_carried(&answer, CARRIED_ANSWER, NULL);
	assert_int_equal(answer.status, 302);
	assert_int_equal(server_count(world), before + 2);
}

static void
an_answer_that_breaks_off_is_none(void **state)
{
	static const struct {
		const char *path, *problem;
	} cases[] = {
		{ "truncated", "channel.truncated" },
		{ "half-chunk", "channel.truncated" },
		{ "bad-chunk", "channel.reset" },
		{ "nothing", "channel.reset" },
		{ "reset", "channel.reset" },
		{ "not-http", "channel.not_http" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct answer answer = ask(*state, "PUT", cases[i].path);

		assert_carried(&answer, CARRIED_RETRY, cases[i].problem);
	}
}

static void
half_a_status_line_is_no_success(void **state)
{
	struct answer answer = ask(*state, "PUT", "half-head");

	assert_int_equal(answer.carried, CARRIED_RETRY);
}

static void
an_answer_that_is_too_large_is_refused(void **state)
{
	static const char *const paths[] = { "header-bytes", "header-lines",
		"header-line", "endless" };
	size_t i;

	for (i = 0; i < COUNT(paths); i++) {
		struct answer answer = ask(*state, "GET", paths[i]);

		assert_carried(
		    &answer, CARRIED_REFUSED, "channel.answer_too_large");
	}
}

static void
a_long_body_is_hashed_whole_and_kept_in_part(void **state)
{
	struct answer answer = ask(*state, "GET", "long-body");
	char *whole = malloc(100000);
	struct digest digest;

	assert_non_null(whole);
	memset(whole, 'a', 100000);
	digest = digest_of(whole, 100000);
	free(whole);
	assert_carried(&answer, CARRIED_ANSWER, NULL);
	assert_int_equal(answer.body_len, 65536);
	assert_int_equal(strlen(answer.body), 65536);
	assert_true(answer.body_cut);
	assert_int_equal(answer.body_size, 100000);
	assert_int_equal(digest_compare(&answer.body_digest, &digest), 0);
}

static void
a_portal_that_never_answers_costs_its_timeout(void **state)
{
	struct world *world = *state;
	struct answer answer;

	world->portal.timeout = 1;
	answer = ask(world, "PUT", "silent");
	assert_carried(&answer, CARRIED_RETRY, "channel.timeout");
	assert_in_range(answer.ms, 900, 3000);
}

static void
a_closed_port_is_a_reason_to_retry(void **state)
{
	struct world *world = *state;
	struct answer answer;
	int port, fd = listen_anywhere(&port);

	assert_int_not_equal(fd, -1);
	close(fd);
	world->portal.url =
	    arena_printf(world->arena, "http://127.0.0.1:%d/", port);
	answer = ask(world, "PUT", "x");
	assert_carried(&answer, CARRIED_RETRY, "channel.connect");
	assert_int_equal(answer.status, 0);
}

static void
etags_are_taken_from_the_final_answer_and_only_if_they_are_some(void **state)
{
	struct world *world = *state;

	assert_null(ask(world, "PUT", "interim").etag);
	assert_null(ask(world, "PUT", "bad-etag").etag);
	assert_string_equal(ask(world, "PUT", "weak").etag, "W/\"w1\"");
}

static void
retry_after_is_clamped(void **state)
{
	struct world *world = *state;

	assert_int_equal(ask(world, "PUT", "later").retry_after, 120);
	assert_int_equal(ask(world, "PUT", "much-later").retry_after, 86400);
	assert_int_equal(ask(world, "PUT", "earlier").retry_after, -1);
	assert_int_equal(ask(world, "PUT", "long-ago").retry_after, -1);
	assert_int_equal(ask(world, "PUT", "sometime").retry_after, -1);
}

static void
a_private_address_is_refused_unless_the_portal_may_have_one(void **state)
{
	struct world *world = *state;
	int before = server_count(world);
	struct answer answer;

	world->portal.allow_private = false;
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_REFUSED, "channel.plain_http");
	world->portal.url =
	    arena_printf(world->arena, "https://127.0.0.1:%d/", server.port);
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_REFUSED, "channel.address");
	world->portal.url = arena_printf(
	    world->arena, "https://[::ffff:127.0.0.1]:%d/", server.port);
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_REFUSED, "channel.address");
	assert_int_equal(server_count(world), before + 1);
}

static void
some_addresses_are_refused_always(void **state)
{
	static const char *const urls[] = {
		"http://169.254.169.254/", /* metadata */
		"http://100.100.100.200/", "http://0.0.0.0/",
		"http://8.8.8.8/", /* public, and no TLS */
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(urls); i++) {
		struct answer answer;

		world->portal.url = urls[i];
		answer = ask(world, "PUT", "x");
		assert_carried(&answer, CARRIED_REFUSED, "channel.address");
	}
}

static void
a_url_with_a_password_or_another_scheme_is_refused(void **state)
{
	struct world *world = *state;
	struct answer answer;

	world->portal.url =
	    arena_printf(world->arena, "http://u:p@127.0.0.1:%d/", server.port);
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_REFUSED, "channel.url");
	world->portal.url = "file:///etc/";
	answer = ask(world, "GET", "passwd");
	assert_int_not_equal(answer.carried, CARRIED_ANSWER);
	world->portal.url = "gopher://127.0.0.1/";
	answer = ask(world, "GET", "x");
	assert_int_not_equal(answer.carried, CARRIED_ANSWER);
}

static void
a_header_cannot_carry_another(void **state)
{
	struct world *world = *state;
	struct answer answer = carry(
	    world, (struct request){ .method = "PUT",
		       .url = path_url(world->arena, world->portal.url, "echo"),
		       .headers = { { "If-Match", "\"a\"\r\nX-Evil: 1" } },
		       .n_headers = 1,
		       .body_path = world->body,
		       .body_size = 3 });

	assert_carried(&answer, CARRIED_REFUSED, "channel.header");
}

static void
a_body_may_come_from_memory(void **state)
{
	struct world *world = *state;
	struct request request = { .method = "POST",
		.url = path_url(world->arena, world->portal.url, "echo"),
		.body = "{\"key\":\"k3y\"}",
		.body_size = 13,
		.hide = "k3y" };
	struct answer answer = carry(world, request);

	assert_carried(&answer, CARRIED_ANSWER, NULL);
	assert_int_equal(strncmp(answer.body, "POST /echo ", 11), 0);
	assert_non_null(strstr(answer.body, "\r\n\r\n{\"key\":\"***\"}"));
	world->portal.body_most = 12;
	answer = carry(world, request);
	assert_carried(&answer, CARRIED_REFUSED, "channel.body_most");
}

static void
a_method_or_a_header_s_name_cannot_carry_more(void **state)
{
	struct world *world = *state;
	const char *url = path_url(world->arena, world->portal.url, "echo");
	struct answer answer = carry(world,
	    (struct request){ .method = "PUT / HTTP/1.1\r\nX:", .url = url });

	assert_carried(&answer, CARRIED_REFUSED, "channel.header");
	answer = carry(world, (struct request){ .method = "GET",
				  .url = url,
				  .headers = { { "X: 1\r\nY", "2" } },
				  .n_headers = 1 });
	assert_carried(&answer, CARRIED_REFUSED, "channel.header");
	answer = carry(world,
	    (struct request){ .method = "PUT", .url = url, .follow = true });
	assert_carried(&answer, CARRIED_REFUSED, "channel.header");
	answer = carry(
	    world, (struct request){ .method = "GET",
		       .url = arena_printf(world->arena, "%s\r\nX: 1", url) });
	assert_int_not_equal(answer.carried, CARRIED_ANSWER);
}

/* What the two know of each other is the transport's pool alone. */
static void
a_connection_of_another_portal_needs_this_one_s_leave(void **state)
{
	static const struct network ten = { .bytes = { 10 }, .bits = 8 };
	struct world *world = *state;
	struct answer answer = ask(world, "PUT", "echo");

	assert_carried(&answer, CARRIED_ANSWER, NULL);
	world->portal.allow_private = false;
	world->portal.networks = &ten;
	world->portal.n_networks = 1;
	answer = ask(world, "PUT", "echo");
	assert_carried(&answer, CARRIED_REFUSED, "channel.address");
}

static int64_t now_ms;

static int64_t
told_time(void *context)
{
	(void)context;
	return now_ms;
}

static void
a_portal_is_asked_no_faster_than_it_allows(void **state)
{
	static const struct ticks ticks = { told_time, NULL };
	struct world *world = *state;
	struct transport *transport;
	struct request request = { .method = "GET",
		.url = path_url(world->arena, world->portal.url, "count"),
		.portal = &world->portal,
		.context = world };

	world->transport->type->close(world->transport);
	world->transport = NULL;
	no_error(
	    curl_transport_open(world->arena, 4, &ticks, &world->transport));
	transport = world->transport;
	world->portal.rate = 500;
	assert_true(transport->type->send(transport, &request));
	assert_false(transport->type->send(transport, &request));
	wait_for(world);
	now_ms += 1999;
	assert_false(transport->type->send(transport, &request));
	now_ms += 1;
	assert_true(transport->type->send(transport, &request));
	wait_for(world);
}

static void
a_file_that_shrank_or_vanished_is_not_sent(void **state)
{
	struct world *world = *state;
	struct request request = { .method = "PUT",
		.url = path_url(world->arena, world->portal.url, "echo"),
		.body_path = world->body,
		.body_size = 4 };
	struct answer answer = carry(world, request);

	assert_carried(&answer, CARRIED_REFUSED, "channel.source");
	request.body_path = "/nonexistent/file";
	answer = carry(world, request);
	assert_carried(&answer, CARRIED_REFUSED, "channel.source");
}

static void
a_portal_has_no_more_requests_in_flight_than_it_allows(void **state)
{
	struct world *world = *state;
	struct transport *transport = world->transport;
	struct request request = { .method = "GET",
		.url = path_url(world->arena, world->portal.url, "count"),
		.portal = &world->portal,
		.context = world };
	struct request requests[3] = { request, request, request };

	assert_true(transport->type->send(transport, &requests[0]));
	assert_true(transport->type->send(transport, &requests[1]));
	assert_false(transport->type->send(transport, &requests[2]));
	wait_for(world);
	assert_true(transport->type->send(transport, &requests[2]));
	wait_for(world);
	wait_for(world);
}

static void
waiting_for_nothing_returns_at_once(void **state)
{
	struct world *world = *state;
	struct answer answer;
	void *context = world;

	no_error(world->transport->type->wait(
	    world->transport, world->arena, 0, &answer, &context));
	assert_null(context);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup_server, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_put_sends_its_body_and_conditions_and_brings_the_etag),
		TEST(a_token_is_sent_as_bearer),
		TEST(a_password_is_sent_as_basic),
		TEST(a_secret_that_others_can_read_stops_the_request),
		TEST(a_redirect_is_not_followed),
		TEST(an_answer_that_breaks_off_is_none),
		TEST(half_a_status_line_is_no_success),
		TEST(an_answer_that_is_too_large_is_refused),
		TEST(a_long_body_is_hashed_whole_and_kept_in_part),
		TEST(a_portal_that_never_answers_costs_its_timeout),
		TEST(a_closed_port_is_a_reason_to_retry),
		TEST(
		    etags_are_taken_from_the_final_answer_and_only_if_they_are_some),
		TEST(retry_after_is_clamped),
		TEST(
		    a_private_address_is_refused_unless_the_portal_may_have_one),
		TEST(some_addresses_are_refused_always),
		TEST(a_url_with_a_password_or_another_scheme_is_refused),
		TEST(a_header_cannot_carry_another),
		TEST(a_body_may_come_from_memory),
		TEST(a_method_or_a_header_s_name_cannot_carry_more),
		TEST(a_connection_of_another_portal_needs_this_one_s_leave),
		TEST(a_portal_is_asked_no_faster_than_it_allows),
		TEST(a_file_that_shrank_or_vanished_is_not_sent),
		TEST(a_portal_has_no_more_requests_in_flight_than_it_allows),
		TEST(waiting_for_nothing_returns_at_once),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server);
}
