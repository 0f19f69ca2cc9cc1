/*
 * bare_writer FOLDER FILE …: the peer for assembling.  Reads feeds that yugao
 * has published, keeps each event's properties unfolded and unescaped (of
 * JSON, its line) and writes the same bytes anew below FOLDER: no database,
 * no lint, no digest, no fsync.  Prints the seconds by the clock and of
 * the processor that the writing took.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define LINE_MOST 75

struct property {
	const char *name; /* with its parameters */
	char *value;
	bool text;
};

struct feed {
	char *bytes;
	size_t size;
	char *work; /* names and values point into it */
	struct property *v;
	size_t n, cap;
};

static void
die(const char *what)
{
	fprintf(stderr, "bare_writer: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void *
grow(void *p, size_t size)
{
	if ((p = realloc(p, size)) == NULL)
		die("memory");
	return p;
}

static void
load(struct feed *feed, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat st;

	if (file == NULL || fstat(fileno(file), &st) == -1)
		die(path);
	feed->size = (size_t)st.st_size;
	feed->bytes = grow(NULL, feed->size + 1);
	if (fread(feed->bytes, 1, feed->size, file) != feed->size)
		die(path);
	feed->bytes[feed->size] = '\0';
	fclose(file);
}

static bool
is_text(const char *name)
{
	static const char *const names[] = { "UID", "PRODID", "NAME", "SUMMARY",
		"DESCRIPTION", "CATEGORIES" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncmp(name, "X-", 2) == 0;
}

static void
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++, *to++ = *s == 'n' ? '\n' : *s;
		else
			*to++ = *s;
	}
	*to = '\0';
}

static void
take_line(struct feed *feed, char *line)
{
	char *colon = strchr(line, ':');
	struct property *property;

	if (feed->n == feed->cap) {
		feed->cap = feed->cap == 0 ? 4096 : feed->cap * 2;
		feed->v = grow(feed->v, feed->cap * sizeof(*feed->v));
	}
	*colon = '\0';
	property = &feed->v[feed->n++];
	*property = (struct property){ line, colon + 1, is_text(line) };
	if (property->text)
		unescape(property->value);
}

/* Unfolds into `work`, line by line. */
static void
take_apart(struct feed *feed)
{
	const char *s = feed->bytes, *end = feed->bytes + feed->size;
	char *to = feed->work = grow(NULL, feed->size + 1), *line = to;

	while (s < end) {
		if (s[0] == '\r' && s[1] == '\n' && s[2] == ' ') {
			s += 3;
		} else if (s[0] == '\r' && s[1] == '\n') {
			*to++ = '\0';
			take_line(feed, line);
			line = to;
			s += 2;
		} else {
			*to++ = *s++;
		}
	}
}

static size_t
escape(char *to, const char *s)
{
	const char *start = to;

	for (;;) {
		size_t plain = strcspn(s, "\\,;\n");

		memcpy(to, s, plain);
		to += plain;
		s += plain;
		if (*s == '\0')
			return (size_t)(to - start);
		*to++ = '\\';
		*to++ = *s == '\n' ? 'n' : *s;
		s++;
	}
}

static void
fold(FILE *out, const char *line, size_t len)
{
	size_t room = LINE_MOST;

	while (len > room) {
		size_t n = room;

		while (((unsigned char)line[n] & 0xC0) == 0x80)
			n--;
		fwrite(line, 1, n, out);
		fwrite("\r\n ", 1, 3, out);
		line += n;
		len -= n;
		room = LINE_MOST - 1;
	}
	fwrite(line, 1, len, out);
	fwrite("\r\n", 1, 2, out);
}

static void
write_calendar(const struct feed *feed, FILE *out)
{
	static char line[64 * 1024];
	size_t i;

	for (i = 0; i < feed->n; i++) {
		const struct property *property = &feed->v[i];
		size_t n = strlen(property->name), len;

		memcpy(line, property->name, n);
		line[n++] = ':';
		if (property->text) {
			n += escape(line + n, property->value);
		} else {
			len = strlen(property->value);
			memcpy(line + n, property->value, len);
			n += len;
		}
		fold(out, line, n);
	}
}

static void
write_lines(const struct feed *feed, FILE *out)
{
	const char *s = feed->bytes, *end = s + feed->size;

	while (s < end) {
		const char *lf = memchr(s, '\n', (size_t)(end - s));

		fwrite(s, 1, (size_t)(lf + 1 - s), out);
		s = lf + 1;
	}
}

static double
seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
copy(const char *path, const char *to, double took[2])
{
	bool calendar = strstr(path, ".ics") != NULL;
	struct feed feed = { 0 };
	FILE *out;

	load(&feed, path);
	if (calendar)
		take_apart(&feed);
	took[0] -= seconds(CLOCK_MONOTONIC);
	took[1] -= seconds(CLOCK_PROCESS_CPUTIME_ID);
	if ((out = fopen(to, "wb")) == NULL)
		die(to);
	if (calendar)
		write_calendar(&feed, out);
	else
		write_lines(&feed, out);
	if (fclose(out) != 0)
		die(to);
	took[0] += seconds(CLOCK_MONOTONIC);
	took[1] += seconds(CLOCK_PROCESS_CPUTIME_ID);
	free(feed.bytes);
	free(feed.work);
	free(feed.v);
}

int
main(int argc, char **argv)
{
	double took[2] = { 0, 0 };
	int i;

	for (i = 2; i < argc; i++) {
		char to[4096];

		snprintf(to, sizeof(to), "%s/%d", argv[1], i - 2);
		copy(argv[i], to, took);
	}
	printf("%.3f %.3f\n", took[0], took[1]);
	return 0;
}
