/*
 * Any bytes as what a calendar server answers.  XML stays within its bounds,
 * and leads to no name outside of the calendar; an event means the same
 * whatever its lines end in and however they are folded.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "../../src/channel/caldav.h"
#include "../../src/channel/event.h"
#include "../../src/channel/multistatus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_xml(struct arena *arena, const char *data, size_t size)
{
	struct multistatus said;
	struct caldav_names names = { 0 };
	size_t i;

	if (!multistatus_read(arena, data, size, &said))
		return;
	if (said.n > RESOURCES_MOST)
		abort();
	caldav_names(arena, "https://h/dav/2026/", &said, &names);
	for (i = 0; i < names.n; i++)
		if (names.v[i][0] == '\0' || strchr(names.v[i], '/') != NULL ||
		    strcmp(names.v[i], "..") == 0 ||
		    strpbrk(names.v[i], "\r\n") != NULL)
			abort();
}

/* Folded anew at each octet of a line that does not begin it. */
static void
check_event(struct arena *arena, const char *data, size_t size)
{
	struct event event, again;
	struct buf folded;
	size_t i;

	if (!event_read(arena, data, size, &event))
		return;
	if (event.n > EVENT_LINES_MOST || !event_equal(&event, &event))
		abort();
	buf_init(&folded, arena);
	for (i = 0; i < size; i++) {
		bool inner = i > 0 && data[i - 1] != '\n' &&
			     data[i - 1] != '\r' && data[i] != '\n' &&
			     data[i] != '\r' && data[i] != ' ' &&
			     data[i] != '\t';

		/* Not within a byte order mark, nor after one. */
		if (inner && i % 7 == 0 && i > 3)
			buf_puts(&folded, "\r\n ");
		buf_putc(&folded, data[i]);
	}
	if (!event_read(arena, folded.data, folded.len, &again) ||
	    !event_equal(&event, &again) || strcmp(event.uid, again.uid) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	copy[size] = '\0';
	check_xml(arena, copy, size);
	check_event(arena, copy, size);
	arena_free(arena);
	free(copy);
	return 0;
}
