#include <yugao/foreign.h>

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/calendar.h>
#include <yugao/error.h>
#include <yugao/lint.h>

#define TITLE_MOST 400
#define COMMENT_MOST 2000

struct reading {
	struct arena *arena;
	struct foreign_feed *feed;
	const struct zone *zone;
};

/*
 * What would make a parser guess where a line or a component ends.  Other
 * defects are common in the wild and harm nobody who only reads dates.
 */
static const char *const refused[] = { "component-nesting",
	"component-truncated", "control-character", "fold-crcrlf",
	"line-syntax", "no-calendar", "parameter-syntax", "utf8" };

static const struct error *
admit(struct arena *arena, const char *name, struct bytes bytes)
{
	struct arena *scratch = arena_new();
	struct findings findings = { 0 };
	const struct lint_rule *rules;
	const struct error *error = NULL;
	size_t n, i, j;

	lint_bytes(scratch, bytes.data, bytes.len, &findings);
	rules = lint_rules(&n);
	for (i = 0; error == NULL && findings.of_rule != NULL && i < n; i++)
		for (j = 0; j < COUNT(refused); j++)
			if (findings.of_rule[i] > 0 &&
			    strcmp(rules[i].id, refused[j]) == 0)
				error = ERROR_NEW(arena, ERROR_INPUT, NULL,
				    "artifact.feed_refused", name, rules[i].id);
	arena_free(scratch);
	return error;
}

/* Visible characters with single blanks between words, or NULL. */
static const char *
tidy(struct arena *arena, const char *text, size_t most)
{
	size_t len, i;
	struct buf buf;

	if (text == NULL)
		return NULL;
	len = strlen(text);
	buf_init(&buf, arena);
	for (i = 0; i < len && buf.len < most;) {
		size_t n = utf8_length(text + i, len - i);

		if (n == 0)
			return NULL;
		if (text[i] == ' ' || utf8_is_control(text + i, len - i) ||
		    text[i] == '\t' || text[i] == '\n') {
			if (buf.len > 0 && buf.data[buf.len - 1] != ' ')
				buf_putc(&buf, ' ');
		} else {
			buf_add(&buf, text + i, n);
		}
		i += n;
	}
	while (buf.len > 0 && buf.data[buf.len - 1] == ' ')
		buf.data[--buf.len] = '\0';
	return buf.len > 0 ? buf.data : NULL;
}

/*
 * "America/New_York", also in a vendor's prefix; "US-Eastern" is how some
 * say "US/Eastern".
 */
static const struct zone *
zone_called(struct arena *arena, const char *name)
{
	struct zone *zone = NULL;
	char *copy, *dash;

	if (name == NULL || *name == '\0' || strlen(name) > 64)
		return NULL;
	if (zone_open(arena, name, &zone) == NULL)
		return zone;
	copy = arena_strdup(arena, name);
	if ((dash = strchr(copy, '-')) == NULL)
		return NULL;
	*dash = '/';
	return zone_open(arena, copy, &zone) == NULL ? zone : NULL;
}

static const char *
head_zone(icalcomponent *root)
{
	icalproperty *p;

	for (p = icalcomponent_get_first_property(root, ICAL_X_PROPERTY);
	     p != NULL;
	     p = icalcomponent_get_next_property(root, ICAL_X_PROPERTY)) {
		const char *name = icalproperty_get_x_name(p);

		if (name != NULL && strcasecmp(name, "X-WR-TIMEZONE") == 0)
			return icalproperty_get_x(p);
	}
	return NULL;
}

static bool
take_start(struct reading *reading, icalcomponent *event, struct local *start)
{
	icalproperty *p =
	    icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	icalparameter *tzid;
	const struct zone *zone = NULL;
	struct icaltimetype t;

	if (p == NULL)
		return false;
	t = icalproperty_get_dtstart(p);
	if (t.year < 1950 || t.year > 2199 ||
	    !day_valid(t.year, t.month, t.day) || t.hour < 0 || t.hour > 23 ||
	    t.minute < 0 || t.minute > 59)
		return false;
	start->day = day_of(t.year, t.month, t.day);
	start->minute = t.is_date ? NO_TIME : t.hour * 60 + t.minute;
	if (t.is_date)
		return true;
	if (icaltime_is_utc(t)) {
		struct instant instant = { (int64_t)start->day.n * 86400 +
					   start->minute * 60 };

		*start = zone_local(reading->zone, instant);
		return true;
	}
	tzid = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	if (tzid != NULL)
		zone =
		    zone_called(reading->arena, icalparameter_get_tzid(tzid));
	/* A clock that nobody knows is taken for the feed's own. */
	if (zone != NULL &&
	    strcmp(zone_name(zone), zone_name(reading->zone)) != 0)
		*start =
		    zone_local(reading->zone, zone_instant(zone, *start, NULL));
	return true;
}

static bool
is_cancelled(icalcomponent *event)
{
	icalproperty *p =
	    icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);

	return p != NULL && icalproperty_get_status(p) == ICAL_STATUS_CANCELLED;
}

static void
take_event(struct reading *reading, icalcomponent *event)
{
	struct foreign_feed *feed = reading->feed;
	struct foreign_event taken = { 0 };

	if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) !=
		NULL ||
	    icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY) !=
		NULL)
		feed->recurring++;
	taken.title =
	    tidy(reading->arena, icalcomponent_get_summary(event), TITLE_MOST);
	taken.comment = tidy(
	    reading->arena, icalcomponent_get_description(event), COMMENT_MOST);
	if (taken.title != NULL && !is_cancelled(event) &&
	    take_start(reading, event, &taken.start))
		ARRAY_PUSH(reading->arena, feed, taken);
}

static int
compare_events(const void *a, const void *b)
{
	const struct foreign_event *x = a, *y = b;

	if (x->start.day.n != y->start.day.n)
		return x->start.day.n < y->start.day.n ? -1 : 1;
	if (x->start.minute != y->start.minute)
		return x->start.minute - y->start.minute;
	return strcmp(x->title, y->title);
}

/* The zone of the feed's clock: its head's, its first event's, ours. */
static const struct error *
choose_zone(struct reading *reading, icalcomponent *root, const char *fallback)
{
	icalcomponent *event =
	    icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
	struct zone *zone = NULL;
	const struct error *error;

	reading->zone = zone_called(reading->arena, head_zone(root));
	if (reading->zone == NULL && event != NULL) {
		icalproperty *p = icalcomponent_get_first_property(
		    event, ICAL_DTSTART_PROPERTY);
		icalparameter *tzid = p == NULL
					  ? NULL
					  : icalproperty_get_first_parameter(
						p, ICAL_TZID_PARAMETER);

		if (tzid != NULL)
			reading->zone = zone_called(
			    reading->arena, icalparameter_get_tzid(tzid));
	}
	if (reading->zone == NULL) {
		error = zone_open(reading->arena, fallback, &zone);
		if (error != NULL)
			return error;
		reading->zone = zone;
	}
	reading->feed->zone = zone_name(reading->zone);
	return NULL;
}

static const struct error *
take_events(struct reading *reading, icalcomponent *root, const char *name)
{
	icalcomponent *event;
	size_t n = 0;

	for (event =
		 icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
	     event != NULL; event = icalcomponent_get_next_component(
				root, ICAL_VEVENT_COMPONENT)) {
		if (++n > FOREIGN_EVENTS_MOST)
			return ERROR_NEW(reading->arena, ERROR_INPUT, NULL,
			    "artifact.feed_large", name);
		take_event(reading, event);
	}
	if (reading->feed->n > 1)
		qsort(reading->feed->v, reading->feed->n,
		    sizeof(*reading->feed->v), compare_events);
	return NULL;
}

const struct error *
foreign_parse(struct arena *arena, const char *name, struct bytes bytes,
    const char *fallback, struct foreign_feed *feed)
{
	struct reading reading = { .arena = arena, .feed = feed };
	const struct error *error = admit(arena, name, bytes);
	icalcomponent *root;

	if (error != NULL)
		return error;
	root = icalparser_parse_string(bytes.data);
	if (root == NULL || icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT)
		error = ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "artifact.feed_none", name);
	if (error == NULL)
		error = choose_zone(&reading, root, fallback);
	if (error == NULL)
		error = take_events(&reading, root, name);
	if (root != NULL)
		icalcomponent_free(root);
	return error;
}
