#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>

#include "cli.h"

#define SHORT_OPTIONS ":c:C:o:qvhV"

enum {
	OPTION_NOW = 256,
	OPTION_LOG,
	OPTION_PORTALS,
	OPTION_REPAIR,
	OPTION_HOLD,
	OPTION_RELEASE,
	OPTION_RETRY,
	OPTION_LANG,
	OPTION_JSON,
	OPTION_COLOR,
	OPTION_PORTAL,
	OPTION_SAVE,
	OPTION_YES,
	OPTION_EXIT_CODE,
	OPTION_AS_OF,
	OPTION_VIEW,
	OPTION_CHECKPOINT,
	OPTION_ANNOTATE,
	OPTION_TEMPLATE,
	OPTION_DEPARTMENT,
	OPTION_YEAR,
	OPTION_CALENDAR,
	OPTION_CLOSE,
	OPTION_PLAN,
	OPTION_IMPORT,
	OPTION_COMPARE,
	OPTION_AS,
	OPTION_TIME_LIMIT,
	OPTION_OVERRULE,
	OPTION_ACKNOWLEDGE,
	OPTION_QUARTER
};

static const struct option long_options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "directory", required_argument, NULL, 'C' },
	{ "now", required_argument, NULL, OPTION_NOW },
	{ "lang", required_argument, NULL, OPTION_LANG },
	{ "portals", no_argument, NULL, OPTION_PORTALS },
	{ "repair", no_argument, NULL, OPTION_REPAIR },
	{ "hold", required_argument, NULL, OPTION_HOLD },
	{ "release", required_argument, NULL, OPTION_RELEASE },
	{ "retry", required_argument, NULL, OPTION_RETRY },
	{ "log", required_argument, NULL, OPTION_LOG },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "quiet", no_argument, NULL, 'q' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "color", required_argument, NULL, OPTION_COLOR },
	{ "portal", required_argument, NULL, OPTION_PORTAL },
	{ "save", required_argument, NULL, OPTION_SAVE },
	{ "yes", no_argument, NULL, OPTION_YES },
	{ "exit-code", no_argument, NULL, OPTION_EXIT_CODE },
	{ "as-of", required_argument, NULL, OPTION_AS_OF },
	{ "view", no_argument, NULL, OPTION_VIEW },
	{ "checkpoint", required_argument, NULL, OPTION_CHECKPOINT },
	{ "annotate", required_argument, NULL, OPTION_ANNOTATE },
	{ "template", required_argument, NULL, OPTION_TEMPLATE },
	{ "calendar", required_argument, NULL, OPTION_CALENDAR },
	{ "close", required_argument, NULL, OPTION_CLOSE },
	{ "plan", required_argument, NULL, OPTION_PLAN },
	{ "import", required_argument, NULL, OPTION_IMPORT },
	{ "compare", required_argument, NULL, OPTION_COMPARE },
	{ "as", required_argument, NULL, OPTION_AS },
	{ "time-limit", required_argument, NULL, OPTION_TIME_LIMIT },
	{ "year", required_argument, NULL, OPTION_YEAR },
	{ "quarter", required_argument, NULL, OPTION_QUARTER },
	{ "department", required_argument, NULL, OPTION_DEPARTMENT },
	{ "acknowledge", required_argument, NULL, OPTION_ACKNOWLEDGE },
	{ "overrule", required_argument, NULL, OPTION_OVERRULE },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

static const struct error *
read_color(struct arena *arena, const char *word, enum color_when *when)
{
	if (strcmp(word, "auto") == 0)
		*when = COLOR_AUTO;
	else if (strcmp(word, "always") == 0)
		*when = COLOR_ALWAYS;
	else if (strcmp(word, "never") == 0)
		*when = COLOR_NEVER;
	else
		return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.color", word);
	return NULL;
}

static const struct error *
unknown_option(struct arena *arena, const char *word)
{
	const char *names[COUNT(long_options)];
	const char *near = NULL;
	size_t i;

	for (i = 0; long_options[i].name != NULL; i++)
		names[i] = long_options[i].name;
	if (strncmp(word, "--", 2) == 0)
		near = nearest_word(word + 2, names, i);
	if (near != NULL)
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "cli.unknown_option_near", word,
		    arena_printf(arena, "--%s", near));
	return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.unknown_option", word);
}

/* What getopt_long() refused: an unknown option, or a value for a flag. */
static const struct error *
refused(struct arena *arena, const char *word)
{
	if (optopt >= OPTION_NOW ||
	    (optopt > 0 && strchr(SHORT_OPTIONS, optopt) != NULL))
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "cli.option_no_value", word);
	return unknown_option(
	    arena, optopt > 0 ? arena_printf(arena, "-%c", optopt) : word);
}

static const struct error *
add_word(struct arena *arena, struct words *words, const char *option)
{
	if (words->n == WORDS_MOST)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "cli.too_many", option);
	words->v[words->n++] = optarg;
	return NULL;
}

static const struct error *
take(struct arena *arena, struct options *options, int c)
{
	enum lang lang;

	switch (c) {
	case 'c':
		options->config = optarg;
		break;
	case 'C':
		if (chdir(optarg) == -1)
			return error_errno(arena, "cli.chdir", optarg);
		break;
	case 'q':
		options->quiet = true;
		break;
	case 'v':
		options->verbose = true;
		break;
	case 'h':
		options->help = true;
		break;
	case 'V':
		options->version = true;
		break;
	case OPTION_NOW:
		options->now = optarg;
		break;
	case OPTION_LANG:
		if (!lang_parse(optarg, &lang))
			return ERROR_NEW(
			    arena, ERROR_INPUT, NULL, "cli.lang", optarg);
		options->lang = optarg;
		break;
	case OPTION_HOLD:
		options->hold = optarg;
		break;
	case OPTION_RELEASE:
		options->release = optarg;
		break;
	case OPTION_RETRY:
		options->retry = optarg;
		break;
	case OPTION_PORTALS:
		options->portals = true;
		break;
	case OPTION_REPAIR:
		options->repair = true;
		break;
	case OPTION_LOG:
		if (!log_form_parse(optarg, NULL))
			return ERROR_NEW(
			    arena, ERROR_INPUT, NULL, "cli.log_form", optarg);
		options->log = optarg;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case OPTION_COLOR:
		return read_color(arena, optarg, &options->color);
	case OPTION_PORTAL:
		options->portal = optarg;
		break;
	case 'o':
	case OPTION_SAVE:
		options->save = optarg;
		break;
	case OPTION_YEAR:
		options->year = optarg;
		break;
	case OPTION_QUARTER:
		options->quarter = optarg;
		break;
	case OPTION_DEPARTMENT:
		options->department = optarg;
		break;
	case OPTION_YES:
		options->yes = true;
		break;
	case OPTION_EXIT_CODE:
		options->exit_code = true;
		break;
	case OPTION_AS_OF:
		options->as_of = optarg;
		break;
	case OPTION_VIEW:
		options->view = true;
		break;
	case OPTION_CHECKPOINT:
		options->checkpoint = optarg;
		break;
	case OPTION_ANNOTATE:
		options->annotate = optarg;
		break;
	case OPTION_TEMPLATE:
		options->template = optarg;
		break;
	case OPTION_CALENDAR:
		return add_word(arena, &options->calendars, "--calendar");
	case OPTION_CLOSE:
		return add_word(arena, &options->closed, "--close");
	case OPTION_PLAN:
		return add_word(arena, &options->plans, "--plan");
	case OPTION_IMPORT:
		options->import = optarg;
		break;
	case OPTION_COMPARE:
		options->compare = optarg;
		break;
	case OPTION_AS:
		options->as = optarg;
		break;
	case OPTION_TIME_LIMIT:
		options->time_limit = optarg;
		break;
	case OPTION_ACKNOWLEDGE:
		options->acknowledge = optarg;
		break;
	case OPTION_OVERRULE:
		options->overrule = optarg;
		break;
	default:
		break;
	}
	return NULL;
}

const struct error *
options_read(struct arena *arena, int argc, char **argv,
    struct options *options, const char **command)
{
	const struct error *error = NULL;
	int c;

	opterr = 0;
	while (error == NULL && (c = getopt_long(argc, argv, SHORT_OPTIONS,
				     long_options, NULL)) != -1) {
		if (c == ':')
			return ERROR_NEW(arena, ERROR_INPUT, NULL,
			    "cli.option_value", argv[optind - 1]);
		if (c == '?')
			return refused(arena, argv[optind - 1]);
		error = take(arena, options, c);
	}
	if (error != NULL)
		return error;
	if (optind < argc)
		*command = argv[optind++];
	options->args = argv + optind;
	options->n_args = argc - optind;
	return NULL;
}
