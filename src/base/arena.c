#include <yugao/arena.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define EVERY_OBJECT_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EVERY_OBJECT_ALONE 1
#endif
#endif

/*
 * Under AddressSanitizer every object is a malloc of its own, else overruns
 * inside a chunk stay unseen; and what arena_resize() leaves is poisoned, so
 * that a stale pointer is seen too.
 */
#ifdef EVERY_OBJECT_ALONE
#include <sanitizer/asan_interface.h>
#else
#define EVERY_OBJECT_ALONE 0
#define ASAN_POISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
#endif

#define CHUNK_FIRST ((size_t)32 * 1024)
#define CHUNK_MOST ((size_t)1024 * 1024)
#define ALIGN _Alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t size;
	max_align_t data[];
};

struct arena {
	struct chunk
	    *chunks;         /* that small objects are cut from, newest first */
	struct chunk *large; /* with one object each */
	char *at, *end;      /* what is free in chunks[0] */
	size_t next_size;
};

_Noreturn void
out_of_memory(void)
{
	static const char words[] = "yugao: out of memory\n";
	ssize_t n = write(STDERR_FILENO, words, sizeof(words) - 1);

	(void)n;
	_exit(1);
}

void *
memory_or_end(size_t size)
{
	void *memory = malloc(size > 0 ? size : 1);

	if (memory == NULL)
		out_of_memory();
	return memory;
}

static bool
is_large(size_t size)
{
	return EVERY_OBJECT_ALONE || size > CHUNK_FIRST / 2;
}

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		out_of_memory();
	arena->next_size = CHUNK_FIRST;
	return arena;
}

static void
free_chunks(struct chunk *chunk)
{
	while (chunk != NULL) {
		struct chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	free_chunks(arena->chunks);
	free_chunks(arena->large);
	free(arena);
}

void
arena_reset(struct arena *arena)
{
	struct chunk *keep = arena->chunks;

	free_chunks(arena->large);
	arena->large = NULL;
	if (keep == NULL)
		return;
	/* Chunks never get smaller, so the newest is the largest. */
	free_chunks(keep->next);
	keep->next = NULL;
	arena->at = (char *)keep->data;
	arena->end = arena->at + keep->size;
}

/* Puts a chunk with anything in it, or zeroes, before the others. */
static struct chunk *
chunk_new(struct chunk *next, size_t size, bool zeroed)
{
	struct chunk *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		out_of_memory();
	chunk = zeroed ? calloc(1, sizeof(*chunk) + size)
		       : malloc(sizeof(*chunk) + size);
	if (chunk == NULL)
		out_of_memory();
	chunk->next = next;
	chunk->size = size;
	return chunk;
}

/* Memory with anything in it; align is a power of two up to ALIGN. */
static void *
take(struct arena *arena, size_t size, size_t align)
{
	size_t gap;

	if (size == 0)
		size = 1;
	if (is_large(size)) {
		arena->large = chunk_new(arena->large, size, false);
		return arena->large->data;
	}
	gap = -(uintptr_t)arena->at & (align - 1);
	if (size + gap > (size_t)(arena->end - arena->at)) {
		arena->chunks =
		    chunk_new(arena->chunks, arena->next_size, false);
		arena->at = (char *)arena->chunks->data;
		arena->end = arena->at + arena->next_size;
		if (arena->next_size < CHUNK_MOST)
			arena->next_size *= 2;
		gap = 0;
	}
	arena->at += gap + size;
	return arena->at - size;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	if (!is_large(size))
		return memset(take(arena, size, ALIGN), 0, size);
	/* Fresh from calloc: what is never used is never touched. */
	arena->large = chunk_new(arena->large, size > 0 ? size : 1, true);
	return arena->large->data;
}

void *
arena_copy(struct arena *arena, const void *data, size_t size)
{
	void *p = take(arena, size, ALIGN);

	return size == 0 ? p : memcpy(p, data, size);
}

char *
arena_strndup(struct arena *arena, const char *string, size_t len)
{
	const char *end = memchr(string, '\0', len);
	size_t n = end != NULL ? (size_t)(end - string) : len;
	char *copy = take(arena, n + 1, 1);

	memcpy(copy, string, n);
	copy[n] = '\0';
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(take(arena, size, 1), string, size);
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	char small[256];
	va_list args;
	char *out;
	int n;

	va_start(args, format);
	n = vsnprintf(small, sizeof(small), format, args);
	va_end(args);
	if (n < 0)
		out_of_memory();
	out = take(arena, (size_t)n + 1, 1);
	if ((size_t)n < sizeof(small))
		return memcpy(out, small, (size_t)n + 1);
	va_start(args, format);
	vsnprintf(out, (size_t)n + 1, format, args);
	va_end(args);
	return out;
}

/* A large object of this arena moves whole; NULL if it is not one. */
static void *
resize_large(struct arena *arena, void *old, size_t size)
{
	struct chunk **at = &arena->large, *chunk;

	if (size > SIZE_MAX - sizeof(*chunk))
		out_of_memory();
	while (*at != NULL && (void *)(*at)->data != old)
		at = &(*at)->next;
	if (*at == NULL)
		return NULL;
	if ((chunk = realloc(*at, sizeof(*chunk) + size)) == NULL)
		out_of_memory();
	chunk->size = size;
	*at = chunk;
	return chunk->data;
}

void *
arena_resize(struct arena *arena, void *old, size_t old_size, size_t size)
{
	void *p;

	if (!EVERY_OBJECT_ALONE) {
		char *end = (char *)old + old_size;

		if (old_size > 0 && end == arena->at && !is_large(size) &&
		    size - old_size <= (size_t)(arena->end - end)) {
			arena->at = (char *)old + size;
			return old;
		}
		if (is_large(old_size) &&
		    (p = resize_large(arena, old, size)) != NULL)
			return p;
	}
	p = take(arena, size, ALIGN);
	if (old_size > 0) {
		memcpy(p, old, old_size);
		ASAN_POISON_MEMORY_REGION(old, old_size);
	}
	return p;
}

void *
arena_grow(struct arena *arena, void *v, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 8 : *cap * 2;
	void *p;

	if (more < n + 1)
		more = n + 1;
	if (more < *cap || more > SIZE_MAX / size)
		out_of_memory();
	if (*cap > 0) {
		p = arena_resize(arena, v, *cap * size, more * size);
	} else {
		p = take(arena, more * size, ALIGN);
		if (n > 0)
			memcpy(p, v, n * size);
	}
	*cap = more;
	return p;
}
