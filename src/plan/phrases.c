/*
 * Rules in words: "每月9日", "第11个工作日", "1,4,7,10月:13日; 其他:8日",
 * "economy后1个工作日", "3rd Friday".  What they mean is the timing language
 * of the plan (timing.c), which also checks it.
 */
#include <string.h>

#include "words.h"

struct phrase {
	struct arena *arena;
	const char *(*find)(void *context, const char *name);
	void *context;
	struct rule_words *words;
	bool bounded; /* this group, of those that ';' parts */
};

static const char *const weekday_names[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat" };

static json_t *
one(const char *key, json_t *value)
{
	json_t *form = json_object();

	json_object_set_new(form, key, value);
	return form;
}

static bool
take_ordinal(const char **s, int *n)
{
	static const char *const endings[] = { "st ", "nd ", "rd ", "th " };
	static const char *const last[] = { "最后一个", "最后1个", "倒数第一个",
		"last " };
	const char *at = *s;
	bool from_end;

	if (take_any(&at, last, COUNT(last))) {
		*n = -1;
		*s = at;
		return true;
	}
	from_end = take_word(&at, "倒数");
	if (!take_word(&at, "第") && from_end)
		return false;
	if (!take_number(&at, n))
		return false;
	if (!take_word(&at, "个") && !take_any(&at, endings, COUNT(endings)))
		return false;
	if (take_word(&at, "last "))
		from_end = true;
	if (from_end)
		*n = -*n;
	*s = at;
	return true;
}

static bool
take_workday(const char **s)
{
	static const char *const words[] = { "工作日", "workdays", "workday",
		"working days", "working day", "business days",
		"business day" };

	return take_any(s, words, COUNT(words));
}

static bool
take_unit(const char **s, bool *working)
{
	static const char *const days[] = { "日", "天", "自然日", "days",
		"day" };

	take_word(s, "个");
	take_spaces(s);
	*working = take_workday(s);
	return *working || take_any(s, days, COUNT(days));
}

/* "15日", "10个工作日", as the members of a form. */
static bool
take_span(const char **s, const char **key, int *n)
{
	bool working;

	if (!take_number(s, n) || !take_unit(s, &working))
		return false;
	*key = working ? "workdays" : "days";
	return true;
}

static bool
at_end(const char *s)
{
	take_spaces(&s);
	return *s == '\0';
}

/* "报告期后15日", "季后10个工作日", "15 days after period" */
static json_t *
after_period(const char *s, bool *bounded)
{
	static const char *const periods[] = { "报告期结束后", "报告期后",
		"报告期满后", "期后", "月后", "季后", "季度后", "旬后", "周后",
		"年后", "月度结束后", "季度结束后", "年度结束后" };
	static const char *const ends[] = { " after the period",
		" after period", " after period end" };
	const char *key;
	int n;

	if (take_any(&s, periods, COUNT(periods))) {
		take_word(&s, "第");
		if (!take_span(&s, &key, &n))
			return NULL;
		*bounded = take_word(&s, "之内") || take_word(&s, "以内") ||
			   take_word(&s, "内");
		if (!at_end(s))
			return NULL;
	} else if (!take_span(&s, &key, &n) ||
		   !take_any(&s, ends, COUNT(ends)) || !at_end(s)) {
		return NULL;
	}
	return one("after_period", one(key, json_integer(n)));
}

static json_t *
before_month_end(const char *s)
{
	static const char *const months[] = { "月末前", "月底前" };
	static const char *const ends[] = { " before month end",
		" before the end of the month", " before month's end" };
	const char *key;
	int n;

	if (take_any(&s, months, COUNT(months))) {
		take_word(&s, "第");
		if (!take_span(&s, &key, &n) || !at_end(s))
			return NULL;
	} else if (!take_span(&s, &key, &n) ||
		   !take_any(&s, ends, COUNT(ends)) || !at_end(s)) {
		return NULL;
	}
	return one("before_month_end", one(key, json_integer(n)));
}

static json_t *
last_day(const char *s)
{
	static const char *const words[] = { "月末最后一天", "月末最后一日",
		"最后一天", "最后一日", "最后1天", "最后1日", "月末", "月底",
		"last day of the month", "last day", "month end" };

	return take_any(&s, words, COUNT(words)) && at_end(s)
		   ? one("day", json_string("last"))
		   : NULL;
}

static json_t *
nth_workday(const char *s)
{
	static const char *const words[] = { "workday ", "working day " };
	int n;

	if (take_any(&s, words, COUNT(words))
		? !take_number(&s, &n)
		: !take_ordinal(&s, &n) || !take_workday(&s))
		return NULL;
	return at_end(s) ? one("workday", json_integer(n)) : NULL;
}

/* "第3个星期五", and "12日所在周后第3个星期五" as BLS has it. */
static json_t *
nth_weekday(const char *s)
{
	static const char *const weeks[] = { "日所在周后", "日所在周之后",
		"日所在的周后", "日那周后" };
	const char *at = s;
	enum weekday weekday;
	int n, week = 0;
	json_t *form;

	if (take_number(&at, &week) && take_any(&at, weeks, COUNT(weeks)))
		s = at;
	else
		week = 0;
	if (!take_ordinal(&s, &n) || !take_named_weekday(&s, &weekday))
		return NULL;
	if (take_word(&s, " after week of ") && !take_number(&s, &week))
		return NULL;
	if (!at_end(s))
		return NULL;
	form = one("weekday", json_string(weekday_names[weekday]));
	json_object_set_new(form, "nth", json_integer(n));
	if (week != 0)
		json_object_set_new(form, "after_week_of", json_integer(week));
	return form;
}

/* "9日", "9", "9th", "day 9", "4日、14日、24日" */
static json_t *
month_days(const char *s)
{
	static const char *const marks[] = { "日", "号", "st", "nd", "rd",
		"th" };
	json_t *days = json_array(), *form;
	int n;

	take_word(&s, "day ");
	while (take_number(&s, &n)) {
		json_array_append_new(days, json_integer(n));
		take_any(&s, marks, COUNT(marks));
		if (!take_word(&s, "、") && !take_word(&s, ",") &&
		    !take_word(&s, "和") && !take_word(&s, " and "))
			break;
		take_spaces(&s);
	}
	if (!at_end(s) || json_array_size(days) == 0) {
		json_decref(days);
		return NULL;
	}
	form = json_array_size(days) == 1
		   ? one("day", json_incref(json_array_get(days, 0)))
		   : one("day", json_incref(days));
	json_decref(days);
	return form;
}

/* The id of the series that is named by id or title; NULL if there is none. */
static const char *
series_named(const struct phrase *phrase, const char *from, size_t len)
{
	char *name;

	while (len > 0 && strchr(" \"'", from[0]) != NULL) {
		from++;
		len--;
	}
	while (len > 0 && strchr(" \"'", from[len - 1]) != NULL)
		len--;
	name = arena_strndup(phrase->arena, from, len);
	return len == 0 ? NULL : phrase->find(phrase->context, name);
}

/* "与economy同日", "同CPI", "same as economy" */
static json_t *
same_as(const struct phrase *phrase, const char *s)
{
	static const char *const starts[] = { "与", "同", "和", "跟", "随",
		"same day as ", "same as " };
	static const char *const ends[] = { "同日发布", "同一日", "同日",
		"同天", "同时发布", "同时", "相同", "一致", "同步" };
	size_t len, i;
	const char *id;

	if (!take_any(&s, starts, COUNT(starts)))
		return NULL;
	len = strlen(s);
	for (i = 0; i < COUNT(ends); i++) {
		size_t end = strlen(ends[i]);

		if (len > end && strcmp(s + len - end, ends[i]) == 0) {
			len -= end;
			break;
		}
	}
	id = series_named(phrase, s, len);
	return id == NULL ? NULL : one("same_as", json_string(id));
}

static json_t *
after_form(const char *id, const char *key, int n)
{
	json_t *form = one("after", json_string(id));

	json_object_set_new(form, key, json_integer(n));
	return form;
}

/* "economy后1个工作日", "economy前2天" */
static json_t *
after_series_zh(const struct phrase *phrase, const char *s)
{
	static const char *const marks[] = { "后", "前" };
	size_t i;

	for (i = 0; i < COUNT(marks); i++) {
		const char *at, *id, *key;

		for (at = strstr(s, marks[i]); at != NULL;
		     at = strstr(at + 1, marks[i])) {
			const char *rest = at + strlen(marks[i]);
			size_t len = (size_t)(at - s);
			int n;

			take_word(&rest, "第");
			if (!take_span(&rest, &key, &n) || !at_end(rest))
				continue;
			if (len > 3 && strncmp(at - 3, "之", 3) == 0)
				len -= 3;
			id = series_named(phrase, s, len);
			if (id != NULL)
				return after_form(id, key, i == 0 ? n : -n);
		}
	}
	return NULL;
}

/* "1 workday after economy", "economy + 1 workday" */
static json_t *
after_series_en(const struct phrase *phrase, const char *s)
{
	const char *at = s, *key, *id, *plus;
	int n, sign = 1;

	if (take_span(&at, &key, &n)) {
		if (take_word(&at, " before "))
			sign = -1;
		else if (!take_word(&at, " after "))
			return NULL;
		id = series_named(phrase, at, strlen(at));
		return id == NULL ? NULL : after_form(id, key, sign * n);
	}
	plus = strstr(s, "+");
	if (plus == NULL)
		plus = strstr(s, " -");
	if (plus == NULL)
		return NULL;
	at = plus + strspn(plus, " +-");
	if (!take_span(&at, &key, &n) || !at_end(at))
		return NULL;
	id = series_named(phrase, s, (size_t)(plus - s));
	return id == NULL
		   ? NULL
		   : after_form(id, key, strchr(plus, '+') != NULL ? n : -n);
}

static void
take_lag(const struct phrase *phrase, const char **s)
{
	static const char *const every[] = { "每月", "每季度", "每季", "每年",
		"every month ", "of each month " };
	static const char *const now[] = { "当月", "本月" };
	static const char *const next[] = { "次月", "下月", "下个月" };

	if (take_any(s, now, COUNT(now)))
		phrase->words->lag = 0;
	else if (take_any(s, next, COUNT(next)))
		phrase->words->lag = 1;
	else
		take_any(s, every, COUNT(every));
}

/* 每周三 names no day of a month, whatever number it seems to hold. */
static const char *
refusal_of(const char *s)
{
	static const struct {
		const char *start, *reason;
	} starts[] = {
		{ "每周", "table.rule_weekly" },
		{ "每个周", "table.rule_weekly" },
		{ "每星期", "table.rule_weekly" },
		{ "每个星期", "table.rule_weekly" },
		{ "每礼拜", "table.rule_weekly" },
		{ "每逢周", "table.rule_weekly" },
		{ "每逢星期", "table.rule_weekly" },
		{ "逢周", "table.rule_weekly" },
		{ "逢星期", "table.rule_weekly" },
		{ "逢礼拜", "table.rule_weekly" },
		{ "every week", "table.rule_weekly" },
		{ "weekly", "table.rule_weekly" },
		{ "每旬", "table.rule_ten_day" },
		{ "每个旬", "table.rule_ten_day" },
	};
	size_t i;

	for (i = 0; i < COUNT(starts); i++)
		if (take_word(&s, starts[i].start))
			return starts[i].reason;
	return "table.bad_rule";
}

static json_t *
form_of(struct phrase *phrase, const char *s)
{
	static json_t *(*const forms[])(const char *) = { last_day, nth_workday,
		nth_weekday, before_month_end, month_days };
	json_t *form = NULL;
	size_t i;

	take_spaces(&s);
	phrase->bounded = false;
	phrase->words->reason = refusal_of(s);
	take_lag(phrase, &s);
	form = after_period(s, &phrase->bounded);
	for (i = 0; form == NULL && i < COUNT(forms); i++)
		form = forms[i](s);
	if (form == NULL)
		form = same_as(phrase, s);
	if (form == NULL)
		form = after_series_en(phrase, s);
	if (form == NULL)
		form = after_series_zh(phrase, s);
	return form;
}

/* "1,4,7,10月:", "1-3月:", "Jan, Apr:"; a list of months, or NULL. */
static json_t *
take_month_list(const char **s)
{
	json_t *months = json_array();
	const char *at = *s;
	int from, to;

	do {
		take_spaces(&at);
		if (!take_month_name(&at, &from) && !take_number(&at, &from))
			break;
		take_word(&at, "月");
		to = from;
		if (take_word(&at, "-") && !take_month_name(&at, &to) &&
		    !take_number(&at, &to))
			break;
		take_word(&at, "月");
		for (; from <= to && json_array_size(months) < 13; from++)
			json_array_append_new(months, json_integer(from));
	} while (take_word(&at, ",") || take_word(&at, "、"));
	take_word(&at, "份");
	if (json_array_size(months) > 0 && take_word(&at, ":")) {
		*s = at;
		return months;
	}
	json_decref(months);
	return NULL;
}

static void
take_others(const char **s)
{
	static const char *const words[] = { "其他", "其余", "其它",
		"other months", "others", "other" };
	const char *at = *s;

	if (!take_any(&at, words, COUNT(words)))
		return;
	take_word(&at, "各");
	if (take_word(&at, "月"))
		take_word(&at, "份");
	take_word(&at, ":");
	*s = at;
}

json_t *
rule_parse(struct arena *arena, const char *text,
    const char *(*find)(void *context, const char *name), void *context,
    struct rule_words *words)
{
	struct phrase phrase = { arena, find, context, words, false };
	const char *s = fold(arena, text);
	json_t *timings = json_array(), *form, *months;

	*words = (struct rule_words){ .lag = -1, .rest = "" };
	words->reason = "table.bad_rule";

	while (*s != '\0') {
		size_t len = strcspn(s, ";");
		const char *group = arena_strndup(arena, s, len);

		s += len + (s[len] != '\0');
		take_spaces(&group);
		words->rest = group;
		if (*group == '\0')
			continue;
		months = take_month_list(&group);
		take_others(&group);
		form = form_of(&phrase, group);
		/* One precision holds for all groups. */
		if (form != NULL && json_array_size(timings) > 0 &&
		    phrase.bounded != words->bounded) {
			words->reason = "table.rule_half_bounded";
			json_decref(form);
			form = NULL;
		}
		words->bounded = phrase.bounded;
		if (form == NULL) {
			json_decref(months);
			json_decref(timings);
			return NULL;
		}
		if (months != NULL)
			json_object_set_new(form, "months", months);
		json_array_append_new(timings, form);
	}
	form = json_array_size(timings) == 1
		   ? json_incref(json_array_get(timings, 0))
		   : json_incref(timings);
	json_decref(timings);
	return form;
}
