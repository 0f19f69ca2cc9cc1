#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/draft.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/sheet.h>

#include "cli.h"

static const struct error *
read_request(const struct session *session, struct draft_request *request)
{
	const struct options *options = session->options;
	const char *year = options->year, *id = options->department;
	size_t len = id == NULL ? 0 : strlen(id);

	if (year == NULL || strlen(year) != 4 ||
	    strspn(year, "0123456789") != 4 || atoi(year) < 1900 ||
	    atoi(year) > 2999)
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.draft_year");
	if (id != NULL &&
	    (len == 0 || len > 64 || id[0] == '-' || id[len - 1] == '-' ||
		strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != len))
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.draft_department", id);
	*request = (struct draft_request){ .department = id,
		.year = atoi(year),
		.timezone = session->office->timezone };
	return NULL;
}

/* How well each rule fits, the draft being elsewhere. */
static void
tell(const struct session *session, const struct draft_plan *draft)
{
	struct arena *arena = session->arena;
	enum lang lang = session->report.lang;
	bool rules;
	size_t i;

	if (session->report.quiet)
		return;
	for (i = 0; i < draft->n; i++) {
		const struct draft_rule *rule = &draft->v[i];
		const char *name = rule->series->id;

		if (rule->was->estimate != NULL)
			name = arena_printf(
			    arena, "%s/%s", name, rule->was->estimate);
		rules = rule->rule.n_timings > 0;
		printf("%s\n",
		    SAY(arena, lang,
			rules ? "cli.draft_row" : "cli.draft_no_rule", name,
			arena_printf(arena, "%zu",
			    rules ? rule->n_explained : rule->n_dates),
			arena_printf(arena, "%zu", rule->n_dates)));
	}
	printf("%s\n", text_in(&draft->review, lang));
}

/* Of the tables only an .xlsx has room for what is to be reviewed. */
static bool
is_book(const char *path)
{
	size_t len = strlen(path);

	return sheet_is_table(path) && len > 5 &&
	       strcasecmp(path + len - 5, ".xlsx") == 0;
}

static const struct error *
save(struct session *session, const struct draft_plan *draft)
{
	const char *path = session->options->save;
	const struct error *error;
	struct buf buf;

	if (path != NULL && is_book(path)) {
		error = clock_read(session);
		if (error == NULL)
			error = draft_save_book(session->arena,
			    session->calendars, draft, path,
			    session->report.lang, session->now);
		if (error == NULL)
			tell(session, draft);
		return error;
	}
	buf_init(&buf, session->arena);
	draft_write(&buf, draft);
	if (path == NULL || strcmp(path, "-") == 0) {
		fwrite(buf.data, 1, buf.len, stdout);
		return NULL;
	}
	error = file_replace(session->arena, path, buf.data, buf.len);
	if (error == NULL)
		tell(session, draft);
	return error;
}

/* What is wrong with the past is told; warnings do no harm. */
static const struct error *
read_past(struct session *session, const struct draft_request *request)
{
	struct arena *arena = session->arena;
	const struct options *options = session->options;
	const struct error *error = NULL;
	struct message none = { 0 };
	int i;

	session->calendars = calendars_open(
	    arena, session->office->calendars, session->known_on);
	for (i = 0; error == NULL && i < options->n_args; i++)
		error = draft_read(arena, session->calendars, options->args[i],
		    request, &session->diags, &session->plans);
	if (error != NULL)
		return error;
	report_diags(&session->report, &session->diags);
	return session->diags.errors > 0
		   ? error_new(arena, ERROR_INPUT, NULL, none)
		   : NULL;
}

const struct error *
command_draft(struct session *session)
{
	struct arena *arena = session->arena;
	const char *path = session->options->save;
	struct draft_request request;
	struct draft_plan *draft = NULL;
	const struct error *error;

	if (session->options->template != NULL)
		return draft_template(session);
	if (session->options->n_args == 1 && session->options->year == NULL &&
	    strcmp(session->options->args[0], "acts") == 0)
		return draft_acts(session);
	if (session->options->n_args == 0)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "cli.arguments", "draft");
	error = session_office(session);
	if (error == NULL)
		error = read_request(session, &request);
	if (error == NULL && path != NULL && sheet_is_table(path) &&
	    !is_book(path))
		error = ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "draft.sheet_csv", path);
	if (error == NULL && path != NULL)
		error = file_is_new(session, path);
	if (error == NULL)
		error = read_past(session, &request);
	if (error == NULL)
		error = draft_make(arena, &session->plans, &request, &draft);
	return error != NULL ? error : save(session, draft);
}
