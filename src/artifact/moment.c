#include "moment.h"

#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>

#define DAY_SECONDS 86400

const char *
precision_name(enum precision precision)
{
	static const char *const names[] = {
		[PRECISION_INSTANT] = "instant",
		[PRECISION_DATE] = "date",
		[PRECISION_MONTH] = "month",
		[PRECISION_WINDOW] = "window",
		[PRECISION_NLT] = "no-later-than",
		[PRECISION_NONE] = "none",
	};

	return names[precision];
}

const char *
moment_iso(char out[MOMENT_SIZE], const struct moment *moment)
{
	char start[DAY_SIZE], last[DAY_SIZE], minute[DAY_SIZE];

	day_format(start, moment->start.day);
	if (moment->precision == PRECISION_INSTANT)
		snprintf(out, MOMENT_SIZE, "%sT%s", start,
		    minute_format(minute, moment->start.minute));
	else if (moment->last.n == moment->start.day.n)
		snprintf(out, MOMENT_SIZE, "%s", start);
	else
		snprintf(out, MOMENT_SIZE, "%s/%s", start,
		    day_format(last, moment->last));
	return out;
}

static int64_t
from_utc(const struct announcement *a)
{
	int minute = a->when.start.minute == NO_TIME ? 0 : a->when.start.minute;

	return (int64_t)a->when.start.day.n * DAY_SECONDS +
	       (int64_t)minute * 60 - a->start.s;
}

struct moment
words_local(const struct announcement *a, struct instant instant)
{
	int64_t s = instant.s + from_utc(a);
	struct moment when = { .precision = PRECISION_INSTANT };

	when.start.day.n = (int32_t)(s / DAY_SECONDS);
	when.start.minute = (int)(s % DAY_SECONDS / 60);
	when.last = when.start.day;
	return when;
}

int64_t
words_notice_days(const struct announcement *a, const struct entry *entry)
{
	return a->when.start.day.n - (entry->at.s + from_utc(a)) / DAY_SECONDS;
}

bool
words_has_notice(const struct announcement *a)
{
	return a->status != SAID_CANCELLED && a->status != SAID_POSTPONED &&
	       a->status != SAID_RELEASED;
}

const char *
words_page(struct arena *arena, enum lang lang, const struct announcement *a,
    const char *pages)
{
	return arena_printf(arena, "%s%sreleases/%s/", pages,
	    lang == LANG_EN ? "en/" : "", a->release);
}

const char *
words_series_page(struct arena *arena, enum lang lang,
    const struct announcement *a, const char *pages)
{
	return arena_printf(arena, "%s%sseries/%s/%s/", pages,
	    lang == LANG_EN ? "en/" : "", a->department, a->series);
}

const char *
words_kind(struct arena *arena, enum lang lang, enum entry_kind kind)
{
	char *id =
	    arena_printf(arena, "artifact.change_%s", entry_kind_name(kind));
	char *dash;

	while ((dash = strchr(id, '-')) != NULL)
		*dash = '_';
	return SAY(arena, lang, id);
}
