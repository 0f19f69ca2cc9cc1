/*
 * A year of a working-day calendar, and the next notice taken into it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yugao/arena.h>
#include <yugao/file.h>
#include <yugao/notice.h>

#include "cli.h"

#define CALENDAR "cn"
#define FOLDER "calendars"
#define INSTALLED YUGAO_DATADIR "/calendars"
#define FILE_MOST ((size_t)1 << 20)
/* Months before its year that a notice is out, with some to spare. */
#define PUBLISHED_BEFORE 14

/* Calendars are there before an office is. */
static const struct error *
find_folder(struct session *session, const char **folder)
{
	const char *config = session->options->config;
	const struct error *error;
	struct stat st;

	if (config == NULL && stat("yugao.json", &st) == -1) {
		*folder = stat(FOLDER, &st) == 0 && S_ISDIR(st.st_mode)
			      ? FOLDER
			      : INSTALLED;
		return clock_read(session);
	}
	error = session_office(session);
	if (error == NULL)
		*folder = session->office->calendars;
	return error;
}

/* The day on the office's clock, or in China before there is an office. */
static const struct error *
day_here(struct session *session, struct instant instant, struct day *day)
{
	struct zone *zone;
	const struct error *error = zone_open(session->arena,
	    session->office != NULL ? session->office->timezone
				    : "Asia/Shanghai",
	    &zone);

	if (error == NULL)
		*day = zone_local(zone, instant).day;
	return error;
}

/* A day, or an instant on the office's clock. */
static const struct error *
read_as_of(struct session *session, const struct day **known_on)
{
	const char *word = session->options->as_of;
	struct instant instant;
	const struct error *error;
	struct day day;

	*known_on = session->known_on;
	if (word == NULL)
		return NULL;
	if (!day_parse(word, &day)) {
		if (!instant_parse(word, &instant))
			return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
			    "cli.as_of", word);
		error = day_here(session, instant, &day);
		if (error != NULL)
			return error;
	}
	*known_on = arena_copy(session->arena, &day, sizeof(day));
	return NULL;
}

/* What is wrong with the files has been told. */
static const struct error *
broken(struct session *session)
{
	struct message none = { 0 };

	report_diags(&session->report, &session->diags);
	return error_new(session->arena, ERROR_INPUT, NULL, none);
}

static const struct error *
show(struct session *session, const char *folder, int year, const char *name)
{
	struct arena *arena = session->arena;
	const struct day *known_on;
	struct calendar *calendar = NULL;
	const struct error *error;

	error = read_as_of(session, &known_on);
	if (error == NULL)
		error = calendar_read(
		    arena, folder, name, known_on, &session->diags, &calendar);
	if (error != NULL)
		return error;
	if (calendar == NULL && session->diags.errors > 0)
		return broken(session);
	if (calendar == NULL)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "cli.no_calendar", name, folder);
	report_calendar(
	    &session->report, calendar, year, known_on, &session->diags);
	return NULL;
}

/* The notice that is being imported, and what is there already. */
struct import {
	struct session *session;
	const char *folder, *name;
	struct notice notice, old;
	bool replaces; /* old is what its file says now */
	const char *path;
	struct calendar *before;
	struct buf bytes; /* of the new file */
	bool same;        /* as those of the old one */
};

static const struct error *
read_old(struct import *import)
{
	struct session *session = import->session;
	struct arena *arena = session->arena;
	const struct error *error = NULL;
	struct bytes bytes;
	struct stat st;

	import->path = file_join(arena, import->folder,
	    arena_printf(
		arena, "%s-%d.ics", import->name, import->notice.year));
	error = calendar_read(arena, import->folder, import->name,
	    session->known_on, &session->diags, &import->before);
	if (error != NULL || stat(import->path, &st) == -1)
		return error;
	error = file_read(arena, import->path, FILE_MOST, &bytes);
	if (error == NULL)
		import->replaces = notice_from_ics(
		    arena, import->path, bytes, &session->diags, &import->old);
	return error;
}

/* An amendment says only what is right now: the past must be there. */
static void
amend(struct import *import)
{
	struct session *session = import->session;
	struct place place = { .file = import->notice.file };

	if (import->notice.amended.number == NULL)
		return;
	if (import->replaces)
		notice_amend(session->arena, &import->old, &import->notice);
	else
		DIAG(session->arena, &session->diags, DIAG_ERROR, place,
		    "cli.amends_nothing", import->notice.amended.number,
		    import->path);
}

static const struct error *
write_import(struct import *import, const char **written)
{
	const struct options *options = import->session->options;
	const char *path = options->save != NULL ? options->save : import->path;

	if (options->save == NULL && (!options->yes || import->same))
		return NULL;
	*written = path;
	return file_replace(import->session->arena, path, import->bytes.data,
	    import->bytes.len);
}

/* A wrong day of publication gives wrong answers about the past. */
static const struct error *
check_published(struct import *import)
{
	struct session *session = import->session;
	const struct notice *notice = &import->notice;
	bool amended = notice->amended.number != NULL;
	struct day published =
	    amended ? notice->amended.published : notice->published;
	struct place place = { .file = notice->file };
	struct day today;
	const struct error *error = day_here(session, session->now, &today);
	char date[DAY_SIZE], now[DAY_SIZE], year[DAY_SIZE];

	if (error != NULL || notice->published.n == DAY_ALWAYS.n)
		return error;
	if (published.n < notice->published.n)
		published = notice->published;
	if (published.n > today.n)
		DIAG(session->arena, &session->diags, DIAG_ERROR, place,
		    "cli.import_future", day_format(date, published),
		    day_format(now, today));
	snprintf(year, sizeof(year), "%d", notice->year);
	if (notice->year != 0 &&
	    notice->published.n <
		day_add_months(day_of(notice->year, 1, 1), -PUBLISHED_BEFORE).n)
		DIAG(session->arena, &session->diags, DIAG_WARNING, place,
		    "cli.import_early", day_format(date, notice->published),
		    year);
	return NULL;
}

static const struct error *
prepare(struct import *import)
{
	struct session *session = import->session;
	struct arena *arena = session->arena;
	const struct error *error;
	struct bytes bytes;
	bool ok;

	error = notice_read(arena, session->options->import, &session->diags,
	    &import->notice, &ok);
	if (error != NULL || !ok)
		return error;
	if (import->notice.year != 0)
		error = read_old(import);
	if (error != NULL)
		return error;
	notice_check(arena, &import->notice, import->before, &session->diags);
	error = check_published(import);
	if (error != NULL)
		return error;
	amend(import);
	buf_init(&import->bytes, arena);
	notice_write(&import->bytes, import->name, &import->notice);
	if (!import->replaces)
		return NULL;
	error = file_read(arena, import->path, FILE_MOST, &bytes);
	import->same = error == NULL && bytes.len == import->bytes.len &&
		       memcmp(bytes.data, import->bytes.data, bytes.len) == 0;
	return error;
}

static const struct error *
tell_import(struct import *import)
{
	struct session *session = import->session;
	struct report_suppose out = { .diags = &session->diags,
		.notice = &import->notice,
		.before = import->before };
	struct calendars *calendars =
	    calendars_open(session->arena, import->folder, session->known_on);
	const struct error *error = NULL;

	calendars_overlay(calendars, import->name, &import->notice);
	error =
	    calendars_get(calendars, import->name, &session->diags, &out.after);
	if (error == NULL && session->office != NULL &&
	    session->diags.errors == 0)
		error = session_inputs(session);
	if (error == NULL && session->office != NULL)
		error = session_view(session);
	if (error == NULL && session->office != NULL &&
	    session->diags.errors == 0)
		error = suppose(session, import->name, &import->notice, &out);
	if (error != NULL || out.after == NULL)
		return error != NULL ? error : broken(session);
	error = write_import(import, &out.written);
	if (error != NULL)
		return error;
	report_suppose(&session->report, &out);
	if (!session->report.json && !session->report.quiet &&
	    out.written == NULL)
		printf("%s\n",
		    SAY(session->arena, session->report.lang,
			import->same ? "cli.import_same" : "cli.import_yes",
			import->path));
	return NULL;
}

static const struct error *
import_notice(struct session *session, const char *folder, const char *name)
{
	struct import import = {
		.session = session, .folder = folder, .name = name
	};
	const struct error *error = prepare(&import);

	if (error != NULL)
		return error;
	return session->diags.errors > 0 ? broken(session)
					 : tell_import(&import);
}

static bool
year_parse(const char *word, int *year)
{
	if (strlen(word) != 4 || strspn(word, "0123456789") != 4)
		return false;
	*year = atoi(word);
	return *year >= 1950 && *year <= 2199;
}

const struct error *
command_calendar(struct session *session)
{
	const struct options *options = session->options;
	const char *folder = NULL, *name = CALENDAR;
	const struct error *error;
	int first = options->import == NULL, year = 0;

	if (options->n_args < first || options->n_args > first + 1)
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.arguments", "calendar");
	if (first == 1 && !year_parse(options->args[0], &year))
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL, "cli.year",
		    options->args[0]);
	if (options->n_args > first)
		name = options->args[first];
	error = find_folder(session, &folder);
	if (error != NULL)
		return error;
	return options->import != NULL ? import_notice(session, folder, name)
				       : show(session, folder, year, name);
}
