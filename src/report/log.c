#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "document.h"
#include "text.h"
#include "words.h"

#define KIND_WIDTH 15
#define WHEN_WIDTH 21

static void
write_entry(const struct report *report, const struct entry *entry)
{
	struct document document;
	char hex[DIGEST_HEX_SIZE];

	document_begin(&document, report, "yugao-log/1");
	document_number(&document, "id", entry->id);
	document_string(&document, "kind", entry_kind_name(entry->kind));
	document_instant(&document, "at", entry->at);
	document_string(&document, "policy", entry->policy);
	if (entry->kind == ENTRY_EDITION) {
		document_number(&document, "year", entry->year);
		document_end(&document);
		return;
	}
	document_string(&document, "release", entry->release);
	document_number(&document, "sequence", entry->sequence);
	if (entry->kind != ENTRY_PROFILE) {
		document_string(
		    &document, "status", said_status_name(entry->status));
		document_moment(&document, &entry->when, &entry->start);
	}
	document_string(&document, "digest", digest_hex(hex, &entry->digest));
	if (entry->said != NULL)
		document_raw(&document, "said", entry->said);
	document_end(&document);
}

static void
print_entry(const struct report *report, const struct entry *entry)
{
	const struct zone *zone = report_zone(report);
	const char *at = tell_clock(report->arena, clock_of(zone, entry->at));
	FILE *out = report->terminal.out;
	const char *title;
	struct moment when;

	text_padded(report, STYLE_DIM, at, 0);
	fputs("  ", out);
	text_padded(report, STYLE_NONE,
	    tell_kind(report->arena, report->lang, entry->kind),
	    report->lang == LANG_ZH ? 6 : KIND_WIDTH);
	if (entry->kind == ENTRY_EDITION) {
		fprintf(out, "%s\n",
		    TOLD(report, "report.edition",
			arena_printf(report->arena, "%d", entry->year - 1),
			arena_printf(report->arena, "%d", entry->year + 1)));
		return;
	}
	when = moment_on(zone, &entry->when, entry->start);
	text_padded(report, STYLE_BOLD,
	    entry->kind == ENTRY_PROFILE
		? ""
		: tell_row(report->arena, report->lang, &when),
	    WHEN_WIDTH);
	fprintf(out, "  #%d  %s", entry->sequence, entry->release);
	title = tell_entry_title(report->arena, report->lang, entry);
	if (title != entry->release)
		fprintf(out, "  %s", title);
	fputc('\n', out);
}

void
report_log(const struct report *report, const struct entry *entries, size_t n)
{
	struct arena *arena = arena_new();
	struct report line = report_with(report, arena);
	size_t i;

	for (i = 0; i < n; i++) {
		if (report->json)
			write_entry(&line, &entries[i]);
		else
			print_entry(&line, &entries[i]);
		arena_reset(arena);
	}
	arena_free(arena);
}
