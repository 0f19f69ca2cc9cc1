/* What departments kept of what they announced: the quarterly sheet (I4). */
#include "compliance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "document.h"
#include "paper.h"
#include "verdict.h"
#include "words.h"

struct telling_it {
	const struct report *report;
	const struct report_compliance *what;
	const struct compliance_facts *facts;
};

const char *
percent(struct arena *arena, size_t n, size_t of)
{
	size_t mille;

	if (of == 0)
		return "—";
	mille = (n * 2000 + of) / (of * 2);
	return arena_printf(arena, "%zu.%zu%%", mille / 10, mille % 10);
}

const char *
tell_reporting(struct arena *arena, enum lang lang, struct reporting period)
{
	const char *year = arena_printf(arena, "%d", period.year);

	if (period.quarter == 0)
		return SAY(arena, lang, "compliance.year", year);
	return SAY(arena, lang, "compliance.quarter", year,
	    arena_printf(arena, "%d", period.quarter));
}

static const char *
metric_word(const struct telling_it *it, const struct metric *metric,
    const char *suffix)
{
	return SAY(it->report->arena, it->report->lang,
	    arena_printf(
		it->report->arena, "compliance.%s%s", metric->id, suffix));
}

static const struct standing *
standing_of(const struct compliance_facts *facts, const char *department)
{
	size_t i;

	for (i = 0; i < facts->standings.n; i++)
		if (strcmp(facts->standings.v[i].department, department) == 0)
			return &facts->standings.v[i];
	return NULL;
}

static const char *
department_name(const struct telling_it *it, const char *department)
{
	const struct standing *standing = standing_of(it->facts, department);

	if (standing == NULL)
		return department;
	return text_in(&standing->name, it->report->lang);
}

/* "33/34 97.1%", or "34" of what is part of nothing. */
static const char *
value_text(struct arena *arena, const struct metric *metric,
    const struct compliance *counts)
{
	size_t n = metric_value(metric, counts);
	size_t of = metric_of(metric, counts);

	if (metric->of == NULL)
		return arena_printf(arena, "%zu", n);
	return arena_printf(
	    arena, "%zu/%zu  %6s", n, of, percent(arena, n, of));
}

/* Against the period before: percentage points, or the number itself. */
static const char *
trend_text(const struct telling_it *it, const struct metric *metric)
{
	const struct compliance *now = &it->what->now->total;
	const struct compliance *before = &it->what->before->total;
	int64_t n = (int64_t)metric_value(metric, now);
	int64_t m = (int64_t)metric_value(metric, before);
	int64_t of = (int64_t)metric_of(metric, now);
	int64_t of_before = (int64_t)metric_of(metric, before);
	int64_t tenths;

	if (metric->of == NULL)
		return n == m ? "0"
			      : arena_printf(it->report->arena, "%+lld",
				    (long long)(n - m));
	if (of == 0 || of_before == 0)
		return "—";
	tenths = (n * 2000 + of) / (of * 2) -
		 (m * 2000 + of_before) / (of_before * 2);
	return SAY(it->report->arena, it->report->lang, "compliance.points",
	    arena_printf(it->report->arena, "%s%lld.%lld",
		tenths < 0 ? "−" : "+", (long long)llabs(tenths) / 10,
		(long long)llabs(tenths) % 10));
}

static void
number_cell(struct arena *arena, struct paper_row *row, enum style style,
    const char *text)
{
	paper_styled(arena, row, style, text);
	row->v[row->n - 1].number = true;
}

static void
add_head(const struct telling_it *it, struct paper_row *row, const char *id,
    bool number)
{
	paper_cell(it->report->arena, row,
	    SAY(it->report->arena, it->report->lang, id));
	row->v[row->n - 1].number = number;
}

static struct paper_table
total_table(const struct telling_it *it)
{
	struct arena *arena = it->report->arena;
	enum lang lang = it->report->lang;
	struct paper_table table = { .title = SAY(
					 arena, lang, "compliance.total_title"),
		.name = SAY(arena, lang, "compliance.total_page") };
	const struct metric *metrics;
	size_t n, i;

	metrics = compliance_metrics(&n);
	add_head(it, &table.head, "compliance.head_metric", false);
	paper_cell(arena, &table.head,
	    tell_reporting(arena, lang, it->what->now->period));
	table.head.v[1].number = true;
	paper_cell(arena, &table.head,
	    tell_reporting(arena, lang, it->what->before->period));
	table.head.v[2].number = true;
	add_head(it, &table.head, "compliance.head_trend", true);
	add_head(it, &table.head, "compliance.head_basis", false);
	for (i = 0; i < n; i++) {
		const struct metric *metric = &metrics[i];
		const struct compliance *now = &it->what->now->total;
		struct paper_row *row = paper_row(arena, &table);
		size_t value = metric_value(metric, now);

		paper_cell(arena, row,
		    arena_printf(arena, "%s%s", metric->of != NULL ? "　" : "",
			metric_word(it, metric, "")));
		number_cell(arena, row, value > 0 ? metric->style : STYLE_NONE,
		    value_text(arena, metric, now));
		number_cell(arena, row, STYLE_NONE,
		    value_text(arena, metric, &it->what->before->total));
		number_cell(arena, row, STYLE_DIM, trend_text(it, metric));
		paper_styled(
		    arena, row, STYLE_DIM, metric_basis(metric, it->facts));
		row->strong = metric->of == NULL;
	}
	return table;
}

static size_t
faults(const struct compliance *counts)
{
	return counts->missed + counts->early + counts->first_after +
	       counts->notice_after + counts->unreasoned + counts->copy_breach +
	       (counts->withheld - counts->grounded);
}

static int
compare_faults(const void *a, const void *b)
{
	const struct compliance *x = a, *y = b;
	size_t n = faults(x), m = faults(y);

	if (x->outside != y->outside)
		return x->outside ? 1 : -1;
	if (n != m)
		return n < m ? 1 : -1;
	if (x->late != y->late)
		return x->late < y->late ? 1 : -1;
	return strcmp(x->department, y->department);
}

static void
count_cell(
    struct arena *arena, struct paper_row *row, size_t n, enum style style)
{
	number_cell(arena, row, n > 0 ? style : STYLE_DIM,
	    arena_printf(arena, "%zu", n));
}

static void
part_cell(struct arena *arena, struct paper_row *row, size_t n, size_t of)
{
	number_cell(arena, row, n < of ? STYLE_WARN : STYLE_DIM,
	    of == 0 ? "—" : arena_printf(arena, "%zu/%zu", n, of));
}

static void
department_row(const struct telling_it *it, struct paper_table *table,
    const struct compliance *c, const char *name)
{
	struct arena *arena = it->report->arena;
	struct paper_row *row = paper_row(arena, table);

	paper_cell(arena, row, name);
	count_cell(arena, row, c->items, STYLE_NONE);
	part_cell(arena, row, c->on_time, c->judged);
	number_cell(
	    arena, row, STYLE_NONE, percent(arena, c->on_time, c->judged));
	count_cell(arena, row, c->late, STYLE_WARN);
	count_cell(arena, row, c->missed, STYLE_BAD);
	count_cell(arena, row, c->early, STYLE_BAD);
	part_cell(arena, row, c->first_enough, c->first);
	count_cell(arena, row, c->changes, STYLE_NONE);
	count_cell(arena, row, c->notice_short + c->notice_after, STYLE_WARN);
	count_cell(arena, row, c->unreasoned, STYLE_BAD);
	part_cell(arena, row, c->grounded, c->withheld);
	part_cell(arena, row, c->copied_in_time, c->copies_due);
}

static struct paper_table
departments_table(const struct telling_it *it)
{
	static const char *const heads[] = { "compliance.col_department",
		"compliance.col_items", "compliance.col_on_time",
		"compliance.col_rate", "compliance.col_late",
		"compliance.col_missed", "compliance.col_early",
		"compliance.col_first", "compliance.col_changes",
		"compliance.col_short", "compliance.col_unreasoned",
		"compliance.col_withheld", "compliance.col_copies" };
	struct arena *arena = it->report->arena;
	enum lang lang = it->report->lang;
	const struct compliance_table *now = it->what->now;
	struct paper_table table = { .title = SAY(arena, lang,
					 "compliance.departments_title"),
		.name = SAY(arena, lang, "compliance.departments_page") };
	struct compliance *sorted =
	    arena_copy(arena, now->v, now->n * sizeof(*now->v));
	size_t i;

	if (now->n > 0)
		qsort(sorted, now->n, sizeof(*sorted), compare_faults);
	for (i = 0; i < COUNT(heads); i++)
		add_head(it, &table.head, heads[i], i > 0);
	for (i = 0; i < now->n; i++) {
		const char *name = department_name(it, sorted[i].department);

		department_row(it, &table, &sorted[i],
		    sorted[i].outside
			? SAY(arena, lang, "compliance.outside", name)
			: name);
	}
	department_row(
	    it, &table, &now->total, SAY(arena, lang, "compliance.total_row"));
	table.v[table.n - 1].strong = true;
	ARRAY_PUSH(arena, &table.notes,
	    SAY(arena, lang, "compliance.departments_note"));
	return table;
}

/* All of it as numbers, one row a department, for other programs. */
static struct paper_table
data_table(const struct telling_it *it)
{
	struct arena *arena = it->report->arena;
	const struct compliance_table *now = it->what->now;
	struct paper_table table = { .data = true,
		.name = SAY(arena, it->report->lang, "compliance.data_page") };
	const struct metric *metrics;
	char text[DAY_SIZE];
	size_t n, i, j;

	metrics = compliance_metrics(&n);
	paper_cell(arena, &table.head, "period");
	paper_cell(arena, &table.head, "department");
	paper_cell(arena, &table.head, "name");
	for (i = 0; i < n; i++)
		paper_cell(arena, &table.head, metrics[i].id);
	for (j = 0; j < now->n; j++) {
		struct paper_row *row = paper_row(arena, &table);

		paper_cell(arena, row,
		    arena_strdup(arena, reporting_format(text, now->period)));
		paper_cell(arena, row, now->v[j].department);
		paper_cell(
		    arena, row, department_name(it, now->v[j].department));
		for (i = 0; i < n; i++)
			paper_number(arena, row,
			    (int64_t)metric_value(&metrics[i], &now->v[j]));
	}
	return table;
}

static const char *
threshold_words(const struct telling_it *it, const struct metric *metric)
{
	const struct standing_parameter *parameter =
	    metric->parameter != NULL
		? standing_parameter(&it->facts->office, metric->parameter)
		: NULL;

	if (parameter == NULL)
		return "";
	if (parameter->string != NULL)
		return parameter->string;
	return quantity_words(it->report->arena, it->report->lang,
	    parameter->unit, parameter->number);
}

/* What each number means, and on what it rests. */
static void
add_definitions(const struct telling_it *it, struct strings *foot)
{
	struct arena *arena = it->report->arena;
	enum lang lang = it->report->lang;
	const struct metric *metrics;
	size_t n, i;

	metrics = compliance_metrics(&n);
	ARRAY_PUSH(arena, foot, SAY(arena, lang, "compliance.definitions"));
	for (i = 0; i < n; i++) {
		const char *id =
		    arena_printf(arena, "compliance.%s_means", metrics[i].id);
		const char *basis = metric_basis(&metrics[i], it->facts);

		ARRAY_PUSH(arena, foot,
		    SAY(arena, lang,
			*basis != '\0' ? "compliance.definition_basis"
				       : "compliance.definition",
			metric_word(it, &metrics[i], ""),
			SAY(arena, lang, id, threshold_words(it, &metrics[i])),
			basis));
	}
}

static void
add_foot(const struct telling_it *it, struct strings *foot)
{
	static const char *const letters[] = { "report.basis_n",
		"report.basis_l", "report.basis_q", "report.basis_p",
		"report.basis_i", "report.basis_e" };
	const struct standing *office = &it->facts->office;
	struct arena *arena = it->report->arena;
	enum lang lang = it->report->lang;
	struct strings words = { 0 };
	size_t i;

	add_definitions(it, foot);
	for (i = 0; i < COUNT(letters); i++)
		ARRAY_PUSH(arena, &words, SAY(arena, lang, letters[i]));
	ARRAY_PUSH(arena, foot,
	    SAY(arena, lang, "compliance.letters",
		strings_joined(it->report, "compliance.semicolon", &words)));
	ARRAY_PUSH(arena, foot, SAY(arena, lang, "compliance.no_days"));
	if (office->department == NULL)
		ARRAY_PUSH(
		    arena, foot, SAY(arena, lang, "compliance.no_standing"));
	else
		ARRAY_PUSH(arena, foot,
		    SAY(arena, lang, "compliance.policy", office->policy,
			office->policy_version, office->policy_sha256));
	ARRAY_PUSH(arena, foot, SAY(arena, lang, "compliance.reproducible"));
}

static void
add_figure(const struct telling_it *it, struct paper *paper, const char *id,
    size_t n, size_t of, bool good)
{
	struct arena *arena = it->report->arena;
	enum style style = n == of ? STYLE_GOOD : STYLE_WARN;

	if (!good)
		style = n == 0 ? STYLE_GOOD : STYLE_BAD;
	ARRAY_PUSH(arena, &paper->figures,
	    ((struct paper_figure){ .name = SAY(arena, it->report->lang, id),
		.value = good ? percent(arena, n, of)
			      : arena_printf(arena, "%zu", n),
		.note = arena_printf(arena, "%zu / %zu", n, of),
		.style = of == 0 ? STYLE_NONE : style }));
}

static void
add_figures(const struct telling_it *it, struct paper *paper)
{
	const struct compliance *c = &it->what->now->total;

	add_figure(
	    it, paper, "compliance.on_time", c->on_time, c->judged, true);
	add_figure(it, paper, "compliance.missed", c->missed, c->judged, false);
	add_figure(it, paper, "compliance.early", c->early, c->judged, false);
	add_figure(it, paper, "compliance.first_enough", c->first_enough,
	    c->first, true);
	add_figure(it, paper, "compliance.notice_enough", c->notice_enough,
	    c->changes, true);
	add_figure(it, paper, "compliance.copied_in_time", c->copied_in_time,
	    c->copies_due, true);
}

/* "截至2026年4月1日 08:00" and whose. */
static const char *
subtitle(const struct telling_it *it)
{
	const struct report *report = it->report;
	const char *clock = tell_clock(
	    report->arena, clock_of(report_zone(report), it->facts->as_of));
	const char *name = text_in(&it->facts->office.name, report->lang);

	return SAY(report->arena, report->lang, "compliance.as_of", clock,
	    it->what->department != NULL
		? department_name(it, it->what->department)
		: name);
}

static void
make_paper(const struct telling_it *it, struct paper *paper)
{
	struct arena *arena = it->report->arena;
	enum lang lang = it->report->lang;
	const struct compliance *c = &it->what->now->total;
	size_t given = c->notice_enough + c->notice_short;

	*paper = (struct paper){ .title = SAY(arena, lang, "compliance.title",
				     tell_reporting(
					 arena, lang, it->what->now->period)),
		.subtitle = subtitle(it),
		.landscape = true };
	add_figures(it, paper);
	if (given > 0)
		ARRAY_PUSH(arena, &paper->lead,
		    SAY(arena, lang, "compliance.notice_given",
			arena_printf(arena, "%zu", given),
			arena_printf(arena, "%lld",
			    (long long)(c->notice_days_sum / (int64_t)given)),
			arena_printf(
			    arena, "%lld", (long long)c->notice_days_least)));
	ARRAY_PUSH(arena, &paper->tables, total_table(it));
	if (it->what->department == NULL)
		ARRAY_PUSH(arena, &paper->tables, departments_table(it));
	ARRAY_PUSH(arena, &paper->tables, data_table(it));
	add_foot(it, &paper->foot);
}

static void
write_counts(
    struct document *document, const char *key, const struct compliance *counts)
{
	const struct metric *metrics;
	size_t n, i;

	metrics = compliance_metrics(&n);
	document_object(document, key);
	for (i = 0; i < n; i++) {
		document_object(document, metrics[i].id);
		document_number(
		    document, "n", (int64_t)metric_value(&metrics[i], counts));
		if (metrics[i].of != NULL)
			document_number(document, "of",
			    (int64_t)metric_of(&metrics[i], counts));
		document_close(document);
	}
	if (counts->notice_enough + counts->notice_short > 0) {
		document_number(
		    document, "notice_days_least", counts->notice_days_least);
		document_number(
		    document, "notice_days_sum", counts->notice_days_sum);
	}
	document_close(document);
}

static void
write_table(const struct telling_it *it, struct document *document,
    const char *key, const struct compliance_table *table)
{
	char text[DAY_SIZE];
	size_t i;

	document_object(document, key);
	document_string(
	    document, "period", reporting_format(text, table->period));
	document_day(document, "first", reporting_first(table->period));
	document_day(document, "last", reporting_last(table->period));
	write_counts(document, "total", &table->total);
	document_array(document, "departments");
	for (i = 0; i < table->n; i++) {
		const struct standing *standing =
		    standing_of(it->facts, table->v[i].department);

		document_object(document, NULL);
		document_string(document, "department", table->v[i].department);
		if (standing != NULL)
			document_text(document, "name", &standing->name);
		if (table->v[i].outside)
			document_flag(document, "outside", true);
		write_counts(document, "counts", &table->v[i]);
		document_close(document);
	}
	document_close(document);
	document_close(document);
}

static void
write_thresholds(struct document *document, const struct standing *office)
{
	size_t i;

	document_array(document, "thresholds");
	for (i = 0; i < office->n_parameters; i++) {
		const struct standing_parameter *p = &office->parameters[i];

		document_object(document, NULL);
		document_string(document, "key", p->key);
		if (p->string != NULL)
			document_string(document, "value", p->string);
		else
			document_number(document, "value", p->number);
		document_string(document, "unit", p->unit);
		document_string(document, "basis", p->basis);
		document_string(document, "cites", p->cites);
		document_close(document);
	}
	document_close(document);
}

static void
write_document(const struct telling_it *it)
{
	const struct standing *office = &it->facts->office;
	struct document document;

	document_begin(&document, it->report, "yugao-compliance/1");
	document_instant(&document, "as_of", it->facts->as_of);
	document_string(&document, "policy", office->policy);
	document_string(&document, "policy_version", office->policy_version);
	document_string(&document, "policy_sha256", office->policy_sha256);
	write_thresholds(&document, office);
	write_table(it, &document, "now", it->what->now);
	write_table(it, &document, "before", it->what->before);
	document_end(&document);
}

const struct error *
report_compliance(const struct report *report,
    const struct report_compliance *compliance, const struct showing *showing)
{
	struct telling_it it = { report, compliance, compliance->facts };
	struct paper paper;

	if (report->json) {
		write_document(&it);
		return NULL;
	}
	make_paper(&it, &paper);
	return paper_show(report, &paper, showing, compliance->facts->as_of);
}
