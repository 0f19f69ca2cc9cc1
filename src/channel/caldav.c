/*
 * One event of a calendar collection (RFC 4791), each write on the condition
 * that the portal holds what we believe it holds.
 *
 * A 412 says that it does not: then what is there is read and its meaning
 * compared, for calendar servers reorder and rewrap.  Equal means that an
 * earlier try has arrived after all.  Otherwise ours is written once more, on
 * the condition that nobody has written since we read; but never over a higher
 * SEQUENCE, and never over an event that has another UID.
 *
 * A calendar that is missing is made.  Where our UID stands under another name
 * in it, that resource is found by a query and is the one we write.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "caldav.h"
#include "ending.h"
#include "event.h"
#include "kinds.h"
#include "multistatus.h"
#include "path.h"

enum step {
	STEP_WRITE, /* a PUT or DELETE is on its way */
	STEP_READ,  /* the GET of what is there */
	STEP_MAKE,  /* the MKCALENDAR */
	STEP_FIND,  /* the REPORT that looks for the UID */
	STEP_CHECK  /* the GET after it was taken */
};

/* One turn of a delivery, and what it has learned so far. */
struct turn {
	struct arena *arena;
	struct delivery *delivery;
	const struct answer *answer;
	struct request *request;
	struct delivery_result *result;
	struct memory {
		const char *calendar, *uid; /* from the path */
		const char *url;            /* of the resource */
		bool made, made_bare;       /* MKCALENDAR was sent */
		bool asked, again;          /* REPORT; a write after a 412 */
		struct event ours;
		struct caldav_names found;
		size_t next; /* of these */
	} * memory;
};

static void
send(const struct turn *turn, enum step step, const char *method,
    const char *url)
{
	turn->delivery->step = (int)step;
	*turn->request = (struct request){
		.method = method, .url = url, .portal = turn->delivery->portal
	};
}

static void
end(const struct turn *turn, enum delivered state, const char *problem)
{
	turn->result->retry_after = turn->answer->retry_after;
	ending_set(turn->arena, state, problem, turn->result);
}

static const char *
own_url(const struct turn *turn)
{
	return path_url(
	    turn->arena, turn->delivery->portal->url, turn->delivery->path);
}

static const char *
calendar_url(const struct turn *turn)
{
	return path_url(turn->arena, turn->delivery->portal->url,
	    arena_printf(turn->arena, "%s/", turn->memory->calendar));
}

static void
write_if(const struct turn *turn, const char *condition, const char *value)
{
	const struct delivery *delivery = turn->delivery;

	send(turn, STEP_WRITE, delivery->remove ? "DELETE" : "PUT",
	    turn->memory->url);
	if (value != NULL)
		request_header(turn->request, condition, value);
	if (delivery->remove)
		return;
	request_header(turn->request, "Content-Type", delivery->content_type);
	turn->request->body = delivery->body;
	turn->request->body_size = delivery->size;
}

static void
write_anew(const struct turn *turn)
{
	turn->memory->url = own_url(turn);
	write_if(turn, "If-None-Match", "*");
}

static void
accept(const struct turn *turn, bool read_back, const char *etag)
{
	bool own = strcmp(turn->memory->url, own_url(turn)) == 0;

	turn->result->state = DELIVERY_ACCEPTED;
	turn->result->read_back = read_back;
	/* The next delivery begins at our own address. */
	turn->result->etag = own && !turn->delivery->remove ? etag : NULL;
}

static void
send_xml(const struct turn *turn, enum step step, const char *method,
    const char *body)
{
	send(turn, step, method, calendar_url(turn));
	request_header(
	    turn->request, "Content-Type", "application/xml; charset=utf-8");
	turn->request->body = body;
	turn->request->body_size = (int64_t)strlen(body);
}

static void
make_calendar(const struct turn *turn)
{
	const char *name = turn->delivery->calendar != NULL
			       ? turn->delivery->calendar
			       : turn->memory->calendar;

	turn->memory->made = true;
	send_xml(
	    turn, STEP_MAKE, "MKCALENDAR", caldav_make_body(turn->arena, name));
}

static void
find_uid(const struct turn *turn)
{
	turn->memory->asked = true;
	send_xml(turn, STEP_FIND, "REPORT",
	    caldav_query_body(turn->arena, turn->memory->uid));
	request_header(turn->request, "Depth", "1");
}

/* Reads the next of those that were found; false if there is none left. */
static bool
read_next(const struct turn *turn)
{
	struct memory *memory = turn->memory;

	if (memory->next == memory->found.n)
		return false;
	memory->url = path_url(turn->arena, turn->delivery->portal->url,
	    arena_printf(turn->arena, "%s/%s", memory->calendar,
		memory->found.v[memory->next++]));
	send(turn, STEP_READ, "GET", memory->url);
	return true;
}

/* Nothing of ours stands there, as far as it was looked. */
static void
nothing_there(const struct turn *turn)
{
	struct memory *memory = turn->memory;

	if (read_next(turn))
		return;
	if (!turn->delivery->remove) {
		memory->again = true;
		write_anew(turn);
	} else if (turn->delivery->known && !memory->asked) {
		find_uid(turn);
	} else {
		accept(turn, true, NULL);
	}
}

/* The event of an answer's body; false if it is none. */
static bool
read_theirs(const struct turn *turn, struct event *event)
{
	const struct answer *answer = turn->answer;

	return !answer->body_cut &&
	       event_read(turn->arena, answer->body, answer->body_len, event);
}

static void
after_read(const struct turn *turn)
{
	const struct answer *answer = turn->answer;
	struct memory *memory = turn->memory;
	const char *etag = strong_etag(turn->arena, answer);
	bool remove = turn->delivery->remove;
	struct event theirs;

	if (answer_is_gone(answer)) {
		nothing_there(turn);
	} else if (!answer_is_whole(answer) || answer->status != 200) {
		ending_of(turn->arena, answer, turn->result);
	} else if (!read_theirs(turn, &theirs)) {
		end(turn, DELIVERY_RETRY, "channel.no_event");
	} else if (strcmp(theirs.uid, memory->uid) != 0) {
		if (read_next(turn))
			return;
		if (remove)
			accept(turn, false, NULL);
		else
			end(turn, DELIVERY_REFUSED, "channel.foreign");
	} else if (!remove && event_equal(&theirs, &memory->ours)) {
		accept(turn, true, etag);
	} else if (!remove && theirs.sequence > memory->ours.sequence) {
		end(turn, DELIVERY_REFUSED, "channel.newer");
	} else {
		memory->again = true;
		write_if(turn, "If-Match", etag);
	}
}

static void
after_taken(const struct turn *turn)
{
	struct delivery *delivery = turn->delivery;
	const char *etag = strong_etag(turn->arena, turn->answer);

	delivery->taken = turn->answer->status;
	delivery->taken_etag = etag;
	if (!delivery->read_back) {
		accept(turn, false, etag);
		return;
	}
	send(turn, STEP_CHECK, "GET", turn->memory->url);
	if (!delivery->remove)
		request_header(turn->request, "If-None-Match", etag);
}

/* It was taken, whatever the read-back says. */
static void
after_check(const struct turn *turn)
{
	const struct answer *answer = turn->answer;
	const char *etag = turn->delivery->taken_etag;
	bool whole = answer_is_whole(answer);
	struct event theirs;
	bool same;

	if (turn->delivery->remove) {
		accept(turn, answer_is_gone(answer), NULL);
		return;
	}
	same = whole && answer->status == 200 && read_theirs(turn, &theirs) &&
	       strcmp(theirs.uid, turn->memory->uid) == 0 &&
	       event_equal(&theirs, &turn->memory->ours);
	if (same && etag == NULL)
		etag = strong_etag(turn->arena, answer);
	accept(turn, same || (whole && answer->status == 304 && etag != NULL),
	    etag);
}

/* What the answer is about, if it says so in XML. */
static const char *
precondition(const struct turn *turn, int *status)
{
	const struct answer *answer = turn->answer;
	struct multistatus said;

	*status = answer_is_whole(answer) ? answer->status : 0;
	if (answer->body_cut || (*status != 207 && *status / 100 != 4) ||
	    !multistatus_read(
		turn->arena, answer->body, answer->body_len, &said))
		return "";
	if (*status == 207 && said.n == 1 && said.v[0].status != 0)
		*status = said.v[0].status;
	return said.error != NULL ? said.error : "";
}

/* A write that was not taken. */
static void
after_refused_write(const struct turn *turn)
{
	struct memory *memory = turn->memory;
	bool remove = turn->delivery->remove;
	int status;
	const char *error = precondition(turn, &status);

	if (!remove && strcmp(error, "no-uid-conflict") == 0) {
		if (memory->asked)
			end(turn, DELIVERY_RETRY, "channel.uid_conflict");
		else
			find_uid(turn);
	} else if (!remove && caldav_is_about_data(error)) {
		end(turn, DELIVERY_REFUSED, "channel.calendar_data");
	} else if (status == 412 && !memory->again) {
		send(turn, STEP_READ, "GET", memory->url);
	} else if (!remove && (status == 404 || status == 409)) {
		if (memory->made)
			end(turn, DELIVERY_REFUSED, "channel.no_calendar");
		else
			make_calendar(turn);
	} else {
		ending_of(turn->arena, turn->answer, turn->result);
	}
}

static void
after_write(const struct turn *turn)
{
	const struct delivery *delivery = turn->delivery;

	if (answer_is_gone(turn->answer) && delivery->remove)
		nothing_there(turn);
	else if (answer_took(turn->answer, delivery->remove))
		after_taken(turn);
	else
		after_refused_write(turn);
}

static void
after_make(const struct turn *turn)
{
	struct memory *memory = turn->memory;
	int status;
	const char *error = precondition(turn, &status);

	if (answer_took(turn->answer, false) || status == 405 ||
	    strcmp(error, "resource-must-be-null") == 0) {
		write_anew(turn);
	} else if (!memory->made_bare && status != 0 &&
		   (turn->answer->status == 207 || status == 400 ||
		       status == 415 || status == 422)) {
		/* It does not know a property of ours (RFC 4791 5.3.1). */
		memory->made_bare = true;
		send(turn, STEP_MAKE, "MKCALENDAR", calendar_url(turn));
	} else if (status == 403 || status == 404 || status == 409 ||
		   status == 501) {
		end(turn, DELIVERY_REFUSED, "channel.no_calendar");
	} else {
		ending_of(turn->arena, turn->answer, turn->result);
	}
}

static void
after_find(const struct turn *turn)
{
	const struct answer *answer = turn->answer;
	struct memory *memory = turn->memory;
	struct multistatus said;
	bool read = answer_is_whole(answer) && answer->status == 207 &&
		    !answer->body_cut &&
		    multistatus_read(
			turn->arena, answer->body, answer->body_len, &said);

	if (!answer_is_whole(answer) || answer->status == 401 ||
	    answer->status >= 500) {
		ending_of(turn->arena, answer, turn->result);
		return;
	}
	if (read)
		caldav_names(
		    turn->arena, calendar_url(turn), &said, &memory->found);
	if (read_next(turn))
		return;
	/* Where it cannot be asked, our own address was empty after all. */
	if (turn->delivery->remove)
		accept(turn, read, NULL);
	else
		end(turn, DELIVERY_RETRY, "channel.uid_conflict");
}

/* "2026/UID.ics" */
static bool
read_path(const struct turn *turn)
{
	const char *path = turn->delivery->path, *slash = strrchr(path, '/');
	struct memory *memory = turn->memory;
	size_t len;

	if (!path_is_safe(path) || slash == NULL)
		return false;
	len = strlen(slash + 1);
	if (len <= 4 || strcmp(slash + 1 + len - 4, ".ics") != 0)
		return false;
	memory->calendar =
	    arena_strndup(turn->arena, path, (size_t)(slash - path));
	memory->uid = arena_strndup(turn->arena, slash + 1, len - 4);
	memory->url = own_url(turn);
	return true;
}

static bool
read_ours(const struct turn *turn)
{
	const struct delivery *delivery = turn->delivery;
	struct event *ours = &turn->memory->ours;

	return delivery->remove ||
	       (event_read(turn->arena, delivery->body, (size_t)delivery->size,
		    ours) &&
		   strcmp(ours->uid, turn->memory->uid) == 0);
}

/* What we once wrote is only touched when we know what is there now. */
static void
begin(const struct turn *turn)
{
	const struct delivery *delivery = turn->delivery;

	if (!read_path(turn))
		ending_set(turn->arena, DELIVERY_REFUSED, "channel.path",
		    turn->result);
	else if (!read_ours(turn))
		ending_set(turn->arena, DELIVERY_REFUSED, "channel.source",
		    turn->result);
	else if (delivery->known && delivery->etag != NULL)
		write_if(turn, "If-Match", delivery->etag);
	else if (delivery->known || delivery->remove)
		send(turn, STEP_READ, "GET", turn->memory->url);
	else
		write_anew(turn);
}

const struct error *
caldav_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	static void (*const after[])(const struct turn *turn) = {
		[STEP_WRITE] = after_write,
		[STEP_READ] = after_read,
		[STEP_MAKE] = after_make,
		[STEP_FIND] = after_find,
		[STEP_CHECK] = after_check,
	};
	struct turn turn = { arena, delivery, answer, request, result,
		delivery->own };

	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL) {
		turn.memory = arena_alloc(arena, sizeof(*turn.memory));
		delivery->own = turn.memory;
		begin(&turn);
	} else {
		after[delivery->step](&turn);
	}
	return NULL;
}
