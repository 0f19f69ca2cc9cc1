/*
 * Any bytes as a plan, and as acts.  The reader gives a plan or complaints,
 * never both and never neither; every complaint has a sentence in each
 * language and a place in the file.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "../../src/plan/plan.h"

#define PLAN_NAME "nbs-2026.json"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
count_lines(const char *text, size_t len)
{
	int n = 1;
	size_t i;

	for (i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

static void
check_diags(struct arena *arena, const struct diags *diags, int lines)
{
	size_t i;
	int lang;

	for (i = 0; i < diags->n; i++) {
		const struct diag *diag = &diags->v[i];

		if (!message_exists(diag->message.id) ||
		    strcmp(diag->place.file, PLAN_NAME) != 0 ||
		    diag->place.line < 0 || diag->place.line > lines ||
		    (diag->level == DIAG_ERROR && diag->department == NULL))
			abort();
		for (lang = 0; lang < LANG_COUNT; lang++)
			if (strpbrk(diag_text(arena, (enum lang)lang, diag),
				"\n\r\033") != NULL)
				abort();
	}
}

/* Each act has what its kind needs; the index finds each again. */
static void
check_acts(struct arena *arena, struct acts *acts)
{
	size_t i, j;

	acts_index(arena, acts);
	for (i = 0; i < acts->n; i++) {
		const struct act *act = &acts->v[i];

		if (act->n_releases == 0 || act->role == NULL ||
		    (act->kind == ACT_REVIEW) != (act->digests != NULL) ||
		    (act->kind == ACT_MOVE && !act->has_to) ||
		    (act->kind == ACT_WITHHOLD && act->ground == NULL) ||
		    (act->kind == ACT_CONSULT && act->with == NULL))
			abort();
		for (j = 0; j < act->n_releases; j++)
			if (acts_last(acts, act->releases[j]) == NULL)
				abort();
	}
}

static void
read_as_acts(struct bytes bytes)
{
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	struct acts acts = { 0 };

	acts_from_bytes(arena, PLAN_NAME, bytes, &diags, &acts);
	if (diags.errors > 0 && acts.n > 0)
		abort();
	diags_sort(&diags);
	check_diags(arena, &diags, count_lines(bytes.data, bytes.len));
	check_acts(arena, &acts);
	arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags diags = { 0 };
	struct plan *plan = NULL;
	/* A copy of that size alone: reading past the '\0' is seen. */
	char *copy = malloc(size + 1);
	struct bytes bytes = { copy, size };
	size_t i;

	memcpy(copy, data, size);
	copy[size] = '\0';
	if (plan_read_bytes(arena, NULL, PLAN_NAME, bytes, &diags, &plan) !=
	    NULL)
		abort();
	if ((plan == NULL) != (diags.errors > 0))
		abort();
	diags_sort(&diags);
	check_diags(arena, &diags, count_lines(copy, size));
	for (i = 0; plan != NULL && i < plan->n_series; i++)
		if (plan_series(plan, plan->series[i].id) != &plan->series[i])
			abort();
	arena_free(arena);
	read_as_acts(bytes);
	free(copy);
	return 0;
}
