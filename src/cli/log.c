#include <yugao/arena.h>

#include "cli.h"

static const struct error *
print(void *context, const struct entry *entry)
{
	const struct session *session = context;

	report_log(&session->report, entry, 1);
	return NULL;
}

/* The view has no more than one entry of a release. */
static const struct error *
print_all(struct session *session, const struct instant *as_of)
{
	const struct options *options = session->options;

	if (options->view)
		return ledger_each_latest(session->arena, session->store,
		    options->n_args == 1 ? options->args[0] : NULL, as_of,
		    print, session);
	return ledger_each(session->arena, session->store,
	    options->n_args == 1 ? options->args[0] : NULL, as_of, print,
	    session);
}

static const struct error *
known_release(const struct session *session)
{
	const struct view *view = &session->view;
	const char *release, *near, **names;
	size_t i;

	if (session->options->n_args == 0)
		return NULL;
	release = session->options->args[0];
	if (view_find(view, release) != NULL ||
	    view_profile(view, release) != NULL)
		return NULL;
	names = arena_alloc(session->arena, view->n * sizeof(*names));
	for (i = 0; i < view->n; i++)
		names[i] = view->v[i].release;
	near = nearest_word(release, names, view->n);
	if (near != NULL)
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.unknown_logged_near", release, near);
	return ERROR_NEW(
	    session->arena, ERROR_INPUT, NULL, "cli.unknown_logged", release);
}

const struct error *
command_log(struct session *session)
{
	const struct options *options = session->options;
	struct instant as_of;
	const struct error *error;

	if (options->as_of != NULL && !instant_parse(options->as_of, &as_of))
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL, "cli.now",
		    options->as_of);
	error = session_office(session);
	if (error == NULL)
		error = session_view(session);
	if (error == NULL)
		error = known_release(session);
	if (error == NULL && session->store != NULL)
		error =
		    print_all(session, options->as_of != NULL ? &as_of : NULL);
	return error;
}
