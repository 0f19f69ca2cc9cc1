/*
 * What publish, push or run did.
 */
#include <yugao/arena.h>
#include <yugao/watching.h>

#include "change.h"
#include "document.h"
#include "portals.h"
#include "text.h"
#include "watch.h"
#include "words.h"

static size_t
changed_files(const struct tree_files *files)
{
	size_t i, n = 0;

	for (i = 0; i < files->n; i++)
		n += files->v[i].changed;
	return n;
}

static size_t
waiting(const struct report_done *done)
{
	return done->outbox != NULL ? done->outbox->waiting : 0;
}

static size_t
blocked(const struct report_done *done)
{
	return done->changes != NULL ? done->changes->blocked : 0;
}

/* Nothing was said, nothing was sent, and nothing is left to do. */
static bool
is_idle(const struct report_done *done)
{
	return (done->changes == NULL || done->changes->n == 0) &&
	       (done->push == NULL ||
		   done->push->accepted + done->push->failed == 0) &&
	       waiting(done) == 0 && blocked(done) == 0;
}

static const char *
nothing(const struct report_done *done)
{
	if (done->push == NULL)
		return "report.said_nothing";
	return done->changes == NULL ? "report.sent_nothing"
				     : "report.did_nothing";
}

static void
print_announced(const struct report *report, const struct changes *changes)
{
	FILE *out = report->terminal.out;
	size_t i, n = 0;

	for (i = 0; i < changes->n; i++) {
		int year = changes->v[i].year;

		n += changes->v[i].kind != ENTRY_EDITION &&
		     changes->v[i].kind != ENTRY_PROFILE;
		if (changes->v[i].kind == ENTRY_EDITION)
			text_line(report, STYLE_NONE, 0,
			    TOLD(report, "report.edition",
				arena_printf(report->arena, "%d", year - 1),
				arena_printf(report->arena, "%d", year + 1)));
	}
	if (n > 0) {
		text_styled(report, STYLE_GOOD,
		    tell_count(
			report->arena, report->lang, "report.announced", n));
		fprintf(out, "  %s\n", changes_counted(report, changes));
	}
}

static void
print_files(const struct report *report, const struct tree_files *files)
{
	size_t i;

	if (files->n == 0)
		return;
	text_line(report, STYLE_NONE, 0,
	    TOLD(report, "report.files",
		tell_count(report->arena, report->lang, "report.files_changed",
		    changed_files(files)),
		arena_printf(report->arena, "%zu", files->n)));
	for (i = 0; report->verbose && i < files->n; i++)
		if (files->v[i].changed)
			text_line(report, STYLE_DIM, 2, files->v[i].path);
}

static void
print_push(const struct report *report, const struct outbox_run *push)
{
	FILE *out = report->terminal.out;

	if (push->accepted + push->failed == 0)
		return;
	fputs(tell_count(report->arena, report->lang, "report.delivered",
		  push->accepted),
	    out);
	if (push->failed > 0) {
		text_styled(report, STYLE_BAD,
		    tell_count(report->arena, report->lang,
			"report.not_delivered", push->failed));
	}
	fputc('\n', out);
}

static void
print_done(const struct report *report, const struct report_done *done)
{
	watch_print(report, done->watching);
	if (is_idle(done)) {
		if (!report->quiet)
			text_line(
			    report, STYLE_NONE, 0, TOLD(report, nothing(done)));
		return;
	}
	if (!report->quiet) {
		if (done->changes != NULL)
			print_announced(report, done->changes);
		if (done->files != NULL)
			print_files(report, done->files);
	}
	if (blocked(done) > 0)
		text_line(report, STYLE_BAD, 0,
		    tell_count(report->arena, report->lang, "report.held_back",
			blocked(done)));
	if (done->push != NULL && !report->quiet)
		print_push(report, done->push);
	if (done->outbox != NULL)
		portals_print(report, done->outbox, report->quiet);
}

static void
write_files(struct document *document, const struct tree_files *files)
{
	size_t i;

	document_object(document, "files");
	document_number(document, "total", (int64_t)files->n);
	document_array(document, "changed");
	for (i = 0; i < files->n; i++)
		if (files->v[i].changed)
			document_string(document, NULL, files->v[i].path);
	document_close(document);
	document_close(document);
}

static void
write_done(const struct report *report, const struct report_done *done)
{
	struct document document;

	document_begin(&document, report, "yugao-run/1");
	document_diags(&document, report, done->diags);
	if (done->watching != NULL && done->watching->looked > 0)
		watch_write(&document, done->watching);
	if (done->changes != NULL) {
		document_object(&document, "announced");
		changes_document(&document, done->changes);
		document_close(&document);
	}
	if (done->files != NULL)
		write_files(&document, done->files);
	if (done->push != NULL) {
		document_object(&document, "deliveries");
		document_number(
		    &document, "accepted", (int64_t)done->push->accepted);
		document_number(
		    &document, "failed", (int64_t)done->push->failed);
		document_close(&document);
	}
	if (done->outbox != NULL)
		portals_document(&document, report, done->outbox);
	document_end(&document);
}

void
report_done(const struct report *report, const struct report_done *done)
{
	if (report->json) {
		write_done(report, done);
		return;
	}
	report_diags(report, done->diags);
	print_done(report, done);
}
