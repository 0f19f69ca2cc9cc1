#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/log.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "store_world.h"

/* 2026-03-09 09:30 in Shanghai, and the days after it. */
static struct announcement
announcement_on(int mday)
{
	struct local local = { day_of(2026, 3, mday), 570 };

	return (struct announcement){
		.release = "nbs/cpi/2026-02",
		.uid = "nbs.cpi.2026-02@stats.example",
		.department = "nbs",
		.series = "cpi",
		.period = "2026-02",
		.title = { "居民消费价格", NULL },
		.when = { PRECISION_INSTANT, local, local.day },
		.timezone = "Asia/Shanghai",
		.start = { (int64_t)local.day.n * 86400 + 5400 },
		.status = SAID_CONFIRMED,
	};
}

static struct entry
entry_of(struct fixture *f, const struct announcement *announcement,
    enum entry_kind kind, int sequence, int64_t at)
{
	struct buf json;
	struct entry entry = {
		.kind = kind,
		.at.s = at,
		.sequence = sequence,
		.release = announcement->release,
		.when = announcement->when,
		.start = announcement->start,
		.status = announcement->status,
		.policy = "abcd",
	};

	buf_init(&json, f->arena);
	announcement_write(&json, announcement, true);
	entry.digest = digest_of(json.data, json.len);
	buf_clear(&json);
	announcement_core(&json, announcement);
	entry.core = digest_of(json.data, json.len);
	buf_init(&json, f->arena);
	announcement_write(&json, announcement, false);
	entry.said = json.data;
	return entry;
}

static const struct error *
say(struct fixture *f, const char *release, int mday, enum entry_kind kind,
    int sequence, int64_t at)
{
	struct announcement announcement = announcement_on(mday);
	struct entry entry;

	announcement.release = release;
	if (kind == ENTRY_CANCELLED)
		announcement.status = SAID_CANCELLED;
	if (kind == ENTRY_POSTPONED)
		announcement.status = SAID_POSTPONED;
	entry = entry_of(f, &announcement, kind, sequence, at);
	return ledger_append(f->arena, f->store, &entry);
}

static const struct error *
say_profile(struct fixture *f, const char *key, const char *name, int sequence)
{
	struct profile profile = {
		.key = key, .department = "nbs", .name = { name, NULL }
	};
	struct entry entry = { .kind = ENTRY_PROFILE,
		.at.s = 100,
		.sequence = sequence,
		.release = key };
	struct buf json;

	buf_init(&json, f->arena);
	profile_write(&json, &profile);
	entry.digest = digest_of(json.data, json.len);
	entry.said = json.data;
	return ledger_append(f->arena, f->store, &entry);
}

static void
say_edition(struct fixture *f, int year, int64_t at)
{
	struct entry entry = {
		.kind = ENTRY_EDITION, .year = year, .at.s = at
	};

	assert_null(ledger_append(f->arena, f->store, &entry));
}

static struct view
view_of(struct fixture *f)
{
	struct view view;

	assert_null(ledger_view(f->arena, f->store, &view));
	return view;
}

/* The first entry that is not what was appended; 0 if there is none. */
static int64_t
broken(struct fixture *f)
{
	struct diags diags = { 0 };
	size_t i;

	assert_null(
	    ledger_verify(f->arena, f->store, "db", &diags, NULL, NULL));
	for (i = 0; i < diags.n; i++)
		if (strcmp(diags.v[i].message.id, "ledger.verify_sequence") !=
		    0)
			return strtoll(diags.v[i].message.args[0], NULL, 10);
	return 0;
}

static void
an_announcement_is_canonical_json(void **state)
{
	static const struct text names[] = { { "价格", "Prices" } };
	static const struct text indicators[] = { { "CPI", NULL },
		{ "核心CPI", "Core" } };
	static const char *const topics[] = { "prices" };
	static const char *const channels[] = { "官网", "公众号" };
	struct fixture *f = *state;
	struct announcement a = announcement_on(9);
	struct buf buf;

	a.estimate = "flash";
	a.publisher = (struct text){ "国家统计局", "NBS" };
	a.topics = topics;
	a.topic_names = names;
	a.n_topics = 1;
	a.indicators = indicators;
	a.n_indicators = 2;
	a.channels = channels;
	a.n_channels = 2;
	a.late = true;
	a.reason.zh = "\"春节\"\n";
	a.has_previous = true;
	a.previous.precision = PRECISION_MONTH;
	a.previous.start = (struct local){ day_of(2026, 3, 1), NO_TIME };
	a.previous.last = day_of(2026, 3, 31);
	buf_init(&buf, f->arena);
	announcement_write(&buf, &a, false);
	assert_string_equal(buf.data,
	    "{\"channels\":[\"官网\",\"公众号\"],\"department\":\"nbs\","
	    "\"estimate\":\"flash\",\"indicators\":[{\"zh\":\"CPI\"},"
	    "{\"en\":\"Core\",\"zh\":\"核心CPI\"}],\"late\":true,"
	    "\"period\":\"2026-02\",\"previous\":{\"last\":\"2026-03-31\","
	    "\"precision\":\"month\",\"start\":\"2026-03-01\"},"
	    "\"publisher\":{\"en\":\"NBS\",\"zh\":\"国家统计局\"},"
	    "\"reason\":{\"zh\":\"\\\"春节\\\"\\n\"},"
	    "\"release\":\"nbs/cpi/2026-02\",\"series\":\"cpi\","
	    "\"start\":\"2026-03-09T01:30:00Z\",\"status\":\"confirmed\","
	    "\"timezone\":\"Asia/Shanghai\","
	    "\"title\":{\"zh\":\"居民消费价格\"},"
	    "\"topics\":[{\"en\":\"Prices\",\"id\":\"prices\","
	    "\"zh\":\"价格\"}],\"uid\":\"nbs.cpi.2026-02@stats.example\","
	    "\"when\":{\"precision\":\"instant\",\"start\":\"2026-03-09\","
	    "\"time\":\"09:30\"}}");
}

static void
what_was_written_reads_back_the_same(void **state)
{
	static const char *const channels[] = { "官网" };
	static const struct text indicators[] = { { "一", "one" } };
	struct fixture *f = *state;
	struct announcement a = announcement_on(9), back;
	struct buf first, second;

	a.url = "https://data.example/";
	a.note = (struct text){ NULL, "with \\ and \t" };
	a.channels = channels;
	a.n_channels = 1;
	a.indicators = indicators;
	a.n_indicators = 1;
	a.topics = channels;
	a.n_topics = 1;
	a.has_previous = true;
	a.previous = a.when;
	buf_init(&first, f->arena);
	buf_init(&second, f->arena);
	announcement_write(&first, &a, false);
	assert_null(announcement_read(f->arena, first.data, &back));
	announcement_write(&second, &back, false);
	assert_string_equal(first.data, second.data);
	assert_true(moment_equal(&back.when, &a.when));
	assert_int_equal(back.start.s, a.start.s);
	assert_null(back.note.zh);
	assert_null(back.estimate);
}

static void
the_wanted_part_leaves_the_history_out(void **state)
{
	struct fixture *f = *state;
	struct announcement a = announcement_on(9);
	struct buf buf, with;

	buf_init(&buf, f->arena);
	buf_init(&with, f->arena);
	announcement_write(&buf, &a, true);
	a.has_previous = true;
	a.previous = a.when;
	announcement_write(&with, &a, true);
	assert_string_equal(buf.data, with.data);
}

static void
an_announcement_with_a_mistake_is_an_error(void **state)
{
	static const char *const wrong[] = {
		"",
		"[]",
		"{\"release\":\"a\",\"release\":\"b\"}",
		"{\"department\":\"nbs\"}",
		"{\"channels\":\"官网\"}",
		"{\"department\":7}",
	};
	struct fixture *f = *state;
	struct announcement a;
	size_t i;

	for (i = 0; i < COUNT(wrong); i++)
		assert_non_null(announcement_read(f->arena, wrong[i], &a));
}

static void
an_empty_ledger_has_an_empty_view(void **state)
{
	struct view view = view_of(*state);

	assert_int_equal(view.n, 0);
	assert_int_equal(view.last_id, 0);
	assert_int_equal(view.edition, 0);
	assert_int_equal(broken(*state), 0);
}

static void
the_view_is_the_latest_entry_of_each_release_in_order(void **state)
{
	struct fixture *f = *state;
	const struct entry *entry;
	struct view view;

	assert_null(say(f, "nbs/ppi/2026-02", 9, ENTRY_NEW, 0, 100));
	say_edition(f, 2026, 100);
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(say(f, "nbs/cpi/2026-02", 11, ENTRY_MOVED_LATER, 1, 200));
	view = view_of(f);
	assert_int_equal(view.n, 2);
	assert_string_equal(view.v[0].release, "nbs/cpi/2026-02");
	assert_string_equal(view.v[1].release, "nbs/ppi/2026-02");
	assert_int_equal(view.last_id, 4);
	assert_int_equal(view.last.s, 200);
	assert_int_equal(view.edition, 2026);
	assert_int_equal(view.edition_at.s, 100);

	entry = view_find(&view, "nbs/cpi/2026-02");
	assert_non_null(entry);
	assert_int_equal(entry->id, 4);
	assert_int_equal(entry->kind, ENTRY_MOVED_LATER);
	assert_int_equal(entry->sequence, 1);
	assert_int_equal(entry->when.start.day.n, day_of(2026, 3, 11).n);
	assert_int_equal(entry->when.start.minute, 570);
	assert_int_equal(entry->status, SAID_CONFIRMED);
	assert_string_equal(entry->policy, "abcd");
	assert_null(entry->said);
	assert_null(view_find(&view, "nbs/gdp/2026-Q1"));
}

static void
a_sequence_that_does_not_follow_is_refused(void **state)
{
	struct fixture *f = *state;
	const char *key = "nbs/cpi/2026-02";
	const struct error *error = say(f, key, 9, ENTRY_NEW, 1, 100);

	assert_non_null(error);
	assert_string_equal(error->message.id, "ledger.sequence");
	assert_null(say(f, key, 9, ENTRY_NEW, 0, 100));
	assert_non_null(say(f, key, 10, ENTRY_MOVED_LATER, 0, 100));
	assert_non_null(say(f, key, 10, ENTRY_MOVED_LATER, 2, 100));
	assert_null(say(f, key, 10, ENTRY_MOVED_LATER, 1, 100));
	assert_int_equal(view_of(f).last_id, 2);
	assert_int_equal(broken(f), 0);
}

static void
time_never_goes_back(void **state)
{
	struct fixture *f = *state;
	struct announcement announcement = announcement_on(9);
	struct entry entry;

	say_edition(f, 2026, 500);
	entry = entry_of(f, &announcement, ENTRY_NEW, 0, 400);
	assert_null(ledger_append(f->arena, f->store, &entry));
	assert_int_equal(entry.id, 2);
	assert_int_equal(entry.at.s, 500);
	assert_int_equal(entry.since.s, 500);
	assert_int_equal(view_of(f).last.s, 500);
}

static void
since_is_when_this_time_was_first_said_without_a_break(void **state)
{
	static const struct {
		enum entry_kind kind;
		int mday;
		int64_t at, since;
		int64_t since_entry;
		int moves;
	} steps[] = {
		{ ENTRY_NEW, 9, 100, 100, 1, 0 },
		{ ENTRY_REISSUED, 9, 200, 100, 1, 0 },
		{ ENTRY_MOVED_LATER, 10, 300, 300, 3, 1 },
		{ ENTRY_REISSUED, 10, 400, 300, 3, 1 },
		{ ENTRY_MOVED_EARLIER, 9, 500, 500, 5, 2 },
		{ ENTRY_CANCELLED, 9, 600, 500, 5, 2 },
		{ ENTRY_NEW, 9, 700, 700, 7, 2 },
		{ ENTRY_POSTPONED, 9, 800, 700, 7, 3 },
		{ ENTRY_REINSTATED, 16, 900, 900, 9, 3 },
		{ ENTRY_CANCELLED, 16, 1000, 900, 9, 3 },
		{ ENTRY_REINSTATED, 17, 1100, 1100, 11, 4 },
		{ ENTRY_CONFIRMED, 18, 1200, 1200, 12, 4 },
		{ ENTRY_RELEASED, 18, 1300, 1200, 12, 4 },
	};
	struct fixture *f = *state;
	struct view view;
	size_t i;

	for (i = 0; i < COUNT(steps); i++) {
		assert_null(say(f, "nbs/cpi/2026-02", steps[i].mday,
		    steps[i].kind, (int)i, steps[i].at));
		view = view_of(f);
		assert_int_equal(view.v[0].since.s, steps[i].since);
		assert_int_equal(view.v[0].since_entry, steps[i].since_entry);
		assert_int_equal(view.v[0].moves, steps[i].moves);
	}
	assert_int_equal(broken(f), 0);
}

/* As the migration leaves what was said before. */
static void
forget_history(struct fixture *f)
{
	assert_null(store_run(f->store,
	    "DROP TRIGGER entry_no_update; UPDATE entry SET"
	    " since_entry = NULL, moves = NULL, core = NULL"));
}

static void
what_an_older_database_did_not_store_is_worked_out(void **state)
{
	struct fixture *f = *state;
	struct announcement announcement = announcement_on(10);
	struct entry entry;
	struct buf core;
	struct digest digest;

	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(say(f, "nbs/cpi/2026-02", 10, ENTRY_MOVED_LATER, 1, 200));
	assert_null(say(f, "nbs/cpi/2026-02", 10, ENTRY_REISSUED, 2, 300));
	forget_history(f);
	buf_init(&core, f->arena);
	announcement_core(&core, &announcement);
	digest = digest_of(core.data, core.len);
	entry = view_of(f).v[0];
	assert_int_equal(entry.since_entry, 2);
	assert_int_equal(entry.moves, 1);
	assert_int_equal(digest_compare(&entry.core, &digest), 0);

	assert_null(say(f, "nbs/cpi/2026-02", 10, ENTRY_REISSUED, 3, 400));
	assert_null(say(f, "nbs/cpi/2026-02", 11, ENTRY_MOVED_LATER, 4, 500));
	assert_int_equal(view_of(f).v[0].moves, 2);
	assert_int_equal(view_of(f).v[0].since_entry, 5);
}

static void
profiles_have_sequences_and_a_place_of_their_own(void **state)
{
	struct fixture *f = *state;
	struct view view;

	assert_null(say_profile(f, "nbs/cpi", "一", 0));
	assert_null(say_profile(f, "nbs", "局", 0));
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(say_profile(f, "nbs/cpi", "二", 1));
	assert_non_null(say_profile(f, "nbs/cpi", "三", 3));
	view = view_of(f);
	assert_int_equal(view.n, 1);
	assert_int_equal(view.v[0].sequence, 0);
	assert_int_equal(view.n_profiles, 2);
	assert_string_equal(view.profiles[0].release, "nbs");
	assert_int_equal(view_profile(&view, "nbs/cpi")->id, 4);
	assert_int_equal(view_profile(&view, "nbs/cpi")->sequence, 1);
	assert_null(view_profile(&view, "nbs/ppi"));
	assert_null(view_find(&view, "nbs/cpi"));
	assert_int_equal(view.last_id, 4);
	assert_int_equal(broken(f), 0);
}

static void
confirm(struct fixture *f, const char *portal, int64_t entry, bool read_back,
    int64_t at)
{
	const struct confirmation confirmation = {
		.portal = portal,
		.entry = entry,
		.at.s = at,
		.read_back = read_back,
	};

	assert_null(ledger_confirm(f->arena, f->store, &confirmation));
}

static void
a_portal_confirms_up_to_an_entry(void **state)
{
	static const struct {
		const char *portal;
		int64_t entry, at; /* 0: not confirmed */
		bool read_back;
	} cases[] = {
		{ "a", 1, 100, true },
		{ "a", 2, 200, true },
		{ "a", 3, 200, true },
		{ "a", 4, 300, false },
		{ "a", 5, 0, false },
		{ "b", 1, 400, true },
		{ "b", 2, 400, true },
		{ "b", 3, 0, false },
		{ "c", 1, 0, false },
		{ "", 1, 0, false },
	};
	struct fixture *f = *state;
	struct confirmation confirmation;
	struct view view = view_of(f);
	size_t i;

	assert_false(view_confirmed(&view, "a", 1, &confirmation));
	confirm(f, "a", 1, true, 100);
	confirm(f, "a", 3, true, 200);
	confirm(f, "a", 4, false, 300);
	/* It was known, or better. */
	confirm(f, "a", 2, true, 350);
	confirm(f, "a", 3, false, 350);
	confirm(f, "a", 4, false, 350);
	confirm(f, "b", 2, false, 360);
	confirm(f, "b", 2, true, 400);
	view = view_of(f);
	assert_int_equal(view.n_confirmations, 5);
	for (i = 0; i < COUNT(cases); i++) {
		bool known = view_confirmed(
		    &view, cases[i].portal, cases[i].entry, &confirmation);

		assert_int_equal(known, cases[i].at != 0);
		if (!known)
			continue;
		assert_int_equal(confirmation.at.s, cases[i].at);
		assert_int_equal(confirmation.read_back, cases[i].read_back);
	}
}

static const struct error *
see_notice(void *context, const struct record *record)
{
	assert_string_equal(record->subject, "门户");
	buf_puts(context, record->body);
	return NULL;
}

static void
a_confirmation_stands_in_the_record(void **state)
{
	struct fixture *f = *state;
	struct buf body;

	confirm(f, "门户", 7, true, 1766728680);
	buf_init(&body, f->arena);
	assert_null(record_each(f->store, RECORD_NOTICE, see_notice, &body));
	assert_string_equal(body.data,
	    "{\"at\":\"2025-12-26T05:58:00Z\",\"entry\":7,"
	    "\"portal\":\"门户\",\"read_back\":true}");
}

struct seen {
	struct arena *arena;
	struct buf words;
};

static const struct error *
see(void *context, const struct entry *entry)
{
	struct seen *seen = context;

	buf_printf(&seen->words, "%d%s ", (int)entry->id,
	    entry->said == NULL ? "-" : "+");
	return NULL;
}

static const char *
seen_of(struct fixture *f, const char *release, const struct instant *as_of)
{
	struct seen seen = { .arena = f->arena };

	buf_init(&seen.words, f->arena);
	assert_null(
	    ledger_each(f->arena, f->store, release, as_of, see, &seen));
	return seen.words.data;
}

static void
the_ledger_tells_what_was_said_as_of_a_time(void **state)
{
	struct fixture *f = *state;

	say_edition(f, 2026, 100);
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(say(f, "nbs/ppi/2026-02", 9, ENTRY_NEW, 0, 200));
	assert_null(say(f, "nbs/cpi/2026-02", 10, ENTRY_MOVED_LATER, 1, 300));
	assert_string_equal(seen_of(f, NULL, NULL), "1- 2+ 3+ 4+ ");
	assert_string_equal(
	    seen_of(f, NULL, &(struct instant){ 200 }), "1- 2+ 3+ ");
	assert_string_equal(seen_of(f, NULL, &(struct instant){ 99 }), "");
	assert_string_equal(seen_of(f, "nbs/cpi/2026-02", NULL), "2+ 4+ ");
	assert_string_equal(
	    seen_of(f, "nbs/cpi/2026-02", &(struct instant){ 299 }), "2+ ");
	assert_string_equal(seen_of(f, "nbs/gdp/2026-Q1", NULL), "");
}

static const struct error *
stop(void *context, const struct entry *entry)
{
	struct fixture *f = context;

	(void)entry;
	return ERROR_NEW(f->arena, ERROR_INPUT, NULL, "base.error", "stop");
}

static void
an_error_of_the_listener_stops_the_telling(void **state)
{
	struct fixture *f = *state;
	const struct error *error;

	say_edition(f, 2026, 100);
	error = ledger_each(f->arena, f->store, NULL, NULL, stop, f);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
}

static void
one_announcement_can_be_fetched_by_its_id(void **state)
{
	struct fixture *f = *state;
	const char *said;

	say_edition(f, 2026, 100);
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(ledger_said(f->arena, f->store, 2, &said));
	assert_non_null(strstr(said, "nbs/cpi/2026-02"));
	assert_null(ledger_said(f->arena, f->store, 1, &said));
	assert_null(said);
	assert_null(ledger_said(f->arena, f->store, 9, &said));
	assert_null(said);
}

static void
every_tampering_is_found_at_its_entry(void **state)
{
	static const struct {
		const char *sql;
		int64_t broken;
	} cases[] = {
		{ "UPDATE entry SET said = replace(said, '居', '君')"
		  " WHERE id = 3",
		    3 },
		{ "UPDATE entry SET at = at - 1 WHERE id = 2", 2 },
		{ "UPDATE entry SET day = day + 1 WHERE id = 4", 4 },
		{ "UPDATE entry SET minute = 0 WHERE id = 4", 4 },
		{ "UPDATE entry SET last = last + 1 WHERE id = 4", 4 },
		{ "UPDATE entry SET precision = 'date' WHERE id = 4", 4 },
		{ "UPDATE entry SET start = start + 1 WHERE id = 4", 4 },
		{ "UPDATE entry SET since = since - 1 WHERE id = 4", 4 },
		{ "UPDATE entry SET sequence = 9 WHERE id = 4", 4 },
		{ "UPDATE entry SET since_entry = 1 WHERE id = 4", 4 },
		{ "UPDATE entry SET moves = NULL WHERE id = 3", 3 },
		{ "UPDATE entry SET since_entry = NULL, moves = NULL"
		  " WHERE id = 3",
		    3 },
		{ "UPDATE entry SET core = NULL WHERE id = 3", 3 },
		{ "UPDATE entry SET core = zeroblob(32) WHERE id = 3", 3 },
		{ "UPDATE entry SET core = digest WHERE id = 3", 3 },
		{ "UPDATE entry SET moves = 0 WHERE id = 1", 1 },
		{ "UPDATE entry SET status = 'tentative' WHERE id = 4", 4 },
		{ "UPDATE entry SET status = 'no such' WHERE id = 4", 4 },
		{ "UPDATE entry SET kind = 'reissued' WHERE id = 4", 4 },
		{ "UPDATE entry SET policy = NULL WHERE id = 2", 2 },
		{ "UPDATE entry SET digest = zeroblob(32) WHERE id = 2", 2 },
		{ "UPDATE entry SET release = 'nbs/x/2026-02' WHERE id = 2",
		    2 },
		{ "UPDATE entry SET year = 2027 WHERE id = 1", 1 },
		{ "UPDATE entry SET hash = zeroblob(32) WHERE id = 5", 5 },
		{ "UPDATE entry SET hash = x'00' WHERE id = 5", 5 },
		{ "DELETE FROM entry WHERE id = 1", 1 },
		{ "DELETE FROM entry WHERE id = 3", 3 },
		{ "DELETE FROM entry WHERE id = 3;"
		  "UPDATE entry SET id = id - 1 WHERE id > 3",
		    3 },
		{ "UPDATE entry SET id = 9 WHERE id = 2;"
		  "UPDATE entry SET id = 2 WHERE id = 3;"
		  "UPDATE entry SET id = 3 WHERE id = 9",
		    2 },
		{ "INSERT INTO entry (id, kind, at, sequence, year, hash)"
		  " VALUES (6, 'edition', 400, 0, 2027, zeroblob(32))",
		    6 },
		{ "INSERT INTO entry (id, kind, at, sequence, year, hash)"
		  " SELECT 7, kind, at, sequence, year, hash FROM entry"
		  " WHERE id = 1",
		    6 },
	};
	struct fixture *f = *state;
	size_t i;

	say_edition(f, 2026, 100);
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(say(f, "nbs/ppi/2026-02", 9, ENTRY_NEW, 0, 200));
	assert_null(say(f, "nbs/cpi/2026-02", 10, ENTRY_MOVED_LATER, 1, 300));
	assert_null(say(f, "nbs/gdp/2025-Q4", 10, ENTRY_NEW, 0, 400));
	assert_int_equal(broken(f), 0);
	assert_null(store_run(f->store, "DROP TRIGGER entry_no_update;"
					"DROP TRIGGER entry_no_delete"));
	for (i = 0; i < COUNT(cases); i++) {
		assert_null(store_begin(f->store));
		assert_null(store_run(f->store, cases[i].sql));
		if (broken(f) != cases[i].broken)
			fail_msg("not found: %s", cases[i].sql);
		store_rollback(f->store);
	}
	assert_int_equal(broken(f), 0);
}

static void
an_entry_that_cannot_be_read_stops_the_view(void **state)
{
	struct fixture *f = *state;
	struct view view;

	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 100));
	assert_null(store_run(f->store, "DROP TRIGGER entry_no_update;"
					"UPDATE entry SET precision = 'x'"));
	assert_non_null(ledger_view(f->arena, f->store, &view));
}

static void
the_domain_is_fixed_by_its_first_use(void **state)
{
	struct fixture *f = *state;
	const struct error *error;

	assert_null(ledger_fix_domain(f->arena, f->store, "stats.example"));
	assert_null(ledger_fix_domain(f->arena, f->store, "stats.example"));
	error = ledger_fix_domain(f->arena, f->store, "other.example");
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INPUT);
}

/* What an entry was before since_entry, moves and core were stored. */
static const char older_entries[] =
    "INSERT INTO entry (id, kind, at, sequence, year, hash) VALUES"
    " (1, 'edition', 1766728680, 0, 2026,"
    " x'29831d7cd4348748bf935d2d3863c8b4833eacf7423225b186ccc110d4760781');"
    "INSERT INTO entry (id, kind, at, sequence, release, digest, precision,"
    " day, minute, last, start, since, status, policy, hash, said) SELECT 2,"
    " 'new', 1766728680, 0, 'nbs/cpi/2026-02', digest, precision, day,"
    " minute, last, start, 1766728680, status, policy,"
    " x'c543a055dfffd1fe24a70deeb7c1b3687770f62f1874a3ca132694de5f643dea',"
    " said FROM copy";

static void
the_hash_of_an_entry_never_changes(void **state)
{
	struct fixture *f = *state;
	struct query *query;
	bool row;

	say_edition(f, 2026, 1766728680);
	assert_null(say(f, "nbs/cpi/2026-02", 9, ENTRY_NEW, 0, 1766728680));
	assert_null(query_open(f->store,
	    "SELECT lower(hex(hash)) FROM entry ORDER BY id", &query));
	assert_null(query_next(query, &row));
	assert_string_equal(query_text(query, 0),
	    "29831d7cd4348748bf935d2d3863c8b4"
	    "833eacf7423225b186ccc110d4760781");
	assert_null(query_next(query, &row));
	assert_string_equal(query_text(query, 0),
	    "1c28a0a7cd0c474affa25b6c07c15934"
	    "b93c7f742064137c07c7a5f9bce121cd");
	query_close(query);
	assert_null(store_run(f->store,
	    "CREATE TEMP TABLE copy AS SELECT * FROM entry WHERE id = 2;"
	    "DROP TRIGGER entry_no_delete; DELETE FROM entry"));
	assert_null(store_run(f->store, older_entries));
	assert_int_equal(broken(f), 0);
	assert_int_equal(view_of(f).v[0].since_entry, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_announcement_is_canonical_json),
		TEST(what_was_written_reads_back_the_same),
		TEST(the_wanted_part_leaves_the_history_out),
		TEST(an_announcement_with_a_mistake_is_an_error),
		TEST(an_empty_ledger_has_an_empty_view),
		TEST(the_view_is_the_latest_entry_of_each_release_in_order),
		TEST(a_sequence_that_does_not_follow_is_refused),
		TEST(time_never_goes_back),
		TEST(since_is_when_this_time_was_first_said_without_a_break),
		TEST(what_an_older_database_did_not_store_is_worked_out),
		TEST(profiles_have_sequences_and_a_place_of_their_own),
		TEST(a_portal_confirms_up_to_an_entry),
		TEST(a_confirmation_stands_in_the_record),
		TEST(the_ledger_tells_what_was_said_as_of_a_time),
		TEST(an_error_of_the_listener_stops_the_telling),
		TEST(one_announcement_can_be_fetched_by_its_id),
		TEST(every_tampering_is_found_at_its_entry),
		TEST(an_entry_that_cannot_be_read_stops_the_view),
		TEST(the_domain_is_fixed_by_its_first_use),
		TEST(the_hash_of_an_entry_never_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
