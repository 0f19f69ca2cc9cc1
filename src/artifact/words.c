#include <yugao/words.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/period.h>

/* Zones whose time has a name of its own; others go by their tz name. */
static const struct zone_words {
	const char *zone, *id;
} zones[] = {
	{ "Asia/Shanghai", "artifact.zone_beijing" },
	{ "Asia/Hong_Kong", "artifact.zone_hong_kong" },
	{ "UTC", "artifact.zone_utc" },
	{ "Etc/UTC", "artifact.zone_utc" },
};

/*
 * The sentence with the values put in as they are: they are somebody's words,
 * checked when they were read, and SAY() is for arguments of ours.
 */
void
words_put(
    struct buf *out, const char *sentence, const char *const *values, size_t n)
{
	for (;;) {
		size_t plain = strcspn(sentence, "{");
		size_t i;

		buf_add(out, sentence, plain);
		sentence += plain;
		if (*sentence == '\0')
			return;
		i = (size_t)(sentence[1] - '0');
		if (i < n)
			buf_puts(out, values[i]);
		sentence += sizeof("{0}") - 1;
	}
}

static const char *
number(struct arena *arena, int n)
{
	char digits[16], *at = digits + sizeof(digits);
	unsigned rest = n < 0 ? 0 : (unsigned)n;

	*--at = '\0';
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	return arena_strdup(arena, at);
}

const char *
words_day(struct arena *arena, enum lang lang, struct day day)
{
	char month_id[] = "@artifact.month_01";
	char weekday_id[] = "@artifact.weekday_0";
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	month_id[sizeof(month_id) - 3] = (char)('0' + month / 10);
	month_id[sizeof(month_id) - 2] = (char)('0' + month % 10);
	weekday_id[sizeof(weekday_id) - 2] = (char)('0' + day_weekday(day));
	return SAY(arena, lang, "artifact.day", number(arena, year), month_id,
	    number(arena, mday), weekday_id);
}

const char *
words_month(struct arena *arena, enum lang lang, struct day day)
{
	char month_id[] = "@artifact.month_01";
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	month_id[sizeof(month_id) - 3] = (char)('0' + month / 10);
	month_id[sizeof(month_id) - 2] = (char)('0' + month % 10);
	return SAY(
	    arena, lang, "artifact.month", number(arena, year), month_id);
}

static bool
is_whole_months(const struct moment *when)
{
	struct day next = { when->last.n + 1 };
	int year, month, first, after;

	day_parts(when->start.day, &year, &month, &first);
	day_parts(next, &year, &month, &after);
	return first == 1 && after == 1;
}

static const char *
span_words(struct arena *arena, enum lang lang, const struct moment *when)
{
	const char *(*words)(struct arena *, enum lang, struct day) =
	    is_whole_months(when) ? words_month : words_day;
	const char *first = words(arena, lang, when->start.day);
	const char *last = words(arena, lang, when->last);

	if (strcmp(first, last) == 0)
		return first;
	return SAY(arena, lang, "artifact.span", first, last);
}

const char *
words_moment(struct arena *arena, enum lang lang, const struct moment *when)
{
	char minute[DAY_SIZE];

	switch (when->precision) {
	case PRECISION_INSTANT:
		return SAY(arena, lang, "artifact.day_time",
		    words_day(arena, lang, when->start.day),
		    minute_format(minute, when->start.minute));
	case PRECISION_DATE:
		return words_day(arena, lang, when->start.day);
	case PRECISION_MONTH:
	case PRECISION_WINDOW:
		return span_words(arena, lang, when);
	case PRECISION_NLT:
		return SAY(arena, lang, "artifact.no_later_than",
		    words_day(arena, lang, when->last));
	case PRECISION_NONE:
		break;
	}
	return SAY(arena, lang, "artifact.no_date");
}

const char *
words_zone(struct arena *arena, enum lang lang, const char *zone)
{
	size_t i;

	for (i = 0; i < COUNT(zones); i++)
		if (strcmp(zones[i].zone, zone) == 0)
			return SAY(arena, lang, zones[i].id);
	return zone;
}

const char *
words_period(struct arena *arena, enum lang lang,
    const struct announcement *announcement)
{
	struct period period;

	if (!period_parse(announcement->period, &period))
		return announcement->period;
	return period_words(arena, lang, &period);
}

const char *
words_estimate(struct arena *arena, enum lang lang,
    const struct announcement *announcement)
{
	const char *estimate = announcement->estimate;
	const char *id;

	if (estimate == NULL)
		return NULL;
	id = arena_printf(arena, "artifact.estimate_%s", estimate);
	if (message_exists(id))
		return SAY(arena, lang, id);
	return SAY(arena, lang, "artifact.estimate_n", estimate);
}

enum said_status
words_status(const struct announcement *a)
{
	if (a->status == SAID_CONFIRMED &&
	    (a->when.precision == PRECISION_MONTH ||
		a->when.precision == PRECISION_WINDOW))
		return SAID_TENTATIVE;
	return a->status;
}

/*
 * What a reader must know before the title, or NULL.  That an exact time is
 * provisional is told by STATUS and in the description: in a schedule whose
 * every date is provisional it would else stand in every title.
 */
static const char *
title_prefix(const struct announcement *a)
{
	if (a->status == SAID_CANCELLED)
		return "artifact.title_cancelled";
	if (a->status == SAID_POSTPONED)
		return "artifact.title_postponed";
	if (a->status == SAID_RELEASED)
		return NULL;
	if (a->late)
		return "artifact.title_late";
	if (a->when.precision == PRECISION_NLT)
		return "artifact.title_no_later_than";
	if (a->when.precision == PRECISION_MONTH ||
	    a->when.precision == PRECISION_WINDOW)
		return "artifact.title_expected";
	return NULL;
}

const char *
words_name(struct arena *arena, enum lang lang, const struct announcement *a)
{
	const char *estimate = words_estimate(arena, lang, a);
	struct buf named;

	buf_init(&named, arena);
	words_put(&named,
	    SAY(arena, lang,
		estimate == NULL ? "artifact.title_period"
				 : "artifact.title_estimate"),
	    (const char *const[]){ text_in(&a->title, lang),
		words_period(arena, lang, a), estimate },
	    3);
	return named.data;
}

const char *
words_title(struct arena *arena, enum lang lang, const struct announcement *a)
{
	const char *name = words_name(arena, lang, a);
	const char *prefix = title_prefix(a);
	struct buf whole;

	if (prefix == NULL)
		return name;
	buf_init(&whole, arena);
	words_put(
	    &whole, SAY(arena, lang, prefix), (const char *const[]){ name }, 1);
	return whole.data;
}

static void
add_line(struct buf *out, struct arena *arena, enum lang lang, const char *id,
    const char *value)
{
	if (*value == '\0')
		return;
	if (out->len > 0)
		buf_putc(out, '\n');
	words_put(out, SAY(arena, lang, id), &value, 1);
}

/* The id of the line that says when it is, or was to be. */
static const char *
when_id(const struct announcement *a)
{
	if (a->status == SAID_CANCELLED || a->status == SAID_POSTPONED)
		return "artifact.line_was_planned";
	switch (a->when.precision) {
	case PRECISION_INSTANT:
		return a->status == SAID_TENTATIVE
			   ? "artifact.line_time_tentative"
			   : "artifact.line_time";
	case PRECISION_DATE:
		return a->status == SAID_TENTATIVE
			   ? "artifact.line_date_tentative"
			   : "artifact.line_date";
	case PRECISION_MONTH:
	case PRECISION_WINDOW:
		return "artifact.line_window";
	case PRECISION_NLT:
		return "artifact.line_no_later_than";
	case PRECISION_NONE:
		break;
	}
	return "artifact.line_no_date";
}

static void
add_when(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *a)
{
	const char *when = words_moment(arena, lang, &a->when);

	if (a->when.precision == PRECISION_INSTANT && a->timezone != NULL)
		when = SAY(arena, lang, "artifact.in_zone", when,
		    words_zone(arena, lang, a->timezone));
	add_line(out, arena, lang, when_id(a), when);
}

static bool
is_exact(const struct moment *when)
{
	return when->precision == PRECISION_INSTANT ||
	       when->precision == PRECISION_DATE;
}

static const char *
moved_id(const struct announcement *a)
{
	const struct moment *from = &a->previous, *to = &a->when;
	int32_t days = to->start.day.n - from->start.day.n;

	if (!is_exact(from))
		return is_exact(to) ? "artifact.line_fixed"
				    : "artifact.line_changed";
	if (!is_exact(to))
		return "artifact.line_changed";
	if (days == 0)
		return "artifact.line_time_changed";
	return days < 0 ? "artifact.line_earlier" : "artifact.line_later";
}

static bool
is_moved(const struct announcement *a)
{
	return a->has_previous && !moment_equal(&a->previous, &a->when) &&
	       a->status != SAID_CANCELLED && a->status != SAID_POSTPONED;
}

void
words_change(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *a)
{
	bool changed = is_moved(a) || a->status == SAID_POSTPONED;
	const char *id = a->status == SAID_CANCELLED
			     ? "artifact.line_why_cancelled"
			 : changed ? "artifact.line_why_moved"
				   : "artifact.line_why_date";

	if (is_moved(a))
		add_line(out, arena, lang, moved_id(a),
		    words_moment(arena, lang, &a->previous));
	if (a->reason_pending)
		add_line(out, arena, lang, id,
		    SAY(arena, lang, "artifact.reason_pending"));
	else
		add_line(out, arena, lang, id, text_in(&a->reason, lang));
}

/* When it was out, on the release's own clock. */
static const char *
released_words(
    struct arena *arena, enum lang lang, const struct announcement *a)
{
	const struct moment when = words_local(a, a->released);

	return words_moment(arena, lang, &when);
}

/* What has become of it, if it is neither due nor cancelled. */
static void
add_outcome(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *a)
{
	if (a->status == SAID_POSTPONED && a->has_due)
		add_line(out, arena, lang, "artifact.line_due",
		    words_day(arena, lang, a->due));
	if (a->status != SAID_RELEASED)
		return;
	add_line(out, arena, lang, "artifact.line_released",
	    released_words(arena, lang, a));
	add_line(out, arena, lang, "artifact.line_result",
	    a->result_url == NULL ? "" : a->result_url);
}

static void
add_lists(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *a)
{
	const char *comma = SAY(arena, lang, "artifact.comma");
	struct buf list;
	size_t i;

	buf_init(&list, arena);
	for (i = 0; i < a->n_indicators; i++) {
		buf_puts(&list, i > 0 ? comma : "");
		buf_puts(&list, text_in(&a->indicators[i], lang));
	}
	add_line(out, arena, lang, "artifact.line_indicators", list.data);
	buf_clear(&list);
	for (i = 0; i < a->n_channels; i++) {
		buf_puts(&list, i > 0 ? comma : "");
		buf_puts(&list, a->channels[i]);
	}
	add_line(out, arena, lang, "artifact.line_channels", list.data);
}

static const char *
data_status_words(
    struct arena *arena, enum lang lang, const struct announcement *a)
{
	const char *id =
	    arena_printf(arena, "artifact.data_%s", a->data_status);

	return message_exists(id) ? SAY(arena, lang, id) : a->data_status;
}

void
words_description(struct buf *out, struct arena *arena, enum lang lang,
    const struct announcement *a)
{
	if (a->status == SAID_CANCELLED)
		buf_puts(out, SAY(arena, lang, "artifact.line_cancelled"));
	else if (a->status == SAID_POSTPONED)
		buf_puts(out, SAY(arena, lang, "artifact.line_postponed"));
	else if (a->late)
		buf_puts(out, SAY(arena, lang, "artifact.line_late"));
	add_when(out, arena, lang, a);
	add_outcome(out, arena, lang, a);
	words_change(out, arena, lang, a);
	add_line(out, arena, lang, "artifact.line_publisher",
	    text_in(&a->publisher, lang));
	add_line(out, arena, lang, "artifact.line_period",
	    words_period(arena, lang, a));
	if (a->estimate != NULL)
		add_line(out, arena, lang, "artifact.line_estimate",
		    words_estimate(arena, lang, a));
	if (a->data_status != NULL)
		add_line(out, arena, lang, "artifact.line_data_status",
		    data_status_words(arena, lang, a));
	add_lists(out, arena, lang, a);
	add_line(out, arena, lang, "artifact.line_method",
	    text_in(&a->method_change, lang));
	add_line(
	    out, arena, lang, "artifact.line_note", text_in(&a->note, lang));
	add_line(out, arena, lang, "artifact.line_url",
	    a->url == NULL ? "" : a->url);
}
