/*
 * A small office in memory for the tests of announce: four departments,
 * two series, slots and a view built by hand, no files and no database.
 */
#ifndef TESTS_ANNOUNCE_WORLD_H
#define TESTS_ANNOUNCE_WORLD_H

struct world {
	struct arena *arena;
	struct zone *zone;
	const struct calendar *calendar;
	struct office office;
	struct department departments[4];
	struct topic topic;
	struct parameter parameters[10];
	struct parameter *mode; /* release.on_non_working_day */
	struct series series[2];
	struct indicator indicator;
	struct rule rule;
	struct plan plan[4];
	struct plan *plan_list[4];
	struct plans plans;
	struct slots slots;
	struct acts acts;
	struct view view; /* its entries keep their `said` */
	struct instant now;
	struct diags diags;
	struct changes changes; /* without profiles */
	struct changes profiles;
};

static inline struct moment
world_moment(const char *text)
{
	struct moment when = { .start.minute = NO_TIME };
	int year, month, mday, last;
	char day[DAY_SIZE];

	if (text[0] == '<') {
		assert_true(day_parse(text + 1, &when.start.day));
		when.precision = PRECISION_NLT;
		when.last = when.start.day;
		return when;
	}
	year = atoi(text);
	last = month = atoi(text + 5);
	if (strlen(text) < 10 || text[7] == '.') {
		if (text[7] == '.')
			last = atoi(text + 9);
		when.precision =
		    last == month ? PRECISION_MONTH : PRECISION_WINDOW;
		when.start.day = day_of(year, month, 1);
		when.last = day_of(year, last, month_length(year, last));
		return when;
	}
	mday = atoi(text + 8);
	snprintf(day, sizeof(day), "%04d-%02d-%02d", year % 10000, month % 100,
	    mday % 100);
	assert_true(day_parse(day, &when.start.day));
	when.last = when.start.day;
	when.precision = PRECISION_DATE;
	if (text[10] == 'T') {
		assert_true(minute_parse(text + 11, &when.start.minute));
		when.precision = PRECISION_INSTANT;
	}
	return when;
}

static inline void
world_now(struct world *w, const char *now)
{
	assert_true(instant_parse(now, &w->now));
}

static inline void
world_set_policy(struct world *w)
{
	static const char *const modes[] = { "public" };
	/* Sorted by key, as the reader leaves them. */
	const struct parameter parameters[] = {
		{ .key = "annual_schedule.due", .string = "12-31" },
		{ .key = "confidentiality.public_classes",
		    .set = modes,
		    .n_set = 1 },
		{ .key = "lead.floor_lead", .number = 1 },
		{ .key = "lead.min_lead", .number = 28 },
		{ .key = "lead.prior_required", .number = 1 },
		{ .key = "release.on_non_working_day", .string = "warn" },
		{ .key = "scheme.publication_modes_allowed",
		    .set = modes,
		    .n_set = 1 },
		{ .key = "scheme.publication_unspecified", .string = "warn" },
	};

	memcpy(w->parameters, parameters, sizeof(parameters));
	w->mode = &w->parameters[5];
	w->office.policy.v = w->parameters;
	w->office.policy.n = COUNT(parameters);
	w->office.policy.region = "500000";
}

/* Parameters stand in order of their keys, as the reader leaves them. */
static inline void
world_set_parameter(struct world *w, struct parameter parameter)
{
	size_t i = w->office.policy.n++;

	assert_true(i < COUNT(w->parameters));
	for (; i > 0 && strcmp(w->parameters[i - 1].key, parameter.key) > 0;
	     i--) {
		w->parameters[i] = w->parameters[i - 1];
		if (w->mode == &w->parameters[i - 1])
			w->mode = &w->parameters[i];
	}
	w->parameters[i] = parameter;
}

static inline void
world_set_reason_required(struct world *w)
{
	world_set_parameter(w,
	    (struct parameter){ .key = "change.reason_required", .number = 1 });
}

static inline void
world_set_confirm_by(struct world *w, int days)
{
	world_set_parameter(w,
	    (struct parameter){ .key = "confirm.confirm_by", .number = days });
}

static inline void
world_set_plans(struct world *w)
{
	static const char *const topics[] = { "prices", "unknown" };
	static const char *const channels[] = { "网站" };
	size_t i;

	w->series[0].id = "cpi";
	w->series[0].title.zh = "居民消费价格指数";
	w->series[1].id = "gdp";
	w->series[1].title.zh = "国内生产总值";
	w->indicator.name.zh = "同比";
	for (i = 0; i < 2; i++) {
		w->series[i].secrecy = SECRECY_PUBLIC;
		w->series[i].topics = topics;
		w->series[i].n_topics = COUNT(topics);
		w->series[i].indicators = &w->indicator;
		w->series[i].n_indicators = 1;
		w->series[i].channels = channels;
		w->series[i].n_channels = 1;
		w->series[i].pointer = "/series/0";
	}
	for (i = 0; i < COUNT(w->plan); i++) {
		struct plan *plan = &w->plan[i];

		plan->department = w->departments[i].id;
		plan->file = arena_printf(
		    w->arena, "plans/%s-2026.json", plan->department);
		plan->year = 2026;
		plan->zone = w->zone;
		plan->calendar = w->calendar;
		plan->series = w->series;
		plan->n_series = 2;
		plan->text = (struct bytes){ "{}", 2 };
		w->plan_list[i] = plan;
	}
	w->plans.v = w->plan_list;
	w->plans.n = w->plans.cap = COUNT(w->plan_list);
}

static inline struct department
world_department(const char *id, const char *name, const char *region)
{
	return (struct department){
		.id = id, .name = { name, NULL }, .region = region
	};
}

static inline struct world *
world_new(void)
{
	struct arena *arena = arena_new();
	struct world *w = arena_alloc(arena, sizeof(*w));
	struct diags diags = { 0 };

	w->arena = arena;
	assert_null(zone_open(arena, "Asia/Shanghai", &w->zone));
	assert_null(calendars_get(calendars_open(arena, "calendars", NULL),
	    "cn", &diags, &w->calendar));
	assert_non_null(w->calendar);
	w->departments[0] = world_department("cq", "重庆市示例局", "500000");
	w->departments[1] = world_department("cq-x", "示例二局", "500000");
	w->departments[2] = world_department("cqx", "示例三局", "500000");
	w->departments[3] = world_department("nbs", "国家统计局", "110000");
	w->topic = (struct topic){ "prices", { "价格", "Prices" } };
	w->office = (struct office){ .domain = "stats.example",
		.timezone = "Asia/Shanghai",
		.acts = "acts",
		.departments = w->departments,
		.n_departments = COUNT(w->departments),
		.topics = &w->topic,
		.n_topics = 1 };
	world_set_policy(w);
	world_set_plans(w);
	world_now(w, "2026-03-01T08:00:00+08:00");
	return w;
}

static inline void
world_free(struct world *w)
{
	arena_free(w->arena);
}

static inline struct slot *
world_find_slot(struct world *w, const char *release)
{
	size_t i;

	for (i = 0; i < w->slots.n; i++)
		if (strcmp(w->slots.v[i].release, release) == 0)
			return &w->slots.v[i];
	return NULL;
}

static inline void
world_when(struct world *w, struct slot *slot, const char *when)
{
	slot->when = world_moment(when);
	slot->start = zone_instant(w->zone, slot->when.start, NULL);
}

/* As schedule does, for slots whose date nothing but acts has moved. */
static inline void
world_act_on(struct world *w, struct slot *slot)
{
	const struct life *life =
	    life_of(w->arena, &w->acts, slot->release, NULL);

	slot->life = life;
	if (life == NULL)
		return;
	slot->why.act = life->change;
	slot->cancelled =
	    life->state == LIFE_CANCELLED || life->state == LIFE_WITHHELD;
	if (life->confirm != NULL)
		slot->status = STATUS_CONFIRMED;
	if (life->move == NULL)
		return;
	slot->why.source = WHY_ACT;
	slot->why.move = life->move;
	slot->when = life->move->to;
	slot->start = zone_instant(w->zone, slot->when.start, NULL);
}

static inline void
world_act_on_all(struct world *w)
{
	size_t i;

	for (i = 0; i < w->slots.n; i++)
		world_act_on(w, &w->slots.v[i]);
}

/* A confirmed slot, in its sorted place; pointers to others move. */
static inline struct slot *
world_slot(struct world *w, const char *release, const char *when)
{
	const char *period = strchr(strchr(release, '/') + 1, '/') + 1;
	size_t len = strcspn(release, "/"), i;
	struct slot slot = {
		.release = arena_strdup(w->arena, release),
		.rule = &w->rule,
		.period = arena_strndup(w->arena, period, strcspn(period, "/")),
		.status = STATUS_CONFIRMED,
		.series = &w->series[release[len + 1] == 'g'],
	};

	for (i = 0; i < COUNT(w->plan); i++)
		if (strlen(w->plan[i].department) == len &&
		    strncmp(w->plan[i].department, release, len) == 0)
			slot.plan = &w->plan[i];
	assert_non_null(slot.plan);
	ARRAY_PUSH(w->arena, &w->slots, slot);
	for (i = w->slots.n - 1;
	     i > 0 && strcmp(w->slots.v[i - 1].release, release) > 0; i--)
		w->slots.v[i] = w->slots.v[i - 1];
	w->slots.v[i] = slot;
	world_when(w, &w->slots.v[i], when);
	world_act_on(w, &w->slots.v[i]);
	return &w->slots.v[i];
}

static inline void
world_drop(struct world *w, const char *release)
{
	struct slot *slot = world_find_slot(w, release);

	if (slot == NULL)
		return;
	w->slots.n--;
	memmove(slot, slot + 1,
	    (size_t)(w->slots.v + w->slots.n - slot) * sizeof(*slot));
}

static inline void
world_act(struct world *w, struct act act, const char *release)
{
	const char **releases = arena_alloc(w->arena, sizeof(*releases));

	releases[0] = arena_strdup(w->arena, release);
	act.releases = releases;
	act.n_releases = 1;
	act.at = w->now;
	act.year = 2026;
	act.place.file = "acts/nbs-2026.json";
	ARRAY_PUSH(w->arena, &w->acts, act);
	acts_index(w->arena, &w->acts);
	world_act_on_all(w); /* the array may have moved */
}

/* As if somebody had emptied the acts' file. */
static inline void
world_forget_acts(struct world *w)
{
	size_t i;

	w->acts.n = 0;
	acts_index(w->arena, &w->acts);
	for (i = 0; i < w->slots.n; i++) {
		w->slots.v[i].life = NULL;
		w->slots.v[i].cancelled = false;
		w->slots.v[i].why.act = NULL;
	}
}

static inline void
world_cancel(struct world *w, const char *release)
{
	world_act(w,
	    (struct act){ .kind = ACT_CANCEL, .reason = { "调查停止", NULL } },
	    release);
}

static inline void
world_move(struct world *w, const char *release, const char *to)
{
	world_act(w,
	    (struct act){ .kind = ACT_MOVE,
		.reason = { "节假日调整", NULL },
		.to = world_moment(to) },
	    release);
}

static inline struct announce_input
world_input(struct world *w)
{
	return (struct announce_input){
		.office = &w->office,
		.plans = &w->plans,
		.slots = &w->slots,
		.acts = &w->acts,
		.view = &w->view,
		.now = w->now,
	};
}

/* Finds the changes, with the diagnostics that are there already. */
static inline void
world_diff_again(struct world *w)
{
	struct announce_input input = world_input(w);
	struct changes all;
	size_t i;

	assert_null(announce_diff(w->arena, &input, &w->diags, &all));
	w->profiles = (struct changes){ 0 };
	w->changes = all;
	w->changes.n = 0;
	for (i = 0; i < all.n; i++) {
		if (all.v[i].kind == ENTRY_PROFILE)
			ARRAY_PUSH(w->arena, &w->profiles, all.v[i]);
		else
			w->changes.v[w->changes.n++] = all.v[i];
	}
}

static inline void
world_diff(struct world *w)
{
	w->diags = (struct diags){ 0 };
	world_diff_again(w);
}

static inline struct entry *
world_said(struct world *w, const char *release)
{
	size_t i;

	for (i = 0; i < w->view.n; i++)
		if (strcmp(w->view.v[i].release, release) == 0)
			return &w->view.v[i];
	return NULL;
}

static inline struct digest
world_compose(struct world *w, const struct change *change,
    struct announcement *announcement)
{
	struct digest digest;

	assert_null(announce_compose(w->arena, &w->office, change,
	    change->said != NULL ? change->said->said : NULL, announcement,
	    &digest));
	return digest;
}

static inline bool
world_is_move(enum entry_kind kind, const struct entry *said)
{
	return kind == ENTRY_MOVED_EARLIER || kind == ENTRY_MOVED_LATER ||
	       kind == ENTRY_TIME_CHANGED || kind == ENTRY_POSTPONED ||
	       (kind == ENTRY_REINSTATED && said->status == SAID_CANCELLED);
}

/* What publish and the ledger make of one change. */
static inline struct entry
world_entry(struct world *w, const struct change *change)
{
	struct announcement announcement;
	struct entry entry = {
		.id = ++w->view.last_id,
		.kind = change->kind,
		.at = w->now,
		.sequence = change->sequence,
		.release = change->release,
		.since = w->now,
	};
	struct buf json, core;

	entry.digest = world_compose(w, change, &announcement);
	buf_init(&json, w->arena);
	announcement_write(&json, &announcement, false);
	entry.said = json.data;
	entry.when = announcement.when;
	entry.start = announcement.start;
	entry.status = announcement.status;
	buf_init(&core, w->arena);
	announcement_core(&core, &announcement);
	entry.core = digest_of(core.data, core.len);
	assert_string_equal(announcement.release, change->release);
	if (change->said == NULL)
		return entry;
	if (moment_equal(&change->said->when, &entry.when))
		entry.since = change->said->since;
	entry.moves =
	    change->said->moves + world_is_move(change->kind, change->said);
	return entry;
}

static inline void
world_say_profile(struct world *w, const struct change *change)
{
	struct entry entry = {
		.id = ++w->view.last_id,
		.kind = change->kind,
		.at = w->now,
		.sequence = change->sequence,
		.release = change->release,
	};
	struct entry *grown;
	struct profile profile;
	size_t i, n = w->view.n_profiles;

	announce_profile(w->arena, &w->office, change, &profile, &entry.digest);
	for (i = 0; i < n; i++) {
		if (strcmp(w->view.profiles[i].release, entry.release) == 0) {
			w->view.profiles[i] = entry;
			return;
		}
	}
	grown = arena_alloc(w->arena, (n + 1) * sizeof(*grown));
	for (i = 0;
	     i < n && strcmp(w->view.profiles[i].release, entry.release) < 0;
	     i++)
		grown[i] = w->view.profiles[i];
	grown[i] = entry;
	for (; i < n; i++)
		grown[i + 1] = w->view.profiles[i];
	w->view.profiles = grown;
	w->view.n_profiles = n + 1;
}

static inline void
world_add_entry(struct world *w, struct entry entry)
{
	struct entry *said = world_said(w, entry.release);
	size_t i;

	if (said != NULL) {
		*said = entry;
		return;
	}
	ARRAY_PUSH(w->arena, &w->view, entry);
	for (i = w->view.n - 1;
	     i > 0 && strcmp(w->view.v[i - 1].release, entry.release) > 0; i--)
		w->view.v[i] = w->view.v[i - 1];
	w->view.v[i] = entry;
}

/* Says all changes: the view becomes what the ledger would give. */
static inline void
world_apply(struct world *w)
{
	struct entry *entries =
	    arena_alloc(w->arena, w->changes.n * sizeof(*entries));
	size_t i;

	for (i = 0; i < w->changes.n; i++)
		if (w->changes.v[i].kind != ENTRY_EDITION)
			entries[i] = world_entry(w, &w->changes.v[i]);
	for (i = 0; i < w->changes.n; i++) {
		if (w->changes.v[i].kind == ENTRY_EDITION)
			w->view.edition = w->changes.v[i].year;
		else
			world_add_entry(w, entries[i]);
		w->view.last = w->now;
	}
	for (i = 0; i < w->profiles.n; i++)
		world_say_profile(w, &w->profiles.v[i]);
}

static inline void
world_publish(struct world *w)
{
	world_diff(w);
	world_apply(w);
}

static inline int
open_world(void **state)
{
	*state = world_new();
	return 0;
}

static inline int
open_strict_world(void **state)
{
	struct world *w = world_new();

	world_set_reason_required(w);
	*state = w;
	return 0;
}

static inline int
close_world(void **state)
{
	world_free(*state);
	return 0;
}

#endif
