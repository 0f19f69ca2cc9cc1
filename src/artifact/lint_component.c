#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

/* Physical lines of a VTIMEZONE from which on Google is seen to garble. */
#define VTIMEZONE_LINES 60

static const struct span nothing = { "", 0 };

static unsigned
bit_of(const struct frame *frame)
{
	return frame->component == NULL ? IN_OTHER : frame->component->bit;
}

static bool
is_own(struct span name)
{
	return name.len > 2 && (*name.s == 'X' || *name.s == 'x') &&
	       name.s[1] == '-';
}

/* RFC 7953, 9073 */
static bool
is_registered(struct span name)
{
	static const char *const others[] = { "AVAILABLE", "PARTICIPANT",
		"VAVAILABILITY", "VLOCATION", "VRESOURCE" };
	size_t i;

	for (i = 0; i < COUNT(others); i++)
		if (span_is(name, others[i]))
			return true;
	return is_own(name);
}

static void
keep_event(struct lint *lint, struct frame *frame)
{
	frame->kept = arena_alloc(lint->arena, sizeof(*frame->kept));
	frame->kept->place = frame->place;
	frame->kept->uid = frame->kept->title = "";
}

static void
begin_calendar(struct lint *lint)
{
	lint->has_calendar = true;
	lint->publish = lint->method = lint->organizer_missing = false;
	lint->attendee = lint->stamps_differ = lint->has_modified = false;
	lint->n_entries = 0;
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
	else if (outer != NULL && component == NULL &&
		 !is_registered(content->value))
		lint_find(
		    lint, RULE_COMPONENT_UNKNOWN, place, NULL, content->value);
	if (outer != NULL)
		outer->has_part = true;
	frame = &lint->stack[lint->depth++];
	memset(frame, 0, sizeof(*frame));
	frame->component = component;
	frame->place = place;
	if (n >= sizeof(frame->name))
		n = sizeof(frame->name) - 1;
	memcpy(frame->name, content->value.s, n);
	frame->sequence = -1;
	if (component == NULL)
		return;
	if (component->bit == IN_CALENDAR) {
		if (lint->has_calendar)
			lint_find(
			    lint, RULE_CALENDAR_REPEATED, place, NULL, nothing);
		begin_calendar(lint);
	} else if (lint->keeps && (component->bit & IN_ENTRIES) != 0) {
		keep_event(lint, frame);
	}
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
	if (lint->publish && lint->attendee)
		lint_find(lint, RULE_METHOD_ATTENDEE, lint->attendee_place,
		    NULL, nothing);
	if (lint->n_entries > 1 && !lint->stamps_differ &&
	    !lint->has_modified && lint->stamp.form == TIME_UTC)
		lint_find(
		    lint, RULE_DTSTAMP_SAME, lint->stamp.place, NULL, nothing);
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
		lint_need(lint, frame, frame->component->needed[i]);
	if ((bit & IN_ENTRIES) != 0)
		lint_entry(lint, frame);
	else if (bit == IN_ALARM)
		lint_alarm(lint, frame);
	else if (bit == IN_OBSERVANCE)
		lint_observance(lint, frame);
	else if (bit == IN_TIMEZONE && !frame->has_part)
		lint_find(
		    lint, RULE_COMPONENT_MISSING, frame->place, NULL, nothing);
	if (bit == IN_TIMEZONE &&
	    lint->line - frame->place.line > VTIMEZONE_LINES)
		lint_find(
		    lint, RULE_VTIMEZONE_LONG, frame->place, NULL, nothing);
	if (bit == IN_CALENDAR)
		end_calendar(lint, frame);
	if (frame->kept != NULL)
		lint_keep_end(lint, frame);
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

/* Where it stands, and how often. */
static void
check_place(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	struct place_at place = lint_place(lint, content->name.s);
	uint8_t *seen = &frame->seen[property_index(property)];

	if (*seen == 1 && (property->once & bit_of(frame)) != 0)
		lint_find(lint, RULE_PROPERTY_REPEATED, place, frame->name,
		    content->name);
	else if (*seen == 1 && property->role == ROLE_RULE &&
		 (bit_of(frame) & IN_ENTRIES) != 0)
		lint_find(
		    lint, RULE_RRULE_REPEATED, place, NULL, content->name);
	if (*seen < 2)
		(*seen)++;
	if (bit_of(frame) != IN_OTHER && (property->in & bit_of(frame)) == 0)
		lint_find(lint, RULE_PROPERTY_PLACE, place, frame->name,
		    content->name);
}

/* The event that a line belongs to, also through an alarm. */
static struct kept_event *
kept_around(struct lint *lint)
{
	size_t i;

	for (i = lint->depth; i > 0; i--)
		if (lint->stack[i - 1].kept != NULL)
			return lint->stack[i - 1].kept;
	return NULL;
}

void
lint_property(struct lint *lint, const struct content *content)
{
	const struct property *property =
	    property_find(content->name.s, content->name.len);
	struct frame *frame =
	    lint->depth > 0 ? &lint->stack[lint->depth - 1] : NULL;
	const char *where = content->name.s;

	if (frame == NULL) {
		lint_find(lint, RULE_COMPONENT_NESTING, lint_place(lint, where),
		    NULL, content->name);
		return;
	}
	if (frame->has_part &&
	    (bit_of(frame) & (IN_CALENDAR | IN_ENTRIES)) != 0)
		lint_find(lint, RULE_PROPERTY_ORDER, lint_place(lint, where),
		    NULL, content->name);
	if (lint->keeps && kept_around(lint) != NULL)
		lint_keep_line(kept_around(lint), content);
	if (property == NULL) {
		if (!is_own(content->name))
			lint_find(lint, RULE_PROPERTY_UNKNOWN,
			    lint_place(lint, where), NULL, content->name);
		return;
	}
	frame->roles |= 1U << property->role;
	check_place(lint, frame, property, content);
	if (frame->kept != NULL)
		lint_keep_value(lint, frame, content);
	lint_value(lint, frame, property, content);
}
