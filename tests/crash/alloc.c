/*
 * Preloaded into yugao: makes one allocation fail.
 *
 *   ALLOC_SITES=FILE   writes, for each place that allocates (the callers'
 *                      addresses), the number of its first allocation
 *   ALLOC_FAIL=N       the N-th allocation fails
 */
#define _GNU_SOURCE
#include <errno.h>
#include <execinfo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FRAMES 7
#define SITES 65536

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static long calls, fail_at;
static bool begun, noting, busy;
static struct site {
	uint64_t hash;
	long first;
} sites[SITES];
static size_t n_sites;

static void __attribute__((constructor))
begin(void)
{
	const char *fail = getenv("ALLOC_FAIL");

	if (fail != NULL)
		fail_at = atol(fail);
	noting = getenv("ALLOC_SITES") != NULL;
	begun = true;
}

static void __attribute__((destructor))
end(void)
{
	const char *path = getenv("ALLOC_SITES");
	FILE *out;
	size_t i;

	noting = false;
	if (path == NULL || (out = fopen(path, "w")) == NULL)
		return;
	for (i = 0; i < SITES; i++)
		if (sites[i].first != 0)
			fprintf(out, "%ld\n", sites[i].first);
	fclose(out);
}

static void
note(void)
{
	void *frames[FRAMES];
	uint64_t hash = 14695981039346656037u;
	size_t at;
	int i, n;

	busy = true;
	n = backtrace(frames, FRAMES);
	for (i = 0; i < n; i++)
		hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211u;
	for (at = hash % SITES; sites[at].first != 0; at = (at + 1) % SITES)
		if (sites[at].hash == hash)
			break;
	if (sites[at].first == 0 && n_sites < SITES / 2) {
		sites[at].hash = hash;
		sites[at].first = calls;
		n_sites++;
	}
	busy = false;
}

static bool
refuse(void)
{
	if (!begun || busy)
		return false;
	calls++;
	if (noting)
		note();
	if (calls != fail_at)
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return refuse() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return refuse() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
	return refuse() ? NULL : __libc_realloc(old, size);
}
