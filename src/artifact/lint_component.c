#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

/* Physical lines of a VTIMEZONE from which on Google is seen to garble. */
#define VTIMEZONE_LINES 60

static const struct span nothing = { "", 0 };

static struct span
span_of(const char *string)
{
	return (struct span){ string, strlen(string) };
}

static unsigned
bit_of(const struct frame *frame)
{
	return frame->component == NULL ? IN_OTHER : frame->component->bit;
}

static void
begin_calendar(struct lint *lint)
{
	lint->has_calendar = true;
	lint->publish = lint->method = lint->organizer_missing = false;
	lint->n_uids = 0;
	if (lint->cap_uids > 0)
		memset(lint->uids, 0, lint->cap_uids * sizeof(*lint->uids));
	lint->zones.n = 0;
}

void
lint_begin(struct lint *lint, const struct content *content)
{
	const struct component *component =
	    component_find(content->value.s, content->value.len);
	struct place_at place = lint_place(lint, content->line.s);
	struct frame *outer =
	    lint->depth > 0 ? &lint->stack[lint->depth - 1] : NULL;
	struct frame *frame;
	size_t n = content->value.len;

	if (lint->depth == DEPTH_MOST) {
		lint->too_deep++;
		lint_find(
		    lint, RULE_COMPONENT_NESTING, place, NULL, content->value);
		return;
	}
	if (outer == NULL ? component == NULL || component->inside != 0
			  : component != NULL && outer->component != NULL &&
				(component->inside & bit_of(outer)) == 0)
		lint_find(
		    lint, RULE_COMPONENT_NESTING, place, NULL, content->value);
	if (outer != NULL)
		outer->has_part = true;
	frame = &lint->stack[lint->depth++];
	memset(frame, 0, sizeof(*frame));
	frame->component = component;
	frame->place = place;
	if (n >= sizeof(frame->name))
		n = sizeof(frame->name) - 1;
	memcpy(frame->name, content->value.s, n);
	if (component != NULL && component->bit == IN_CALENDAR)
		begin_calendar(lint);
}

static bool
has(const struct frame *frame, enum role role)
{
	return (frame->roles & 1U << role) != 0;
}

static void
need(struct lint *lint, const struct frame *frame, const char *name)
{
	const struct property *property = property_find(name, strlen(name));

	if (frame->seen[property_index(property)] == 0)
		lint_find(lint, RULE_PROPERTY_MISSING, frame->place, name,
		    span_of(frame->name));
}

/* Adds the hash; true if it was there already. */
static bool
add_uid(struct lint *lint, uint64_t hash)
{
	size_t mask, i;

	if (lint->n_uids * 3 >= lint->cap_uids * 2) {
		uint64_t *old = lint->uids;
		size_t old_cap = lint->cap_uids;

		lint->cap_uids = old_cap == 0 ? 64 : old_cap * 2;
		lint->n_uids = 0;
		lint->uids = arena_alloc(
		    lint->arena, lint->cap_uids * sizeof(*lint->uids));
		for (i = 0; i < old_cap; i++)
			if (old[i] != 0)
				add_uid(lint, old[i]);
	}
	mask = lint->cap_uids - 1;
	for (i = (hash ^ hash >> 32) & mask; lint->uids[i] != 0;
	     i = (i + 1) & mask)
		if (lint->uids[i] == hash)
			return true;
	lint->uids[i] = hash;
	lint->n_uids++;
	return false;
}

static void
compare_times(struct lint *lint, const struct frame *frame)
{
	const struct time_value *start = &frame->start, *end = &frame->end;

	if (start->form == TIME_NONE || end->form == TIME_NONE)
		return;
	if ((start->form == TIME_DATE) != (end->form == TIME_DATE)) {
		lint_find(lint, RULE_DATE_MIXED, end->place, NULL, nothing);
		return;
	}
	if (start->form != end->form || start->zone != end->zone)
		return; /* cannot be told without the zones' rules */
	if (end->number < start->number)
		lint_find(
		    lint, RULE_DTEND_BEFORE_DTSTART, end->place, NULL, nothing);
	else if (end->number == start->number)
		lint_find(lint, RULE_EVENT_EMPTY, end->place, NULL, nothing);
}

static void
end_entry(struct lint *lint, const struct frame *frame)
{
	compare_times(lint, frame);
	if (has(frame, ROLE_END) && has(frame, ROLE_DURATION))
		lint_find(lint, RULE_DTEND_AND_DURATION, frame->duration, NULL,
		    nothing);
	if (frame->uid != 0 && !has(frame, ROLE_RECURRENCE) &&
	    add_uid(lint, frame->uid))
		lint_find(
		    lint, RULE_UID_DUPLICATE, frame->uid_place, NULL, nothing);
	if (frame->created.form == TIME_UTC &&
	    frame->modified.form == TIME_UTC &&
	    frame->modified.number < frame->created.number)
		lint_find(lint, RULE_LAST_MODIFIED_ORDER, frame->modified.place,
		    NULL, nothing);
}

static void
end_event(struct lint *lint, const struct frame *frame)
{
	struct span name = span_of(frame->name);

	if (!lint->method && !has(frame, ROLE_START))
		need(lint, frame, "DTSTART");
	if (!has(frame, ROLE_SEQUENCE))
		lint_find(
		    lint, RULE_SEQUENCE_MISSING, frame->place, NULL, name);
	if (!has(frame, ROLE_MODIFIED))
		lint_find(
		    lint, RULE_LAST_MODIFIED_MISSING, frame->place, NULL, name);
	if (!has(frame, ROLE_ORGANIZER))
		lint->organizer_missing = true;
	end_entry(lint, frame);
}

static bool
is_defined(const struct lint *lint, uint64_t hash)
{
	size_t i;

	for (i = 0; i < lint->zones.n; i++)
		if (lint->zones.v[i].hash == hash &&
		    lint->zones.v[i].name == NULL)
			return true;
	return false;
}

static void
end_calendar(struct lint *lint, const struct frame *frame)
{
	size_t i;

	if (!frame->has_part)
		lint_find(
		    lint, RULE_COMPONENT_MISSING, frame->place, NULL, nothing);
	if (lint->publish && lint->organizer_missing)
		lint_find(lint, RULE_METHOD_ORGANIZER, lint->method_place, NULL,
		    nothing);
	for (i = 0; i < lint->zones.n; i++) {
		const struct zone_use *use = &lint->zones.v[i];

		if (use->name != NULL && !is_defined(lint, use->hash))
			lint_find(lint, RULE_TZID_UNKNOWN, use->place, NULL,
			    span_of(use->name));
	}
}

static void
end_component(struct lint *lint, const struct frame *frame)
{
	unsigned bit = bit_of(frame);
	size_t i;

	if (bit == IN_OTHER)
		return;
	for (i = 0; i < COUNT(frame->component->needed) &&
		    frame->component->needed[i] != NULL;
	     i++)
		need(lint, frame, frame->component->needed[i]);
	if (bit == IN_EVENT)
		end_event(lint, frame);
	else if (bit == IN_TODO || bit == IN_JOURNAL)
		end_entry(lint, frame);
	else if (bit == IN_TIMEZONE && !frame->has_part)
		lint_find(
		    lint, RULE_COMPONENT_MISSING, frame->place, NULL, nothing);
	if (bit == IN_TIMEZONE &&
	    lint->line - frame->place.line > VTIMEZONE_LINES)
		lint_find(
		    lint, RULE_VTIMEZONE_LONG, frame->place, NULL, nothing);
	if (bit == IN_CALENDAR)
		end_calendar(lint, frame);
}

void
lint_finish(struct lint *lint, const struct content *content)
{
	size_t depth = lint->depth;

	if (lint->too_deep > 0) {
		lint->too_deep--;
		return;
	}
	while (depth > 0) {
		const struct frame *frame = &lint->stack[depth - 1];
		struct span name = content->value;

		/* Names are kept cut to the frame's size. */
		if (name.len >= sizeof(frame->name))
			name.len = sizeof(frame->name) - 1;
		if (frame->component != NULL
			? span_is(name, frame->component->name)
			: name.len == strlen(frame->name) &&
			      memcmp(name.s, frame->name, name.len) == 0)
			break;
		depth--;
	}
	if (depth == 0 || depth < lint->depth)
		lint_find(lint, RULE_COMPONENT_NESTING,
		    lint_place(lint, content->line.s), NULL, content->value);
	if (depth == 0)
		return;
	end_component(lint, &lint->stack[depth - 1]);
	lint->depth = depth - 1;
}

void
lint_close(struct lint *lint)
{
	struct place_at end = { lint->line == 0 ? 1 : lint->line, 1 };

	if (lint->depth > 0)
		lint_find(lint, RULE_COMPONENT_TRUNCATED, end, NULL,
		    span_of(lint->stack[lint->depth - 1].name));
	if (!lint->has_calendar)
		lint_find(lint, RULE_NO_CALENDAR, (struct place_at){ 1, 1 },
		    NULL, nothing);
}

void
lint_property(struct lint *lint, const struct content *content)
{
	const struct property *property =
	    property_find(content->name.s, content->name.len);
	struct frame *frame =
	    lint->depth > 0 ? &lint->stack[lint->depth - 1] : NULL;
	const char *where = content->name.s;
	uint8_t *seen;

	if (frame == NULL) {
		lint_find(lint, RULE_COMPONENT_NESTING, lint_place(lint, where),
		    NULL, content->name);
		return;
	}
	if (property == NULL) {
		if (content->name.len < 2 || (*where != 'X' && *where != 'x') ||
		    where[1] != '-')
			lint_find(lint, RULE_PROPERTY_UNKNOWN,
			    lint_place(lint, where), NULL, content->name);
		return;
	}
	seen = &frame->seen[property_index(property)];
	if (*seen == 1 && (property->once & bit_of(frame)) != 0)
		lint_find(lint, RULE_PROPERTY_REPEATED, lint_place(lint, where),
		    frame->name, content->name);
	if (*seen < 2)
		(*seen)++;
	frame->roles |= 1U << property->role;
	if (bit_of(frame) != IN_OTHER && (property->in & bit_of(frame)) == 0)
		lint_find(lint, RULE_PROPERTY_PLACE, lint_place(lint, where),
		    frame->name, content->name);
	lint_value(lint, frame, property, content);
}
