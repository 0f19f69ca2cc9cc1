#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <yugao/arena.h>

#include "address.h"
#include "secret.h"

#define CONNECT_SECONDS 10L
#define SLOW_BYTES 10L /* a second, for SLOW_SECONDS: as good as dead */
#define SLOW_SECONDS 30L
#define BODY_MOST ((int64_t)64 * 1024 * 1024)
#define HEADER_BYTES_MOST ((size_t)64 * 1024)
#define HEADER_LINES_MOST 100
#define RETRY_AFTER_MOST 86400

/* What libcurl says, as what we say; the first row is for all others. */
static const struct {
	CURLcode code;
	enum carried carried;
	const char *problem;
} ends[] = {
	{ CURLE_OK, CARRIED_RETRY, "channel.transport" },
	{ CURLE_COULDNT_RESOLVE_HOST, CARRIED_RETRY, "channel.dns" },
	{ CURLE_COULDNT_CONNECT, CARRIED_RETRY, "channel.connect" },
	{ CURLE_OPERATION_TIMEDOUT, CARRIED_RETRY, "channel.timeout" },
	{ CURLE_GOT_NOTHING, CARRIED_RETRY, "channel.reset" },
	{ CURLE_SEND_ERROR, CARRIED_RETRY, "channel.reset" },
	{ CURLE_RECV_ERROR, CARRIED_RETRY, "channel.reset" },
	{ CURLE_PARTIAL_FILE, CARRIED_RETRY, "channel.truncated" },
	{ CURLE_SSL_CONNECT_ERROR, CARRIED_RETRY, "channel.tls" },
	{ CURLE_SSL_CIPHER, CARRIED_RETRY, "channel.tls" },
	{ CURLE_PEER_FAILED_VERIFICATION, CARRIED_RETRY,
	    "channel.certificate" },
	{ CURLE_SSL_CACERT_BADFILE, CARRIED_RETRY, "channel.certificate" },
	{ CURLE_WEIRD_SERVER_REPLY, CARRIED_RETRY, "channel.not_http" },
	/* An answer without a status line, which is HTTP/0.9. */
	{ CURLE_UNSUPPORTED_PROTOCOL, CARRIED_RETRY, "channel.not_http" },
	{ CURLE_HTTP2, CARRIED_RETRY, "channel.not_http" },
	{ CURLE_HTTP2_STREAM, CARRIED_RETRY, "channel.not_http" },
	/* What 7.88 says of one header line of more than 100 kB. */
	{ CURLE_OUT_OF_MEMORY, CARRIED_REFUSED, "channel.answer_too_large" },
	{ CURLE_ABORTED_BY_CALLBACK, CARRIED_REFUSED, "channel.source" },
	{ CURLE_READ_ERROR, CARRIED_REFUSED, "channel.source" },
	{ CURLE_URL_MALFORMAT, CARRIED_REFUSED, "channel.url" },
	{ CURLE_LOGIN_DENIED, CARRIED_REFUSED, "channel.url" },
};

void
job_stop(struct job *job, enum carried carried, const char *problem)
{
	job->carried = carried;
	job->problem = problem;
}

static size_t
read_body(char *out, size_t size, size_t n, void *context)
{
	struct job *job = context;
	size_t room = size * n;
	ssize_t got;

	if ((int64_t)room > job->left)
		room = (size_t)job->left;
	do
		got = read(job->fd, out, room);
	while (got == -1 && errno == EINTR);
	/* Shorter than it was: the portal must not get a part of it. */
	if (got == -1 || (got == 0 && job->left > 0))
		return CURL_READFUNC_ABORT;
	job->left -= got;
	return (size_t)got;
}

static int
seek_body(void *context, curl_off_t offset, int origin)
{
	struct job *job = context;

	if (origin != SEEK_SET || lseek(job->fd, offset, SEEK_SET) == -1)
		return CURL_SEEKFUNC_FAIL;
	job->left = job->request->body_size - offset;
	return CURL_SEEKFUNC_OK;
}

static size_t
take_body(char *data, size_t size, size_t n, void *context)
{
	struct job *job = context;
	size_t len = size * n, keep = JOB_KEPT_MOST - job->kept_len;

	job->body_size += (int64_t)len;
	if (job->body_size > BODY_MOST) {
		job_stop(job, CARRIED_REFUSED, "channel.answer_too_large");
		return 0;
	}
	hasher_add(job->hasher, data, len);
	if (keep > len)
		keep = len;
	memcpy(job->kept + job->kept_len, data, keep);
	job->kept_len += keep;
	return len;
}

/* Only an entity-tag of RFC 9110 8.8.3 that fits is one. */
static void
take_etag(struct job *job, const char *value, size_t len)
{
	size_t i = len > 2 && value[0] == 'W' && value[1] == '/' ? 2 : 0;

	if (len < i + 2 || len >= sizeof(job->etag) || value[i] != '"' ||
	    value[len - 1] != '"')
		return;
	for (i++; i < len - 1; i++)
		if ((unsigned char)value[i] <= 0x20 || value[i] == '"' ||
		    value[i] == 0x7f)
			return;
	memcpy(job->etag, value, len);
	job->etag[len] = '\0';
}

static size_t
take_header(char *data, size_t size, size_t n, void *context)
{
	static const char name[] = "etag:", status[] = "HTTP/";
	struct job *job = context;
	size_t len = size * n, at = sizeof(name) - 1, end = len;

	job->header_bytes += len;
	if (job->header_bytes > HEADER_BYTES_MOST ||
	    ++job->header_lines > HEADER_LINES_MOST) {
		job_stop(job, CARRIED_REFUSED, "channel.answer_too_large");
		return 0;
	}
	if (len > sizeof(status) - 1 &&
	    memcmp(data, status, sizeof(status) - 1) == 0)
		job->etag[0] = '\0';
	if (len <= at || strncasecmp(data, name, at) != 0)
		return len;
	while (at < end && (data[at] == ' ' || data[at] == '\t'))
		at++;
	while (end > at && strchr(" \t\r\n", data[end - 1]) != NULL)
		end--;
	take_etag(job, data + at, end - at);
	return len;
}

/* libcurl asks here with what the name resolved to. */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct job *job = context;

	(void)purpose;
	if (!address_allowed(&address->addr,
		job->request->portal->allow_private, job->plain)) {
		job->blocked = true;
		return CURL_SOCKET_BAD;
	}
	job->dialled = true;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

static bool
set_security(struct job *job)
{
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
		  job->plain ? "http" : "https") == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSLVERSION,
		  (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, job) == CURLE_OK;
	return ok;
}

static bool
set_limits(struct job *job)
{
	CURL *easy = job->easy;
	long timeout = job->request->portal->timeout;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_TIMEOUT,
		  timeout > 0 ? timeout : SLOW_SECONDS) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_WRITEDATA, job) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERDATA, job) == CURLE_OK;
	/* Of several connections to a host, HTTP/2 needs only one. */
	ok &= curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
		  job->plain ? (long)CURL_HTTP_VERSION_1_1
			     : (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_PIPEWAIT, job->plain ? 0L : 1L) ==
	      CURLE_OK;
	return ok;
}

static bool
set_auth(struct job *job, const struct auth *auth)
{
	struct secret secret;
	const char *problem;
	bool ok;

	if (auth->kind == AUTH_NONE)
		return true;
	problem = auth_secret_read(auth, &secret);
	if (problem != NULL) {
		secret_wipe(&secret);
		job_stop(job, CARRIED_HELD, problem);
		return true;
	}
	if (auth->kind == AUTH_BEARER)
		ok = curl_easy_setopt(job->easy, CURLOPT_HTTPAUTH,
			 CURLAUTH_BEARER) == CURLE_OK &&
		     curl_easy_setopt(job->easy, CURLOPT_XOAUTH2_BEARER,
			 secret.data) == CURLE_OK;
	else
		ok = curl_easy_setopt(job->easy, CURLOPT_HTTPAUTH,
			 CURLAUTH_BASIC) == CURLE_OK &&
		     curl_easy_setopt(
			 job->easy, CURLOPT_USERNAME, auth->user) == CURLE_OK &&
		     curl_easy_setopt(
			 job->easy, CURLOPT_PASSWORD, secret.data) == CURLE_OK;
	secret_wipe(&secret);
	return ok;
}

static bool
add_header(struct job *job, const char *line)
{
	struct curl_slist *longer = curl_slist_append(job->headers, line);

	if (longer != NULL)
		job->headers = longer;
	return longer != NULL;
}

static bool
set_headers(struct job *job, struct arena *arena)
{
	const struct request *request = job->request;
	bool ok = add_header(job, "Expect:");
	size_t i;

	for (i = 0; i < request->n_headers; i++) {
		const struct header *header = &request->headers[i];

		if (strpbrk(header->value, "\r\n") != NULL)
			job_stop(job, CARRIED_REFUSED, "channel.url");
		else
			ok = ok &&
			     add_header(job, arena_printf(arena, "%s: %s",
						 header->name, header->value));
	}
	return ok && curl_easy_setopt(job->easy, CURLOPT_HTTPHEADER,
			 job->headers) == CURLE_OK;
}

static bool
set_body(struct job *job)
{
	const struct request *request = job->request;
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method) ==
	      CURLE_OK;
	if (request->body_path == NULL)
		return ok;
	job->fd = open(request->body_path, O_RDONLY | O_CLOEXEC);
	if (job->fd == -1)
		job_stop(job, CARRIED_REFUSED, "channel.source");
	job->left = request->body_size;
	ok &= curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE,
		  (curl_off_t)request->body_size) == CURLE_OK;
	ok &=
	    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_body) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_READDATA, job) == CURLE_OK;
	ok &=
	    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, seek_body) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SEEKDATA, job) == CURLE_OK;
	return ok;
}

static bool
prepare(struct job *job, struct arena *arena)
{
	const struct request *request = job->request;
	const struct portal *portal = request->portal;
	bool ok = true;

	job->plain = strncasecmp(request->url, "https://", 8) != 0;
	if (job->plain && strncasecmp(request->url, "http://", 7) != 0)
		job_stop(job, CARRIED_REFUSED, "channel.url");
	/* Known without asking a name server. */
	else if (job->plain && !portal->allow_private)
		job_stop(job, CARRIED_REFUSED, "channel.plain_http");
	ok &= curl_easy_setopt(job->easy, CURLOPT_PRIVATE, job) == CURLE_OK;
	ok &=
	    curl_easy_setopt(job->easy, CURLOPT_URL, request->url) == CURLE_OK;
	ok &= curl_easy_setopt(job->easy, CURLOPT_USERAGENT,
		  "yugao/" YUGAO_VERSION) == CURLE_OK;
	ok = ok && set_security(job) && set_limits(job) &&
	     set_headers(job, arena) && set_body(job);
	return ok && job->problem == NULL ? set_auth(job, &portal->auth) : ok;
}

void
job_begin(struct job *job, struct arena *arena, const struct request *request)
{
	struct arena *scratch = arena_new();

	*job = (struct job){ .easy = job->easy,
		.request = request,
		.hasher = job->hasher,
		.kept = job->kept,
		.fd = -1 };
	if (job->easy == NULL)
		job->easy = curl_easy_init();
	if (job->hasher == NULL)
		job->hasher = hasher_new();
	if (job->kept == NULL)
		job->kept = arena_alloc(arena, JOB_KEPT_MOST + 1);
	if (job->easy == NULL || !prepare(job, scratch))
		job_stop(job, CARRIED_RETRY, "channel.transport");
	arena_free(scratch);
}

static void
judge_end(struct job *job)
{
	size_t i = COUNT(ends) - 1;

	if (job->code == CURLE_OK || job->problem != NULL)
		return;
	if (job->blocked && !job->dialled) {
		job_stop(job, CARRIED_REFUSED, "channel.address");
		return;
	}
	while (i > 0 && ends[i].code != job->code)
		i--;
	job_stop(job, ends[i].carried, ends[i].problem);
}

static int64_t
retry_after(const struct job *job)
{
	curl_off_t seconds = 0;

	curl_easy_getinfo(job->easy, CURLINFO_RETRY_AFTER, &seconds);
	if (seconds <= 0)
		return -1;
	return seconds < RETRY_AFTER_MOST ? seconds : RETRY_AFTER_MOST;
}

void
job_answer(struct job *job, struct arena *arena, struct answer *answer)
{
	curl_off_t us = 0;
	long status = 0;

	judge_end(job);
	if (job->easy != NULL) {
		curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
		curl_easy_getinfo(job->easy, CURLINFO_TOTAL_TIME_T, &us);
	}
	*answer = (struct answer){
		.carried = job->problem == NULL ? CARRIED_ANSWER : job->carried,
		.status = (int)status,
		.etag = job->etag[0] == '\0' ? NULL
					     : arena_strdup(arena, job->etag),
		.retry_after = job->easy == NULL ? -1 : retry_after(job),
		.body = arena_strndup(arena, "", 0),
		.body_len = job->kept_len,
		.body_cut = job->body_size > (int64_t)job->kept_len,
		.body_digest = hasher_end(job->hasher),
		.body_size = job->body_size,
		.problem = job->problem,
		.ms = us / 1000,
	};
	if (job->kept_len > 0) {
		job->kept[job->kept_len] = '\0';
		answer->body = arena_copy(arena, job->kept, job->kept_len + 1);
	}
}

void
job_release(struct job *job)
{
	if (job->easy != NULL)
		curl_easy_reset(job->easy);
	curl_slist_free_all(job->headers);
	job->headers = NULL;
	if (job->fd != -1)
		close(job->fd);
	job->fd = -1;
	job->request = NULL;
}
