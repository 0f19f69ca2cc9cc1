/*
 * What the person reads who turns the draft into a plan: how well the rule
 * fits, and everything that it leaves to be decided.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/buf.h>
#include <yugao/message.h>

#include "track.h"

/* A text of a plan may have 2,000 characters. */
#define REVIEW_MOST 1700
#define REASON_MOST 160

struct review {
	struct arena *arena;
	struct buf text[LANG_COUNT];
	size_t left_out;
};

/* The sentence in both languages, while there is room. */
static void
say(struct review *review, const struct message *message)
{
	enum lang lang;

	for (lang = LANG_ZH; lang <= LANG_EN; lang++) {
		struct buf *text = &review->text[lang];
		const char *sentence =
		    message_text(review->arena, lang, message);

		if (utf8_count(text->data, text->len) +
			utf8_count(sentence, strlen(sentence)) >
		    REVIEW_MOST) {
			review->left_out += lang == LANG_ZH;
			continue;
		}
		if (text->len > 0 && lang == LANG_EN)
			buf_putc(text, ' ');
		buf_puts(text, sentence);
	}
}

#define SENTENCE(review, ...)                                                \
	do {                                                                 \
		struct message said = MESSAGE((review)->arena, __VA_ARGS__); \
		say((review), &said);                                        \
	} while (0)

static const char *
number(struct arena *arena, size_t n)
{
	return arena_printf(arena, "%zu", n);
}

static const char *
day_words(struct arena *arena, struct day day)
{
	char text[DAY_SIZE];

	return arena_strdup(arena, day_format(text, day));
}

static const char *
when_words(struct arena *arena, const struct moment *when)
{
	const char *first = day_words(arena, when->start.day);

	if (when->precision == PRECISION_MONTH)
		return arena_strndup(arena, first, 7);
	if (when->precision == PRECISION_WINDOW)
		return arena_printf(
		    arena, "%.7s..%.7s", first, day_words(arena, when->last));
	return first;
}

/* " (why)", or nothing; one line of the first words. */
static const char *
reason_words(struct arena *arena, const struct text *reason)
{
	const char *text = text_in(reason, LANG_ZH);
	size_t len = strlen(text), n = 0, i;

	if (len == 0)
		return "";
	for (i = 0; i < len && n < REASON_MOST; n++) {
		size_t step = utf8_length(text + i, len - i);

		if (step == 0 || text[i] == '\n')
			break;
		i += step;
	}
	return arena_printf(
	    arena, " (%.*s%s)", (int)i, text, i < len ? "…" : "");
}

/* "2023, 2024" */
static const char *
years_words(struct arena *arena, const struct track *track)
{
	struct buf buf;
	int last = 0;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];

		if (point->year <= last || point->kind == POINT_NONE)
			continue;
		last = point->year;
		buf_printf(&buf, "%s%d", buf.len > 0 ? ", " : "", last);
	}
	return buf.data;
}

static bool
is_told(const struct track *track, struct day day)
{
	size_t i;

	for (i = 0; i < track->spells.n; i++)
		if (day.n >= track->spells.v[i].first.n &&
		    day.n <= track->spells.v[i].last.n)
			return true;
	return false;
}

static void
say_clock(
    struct review *review, const struct track *track, const struct point *point)
{
	char minute[DAY_SIZE];

	if (point->when.start.minute == track->minute)
		return;
	if (point->when.start.minute == NO_TIME)
		SENTENCE(review, "draft.no_clock", point->text);
	else
		SENTENCE(review, "draft.clock", point->text,
		    minute_format(minute, point->when.start.minute));
}

static void
say_point(
    struct review *review, const struct track *track, const struct point *point)
{
	struct arena *arena = review->arena;
	const char *why = reason_words(arena, &point->reason);
	const char *when;
	struct day day = { 0 };
	bool found = fit_day(track, point, &day);

	if (point->kind == POINT_SKIP) {
		SENTENCE(review, "draft.skipped", point->text, why);
		return;
	}
	if (point->kind == POINT_NONE) {
		if (found && is_told(track, day))
			SENTENCE(review, "draft.missing", point->text,
			    day_words(arena, day));
		return;
	}
	when = when_words(arena, &point->when);
	if (!found)
		SENTENCE(review, "draft.outside", point->text, when, why);
	else if (point->kind == POINT_VAGUE || day.n != point->when.start.day.n)
		SENTENCE(review, "draft.exception", point->text, when,
		    day_words(arena, day), why);
	if (point->kind == POINT_DAY)
		say_clock(review, track, point);
}

/* Without a rule, the dates of the last year are all there is. */
static void
say_list(struct review *review, const struct track *track)
{
	size_t i;
	int year = 0;

	for (i = 0; i < track->points.n; i++)
		if (track->points.v[i].year > year)
			year = track->points.v[i].year;
	for (i = 0; i < track->points.n; i++) {
		const struct point *point = &track->points.v[i];
		const char *why = reason_words(review->arena, &point->reason);

		if (point->year != year || point->kind == POINT_NONE)
			continue;
		if (point->kind == POINT_SKIP)
			SENTENCE(review, "draft.skipped", point->text, why);
		else
			SENTENCE(review, "draft.was", point->text,
			    when_words(review->arena, &point->when), why);
	}
}

static bool
has_number(const char *text, int year)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%d", year);
	return text != NULL && strstr(text, digits) != NULL;
}

/* Words that name last year's year are hardly this year's. */
static void
say_years(struct review *review, const struct track *track)
{
	const struct series *series = track->series;
	const char *const words[] = { series->title.zh, series->title.en,
		series->note.zh, series->note.en };
	size_t i;
	int year;

	for (year = track->plan->year - 1; year <= track->plan->year; year++)
		for (i = 0; i < COUNT(words); i++)
			if (has_number(words[i], year)) {
				SENTENCE(review, "draft.year_named",
				    number(review->arena, (size_t)year));
				break;
			}
}

struct text
review_of(struct arena *arena, const struct track *track,
    const struct draft_rule *rule)
{
	struct review review = { .arena = arena };
	const char *estimate = rule->was->estimate;
	size_t i;

	buf_init(&review.text[LANG_ZH], arena);
	buf_init(&review.text[LANG_EN], arena);
	if (estimate != NULL)
		SENTENCE(&review, "draft.estimate", estimate);
	if (rule->rule.n_timings > 0)
		SENTENCE(&review, "draft.fit", number(arena, rule->n_explained),
		    number(arena, rule->n_dates), years_words(arena, track));
	else
		SENTENCE(
		    &review, "draft.no_rule", number(arena, rule->n_dates));
	if (is_feed(track->plan->file))
		SENTENCE(&review, "draft.periods_guessed");
	say_years(&review, track);
	for (i = 0; i < rule->n_stated; i++)
		SENTENCE(&review, "draft.stated", rule->dates[i].period,
		    rule->dates[i].when);
	for (i = 0; rule->rule.n_timings > 0 && i < track->points.n; i++)
		say_point(&review, track, &track->points.v[i]);
	if (rule->rule.n_timings == 0)
		say_list(&review, track);
	if (review.left_out > 0) {
		size_t n = review.left_out;

		for (i = 0; i < LANG_COUNT; i++) {
			buf_putc(&review.text[i], ' ');
			buf_puts(&review.text[i],
			    SAY(arena, (enum lang)i, "draft.more",
				number(arena, n)));
		}
	}
	return (struct text){ review.text[LANG_ZH].data,
		review.text[LANG_EN].data };
}
