#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <yugao/file.h>

#include "portal.h"

/* Bodies arrive here: never served, for its name begins with a dot. */
#define UPLOADS ".upload"

struct upload {
	int directory; /* of the target */
	int uploads;
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
	const char *given = header_get(exchange, connection, "Authorization");

	return exchange->server->options->token != NULL && given != NULL &&
	       strncasecmp(given, "Bearer ", 7) == 0 &&
	       same_secret(given + 7 + strspn(given + 7, " "),
		   exchange->server->options->token);
}

/* What is there now; NULL if there is no such file. */
static const struct known *
current(const struct exchange *exchange, time_t *mtime)
{
	const struct known *known = NULL;
	struct stat st;
	int fd;

	fd = content_open(
	    exchange->server->options->root, exchange->path, O_RDONLY);
	if (fd == -1)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		known =
		    cache_get(exchange->server->cache, exchange->path, fd, &st);
		*mtime = st.st_mtim.tv_sec;
	}
	close(fd);
	return known;
}

static int
check_precondition(
    const struct exchange *exchange, struct MHD_Connection *connection)
{
	time_t mtime = 0;
	const struct known *known = current(exchange, &mtime);

	return header_precondition(
	    exchange, connection, known != NULL ? known->etag : NULL, mtime);
}

/* A part of a file, or a coded one, must not be kept as the file itself
 * (RFC 9110 14.5 and 8.4). */
static int
check_content(
    const struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *coding =
	    header_get(exchange, connection, "Content-Encoding");

	if (header_get(exchange, connection, "Content-Range") != NULL)
		return MHD_HTTP_BAD_REQUEST;
	if (coding != NULL && strcasecmp(coding, "identity") != 0)
		return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
	return 0;
}

static int
check_write(const struct exchange *exchange, struct MHD_Connection *connection)
{
	if (!authorised(exchange, connection))
		return MHD_HTTP_UNAUTHORIZED;
	if (!content_path_valid(exchange->path))
		return MHD_HTTP_FORBIDDEN;
	return check_precondition(exchange, connection);
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

/* A name of its own: one left over, or another portal's, is passed by.  The
 * lock tells upload_clean that the file is still being written. */
static int
open_temporary(struct exchange *exchange, struct upload *upload)
{
	int fd;

	do {
		upload->temporary = arena_printf(exchange->arena, "%llu",
		    (unsigned long long)exchange->server->uploads++);
		fd = openat(upload->uploads, upload->temporary,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	} while (fd == -1 && errno == EEXIST);
	if (fd != -1)
		(void)flock(fd, LOCK_EX | LOCK_NB);
	return fd;
}

static int
open_files(struct exchange *exchange, struct upload *upload)
{
	const char *root = exchange->server->options->root;
	struct stat st;

	upload->directory = open_directory(root, exchange->path);
	if (upload->directory == -1)
		return errno == ENOTDIR || errno == ELOOP
			   ? MHD_HTTP_CONFLICT
			   : MHD_HTTP_INSUFFICIENT_STORAGE;
	if (fstatat(upload->directory, upload->name, &st,
		AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode))
		return MHD_HTTP_CONFLICT;
	upload->uploads = open_directory(root, UPLOADS "/");
	if (upload->uploads != -1)
		upload->fd = open_temporary(exchange, upload);
	return upload->fd == -1 ? MHD_HTTP_INSUFFICIENT_STORAGE : 0;
}

int
upload_open(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *length = header_get(exchange, connection, "Content-Length");
	const char *slash = strrchr(exchange->path, '/');
	struct upload *upload;
	int status;

	status = check_write(exchange, connection);
	if (status == 0)
		status = check_content(exchange, connection);
	if (status != 0)
		return status;
	if (length != NULL &&
	    strtoll(length, NULL, 10) > exchange->server->options->limit)
		return MHD_HTTP_CONTENT_TOO_LARGE;
	upload = arena_alloc(exchange->arena, sizeof(*upload));
	upload->directory = upload->uploads = upload->fd = -1;
	upload->name = slash != NULL ? slash + 1 : exchange->path;
	exchange->upload = upload;
	return open_files(exchange, upload);
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
upload_clean(const char *root)
{
	const struct dirent *entry;
	int directory = content_open(root, UPLOADS, O_RDONLY | O_DIRECTORY), fd;
	DIR *entries = directory != -1 ? fdopendir(directory) : NULL;

	if (entries == NULL) {
		if (directory != -1)
			close(directory);
		return;
	}
	while ((entry = readdir(entries)) != NULL) {
		fd = openat(directory, entry->d_name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		if (fd == -1)
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			(void)unlinkat(directory, entry->d_name, 0);
		close(fd);
	}
	closedir(entries);
}

void
upload_abandon(struct exchange *exchange)
{
	struct upload *upload = exchange->upload;

	if (upload == NULL)
		return;
	if (upload->fd != -1) {
		close(upload->fd);
		(void)unlinkat(upload->uploads, upload->temporary, 0);
	}
	if (upload->uploads != -1)
		close(upload->uploads);
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
	const struct known *known;
	time_t mtime;
	bool existed;
	int status;

	/* Others may have written while this body arrived. */
	status = check_precondition(exchange, connection);
	if (status != 0)
		return exchange_text(
		    exchange, connection, status, "precondition failed\n");
	existed = current(exchange, &mtime) != NULL;
	advance_mtime(upload);
	if (fsync(upload->fd) == -1 ||
	    renameat(upload->uploads, upload->temporary, upload->directory,
		upload->name) == -1)
		return exchange_text(exchange, connection,
		    MHD_HTTP_INSUFFICIENT_STORAGE, "cannot keep the body\n");
	(void)fsync(upload->directory);
	close(upload->fd);
	upload->fd = -1;
	response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	known = current(exchange, &mtime);
	if (known != NULL)
		MHD_add_response_header(response, "ETag", known->etag);
	return exchange_answer(exchange, connection,
	    existed ? MHD_HTTP_NO_CONTENT : MHD_HTTP_CREATED, response);
}

enum MHD_Result
remove_file(struct exchange *exchange, struct MHD_Connection *connection)
{
	const char *slash = strrchr(exchange->path, '/');
	const char *name = slash != NULL ? slash + 1 : exchange->path;
	time_t mtime;
	int status, fd;

	status = check_write(exchange, connection);
	if (status != 0)
		return exchange_text(exchange, connection, status, "refused\n");
	if (current(exchange, &mtime) == NULL)
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
