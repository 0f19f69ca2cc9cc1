/*
 * The rule matrix with the values in force, and whence they come.
 */
#include <string.h>

#include <yugao/arena.h>

#include "document.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

static const char *
rule_name(struct arena *arena, enum lang lang, const struct policy_rule *rule)
{
	char *id = arena_printf(arena, "policy.rule_%s", rule->id);
	char *letter = strrchr(id, '_') + 1;

	*letter = (char)(*letter - 'A' + 'a');
	return SAY(arena, lang, id);
}

static const char *
moment_name(enum policy_moment moment)
{
	static const char *const names[] = {
		[MOMENT_PLAN] = "plan",
		[MOMENT_ANNOUNCE] = "announce",
		[MOMENT_RELEASE] = "release",
		[MOMENT_PERIODIC] = "periodic",
	};

	return names[moment];
}

static const char *
scope_name(enum policy_scope scope)
{
	static const char *const names[] = {
		[SCOPE_RELEASE] = "release",
		[SCOPE_SERIES] = "series",
		[SCOPE_PLAN] = "plan",
		[SCOPE_DEPARTMENT] = "department",
		[SCOPE_OFFICE] = "office",
	};

	return names[scope];
}

static void
print_rule(const struct report *report, const struct policy_rule *rule)
{
	struct arena *arena = report->arena;
	const struct parameters *policy = &report->office->policy;
	const struct parameter *parameter =
	    rule->parameter == NULL ? NULL
				    : policy_parameter(policy, rule->parameter);
	FILE *out = report->terminal.out;

	text_styled(report, STYLE_BOLD,
	    arena_printf(arena, "%-4s%s", rule->id,
		rule_name(arena, report->lang, rule)));
	fputc('\n', out);
	text_line(report, STYLE_DIM, 4,
	    TOLD(report, "report.policy_when",
		TOLD(report, arena_printf(arena, "report.moment_%s",
				 moment_name(rule->moment))),
		TOLD(report, arena_printf(arena, "report.scope_%s",
				 scope_name(rule->scope))),
		rule->clause));
	if (parameter != NULL)
		text_line(report, STYLE_NONE, 4,
		    arena_printf(arena, "%s = %s [%s]", parameter->key,
			parameter_value(arena, report->lang, parameter),
			parameter_basis(
			    arena, report->lang, policy, parameter)));
	if (parameter != NULL && parameter->on_fail != NULL)
		text_line(report, STYLE_DIM, 4,
		    TOLD(report, "report.policy_consequence",
			TOLD(report, arena_printf(arena, "report.outcome_%s",
					 parameter->on_fail))));
	if (rule->judge == NULL)
		text_line(report, STYLE_WARN, 4,
		    TOLD(report, "report.policy_not_judged"));
}

static void
write_rule(struct document *document, const struct report *report,
    const struct policy_rule *rule)
{
	struct arena *arena = report->arena;
	const struct parameters *policy = &report->office->policy;
	const struct parameter *parameter =
	    rule->parameter == NULL ? NULL
				    : policy_parameter(policy, rule->parameter);
	const char basis[2] = { parameter != NULL ? parameter->basis : '\0' };
	size_t i;

	document_object(document, NULL);
	document_string(document, "rule", rule->id);
	document_string(document, "asks", rule_name(arena, report->lang, rule));
	document_string(document, "moment", moment_name(rule->moment));
	document_string(document, "scope", scope_name(rule->scope));
	document_string(document, "clause", rule->clause);
	document_flag(document, "judged", rule->judge != NULL);
	if (parameter != NULL) {
		document_string(document, "parameter", parameter->key);
		document_string(document, "value",
		    parameter_value(arena, report->lang, parameter));
		document_string(
		    document, "basis", basis[0] != '\0' ? basis : NULL);
		document_string(document, "consequence", parameter->on_fail);
		document_array(document, "cites");
		for (i = 0; i < parameter->n_cites; i++)
			document_string(document, NULL, parameter->cites[i]);
		document_close(document);
	}
	document_close(document);
}

void
report_policy(const struct report *report)
{
	const struct parameters *policy = &report->office->policy;
	struct document document;
	const struct policy_rule *rules;
	size_t n, i;

	rules = policy_rules(&n);
	if (report->json) {
		document_begin(&document, report, "yugao-policy/1");
		document_string(&document, "policy", policy->id);
		document_string(&document, "version", policy->version);
		document_string(&document, "sha256", policy->digest);
		document_array(&document, "rules");
		for (i = 0; i < n; i++)
			write_rule(&document, report, &rules[i]);
		document_close(&document);
		document_end(&document);
		return;
	}
	text_line(report, STYLE_BOLD, 0,
	    TOLD(report, "report.policy_title", policy->id, policy->version,
		policy->digest));
	for (i = 0; i < n; i++) {
		print_rule(report, &rules[i]);
	}
}
