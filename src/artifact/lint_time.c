#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

static void
use_zone(struct lint *lint, const struct content *content, uint64_t hash)
{
	struct zone_use use = { .hash = hash,
		.place = lint_place(lint, content->tzid.s) };
	size_t i;

	for (i = 0; i < lint->zones.n; i++)
		if (lint->zones.v[i].hash == hash)
			return;
	/* A calendar with more zones than this has been seen nowhere. */
	if (lint->zones.n >= LINT_LIMIT)
		return;
	use.name = arena_strndup(lint->arena, content->tzid.s,
	    content->tzid.len > 60 ? 60 : content->tzid.len);
	ARRAY_PUSH(lint->arena, &lint->zones, use);
}

/* Gives a local time the zone of the line's TZID. */
static void
set_zone(
    struct lint *lint, const struct content *content, struct time_value *time)
{
	if (content->tzid.len == 0)
		return;
	if (time->form != TIME_FLOATING) {
		lint_find_value(
		    lint, RULE_TZID_MISPLACED, content->tzid.s, content);
		return;
	}
	time->form = TIME_ZONED;
	time->zone = span_hash(content->tzid);
	/* One that begins with a slash needs no definition. */
	if (content->tzid.s[0] != '/')
		use_zone(lint, content, time->zone);
}

static struct time_value
check_time(
    struct lint *lint, const struct content *content, enum value_type type)
{
	struct time_value time = time_read(content->value);

	time.place = lint_place(lint, content->value.s);
	if (time.form != TIME_DATE && time.form != TIME_NONE &&
	    time.number % 100 == 60)
		lint_find_value(
		    lint, RULE_TIME_LEAP_SECOND, content->value.s, content);
	if (time.form == TIME_NONE ||
	    (time.form == TIME_DATE) != (type == VALUE_DATE)) {
		lint_find_value(
		    lint, RULE_VALUE_DATE, content->value.s, content);
		time.form = TIME_NONE;
		return time;
	}
	set_zone(lint, content, &time);
	return time;
}

struct time_value
lint_utc(struct lint *lint, const struct content *content)
{
	struct time_value time = check_time(lint, content, VALUE_DATE_TIME);

	if (time.form == TIME_FLOATING || time.form == TIME_ZONED)
		lint_find_value(
		    lint, RULE_TIME_NOT_UTC, content->value.s, content);
	return time;
}

static bool
is_period(struct span span)
{
	struct span start = span_cut(&span, '/');
	struct time_value from = time_read(start), to = time_read(span);
	int64_t seconds;

	if (from.form != TIME_FLOATING && from.form != TIME_UTC)
		return false;
	return (to.form == from.form && to.number > from.number) ||
	       (duration_read(span, &seconds) && seconds > 0);
}

/* The first of each form, to be held against DTSTART. */
static void
keep_form(struct frame *frame, const char *name, const struct time_value *time)
{
	if (frame->forms[time->form].name == NULL) {
		frame->forms[time->form].name = name;
		frame->forms[time->form].place = time->place;
	}
}

void
lint_times(struct lint *lint, struct frame *frame, const char *name,
    const struct content *content, enum value_type type)
{
	struct content one = *content;
	struct span rest = content->value;
	struct time_value time;

	do {
		one.value = span_cut(&rest, ',');
		if (type == VALUE_PERIODS) {
			if (!is_period(one.value))
				lint_find_value(
				    lint, RULE_VALUE_DATE, one.value.s, &one);
		} else {
			time = check_time(lint, &one, type);
			keep_form(frame, name, &time);
		}
	} while (rest.len > 0);
	if (content->value.len > 0 && rest.s[-1] == ',')
		lint_find_value(lint, RULE_VALUE_DATE, rest.s - 1, content);
}

/* Nobody announces for these years: it is a zero or a slip of the pen. */
static bool
is_implausible(const struct time_value *time)
{
	int64_t year = time->form == TIME_DATE
			   ? time->number / 10000
			   : time->number / INT64_C(10000000000);

	return time->form != TIME_NONE && (year < 1900 || year > 2200);
}

void
lint_date_time(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content,
    enum value_type type)
{
	struct time_value time = check_time(lint, content, type);
	unsigned bit =
	    frame->component == NULL ? IN_OTHER : frame->component->bit;

	if ((bit & IN_ENTRIES) != 0 && is_implausible(&time))
		lint_find_value(
		    lint, RULE_TIME_IMPLAUSIBLE, content->value.s, content);
	switch (property->role) {
	case ROLE_START:
		frame->start = time;
		if (time.form == TIME_FLOATING && bit == IN_EVENT)
			lint_find_value(lint, RULE_TIME_FLOATING,
			    content->value.s, content);
		if (bit == IN_OBSERVANCE && time.form != TIME_NONE &&
		    time.form != TIME_FLOATING)
			lint_find_value(lint, RULE_VTIMEZONE_DTSTART,
			    content->value.s, content);
		break;
	case ROLE_END:
		frame->end = time;
		break;
	case ROLE_RECURRENCE:
		keep_form(frame, property->name, &time);
		break;
	default:
		break;
	}
}

void
lint_stamp(struct lint *lint, struct frame *frame, enum role role,
    const struct content *content)
{
	struct time_value time = lint_utc(lint, content);

	if (role == ROLE_CREATED)
		frame->created = time;
	else if (role == ROLE_MODIFIED)
		frame->modified = time;
	else if (role == ROLE_STAMP)
		frame->stamp = time;
	if (role == ROLE_MODIFIED && frame->component != NULL &&
	    frame->component->bit == IN_CALENDAR)
		lint->edition = time;
}

void
lint_zone(struct lint *lint, const struct content *content)
{
	struct zone_use use = { .hash = span_hash(content->value) };
	size_t i;

	for (i = 0; i < lint->zones.n; i++)
		if (lint->zones.v[i].hash == use.hash &&
		    lint->zones.v[i].name == NULL) {
			lint_find_value(lint, RULE_TZID_DUPLICATE,
			    content->value.s, content);
			return;
		}
	if (lint->zones.n < LINT_LIMIT)
		ARRAY_PUSH(lint->arena, &lint->zones, use);
}
