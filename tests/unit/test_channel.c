/*
 * What each channel says to an answer, and the paths it takes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "../../src/channel/path.h"

#include "channel_world.h"

static void
a_path_cannot_leave_its_portal(void **state)
{
	static const char *const bad[] = { "", "/", "/a", "a/", "a//b", ".",
		"..", "../a", "a/..", "a/../b", "a/./b", "a\nb", "a\\b",
		"a\x7f" };
	static const char *const good[] = { "a", "a/b.ics", "..a", "a..b/...",
		".well-known/x" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		if (path_is_safe(bad[i]))
			fail_msg("%s", bad[i]);
	for (i = 0; i < COUNT(good); i++)
		if (!path_is_safe(good[i]))
			fail_msg("%s", good[i]);
}

static void
a_url_escapes_what_is_not_plain(void **state)
{
	struct world *world = *state;

	assert_string_equal(path_url(world->arena, "https://h/p", "a b/ü?#%"),
	    "https://h/p/a%20b/%C3%BC%3F%23%25");
	assert_string_equal(
	    path_url(world->arena, "https://h/p/", "a"), "https://h/p/a");
}

static struct delivery
new_delivery(struct world *world)
{
	return (struct delivery){ .portal = &world->portal,
		.path = "releases.ics",
		.source = world->body,
		.digest = digest_of("one", 3),
		.size = 3,
		.content_type = "text/calendar" };
}

static struct delivery_result
step(struct world *world, struct delivery *delivery,
    const struct answer *answer, struct request *request)
{
	struct delivery_result result;

	no_error(channel_find("http-put")
		     ->step(world->arena, delivery, answer, request, &result));
	assert_true(
	    result.problem.id == NULL || message_exists(result.problem.id));
	return result;
}

static void
every_answer_to_a_put_ends_as_it_is_documented(void **state)
{
	static const struct {
		int status;
		enum delivered state;
	} cases[] = {
		{ 200, DELIVERY_ACCEPTED },
		{ 201, DELIVERY_ACCEPTED },
		{ 204, DELIVERY_ACCEPTED },
		{ 202, DELIVERY_RETRY },
		{ 206, DELIVERY_RETRY },
		{ 207, DELIVERY_RETRY },
		{ 301, DELIVERY_HELD },
		{ 302, DELIVERY_HELD },
		{ 303, DELIVERY_HELD },
		{ 307, DELIVERY_HELD },
		{ 308, DELIVERY_HELD },
		{ 400, DELIVERY_REFUSED },
		{ 401, DELIVERY_HELD },
		{ 403, DELIVERY_HELD },
		{ 404, DELIVERY_REFUSED },
		{ 405, DELIVERY_REFUSED },
		{ 408, DELIVERY_RETRY },
		{ 409, DELIVERY_RETRY },
		{ 410, DELIVERY_HELD },
		{ 412, DELIVERY_GOES_ON },
		{ 413, DELIVERY_REFUSED },
		{ 415, DELIVERY_REFUSED },
		{ 418, DELIVERY_REFUSED },
		{ 422, DELIVERY_REFUSED },
		{ 423, DELIVERY_RETRY },
		{ 425, DELIVERY_RETRY },
		{ 429, DELIVERY_RETRY },
		{ 500, DELIVERY_RETRY },
		{ 502, DELIVERY_RETRY },
		{ 503, DELIVERY_RETRY },
		{ 507, DELIVERY_RETRY },
		{ 600, DELIVERY_RETRY },
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct delivery delivery = new_delivery(world);
		struct answer answer = { .carried = CARRIED_ANSWER,
			.status = cases[i].status,
			.retry_after = 7 };
		struct delivery_result result;
		struct request request;

		step(world, &delivery, NULL, &request);
		result = step(world, &delivery, &answer, &request);
		if (result.state != cases[i].state)
			fail_msg("%d", cases[i].status);
		if (result.state == DELIVERY_RETRY)
			assert_int_equal(result.retry_after, 7);
		assert_int_equal(result.problem.id == NULL,
		    result.state == DELIVERY_ACCEPTED ||
			result.state == DELIVERY_GOES_ON);
	}
}

static void
what_never_became_an_answer_ends_by_how_it_was_carried(void **state)
{
	struct world *world = *state;
	struct answer answer = { .carried = CARRIED_RETRY,
		.status = 201,
		.problem = "channel.truncated" };
	struct delivery delivery = new_delivery(world);
	struct request request;

	step(world, &delivery, NULL, &request);
	assert_int_equal(
	    step(world, &delivery, &answer, &request).state, DELIVERY_RETRY);
	answer.carried = CARRIED_REFUSED;
	assert_int_equal(
	    step(world, &delivery, &answer, &request).state, DELIVERY_REFUSED);
	answer.carried = CARRIED_HELD;
	assert_int_equal(
	    step(world, &delivery, &answer, &request).state, DELIVERY_HELD);
}

static void
a_weak_etag_is_no_condition(void **state)
{
	struct world *world = *state;
	struct answer answer = { .status = 201, .etag = "W/\"a\"" };
	struct delivery delivery = new_delivery(world);
	struct request request;

	step(world, &delivery, NULL, &request);
	assert_null(step(world, &delivery, &answer, &request).etag);
}

static void
without_an_etag_a_known_file_is_put_without_condition(void **state)
{
	struct world *world = *state;
	struct delivery delivery = new_delivery(world);
	struct request request;

	delivery.known = true;
	step(world, &delivery, NULL, &request);
	assert_int_equal(request.n_headers, 1);
	assert_string_equal(request.headers[0].name, "Content-Type");
}

static void
a_412_is_compared_and_written_once_more_only(void **state)
{
	struct world *world = *state;
	struct answer no = { .status = 412 };
	struct answer other = { .status = 200,
		.etag = "\"theirs\"",
		.body_digest = digest_of("theirs", 6) };
	struct delivery delivery = new_delivery(world);
	struct delivery_result result;
	struct request request;

	step(world, &delivery, NULL, &request);
	step(world, &delivery, &no, &request);
	assert_string_equal(request.method, "GET");
	assert_null(request.body_path);
	result = step(world, &delivery, &other, &request);
	assert_int_equal(result.state, DELIVERY_GOES_ON);
	assert_string_equal(request.method, "PUT");
	assert_string_equal(request.headers[0].name, "If-Match");
	assert_string_equal(request.headers[0].value, "\"theirs\"");
	result = step(world, &delivery, &no, &request);
	assert_int_equal(result.state, DELIVERY_RETRY);
	assert_string_equal(result.problem.id, "channel.changed");
}

static void
a_412_over_equal_content_is_delivered_already(void **state)
{
	struct world *world = *state;
	struct answer no = { .status = 412 };
	struct answer same = { .status = 200,
		.etag = "\"ours\"",
		.body_digest = digest_of("one", 3) };
	struct delivery delivery = new_delivery(world);
	struct delivery_result result;
	struct request request;

	step(world, &delivery, NULL, &request);
	step(world, &delivery, &no, &request);
	result = step(world, &delivery, &same, &request);
	assert_int_equal(result.state, DELIVERY_ACCEPTED);
	assert_true(result.read_back);
	assert_string_equal(result.etag, "\"ours\"");
}

static void
what_was_taken_is_read_back_where_that_is_asked(void **state)
{
	static const struct {
		const char *etag; /* of the answer to the PUT */
		struct answer answer;
		const char *body;
		bool read_back;
		const char *result_etag;
	} cases[] = {
		{ "\"v1\"", { .status = 304 }, "", true, "\"v1\"" },
		{ "\"v1\"", { .status = 200 }, "one", true, "\"v1\"" },
		{ "\"v1\"", { .status = 200 }, "two", false, "\"v1\"" },
		{ "\"v1\"", { .status = 404 }, "", false, "\"v1\"" },
		{ "\"v1\"", { .status = 302 }, "", false, "\"v1\"" },
		{ "\"v1\"", { .carried = CARRIED_RETRY, .status = 304 }, "",
		    false, "\"v1\"" },
		{ NULL, { .status = 304 }, "", false, NULL },
		{ NULL, { .status = 200, .etag = "\"v2\"" }, "one", true,
		    "\"v2\"" },
		{ "W/\"v1\"", { .status = 200, .etag = "\"v2\"" }, "two", false,
		    NULL },
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct delivery delivery = new_delivery(world);
		struct answer taken = { .status = 201, .etag = cases[i].etag };
		struct answer answer = cases[i].answer;
		struct delivery_result result;
		struct request request;
		bool strong = cases[i].etag != NULL && cases[i].etag[0] == '"';

		answer.body_digest =
		    digest_of(cases[i].body, strlen(cases[i].body));
		delivery.read_back = true;
		step(world, &delivery, NULL, &request);
		result = step(world, &delivery, &taken, &request);
		assert_int_equal(result.state, DELIVERY_GOES_ON);
		assert_string_equal(request.method, "GET");
		assert_null(request.body_path);
		assert_int_equal(request.n_headers, strong ? 1 : 0);
		assert_int_equal(delivery.taken, 201);
		result = step(world, &delivery, &answer, &request);
		assert_int_equal(result.state, DELIVERY_ACCEPTED);
		assert_int_equal(result.read_back, cases[i].read_back);
		if (cases[i].result_etag == NULL)
			assert_null(result.etag);
		else
			assert_string_equal(result.etag, cases[i].result_etag);
	}
}

static void
a_removal_is_read_back_as_gone(void **state)
{
	static const int statuses[] = { 404, 410, 200, 304, 500 };
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(statuses); i++) {
		struct delivery delivery = new_delivery(world);
		struct answer answer = { .status = 204 };
		struct delivery_result result;
		struct request request;

		delivery.remove = delivery.read_back = true;
		step(world, &delivery, NULL, &request);
		step(world, &delivery, &answer, &request);
		answer.status = statuses[i];
		result = step(world, &delivery, &answer, &request);
		assert_int_equal(result.state, DELIVERY_ACCEPTED);
		assert_int_equal(result.read_back, i < 2);
	}
}

static void
a_removal_is_done_when_nothing_is_there(void **state)
{
	static const int done[] = { 200, 202, 204, 404, 410 };
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(done); i++) {
		struct delivery delivery = new_delivery(world);
		struct answer answer = { .status = done[i] };
		struct request request;

		delivery.remove = true;
		step(world, &delivery, NULL, &request);
		assert_string_equal(request.method, "DELETE");
		assert_null(request.body_path);
		assert_int_equal(request.n_headers, 0);
		assert_int_equal(
		    step(world, &delivery, &answer, &request).state,
		    DELIVERY_ACCEPTED);
	}
}

static void
a_path_that_leaves_the_portal_is_refused_unsent(void **state)
{
	struct world *world = *state;
	struct delivery delivery = new_delivery(world);
	struct request request;

	delivery.path = "../x";
	assert_int_equal(
	    step(world, &delivery, NULL, &request).state, DELIVERY_REFUSED);
}

static struct delivery_result
copy(struct world *world, struct delivery *delivery)
{
	struct delivery_result result;
	struct request request;

	world->portal.kind = "directory";
	no_error(channel_find("directory")
		     ->step(world->arena, delivery, NULL, &request, &result));
	assert_true(
	    result.problem.id == NULL || message_exists(result.problem.id));
	return result;
}

static const char *
make_site(struct world *world)
{
	world->portal.url = file_join(world->arena, world->dir, "site");
	no_error(file_make_directories(world->arena, world->portal.url));
	return world->portal.url;
}

static void
a_directory_gets_the_file_with_its_time(void **state)
{
	struct world *world = *state;
	const char *site = make_site(world);
	struct delivery delivery = new_delivery(world);
	struct stat source, copied, again;
	const char *path = file_join(world->arena, site, "en/releases.ics");
	struct bytes bytes;

	delivery.path = "en/releases.ics";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	no_error(file_read(world->arena, path, 100, &bytes));
	assert_string_equal(bytes.data, "one");
	assert_int_equal(stat(world->body, &source), 0);
	assert_int_equal(stat(path, &copied), 0);
	assert_int_equal(source.st_mtim.tv_sec, copied.st_mtim.tv_sec);
	assert_int_equal(copied.st_mode & 07777, 0644);
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	assert_int_equal(stat(path, &again), 0);
	assert_int_equal(copied.st_ino, again.st_ino);
	assert_int_equal(copied.st_ctim.tv_nsec, again.st_ctim.tv_nsec);
}

static void
a_directory_that_is_not_there_is_not_made(void **state)
{
	struct world *world = *state;
	struct delivery delivery = new_delivery(world);
	struct delivery_result result;

	world->portal.url = file_join(world->arena, world->dir, "unmounted");
	result = copy(world, &delivery);
	assert_int_equal(result.state, DELIVERY_RETRY);
	assert_string_equal(result.problem.id, "channel.directory_missing");
	assert_int_equal(access(world->portal.url, F_OK), -1);
}

static void
a_directory_does_not_follow_a_link_out_of_itself(void **state)
{
	struct world *world = *state;
	const char *site = make_site(world);
	const char *outside = file_join(world->arena, world->dir, "outside");
	struct delivery delivery = new_delivery(world);

	no_error(file_make_directories(world->arena, outside));
	assert_int_equal(
	    symlink(outside, file_join(world->arena, site, "en")), 0);
	delivery.path = "en/releases.ics";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_RETRY);
	assert_int_equal(
	    access(file_join(world->arena, outside, "releases.ics"), F_OK), -1);
	delivery.path = "../outside/releases.ics";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_REFUSED);
	/* A link in the file's own place is replaced, not written through. */
	assert_int_equal(
	    symlink(world->body, file_join(world->arena, site, "r.ics")), 0);
	delivery.path = "r.ics";
	delivery.source = write_file(world, "other", "two");
	delivery.digest = digest_of("two", 3);
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	delivery.digest = digest_of("one", 3);
	delivery.source = world->body;
	delivery.path = "s.ics";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
}

static void
a_directory_gets_nothing_that_is_not_the_file_to_send(void **state)
{
	struct world *world = *state;
	const char *site = make_site(world);
	struct delivery delivery = new_delivery(world);

	delivery.digest = digest_of("else", 4);
	assert_int_equal(copy(world, &delivery).state, DELIVERY_REFUSED);
	delivery.source = "/nonexistent/file";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_REFUSED);
	assert_int_equal(
	    access(file_join(world->arena, site, "releases.ics"), F_OK), -1);
	assert_int_equal(
	    access(file_join(world->arena, site, ".releases.ics.new"), F_OK),
	    -1);
}

static void
a_directory_removes_a_file_and_does_not_miss_it(void **state)
{
	struct world *world = *state;
	const char *site = make_site(world);
	struct delivery delivery = new_delivery(world);

	delivery.path = "en/releases.ics";
	copy(world, &delivery);
	delivery.remove = true;
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	assert_int_equal(
	    access(file_join(world->arena, site, "en/releases.ics"), F_OK), -1);
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	delivery.path = "never/made.ics";
	assert_int_equal(copy(world, &delivery).state, DELIVERY_ACCEPTED);
	assert_int_equal(
	    access(file_join(world->arena, site, "never"), F_OK), -1);
}

static void
an_unknown_channel_is_none(void **state)
{
	(void)state;
	assert_null(channel_find("carrier-pigeon"));
	assert_non_null(channel_find("directory"));
	assert_non_null(channel_find("http-put"));
	assert_non_null(strchr(curl_version_text(), '.'));
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_path_cannot_leave_its_portal),
		TEST(a_url_escapes_what_is_not_plain),
		TEST(every_answer_to_a_put_ends_as_it_is_documented),
		TEST(what_never_became_an_answer_ends_by_how_it_was_carried),
		TEST(a_weak_etag_is_no_condition),
		TEST(without_an_etag_a_known_file_is_put_without_condition),
		TEST(a_412_is_compared_and_written_once_more_only),
		TEST(a_412_over_equal_content_is_delivered_already),
		TEST(what_was_taken_is_read_back_where_that_is_asked),
		TEST(a_removal_is_read_back_as_gone),
		TEST(a_removal_is_done_when_nothing_is_there),
		TEST(a_path_that_leaves_the_portal_is_refused_unsent),
		TEST(a_directory_gets_the_file_with_its_time),
		TEST(a_directory_that_is_not_there_is_not_made),
		TEST(a_directory_does_not_follow_a_link_out_of_itself),
		TEST(a_directory_gets_nothing_that_is_not_the_file_to_send),
		TEST(a_directory_removes_a_file_and_does_not_miss_it),
		TEST(an_unknown_channel_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
