#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <jansson.h>

#include <yugao/arena.h>

#include "cli.h"

/*
 * SIGTERM and SIGINT end the program at once, which it survives anywhere;
 * only push_deliveries() takes its time.
 */
static void
ignore_pipes(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGPIPE, &ignore, NULL);
}

/* A core file would hold the portals' secrets. */
static void
refuse_core(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
}

static const struct error *
run(struct session *session, const char *name)
{
	const struct command *command;
	const struct options *options = session->options;

	if (name == NULL || options->help || options->version)
		return command_help(session);
	command = command_find(name);
	if (command == NULL)
		return command_unknown(session->arena, name);
	if (options->n_args < command->min_args ||
	    options->n_args > command->max_args)
		return ERROR_NEW(session->arena, ERROR_INPUT, NULL,
		    "cli.arguments", command->name);
	return command->run(session);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct options options = { 0 };
	struct session session = {
		.arena = arena, .options = &options, .lock = -1
	};
	const struct error *error;
	const char *name = NULL;
	int status;

	session.began_ms = ticks_ms(NULL);
	refuse_core();
	ignore_pipes();
	/* A plan that could not be held is no mistake in the plan. */
	json_set_alloc_funcs(memory_or_end, free);
	session.report.arena = arena;
	session.report.terminal = terminal_open(stdout, COLOR_AUTO, false);
	error = options_read(arena, argc, argv, &options, &name);
	if (options.lang != NULL)
		(void)lang_parse(options.lang, &session.report.lang);
	if (error == NULL) {
		session.report.terminal =
		    terminal_open(stdout, options.color, options.quiet);
		session.report.color = options.color;
		session.report.json = options.json;
		session.report.quiet = options.quiet;
		session.report.verbose = options.verbose;
		error = run(&session, name);
	}
	/* An error without words has already been told by its report. */
	if (error != NULL && error->message.id != NULL)
		fprintf(stderr, "yugao: %s\n",
		    error_text(arena, session.report.lang, error));
	status = error != NULL ? (int)error->kind : 0;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		/* A reader that has seen enough (head) needs no words. */
		if (errno != EPIPE)
			fprintf(stderr, "yugao: %s: %s\n",
			    SAY(arena, session.report.lang, "cli.stdout"),
			    strerror(errno));
		status = status != 0 ? status : 1;
	}
	monitor_end(&session, name, status);
	session_close(&session);
	arena_free(arena);
	return status;
}
