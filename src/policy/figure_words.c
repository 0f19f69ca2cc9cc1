#include "figure_words.h"

#include <ctype.h>
#include <string.h>

#include <yugao/arena.h>

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

static const struct word wholes[] = {
	{ "百分之", 0 },
	{ "千分之", 0 },
	{ "万分之", 0 },
};

const struct word_list figure_wholes = { wholes, COUNT(wholes) };
const struct word_list figure_leads = { leads, COUNT(leads) };
const struct word_list figure_connectors = { connectors, COUNT(connectors) };
const struct word_list figure_units = { units, COUNT(units) };
const struct word_list figure_samples = { samples, COUNT(samples) };
const struct word_list figure_bounds = { bounds, COUNT(bounds) };
const struct word_list figure_english_bounds = { english_bounds,
	COUNT(english_bounds) };
const struct word_list figure_dates = { dates, COUNT(dates) };
const struct word_list figure_english_rests = { english_rests,
	COUNT(english_rests) };
const struct word_list figure_not_tenths = { not_tenths, COUNT(not_tenths) };
const struct word_list figure_numerals = { numerals, COUNT(numerals) };
const struct word_list figure_magnitudes = { magnitudes, COUNT(magnitudes) };
const struct word_list figure_number_words = { number_words,
	COUNT(number_words) };

const struct word *
word_at(const char *p, const struct word_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		const char *text = list->v[i].text;
		size_t len;

		/* Most words are told apart by this alone. */
		if (text[0] != *p)
			continue;
		len = strlen(text);
		if (strncmp(p, text, len) == 0 &&
		    !(isalpha((unsigned char)p[len - 1]) &&
			isalpha((unsigned char)p[len])))
			return &list->v[i];
	}
	return NULL;
}

const char *
skip_word(const char *p, const struct word_list *list)
{
	const struct word *word = word_at(p, list);

	return word != NULL ? p + strlen(word->text) : NULL;
}
