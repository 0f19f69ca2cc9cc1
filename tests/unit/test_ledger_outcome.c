/*
 * What became of releases: seen, copied, acknowledged; and as it was known on
 * any past day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/copy.h>
#include <yugao/diag.h>
#include <yugao/record.h>
#include <yugao/watch.h>

#include "store_world.h"

static struct instant
at(int64_t s)
{
	return (struct instant){ 1773000000 + s };
}

static void
see(struct fixture *f, const char *release, enum sight_kind kind, int64_t s)
{
	struct sight sight = { .kind = kind,
		.release = release,
		.url = "https://tj.example/gas/2026-03.html",
		.at = at(s),
		.has_absent = true,
		.absent = at(s - 600),
		.has_digest = true,
		.digest = digest_of("a", 1) };

	no_error(sight_append(f->arena, f->store, &sight, at(s + 1)));
}

static void
sightings_are_found_by_release_in_the_order_they_were_seen(void **state)
{
	struct fixture *f = *state;
	struct sightings all;
	const struct sight *v;
	size_t n;

	see(f, "tjj/gas/2026-03", SIGHT_EARLY, 0);
	see(f, "tjj/air/2026-03", SIGHT_RELEASED, 10);
	see(f, "tjj/gas/2026-03", SIGHT_RELEASED, 20);
	no_error(sightings_read(f->arena, f->store, NULL, &all));
	assert_int_equal(all.n, 3);
	v = sightings_of(&all, "tjj/gas/2026-03", &n);
	assert_int_equal(n, 2);
	assert_int_equal(v[0].kind, SIGHT_EARLY);
	assert_int_equal(v[1].at.s, at(20).s);
	assert_int_equal(v[1].absent.s, at(20 - 600).s);
	assert_true(v[1].has_digest);
	assert_string_equal(v[1].url, "https://tj.example/gas/2026-03.html");
	assert_ptr_equal(
	    sightings_last(&all, "tjj/gas/2026-03", SIGHT_EARLY), &v[0]);
	assert_null(sightings_last(&all, "tjj/gas/2026-03", SIGHT_ALTERED));
	assert_null(sightings_of(&all, "tjj/gas/2026-04", &n));
	assert_int_equal(n, 0);
}

static void
what_was_known_on_a_past_day_is_told_without_what_came_later(void **state)
{
	struct fixture *f = *state;
	const struct instant then = at(15);
	struct sightings all;
	size_t n;

	see(f, "tjj/gas/2026-03", SIGHT_EARLY, 0);
	see(f, "tjj/gas/2026-03", SIGHT_RELEASED, 20);
	no_error(sightings_read(f->arena, f->store, &then, &all));
	sightings_of(&all, "tjj/gas/2026-03", &n);
	assert_int_equal(n, 1);
}

static struct copy
pushed(const char *subject, int64_t entry)
{
	return (struct copy){ .subject = subject,
		.institution = "cq-tjj",
		.via = "tjj-copies",
		.entry = entry,
		.issued_at = at(0),
		.sent_at = at(60),
		.acknowledged_at = at(120),
		.receipt = RECEIPT_URL,
		.has_digest = true,
		.digest = digest_of("copy", 4),
		.has_published = true,
		.published = digest_of("file", 4) };
}

static void
the_steps_of_a_copy_are_put_together(void **state)
{
	struct fixture *f = *state;
	struct copy copy = pushed("tjw/gas/2026-03", 7);
	const struct instant then = at(61);
	struct copies all;
	const struct copy *v;
	size_t n;

	no_error(copy_append(f->arena, f->store, COPY_ISSUED, &copy, at(0)));
	no_error(copy_append(f->arena, f->store, COPY_SENT, &copy, at(61)));
	no_error(
	    copy_append(f->arena, f->store, COPY_ACKNOWLEDGED, &copy, at(130)));
	no_error(copies_read(f->arena, f->store, NULL, &all));
	v = copies_of(&all, "tjw/gas/2026-03", &n);
	assert_int_equal(n, 1);
	assert_true(v->issued && v->sent && v->acknowledged);
	assert_int_equal(v->sent_at.s, at(60).s);
	assert_int_equal(v->receipt, RECEIPT_URL);
	assert_int_equal(digest_compare(&v->published, &copy.published), 0);
	assert_int_equal(v->known.s, at(130).s);
	no_error(copies_read(f->arena, f->store, &then, &all));
	v = copies_of(&all, "tjw/gas/2026-03", &n);
	assert_true(v->sent && !v->acknowledged);
}

static void
a_step_that_is_known_is_not_written_again(void **state)
{
	struct fixture *f = *state;
	struct copy copy = pushed("tjw/gas/2026-03", 7);
	struct copies all;

	no_error(copy_append(f->arena, f->store, COPY_SENT, &copy, at(1)));
	copy.sent_at = at(900);
	no_error(copy_append(f->arena, f->store, COPY_SENT, &copy, at(901)));
	no_error(copies_read(f->arena, f->store, NULL, &all));
	assert_int_equal(all.n, 1);
	assert_int_equal(all.v[0].sent_at.s, at(60).s);
}

static void
another_entry_or_another_way_is_another_copy(void **state)
{
	struct fixture *f = *state;
	struct copy copy = pushed("tjw/2026", 9), other = pushed("tjw/2026", 7);
	struct copy document = pushed("tjw/2026", 9);
	struct copies all;
	size_t n;

	document.via = NULL;
	document.document = "示统〔2026〕3号";
	no_error(copy_append(f->arena, f->store, COPY_ISSUED, &copy, at(0)));
	no_error(copy_append(f->arena, f->store, COPY_ISSUED, &other, at(0)));
	no_error(copy_append(f->arena, f->store, COPY_SENT, &document, at(0)));
	no_error(copies_read(f->arena, f->store, NULL, &all));
	copies_of(&all, "tjw/2026", &n);
	assert_int_equal(n, 3);
	assert_int_equal(all.v[0].entry, 7);
	assert_string_equal(
	    copy_plan_subject(f->arena, "tjw", 2026), "tjw/2026");
}

static void
where_watching_stands_is_kept_until_it_changes(void **state)
{
	struct fixture *f = *state;
	struct watched watched = { .release = "tjj/gas/2026-03",
		.url = "https://tj.example/a",
		.has_looked = true,
		.looked = at(5),
		.failures = 2,
		.problem = "@fetch.timeout" };
	const struct watched *found;
	struct watches all;

	no_error(watched_write(f->store, &watched));
	watched.failures = 0;
	watched.problem = NULL;
	watched.has_digest = watched.answers = true;
	watched.digest = digest_of("a", 1);
	watched.etag = "\"1\"";
	no_error(watched_write(f->store, &watched));
	no_error(watches_read(f->arena, f->store, &all));
	assert_int_equal(all.n, 1);
	found = watches_find(&all, "tjj/gas/2026-03");
	assert_non_null(found);
	assert_true(found->answers && found->has_digest && !found->has_absent);
	assert_string_equal(found->etag, "\"1\"");
	assert_null(found->problem);
	assert_null(watches_find(&all, "tjj/gas/2026-04"));
}

static void
a_sheet_of_everybody_is_one_of_each(void **state)
{
	struct fixture *f = *state;
	struct sheet_made sheet = { .period = "2026-Q1",
		.digest = digest_of("s", 1) };
	const struct instant before = at(0);
	struct sheets_made all;

	no_error(sheet_append(f->arena, f->store, &sheet, at(10)));
	sheet.period = "2026-Q2";
	sheet.department = "tjw";
	no_error(sheet_append(f->arena, f->store, &sheet, at(20)));
	no_error(sheets_read(f->arena, f->store, NULL, &all));
	assert_int_equal(all.n, 2);
	assert_non_null(sheets_find(&all, "2026-Q1", "jtj"));
	assert_non_null(sheets_find(&all, "2026-Q2", "tjw"));
	assert_null(sheets_find(&all, "2026-Q2", "jtj"));
	assert_null(sheets_find(&all, "2026", NULL));
	no_error(sheets_read(f->arena, f->store, &before, &all));
	assert_int_equal(all.n, 0);
}

static void
all_of_it_is_under_the_chain(void **state)
{
	struct fixture *f = *state;
	struct copy copy = pushed("tjw/gas/2026-03", 7);
	struct diags diags = { 0 };
	int64_t records;

	see(f, "tjw/gas/2026-03", SIGHT_RELEASED, 0);
	no_error(copy_append(f->arena, f->store, COPY_ISSUED, &copy, at(0)));
	no_error(record_verify(f->arena, f->store, "db", &diags, &records));
	assert_int_equal(diags.errors, 0);
	assert_int_equal(records, 2);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    sightings_are_found_by_release_in_the_order_they_were_seen),
		TEST(
		    what_was_known_on_a_past_day_is_told_without_what_came_later),
		TEST(the_steps_of_a_copy_are_put_together),
		TEST(a_step_that_is_known_is_not_written_again),
		TEST(another_entry_or_another_way_is_another_copy),
		TEST(where_watching_stands_is_kept_until_it_changes),
		TEST(a_sheet_of_everybody_is_one_of_each),
		TEST(all_of_it_is_under_the_chain),
	};

	return cmocka_run_group_tests_name("ledger_outcome", tests, NULL, NULL);
}
