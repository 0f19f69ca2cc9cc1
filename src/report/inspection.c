#include <string.h>

#include <yugao/arena.h>
#include <yugao/inspect.h>

#include "document.h"
#include "portals.h"
#include "text.h"
#include "words.h"

#define SHOWN 20

static const char *
counted(const struct report *report, const struct inspected *portal)
{
	struct buf buf;
	int found;

	if (!portal->readable)
		return TOLD(report, "report.found_unreadable");
	buf_init(&buf, report->arena);
	for (found = FOUND_SAME; found < FOUND_KINDS; found++) {
		if (portal->n[found] == 0 && found != FOUND_SAME)
			continue;
		buf_puts(&buf, buf.len > 0 ? " · " : "");
		buf_puts(&buf,
		    TOLD(report,
			arena_printf(report->arena, "report.found_%s",
			    found_name((enum found)found)),
			arena_printf(report->arena, "%zu", portal->n[found])));
	}
	return buf.data;
}

static bool
is_well(const struct inspected *portal)
{
	return portal->n[FOUND_MISSING] + portal->n[FOUND_ALTERED] +
		   portal->n[FOUND_STALE] + portal->n[FOUND_UNREAD] ==
	       0;
}

static void
print_findings(const struct report *report, const struct inspection *inspection,
    const struct inspected *portal)
{
	size_t shown = 0, hidden = 0, i;

	for (i = 0; i < inspection->n; i++) {
		const struct discrepancy *finding = &inspection->v[i];

		if (strcmp(finding->portal, portal->portal) != 0)
			continue;
		if (shown++ >= SHOWN && !report->verbose) {
			hidden++;
			continue;
		}
		text_line(report,
		    finding->found == FOUND_FOREIGN ? STYLE_DIM : STYLE_BAD, 4,
		    TOLD(report,
			arena_printf(report->arena, "report.finding_%s",
			    found_name(finding->found)),
			finding->path));
		if (finding->problem != NULL)
			text_line(report, STYLE_NONE, 6,
			    problem_words(
				report, finding->portal, finding->problem));
	}
	if (hidden > 0)
		text_line(report, STYLE_NONE, 4,
		    TOLD(report, "report.and_more",
			arena_printf(report->arena, "%zu", hidden)));
}

static void
print_inspection(const struct report *report,
    const struct inspection *inspection, const struct outbox_run *repair,
    size_t items)
{
	size_t i;

	for (i = 0; i < inspection->portals.n; i++) {
		const struct inspected *portal = &inspection->portals.v[i];

		if (report->quiet && is_well(portal))
			continue;
		text_styled(report, STYLE_BOLD, portal->portal);
		fputs("  ", report->terminal.out);
		text_styled(report, is_well(portal) ? STYLE_GOOD : STYLE_BAD,
		    counted(report, portal));
		fputc('\n', report->terminal.out);
		if (portal->readable && !portal->listed)
			text_line(report, STYLE_DIM, 2,
			    TOLD(report, "report.found_not_listed"));
		print_findings(report, inspection, portal);
	}
	if (repair != NULL && !report->quiet)
		text_line(report, STYLE_NONE, 0,
		    TOLD(report, "report.repaired",
			arena_printf(report->arena, "%zu", items),
			arena_printf(report->arena, "%zu", repair->accepted),
			arena_printf(report->arena, "%zu", repair->failed)));
}

static void
write_inspection(const struct report *report,
    const struct inspection *inspection, const struct outbox_run *repair,
    size_t items)
{
	struct document document;
	size_t i;
	int found;

	document_begin(&document, report, "yugao-verify-portals/1");
	document_array(&document, "portals");
	for (i = 0; i < inspection->portals.n; i++) {
		const struct inspected *portal = &inspection->portals.v[i];

		document_object(&document, NULL);
		document_string(&document, "portal", portal->portal);
		document_flag(&document, "readable", portal->readable);
		document_flag(&document, "listed", portal->listed);
		for (found = 0; found < FOUND_KINDS; found++)
			document_number(&document,
			    found_name((enum found)found),
			    (int64_t)portal->n[found]);
		document_close(&document);
	}
	document_close(&document);
	document_array(&document, "findings");
	for (i = 0; i < inspection->n; i++) {
		const struct discrepancy *finding = &inspection->v[i];

		document_object(&document, NULL);
		document_string(&document, "portal", finding->portal);
		document_string(&document, "path", finding->path);
		document_string(&document, "found", found_name(finding->found));
		document_string(&document, "problem",
		    problem_words(report, finding->portal, finding->problem));
		document_close(&document);
	}
	document_close(&document);
	if (repair != NULL) {
		document_object(&document, "repaired");
		document_number(&document, "items", (int64_t)items);
		document_number(
		    &document, "accepted", (int64_t)repair->accepted);
		document_number(&document, "failed", (int64_t)repair->failed);
		document_close(&document);
	}
	document_end(&document);
}

void
report_inspection(const struct report *report,
    const struct inspection *inspection, const struct outbox_run *repair,
    size_t items)
{
	(report->json ? write_inspection : print_inspection)(
	    report, inspection, repair, items);
}
