/*
 * HTTP PUT under a temporary name, then MOVE to the right one, for a WebDAV
 * server that writes a file while others read it.
 *
 * The temporary name is always the same for a path.  So what a killed run has
 * left is written over and moved away by the next; whatever else ends the
 * delivery takes it away.  The move carries the condition that the portal
 * holds what we believe it holds (RFC 4918 10.4, 10.6); a 412 is settled as in
 * http_put.c.  A server that cannot move gets a plain PUT after all.
 */
#include <yugao/arena.h>
#include <yugao/error.h>

#include "ending.h"
#include "kinds.h"
#include "path.h"

enum step {
	STEP_PUT,   /* to the temporary name */
	STEP_MOVE,  /* on the condition of what we know */
	STEP_READ,  /* the GET after a 412 */
	STEP_AGAIN, /* the second MOVE */
	STEP_CHECK, /* the GET after it was taken */
	STEP_PLAIN, /* http_put.c goes on from here */
	STEP_SWEEP  /* the temporary name is removed, then it ends */
};

/* One turn of a delivery, and what it remembers. */
struct turn {
	struct arena *arena;
	struct delivery *delivery;
	const struct answer *answer;
	struct request *request;
	struct delivery_result *result;
	struct memory {
		enum step step; /* delivery->step is http_put.c's */
		struct delivery_result result;
	} * memory;
};

static const char *
target(const struct turn *turn)
{
	return path_url(
	    turn->arena, turn->delivery->portal->url, turn->delivery->path);
}

static const char *
temporary(const struct turn *turn)
{
	return path_url(turn->arena, turn->delivery->portal->url,
	    arena_printf(turn->arena, "%s.part", turn->delivery->path));
}

static void
send(const struct turn *turn, enum step step, const char *method,
    const char *url)
{
	turn->memory->step = step;
	*turn->request = (struct request){
		.method = method, .url = url, .portal = turn->delivery->portal
	};
}

/* What the delivery has come to stands when the sweep has been answered. */
static void
sweep(const struct turn *turn)
{
	turn->memory->result = *turn->result;
	*turn->result = (struct delivery_result){ .retry_after = -1 };
	if (turn->delivery->taken == 0 && turn->answer != NULL)
		turn->delivery->taken = turn->answer->status;
	send(turn, STEP_SWEEP, "DELETE", temporary(turn));
}

/* With an ETag only over what has it; without overwriting, only anew. */
static void
move(const struct turn *turn, enum step step, bool overwrite, const char *etag)
{
	const char *to = target(turn);

	send(turn, step, "MOVE", temporary(turn));
	request_header(turn->request, "Destination", to);
	request_header(turn->request, "Overwrite", overwrite ? "T" : "F");
	if (etag != NULL)
		request_header(turn->request, "If",
		    arena_printf(turn->arena, "<%s> ([%s])", to, etag));
}

static void
after_put(const struct turn *turn)
{
	const struct delivery *delivery = turn->delivery;

	if (answer_took(turn->answer, false))
		move(turn, STEP_MOVE, delivery->known, delivery->etag);
	else
		ending_of(turn->arena, turn->answer, turn->result);
}

/* A move answers without the ETag, so the GET asks for all of it. */
static void
after_taken(const struct turn *turn)
{
	turn->delivery->taken = turn->answer->status;
	if (turn->delivery->read_back)
		send(turn, STEP_CHECK, "GET", target(turn));
	else
		turn->result->state = DELIVERY_ACCEPTED;
}

static const struct error *
put_plainly(const struct turn *turn)
{
	turn->memory->step = STEP_PLAIN;
	return http_put_step(
	    turn->arena, turn->delivery, NULL, turn->request, turn->result);
}

static const struct error *
after_move(const struct turn *turn)
{
	const struct answer *answer = turn->answer;
	int status = answer_is_whole(answer) ? answer->status : 0;

	if (status == 201 || status == 204)
		after_taken(turn);
	else if (status == 412 && turn->memory->step == STEP_MOVE)
		send(turn, STEP_READ, "GET", target(turn));
	else if (status == 405 || status == 501)
		return put_plainly(turn);
	else if (status == 404)
		/* Another run has moved or removed it. */
		ending_set(turn->arena, DELIVERY_RETRY, "channel.changed",
		    turn->result);
	else {
		ending_of(turn->arena, answer, turn->result);
		if (status != 0)
			sweep(turn);
	}
	return NULL;
}

static bool
is_there(const struct turn *turn)
{
	return answer_is_whole(turn->answer) && turn->answer->status == 200 &&
	       digest_compare(
		   &turn->answer->body_digest, &turn->delivery->digest) == 0;
}

static void
after_read(const struct turn *turn)
{
	const struct answer *answer = turn->answer;
	const char *etag = strong_etag(turn->arena, answer);

	if (is_there(turn)) {
		turn->result->state = DELIVERY_ACCEPTED;
		turn->result->read_back = true;
		turn->result->etag = etag;
		sweep(turn);
	} else if (answer_is_gone(answer)) {
		move(turn, STEP_AGAIN, false, NULL);
	} else if (answer_is_whole(answer) && answer->status == 200) {
		move(turn, STEP_AGAIN, true, etag);
	} else {
		ending_of(turn->arena, answer, turn->result);
		if (answer_is_whole(answer))
			sweep(turn);
	}
}

static void
after_check(const struct turn *turn)
{
	turn->result->state = DELIVERY_ACCEPTED;
	turn->result->read_back = is_there(turn);
	if (turn->result->read_back)
		turn->result->etag = strong_etag(turn->arena, turn->answer);
}

/* A plain PUT, or a removal, leaves nothing at the temporary name either. */
static const struct error *
after_plain(const struct turn *turn)
{
	const struct error *error = http_put_step(turn->arena, turn->delivery,
	    turn->answer, turn->request, turn->result);

	if (error == NULL && turn->result->state == DELIVERY_ACCEPTED)
		sweep(turn);
	return error;
}

static const struct error *
begin(const struct turn *turn)
{
	const struct delivery *delivery = turn->delivery;

	if (delivery->remove || !path_is_safe(delivery->path))
		return put_plainly(turn);
	send(turn, STEP_PUT, "PUT", temporary(turn));
	request_header(turn->request, "Content-Type", delivery->content_type);
	turn->request->body_path = delivery->source;
	turn->request->body_size = delivery->size;
	return NULL;
}

const struct error *
http_move_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	struct turn turn = { arena, delivery, answer, request, result,
		delivery->own };

	if (!delivery->portal->move)
		return http_put_step(arena, delivery, answer, request, result);
	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL) {
		turn.memory = arena_alloc(arena, sizeof(*turn.memory));
		delivery->own = turn.memory;
		return begin(&turn);
	}
	switch (turn.memory->step) {
	case STEP_PUT:
		after_put(&turn);
		break;
	case STEP_MOVE:
	case STEP_AGAIN:
		return after_move(&turn);
	case STEP_READ:
		after_read(&turn);
		break;
	case STEP_CHECK:
		after_check(&turn);
		break;
	case STEP_PLAIN:
		return after_plain(&turn);
	case STEP_SWEEP:
		*result = turn.memory->result;
		break;
	}
	return NULL;
}
