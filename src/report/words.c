#include "words.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/period.h>

const char *
tell_month(struct arena *arena, enum lang lang, int month)
{
	return SAY(
	    arena, lang, arena_printf(arena, "artifact.month_%02d", month));
}

const char *
tell_day(struct arena *arena, enum lang lang, struct day day)
{
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	return SAY(arena, lang, "artifact.day", arena_printf(arena, "%d", year),
	    tell_month(arena, lang, month), arena_printf(arena, "%d", mday),
	    SAY(arena, lang,
		arena_printf(
		    arena, "artifact.weekday_%d", (int)day_weekday(day))));
}

static bool
is_whole_months(const struct moment *moment)
{
	int year, month, first, after;

	day_parts(moment->start.day, &year, &month, &first);
	day_parts((struct day){ moment->last.n + 1 }, &year, &month, &after);
	return first == 1 && after == 1;
}

static const char *
month_of_year(struct arena *arena, enum lang lang, struct day day)
{
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	return SAY(arena, lang, "artifact.month",
	    arena_printf(arena, "%d", year), tell_month(arena, lang, month));
}

/* The two ends of a window; one and the same for a month or a day. */
static void
window_ends(struct arena *arena, enum lang lang, const struct moment *moment,
    const char *ends[2])
{
	char text[DAY_SIZE];

	if (is_whole_months(moment)) {
		ends[0] = month_of_year(arena, lang, moment->start.day);
		ends[1] = month_of_year(arena, lang, moment->last);
		return;
	}
	ends[0] = arena_strdup(arena, day_format(text, moment->start.day));
	ends[1] = arena_strdup(arena, day_format(text, moment->last));
}

static const char *
window_words(struct arena *arena, enum lang lang, const struct moment *moment)
{
	const char *ends[2];

	window_ends(arena, lang, moment, ends);
	if (strcmp(ends[0], ends[1]) == 0)
		return ends[0];
	return SAY(arena, lang, "report.span", ends[0], ends[1]);
}

const char *
moment_words(struct arena *arena, enum lang lang, const struct moment *moment)
{
	char text[DAY_SIZE];

	switch (moment->precision) {
	case PRECISION_INSTANT:
		return tell_clock(arena, moment->start);
	case PRECISION_DATE:
		return arena_strdup(arena, day_format(text, moment->start.day));
	case PRECISION_MONTH:
	case PRECISION_WINDOW:
		return window_words(arena, lang, moment);
	case PRECISION_NLT:
		return SAY(arena, lang, "report.no_later_than",
		    day_format(text, moment->last));
	case PRECISION_NONE:
		break;
	}
	return SAY(arena, lang, "report.no_date");
}

const char *
tell_clock(struct arena *arena, struct local local)
{
	char day[DAY_SIZE], minute[DAY_SIZE];

	day_format(day, local.day);
	if (local.minute == NO_TIME)
		return arena_strdup(arena, day);
	return arena_printf(
	    arena, "%s %s", day, minute_format(minute, local.minute));
}

const char *
tell_row(struct arena *arena, enum lang lang, const struct moment *moment)
{
	char day[DAY_SIZE], minute[DAY_SIZE];
	const char *weekday;

	if (moment->precision != PRECISION_INSTANT &&
	    moment->precision != PRECISION_DATE)
		return moment_words(arena, lang, moment);
	weekday = SAY(arena, lang,
	    arena_printf(arena, "report.weekday_%d",
		(int)day_weekday(moment->start.day)));
	day_format(day, moment->start.day);
	if (moment->precision == PRECISION_DATE)
		return arena_printf(arena, "%s %s", day, weekday);
	return arena_printf(arena, "%s %s %s", day, weekday,
	    minute_format(minute, moment->start.minute));
}

const char *
tell_when(struct arena *arena, enum lang lang, const struct moment *moment)
{
	const char *minute;

	switch (moment->precision) {
	case PRECISION_INSTANT:
		minute = arena_printf(arena, "%d:%02d",
		    moment->start.minute / 60, moment->start.minute % 60);
		return SAY(arena, lang, "report.day_time",
		    tell_day(arena, lang, moment->start.day), minute);
	case PRECISION_DATE:
		return tell_day(arena, lang, moment->start.day);
	case PRECISION_NLT:
		return tell_day(arena, lang, moment->last);
	case PRECISION_MONTH:
	case PRECISION_WINDOW:
	case PRECISION_NONE:
		break;
	}
	return moment_words(arena, lang, moment);
}

const char *
tell_set(struct arena *arena, enum lang lang, const struct moment *moment,
    enum said_status status)
{
	const char *ends[2];

	switch (moment->precision) {
	case PRECISION_INSTANT:
	case PRECISION_DATE:
		return SAY(arena, lang,
		    status == SAID_TENTATIVE ? "report.set_tentative"
					     : "report.set_fixed",
		    tell_when(arena, lang, moment));
	case PRECISION_MONTH:
	case PRECISION_WINDOW:
		window_ends(arena, lang, moment, ends);
		return SAY(arena, lang,
		    strcmp(ends[0], ends[1]) == 0 ? "report.set_month"
						  : "report.set_window",
		    ends[0], ends[1]);
	case PRECISION_NLT:
		return SAY(arena, lang, "report.set_no_later_than",
		    tell_when(arena, lang, moment));
	case PRECISION_NONE:
		break;
	}
	return SAY(arena, lang, "report.set_none");
}

const char *
tell_period(struct arena *arena, enum lang lang, const char *key)
{
	struct period period;

	if (key == NULL || !period_parse(key, &period))
		return key == NULL ? "" : key;
	return period_words(arena, lang, &period);
}

static const char *
estimate_words(struct arena *arena, enum lang lang, const char *estimate)
{
	const char *id = arena_printf(arena, "artifact.estimate_%s", estimate);

	if (message_exists(id))
		return SAY(arena, lang, id);
	return SAY(arena, lang, "artifact.estimate_n", estimate);
}

const char *
tell_title(struct arena *arena, enum lang lang, const struct text *title,
    const char *period, const char *estimate)
{
	const char *name = text_in(title, lang);
	const char *words = tell_period(arena, lang, period);

	if (estimate != NULL)
		return SAY(arena, lang, "artifact.title_estimate", name, words,
		    estimate_words(arena, lang, estimate));
	return SAY(arena, lang, "artifact.title_period", name, words);
}

const char *
tell_quoted(struct arena *arena, enum lang lang, const struct text *title,
    const char *period, const char *estimate)
{
	const char *name = text_in(title, lang);
	const char *words = tell_period(arena, lang, period);

	if (estimate != NULL)
		return SAY(arena, lang, "report.quoted_estimate", name, words,
		    estimate_words(arena, lang, estimate));
	return SAY(arena, lang, "report.quoted", name, words);
}

const char *
tell_slot_title(struct arena *arena, enum lang lang, const struct slot *slot)
{
	return tell_title(arena, lang, &slot->series->title, slot->period,
	    slot->rule != NULL ? slot->rule->estimate : NULL);
}

const char *
tell_entry_title(struct arena *arena, enum lang lang, const struct entry *entry)
{
	struct announcement said = { 0 };
	struct profile profile;

	if (entry->kind == ENTRY_PROFILE && entry->said != NULL &&
	    profile_read(arena, entry->said, &profile) == NULL)
		return text_in(&profile.name, lang);
	if (entry->said == NULL ||
	    announcement_read(arena, entry->said, &said) != NULL)
		return entry->release;
	return tell_title(arena, lang, &said.title, said.period, said.estimate);
}

const char *
tell_count(struct arena *arena, enum lang lang, const char *id, size_t n)
{
	const char *one = arena_printf(arena, "%s_one", id);

	if (n == 1 && message_exists(one))
		return SAY(arena, lang, one);
	return SAY(arena, lang, id, arena_printf(arena, "%zu", n));
}

const char *
tell_kind(struct arena *arena, enum lang lang, enum entry_kind kind)
{
	static const char *const ids[] = {
		[ENTRY_NEW] = "report.kind_new",
		[ENTRY_CONFIRMED] = "report.kind_confirmed",
		[ENTRY_MOVED_EARLIER] = "report.kind_moved_earlier",
		[ENTRY_MOVED_LATER] = "report.kind_moved_later",
		[ENTRY_TIME_CHANGED] = "report.kind_time_changed",
		[ENTRY_CANCELLED] = "report.kind_cancelled",
		[ENTRY_REISSUED] = "report.kind_reissued",
		[ENTRY_EDITION] = "report.kind_edition",
		[ENTRY_POSTPONED] = "report.kind_postponed",
		[ENTRY_REINSTATED] = "report.kind_reinstated",
		[ENTRY_RELEASED] = "report.kind_released",
		[ENTRY_PROFILE] = "report.kind_profile",
	};

	return SAY(arena, lang, ids[kind]);
}

static const struct {
	const char *id;
	enum style style;
} outcomes[] = {
	[OUTCOME_NA] = { "report.outcome_na", STYLE_DIM },
	[OUTCOME_PASS] = { "report.outcome_pass", STYLE_GOOD },
	[OUTCOME_WARN] = { "report.outcome_warn", STYLE_WARN },
	[OUTCOME_REPORT] = { "report.outcome_report", STYLE_BAD },
	[OUTCOME_BLOCK] = { "report.outcome_block", STYLE_BAD },
};

const char *
tell_outcome(struct arena *arena, enum lang lang, enum outcome outcome)
{
	return SAY(arena, lang, outcomes[outcome].id);
}

enum style
outcome_style(enum outcome outcome)
{
	return outcomes[outcome].style;
}

const char *
tell_department(struct arena *arena, enum lang lang,
    const struct office *office, const char *id)
{
	const struct department *department =
	    office == NULL ? NULL : office_department(office, id);

	if (department == NULL)
		return id;
	return SAY(arena, lang, "report.department",
	    text_in(&department->name, lang), id);
}

const char *
department_of(struct arena *arena, const char *release)
{
	return arena_strndup(arena, release, strcspn(release, "/"));
}

const struct zone *
report_zone(const struct report *report)
{
	struct zone *zone = NULL;

	if (report->zone != NULL || report->office == NULL ||
	    report->office->timezone == NULL)
		return report->zone;
	if (zone_open(report->arena, report->office->timezone, &zone) != NULL)
		return NULL;
	return zone;
}

struct local
clock_of(const struct zone *zone, struct instant instant)
{
	int64_t day;

	if (zone != NULL)
		return zone_local(zone, instant);
	day = instant.s / 86400 - (instant.s % 86400 < 0);
	return (struct local){ { (int32_t)day },
		(int)((instant.s - day * 86400) / 60) };
}

struct moment
moment_on(
    const struct zone *zone, const struct moment *moment, struct instant start)
{
	struct moment on = *moment;

	if (moment->precision != PRECISION_INSTANT || zone == NULL)
		return on;
	on.start = zone_local(zone, start);
	on.last = on.start.day;
	return on;
}
