/*
 * Portals that live in the test's own process: what they hold, how they
 * answer and what they were asked.
 */
#ifndef TESTS_FAKE_PORTALS_H
#define TESTS_FAKE_PORTALS_H

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "world.h"

#define PORTALS 3
#define LOG_MOST 512

struct held_file {
	char url[128];
	struct digest digest;
	int version;
};

/* A portal that does as RFC 9110 says, unless it is told to misbehave. */
struct fake {
	struct transport base;
	struct held_file files[64];
	size_t n_files;
	int force[PORTALS]; /* status for all; -1: does not answer */
	int retry_after;
	bool lose_answers; /* wait fails, as if we were killed */
	bool keep_nothing; /* a PUT is not stored either */
	const struct request *queue[512];
	size_t n_queue;
	char log[LOG_MOST][96]; /* "PUT a/x.ics If-None-Match=*" */
	size_t n_log;
	size_t n_read_backs; /* conditional GETs, which are not logged */
	bool serves_nothing; /* GET is 503 */
	volatile sig_atomic_t *stop; /* set at the first request */
	bool leave;                  /* … to 2, leave at once */
	void (*on_send)(const struct request *request);
};

static int
portal_number(const char *id)
{
	return id[0] - 'a';
}

static struct held_file *
find_held(struct fake *fake, const char *url)
{
	size_t i;

	for (i = 0; i < fake->n_files; i++)
		if (strcmp(fake->files[i].url, url) == 0)
			return &fake->files[i];
	return NULL;
}

static const char *
header_of(const struct request *request, const char *name)
{
	size_t i;

	for (i = 0; i < request->n_headers; i++)
		if (strcmp(request->headers[i].name, name) == 0)
			return request->headers[i].value;
	return NULL;
}

static bool
fake_send(struct transport *base, const struct request *request)
{
	struct fake *fake = (struct fake *)base;
	const char *match = header_of(request, "If-Match");
	const char *none = header_of(request, "If-None-Match");

	assert_true(fake->n_log < LOG_MOST);
	if (strcmp(request->method, "GET") == 0 && none != NULL)
		fake->n_read_backs++;
	else
		snprintf(fake->log[fake->n_log++], sizeof(fake->log[0]),
		    "%s %s%s%s%s%s", request->method,
		    request->url + strlen("http://"),
		    match == NULL ? "" : " If-Match=",
		    match == NULL ? "" : match,
		    none == NULL ? "" : " If-None-Match=",
		    none == NULL ? "" : none);
	fake->queue[fake->n_queue++] = request;
	if (fake->stop != NULL)
		*fake->stop = fake->leave ? 2 : 1;
	if (fake->on_send != NULL)
		fake->on_send(request);
	return true;
}

static const char *
etag_of(struct arena *arena, const struct held_file *file)
{
	return arena_printf(arena, "\"v%d\"", file->version);
}

static int
put(struct fake *fake, struct arena *arena, const struct request *request,
    struct held_file **file)
{
	const char *match = header_of(request, "If-Match");
	bool fresh = *file == NULL;
	struct bytes bytes;

	if ((header_of(request, "If-None-Match") != NULL && !fresh) ||
	    (match != NULL &&
		(fresh || strcmp(match, etag_of(arena, *file)) != 0)))
		return 412;
	if (fake->keep_nothing)
		return 500;
	if (fresh) {
		*file = &fake->files[fake->n_files++];
		snprintf(
		    (*file)->url, sizeof((*file)->url), "%s", request->url);
	}
	no_error(file_read(arena, request->body_path, 1 << 20, &bytes));
	assert_int_equal(bytes.len, request->body_size);
	(*file)->digest = digest_of(bytes.data, bytes.len);
	(*file)->version++;
	return fresh ? 201 : 204;
}

static void
serve(struct fake *fake, struct arena *arena, const struct request *request,
    struct answer *answer)
{
	struct held_file *file = find_held(fake, request->url);
	int force = fake->force[portal_number(request->portal->id)];

	*answer = (struct answer){ .carried = CARRIED_ANSWER,
		.retry_after = fake->retry_after > 0 ? fake->retry_after : -1,
		.body = "",
		.ms = 1 };
	if (force == -1) {
		answer->carried = CARRIED_RETRY;
		answer->problem = "channel.connect";
	} else if (force > 0) {
		answer->status = force;
	} else if (fake->serves_nothing &&
		   strcmp(request->method, "GET") == 0) {
		answer->status = 503;
	} else if (strcmp(request->method, "PUT") == 0) {
		answer->status = put(fake, arena, request, &file);
	} else if (file == NULL) {
		answer->status = 404;
	} else if (strcmp(request->method, "GET") == 0 &&
		   header_of(request, "If-None-Match") != NULL &&
		   strcmp(header_of(request, "If-None-Match"),
		       etag_of(arena, file)) == 0) {
		answer->status = 304;
	} else if (strcmp(request->method, "GET") == 0) {
		answer->status = 200;
		answer->body_digest = file->digest;
	} else {
		answer->status = 204;
		*file = fake->files[--fake->n_files];
		file = NULL;
	}
	if (file != NULL && answer->status != 412 && force == 0)
		answer->etag = etag_of(arena, file);
}

static const struct error *
fake_wait(struct transport *base, struct arena *arena, int ms,
    struct answer *answer, void **context)
{
	struct fake *fake = (struct fake *)base;
	const struct request *request;

	(void)ms;
	*context = NULL;
	if (fake->n_queue == 0)
		return NULL;
	request = fake->queue[0];
	memmove(fake->queue, fake->queue + 1,
	    --fake->n_queue * sizeof(fake->queue[0]));
	serve(fake, arena, request, answer);
	if (fake->lose_answers)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "channel.curl", "killed");
	*context = request->context;
	return NULL;
}

static void
fake_close(struct transport *base)
{
	(void)base;
}

#endif
