/*
 * A department's own regulation of advance notice, drafted from the policy:
 * config/policy/regulation.md with its {blanks} filled.  What nobody has
 * written down stays a blank for a person to fill in.
 */
#include <string.h>

#include <yugao/arena.h>

#include "regulation_text.h"
#include "verdict.h"

#define BLANK "＿＿＿＿＿＿"
#define BASIS ":basis"

struct regulation {
	struct arena *arena;
	const struct office *office;
	const struct department *department; /* or NULL */
};

static const char *
text_or_blank(const struct text *text)
{
	const char *string = text == NULL ? "" : text_in(text, LANG_ZH);

	return *string == '\0' ? BLANK : string;
}

static const char *
units(const struct regulation *regulation)
{
	const struct department *department = regulation->department;
	struct buf buf;
	size_t i;

	if (department == NULL || department->n_units == 0)
		return BLANK;
	buf_init(&buf, regulation->arena);
	for (i = 0; i < department->n_units; i++) {
		buf_puts(&buf, i > 0 ? "、" : "");
		buf_puts(&buf, text_or_blank(&department->units[i]));
	}
	return buf.data;
}

static const char *
contact(const struct regulation *regulation)
{
	const struct department *department = regulation->department;

	if (department == NULL)
		return BLANK;
	return arena_printf(regulation->arena, "%s（电话：%s）",
	    text_or_blank(&department->contact_unit),
	    department->contact_phone != NULL ? department->contact_phone
					      : BLANK);
}

/* One row a parameter, so that nothing in the articles is without its source.
 */
static const char *
annex(const struct regulation *regulation)
{
	const struct parameters *policy = &regulation->office->policy;
	struct arena *arena = regulation->arena;
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	buf_puts(&buf, "| 参数 | 数值 | 依据 |\n|---|---|---|\n");
	for (i = 0; i < policy->n; i++) {
		const struct parameter *p = &policy->v[i];

		if (p->basis == '\0')
			continue;
		buf_printf(&buf, "| %s | %s | ", p->key,
		    parameter_value(arena, LANG_ZH, p));
		buf_printf(
		    &buf, "%s |\n", parameter_basis(arena, LANG_ZH, policy, p));
	}
	return buf.data;
}

/* One of the policy's words, as a regulation writes it. */
static const char *
spoken(struct arena *arena, const char *word)
{
	const char *id = arena_printf(arena, "report.term_%s", word);
	int month, day;

	if (message_exists(id))
		return SAY(arena, LANG_ZH, id);
	if (strlen(word) == strlen("12-31") &&
	    sscanf(word, "%2d-%2d", &month, &day) == 2)
		return arena_printf(arena, "%d月%d日", month, day);
	return word;
}

static const char *
value_of(struct arena *arena, const struct parameter *parameter)
{
	struct buf buf;
	size_t i;

	if (parameter->string != NULL)
		return spoken(arena, parameter->string);
	if (parameter->set == NULL)
		return parameter_value(arena, LANG_ZH, parameter);
	buf_init(&buf, arena);
	for (i = 0; i < parameter->n_set; i++) {
		buf_puts(&buf, i > 0 ? "、" : "");
		buf_puts(&buf, spoken(arena, parameter->set[i]));
	}
	return buf.len > 0 ? buf.data : BLANK;
}

static const char *
of_parameter(const struct regulation *regulation, const char *key)
{
	const struct parameters *policy = &regulation->office->policy;
	struct arena *arena = regulation->arena;
	size_t len = strlen(key), suffix = strlen(BASIS);
	bool basis = len > suffix && strcmp(key + len - suffix, BASIS) == 0;
	const struct parameter *parameter = policy_parameter(
	    policy, basis ? arena_strndup(arena, key, len - suffix) : key);

	if (parameter == NULL)
		return basis ? "" : BLANK;
	if (!basis)
		return value_of(arena, parameter);
	return arena_printf(arena, "〔%s〕",
	    parameter_basis(arena, LANG_ZH, policy, parameter));
}

static const char *
blank(const struct regulation *regulation, const char *name)
{
	const struct department *department = regulation->department;
	const struct parameters *policy = &regulation->office->policy;

	if (strcmp(name, "department") == 0)
		return text_or_blank(department ? &department->name : NULL);
	if (strcmp(name, "units") == 0)
		return units(regulation);
	if (strcmp(name, "lead_unit") == 0)
		return department != NULL && department->n_units == 1
			   ? units(regulation)
			   : text_or_blank(
				 department ? &department->lead_unit : NULL);
	if (strcmp(name, "institution") == 0)
		return department != NULL && department->institution != NULL
			   ? text_or_blank(&department->institution->name)
			   : "同级政府统计机构";
	if (strcmp(name, "contact") == 0)
		return contact(regulation);
	if (strcmp(name, "annex") == 0)
		return annex(regulation);
	if (strcmp(name, "policy_id") == 0)
		return policy->id;
	if (strcmp(name, "policy_version") == 0)
		return policy->version;
	if (strcmp(name, "policy_digest") == 0)
		return policy->digest;
	return of_parameter(regulation, name);
}

void
report_regulation(
    const struct report *report, const struct department *department)
{
	const struct regulation regulation = { report->arena, report->office,
		department };
	const char *at = regulation_text, *open, *close;
	FILE *out = report->terminal.out;

	while ((open = strchr(at, '{')) != NULL &&
	       (close = strchr(open, '}')) != NULL) {
		fwrite(at, 1, (size_t)(open - at), out);
		fputs(blank(&regulation, arena_strndup(report->arena, open + 1,
					     (size_t)(close - open - 1))),
		    out);
		at = close + 1;
	}
	fputs(at, out);
}
