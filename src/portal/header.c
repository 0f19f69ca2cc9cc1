#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "portal.h"

struct field {
	struct arena *arena;
	const char *name, *value;
};

static enum MHD_Result
add_value(
    void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct field *field = cls;

	(void)kind;
	if (strcasecmp(name, field->name) != 0)
		return MHD_YES;
	if (value == NULL)
		value = "";
	field->value =
	    field->value == NULL
		? value
		: arena_printf(field->arena, "%s, %s", field->value, value);
	return MHD_YES;
}

const char *
header_get(const struct exchange *exchange, struct MHD_Connection *connection,
    const char *name)
{
	struct field field = { .arena = exchange->arena, .name = name };

	(void)MHD_get_connection_values(
	    connection, MHD_HEADER_KIND, add_value, &field);
	return field.value;
}

/* "Content-Length : 5" is another field to libmicrohttpd, not to others. */
static enum MHD_Result
check_name(
    void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	bool *valid = cls;

	(void)kind;
	(void)value;
	if (name[strcspn(name, " \t")] != '\0')
		*valid = false;
	return MHD_YES;
}

bool
header_framing_valid(
    const struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *host = header_get(exchange, connection, "Host");
	const char *length = header_get(exchange, connection, "Content-Length");
	const char *coding =
	    header_get(exchange, connection, "Transfer-Encoding");
	bool valid = true;

	(void)MHD_get_connection_values(
	    connection, MHD_HEADER_KIND, check_name, &valid);
	if (!valid || (host != NULL && strchr(host, ',') != NULL))
		return false;
	if (coding != NULL)
		return length == NULL && strcasecmp(coding, "chunked") == 0;
	return length == NULL || strchr(length, ',') == NULL;
}

/* Only the form that we send ourselves; any other counts as no date. */
static bool
parse_http_date(const char *text, time_t *t)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int day, year, hour, minute, second;
	const char *at;
	char month[4];
	struct tm tm = { 0 };

	if (text == NULL ||
	    sscanf(text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month,
		&year, &hour, &minute, &second) != 6)
		return false;
	at = strstr(months, month);
	if (at == NULL || (at - months) % 3 != 0)
		return false;
	tm.tm_mday = day;
	tm.tm_mon = (int)((at - months) / 3);
	tm.tm_year = year - 1900;
	tm.tm_hour = hour;
	tm.tm_min = minute;
	tm.tm_sec = second;
	*t = timegm(&tm);
	return true;
}

int
header_precondition(const struct exchange *exchange,
    struct MHD_Connection *connection, const char *etag, time_t mtime)
{
	const char *match = header_get(exchange, connection, "If-Match");
	const char *none = header_get(exchange, connection, "If-None-Match");
	const char *before =
	    header_get(exchange, connection, "If-Unmodified-Since");
	const char *after =
	    header_get(exchange, connection, "If-Modified-Since");
	bool reads =
	    exchange->method == METHOD_GET || exchange->method == METHOD_HEAD;
	time_t t;

	if (match != NULL) {
		if (etag == NULL || !etag_listed(match, etag, false))
			return MHD_HTTP_PRECONDITION_FAILED;
	} else if (etag != NULL && parse_http_date(before, &t) && mtime > t)
		return MHD_HTTP_PRECONDITION_FAILED;
	if (none != NULL) {
		if (etag != NULL && etag_listed(none, etag, true))
			return reads ? MHD_HTTP_NOT_MODIFIED
				     : MHD_HTTP_PRECONDITION_FAILED;
	} else if (reads && parse_http_date(after, &t) && mtime == t)
		/*
		 * Exactly, as nginx does: the time of a published file is when
		 * its news was decided, a moment before it can be seen, so that
		 * a later date does not prove that the reader has seen it.
		 */
		return MHD_HTTP_NOT_MODIFIED;
	return 0;
}
