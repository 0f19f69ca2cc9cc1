/* The year in one page, for the report of the year (C19, I5). */
#include "compliance.h"

#include <string.h>

#include <yugao/arena.h>

#include "paper.h"
#include "words.h"

/* "应发布 520 项，…" with numbers of the counts in their place. */
static const char *
number(struct arena *arena, size_t n)
{
	return arena_printf(arena, "%zu", n);
}

struct digesting {
	const struct report *report;
	const struct compliance *now, *before;
	struct strings *out;
};

#define N(field) number(arena, now->field)
#define TELL(id, ...) \
	ARRAY_PUSH(arena, digesting->out, SAY(arena, lang, id, __VA_ARGS__))

static void
tell_punctuality(const struct digesting *digesting)
{
	const struct compliance *now = digesting->now;
	const struct compliance *before = digesting->before;
	struct arena *arena = digesting->report->arena;
	enum lang lang = digesting->report->lang;

	TELL("digest.punctuality", N(items), N(judged), N(on_time),
	    percent(arena, now->on_time, now->judged), N(late), N(missed),
	    N(early), N(called_off));
	if (before->judged > 0)
		TELL("digest.before",
		    percent(arena, before->on_time, before->judged));
	if (now->unrecorded > 0)
		TELL("digest.unrecorded", N(unrecorded));
}

static void
tell_changes(const struct digesting *digesting)
{
	const struct compliance *now = digesting->now;
	struct arena *arena = digesting->report->arena;
	enum lang lang = digesting->report->lang;

	TELL("digest.notice", N(first), N(first_enough),
	    percent(arena, now->first_enough, now->first), N(first_short),
	    N(first_after));
	TELL("digest.changes", N(changes), N(by_kind[COUNTED_EARLIER]),
	    N(by_kind[COUNTED_LATER]), N(by_kind[COUNTED_TIME]),
	    N(by_kind[COUNTED_POSTPONED]), N(by_kind[COUNTED_CANCELLED]));
	TELL("digest.change_notice", N(notice_enough), N(notice_short),
	    N(notice_after), N(unreasoned));
}

static void
tell_rest(const struct digesting *digesting)
{
	const struct compliance *now = digesting->now;
	struct arena *arena = digesting->report->arena;
	enum lang lang = digesting->report->lang;

	TELL("digest.withheld", N(withheld), N(grounded));
	if (now->copies_due > 0)
		TELL("digest.copies", N(copies_due), N(copied_in_time),
		    percent(arena, now->copied_in_time, now->copies_due),
		    N(copy_breach), N(acknowledged));
}

/* How many departments had no fault of this kind. */
static void
tell_departments(
    const struct digesting *digesting, const struct compliance_table *table)
{
	struct arena *arena = digesting->report->arena;
	enum lang lang = digesting->report->lang;
	size_t all = 0, whole = 0, silent = 0, i;

	for (i = 0; i < table->n; i++) {
		const struct compliance *c = &table->v[i];

		if (c->outside)
			continue;
		all++;
		silent += c->items == 0 && c->withheld == 0;
		whole += c->judged > 0 && c->on_time == c->judged;
	}
	TELL("digest.departments", number(arena, all), number(arena, whole),
	    number(arena, silent));
}

const struct error *
report_digest(const struct report *report,
    const struct report_compliance *compliance, const struct showing *showing)
{
	struct arena *arena = report->arena;
	const struct standing *office = &compliance->facts->office;
	const struct standing_parameter *due =
	    standing_parameter(office, "trace.annual_digest_due");
	struct reporting period = compliance->now->period;
	struct paper paper = { .title = SAY(arena, report->lang, "digest.title",
				   tell_reporting(arena, report->lang, period)),
		.subtitle = SAY(arena, report->lang, "digest.subtitle",
		    text_in(&office->name, report->lang),
		    tell_clock(arena, clock_of(report_zone(report),
					  compliance->facts->as_of))) };
	struct digesting digesting = { report, &compliance->now->total,
		&compliance->before->total, &paper.lead };

	if (report->json)
		return report_compliance(report, compliance, showing);
	tell_departments(&digesting, compliance->now);
	tell_punctuality(&digesting);
	tell_changes(&digesting);
	tell_rest(&digesting);
	ARRAY_PUSH(arena, &paper.foot,
	    SAY(arena, report->lang, "digest.due",
		arena_printf(arena, "%d-%s", period.year + 1,
		    due != NULL && due->string != NULL ? due->string
						       : "01-31")));
	ARRAY_PUSH(
	    arena, &paper.foot, SAY(arena, report->lang, "compliance.no_days"));
	ARRAY_PUSH(arena, &paper.foot,
	    SAY(arena, report->lang, "compliance.reproducible"));
	return paper_show(report, &paper, showing, compliance->facts->as_of);
}
