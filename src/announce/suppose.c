/*
 * What if: the same plans in another world, compared release by release with
 * what was said or is wanted now.  Nothing is said.
 */
#include "announce.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>

struct suppose {
	struct arena *arena;
	const struct announce_input *input;
	const struct supposition *supposition;
	const struct diags *diags;
	struct supposed_changes *changes;
};

/* What a reader or the plan goes by now. */
static const struct moment *
moment_now(const struct supposed *row)
{
	return row->said != NULL ? &row->said->when : &row->before->when;
}

static bool
has_passed(const struct suppose *suppose, const struct supposed *row)
{
	const struct slot *slot = row->after != NULL ? row->after : row->before;
	struct instant now = suppose->input->now;
	struct day today = zone_local(slot->plan->zone, now).day;

	if (row->said != NULL && (row->said->when.precision == PRECISION_INSTANT
					 ? row->said->start.s > now.s
					 : row->said->when.last.n >= today.n))
		return false;
	return slot->when.precision == PRECISION_INSTANT
		   ? slot->start.s <= now.s
		   : slot->when.last.n < today.n;
}

static void
judge(const struct suppose *suppose, const struct slot *slot,
    const struct entry *said, struct verdicts *kept)
{
	struct policy_case c = policy_case_of(suppose->input->office, slot,
	    suppose->input->view, suppose->input->now);
	struct verdicts judged = { 0 };

	c.said = said;
	policy_judge(suppose->arena, &c, MOMENT_ANNOUNCE, &judged);
	keep_verdicts(suppose->arena, &judged, kept);
}

static bool
same_verdicts(const struct verdicts *a, const struct verdicts *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (a->v[i].rule != b->v[i].rule ||
		    a->v[i].outcome != b->v[i].outcome)
			return false;
	return true;
}

static bool
is_certain(const struct slot *slot)
{
	return !slot->held && slot->status == STATUS_CONFIRMED;
}

/* False if the supposition leaves it as it is; both slots are there. */
static bool
kind_of(const struct suppose *suppose, struct supposed *row)
{
	const struct slot *before = row->before, *after = row->after;
	struct verdicts judged = { 0 };

	judge(suppose, after, row->said, &row->verdicts);
	if (!moment_equal(&before->when, &after->when)) {
		switch (kind_of_move(moment_now(row), &after->when)) {
		case ENTRY_MOVED_EARLIER:
			row->kind = SUPPOSED_MOVED_EARLIER;
			return true;
		case ENTRY_MOVED_LATER:
			row->kind = SUPPOSED_MOVED_LATER;
			return true;
		default:
			row->kind = SUPPOSED_TIME_CHANGED;
			return true;
		}
	}
	if (is_certain(before) != is_certain(after) ||
	    before->held != after->held) {
		row->kind = is_certain(after) || before->held
				? SUPPOSED_CONFIRMED
				: SUPPOSED_TENTATIVE;
		return true;
	}
	judge(suppose, before, row->said, &judged);
	row->kind = SUPPOSED_JUDGED;
	return !same_verdicts(&judged, &row->verdicts);
}

static void
consider(struct suppose *suppose, const struct slot *before,
    const struct slot *after)
{
	const struct slot *slot = after != NULL ? after : before;
	struct supposed row = { .release = slot->release,
		.before = before,
		.after = after,
		.said = view_find(suppose->input->view, slot->release) };

	if (diags_stop(suppose->diags, slot->plan->department) ||
	    !office_opens(suppose->input->office, slot->series) ||
	    slot->cancelled ||
	    (row.said != NULL && row.said->status == SAID_CANCELLED) ||
	    has_passed(suppose, &row))
		return;
	if (before == NULL)
		row.kind = SUPPOSED_ADDED;
	else if (after == NULL)
		row.kind = SUPPOSED_DROPPED;
	else if (!kind_of(suppose, &row)) {
		suppose->changes->same++;
		return;
	}
	if (before == NULL)
		judge(suppose, after, row.said, &row.verdicts);
	if (row.verdicts.worst > suppose->changes->worst)
		suppose->changes->worst = row.verdicts.worst;
	ARRAY_PUSH(suppose->arena, suppose->changes, row);
}

/* As acts/ and plans take it. */
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
	buf_puts(buf, ", \"reason\": {");
	if (reason->zh != NULL) {
		buf_puts(buf, "\"zh\": ");
		buf_json(buf, reason->zh);
	}
	if (reason->en != NULL) {
		buf_puts(buf, reason->zh != NULL ? ", \"en\": " : "\"en\": ");
		buf_json(buf, reason->en);
	}
	buf_putc(buf, '}');
}

static bool
needs_act(const struct supposed *row)
{
	return row->said != NULL && (row->kind == SUPPOSED_DROPPED ||
					row->kind <= SUPPOSED_TIME_CHANGED);
}

/* A row that needs an act, and the file of that act. */
struct need {
	const char *file;
	const struct supposed *row;
};

/* What one act can say stands together. */
static int
compare_acts(const struct need *a, const struct need *b)
{
	const struct moment *x, *y;
	int order = strcmp(a->file, b->file);

	if (order != 0)
		return order;
	if ((a->row->after == NULL) != (b->row->after == NULL))
		return a->row->after == NULL ? 1 : -1;
	if (a->row->after == NULL)
		return 0;
	x = &a->row->after->when;
	y = &b->row->after->when;
	if (x->start.day.n != y->start.day.n)
		return x->start.day.n < y->start.day.n ? -1 : 1;
	if (x->start.minute != y->start.minute)
		return x->start.minute < y->start.minute ? -1 : 1;
	if (x->last.n != y->last.n)
		return x->last.n < y->last.n ? -1 : 1;
	return (int)x->precision - (int)y->precision;
}

static int
compare_needs(const void *a, const void *b)
{
	const struct need *x = a, *y = b;
	int order = compare_acts(x, y);

	return order != 0 ? order : strcmp(x->row->release, y->row->release);
}

static struct act_draft
draft_act(const struct suppose *suppose, const struct need *needs, size_t n)
{
	const struct supposition *supposition = suppose->supposition;
	const struct supposed *row = needs->row;
	bool cancel = row->after == NULL;
	char at[INSTANT_SIZE];
	struct buf buf;
	size_t i;

	buf_init(&buf, suppose->arena);
	buf_printf(&buf, "{\"act\": \"%s\", \"releases\": [",
	    cancel ? "cancel" : "move");
	for (i = 0; i < n; i++) {
		buf_puts(&buf, i == 0 ? "" : ", ");
		buf_json(&buf, needs[i].row->release);
	}
	buf_putc(&buf, ']');
	if (!cancel) {
		buf_puts(&buf, ", \"to\": ");
		add_moment(&buf, &row->after->when);
	}
	add_reason(&buf, &supposition->reason);
	add_member(&buf, "reason_code", supposition->reason_code);
	add_member(&buf, "role", "stat_head");
	add_member(&buf, "document", supposition->document);
	add_member(&buf, "at", instant_format(at, suppose->input->now));
	buf_putc(&buf, '}');
	return (struct act_draft){ needs->file, buf.data };
}

static void
draft_acts(struct suppose *suppose)
{
	struct supposed_changes *changes = suppose->changes;
	struct need *needs =
	    arena_alloc(suppose->arena, changes->n * sizeof(*needs));
	size_t n = 0, i, end;

	for (i = 0; i < changes->n; i++) {
		const struct supposed *row = &changes->v[i];

		if (needs_act(row))
			needs[n++] =
			    (struct need){ act_path(suppose->arena,
					       suppose->input, row->said),
				    row };
	}
	if (n > 0)
		qsort(needs, n, sizeof(*needs), compare_needs);
	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (compare_acts(&needs[i], &needs[end]) != 0)
				break;
		ARRAY_PUSH(suppose->arena, &changes->drafts,
		    draft_act(suppose, &needs[i], end - i));
	}
}

void
announce_suppose(struct arena *arena, const struct announce_input *input,
    const struct slots *after, const struct supposition *supposition,
    const struct diags *diags, struct supposed_changes *changes)
{
	const struct slots *before = input->slots;
	struct suppose suppose = { arena, input, supposition, diags, changes };
	size_t i = 0, j = 0;

	*changes = (struct supposed_changes){ .worst = OUTCOME_NA };
	while (i < before->n || j < after->n) {
		int order = i == before->n  ? 1
			    : j == after->n ? -1
					    : strcmp(before->v[i].release,
						  after->v[j].release);

		consider(&suppose, order <= 0 ? &before->v[i] : NULL,
		    order >= 0 ? &after->v[j] : NULL);
		i += order <= 0;
		j += order >= 0;
	}
	draft_acts(&suppose);
}
