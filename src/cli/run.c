/*
 * publish, push, and both: the cron line.
 */
#include <stdio.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/watching.h>

#include "cli.h"

static const struct error *
silent(struct session *session, enum error_kind kind)
{
	struct message none = { 0 };

	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}

/* Exit 2 wins over 5 over 3; what was done was done all the same. */
static enum error_kind
outcome(const struct session *session, const struct outbox_status *status)
{
	enum error_kind kind = ERROR_NONE;

	if (session->diags.errors > 0)
		kind = error_worst(kind, ERROR_INPUT);
	if (session->changes.blocked > 0)
		kind = error_worst(kind, ERROR_BLOCKED);
	if (status != NULL && (status->waiting > 0 || session->deadlines.n > 0))
		kind = error_worst(kind, ERROR_QUEUED);
	return kind;
}

/* What was found before the failure; an error without words has told it. */
static const struct error *
failed(const struct session *session, const struct error *error)
{
	if (error->message.id != NULL)
		report_diags(&session->report, &session->diags);
	return error;
}

static const struct error *
prepare(struct session *session)
{
	const struct error *error;

	error = session_office(session);
	if (error == NULL)
		error = session_write(session);
	if (error == NULL)
		error = session_inputs(session);
	if (error == NULL)
		error = session_view(session);
	return error;
}

/* A person who publishes has the network's part to himself (watch, push). */
static const struct error *
prepare_changes(struct session *session)
{
	const struct error *error = prepare(session);

	return error == NULL ? session_changes(session) : error;
}

static const struct error *
prepare_run(struct session *session, struct watching *watching)
{
	const struct error *error = prepare(session);

	if (error == NULL)
		error = session_watch(session, watching);
	return error == NULL ? session_changes(session) : error;
}

/* Only a person who has seen the difference may say yes. */
static const struct error *
confirm(struct session *session, bool *yes)
{
	const struct report *report = &session->report;
	int c;

	*yes = session->options->yes || session->changes.n == 0;
	if (*yes)
		return NULL;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.say_yes");
	report_diff(report, &session->changes, &session->diags);
	printf("%s ", SAY(session->arena, report->lang, "cli.publish_now"));
	fflush(stdout);
	c = getchar();
	*yes = c == 'y' || c == 'Y';
	return NULL;
}

static const struct error *
publish(struct session *session, struct tree_files *files)
{
	const struct error *error;
	bool yes = true;

	session->attended = !session->options->yes;
	error = prepare_changes(session);
	if (error != NULL)
		return error;
	if (session->options->n_args == 1)
		error = review_match(session, session->options->args[0]);
	else
		error = confirm(session, &yes);
	if (error == NULL && yes)
		error = publish_changes(session, files);
	if (error == NULL && yes)
		error = work_feeds(session);
	return error;
}

const struct error *
command_publish(struct session *session)
{
	struct tree_files files = { 0 };
	struct report_done done = { .diags = &session->diags,
		.changes = &session->changes,
		.files = &files };
	const struct error *error;

	error = publish(session, &files);
	if (error != NULL)
		return failed(session, error);
	report_done(&session->report, &done);
	return silent(session, outcome(session, NULL));
}

const struct error *
command_push(struct session *session)
{
	struct outbox_run push = { 0 };
	struct outbox_status status = { 0 };
	struct report_done done = { .push = &push, .outbox = &status };
	const struct error *error;

	error = stop_at_limit(session);
	if (error == NULL)
		error = session_office(session);
	if (error == NULL)
		error = session_write(session);
	if (error == NULL)
		error = push_deliveries(session, &push, &status);
	if (error != NULL)
		return error;
	report_done(&session->report, &done);
	return silent(session, outcome(session, &status));
}

const struct error *
command_run(struct session *session)
{
	struct tree_files files = { 0 };
	struct watching watching = { 0 };
	struct outbox_run push = { 0 };
	struct outbox_status status = { 0 };
	struct report_done done = { .diags = &session->diags,
		.changes = &session->changes,
		.watching = &watching,
		.files = &files,
		.push = &push,
		.outbox = &status };
	const struct error *error;

	error = stop_at_limit(session);
	if (error == NULL)
		error = prepare_run(session, &watching);
	if (error == NULL)
		error = publish_changes(session, &files);
	if (error == NULL)
		error = work_feeds(session);
	if (error == NULL)
		error = push_deliveries(session, &push, &status);
	if (error != NULL)
		return failed(session, error);
	report_done(&session->report, &done);
	return silent(session, outcome(session, &status));
}
