#include <yugao/office.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/plan.h>

static bool
is_in(const char *word, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

bool
scheme_is_unspecified(const struct scheme *scheme)
{
	return scheme->publication == NULL ||
	       strcmp(scheme->publication, "unspecified") == 0;
}

/* Without a policy, what a scheme allows is not known. */
static bool
is_forbidden(const struct office *office, const struct scheme *scheme)
{
	static const char *const lenient[] = { "allow", "warn", "report" };
	const struct parameter *parameter;

	if (office == NULL)
		return true;
	if (!scheme_is_unspecified(scheme)) {
		parameter = policy_parameter(
		    &office->policy, "scheme.publication_modes_allowed");
		return parameter == NULL ||
		       !is_in(scheme->publication, parameter->set,
			   parameter->n_set);
	}
	parameter =
	    policy_parameter(&office->policy, "scheme.publication_unspecified");
	return parameter != NULL &&
	       (parameter->string == NULL ||
		   !is_in(parameter->string, lenient, COUNT(lenient)));
}

bool
office_opens(const struct office *office, const struct series *series)
{
	return series->secrecy == SECRECY_PUBLIC &&
	       (series->scheme == NULL ||
		   !is_forbidden(office, series->scheme));
}
