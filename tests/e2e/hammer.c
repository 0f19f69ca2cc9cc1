/*
 * hammer ADDRESS PORT PREFIX READERS GETS PAUSE OUT PATH …: readers that ask
 * one server for the same few files again and again, so many microseconds
 * after an answer, now and then on a condition, in either form, until SIGTERM
 * and until so many GETs were answered.  OUT gets a line for each version that
 * was seen: path form sha256 last-modified count first last where form is
 * identity or gzip, sha256 is of the bytes themselves, and first and last are
 * when the first and last request that got it was sent, in seconds.  A 304
 * counts as the version whose ETag it confirms.  Anything that is no whole
 * answer is a line "broken …".
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <zlib.h>

#include <yugao/arena.h>
#include <yugao/digest.h>

#define BUFFER ((size_t)4 << 20)
#define LONGEST 3600 /* seconds */
#define PATHS 32
#define READERS 64

static volatile sig_atomic_t stop_requested;

struct version {
	struct digest digest;
	int path;
	bool gzip;
	char etag[80], modified[40];
	uint64_t count;
	double first, last;
};

struct reader {
	struct sockaddr_in address;
	const char *prefix, *const *paths;
	int n_paths, fd;
	FILE *out;
	unsigned char *buffer, *plain;
	struct version *versions;
	size_t n, cap, newest[PATHS][2]; /* + 1; 0 is none */
};

struct answer {
	int status;
	char etag[80], modified[40];
	bool gzip, close;
	size_t length;
	const unsigned char *body;
};

static void
stop(int number)
{
	(void)number;
	stop_requested = 1;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
dial(struct reader *reader)
{
	struct timeval patience = { .tv_sec = 60 };

	reader->fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(
	    reader->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return connect(reader->fd, (struct sockaddr *)&reader->address,
		   sizeof(reader->address)) == 0;
}

static bool
field(const char *head, const char *name, char *out, size_t size)
{
	size_t n = strlen(name), len;
	const char *line;

	for (line = strchr(head, '\n'); line != NULL;
	     line = strchr(line + 1, '\n'))
		if (strncasecmp(line + 1, name, n) == 0 && line[1 + n] == ':') {
			line += 2 + n;
			line += strspn(line, " ");
			len = strcspn(line, "\r\n");
			snprintf(out, size, "%.*s", (int)len, line);
			return true;
		}
	return false;
}

/* What is wrong, or NULL; "" is a connection that the server had closed. */
static const char *
receive(struct reader *reader, struct answer *answer)
{
	size_t have = 0, end = 0;
	char text[64];
	const char *head = (const char *)reader->buffer, *empty;
	ssize_t n;

	memset(answer, 0, sizeof(*answer));
	while (end == 0) {
		n = recv(
		    reader->fd, reader->buffer + have, BUFFER - have - 1, 0);
		if (n <= 0)
			return have == 0 ? "" : "an answer without an end";
		have += (size_t)n;
		reader->buffer[have] = '\0';
		empty = strstr(head, "\r\n\r\n");
		if (empty != NULL)
			end = (size_t)(empty - head) + 4;
	}
	reader->buffer[end - 1] = '\0';
	answer->status = atoi(head + strlen("HTTP/1.1 "));
	if (field(head, "Content-Length", text, sizeof(text)))
		answer->length = strtoul(text, NULL, 10);
	if (answer->status == 304)
		answer->length = 0;
	(void)field(head, "ETag", answer->etag, sizeof(answer->etag));
	(void)field(
	    head, "Last-Modified", answer->modified, sizeof(answer->modified));
	answer->gzip = field(head, "Content-Encoding", text, sizeof(text)) &&
		       strcmp(text, "gzip") == 0;
	answer->close = field(head, "Connection", text, sizeof(text)) &&
			strcasecmp(text, "close") == 0;
	answer->body = reader->buffer + end;
	if (end + answer->length >= BUFFER)
		return "too long";
	while (have < end + answer->length) {
		n = recv(reader->fd, reader->buffer + have,
		    end + answer->length - have, 0);
		if (n <= 0)
			return "a body without its end";
		have += (size_t)n;
	}
	return have > end + answer->length ? "more than its length" : NULL;
}

static const char *
plain_digest(
    struct reader *reader, const struct answer *answer, struct digest *digest)
{
	z_stream stream = { 0 };
	size_t size;
	int status;

	if (!answer->gzip) {
		*digest = digest_of(answer->body, answer->length);
		return NULL;
	}
	stream.next_in = (unsigned char *)(uintptr_t)answer->body;
	stream.avail_in = (uInt)answer->length;
	stream.next_out = reader->plain;
	stream.avail_out = (uInt)BUFFER;
	if (inflateInit2(&stream, 15 + 16) != Z_OK)
		return "no memory";
	status = inflate(&stream, Z_FINISH);
	size = stream.total_out;
	inflateEnd(&stream);
	if (status != Z_STREAM_END || stream.avail_in != 0)
		return "torn gzip";
	*digest = digest_of(reader->plain, size);
	return NULL;
}

static struct version *
find(struct reader *reader, int path, const struct answer *answer,
    const struct digest *digest)
{
	struct version *version;
	size_t i;

	for (i = reader->n; i > 0; i--) {
		version = &reader->versions[i - 1];
		if (version->path == path && version->gzip == answer->gzip &&
		    digest_compare(&version->digest, digest) == 0 &&
		    strcmp(version->etag, answer->etag) == 0 &&
		    strcmp(version->modified, answer->modified) == 0)
			return version;
	}
	if (reader->n == reader->cap) {
		reader->cap = reader->cap * 2 + 256;
		reader->versions = realloc(
		    reader->versions, reader->cap * sizeof(*reader->versions));
		if (reader->versions == NULL)
			abort();
	}
	version = &reader->versions[reader->n++];
	memset(version, 0, sizeof(*version));
	version->path = path;
	version->gzip = answer->gzip;
	version->digest = *digest;
	memcpy(version->etag, answer->etag, sizeof(version->etag));
	memcpy(version->modified, answer->modified, sizeof(version->modified));
	return version;
}

static const char *
take(struct reader *reader, int path, const struct answer *answer,
    const struct version *asked, double sent)
{
	struct version *version;
	struct digest digest;
	const char *wrong;

	if (answer->status == 304 && asked != NULL) {
		version = &reader->versions[asked - reader->versions];
	} else if (answer->status == 200) {
		wrong = plain_digest(reader, answer, &digest);
		if (wrong != NULL)
			return wrong;
		version = find(reader, path, answer, &digest);
		reader->newest[path][version->gzip] =
		    (size_t)(version - reader->versions) + 1;
	} else
		return "an unexpected status";
	if (version->count++ == 0)
		version->first = sent;
	version->last = sent;
	return NULL;
}

static const char *
ask(struct reader *reader, int path, bool gzip, bool condition)
{
	size_t newest = reader->newest[path][gzip];
	const struct version *asked =
	    condition && newest > 0 ? &reader->versions[newest - 1] : NULL;
	char request[1024];
	struct answer answer;
	const char *wrong;
	double sent;
	int n, tries;

	n = snprintf(request, sizeof(request),
	    "GET %s%s HTTP/1.1\r\nHost: x\r\n%s%s%s%s\r\n", reader->prefix,
	    reader->paths[path], gzip ? "Accept-Encoding: gzip\r\n" : "",
	    asked != NULL ? "If-None-Match: " : "",
	    asked != NULL ? asked->etag : "", asked != NULL ? "\r\n" : "");
	for (tries = 0; tries < 3; tries++) {
		if (reader->fd == -1 && !dial(reader))
			return "cannot connect";
		sent = now();
		wrong = send(reader->fd, request, (size_t)n, MSG_NOSIGNAL) == n
			    ? receive(reader, &answer)
			    : "";
		if (wrong == NULL || wrong[0] != '\0')
			break;
		close(reader->fd);
		reader->fd = -1;
	}
	if (wrong == NULL)
		wrong = take(reader, path, &answer, asked, sent);
	if (wrong != NULL || answer.close) {
		close(reader->fd);
		reader->fd = -1;
	}
	return wrong;
}

static int
read_files(struct reader *reader, uint64_t gets, long pause, unsigned int seed)
{
	const struct timespec nap = { .tv_nsec = pause * 1000 };
	double end = now() + LONGEST;
	char hex[DIGEST_HEX_SIZE];
	const char *wrong;
	uint64_t done;
	size_t i;

	for (done = 0; (!stop_requested || done < gets) && now() < end;
	     done++) {
		unsigned int dice = (unsigned int)rand_r(&seed) >> 4;
		int path = (int)(dice % (unsigned int)reader->n_paths);

		wrong = ask(
		    reader, path, (dice >> 8) % 2 == 0, (dice >> 9) % 2 == 0);
		if (wrong != NULL)
			fprintf(reader->out, "broken %s: %s\n",
			    reader->paths[path], wrong);
		if (pause > 0)
			(void)nanosleep(&nap, NULL);
	}
	for (i = 0; i < reader->n; i++) {
		const struct version *version = &reader->versions[i];

		fprintf(reader->out,
		    "%s\t%s\t%s\t%s\t%" PRIu64 "\t%.6f\t%.6f\n",
		    reader->paths[version->path],
		    version->gzip ? "gzip" : "identity",
		    digest_hex(hex, &version->digest), version->modified,
		    version->count, version->first, version->last);
	}
	return fflush(reader->out) == 0 && !ferror(reader->out) ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct reader reader = { .fd = -1 };
	struct sigaction action = { .sa_handler = stop };
	pid_t pids[READERS];
	int readers, i, told, status, worst = 0;

	if (argc < 9 || argc > 8 + PATHS)
		return 2;
	sigaction(SIGTERM, &action, NULL);
	reader.address.sin_family = AF_INET;
	reader.address.sin_port = htons((uint16_t)atoi(argv[2]));
	inet_pton(AF_INET, argv[1], &reader.address.sin_addr);
	reader.prefix = argv[3];
	reader.paths = (const char *const *)&argv[8];
	reader.n_paths = argc - 8;
	readers = atoi(argv[4]);
	reader.out = fopen(argv[7], "a");
	reader.buffer = malloc(BUFFER);
	reader.plain = malloc(BUFFER);
	if (readers < 1 || readers > READERS || reader.out == NULL ||
	    reader.buffer == NULL || reader.plain == NULL)
		return 1;
	setvbuf(reader.out, NULL, _IOLBF, 1 << 12);
	for (i = 0; i < readers; i++) {
		pids[i] = fork();
		if (pids[i] == -1)
			return 1;
		if (pids[i] == 0)
			_exit(read_files(&reader,
			    strtoull(argv[5], NULL, 10) / (unsigned int)readers,
			    atol(argv[6]), (unsigned int)i + 1));
	}
	for (i = 0; i < readers;) {
		if (waitpid(pids[i], &status, 0) == -1) {
			/* SIGTERM is for all of them. */
			for (told = i; stop_requested && told < readers; told++)
				kill(pids[told], SIGTERM);
			continue;
		}
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			worst = 1;
		i++;
	}
	return worst;
}
