/*
 * Acts that must be written, as they would stand in their file.
 */
#include "announce.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#define LIST_MOST 1000 /* the acts' reader takes no longer list */
#define TO_FILL "…"

/* What stands in a draft of each kind beside its releases, in order. */
static const struct {
	int order;
	const char *role;
	bool reason;
} drafted[] = {
	[ACT_REVIEW] = { 0, "reviewer", false },
	[ACT_CONSULT] = { 1, "stat_head", false },
	[ACT_CONFIRM] = { 2, "stat_head", false },
	[ACT_MOVE] = { 3, "stat_head", true },
	[ACT_REISSUE] = { 4, "stat_head", true },
	[ACT_CANCEL] = { 5, "stat_head", true },
};

static const char *const matters[] = {
	[MATTER_OVERLAP] = "overlap",
	[MATTER_JOINT] = "joint",
	[MATTER_CENSUS] = "census",
};

static int
compare_moments(const struct moment *a, const struct moment *b)
{
	if (a->start.day.n != b->start.day.n)
		return a->start.day.n < b->start.day.n ? -1 : 1;
	if (a->start.minute != b->start.minute)
		return a->start.minute < b->start.minute ? -1 : 1;
	if (a->last.n != b->last.n)
		return a->last.n < b->last.n ? -1 : 1;
	return (int)a->precision - (int)b->precision;
}

/* What one act can say stands together. */
static int
compare_acts(const struct need *a, const struct need *b)
{
	int order = strcmp(a->department, b->department);

	if (order != 0)
		return order;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->kind != b->kind)
		return drafted[a->kind].order - drafted[b->kind].order;
	if (a->kind == ACT_MOVE)
		return compare_moments(&a->to, &b->to);
	return a->kind == ACT_CONSULT ? (int)a->matter - (int)b->matter : 0;
}

static int
compare_needs(const void *a, const void *b)
{
	const struct need *x = a, *y = b;
	int order = compare_acts(x, y);

	return order != 0 ? order : strcmp(x->release, y->release);
}

/* As acts and plans take it. */
static void
add_moment(struct buf *buf, const struct moment *moment)
{
	char first[DAY_SIZE], last[DAY_SIZE];

	day_format(first, moment->start.day);
	day_format(last, moment->last);
	switch (moment->precision) {
	case PRECISION_INSTANT:
		buf_printf(buf, "\"%s", first);
		buf_printf(
		    buf, "T%s\"", minute_format(last, moment->start.minute));
		return;
	case PRECISION_MONTH:
		buf_printf(buf, "\"%.7s\"", first);
		return;
	case PRECISION_WINDOW:
		buf_printf(buf, "\"%.7s..%.2s\"", first, last + 5);
		return;
	case PRECISION_NLT:
		buf_printf(buf, "{\"no_later_than\": \"%s\"}", last);
		return;
	default:
		buf_printf(buf, "\"%s\"", first);
	}
}

static void
add_member(struct buf *buf, const char *key, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(buf, ", \"%s\": ", key);
	buf_json(buf, value);
}

static void
add_reason(struct buf *buf, const struct text *reason)
{
	if (reason->en == NULL) {
		add_member(
		    buf, "reason", reason->zh != NULL ? reason->zh : TO_FILL);
		return;
	}
	buf_puts(buf, ", \"reason\": {");
	if (reason->zh != NULL) {
		buf_puts(buf, "\"zh\": ");
		buf_json(buf, reason->zh);
		buf_puts(buf, ", ");
	}
	buf_puts(buf, "\"en\": ");
	buf_json(buf, reason->en);
	buf_putc(buf, '}');
}

static void
add_releases(struct buf *buf, const struct need *needs, size_t n)
{
	bool review = needs->kind == ACT_REVIEW;
	char hex[DIGEST_HEX_SIZE];
	size_t i;

	buf_puts(buf, review ? "\"items\": {" : "\"releases\": [");
	for (i = 0; i < n; i++) {
		buf_puts(buf, i == 0 ? "" : ", ");
		buf_json(buf, needs[i].release);
		if (review)
			buf_printf(
			    buf, ": \"%s\"", digest_hex(hex, &needs[i].words));
	}
	buf_puts(buf, review ? "}, \"result\": \"pass\"" : "]");
}

static const char *
draft_json(struct arena *arena, const struct announce_input *input,
    const struct need *needs, size_t n, const struct supposition *supposition)
{
	enum act_kind kind = needs->kind;
	bool supposed = supposition->reason.zh != NULL;
	char at[INSTANT_SIZE];
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf, "{\"act\": \"%s\", ", act_kind_name(kind));
	add_releases(&buf, needs, n);
	if (kind == ACT_MOVE) {
		buf_puts(&buf, ", \"to\": ");
		add_moment(&buf, &needs->to);
	}
	if (kind == ACT_CONSULT) {
		add_member(&buf, "matter", matters[needs->matter]);
		add_member(&buf, "with", TO_FILL);
		add_member(&buf, "document", TO_FILL);
	}
	if (drafted[kind].reason)
		add_reason(&buf, &supposition->reason);
	add_member(&buf, "reason_code", supposition->reason_code);
	if (!supposed)
		add_member(&buf, "who", TO_FILL);
	add_member(&buf, "role", drafted[kind].role);
	if (kind != ACT_CONSULT)
		add_member(&buf, "document", supposition->document);
	add_member(&buf, "at", instant_format(at, input->now));
	buf_putc(&buf, '}');
	return buf.data;
}

/* acts/<department>-<year>.json */
static const char *
path_of(struct arena *arena, const struct announce_input *input,
    const struct need *need)
{
	const char *folder = input->office->acts;

	return arena_printf(arena, "%s/%s-%d.json",
	    folder != NULL ? folder : "acts", need->department, need->year);
}

void
needs_draft(struct arena *arena, const struct announce_input *input,
    struct needs *needs, const struct supposition *supposition,
    struct act_drafts *drafts)
{
	size_t i, end;

	if (needs->n > 0)
		qsort(needs->v, needs->n, sizeof(*needs->v), compare_needs);
	for (i = 0; i < needs->n; i = end) {
		const struct need *need = &needs->v[i];
		struct act_draft draft = {
			.file = path_of(arena, input, need),
			.department = need->department,
			.year = need->year,
		};

		for (end = i + 1; end < needs->n && end - i < LIST_MOST; end++)
			if (compare_acts(need, &needs->v[end]) != 0)
				break;
		draft.json =
		    draft_json(arena, input, need, end - i, supposition);
		ARRAY_PUSH(arena, drafts, draft);
	}
}

struct drafting {
	struct arena *arena;
	const struct announce_input *input;
	struct weighing weighing;
	struct needs needs;
	const char *department; /* of the group at hand */
	struct changes changes; /* of it, blocked or not */
};

static void
add_need(struct drafting *drafting, struct need need)
{
	size_t i;

	for (i = drafting->needs.n; i > 0; i--) {
		const struct need *last = &drafting->needs.v[i - 1];

		if (strcmp(last->release, need.release) != 0)
			break;
		if (last->kind == need.kind &&
		    (need.kind != ACT_CONSULT || last->matter == need.matter))
			return;
	}
	ARRAY_PUSH(drafting->arena, &drafting->needs, need);
}

/* What takes away a block, by the rule that set it. */
static const struct {
	const char *rule;
	enum act_kind kind;
	enum matter matter;
} remedies[] = {
	{ "D1", ACT_REVIEW, MATTER_OVERLAP },
	{ "G6", ACT_CONSULT, MATTER_OVERLAP },
	{ "G7", ACT_CONSULT, MATTER_JOINT },
	{ "G8", ACT_CONSULT, MATTER_CENSUS },
	{ "B3", ACT_MOVE, MATTER_OVERLAP },
	{ "B5", ACT_MOVE, MATTER_OVERLAP },
	{ "B9", ACT_MOVE, MATTER_OVERLAP },
};

static bool
has_act_for_time(const struct change *change)
{
	return change->slot->why.move != NULL;
}

/* A block about a change needs the act that nobody wrote; what an act that is
 * there lacks, its sentence says. */
static bool
needs_change_act(const struct change *change, struct need *need)
{
	const struct slot *slot = change->slot;

	if (change->said == NULL || life_state_of(slot) != LIFE_DUE)
		return false;
	if (time_is_said(slot, change->said)) {
		need->kind = ACT_REISSUE;
		return slot->life == NULL || slot->life->reissue == NULL ||
		       slot->life->reissue->at.s <= change->said->at.s;
	}
	need->to = slot->when;
	return !has_act_for_time(change);
}

static void
add_remedies(struct drafting *drafting, const struct change *change,
    const struct digest *words, const struct verdicts *judged)
{
	struct need need = { .department = drafting->department,
		.release = arena_strdup(drafting->arena, change->release),
		.words = *words };
	size_t i, j;

	need.year = change->slot != NULL
			? day_year(change->slot->when.start.day)
			: change->plan->year;
	for (i = 0; i < judged->n; i++) {
		for (j = 0; j < COUNT(remedies); j++) {
			if (judged->v[i].outcome != OUTCOME_BLOCK ||
			    strcmp(judged->v[i].rule->id, remedies[j].rule) !=
				0)
				continue;
			need.kind = remedies[j].kind;
			need.matter = remedies[j].matter;
			if (need.kind != ACT_MOVE ||
			    (change->slot != NULL &&
				needs_change_act(change, &need)))
				add_need(drafting, need);
		}
	}
}

/* Whether a tentative date is near enough that it must be confirmed (A6). */
static bool
must_confirm(const struct drafting *drafting, const struct slot *slot,
    const struct entry *said)
{
	const struct parameter *by = policy_parameter(
	    &drafting->input->office->policy, "confirm.confirm_by");
	const struct moment *when = &slot->when;

	return by != NULL && wanted_status(slot, said) == SAID_TENTATIVE &&
	       life_state_of(slot) == LIFE_DUE && !slot->held &&
	       when->precision == PRECISION_INSTANT &&
	       slot->why.state < DAY_PROVISIONAL &&
	       !has_passed(&drafting->weighing, when, slot->start) &&
	       when->start.day.n - drafting->weighing.today.n <= by->number;
}

static void
draft_slot(struct drafting *drafting, const struct slot *slot)
{
	const struct entry *said =
	    view_find(drafting->input->view, slot->release);
	struct weighing *weighing = &drafting->weighing;
	struct verdicts judged = { 0 };
	struct digest words;
	struct change change;
	enum finding finding;

	arena_reset(weighing->arena);
	buf_init(weighing->buf, weighing->arena);
	finding = weigh(weighing, slot, said, &change);
	if (finding == FOUND_CHANGE) {
		ARRAY_PUSH(drafting->arena, &drafting->changes, change);
		weighing_allows(weighing, &change, &judged);
	}
	if (judged.worst == OUTCOME_BLOCK && change.slot != NULL) {
		words = announce_words(weighing->arena, drafting->input, slot);
		add_remedies(drafting, &change, &words, &judged);
	}
	if ((finding == FOUND_CHANGE || finding == FOUND_SAME) &&
	    must_confirm(drafting, slot, said))
		add_need(
		    drafting, (struct need){ .department = drafting->department,
				  .year = day_year(slot->when.start.day),
				  .kind = ACT_CONFIRM,
				  .release = slot->release });
}

static void
draft_missing(struct drafting *drafting, const struct entry *said)
{
	const struct life *life;
	struct change change;
	enum finding finding;

	arena_reset(drafting->weighing.arena);
	life = life_of(drafting->weighing.arena, drafting->input->acts,
	    said->release, NULL);
	if (!weigh_missing(&drafting->weighing, said, life, &change, &finding))
		add_need(
		    drafting, (struct need){ .department = drafting->department,
				  .year = day_year(said->when.start.day),
				  .kind = ACT_CANCEL,
				  .release = said->release });
}

static void
draft_profile(void *context, const struct change *change)
{
	struct drafting *drafting = context;
	struct verdicts judged = { 0 };
	struct digest words;

	if (!profile_allowed(&drafting->weighing, change, &judged, &words))
		add_remedies(drafting, change, &words, &judged);
}

static bool
is_of(const char *release, const char *department)
{
	size_t len = strlen(department);

	return strncmp(release, department, len) == 0 && release[len] == '/';
}

/* Its slots and entries lie together, and so do both in one order. */
static void
draft_department(struct drafting *drafting)
{
	const struct slots *slots = drafting->input->slots;
	const struct view *view = drafting->input->view;
	struct profiling profiling = { .department = drafting->department };
	size_t i, j = 0;

	drafting->changes.n = 0;
	for (i = 0; i < slots->n; i++)
		if (is_of(slots->v[i].release, drafting->department))
			draft_slot(drafting, &slots->v[i]);
	for (i = 0; i < view->n; i++) {
		const char *release = view->v[i].release;

		if (!is_of(release, drafting->department))
			continue;
		if (profiling.n_entries++ == 0)
			profiling.entries = &view->v[i];
		while (j < slots->n && strcmp(slots->v[j].release, release) < 0)
			j++;
		if (j == slots->n || strcmp(slots->v[j].release, release) != 0)
			draft_missing(drafting, &view->v[i]);
	}
	arena_reset(drafting->weighing.arena);
	buf_init(drafting->weighing.buf, drafting->weighing.arena);
	profiling.changes = drafting->changes.v;
	profiling.n_changes = drafting->changes.n;
	profiles_each(&drafting->weighing, &profiling, draft_profile, drafting);
}

void
announce_draft_acts(struct arena *arena, const struct announce_input *input,
    const struct diags *diags, const char *department,
    struct act_drafts *drafts)
{
	const struct supposition none = { .reason = { NULL, NULL } };
	struct drafting drafting = { .arena = arena, .input = input };
	struct buf buf;
	size_t i;

	weighing_begin(&drafting.weighing, arena_new(), input, input->now);
	drafting.weighing.buf = &buf;
	for (i = 0; i < input->office->n_departments; i++) {
		drafting.department = input->office->departments[i].id;
		if ((department == NULL ||
			strcmp(department, drafting.department) == 0) &&
		    !diags_stop(diags, drafting.department))
			draft_department(&drafting);
	}
	needs_draft(arena, input, &drafting.needs, &none, drafts);
	arena_free(drafting.weighing.arena);
}
