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

/* What stands before a number. */
enum lead {
	LEAD_NONE,
	LEAD_NOT,      /* 第, 每, per: what follows is no figure */
	LEAD_CURRENCY, /* RMB, $ */
	LEAD_VERB,     /* 达, 超过: not the bound of a group */
	LEAD_WEAK,     /* 增加, up: also said of other things than figures */
	LEAD_STRONG    /* 增长, grew */
};

/* What stands after it. */
enum unit {
	UNIT_NONE,
	UNIT_RATE,    /* %, 个百分点, 倍 */
	UNIT_MEASURE, /* 元, 吨 */
	UNIT_COUNT,   /* 人, 家: only of large numbers */
	UNIT_LARGE    /* million */
};

struct word {
	const char *text;
	int kind;
};

/* In these tables the longer word stands before one that begins it. */
static const struct word leads[] = {
	{ "增长", LEAD_STRONG },
	{ "增速", LEAD_STRONG },
	{ "增幅", LEAD_STRONG },
	{ "下降", LEAD_STRONG },
	{ "降幅", LEAD_STRONG },
	{ "上升", LEAD_STRONG },
	{ "回升", LEAD_STRONG },
	{ "回落", LEAD_STRONG },
	{ "上涨", LEAD_STRONG },
	{ "涨幅", LEAD_STRONG },
	{ "下跌", LEAD_STRONG },
	{ "跌幅", LEAD_STRONG },
	{ "下滑", LEAD_STRONG },
	{ "攀升", LEAD_STRONG },
	{ "grew", LEAD_STRONG },
	{ "grow", LEAD_STRONG },
	{ "grows", LEAD_STRONG },
	{ "grown", LEAD_STRONG },
	{ "growth", LEAD_STRONG },
	{ "rose", LEAD_STRONG },
	{ "risen", LEAD_STRONG },
	{ "fell", LEAD_STRONG },
	{ "fallen", LEAD_STRONG },
	{ "increased", LEAD_STRONG },
	{ "decreased", LEAD_STRONG },
	{ "declined", LEAD_STRONG },
	{ "dropped", LEAD_STRONG },
	{ "climbed", LEAD_STRONG },
	{ "gained", LEAD_STRONG },
	{ "contracted", LEAD_STRONG },
	{ "expanded", LEAD_STRONG },
	{ "shrank", LEAD_STRONG },
	{ "surged", LEAD_STRONG },
	{ "slipped", LEAD_STRONG },
	{ "增加", LEAD_WEAK },
	{ "减少", LEAD_WEAK },
	{ "提高", LEAD_WEAK },
	{ "降低", LEAD_WEAK },
	{ "扩大", LEAD_WEAK },
	{ "缩小", LEAD_WEAK },
	{ "收窄", LEAD_WEAK },
	{ "放缓", LEAD_WEAK },
	{ "加快", LEAD_WEAK },
	{ "达到", LEAD_WEAK },
	{ "突破", LEAD_WEAK },
	{ "录得", LEAD_WEAK },
	{ "指数为", LEAD_WEAK },
	{ "指数是", LEAD_WEAK },
	{ "率为", LEAD_WEAK },
	{ "pmi为", LEAD_WEAK },
	{ "cpi为", LEAD_WEAK },
	{ "ppi为", LEAD_WEAK },
	{ "增", LEAD_WEAK },
	{ "减", LEAD_WEAK },
	{ "升", LEAD_WEAK },
	{ "降", LEAD_WEAK },
	{ "涨", LEAD_WEAK },
	{ "跌", LEAD_WEAK },
	{ "翻", LEAD_WEAK },
	{ "up", LEAD_WEAK },
	{ "down", LEAD_WEAK },
	{ "rise", LEAD_WEAK },
	{ "rises", LEAD_WEAK },
	{ "fall", LEAD_WEAK },
	{ "falls", LEAD_WEAK },
	{ "increase", LEAD_WEAK },
	{ "increases", LEAD_WEAK },
	{ "decrease", LEAD_WEAK },
	{ "decreases", LEAD_WEAK },
	{ "decline", LEAD_WEAK },
	{ "declines", LEAD_WEAK },
	{ "drop", LEAD_WEAK },
	{ "drops", LEAD_WEAK },
	{ "gain", LEAD_WEAK },
	{ "gains", LEAD_WEAK },
	{ "超过", LEAD_VERB },
	{ "实现", LEAD_VERB },
	{ "完成", LEAD_VERB },
	{ "共计", LEAD_VERB },
	{ "合计", LEAD_VERB },
	{ "总额", LEAD_VERB },
	{ "达", LEAD_VERB },
	{ "超", LEAD_VERB },
	{ "逾", LEAD_VERB },
	{ "reached", LEAD_VERB },
	{ "totaled", LEAD_VERB },
	{ "totalled", LEAD_VERB },
	{ "rmb", LEAD_CURRENCY },
	{ "cny", LEAD_CURRENCY },
	{ "usd", LEAD_CURRENCY },
	{ "hkd", LEAD_CURRENCY },
	{ "us$", LEAD_CURRENCY },
	{ "hk$", LEAD_CURRENCY },
	{ "$", LEAD_CURRENCY },
	{ "¥", LEAD_CURRENCY },
	{ "￥", LEAD_CURRENCY },
	{ "€", LEAD_CURRENCY },
	{ "£", LEAD_CURRENCY },
	{ "第", LEAD_NOT },
	{ "每", LEAD_NOT },
	{ "per", LEAD_NOT },
	{ "every", LEAD_NOT },
	{ "each", LEAD_NOT },
};

/* What may stand between a lead and its number. */
static const struct word connectors[] = {
	{ "了", 0 },
	{ "约", 0 },
	{ "近", 0 },
	{ "至", 0 },
	{ "到", 0 },
	{ "为", 0 },
	{ "率", 0 },
	{ "幅度", 0 },
	{ "速度", 0 },
	{ "仅", 0 },
	{ "不足", 0 },
	{ "不到", 0 },
	{ "大约", 0 },
	{ ":", 0 },
	{ "-", 0 },
	{ "+", 0 },
	{ "by", 0 },
	{ "of", 0 },
	{ "to", 0 },
	{ "at", 0 },
	{ "a", 0 },
	{ "an", 0 },
	{ "about", 0 },
	{ "around", 0 },
	{ "nearly", 0 },
	{ "almost", 0 },
	{ "over", 0 },
	{ "only", 0 },
	{ "just", 0 },
	{ "slightly", 0 },
	{ "approximately", 0 },
	{ "more than", 0 },
	{ "less than", 0 },
};

static const struct word units[] = {
	{ "%", UNIT_RATE },
	{ "‰", UNIT_RATE },
	{ "个百分点", UNIT_RATE },
	{ "百分点", UNIT_RATE },
	{ "倍", UNIT_RATE },
	{ "番", UNIT_RATE },
	{ "percent", UNIT_RATE },
	{ "per cent", UNIT_RATE },
	{ "percentage points", UNIT_RATE },
	{ "percentage point", UNIT_RATE },
	{ "basis points", UNIT_RATE },
	{ "basis point", UNIT_RATE },
	{ "pct", UNIT_RATE },
	{ "pp", UNIT_RATE },
	{ "bps", UNIT_RATE },
	{ "bp", UNIT_RATE },
	{ "美元", UNIT_MEASURE },
	{ "港元", UNIT_MEASURE },
	{ "欧元", UNIT_MEASURE },
	{ "日元", UNIT_MEASURE },
	{ "英镑", UNIT_MEASURE },
	{ "元", UNIT_MEASURE },
	{ "吨", UNIT_MEASURE },
	{ "公斤", UNIT_MEASURE },
	{ "千克", UNIT_MEASURE },
	{ "千瓦", UNIT_MEASURE },
	{ "兆瓦", UNIT_MEASURE },
	{ "平方", UNIT_MEASURE },
	{ "立方米", UNIT_MEASURE },
	{ "公顷", UNIT_MEASURE },
	{ "亩", UNIT_MEASURE },
	{ "公里", UNIT_MEASURE },
	{ "千米", UNIT_MEASURE },
	{ "yuan", UNIT_MEASURE },
	{ "renminbi", UNIT_MEASURE },
	{ "rmb", UNIT_MEASURE },
	{ "dollars", UNIT_MEASURE },
	{ "dollar", UNIT_MEASURE },
	{ "euros", UNIT_MEASURE },
	{ "tonnes", UNIT_MEASURE },
	{ "tonne", UNIT_MEASURE },
	{ "tons", UNIT_MEASURE },
	{ "ton", UNIT_MEASURE },
	{ "kilowatt", UNIT_MEASURE },
	{ "kwh", UNIT_MEASURE },
	{ "hectares", UNIT_MEASURE },
	{ "kilometers", UNIT_MEASURE },
	{ "kilometres", UNIT_MEASURE },
	{ "km", UNIT_MEASURE },
	{ "kg", UNIT_MEASURE },
	{ "million", UNIT_LARGE },
	{ "billion", UNIT_LARGE },
	{ "trillion", UNIT_LARGE },
	{ "thousand", UNIT_LARGE },
	{ "mn", UNIT_LARGE },
	{ "bn", UNIT_LARGE },
	{ "tn", UNIT_LARGE },
	{ "人口", UNIT_COUNT },
	{ "人次", UNIT_COUNT },
	{ "标准箱", UNIT_COUNT },
	{ "人", UNIT_COUNT },
	{ "户", UNIT_COUNT },
	{ "家", UNIT_COUNT },
	{ "个", UNIT_COUNT },
	{ "名", UNIT_COUNT },
	{ "台", UNIT_COUNT },
	{ "辆", UNIT_COUNT },
	{ "套", UNIT_COUNT },
	{ "件", UNIT_COUNT },
	{ "头", UNIT_COUNT },
	{ "只", UNIT_COUNT },
	{ "艘", UNIT_COUNT },
	{ "架", UNIT_COUNT },
	{ "所", UNIT_COUNT },
	{ "张", UNIT_COUNT },
	{ "部", UNIT_COUNT },
	{ "条", UNIT_COUNT },
	{ "笔", UNIT_COUNT },
	{ "宗", UNIT_COUNT },
	{ "米", UNIT_COUNT },
};

/* After a rate: it is that of a sample, and part of a survey's name. */
static const struct word samples[] = {
	{ "人口变动", 0 },
	{ "人口抽样", 0 },
	{ "抽样", 0 },
	{ "抽取", 0 },
	{ "比例抽", 0 },
	{ "的比例抽", 0 },
	{ "population sample", 0 },
	{ "national population sample", 0 },
	{ "sample", 0 },
	{ "sampling", 0 },
};

/* After a number and its unit: it bounds a group. */
static const struct word bounds[] = {
	{ "(含)以上", 0 },
	{ "(含)以下", 0 },
	{ "及以上", 0 },
	{ "及以下", 0 },
	{ "以上", 0 },
	{ "以下", 0 },
	{ "以内", 0 },
};
static const struct word english_bounds[] = {
	{ "and above", 0 },
	{ "or above", 0 },
	{ "and over", 0 },
	{ "or over", 0 },
	{ "and more", 0 },
	{ "or more", 0 },
	{ "and below", 0 },
	{ "or below", 0 },
	{ "or less", 0 },
};

/* After a number that is no figure whatever leads to it. */
static const struct word dates[] = {
	{ "年", 0 },
	{ "月", 0 },
	{ "日", 0 },
	{ "号", 0 },
	{ "时", 0 },
	{ "季", 0 },
	{ "期", 0 },
	{ "旬", 0 },
	{ "周", 0 },
	{ "天", 0 },
	{ "版", 0 },
	{ "个月", 0 },
	{ "个季", 0 },
	{ "个工作日", 0 },
};

/* After a number that a word of growth leads to, in English. */
static const struct word english_rests[] = {
	{ "from", 0 },
	{ "in", 0 },
	{ "over", 0 },
	{ "year", 0 },
	{ "month", 0 },
	{ "on", 0 },
	{ "and", 0 },
	{ "to", 0 },
	{ "compared", 0 },
	{ "points", 0 },
	{ "point", 0 },
};

/* 三成员 and the like are not 三成. */
static const struct word not_tenths[] = {
	{ "员", 0 },
	{ "立", 0 },
	{ "果", 0 },
	{ "分", 0 },
	{ "为", 0 },
	{ "本", 0 },
	{ "品", 0 },
	{ "交", 0 },
	{ "功", 0 },
	{ "长", 0 },
	{ "年", 0 },
	{ "人", 0 },
	{ "套", 0 },
	{ "熟", 0 },
	{ "不", 0 },
	{ "就", 0 },
	{ "绩", 0 },
	{ "效", 0 },
	{ "名", 0 },
};

static const struct word numerals[] = {
	{ "〇", 0 },
	{ "零", 0 },
	{ "一", 0 },
	{ "二", 0 },
	{ "两", 0 },
	{ "三", 0 },
	{ "四", 0 },
	{ "五", 0 },
	{ "六", 0 },
	{ "七", 0 },
	{ "八", 0 },
	{ "九", 0 },
	{ "十", 0 },
};
enum { HUNDREDS = 1, MYRIADS };
static const struct word magnitudes[] = {
	{ "十", 0 },
	{ "百", HUNDREDS },
	{ "千", HUNDREDS },
	{ "万", MYRIADS },
	{ "亿", MYRIADS },
};

static const struct word number_words[] = {
	{ "one", 0 },
	{ "two", 0 },
	{ "three", 0 },
	{ "four", 0 },
	{ "five", 0 },
	{ "six", 0 },
	{ "seven", 0 },
	{ "eight", 0 },
	{ "nine", 0 },
	{ "ten", 0 },
	{ "eleven", 0 },
	{ "twelve", 0 },
	{ "fifteen", 0 },
	{ "twenty", 0 },
	{ "thirty", 0 },
	{ "fifty", 0 },
	{ "half a", 0 },
	{ "hundred", 0 },
};

/* A word of letters must end where the text's word ends. */
static const struct word *
find_word(const char *p, const struct word *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		size_t len = strlen(words[i].text);

		if (strncmp(p, words[i].text, len) == 0 &&
		    !(isalpha((unsigned char)p[len - 1]) &&
			isalpha((unsigned char)p[len])))
			return &words[i];
	}
	return NULL;
}
#define FIND(p, words) find_word((p), (words), COUNT(words))

/* What comes after the word that stands here; NULL if none does. */
static const char *
skip_word(const char *p, const struct word *words, size_t n)
{
	const struct word *word = find_word(p, words, n);

	return word != NULL ? p + strlen(word->text) : NULL;
}
#define SKIP(p, words) skip_word((p), (words), COUNT(words))

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

	if (FIND(p, numerals) == NULL)
		return false;
	*number = (struct number){ .figure = true, .chinese = true };
	for (;;) {
		const struct word *magnitude = FIND(p, magnitudes);
		const struct word *unit = FIND(p, units);

		if (unit != NULL && unit->kind != UNIT_COUNT)
			break;
		if (magnitude != NULL) {
			number->hundred |= magnitude->kind >= HUNDREDS;
			number->large |= magnitude->kind == MYRIADS;
			p += strlen(magnitude->text);
		} else if ((next = SKIP(p, numerals)) != NULL) {
			p = next;
		} else if (skip_string(p, "点") != p &&
			   FIND(skip_string(p, "点"), numerals) != NULL) {
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
	if (FIND(p, english_bounds) != NULL)
		return true;
	if ((next = SKIP(p, bounds)) != NULL)
		return !ends_clause(skip_spaces(next));
	if (!isalpha((unsigned char)*p))
		return false;
	while (isalpha((unsigned char)*p))
		p++;
	return FIND(skip_spaces(p), english_bounds) != NULL;
}

/* "3成", "三成", but not "三成员" */
static const char *
skip_tenths(const char *p)
{
	const char *end = skip_string(p, "成");

	return end == p || FIND(end, not_tenths) != NULL ? NULL : end;
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
		if ((word = FIND(p, units)) != NULL) {
			*end = p + strlen(word->text);
			return (enum unit)word->kind;
		}
		if ((word = FIND(p, magnitudes)) == NULL)
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
		return FIND(skip_spaces(end), samples) == NULL;
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

	if (number->year || FIND(next, dates) != NULL)
		return false;
	if (isalpha((unsigned char)*next) && FIND(next, english_rests) == NULL)
		return false;
	if (number->decimal)
		return true;
	if (number->chinese)
		return number->large && ends_clause(next);
	return lead == LEAD_STRONG || ends_clause(next) ||
	       FIND(next, bounds) != NULL || FIND(next, english_rests) != NULL;
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
	static const struct word wholes[] = { { "百分之", 0 }, { "千分之", 0 },
		{ "万分之", 0 } };
	const char *next = SKIP(p, wholes);
	struct number number;

	if (next == NULL) {
		if (!read_number(p, &number))
			return NULL;
		next = skip_string(number.end, "分之");
		if (next == number.end)
			return NULL;
	}
	if (!read_number(skip_spaces(next), &number) ||
	    FIND(number.end, samples) != NULL)
		return NULL;
	return number.end;
}

/* "three percent", "two billion" */
static const char *
spelled_end(const char *p)
{
	const struct word *unit;
	const char *next = SKIP(p, number_words);

	if (next == NULL)
		return NULL;
	next = skip_spaces(next);
	unit = FIND(next, units);
	if (unit == NULL ||
	    (unit->kind != UNIT_RATE && unit->kind != UNIT_LARGE))
		return NULL;
	next += strlen(unit->text);
	return bounds_group(next) ? NULL : next;
}

static const char *
skip_character(const char *p)
{
	size_t n = utf8_length(p, strlen(p) < 4 ? strlen(p) : 4);

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
		if ((word = FIND(p, leads)) != NULL) {
			lead = follow(lead, (enum lead)word->kind);
			p += strlen(word->text);
			continue;
		}
		if (*p == ' ' || (lead != LEAD_NONE &&
				     (word = FIND(p, connectors)) != NULL)) {
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
