/*
 * Looks at one thing that a portal should have: a GET on the condition that
 * it is another one than we know.  Nothing is written.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "ending.h"
#include "kinds.h"
#include "path.h"

static void
ask(struct arena *arena, const struct delivery *delivery,
    struct request *request)
{
	*request = (struct request){ .method = "GET",
		.url = path_url(arena, delivery->portal->url, delivery->path),
		.portal = delivery->portal };
	request_header(request, "If-None-Match", delivery->etag);
}

/* A calendar server may write what it was given in another way: there only
 * its ETag tells. */
static enum looked
compare(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer)
{
	bool events = channel_takes(delivery->portal->kind) == TAKES_EVENTS;
	const char *etag = strong_etag(arena, answer);

	if (digest_compare(&answer->body_digest, &delivery->digest) == 0)
		return LOOKED_SAME;
	if (events && delivery->etag != NULL && etag != NULL &&
	    strcmp(etag, delivery->etag) == 0)
		return LOOKED_SAME;
	return events && (delivery->etag == NULL || etag == NULL)
		   ? LOOKED_UNSURE
		   : LOOKED_OTHER;
}

enum looked
http_look(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct request *request, const char **problem)
{
	struct delivery_result result = { .retry_after = -1 };

	*problem = NULL;
	if (answer == NULL) {
		ask(arena, delivery, request);
		return LOOKED_GOES_ON;
	}
	if (answer_is_gone(answer))
		return LOOKED_MISSING;
	if (answer_is_whole(answer) && answer->status == 304 &&
	    delivery->etag != NULL)
		return LOOKED_SAME;
	if (answer_is_whole(answer) && answer->status == 200)
		return compare(arena, delivery, answer);
	ending_of(arena, answer, &result);
	*problem = result.problem.id;
	return LOOKED_FAILED;
}
