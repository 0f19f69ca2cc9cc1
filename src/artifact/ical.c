#include "ical.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "moment.h"
#include <yugao/words.h>

/*
 * An instant has no end: without one it takes no time (RFC 5545 3.6.1), and
 * an end equal to the start is forbidden.
 */
static void
add_time(struct buf *out, struct buf *line, const struct announcement *a)
{
	char instant[INSTANT_SIZE], day[DAY_SIZE];
	struct day after = { a->when.last.n + 1 };

	if (a->when.precision == PRECISION_INSTANT) {
		ical_line(out, line, "DTSTART",
		    instant_format_basic(instant, a->start));
		return;
	}
	ical_line(out, line, "DTSTART;VALUE=DATE",
	    day_format_basic(day, a->when.start.day));
	ical_line(out, line, "DTEND;VALUE=DATE", day_format_basic(day, after));
}

static const char *
status_name(const struct announcement *a)
{
	static const char *const names[] = {
		[SAID_TENTATIVE] = "TENTATIVE",
		[SAID_CONFIRMED] = "CONFIRMED",
		[SAID_CANCELLED] = "CANCELLED",
		[SAID_POSTPONED] = "TENTATIVE",
		[SAID_RELEASED] = "CONFIRMED",
	};

	return names[words_status(a)];
}

static void
add_entry(struct buf *out, struct buf *line, const struct announcement *a,
    const struct entry *entry)
{
	char at[INSTANT_SIZE];

	instant_format_basic(at, entry->at);
	ical_text(out, line, "UID", a->uid);
	ical_line(out, line, "DTSTAMP", at);
	ical_line(out, line, "LAST-MODIFIED", at);
	buf_puts(out, "SEQUENCE:");
	buf_int(out, entry->sequence);
	buf_puts(out, "\r\n");
	ical_line(out, line, "STATUS", status_name(a));
	ical_line(out, line, "TRANSP", "TRANSPARENT");
}

#define LINK_PREFIX "X-YUGAO-"
#define LINK LINK_PREFIX "LINK;"

void
ical_standard_links(struct buf *out, const char *item, size_t len)
{
	const size_t prefix = sizeof(LINK_PREFIX) - 1, link = sizeof(LINK) - 1;
	const char *end = item + len;

	while (item < end) {
		const char *line = memchr(item, '\n', (size_t)(end - item));
		const char *next = line == NULL ? end : line + 1;

		if ((size_t)(next - item) > link &&
		    memcmp(item, LINK, link) == 0)
			item += prefix;
		buf_add(out, item, (size_t)(next - item));
		item = next;
	}
}

static void
add_link(struct buf *out, struct buf *line, const char *relation,
    const char *label, const char *url)
{
	struct arena *arena = out->arena;

	ical_line(out, line,
	    arena_printf(arena, LINK "VALUE=URI;LINKREL=%s;LABEL=\"%s\"",
		relation, label),
	    url);
}

/*
 * As RFC 9253 has it, under a name of our own: ruby-icalendar refuses a whole
 * feed for a property that it does not know.  Definition, method and scheme
 * stand on the page of the series: that page may change without a word about
 * the release.
 */
static void
add_links(struct buf *out, struct buf *line, const struct announcement *a,
    enum lang lang, const char *pages)
{
	struct arena *arena = out->arena;

	if (pages != NULL) {
		add_link(out, line, "alternate",
		    SAY(arena, lang, "artifact.link_page"),
		    words_page(arena, lang, a, pages));
		add_link(out, line, "describedby",
		    SAY(arena, lang, "artifact.link_definition"),
		    words_series_page(arena, lang, a, pages));
	}
	if (a->status == SAID_RELEASED && a->result_url != NULL)
		add_link(out, line, "related",
		    SAY(arena, lang, "artifact.link_result"), a->result_url);
}

static void
add_each(struct buf *out, struct buf *line, const char *name,
    const char *const *values, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		ical_text(out, line, name, values[i]);
}

/* For programs; the prefix is documented with the feeds. */
static void
add_machine_lines(struct buf *out, struct buf *line,
    const struct announcement *a, enum lang lang)
{
	char said[MOMENT_SIZE];
	size_t i;

	ical_text(out, line, "X-YUGAO-RELEASE", a->release);
	ical_text(out, line, "X-YUGAO-PERIOD", a->period);
	if (a->estimate != NULL)
		ical_text(out, line, "X-YUGAO-ESTIMATE", a->estimate);
	ical_text(
	    out, line, "X-YUGAO-PRECISION", precision_name(a->when.precision));
	if (a->timezone != NULL)
		ical_text(out, line, "X-YUGAO-TIMEZONE", a->timezone);
	for (i = 0; i < a->n_indicators; i++)
		ical_text(out, line, "X-YUGAO-INDICATOR",
		    text_in(&a->indicators[i], lang));
	add_each(out, line, "X-YUGAO-TOPIC", a->topics, a->n_topics);
	add_each(out, line, "X-YUGAO-CHANNEL", a->channels, a->n_channels);
	if (a->data_status != NULL)
		ical_text(out, line, "X-YUGAO-DATA-STATUS", a->data_status);
	if (a->late)
		ical_line(out, line, "X-YUGAO-LATE", "TRUE");
	if (a->status == SAID_POSTPONED)
		ical_text(out, line, "X-YUGAO-STATUS", "POSTPONED");
	if (a->status == SAID_POSTPONED && a->has_due)
		ical_text(
		    out, line, "X-YUGAO-NEW-DATE-BY", day_format(said, a->due));
	if (a->status == SAID_RELEASED)
		ical_text(out, line, "X-YUGAO-RELEASED",
		    instant_format_basic(said, a->released));
	if (a->has_previous && !moment_equal(&a->previous, &a->when))
		ical_text(out, line, "X-YUGAO-MOVED-FROM",
		    moment_iso(said, &a->previous));
	if (*text_in(&a->reason, lang) != '\0')
		ical_text(
		    out, line, "X-YUGAO-REASON", text_in(&a->reason, lang));
}

static void
add_words(struct buf *out, struct buf *line, struct arena *arena,
    const struct announcement *a, enum lang lang)
{
	struct buf description;
	size_t i;

	buf_init(&description, arena);
	words_description(&description, arena, lang, a);
	ical_text(out, line, "SUMMARY", words_title(arena, lang, a));
	ical_text(out, line, "DESCRIPTION", description.data);
	if (a->result_url != NULL)
		ical_line(out, line, "URL", a->result_url);
	else if (a->url != NULL)
		ical_line(out, line, "URL", a->url);
	/* One line a topic: readers differ on an escaped comma in a list. */
	for (i = 0; i < a->n_topics; i++) {
		const char *name = text_in(&a->topic_names[i], lang);

		ical_text(out, line, "CATEGORIES",
		    *name != '\0' ? name : a->topics[i]);
	}
}

/*
 * Written by ourselves, so that libical, whose folds and X- escapes differ
 * by version, can be an independent judge of it in ical_check().
 */
const struct error *
ical_item(struct buf *out, const struct announcement *a,
    const struct entry *entry, enum lang lang, const char *pages)
{
	struct arena *arena = out->arena;
	struct buf line;

	if (a->when.precision == PRECISION_NONE)
		return ERROR_NEW(arena, ERROR_FAILED, NULL,
		    "artifact.no_moment", a->release);
	buf_init(&line, arena);
	buf_puts(out, "BEGIN:VEVENT\r\n");
	add_entry(out, &line, a, entry);
	add_time(out, &line, a);
	add_words(out, &line, arena, a, lang);
	add_links(out, &line, a, lang, pages);
	add_machine_lines(out, &line, a, lang);
	buf_puts(out, "END:VEVENT\r\n");
	return NULL;
}
