#include <stddef.h>

#include <yugao/arena.h>

#include "ical.h"

/* An identity that no version changes: a new release of yugao must not
 * touch every published file. */
static const char *const prodid[] = {
	[LANG_ZH] = "-//yugao//yugao//ZH",
	[LANG_EN] = "-//yugao//yugao//EN",
};

/* A calendar must hold a component (RFC 5545 3.6), also when nothing is
 * announced yet. */
static void
add_nothing(struct buf *out)
{
	buf_puts(out, "BEGIN:VTIMEZONE\r\n"
		      "TZID:Etc/UTC\r\n"
		      "BEGIN:STANDARD\r\n"
		      "DTSTART:19700101T000000\r\n"
		      "TZOFFSETFROM:+0000\r\n"
		      "TZOFFSETTO:+0000\r\n"
		      "END:STANDARD\r\n"
		      "END:VTIMEZONE\r\n");
}

void
ical_head(struct buf *out, const struct feed *feed)
{
	struct arena *arena = arena_new();
	const char *name = text_in(&feed->name, feed->lang);
	const char *description = text_in(&feed->description, feed->lang);
	char updated[INSTANT_SIZE];
	struct buf line;

	buf_init(&line, arena);
	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
	ical_text(out, &line, "PRODID", prodid[feed->lang]);
	buf_puts(out, "CALSCALE:GREGORIAN\r\n");
	/* No UID of the calendar itself (RFC 7986 5.3): vdirsyncer 0.19 takes
	 * it for that of every event, and keeps one of them. */
	ical_text(out, &line, "NAME", name);
	ical_text(out, &line, "X-WR-CALNAME", name);
	if (*description != '\0') {
		ical_text(out, &line, "DESCRIPTION", description);
		ical_text(out, &line, "X-WR-CALDESC", description);
	}
	if (feed->timezone != NULL)
		ical_text(out, &line, "X-WR-TIMEZONE", feed->timezone);
	ical_line(out, &line, "LAST-MODIFIED",
	    instant_format_basic(updated, feed->updated));
	if (feed->site != NULL)
		ical_line(out, &line, "URL", feed->site);
	if (feed->url != NULL)
		ical_line(out, &line, "SOURCE;VALUE=URI", feed->url);
	buf_puts(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
		      "X-PUBLISHED-TTL:PT1H\r\n"
		      "COLOR:steelblue\r\n");
	if (feed->n == 0)
		add_nothing(out);
	arena_free(arena);
}

void
ical_foot(struct buf *out, const struct feed *feed)
{
	(void)feed;
	buf_puts(out, "END:VCALENDAR\r\n");
}

void
ical_object(struct buf *out, enum lang lang, const char *event, size_t len)
{
	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:");
	buf_puts(out, prodid[lang]);
	buf_puts(out, "\r\nCALSCALE:GREGORIAN\r\n");
	buf_add(out, event, len);
	buf_puts(out, "END:VCALENDAR\r\n");
}
