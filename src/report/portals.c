#include "portals.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/deadline.h>

#include "text.h"
#include "words.h"

#define DEADLINES_SHOWN 10

static bool
lacks(const struct portal_status *portal)
{
	return portal->queued + portal->refused + portal->held > 0;
}

static const char *
counted(const struct report *report, const struct portal_status *portal)
{
	const struct {
		const char *id;
		size_t n;
		bool always;
	} states[] = {
		{ "report.portal_accepted", portal->accepted, true },
		{ "report.portal_queued", portal->queued, true },
		{ "report.portal_held", portal->held, false },
		{ "report.portal_refused", portal->refused, false },
	};
	struct buf buf;
	size_t i;

	buf_init(&buf, report->arena);
	for (i = 0; i < COUNT(states); i++) {
		if (states[i].n == 0 && !states[i].always)
			continue;
		buf_puts(&buf, buf.len > 0 ? " · " : "");
		buf_puts(&buf, tell_count(report->arena, report->lang,
				   states[i].id, states[i].n));
	}
	return buf.data;
}

static void
print_portal(
    const struct report *report, const struct portal_status *portal, int width)
{
	const struct zone *zone = report_zone(report);
	FILE *out = report->terminal.out;

	fputs("  ", out);
	text_padded(report, STYLE_BOLD, portal->portal, width);
	fputs("  ", out);
	text_styled(report, lacks(portal) ? STYLE_WARN : STYLE_GOOD,
	    counted(report, portal));
	if (portal->queued > 0 && portal->has_next)
		fprintf(out, "  %s",
		    TOLD(report, "report.portal_next",
			tell_clock(
			    report->arena, clock_of(zone, portal->next))));
	fputc('\n', out);
	/* What has been overcome is no problem any more. */
	if (portal->problem != NULL && lacks(portal))
		text_line(report, STYLE_BAD, width + 4,
		    TOLD(report, "report.portal_problem",
			problem_words(
			    report, portal->portal, portal->problem)));
	if (portal->held_by.s > 0)
		text_line(report, STYLE_WARN, width + 4,
		    TOLD(report, "report.portal_on_hold",
			tell_clock(
			    report->arena, clock_of(zone, portal->held_by)),
			portal->portal));
	else if (portal->open.s > 0)
		text_line(report, STYLE_NONE, width + 4,
		    TOLD(report, "report.portal_open",
			tell_clock(report->arena, clock_of(zone, portal->open)),
			arena_printf(report->arena, "%d", portal->failures)));
	if (portal->held > 0)
		text_line(report, STYLE_NONE, width + 4,
		    TOLD(report, "report.portal_held_why"));
	if (portal->refused > portal->damaged)
		text_line(report, STYLE_NONE, width + 4,
		    TOLD(report, "report.portal_refused_why"));
}

static const char *
left(const struct report *report, const struct deadline *deadline)
{
	static const char *const ids[] = {
		[MARK_PAST] = "report.unconfirmed_past",
		[MARK_LAST] = "report.unconfirmed_last",
		[MARK_FIRST] = "report.unconfirmed_first",
	};

	return TOLD(report, ids[deadline->mark],
	    tell_clock(
		report->arena, clock_of(report_zone(report), deadline->due)),
	    deadline->portal, deadline->release);
}

/* What is nearest stands above; a long list says how long it is. */
static void
print_deadlines(const struct report *report, const struct deadlines *deadlines)
{
	size_t most = report->verbose ? deadlines->n : DEADLINES_SHOWN, i;

	text_line(report, STYLE_BAD, 0,
	    tell_count(report->arena, report->lang, "report.unconfirmed",
		deadlines->n));
	for (i = 0; i < deadlines->n && i < most; i++)
		text_line(report, STYLE_BAD, 2, left(report, &deadlines->v[i]));
	if (i < deadlines->n)
		text_line(report, STYLE_NONE, 2,
		    TOLD(report, "report.and_more",
			arena_printf(report->arena, "%zu", deadlines->n - i)));
}

void
portals_print(const struct report *report, const struct outbox_status *outbox,
    bool lacking)
{
	int width = 0, needed;
	size_t i;

	for (i = 0; i < outbox->n; i++) {
		needed = text_width(outbox->v[i].portal);
		width = needed > width ? needed : width;
	}
	for (i = 0; i < outbox->n; i++)
		if (!lacking || lacks(&outbox->v[i]))
			print_portal(report, &outbox->v[i], width);
	if (outbox->deadlines != NULL && outbox->deadlines->n > 0)
		print_deadlines(report, outbox->deadlines);
}

const char *
problem_words(
    const struct report *report, const char *portal, const char *problem)
{
	const struct office *office = report->office;
	const char *place = portal;
	size_t i;

	if (problem == NULL || problem[0] != '@')
		return problem;
	for (i = 0; office != NULL && i < office->n_portals; i++)
		if (strcmp(office->portals[i].id, portal) == 0)
			place = office->portals[i].url != NULL
				    ? office->portals[i].url
				    : portal;
	return TOLD(report, problem + 1, place);
}

static void
add_instant(struct document *document, const char *key, struct instant at)
{
	if (at.s > 0)
		document_instant(document, key, at);
}

static void
deadlines_document(struct document *document, const struct deadlines *deadlines)
{
	static const char *const marks[] = {
		[MARK_PAST] = "past",
		[MARK_LAST] = "2h",
		[MARK_FIRST] = "24h",
	};
	size_t i;

	document_array(document, "unconfirmed");
	for (i = 0; i < deadlines->n; i++) {
		const struct deadline *deadline = &deadlines->v[i];

		document_object(document, NULL);
		document_string(document, "portal", deadline->portal);
		document_string(document, "release", deadline->release);
		document_instant(document, "due", deadline->due);
		document_string(document, "within", marks[deadline->mark]);
		document_close(document);
	}
	document_close(document);
}

void
portals_document(struct document *document, const struct report *report,
    const struct outbox_status *outbox)
{
	size_t i;

	document_array(document, "portals");
	for (i = 0; i < outbox->n; i++) {
		const struct portal_status *portal = &outbox->v[i];

		document_object(document, NULL);
		document_string(document, "portal", portal->portal);
		document_number(
		    document, "accepted", (int64_t)portal->accepted);
		document_number(document, "queued", (int64_t)portal->queued);
		document_number(document, "held", (int64_t)portal->held);
		document_number(document, "refused", (int64_t)portal->refused);
		if (portal->has_next)
			document_instant(document, "next", portal->next);
		document_string(document, "problem",
		    problem_words(report, portal->portal, portal->problem));
		document_flag(document, "required", portal->required);
		document_number(document, "failures", portal->failures);
		add_instant(document, "open", portal->open);
		add_instant(document, "onHold", portal->held_by);
		add_instant(document, "oldest", portal->oldest);
		add_instant(document, "newest", portal->newest);
		document_close(document);
	}
	document_close(document);
	if (outbox->deadlines != NULL)
		deadlines_document(document, outbox->deadlines);
	document_number(document, "waiting", (int64_t)outbox->waiting);
}
