#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

/*
 * RFC 5545 3.2, RFC 6638, 7986, 8607, 9073, 9253.  The words are all that
 * there are; none where names of one's own are allowed.
 */
static const struct parameter {
	const char *name;
	const char *words[3];
} parameters[] = {
	{ "ALTREP", { NULL } },
	{ "CN", { NULL } },
	{ "CUTYPE", { NULL } },
	{ "DELEGATED-FROM", { NULL } },
	{ "DELEGATED-TO", { NULL } },
	{ "DERIVED", { "TRUE", "FALSE" } },
	{ "DIR", { NULL } },
	{ "DISPLAY", { NULL } },
	{ "EMAIL", { NULL } },
	{ "ENCODING", { "8BIT", "BASE64" } },
	{ "FBTYPE", { NULL } },
	{ "FEATURE", { NULL } },
	{ "FILENAME", { NULL } },
	{ "FMTTYPE", { NULL } },
	{ "GAP", { NULL } },
	{ "LABEL", { NULL } },
	{ "LANGUAGE", { NULL } },
	{ "LINKREL", { NULL } },
	{ "MANAGED-ID", { NULL } },
	{ "MEMBER", { NULL } },
	{ "ORDER", { NULL } },
	{ "PARTSTAT", { NULL } },
	{ "RANGE", { "THISANDFUTURE" } },
	{ "RELATED", { "START", "END" } },
	{ "RELTYPE", { NULL } },
	{ "ROLE", { NULL } },
	{ "RSVP", { "TRUE", "FALSE" } },
	{ "SCHEDULE-AGENT", { NULL } },
	{ "SCHEDULE-FORCE-SEND", { NULL } },
	{ "SCHEDULE-STATUS", { NULL } },
	{ "SCHEMA", { NULL } },
	{ "SENT-BY", { NULL } },
	{ "SIZE", { NULL } },
	{ "TZID", { NULL } },
	{ "VALUE", { NULL } },
};

_Static_assert(COUNT(parameters) <= 64, "content.parameters is too small");

static const struct parameter *
parameter_find(struct span name)
{
	size_t i;

	for (i = 0; i < COUNT(parameters); i++)
		if (span_is(name, parameters[i].name))
			return &parameters[i];
	return NULL;
}

/* The length of a parameter's value, quoted or not; -1 if a quote is open. */
static long
parameter_length(struct span rest)
{
	size_t i = 0;
	bool quoted = false;

	for (; i < rest.len; i++) {
		if (rest.s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (rest.s[i] == ';' || rest.s[i] == ':'))
			break;
	}
	return quoted ? -1 : (long)i;
}

/* A quote begins and ends a value of the list, and stands nowhere else. */
static bool
is_quoted_right(struct span list)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < list.len; i++) {
		if (list.s[i] != '"')
			continue;
		if (quoted ? i + 1 < list.len && list.s[i + 1] != ','
			   : i > 0 && list.s[i - 1] != ',')
			return false;
		quoted = !quoted;
	}
	return true;
}

static struct span
unquoted(struct span span)
{
	if (span.len >= 2 && span.s[0] == '"' && span.s[span.len - 1] == '"')
		return (struct span){ span.s + 1, span.len - 2 };
	return span;
}

/* RFC 5646 2.1, roughly: "zh-Hans-CN", not "zh_CN". */
static bool
is_language(struct span tag)
{
	while (tag.len > 0) {
		struct span part = span_cut(&tag, '-');
		size_t i;

		if (part.len == 0 || part.len > 8)
			return false;
		for (i = 0; i < part.len; i++)
			if (!is_name_octet(part.s[i]))
				return false;
	}
	return true;
}

static bool
is_allowed(const struct parameter *parameter, struct span value)
{
	size_t i;

	if (strcmp(parameter->name, "LANGUAGE") == 0)
		return value.len > 0 && is_language(value);
	if (strcmp(parameter->name, "TZID") == 0 ||
	    strcmp(parameter->name, "VALUE") == 0)
		return value.len > 0;
	for (i = 0; i < COUNT(parameter->words) && parameter->words[i] != NULL;
	     i++)
		if (span_is(value, parameter->words[i]))
			return true;
	return i == 0;
}

static void
check_parameter(struct lint *lint, struct content *content, struct span name,
    struct span value)
{
	const struct parameter *parameter = parameter_find(name);
	struct place_at place = lint_place(lint, name.s);
	uint64_t bit;

	if (parameter == NULL) {
		if (name.len < 2 || (*name.s != 'X' && *name.s != 'x') ||
		    name.s[1] != '-')
			lint_find(
			    lint, RULE_PARAMETER_UNKNOWN, place, NULL, name);
		return;
	}
	bit = UINT64_C(1) << (parameter - parameters);
	if ((content->parameters & bit) != 0)
		lint_find(lint, RULE_PARAMETER_REPEATED, place, NULL, name);
	content->parameters |= bit;
	if (!is_allowed(parameter, value))
		lint_find(lint, RULE_PARAMETER_VALUE, lint_place(lint, value.s),
		    parameter->name, value);
}

bool
lint_parameter(struct lint *lint, struct span *rest, struct content *content)
{
	struct span name = { rest->s + 1, 0 }, value;
	long n;

	while (name.len + 1 < rest->len && is_name_octet(name.s[name.len]))
		name.len++;
	if (name.len == 0 || name.len + 1 >= rest->len ||
	    name.s[name.len] != '=')
		return false;
	value.s = name.s + name.len + 1;
	value.len = rest->len - name.len - 2;
	if ((n = parameter_length(value)) == -1 || (size_t)n == value.len)
		return false;
	rest->s = value.s + n;
	rest->len = value.len - (size_t)n;
	value.len = (size_t)n;
	content->bare_parameter = memchr(value.s, '"', value.len) == NULL;
	if (!content->bare_parameter && !is_quoted_right(value))
		lint_find(lint, RULE_PARAMETER_SYNTAX,
		    lint_place(lint, value.s), NULL, value);
	value = unquoted(value);
	check_parameter(lint, content, name, value);
	if (span_is(name, "VALUE"))
		content->value_type = value;
	else if (span_is(name, "TZID"))
		content->tzid = value;
	else if (span_is(name, "ENCODING"))
		content->base64 = span_is(value, "BASE64");
	return true;
}
