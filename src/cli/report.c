#include <string.h>

#include <yugao/arena.h>

#include "cli.h"

/* The department that --department names; *department NULL without it. */
static const struct error *
find_department(
    const struct session *session, const struct department **department)
{
	const char *id = session->options->department;

	*department = NULL;
	if (id == NULL)
		return NULL;
	*department = office_department(session->office, id);
	return *department != NULL ? NULL
				   : ERROR_NEW(session->arena, ERROR_INPUT,
					 NULL, "cli.unknown_department", id);
}

static const struct error *
policy(struct session *session)
{
	const char *as = session->options->as;
	const struct department *department;
	const struct error *error = find_department(session, &department);

	if (error != NULL)
		return error;
	if (as == NULL)
		report_policy(&session->report);
	else if (strcmp(as, "regulation") == 0)
		report_regulation(&session->report, department);
	else
		return ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.report_as", as);
	return NULL;
}

static const struct {
	const char *name;
	const struct error *(*print)(struct session *session);
} reports[] = {
	{ "compliance", report_on_compliance },
	{ "digest", report_on_year },
	{ "missing", report_on_missing },
	{ "policy", policy },
	{ "work", report_on_work },
};

const struct error *
command_report(struct session *session)
{
	const char *name = session->options->args[0];
	const struct error *error = session_office(session);
	size_t i;

	if (error != NULL)
		return error;
	for (i = 0; i < COUNT(reports); i++) {
		if (strcmp(name, reports[i].name) != 0)
			continue;
		report_diags(&session->report, &session->diags);
		return reports[i].print(session);
	}
	return ERROR_NEW(
	    session->arena, ERROR_INPUT, NULL, "cli.unknown_report", name);
}
