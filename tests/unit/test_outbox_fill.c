/*
 * What is queued, superseded and removed as the tree and the portals change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "outbox_world.h"

static void
every_portal_gets_every_file_once_and_then_nothing(void **state)
{
	struct world *world = *state;

	world->office.n_portals = 2;
	give_file(world, "releases.ics", "one");
	assert_int_equal(deliver(world, "releases.json", "two"), 4);
	assert_int_equal(world->run.accepted, 4);
	assert_int_equal(world->run.failed, 0);
	assert_int_equal(world->fake.n_files, 4);
	fill(world);
	assert_int_equal(drain(world), 0);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM message"), 4);
	assert_int_equal(status_of(world, 1).accepted, 2);
	assert_int_equal(status_of(world, 1).queued, 0);
}

static void
a_portal_that_is_new_gets_everything(void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	world->office.n_portals = 2;
	fill(world);
	assert_int_equal(drain(world), 1);
	assert_string_equal(
	    last_log(world), "PUT b/releases.ics If-None-Match=*");
}

static void
an_empty_manifest_removes_nothing(void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	world->files.n = 0;
	fill(world);
	assert_int_equal(drain(world), 0);
	assert_int_equal(world->fake.n_files, 1);
}

static void
only_the_newest_version_is_sent(void **state)
{
	struct world *world = *state;

	give_file(world, "releases.ics", "one");
	fill(world);
	give_file(world, "releases.ics", "two");
	fill(world);
	fill(world);
	assert_int_equal(drain(world), 1);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM message"
				       " WHERE state = 'superseded'"),
	    1);
	assert_memory_equal(
	    world->fake.files[0].digest.bytes, digest_of("two", 3).bytes, 32);
}

static void
a_second_version_is_sent_on_the_condition_of_the_first(void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	assert_int_equal(deliver(world, "releases.ics", "two"), 1);
	assert_string_equal(
	    last_log(world), "PUT a/releases.ics If-Match=\"v1\"");
}

static void
a_file_that_is_gone_is_removed_once(void **state)
{
	struct world *world = *state;

	give_file(world, "releases.ics", "one");
	deliver(world, "old.ics", "old");
	world->files.n--;
	fill(world);
	fill(world);
	/* Nothing else shows that the portal has changed: it is looked at. */
	assert_int_equal(drain(world), 2);
	assert_string_equal(
	    world->fake.log[2], "DELETE a/old.ics If-Match=\"v1\"");
	assert_string_equal(last_log(world), "GET a/old.ics");
	assert_int_equal(world->fake.n_files, 1);
	fill(world);
	assert_int_equal(drain(world), 0);
}

static void
a_file_that_comes_back_before_its_removal_was_sent_is_not_removed(void **state)
{
	struct world *world = *state;

	give_file(world, "releases.ics", "one");
	deliver(world, "old.ics", "old");
	world->files.n--;
	fill(world);
	world->files.n++;
	fill(world);
	drain(world);
	assert_int_equal(world->fake.n_files, 2);
	assert_non_null(strstr(last_log(world), "PUT a/old.ics"));
}

static void
what_was_never_tried_needs_no_removal(void **state)
{
	struct world *world = *state;

	give_file(world, "releases.ics", "one");
	give_file(world, "old.ics", "old");
	fill(world);
	world->files.n--;
	fill(world);
	assert_int_equal(drain(world), 1);
	assert_string_equal(
	    last_log(world), "PUT a/releases.ics If-None-Match=*");
}

static void
messages_of_a_portal_that_left_the_configuration_are_superseded(void **state)
{
	struct world *world = *state;

	world->office.n_portals = 2;
	give_file(world, "releases.ics", "one");
	fill(world);
	world->office.n_portals = 1;
	fill(world);
	assert_int_equal(drain(world), 1);
	assert_int_equal(
	    number(world, "SELECT COUNT(*) FROM message"
			  " WHERE portal = 'b' AND state = 'superseded'"),
	    1);
}

static void
a_portal_with_another_address_gets_everything_anew(void **state)
{
	struct world *world = *state;

	world->office.n_portals = 2;
	give_file(world, "releases.ics", "one");
	deliver(world, "old.ics", "old");
	world->files.n--;
	fill(world);
	world->portals[0].url = "http://a/moved/";
	assert_int_equal(status_of(world, 0).accepted, 0);
	assert_int_equal(status_of(world, 1).accepted, 1);
	fill(world);
	assert_int_equal(status_of(world, 0).queued, 1);
	/* What the old place still holds is not the new one's to remove. */
	world->run.portal = "a";
	assert_int_equal(drain(world), 1);
	assert_string_equal(
	    last_log(world), "PUT a/moved/releases.ics If-None-Match=*");
	assert_int_equal(status_of(world, 0).accepted, 1);
	fill(world);
	assert_int_equal(drain(world), 0);
}

static void
a_portal_of_another_kind_gets_everything_anew(void **state)
{
	struct world *world = *state;

	deliver(world, "releases.ics", "one");
	world->portals[0].kind = "directory";
	world->portals[0].url = file_join(world->arena, world->dir, "www");
	no_error(file_make_directories(world->arena, world->portals[0].url));
	assert_int_equal(status_of(world, 0).accepted, 0);
	fill(world);
	assert_int_equal(drain(world), 0);
	assert_int_equal(status_of(world, 0).accepted, 1);
	assert_int_equal(access(file_join(world->arena, world->portals[0].url,
				    "releases.ics"),
			     F_OK),
	    0);
}

static void
a_corrected_address_is_tried_at_once(void **state)
{
	struct world *world = *state;

	world->fake.force[0] = 302;
	deliver(world, "releases.ics", "one");
	assert_int_equal(status_of(world, 0).held, 1);
	world->fake.force[0] = 0;
	world->portals[0].url = "http://a/moved/";
	fill(world);
	assert_int_equal(status_of(world, 0).held, 0);
	assert_null(status_of(world, 0).problem);
	assert_int_equal(drain(world), 1);
	assert_int_equal(status_of(world, 0).accepted, 1);
}

static void
a_directory_is_the_same_from_whatever_folder_it_is_named(void **state)
{
	struct world *world = *state;
	char here[256];

	assert_non_null(getcwd(here, sizeof(here)));
	world->portals[0].kind = "directory";
	world->portals[0].url = file_join(world->arena, world->dir, "www");
	no_error(file_make_directories(world->arena, world->portals[0].url));
	deliver(world, "releases.ics", "one");
	assert_int_equal(chdir(world->dir), 0);
	world->portals[0].url = "./tree/../www/";
	assert_int_equal(status_of(world, 0).accepted, 1);
	fill(world);
	assert_int_equal(number(world, "SELECT COUNT(*) FROM message"), 1);
	assert_int_equal(chdir(here), 0);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_portal_gets_every_file_once_and_then_nothing),
		TEST(a_portal_that_is_new_gets_everything),
		TEST(an_empty_manifest_removes_nothing),
		TEST(only_the_newest_version_is_sent),
		TEST(a_second_version_is_sent_on_the_condition_of_the_first),
		TEST(a_file_that_is_gone_is_removed_once),
		TEST(
		    a_file_that_comes_back_before_its_removal_was_sent_is_not_removed),
		TEST(what_was_never_tried_needs_no_removal),
		TEST(
		    messages_of_a_portal_that_left_the_configuration_are_superseded),
		TEST(a_portal_with_another_address_gets_everything_anew),
		TEST(a_portal_of_another_kind_gets_everything_anew),
		TEST(a_corrected_address_is_tried_at_once),
		TEST(a_directory_is_the_same_from_whatever_folder_it_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
