#include "ending.h"

#include <yugao/arena.h>

/* How an answer that is no success ends the delivery (the first row). */
static const struct {
	int from, to;
	enum delivered state;
	const char *problem;
} endings[] = {
	/* A moved base URL or a login page: more tries do not help. */
	{ 300, 399, DELIVERY_HELD, "channel.redirected" },
	{ 400, 400, DELIVERY_REFUSED, "channel.bad_request" },
	{ 401, 401, DELIVERY_HELD, "channel.unauthorized" },
	{ 403, 403, DELIVERY_HELD, "channel.forbidden" },
	{ 404, 404, DELIVERY_REFUSED, "channel.not_found" },
	{ 405, 405, DELIVERY_REFUSED, "channel.not_allowed" },
	{ 408, 408, DELIVERY_RETRY, "channel.busy" },
	{ 409, 409, DELIVERY_RETRY, "channel.conflict" },
	{ 410, 410, DELIVERY_HELD, "channel.gone" },
	{ 412, 412, DELIVERY_RETRY, "channel.changed" },
	{ 413, 413, DELIVERY_REFUSED, "channel.body_too_large" },
	{ 415, 415, DELIVERY_REFUSED, "channel.media_type" },
	{ 421, 421, DELIVERY_RETRY, "channel.busy" },
	{ 423, 425, DELIVERY_RETRY, "channel.busy" },
	{ 429, 429, DELIVERY_RETRY, "channel.busy" },
	{ 400, 499, DELIVERY_REFUSED, "channel.refused" },
	{ 500, 599, DELIVERY_RETRY, "channel.server_error" },
	/* 202 and 207 are no promise: the next try compares. */
	{ 0, 999, DELIVERY_RETRY, "channel.unexpected" },
};

static const enum delivered carried_state[] = {
	[CARRIED_RETRY] = DELIVERY_RETRY,
	[CARRIED_REFUSED] = DELIVERY_REFUSED,
	[CARRIED_HELD] = DELIVERY_HELD,
};

static bool
is_among(int status, const int *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i] == status)
			return true;
	return false;
}

bool
answer_is_whole(const struct answer *answer)
{
	return answer->carried == CARRIED_ANSWER;
}

bool
answer_is_gone(const struct answer *answer)
{
	return answer_is_whole(answer) &&
	       (answer->status == 404 || answer->status == 410);
}

bool
answer_took(const struct answer *answer, bool remove)
{
	static const int put[] = { 200, 201, 204 };
	static const int removed[] = { 200, 202, 204, 404, 410 };

	if (!answer_is_whole(answer))
		return false;
	return remove ? is_among(answer->status, removed, COUNT(removed))
		      : is_among(answer->status, put, COUNT(put));
}

const char *
strong_etag(struct arena *arena, const struct answer *answer)
{
	if (answer->etag == NULL || answer->etag[0] != '"')
		return NULL;
	return arena_strdup(arena, answer->etag);
}

void
ending_set(struct arena *arena, enum delivered state, const char *problem,
    struct delivery_result *result)
{
	result->state = state;
	result->problem = MESSAGE(arena, problem);
}

void
ending_of(struct arena *arena, const struct answer *answer,
    struct delivery_result *result)
{
	size_t i = 0;

	result->retry_after = answer->retry_after;
	if (!answer_is_whole(answer)) {
		ending_set(arena, carried_state[answer->carried],
		    answer->problem != NULL ? answer->problem
					    : "channel.transport",
		    result);
		return;
	}
	while (
	    answer->status < endings[i].from || answer->status > endings[i].to)
		if (++i == COUNT(endings) - 1)
			break;
	ending_set(arena, endings[i].state, endings[i].problem, result);
}

void
request_header(struct request *request, const char *name, const char *value)
{
	if (value != NULL && request->n_headers < REQUEST_HEADERS)
		request->headers[request->n_headers++] =
		    (struct header){ name, value };
}
