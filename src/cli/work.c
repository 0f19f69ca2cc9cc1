/* What departments have not submitted, and what they owe next. */
#include <stdlib.h>
#include <sys/stat.h>

#include <yugao/arena.h>
#include <yugao/file.h>

#include "cli.h"

/* Fewer are seen without a table. */
#define CITY_LEAST 4

/* Changed not long ago: of those the reason may be awaited. */
#define PENDING_BACK ((int64_t)90 * 86400)

struct keys {
	const char **v;
	size_t n, cap;
};

/* A mistyped department would look like one that owes nothing. */
static const struct error *
known_department(const struct session *session)
{
	const char *id = session->options->department;

	return id == NULL || office_department(session->office, id) != NULL
		   ? NULL
		   : ERROR_NEW(session->arena, ERROR_INPUT, NULL,
			 "cli.unknown_department", id);
}

static struct report_world
world_of(const struct session *session)
{
	return (struct report_world){
		.office = session->office,
		.plans = &session->plans,
		.slots = &session->slots,
		.acts = &session->acts,
		.view = &session->view,
		.diags = &session->diags,
		.now = session->now,
	};
}

static const struct error *
read_world(struct session *session)
{
	const struct error *error = known_department(session);

	if (error == NULL)
		error = session_inputs(session);
	return error == NULL ? session_view(session) : error;
}

const struct error *
report_on_missing(struct session *session)
{
	const char *word = session->options->year;
	struct showing showing = session_showing(session);
	struct reporting period = { 0, 0 };
	struct report_world world;
	const struct error *error;

	if (word != NULL &&
	    (!reporting_parse(word, &period) || period.quarter != 0))
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.reporting", word);
	if ((error = read_world(session)) != NULL)
		return error;
	world = world_of(session);
	return report_missing(&session->report, &world, period.year,
	    session->options->department, &showing);
}

static bool
may_be_pending(const struct session *session, const struct entry *entry)
{
	return (entry->moves > 0 || entry->status == SAID_CANCELLED ||
		   entry->status == SAID_POSTPONED) &&
	       entry->status != SAID_RELEASED &&
	       entry->at.s > session->now.s - PENDING_BACK;
}

static const struct error *
read_pending(struct session *session, struct report_work *work)
{
	struct arena *scratch = arena_new();
	const struct error *error = NULL;
	struct keys keys = { 0 };
	size_t i;

	for (i = 0; i < session->view.n && error == NULL; i++) {
		const struct entry *entry = &session->view.v[i];
		struct announcement said = { 0 };
		const char *json;

		if (!may_be_pending(session, entry))
			continue;
		arena_reset(scratch);
		error = ledger_said(scratch, session->store, entry->id, &json);
		if (error == NULL)
			error = announcement_read(scratch, json, &said);
		if (error == NULL && said.reason_pending)
			ARRAY_PUSH(session->arena, &keys, entry->release);
	}
	if (error != NULL)
		error = error_copy(session->arena, error);
	arena_free(scratch);
	work->pending = keys.v;
	work->n_pending = keys.n;
	return error;
}

static const struct error *
read_work(struct session *session, struct report_work *work)
{
	const struct error *error = NULL;

	if (session->store != NULL)
		error = copies_read(
		    session->arena, session->store, NULL, &work->copies);
	if (error == NULL && session->store != NULL)
		error = read_pending(session, work);
	return error;
}

const struct error *
report_on_work(struct session *session)
{
	struct showing showing = session_showing(session);
	struct report_work work = { 0 };
	struct report_world world;
	const struct error *error = read_world(session);

	if (error == NULL)
		error = read_work(session, &work);
	if (error != NULL)
		return error;
	world = world_of(session);
	work.world = &world;
	return report_work(
	    &session->report, &work, session->options->department, &showing);
}

/* After something was said, what was said counts. */
const struct error *
work_feeds(struct session *session)
{
	struct arena *arena = session->arena;
	struct report report = session->report;
	struct report_work work = { 0 };
	struct report_world world;
	const struct error *error = NULL;

	report.lang = session->office->lang;
	if (session->changes.n > 0)
		error = session_view(session);
	if (error == NULL)
		error = read_work(session, &work);
	if (error != NULL)
		return error;
	world = world_of(session);
	work.world = &world;
	error =
	    file_make_directories(arena, session_path(session, STATE_PRIVATE));
	/* For the office, and a web server of its group, alone. */
	if (error == NULL &&
	    chmod(session_path(session, STATE_PRIVATE), 0750) == -1)
		error = error_errno(arena, "report.write",
		    session_path(session, STATE_PRIVATE));
	return error != NULL ? error
			     : work_write(&report, &work,
				   session_path(session, STATE_WORK));
}

const struct error *
status_city(struct session *session)
{
	struct report_work work = { 0 };
	struct report_world world;
	const struct error *error;

	if (session->report.json || session->options->portal != NULL ||
	    session->office->n_departments < CITY_LEAST)
		return NULL;
	error = session_inputs(session);
	if (error == NULL)
		error = read_work(session, &work);
	if (error != NULL)
		return error;
	world = world_of(session);
	work.world = &world;
	report_city(&session->report, &work);
	return NULL;
}
