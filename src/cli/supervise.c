/*
 * Reports for whoever supervises.  Compliance comes out of the database
 * alone: neither plans nor acts nor the clock are read for it.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/copy.h>
#include <yugao/file.h>
#include <yugao/supervision.h>

#include "cli.h"

struct showing
session_showing(const struct session *session)
{
	return (struct showing){ session->options->as, session->options->save };
}

/* The last quarter, or the last year, that had ended by then. */
static struct reporting
last_period(const struct zone *zone, struct instant as_of, bool yearly)
{
	struct day today = zone_local(zone, as_of).day;
	int year, month, mday;

	day_parts(today, &year, &month, &mday);
	return reporting_before(
	    (struct reporting){ year, yearly ? 0 : (month + 2) / 3 });
}

/* --quarter or --year; without them the last that ended. */
static const struct error *
read_period(const struct session *session, const struct zone *zone,
    struct instant as_of, bool yearly, struct reporting *period)
{
	const char *word = session->options->quarter;
	bool good = true;

	*period = last_period(zone, as_of, yearly);
	if (word != NULL)
		good = reporting_parse(word, period) && period->quarter != 0 &&
		       !yearly && session->options->year == NULL;
	else if ((word = session->options->year) != NULL)
		good = reporting_parse(word, period) && period->quarter == 0;
	return good ? NULL
		    : ERROR_NEW(session->arena, ERROR_INPUT, NULL,
			  "cli.reporting", word);
}

static const struct error *
read_as_of(const struct session *session, struct instant *as_of)
{
	const char *word = session->options->as_of;

	*as_of = session->now;
	return word == NULL || instant_parse(word, as_of)
		   ? NULL
		   : ERROR_NEW(
			 session->arena, ERROR_INPUT, NULL, "cli.now", word);
}

static bool
is_known(const struct compliance_facts *facts, const char *department)
{
	size_t i;

	for (i = 0; i < facts->standings.n; i++)
		if (strcmp(facts->standings.v[i].department, department) == 0)
			return true;
	for (i = 0; i < facts->n; i++)
		if (strcmp(facts->v[i].department, department) == 0)
			return true;
	return false;
}

/* The zone that was in force then. */
static const struct error *
recorded_zone(struct session *session, const struct compliance_facts *facts)
{
	struct zone *zone = NULL;
	const struct error *error;

	if (facts->office.timezone == NULL)
		return NULL;
	error = zone_open(session->arena, facts->office.timezone, &zone);
	if (error == NULL)
		session->report.zone = zone;
	return error;
}

/* A file that was made of what is known now is the period's sheet (I4, I5). */
static bool
is_kept(const struct session *session)
{
	return session->options->save != NULL &&
	       session->options->as_of == NULL;
}

static const struct error *
record_sheet(struct session *session, struct reporting period, const char *file)
{
	char text[DAY_SIZE];
	struct sheet_made sheet = {
		.period = reporting_format(text, period),
		.department = session->options->department,
	};
	const struct error *error =
	    file_digest(session->arena, file, &sheet.digest, NULL);

	if (error == NULL)
		error = store_begin(session->store);
	if (error != NULL)
		return error;
	error =
	    sheet_append(session->arena, session->store, &sheet, session->now);
	if (error == NULL)
		return store_commit(session->store);
	store_rollback(session->store);
	return error;
}

static const struct error *
count_and_show(
    struct session *session, const struct compliance_facts *facts, bool yearly)
{
	const char *department = session->options->department;
	const struct zone *zone = session->report.zone;
	struct compliance_table now, before;
	struct report_compliance what = { facts, &now, &before, department };
	struct showing showing = session_showing(session);
	struct reporting period;
	const struct error *error =
	    read_period(session, zone, facts->as_of, yearly, &period);

	if (error != NULL)
		return error;
	now = compliance_count(session->arena, facts, zone, period, department);
	before = compliance_count(
	    session->arena, facts, zone, reporting_before(period), department);
	error = (yearly ? report_digest : report_compliance)(
	    &session->report, &what, &showing);
	return error != NULL || !is_kept(session)
		   ? error
		   : record_sheet(session, period, showing.path);
}

static const struct error *
show_compliance(struct session *session, bool yearly)
{
	const char *department = session->options->department;
	struct compliance_facts facts;
	struct instant as_of;
	const struct error *error = read_as_of(session, &as_of);

	if (error == NULL && is_kept(session) &&
	    store_exists(session_path(session, STATE_DATABASE)))
		error = session_write(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL && session->store == NULL)
		error = ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.never_published");
	if (error == NULL)
		error = compliance_facts(
		    session->arena, session->store, as_of, &facts);
	if (error == NULL)
		error = recorded_zone(session, &facts);
	if (error != NULL)
		return error;
	if (department != NULL && !is_known(&facts, department))
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.unknown_department", department);
	return count_and_show(session, &facts, yearly);
}

const struct error *
report_on_compliance(struct session *session)
{
	return show_compliance(session, false);
}

const struct error *
report_on_year(struct session *session)
{
	return show_compliance(session, true);
}
