#include <stdio.h>

#include <yugao/arena.h>
#include <yugao/channel.h>

#include "cli.h"

static void
print(const struct session *session, const char *id)
{
	printf("%s\n", SAY(session->arena, session->report.lang, id));
}

static void
print_commands(const struct session *session)
{
	const struct command *all;
	size_t n, i;

	print(session, "cli.usage");
	all = commands(&n);
	for (i = 0; i < n; i++)
		printf("  %-8s %s\n", all[i].name,
		    SAY(session->arena, session->report.lang,
			arena_printf(
			    session->arena, "cli.summary_%s", all[i].name)));
	print(session, "cli.usage_options");
	print(session, "cli.usage_status");
}

const struct error *
command_help(struct session *session)
{
	const struct options *options = session->options;
	const char *name;

	if (options->version) {
		printf("yugao %s (libcurl %s)\n", YUGAO_VERSION,
		    curl_version_text());
		return NULL;
	}
	if (options->n_args == 0) {
		print_commands(session);
		return NULL;
	}
	name = options->args[0];
	if (command_find(name) == NULL)
		return command_unknown(session->arena, name);
	print(session, arena_printf(session->arena, "cli.help_%s", name));
	return NULL;
}
