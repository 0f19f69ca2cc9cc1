/*
 * Acts that are still to be written, each file as it would stand.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>

#include "document.h"
#include "text.h"
#include "words.h"

/* One past the last draft of the same file. */
static size_t
end_of_file(const struct act_drafts *drafts, size_t i)
{
	size_t end = i + 1;

	while (end < drafts->n &&
	       strcmp(drafts->v[i].file, drafts->v[end].file) == 0)
		end++;
	return end;
}

/* Not wrapped: it is to be copied. */
static void
print_file(
    const struct report *report, const struct act_draft *drafts, size_t n)
{
	FILE *out = report->terminal.out;
	size_t i;

	text_styled(report, STYLE_BOLD, drafts->file);
	fprintf(out, "\n{ \"department\": \"%s\", \"year\": %d, \"acts\": [\n",
	    drafts->department, drafts->year);
	for (i = 0; i < n; i++)
		fprintf(
		    out, "  %s%s\n", drafts[i].json, i + 1 < n ? "," : " ] }");
}

static void
write_files(const struct report *report, const struct act_drafts *drafts,
    const struct diags *diags)
{
	struct document document;
	size_t i = 0, end;

	document_begin(&document, report, "yugao-draft-acts/1");
	document_diags(&document, report, diags);
	document_array(&document, "files");
	while (i < drafts->n) {
		document_object(&document, NULL);
		document_string(&document, "file", drafts->v[i].file);
		document_string(
		    &document, "department", drafts->v[i].department);
		document_number(&document, "year", drafts->v[i].year);
		document_array(&document, "acts");
		for (end = end_of_file(drafts, i); i < end; i++)
			document_raw(&document, NULL, drafts->v[i].json);
		document_close(&document);
		document_close(&document);
	}
	document_close(&document);
	document_end(&document);
}

void
report_act_drafts(const struct report *report, const struct act_drafts *drafts,
    const struct diags *diags)
{
	size_t i, end;

	if (report->json) {
		write_files(report, drafts, diags);
		return;
	}
	report_diags(report, diags);
	for (i = 0; i < drafts->n; i = end) {
		end = end_of_file(drafts, i);
		print_file(report, &drafts->v[i], end - i);
	}
	if (drafts->n == 0 && !report->quiet)
		text_line(report, STYLE_NONE, 0,
		    TOLD(report, "report.no_act_needed"));
}
