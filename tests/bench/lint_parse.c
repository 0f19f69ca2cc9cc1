/*
 * lint_parse lint|libical FILE: how long one takes for the bytes of a feed
 * that is in memory.  Prints seconds by the clock, seconds of processor, MB.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/lint.h>

static double
seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct findings findings = { 0 };
	icalcomponent *parsed = NULL;
	struct bytes bytes;
	double clock, processor;
	bool good;

	if (argc != 3 ||
	    file_read(arena, argv[2], (size_t)1 << 30, &bytes) != NULL) {
		fputs("usage: lint_parse lint|libical FILE\n", stderr);
		return 2;
	}
	clock = seconds(CLOCK_MONOTONIC);
	processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (strcmp(argv[1], "lint") == 0) {
		lint_bytes(arena, bytes.data, bytes.len, &findings);
		good = findings.count[LINT_ERROR] == 0;
	} else {
		parsed = icalparser_parse_string(bytes.data);
		good = parsed != NULL;
	}
	clock = seconds(CLOCK_MONOTONIC) - clock;
	processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
	printf("%.4f %.4f %.1f\n", clock, processor, (double)bytes.len / 1e6);
	if (parsed != NULL)
		icalcomponent_free(parsed);
	arena_free(arena);
	return good ? 0 : 1;
}
