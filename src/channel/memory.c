#include "memory.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include <yugao/arena.h>

/* What stands before each piece: its size, at the alignment of all types. */
union head {
	size_t size;
	max_align_t align;
};

static void *
wiping_malloc(size_t size)
{
	union head *head;

	if (size > SIZE_MAX - sizeof(*head))
		return NULL;
	/* libcurl would take it for a mishap of the portal's. */
	head = memory_or_end(sizeof(*head) + size);
	head->size = size;
	return head + 1;
}

static void
wiping_free(void *memory)
{
	union head *head = memory;

	if (head == NULL)
		return;
	head--;
	explicit_bzero(head, sizeof(*head) + head->size);
	free(head);
}

static void *
wiping_realloc(void *memory, size_t size)
{
	void *larger = wiping_malloc(size);
	size_t old = memory == NULL ? 0 : ((union head *)memory - 1)->size;

	if (larger == NULL)
		return NULL;
	if (old > 0)
		memcpy(larger, memory, old < size ? old : size);
	wiping_free(memory);
	return larger;
}

static void *
wiping_calloc(size_t n, size_t size)
{
	void *memory;

	if (size > 0 && n > SIZE_MAX / size)
		return NULL;
	if ((memory = wiping_malloc(n * size)) != NULL)
		memset(memory, 0, n * size);
	return memory;
}

static char *
wiping_strdup(const char *string)
{
	size_t size = strlen(string) + 1;
	char *copy = wiping_malloc(size);

	if (copy != NULL)
		memcpy(copy, string, size);
	return copy;
}

bool
memory_init(void)
{
	return curl_global_init_mem(CURL_GLOBAL_DEFAULT, wiping_malloc,
		   wiping_free, wiping_realloc, wiping_strdup,
		   wiping_calloc) == CURLE_OK;
}
