/*
 * One request on a libcurl handle that is used again and again: job.c sets it
 * up and ends it, guard.c says whom it may talk to, receive.c takes what
 * comes.
 */
#ifndef CHANNEL_JOB_H
#define CHANNEL_JOB_H

#include <curl/curl.h>

#include <yugao/channel.h>
#include <yugao/secret.h>

#define JOB_KEPT_MOST ((size_t)64 * 1024)
#define JOB_ETAG_MOST 256
#define JOB_TYPE_MOST 128
#define JOB_DETAIL_MOST 300
#define JOB_REDIRECTS_MOST 5

struct job {
	CURL *easy;
	const struct request *request; /* NULL: free */
	bool ended;
	CURLcode code;
	enum carried carried; /* how it ended, if problem is not NULL */
	const char *problem;
	bool plain;            /* http */
	bool blocked, dialled; /* since the last answer: an address was
				  refused, was tried */
	struct curl_slist *headers;
	int fd; /* the body to send, or -1 */
	int64_t left;
	struct secret *secret; /* made when a portal has one */
	char *pem;             /* PEM_MOST each: client's certificate, key */
	struct hasher *hasher;
	char *kept; /* JOB_KEPT_MOST + 1, made when an answer has a body */
	size_t kept_len;
	int64_t body_size;
	size_t header_bytes, header_lines, heads;
	char etag[JOB_ETAG_MOST], type[JOB_TYPE_MOST];
	char detail[JOB_DETAIL_MOST + 1]; /* of its problem details */
	int64_t date;                     /* -1 if none */
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

/* Bytes of a file sent or of an answer read at most. */
int64_t job_body_most(const struct job *job);
/* Sets the options that decide whom we talk to; false if one fails. */
bool guard_set(struct job *job);
/* Wipes what guard_set() has read. */
void guard_wipe(struct job *job);
/* Sets the callbacks that take the answer. */
bool receive_set(struct job *job);
/* Stars out every copy of the secret, and the start of one at the end. */
void receive_hide(struct job *job, const char *secret);
/* problem.c: what the answer's problem details say, as one line; before
 * receive_hide(), which knows it. */
void problem_read(struct job *job);

#endif
