/*
 * Stories of a delivery: what a channel asks, what is answered, and how it
 * ends.  Who includes this defines STEP, the channel's function, and
 * new_delivery().
 */
#ifndef TESTS_CHANNEL_STORY_H
#define TESTS_CHANNEL_STORY_H

#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/channel.h>
#include <yugao/error.h>

#include "../../src/channel/kinds.h"

#include "channel_world.h"

static struct delivery new_delivery(struct world *world);

/* What is asked, and what is answered; the last one is {}. */
struct exchange {
	const char *asked;
	int status;
	const char *etag, *body;
	enum carried carried;
	bool cut;
};

struct story {
	const char *name;
	bool remove, known, read_back;
	const char *etag;
	struct exchange v[9];
	enum delivered state;
	const char *problem; /* after "channel." */
	bool was_read;
	const char *result_etag;
};

static const char *
asked(struct world *world, const struct request *request)
{
	struct buf out;
	size_t i;

	buf_init(&out, world->arena);
	assert_memory_equal(
	    request->url, world->portal.url, strlen(world->portal.url));
	buf_printf(&out, "%s %s", request->method,
	    request->url + strlen(world->portal.url));
	for (i = 0; i < request->n_headers; i++) {
		const struct header *header = &request->headers[i];

		if (strncmp(header->name, "If", 2) == 0 ||
		    strcmp(header->name, "Destination") == 0 ||
		    strcmp(header->name, "Overwrite") == 0)
			buf_printf(&out, " %s %s", header->name, header->value);
	}
	assert_false(request->follow);
	if (strcmp(request->method, "PUT") == 0)
		assert_string_equal(request->body_path != NULL
					? request->body_path
					: request->body,
		    world->body);
	else
		assert_null(request->body_path);
	return out.data;
}

static struct delivery_result
step(struct world *world, struct delivery *delivery,
    const struct answer *answer, struct request *request)
{
	struct delivery_result result;

	no_error(STEP(world->arena, delivery, answer, request, &result));
	assert_true(
	    result.problem.id == NULL || message_exists(result.problem.id));
	return result;
}

static void
tell(struct world *world, const struct story *story)
{
	struct delivery delivery = new_delivery(world);
	struct request request;
	struct delivery_result result;
	const struct exchange *exchange = story->v;
	const char *problem = "";

	delivery.remove = story->remove;
	delivery.known = story->known;
	delivery.etag = story->etag;
	delivery.read_back = story->read_back;
	if (story->remove)
		delivery.source = delivery.body = NULL;
	result = step(world, &delivery, NULL, &request);
	for (; exchange->asked != NULL; exchange++) {
		const char *body = exchange->body == NULL ? "" : exchange->body;
		struct answer answer = { .carried = exchange->carried,
			.status = exchange->status,
			.etag = exchange->etag,
			.problem = exchange->carried == CARRIED_ANSWER
				       ? NULL
				       : "channel.reset",
			.retry_after = -1,
			.body = body,
			.body_len = strlen(body),
			.body_digest = digest_of(body, strlen(body)),
			.body_cut = exchange->cut };

		if (result.state != DELIVERY_GOES_ON)
			fail_msg("%s: ended before \"%s\" as %d %s",
			    story->name, exchange->asked, (int)result.state,
			    result.problem.id == NULL ? "" : result.problem.id);
		if (strcmp(asked(world, &request), exchange->asked) != 0)
			fail_msg("%s: asked \"%s\", not \"%s\"", story->name,
			    asked(world, &request), exchange->asked);
		result = step(world, &delivery, &answer, &request);
	}
	if (result.problem.id != NULL)
		problem = result.problem.id + strlen("channel.");
	if (result.state != story->state)
		fail_msg("%s: %d %s", story->name, (int)result.state,
		    result.state == DELIVERY_GOES_ON ? asked(world, &request)
						     : problem);
	if (strcmp(problem, story->problem == NULL ? "" : story->problem) != 0)
		fail_msg("%s: problem %s", story->name, problem);
	if (result.read_back != story->was_read)
		fail_msg("%s: read back %d", story->name, result.read_back);
	if ((result.etag == NULL) != (story->result_etag == NULL) ||
	    (result.etag != NULL &&
		strcmp(result.etag, story->result_etag) != 0))
		fail_msg("%s: etag %s", story->name,
		    result.etag == NULL ? "none" : result.etag);
}

#define TELL(world, list)                            \
	do {                                         \
		size_t at;                           \
		for (at = 0; at < COUNT(list); at++) \
			tell(world, &(list)[at]);    \
	} while (0)

#endif
