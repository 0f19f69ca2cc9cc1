#include <yugao/form.h>

#include "cli.h"

const struct error *
draft_template(struct session *session)
{
	const struct error *error = clock_read(session);
	struct day today = { (int32_t)(session->now.s / 86400) };

	if (error == NULL)
		error = file_is_new(session, session->options->template);
	if (error != NULL)
		return error;
	return plan_template(session->arena, session->options->template,
	    day_year(today) + 1, session->report.lang, session->now);
}
