/*
 * Two editions of one feed.  Events are matched by UID and RECURRENCE-ID;
 * those that are left over on both sides by title and start, which finds a
 * producer that makes its UIDs anew.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

#define CLIP 80

static const struct {
	const char *name;
	enum kept_part part;
} kept_names[] = {
	{ "DTSTART", KEPT_DTSTART },
	{ "DTEND", KEPT_DTEND },
	{ "DUE", KEPT_DUE },
	{ "DURATION", KEPT_DURATION },
	{ "RRULE", KEPT_RRULE },
	{ "RDATE", KEPT_RDATE },
	{ "EXDATE", KEPT_EXDATE },
	{ "STATUS", KEPT_STATUS },
	{ "SUMMARY", KEPT_SUMMARY },
	{ "DESCRIPTION", KEPT_DESCRIPTION },
	{ "LOCATION", KEPT_LOCATION },
	{ "URL", KEPT_URL },
	/* Said by the edition itself, not by the event. */
	{ "DTSTAMP", KEPT_PARTS },
	{ "LAST-MODIFIED", KEPT_PARTS },
	{ "SEQUENCE", KEPT_PARTS },
	{ "CREATED", KEPT_PARTS },
	{ "UID", KEPT_PARTS },
};

void
lint_keep(struct lint *lint)
{
	lint->keeps = true;
}

void
lint_against(struct lint *lint, const struct lint *old, struct instant now)
{
	char text[INSTANT_SIZE];

	lint->keeps = true;
	lint->old = old;
	lint->now = time_read(span_of(instant_format_basic(text, now))).number;
}

/* The lines of a part may stand in any order. */
void
lint_keep_line(struct kept_event *kept, const struct content *content)
{
	enum kept_part part = KEPT_OTHER;
	size_t i;

	for (i = 0; i < COUNT(kept_names); i++)
		if (span_is(content->name, kept_names[i].name))
			part = kept_names[i].part;
	if (part != KEPT_PARTS)
		kept->parts[part] += span_hash(content->line);
}

static const char *
clip(struct arena *arena, struct span value)
{
	size_t n = value.len;

	if (n > CLIP)
		for (n = CLIP;
		     n > CLIP - 3 && ((unsigned char)value.s[n] & 0xC0) == 0x80;
		     n--)
			continue;
	return arena_strndup(arena, value.s, n);
}

void
lint_keep_value(
    struct lint *lint, struct frame *frame, const struct content *content)
{
	struct kept_event *kept = frame->kept;

	if (span_is(content->name, "UID"))
		kept->uid = clip(lint->arena, content->value);
	else if (span_is(content->name, "SUMMARY"))
		kept->title = clip(lint->arena, content->value);
	else if (span_is(content->name, "SEQUENCE"))
		kept->sequence_place = lint_place(lint, content->value.s);
}

void
lint_keep_end(struct lint *lint, const struct frame *frame)
{
	struct kept_event *kept = frame->kept;

	if (frame->uid == 0)
		return;
	kept->id = frame->uid ^ frame->recurrence;
	kept->start = frame->start;
	kept->stamp = frame->stamp;
	kept->modified = frame->modified;
	kept->sequence = frame->sequence < 0 ? 0 : frame->sequence;
	if (frame->sequence < 0)
		kept->sequence_place = kept->place;
	kept->cancelled = frame->cancelled;
	kept->status_place =
	    frame->status_place.line > 0 ? frame->status_place : kept->place;
	ARRAY_PUSH(lint->arena, &lint->kept, kept);
}

static int
compare_ids(const void *left, const void *right)
{
	const struct kept_event *a = *(struct kept_event *const *)left;
	const struct kept_event *b = *(struct kept_event *const *)right;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	/* A UID that is used twice: the first is meant. */
	return (a->place.line > b->place.line) -
	       (a->place.line < b->place.line);
}

static int
compare_titles(const void *left, const void *right)
{
	const struct kept_event *a = *(struct kept_event *const *)left;
	const struct kept_event *b = *(struct kept_event *const *)right;

	return strcmp(a->title, b->title);
}

static int64_t
start_number(const struct kept_event *kept)
{
	return kept->start.form == TIME_DATE ? kept->start.number * 1000000
					     : kept->start.number;
}

/* "DTSTART, STATUS": the parts below `most` that differ; NULL if none. */
static const char *
changed_parts(struct arena *arena, const struct kept_event *old,
    const struct kept_event *new, enum kept_part most)
{
	struct buf names;
	size_t i;

	buf_init(&names, arena);
	for (i = 0; i < most; i++) {
		if (old->parts[i] == new->parts[i])
			continue;
		if (names.len > 0)
			buf_puts(&names, ", ");
		buf_puts(&names, i == KEPT_OTHER ? "…" : kept_names[i].name);
	}
	return names.len > 0 ? names.data : NULL;
}

static const char *
event_name(const struct kept_event *kept)
{
	return *kept->title != '\0' ? kept->title : kept->uid;
}

static void
compare_sequences(struct lint *lint, const struct kept_event *old,
    const struct kept_event *new)
{
	struct span name = span_of(event_name(new));
	const char *changed = changed_parts(lint->arena, old, new, KEPT_TIMES);

	if (new->sequence < old->sequence)
		lint_find_there(lint, RULE_COMPARE_SEQUENCE_FELL,
		    new->sequence_place, old->sequence_place,
		    arena_printf(lint->arena, "%lld → %lld",
			(long long)old->sequence, (long long)new->sequence),
		    name);
	else if (new->sequence == old->sequence && changed != NULL)
		lint_find_there(lint, RULE_COMPARE_SEQUENCE_KEPT,
		    new->sequence_place, old->sequence_place, changed, name);
	if (old->cancelled && !new->cancelled)
		lint_find_there(lint, RULE_COMPARE_UNCANCELLED,
		    new->status_place, old->status_place, NULL, name);
}

/* -1: earlier than before, 1: later, 0: neither or not known. */
static int
moved(const struct time_value *old, const struct time_value *new)
{
	if (old->form != TIME_UTC || new->form != TIME_UTC)
		return 0;
	return (new->number > old->number) - (new->number < old->number);
}

static void
compare_stamp_pairs(struct lint *lint, const struct kept_event *old,
    const struct kept_event *new)
{
	struct span name = span_of(event_name(new));
	const char *changed = changed_parts(lint->arena, old, new, KEPT_PARTS);
	int stamp = moved(&old->stamp, &new->stamp);
	int modified = moved(&old->modified, &new->modified);

	if (stamp < 0)
		lint_find_there(lint, RULE_COMPARE_STAMP_BACK, new->stamp.place,
		    old->stamp.place, "DTSTAMP", name);
	if (modified < 0)
		lint_find_there(lint, RULE_COMPARE_STAMP_BACK,
		    new->modified.place, old->modified.place, "LAST-MODIFIED",
		    name);
	if (changed != NULL && stamp == 0 && modified == 0)
		lint_find_there(lint, RULE_COMPARE_CONTENT_KEPT, new->place,
		    old->place, changed, name);
	if (changed == NULL && new->sequence == old->sequence &&
	    (stamp > 0 || modified > 0))
		lint_find_there(lint, RULE_COMPARE_STAMP_CHURN,
		    stamp > 0 ? new->stamp.place : new->modified.place,
		    stamp > 0 ? old->stamp.place : old->modified.place,
		    stamp > 0 ? "DTSTAMP" : "LAST-MODIFIED", name);
}

struct left {
	struct kept_event **v;
	size_t n, cap;
};

/* Each event of the old edition finds its twin in the new one, or is left. */
static void
match(struct lint *lint, struct left *lost, struct left *added)
{
	struct kept_event **a = lint->old->kept.v, **b = lint->kept.v;
	size_t n = lint->old->kept.n, m = lint->kept.n, i = 0, j = 0;

	while (i < n || j < m) {
		int order = i == n ? 1
			    : j == m
				? -1
				: (a[i]->id > b[j]->id) - (a[i]->id < b[j]->id);
		uint64_t id = order > 0 ? b[j]->id : a[i]->id;

		if (order < 0)
			ARRAY_PUSH(lint->arena, lost, a[i]);
		else if (order > 0)
			ARRAY_PUSH(lint->arena, added, b[j]);
		else {
			compare_sequences(lint, a[i], b[j]);
			compare_stamp_pairs(lint, a[i], b[j]);
		}
		while (i < n && a[i]->id == id)
			i++;
		while (j < m && b[j]->id == id)
			j++;
	}
}

/*
 * The same event among those added: of this title, at the same start or, if
 * the title is unique on both sides, at any.
 */
static struct kept_event *
find_again(const struct left *lost, const struct left *added, size_t index)
{
	struct kept_event *one = lost->v[index];
	size_t low = 0, high = added->n, i;
	bool alone =
	    (index == 0 || compare_titles(&lost->v[index - 1], &one) != 0) &&
	    (index + 1 == lost->n ||
		compare_titles(&lost->v[index + 1], &one) != 0);

	if (*one->title == '\0')
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_titles(&added->v[middle], &one) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (i = low; i < added->n && compare_titles(&added->v[i], &one) == 0;
	     i++)
		if (added->v[i]->twin == NULL &&
		    start_number(added->v[i]) == start_number(one))
			return added->v[i];
	return alone && i == low + 1 && added->v[low]->twin == NULL
		   ? added->v[low]
		   : NULL;
}

/* It lies before now, and before all that the feed still tells. */
static bool
is_aged(const struct lint *lint, const struct kept_event *lost, int64_t first)
{
	return start_number(lost) < lint->now && start_number(lost) < first;
}

static void
tell_lost(struct lint *lint, const struct left *lost, const struct left *added)
{
	struct place_at top = { 1, 1 };
	int64_t first = INT64_MAX;
	size_t i;

	for (i = 0; i < lint->kept.n; i++)
		if (lint->kept.v[i]->start.form != TIME_NONE &&
		    start_number(lint->kept.v[i]) < first)
			first = start_number(lint->kept.v[i]);
	for (i = 0; i < lost->n; i++) {
		const struct kept_event *one = lost->v[i];
		struct kept_event *again = find_again(lost, added, i);
		struct span name = span_of(event_name(one));

		if (again != NULL) {
			again->twin = one;
			lint_find_there(lint, RULE_COMPARE_UID_CHANGED,
			    again->place, one->place, one->uid, name);
		} else if (!one->cancelled && !is_aged(lint, one, first)) {
			lint_find_there(lint, RULE_COMPARE_UID_LOST, top,
			    one->place, one->uid, name);
		}
	}
}

static void
sort(
    struct kept_event **v, size_t n, int (*compare)(const void *, const void *))
{
	if (n > 0)
		qsort(v, n, sizeof(struct kept_event *), compare);
}

void
lint_compare(struct lint *lint)
{
	const struct lint *old = lint->old;
	struct left lost = { 0 }, added = { 0 };

	sort(lint->kept.v, lint->kept.n, compare_ids);
	sort(old->kept.v, old->kept.n, compare_ids);
	if (moved(&old->edition, &lint->edition) < 0)
		lint_find_there(lint, RULE_COMPARE_STAMP_BACK,
		    lint->edition.place, old->edition.place, "LAST-MODIFIED",
		    span_of("VCALENDAR"));
	match(lint, &lost, &added);
	sort(lost.v, lost.n, compare_titles);
	sort(added.v, added.n, compare_titles);
	tell_lost(lint, &lost, &added);
}
