/*
 * HTTP PUT and DELETE, each on the condition that the portal holds what we
 * believe it holds.  A 412 says that it does not: then what is there is read
 * and compared.  Equal means that an earlier try has arrived after all.
 * Otherwise the path is ours, so we write once more, on the condition that
 * nobody has written since we read.
 *
 * Who wants it read back gets a GET after the write.  A portal that gave an
 * ETag is asked on the condition that it is another one now: a 304 says that
 * it serves these bytes.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "kinds.h"
#include "path.h"

enum step {
	STEP_START,
	STEP_WRITE, /* the first PUT or DELETE is on its way */
	STEP_READ,  /* the GET after a 412 */
	STEP_AGAIN, /* the second PUT or DELETE */
	STEP_CHECK  /* the GET after it was taken */
};

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

static bool
write_succeeded(const struct delivery *delivery, int status)
{
	static const int put[] = { 200, 201, 204 };
	static const int removed[] = { 200, 202, 204, 404, 410 };

	return delivery->remove ? is_among(status, removed, COUNT(removed))
				: is_among(status, put, COUNT(put));
}

/* If-Match compares strongly, so a weak ETag would never match. */
static const char *
strong_etag(struct arena *arena, const struct answer *answer)
{
	if (answer->etag == NULL || answer->etag[0] != '"')
		return NULL;
	return arena_strdup(arena, answer->etag);
}

static void
end(struct arena *arena, const struct answer *answer,
    struct delivery_result *result)
{
	size_t i = 0;

	result->retry_after = answer->retry_after;
	if (answer->carried != CARRIED_ANSWER) {
		result->state = carried_state[answer->carried];
		result->problem = MESSAGE(arena, answer->problem != NULL
						     ? answer->problem
						     : "channel.transport");
		return;
	}
	while (
	    answer->status < endings[i].from || answer->status > endings[i].to)
		if (++i == COUNT(endings) - 1)
			break;
	result->state = endings[i].state;
	result->problem = MESSAGE(arena, endings[i].problem);
}

static void
add_header(struct request *request, const char *name, const char *value)
{
	if (request->n_headers < REQUEST_HEADERS)
		request->headers[request->n_headers++] =
		    (struct header){ name, value };
}

static void
begin(struct arena *arena, const struct delivery *delivery, const char *method,
    struct request *request)
{
	*request = (struct request){
		.method = method,
		.url = path_url(arena, delivery->portal->url, delivery->path),
		.portal = delivery->portal,
	};
}

/* The condition is If-Match, If-None-Match, or NULL for none. */
static void
write_if(struct arena *arena, const struct delivery *delivery,
    const char *condition, const char *value, struct request *request)
{
	begin(arena, delivery, delivery->remove ? "DELETE" : "PUT", request);
	if (condition != NULL)
		add_header(request, condition, value);
	if (delivery->remove)
		return;
	add_header(request, "Content-Type", delivery->content_type);
	request->body_path = delivery->source;
	request->body_size = delivery->size;
}

static void
write_first(struct arena *arena, const struct delivery *delivery,
    struct request *request)
{
	const char *condition = NULL, *value = NULL;

	if (delivery->known && delivery->etag != NULL) {
		condition = "If-Match";
		value = delivery->etag;
	} else if (!delivery->known && !delivery->remove) {
		condition = "If-None-Match";
		value = "*";
	}
	write_if(arena, delivery, condition, value, request);
}

/* The answer to the GET: nothing more to do, or the second write. */
static void
after_read(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	bool there = answer->status == 200;
	bool gone = answer->status == 404 || answer->status == 410;
	const char *etag = strong_etag(arena, answer);

	if (answer->carried != CARRIED_ANSWER || (!there && !gone)) {
		end(arena, answer, result);
	} else if (delivery->remove
		       ? gone
		       : there && digest_compare(&answer->body_digest,
				      &delivery->digest) == 0) {
		result->state = DELIVERY_ACCEPTED;
		result->read_back = true;
		result->etag = delivery->remove ? NULL : etag;
	} else {
		delivery->step = STEP_AGAIN;
		if (gone)
			write_if(
			    arena, delivery, "If-None-Match", "*", request);
		else
			write_if(arena, delivery,
			    etag == NULL ? NULL : "If-Match", etag, request);
	}
}

static void
after_write(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	const char *etag = delivery->remove ? NULL : strong_etag(arena, answer);

	delivery->taken = answer->status;
	delivery->taken_etag = etag;
	if (!delivery->read_back) {
		result->state = DELIVERY_ACCEPTED;
		result->etag = etag;
		return;
	}
	delivery->step = STEP_CHECK;
	begin(arena, delivery, "GET", request);
	if (etag != NULL)
		add_header(request, "If-None-Match", etag);
}

/* It was taken, whatever the read-back says. */
static void
after_check(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct delivery_result *result)
{
	bool whole = answer->carried == CARRIED_ANSWER;
	bool gone = answer->status == 404 || answer->status == 410;
	bool same =
	    answer->status == 200 &&
	    digest_compare(&answer->body_digest, &delivery->digest) == 0;

	result->state = DELIVERY_ACCEPTED;
	result->etag = delivery->taken_etag;
	if (delivery->remove) {
		result->read_back = whole && gone;
		return;
	}
	result->read_back =
	    whole &&
	    (same || (answer->status == 304 && delivery->taken_etag != NULL));
	if (whole && same && result->etag == NULL)
		result->etag = strong_etag(arena, answer);
}

const struct error *
http_put_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL && !path_is_safe(delivery->path)) {
		result->state = DELIVERY_REFUSED;
		result->problem = MESSAGE(arena, "channel.path");
	} else if (answer == NULL) {
		delivery->step = STEP_WRITE;
		write_first(arena, delivery, request);
	} else if (delivery->step == STEP_READ) {
		after_read(arena, delivery, answer, request, result);
	} else if (delivery->step == STEP_CHECK) {
		after_check(arena, delivery, answer, result);
	} else if (answer->carried == CARRIED_ANSWER &&
		   write_succeeded(delivery, answer->status)) {
		after_write(arena, delivery, answer, request, result);
	} else if (answer->carried == CARRIED_ANSWER && answer->status == 412 &&
		   delivery->step == STEP_WRITE) {
		delivery->step = STEP_READ;
		begin(arena, delivery, "GET", request);
	} else {
		end(arena, answer, result);
	}
	return NULL;
}
