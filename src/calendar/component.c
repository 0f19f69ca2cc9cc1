#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "source.h"

/* More days than this in one event are a wrong DTEND. */
#define LONGEST_SPAN 366

/* A line break in a name would break whatever line prints it. */
static const char *
clean(struct arena *arena, const char *text)
{
	char *copy, *p;

	if (text == NULL || *text == '\0')
		return NULL;
	copy = arena_strdup(arena, text);
	for (p = copy; *p != '\0'; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
	return copy;
}

/* The value, whichever type a VALUE parameter gave it. */
static const char *
property_text(struct arena *arena, const icalproperty *property)
{
	const icalvalue *value = icalproperty_get_value(property);
	const char *text = NULL;
	char *made;

	if (value == NULL)
		return NULL;
	if (icalvalue_isa(value) == ICAL_X_VALUE)
		return clean(arena, icalvalue_get_x(value));
	if (icalvalue_isa(value) == ICAL_TEXT_VALUE)
		return clean(arena, icalvalue_get_text(value));
	if ((made = icalproperty_get_value_as_string_r(property)) != NULL) {
		text = clean(arena, made);
		icalmemory_free_buffer(made);
	}
	return text;
}

/* The value of the first X- property of that name, or NULL. */
static const char *
x_text(struct reader *reader, icalcomponent *component, enum property wanted)
{
	icalproperty *p;

	for (p = icalcomponent_get_first_property(component, ICAL_X_PROPERTY);
	     p != NULL;
	     p = icalcomponent_get_next_property(component, ICAL_X_PROPERTY)) {
		const char *name = icalproperty_get_x_name(p);

		if (name != NULL &&
		    strcasecmp(name, property_name(wanted)) == 0)
			return property_text(reader->arena, p);
	}
	return NULL;
}

static bool
in_years(int year, int month, int mday)
{
	return year >= FIRST_YEAR && year <= LAST_YEAR &&
	       day_valid(year, month, mday);
}

/* An X- date such as 20150513; untouched if it is not there. */
static void
x_date(struct reader *reader, icalcomponent *component, const int *lines,
    enum property wanted, struct day *day)
{
	const char *text = x_text(reader, component, wanted);
	int n;

	if (lines[wanted] == 0)
		return;
	if (text != NULL && strlen(text) == 8 &&
	    strspn(text, "0123456789") == 8) {
		n = atoi(text);
		if (in_years(n / 10000, n / 100 % 100, n % 100)) {
			*day = day_of(n / 10000, n / 100 % 100, n % 100);
			return;
		}
	}
	MISTAKE(reader, lines[wanted], "calendar.bad_date",
	    property_name(wanted), text);
}

/* DTSTART or DTEND; the caller knows that the line is there. */
static bool
take_date(struct reader *reader, icalcomponent *event, enum property wanted,
    struct day *day)
{
	icalproperty_kind kind =
	    wanted == P_DTSTART ? ICAL_DTSTART_PROPERTY : ICAL_DTEND_PROPERTY;
	icalproperty *p = icalcomponent_get_first_property(event, kind);
	int line = reader->event_line[wanted];
	struct icaltimetype time;

	if (p == NULL) {
		MISTAKE(reader, line, "calendar.bad_date",
		    property_name(wanted), "");
		return false;
	}
	time = wanted == P_DTSTART ? icalproperty_get_dtstart(p)
				   : icalproperty_get_dtend(p);
	if (!in_years(time.year, time.month, time.day)) {
		MISTAKE(reader, line, "calendar.bad_date",
		    property_name(wanted), property_text(reader->arena, p));
		return false;
	}
	if (!time.is_date) {
		MISTAKE(reader, line, "calendar.not_all_day",
		    property_name(wanted));
		return false;
	}
	*day = day_of(time.year, time.month, time.day);
	return true;
}

/* Whole days that DURATION gives, or 0. */
static int
take_duration(icalcomponent *event)
{
	icalproperty *p =
	    icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
	struct icaldurationtype d;

	if (p == NULL)
		return 0;
	d = icalproperty_get_duration(p);
	if (d.is_neg || d.hours != 0 || d.minutes != 0 || d.seconds != 0 ||
	    d.weeks > LONGEST_SPAN || d.days > LONGEST_SPAN)
		return 0;
	return (int)(d.weeks * 7 + d.days);
}

static bool
take_days(struct reader *reader, icalcomponent *event, struct stretch *span)
{
	const int *lines = reader->event_line;
	struct day end;

	if (lines[P_DTSTART] == 0) {
		MISTAKE(reader, reader->begin, "calendar.no_start");
		return false;
	}
	if (!take_date(reader, event, P_DTSTART, &span->first))
		return false;
	end.n = span->first.n + 1;
	if (lines[P_DTEND] != 0) {
		if (!take_date(reader, event, P_DTEND, &end))
			return false;
	} else if (lines[P_DURATION] != 0) {
		end.n = span->first.n + take_duration(event);
	}
	if (end.n <= span->first.n || end.n - span->first.n > LONGEST_SPAN) {
		MISTAKE(reader,
		    lines[P_DTEND] != 0 ? lines[P_DTEND] : lines[P_DURATION],
		    "calendar.bad_end");
		return false;
	}
	span->last.n = end.n - 1;
	return true;
}

static bool
has_category(icalcomponent *event, const char *wanted)
{
	icalproperty *p;

	for (p = icalcomponent_get_first_property(
		 event, ICAL_CATEGORIES_PROPERTY);
	     p != NULL; p = icalcomponent_get_next_property(
			    event, ICAL_CATEGORIES_PROPERTY)) {
		const char *text = icalproperty_get_categories(p);

		if (text != NULL && strcasecmp(text, wanted) == 0)
			return true;
	}
	return false;
}

static bool
take_kind(struct reader *reader, icalcomponent *event, struct stretch *span)
{
	const char *kind = x_text(reader, event, P_KIND);

	span->work = has_category(event, "MAKEUP");
	if (reader->event_line[P_KIND] == 0)
		return true;
	if (kind != NULL && strcasecmp(kind, "WORK") == 0) {
		span->work = true;
	} else if (kind != NULL && strcasecmp(kind, "OFF") == 0) {
		span->work = false;
	} else {
		MISTAKE(reader, reader->event_line[P_KIND],
		    "calendar.unknown_kind", kind);
		return false;
	}
	return true;
}

static struct text
take_name(struct reader *reader, icalcomponent *event)
{
	struct text name = { NULL, x_text(reader, event, P_NAME_EN) };
	icalproperty *p =
	    icalcomponent_get_first_property(event, ICAL_SUMMARY_PROPERTY);
	icalparameter *lang;
	const char *text, *code;

	if (p == NULL)
		return name;
	text = property_text(reader->arena, p);
	lang = icalproperty_get_first_parameter(p, ICAL_LANGUAGE_PARAMETER);
	code = lang != NULL ? icalparameter_get_language(lang) : NULL;
	if (code != NULL && strncasecmp(code, "en", 2) == 0)
		name.en = text;
	else
		name.zh = text;
	return name;
}

static const char *
take_description(struct reader *reader, icalcomponent *event)
{
	icalproperty *p =
	    icalcomponent_get_first_property(event, ICAL_DESCRIPTION_PROPERTY);

	return p == NULL ? NULL : property_text(reader->arena, p);
}

void
component_read_event(struct reader *reader, icalcomponent *event)
{
	struct stretch span = { .published = DAY_ALWAYS,
		.lapsed = DAY_NEVER,
		.place = source_place(reader->source, reader->begin) };
	icalproperty *status =
	    icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);

	if (status != NULL &&
	    icalproperty_get_status(status) == ICAL_STATUS_CANCELLED)
		return;
	if (!take_days(reader, event, &span) ||
	    !take_kind(reader, event, &span))
		return;
	span.name = take_name(reader, event);
	span.description = take_description(reader, event);
	span.title = x_text(reader, event, P_TITLE);
	span.number = x_text(reader, event, P_NOTICE);
	x_date(reader, event, reader->event_line, P_PUBLISHED, &span.published);
	x_date(reader, event, reader->event_line, P_LAPSED, &span.lapsed);
	ARRAY_PUSH(reader->arena, &reader->source->days, span);
}

/* "2015-2035" or "2026"; false for anything else. */
static bool
take_years(const char *text, int *from, int *to)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if ((len != 4 && len != 9) || strspn(text, "0123456789") != 4 ||
	    (len == 9 &&
		(text[4] != '-' || strspn(text + 5, "0123456789") != 4)))
		return false;
	*from = atoi(text);
	*to = len == 9 ? atoi(text + 5) : *from;
	return *from >= FIRST_YEAR && *from <= *to && *to <= LAST_YEAR;
}

void
component_read_head(struct reader *reader, icalcomponent *head)
{
	struct notice *source = reader->source;
	const int *lines = reader->head_line;
	icalproperty *scale =
	    icalcomponent_get_first_property(head, ICAL_CALSCALE_PROPERTY);
	int last = 0;
	const char *text;

	if (scale != NULL &&
	    (text = property_text(reader->arena, scale)) != NULL &&
	    strcasecmp(text, "GREGORIAN") != 0)
		MISTAKE(reader, lines[P_CALSCALE], "calendar.calscale", text);
	text = x_text(reader, head, P_YEAR);
	if (lines[P_YEAR] != 0 &&
	    (!take_years(text, &source->year, &last) || last != source->year))
		MISTAKE(reader, lines[P_YEAR], "calendar.bad_year", text);
	text = x_text(reader, head, P_PROJECTS);
	if (lines[P_PROJECTS] != 0 &&
	    !take_years(text, &source->projects_from, &source->projects_to))
		MISTAKE(
		    reader, lines[P_PROJECTS], "calendar.bad_projects", text);
	source->base = x_text(reader, head, P_BASE);
	source->base_place = source_place(reader->source, lines[P_BASE]);
	source->number = x_text(reader, head, P_NOTICE);
	source->title = x_text(reader, head, P_TITLE);
	source->url = x_text(reader, head, P_URL);
	x_date(reader, head, lines, P_PUBLISHED, &source->published);
	x_date(reader, head, lines, P_SIGNED, &source->signed_on);
}

const char *
calendar_library(void)
{
	return ICAL_VERSION;
}
