/*
 * Random histories through the real ledger and tree: what is there afterwards
 * is what was said, on every day that anybody asks about.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/announce.h>
#include <yugao/arena.h>
#include <yugao/error.h>

#include "announce_history.h"
#include "tree_world.h"

#define STEPS 12

/* What stood there after one run. */
struct day_after {
	struct instant at;
	struct entry *v; /* with their `said` */
	size_t n;
	const char *releases; /* releases.json */
};

struct chronicle {
	struct fixture *f;
	struct world *w;
	struct day_after days[STEPS];
	size_t n;
};

static void
say_change(struct chronicle *c, const struct change *change)
{
	struct world *w = c->w;
	struct announcement announcement;
	struct profile profile;
	struct entry entry = { .kind = change->kind,
		.at = w->now,
		.sequence = change->sequence,
		.release = change->release,
		.year = change->year };
	struct buf json, core;

	buf_init(&json, w->arena);
	if (change->kind == ENTRY_PROFILE) {
		announce_profile(
		    w->arena, &w->office, change, &profile, &entry.digest);
		profile_write(&json, &profile);
		entry.said = json.data;
	} else if (change->kind != ENTRY_EDITION) {
		entry.digest = world_compose(w, change, &announcement);
		announcement_write(&json, &announcement, false);
		entry.said = json.data;
		buf_init(&core, w->arena);
		announcement_core(&core, &announcement);
		entry.core = digest_of(core.data, core.len);
		entry.when = announcement.when;
		entry.start = announcement.start;
		entry.status = announcement.status;
	}
	no_error(ledger_append(w->arena, c->f->store, &entry));
	if (entry.said != NULL)
		no_error(tree_render(w->arena, c->f->store, &c->f->office,
		    &entry, &announcement));
}

static void
say_all(struct chronicle *c)
{
	struct world *w = c->w;
	struct fixture *f = c->f;
	size_t i;

	no_error(store_begin(f->store));
	for (i = 0; i < w->changes.n; i++)
		say_change(c, &w->changes.v[i]);
	for (i = 0; i < w->profiles.n; i++)
		say_change(c, &w->profiles.v[i]);
	no_error(tree_stage(f->arena, f->store, &f->office, NULL, &f->files));
	no_error(store_commit(f->store));
	no_error(tree_switch(f->arena, f->store, &f->office));
}

/* The view as the ledger gives it, with what was said beside it. */
static void
read_view(struct chronicle *c)
{
	struct view *view = &c->w->view;
	size_t i;

	no_error(ledger_view(c->w->arena, c->f->store, view));
	for (i = 0; i < view->n; i++)
		no_error(ledger_said(
		    c->w->arena, c->f->store, view->v[i].id, &view->v[i].said));
}

static void
remember(struct chronicle *c)
{
	struct day_after *day = &c->days[c->n++];
	const struct view *view = &c->w->view;
	struct bytes bytes;

	*day = (struct day_after){ .at = view->last, .n = view->n };
	day->v = arena_copy(c->w->arena, view->v, view->n * sizeof(*view->v));
	no_error(file_read(c->w->arena,
	    file_join(c->w->arena, c->f->folder, "public/releases.json"),
	    1 << 20, &bytes));
	day->releases = bytes.data;
}

struct replay {
	const struct day_after *day;
	struct arena *arena;
	size_t n;
};

static const struct entry *
entry_of(const struct day_after *day, const char *release)
{
	size_t i;

	for (i = 0; i < day->n; i++)
		if (strcmp(day->v[i].release, release) == 0)
			return &day->v[i];
	fail_msg("%s was not said yet", release);
	return NULL;
}

/* In the year's feeds there is the same status. */
static void
check_in_tree(const struct replay *replay, const struct entry *entry)
{
	const char *key =
	    arena_printf(replay->arena, "\"release\":\"%s\"", entry->release);
	const char *item = strstr(replay->day->releases, key), *status;

	if (item == NULL)
		fail_msg("%s is not in the tree", entry->release);
	status = strstr(item, "\"status\":\"") + 10;
	/* A month that is called certain shows as tentative. */
	if (entry->status != SAID_CONFIRMED ||
	    entry->when.precision == PRECISION_INSTANT)
		assert_int_equal(
		    strncmp(status, said_status_name(entry->status),
			strlen(said_status_name(entry->status))),
		    0);
	status = strstr(item, "\"sequence\":") + 11;
	assert_int_equal(atoi(status), entry->sequence);
}

static const struct error *
replay_entry(void *context, const struct entry *entry)
{
	struct replay *replay = context;
	const struct entry *then = entry_of(replay->day, entry->release);

	assert_int_equal(entry->id, then->id);
	assert_int_equal(entry->status, then->status);
	assert_int_equal(entry->sequence, then->sequence);
	assert_string_equal(entry->said, then->said);
	check_in_tree(replay, entry);
	replay->n++;
	return NULL;
}

/* Asked afterwards, every day answers as it looked then. */
static void
check_days(struct chronicle *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		struct replay replay = { &c->days[i], c->w->arena, 0 };

		/* A later run may have had the same clock. */
		if (i + 1 < c->n && c->days[i + 1].at.s == c->days[i].at.s)
			continue;
		no_error(ledger_each_latest(c->w->arena, c->f->store, NULL,
		    &c->days[i].at, replay_entry, &replay));
		assert_int_equal(replay.n, c->days[i].n);
	}
}

/* The ledger comes to what the rules of the diff were given. */
static void
check_view(const struct view *is, const struct view *model)
{
	size_t i;

	assert_int_equal(is->n, model->n);
	assert_int_equal(is->n_profiles, model->n_profiles);
	for (i = 0; i < is->n; i++) {
		const struct entry *a = &is->v[i], *b = &model->v[i];

		assert_string_equal(a->release, b->release);
		assert_int_equal(a->sequence, b->sequence);
		assert_int_equal(a->status, b->status);
		assert_int_equal(a->start.s, b->start.s);
		assert_int_equal(digest_compare(&a->digest, &b->digest), 0);
		assert_int_equal(digest_compare(&a->core, &b->core), 0);
	}
}

static void
live_through(struct chronicle *c, uint64_t seed)
{
	uint64_t random = seed * 0x9E3779B97F4A7C15u + 1;
	struct world *w = c->w;
	struct view model;
	size_t files;
	int step, i;

	for (step = 0; step < STEPS; step++) {
		for (i = (int)pick(&random, 6); i >= 0; i--)
			mutate(w, &random);
		world_diff(w);
		if (w->changes.n + w->profiles.n == 0)
			continue;
		say_all(c);
		/* What the diff was given stays what it was. */
		model = w->view;
		model.v = arena_copy(
		    w->arena, w->view.v, w->view.n * sizeof(*w->view.v));
		model.cap = model.n;
		w->view = model;
		world_apply(w);
		model = w->view;
		read_view(c);
		check_view(&w->view, &model);
		remember(c);
		world_diff(w);
		assert_int_equal(w->changes.n + w->profiles.n, 0);
	}
	check_days(c);
	c->f->diags = (struct diags){ 0 };
	no_error(tree_verify(
	    w->arena, c->f->store, &c->f->office, &c->f->diags, &files));
	assert_int_equal(c->f->diags.n, 0);
}

static void
the_ledger_gives_back_what_was_said_on_every_day(void **state)
{
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 12; seed++) {
		struct chronicle c = { .w = world_new() };
		void *fixture;

		assert_int_equal(set_up(&fixture), 0);
		c.f = fixture;
		c.f->office.departments = c.w->office.departments;
		c.f->office.n_departments = c.w->office.n_departments;
		c.f->office.topics = c.w->office.topics;
		c.f->office.n_topics = c.w->office.n_topics;
		world_set_reason_required(c.w);
		live_through(&c, seed);
		world_free(c.w);
		assert_int_equal(tear_down(&fixture), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_ledger_gives_back_what_was_said_on_every_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
