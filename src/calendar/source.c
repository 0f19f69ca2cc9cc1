#include <errno.h>
#include <string.h>
#include <strings.h>

#include <yugao/buf.h>

#include "source.h"

/* A longer property that matters here can only be an accident or an attack. */
#define LONGEST_LINE 4096

enum where { HEAD = 1, EVENT = 2, REFUSED = 4 };

static const struct {
	const char *name;
	int where;
} properties[P_COUNT] = {
	[P_CALSCALE] = { "CALSCALE", HEAD },
	[P_YEAR] = { "X-YUGAO-YEAR", HEAD },
	[P_PROJECTS] = { "X-YUGAO-PROJECTS", HEAD },
	[P_BASE] = { "X-YUGAO-BASE", HEAD },
	[P_NOTICE] = { "X-YUGAO-NOTICE", HEAD | EVENT },
	[P_PUBLISHED] = { "X-YUGAO-PUBLISHED", HEAD | EVENT },
	[P_TITLE] = { "X-YUGAO-TITLE", HEAD | EVENT },
	[P_URL] = { "X-YUGAO-URL", HEAD | EVENT },
	[P_SIGNED] = { "X-YUGAO-SIGNED", HEAD | EVENT },
	[P_LAPSED] = { "X-YUGAO-LAPSED", EVENT },
	[P_KIND] = { "X-YUGAO-KIND", EVENT },
	[P_NAME_EN] = { "X-YUGAO-NAME-EN", EVENT },
	[P_DTSTART] = { "DTSTART", EVENT },
	[P_DTEND] = { "DTEND", EVENT },
	[P_DURATION] = { "DURATION", EVENT },
	[P_SUMMARY] = { "SUMMARY", EVENT },
	[P_DESCRIPTION] = { "DESCRIPTION", EVENT },
	[P_CATEGORIES] = { "CATEGORIES", EVENT },
	[P_STATUS] = { "STATUS", EVENT },
	[P_RRULE] = { "RRULE", EVENT | REFUSED },
	[P_RDATE] = { "RDATE", EVENT | REFUSED },
	[P_EXRULE] = { "EXRULE", EVENT | REFUSED },
	[P_EXDATE] = { "EXDATE", EVENT | REFUSED },
	[P_RECURRENCE_ID] = { "RECURRENCE-ID", EVENT | REFUSED },
};

const char *
property_name(enum property property)
{
	return properties[property].name;
}

static size_t
name_length(const char *text)
{
	size_t n = 0;

	while ((text[n] >= 'A' && text[n] <= 'Z') ||
	       (text[n] >= 'a' && text[n] <= 'z') ||
	       (text[n] >= '0' && text[n] <= '9') || text[n] == '-')
		n++;
	return n;
}

/* The message id of what makes this line unreadable, or NULL. */
static const char *
line_mistake(const struct line *line)
{
	size_t name = name_length(line->text), i, n;

	for (i = 0; i < line->len; i += n) {
		const char *c = line->text + i;

		n = *c >= ' ' && *c < 0x7F ? 1 : utf8_length(c, line->len - i);
		if (n == 0)
			return "calendar.bad_utf8";
		if ((n > 1 || *c < ' ' || *c == 0x7F) &&
		    utf8_is_control(c, line->len - i))
			return "calendar.control";
	}
	if (name == 0 || (line->text[name] != ':' && line->text[name] != ';'))
		return "calendar.bad_line";
	return NULL;
}

static enum property
property_of(const char *name, size_t len)
{
	int i;

	for (i = 0; i < P_COUNT; i++)
		if (strncasecmp(properties[i].name, name, len) == 0 &&
		    properties[i].name[len] == '\0')
			break;
	return i;
}

static bool
in_event(const struct reader *reader)
{
	return reader->depth == 2 && strcasecmp(reader->open[1], "VEVENT") == 0;
}

/* False when the rest of the file cannot be understood. */
static bool
begin_component(struct reader *reader, const struct line *line)
{
	const char *name = line->text + strlen("BEGIN:");

	if (reader->depth == 0 &&
	    (reader->ended || strcasecmp(name, "VCALENDAR") != 0)) {
		MISTAKE(reader, line->number,
		    reader->ended ? "calendar.after_end"
				  : "calendar.not_icalendar");
		return false;
	}
	if (reader->depth == DEEPEST) {
		MISTAKE(reader, line->number, "calendar.too_deep");
		return false;
	}
	reader->open[reader->depth++] = name;
	if (reader->depth == 1)
		icalparser_add_line(reader->head, line->text);
	if (in_event(reader)) {
		icalparser_add_line(reader->event, line->text);
		memset(reader->event_line, 0, sizeof(reader->event_line));
		reader->begin = line->number;
	}
	return true;
}

static bool
end_component(struct reader *reader, const struct line *line)
{
	const char *name = line->text + strlen("END:");
	icalcomponent *component = NULL;

	if (reader->depth == 0 ||
	    strcasecmp(reader->open[reader->depth - 1], name) != 0) {
		MISTAKE(reader, line->number,
		    reader->depth == 0 ? "calendar.not_icalendar"
				       : "calendar.unbalanced",
		    name);
		return false;
	}
	if (in_event(reader)) {
		component = icalparser_add_line(reader->event, line->text);
		if (component != NULL)
			component_read_event(reader, component);
	} else if (reader->depth == 1) {
		component = icalparser_add_line(reader->head, line->text);
		if (component != NULL)
			component_read_head(reader, component);
		reader->ended = true;
	}
	if (component != NULL)
		icalcomponent_free(component);
	reader->depth--;
	return true;
}

/* A mistyped X-YUGAO-LAPSED must not pass as a stranger's extension. */
static void
check_unknown(struct reader *reader, const struct line *line, size_t len)
{
	const char *names[P_COUNT], *name;
	size_t i, n = 0;

	if (strncasecmp(line->text, "X-YUGAO-", 8) != 0)
		return;
	name = arena_strndup(reader->arena, line->text, len);
	for (i = 0; i < P_COUNT; i++)
		if (strncmp(properties[i].name, "X-YUGAO-", 8) == 0)
			names[n++] = properties[i].name;
	MISTAKE(reader, line->number, "calendar.unknown_property", name,
	    nearest_word(name, names, n));
}

static bool
read_property(struct reader *reader, const struct line *line)
{
	size_t len = name_length(line->text);
	enum property property = property_of(line->text, len);
	bool event = in_event(reader);

	if (reader->depth == 0) {
		MISTAKE(reader, line->number,
		    reader->ended ? "calendar.after_end"
				  : "calendar.not_icalendar");
		return false;
	}
	if (!event && reader->depth > 1)
		return true;
	if (property == P_COUNT ||
	    !(properties[property].where & (event ? EVENT : HEAD))) {
		check_unknown(reader, line, len);
		return true;
	}
	if (properties[property].where & REFUSED) {
		MISTAKE(reader, line->number, "calendar.recurs",
		    properties[property].name);
		return true;
	}
	if (property == P_DESCRIPTION && line->len > LONGEST_LINE)
		return true;
	if (line->len > LONGEST_LINE) {
		MISTAKE(reader, line->number, "calendar.long_line",
		    properties[property].name);
		return true;
	}
	(event ? reader->event_line : reader->head_line)[property] =
	    line->number;
	icalparser_add_line(event ? reader->event : reader->head, line->text);
	return true;
}

static bool
read_line(struct reader *reader, const struct line *line)
{
	const char *mistake = line_mistake(line);

	if (mistake != NULL) {
		/* A file that is no iCalendar at all fails on its first. */
		MISTAKE(reader, line->number,
		    reader->depth == 0 && !reader->ended
			? "calendar.not_icalendar"
			: mistake);
		return false;
	}
	if (strncasecmp(line->text, "BEGIN:", 6) == 0)
		return begin_component(reader, line);
	if (strncasecmp(line->text, "END:", 4) == 0)
		return end_component(reader, line);
	return read_property(reader, line);
}

bool
notice_from_ics(struct arena *arena, const char *file, struct bytes bytes,
    struct diags *diags, struct notice *source)
{
	struct arena *scratch = arena_new();
	struct reader reader = { .arena = arena,
		.diags = diags,
		.source = source,
		.head = icalparser_new(),
		.event = icalparser_new() };
	size_t errors = diags->errors, i;
	struct lines lines;

	*source = (struct notice){ .file = arena_strdup(arena, file),
		.published = DAY_ALWAYS,
		.signed_on = DAY_ALWAYS };
	lines_split(scratch, bytes, &lines);
	/* libical leaves out what it has no memory for, and says nothing. */
	errno = 0;
	for (i = 0; i < lines.n; i++)
		if (!read_line(&reader, &lines.v[i]))
			break;
	if (errno == ENOMEM || reader.head == NULL || reader.event == NULL)
		out_of_memory();
	if (lines.n == 0)
		MISTAKE(&reader, 1, "calendar.not_icalendar");
	else if (i == lines.n && reader.depth > 0)
		MISTAKE(&reader, lines.v[lines.n - 1].number,
		    "calendar.unfinished", reader.open[reader.depth - 1]);
	for (i = 0; i < source->days.n; i++)
		if (source->days.v[i].number == NULL)
			source->days.v[i].number = source->number;
	icalparser_free(reader.head);
	icalparser_free(reader.event);
	arena_free(scratch);
	return diags->errors == errors;
}
