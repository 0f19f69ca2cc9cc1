/*
 * Up to which entry a portal is known to show everything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <yugao/ledger.h>

#include "outbox_world.h"

/* One more entry, which the files that are given next carry. */
static void
say(struct world *world)
{
	struct entry entry = {
		.kind = ENTRY_EDITION, .year = 2026, .at = world->now
	};

	no_error(store_begin(world->store));
	no_error(ledger_append(world->arena, world->store, &entry));
	no_error(store_commit(world->store));
}

/* The newest entry that the portal has shown; 0 if none. */
static struct confirmation
shown(struct world *world, const char *portal)
{
	struct confirmation last = { .entry = 0 }, confirmation;
	struct view view;
	int64_t i;

	no_error(ledger_view(world->arena, world->store, &view));
	for (i = 1; i <= view.last_id; i++)
		if (view_confirmed(&view, portal, i, &confirmation))
			last = confirmation;
	return last;
}

static void
what_a_portal_took_and_served_is_confirmed(void **state)
{
	struct world *world = *state;
	struct confirmation confirmation;

	say(world);
	say(world);
	give_file(world, "a.ics", "a");
	deliver(world, "releases.ics", "one");
	confirmation = shown(world, "a");
	assert_int_equal(confirmation.entry, 2);
	assert_true(confirmation.read_back);
	assert_int_equal(confirmation.at.s, T0);
	assert_int_equal(world->fake.n_read_backs, 1);
	assert_int_equal(shown(world, "b").entry, 0);
}

static void
nothing_new_confirms_nothing_and_asks_for_nothing(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	world->now.s += HOUR;
	fill(world);
	assert_int_equal(drain(world), 0);
	assert_int_equal(world->fake.n_read_backs, 1);
	assert_int_equal(
	    number(world, "SELECT count(*) FROM record WHERE kind = 'notice'"),
	    1);
}

static void
what_still_waits_is_not_confirmed(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	say(world);
	world->fake.force[0] = 503;
	deliver(world, "releases.ics", "two");
	assert_int_equal(shown(world, "a").entry, 1);
	world->fake.force[0] = 0;
	world->now.s += HOUR;
	drain(world);
	assert_int_equal(shown(world, "a").entry, 2);
	assert_int_equal(shown(world, "a").at.s, T0 + HOUR);
}

/* What supersedes a message carries what that one was to carry. */
static void
a_newer_version_still_owes_what_the_older_one_carried(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	say(world);
	give_file(world, "releases.ics", "two");
	fill(world);
	say(world);
	give_file(world, "releases.ics", "three");
	fill(world);
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"),
	    2);
	drain(world);
	assert_int_equal(shown(world, "a").entry, 3);
}

/* The part of the portal's files that is newer waits, the older is there. */
static void
a_file_that_is_refused_holds_back_what_it_carries_only(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	say(world);
	world->fake.force[0] = 413;
	deliver(world, "a.ics", "a");
	world->fake.force[0] = 0;
	say(world);
	deliver(world, "releases.ics", "two");
	assert_int_equal(shown(world, "a").entry, 1);
	world->run.portal = "a";
	drain(world);
	assert_int_equal(shown(world, "a").entry, 3);
}

/* Another configuration makes other files, and says nothing. */
static void
files_that_carry_no_entry_hold_nothing_back(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	give_file(world, "releases.ics", "with another name");
	fill(world);
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"),
	    2);
	drain(world);
	assert_int_equal(shown(world, "a").entry, 1);
	assert_int_equal(
	    number(world, "SELECT count(*) FROM record WHERE kind = 'notice'"),
	    1);
}

static void
each_portal_is_confirmed_for_itself(void **state)
{
	struct world *world = *state;

	world->office.n_portals = 2;
	world->fake.force[1] = -1;
	say(world);
	deliver(world, "releases.ics", "one");
	assert_int_equal(shown(world, "a").entry, 1);
	assert_int_equal(shown(world, "b").entry, 0);
}

static void
what_cannot_be_read_is_confirmed_as_unread(void **state)
{
	struct world *world = *state;
	struct confirmation confirmation;

	say(world);
	world->fake.serves_nothing = true;
	deliver(world, "releases.ics", "one");
	confirmation = shown(world, "a");
	assert_int_equal(confirmation.entry, 1);
	assert_false(confirmation.read_back);
	/* The write is what the attempt tells of. */
	assert_int_equal(number(world, "SELECT status FROM attempt"), 201);
	say(world);
	world->fake.serves_nothing = false;
	deliver(world, "releases.ics", "two");
	confirmation = shown(world, "a");
	assert_int_equal(confirmation.entry, 2);
	assert_true(confirmation.read_back);
}

static void
a_portal_at_another_place_must_show_it_again(void **state)
{
	struct world *world = *state;

	say(world);
	deliver(world, "releases.ics", "one");
	say(world);
	world->portals[0].url = "http://a/elsewhere/";
	/* Not queued for the new place yet. */
	assert_int_equal(drain(world), 0);
	assert_int_equal(shown(world, "a").entry, 1);
	fill(world);
	assert_int_equal(number(world, "SELECT first_entry FROM message"
				       " WHERE state = 'queued'"),
	    1);
	drain(world);
	assert_int_equal(shown(world, "a").entry, 2);
}

/* As the migration leaves what waited before. */
static void
what_an_older_outbox_owes_is_everything(void **state)
{
	struct world *world = *state;

	say(world);
	give_file(world, "a.ics", "a");
	give_file(world, "releases.ics", "one");
	fill(world);
	no_error(store_run(world->store,
	    "UPDATE message SET first_entry = NULL;"
	    "UPDATE message SET state = 'refused'"
	    " WHERE path = 'a.ics';"
	    "UPDATE portal_state SET last_entry = NULL"));
	drain(world);
	assert_int_equal(shown(world, "a").entry, 0);
	fill(world);
	world->run.portal = "a";
	drain(world);
	assert_int_equal(shown(world, "a").entry, 1);
}

static void
a_directory_is_read_back_by_its_bytes(void **state)
{
	struct world *world = *state;

	world->portals[0].kind = "directory";
	world->portals[0].url = file_join(world->arena, world->dir, "web");
	no_error(file_make_directories(world->arena, world->portals[0].url));
	say(world);
	deliver(world, "releases.ics", "one");
	assert_int_equal(shown(world, "a").entry, 1);
	assert_true(shown(world, "a").read_back);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_a_portal_took_and_served_is_confirmed),
		TEST(nothing_new_confirms_nothing_and_asks_for_nothing),
		TEST(what_still_waits_is_not_confirmed),
		TEST(a_newer_version_still_owes_what_the_older_one_carried),
		TEST(a_file_that_is_refused_holds_back_what_it_carries_only),
		TEST(files_that_carry_no_entry_hold_nothing_back),
		TEST(each_portal_is_confirmed_for_itself),
		TEST(what_cannot_be_read_is_confirmed_as_unread),
		TEST(a_portal_at_another_place_must_show_it_again),
		TEST(what_an_older_outbox_owes_is_everything),
		TEST(a_directory_is_read_back_by_its_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
