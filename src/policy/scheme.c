#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

/* The word of a parameter that chooses an outcome; block if it is no such. */
static enum outcome
outcome_named(const char *name)
{
	static const struct {
		const char *name;
		enum outcome outcome;
	} names[] = {
		{ "allow", OUTCOME_PASS },
		{ "warn", OUTCOME_WARN },
		{ "report", OUTCOME_REPORT },
	};
	size_t i;

	for (i = 0; name != NULL && i < COUNT(names); i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].outcome;
	return OUTCOME_BLOCK;
}

/* What the scheme's publication mode says about announcing the series. */
static enum outcome
publication_outcome(const struct office *office, const struct series *series)
{
	const struct scheme *scheme = series->scheme;
	const struct parameter *parameter;
	/* Asked of the scheme alone, whatever the class is. */
	struct series public = { .secrecy = SECRECY_PUBLIC, .scheme = scheme };

	if (scheme == NULL)
		return OUTCOME_NA;
	if (!office_opens(office, &public))
		return OUTCOME_BLOCK;
	if (!scheme_is_unspecified(scheme))
		return OUTCOME_PASS;
	parameter =
	    policy_parameter(&office->policy, "scheme.publication_unspecified");
	return parameter == NULL ? OUTCOME_WARN
				 : outcome_named(parameter->string);
}

/*
 * E3: a scheme for internal use forbids the announcement.  Without a scheme
 * there is no mode to judge; that one must be named is E1's matter.
 */
void
judge_publication(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = c->slot->series;
	enum outcome outcome = publication_outcome(c->office, series);

	(void)arena;
	if (outcome == OUTCOME_NA) {
		verdict_set(verdict, OUTCOME_NA, "policy.e3_no_scheme");
		return;
	}
	verdict->measured_text = scheme_is_unspecified(series->scheme)
				     ? "unspecified"
				     : series->scheme->publication;
	if (outcome == OUTCOME_PASS)
		verdict_set(verdict, OUTCOME_PASS, "policy.e3_public");
	else if (series->secrecy != SECRECY_PUBLIC)
		verdict_set(verdict, OUTCOME_PASS, "policy.e3_kept_out");
	else if (scheme_is_unspecified(series->scheme))
		verdict_set(verdict, outcome, "policy.e3_unspecified");
	else
		verdict_set(verdict, outcome, "policy.e3_forbidden");
}
