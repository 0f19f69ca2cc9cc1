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
#include <yugao/arena.h>
#include <yugao/error.h>

#include "ending.h"
#include "kinds.h"
#include "path.h"

enum step {
	STEP_START,
	STEP_WRITE, /* the first PUT or DELETE is on its way */
	STEP_READ,  /* the GET after a 412 */
	STEP_AGAIN, /* the second PUT or DELETE */
	STEP_CHECK  /* the GET after it was taken */
};

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
	request_header(request, condition, value);
	if (delivery->remove)
		return;
	request_header(request, "Content-Type", delivery->content_type);
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
	bool there = answer_is_whole(answer) && answer->status == 200;
	bool gone = answer_is_gone(answer);
	const char *etag = strong_etag(arena, answer);

	if (!there && !gone) {
		ending_of(arena, answer, result);
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
	request_header(request, "If-None-Match", etag);
}

/* It was taken, whatever the read-back says; a Retry-After counts. */
static void
after_check(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct delivery_result *result)
{
	bool whole = answer_is_whole(answer);
	bool same =
	    answer->status == 200 &&
	    digest_compare(&answer->body_digest, &delivery->digest) == 0;

	result->state = DELIVERY_ACCEPTED;
	result->etag = delivery->taken_etag;
	result->retry_after = answer->retry_after;
	if (delivery->remove) {
		result->read_back = answer_is_gone(answer);
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
		ending_set(arena, DELIVERY_REFUSED, "channel.path", result);
	} else if (answer == NULL) {
		delivery->step = STEP_WRITE;
		write_first(arena, delivery, request);
	} else if (delivery->step == STEP_READ) {
		after_read(arena, delivery, answer, request, result);
	} else if (delivery->step == STEP_CHECK) {
		after_check(arena, delivery, answer, result);
	} else if (answer_took(answer, delivery->remove)) {
		after_write(arena, delivery, answer, request, result);
	} else if (answer_is_whole(answer) && answer->status == 412 &&
		   delivery->step == STEP_WRITE) {
		delivery->step = STEP_READ;
		begin(arena, delivery, "GET", request);
	} else {
		ending_of(arena, answer, result);
	}
	return NULL;
}
