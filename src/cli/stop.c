/*
 * What ends a delivery early: a signal, and the time limit.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/outbox.h>

#include "cli.h"

#define LIMIT_MOST 86400
#define GRACE 60 /* seconds for what is in hand when the limit is reached */

static volatile sig_atomic_t stop_requested;

static void
stop(int signal_number)
{
	(void)signal_number;
	if (stop_requested == OUTBOX_GO_ON)
		stop_requested = OUTBOX_FINISH;
}

static void
reach_limit(int signal_number)
{
	(void)signal_number;
	if (stop_requested == OUTBOX_LEAVE)
		return;
	stop_requested =
	    stop_requested == OUTBOX_GO_ON ? OUTBOX_FINISH : OUTBOX_LEAVE;
	alarm(GRACE);
}

/* One that is ignored (nohup) stays so. */
void
stop_on_signals(void)
{
	static const int signals[] = { SIGTERM, SIGINT };
	struct sigaction action = { .sa_handler = stop,
		.sa_flags = (int)SA_RESETHAND };
	struct sigaction before;
	size_t i;

	sigemptyset(&action.sa_mask);
	for (i = 0; i < COUNT(signals); i++)
		if (sigaction(signals[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

const volatile sig_atomic_t *
stop_wanted(void)
{
	return &stop_requested;
}

static bool
seconds_parse(const char *word, unsigned *seconds)
{
	size_t i, len = strlen(word);

	*seconds = 0;
	if (len == 0 || len > 5 || strspn(word, "0123456789") != len)
		return false;
	for (i = 0; i < len; i++)
		*seconds = *seconds * 10 + (unsigned)(word[i] - '0');
	return *seconds >= 1 && *seconds <= LIMIT_MOST;
}

const struct error *
stop_at_limit(struct session *session)
{
	struct sigaction action = { .sa_handler = reach_limit,
		.sa_flags = SA_RESTART };
	const char *limit = session->options->time_limit;
	unsigned seconds;

	if (limit == NULL)
		return NULL;
	if (!seconds_parse(limit, &seconds))
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.time_limit", limit);
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	alarm(seconds);
	return NULL;
}
