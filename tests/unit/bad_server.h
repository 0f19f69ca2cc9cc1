/*
 * An HTTP server on 127.0.0.1 whose paths name how it misbehaves, in a
 * process of its own.
 */
#ifndef TESTS_BAD_SERVER_H
#define TESTS_BAD_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
	pid_t pid;
	int port;
};

static struct server server;

static void
say(int fd, const char *words)
{
	size_t len = strlen(words);
	ssize_t n;

	while (len > 0 && (n = send(fd, words, len, MSG_NOSIGNAL)) > 0) {
		words += n;
		len -= (size_t)n;
	}
}

static void
say_echo(int fd, const char *head, int count)
{
	char words[8192];

	(void)count;
	snprintf(words, sizeof(words),
	    "HTTP/1.1 201 Created\r\nETag: \"e1\"\r\nContent-Length: "
	    "%zu\r\n\r\n"
	    "%s",
	    strlen(head), head);
	say(fd, words);
}

/* The credentials letter by letter, so that they are not starred out. */
static void
say_auth(int fd, const char *head, int count)
{
	const char *at = strstr(head, "\r\nAuthorization: ");
	char words[1024] = "";
	size_t n = 0;

	(void)count;
	for (at = at == NULL ? "\r" : at + 17; *at != '\r' && n < 1000; at++) {
		words[n++] = *at;
		words[n++] = '.';
	}
	say(fd, "HTTP/1.1 200 OK\r\n\r\n");
	say(fd, words);
}

static void
say_count(int fd, const char *head, int count)
{
	char words[128];

	(void)head;
	snprintf(words, sizeof(words),
	    "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n%06d", count);
	say(fd, words);
}

static void
say_header_bytes(int fd, const char *head, int count)
{
	char line[1024];
	int i;

	(void)head;
	(void)count;
	memset(line, 'x', sizeof(line) - 1);
	memcpy(line, "X-Pad: ", 7);
	memcpy(line + sizeof(line) - 3, "\r\n", 3);
	say(fd, "HTTP/1.1 201 Created\r\n");
	for (i = 0; i < 80; i++)
		say(fd, line);
	say(fd, "Content-Length: 0\r\n\r\n");
}

static void
say_header_lines(int fd, const char *head, int count)
{
	int i;

	(void)head;
	(void)count;
	say(fd, "HTTP/1.1 201 Created\r\n");
	for (i = 0; i < 200; i++)
		say(fd, "X: y\r\n");
	say(fd, "Content-Length: 0\r\n\r\n");
}

static void
say_header_line(int fd, const char *head, int count)
{
	char piece[1025];
	int i;

	(void)head;
	(void)count;
	memset(piece, 'x', 1024);
	piece[1024] = '\0';
	say(fd, "HTTP/1.1 201 Created\r\nX: ");
	for (i = 0; i < 1024; i++)
		say(fd, piece);
	say(fd, "\r\nContent-Length: 0\r\n\r\n");
}

/* 100,000 bytes of "a", or for ever. */
static void
say_body(int fd, const char *head, int count)
{
	bool endless = strstr(head, "/endless") != NULL;
	char piece[1001];
	int i;

	(void)count;
	memset(piece, 'a', 1000);
	piece[1000] = '\0';
	say(fd, endless ? "HTTP/1.1 200 OK\r\n\r\n"
			: "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
	for (i = 0; i < (endless ? 100000 : 100); i++)
		say(fd, piece);
}

static void
reset(int fd, const char *head, int count)
{
	struct linger linger = { 1, 0 };

	(void)head;
	(void)count;
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

static void
be_silent(int fd, const char *head, int count)
{
	char c;

	(void)head;
	(void)count;
	/* Until the client has had enough. */
	while (read(fd, &c, 1) > 0)
		;
}

static const struct {
	const char *path;
	const char *words; /* the whole answer, or */
	void (*act)(int fd, const char *head, int count);
} scenarios[] = {
	{ "/echo", NULL, say_echo },
	{ "/auth", NULL, say_auth },
	{ "/count", NULL, say_count },
	{ "/412", "HTTP/1.1 412 No\r\nContent-Length: 0\r\n\r\n", NULL },
	{ "/302",
	    "HTTP/1.1 302 Found\r\nLocation: /echo\r\nContent-Length: "
	    "0\r\n\r\n",
	    NULL },
	{ "/truncated",
	    "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\nshort", NULL },
	{ "/half-chunk",
	    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nabc",
	    NULL },
	{ "/bad-chunk",
	    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
	    NULL },
	{ "/nothing", "", NULL },
	{ "/half-head", "HTTP/1.1 201 Cre", NULL },
	{ "/not-http", "SSH-2.0-OpenSSH_9.2\r\n", NULL },
	{ "/interim",
	    "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n"
	    "HTTP/1.1 204 No Content\r\n\r\n",
	    NULL },
	{ "/weak",
	    "HTTP/1.1 201 Created\r\netag:  W/\"w1\" \r\n"
	    "Content-Length: 0\r\n\r\n",
	    NULL },
	{ "/bad-etag",
	    "HTTP/1.1 201 Created\r\nETag: v1\r\nContent-Length: 0\r\n\r\n",
	    NULL },
	{ "/later",
	    "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: "
	    "0\r\n\r\n",
	    NULL },
	{ "/much-later",
	    "HTTP/1.1 503 Busy\r\nRetry-After: 99999999\r\n"
	    "Content-Length: 0\r\n\r\n",
	    NULL },
	{ "/earlier",
	    "HTTP/1.1 503 Busy\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n",
	    NULL },
	{ "/long-ago",
	    "HTTP/1.1 503 Busy\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 "
	    "GMT\r\n"
	    "Content-Length: 0\r\n\r\n",
	    NULL },
	{ "/sometime",
	    "HTTP/1.1 503 Busy\r\nRetry-After: soon\r\n"
	    "Content-Length: 0\r\n\r\n",
	    NULL },
	{ "/header-bytes", NULL, say_header_bytes },
	{ "/header-lines", NULL, say_header_lines },
	{ "/header-line", NULL, say_header_line },
	{ "/long-body", NULL, say_body },
	{ "/endless", NULL, say_body },
	{ "/reset", NULL, reset },
	{ "/silent", NULL, be_silent },
};

static size_t
read_head(int fd, char *head, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len < size - 1 && strstr(head, "\r\n\r\n") == NULL &&
	       (n = read(fd, head + len, size - 1 - len)) > 0) {
		len += (size_t)n;
		head[len] = '\0';
	}
	return len;
}

/* Takes the body too, for a close with bytes unread would be a reset. */
static void
answer_one(int fd, int count)
{
	char head[4096] = "", path[64], *end, *length;
	size_t len = read_head(fd, head, sizeof(head)), want = 0, i;

	end = strstr(head, "\r\n\r\n");
	if (end == NULL || sscanf(head, "%*s %63s", path) != 1)
		return;
	length = strstr(head, "Content-Length: ");
	if (length != NULL)
		want = (size_t)atoi(length + 16) + (size_t)(end + 4 - head);
	while (len < want && len < sizeof(head) - 1) {
		ssize_t n = read(fd, head + len, sizeof(head) - 1 - len);

		if (n <= 0)
			break;
		len += (size_t)n;
		head[len] = '\0';
	}
	for (i = 0; i < COUNT(scenarios); i++) {
		if (strcmp(path, scenarios[i].path) != 0)
			continue;
		if (scenarios[i].words != NULL)
			say(fd, scenarios[i].words);
		else
			scenarios[i].act(fd, head, count);
	}
}

static _Noreturn void
serve(int listening)
{
	int count = 0;

	for (;;) {
		int fd = accept(listening, NULL, NULL);

		if (fd == -1)
			continue;
		answer_one(fd, count++);
		close(fd);
	}
}

static int
listen_anywhere(int *port)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || bind(fd, (struct sockaddr *)&in, sizeof(in)) == -1 ||
	    listen(fd, 16) == -1 ||
	    getsockname(fd, (struct sockaddr *)&in, &len) == -1)
		return -1;
	*port = ntohs(in.sin_port);
	return fd;
}

static int
start_server(void **state)
{
	int fd = listen_anywhere(&server.port);

	(void)state;
	if (fd == -1 || (server.pid = fork()) == -1)
		return -1;
	if (server.pid == 0)
		serve(fd);
	close(fd);
	return 0;
}

static int
stop_server(void **state)
{
	(void)state;
	kill(server.pid, SIGKILL);
	waitpid(server.pid, NULL, 0);
	return 0;
}

#endif
