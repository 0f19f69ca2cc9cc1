/*
 * What comes back: bounded, hashed, and kept as far as somebody needs it.
 */
#include <string.h>
#include <strings.h>

#include <yugao/arena.h>

#include "job.h"

#define HEADER_BYTES_MOST ((size_t)64 * 1024)
#define HEADER_LINES_MOST 100
#define HEADS_MOST 10 /* answers before the last: 1xx and redirects */

static size_t
take_body(char *data, size_t size, size_t n, void *context)
{
	struct job *job = context;
	size_t len = size * n, keep = JOB_KEPT_MOST - job->kept_len;

	job->body_size += (int64_t)len;
	if (job->body_size > job_body_most(job)) {
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

static void
take_type(struct job *job, const char *value, size_t len)
{
	size_t i;

	if (len >= sizeof(job->type))
		return;
	for (i = 0; i < len; i++)
		if (value[i] < ' ' || value[i] > '~')
			return;
	memcpy(job->type, value, len);
	job->type[len] = '\0';
}

static void
take_date(struct job *job, const char *value, size_t len)
{
	char date[64];

	if (len >= sizeof(date))
		return;
	memcpy(date, value, len);
	date[len] = '\0';
	job->date = (int64_t)curl_getdate(date, NULL);
}

static const struct {
	const char *name;
	void (*take)(struct job *job, const char *value, size_t len);
} wanted[] = {
	{ "etag:", take_etag },
	{ "content-type:", take_type },
	{ "date:", take_date },
};

/* Another answer begins: what the one before it said is forgotten. */
static void
begin_head(struct job *job)
{
	job->etag[0] = job->type[0] = '\0';
	job->date = -1;
	job->header_lines = 0;
	job->blocked = job->dialled = false;
	job->heads++;
}

static size_t
take_header(char *data, size_t size, size_t n, void *context)
{
	static const char status[] = "HTTP/";
	struct job *job = context;
	size_t len = size * n, end = len, i;

	if (len > sizeof(status) - 1 &&
	    memcmp(data, status, sizeof(status) - 1) == 0)
		begin_head(job);
	job->header_bytes += len;
	if (job->header_bytes > HEADER_BYTES_MOST ||
	    ++job->header_lines > HEADER_LINES_MOST ||
	    job->heads > HEADS_MOST) {
		job_stop(job, CARRIED_REFUSED, "channel.answer_too_large");
		return 0;
	}
	while (end > 0 && strchr(" \t\r\n", data[end - 1]) != NULL)
		end--;
	for (i = 0; i < COUNT(wanted); i++) {
		size_t at = strlen(wanted[i].name);

		if (end <= at || strncasecmp(data, wanted[i].name, at) != 0)
			continue;
		while (at < end && (data[at] == ' ' || data[at] == '\t'))
			at++;
		wanted[i].take(job, data + at, end - at);
	}
	return len;
}

bool
receive_set(struct job *job)
{
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_WRITEDATA, job) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HEADERDATA, job) == CURLE_OK;
	/* What says so by its Content-Length need not even be read. */
	ok &= curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
		  (curl_off_t)job_body_most(job)) == CURLE_OK;
	return ok;
}

/* What is cut may end within one. */
static void
star(char *data, size_t n, bool cut, const char *secret)
{
	size_t len = strlen(secret), at;

	for (at = 0; len > 0 && at < n; at++) {
		size_t left = n - at;
		size_t same = left < len ? left : len;

		if ((same < len && !cut) ||
		    memcmp(data + at, secret, same) != 0)
			continue;
		memset(data + at, '*', same);
		at += same - 1;
	}
}

void
receive_hide(struct job *job, const char *secret)
{
	bool cut = job->body_size > (int64_t)job->kept_len;
	size_t len = strlen(job->detail);

	star(job->kept, job->kept_len, cut, secret);
	/* It was decoded, and may hold what the bytes did not show. */
	star(job->detail, len, len + 4 > JOB_DETAIL_MOST, secret);
}
