#include "verdict.h"

#include <string.h>

#include <yugao/arena.h>

#include "document.h"
#include "words.h"

static bool
is_number(const struct parameter *parameter)
{
	return parameter != NULL && parameter->string == NULL &&
	       parameter->set == NULL &&
	       (parameter->unit == NULL ||
		   strcmp(parameter->unit, "bool") != 0);
}

static const char *
number_text(struct arena *arena, int64_t number)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_int(&buf, number);
	return buf.data;
}

/* "28 天"; the unit is named by its first word ("calendar_day after …"). */
static const char *
quantity(struct arena *arena, enum lang lang, const char *unit, int64_t number,
    const char *text)
{
	const char *id;

	if (unit == NULL)
		return text;
	id = arena_printf(
	    arena, "report.unit_%.*s", (int)strcspn(unit, " "), unit);
	if (number == 1 && message_exists(arena_printf(arena, "%s_one", id)))
		id = arena_printf(arena, "%s_one", id);
	return message_exists(id) ? SAY(arena, lang, id, text) : text;
}

const char *
quantity_words(
    struct arena *arena, enum lang lang, const char *unit, int64_t number)
{
	return quantity(arena, lang, unit, number, number_text(arena, number));
}

/* The parameter's value without its unit. */
static const char *
value_text(struct arena *arena, enum lang lang, const struct parameter *p)
{
	struct buf buf;
	size_t i;

	if (p->string != NULL)
		return p->string;
	if (p->set == NULL && is_number(p))
		return number_text(arena, p->number);
	if (p->set == NULL)
		return SAY(
		    arena, lang, p->number != 0 ? "report.yes" : "report.no");
	buf_init(&buf, arena);
	for (i = 0; i < p->n_set; i++) {
		buf_puts(&buf, i > 0 ? SAY(arena, lang, "report.comma") : "");
		buf_puts(&buf, p->set[i]);
	}
	return buf.data;
}

const char *
parameter_value(
    struct arena *arena, enum lang lang, const struct parameter *parameter)
{
	return quantity(arena, lang,
	    is_number(parameter) ? parameter->unit : NULL, parameter->number,
	    value_text(arena, lang, parameter));
}

const char *
parameter_basis(struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct parameter *parameter)
{
	struct buf buf;
	char *id = arena_strdup(arena, "report.basis_n");
	size_t i;

	if (parameter->basis == '\0')
		return "";
	id[strlen(id) - 1] = (char)(parameter->basis - 'A' + 'a');
	buf_init(&buf, arena);
	buf_puts(&buf, SAY(arena, lang, id));
	for (i = 0; i < parameter->n_cites; i++) {
		const char *source = policy_source(policy, parameter->cites[i]);

		buf_puts(&buf, i > 0 ? "; " : lang == LANG_ZH ? "：" : ": ");
		buf_puts(&buf, source != NULL ? source : parameter->cites[i]);
	}
	return buf.data;
}

int
verdict_compare(const struct verdict *a, const struct verdict *b)
{
	if (a->measured_text != NULL && b->measured_text != NULL)
		return strcmp(a->measured_text, b->measured_text);
	return (a->measured > b->measured) - (a->measured < b->measured);
}

static const char *
measured_text(struct arena *arena, const struct verdict *verdict)
{
	return verdict->measured_text != NULL
		   ? verdict->measured_text
		   : number_text(arena, verdict->measured);
}

/* "27", "12–27" */
static const char *
range_text(struct arena *arena, struct range range)
{
	const char *low = measured_text(arena, range.low);
	const char *high = measured_text(arena, range.high);

	if (strcmp(low, high) == 0)
		return low;
	if (range.low->measured_text != NULL)
		return arena_printf(arena, "%s … %s", low, high);
	return arena_printf(arena, "%s–%s", low, high);
}

/* "提前 12–27 天 < 28 天" */
static const char *
comparison(struct arena *arena, enum lang lang, struct range range)
{
	const struct parameter *p = range.low->parameter;
	int64_t number = range.low == range.high ? range.low->measured : 0;
	const char *measured =
	    quantity(arena, lang, p->unit, number, range_text(arena, range));
	const char *ahead = "report.measured_a2";

	if (strcmp(range.low->rule->id, "A2") == 0)
		measured = SAY(arena, lang, ahead, measured);
	return arena_printf(arena, "%s %s %s", measured,
	    range.high->measured < p->number ? "<" : "≥",
	    quantity(arena, lang, p->unit, p->number,
		number_text(arena, p->number)));
}

/* How the parameter stands to what was measured. */
static const char *
against(const struct parameter *parameter)
{
	if (parameter->unit != NULL &&
	    strncmp(parameter->unit, "MM-DD", 5) == 0)
		return "report.against_due";
	if (parameter->unit != NULL && strcmp(parameter->unit, "enum") == 0)
		return "report.against_mode";
	return "report.against_standard";
}

static const char *
measure(struct arena *arena, enum lang lang, struct range range)
{
	const struct verdict *verdict = range.low;
	const struct parameter *p = verdict->parameter;
	const char *text;

	/* D1's is for pasting, and stands in the sentence. */
	if (verdict->outcome == OUTCOME_NA ||
	    strcmp(verdict->rule->id, "D1") == 0)
		return "";
	if (verdict->measured_text == NULL)
		return is_number(p) ? comparison(arena, lang, range) : "";
	text = *verdict->measured_text == '\0'
		   ? SAY(arena, lang, "report.missing")
		   : range_text(arena, range);
	if (p == NULL || (p->string == NULL && p->set == NULL && !is_number(p)))
		return text;
	return SAY(arena, lang, against(p), text,
	    quantity(
		arena, lang, p->unit, p->number, value_text(arena, lang, p)));
}

/* "[I：UK-3.1 UK Code of Practice …]" */
static const char *
basis_words(struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct parameter *p)
{
	char letter[] = { p->basis, '\0' };
	struct buf buf;
	size_t i;

	if (p->n_cites == 0)
		return SAY(arena, lang, "report.basis_alone", letter);
	buf_init(&buf, arena);
	for (i = 0; i < p->n_cites; i++) {
		const char *source = policy_source(policy, p->cites[i]);

		buf_puts(&buf, i > 0 ? "; " : "");
		buf_puts(&buf, p->cites[i]);
		if (source == NULL)
			continue;
		buf_putc(&buf, ' ');
		buf_puts(&buf, source);
	}
	return SAY(arena, lang, "report.basis", letter, buf.data);
}

static void
add_part(struct buf *buf, const char *part)
{
	buf_puts(buf, " · ");
	buf_puts(buf, part);
}

const char *
range_words(struct arena *arena, enum lang lang,
    const struct parameters *policy, struct range range)
{
	const struct verdict *verdict = range.low;
	const char *what = measure(arena, lang, range);
	struct buf buf;

	buf_init(&buf, arena);
	buf_puts(
	    &buf, SAY(arena, lang,
		      *what == '\0' ? "report.verdict_bare" : "report.verdict",
		      verdict->rule->id,
		      tell_outcome(arena, lang, verdict->outcome), what));
	if (verdict->parameter != NULL) {
		buf_putc(&buf, ' ');
		buf_puts(
		    &buf, basis_words(arena, lang, policy, verdict->parameter));
	}
	if (verdict->rule->clause != NULL)
		add_part(&buf,
		    SAY(arena, lang, "report.clause", verdict->rule->clause));
	if (verdict->reference)
		add_part(&buf, SAY(arena, lang, "report.reference"));
	if (verdict->prediction)
		add_part(&buf,
		    SAY(arena, lang,
			verdict->unconfirmed ? "report.prediction_unconfirmed"
					     : "report.prediction"));
	if (verdict->informative)
		add_part(&buf, SAY(arena, lang, "report.informative"));
	return buf.data;
}

const char *
verdict_words(struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct verdict *verdict)
{
	return range_words(
	    arena, lang, policy, (struct range){ verdict, verdict });
}

/* In a sentence one text stands for several. */
static const char *
first_of(struct arena *arena, enum lang lang, struct range range)
{
	if (range.low->measured_text == NULL ||
	    verdict_compare(range.low, range.high) == 0)
		return range_text(arena, range);
	return SAY(arena, lang, "report.and_others", range.low->measured_text);
}

const char *
range_reason(struct arena *arena, enum lang lang, struct range range)
{
	const struct verdict *verdict = range.low;

	if (verdict->reason == NULL)
		return "";
	return SAY(arena, lang, verdict->reason, first_of(arena, lang, range),
	    verdict->parameter == NULL
		? ""
		: value_text(arena, lang, verdict->parameter));
}

static void
document_threshold(struct document *document, const struct parameter *p)
{
	size_t i;

	if (p->string != NULL) {
		document_string(document, "threshold", p->string);
	} else if (p->set != NULL) {
		document_array(document, "threshold");
		for (i = 0; i < p->n_set; i++)
			document_string(document, NULL, p->set[i]);
		document_close(document);
	} else if (is_number(p)) {
		document_number(document, "threshold", p->number);
	} else {
		document_flag(document, "threshold", p->number != 0);
	}
}

static void
document_parameter(struct document *document, const struct parameters *policy,
    const struct parameter *p)
{
	char basis[] = { p->basis, '\0' };
	size_t i;

	document_string(document, "parameter", p->key);
	document_threshold(document, p);
	document_string(document, "unit", p->unit);
	document_string(document, "basis", basis);
	document_array(document, "citations");
	for (i = 0; i < p->n_cites; i++) {
		document_object(document, NULL);
		document_string(document, "id", p->cites[i]);
		document_string(
		    document, "text", policy_source(policy, p->cites[i]));
		document_close(document);
	}
	document_close(document);
}

void
document_verdict(struct document *document, struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct verdict *verdict)
{
	document_string(document, "rule", verdict->rule->id);
	document_string(document, "clause", verdict->rule->clause);
	document_string(document, "outcome", outcome_name(verdict->outcome));
	if (verdict->measured_text != NULL)
		document_string(document, "measured", verdict->measured_text);
	else if (is_number(verdict->parameter) &&
		 verdict->outcome != OUTCOME_NA)
		document_number(document, "measured", verdict->measured);
	if (verdict->parameter != NULL)
		document_parameter(document, policy, verdict->parameter);
	document_flag(document, "prediction", verdict->prediction);
	document_flag(document, "unconfirmed", verdict->unconfirmed);
	document_flag(document, "reference", verdict->reference);
	document_flag(document, "informative", verdict->informative);
	if (verdict->reason != NULL)
		document_string(document, "reason",
		    range_reason(
			arena, lang, (struct range){ verdict, verdict }));
}
