#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <yugao/error.h>
#include <yugao/file.h>

#include "portal.h"

#define BODY_LIMIT ((int64_t)256 << 20)
#define CONNECTIONS 1000
#define PER_ADDRESS 64
#define TIMEOUT_SECONDS 30

static volatile sig_atomic_t stop_requested;

struct arguments {
	const char *listen, *token_file, *port_file;
	enum lang lang;
	struct portal_options portal;
	bool help, version;
};

static void
stop(int signal_number)
{
	(void)signal_number;
	stop_requested = 1;
}

static const struct error *
read_token(struct arena *arena, const char *path, const char **token)
{
	const struct error *error;
	struct bytes bytes;
	struct stat st;
	size_t len;

	if (stat(path, &st) == -1)
		return error_errno(arena, "portal.token", path);
	if ((st.st_mode & 077) != 0)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "portal.token_mode", path);
	error = file_read(arena, path, 4096, &bytes);
	if (error != NULL)
		return error;
	len = strcspn(bytes.data, "\r\n");
	if (len < 16)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "portal.token_short", path);
	*token = arena_strndup(arena, bytes.data, len);
	return NULL;
}

static bool
read_number(const char *text, int64_t least, int64_t most, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *value >= least &&
	       *value <= most;
}

static bool
read_option(int c, const char *value, struct arguments *arguments)
{
	struct portal_options *portal = &arguments->portal;

	switch (c) {
	case 'l':
		arguments->listen = value;
		return true;
	case 'p':
		portal->prefix = value;
		return true;
	case 't':
		arguments->token_file = value;
		return true;
	case 'f':
		arguments->port_file = value;
		return true;
	case 'a':
		return read_number(value, 0, INT32_MAX, &portal->max_age);
	case 'm':
		return read_number(value, 0, INT64_MAX, &portal->limit);
	case 'n':
		return read_number(value, 0, INT32_MAX, &portal->per_address);
	case 's':
		return read_number(value, 1, 3600, &portal->timeout);
	case 'L':
		return lang_parse(value, &arguments->lang);
	case 'h':
		return arguments->help = true;
	case 'V':
		return arguments->version = true;
	default:
		return false;
	}
}

static const struct error *
read_options(
    struct arena *arena, int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{ "listen", required_argument, NULL, 'l' },
		{ "prefix", required_argument, NULL, 'p' },
		{ "token-file", required_argument, NULL, 't' },
		{ "port-file", required_argument, NULL, 'f' },
		{ "max-age", required_argument, NULL, 'a' },
		{ "limit", required_argument, NULL, 'm' },
		{ "per-address", required_argument, NULL, 'n' },
		{ "timeout", required_argument, NULL, 's' },
		{ "lang", required_argument, NULL, 'L' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	const char *prefix;
	int c;

	opterr = 0;
	while ((c = getopt_long(
		    argc, argv, "l:p:t:f:a:m:n:s:L:hV", options, NULL)) != -1)
		if (!read_option(c, optarg, arguments))
			return ERROR_NEW(
			    arena, ERROR_INPUT, NULL, "portal.usage");
	if (arguments->help || arguments->version)
		return NULL;
	prefix = arguments->portal.prefix;
	if (optind != argc - 1 || prefix[0] != '/' ||
	    prefix[strlen(prefix) - 1] != '/')
		return ERROR_NEW(arena, ERROR_INPUT, NULL, "portal.usage");
	arguments->portal.root = argv[optind];
	return arguments->token_file != NULL
		   ? read_token(
			 arena, arguments->token_file, &arguments->portal.token)
		   : NULL;
}

/* "127.0.0.1:8080", "[::1]:0"; names are looked up. */
static const struct error *
resolve(struct arena *arena, const char *listen_on, struct addrinfo **result)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE,
		.ai_socktype = SOCK_STREAM };
	char *host = arena_strdup(arena, listen_on);
	char *port = strrchr(host, ':');

	if (port == NULL)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "portal.listen", listen_on);
	*port++ = '\0';
	if (host[0] == '[' && port - host > 2 && port[-2] == ']') {
		port[-2] = '\0';
		host++;
	}
	if (getaddrinfo(host, port, &hints, result) != 0)
		return ERROR_NEW(
		    arena, ERROR_INPUT, NULL, "portal.listen", listen_on);
	return NULL;
}

/* A PUT holds up to four files open. */
static void
allow_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static const struct error *
start(struct arena *arena, const struct arguments *arguments,
    struct portal_server *server, struct MHD_Daemon **daemon)
{
	const struct portal_options *options = server->options;
	struct addrinfo *address = NULL;
	const struct error *error;
	unsigned int flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG;

	error = resolve(arena, arguments->listen, &address);
	if (error != NULL)
		return error;
	if (address->ai_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	*daemon = MHD_start_daemon(flags, 0, NULL, NULL, exchange_handle,
	    server, MHD_OPTION_SOCK_ADDR, address->ai_addr,
	    MHD_OPTION_URI_LOG_CALLBACK, exchange_new, server,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_done, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, deadline_track, server,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned int)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    (unsigned int)options->per_address, MHD_OPTION_CONNECTION_TIMEOUT,
	    (unsigned int)options->timeout, MHD_OPTION_LISTENING_ADDRESS_REUSE,
	    1U, MHD_OPTION_END);
	freeaddrinfo(address);
	if (*daemon == NULL)
		return error_errno(arena, "portal.start", arguments->listen);
	return NULL;
}

static const struct error *
write_port(struct arena *arena, const char *path, struct MHD_Daemon *daemon)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	const char *line = arena_printf(arena, "%u\n", info->port);

	return file_replace(arena, path, line, strlen(line));
}

static const struct error *
serve(struct arena *arena, const struct arguments *arguments)
{
	struct portal_server server = { .options = &arguments->portal,
		.cache = cache_new() };
	struct MHD_Daemon *daemon = NULL;
	const struct error *error;

	allow_files();
	if (arguments->portal.token != NULL)
		upload_clean(arguments->portal.root);
	error = start(arena, arguments, &server, &daemon);
	if (error == NULL && arguments->port_file != NULL)
		error = write_port(arena, arguments->port_file, daemon);
	while (error == NULL && !stop_requested) {
		(void)MHD_run_wait(daemon, 500);
		deadline_sweep(&server);
	}
	if (daemon != NULL)
		MHD_stop_daemon(daemon);
	cache_free(server.cache);
	return error;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct arguments arguments = {
		.listen = "127.0.0.1:8787",
		.portal = { .prefix = "/",
		    .limit = BODY_LIMIT,
		    .max_age = 300,
		    .timeout = TIMEOUT_SECONDS,
		    .per_address = PER_ADDRESS },
	};
	struct sigaction action = { .sa_handler = stop };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	const struct rlimit no_core = { 0, 0 };
	const struct error *error;
	int status = 0;

	/* It holds the token. */
	setrlimit(RLIMIT_CORE, &no_core);
	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	error = read_options(arena, argc, argv, &arguments);
	if (error == NULL && arguments.help)
		printf("%s\n", SAY(arena, arguments.lang, "portal.usage"));
	else if (error == NULL && arguments.version)
		printf("yugao-portal %s\n", YUGAO_VERSION);
	else if (error == NULL)
		error = serve(arena, &arguments);
	if (error != NULL) {
		fprintf(stderr, "yugao-portal: %s\n",
		    error_text(arena, arguments.lang, error));
		status = (int)error->kind;
	}
	arena_free(arena);
	return status;
}
