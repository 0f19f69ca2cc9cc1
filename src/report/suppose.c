/*
 * What a supposition would change, and the acts that it would need.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/notice.h>

#include "document.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

static const struct {
	const char *name, *id, *sign;
	enum style style;
} kinds[] = {
	[SUPPOSED_MOVED_EARLIER] = { "moved-earlier",
	    "report.suppose_moved_earlier", "~", STYLE_WARN },
	[SUPPOSED_MOVED_LATER] = { "moved-later", "report.suppose_moved_later",
	    "~", STYLE_WARN },
	[SUPPOSED_TIME_CHANGED] = { "time-changed",
	    "report.suppose_time_changed", "~", STYLE_WARN },
	[SUPPOSED_CONFIRMED] = { "confirmed", "report.suppose_confirmed", "=",
	    STYLE_GOOD },
	[SUPPOSED_TENTATIVE] = { "tentative", "report.suppose_tentative", "?",
	    STYLE_WARN },
	[SUPPOSED_JUDGED] = { "judged", "report.suppose_judged", "!",
	    STYLE_WARN },
	[SUPPOSED_ADDED] = { "added", "report.suppose_added", "+", STYLE_GOOD },
	[SUPPOSED_DROPPED] = { "dropped", "report.suppose_dropped", "×",
	    STYLE_BAD },
};

struct row {
	const struct supposed *supposed;
	struct moment when;         /* where it stands in the list */
	const char *before, *after; /* NULL: none, or the same */
};

struct table {
	struct row *v;
	size_t n, cap;
	int kind, before, after; /* widths */
};

static bool
moves(const struct supposed *supposed)
{
	return supposed->kind <= SUPPOSED_TIME_CHANGED;
}

static const char *
row_text(const struct report *report, const struct moment *when,
    struct instant start)
{
	struct moment on = moment_on(report_zone(report), when, start);

	return tell_row(report->arena, report->lang, &on);
}

/* What is said, else what is wanted now. */
static const char *
before_text(const struct report *report, const struct supposed *supposed)
{
	if (supposed->said != NULL)
		return row_text(
		    report, &supposed->said->when, supposed->said->start);
	return row_text(
	    report, &supposed->before->when, supposed->before->start);
}

static void
widen(int *width, const char *text)
{
	int needed = text == NULL ? 0 : text_width(text);

	if (needed > *width)
		*width = needed;
}

static void
add_row(const struct report *report, const struct supposed *supposed,
    struct table *table)
{
	const struct slot *slot =
	    supposed->after != NULL ? supposed->after : supposed->before;
	struct row row = { .supposed = supposed, .when = slot->when };

	if (moves(supposed) || supposed->after == NULL)
		row.before = before_text(report, supposed);
	if (supposed->after != NULL)
		row.after = row_text(report, &slot->when, slot->start);
	widen(&table->kind, TOLD(report, kinds[supposed->kind].id));
	widen(&table->before, row.before);
	widen(&table->after, row.after);
	ARRAY_PUSH(report->arena, table, row);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->when.start.day.n != y->when.start.day.n)
		return x->when.start.day.n < y->when.start.day.n ? -1 : 1;
	if (x->when.start.minute != y->when.start.minute)
		return x->when.start.minute < y->when.start.minute ? -1 : 1;
	return strcmp(x->supposed->release, y->supposed->release);
}

static const char *
standing_of(const struct supposed *supposed)
{
	if (supposed->said == NULL)
		return "report.suppose_unsaid";
	return supposed->said->status == SAID_TENTATIVE
		   ? "report.suppose_said_tentative"
		   : "report.suppose_said";
}

static void
print_verdicts(const struct report *report, const struct supposed *supposed)
{
	size_t i;

	for (i = 0; i < supposed->verdicts.n; i++) {
		const struct verdict *verdict = &supposed->verdicts.v[i];

		if (verdict->outcome < OUTCOME_WARN)
			continue;
		text_line(report, outcome_style(verdict->outcome), 6,
		    verdict_words(report->arena, report->lang,
			&report->office->policy, verdict));
		text_line(report, STYLE_DIM, 9,
		    range_reason(report->arena, report->lang,
			(struct range){ verdict, verdict }));
	}
}

static void
print_row(const struct report *report, const struct table *table,
    const struct row *row)
{
	const struct supposed *supposed = row->supposed;
	const struct slot *slot =
	    supposed->after != NULL ? supposed->after : supposed->before;
	const char *standing = TOLD(report, standing_of(supposed));
	enum style style = kinds[supposed->kind].style;
	int indent = 2 + table->kind + 2 + table->after + 2, column;
	FILE *out = report->terminal.out;

	if (table->before > 0)
		indent += table->before + 3;
	text_styled(report, style, kinds[supposed->kind].sign);
	fputc(' ', out);
	text_padded(
	    report, style, TOLD(report, kinds[supposed->kind].id), table->kind);
	fputs("  ", out);
	if (table->before > 0) {
		text_padded(report, STYLE_DIM,
		    row->before != NULL ? row->before : "", table->before);
		fputs(row->before != NULL && row->after != NULL ? " → " : "   ",
		    out);
	}
	text_padded(report, STYLE_BOLD, row->after != NULL ? row->after : "",
	    table->after);
	fputs("  ", out);
	column = text_row(report, STYLE_NONE, indent, indent,
	    tell_slot_title(report->arena, report->lang, slot));
	if (column + 2 + text_width(standing) > TEXT_WIDEST)
		fprintf(out, "\n%*s", indent, "");
	else
		fputs("  ", out);
	text_styled(report, STYLE_DIM, standing);
	fputc('\n', out);
	print_verdicts(report, supposed);
}

static void
print_rows(const struct report *report, const struct supposed_changes *changes)
{
	struct arena *arena = arena_new();
	struct report line = report_with(report, arena);
	struct table table = { 0 };
	size_t i, said = 0;

	for (i = 0; i < changes->n; i++) {
		add_row(report, &changes->v[i], &table);
		said += changes->v[i].said != NULL;
	}
	if (table.n > 0)
		qsort(table.v, table.n, sizeof(*table.v), compare_rows);
	for (i = 0; i < table.n; i++) {
		print_row(&line, &table, &table.v[i]);
		arena_reset(arena);
	}
	arena_free(arena);
	text_line(report, STYLE_NONE, 0,
	    TOLD(report,
		changes->n == 0 ? "report.suppose_none" : "report.suppose_sum",
		arena_printf(report->arena, "%zu", changes->n),
		arena_printf(report->arena, "%zu", said),
		arena_printf(report->arena, "%zu", changes->same)));
}

static void
print_drafts(
    const struct report *report, const struct supposed_changes *changes)
{
	const char *file = NULL;
	size_t i;

	for (i = 0; i < changes->drafts.n; i++) {
		const struct act_draft *draft = &changes->drafts.v[i];

		if (file == NULL || strcmp(file, draft->file) != 0) {
			fputc('\n', report->terminal.out);
			text_line(report, STYLE_BOLD, 0,
			    TOLD(report, "report.suppose_acts", draft->file));
		} else {
			fputs(",\n", report->terminal.out);
		}
		file = draft->file;
		/* To be copied: never broken. */
		fputs(draft->json, report->terminal.out);
		if (i + 1 == changes->drafts.n ||
		    strcmp(file, changes->drafts.v[i + 1].file) != 0)
			fputc('\n', report->terminal.out);
	}
}

static void
write_side(struct document *document, const char *key, const struct slot *slot)
{
	if (slot == NULL)
		return;
	document_object(document, key);
	document_moment(document, &slot->when, &slot->start);
	document_string(document, "status",
	    slot->held                         ? "held"
	    : slot->status == STATUS_TENTATIVE ? "tentative"
					       : "confirmed");
	document_close(document);
}

static void
write_row(struct document *document, const struct report *report,
    const struct supposed *supposed)
{
	const struct slot *slot =
	    supposed->after != NULL ? supposed->after : supposed->before;
	size_t i;

	document_object(document, NULL);
	document_string(document, "kind", kinds[supposed->kind].name);
	document_string(document, "release", supposed->release);
	document_string(document, "department",
	    department_of(report->arena, supposed->release));
	document_string(document, "title",
	    tell_slot_title(report->arena, report->lang, slot));
	if (supposed->said != NULL) {
		document_object(document, "said");
		document_moment(
		    document, &supposed->said->when, &supposed->said->start);
		document_string(document, "status",
		    said_status_name(supposed->said->status));
		document_close(document);
	}
	write_side(document, "before", supposed->before);
	write_side(document, "after", supposed->after);
	document_array(document, "verdicts");
	for (i = 0; i < supposed->verdicts.n; i++) {
		document_object(document, NULL);
		document_verdict(document, report->arena, report->lang,
		    &report->office->policy, &supposed->verdicts.v[i]);
		document_close(document);
	}
	document_close(document);
	document_close(document);
}

static void
write_changes(struct document *document, const struct report *report,
    const struct supposed_changes *changes)
{
	size_t i;

	if (changes == NULL)
		return;
	document_array(document, "changes");
	for (i = 0; i < changes->n; i++)
		write_row(document, report, &changes->v[i]);
	document_close(document);
	document_number(document, "unchanged", (int64_t)changes->same);
	document_array(document, "acts");
	for (i = 0; i < changes->drafts.n; i++) {
		document_object(document, NULL);
		document_string(document, "file", changes->drafts.v[i].file);
		document_raw(document, "act", changes->drafts.v[i].json);
		document_close(document);
	}
	document_close(document);
}

static void
write_notice(struct document *document, const struct notice *notice)
{
	if (notice == NULL)
		return;
	document_object(document, "notice");
	document_string(document, "file", notice->file);
	document_number(document, "year", notice->year);
	document_string(document, "title", notice->title);
	document_string(document, "number", notice->number);
	if (notice->published.n != DAY_ALWAYS.n)
		document_day(document, "published", notice->published);
	if (notice->amended.number != NULL) {
		document_object(document, "amendment");
		document_string(document, "title", notice->amended.title);
		document_string(document, "number", notice->amended.number);
		document_day(document, "published", notice->amended.published);
		document_close(document);
	}
	document_close(document);
}

static const char *
kind_words(const struct report *report, enum day_kind kind)
{
	static const char *const ids[] = {
		[DAY_WORK] = "report.day_work",
		[DAY_WEEKEND] = "report.day_weekend",
		[DAY_OFF] = "report.day_off",
		[DAY_MAKEUP] = "report.day_worked",
	};

	return TOLD(report, ids[kind]);
}

/* Days of another kind than before, one after the other. */
struct run {
	struct day first, last;
	enum day_kind was, is;
	const char *name;
};

static bool
day_changes(const struct report *report, const struct report_suppose *suppose,
    struct day day, struct run *run)
{
	struct day_info was, is = calendar_day(suppose->after, day);
	enum weekday weekday = day_weekday(day);

	was.kind =
	    weekday == SATURDAY || weekday == SUNDAY ? DAY_WEEKEND : DAY_WORK;
	if (suppose->before != NULL)
		was = calendar_day(suppose->before, day);
	*run = (struct run){ day, day, was.kind, is.kind,
		text_in(&is.name, report->lang) };
	return was.kind != is.kind;
}

static void
tell_run(const struct report *report, const struct run *run,
    struct document *document)
{
	const char *first = tell_day(report->arena, report->lang, run->first);
	struct day day = run->first;

	for (; document != NULL && day.n <= run->last.n; day.n++)
		document_day(document, NULL, day);
	if (document != NULL)
		return;
	if (run->last.n != run->first.n)
		first = TOLD(report, "report.day_run", first,
		    tell_day(report->arena, report->lang, run->last));
	/* A make-up day's name says already that it is worked. */
	if (run->is == DAY_MAKEUP && *run->name != '\0')
		text_line(report, STYLE_NONE, 2,
		    TOLD(report, "report.day_changes", first,
			kind_words(report, run->was), run->name, ""));
	else
		text_line(report, STYLE_NONE, 2,
		    TOLD(report, "report.day_changes", first,
			kind_words(report, run->was),
			kind_words(report, run->is), run->name));
}

/* The notice's year and the December days that it may decide. */
static void
each_day_change(const struct report *report,
    const struct report_suppose *suppose, struct document *document)
{
	struct day day = day_of(suppose->notice->year - 1, 12, 28);
	struct day end = day_of(suppose->notice->year, 12, 31);
	struct run run = { 0 }, next;
	bool open = false;

	for (; day.n <= end.n; day.n++) {
		bool changes = day_changes(report, suppose, day, &next);

		if (open && changes && run.was == next.was &&
		    run.is == next.is && strcmp(run.name, next.name) == 0) {
			run.last = day;
			continue;
		}
		if (open)
			tell_run(report, &run, document);
		run = next;
		open = changes;
	}
	if (open)
		tell_run(report, &run, document);
}

static void
write_suppose(const struct report *report, const struct report_suppose *suppose)
{
	struct document document;
	size_t i;

	document_begin(&document, report, "yugao-suppose/1");
	document_diags(&document, report, suppose->diags);
	document_array(&document, "supposed");
	for (i = 0; i < suppose->n_what; i++)
		document_string(&document, NULL, suppose->what[i]);
	document_close(&document);
	write_notice(&document, suppose->notice);
	if (suppose->after != NULL) {
		document_array(&document, "days");
		each_day_change(report, suppose, &document);
		document_close(&document);
	}
	write_changes(&document, report, suppose->changes);
	document_string(&document, "written", suppose->written);
	document_end(&document);
}

/* Quiet, and nothing would change. */
static bool
is_silent(const struct report *report, const struct report_suppose *suppose)
{
	return report->quiet &&
	       (suppose->changes == NULL || suppose->changes->n == 0);
}

void
report_suppose(
    const struct report *report, const struct report_suppose *suppose)
{
	struct arena *arena = arena_new();
	struct report told = report_with(report, arena);
	size_t i;

	if (report->json) {
		write_suppose(&told, suppose);
		arena_free(arena);
		return;
	}
	report_diags(&told, suppose->diags);
	if (is_silent(report, suppose)) {
		arena_free(arena);
		return;
	}
	for (i = 0; i < suppose->n_what; i++)
		text_line(&told, STYLE_BOLD, 0, suppose->what[i]);
	if (suppose->after != NULL)
		each_day_change(&told, suppose, NULL);
	if (suppose->changes != NULL) {
		print_rows(&told, suppose->changes);
		print_drafts(&told, suppose->changes);
	}
	if (suppose->written != NULL)
		text_line(&told, STYLE_GOOD, 0,
		    TOLD(&told, "report.suppose_written", suppose->written));
	arena_free(arena);
}
