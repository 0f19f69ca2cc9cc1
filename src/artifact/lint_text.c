#include <string.h>

#include "lint_state.h"

/* "<br>", "</p>", "&amp;", "&#39;" */
static bool
is_markup(const char *s, const char *end)
{
	static const char *const entities[] = { "amp;", "lt;", "gt;", "quot;",
		"nbsp;", "apos;" };
	const char *stop;
	size_t i;

	if (*s == '<') {
		s += end - s > 1 && s[1] == '/';
		if (end - s < 3 || !is_name_octet(s[1]) || s[1] == '-' ||
		    (s[1] >= '0' && s[1] <= '9'))
			return false;
		for (stop = s + 1; stop < end && is_name_octet(*stop); stop++)
			continue;
		return stop < end && strchr("> /", *stop) != NULL &&
		       *stop != '\0' &&
		       memchr(stop, '>', (size_t)(end - stop)) != NULL;
	}
	for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		size_t n = strlen(entities[i]);

		if ((size_t)(end - s - 1) >= n &&
		    memcmp(s + 1, entities[i], n) == 0)
			return true;
	}
	if (end - s < 4 || s[1] != '#')
		return false;
	for (stop = s + 2; stop < end && is_name_octet(*stop); stop++)
		continue;
	return stop > s + 2 && stop < end && *stop == ';';
}

/* How a text tells its reader of itself, each once a line. */
struct told {
	bool missing, unknown, twice, markup;
};

/* Returns how many octets the escape takes after its backslash. */
static size_t
check_escape(struct lint *lint, const struct content *content, const char *s,
    struct told *told)
{
	const char *end = content->value.s + content->value.len;
	bool known =
	    s + 1 < end && strchr("\\;,nN", s[1]) != NULL && s[1] != '\0';

	if (!known && !told->unknown) {
		lint_find_value(lint, RULE_ESCAPE_UNKNOWN, s, content);
		told->unknown = true;
	}
	if (known && s[1] == '\\' && s + 2 < end && s[2] == 'n' &&
	    !told->twice) {
		lint_find_value(lint, RULE_ESCAPE_TWICE, s, content);
		told->twice = true;
	}
	return known ? 1 : 0;
}

/* Backslashes, and what must have one (RFC 5545 3.3.11). */
void
lint_text(struct lint *lint, const struct content *content, bool list)
{
	static const bool special[256] = { ['\\'] = true,
		[';'] = true,
		[','] = true,
		['<'] = true,
		['&'] = true };
	const char *s = content->value.s, *end = s + content->value.len;
	struct told told = { 0 };

	for (; s < end; s++) {
		if (!special[(unsigned char)*s])
			continue;
		if (*s == '\\') {
			s += check_escape(lint, content, s, &told);
		} else if (*s == '<' || *s == '&') {
			if (told.markup || !is_markup(s, end))
				continue;
			lint_find_value(lint, RULE_TEXT_MARKUP, s, content);
			told.markup = true;
		} else if (!told.missing && (*s == ';' || !list)) {
			lint_find_value(lint, RULE_ESCAPE_MISSING, s, content);
			told.missing = true;
		}
	}
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* What RFC 3986 2 does not allow, but for what is beyond ASCII. */
static bool
has_bad_octet(struct span uri)
{
	size_t i;

	for (i = 0; i < uri.len; i++) {
		unsigned char c = (unsigned char)uri.s[i];

		if (c <= 0x20 || c == 0x7F || strchr("<>\"{}|\\^`", c) != NULL)
			return true;
		if (c == '%' && (i + 2 >= uri.len || !is_hex(uri.s[i + 1]) ||
				    !is_hex(uri.s[i + 2])))
			return true;
	}
	return false;
}

/* "//host…" after http: or https: */
static bool
has_host(struct span rest)
{
	return rest.len > 2 && memcmp(rest.s, "//", 2) == 0 &&
	       strchr("/?#:@", rest.s[2]) == NULL;
}

void
lint_uri(struct lint *lint, const struct property *property,
    const struct content *content)
{
	static const char *const unfit[] = { "JAVASCRIPT", "VBSCRIPT", "FILE" };
	struct span rest = content->value, scheme;
	size_t i;

	for (i = 0; i < rest.len && (is_name_octet(rest.s[i]) ||
					rest.s[i] == '+' || rest.s[i] == '.');
	     i++)
		continue;
	if (i == 0 || i == rest.len || rest.s[i] != ':' ||
	    strchr("0123456789-", rest.s[0]) != NULL || has_bad_octet(rest)) {
		lint_find_value(lint, RULE_VALUE_URI, rest.s, content);
		return;
	}
	scheme = span_cut(&rest, ':');
	if ((span_is(scheme, "HTTP") || span_is(scheme, "HTTPS")) &&
	    !has_host(rest))
		lint_find_value(lint, RULE_VALUE_URI, scheme.s, content);
	for (i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++)
		if (span_is(scheme, unfit[i]))
			lint_find_value(
			    lint, RULE_URI_SCHEME, scheme.s, content);
	if (strcmp(property->name, "URL") == 0 && span_is(scheme, "DATA"))
		lint_find_value(lint, RULE_URI_SCHEME, scheme.s, content);
	for (i = 0; i < rest.len && (unsigned char)rest.s[i] < 0x80; i++)
		continue;
	if (i < rest.len)
		lint_find_value(lint, RULE_URI_UNENCODED, rest.s + i, content);
}

void
lint_binary(struct lint *lint, const struct content *content)
{
	struct span value = content->value;
	size_t n = value.len, i;

	while (n > 0 && value.len - n < 2 && value.s[n - 1] == '=')
		n--;
	for (i = 0; i < n; i++)
		if (!(is_name_octet(value.s[i]) && value.s[i] != '-') &&
		    value.s[i] != '+' && value.s[i] != '/')
			break;
	/* A line that is too long is kept only in part. */
	if (content->base64 && i == n && value.len % 4 == 0)
		return;
	if (content->base64 && i == n && lint->text.len >= LINE_MOST)
		return;
	lint_find_value(lint, RULE_VALUE_BINARY, value.s + i, content);
}
