#include <string.h>

#include "lint_state.h"

bool
span_is(struct span span, const char *word)
{
	size_t i;

	for (i = 0; i < span.len; i++) {
		char c = span.s[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (word[i] == '\0' || c != word[i])
			return false;
	}
	return word[i] == '\0';
}

struct span
span_cut(struct span *rest, char separator)
{
	struct span piece = *rest;
	const char *end =
	    rest->len == 0 ? NULL : memchr(rest->s, separator, rest->len);

	if (end == NULL) {
		rest->s += rest->len;
		rest->len = 0;
		return piece;
	}
	piece.len = (size_t)(end - piece.s);
	rest->s += piece.len + 1;
	rest->len -= piece.len + 1;
	return piece;
}

/* FNV-1a, never 0. */
uint64_t
span_hash(struct span span)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < span.len; i++) {
		hash ^= (unsigned char)span.s[i];
		hash *= UINT64_C(1099511628211);
	}
	return hash == 0 ? 1 : hash;
}

static bool
is_name(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-';
}

/* How many octets from here on are printable ASCII; may stop short. */
static size_t
printable(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t n = 0;

	/* Eight at a time: the high bit tells of those below 0x20, of 0x7F and
	 * of those above. */
	while (n + sizeof(uint64_t) <= len) {
		uint64_t octets;

		memcpy(&octets, s + n, sizeof(octets));
		if (((octets | (octets - 0x20 * ones) | (octets + ones)) &
			0x80 * ones) != 0)
			break;
		n += sizeof(octets);
	}
	while (n < len && s[n] >= 0x20 && s[n] < 0x7F)
		n++;
	return n;
}

static void
check_bytes(struct lint *lint, const struct span *line)
{
	bool told_utf8 = false, told_control = false;
	size_t i = 0;

	while ((i += printable(line->s + i, line->len - i)) < line->len) {
		unsigned char c = (unsigned char)line->s[i];
		struct place_at place;
		struct span rest = { line->s + i, 1 };
		size_t n = 1;

		if (c >= 0x80)
			n = utf8_length(line->s + i, line->len - i);
		if (n == 0 && !told_utf8) {
			place = lint_place(lint, rest.s);
			lint_find(lint, RULE_UTF8, place, NULL, rest);
			told_utf8 = true;
		} else if (c == '\r') {
			place = lint_place(lint, rest.s);
			lint_find(lint, RULE_LINE_CR, place, NULL, rest);
		} else if (c < 0x80 && c != '\t' && !told_control) {
			place = lint_place(lint, rest.s);
			lint_find(
			    lint, RULE_CONTROL_CHARACTER, place, NULL, rest);
			told_control = true;
		}
		i += n == 0 ? 1 : n;
	}
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

static struct span
unquoted(struct span span)
{
	if (span.len >= 2 && span.s[0] == '"' && span.s[span.len - 1] == '"')
		return (struct span){ span.s + 1, span.len - 2 };
	return span;
}

/* Takes ";NAME=value" off the front; false if it is not one. */
static bool
take_parameter(struct span *rest, struct content *content)
{
	struct span name = { rest->s + 1, 0 }, value;
	long n;

	while (name.len + 1 < rest->len && is_name(name.s[name.len]))
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
	if (span_is(name, "VALUE"))
		content->value_type = unquoted(value);
	else if (span_is(name, "TZID"))
		content->tzid = unquoted(value);
	return true;
}

/* Reports and returns false if the line is not name *(";" param) ":" value. */
static bool
take_apart(struct lint *lint, struct content *content)
{
	struct span rest = content->line;

	content->name = (struct span){ rest.s, 0 };
	while (
	    content->name.len < rest.len && is_name(rest.s[content->name.len]))
		content->name.len++;
	rest.s += content->name.len;
	rest.len -= content->name.len;
	if (content->name.len == 0 || rest.len == 0 ||
	    (*rest.s != ';' && *rest.s != ':')) {
		lint_find(lint, RULE_LINE_SYNTAX, lint_place(lint, rest.s),
		    NULL, content->line);
		return false;
	}
	while (*rest.s == ';')
		if (!take_parameter(&rest, content)) {
			lint_find(lint, RULE_PARAMETER_SYNTAX,
			    lint_place(lint, rest.s), NULL, rest);
			return false;
		}
	content->value = (struct span){ rest.s + 1, rest.len - 1 };
	return true;
}

void
lint_content(struct lint *lint)
{
	struct content content = { .line = {
				       lint->text.data, lint->text.len } };

	check_bytes(lint, &content.line);
	if (!take_apart(lint, &content))
		return;
	if (span_is(content.name, "BEGIN"))
		lint_begin(lint, &content);
	else if (span_is(content.name, "END"))
		lint_finish(lint, &content);
	else
		lint_property(lint, &content);
}
