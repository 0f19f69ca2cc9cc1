#include "caldav.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "multistatus.h"
#include "path.h"

#define NAMES_MOST 8
#define DECLARATION "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
#define SPACES " xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\""

static void
add_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			buf_puts(out, "&amp;");
		else if (*text == '<')
			buf_puts(out, "&lt;");
		else if (*text == '>')
			buf_puts(out, "&gt;");
		else
			buf_putc(out, *text);
	}
}

/* The colour is that of the feeds. */
const char *
caldav_make_body(struct arena *arena, const char *name)
{
	struct buf out;

	buf_init(&out, arena);
	buf_puts(&out, DECLARATION "<C:mkcalendar" SPACES
				   " xmlns:A=\"http://apple.com/ns/ical/\">"
				   "<D:set><D:prop><D:displayname>");
	add_text(&out, name);
	buf_puts(&out, "</D:displayname><C:supported-calendar-component-set>"
		       "<C:comp name=\"VEVENT\"/>"
		       "</C:supported-calendar-component-set>"
		       "<A:calendar-color>#4682B4FF</A:calendar-color>"
		       "</D:prop></D:set></C:mkcalendar>\n");
	return out.data;
}

const char *
caldav_query_body(struct arena *arena, const char *uid)
{
	struct buf out;

	buf_init(&out, arena);
	buf_puts(&out, DECLARATION "<C:calendar-query" SPACES
				   "><D:prop><D:getetag/></D:prop><C:filter>"
				   "<C:comp-filter name=\"VCALENDAR\">"
				   "<C:comp-filter name=\"VEVENT\">"
				   "<C:prop-filter name=\"UID\">"
				   "<C:text-match collation=\"i;octet\">");
	add_text(&out, uid);
	buf_puts(&out, "</C:text-match></C:prop-filter></C:comp-filter>"
		       "</C:comp-filter></C:filter></C:calendar-query>\n");
	return out.data;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Without its scheme and host, and without escapes. */
static const char *
plain_path(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://"), *path;
	struct buf out;

	if (host != NULL && host < strpbrk(url, "/")) {
		path = strchr(host + 3, '/');
		url = path == NULL ? "/" : path;
	}
	buf_init(&out, arena);
	for (; *url != '\0'; url++) {
		int high = *url == '%' ? hex_digit(url[1]) : -1;
		int low = high >= 0 ? hex_digit(url[2]) : -1;

		if (low < 0) {
			buf_putc(&out, *url);
		} else {
			buf_putc(&out, (char)(high * 16 + low));
			url += 2;
		}
	}
	return out.data;
}

void
caldav_names(struct arena *arena, const char *calendar,
    const struct multistatus *said, struct caldav_names *names)
{
	const char *base = plain_path(arena, calendar);
	size_t len = strlen(base), i;

	for (i = 0; i < said->n && names->n < NAMES_MOST; i++) {
		const char *path;

		if (said->v[i].href == NULL)
			continue;
		path = plain_path(arena, said->v[i].href);
		if (strncmp(path, base, len) == 0 && path_is_safe(path + len) &&
		    strchr(path + len, '/') == NULL)
			ARRAY_PUSH(arena, names, path + len);
	}
}

bool
caldav_is_about_data(const char *precondition)
{
	static const char *const known[] = { "valid-calendar-data",
		"valid-calendar-object-resource", "supported-calendar-data",
		"supported-calendar-component", "max-resource-size",
		"min-date-time", "max-date-time" };
	size_t i;

	for (i = 0; i < COUNT(known); i++)
		if (strcmp(precondition, known[i]) == 0)
			return true;
	return false;
}
