/*
 * What comes next, and what the portals still lack.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "document.h"
#include "portals.h"
#include "text.h"
#include "words.h"

static bool
is_sooner(const struct entry *a, const struct entry *b)
{
	if (a->start.s != b->start.s)
		return a->start.s < b->start.s;
	return strcmp(a->release, b->release) < 0;
}

/* A day or window that has begun is still to come until it is over. */
static bool
is_to_come(
    const struct zone *zone, const struct entry *entry, struct instant now)
{
	if ((entry->status != SAID_TENTATIVE &&
		entry->status != SAID_CONFIRMED) ||
	    entry->when.precision == PRECISION_NONE)
		return false;
	if (entry->when.precision == PRECISION_INSTANT)
		return entry->start.s >= now.s;
	return entry->when.last.n >= clock_of(zone, now).day.n;
}

static size_t
next_releases(const struct zone *zone, const struct view *view,
    struct instant now, size_t found[REPORT_NEXT])
{
	size_t n = 0, i, at;

	for (i = 0; i < view->n; i++) {
		const struct entry *entry = &view->v[i];

		if (!is_to_come(zone, entry, now) ||
		    (n == REPORT_NEXT &&
			!is_sooner(entry, &view->v[found[n - 1]])))
			continue;
		if (n < REPORT_NEXT)
			n++;
		for (at = n - 1;
		     at > 0 && is_sooner(entry, &view->v[found[at - 1]]); at--)
			found[at] = found[at - 1];
		found[at] = i;
	}
	return n;
}

size_t
report_next(const struct report *report, const struct view *view,
    struct instant now, size_t found[REPORT_NEXT])
{
	return next_releases(report_zone(report), view, now, found);
}

/* Of the column of times; windows are wider than days. */
static int
when_width(const struct report *report, const struct zone *zone,
    const struct view *view, const size_t *found, size_t n)
{
	int width = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct entry *entry = &view->v[found[i]];
		struct moment when =
		    moment_on(zone, &entry->when, entry->start);
		int needed =
		    text_width(tell_row(report->arena, report->lang, &when));

		width = needed > width ? needed : width;
	}
	return width;
}

static void
print_release(const struct report *report, const struct zone *zone,
    const struct entry *entry, struct day today, int width)
{
	struct moment when = moment_on(zone, &entry->when, entry->start);
	int days = when.start.day.n - today.n;
	FILE *out = report->terminal.out;
	const char *title =
	    tell_entry_title(report->arena, report->lang, entry);

	fputs("  ", out);
	text_padded(report, STYLE_BOLD,
	    tell_row(report->arena, report->lang, &when), width);
	fputs("  ", out);
	text_padded(report, STYLE_DIM,
	    days <= 0 ? TOLD(report, "report.today")
		      : tell_count(report->arena, report->lang,
			    "report.in_days", (size_t)days),
	    report->lang == LANG_ZH ? 9 : 11);
	fprintf(out, "  %s", title);
	if (entry->status == SAID_TENTATIVE) {
		fputs("  ", out);
		text_styled(
		    report, STYLE_DIM, TOLD(report, "report.tentative"));
	}
	if (title != entry->release) {
		fputs("  ", out);
		text_styled(report, STYLE_DIM, entry->release);
	}
	fputc('\n', out);
}

static void
print_attempt(const struct report *report, const struct zone *zone,
    const struct attempt *attempt)
{
	FILE *out = report->terminal.out;
	bool good = attempt->status >= 200 && attempt->status < 300;

	fprintf(out, "  %s  %s  ",
	    tell_clock(report->arena, clock_of(zone, attempt->at)),
	    attempt->portal);
	text_styled(report, good ? STYLE_GOOD : STYLE_BAD,
	    attempt->status > 0
		? arena_printf(report->arena, "%d", attempt->status)
		: "---");
	fprintf(out, "  %5lld ms  %8lld B  %s\n", (long long)attempt->ms,
	    (long long)attempt->bytes, attempt->path);
	if (attempt->problem != NULL && *attempt->problem != '\0')
		text_line(report, STYLE_BAD, 6,
		    TOLD(report, "report.portal_problem",
			problem_words(
			    report, attempt->portal, attempt->problem)));
	if (attempt->detail != NULL)
		text_line(report, STYLE_DIM, 6,
		    TOLD(report, "report.attempt_detail", attempt->detail));
}

static void
print_status(const struct report *report, const struct view *view,
    const struct outbox_status *outbox, const struct attempt *attempts,
    size_t n_attempts, struct instant now)
{
	const struct zone *zone = report_zone(report);
	struct day today = clock_of(zone, now).day;
	size_t found[REPORT_NEXT], n, i;
	FILE *out = report->terminal.out;
	int width;

	n = next_releases(zone, view, now, found);
	text_line(report, STYLE_BOLD, 0, TOLD(report, "report.next_title"));
	if (n == 0)
		text_line(report, STYLE_NONE, 2,
		    TOLD(report, view->n == 0 ? "report.next_never"
					      : "report.next_none"));
	width = when_width(report, zone, view, found, n);
	for (i = 0; i < n; i++)
		print_release(report, zone, &view->v[found[i]], today, width);
	fputc('\n', out);
	text_line(report, STYLE_BOLD, 0, TOLD(report, "report.portals_title"));
	if (outbox->n == 0)
		text_line(
		    report, STYLE_NONE, 2, TOLD(report, "report.portals_none"));
	portals_print(report, outbox, false);
	if (!report->verbose || n_attempts == 0)
		return;
	fputc('\n', out);
	text_line(report, STYLE_BOLD, 0, TOLD(report, "report.attempts_title"));
	for (i = 0; i < n_attempts; i++)
		print_attempt(report, zone, &attempts[i]);
}

static void
write_status(const struct report *report, const struct view *view,
    const struct outbox_status *outbox, const struct attempt *attempts,
    size_t n_attempts, struct instant now)
{
	struct document document;
	size_t found[REPORT_NEXT], n, i;

	document_begin(&document, report, "yugao-status/1");
	document_instant(&document, "now", now);
	n = next_releases(report_zone(report), view, now, found);
	document_array(&document, "releases");
	for (i = 0; i < n; i++) {
		const struct entry *entry = &view->v[found[i]];

		document_object(&document, NULL);
		document_string(&document, "release", entry->release);
		document_string(&document, "department",
		    department_of(report->arena, entry->release));
		if (entry->said != NULL)
			document_string(&document, "title",
			    tell_entry_title(
				report->arena, report->lang, entry));
		document_moment(&document, &entry->when, &entry->start);
		document_string(
		    &document, "status", said_status_name(entry->status));
		document_number(&document, "sequence", entry->sequence);
		document_close(&document);
	}
	document_close(&document);
	portals_document(&document, report, outbox);
	document_array(&document, "attempts");
	for (i = 0; i < n_attempts; i++) {
		const struct attempt *attempt = &attempts[i];

		document_object(&document, NULL);
		document_instant(&document, "at", attempt->at);
		document_string(&document, "portal", attempt->portal);
		document_string(&document, "path", attempt->path);
		document_number(&document, "status", attempt->status);
		document_number(&document, "ms", attempt->ms);
		document_number(&document, "bytes", attempt->bytes);
		document_string(&document, "problem",
		    problem_words(report, attempt->portal, attempt->problem));
		document_string(&document, "detail", attempt->detail);
		document_close(&document);
	}
	document_end(&document);
}

void
report_status(const struct report *report, const struct view *view,
    const struct outbox_status *outbox, const struct attempt *attempts,
    size_t n_attempts, struct instant now)
{
	(report->json ? write_status : print_status)(
	    report, view, outbox, attempts, n_attempts, now);
}
