/* What may be quoted of a plan, as far as it says so itself. */
#include <ctype.h>
#include <string.h>

#include "read.h"

bool
series_is_quotable(const struct series *series)
{
	const char *publication =
	    series->scheme == NULL ? NULL : series->scheme->publication;

	return series->secrecy == SECRECY_PUBLIC &&
	       (publication == NULL || strcmp(publication, "public") == 0 ||
		   strcmp(publication, "unspecified") == 0);
}

/* Which of these an unknown key may have been meant to be, or NULL. */
static const char *
meant(const char *key, const char *const *known, size_t n)
{
	char lower[ID_MOST];
	size_t i;

	for (i = 0; key[i] != '\0' && i + 1 < sizeof(lower); i++)
		lower[i] = (char)tolower((unsigned char)key[i]);
	lower[i] = '\0';
	return strstr(lower, "class") != NULL || strstr(key, "密") != NULL
		   ? known[0]
		   : nearest_word(lower, known, n);
}

static bool
scheme_closes(json_t *scheme)
{
	static const char *const known[] = { "publication" };
	const char *key;
	json_t *value;

	json_object_foreach(scheme, key, value)
	{
		const char *said = json_string_value(value);

		if (strcmp(key, known[0]) == 0) {
			if (said == NULL ||
			    (strcmp(said, "public") != 0 &&
				strcmp(said, "unspecified") != 0))
				return true;
		} else if (meant(key, known, COUNT(known)) != NULL) {
			return true;
		}
	}
	return !json_is_object(scheme);
}

struct openness
openness_of(json_t *object)
{
	static const char *const known[] = { "class", "scheme" };
	struct openness openness = { false, false, false, false };
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		bool is_known = is_series_key(key);
		const char *word = json_string_value(value);
		const char *name =
		    is_known ? key : meant(key, known, COUNT(known));

		if (name == NULL)
			continue;
		if (strcmp(name, known[0]) == 0) {
			openness.class_said = true;
			openness.class_closes |= !is_known || word == NULL ||
						 strcmp(word, "public") != 0;
		} else if (strcmp(name, known[1]) == 0) {
			openness.scheme_said = true;
			openness.scheme_closes |=
			    !is_known || scheme_closes(value);
		}
	}
	return openness;
}
