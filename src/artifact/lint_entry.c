#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

static const struct span nothing = { "", 0 };

static bool
has(const struct frame *frame, enum role role)
{
	return (frame->roles & 1U << role) != 0;
}

void
lint_need(struct lint *lint, const struct frame *frame, const char *name)
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
	if ((start->form == TIME_FLOATING) != (end->form == TIME_FLOATING)) {
		lint_find(lint, RULE_ZONE_MIXED, end->place, NULL, nothing);
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
compare_stamps(struct lint *lint, const struct frame *frame)
{
	const struct time_value *created = &frame->created;

	if (created->form != TIME_UTC)
		return;
	if (frame->modified.form == TIME_UTC &&
	    frame->modified.number < created->number)
		lint_find(lint, RULE_LAST_MODIFIED_ORDER, frame->modified.place,
		    NULL, nothing);
	if (!lint->method && frame->stamp.form == TIME_UTC &&
	    frame->stamp.number < created->number)
		lint_find(lint, RULE_DTSTAMP_ORDER, frame->stamp.place, NULL,
		    nothing);
}

/* A date, local time, or a time that is the same everywhere. */
static enum time_form
coarse(enum time_form form)
{
	return form == TIME_ZONED ? TIME_UTC : form;
}

static void
check_until(struct lint *lint, const struct frame *frame, enum time_form wanted)
{
	const struct time_value *until = &frame->until;

	if (until->form == TIME_NONE)
		return;
	if (until->form != wanted)
		lint_find(lint, RULE_RRULE_UNTIL, until->place, NULL,
		    span_of(frame->until_value));
	else if (frame->start.form == until->form &&
		 until->number < frame->start.number)
		lint_find(lint, RULE_RRULE_UNTIL_EARLY, until->place, NULL,
		    span_of(frame->until_value));
}

static void
check_recurrence(struct lint *lint, const struct frame *frame)
{
	enum time_form start = coarse(frame->start.form);
	size_t i;

	if (start == TIME_NONE)
		return;
	check_until(lint, frame, start);
	for (i = TIME_DATE; i < TIME_FORMS; i++)
		if (frame->forms[i].name != NULL &&
		    coarse((enum time_form)i) != start)
			lint_find(lint, RULE_RECURRENCE_TYPE,
			    frame->forms[i].place, frame->forms[i].name,
			    nothing);
}

static void
check_duration(struct lint *lint, const struct frame *frame)
{
	if (has(frame, ROLE_END) && has(frame, ROLE_DURATION))
		lint_find(lint, RULE_DTEND_AND_DURATION, frame->duration, NULL,
		    nothing);
	if (frame->start.form == TIME_DATE && frame->duration_value[0] != '\0')
		lint_find(lint, RULE_DURATION_DATE, frame->duration, NULL,
		    span_of(frame->duration_value));
}

static void
check_event(struct lint *lint, const struct frame *frame)
{
	struct span name = span_of(frame->name);

	if ((!lint->method || lint->publish) && !has(frame, ROLE_START))
		lint_need(lint, frame, "DTSTART");
	if (!has(frame, ROLE_SEQUENCE))
		lint_find(
		    lint, RULE_SEQUENCE_MISSING, frame->place, NULL, name);
	if (!has(frame, ROLE_MODIFIED))
		lint_find(
		    lint, RULE_LAST_MODIFIED_MISSING, frame->place, NULL, name);
	if (!has(frame, ROLE_SUMMARY))
		lint_find(lint, RULE_SUMMARY_MISSING, frame->place, NULL, name);
	if (frame->cancelled && frame->sequence == 0)
		lint_find(lint, RULE_CANCELLED_SEQUENCE, frame->status_place,
		    frame->name, nothing);
	if (!has(frame, ROLE_ORGANIZER))
		lint->organizer_missing = true;
}

/* Remembers whether the stamps look like the time of the download. */
static void
count_stamps(struct lint *lint, const struct frame *frame)
{
	if (lint->n_entries++ == 0)
		lint->stamp = frame->stamp;
	else if (lint->stamp.number != frame->stamp.number)
		lint->stamps_differ = true;
	if (has(frame, ROLE_MODIFIED))
		lint->has_modified = true;
}

void
lint_entry(struct lint *lint, const struct frame *frame)
{
	uint64_t id = frame->uid;
	unsigned bit = frame->component->bit;

	if (bit == IN_EVENT)
		check_event(lint, frame);
	if (bit == IN_TODO &&
	    (has(frame, ROLE_DURATION) || has(frame, ROLE_RULE)))
		lint_need(lint, frame, "DTSTART");
	compare_times(lint, frame);
	check_duration(lint, frame);
	check_recurrence(lint, frame);
	compare_stamps(lint, frame);
	count_stamps(lint, frame);
	if (id != 0 && has(frame, ROLE_RECURRENCE))
		id = id ^ frame->recurrence;
	if (id != 0 && add_uid(lint, id))
		lint_find(
		    lint, RULE_UID_DUPLICATE, frame->uid_place, NULL, nothing);
}

/* RFC 5545 3.6.6 */
void
lint_alarm(struct lint *lint, const struct frame *frame)
{
	bool email =
	    frame->action != NULL && strcmp(frame->action, "EMAIL") == 0;

	lint_find(lint, RULE_ALARM_IN_FEED, frame->place, NULL, nothing);
	if (email ||
	    (frame->action != NULL && strcmp(frame->action, "DISPLAY") == 0))
		lint_need(lint, frame, "DESCRIPTION");
	if (email) {
		lint_need(lint, frame, "SUMMARY");
		lint_need(lint, frame, "ATTENDEE");
	}
	if (has(frame, ROLE_REPEAT))
		lint_need(lint, frame, "DURATION");
	if (has(frame, ROLE_DURATION))
		lint_need(lint, frame, "REPEAT");
}

/* Its times are local, but the last one is in UTC (RFC 5545 3.3.10). */
void
lint_observance(struct lint *lint, const struct frame *frame)
{
	check_until(lint, frame, TIME_UTC);
}
