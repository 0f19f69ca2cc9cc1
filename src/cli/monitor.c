/*
 * How a publish, push or run went, for other programs.  Nothing of it can
 * fail the run: what cannot be told is a sentence on stderr.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/file.h>
#include <yugao/monitor.h>
#include <yugao/ping.h>

#include "cli.h"

#define METRICS_MOST ((size_t)1 << 20)

static enum log_form
log_form(const struct session *session)
{
	enum log_form form = LOG_NONE;

	if (session->options->log != NULL)
		(void)log_form_parse(session->options->log, &form);
	else if (session->office != NULL)
		form = session->office->monitor.log;
	return form;
}

static void
tell_attempt(void *context, const struct attempt *attempt)
{
	const struct session *session = context;
	struct arena *scratch = arena_new();

	fputs(line_of_attempt(scratch, log_form(session), attempt), stderr);
	arena_free(scratch);
}

void (*monitor_attempts(const struct session *session))(
    void *context, const struct attempt *attempt)
{
	return log_form(session) == LOG_NONE ? NULL : tell_attempt;
}

/* What can still be read; a part that cannot is left out. */
static void
collect(struct session *session, struct run_told *told,
    struct outbox_status *outbox, struct view *view)
{
	struct arena *arena = session->arena;
	struct store *store = session->store;

	if (store == NULL)
		return;
	store_rollback(store);
	if (outbox_status(arena, store, session->office, outbox) == NULL)
		told->outbox = outbox;
	if (session->deadlines_known ||
	    deadlines_read(arena, store, session->office, told->ended,
		&session->deadlines) == NULL)
		told->deadlines = &session->deadlines;
	if (ledger_view(arena, store, view) == NULL)
		told->view = view;
}

static void
warn(const struct session *session, const struct error *error)
{
	fprintf(stderr, "yugao: %s\n",
	    error_text(session->arena, session->report.lang, error));
}

static void
write_metrics(struct session *session, const struct run_told *told)
{
	const char *path = session->office->monitor.metrics;
	struct arena *arena = session->arena;
	const struct error *error;
	struct bytes before = { NULL, 0 };
	const char *text;

	if (path == NULL)
		return;
	/* There may be none yet. */
	(void)file_read(arena, path, METRICS_MOST, &before);
	text = metrics_text(arena, told, before.data);
	error = file_replace(arena, path, text, strlen(text));
	if (error != NULL)
		warn(session,
		    ERROR_NEW(arena, ERROR_FAILED, error, "cli.metrics"));
}

static void
write_log(struct session *session, const struct run_told *told)
{
	enum log_form form = log_form(session);
	struct arena *arena = session->arena;
	size_t i;

	if (form == LOG_NONE)
		return;
	for (i = 0; told->deadlines != NULL && i < told->deadlines->n; i++)
		fputs(line_of_deadline(
			  arena, form, told->ended, &told->deadlines->v[i]),
		    stderr);
	fputs(line_of_run(arena, form, told), stderr);
}

static void
ping(struct session *session, const struct run_told *told)
{
	static const struct ticks ticks = { ticks_ms, NULL };
	bool failed = !run_worked(told) ||
		      (told->deadlines != NULL && told->deadlines->n > 0);
	const char *problem;

	/* publish alone may run without a network and without secrets. */
	if (session->office->monitor.ping.name == NULL ||
	    strcmp(told->command, "publish") == 0)
		return;
	problem = ping_send(
	    session->arena, &session->office->monitor, &ticks, failed);
	if (problem != NULL)
		warn(session,
		    ERROR_NEW(session->arena, ERROR_FAILED, NULL, "cli.ping",
			arena_printf(session->arena, "@%s", problem)));
}

static bool
is_told(const char *command)
{
	return command != NULL &&
	       (strcmp(command, "publish") == 0 ||
		   strcmp(command, "push") == 0 || strcmp(command, "run") == 0);
}

void
monitor_end(struct session *session, const char *command, int status)
{
	struct outbox_status outbox = { 0 };
	struct view view = { 0 };
	struct run_told told = { .command = command,
		.ms = ticks_ms(NULL) - session->began_ms,
		.status = status,
		.announced = session->changes.n,
		.push = session->push };

	/* Another run is at work, and tells of itself. */
	if (!is_told(command) || session->office == NULL ||
	    status == ERROR_BUSY)
		return;
	if (session->office->monitor.metrics == NULL &&
	    session->office->monitor.ping.name == NULL &&
	    log_form(session) == LOG_NONE)
		return;
	told.ended = clock_now(session);
	collect(session, &told, &outbox, &view);
	write_metrics(session, &told);
	write_log(session, &told);
	ping(session, &told);
}
