/*
 * Reads what a stranger serves, for whoever named its address: http and
 * https, a few redirects, no proxy, no cookie, no name and password, and
 * everything that an answer can grow is bounded.
 */
#define _GNU_SOURCE /* memmem */
#include <curl/curl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/fetch.h>

#include "address.h"

#define CONNECT_SECONDS 10L
#define SLOW_BYTES 10L /* a second, for SLOW_SECONDS: as good as dead */
#define SLOW_SECONDS 20L
#define HEADER_BYTES_MOST ((size_t)256 * 1024)
#define HTTP_OK 200
#define VALIDATOR_MOST 200

struct fetch {
	CURL *easy;
	struct arena *arena;
	const struct fetch_limits *limits;
	void (*take)(void *context, const char *data, size_t len);
	void *context;
	struct fetched *fetched;
	size_t header_bytes;
	int answers;       /* begun so far: after the first come redirects */
	bool from_private; /* the address that was named is private */
	bool blocked;      /* some address was refused */
	bool public_only;  /* also of the address that was named */
	struct glance *glance; /* or NULL */
	bool too_large;
};

/* What libcurl says, as what we say; the first row is for all others. */
static const struct {
	CURLcode code;
	const char *problem;
} ends[] = {
	{ CURLE_OK, "fetch.transport" },
	{ CURLE_COULDNT_RESOLVE_HOST, "fetch.dns" },
	{ CURLE_COULDNT_CONNECT, "fetch.connect" },
	{ CURLE_OPERATION_TIMEDOUT, "fetch.timeout" },
	{ CURLE_GOT_NOTHING, "fetch.reset" },
	{ CURLE_SEND_ERROR, "fetch.reset" },
	{ CURLE_RECV_ERROR, "fetch.reset" },
	{ CURLE_PARTIAL_FILE, "fetch.truncated" },
	{ CURLE_SSL_CONNECT_ERROR, "fetch.tls" },
	{ CURLE_PEER_FAILED_VERIFICATION, "fetch.certificate" },
	{ CURLE_SSL_CACERT_BADFILE, "fetch.certificate" },
	{ CURLE_TOO_MANY_REDIRECTS, "fetch.redirects" },
	{ CURLE_URL_MALFORMAT, "fetch.url" },
	{ CURLE_LOGIN_DENIED, "fetch.url" },
	{ CURLE_UNSUPPORTED_PROTOCOL, "fetch.scheme" },
	{ CURLE_BAD_CONTENT_ENCODING, "fetch.encoding" },
	{ CURLE_WEIRD_SERVER_REPLY, "fetch.not_http" },
	{ CURLE_OUT_OF_MEMORY, "fetch.too_large" },
};

/* Before libcurl has unpacked it, an answer may be far smaller. */
static size_t
take_body(char *data, size_t size, size_t n, void *context)
{
	struct fetch *fetch = context;
	size_t len = size * n;
	long status = 0;

	curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status != HTTP_OK)
		return len;
	fetch->fetched->size += (int64_t)len;
	if (fetch->fetched->size > fetch->limits->bytes) {
		fetch->too_large = true;
		return 0;
	}
	fetch->take(fetch->context, data, len);
	return len;
}

/* For asking again; one that would break a header line is not kept. */
static void
keep_validator(struct fetch *fetch, const char *data, size_t len)
{
	const char *value = (const char *)memchr(data, ':', len) + 1;
	const char *end = data + len;
	bool etag = data[0] == 'e' || data[0] == 'E';
	const char *s, *kept;

	while (value < end && (*value == ' ' || *value == '\t'))
		value++;
	while (end > value &&
	       (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' '))
		end--;
	for (s = value; s < end; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			return;
	if (end == value || end - value > VALIDATOR_MOST)
		return;
	kept = arena_strndup(fetch->arena, value, (size_t)(end - value));
	if (etag)
		fetch->glance->new_etag = kept;
	else
		fetch->glance->new_modified = kept;
}

static size_t
take_header(char *data, size_t size, size_t n, void *context)
{
	struct fetch *fetch = context;
	size_t len = size * n;

	fetch->header_bytes += len;
	if (fetch->header_bytes > HEADER_BYTES_MOST) {
		fetch->too_large = true;
		return 0;
	}
	if (len >= 5 && memcmp(data, "HTTP/", 5) == 0) {
		fetch->answers++;
		fetch->fetched->has_validator = false;
		if (fetch->glance != NULL)
			fetch->glance->new_etag = fetch->glance->new_modified =
			    NULL;
	} else if ((len > 5 && strncasecmp(data, "etag:", 5) == 0) ||
		   (len > 14 && strncasecmp(data, "last-modified:", 14) == 0)) {
		fetch->fetched->has_validator = true;
		if (fetch->glance != NULL)
			keep_validator(fetch, data, len);
	}
	return len;
}

/*
 * The person may name an address of the own network; a stranger's redirect
 * may not.
 */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct fetch *fetch = context;
	enum address_kind kind = address_kind(&address->addr);

	(void)purpose;
	if (fetch->answers == 0 && kind == ADDRESS_PRIVATE &&
	    !fetch->public_only)
		fetch->from_private = true;
	if (kind != ADDRESS_PUBLIC &&
	    !(kind == ADDRESS_PRIVATE && fetch->from_private)) {
		fetch->blocked = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

static bool
set_request(struct fetch *fetch, const char *url, struct curl_slist *headers)
{
	CURL *easy = fetch->easy;
	const char *schemes =
	    strncasecmp(url, "https:", 6) == 0 ? "https" : "http,https";
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") ==
	      CURLE_OK;
	/* What began under TLS does not go on without. */
	ok &= curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, schemes) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION,
		  fetch->limits->redirects > 0 ? 1L : 0L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_MAXREDIRS,
		  (long)fetch->limits->redirects) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSLVERSION,
		  (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
	ok &=
	    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip") == CURLE_OK;
	ok &= curl_easy_setopt(
		  easy, CURLOPT_USERAGENT, "yugao/" YUGAO_VERSION) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers) == CURLE_OK;
	return ok;
}

static bool
set_limits(struct fetch *fetch)
{
	CURL *easy = fetch->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_TIMEOUT,
		  (long)fetch->limits->seconds) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERDATA, fetch) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch) == CURLE_OK;
	return ok;
}

/* NULL, or the catalogue's id of what went wrong. */
static const char *
judge(const struct fetch *fetch, CURLcode code)
{
	size_t i = COUNT(ends) - 1;

	if (fetch->too_large)
		return "fetch.too_large";
	if (code == CURLE_OK)
		return fetch->fetched->status == HTTP_OK ? NULL
							 : "fetch.status";
	if (fetch->blocked && code == CURLE_COULDNT_CONNECT)
		return "fetch.address";
	while (i > 0 && ends[i].code != code)
		i--;
	return ends[i].problem;
}

static struct curl_slist *
add_header(struct curl_slist *headers, struct arena *arena, const char *name,
    const char *value)
{
	struct curl_slist *longer;

	if (headers == NULL || value == NULL)
		return headers;
	longer = curl_slist_append(
	    headers, arena_printf(arena, "%s: %s", name, value));
	if (longer == NULL)
		curl_slist_free_all(headers);
	return longer;
}

static struct curl_slist *
glance_headers(const struct fetch *fetch)
{
	const struct glance *glance = fetch->glance;
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: */*");

	headers =
	    add_header(headers, fetch->arena, "If-None-Match", glance->etag);
	/* RFC 9110 13.1.3: not beside the other. */
	if (glance->etag == NULL)
		headers = add_header(headers, fetch->arena, "If-Modified-Since",
		    glance->modified);
	return headers;
}

static const char *
perform(struct fetch *fetch, const char *url)
{
	struct curl_slist *headers =
	    fetch->glance != NULL
		? glance_headers(fetch)
		: curl_slist_append(NULL, "Accept: text/calendar,"
					  " */*;q=0.1");
	char *type = NULL;
	long status = 0;
	const char *problem;
	CURLcode code;

	*fetch->fetched = (struct fetched){ 0 };
	fetch->easy = curl_easy_init();
	if (headers == NULL || fetch->easy == NULL ||
	    !set_request(fetch, url, headers) || !set_limits(fetch)) {
		problem = "fetch.transport";
		goto out;
	}
	code = curl_easy_perform(fetch->easy);
	curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(fetch->easy, CURLINFO_CONTENT_TYPE, &type);
	fetch->fetched->status = (int)status;
	if (type != NULL)
		fetch->fetched->content_type = arena_strdup(fetch->arena, type);
	problem = judge(fetch, code);
out:
	curl_easy_cleanup(fetch->easy);
	curl_slist_free_all(headers);
	return problem;
}

/* The address to ask for, and for webcal: the one without TLS as well. */
static const char *
choose(struct arena *arena, const char *url, const char **plain)
{
	*plain = NULL;
	if (strncasecmp(url, "webcal://", 9) == 0) {
		*plain = arena_printf(arena, "http://%s", url + 9);
		return arena_printf(arena, "https://%s", url + 9);
	}
	if (strncasecmp(url, "webcals://", 10) == 0)
		return arena_printf(arena, "https://%s", url + 10);
	return url;
}

bool
fetch_is_url(const char *name)
{
	static const char *const schemes[] = { "http://", "https://",
		"webcal://", "webcals://" };
	size_t i;

	for (i = 0; i < COUNT(schemes); i++)
		if (strncasecmp(name, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

const struct error *
fetch_url(struct arena *arena, const char *url,
    const struct fetch_limits *limits,
    void (*take)(void *context, const char *data, size_t len), void *context,
    struct fetched *fetched)
{
	struct fetch fetch = { .arena = arena,
		.limits = limits,
		.take = take,
		.context = context,
		.fetched = fetched };
	const char *plain, *secure = choose(arena, url, &plain), *problem;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "fetch.transport", url, "");
	problem = perform(&fetch, secure);
	/* webcal: does not say whether there is TLS; nothing has come yet. */
	if (plain != NULL && fetch.answers == 0 && problem != NULL &&
	    (strcmp(problem, "fetch.tls") == 0 ||
		strcmp(problem, "fetch.connect") == 0))
		problem = perform(&fetch, plain);
	curl_global_cleanup();
	if (problem == NULL)
		return NULL;
	return ERROR_NEW(arena, ERROR_FAILED, NULL, problem, url,
	    arena_printf(arena, "%d", fetched->status));
}

/* A body of which only the digest is kept, and whether it holds some bytes. */
struct scan {
	struct hasher *hasher;
	const char *look_for;
	size_t len;      /* of look_for */
	struct buf tail; /* the last bytes, in which it may have begun */
	bool found;
};

static void
scan_take(void *context, const char *data, size_t len)
{
	struct scan *scan = context;
	size_t keep;

	hasher_add(scan->hasher, data, len);
	if (scan->len == 0 || scan->found)
		return;
	buf_add(&scan->tail, data, len);
	scan->found = memmem(scan->tail.data, scan->tail.len, scan->look_for,
			  scan->len) != NULL;
	keep = scan->tail.len < scan->len ? scan->tail.len : scan->len - 1;
	memmove(scan->tail.data, scan->tail.data + scan->tail.len - keep, keep);
	scan->tail.len = keep;
	scan->tail.data[keep] = '\0';
}

void
fetch_glance(struct arena *arena, const char *url,
    const struct fetch_limits *limits, struct glance *glance)
{
	struct fetch_limits once = { limits->bytes, limits->seconds, 0 };
	struct fetched fetched = { 0 };
	struct scan scan = { .hasher = hasher_new(),
		.look_for = glance->look_for,
		.len =
		    glance->look_for == NULL ? 0 : strlen(glance->look_for) };
	struct fetch fetch = { .arena = arena,
		.limits = &once,
		.take = scan_take,
		.context = &scan,
		.fetched = &fetched,
		.public_only = !glance->allow_private,
		.glance = glance };

	buf_init(&scan.tail, arena);
	glance->new_etag = glance->new_modified = NULL;
	glance->problem = "fetch.transport";
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
		glance->problem = perform(&fetch, url);
		curl_global_cleanup();
	}
	glance->status = fetched.status;
	glance->digest = hasher_end(scan.hasher);
	glance->found = scan.found;
	hasher_free(scan.hasher);
	/* Not being there is an answer too, and so is being the same. */
	if (glance->problem != NULL &&
	    strcmp(glance->problem, "fetch.status") == 0 &&
	    (glance->status == 404 || glance->status == 410 ||
		(glance->status == 304 &&
		    (glance->etag != NULL || glance->modified != NULL))))
		glance->problem = NULL;
}
