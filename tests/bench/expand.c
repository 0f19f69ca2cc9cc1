/*
 * expand CALENDARS DATES FOLDER …: reads the plans of the folders, then only
 * finds the days of their rules, then expands them, then orders the slots.
 * Prints a line for each of the three: seconds by the clock, seconds of
 * processor, KiB by which the peak of memory rose, days or slots, name.
 * Writes day and time of every slot to DATES, unless it is "-".
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/schedule.h>

struct took {
	double clock, processor;
	long memory;
};

struct found {
	size_t n;
	int64_t sum; /* of the days */
};

static double
seconds(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct took
take(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (struct took){ seconds(CLOCK_MONOTONIC),
		seconds(CLOCK_PROCESS_CPUTIME_ID), usage.ru_maxrss };
}

static void
print(const char *name, const struct took *begin, size_t n)
{
	struct took end = take();

	printf("%.4f %.4f %ld %zu %s\n", end.clock - begin->clock,
	    end.processor - begin->processor, end.memory - begin->memory, n,
	    name);
}

static void
require(struct arena *arena, const struct error *error)
{
	if (error == NULL)
		return;
	fprintf(stderr, "expand: %s\n", error_text(arena, LANG_EN, error));
	exit(1);
}

static void
require_none(struct arena *arena, const struct diags *diags)
{
	if (diags->errors == 0)
		return;
	fprintf(
	    stderr, "expand: %s\n", diag_text(arena, LANG_EN, &diags->v[0]));
	exit(1);
}

/* For each month before a month of the year, as a monthly rule counts. */
static void
find_days(
    const struct plan *plan, const struct series *series, struct found *found)
{
	struct period period =
	    period_of(FREQUENCY_MONTHLY, day_of(plan->year - 1, 12, 1));
	struct day day;
	int i;

	for (i = 0; i < 12; i++) {
		if (schedule_day(
			plan, series, &series->rules[0], &period, &day)) {
			found->n++;
			found->sum += day.n;
		}
		period = period_next(&period);
	}
}

/* Where every day was found, they are those of the slots. */
static bool
same_days(const struct found *found, const struct slots *slots)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < slots->n; i++)
		sum += slots->v[i].when.start.day.n;
	return found->n != slots->n || found->sum == sum;
}

static bool
write_dates(const char *path, const struct slots *slots)
{
	FILE *file = fopen(path, "w");
	size_t i;

	if (file == NULL)
		return false;
	for (i = 0; i < slots->n; i++) {
		const struct local *start = &slots->v[i].when.start;
		char day[DAY_SIZE], minute[DAY_SIZE];

		fprintf(file, "%s %s\n", day_format(day, start->day),
		    minute_format(minute, start->minute));
	}
	return fclose(file) == 0;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct calendars *calendars;
	struct slots slots = { 0 };
	struct plans plans = { 0 };
	struct diags diags = { 0 };
	struct took begin;
	struct found found = { 0 };
	size_t i, j;
	int arg;

	if (argc < 4) {
		fputs("usage: expand CALENDARS DATES FOLDER ...\n", stderr);
		return 2;
	}
	calendars = calendars_open(arena, argv[1], NULL);
	for (arg = 3; arg < argc; arg++)
		require(arena,
		    plans_read(arena, calendars, argv[arg], &diags, &plans));
	require_none(arena, &diags);
	begin = take();
	for (i = 0; i < plans.n; i++)
		for (j = 0; j < plans.v[i]->n_series; j++)
			find_days(plans.v[i], &plans.v[i]->series[j], &found);
	print("days", &begin, found.n);
	begin = take();
	for (i = 0; i < plans.n; i++)
		require(arena, schedule_expand(arena, NULL, plans.v[i], NULL,
				   &diags, &slots));
	print("expand", &begin, slots.n);
	begin = take();
	slots_sort(&slots);
	slots_check(arena, &slots, &diags);
	print("order", &begin, slots.n);
	require_none(arena, &diags);
	if (!same_days(&found, &slots)) {
		fputs("expand: schedule_day finds other days\n", stderr);
		return 1;
	}
	if (strcmp(argv[2], "-") != 0 && !write_dates(argv[2], &slots)) {
		perror(argv[2]);
		return 1;
	}
	arena_free(arena);
	return 0;
}
