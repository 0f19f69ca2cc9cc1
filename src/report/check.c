/*
 * What every department must do next, worst first.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "assessment.h"
#include "document.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

#define SHOWN_OF_GROUP 3

static int
compare_rulings(const void *a, const void *b)
{
	const struct ruling *x = *(const struct ruling *const *)a;
	const struct ruling *y = *(const struct ruling *const *)b;
	int order;

	if (x->verdict.outcome != y->verdict.outcome)
		return x->verdict.outcome > y->verdict.outcome ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	order = strcmp(x->verdict.reason, y->verdict.reason);
	if (order != 0)
		return order;
	if (x->slot != NULL && y->slot != NULL &&
	    x->slot->start.s != y->slot->start.s)
		return x->slot->start.s < y->slot->start.s ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* The same rule and reason, so that one line may stand for both. */
static bool
is_alike(const struct ruling *a, const struct ruling *b)
{
	const struct verdict *x = &a->verdict, *y = &b->verdict;

	return x->rule == y->rule && x->outcome == y->outcome &&
	       x->parameter == y->parameter &&
	       strcmp(x->reason, y->reason) == 0 &&
	       x->prediction == y->prediction &&
	       x->unconfirmed == y->unconfirmed &&
	       x->reference == y->reference &&
	       x->informative == y->informative &&
	       (x->measured_text == NULL) == (y->measured_text == NULL);
}

/* "plans/nbs.json:12:5", "nbs/cpi  居民消费价格指数" */
static const char *
place_text(const struct report *report, const struct ruling *ruling)
{
	struct place place;

	if (ruling->series != NULL)
		return arena_printf(report->arena, "%s/%s  %s",
		    ruling->plan->department, ruling->series->id,
		    text_in(&ruling->series->title, report->lang));
	if (ruling->closed == NULL)
		return ruling->plan->file;
	place = plan_place(ruling->plan, ruling->closed->pointer);
	if (place.line == 0)
		return place.file;
	return arena_printf(
	    report->arena, "%s:%d:%d", place.file, place.line, place.col);
}

/*
 * "nbs/cpi/2026-07  2026-08-09 周日 09:30  居民消费价格指数（2026年7月）",
 * on the plan's clock, which is named if it is not the office's.
 */
static const char *
slot_text(const struct report *report, const struct slot *slot)
{
	const struct zone *here = report_zone(report);
	const char *zone = zone_name(slot->plan->zone);
	bool away = here == NULL || strcmp(zone, zone_name(here)) != 0;

	away = away && slot->when.precision == PRECISION_INSTANT;
	return arena_printf(report->arena, "%s  %s%s%s  %s", slot->release,
	    tell_row(report->arena, report->lang, &slot->when), away ? " " : "",
	    away ? zone : "",
	    tell_slot_title(report->arena, report->lang, slot));
}

/* The first few, soonest first. */
static void
print_subjects(
    const struct report *report, const struct ruling *const *rulings, size_t n)
{
	size_t i;

	/* Of the department itself: its name stands above. */
	if (rulings[0]->plan == NULL)
		return;
	for (i = 0; i < n && i < SHOWN_OF_GROUP; i++) {
		fprintf(report->terminal.out, "%5s", "");
		text_row(report, STYLE_DIM, 5, 5,
		    rulings[i]->slot != NULL
			? slot_text(report, rulings[i]->slot)
			: place_text(report, rulings[i]));
		fputc('\n', report->terminal.out);
	}
	if (n > SHOWN_OF_GROUP)
		text_line(report, STYLE_DIM, 5,
		    TOLD(report, "report.and_more",
			arena_printf(
			    report->arena, "%zu", n - SHOWN_OF_GROUP)));
}

static void
print_group(
    const struct report *report, const struct ruling *const *rulings, size_t n)
{
	struct range range = { &rulings[0]->verdict, &rulings[0]->verdict };
	size_t i;

	for (i = 1; i < n; i++) {
		const struct verdict *verdict = &rulings[i]->verdict;

		if (verdict_compare(verdict, range.low) < 0)
			range.low = verdict;
		if (verdict_compare(verdict, range.high) > 0)
			range.high = verdict;
	}
	text_line(report, outcome_style(range.low->outcome), 2,
	    range_words(
		report->arena, report->lang, &report->office->policy, range));
	text_line(report, STYLE_NONE, 5,
	    range_reason(report->arena, report->lang, range));
	print_subjects(report, rulings, n);
}

static void
print_groups(const struct report *report, const struct part *part)
{
	const struct ruling **rulings =
	    arena_alloc(report->arena, part->n * sizeof(*rulings));
	size_t i, end;

	for (i = 0; i < part->n; i++)
		rulings[i] = &part->v[i];
	if (part->n > 0)
		qsort(rulings, part->n, sizeof(*rulings), compare_rulings);
	for (i = 0; i < part->n; i = end) {
		for (end = i + 1; end < part->n; end++)
			if (!is_alike(rulings[i], rulings[end]))
				break;
		print_group(report, rulings + i, end - i);
	}
}

static const void *
subject_of(const struct ruling *ruling)
{
	if (ruling->slot != NULL)
		return ruling->slot;
	if (ruling->series != NULL)
		return ruling->series;
	return ruling->closed != NULL ? (const void *)ruling->closed
				      : ruling->plan;
}

/* Every verdict under its release. */
static void
print_every(const struct report *report, const struct part *part)
{
	struct arena *arena = arena_new();
	struct report line = report_with(report, arena);
	const void *subject = NULL, *last;
	size_t i;

	for (i = 0; i < part->n; i++) {
		const struct ruling *ruling = &part->v[i];
		const struct slot *slot = ruling->slot;
		last = subject;
		subject = subject_of(ruling);
		if (subject != last && slot == NULL && ruling->plan != NULL) {
			text_line(
			    &line, STYLE_BOLD, 2, place_text(&line, ruling));
		} else if (subject != last && slot != NULL) {
			fputs("  ", line.terminal.out);
			text_row(
			    &line, STYLE_BOLD, 2, 2, slot_text(&line, slot));
			fputc('\n', line.terminal.out);
		}
		text_line(&line, outcome_style(ruling->verdict.outcome), 5,
		    verdict_words(arena, line.lang, &line.office->policy,
			&ruling->verdict));
		text_line(&line, STYLE_DIM, 8,
		    range_reason(arena, line.lang,
			(struct range){ &ruling->verdict, &ruling->verdict }));
		arena_reset(arena);
	}
	arena_free(arena);
}

/* "警告 9 · 通过 167", worst first */
static const char *
counts(const struct report *report, const struct part *part)
{
	struct buf buf;
	int i;

	buf_init(&buf, report->arena);
	for (i = OUTCOME_BLOCK; i >= OUTCOME_NA; i--) {
		if (part->outcomes[i] == 0)
			continue;
		buf_puts(&buf, buf.len > 0 ? " · " : "");
		buf_puts(&buf,
		    TOLD(report, "report.counted",
			tell_outcome(
			    report->arena, report->lang, (enum outcome)i),
			arena_printf(report->arena, "%zu", part->outcomes[i])));
	}
	return buf.data;
}

static void
print_part(const struct report *report, const struct part *part)
{
	FILE *out = report->terminal.out;
	bool office = part->id[0] == '\0';

	text_styled(report, STYLE_BOLD,
	    office ? text_in(&report->office->name, report->lang)
		   : tell_department(report->arena, report->lang,
			 report->office, part->id));
	if (!office)
		fprintf(out, "  %s",
		    tell_count(report->arena, report->lang, "report.releases",
			part->releases));
	if (part->releases > 0)
		fprintf(out, "  %s", counts(report, part));
	fputc('\n', out);
	if (part->outside)
		text_line(report, STYLE_DIM, 2, TOLD(report, "report.outside"));
	if (part->held > 0)
		text_line(report, STYLE_WARN, 2,
		    tell_count(report->arena, report->lang,
			"report.unpublished_held", part->held));
	if (part->projected > 0)
		text_line(report, STYLE_DIM, 2,
		    tell_count(report->arena, report->lang,
			"report.unpublished_tentative", part->projected));
	if (part->errors > 0)
		text_line(report, STYLE_BAD, 2,
		    tell_count(report->arena, report->lang, "report.stopped",
			part->errors));
	/* Who is judged for information has nothing to do. */
	if (report->verbose)
		print_every(report, part);
	else if (part->outside)
		text_line(report, STYLE_DIM, 2,
		    tell_count(report->arena, report->lang,
			"report.outside_verdicts", part->n));
	else
		print_groups(report, part);
	if (part->attention == 0 && part->errors == 0)
		text_line(report, STYLE_GOOD, 2,
		    TOLD(report, "report.nothing_to_do"));
}

/* What the letters mean: 28 days is never the notice's own rule. */
static void
print_legend(const struct report *report, const struct assessment *assessment)
{
	static const char letters[] = "NLQPIE";
	bool used[sizeof(letters)] = { false };
	struct strings words = { 0 };
	size_t i, j;

	for (i = 0; i < assessment->n; i++) {
		for (j = 0; j < assessment->v[i].n; j++) {
			const struct parameter *parameter =
			    assessment->v[i].v[j].verdict.parameter;
			const char *letter =
			    parameter == NULL || parameter->basis == '\0'
				? NULL
				: strchr(letters, parameter->basis);

			if (letter != NULL)
				used[letter - letters] = true;
		}
	}
	for (i = 0; letters[i] != '\0'; i++)
		if (used[i])
			ARRAY_PUSH(report->arena, &words,
			    TOLD(report,
				arena_printf(report->arena, "report.basis_%c",
				    letters[i] - 'A' + 'a')));
	if (words.n > 0)
		text_line(report, STYLE_DIM, 0,
		    TOLD(report, "report.legend",
			strings_joined(report, "report.comma", &words)));
}

static void
print_assessment(const struct report *report, const struct report_world *world,
    const struct assessment *assessment)
{
	size_t errors = world->diags != NULL ? world->diags->errors : 0;
	FILE *out = report->terminal.out;
	size_t i;

	if (report->quiet && assessment->worst <= OUTCOME_PASS)
		return;
	for (i = 0; i < assessment->n; i++) {
		const struct part *part = &assessment->v[i];

		/* Of the office itself only what is amiss, or all. */
		if ((report->quiet ||
			(part->id[0] == '\0' && !report->verbose)) &&
		    part->worst <= OUTCOME_PASS)
			continue;
		if (part->id[0] == '\0' && part->n == 0)
			continue;
		print_part(report, part);
		fputc('\n', out);
	}
	print_legend(report, assessment);
	fprintf(out, "%s",
	    TOLD(report, "report.check_summary",
		tell_count(report->arena, report->lang, "report.departments",
		    assessment->n - 1),
		tell_count(report->arena, report->lang, "report.releases",
		    assessment->releases),
		arena_printf(report->arena, "%zu", assessment->blocked),
		arena_printf(report->arena, "%zu", assessment->attention)));
	if (errors > 0)
		fputs(tell_count(report->arena, report->lang,
			  "report.check_errors", errors),
		    out);
	fputc('\n', out);
}

static void
write_ruling(struct document *document, const struct report *report,
    const struct ruling *ruling)
{
	document_object(document, NULL);
	if (ruling->slot != NULL) {
		document_string(document, "release", ruling->slot->release);
	} else if (ruling->series != NULL) {
		document_string(document, "series",
		    arena_printf(report->arena, "%s/%s",
			ruling->plan->department, ruling->series->id));
	} else if (ruling->closed != NULL) {
		struct place place =
		    plan_place(ruling->plan, ruling->closed->pointer);

		document_string(document, "file", place.file);
		if (place.line > 0) {
			document_number(document, "line", place.line);
			document_number(document, "col", place.col);
		}
	} else if (ruling->plan != NULL) {
		document_string(document, "plan", ruling->plan->file);
	}
	document_verdict(document, report->arena, report->lang,
	    &report->office->policy, &ruling->verdict);
	document_close(document);
}

static void
write_rulings(struct document *document, const struct report *report,
    const struct part *part)
{
	struct arena *arena = arena_new();
	struct report row = report_with(report, arena);
	size_t i;

	for (i = 0; i < part->n; i++) {
		write_ruling(document, &row, &part->v[i]);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
write_part(struct document *document, const struct report *report,
    const struct part *part)
{
	const struct department *department =
	    office_department(report->office, part->id);
	size_t i;

	document_object(document, NULL);
	document_string(document, "id", part->id);
	if (department != NULL)
		document_text(document, "name", &department->name);
	document_number(document, "releases", (int64_t)part->releases);
	document_object(document, "outcomes");
	for (i = 0; i < OUTCOMES; i++)
		document_number(document, outcome_name((enum outcome)i),
		    (int64_t)part->outcomes[i]);
	document_close(document);
	if (part->held > 0)
		document_number(document, "held", (int64_t)part->held);
	if (part->projected > 0)
		document_number(
		    document, "projected", (int64_t)part->projected);
	document_string(document, "worst", outcome_name(part->worst));
	document_flag(document, "informative", part->outside);
	document_number(document, "errors", (int64_t)part->errors);
	document_array(document, "verdicts");
	write_rulings(document, report, part);
	document_close(document);
	document_close(document);
}

static void
write_assessment(const struct report *report, const struct report_world *world,
    const struct assessment *assessment)
{
	struct document document;
	size_t i;

	document_begin(&document, report, "yugao-check/1");
	document_instant(&document, "now", world->now);
	document_diags(&document, report, world->diags);
	document_array(&document, "departments");
	for (i = 0; i < assessment->n; i++)
		if (assessment->v[i].id[0] != '\0')
			write_part(&document, report, &assessment->v[i]);
	document_close(&document);
	document_array(&document, "office");
	for (i = 0; i < assessment->n; i++)
		if (assessment->v[i].id[0] == '\0')
			write_rulings(&document, report, &assessment->v[i]);
	document_close(&document);
	document_object(&document, "summary");
	document_number(&document, "departments", (int64_t)assessment->n - 1);
	document_number(&document, "releases", (int64_t)assessment->releases);
	document_number(&document, "blocked", (int64_t)assessment->blocked);
	document_number(&document, "attention", (int64_t)assessment->attention);
	document_string(&document, "worst", outcome_name(assessment->worst));
	document_close(&document);
	document_end(&document);
}

enum outcome
report_check(const struct report *report, const struct report_world *world)
{
	struct arena *arena = arena_new();
	struct report judged = report_with(report, arena);
	struct assessment assessment = { 0 };

	judged.office = world->office;
	judged.zone = report_zone(&judged);
	assess(arena, world, report->verbose ? OUTCOME_NA : OUTCOME_WARN,
	    &assessment);
	if (report->json) {
		write_assessment(&judged, world, &assessment);
	} else {
		report_diags(report, world->diags);
		print_assessment(&judged, world, &assessment);
	}
	arena_free(arena);
	return assessment.worst;
}
