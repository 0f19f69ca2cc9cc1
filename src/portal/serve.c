#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "portal.h"

static const char *
header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* Whether gzip is accepted with a weight above 0 (RFC 9110 12.5.3). */
static bool
accepts_gzip(struct MHD_Connection *connection)
{
	const char *list = header(connection, "Accept-Encoding");
	const char *item, *weight;
	size_t len;

	for (item = list; item != NULL && *item != '\0'; item += len) {
		item += strspn(item, ", \t");
		len = strcspn(item, ",");
		if (strncmp(item, "gzip", 4) != 0)
			continue;
		weight = memchr(item, '=', len);
		return weight == NULL ||
		       strspn(weight + 1, "0.") + (size_t)(weight + 1 - item) <
			   len;
	}
	return false;
}

/* IMF-fixdate, in English whatever the locale (RFC 9110 5.6.7). */
static const char *
http_date(char out[40], time_t t)
{
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm;

	gmtime_r(&t, &tm);
	snprintf(out, 40, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
	return out;
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

	if (sscanf(text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month,
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

/* If-None-Match is stronger than If-Modified-Since (RFC 9110 13.2.2). */
static bool
unchanged(struct MHD_Connection *connection, const char *etag, time_t mtime)
{
	const char *list = header(connection, "If-None-Match");
	const char *date = header(connection, "If-Modified-Since");
	time_t since;

	if (list != NULL)
		return etag_listed(list, etag, true);
	return date != NULL && parse_http_date(date, &since) && mtime <= since;
}

static void
describe(const struct exchange *exchange, struct MHD_Response *response,
    const char *etag, time_t mtime)
{
	char date[40], cache[64];

	snprintf(cache, sizeof(cache), "public, max-age=%d",
	    exchange->server->options->max_age);
	MHD_add_response_header(response, "ETag", etag);
	MHD_add_response_header(
	    response, "Last-Modified", http_date(date, mtime));
	MHD_add_response_header(response, "Cache-Control", cache);
	MHD_add_response_header(response, "Vary", "Accept-Encoding");
}

static enum MHD_Result
answer_file(struct exchange *exchange, struct MHD_Connection *connection,
    const char *path, int fd, const struct stat *st)
{
	const struct known *known;
	struct MHD_Response *response;
	const char *etag;
	int status = MHD_HTTP_OK;
	bool gzip;

	known = cache_get(exchange->server->cache, path, fd, st);
	if (known == NULL) {
		close(fd);
		return exchange_text(exchange, connection,
		    MHD_HTTP_INTERNAL_SERVER_ERROR, "cannot read\n");
	}
	gzip = known->gzip != NULL && accepts_gzip(connection);
	etag = gzip ? known->etag_gzip : known->etag;
	if (unchanged(connection, etag, st->st_mtim.tv_sec)) {
		status = MHD_HTTP_NOT_MODIFIED;
		response = MHD_create_response_from_buffer(
		    0, NULL, MHD_RESPMEM_PERSISTENT);
		close(fd);
	} else if (gzip) {
		response = MHD_create_response_from_buffer(known->gzip_size,
		    (void *)(uintptr_t)known->gzip, MHD_RESPMEM_MUST_COPY);
		MHD_add_response_header(response, "Content-Encoding", "gzip");
		close(fd);
	} else
		response =
		    MHD_create_response_from_fd64((uint64_t)st->st_size, fd);
	if (status == MHD_HTTP_OK)
		MHD_add_response_header(
		    response, "Content-Type", content_type(path));
	describe(exchange, response, etag, st->st_mtim.tv_sec);
	return exchange_answer(exchange, connection, status, response);
}

enum MHD_Result
serve_file(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *path = exchange->path;
	size_t len = strlen(path);
	struct stat st;
	int fd = -1;

	if (len == 0 || path[len - 1] == '/')
		path = arena_printf(exchange->arena, "%sindex.html", path);
	if (content_path_valid(path))
		fd = content_open(
		    exchange->server->options->root, path, O_RDONLY);
	if (fd != -1 && (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
	}
	if (fd == -1)
		return exchange_text(
		    exchange, connection, MHD_HTTP_NOT_FOUND, "not found\n");
	return answer_file(exchange, connection, path, fd, &st);
}
