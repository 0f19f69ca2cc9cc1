#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/lint.h>

#include "ical.h"

static const struct error *
wrong(struct arena *arena, const struct announcement *a, const char *property)
{
	return ERROR_NEW(arena, ERROR_FAILED, NULL, "artifact.check_value",
	    a->uid, property);
}

/* As a whole calendar, no rule of the lint may be broken. */
static const struct error *
check_bytes(struct arena *arena, const char *item, size_t len,
    const struct announcement *a)
{
	static const char head[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
				   "PRODID:-//yugao//yugao//EN\r\n";
	static const char foot[] = "END:VCALENDAR\r\n";
	struct lint *lint = lint_new(arena);
	struct findings findings = { 0 };

	lint_add(lint, head, sizeof(head) - 1);
	lint_add(lint, item, len);
	lint_add(lint, foot, sizeof(foot) - 1);
	lint_end(lint, &findings);
	if (findings.count[LINT_ERROR] == 0)
		return NULL;
	return ERROR_NEW(arena, ERROR_FAILED, NULL, "artifact.check_lint",
	    a->uid, findings.v[0].rule->id, findings.v[0].rule->section);
}

static bool
is_title(const char *summary, const struct announcement *a)
{
	return summary != NULL &&
	       (strstr(summary, text_in(&a->title, LANG_ZH)) != NULL ||
		   strstr(summary, text_in(&a->title, LANG_EN)) != NULL);
}

static bool
is_start(struct icaltimetype start, const struct announcement *a)
{
	char said[INSTANT_SIZE], day[DAY_SIZE];
	bool exact = a->when.precision == PRECISION_INSTANT;
	char *text = icaltime_as_ical_string_r(start);
	bool same;

	same =
	    strcmp(text, exact ? instant_format_basic(said, a->start)
			       : day_format_basic(day, a->when.start.day)) == 0;
	free(text);
	return same;
}

static bool
has_sequence(icalcomponent *event)
{
	icalproperty *sequence =
	    icalcomponent_get_first_property(event, ICAL_SEQUENCE_PROPERTY);

	return sequence != NULL && icalproperty_get_sequence(sequence) >= 0;
}

static const struct error *
check_values(
    struct arena *arena, icalcomponent *event, const struct announcement *a)
{
	const char *uid = icalcomponent_get_uid(event);

	if (icalcomponent_isa(event) != ICAL_VEVENT_COMPONENT)
		return wrong(arena, a, "VEVENT");
	if (uid == NULL || strcmp(uid, a->uid) != 0)
		return wrong(arena, a, "UID");
	if (!is_start(icalcomponent_get_dtstart(event), a))
		return wrong(arena, a, "DTSTART");
	if (!has_sequence(event))
		return wrong(arena, a, "SEQUENCE");
	if (!is_title(icalcomponent_get_summary(event), a))
		return wrong(arena, a, "SUMMARY");
	return NULL;
}

const struct error *
ical_check(struct arena *arena, const char *item, size_t len,
    const struct announcement *a)
{
	const struct error *error = check_bytes(arena, item, len, a);
	icalcomponent *event;

	if (error != NULL)
		return error;
	event = icalcomponent_new_from_string(arena_strndup(arena, item, len));
	if (event == NULL)
		return wrong(arena, a, "VEVENT");
	error = check_values(arena, event, a);
	icalcomponent_free(event);
	return error;
}
