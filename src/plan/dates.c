/* Dates and periods as people write them in a cell. */
#include <stdlib.h>
#include <string.h>

#include "words.h"

static const char *const month_marks[] = { "月份", "月" };
static const char *const day_marks[] = { "日", "号" };

/* What may stand between the parts of a date. */
static void
take_gap(const char **s)
{
	*s += strspn(*s, " ,;");
}

/* "2026年", "2026-", "2026/", "2026." before a month. */
static bool
take_year(const char **s, int *year)
{
	const char *at = *s;
	int n;

	if (strspn(at, "0123456789") != 4 || !take_number(&at, &n))
		return false;
	if (!take_word(&at, "年") && strchr("-/.", *at) != NULL && *at != '\0')
		at++;
	*year = n;
	*s = at;
	return true;
}

/* "20260109" */
static bool
take_packed(const char **s, struct when *when)
{
	int n;

	if (strspn(*s, "0123456789") != 8 || !take_number(s, &n))
		return false;
	when->year = n / 10000;
	when->month = n / 100 % 100;
	when->mday = n % 100;
	return true;
}

/* "Jan 9, 2026", "9 January", "January 2026" */
static bool
take_english_date(const char **s, struct when *when)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th" };
	const char *at = *s;
	int mday = 0;

	if (take_number(&at, &mday)) {
		take_any(&at, ordinals, COUNT(ordinals));
		take_gap(&at);
	}
	if (!take_month_name(&at, &when->month))
		return false;
	take_gap(&at);
	if (mday == 0 && strspn(at, "0123456789") <= 2 &&
	    take_number(&at, &mday)) {
		take_any(&at, ordinals, COUNT(ordinals));
		take_gap(&at);
	}
	take_year(&at, &when->year);
	when->kind = mday == 0 ? WHEN_MONTH : WHEN_DAY;
	when->mday = mday;
	*s = at;
	return true;
}

/* "2026-01-09", "2026年1月9日", "1/9", "1月", "9-10月", "9月-10月" */
static bool
take_number_date(const char **s, struct when *when)
{
	const char *at = *s;
	bool marked;
	int n;

	take_year(&at, &when->year);
	if (!take_number(&at, &when->month))
		return false;
	marked = take_any(&at, month_marks, COUNT(month_marks));
	when->kind = WHEN_MONTH;
	if (marked && take_number(&at, &when->mday)) {
		take_any(&at, day_marks, COUNT(day_marks));
		when->kind = WHEN_DAY;
	} else if (!marked && when->year == 0 && *at == '-') {
		const char *rest = at + 1;

		/* "9-10月" are months, "1-9" a month and its day. */
		if (!take_number(&rest, &n))
			return false;
		at = rest;
		if (take_any(&at, month_marks, COUNT(month_marks))) {
			when->kind = WHEN_WINDOW;
			when->last_month = n;
		} else {
			when->kind = WHEN_DAY;
			when->mday = n;
		}
	} else if (!marked && strchr("-/.", *at) != NULL && *at != '\0') {
		at++;
		if (!take_number(&at, &when->mday))
			return false;
		take_any(&at, day_marks, COUNT(day_marks));
		when->kind = WHEN_DAY;
	} else if (marked && *at == '-') {
		at++;
		if (!take_number(&at, &when->last_month) ||
		    !take_any(&at, month_marks, COUNT(month_marks)))
			return false;
		when->kind = WHEN_WINDOW;
	} else if (!marked && when->year == 0) {
		return false;
	}
	*s = at;
	return true;
}

/* A weekday, a clock time, and whether it is settled; in any order. */
static void
take_rest(const char **s, struct when *when)
{
	static const char *const tentative[] = { "暂定", "预计", "tentative",
		"tbc" };
	bool more = true;

	while (more) {
		*s += strspn(*s, " ,;()/");
		if (**s == 't' && (*s)[1] >= '0' && (*s)[1] <= '9')
			++*s;
		more = false;
		if (when->minute == NO_TIME && take_time(s, &when->minute)) {
			more = true;
		} else if (!when->has_weekday &&
			   take_weekday(s, &when->weekday)) {
			when->has_weekday = more = true;
		} else if (take_any(s, tentative, COUNT(tentative))) {
			when->tentative = more = true;
		}
	}
}

static bool
has_any(const char *s, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strstr(s, words[i]) != NULL)
			return true;
	return false;
}

bool
when_parse(struct arena *arena, const char *text, struct when *when)
{
	static const char *const cancelled[] = { "取消", "停发", "cancel" };
	static const char *const open[] = { "待定", "另行", "tbd", "tba",
		"未定" };
	static const char *const limit[] = { "不迟于", "不晚于", "最迟", "截止",
		"no later than ", "not later than ", "by " };
	static const char *const expected[] = { "预计", "约", "expected " };
	static const char *const before[] = { "之前", "以前", "前" };
	const char *s = fold(arena, text);
	bool bounded;

	*when = (struct when){ .minute = NO_TIME };
	if (has_any(s, cancelled, COUNT(cancelled))) {
		when->kind = WHEN_CANCELLED;
		return true;
	}
	if (has_any(s, open, COUNT(open))) {
		when->kind = WHEN_OPEN;
		return true;
	}
	when->tentative = take_any(&s, expected, COUNT(expected));
	bounded = take_any(&s, limit, COUNT(limit));
	if (!take_packed(&s, when) && !take_english_date(&s, when) &&
	    !take_number_date(&s, when))
		return false;
	bounded = take_word(&s, "底前") ||
		  take_any(&s, before, COUNT(before)) || bounded;
	take_rest(&s, when);
	if (bounded && when->kind == WHEN_WINDOW)
		return false;
	if (bounded)
		when->kind = WHEN_LIMIT;
	return *s == '\0';
}

const char *
when_format(struct arena *arena, const struct when *when)
{
	int mday = when->mday;

	if (when->month < 1 || when->month > 12 || when->year < 1)
		return NULL;
	switch (when->kind) {
	case WHEN_MONTH:
		return arena_printf(
		    arena, "%04d-%02d", when->year, when->month);
	case WHEN_WINDOW:
		if (when->last_month <= when->month || when->last_month > 12)
			return NULL;
		return arena_printf(arena, "%04d-%02d..%02d", when->year,
		    when->month, when->last_month);
	case WHEN_LIMIT:
		if (mday == 0)
			mday = month_length(when->year, when->month);
		break;
	default:
		break;
	}
	if (!day_valid(when->year, when->month, mday))
		return NULL;
	return arena_printf(
	    arena, "%04d-%02d-%02d", when->year, when->month, mday);
}

struct period
period_before(enum frequency frequency, struct day day, bool current)
{
	struct period period = period_of(frequency, day);

	if (current)
		return period;
	return period_of(frequency, (struct day){ period.first.n - 1 });
}

/* What stands for a period within a year. */
struct part {
	enum frequency frequency;
	int first, last; /* months; quarter, half, week; ten days of `first` */
};

static bool
take_quarter(const char **s, struct part *part)
{
	const char *at = *s;
	bool mark = take_word(&at, "第") || take_word(&at, "q");

	if (!take_number(&at, &part->first) || part->first < 1 ||
	    part->first > 4)
		return false;
	if (!take_word(&at, "季度") && !take_word(&at, "季") && !mark)
		return false;
	if (strncmp(at, "周", strlen("周")) == 0)
		return false;
	part->frequency = FREQUENCY_QUARTERLY;
	*s = at;
	return true;
}

static bool
take_week(const char **s, struct part *part)
{
	const char *at = *s;
	bool w = take_word(&at, "w");

	if (!w)
		take_word(&at, "第");
	if (!take_number(&at, &part->first) || (!w && !take_word(&at, "周")))
		return false;
	part->frequency = FREQUENCY_WEEKLY;
	*s = at;
	return true;
}

/* "3月", "3月上旬", "1-2月", "1月-2月", "Mar", "Jan-Feb" */
static bool
take_months(const char **s, struct part *part)
{
	static const char *const tens[] = { "上旬", "中旬", "下旬" };
	const char *at = *s;
	bool named = take_month_name(&at, &part->first);
	bool marked;
	int i;

	if (!named && !take_number(&at, &part->first))
		return false;
	marked = take_any(&at, month_marks, COUNT(month_marks)) || named;
	part->frequency = FREQUENCY_MONTHLY;
	part->last = part->first;
	for (i = 0; marked && i < 3; i++) {
		if (take_word(&at, tens[i])) {
			part->frequency = FREQUENCY_TEN_DAY;
			part->last = i + 1;
		}
	}
	if (*at == '-') {
		at++;
		if (!(named ? take_month_name(&at, &part->last)
			    : take_number(&at, &part->last)))
			return false;
		marked =
		    take_any(&at, month_marks, COUNT(month_marks)) || marked;
		part->frequency = FREQUENCY_IRREGULAR;
	}
	if (!marked)
		return false;
	*s = at;
	return true;
}

static bool
take_part(const char **s, struct part *part)
{
	static const char *const first[] = { "上半年", "h1" };
	static const char *const second[] = { "下半年", "h2" };
	static const char *const whole[] = { "全年", "年度", "度" };

	part->frequency = FREQUENCY_HALF_YEARLY;
	part->first = 1;
	if (take_any(s, first, COUNT(first)))
		return true;
	part->first = 2;
	if (take_any(s, second, COUNT(second)))
		return true;
	if (take_any(s, whole, COUNT(whole)) || **s == '\0') {
		part->frequency = FREQUENCY_ANNUAL;
		return true;
	}
	if (take_word(s, "前三季度") || take_word(s, "前3季度")) {
		*part = (struct part){ FREQUENCY_IRREGULAR, 1, 9 };
		return true;
	}
	return take_quarter(s, part) || take_week(s, part) ||
	       take_months(s, part);
}

/* The key as period.h has it. */
static bool
make_period(
    struct arena *arena, int year, const struct part *part, struct period *to)
{
	const char *key = NULL;

	switch (part->frequency) {
	case FREQUENCY_ANNUAL:
		key = arena_printf(arena, "%04d", year);
		break;
	case FREQUENCY_HALF_YEARLY:
		key = arena_printf(arena, "%04d-H%d", year, part->first);
		break;
	case FREQUENCY_QUARTERLY:
		key = arena_printf(arena, "%04d-Q%d", year, part->first);
		break;
	case FREQUENCY_MONTHLY:
		key = arena_printf(arena, "%04d-%02d", year, part->first);
		break;
	case FREQUENCY_TEN_DAY:
		key = arena_printf(
		    arena, "%04d-%02d-D%d", year, part->first, part->last);
		break;
	case FREQUENCY_WEEKLY:
		key = arena_printf(arena, "%04d-W%02d", year, part->first);
		break;
	case FREQUENCY_IRREGULAR:
		key = arena_printf(
		    arena, "%04d-%02d..%02d", year, part->first, part->last);
		break;
	}
	return period_parse(key, to);
}

#define EARLY_MOST 7 /* a flash estimate appears before its period ends */

bool
period_guess(struct arena *arena, const char *text, int year,
    const struct day *near, struct period *period, enum period_words *words)
{
	static const char *const current[] = { "当月", "本月", "当期", "本期",
		"当季", "当季度", "本季", "本季度", "当年", "本年", "当旬",
		"当周", "current", "same" };
	static const char *const previous[] = { "上月", "上期", "上季",
		"上季度", "上年", "上周", "previous" };
	const char *s = fold(arena, text);
	struct part part = { 0 };
	int given = 0, i;
	struct day day;

	*words = PERIOD_GIVEN;
	for (i = 0; i < (int)COUNT(current); i++)
		if (strcmp(s, current[i]) == 0)
			*words = PERIOD_CURRENT;
	for (i = 0; i < (int)COUNT(previous); i++)
		if (strcmp(s, previous[i]) == 0)
			*words = PERIOD_PREVIOUS;
	if (*words != PERIOD_GIVEN)
		return true;
	if (period_parse(text, period))
		return true;
	if (day_parse(text, &day)) {
		*period = period_of(FREQUENCY_MONTHLY, day);
		return true;
	}
	if (strspn(s, "0123456789") == 6 && s[6] == '\0') {
		i = atoi(s);
		return period_parse(
		    arena_printf(arena, "%04d-%02d", i / 100, i % 100), period);
	}
	if (strspn(s, "0123456789") == 4 && take_year(&s, &given))
		take_spaces(&s);
	if (!take_part(&s, &part))
		return false;
	take_spaces(&s);
	if (given == 0 && *s != '\0')
		take_year(&s, &given);
	if (*s != '\0')
		return false;
	if (given != 0)
		return make_period(arena, given, &part, period);
	if (!make_period(arena, year, &part, period))
		return false;
	for (i = year + 1; near != NULL && i > year - 3; i--)
		if (make_period(arena, i, &part, period) &&
		    period->last.n <= near->n + EARLY_MOST)
			break;
	return true;
}
