#include <string.h>

#include <yugao/arena.h>

#include "document.h"
#include "text.h"
#include "words.h"

static const struct {
	const char *name, *id, *count;
	enum style style;
} severities[] = {
	[LINT_ERROR] = { "error", "report.lint_error", "report.lint_errors",
	    STYLE_BAD },
	[LINT_WARNING] = { "warning", "report.lint_warning",
	    "report.lint_warnings", STYLE_WARN },
	[LINT_HINT] = { "hint", "report.lint_hint", "report.lint_hints",
	    STYLE_DIM },
};

static size_t
total(const struct findings *findings)
{
	return findings->count[LINT_ERROR] + findings->count[LINT_WARNING] +
	       findings->count[LINT_HINT];
}

/* All of them, also those that are not listed. */
static void
write_rules(struct document *document, const struct findings *findings)
{
	const struct lint_rule *rules;
	size_t n, i;

	if (findings->of_rule == NULL)
		return;
	rules = lint_rules(&n);
	document_object(document, "rules");
	for (i = 0; i < n; i++)
		if (findings->of_rule[i] > 0)
			document_number(document, rules[i].id,
			    (int64_t)findings->of_rule[i]);
	document_close(document);
}

static void
write_findings(const struct report *report, const char *name, const char *old,
    const struct findings *findings)
{
	struct document document;
	size_t i;

	document_begin(&document, report, "yugao-lint/1");
	document_string(&document, "file", name);
	if (old != NULL)
		document_string(&document, "old", old);
	document_array(&document, "findings");
	for (i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->v[i];
		const struct lint_rule *rule = finding->rule;

		document_object(&document, NULL);
		document_number(&document, "line", (int64_t)finding->line);
		document_number(&document, "col", (int64_t)finding->col);
		if (finding->old_line > 0) {
			document_number(
			    &document, "old_line", (int64_t)finding->old_line);
			document_number(
			    &document, "old_col", (int64_t)finding->old_col);
		}
		document_string(
		    &document, "level", severities[rule->severity].name);
		document_string(&document, "rule", rule->id);
		document_string(&document, "section", rule->section);
		document_string(&document, "message",
		    message_text(
			report->arena, report->lang, &finding->message));
		if (rule->clients != NULL)
			document_string(
			    &document, "clients", TOLD(report, rule->clients));
		document_close(&document);
	}
	document_close(&document);
	document_object(&document, "counts");
	for (i = 0; i < COUNT(severities); i++)
		document_number(
		    &document, severities[i].name, (int64_t)findings->count[i]);
	document_close(&document);
	write_rules(&document, findings);
	document_flag(&document, "complete", findings->n == total(findings));
	document_end(&document);
}

static void
print_finding(const struct report *report, const char *name, const char *old,
    const struct finding *finding)
{
	const struct lint_rule *rule = finding->rule;
	FILE *out = report->terminal.out;

	text_styled(report, STYLE_BOLD,
	    arena_printf(report->arena, "%s:%zu:%zu: ", name, finding->line,
		finding->col));
	text_styled(report, severities[rule->severity].style,
	    TOLD(report, severities[rule->severity].id));
	fprintf(out, "%s",
	    message_text(report->arena, report->lang, &finding->message));
	if (finding->old_line > 0)
		fprintf(out, "%s",
		    TOLD(report, "report.lint_old", old,
			arena_printf(report->arena, "%zu:%zu",
			    finding->old_line, finding->old_col)));
	text_styled(report, STYLE_DIM,
	    arena_printf(
		report->arena, " [%s, %s]\n", rule->id, rule->section));
	if (report->verbose && rule->clients != NULL)
		text_line(report, STYLE_DIM, 4,
		    TOLD(report, "report.lint_clients",
			TOLD(report, rule->clients)));
}

/* "2 errors, 1 hint" */
static const char *
totals(const struct report *report, const struct findings *findings)
{
	struct strings parts = { 0 };
	size_t i;

	for (i = 0; i < COUNT(severities); i++)
		if (findings->count[i] > 0)
			ARRAY_PUSH(report->arena, &parts,
			    tell_count(report->arena, report->lang,
				severities[i].count, findings->count[i]));
	return strings_joined(report, "report.comma", &parts);
}

void
report_lint(const struct report *report, const char *name, const char *old,
    const struct findings *findings)
{
	struct buf shown;
	size_t i;

	if (report->json) {
		write_findings(report, name, old, findings);
		return;
	}
	buf_init(&shown, report->arena);
	buf_visible(&shown, name);
	for (i = 0; i < findings->n; i++)
		print_finding(report, shown.data, old, &findings->v[i]);
	if (total(findings) == 0) {
		if (!report->quiet)
			text_styled(report, STYLE_GOOD,
			    arena_printf(report->arena, "%s\n",
				TOLD(report, "report.lint_clean", shown.data)));
		return;
	}
	fprintf(report->terminal.out, "%s\n",
	    TOLD(report, "report.lint_totals", shown.data,
		totals(report, findings)));
	if (findings->n < total(findings))
		text_line(report, STYLE_DIM, 0,
		    TOLD(report, "report.lint_cut",
			arena_printf(report->arena, "%zu",
			    total(findings) - findings->n)));
}
