/*
 * The words by which figures are known.
 */
#ifndef YUGAO_POLICY_FIGURE_WORDS_H
#define YUGAO_POLICY_FIGURE_WORDS_H

#include <stddef.h>

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

/* Magnitudes beyond ten. */
enum { HUNDREDS = 1, MYRIADS };

struct word {
	const char *text;
	int kind; /* enum lead, enum unit, or HUNDREDS and MYRIADS */
};
struct word_list {
	const struct word *v;
	size_t n;
};

extern const struct word_list figure_wholes, figure_leads, figure_connectors,
    figure_units, figure_samples, figure_bounds, figure_english_bounds,
    figure_dates, figure_english_rests, figure_not_tenths, figure_numerals,
    figure_magnitudes, figure_number_words;

/* The word that stands here, or NULL.  A word of letters ends where the text's
 * word ends. */
const struct word *word_at(const char *p, const struct word_list *list);
/* What comes after it; NULL if none stands here. */
const char *skip_word(const char *p, const struct word_list *list);

#endif
