/*
 * One request on a libcurl handle that is used again and again: its options,
 * its callbacks, and the answer they add up to.
 */
#ifndef CHANNEL_JOB_H
#define CHANNEL_JOB_H

#include <curl/curl.h>

#include <yugao/channel.h>

#define JOB_KEPT_MOST ((size_t)64 * 1024)
#define JOB_ETAG_MOST 256

struct job {
	CURL *easy;
	const struct request *request; /* NULL: free */
	bool ended;
	CURLcode code;
	enum carried carried; /* how it ended, if problem is not NULL */
	const char *problem;
	bool plain;            /* http */
	bool blocked, dialled; /* some address was refused, or was tried */
	struct curl_slist *headers;
	int fd; /* the body to send, or -1 */
	int64_t left;
	struct hasher *hasher;
	char *kept; /* JOB_KEPT_MOST + 1, made when an answer has a body */
	size_t kept_len;
	int64_t body_size;
	size_t header_bytes, header_lines;
	char etag[JOB_ETAG_MOST];
};

/*
 * Sets everything up; what cannot even begin has ended with a problem.
 * The arena is for memory that stays with the job.
 */
void
job_begin(struct job *job, struct arena *arena, const struct request *request);
/* It ends without an answer, for this reason. */
void job_stop(struct job *job, enum carried carried, const char *problem);
/* In the caller's arena. */
void job_answer(struct job *job, struct arena *arena, struct answer *answer);
/* The handle forgets the request and its secret; connections stay open. */
void job_release(struct job *job);

#endif
