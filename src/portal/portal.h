/*
 * The reference portal: serves a published tree and takes authenticated,
 * conditional PUT and DELETE under one prefix.  One process, one thread.
 */
#ifndef PORTAL_H
#define PORTAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include <microhttpd.h>

#include <yugao/arena.h>
#include <yugao/digest.h>

#define ETAG_SIZE 48
#define PATH_LIMIT 1024

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_PUT,
	METHOD_DELETE,
	METHOD_OPTIONS,
	METHOD_OTHER,
	METHOD_COUNT
};

struct cache;

struct portal_options {
	const char *root;
	const char *prefix;  /* begins and ends with '/' */
	const char *token;   /* NULL: no writes are taken */
	int64_t limit;       /* of one body, in bytes */
	int64_t max_age;     /* Cache-Control, seconds */
	int64_t timeout;     /* see deadline_start, seconds */
	int64_t per_address; /* connections of one address, 0 for any number */
};

struct portal_server {
	const struct portal_options *options;
	struct cache *cache;
	struct deadline *deadlines; /* of the open connections */
	int64_t next_sweep;
	uint64_t uploads; /* so far: the next one's name */
	uint64_t requests, by_method[METHOD_COUNT], by_class[6];
};

/* One request on its way. */
struct exchange {
	struct portal_server *server;
	struct arena *arena;
	enum method method;
	bool begun;
	bool counted;       /* the question for the counts is not */
	const char *target; /* decoded path; NULL if it is malformed */
	const char *path;   /* relative to the root; "" is the root */
	struct upload *upload;
	int status; /* of a body that is refused while it still arrives */
};

/* When the request line is known; what it returns is the context. */
void *
exchange_new(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection,
    const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **context);
void exchange_done(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode code);
enum MHD_Result
exchange_answer(struct exchange *exchange, struct MHD_Connection *connection,
    int status, struct MHD_Response *response);
enum MHD_Result exchange_text(struct exchange *exchange,
    struct MHD_Connection *connection, int status, const char *text);

/*
 * The path of a request target, decoded here because libmicrohttpd's own
 * decoding ends it at %00.  NULL for that, a broken escape, or no UTF-8.
 */
const char *target_path(struct arena *arena, const char *target);
/* The other way, for a Location. */
const char *target_encode(struct arena *arena, const char *path);

/* All lines of a field as one list (RFC 9110 5.3); NULL if there is none. */
const char *header_get(const struct exchange *exchange,
    struct MHD_Connection *connection, const char *name);
/* False if two readers could see two ends of the request (RFC 9112 6.3). */
bool header_framing_valid(
    const struct exchange *exchange, struct MHD_Connection *connection);
/* RFC 9110 13.2.2: 0, 304 or 412; etag is NULL if there is no such file. */
int header_precondition(const struct exchange *exchange,
    struct MHD_Connection *connection, const char *etag, time_t mtime);

/*
 * A connection has the timeout for a whole header, and from its end on for a
 * body or an answer, and more time for their bytes at a least rate.
 */
struct deadline;
void deadline_track(void *cls, struct MHD_Connection *connection,
    void **context, enum MHD_ConnectionNotificationCode code);
/* A new step, with time for so many bytes. */
void deadline_start(struct MHD_Connection *connection, int64_t bytes);
/* So many bytes have come: never more than the timeout ahead. */
void deadline_extend(struct MHD_Connection *connection, int64_t bytes);
/* Ends the connections that are late. */
void deadline_sweep(struct portal_server *server);

/*
 * A path below the root, opened without following links; -1 and errno if
 * there is none.  Only the root itself may be a link: a switched tree.
 */
int content_open(const char *root, const char *path, int flags);
/* False for "..", hidden names, control characters and the like. */
bool content_path_valid(const char *path);
const char *content_type(const char *path);
bool content_compresses(const char *path);
/* Whether it is read by programs alone. */
bool content_is_feed(const char *path);

/* What is known of a file's bytes; kept while the file is the same one. */
struct known {
	char etag[ETAG_SIZE];      /* of the bytes themselves */
	char etag_gzip[ETAG_SIZE]; /* of the gzip form */
	const void *gzip;          /* NULL if it does not pay */
	size_t gzip_size;
};
struct cache *cache_new(void);
void cache_free(struct cache *cache);
/* NULL and errno if the file cannot be read. */
const struct known *
cache_get(struct cache *cache, const char *path, int fd, const struct stat *st);

/* Whether a list like `"a", W/"b", *` names the ETag (RFC 9110 13.1). */
bool etag_listed(const char *list, const char *etag, bool weak);

enum MHD_Result
serve_file(struct exchange *exchange, struct MHD_Connection *connection);
/* Leads to the same path with a slash: a page's links are relative to it. */
enum MHD_Result
serve_folder(struct exchange *exchange, struct MHD_Connection *connection);

/* A body on its way into a file that is then renamed to its target. */
struct upload;
/* Removes what a killed portal has left, not what another one writes. */
void upload_clean(const char *root);
/* HTTP status, 0 to go on. */
int upload_open(struct exchange *exchange, struct MHD_Connection *connection);
int upload_add(struct exchange *exchange, const char *data, size_t size);
enum MHD_Result
upload_end(struct exchange *exchange, struct MHD_Connection *connection);
void upload_abandon(struct exchange *exchange);
enum MHD_Result
remove_file(struct exchange *exchange, struct MHD_Connection *connection);

#endif
