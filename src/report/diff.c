/*
 * What publish would say, a line a change: by department, in order of time.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "change.h"
#include "document.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

/* Where titles begin, so that they line up in one department. */
struct columns {
	int kind, before, when;
};

struct line {
	const struct change *change;
	struct moment when;
	const char *before, *now; /* before is NULL if the time stays */
};

struct lines {
	struct line *v;
	size_t n, cap;
	struct columns columns;
};

static int
compare_lines(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	struct local p = x->when.start, q = y->when.start;

	if (p.day.n != q.day.n)
		return p.day.n < q.day.n ? -1 : 1;
	if (p.minute != q.minute)
		return p.minute < q.minute ? -1 : 1;
	return strcmp(x->change->release, y->change->release);
}

static void
widen(int *width, const char *text)
{
	int needed = text == NULL ? 0 : text_width(text);

	if (needed > *width)
		*width = needed;
}

static void
add_line(const struct report *report, const struct zone *zone,
    const struct change *change, struct lines *lines)
{
	struct line line = { .change = change };
	struct moment before;

	line.when = change_when(change);
	if (change_moves(change)) {
		before =
		    moment_on(zone, &change->said->when, change->said->start);
		line.before = tell_row(report->arena, report->lang, &before);
	}
	line.when = moment_on(zone, &line.when, change_start(change));
	line.now = change->kind == ENTRY_PROFILE
		       ? ""
		       : tell_row(report->arena, report->lang, &line.when);
	widen(&lines->columns.kind,
	    tell_kind(report->arena, report->lang, change->kind));
	widen(&lines->columns.before, line.before);
	widen(&lines->columns.when, line.now);
	ARRAY_PUSH(report->arena, lines, line);
}

static const struct {
	const char *sign;
	enum style style;
} signs[] = {
	[ENTRY_NEW] = { "+", STYLE_GOOD },
	[ENTRY_CONFIRMED] = { "~", STYLE_GOOD },
	[ENTRY_MOVED_EARLIER] = { "~", STYLE_WARN },
	[ENTRY_MOVED_LATER] = { "~", STYLE_WARN },
	[ENTRY_TIME_CHANGED] = { "~", STYLE_WARN },
	[ENTRY_CANCELLED] = { "×", STYLE_BAD },
	[ENTRY_REISSUED] = { "~", STYLE_DIM },
	[ENTRY_EDITION] = { "*", STYLE_BOLD },
	[ENTRY_POSTPONED] = { "~", STYLE_WARN },
	[ENTRY_REINSTATED] = { "+", STYLE_WARN },
	[ENTRY_RELEASED] = { "✓", STYLE_GOOD },
	[ENTRY_PROFILE] = { "~", STYLE_DIM },
};

/* Two blanks and the mark, on the next line if this one is full. */
static int
print_mark(const struct report *report, enum style style, int column,
    int indent, const char *mark)
{
	if (column + 2 + text_width(mark) > text_row_width(report)) {
		fprintf(report->terminal.out, "\n%*s", indent, "");
		column = indent;
	} else {
		fputs("  ", report->terminal.out);
		column += 2;
	}
	text_styled(report, style, mark);
	return column + text_width(mark);
}

static void
print_marks(const struct report *report, const struct change *change,
    int column, int indent)
{
	size_t i;

	if (change->late)
		column = print_mark(report, STYLE_WARN, column, indent,
		    TOLD(report, "report.late"));
	else if (change_status(change) == SAID_TENTATIVE)
		column = print_mark(report, STYLE_DIM, column, indent,
		    TOLD(report, "report.tentative"));
	if (change->sequence > 0)
		column = print_mark(report, STYLE_DIM, column, indent,
		    arena_printf(report->arena, "#%d", change->sequence));
	for (i = 0; i < change->verdicts.n; i++) {
		const struct verdict *verdict = &change->verdicts.v[i];

		if (verdict->outcome < OUTCOME_WARN)
			continue;
		column = print_mark(report, outcome_style(verdict->outcome),
		    column, indent,
		    arena_printf(report->arena, "%s %s", verdict->rule->id,
			tell_outcome(
			    report->arena, report->lang, verdict->outcome)));
	}
	fputc('\n', report->terminal.out);
}

/* Reason and who decided, on a line below. */
static void
print_details(const struct report *report, const struct change *change)
{
	const char *reason = change_reason(report, change);
	size_t i;

	if (*reason != '\0')
		text_line(report, STYLE_DIM, 6,
		    TOLD(report, "report.because", reason));
	if (!report->verbose || report->office == NULL)
		return;
	for (i = 0; i < change->verdicts.n; i++) {
		const struct verdict *verdict = &change->verdicts.v[i];

		text_line(report, outcome_style(verdict->outcome), 6,
		    verdict_words(report->arena, report->lang,
			&report->office->policy, verdict));
		text_line(report, STYLE_DIM, 9,
		    range_reason(report->arena, report->lang,
			(struct range){ verdict, verdict }));
	}
}

static void
print_line(const struct report *report, const struct columns *columns,
    const struct line *line)
{
	const struct change *change = line->change;
	FILE *out = report->terminal.out;
	enum style style = signs[change->kind].style;
	int indent = 2 + columns->kind + 2 + columns->when + 2, column;

	if (columns->before > 0)
		indent += columns->before + 3;
	text_styled(report, style, signs[change->kind].sign);
	fputc(' ', out);
	text_padded(report, style,
	    tell_kind(report->arena, report->lang, change->kind),
	    columns->kind);
	fputs("  ", out);
	if (columns->before > 0) {
		text_padded(report, STYLE_DIM,
		    line->before != NULL ? line->before : "", columns->before);
		fputs(line->before != NULL ? " → " : "   ", out);
	}
	text_padded(report, STYLE_BOLD, line->now, columns->when);
	fputs("  ", out);
	column = text_row(
	    report, STYLE_NONE, indent, indent, change_title(report, change));
	print_marks(report, change, column, indent);
	print_details(report, change);
}

/* That a new series gets its page goes without saying. */
static bool
is_told(const struct report *report, const struct change *change)
{
	return change->kind != ENTRY_PROFILE || change->said != NULL ||
	       report->verbose;
}

static void
print_department(const struct report *report, struct changes all)
{
	struct arena *arena = arena_new();
	struct report line = report_with(report, arena);
	const struct zone *zone = report_zone(report);
	struct lines lines = { 0 };
	size_t i;

	text_styled(report, STYLE_BOLD,
	    tell_department(report->arena, report->lang, report->office,
		department_of(report->arena, all.v[0].release)));
	fprintf(report->terminal.out, "  %s\n", changes_counted(report, &all));
	for (i = 0; i < all.n; i++)
		if (is_told(report, &all.v[i]))
			add_line(report, zone, &all.v[i], &lines);
	if (lines.n > 0)
		qsort(lines.v, lines.n, sizeof(*lines.v), compare_lines);
	for (i = 0; i < lines.n; i++) {
		print_line(&line, &lines.columns, &lines.v[i]);
		arena_reset(arena);
	}
	fputc('\n', report->terminal.out);
	arena_free(arena);
}

static bool
is_of(const struct change *change, const char *department)
{
	size_t len = strlen(department);

	return change->release != NULL &&
	       strncmp(change->release, department, len) == 0 &&
	       (change->release[len] == '/' || change->release[len] == '\0');
}

static void
print_changes(const struct report *report, const struct changes *changes)
{
	FILE *out = report->terminal.out;
	size_t i = 0, end;

	for (; i < changes->n && changes->v[i].kind == ENTRY_EDITION; i++) {
		int year = changes->v[i].year;

		text_styled(report, STYLE_BOLD, "* ");
		text_wrapped(report, STYLE_NONE, 2, 2,
		    TOLD(report, "report.edition",
			arena_printf(report->arena, "%d", year - 1),
			arena_printf(report->arena, "%d", year + 1)));
		fputc('\n', out);
	}
	for (; i < changes->n; i = end) {
		const char *department =
		    department_of(report->arena, changes->v[i].release);

		for (end = i + 1; end < changes->n; end++)
			if (!is_of(&changes->v[end], department))
				break;
		print_department(report,
		    (struct changes){ .v = changes->v + i, .n = end - i });
	}
	text_line(report, STYLE_NONE, 0, changes_summary(report, changes));
}

static void
write_change(struct document *document, const struct report *report,
    const struct change *change)
{
	static const struct parameters none = { 0 };
	const struct parameters *policy =
	    report->office != NULL ? &report->office->policy : &none;
	struct instant start;
	struct moment when;
	size_t i;

	document_object(document, NULL);
	document_string(document, "kind", entry_kind_name(change->kind));
	if (change->kind == ENTRY_EDITION) {
		document_number(document, "year", change->year);
		document_close(document);
		return;
	}
	document_string(document, "release", change->release);
	document_string(document, "department",
	    department_of(report->arena, change->release));
	document_string(document, "title", change_title(report, change));
	if (change->kind == ENTRY_PROFILE) {
		document_number(document, "sequence", change->sequence);
		document_close(document);
		return;
	}
	when = change_when(change);
	start = change_start(change);
	document_moment(document, &when, &start);
	if (change_moves(change)) {
		document_object(document, "previous");
		document_moment(
		    document, &change->said->when, &change->said->start);
		document_close(document);
	}
	document_string(
	    document, "status", said_status_name(change_status(change)));
	document_number(document, "sequence", change->sequence);
	document_flag(document, "late", change->late);
	change_document(document, change);
	document_array(document, "verdicts");
	for (i = 0; i < change->verdicts.n; i++) {
		document_object(document, NULL);
		document_verdict(document, report->arena, report->lang, policy,
		    &change->verdicts.v[i]);
		document_close(document);
	}
	document_close(document);
	document_close(document);
}

static void
write_changes(const struct report *report, const struct changes *changes,
    const struct diags *diags)
{
	struct arena *arena = arena_new();
	struct report row = report_with(report, arena);
	struct document document;
	size_t i;

	document_begin(&document, report, "yugao-diff/1");
	document_diags(&document, report, diags);
	document_array(&document, "changes");
	for (i = 0; i < changes->n; i++) {
		write_change(&document, &row, &changes->v[i]);
		arena_reset(arena);
	}
	document_close(&document);
	document_object(&document, "summary");
	changes_document(&document, changes);
	document_end(&document);
	arena_free(arena);
}

void
report_diff(const struct report *report, const struct changes *changes,
    const struct diags *diags)
{
	struct arena *arena = arena_new();
	struct report told = report_with(report, arena);

	told.zone = report_zone(&told);

	if (report->json) {
		write_changes(&told, changes, diags);
	} else {
		report_diags(&told, diags);
		if (!report->quiet)
			print_changes(&told, changes);
	}
	arena_free(arena);
}
