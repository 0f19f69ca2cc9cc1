/*
 * Dates, times, periods and rules as people write them in a cell, in Chinese
 * and English.
 */
#ifndef PLAN_WORDS_H
#define PLAN_WORDS_H

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/period.h>

/*
 * The text in one form: no wide letters, digits and signs, lower case, no
 * traditional characters where plans use them, one kind of dash, single
 * spaces, none beside Chinese characters.
 */
const char *fold(struct arena *arena, const char *text);

/* Each takes what it knows from the front of *s, or leaves it alone. */
bool take_word(const char **s, const char *word);
bool take_any(const char **s, const char *const *words, size_t n);
/* Digits, or Chinese numerals up to 99 (二十一, 廿二). */
bool take_number(const char **s, int *n);
void take_spaces(const char **s);
bool take_weekday(const char **s, enum weekday *weekday);
/* "星期五", "Fri"; but not "五" alone. */
bool take_named_weekday(const char **s, enum weekday *weekday);
bool take_month_name(const char **s, int *month); /* "Jan", "January" */
/* "9:30", "上午9时30分", "下午3点半", "9:30 am" */
bool take_time(const char **s, int *minute);

enum when_kind {
	WHEN_DAY,
	WHEN_MONTH,
	WHEN_WINDOW, /* month … last_month */
	WHEN_LIMIT,  /* no later than the day */
	WHEN_OPEN,   /* 待定 */
	WHEN_CANCELLED
};

/* A date as it is written; year 0 if it has none. */
struct when {
	enum when_kind kind;
	int year, month, mday, last_month;
	bool has_weekday, tentative;
	enum weekday weekday;
	int minute; /* or NO_TIME */
};
bool when_parse(struct arena *arena, const char *text, struct when *when);
/* The value that a plan has for it; NULL if there is no such day. */
const char *when_format(struct arena *arena, const struct when *when);

enum period_words { PERIOD_GIVEN, PERIOD_CURRENT, PERIOD_PREVIOUS };
/*
 * "3月", "一季度", "上半年", "2025年", "1—2月", "当月", … A year that is not
 * written is the latest whose period has ended by `near`, or else `year`.
 */
bool period_guess(struct arena *arena, const char *text, int year,
    const struct day *near, struct period *period, enum period_words *words);
/* The period that a release of that day is about. */
struct period
period_before(enum frequency frequency, struct day day, bool current);

/* What a rule in words says beside its "timing". */
struct rule_words {
	int lag;            /* 0 or 1 by 当月 and 次月, else -1 */
	bool bounded;       /* 季后15日内: that day is the last one */
	const char *rest;   /* where it could not be understood */
	const char *reason; /* catalogue id: why not */
};
/*
 * A rule in words as the plan's "timing"; NULL if it is none.  find gives
 * the id of a series that is named; or NULL.
 */
json_t *rule_parse(struct arena *arena, const char *text,
    const char *(*find)(void *context, const char *name), void *context,
    struct rule_words *words);

/* One of a table's words. */
struct meaning {
	const char *word;
	const char *value; /* as a plan has it */
};
const char *
meaning_of(const char *text, const struct meaning *meanings, size_t n);
extern const struct meaning frequency_meanings[], roll_meanings[],
    class_meanings[], status_meanings[], role_meanings[], decision_meanings[],
    code_meanings[], ground_meanings[], result_meanings[], matter_meanings[],
    yes_meanings[], data_status_meanings[], publication_meanings[];
extern const size_t n_frequency_meanings, n_roll_meanings, n_class_meanings,
    n_status_meanings, n_role_meanings, n_decision_meanings, n_code_meanings,
    n_ground_meanings, n_result_meanings, n_matter_meanings, n_yes_meanings,
    n_data_status_meanings, n_publication_meanings;

#endif
