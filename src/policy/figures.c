/*
 * One pass over the text: the words that lead to a number are remembered
 * until the number comes or something else does; what follows the number says
 * whether it is a figure.
 */
#include "figures.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "figure_words.h"

static const char *
skip_spaces(const char *p)
{
	return p + strspn(p, " ");
}

static const char *
skip_string(const char *p, const char *string)
{
	size_t len = strlen(string);

	return strncmp(p, string, len) == 0 ? p + len : p;
}

/* Half width, lower case, every space one kind, what is not seen left out. */
static const char *
fold(struct arena *arena, const char *text)
{
	size_t len = strlen(text), i, n;
	struct buf buf;

	buf_init(&buf, arena);
	for (i = 0; i < len; i += n) {
		uint32_t c = utf8_decode(text + i, len - i);

		n = utf8_length(text + i, len - i);
		if (n == 0)
			n = 1;
		if (c >= 0xff01 && c <= 0xff5e)
			c -= 0xfee0;
		if (c == 0xfe6a)
			c = '%';
		if (c == 0x3000 || c == 0xa0 || c == 0x202f || c == '\t' ||
		    (c >= 0x2000 && c <= 0x200a))
			c = ' ';
		if ((c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff)
			continue;
		if (c < 0x80)
			buf_putc(&buf, (char)tolower((int)c));
		else
			buf_add(&buf, text + i, n);
	}
	return buf.data;
}

struct number {
	const char *end;
	bool figure;  /* false: a version, a clock time */
	bool chinese; /* 三点二, as against 3.2 */
	bool decimal;
	bool year;    /* 1900 to 2099 */
	bool large;   /* 10000 and more, or 万, 亿 */
	bool hundred; /* chinese: 百 and more */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_group(const char *p)
{
	return p[0] == ',' && is_digit(p[1]) && is_digit(p[2]) &&
	       is_digit(p[3]) && !is_digit(p[4]);
}

/* "1,234.5"; "2026.3.15" and "9:30" are no figures. */
static bool
read_digits(const char *p, struct number *number)
{
	size_t digits = 0;
	const char *start = p;

	if (!is_digit(*p))
		return false;
	*number = (struct number){ .figure = true };
	while (is_digit(*p) || is_group(p)) {
		digits += is_digit(*p);
		p++;
	}
	number->large = digits >= 5;
	number->year =
	    digits == 4 && p - start == 4 &&
	    (strncmp(start, "19", 2) == 0 || strncmp(start, "20", 2) == 0);
	while ((*p == '.' || *p == ':') && is_digit(p[1])) {
		number->figure = *p == '.' && !number->decimal;
		number->decimal = true;
		number->year = false;
		for (p++; is_digit(*p);)
			p++;
	}
	number->end = p;
	return true;
}

static bool
read_numerals(const char *p, struct number *number)
{
	const char *next;

	if (word_at(p, &figure_numerals) == NULL)
		return false;
	*number = (struct number){ .figure = true, .chinese = true };
	for (;;) {
		const struct word *magnitude = word_at(p, &figure_magnitudes);
		const struct word *unit = word_at(p, &figure_units);

		if (unit != NULL && unit->kind != UNIT_COUNT)
			break;
		if (magnitude != NULL) {
			number->hundred |= magnitude->kind >= HUNDREDS;
			number->large |= magnitude->kind == MYRIADS;
			p += strlen(magnitude->text);
		} else if ((next = skip_word(p, &figure_numerals)) != NULL) {
			p = next;
		} else if (skip_string(p, "点") != p &&
			   word_at(skip_string(p, "点"), &figure_numerals) !=
			       NULL) {
			number->decimal = true;
			p = skip_string(p, "点");
		} else {
			break;
		}
	}
	number->end = p;
	return true;
}

static bool
read_number(const char *p, struct number *number)
{
	return read_digits(p, number) || read_numerals(p, number);
}

/* The end of the sentence or its part, beside brackets. */
static bool
ends_clause(const char *p)
{
	static const char *const marks[] = { "。", "、", "；", ",", ";", ".",
		"!", "?", "\n", "左右" };
	size_t i;

	if (*p == '\0')
		return true;
	for (i = 0; i < COUNT(marks); i++)
		if (skip_string(p, marks[i]) != p)
			return true;
	return false;
}

/* "及以上工业企业", "and above" */
static bool
bounds_group(const char *p)
{
	const char *next;

	p = skip_spaces(p);
	if (word_at(p, &figure_english_bounds) != NULL)
		return true;
	if ((next = skip_word(p, &figure_bounds)) != NULL)
		return !ends_clause(skip_spaces(next));
	if (!isalpha((unsigned char)*p))
		return false;
	while (isalpha((unsigned char)*p))
		p++;
	return word_at(skip_spaces(p), &figure_english_bounds) != NULL;
}

/* "3成", "三成", but not "三成员" */
static const char *
skip_tenths(const char *p)
{
	const char *end = skip_string(p, "成");

	return end == p || word_at(end, &figure_not_tenths) != NULL ? NULL
								    : end;
}

/* The unit after a number, with the 万 and 亿 that belong to the number. */
static enum unit
unit_after(const char *p, struct number *number, const char **end)
{
	const struct word *word;

	p = skip_string(skip_string(skip_spaces(p), "多"), "余");
	for (;;) {
		p = skip_spaces(p);
		if ((*end = skip_tenths(p)) != NULL)
			return UNIT_RATE;
		if ((word = word_at(p, &figure_units)) != NULL) {
			*end = p + strlen(word->text);
			return (enum unit)word->kind;
		}
		if ((word = word_at(p, &figure_magnitudes)) == NULL)
			break;
		number->hundred = true;
		number->large |= word->kind == MYRIADS;
		p = skip_string(p + strlen(word->text), "多");
	}
	*end = p;
	return UNIT_NONE;
}

static bool
unit_makes_figure(enum unit unit, const struct number *number, const char *end)
{
	switch (unit) {
	case UNIT_RATE:
		return word_at(skip_spaces(end), &figure_samples) == NULL;
	case UNIT_MEASURE: /* 二元 is no sum */
		return !number->chinese || number->hundred || number->decimal;
	case UNIT_COUNT:
		return number->large;
	default:
		return unit == UNIT_LARGE;
	}
}

/* "3" of "1—3月" */
static const char *
skip_range(const char *p)
{
	static const char *const signs[] = { "-", "–", "—", "~", "～", "至",
		"到" };
	struct number number;
	size_t i;

	for (i = 0; i < COUNT(signs); i++) {
		const char *next = skip_string(p, signs[i]);

		if (next != p && read_number(skip_spaces(next), &number))
			return number.end;
	}
	return p;
}

/* Whether a number without a unit is what a word of growth leads to. */
static bool
growth_makes_figure(
    enum lead lead, const struct number *number, const char *rest)
{
	const char *next = skip_spaces(skip_range(rest));

	if (number->year || word_at(next, &figure_dates) != NULL)
		return false;
	if (isalpha((unsigned char)*next) &&
	    word_at(next, &figure_english_rests) == NULL)
		return false;
	if (number->decimal)
		return true;
	if (number->chinese)
		return number->large && ends_clause(next);
	return lead == LEAD_STRONG || ends_clause(next) ||
	       word_at(next, &figure_bounds) != NULL ||
	       word_at(next, &figure_english_rests) != NULL;
}

/* Where the figure ends that begins with this number; NULL if it is none. */
static const char *
figure_end(enum lead lead, struct number number)
{
	const char *end;
	enum unit unit;

	if (lead == LEAD_NOT || !number.figure)
		return NULL;
	unit = unit_after(number.end, &number, &end);
	if (unit_makes_figure(unit, &number, end))
		return lead < LEAD_VERB && bounds_group(end) ? NULL : end;
	if (unit != UNIT_NONE && unit != UNIT_COUNT)
		return NULL;
	if (lead == LEAD_CURRENCY)
		return bounds_group(number.end) ? NULL : end;
	if (unit == UNIT_NONE && number.large && number.hundred &&
	    (lead >= LEAD_VERB || ends_clause(end)))
		return end;
	if (lead >= LEAD_WEAK && growth_makes_figure(lead, &number, number.end))
		return number.end;
	return NULL;
}

/* "百分之三点二", "三分之一" */
static const char *
fraction_end(const char *p)
{
	const char *next = skip_word(p, &figure_wholes);
	struct number number;

	if (next == NULL) {
		if (!read_number(p, &number))
			return NULL;
		next = skip_string(number.end, "分之");
		if (next == number.end)
			return NULL;
	}
	if (!read_number(skip_spaces(next), &number) ||
	    word_at(number.end, &figure_samples) != NULL)
		return NULL;
	return number.end;
}

/* "three percent", "two billion" */
static const char *
spelled_end(const char *p)
{
	const struct word *unit;
	const char *next = skip_word(p, &figure_number_words);

	if (next == NULL)
		return NULL;
	next = skip_spaces(next);
	unit = word_at(next, &figure_units);
	if (unit == NULL ||
	    (unit->kind != UNIT_RATE && unit->kind != UNIT_LARGE))
		return NULL;
	next += strlen(unit->text);
	return bounds_group(next) ? NULL : next;
}

static const char *
skip_character(const char *p)
{
	size_t n = utf8_length(p, strnlen(p, 4));

	if (isalpha((unsigned char)*p)) {
		while (isalpha((unsigned char)*p))
			p++;
		return p;
	}
	return p + (n > 0 ? n : 1);
}

/* Growth stays growth when "reached" or "by RMB" comes after it. */
static enum lead
follow(enum lead lead, enum lead next)
{
	return lead >= LEAD_WEAK && next >= LEAD_VERB && next < lead ? lead
								     : next;
}

const char *
figure_find(struct arena *arena, const char *text)
{
	const char *p = fold(arena, text), *start = p, *end;
	enum lead lead = LEAD_NONE;
	const struct word *word;
	struct number number;

	while (*p != '\0') {
		if (lead == LEAD_NONE)
			start = p;
		if ((word = word_at(p, &figure_leads)) != NULL) {
			lead = follow(lead, (enum lead)word->kind);
			p += strlen(word->text);
			continue;
		}
		if (*p == ' ' ||
		    (lead != LEAD_NONE &&
			(word = word_at(p, &figure_connectors)) != NULL)) {
			p += *p == ' ' ? 1 : strlen(word->text);
			continue;
		}
		end = fraction_end(p);
		if (end == NULL && lead != LEAD_NOT)
			end = spelled_end(p);
		if (end == NULL && read_number(p, &number))
			end = figure_end(lead, number);
		else if (end == NULL)
			number.end = skip_character(p);
		if (end != NULL)
			return arena_strndup(
			    arena, start, (size_t)(end - start));
		lead = LEAD_NONE;
		p = number.end;
	}
	return NULL;
}
