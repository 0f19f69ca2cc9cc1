/*
 * When each connection must have got on.  libmicrohttpd's own limit starts
 * anew with every byte, so that a byte now and then would hold a connection
 * for ever.
 */
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "portal.h"

#define BYTES_PER_SECOND 4096
#define SWEEP_MS 500

struct deadline {
	struct deadline *next, *previous;
	struct MHD_Connection *connection;
	int64_t patience, at; /* milliseconds */
};

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
time_for(int64_t bytes)
{
	return bytes * 1000 / BYTES_PER_SECOND;
}

/* NULL if there was no memory for it. */
static struct deadline *
deadline_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

void
deadline_track(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	struct portal_server *server = cls;
	struct deadline *deadline = *context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		deadline = calloc(1, sizeof(*deadline));
		*context = deadline;
		if (deadline == NULL)
			return;
		deadline->connection = connection;
		deadline->patience = (int64_t)server->options->timeout * 1000;
		deadline->at = now_ms() + deadline->patience;
		deadline->next = server->deadlines;
		if (deadline->next != NULL)
			deadline->next->previous = deadline;
		server->deadlines = deadline;
		return;
	}
	if (deadline == NULL)
		return;
	if (deadline->next != NULL)
		deadline->next->previous = deadline->previous;
	if (deadline->previous != NULL)
		deadline->previous->next = deadline->next;
	else
		server->deadlines = deadline->next;
	free(deadline);
	*context = NULL;
}

void
deadline_start(struct MHD_Connection *connection, int64_t bytes)
{
	struct deadline *deadline = deadline_of(connection);

	if (deadline != NULL)
		deadline->at = now_ms() + deadline->patience + time_for(bytes);
}

void
deadline_extend(struct MHD_Connection *connection, int64_t bytes)
{
	struct deadline *deadline = deadline_of(connection);
	int64_t latest;

	if (deadline == NULL)
		return;
	latest = now_ms() + deadline->patience;
	deadline->at += time_for(bytes);
	if (deadline->at > latest)
		deadline->at = latest;
}

void
deadline_sweep(struct portal_server *server)
{
	const struct deadline *deadline;
	int64_t now = now_ms();

	if (now < server->next_sweep)
		return;
	server->next_sweep = now + SWEEP_MS;
	for (deadline = server->deadlines; deadline != NULL;
	     deadline = deadline->next)
		/* libmicrohttpd sees the end of the stream and closes. */
		if (deadline->at < now)
			(void)shutdown(
			    MHD_get_connection_info(deadline->connection,
				MHD_CONNECTION_INFO_CONNECTION_FD)
				->connect_fd,
			    SHUT_RDWR);
}
