#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/lint.h>

#include "cli.h"

static const struct error *
lint_file(struct session *session, const char *name, size_t *errors)
{
	struct arena *arena = arena_new();
	struct findings findings = { 0 };
	struct lint *lint = lint_new(arena);
	const struct error *error = NULL;
	char chunk[65536];
	ssize_t n;
	int fd;

	fd = strcmp(name, "-") == 0 ? dup(STDIN_FILENO)
				    : open(name, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		error = error_errno(session->arena, "cli.open", name);
		arena_free(arena);
		return error;
	}
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		lint_add(lint, chunk, (size_t)n);
	if (n == -1)
		error = error_errno(session->arena, "cli.read", name);
	close(fd);
	if (error == NULL) {
		lint_end(lint, &findings);
		report_lint(&session->report, name, &findings);
		*errors += findings.count[LINT_ERROR];
	}
	arena_free(arena);
	return error;
}

const struct error *
command_lint(struct session *session)
{
	const struct options *options = session->options;
	const struct error *error = NULL;
	struct message none = { 0 };
	size_t errors = 0;
	int i;

	for (i = 0; error == NULL && i < options->n_args; i++)
		error = lint_file(session, options->args[i], &errors);
	if (error == NULL && errors > 0)
		error = error_new(session->arena, ERROR_INPUT, NULL, none);
	return error;
}
