#include "gate_feed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>

static const char event_begin[] = "BEGIN:VEVENT";
#define EVENT_BEGIN (sizeof(event_begin) - 1)
#define BLOCK ((size_t)4096)

/* A part of a feed, whole events. */
struct part {
	size_t first, end;
};

static const struct error *
map(struct arena *arena, const char *path, struct gate_feed *feed)
{
	const struct error *error = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *data;

	if (fd == -1)
		return errno == ENOENT ? NULL
				       : error_errno(arena, "base.read", path);
	if (fstat(fd, &st) == -1) {
		error = error_errno(arena, "base.read", path);
	} else if (st.st_size > 0) {
		data = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (data == MAP_FAILED) {
			error = error_errno(arena, "base.read", path);
		} else {
			feed->data = data;
			feed->len = (size_t)st.st_size;
		}
	}
	close(fd);
	return error;
}

void
gate_feed_close(struct gate_feed *feed)
{
	union {
		const char *read;
		void *map;
	} data = { feed->data };

	if (feed->data != NULL)
		munmap(data.map, feed->len);
	feed->data = NULL;
}

static bool
is_event(const struct gate_feed *feed, size_t at)
{
	return (at == 0 || feed->data[at - 1] == '\n') &&
	       feed->len - at >= EVENT_BEGIN &&
	       memcmp(feed->data + at, event_begin, EVENT_BEGIN) == 0;
}

/* Where the next event begins, at or after `from`; the end if none does. */
static size_t
next_event(const struct gate_feed *feed, size_t from)
{
	while (from < feed->len && !is_event(feed, from)) {
		const char *line =
		    memchr(feed->data + from, '\n', feed->len - from);

		if (line == NULL)
			return feed->len;
		from = (size_t)(line + 1 - feed->data);
	}
	return from;
}

/* The last beginning of an event at or before `at`; `first` if none is. */
static size_t
event_before(const struct gate_feed *feed, size_t first, size_t at)
{
	for (; at > first; at--)
		if (is_event(feed, at))
			return at;
	return first;
}

/* Narrows both parts to what differs. */
static void
narrow(const struct gate_feed *old, struct part *a, const struct gate_feed *new,
    struct part *b)
{
	size_t most = a->end - a->first, same = 0, tail = 0;

	if (b->end - b->first < most)
		most = b->end - b->first;
	while (same + BLOCK <= most &&
	       memcmp(old->data + a->first + same, new->data + b->first + same,
		   BLOCK) == 0)
		same += BLOCK;
	while (same < most &&
	       old->data[a->first + same] == new->data[b->first + same])
		same++;
	same = event_before(old, a->first, a->first + same) - a->first;
	a->first += same;
	b->first += same;
	most -= same;
	while (tail + BLOCK <= most &&
	       memcmp(old->data + a->end - tail - BLOCK,
		   new->data + b->end - tail - BLOCK, BLOCK) == 0)
		tail += BLOCK;
	while (tail < most &&
	       old->data[a->end - tail - 1] == new->data[b->end - tail - 1])
		tail++;
	/* Before the tail the two differ, maybe in that a line ends there. */
	tail = a->end - next_event(old, a->end - tail + (tail < most));
	a->end -= tail;
	b->end -= tail;
}

/* The line at `at` without its end; *next is where the one after it begins. */
static size_t
line_length(const struct gate_feed *feed, size_t at, size_t *next)
{
	const char *line = feed->data + at;
	const char *end = memchr(line, '\n', feed->len - at);
	size_t len = end == NULL ? feed->len - at : (size_t)(end - line);

	*next = end == NULL ? feed->len : at + len + 1;
	while (len > 0 && line[len - 1] == '\r')
		len--;
	return len;
}

/* The value from `at` on, with the lines that go on with it. */
static const char *
unfold(struct arena *arena, const struct gate_feed *feed, size_t at)
{
	struct buf value;
	size_t next, len = line_length(feed, at, &next);

	buf_init(&value, arena);
	buf_add(&value, feed->data + at, len);
	while (next < feed->len &&
	       (feed->data[next] == ' ' || feed->data[next] == '\t')) {
		at = next + 1;
		len = line_length(feed, at, &next);
		buf_add(&value, feed->data + at, len);
	}
	return value.data;
}

static bool
begins(const struct gate_feed *feed, size_t at, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && memcmp(feed->data + at, word, n) == 0;
}

static void
read_part(struct arena *arena, struct gate_feed *feed, const struct part *part)
{
	struct gate_event event = { 0 };
	size_t at = part->first, next;

	for (; at < part->end; at = next) {
		size_t len = line_length(feed, at, &next);

		if (is_event(feed, at))
			event = (struct gate_event){ .at = at };
		else if (begins(feed, at, len, "UID:"))
			event.uid = unfold(arena, feed, at + strlen("UID:"));
		else if (begins(feed, at, len, "SEQUENCE:"))
			event.sequence =
			    strtoll(arena_strndup(arena, feed->data + at, len) +
					strlen("SEQUENCE:"),
				NULL, 10);
		else if (begins(feed, at, len, "END:VEVENT") &&
			 event.uid != NULL)
			ARRAY_PUSH(arena, feed, event);
	}
}

static int
compare_events(const void *a, const void *b)
{
	return strcmp(((const struct gate_event *)a)->uid,
	    ((const struct gate_event *)b)->uid);
}

static void
sort(struct gate_feed *feed)
{
	if (feed->n > 1)
		qsort(feed->v, feed->n, sizeof(*feed->v), compare_events);
}

const struct error *
gate_feeds_open(struct arena *arena, const char *old_path, const char *new_path,
    struct gate_feed *old, struct gate_feed *new)
{
	const struct error *error;
	struct part a, b;

	*old = *new = (struct gate_feed){ .n = 0 };
	if ((error = map(arena, old_path, old)) != NULL ||
	    (new_path != NULL && (error = map(arena, new_path, new)) != NULL))
		return error;
	a = (struct part){ next_event(old, 0), old->len };
	b = (struct part){ next_event(new, 0), new->len };
	if (old->data != NULL && new->data != NULL)
		narrow(old, &a, new, &b);
	read_part(arena, old, &a);
	read_part(arena, new, &b);
	sort(old);
	sort(new);
	return NULL;
}

const struct error *
gate_feed_open(struct arena *arena, const char *path, struct gate_feed *feed)
{
	const struct error *error;
	struct part all;

	*feed = (struct gate_feed){ .n = 0 };
	if ((error = map(arena, path, feed)) != NULL)
		return error;
	all = (struct part){ next_event(feed, 0), feed->len };
	read_part(arena, feed, &all);
	sort(feed);
	return NULL;
}

const struct gate_event *
gate_feed_find(const struct gate_feed *feed, const char *uid)
{
	const struct gate_event key = { .uid = uid };

	if (feed->n == 0)
		return NULL;
	return bsearch(
	    &key, feed->v, feed->n, sizeof(*feed->v), compare_events);
}

size_t
gate_feed_count(const struct gate_feed *feed)
{
	size_t at = next_event(feed, 0), n = 0;

	for (; at < feed->len; at = next_event(feed, at + 1))
		n++;
	return n;
}

int
gate_feed_line(const struct gate_feed *feed, size_t at)
{
	int line = 1;
	size_t i;

	for (i = 0; i < at && i < feed->len; i++)
		line += feed->data[i] == '\n';
	return line;
}
