#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <yugao/arena.h>

#include "secret.h"

/* Of a portal that does not say. */
#define TIMEOUT_SECONDS 30
#define CONNECT_SECONDS 10
#define BODY_MOST ((int64_t)64 * 1024 * 1024)

#define SLOW_BYTES 10L /* a second, for SLOW_SECONDS: as good as dead */
#define SLOW_SECONDS 30L
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
	{ CURLE_SSL_CACERT_BADFILE, CARRIED_HELD, "channel.ca" },
	/* Somebody else, or a key that nobody has told us of. */
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH, CARRIED_HELD, "channel.pin" },
	{ CURLE_SSL_CERTPROBLEM, CARRIED_HELD, "channel.client_certificate" },
	{ CURLE_COULDNT_RESOLVE_PROXY, CARRIED_RETRY, "channel.proxy" },
	{ CURLE_PROXY, CARRIED_RETRY, "channel.proxy" },
	{ CURLE_TOO_MANY_REDIRECTS, CARRIED_REFUSED, "channel.redirect" },
	{ CURLE_FILESIZE_EXCEEDED, CARRIED_REFUSED,
	    "channel.answer_too_large" },
#if LIBCURL_VERSION_NUM >= 0x080600
	{ CURLE_TOO_LARGE, CARRIED_REFUSED, "channel.answer_too_large" },
#endif
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

int64_t
job_body_most(const struct job *job)
{
	int64_t most = job->request->portal->body_most;

	return most > 0 ? most : BODY_MOST;
}

static size_t
read_body(char *out, size_t size, size_t n, void *context)
{
	struct job *job = context;
	const struct request *request = job->request;
	size_t room = size * n;
	ssize_t got;

	if ((int64_t)room > job->left)
		room = (size_t)job->left;
	if (request->body_path == NULL) {
		memcpy(
		    out, request->body + request->body_size - job->left, room);
		job->left -= (int64_t)room;
		return room;
	}
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

	if (origin != SEEK_SET || offset < 0 ||
	    offset > job->request->body_size ||
	    (job->fd != -1 && lseek(job->fd, offset, SEEK_SET) == -1))
		return CURL_SEEKFUNC_FAIL;
	job->left = job->request->body_size - offset;
	return CURL_SEEKFUNC_OK;
}

static bool
set_limits(struct job *job)
{
	const struct portal *portal = job->request->portal;
	long timeout = portal->timeout > 0 ? portal->timeout : TIMEOUT_SECONDS;
	long connect = portal->connect_timeout > 0 ? portal->connect_timeout
						   : CONNECT_SECONDS;
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
	ok &=
	    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_TIMEOUT, timeout) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_SECONDS) ==
	      CURLE_OK;
	/* Of several connections to a host, HTTP/2 needs only one. */
	ok &= curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
		  job->plain ? (long)CURL_HTTP_VERSION_1_1
			     : (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_PIPEWAIT, job->plain ? 0L : 1L) ==
	      CURLE_OK;
	return ok;
}

static bool
set_credentials(struct job *job, const struct auth *auth)
{
	CURL *easy = job->easy;

	if (auth->kind == AUTH_BEARER)
		return curl_easy_setopt(easy, CURLOPT_HTTPAUTH,
			   CURLAUTH_BEARER) == CURLE_OK &&
		       curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER,
			   job->secret->data) == CURLE_OK;
	return curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC) ==
		   CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERNAME, auth->user) ==
		   CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PASSWORD, job->secret->data) ==
		   CURLE_OK;
}

/* The secret stays until the answer has been searched for it. */
static bool
set_auth(struct job *job, struct arena *arena, const struct auth *auth)
{
	const char *problem;

	if (auth->kind == AUTH_NONE)
		return true;
	if (job->secret == NULL)
		job->secret = arena_alloc(arena, sizeof(*job->secret));
	problem = auth_secret_read(auth, job->secret);
	if (problem == NULL)
		return set_credentials(job, auth);
	secret_wipe(job->secret);
	job_stop(job, CARRIED_HELD, problem);
	return true;
}

static bool
add_header(struct job *job, const char *line)
{
	struct curl_slist *longer = curl_slist_append(job->headers, line);

	if (longer != NULL)
		job->headers = longer;
	return longer != NULL;
}

/* Nothing in it can end the line or the name (RFC 9110 5.1, 5.5). */
static bool
is_one_line(const char *value)
{
	for (; *value != '\0'; value++)
		if (((unsigned char)*value < ' ' && *value != '\t') ||
		    *value == 0x7f)
			return false;
	return true;
}

static bool
is_token(const char *name)
{
	return name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
						    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
						    "0123456789-_")] == '\0';
}

static bool
set_headers(struct job *job, struct arena *arena)
{
	const struct request *request = job->request;
	bool ok = add_header(job, "Expect:");
	size_t i;

	for (i = 0; i < request->n_headers; i++) {
		const struct header *header = &request->headers[i];

		if (!is_one_line(header->value) || !is_token(header->name))
			job_stop(job, CARRIED_REFUSED, "channel.header");
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

	if (request->body_path == NULL && request->body == NULL)
		return ok;
	if (request->body_size > job_body_most(job))
		job_stop(job, CARRIED_REFUSED, "channel.body_most");
	if (request->body_path != NULL &&
	    (job->fd = open(request->body_path, O_RDONLY | O_CLOEXEC)) == -1)
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

/* What a redirect may lead to another host must be a read without a body. */
static bool
set_method(struct job *job)
{
	const struct request *request = job->request;
	bool head = strcmp(request->method, "HEAD") == 0;
	bool get = strcmp(request->method, "GET") == 0;

	if (!is_token(request->method) || (request->follow && !head && !get))
		job_stop(job, CARRIED_REFUSED, "channel.header");
	if (head)
		return curl_easy_setopt(job->easy, CURLOPT_NOBODY, 1L) ==
		       CURLE_OK;
	return curl_easy_setopt(job->easy, CURLOPT_CUSTOMREQUEST,
		   request->method) == CURLE_OK;
}

static bool
prepare(struct job *job, struct arena *arena, struct arena *scratch)
{
	const struct request *request = job->request;
	const struct portal *portal = request->portal;
	bool ok = true;

	job->plain = strncasecmp(request->url, "https://", 8) != 0;
	if (job->plain && strncasecmp(request->url, "http://", 7) != 0)
		job_stop(job, CARRIED_REFUSED, "channel.url");
	/* Known without asking a name server. */
	else if (job->plain && !portal->allow_private &&
		 portal->n_networks == 0)
		job_stop(job, CARRIED_REFUSED, "channel.plain_http");
	ok &= curl_easy_setopt(job->easy, CURLOPT_PRIVATE, job) == CURLE_OK;
	ok &=
	    curl_easy_setopt(job->easy, CURLOPT_URL, request->url) == CURLE_OK;
	ok &= curl_easy_setopt(job->easy, CURLOPT_USERAGENT,
		  "yugao/" YUGAO_VERSION) == CURLE_OK;
	ok = ok && guard_set(job) && receive_set(job) && set_limits(job) &&
	     set_method(job) && set_headers(job, scratch) && set_body(job);
	return ok && job->problem == NULL ? set_auth(job, arena, &portal->auth)
					  : ok;
}

void
job_begin(struct job *job, struct arena *arena, const struct request *request)
{
	struct arena *scratch = arena_new();

	*job = (struct job){ .easy = job->easy,
		.request = request,
		.secret = job->secret,
		.hasher = job->hasher,
		.kept = job->kept,
		.fd = -1 };
	if (job->easy == NULL)
		job->easy = curl_easy_init();
	if (job->hasher == NULL)
		job->hasher = hasher_new();
	if (job->kept == NULL)
		job->kept = arena_alloc(arena, JOB_KEPT_MOST + 1);
	if (job->easy == NULL || !prepare(job, arena, scratch))
		job_stop(job, CARRIED_RETRY, "channel.transport");
	arena_free(scratch);
}

/* What libcurl's number alone does not say. */
static const char *
reason(const struct job *job, enum carried *carried)
{
	long status = 0;

	curl_easy_getinfo(job->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	*carried = CARRIED_REFUSED;
	if (job->blocked && !job->dialled)
		return "channel.address";
	/* A redirect to file: and its kin. */
	if (job->code == CURLE_UNSUPPORTED_PROTOCOL && job->heads > 0)
		return "channel.redirect";
	*carried = CARRIED_RETRY;
	if (status != 0 && status / 100 != 2)
		return "channel.proxy";
	return NULL;
}

static void
judge_end(struct job *job)
{
	size_t i = COUNT(ends) - 1;
	enum carried carried;
	const char *problem;

	if (job->code == CURLE_OK || job->problem != NULL)
		return;
	problem = reason(job, &carried);
	if (problem != NULL) {
		job_stop(job, carried, problem);
		return;
	}
	while (i > 0 && ends[i].code != job->code)
		i--;
	job_stop(job, ends[i].carried, ends[i].problem);
}

/* No word of the answer may repeat what we have sent in confidence. */
static void
hide_secrets(struct job *job)
{
	const struct auth *auth = &job->request->portal->auth;
	char pair[SECRET_MOST + 300], basic[2 * sizeof(pair)];
	int len;

	if (job->request->hide != NULL)
		receive_hide(job, job->request->hide);
	if (auth->kind == AUTH_NONE || job->secret == NULL)
		return;
	receive_hide(job, job->secret->data);
	len = snprintf(
	    pair, sizeof(pair), "%s:%s", auth->user, job->secret->data);
	if (auth->kind == AUTH_BASIC && len > 0 && len < (int)sizeof(pair)) {
		base64_write(basic, pair, (size_t)len);
		receive_hide(job, basic);
	}
	explicit_bzero(pair, sizeof(pair));
	explicit_bzero(basic, sizeof(basic));
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
	long status = 0, redirects = 0;

	judge_end(job);
	problem_read(job);
	hide_secrets(job);
	if (job->easy != NULL) {
		curl_easy_getinfo(job->easy, CURLINFO_RESPONSE_CODE, &status);
		curl_easy_getinfo(
		    job->easy, CURLINFO_REDIRECT_COUNT, &redirects);
		curl_easy_getinfo(job->easy, CURLINFO_TOTAL_TIME_T, &us);
	}
	*answer = (struct answer){
		.carried = job->problem == NULL ? CARRIED_ANSWER : job->carried,
		.status = (int)status,
		.etag = job->etag[0] == '\0' ? NULL
					     : arena_strdup(arena, job->etag),
		.content_type = job->type[0] == '\0'
				    ? NULL
				    : arena_strdup(arena, job->type),
		.retry_after = job->easy == NULL ? -1 : retry_after(job),
		.body = arena_strndup(arena, "", 0),
		.body_len = job->kept_len,
		.body_cut = job->body_size > (int64_t)job->kept_len,
		.body_digest = hasher_end(job->hasher),
		.body_size = job->body_size,
		.date = job->heads > 0 ? job->date : -1,
		.problem = job->problem,
		.detail = job->detail[0] == '\0'
			      ? NULL
			      : arena_strdup(arena, job->detail),
		.redirects = (int)redirects,
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
	if (job->secret != NULL)
		secret_wipe(job->secret);
	guard_wipe(job);
	curl_slist_free_all(job->headers);
	job->headers = NULL;
	if (job->fd != -1)
		close(job->fd);
	job->fd = -1;
	job->request = NULL;
}
