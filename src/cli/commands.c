#include <string.h>

#include <yugao/arena.h>

#include "cli.h"

static const struct command table[] = {
	{ "check", command_check, 0, 64 },
	{ "diff", command_diff, 0, 0 },
	{ "explain", command_explain, 1, 1 },
	{ "help", command_help, 0, 1 },
	{ "lint", command_lint, 1, 64 },
	{ "log", command_log, 0, 1 },
	{ "publish", command_publish, 0, 1 },
	{ "push", command_push, 0, 0 },
	{ "run", command_run, 0, 0 },
	{ "status", command_status, 0, 0 },
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
