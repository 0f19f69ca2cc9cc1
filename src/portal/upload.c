#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <yugao/file.h>

#include "portal.h"

struct upload {
	int directory; /* of the target */
	const char *name, *temporary;
	int fd;
	int64_t size;
};

static bool
same_secret(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), i;
	unsigned char difference = n != m;

	/* Takes as long for a wrong token as for the right one. */
	for (i = 0; i < n; i++)
		difference |= (unsigned char)(a[i] ^ b[m == 0 ? 0 : i % m]);
	return difference == 0;
}

static bool
authorised(const struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *given = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Authorization");

	return exchange->server->options->token != NULL && given != NULL &&
	       strncmp(given, "Bearer ", 7) == 0 &&
	       same_secret(given + 7, exchange->server->options->token);
}

/* The file's ETag now; false if there is no such file. */
static bool
current(const struct exchange *exchange, char etag[ETAG_SIZE])
{
	const struct known *known = NULL;
	struct stat st;
	int fd;

	fd = content_open(
	    exchange->server->options->root, exchange->path, O_RDONLY);
	if (fd == -1)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		known =
		    cache_get(exchange->server->cache, exchange->path, fd, &st);
	if (known != NULL)
		memcpy(etag, known->etag, ETAG_SIZE);
	close(fd);
	return known != NULL;
}

/* RFC 9110 13.1.1 and 13.1.2; If-Match compares strongly. */
static bool
preconditions_hold(
    const struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *match = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "If-Match");
	const char *none = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "If-None-Match");
	char etag[ETAG_SIZE];
	bool exists;

	if (match == NULL && none == NULL)
		return true;
	exists = current(exchange, etag);
	if (match != NULL && (!exists || !etag_listed(match, etag, false)))
		return false;
	return none == NULL || !exists || !etag_listed(none, etag, true);
}

static int
check_write(const struct exchange *exchange, struct MHD_Connection *connection)
{
	if (!authorised(exchange, connection))
		return MHD_HTTP_UNAUTHORIZED;
	if (!content_path_valid(exchange->path))
		return MHD_HTTP_FORBIDDEN;
	if (!preconditions_hold(exchange, connection))
		return MHD_HTTP_PRECONDITION_FAILED;
	return 0;
}

/* Opens the target's directory, making what is missing on the way. */
static int
open_directory(const char *root, const char *path)
{
	const char *slash;
	char name[256];
	int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC), next;

	while (fd != -1 && (slash = strchr(path, '/')) != NULL) {
		memcpy(name, path, (size_t)(slash - path));
		name[slash - path] = '\0';
		path = slash + 1;
		(void)mkdirat(fd, name, 0755);
		next = openat(
		    fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(fd);
		fd = next;
	}
	return fd;
}

int
upload_open(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *length = MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, "Content-Length");
	const char *slash = strrchr(exchange->path, '/');
	struct upload *upload;
	int status;

	status = check_write(exchange, connection);
	if (status != 0)
		return status;
	if (length != NULL &&
	    strtoll(length, NULL, 10) > exchange->server->options->limit)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	upload = arena_alloc(exchange->arena, sizeof(*upload));
	upload->fd = -1;
	upload->name = slash != NULL ? slash + 1 : exchange->path;
	upload->temporary =
	    arena_printf(exchange->arena, ".upload-%p", (void *)exchange);
	upload->directory =
	    open_directory(exchange->server->options->root, exchange->path);
	if (upload->directory == -1)
		return MHD_HTTP_CONFLICT;
	exchange->upload = upload;
	upload->fd = openat(upload->directory, upload->temporary,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	return upload->fd == -1 ? MHD_HTTP_INSUFFICIENT_STORAGE : 0;
}

int
upload_add(struct exchange *exchange, const char *data, size_t size)
{
	struct upload *upload = exchange->upload;
	ssize_t n;

	upload->size += (int64_t)size;
	if (upload->size > exchange->server->options->limit)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	while (size > 0) {
		n = write(upload->fd, data, size);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return MHD_HTTP_INSUFFICIENT_STORAGE;
		data += n;
		size -= (size_t)n;
	}
	return 0;
}

void
upload_abandon(struct exchange *exchange)
{
	struct upload *upload = exchange->upload;

	if (upload == NULL)
		return;
	if (upload->fd != -1) {
		close(upload->fd);
		(void)unlinkat(upload->directory, upload->temporary, 0);
	}
	if (upload->directory != -1)
		close(upload->directory);
	exchange->upload = NULL;
}

/* Last-Modified must change with the bytes, also within one second. */
static void
advance_mtime(const struct upload *upload)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
		{ .tv_nsec = UTIME_NOW } };
	struct stat old, st;

	if (fstatat(upload->directory, upload->name, &old, 0) == -1 ||
	    fstat(upload->fd, &st) == -1)
		return;
	if (st.st_mtim.tv_sec > old.st_mtim.tv_sec)
		return;
	times[1].tv_sec = old.st_mtim.tv_sec + 1;
	times[1].tv_nsec = 0;
	(void)futimens(upload->fd, times);
}

enum MHD_Result
upload_end(struct exchange *exchange, struct MHD_Connection *connection)
{
	struct upload *upload = exchange->upload;
	struct MHD_Response *response;
	char etag[ETAG_SIZE];
	bool existed;

	/* Others may have written while this body arrived. */
	if (!preconditions_hold(exchange, connection))
		return exchange_text(exchange, connection,
		    MHD_HTTP_PRECONDITION_FAILED, "precondition failed\n");
	existed = current(exchange, etag);
	advance_mtime(upload);
	if (fsync(upload->fd) == -1 ||
	    renameat(upload->directory, upload->temporary, upload->directory,
		upload->name) == -1)
		return exchange_text(exchange, connection,
		    MHD_HTTP_INSUFFICIENT_STORAGE, "cannot keep the body\n");
	(void)fsync(upload->directory);
	close(upload->fd);
	upload->fd = -1;
	response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	if (current(exchange, etag))
		MHD_add_response_header(response, "ETag", etag);
	return exchange_answer(exchange, connection,
	    existed ? MHD_HTTP_NO_CONTENT : MHD_HTTP_CREATED, response);
}

enum MHD_Result
remove_file(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *slash = strrchr(exchange->path, '/');
	const char *name = slash != NULL ? slash + 1 : exchange->path;
	char etag[ETAG_SIZE];
	int status, fd;

	status = check_write(exchange, connection);
	if (status != 0)
		return exchange_text(exchange, connection, status, "refused\n");
	if (!current(exchange, etag))
		return exchange_text(
		    exchange, connection, MHD_HTTP_NOT_FOUND, "not found\n");
	fd = open_directory(exchange->server->options->root, exchange->path);
	status = fd != -1 && unlinkat(fd, name, 0) == 0
		     ? MHD_HTTP_NO_CONTENT
		     : MHD_HTTP_INTERNAL_SERVER_ERROR;
	if (fd != -1) {
		(void)fsync(fd);
		close(fd);
	}
	return exchange_answer(exchange, connection, status,
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT));
}
