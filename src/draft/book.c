/*
 * The draft as a workbook: a row a series with its rule in words, or a row a
 * release where the rule cannot be said so.
 */
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/form.h>
#include <yugao/schedule.h>

#include "write.h"

struct book_writer {
	struct arena *arena;
	const struct draft_plan *draft;
	const struct slots *slots;
	enum lang lang;
	struct form form;
};

static const struct draft_rule *
rule_of(const struct draft_plan *draft, const char *id)
{
	size_t i;

	for (i = 0; i < draft->n; i++)
		if (strcmp(draft->v[i].series->id, id) == 0)
			return &draft->v[i];
	return NULL;
}

static const char *
ordinal(struct arena *arena, int n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	int ten = n % 100 / 10, one = n % 10;

	return arena_printf(
	    arena, "%d%s", n, ends[ten == 1 || one > 3 ? 0 : one]);
}

/* "第3个", "倒数第2个", "最后一个"; "3rd ", "2nd last ", "last " */
static const char *
place_of(const struct book_writer *writer, int n)
{
	struct arena *arena = writer->arena;

	if (n == -1)
		return writer->lang == LANG_ZH ? "最后一个" : "last ";
	if (writer->lang == LANG_ZH)
		return arena_printf(
		    arena, "%s第%d个", n < 0 ? "倒数" : "", n < 0 ? -n : n);
	return arena_printf(arena, "%s %s", ordinal(arena, n < 0 ? -n : n),
	    n < 0 ? "last " : "");
}

static const char *
days_phrase(const struct book_writer *writer, const struct timing *timing)
{
	bool zh = writer->lang == LANG_ZH;
	struct buf buf;
	size_t i;

	if (timing->n_days == 1 && timing->days[0] == DAY_LAST)
		return zh ? "最后一天" : "last day";
	buf_init(&buf, writer->arena);
	for (i = 0; i < timing->n_days; i++) {
		if (timing->days[i] == DAY_LAST)
			return NULL;
		buf_printf(&buf, zh ? "%s%d日" : "%s%d",
		    i > 0 ? (zh ? "、" : ", ")
		    : zh  ? ""
			  : "day ",
		    timing->days[i]);
	}
	return timing->n_days == 0 ? NULL : buf.data;
}

static const char *
span(const struct book_writer *writer, const struct timing *timing)
{
	int n = timing->n < 0 ? -timing->n : timing->n;

	if (writer->lang == LANG_ZH)
		return arena_printf(writer->arena, "%d%s", n,
		    timing->working ? "个工作日" : "天");
	return arena_printf(writer->arena, "%d %s%s", n,
	    timing->working ? "workday" : "day", n == 1 ? "" : "s");
}

static const char *
after_phrase(const struct book_writer *writer, const struct timing *timing)
{
	bool zh = writer->lang == LANG_ZH, before = timing->n < 0;
	struct arena *arena = writer->arena;

	if (timing->of_rule)
		return NULL;
	if (timing->n == 0)
		return arena_printf(
		    arena, zh ? "与%s同日" : "same as %s", timing->series);
	if (zh)
		return arena_printf(arena, "%s%s%s", timing->series,
		    before ? "前" : "后", span(writer, timing));
	return arena_printf(arena, "%s %s %s", span(writer, timing),
	    before ? "before" : "after", timing->series);
}

static const char *
weekday_phrase(const struct book_writer *writer, const struct timing *timing)
{
	static const char *const zh[] = { "日", "一", "二", "三", "四", "五",
		"六" };
	static const char *const en[] = { "Sunday", "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday" };
	struct arena *arena = writer->arena;
	const char *nth = place_of(writer, timing->n);
	const char *which =
	    writer->lang == LANG_ZH
		? arena_printf(arena, "%s星期%s", nth, zh[timing->weekday])
		: arena_printf(arena, "%s%s", nth, en[timing->weekday]);

	if (timing->kind == TIMING_WEEKDAY)
		return which;
	return writer->lang == LANG_ZH
		   ? arena_printf(arena, "%d日所在周后%s", timing->day, which)
		   : arena_printf(
			 arena, "%s after week of %d", which, timing->day);
}

/* NULL if the reader has no words for it. */
static const char *
phrase(const struct book_writer *writer, const struct timing *timing)
{
	struct arena *arena = writer->arena;
	bool zh = writer->lang == LANG_ZH;

	switch (timing->kind) {
	case TIMING_DAY:
		return days_phrase(writer, timing);
	case TIMING_WORKDAY:
		return arena_printf(arena, zh ? "%s工作日" : "%sworkday",
		    place_of(writer, timing->n));
	case TIMING_WEEKDAY:
	case TIMING_WEEKDAY_AFTER:
		return weekday_phrase(writer, timing);
	case TIMING_AFTER_PERIOD:
		return timing->n < 0
			   ? NULL
			   : arena_printf(arena,
				 zh ? "报告期后%s" : "%s after period",
				 span(writer, timing));
	case TIMING_AFTER_SERIES:
		return after_phrase(writer, timing);
	case TIMING_BEFORE_MONTH_END:
		return timing->n < 0
			   ? NULL
			   : arena_printf(arena,
				 zh ? "月末前%s" : "%s before month end",
				 span(writer, timing));
	}
	return NULL;
}

static void
put_months(struct buf *buf, unsigned months, enum lang lang)
{
	const char *between = "";
	int m;

	for (m = 1; m <= 12; m++)
		if ((months >> m & 1U) != 0) {
			buf_printf(buf, "%s%d", between, m);
			between = ",";
		}
	buf_puts(buf, lang == LANG_ZH ? "月:" : ": ");
}

/* NULL if dates must stand for the rule. */
static const char *
rule_words(const struct book_writer *writer, const struct draft_rule *rule)
{
	int usual = default_lag(rule->series->frequency);
	const char *lag = rule->rule.lag == usual ? "" : NULL, *words;
	struct buf buf;
	size_t i;

	if (writer->lang == LANG_ZH && lag == NULL)
		lag = rule->rule.lag == 0   ? "当月"
		      : rule->rule.lag == 1 ? "次月"
					    : NULL;
	if (rule->rule.n_timings == 0 || lag == NULL || rule->n_combine > 0 ||
	    rule->n_stated > 0 || rule->n_skips > 0 ||
	    rule->series->status == STATUS_TENTATIVE)
		return NULL;
	buf_init(&buf, writer->arena);
	for (i = 0; i < rule->rule.n_timings; i++) {
		const struct timing *timing = &rule->rule.timings[i];

		if (timing->kind == TIMING_AFTER_SERIES &&
		    rule_words(
			writer, rule_of(writer->draft, timing->series)) == NULL)
			return NULL;
		words = phrase(writer, timing);
		if (words == NULL)
			return NULL;
		buf_puts(&buf, i > 0 ? "; " : "");
		if (timing->months != 0)
			put_months(&buf, timing->months, writer->lang);
		buf_printf(&buf, "%s%s", lag, words);
	}
	return buf.data;
}

static void
put(struct form_row *row, const char *column, const char *text)
{
	if (text != NULL && *text != '\0' && row->n < FORM_CELLS_MOST)
		row->v[row->n++] = (struct form_cell){ column, text };
}

static const char *
joined(struct arena *arena, const char *const *v, size_t n)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < n; i++)
		buf_printf(&buf, "%s%s", i > 0 ? ", " : "", v[i]);
	return buf.data;
}

static const char *
indicators(const struct book_writer *writer, const struct series *series)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, writer->arena);
	for (i = 0; i < series->n_indicators; i++) {
		const struct indicator *one = &series->indicators[i];

		buf_printf(&buf, "%s%s", i > 0 ? "; " : "",
		    text_in(&one->name, writer->lang));
		if (one->unit != NULL)
			buf_printf(&buf, "[%s]", one->unit);
	}
	return buf.data;
}

static void
put_declared(struct form_row *row, const char *column, enum declared declared)
{
	if (declared != DECLARED_NOT)
		put(row, column, declared == DECLARED_YES ? "yes" : "no");
}

/* The survey scheme, and what the series says for the notice's rules. */
static void
put_marks(const struct book_writer *writer, const struct series *series,
    struct form_row *row)
{
	const struct scheme *scheme = series->scheme;

	if (scheme != NULL) {
		put(row, "scheme", text_in(&scheme->name, writer->lang));
		put(row, "approval_no", scheme->approval_no);
		put(row, "valid_until", scheme->valid_until);
		put(row, "form_no", scheme->form_no);
		put(row, "maker", scheme->maker);
		put(row, "publication", scheme->publication);
	}
	put_declared(row, "overlap", series->overlap);
	put_declared(row, "census", series->census);
	put_declared(row, "sampled", series->sampled);
	put_declared(row, "disclosure_control", series->disclosure_control);
	put(row, "data_status", series->data_status);
}

/* What every row of a series says. */
static struct form_row
series_row(const struct book_writer *writer, const struct draft_rule *rule)
{
	static const char *const frequencies[] = { "irregular", "annual",
		"half-yearly", "quarterly", "monthly", "ten-day", "weekly" };
	static const char *const classes[] = { "", "public", "internal",
		"secret" };
	const struct series *series = rule->series;
	struct arena *arena = writer->arena;
	struct form_row row = { .n = 0 };

	put(&row, "id", series->id);
	put(&row, "title",
	    series->title.zh != NULL ? series->title.zh : series->title.en);
	if (series->title.zh != NULL)
		put(&row, "title (en)", series->title.en);
	put(&row, "frequency", frequencies[series->frequency]);
	put(&row, "class", classes[series->secrecy]);
	put(&row, "topics", joined(arena, series->topics, series->n_topics));
	put(&row, "indicators", indicators(writer, series));
	put(&row, "channels",
	    joined(arena, series->channels, series->n_channels));
	put(&row, "url", series->url);
	put(&row, "contact", text_in(&series->contact_unit, writer->lang));
	put(&row, "phone", series->contact_phone);
	put_marks(writer, series, &row);
	put(&row, "note", text_in(&series->note, writer->lang));
	return row;
}

/* The day, or the months that are known. */
static const char *
date_words(const struct book_writer *writer, const struct moment *when)
{
	struct arena *arena = writer->arena;
	char first[DAY_SIZE], last[DAY_SIZE];
	int year, from, to, mday;

	day_format(first, when->start.day);
	day_format(last, when->last);
	if (when->precision == PRECISION_NLT)
		return arena_printf(arena, "%s%s",
		    writer->lang == LANG_ZH ? "不迟于" : "no later than ",
		    last);
	day_parts(when->start.day, &year, &from, &mday);
	if (when->precision == PRECISION_MONTH)
		return arena_printf(arena, "%04d-%02d", year, from);
	/* The reader knows no English for it. */
	day_parts(when->last, &year, &to, &mday);
	if (when->precision == PRECISION_WINDOW)
		return arena_printf(arena, "%d年%d月-%d月", year, from, to);
	return arena_strdup(arena, first);
}

static void
add_dates(struct book_writer *writer, const struct draft_rule *rule)
{
	struct arena *arena = writer->arena;
	struct form_row row;
	char clock[DAY_SIZE];
	size_t n = 0, i;

	for (i = 0; i < writer->slots->n; i++) {
		const struct slot *slot = &writer->slots->v[i];

		if (strcmp(slot->series->id, rule->series->id) != 0)
			continue;
		row = series_row(writer, rule);
		put(&row, "period", slot->period);
		put(&row, "date", date_words(writer, &slot->when));
		if (slot->when.start.minute != NO_TIME)
			put(&row, "time",
			    arena_strdup(arena,
				minute_format(clock, slot->when.start.minute)));
		/* Also that of a day whose notice is not out yet. */
		if (slot->status == STATUS_TENTATIVE)
			put(&row, "status", "tentative");
		ARRAY_PUSH(arena, &writer->form.rows, row);
		n++;
	}
	if (n > 0)
		return;
	row = series_row(writer, rule);
	put(&row, "date", writer->lang == LANG_ZH ? "待定" : "TBD");
	ARRAY_PUSH(arena, &writer->form.rows, row);
}

static void
add_rule(struct book_writer *writer, const struct draft_rule *rule)
{
	static const char *const rolls[] = {
		[ROLL_NONE] = NULL,
		[ROLL_FOLLOWING] = "following",
		[ROLL_MODIFIED_FOLLOWING] = "modified-following",
		[ROLL_PRECEDING] = "preceding",
		[ROLL_MODIFIED_PRECEDING] = "modified-preceding",
		[ROLL_NEAREST] = "nearest",
		[ROLL_FOLLOWING_NOTICE] = "following-notice",
	};
	const char *words = rule_words(writer, rule);
	struct form_row row = series_row(writer, rule), remark = { .n = 0 };
	char clock[DAY_SIZE];

	put(&remark, "id", rule->series->id);
	put(&remark, "note", text_in(&rule->review, writer->lang));
	ARRAY_PUSH(writer->arena, &writer->form.remarks, remark);
	if (words == NULL) {
		add_dates(writer, rule);
		return;
	}
	put(&row, "rule", words);
	put(&row, "roll", rolls[rule->rule.roll]);
	if (rule->rule.minute != NO_TIME)
		put(&row, "time",
		    arena_strdup(writer->arena,
			minute_format(clock, rule->rule.minute)));
	ARRAY_PUSH(writer->arena, &writer->form.rows, row);
}

static const struct error *
expand(struct arena *arena, const struct plan *plan, struct slots *slots,
    bool *good)
{
	struct diags diags = { 0 };
	const struct error *error =
	    schedule_expand(arena, NULL, plan, NULL, &diags, slots);

	*good = error == NULL && diags.errors == 0;
	return error;
}

static bool
same_slots(const struct slots *a, const struct slots *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->v[i].release, b->v[i].release) != 0 ||
		    !moment_equal(&a->v[i].when, &b->v[i].when) ||
		    a->v[i].start.s != b->v[i].start.s ||
		    a->v[i].status != b->v[i].status ||
		    a->v[i].held != b->v[i].held ||
		    a->v[i].series->secrecy != b->v[i].series->secrecy)
			return false;
	return true;
}

/* Whether the sheet says what the JSON says. */
static const struct error *
compare_book(struct arena *arena, struct calendars *calendars, const char *path,
    const struct slots *slots, bool *same)
{
	struct plans plans = { 0 };
	struct slots read = { 0 };
	struct diags diags = { 0 };
	const struct error *error =
	    plans_read_file(arena, calendars, path, &diags, &plans);

	*same = false;
	if (error != NULL || plans.n != 1 || !plans.v[0]->review)
		return error;
	error = expand(arena, plans.v[0], &read, same);
	*same = *same && same_slots(&read, slots);
	return error;
}

static void
fill_form(struct book_writer *writer)
{
	const struct plan *latest = writer->draft->latest;
	struct arena *arena = writer->arena;
	struct form *form = &writer->form;
	struct form_row all = { .n = 0 };
	size_t i;

	form->department = writer->draft->department;
	form->year = writer->draft->year;
	form->timezone = zone_name(latest->zone);
	if (latest->calendar != NULL)
		form->calendar = calendar_name(latest->calendar);
	if (latest->unpublished != UNPUBLISHED_TENTATIVE)
		form->unpublished =
		    latest->unpublished == UNPUBLISHED_HOLD ? "hold" : "refuse";
	form->review = SAY(arena, writer->lang, "draft.sheet_review");
	put(&all, "id", "*");
	put(&all, "note", text_in(&writer->draft->review, writer->lang));
	ARRAY_PUSH(arena, &form->remarks, all);
	for (i = 0; i < writer->draft->n; i++)
		add_rule(writer, &writer->draft->v[i]);
}

static bool
in_two_languages(const struct text *text)
{
	return text->zh != NULL && text->en != NULL;
}

static bool
has_text(const struct text *text)
{
	return text->zh != NULL || text->en != NULL;
}

static bool
is_plain_sharing(const struct sharing *sharing)
{
	return sharing->content == NULL && sharing->mode == NULL &&
	       sharing->time_limit == NULL && sharing->channel == NULL &&
	       sharing->responsibility == NULL;
}

static bool
is_plain_scheme(const struct scheme *scheme)
{
	return scheme->valid_from == NULL && scheme->url == NULL &&
	       !in_two_languages(&scheme->name) && !scheme->national &&
	       scheme->authorisation == NULL && !scheme->has_renewal &&
	       scheme->n_frequencies == 0 && scheme->n_channels == 0 &&
	       scheme->deadline_day == 0 && !scheme->deadline_by_notice &&
	       is_plain_sharing(&scheme->sharing);
}

/* Whether each thing that is known of the series has a column. */
static bool
fits_columns(const struct series *series)
{
	const struct scheme *scheme = series->scheme;
	size_t i;

	for (i = 0; i < series->n_indicators; i++)
		if (series->indicators[i].n_breakdowns > 0 ||
		    in_two_languages(&series->indicators[i].name))
			return false;
	if (scheme != NULL && !is_plain_scheme(scheme))
		return false;
	if (series->joint != NULL || series->revision != NULL ||
	    series->n_method_changes > 0 || series->withheld_ground != NULL)
		return false;
	return !has_text(&series->definition) && !has_text(&series->scope) &&
	       !has_text(&series->method) && !has_text(&series->calculation) &&
	       !has_text(&series->sample) &&
	       (series->source == NULL ||
		   strcmp(series->source, "survey") == 0) &&
	       !in_two_languages(&series->note) &&
	       !in_two_languages(&series->contact_unit);
}

static bool
fits_book(const struct draft_plan *draft)
{
	size_t i;

	for (i = 0; i < draft->n; i++)
		if (!fits_columns(draft->v[i].series))
			return false;
	return !has_text(&draft->latest->note);
}

const struct error *
draft_save_book(struct arena *arena, struct calendars *calendars,
    const struct draft_plan *draft, const char *path, enum lang lang,
    struct instant made)
{
	struct slots slots = { 0 };
	struct book_writer writer = {
		.arena = arena, .draft = draft, .slots = &slots, .lang = lang
	};
	const struct error *error;
	struct plan *plan = NULL;
	struct diags diags = { 0 };
	struct buf json;
	bool good = false;

	buf_init(&json, arena);
	draft_write(&json, draft);
	error = plan_read_bytes(arena, calendars, "draft.json",
	    (struct bytes){ json.data, json.len }, &diags, &plan);
	if (error == NULL && plan != NULL)
		error = expand(arena, plan, &slots, &good);
	good = good && fits_book(draft);
	if (error == NULL && good) {
		fill_form(&writer);
		error = plan_form(arena, path, &writer.form, lang, made);
		if (error != NULL)
			return error;
		error = compare_book(arena, calendars, path, &slots, &good);
		if (error != NULL || !good)
			unlink(path);
	}
	if (error == NULL && !good)
		error = ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "draft.sheet_differs", path);
	return error;
}
