#include <stdlib.h>
#include <string.h>

#include <yugao/buf.h>

#include "portal.h"

#define STATUS_PATH "/-/status"
#define METHODS "GET, HEAD, PUT, DELETE, OPTIONS"

static const char *const method_names[METHOD_COUNT] = {
	[METHOD_GET] = "GET",
	[METHOD_HEAD] = "HEAD",
	[METHOD_PUT] = "PUT",
	[METHOD_DELETE] = "DELETE",
	[METHOD_OPTIONS] = "OPTIONS",
	[METHOD_OTHER] = "other",
};

static enum method
method_of(const char *name)
{
	enum method method;

	for (method = 0; method < METHOD_OTHER; method++)
		if (strcmp(name, method_names[method]) == 0)
			return method;
	return METHOD_OTHER;
}

/* What every answer says; config/nginx says the same.  A feed goes without
 * what only a page needs: most answers are empty ones about feeds. */
static void
add_headers(const struct exchange *exchange, struct MHD_Response *response)
{
	MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	if (exchange->path != NULL && content_is_feed(exchange->path))
		return;
	MHD_add_response_header(response, "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; script-src 'self'; "
	    "img-src 'self'; base-uri 'none'; form-action 'none'; "
	    "frame-ancestors 'self'");
	MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
}

enum MHD_Result
exchange_answer(struct exchange *exchange, struct MHD_Connection *connection,
    int status, struct MHD_Response *response)
{
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	if (exchange->counted)
		exchange->server->by_class[status / 100]++;
	add_headers(exchange, response);
	if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, "Allow", METHODS);
	if (status == MHD_HTTP_UNAUTHORIZED)
		MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
	if (status == MHD_HTTP_UNSUPPORTED_MEDIA_TYPE)
		MHD_add_response_header(
		    response, "Accept-Encoding", "identity");
	/* Where the next request begins is not known then. */
	if (status == MHD_HTTP_BAD_REQUEST)
		MHD_add_response_header(response, "Connection", "close");
	deadline_start(connection, 0);
	result = MHD_queue_response(connection, (unsigned int)status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result
exchange_text(struct exchange *exchange, struct MHD_Connection *connection,
    int status, const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	if (response != NULL)
		MHD_add_response_header(
		    response, "Content-Type", "text/plain; charset=utf-8");
	return exchange_answer(exchange, connection, status, response);
}

/* The portal's own count of requests, this kind of question left out. */
static enum MHD_Result
answer_status(struct exchange *exchange, struct MHD_Connection *connection)
{
	const struct portal_server *server = exchange->server;
	struct buf out;
	int i;

	buf_init(&out, exchange->arena);
	buf_printf(
	    &out, "{\"requests\":%llu", (unsigned long long)server->requests);
	for (i = 0; i < METHOD_COUNT; i++)
		buf_printf(&out, ",\"%s\":%llu", method_names[i],
		    (unsigned long long)server->by_method[i]);
	for (i = 2; i < 6; i++)
		buf_printf(&out, ",\"%dxx\":%llu", i,
		    (unsigned long long)server->by_class[i]);
	buf_puts(&out, "}\n");
	return exchange_text(exchange, connection, MHD_HTTP_OK, out.data);
}

static enum MHD_Result
answer_options(struct exchange *exchange, struct MHD_Connection *connection)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	MHD_add_response_header(response, "Allow", METHODS);
	MHD_add_response_header(
	    response, "Access-Control-Allow-Methods", "GET, HEAD");
	MHD_add_response_header(response, "Access-Control-Allow-Headers",
	    "If-None-Match, If-Modified-Since");
	MHD_add_response_header(response, "Access-Control-Max-Age", "86400");
	return exchange_answer(
	    exchange, connection, MHD_HTTP_NO_CONTENT, response);
}

void *
exchange_new(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct arena *arena = arena_new();
	struct exchange *exchange = arena_alloc(arena, sizeof(*exchange));

	(void)connection;
	exchange->server = cls;
	exchange->arena = arena;
	exchange->target = target_path(arena, target);
	return exchange;
}

/* The first call: headers only.  Opens a PUT's file, so that a body that is
 * not wanted is refused before it is sent. */
static enum MHD_Result
begin(struct exchange *exchange, struct MHD_Connection *connection,
    const char *method)
{
	struct portal_server *server = exchange->server;
	const char *target = exchange->target;
	size_t n = strlen(server->options->prefix);

	exchange->begun = true;
	exchange->method = method_of(method);
	exchange->counted = target == NULL || strcmp(target, STATUS_PATH) != 0;
	if (exchange->counted) {
		server->requests++;
		server->by_method[exchange->method]++;
	}
	deadline_start(connection, 0);
	if (target == NULL || !header_framing_valid(exchange, connection))
		return exchange_text(exchange, connection, MHD_HTTP_BAD_REQUEST,
		    "malformed request\n");
	if (strncmp(target, server->options->prefix, n) == 0)
		exchange->path = target + n;
	if (exchange->method == METHOD_PUT && exchange->path != NULL) {
		exchange->status = upload_open(exchange, connection);
		if (exchange->status != 0)
			return exchange_text(exchange, connection,
			    exchange->status, "refused\n");
	}
	return MHD_YES;
}

/* "/calendar" where the prefix is "/calendar/". */
static bool
is_prefix_folder(const struct exchange *exchange)
{
	const char *prefix = exchange->server->options->prefix;
	size_t n = strlen(exchange->target);

	return (exchange->method == METHOD_GET ||
		   exchange->method == METHOD_HEAD) &&
	       strncmp(exchange->target, prefix, n) == 0 && prefix[n] == '/' &&
	       prefix[n + 1] == '\0';
}

static enum MHD_Result
answer(struct exchange *exchange, struct MHD_Connection *connection)
{
	if (!exchange->counted && exchange->method == METHOD_GET)
		return answer_status(exchange, connection);
	if (exchange->path == NULL && is_prefix_folder(exchange))
		return serve_folder(exchange, connection);
	if (exchange->path == NULL)
		return exchange_text(
		    exchange, connection, MHD_HTTP_NOT_FOUND, "not found\n");
	switch (exchange->method) {
	case METHOD_GET:
	case METHOD_HEAD:
		return serve_file(exchange, connection);
	case METHOD_PUT:
		return exchange->status != 0
			   ? exchange_text(exchange, connection,
				 exchange->status, "refused\n")
			   : upload_end(exchange, connection);
	case METHOD_DELETE:
		return remove_file(exchange, connection);
	case METHOD_OPTIONS:
		return answer_options(exchange, connection);
	default:
		return exchange_text(exchange, connection,
		    MHD_HTTP_METHOD_NOT_ALLOWED, "method not allowed\n");
	}
}

enum MHD_Result
exchange_handle(void *cls, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **context)
{
	struct exchange *exchange = *context;

	(void)cls;
	(void)url;
	(void)version;
	if (!exchange->begun)
		return begin(exchange, connection, method);
	if (*size > 0) {
		deadline_extend(connection, (int64_t)*size);
		/* A refused body is read to its end and thrown away. */
		if (exchange->upload != NULL && exchange->status == 0)
			exchange->status = upload_add(exchange, data, *size);
		*size = 0;
		return MHD_YES;
	}
	return answer(exchange, connection);
}

void
exchange_done(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode code)
{
	struct exchange *exchange = *context;

	(void)cls;
	(void)code;
	deadline_start(connection, 0);
	if (exchange == NULL)
		return;
	upload_abandon(exchange);
	arena_free(exchange->arena);
	*context = NULL;
}
