/*
 * Any bytes as a feed.  The lint reads a stream: however the input is cut
 * into chunks, the findings are the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/lint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each chunk is a copy of its own: reading past its end is seen. */
static void
lint_chunks(
    struct lint *lint, const uint8_t *data, size_t size, uint64_t random)
{
	size_t at = 0, n;

	while (at < size) {
		char *chunk;

		random = random * 6364136223846793005u + 1442695040888963407u;
		n = 1 +
		    (size_t)(random >> 60 == 0 ? random >> 33 : random >> 60);
		n = n < size - at ? n : size - at;
		chunk = malloc(n);
		memcpy(chunk, data + at, n);
		lint_add(lint, chunk, n);
		free(chunk);
		at += n;
	}
}

/* FNV-1a: the input decides its own cuts, so that a finding can be redone. */
static uint64_t
seed(const uint8_t *data, size_t size)
{
	uint64_t hash = 14695981039346656037u;
	size_t i;

	for (i = 0; i < size; i++)
		hash = (hash ^ data[i]) * 1099511628211u;
	return hash;
}

static void
check_finding(
    struct arena *arena, const struct finding *a, const struct finding *b)
{
	int lang;

	if (a->rule != b->rule || a->line != b->line || a->col != b->col ||
	    !message_exists(a->message.id))
		abort();
	for (lang = 0; lang < LANG_COUNT; lang++) {
		const char *text =
		    message_text(arena, (enum lang)lang, &a->message);

		if (strcmp(text, message_text(arena, (enum lang)lang,
				     &b->message)) != 0 ||
		    strpbrk(text, "\n\r\033") != NULL)
			abort();
	}
}

/* The input is two editions of a feed, cut where it says so or in halves. */
static void
compare(struct arena *arena, const char *data, size_t size)
{
	static const char end[] = "END:VCALENDAR\r\n";
	struct lint *old = lint_new(arena), *new = lint_new(arena);
	struct findings findings = { 0 };
	size_t cut = size / 2, i;

	for (i = 0; i + sizeof(end) - 1 < size; i++)
		if (memcmp(data + i, end, sizeof(end) - 1) == 0) {
			cut = i + sizeof(end) - 1;
			break;
		}
	lint_keep(old);
	lint_add(old, data, cut);
	lint_end(old, &findings);
	lint_against(new, old, (struct instant){ 1770000000 });
	lint_http(new, "text/calendar", false);
	lint_add(new, data + cut, size - cut);
	lint_end(new, &findings);
	for (i = 0; i < findings.n; i++)
		check_finding(arena, &findings.v[i], &findings.v[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct findings whole = { 0 }, cut = { 0 };
	struct lint *lint = lint_new(arena);
	char *copy = malloc(size);
	size_t i, n_rules;

	if (size > 0)
		memcpy(copy, data, size);
	lint_bytes(arena, copy, size, &whole);
	lint_chunks(lint, data, size, seed(data, size));
	lint_end(lint, &cut);
	(void)lint_rules(&n_rules);
	if (whole.n != cut.n || whole.n > LINT_LIMIT ||
	    memcmp(whole.count, cut.count, sizeof(whole.count)) != 0 ||
	    memcmp(whole.of_rule, cut.of_rule,
		n_rules * sizeof(*whole.of_rule)) != 0)
		abort();
	for (i = 0; i < whole.n; i++)
		check_finding(arena, &whole.v[i], &cut.v[i]);
	if (size > 0)
		compare(arena, copy, size);
	arena_free(arena);
	free(copy);
	return 0;
}
