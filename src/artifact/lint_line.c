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

struct span
span_of(const char *string)
{
	return (struct span){ string, strlen(string) };
}

bool
is_name_octet(char c)
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

/* A character beyond ASCII that readers do not see, or that is none. */
static void
check_character(struct lint *lint, struct span character, bool *told)
{
	const char *s = character.s;
	bool lost = memcmp(s, "\xEF\xBF\xBD", character.len) == 0;

	if (*told || (!lost && memcmp(s, "\xEF\xBB\xBF", character.len) != 0 &&
			 !utf8_is_control(s, character.len)))
		return;
	lint_find(lint, lost ? RULE_TEXT_LOST : RULE_TEXT_INVISIBLE,
	    lint_place(lint, s), NULL, character);
	*told = true;
}

static void
check_bytes(struct lint *lint, const struct span *line)
{
	bool told_utf8 = false, told_control = false, told_character = false;
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
		} else if (c == 0xC2 || c == 0xD8 || c == 0xE2 || c == 0xEF) {
			rest.len = n;
			check_character(lint, rest, &told_character);
		}
		i += n == 0 ? 1 : n;
	}
}

/* Reports and returns false if the line is not name *(";" param) ":" value. */
static bool
take_apart(struct lint *lint, struct content *content)
{
	struct span rest = content->line;

	content->name = (struct span){ rest.s, 0 };
	while (content->name.len < rest.len &&
	       is_name_octet(rest.s[content->name.len]))
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
		if (!lint_parameter(lint, &rest, content)) {
			lint_find(lint, RULE_PARAMETER_SYNTAX,
			    lint_place(lint, rest.s), NULL, rest);
			return false;
		}
	content->value = (struct span){ rest.s + 1, rest.len - 1 };
	return true;
}

/* Legal, and yet some readers compare octets. */
static void
check_case(struct lint *lint, struct span name)
{
	size_t i;

	for (i = 0; i < name.len; i++)
		if (name.s[i] >= 'a' && name.s[i] <= 'z')
			break;
	if (i < name.len)
		lint_find(
		    lint, RULE_NAME_CASE, lint_place(lint, name.s), NULL, name);
}

void
lint_content(struct lint *lint)
{
	struct content content = { .line = {
				       lint->text.data, lint->text.len } };

	check_bytes(lint, &content.line);
	if (!take_apart(lint, &content))
		return;
	check_case(lint, content.name);
	if (span_is(content.name, "BEGIN")) {
		check_case(lint, content.value);
		lint_begin(lint, &content);
	} else if (span_is(content.name, "END"))
		lint_finish(lint, &content);
	else
		lint_property(lint, &content);
}
