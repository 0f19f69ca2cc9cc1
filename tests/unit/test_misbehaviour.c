/*
 * The transport and the channel http-put against every scenario of
 * tests/e2e/misbehave.py, FLYING at once; tests/tables/misbehaviour.txt says
 * what is to become of each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "channel_world.h"

#define FLYING 16
#define TIMEOUT 2
#define LATE_MS 4000 /* only to tell a request that hangs */
#define GROWTH_MOST ((long)8 * 1024)
#define TRIES 4
#define ROWS 400

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

struct row {
	char line[256];
	const char *name, *server, *with, *wanted[TRIES];
	int n, at;
	struct arena *arena;
	struct portal portal;
	struct delivery delivery;
	struct request request;
	struct delivery_result result;
	const char *got;
	int64_t slowest;
};

static struct play {
	pid_t pid;
	int keep_alive;
	char *ports;
	struct row rows[ROWS];
	size_t n;
} play;

static const char *
read_line(FILE *from, char *line, size_t size)
{
	if (fgets(line, (int)size, from) == NULL)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return line;
}

static int
start_play(void **state)
{
	static char ports[1024];
	const char *script = "tests/e2e/misbehave.py";
	int in[2], out[2];
	char line[128];
	FILE *from;

	setup(state);
	if (pipe(in) == -1 || pipe(out) == -1 || (play.pid = fork()) == -1)
		return -1;
	if (play.pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		close(out[0]);
		execl("/usr/bin/python3", "python3", "-W", "ignore", script,
		    ((struct world *)*state)->dir, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	play.keep_alive = in[1];
	play.ports = ports;
	from = fdopen(out[0], "r");
	while (read_line(from, line, sizeof(line)) != NULL &&
	       strncmp(line, "ready", 5) != 0) {
		strncat(ports, line, sizeof(ports) - strlen(ports) - 2);
		strcat(ports, "\n");
	}
	fclose(from);
	return strstr(ports, "client ") != NULL ? 0 : -1;
}

static int
stop_play(void **state)
{
	int status;

	close(play.keep_alive);
	waitpid(play.pid, &status, 0);
	return teardown(state);
}

static int
port_of(const char *server)
{
	const char *at = play.ports;
	size_t len = strlen(server);

	while (strncmp(at, server, len) != 0 || at[len] != ' ') {
		at = strchr(at, '\n');
		if (at == NULL || *++at == '\0')
			fail_msg("no server %s", server);
	}
	return atoi(at + len + 1);
}

static bool
has(const struct row *row, const char *option)
{
	size_t len = strlen(option);
	const char *at;

	for (at = row->with; (at = strstr(at, option)) != NULL; at++)
		if ((at == row->with || at[-1] == ',') &&
		    (at[len] == '\0' || at[len] == ','))
			return true;
	return false;
}

static const char *
file_of(struct world *world, const char *name)
{
	return file_join(world->arena, world->dir, name);
}

static const char *
key_pin(struct world *world, const char *name)
{
	char pin[64] = "";
	FILE *from = popen(arena_printf(world->arena,
			       "openssl x509 -in %s -noout -pubkey | openssl "
			       "pkey -pubin -outform der | openssl dgst "
			       "-sha256 -binary | openssl enc -base64",
			       file_of(world, name)),
	    "r");

	assert_non_null(from);
	assert_non_null(read_line(from, pin, sizeof(pin)));
	pclose(from);
	return arena_printf(world->arena, "sha256//%s", pin);
}

static struct secret_place
secret_at(struct world *world, const char *name)
{
	const char *path = file_of(world, name);

	chmod(path, 0600);
	return (struct secret_place){ SECRET_FILE, path };
}

static void
set_tls(struct world *world, struct row *row)
{
	struct tls *tls = &row->portal.tls;
	const char *right = key_pin(world, "right.pem");
	const char *other = key_pin(world, "client.pem");

	tls->ca = file_of(world, has(row, "no-ca")    ? "none.pem"
				 : has(row, "bad-ca") ? "right.ext"
						      : "ca.pem");
	if (has(row, "system-ca"))
		tls->ca = NULL;
	if (has(row, "pin"))
		tls->pins = right;
	if (has(row, "pin-wrong"))
		tls->pins = other;
	if (has(row, "pin-next"))
		tls->pins = arena_printf(world->arena, "%s;%s", other, right);
	if (has(row, "client") || has(row, "bad-key")) {
		/* libcurl takes a connection by its certificate alone. */
		tls->client_certificate = secret_at(
		    world, has(row, "bad-key") ? "expired.pem" : "client.pem");
		tls->client_key = secret_at(world, "client.key");
	}
	if (has(row, "strange-client")) {
		tls->client_certificate = secret_at(world, "unknown-ca.pem");
		tls->client_key = secret_at(world, "unknown-ca.key");
	}
}

static void
set_proxy(struct world *world, struct row *row)
{
	int port = port_of(has(row, "proxy-closed") ? "closed" : "http");

	row->portal.proxy =
	    arena_printf(world->arena, "http://127.0.0.1:%d", port);
}

static void
set_portal(struct world *world, struct row *row)
{
	static const struct network loop = { .bytes = { 127 }, .bits = 8 },
				    ten = { .bytes = { 10 }, .bits = 8 };
	bool plain = (strcmp(row->server, "http") == 0 ||
			 strcmp(row->server, "closed") == 0) &&
		     !has(row, "https");
	const char *host = has(row, "proxy")           ? "portal.example"
			   : has(row, "proxy-refuses") ? "refused.example"
			   : has(row, "proxy-silent")  ? "silent.example"
						       : "127.0.0.1";
	struct portal *portal = &row->portal;

	if (has(row, "metadata"))
		host = "169.254.169.254";
	*portal = (struct portal){ .id = row->name,
		.kind = "http-put",
		.url = arena_printf(world->arena, "%s://%s:%d/%s/%d/",
		    plain ? "http" : "https", host, port_of(row->server),
		    row->name, (int)(row - play.rows)),
		.allow_private = strstr(row->with, "-network") == NULL,
		.connections = 1,
		.timeout = TIMEOUT,
		.connect_timeout = TIMEOUT };
	if (has(row, "listed-network") || has(row, "other-network")) {
		portal->networks = has(row, "listed-network") ? &loop : &ten;
		portal->n_networks = 1;
	}
	if (!plain)
		set_tls(world, row);
	if (strstr(row->with, "proxy") != NULL)
		set_proxy(world, row);
}

static void
read_table(struct world *world)
{
	FILE *table = fopen("tests/tables/misbehaviour.txt", "r");
	char line[256];

	assert_non_null(table);
	while (read_line(table, line, sizeof(line)) != NULL) {
		struct row *row = &play.rows[play.n];
		char *save, *outcomes, *outcome;

		if (line[0] == '\0' || line[0] == '#')
			continue;
		assert_true(play.n++ < ROWS);
		memcpy(row->line, line, sizeof(line));
		row->got = "";
		row->name = strtok_r(row->line, "\t", &save);
		row->server = strtok_r(NULL, "\t", &save);
		row->with = strtok_r(NULL, "\t", &save);
		outcomes = strtok_r(NULL, "\t", &save);
		assert_non_null(outcomes);
		for (outcome = strtok_r(outcomes, ";", &save); outcome != NULL;
		     outcome = strtok_r(NULL, ";", &save)) {
			assert_true(row->n < TRIES);
			row->wanted[row->n++] = outcome + strspn(outcome, " ");
		}
		set_portal(world, row);
	}
	fclose(table);
}

/* A date's seconds depend on when it is read. */
static void
note(struct world *world, struct row *row, const char *words,
    const struct message *problem, int64_t after)
{
	const char *id = problem == NULL ? NULL : problem->id;
	struct buf buf;

	buf_init(&buf, world->arena);
	buf_printf(&buf, "%s%s%s", row->got, row->at > 0 ? "; " : "", words);
	if (id != NULL) {
		assert_true(message_exists(id));
		buf_printf(&buf, " %s", strchr(id, '.') + 1);
	}
	if (after >= 117 && after < 120)
		after = 120;
	if (after > 0)
		buf_printf(&buf, " %d", (int)after);
	row->got = buf.data;
}

static void
ask(struct world *world, struct row *row)
{
	row->request.context = row;
	row->request.portal = &row->portal;
	assert_true(
	    world->transport->type->send(world->transport, &row->request));
}

static void
begin(struct world *world, struct row *row)
{
	struct delivery *delivery = &row->delivery;
	struct bytes bytes;

	row->arena = arena_new();
	no_error(file_read(row->arena, world->body, 4096, &bytes));
	*delivery = (struct delivery){ .portal = &row->portal,
		.path = "f.ics",
		.remove = has(row, "remove"),
		.source = world->body,
		.digest = digest_of(bytes.data, bytes.len),
		.size = (int64_t)bytes.len,
		.content_type = "text/calendar" };
	if (has(row, "read"))
		row->request = (struct request){ .method = "GET",
			.follow = true,
			.url = arena_printf(
			    row->arena, "%sf.ics", row->portal.url) };
	else
		no_error(channel_find("http-put")
			     ->step(row->arena, delivery, NULL, &row->request,
				 &row->result));
	ask(world, row);
}

static void
end_read(struct world *world, struct row *row, const struct answer *answer)
{
	static const char *const words[] = { "answer", "retry", "refused",
		"held" };
	const struct message problem = { .id = answer->problem };
	char status[32];

	snprintf(status, sizeof(status), "answer %d", answer->status);
	note(world, row,
	    answer->carried == CARRIED_ANSWER ? status : words[answer->carried],
	    &problem, answer->retry_after);
}

/* False if the next request of the same try is on its way. */
static bool
arrive(struct world *world, struct row *row, const struct answer *answer)
{
	static const char *const words[] = {
		[DELIVERY_GOES_ON] = "goes on",
		[DELIVERY_ACCEPTED] = "accepted",
		[DELIVERY_RETRY] = "retry",
		[DELIVERY_WAITS] = "waits",
		[DELIVERY_REFUSED] = "refused",
		[DELIVERY_HELD] = "held",
	};

	if (answer->ms > row->slowest)
		row->slowest = answer->ms;
	if (has(row, "read")) {
		end_read(world, row, answer);
		return true;
	}
	no_error(channel_find("http-put")
		     ->step(row->arena, &row->delivery, answer, &row->request,
			 &row->result));
	if (row->result.state == DELIVERY_GOES_ON) {
		ask(world, row);
		return false;
	}
	note(world, row, words[row->result.state], &row->result.problem,
	    row->result.retry_after);
	return true;
}

static void
run_rows(struct world *world, size_t first, size_t end)
{
	size_t next = first, flying = 0;

	while (next < end || flying > 0) {
		struct arena *scratch = arena_new();
		struct answer answer;
		void *context = NULL;
		struct row *row;

		for (; flying < FLYING && next < end; flying++)
			begin(world, &play.rows[next++]);
		no_error(world->transport->type->wait(
		    world->transport, scratch, 1000, &answer, &context));
		row = context;
		if (row != NULL && arrive(world, row, &answer)) {
			arena_free(row->arena);
			row->arena = NULL;
			if (++row->at < row->n)
				begin(world, row);
			else
				flying--;
		}
		arena_free(scratch);
	}
}

static long
memory_most(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

static const char *
wanted(struct row *row)
{
	static char words[256];
	int i;

	words[0] = '\0';
	for (i = 0; i < row->n; i++) {
		strcat(words, i > 0 ? "; " : "");
		strcat(words, row->wanted[i]);
	}
	return words;
}

/* As many at once as later, so that what they need for ever is there. */
static void
warm_up(struct world *world)
{
	size_t i;

	for (i = 0; i < FLYING; i++) {
		struct row *row = &play.rows[ROWS - FLYING + i];

		row->name = "dav";
		row->server = i % 2 == 0 ? "http" : "tls";
		row->with = "-";
		row->n = 1;
		row->got = "";
		set_portal(world, row);
	}
	run_rows(world, ROWS - FLYING, ROWS);
	for (i = ROWS - FLYING; i < ROWS; i++)
		assert_string_equal(play.rows[i].got, "accepted");
}

static void
every_portal_gets_the_verdict_of_the_table_in_time(void **state)
{
	static const struct ticks ticks = { no_time, NULL };
	struct world *world = *state;
	size_t i, wrong = 0;
	long before;

	write_file(world, "body",
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//yugao//test//\r\n"
	    "END:VCALENDAR\r\n");
	read_table(world);
	assert_true(play.n >= 60);
	no_error(curl_transport_open(
	    world->arena, FLYING, &ticks, &world->transport));
	warm_up(world);
	before = memory_most();
	run_rows(world, 0, play.n);
	for (i = 0; i < play.n; i++) {
		struct row *row = &play.rows[i];

		if (strcmp(row->got, wanted(row)) == 0 &&
		    row->slowest < TIMEOUT * 1000 + LATE_MS)
			continue;
		wrong++;
		print_message("%s\t%s\t%s\t%s\tnot %s, %d ms\n", row->name,
		    row->server, row->with, row->got, wanted(row),
		    (int)row->slowest);
	}
	assert_int_equal(wrong, 0);
	if (!SANITIZED)
		assert_in_range(memory_most() - before, 0, GROWTH_MOST);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_portal_gets_the_verdict_of_the_table_in_time),
	};

	return cmocka_run_group_tests(tests, start_play, stop_play);
}
