#include "event.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#define PARAMETERS_MOST 16
#define DEPTH_MOST 8

/* What a server writes as it likes, besides all that begins with X-. */
static const char *const servers[] = { "CREATED", "DTSTAMP", "LAST-MODIFIED" };

struct reading {
	struct arena *arena;
	struct event *event;
	int depth;    /* of components: 1 in the calendar */
	int zone;     /* the depth of a VTIMEZONE; 0: not in one */
	bool ended;   /* the calendar */
	bool entries; /* there was one */
	bool bad;
};

/* Takes one content line off the front, unfolded; NULL at the end. */
static char *
next_line(struct arena *arena, const char **rest, const char *end)
{
	struct buf line;
	const char *s = *rest;

	if (s == end)
		return NULL;
	buf_init(&line, arena);
	for (;;) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((stop == NULL ? end : stop) - s);

		while (len > 0 && s[len - 1] == '\r')
			len--;
		buf_add(&line, s, len);
		s = stop == NULL ? end : stop + 1;
		if (s == end || (*s != ' ' && *s != '\t'))
			break;
		s++;
	}
	*rest = s;
	return line.data;
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
upper(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'a' && *s <= 'z')
			*s = (char)(*s - 'a' + 'A');
}

/* The end of a name or of a parameter: ';' or ':' outside of quotes. */
static size_t
part_length(const char *s)
{
	bool quoted = false;
	size_t n;

	for (n = 0; s[n] != '\0'; n++) {
		if (s[n] == '"')
			quoted = !quoted;
		else if (!quoted && (s[n] == ';' || s[n] == ':'))
			break;
	}
	return n;
}

/* NAME=value with the name in capitals and without quotes. */
static const char *
parameter_form(struct arena *arena, const char *s, size_t len)
{
	char *form = arena_strndup(arena, s, len), *equals, *from, *to;

	equals = strchr(form, '=');
	if (equals != NULL)
		*equals = '\0';
	upper(form);
	if (equals == NULL)
		return form;
	*equals = '=';
	for (from = to = equals; *from != '\0'; from++)
		if (*from != '"')
			*to++ = *from;
	*to = '\0';
	return form;
}

static void
add_value(struct buf *out, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value != '\\' || value[1] == '\0')
			buf_putc(out, *value);
		else if (*++value == 'n' || *value == 'N')
			buf_putc(out, '\n');
		else
			buf_putc(out, *value);
	}
}

/* NAME;A=1;B=2:value; NULL if it is no content line. */
static const char *
line_form(struct arena *arena, const char *line, const char **value)
{
	const char *parameters[PARAMETERS_MOST];
	size_t n = 0, len = part_length(line), i;
	char *name = arena_strndup(arena, line, len);
	struct buf form;

	upper(name);
	for (line += len; *line == ';'; line += len) {
		len = part_length(++line);
		if (n == PARAMETERS_MOST)
			return NULL;
		parameters[n++] = parameter_form(arena, line, len);
	}
	if (*name == '\0' || *line != ':')
		return NULL;
	qsort(parameters, n, sizeof(parameters[0]), compare_strings);
	buf_init(&form, arena);
	buf_puts(&form, name);
	for (i = 0; i < n; i++)
		buf_printf(&form, ";%s", parameters[i]);
	buf_putc(&form, ':');
	*value = line + 1;
	add_value(&form, line + 1);
	return form.data;
}

static bool
is_named(const char *form, const char *name)
{
	size_t len = strlen(name);

	return strncmp(form, name, len) == 0 &&
	       (form[len] == ':' || form[len] == ';');
}

static bool
is_servers(const char *form)
{
	size_t i;

	for (i = 0; i < COUNT(servers); i++)
		if (is_named(form, servers[i]))
			return true;
	return strncmp(form, "X-", 2) == 0;
}

/* Anything but a small number is the greatest, which we never write over. */
static int64_t
read_sequence(const char *value)
{
	int64_t number = 0;

	if (*value == '\0')
		return EVENT_SEQUENCE_MOST;
	for (; *value != '\0'; value++) {
		if (*value < '0' || *value > '9')
			return EVENT_SEQUENCE_MOST;
		number = number * 10 + (*value - '0');
		if (number >= EVENT_SEQUENCE_MOST)
			return EVENT_SEQUENCE_MOST;
	}
	return number;
}

static void
take_line(struct reading *reading, const char *form, const char *value)
{
	struct event *event = reading->event;

	if (reading->depth == 2 && is_named(form, "UID")) {
		const char *uid = strchr(form, ':') + 1;

		if (event->uid != NULL && strcmp(event->uid, uid) != 0)
			reading->bad = true;
		event->uid = uid;
	} else if (reading->depth == 2 && is_named(form, "SEQUENCE")) {
		int64_t sequence = read_sequence(value);

		if (event->sequence < sequence)
			event->sequence = sequence;
		return;
	}
	if (is_servers(form))
		return;
	if (event->n == EVENT_LINES_MOST)
		reading->bad = true;
	else
		ARRAY_PUSH(reading->arena, event, form);
}

static void
begin(struct reading *reading, const char *form, const char *name)
{
	bool calendar = strcasecmp(name, "VCALENDAR") == 0;

	if ((reading->depth == 0) != calendar || reading->ended ||
	    reading->depth == DEPTH_MOST) {
		reading->bad = true;
		return;
	}
	reading->depth++;
	if (reading->depth < 2 || reading->zone != 0)
		return;
	if (reading->depth == 2 && strcasecmp(name, "VTIMEZONE") == 0) {
		reading->zone = 2;
		return;
	}
	reading->entries = true;
	take_line(reading, form, name);
}

static void
finish(struct reading *reading)
{
	if (reading->depth == 0)
		reading->bad = true;
	else if (reading->depth-- == reading->zone)
		reading->zone = 0;
	if (reading->depth == 0)
		reading->ended = true;
}

static void
read_line(struct reading *reading, const char *line)
{
	const char *value, *form;

	if (*line == '\0')
		return;
	form = line_form(reading->arena, line, &value);
	if (form == NULL)
		reading->bad = true;
	else if (is_named(form, "BEGIN"))
		begin(reading, form, value);
	else if (is_named(form, "END"))
		finish(reading);
	else if (reading->depth == 0)
		reading->bad = true;
	else if (reading->depth > 1 && reading->zone == 0)
		take_line(reading, form, value);
}

bool
event_read(
    struct arena *arena, const char *data, size_t len, struct event *event)
{
	struct reading reading = { .arena = arena, .event = event };
	const char *end = data + len, *line;

	*event = (struct event){ 0 };
	if (len >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
		data += 3;
	while (!reading.bad && (line = next_line(arena, &data, end)) != NULL)
		read_line(&reading, line);
	if (reading.bad || !reading.ended || !reading.entries ||
	    event->uid == NULL)
		return false;
	qsort(event->v, event->n, sizeof(event->v[0]), compare_strings);
	return true;
}

bool
event_equal(const struct event *a, const struct event *b)
{
	size_t i;

	if (a->n != b->n || a->sequence != b->sequence)
		return false;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}
