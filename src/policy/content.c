#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

/* An undeclared sample is one: its size is due until somebody says no. */
static bool
sample_given(const struct series *series)
{
	return series->sampled == DECLARED_NO || text_given(series->sample);
}

/*
 * F1: what the figures mean and how they are made (SSTL-27).  It is due with
 * the figures; before them its lack is a warning.
 */
void
judge_explanation(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = case_series(c);
	const struct named_field fields[] = {
		{ "indicator_definition", text_given(series->definition) },
		{ "survey_scope", text_given(series->scope) },
		{ "survey_method", text_given(series->method) },
		{ "calculation_method", text_given(series->calculation) },
		{ "sample_size_if_sampled", sample_given(series) },
	};
	const char *missing =
	    fields_missing(arena, verdict->parameter, fields, COUNT(fields));

	verdict->measured = (int64_t)verdict->parameter->n_set;
	verdict->measured_text = missing;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f1_explained");
	else if (case_is_out(c))
		verdict_set(verdict, OUTCOME_REPORT, "policy.f1_out");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.f1_missing");
}

/* The first of the words that the text holds, or NULL. */
static const char *
word_in(const struct parameter *words, const char *text)
{
	size_t i;

	for (i = 0; text != NULL && i < words->n_set; i++)
		if (strstr(text, words->set[i]) != NULL)
			return words->set[i];
	return NULL;
}

/*
 * F2: a title says its subject, and stays true after the month in which it
 * was written.  The period stands beside it in every event.
 */
void
judge_title(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	struct text title = case_series(c)->title;
	const char *period = c->slot->period, *word;

	(void)arena;
	if (c->wanted != NULL) {
		title = c->wanted->title;
		period = c->wanted->period;
	}
	verdict->measured_text = "";
	if (!text_given(title)) {
		verdict_set(verdict, OUTCOME_WARN, "policy.f2_no_title");
		return;
	}
	if (!string_given(period)) {
		verdict_set(verdict, OUTCOME_WARN, "policy.f2_no_period");
		return;
	}
	word = word_in(verdict->parameter, title.zh);
	if (word == NULL)
		word = word_in(verdict->parameter, title.en);
	verdict->measured_text = word != NULL ? word : period;
	if (word == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f2_plain");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.f2_relative");
}

/* F3: the series says it, or the estimate's name does. */
void
judge_data_status(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const char *status = case_series(c)->data_status;

	(void)arena;
	if (c->wanted != NULL && c->wanted->data_status != NULL)
		status = c->wanted->data_status;
	if (status == NULL && c->slot->rule != NULL)
		status = c->slot->rule->estimate;
	verdict->measured_text = status != NULL ? status : "";
	if (status != NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f3_shown");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.f3_missing");
}

static bool
is_revised_estimate(const struct slot *slot)
{
	return slot->rule != NULL && slot->rule->estimate != NULL &&
	       strcmp(slot->rule->estimate, "revised") == 0;
}

/* F4: a revision says what it revises, on what basis, and why. */
void
judge_revision(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct revision nothing;
	const struct revision *revision = case_series(c)->revision;
	const char *missing;

	if (revision == NULL && !is_revised_estimate(c->slot)) {
		verdict_set(verdict, OUTCOME_NA, "policy.f4_none");
		return;
	}
	if (revision == NULL)
		revision = &nothing;
	const struct named_field fields[] = {
		{ "revises", string_given(revision->revises) },
		{ "basis", text_given(revision->basis) },
		{ "explanation", text_given(revision->explanation) },
	};
	missing =
	    fields_missing(arena, verdict->parameter, fields, COUNT(fields));
	verdict->measured_text = missing != NULL ? missing : revision->revises;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f4_explained");
	else
		verdict_set(verdict, OUTCOME_BLOCK, "policy.f4_missing");
}

static bool
has_contact(const struct series *series, const struct department *department)
{
	return text_given(series->contact_unit) ||
	       string_given(series->contact_phone) ||
	       (department != NULL &&
		   (text_given(department->contact_unit) ||
		       string_given(department->contact_phone)));
}

/* F6: what a reader of the announcement must find. */
void
judge_elements(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = case_series(c);
	const struct announcement *wanted = c->wanted;
	struct text publisher = { NULL, NULL };
	const char *missing;

	if (c->department != NULL)
		publisher = c->department->name;
	const struct named_field fields[] = {
		{ "title", text_given(wanted ? wanted->title : series->title) },
		{ "reference_period",
		    string_given(wanted ? wanted->period : c->slot->period) },
		{ "publisher",
		    text_given(wanted ? wanted->publisher : publisher) },
		{ "release_time",
		    (wanted ? wanted->when : c->slot->when).precision !=
			PRECISION_NONE },
		{ "channels",
		    (wanted ? wanted->n_channels : series->n_channels) > 0 },
		{ "frequency",
		    string_given(frequency_name(series->frequency)) },
		{ "contact", has_contact(series, c->department) },
	};
	missing =
	    fields_missing(arena, verdict->parameter, fields, COUNT(fields));
	verdict->measured = (int64_t)verdict->parameter->n_set;
	verdict->measured_text = missing;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f6_complete");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.f6_missing");
}

/* "text/html; charset=utf-8" is text/html. */
static bool
is_made(const struct policy_case *c, const char *type)
{
	size_t len = strlen(type), i;

	for (i = 0; i < c->n_formats; i++)
		if (strncmp(c->formats[i], type, len) == 0 &&
		    (c->formats[i][len] == '\0' || c->formats[i][len] == ';'))
			return true;
	return false;
}

/* F7: people and programs can read it; every item is parsed when made. */
void
judge_formats(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *required = verdict->parameter;
	struct named_field *fields;
	const char *missing;
	size_t i;

	if (c->n_formats == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.f7_unknown");
		return;
	}
	fields = arena_alloc(arena, required->n_set * sizeof(*fields));
	for (i = 0; i < required->n_set; i++)
		fields[i] = (struct named_field){ required->set[i],
			is_made(c, required->set[i]) };
	missing = fields_missing(arena, required, fields, required->n_set);
	verdict->measured = (int64_t)required->n_set;
	verdict->measured_text = missing;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.f7_made");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.f7_missing");
}
