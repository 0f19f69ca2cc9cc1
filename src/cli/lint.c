#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/fetch.h>
#include <yugao/lint.h>

#include "cli.h"

static const struct fetch_limits limits = {
	.bytes = (int64_t)256 * 1024 * 1024, .seconds = 120, .redirects = 5
};

static const struct error *
add_file(struct arena *arena, struct lint *lint, const char *name)
{
	const struct error *error = NULL;
	char chunk[65536];
	ssize_t n;
	int fd;

	fd = strcmp(name, "-") == 0 ? dup(STDIN_FILENO)
				    : open(name, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return error_errno(arena, "cli.open", name);
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		lint_add(lint, chunk, (size_t)n);
	if (n == -1)
		error = error_errno(arena, "cli.read", name);
	close(fd);
	return error;
}

static void
add_chunk(void *lint, const char *data, size_t len)
{
	lint_add(lint, data, len);
}

/* A file, an address or "-". */
static const struct error *
add_named(struct arena *arena, struct lint *lint, const char *name)
{
	struct fetched fetched;
	const struct error *error;

	if (!fetch_is_url(name))
		return add_file(arena, lint, name);
	error = fetch_url(arena, name, &limits, add_chunk, lint, &fetched);
	if (error == NULL)
		lint_http(lint, fetched.content_type, fetched.has_validator);
	return error;
}

static const struct error *
lint_named(struct session *session, const char *name, const struct lint *old,
    size_t *bad)
{
	struct arena *arena = arena_new();
	struct findings findings = { 0 };
	struct lint *lint = lint_new(arena);
	const struct error *error;

	if (old != NULL)
		lint_against(lint, old, session->now);
	error = add_named(arena, lint, name);
	if (error == NULL) {
		lint_end(lint, &findings);
		report_lint(&session->report, name, session->options->compare,
		    &findings);
		*bad +=
		    findings.count[LINT_ERROR] + findings.count[LINT_WARNING];
	}
	error = error_copy(session->arena, error);
	arena_free(arena);
	return error;
}

/* What is wrong with the old edition is told by a lint of its own. */
static const struct error *
read_old(struct session *session, struct lint **old)
{
	const char *name = session->options->compare;
	struct findings findings;
	const struct error *error = clock_read(session);

	if (error == NULL && session->options->n_args != 1)
		error = ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.lint_compare_one");
	if (error == NULL && strcmp(name, "-") == 0 &&
	    strcmp(session->options->args[0], "-") == 0)
		error = ERROR_NEW(
		    session->arena, ERROR_INPUT, NULL, "cli.lint_stdin_twice");
	if (error != NULL)
		return error;
	*old = lint_new(session->arena);
	lint_keep(*old);
	error = add_named(session->arena, *old, name);
	if (error == NULL)
		lint_end(*old, &findings);
	return error;
}

const struct error *
command_lint(struct session *session)
{
	const struct options *options = session->options;
	const struct error *error = NULL;
	struct message none = { 0 };
	struct lint *old = NULL;
	size_t bad = 0;
	int i;

	if (options->compare != NULL)
		error = read_old(session, &old);
	for (i = 0; error == NULL && i < options->n_args; i++)
		error = lint_named(session, options->args[i], old, &bad);
	if (error == NULL && bad > 0)
		error = error_new(session->arena, ERROR_INPUT, NULL, none);
	return error;
}
