/*
 * Titles of events often tell the reference period; without it, those of all
 * months are the title of one series.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "track.h"

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };
static const char *const quarters[] = { "First", "Second", "Third", "Fourth" };
static const char *const numerals[] = { "一", "二", "三", "四" };

/* Where a period is told in a title, and its key. */
struct found {
	size_t at, len;
	char key[PERIOD_SIZE];
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Four digits of a likely year, not part of a longer number; else 0. */
static int
year_at(const char *s)
{
	int i, year = 0;

	for (i = 0; i < 4; i++) {
		if (!is_digit(s[i]))
			return 0;
		year = year * 10 + s[i] - '0';
	}
	return is_digit(s[4]) || year < 1950 || year > 2199 ? 0 : year;
}

static size_t
word_at(const char *s, const char *word)
{
	size_t len = strlen(word);

	return strncasecmp(s, word, len) == 0 ? len : 0;
}

/* "Q3 2023", "third quarter 2023", "3rd Quarter of 2023" */
static size_t
quarter_at(const char *s, int *quarter)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	size_t len, i;

	if ((s[0] == 'Q' || s[0] == 'q') && s[1] >= '1' && s[1] <= '4') {
		*quarter = s[1] - '0';
		return 2;
	}
	for (i = 0; i < COUNT(quarters); i++) {
		len = word_at(s, quarters[i]);
		if (len == 0 && s[0] == '1' + (char)i &&
		    word_at(s + 1, ends[i]) > 0)
			len = 3;
		if (len > 0 && word_at(s + len, " quarter") > 0) {
			*quarter = (int)i + 1;
			return len + strlen(" quarter");
		}
	}
	return 0;
}

static size_t
english_at(const char *s, struct found *found)
{
	size_t len = 0, i;
	int year, part = 0;
	bool quarter = false;

	for (i = 0; len == 0 && i < COUNT(months); i++) {
		len = word_at(s, months[i]);
		part = (int)i + 1;
	}
	if (len == 0) {
		len = quarter_at(s, &part);
		quarter = true;
	}
	if (len == 0)
		return 0;
	len += word_at(s + len, " of");
	if (s[len] != ' ' || (year = year_at(s + len + 1)) == 0)
		return 0;
	snprintf(found->key, sizeof(found->key),
	    quarter ? "%04d-Q%d" : "%04d-%02d", year, part);
	return len + 5;
}

static size_t
chinese_quarter(const char *s, int *quarter)
{
	size_t len = word_at(s, "第"), i;

	for (i = 0; i < COUNT(numerals); i++) {
		size_t n = word_at(s + len, numerals[i]);

		if (n == 0 && s[len] == '1' + (char)i)
			n = 1;
		if (n > 0 && word_at(s + len + n, "季度") > 0) {
			*quarter = (int)i + 1;
			return len + n + strlen("季度");
		}
	}
	return 0;
}

/* "2026年3月", "2026年三季度", "2026年上半年", "2026年" */
static size_t
chinese_at(const char *s, struct found *found)
{
	const size_t head = 4 + strlen("年");
	int year = year_at(s), part = 0;
	size_t n = 0, len;

	if (year == 0 || word_at(s + 4, "年") == 0)
		return 0;
	while (n < 2 && is_digit(s[head + n]))
		part = part * 10 + s[head + n++] - '0';
	if (n > 0 && part >= 1 && part <= 12 &&
	    (len = word_at(s + head + n, "月")) > 0) {
		snprintf(
		    found->key, sizeof(found->key), "%04d-%02d", year, part);
		len += head + n;
		return len + word_at(s + len, "份");
	}
	if ((len = chinese_quarter(s + head, &part)) > 0)
		snprintf(
		    found->key, sizeof(found->key), "%04d-Q%d", year, part);
	else if ((len = word_at(s + head, "上半年")) > 0)
		snprintf(found->key, sizeof(found->key), "%04d-H1", year);
	else if ((len = word_at(s + head, "下半年")) > 0)
		snprintf(found->key, sizeof(found->key), "%04d-H2", year);
	else
		snprintf(found->key, sizeof(found->key), "%04d", year);
	return head + len;
}

static bool
find(const char *title, struct found *found)
{
	for (found->at = 0; title[found->at] != '\0'; found->at++) {
		const char *s = title + found->at;

		if (found->at > 0 && is_digit(s[-1]))
			continue;
		found->len = chinese_at(s, found);
		if (found->len == 0 && (found->at == 0 || s[-1] == ' ' ||
					   s[-1] == '(' || s[-1] == ','))
			found->len = english_at(s, found);
		if (found->len > 0)
			return true;
	}
	return false;
}

/* What is left over before the period: ", for", " -", " (" */
static size_t
trimmed(const char *s, size_t len)
{
	static const char *const ends[] = { " for", " in", ",", "-", "(", ":",
		" " };
	size_t i = 0;

	while (i < COUNT(ends)) {
		size_t n = strlen(ends[i]);

		if (len >= n && strncasecmp(s + len - n, ends[i], n) == 0) {
			len -= n;
			i = 0;
		} else {
			i++;
		}
	}
	return len;
}

bool
title_period(struct arena *arena, const char **title, struct period *period)
{
	const char *rest;
	struct found found;
	size_t head;

	if (!find(*title, &found) || !period_parse(found.key, period))
		return false;
	head = trimmed(*title, found.at);
	rest = *title + found.at + found.len;
	rest += strspn(rest, " ),:-");
	if (head + strlen(rest) == 0)
		return false;
	*title = arena_printf(arena, "%.*s%s%s", (int)head, *title,
	    head > 0 && *rest != '\0' ? " " : "", rest);
	return true;
}
