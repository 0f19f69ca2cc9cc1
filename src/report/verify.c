#include <yugao/arena.h>
#include <yugao/checkpoint.h>

#include "document.h"
#include "text.h"
#include "words.h"

static void
write_checkpoint(struct document *document, const char *key,
    const struct checkpoint *checkpoint)
{
	char hex[DIGEST_HEX_SIZE];

	if (checkpoint == NULL)
		return;
	document_object(document, key);
	document_number(document, "entries", checkpoint->head.id);
	document_string(
	    document, "head", digest_hex(hex, &checkpoint->head.hash));
	document_instant(document, "at", checkpoint->head.at);
	document_string(document, "office", checkpoint->office);
	document_close(document);
}

static void
write_verified(
    const struct report *report, const struct report_verified *verified)
{
	struct document document;
	char hex[DIGEST_HEX_SIZE];

	document_begin(&document, report, "yugao-verify/1");
	document_flag(&document, "good", verified->diags->errors == 0);
	document_number(&document, "entries", verified->head.id);
	document_string(
	    &document, "head", digest_hex(hex, &verified->head.hash));
	document_number(&document, "records", verified->records);
	document_number(&document, "files", (int64_t)verified->files);
	write_checkpoint(&document, "published", verified->published);
	write_checkpoint(&document, "kept", verified->kept);
	document_diags(&document, report, verified->diags);
	document_end(&document);
}

static const char *
number(const struct report *report, int64_t n)
{
	return arena_printf(report->arena, "%lld", (long long)n);
}

static const char *
told_at(const struct report *report, struct instant at)
{
	return tell_clock(report->arena, clock_of(report_zone(report), at));
}

static void
print_checkpoint(const struct report *report, const char *id,
    const struct checkpoint *checkpoint)
{
	if (checkpoint != NULL)
		text_line(report, STYLE_NONE, 0,
		    TOLD(report, id, number(report, checkpoint->head.id),
			told_at(report, checkpoint->head.at)));
}

void
report_verified(
    const struct report *report, const struct report_verified *verified)
{
	char hex[DIGEST_HEX_SIZE];

	if (report->json) {
		write_verified(report, verified);
		return;
	}
	report_diags(report, verified->diags);
	if (verified->diags->errors > 0) {
		text_line(report, STYLE_BAD, 0,
		    tell_count(report->arena, report->lang, "report.verify_bad",
			verified->diags->errors));
		return;
	}
	if (report->quiet)
		return;
	text_line(report, STYLE_GOOD, 0,
	    TOLD(report, "report.verify_good",
		number(report, verified->head.id),
		number(report, verified->records),
		number(report, (int64_t)verified->files)));
	if (verified->head.id > 0)
		fprintf(report->terminal.out, "%s\n",
		    TOLD(report, "report.verify_head",
			digest_hex(hex, &verified->head.hash)));
	print_checkpoint(
	    report, "report.verify_published", verified->published);
	print_checkpoint(report, "report.verify_kept", verified->kept);
	if (verified->published == NULL)
		text_line(report, STYLE_DIM, 0,
		    TOLD(report, "report.verify_unsigned"));
}
