#include <string.h>

#include <yugao/arena.h>

#include "cli.h"

static const struct command table[] = {
	{ "calendar", command_calendar, 0, 2 },
	{ "check", command_check, 0, 64 },
	{ "diff", command_diff, 0, 0 },
	{ "draft", command_draft, 0, 64 },
	{ "explain", command_explain, 1, 1 },
	{ "help", command_help, 0, 1 },
	{ "lint", command_lint, 1, 64 },
	{ "log", command_log, 0, 1 },
	{ "publish", command_publish, 0, 1 },
	{ "push", command_push, 0, 0 },
	{ "report", command_report, 1, 1 },
	{ "run", command_run, 0, 0 },
	{ "status", command_status, 0, 0 },
	{ "verify", command_verify, 0, 0 },
	{ "watch", command_watch, 0, 0 },
};

const struct command *
commands(size_t *n)
{
	*n = COUNT(table);
	return table;
}

const struct command *
command_find(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct error *
command_unknown(struct arena *arena, const char *name)
{
	const char *names[COUNT(table)];
	const char *near;
	size_t i;

	for (i = 0; i < COUNT(table); i++)
		names[i] = table[i].name;
	near = nearest_word(name, names, COUNT(table));
	if (near != NULL)
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "cli.unknown_command_near", name, near);
	return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.unknown_command", name);
}
