#include "rules.h"

#include <string.h>

#include <yugao/buf.h>

bool
string_given(const char *string)
{
	return string != NULL && *string != '\0';
}

bool
text_given(struct text text)
{
	return string_given(text.zh) || string_given(text.en);
}

static bool
is_given(const struct named_field *fields, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].given;
	return false;
}

const char *
fields_missing(struct arena *arena, const struct parameter *parameter,
    const struct named_field *fields, size_t n)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < parameter->n_set; i++) {
		if (is_given(fields, n, parameter->set[i]))
			continue;
		buf_puts(&buf, buf.len > 0 ? ", " : "");
		buf_puts(&buf, parameter->set[i]);
	}
	return buf.len > 0 ? buf.data : NULL;
}
