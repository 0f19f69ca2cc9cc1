/*
 * What the channel http-put asks of a portal with "move", and how it ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define STEP http_move_step
#include "channel_story.h"

#define BASE "https://portal.example/"
#define PART "en/releases.ics.part"
#define FILE_URL BASE "en/releases.ics"

static struct delivery
new_delivery(struct world *world)
{
	world->portal.move = true;
	return (struct delivery){ .portal = &world->portal,
		.path = "en/releases.ics",
		.source = world->body,
		.digest = digest_of("one", 3),
		.size = 3,
		.content_type = "text/calendar" };
}

#define PUT "PUT " PART
#define MOVE_NEW "MOVE " PART " Destination " FILE_URL " Overwrite F"
#define MOVE_OVER "MOVE " PART " Destination " FILE_URL " Overwrite T"
#define MOVE_E MOVE_OVER " If <" FILE_URL "> ([\"e\"])"
#define GET "GET en/releases.ics"
#define PLAIN "PUT en/releases.ics If-None-Match *"
#define SWEEP "DELETE " PART

static void
a_file_is_put_beside_and_moved(void **state)
{
	static const struct story stories[] = {
		{ .name = "new",
		    .v = { { PUT, 201, "\"1\"" }, { MOVE_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "known (nginx, which gives no ETag)",
		    .known = true,
		    .v = { { PUT, 204 }, { MOVE_OVER, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "known with an ETag",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT, 201 }, { MOVE_E, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "read back",
		    .read_back = true,
		    .v = { { PUT, 201 }, { MOVE_NEW, 201 },
			{ GET, 200, "\"2\"", "one" } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true,
		    .result_etag = "\"2\"" },
		{ .name = "read back as another",
		    .read_back = true,
		    .v = { { PUT, 201 }, { MOVE_NEW, 201 },
			{ GET, 200, "\"2\"", "two" } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it had arrived",
		    .v = { { PUT, 201 }, { MOVE_NEW, 412 },
			{ GET, 200, "\"2\"", "one" }, { SWEEP, 204 } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true,
		    .result_etag = "\"2\"" },
		{ .name = "somebody has written",
		    .known = true,
		    .etag = "\"x\"",
		    .v = { { PUT, 201 },
			{ MOVE_OVER " If <" FILE_URL "> ([\"x\"])", 412 },
			{ GET, 200, "\"e\"", "two" }, { MOVE_E, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "somebody has removed it",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT, 201 }, { MOVE_E, 412 }, { GET, 404 },
			{ MOVE_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
	};

	TELL(*state, stories);
}

static void
what_is_not_moved_is_taken_away(void **state)
{
	static const struct story stories[] = {
		{ .name = "it cannot move",
		    .v = { { PUT, 201 }, { MOVE_NEW, 405 },
			{ PLAIN, 201, "\"1\"" }, { SWEEP, 204 } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"1\"" },
		{ .name = "it cannot move, nor take",
		    .v = { { PUT, 201 }, { MOVE_NEW, 501 }, { PLAIN, 413 } },
		    .state = DELIVERY_REFUSED,
		    .problem = "body_too_large" },
		{ .name = "a move that is forbidden",
		    .v = { { PUT, 201 }, { MOVE_NEW, 403 }, { SWEEP, 403 } },
		    .state = DELIVERY_HELD,
		    .problem = "forbidden" },
		{ .name = "a move that fails in part",
		    .v = { { PUT, 201 }, { MOVE_NEW, 207 }, { SWEEP, 204 } },
		    .state = DELIVERY_RETRY,
		    .problem = "unexpected" },
		{ .name = "a move that conflicts",
		    .v = { { PUT, 201 }, { MOVE_NEW, 409 },
			{ SWEEP, 0, NULL, NULL, CARRIED_RETRY } },
		    .state = DELIVERY_RETRY,
		    .problem = "conflict" },
		{ .name = "a move that breaks off is tried again",
		    .v = { { PUT, 201 },
			{ MOVE_NEW, 0, NULL, NULL, CARRIED_RETRY } },
		    .state = DELIVERY_RETRY,
		    .problem = "reset" },
		{ .name = "again and again",
		    .v = { { PUT, 201 }, { MOVE_NEW, 412 },
			{ GET, 200, "\"e\"", "two" }, { MOVE_E, 412 },
			{ SWEEP, 204 } },
		    .state = DELIVERY_RETRY,
		    .problem = "changed" },
		{ .name = "another run has moved it",
		    .v = { { PUT, 201 }, { MOVE_NEW, 404 } },
		    .state = DELIVERY_RETRY,
		    .problem = "changed" },
		{ .name = "a read that is refused",
		    .v = { { PUT, 201 }, { MOVE_NEW, 412 }, { GET, 500 },
			{ SWEEP, 204 } },
		    .state = DELIVERY_RETRY,
		    .problem = "server_error" },
		{ .name = "a PUT that is not taken",
		    .v = { { PUT, 401 } },
		    .state = DELIVERY_HELD,
		    .problem = "unauthorized" },
		{ .name = "a PUT that breaks off",
		    .v = { { PUT, 201, NULL, NULL, CARRIED_RETRY } },
		    .state = DELIVERY_RETRY,
		    .problem = "reset" },
		{ .name = "a removal",
		    .remove = true,
		    .known = true,
		    .v = { { "DELETE en/releases.ics", 204 }, { SWEEP, 404 } },
		    .state = DELIVERY_ACCEPTED },
	};

	TELL(*state, stories);
}

static void
without_move_it_is_put_at_once(void **state)
{
	struct world *world = *state;
	struct delivery delivery = new_delivery(world);
	struct request request;

	world->portal.move = false;
	step(world, &delivery, NULL, &request);
	assert_string_equal(asked(world, &request), PLAIN);
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

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_put_beside_and_moved),
		TEST(what_is_not_moved_is_taken_away),
		TEST(without_move_it_is_put_at_once),
		TEST(a_path_that_leaves_the_portal_is_refused_unsent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
