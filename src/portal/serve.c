#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "portal.h"

#define BLOCK ((size_t)128 << 10)

/* Whether gzip is accepted with a weight above 0 (RFC 9110 12.5.3). */
static bool
accepts_gzip(const struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *list = header_get(exchange, connection, "Accept-Encoding");
	const char *item, *weight;
	size_t len;

	for (item = list; item != NULL && *item != '\0'; item += len) {
		item += strspn(item, ", \t");
		len = strcspn(item, ",");
		if (strcspn(item, ",; \t") != 4 ||
		    strncasecmp(item, "gzip", 4) != 0)
			continue;
		weight = memchr(item, '=', len);
		return weight == NULL || strtod(weight + 1, NULL) > 0;
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

static void
describe(const struct exchange *exchange, struct MHD_Response *response,
    const struct known *known, bool gzip, time_t mtime)
{
	char date[40], cache[64];

	snprintf(cache, sizeof(cache), "public, max-age=%lld",
	    (long long)exchange->server->options->max_age);
	MHD_add_response_header(
	    response, "ETag", gzip ? known->etag_gzip : known->etag);
	MHD_add_response_header(
	    response, "Last-Modified", http_date(date, mtime));
	MHD_add_response_header(response, "Cache-Control", cache);
	if (known->gzip != NULL)
		MHD_add_response_header(response, "Vary", "Accept-Encoding");
}

static ssize_t
read_block(void *cls, uint64_t at, char *out, size_t size)
{
	const int *fd = cls;
	ssize_t n = pread(*fd, out, size, (off_t)at);

	return n > 0 ? n : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void
close_file(void *cls)
{
	int *fd = cls;

	close(*fd);
	free(fd);
}

/* libmicrohttpd itself would read and send 4 KiB at a time. */
static struct MHD_Response *
file_response(int fd, int64_t size)
{
	struct MHD_Response *response = NULL;
	int *kept = malloc(sizeof(*kept));

	if (kept != NULL) {
		*kept = fd;
		response = MHD_create_response_from_callback(
		    (uint64_t)size, BLOCK, read_block, kept, close_file);
	}
	if (response == NULL) {
		free(kept);
		close(fd);
	}
	return response;
}

static enum MHD_Result
answer_file(struct exchange *exchange, struct MHD_Connection *connection,
    const char *path, int fd, const struct stat *st)
{
	const struct known *known;
	struct MHD_Response *response;
	enum MHD_Result result;
	int64_t size;
	int status;
	bool gzip;

	known = cache_get(exchange->server->cache, path, fd, st);
	if (known == NULL) {
		close(fd);
		return exchange_text(exchange, connection,
		    MHD_HTTP_INTERNAL_SERVER_ERROR, "cannot read\n");
	}
	gzip = known->gzip != NULL && accepts_gzip(exchange, connection);
	size = gzip ? (int64_t)known->gzip_size : st->st_size;
	status = header_precondition(exchange, connection,
	    gzip ? known->etag_gzip : known->etag, st->st_mtim.tv_sec);
	if (status == MHD_HTTP_PRECONDITION_FAILED) {
		close(fd);
		return exchange_text(
		    exchange, connection, status, "precondition failed\n");
	}
	if (gzip && status == 0) {
		response = MHD_create_response_from_buffer(known->gzip_size,
		    (void *)(uintptr_t)known->gzip, MHD_RESPMEM_MUST_COPY);
		MHD_add_response_header(response, "Content-Encoding", "gzip");
		close(fd);
	} else
		/* Of a 304 only the size is used (RFC 9110 8.6). */
		response = file_response(fd, size);
	if (response == NULL)
		return MHD_NO;
	if (status == 0)
		MHD_add_response_header(
		    response, "Content-Type", content_type(path));
	describe(exchange, response, known, gzip, st->st_mtim.tv_sec);
	result = exchange_answer(
	    exchange, connection, status != 0 ? status : MHD_HTTP_OK, response);
	deadline_start(connection, size);
	return result;
}

enum MHD_Result
serve_folder(struct exchange *exchange, struct MHD_Connection *connection)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	if (response != NULL)
		MHD_add_response_header(response, "Location",
		    target_encode(
			exchange->arena, arena_printf(exchange->arena, "%s/",
					     exchange->target)));
	return exchange_answer(
	    exchange, connection, MHD_HTTP_MOVED_PERMANENTLY, response);
}

enum MHD_Result
serve_file(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *path = exchange->path;
	size_t len = strlen(path);
	struct stat st = { 0 };
	int fd = -1;

	if (len == 0 || path[len - 1] == '/')
		path = arena_printf(exchange->arena, "%sindex.html", path);
	if (content_path_valid(path))
		fd = content_open(
		    exchange->server->options->root, path, O_RDONLY);
	if (fd != -1 && (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
		if (S_ISDIR(st.st_mode))
			return serve_folder(exchange, connection);
	}
	if (fd == -1)
		return exchange_text(
		    exchange, connection, MHD_HTTP_NOT_FOUND, "not found\n");
	return answer_file(exchange, connection, path, fd, &st);
}
