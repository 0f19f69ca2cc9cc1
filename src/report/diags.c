#include <string.h>

#include <yugao/arena.h>

#include "document.h"
#include "text.h"

static struct diags
sorted(const struct report *report, const struct diags *diags)
{
	struct diags copy = *diags;

	copy.v =
	    arena_copy(report->arena, diags->v, diags->n * sizeof(*diags->v));
	copy.cap = copy.n;
	diags_sort(&copy);
	return copy;
}

/*
 * The place stands out and the level has its colour; diag_text() joins place,
 * level and sentence, so that they are found again from its end.
 */
static void
print_diag(const struct report *report, const struct terminal *terminal,
    const struct diag *diag)
{
	static const enum style styles[] = {
		[DIAG_ERROR] = STYLE_BAD,
		[DIAG_WARNING] = STYLE_WARN,
		[DIAG_NOTE] = STYLE_DIM,
	};
	struct diag bare = *diag;
	const char *text = diag_text(report->arena, report->lang, diag);
	const char *sentence =
	    message_text(report->arena, report->lang, &diag->message);
	const char *level;
	size_t place, mark;

	bare.place.file = NULL;
	level = diag_text(report->arena, report->lang, &bare);
	place = strlen(text) - strlen(level);
	mark = strlen(level) - strlen(sentence);
	fprintf(terminal->out, "%s%.*s%s%s%.*s%s%s\n",
	    style_on(terminal, STYLE_BOLD), (int)place, text,
	    style_off(terminal), style_on(terminal, styles[diag->level]),
	    (int)mark, level, style_off(terminal), sentence);
}

static void
write_diag(struct document *document, const struct report *report,
    const struct diag *diag)
{
	static const char *const levels[] = {
		[DIAG_ERROR] = "error",
		[DIAG_WARNING] = "warning",
		[DIAG_NOTE] = "note",
	};

	document_object(document, NULL);
	document_string(document, "level", levels[diag->level]);
	document_string(document, "file", diag->place.file);
	if (diag->place.line > 0)
		document_number(document, "line", diag->place.line);
	if (diag->place.line > 0 && diag->place.col > 0)
		document_number(document, "col", diag->place.col);
	document_string(document, "cell", diag->place.cell);
	document_string(document, "department", diag->department);
	document_string(document, "id", diag->message.id);
	document_string(document, "message",
	    message_text(report->arena, report->lang, &diag->message));
	document_close(document);
}

void
document_diags(struct document *document, const struct report *report,
    const struct diags *diags)
{
	size_t i;

	document_array(document, "diagnostics");
	if (diags != NULL && diags->n > 0) {
		struct diags copy = sorted(report, diags);

		for (i = 0; i < copy.n; i++)
			write_diag(document, report, &copy.v[i]);
	}
	document_close(document);
}

void
report_diags(const struct report *report, const struct diags *diags)
{
	struct terminal terminal;
	struct diags copy;
	size_t i;

	if (diags == NULL || diags->n == 0)
		return;
	if (report->json) {
		struct document document;

		document_begin(&document, report, "yugao-diagnostics/1");
		document_diags(&document, report, diags);
		document_end(&document);
		return;
	}
	/* What was printed before must not come after. */
	fflush(report->terminal.out);
	terminal = terminal_open(stderr, report->color, report->quiet);
	copy = sorted(report, diags);
	for (i = 0; i < copy.n; i++)
		if (!report->quiet || copy.v[i].level == DIAG_ERROR)
			print_diag(report, &terminal, &copy.v[i]);
}
